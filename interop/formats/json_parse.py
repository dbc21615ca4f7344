"""Reads JSON texts into values that know their place."""

import gc
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from typing import cast

import numpy as np

from semstat.interop.counting import InputRefused, Limits, refusal
from semstat.interop.formats.json_long import LongObjects, long_objects
from semstat.interop.formats.json_tokens import Tokens, tokens_of
from semstat.interop.formats.json_values import Fraction, JsonObject, JsonText, JsonValue
from semstat.interop.safety import wrong_byte
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

__all__ = ["MAX_JSON_BYTES", "parse_json"]

MAX_JSON_BYTES = 1 << 30
"""The largest JSON file that is read: its text is held in memory."""

_CONSTANT = re.compile(rb"-?(?:NaN|Infinity)")
_MINUS_ZERO = re.compile(rb"-0(?![0-9.eE])")
_SAFE_DIGITS = 18


def parse_json(data: bytes, *, origin: str, limits: Limits = Limits(), long: frozenset[str] = frozenset()) -> JsonText:
    """Read a JSON text.

    Args:
        data: The file; UTF-8, or UTF-16 or UTF-32 where its first bytes say so.
        origin: Its name, for findings.
        limits: For the depth of nesting.
        long: The names of members whose values, where they are long objects, are not held: their members are read when
            they are asked for, and faults in them are told then.

    Raises:
        InputRefused: IO101 (not well-formed), IO105 (nothing but white space), IO106 (bytes that are not of the
            encoding), IO107 (too large, or nested too deep).

    Findings:
        IO101 for ``NaN`` and ``Infinity``, which are read as text.

    Source:
        RFC 8259.

    Example:
        >>> parse_json(b'{"a": [1.50, 2]}', origin="a.json").root.get("a")
        ['1.50', 2]
    """
    if len(data) > MAX_JSON_BYTES:
        raise refusal("IO107", f"a JSON file of more than {MAX_JSON_BYTES} bytes is not read", origin)
    tokens = tokens_of(_utf8(data, origin))
    deep = tokens.deeper_than(limits.depth)
    if deep is not None:
        line, column = tokens.position(deep)
        message = f"objects and arrays are nested more than {limits.depth} deep"
        raise refusal("IO107", message, origin, line=line, column=column)
    return _Reading(tokens, origin, long_objects(tokens, long)).whole()


class _Reading:
    """A text that is being read: all but its long objects at once, their members later."""

    def __init__(self, tokens: Tokens, origin: str, long: LongObjects) -> None:
        self._tokens, self._origin, self._long = tokens, origin, long
        self._exact = b"-0" in tokens.text and _MINUS_ZERO.search(tokens.text) is not None
        self._late: list[Diagnostic] = []

    def whole(self) -> JsonText:
        constants = _Constants()
        held = {number: JsonObject(found, number) for number, found in self._long.members(self._members).items()}
        try:
            root = _loaded(self._long.outline(), constants, self._long.others, held, exact=self._exact)
        except json.JSONDecodeError as error:
            raise self._refusal() from error
        ranges = self._long.outside() if constants.seen else ()
        return JsonText(self._origin, self._tokens, root, tuple(self._constants_in(ranges)), self._late)

    def _members(self, text: bytes, begin: int) -> "list[tuple[str, JsonValue]]":
        """Return the members whose text begins at an offset."""
        constants, (_, closes) = _Constants(), self._tokens.objects
        first = int(np.searchsorted(self._tokens.places[closes], begin))
        try:
            found = _loaded(b"{" + text + b"}", constants, lambda: count(first), {}, exact=self._exact)
        except json.JSONDecodeError as error:
            raise self._refusal() from error
        if constants.seen:
            self._late += self._constants_in([(begin, begin + len(text))])
        assert isinstance(found, JsonObject)
        return list(found.pairs)

    def _refusal(self) -> InputRefused:
        """Return what is wrong with the text, which reading the whole of it tells."""
        try:
            _loaded(self._tokens.text, _Constants(), count, {}, exact=self._exact)
        except json.JSONDecodeError as error:
            message = f"the JSON is not well-formed: {_reason(error)}"
            return refusal("IO101", message, self._origin, line=error.lineno, column=error.colno)
        return refusal("IO101", "the JSON is not well-formed: brackets do not match", self._origin)

    def _constants_in(self, ranges: Iterable[tuple[int, int]]) -> Iterator[Diagnostic]:
        tokens = self._tokens
        for begin, end in ranges:
            for match in _CONSTANT.finditer(tokens.text, begin, end):
                if not tokens.is_in_string(match.start()):
                    word = match[0].decode()
                    line, column = tokens.position(match.start())
                    message = f"the JSON is not well-formed: `{word}` is not a JSON value, unless it stands in quotation marks"
                    yield finding("IO101", message, Location(self._origin, line, column), value=word)


