"""Reads JSON texts into values that know their place, without losing a repeated name or the form of a number."""

import gc
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from semstat.interop.counting import Limits, refusal
from semstat.interop.formats.json_tokens import Places, Tokens, tokens_of
from semstat.interop.safety import wrong_byte
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

__all__ = ["MAX_JSON_BYTES", "JsonObject", "JsonText", "JsonValue", "kind_of", "parse_json"]

MAX_JSON_BYTES = 1 << 30
"""The largest JSON file that is read: it is held in memory."""

_CONSTANT = re.compile(rb"-?(?:NaN|Infinity)")
_MINUS_ZERO = re.compile(rb"-0(?![0-9.eE])")
_SAFE_DIGITS = 18


_LONGEST_GAP = 4096
_FEW = 8
"""Members that are looked through one by one: most objects have no more, and there are many of them."""


class JsonObject:
    """An object as it stands: its members in order, repeated names included. ``number`` counts objects as they close."""

    __slots__ = ("_first", "number", "pairs")

    def __init__(self, pairs: "list[tuple[str, JsonValue]]", number: int) -> None:
        self.pairs, self.number = pairs, number
        self._first: dict[str, JsonValue] | None = None

    def __contains__(self, name: str) -> bool:
        return any(found == name for found, _ in self.pairs)

    def get(self, name: str) -> "JsonValue":
        """Return the first member of a name; ``None`` where there is none."""
        if len(self.pairs) > _FEW:
            if self._first is None:
                self._first = dict(reversed(self.pairs))
            return self._first.get(name)
        for found, value in self.pairs:
            if found == name:
                return value
        return None

    def repeated(self) -> list[str]:
        """Return the names that stand more than once."""
        if len({name for name, _ in self.pairs}) == len(self.pairs):
            return []
        return [name for name, count in Counter(name for name, _ in self.pairs).items() if count > 1]


class Fraction(str):
    """A number with a fraction or an exponent, or an integer too long to be an index, as it is written."""

    __slots__ = ()


JsonValue = JsonObject | list["JsonValue"] | str | int | bool | None
"""A value: a number with a fraction is a :class:`Fraction`, which is text; an integer is an ``int``."""


def kind_of(value: JsonValue) -> str:
    """Return what people call the type of a value.

    Example:
        >>> kind_of(None), kind_of(True), kind_of([])
        ('null', 'a boolean', 'an array')
    """
    names = {JsonObject: "an object", list: "an array", bool: "a boolean", int: "a number", Fraction: "a number"}
    return "null" if value is None else names.get(type(value), "a string")


@dataclass(frozen=True, slots=True)
class JsonText:
    """A JSON text that was read: its root, and the places of all that is in it.

    ``findings`` are faults that do not keep the text from being read (IO101 for ``NaN``, which JSON does not know).
    """

    origin: str
    tokens: Tokens
    root: JsonValue
    findings: tuple[Diagnostic, ...] = ()

    def place_of(self, value: JsonObject) -> int:
        """Return the offset at which an object opens."""
        return int(self.tokens.places[self.tokens.objects[0][value.number]])

    def member_places(self, objects: Sequence[JsonObject]) -> Places:
        """Return the offsets of the members' names of objects, which stand in the order of the text at one depth."""
        if not objects:
            return np.zeros(0, np.int64)
        opens, closes = self.tokens.objects
        numbers = np.array([item.number for item in objects])
        opened = opens[numbers]
        return self.tokens.members(opened, closes[numbers], int(self.tokens.depths[opened[0]]))

    def member_place(self, value: JsonObject, name: str, nth: int = 0) -> int:
        """Return the offset of the name of a member, or of the object where it has no such member."""
        ranks = [rank for rank, (found, _) in enumerate(value.pairs) if found == name]
        return int(self.member_places([value])[ranks[nth]]) if nth < len(ranks) else self.place_of(value)

    def element_place(self, member: int, index: int) -> int:
        """Return the offset of an element of an array, given that of the name of the member which is the array."""
        tokens = self.tokens
        opened = tokens.token_at(member) + 2
        places = tokens.elements(opened)
        if index >= len(places):
            return member
        begin = int(places[index]) + 1
        rest = tokens.text[begin : begin + _LONGEST_GAP]
        return begin + len(rest) - len(rest.lstrip())

    def at(self, place: int, *, path: str | None = None) -> Location:
        """Return the location of an offset."""
        line, column = self.tokens.position(place)
        return Location(self.origin, line, column, path=path)

    def line(self, value: JsonObject) -> int:
        """Return the line on which an object opens."""
        return self.tokens.position(self.place_of(value))[0]


