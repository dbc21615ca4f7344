"""The message being parsed when it is SDMX-JSON: where the parts of its transcription stand, and what is kept of the rest."""

import json
import re
from dataclasses import dataclass, field, replace

from lxml import etree

from semstat.interop.formats.json_values import Fraction, JsonObject, JsonText, JsonValue
from semstat.interop.formats.sdmx.model import Link
from semstat.interop.formats.sdmx.source import Source
from semstat.interop.formats.sdmx.vocabulary import Grammar
from semstat.validators.diagnostics import Location

__all__ = ["JSON", "KNOWN", "QUIET", "UNKNOWN", "JsonSource", "raw_json", "xml_text"]

JSON = "{https://www.rfc-editor.org/rfc/rfc8259}"
"""Marks the elements that hold members as they are, so that they are not taken for SDMX-ML."""

UNKNOWN, KNOWN, QUIET = "unknown", "known", "quiet"
"""What a member that is kept is: unknown to the standard (reported where it is met); known and not interpreted, which is
reported per artefact; or of no meaning beside what was interpreted of it."""

_LINK = Grammar(parts=frozenset({"Title"}), attributes=frozenset({"rel", "url", "urn", "type", "hreflang"}))
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class JsonSource(Source):
    """A message in SDMX-JSON: ``places`` gives the offset of what an element stands for in ``document``."""

    document: JsonText | None = None
    places: dict[etree._Element, int] = field(default_factory=dict)

    def line(self, element: etree._Element) -> int | None:
        """The line on which the object or member stands that the element stands for."""
        return self._position(element)[0]

    def at(self, element: etree._Element) -> Location:
        """Where it is: line and column, and the artefact and item that it belongs to."""
        line, column = self._position(element)
        return replace(Source.at(self, element), line=line, column=column)

    def language(self, tag: str, element: etree._Element) -> str | None:
        """Return a language tag; the empty one is that of texts whose language the message does not tell."""
        return Source.language(self, tag, element) if tag else None

    def _link(self, element: etree._Element) -> Link:
        """Return a link, which in SDMX-JSON has a language and titles too."""
        found = self.gather(element, _LINK)
        titles = tuple(self.text(part) for part in found.all("Title"))
        rel, url, urn, kind, language = (element.get(key) for key in ("rel", "url", "urn", "type", "hreflang"))
        return Link(self.line(element), rel, url, urn, kind, language, titles, tuple(found.unread))

    def _position(self, element: etree._Element) -> tuple[int | None, int | None]:
        place: int | None = None
        node: etree._Element | None = element
        while node is not None and (place := self.places.get(node)) is None:
            node = node.getparent()
        return (None, None) if place is None or self.document is None else self.document.tokens.position(place)

    def keep(self, child: etree._Element, unread: list[str], *, known: bool = False) -> None:
        """Keep an element raw, or the member that it holds as it is; the latter was reported where it was met."""
        if not str(child.tag).startswith(JSON):
            Source.keep(self, child, unread, known=known)
            return
        unread.append(child.text or "")
        if child.get("is") == KNOWN:
            self.tally[child.get("name", "")] += 1


def raw_json(name: str, value: JsonValue) -> str:
    """Return a member as it is, as an object of its own: repeated names and the form of numbers are kept.

    Example:
        >>> raw_json("x", ["a", Fraction("1.50"), None])
        '{"x": ["a", 1.50, null]}'
    """
    return f"{{{json.dumps(name, ensure_ascii=False)}: {_raw(value)}}}"


def _raw(value: JsonValue) -> str:
    if isinstance(value, JsonObject):
        members = (f"{json.dumps(name, ensure_ascii=False)}: {_raw(part)}" for name, part in value.pairs)
        return f"{{{', '.join(members)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_raw, value))}]"
    return str(value) if isinstance(value, Fraction) else json.dumps(value, ensure_ascii=False)


def xml_text(text: str) -> str:
    r"""Return a text without the characters that XML cannot hold; each of them becomes U+FFFD.

    Example:
        >>> xml_text("a\x00b")
        'a\ufffdb'
    """
    return _NOT_XML.sub("\ufffd", text)