def _utf8(data: bytes, origin: str) -> bytes:
    """Return a text in UTF-8, without a byte-order mark."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise refusal("IO105", "the input holds nothing but white space", origin)
    encoding = json.detect_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        found = f"0x{data[error.start]:02x}"
        name = encoding.removesuffix("-sig")
        raise refusal("IO106", wrong_byte(found, name), origin, line=line, column=column) from error
    if encoding == "utf-8" and not data.startswith(b"\xef\xbb\xbf"):
        return data
    return text.removeprefix("\ufeff").encode("utf-8", "surrogatepass")


def _loaded(
    text: bytes,
    constants: "_Constants",
    numbers: Callable[[], Iterator[int]],
    held: Mapping[int, JsonObject],
    *,
    exact: bool,
) -> JsonValue:
    """Return the root; ``exact`` keeps the form of integers that Python would not write back as they were.

    ``numbers`` gives the numbers of the objects in the order of closing, ``held`` the objects that stand for some of them.
    """
    enabled = gc.isenabled()
    gc.disable()  # the values hold no cycles, and looking for some takes as long as reading them
    try:
        return cast(
            JsonValue,
            json.loads(
                text.decode("utf-8", "surrogatepass"),
                parse_float=Fraction,
                parse_int=_integer if exact else None,
                parse_constant=constants.read,
                object_pairs_hook=_numbered(numbers(), held),
            ),
        )
    except json.JSONDecodeError:
        raise
    except ValueError:  # an integer of more digits than Python converts
        return _loaded(text, constants, numbers, held, exact=True)
    finally:
        if enabled:
            gc.enable()


def _numbered(
    numbers: Iterator[int], held: Mapping[int, JsonObject]
) -> "Callable[[list[tuple[str, JsonValue]]], JsonObject]":
    if not held:
        return lambda pairs: JsonObject(pairs, next(numbers))

    def made(pairs: "list[tuple[str, JsonValue]]") -> JsonObject:
        number = next(numbers)
        return held.get(number) or JsonObject(pairs, number)

    return made


def _integer(text: str) -> int | str:
    return int(text) if len(text) <= _SAFE_DIGITS and text != "-0" else Fraction(text)


class _Constants:
    """Reads what JSON does not know, and remembers that it did."""

    def __init__(self) -> None:
        self.seen = False

    def read(self, text: str) -> str:
        self.seen = True
        return text


_REASONS = {
    "Unterminated string": "a string does not end",
    "Invalid control character": "a string holds a control character, such as a line break, as it is",
    "Invalid \\": "a string has a backslash that begins no escape",
    "Expecting value": "a value is missing",
    "Expecting ',' delimiter": "a comma or a closing bracket is missing",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting property name": "a name in double quotation marks is missing",
    "Illegal trailing comma": "a comma stands before a closing bracket",
    "Extra data": "something follows after its end",
}


def _reason(error: json.JSONDecodeError) -> str:
    if error.pos >= len(error.doc.rstrip()):
        return "it breaks off"
    known = (text for start, text in _REASONS.items() if error.msg.startswith(start))
    return next(known, error.msg[:1].lower() + error.msg[1:])