def parse_json(data: bytes, *, origin: str, limits: Limits = Limits()) -> JsonText:
    """Read a JSON text.

    Args:
        data: The file; UTF-8, or UTF-16 or UTF-32 where its first bytes say so.
        origin: Its name, for findings.
        limits: For the depth of nesting.

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
    text = _decoded(data, origin)
    encoded = text.encode("utf-8", "surrogatepass") if not data.startswith((b"{", b"[")) or b"\0" in data[:4] else data
    tokens = tokens_of(encoded)
    deep = tokens.deeper_than(limits.depth)
    if deep is not None:
        line, column = tokens.position(deep)
        message = f"objects and arrays are nested more than {limits.depth} deep"
        raise refusal("IO107", message, origin, line=line, column=column)
    constants = _Constants()
    enabled = gc.isenabled()
    gc.disable()  # the values hold no cycles, and looking for some takes as long as reading them
    try:
        root = _loaded(text, constants, exact=b"-0" in encoded and _MINUS_ZERO.search(encoded) is not None)
    except json.JSONDecodeError as error:
        message = f"the JSON is not well-formed: {_reason(error)}"
        raise refusal("IO101", message, origin, line=error.lineno, column=error.colno) from error
    finally:
        if enabled:
            gc.enable()
    return JsonText(origin, tokens, root, tuple(_constants(tokens, origin)) if constants.seen else ())


def _decoded(data: bytes, origin: str) -> str:
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise refusal("IO105", "the input holds nothing but white space", origin)
    encoding = json.detect_encoding(data)
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        found = f"0x{data[error.start]:02x}"
        name = encoding.removesuffix("-sig")
        raise refusal("IO106", wrong_byte(found, name), origin, line=line, column=column) from error


def _loaded(text: str, constants: "_Constants", *, exact: bool) -> JsonValue:
    """Return the root; ``exact`` keeps the form of integers that Python would not write back as they were."""
    try:
        return cast(
            JsonValue,
            json.loads(
                text,
                parse_float=Fraction,
                parse_int=_integer if exact else None,
                parse_constant=constants.read,
                object_pairs_hook=_numbered(),
            ),
        )
    except json.JSONDecodeError:
        raise
    except ValueError:  # an integer of more digits than Python converts
        return _loaded(text, constants, exact=True)


def _numbered() -> "Callable[[list[tuple[str, JsonValue]]], JsonObject]":
    count = iter(range(1 << 62))
    return lambda pairs: JsonObject(pairs, next(count))


def _integer(text: str) -> int | str:
    return int(text) if len(text) <= _SAFE_DIGITS and text != "-0" else Fraction(text)


class _Constants:
    """Reads what JSON does not know, and remembers that it did."""

    def __init__(self) -> None:
        self.seen = False

    def read(self, text: str) -> str:
        self.seen = True
        return text


def _constants(tokens: Tokens, origin: str) -> Iterator[Diagnostic]:
    for match in _CONSTANT.finditer(tokens.text):
        if not tokens.is_in_string(match.start()):
            word = match[0].decode()
            line, column = tokens.position(match.start())
            message = f"the JSON is not well-formed: `{word}` is not a JSON value, unless it stands in quotation marks"
            yield finding("IO101", message, Location(origin, line, column), value=word)


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
