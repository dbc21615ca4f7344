"""The header of an SSSOM table: the part of YAML that it is written in, read and written with the standard library.

Understood are maps, lists and scalars in block style, plain, quoted and folded over lines. Anchors, tags, flow
collections and several documents are not: the reader names their line. Every scalar is text, ``0.8`` too.

Source:
    SSSOM 1.1, *The SSSOM/TSV serialisation format*, embedded and external metadata; YAML 1.2.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from semstat.mappings.errors import SssomError

__all__ = ["Metadata", "parse_header", "write_header"]

Metadata = str | tuple["Metadata", ...] | Mapping[str, "Metadata"]
"""A value of the header: text, a list or a map."""

_KEY = re.compile(r"(?P<key>[A-Za-z_][\w.\-]*|\"[^\"]+\"|'[^']+'):(?:\s+(?P<rest>.*))?")
_TYPED = re.compile(r"(?i)[-+]?\.?[0-9][0-9_.eE:+\-]*|true|false|null|yes|no|on|off|~|")
_UNSAFE = re.compile(
    r"[\s\-?:,\[\]{}#&*!|>'\"%@`].*|.*(?::\s|\s#).*|.*[\s:]|.*[\x00-\x1f\x7f\u0085\u2028\u2029\ufeff].*", re.DOTALL
)
_BREAKS = re.compile("[\x7f\x85\u2028\u2029\ufeff]")  # YAML takes some of them for the end of a line
_BLOCK = re.compile(r"(?P<style>[|>])(?P<chomp>[-+]?)")
_REFUSED = ("[", "{", "&", "*", "!", "@", "`", "%")
_NUMBERS = {"mapping_set_confidence"}


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    indent: int
    text: str


@dataclass(slots=True)
class _Cursor:
    """The lines still to be read; ``raw`` has the blank ones too, since a block scalar keeps them."""

    lines: list[_Line]
    at: int = field(default=0)

    def peek(self) -> _Line | None:
        while self.at < len(self.lines) and not self.lines[self.at].text:
            self.at += 1
        return self.lines[self.at] if self.at < len(self.lines) else None

    def deeper(self, indent: int) -> Iterator[_Line]:
        """Take the lines that are indented more than ``indent``, and the blank ones between them."""
        while self.at < len(self.lines) and (not self.lines[self.at].text or self.lines[self.at].indent > indent):
            yield self.lines[self.at]
            self.at += 1


def parse_header(lines: Iterable[tuple[int, str]]) -> dict[str, Metadata]:
    """Return the header as a map; ``lines`` are pairs of line number and text without the ``#``.

    Raises:
        SssomError: a line is none of the forms that a header has, or a key comes twice.

    Example:
        >>> parse_header([(1, "license: https://example.org/"), (2, "creator_id:"), (3, "  - orcid:1")])
        {'license': 'https://example.org/', 'creator_id': ('orcid:1',)}
    """
    cursor = _Cursor([_Line(number, len(text) - len(text.lstrip()), text.strip()) for number, text in lines])
    first = cursor.peek()
    found = _map(cursor, first.indent) if first else {}
    rest = cursor.peek()
    if rest is not None:
        raise SssomError(f"the header has a line that is not indented as it should be: `{rest.text}`", line=rest.number)
    return found


def _map(cursor: _Cursor, indent: int) -> dict[str, Metadata]:
    found: dict[str, Metadata] = {}
    while (line := cursor.peek()) is not None and line.indent == indent and not _is_item(line):
        match = _KEY.fullmatch(line.text)
        if match is None:
            raise SssomError(f"the header has a line without a key: `{line.text}`", line=line.number)
        key = match["key"].strip("\"'")
        if key in found:
            raise SssomError(f"the header states `{key}` twice", line=line.number)
        cursor.at += 1
        found[key] = _value(cursor, line, match["rest"] or "")
    return found


def _value(cursor: _Cursor, line: _Line, rest: str) -> Metadata:
    if rest and not rest.startswith("#"):
        return _scalar(cursor, line, rest)
    below = cursor.peek()
    if below is None or below.indent < line.indent or (below.indent == line.indent and not _is_item(below)):
        return ""
    if _is_item(below):
        return _list(cursor, below.indent)
    if _KEY.fullmatch(below.text):
        return _map(cursor, below.indent)
    cursor.at += 1
    return _scalar(cursor, line, below.text)


def _list(cursor: _Cursor, indent: int) -> tuple[Metadata, ...]:
    found: list[Metadata] = []
    while (line := cursor.peek()) is not None and line.indent == indent and _is_item(line):
        rest = line.text[1:].lstrip()
        inner = _Line(line.number, indent + len(line.text) - len(rest), rest)
        if _KEY.fullmatch(rest):
            cursor.lines[cursor.at] = inner  # a map that begins on the line of its dash
            found.append(_map(cursor, inner.indent))
        else:
            cursor.at += 1
            found.append(_scalar(cursor, line, rest))
    return tuple(found)


def _is_item(line: _Line) -> bool:
    return line.text == "-" or line.text.startswith("- ")


def _scalar(cursor: _Cursor, line: _Line, text: str) -> str:
    block = _BLOCK.fullmatch(text)
    if block is not None:
        return _block(list(cursor.deeper(line.indent)), folded=block["style"] == ">", strip=block["chomp"] == "-")
    if text.startswith(_REFUSED):
        raise SssomError(f"the header uses a form of YAML that SSSOM tables do without: `{text}`", line=line.number)
    folded = " ".join([text, *(more.text for more in cursor.deeper(line.indent) if more.text)])
    if folded[0] in "\"'":
        return _quoted(folded, line.number)
    return re.split(r"\s#", folded, maxsplit=1)[0].rstrip()


def _block(lines: list[_Line], *, folded: bool, strip: bool) -> str:
    while lines and not lines[-1].text:
        lines.pop()
    margin = min((line.indent for line in lines if line.text), default=0)
    texts = [" " * max(line.indent - margin, 0) + line.text if line.text else "" for line in lines]
    joined = "\n".join(texts)
    if folded:
        joined = re.sub(r"(?<=\S)\n(?=\S)", " ", joined).replace("\n\n", "\n")
    return joined if strip or not joined else joined + "\n"


def _quoted(text: str, number: int) -> str:
    quote = text[0]
    body = re.fullmatch(r"\"((?:[^\"\\]|\\.)*)\"(?:\s+#.*)?" if quote == '"' else r"'((?:[^']|'')*)'(?:\s+#.*)?", text)
    if body is None:
        raise SssomError(f"the header has a quoted value that does not end: `{text}`", line=number)
    if quote == "'":
        return body[1].replace("''", "'")
    try:
        return str(json.loads(f'"{body[1]}"', strict=False))
    except json.JSONDecodeError as error:
        raise SssomError(f"the header has an escape that is not known: `{text}`", line=number) from error


def write_header(metadata: Mapping[str, Metadata]) -> str:
    r"""Return the header as the lines of YAML, each ending in a line feed, without the ``#``.

    Example:
        >>> write_header({"sssom_version": "1.1", "creator_id": ("orcid:1",)})
        'sssom_version: "1.1"\ncreator_id:\n  - orcid:1\n'
    """
    return "".join(line + "\n" for line in _lines(metadata))


def _lines(metadata: Mapping[str, Metadata]) -> Iterator[str]:
    for key, value in metadata.items():
        if isinstance(value, str):
            yield f"{key}: {_written(value, number=key in _NUMBERS)}".rstrip()
        elif isinstance(value, tuple):
            yield f"{key}:"
            for item in value:
                yield from ("  " + line for line in _item(item))
        else:
            yield f"{key}:"
            yield from ("  " + line for line in _lines(value))


def _item(item: Metadata) -> Iterator[str]:
    if isinstance(item, str):
        yield f"- {_written(item)}"
    elif isinstance(item, tuple):
        raise SssomError("the header cannot hold a list within a list")
    else:
        for position, line in enumerate(_lines(item)):
            yield ("- " if position == 0 else "  ") + line


def _written(text: str, *, number: bool = False) -> str:
    typed = _TYPED.fullmatch(text) is not None and not number
    if not typed and not _UNSAFE.fullmatch(text):
        return text
    return _BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
