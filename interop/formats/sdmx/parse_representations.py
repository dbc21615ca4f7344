"""Representations in SDMX-ML: enumerations, text formats and their facets."""

from lxml import etree

from semstat.interop.formats.sdmx.model import Reference, Representation, SentinelValue
from semstat.interop.formats.sdmx.references import reference
from semstat.interop.formats.sdmx.source import Source, raw_xml
from semstat.interop.formats.sdmx.vocabulary import Grammar

__all__ = ["FACETS", "read_representation", "read_text_format"]

FACETS = (
    "isSequence",
    "isMultiLingual",
    "minLength",
    "maxLength",
    "minValue",
    "maxValue",
    "startValue",
    "endValue",
    "interval",
    "timeInterval",
    "decimals",
    "pattern",
    "startTime",
    "endTime",
)
"""The facets of a text format, as SDMX names them; each is a property of the same name in the hub graph."""

_OCCURRENCES = ("minOccurs", "maxOccurs")
_REPRESENTATION = Grammar(
    parts=frozenset({"Enumeration", "EnumerationFormat", "TextFormat"}), attributes=frozenset(_OCCURRENCES)
)
_FORMAT = Grammar(parts=frozenset({"SentinelValue"}), attributes=frozenset({"textType", *FACETS}))
_SENTINEL = Grammar(attributes=frozenset({"value"}), named=True)


def read_representation(source: Source, element: etree._Element, outer: list[str]) -> Representation:
    """Return the representation that an element holds, facets exactly as written; ``outer`` receives an unusable rest.

    Source:
        SDMX 2.1 and 3.0, SDMXStructureBase.xsd, ``RepresentationType`` and ``TextFormatType``.
    """
    found = source.gather(element, _REPRESENTATION)
    unread, text_type = found.unread, None
    enumeration: Reference | None = None
    facets: list[tuple[str, str]] = [(key, element.get(key, "")) for key in _OCCURRENCES if key in element.attrib]
    sentinels: list[SentinelValue] = []
    for local, part in found.parts:
        if local == "Enumeration":
            enumeration = reference(source, part, "Codelist")
            if enumeration is None:
                outer.append(raw_xml(part))
            continue
        text_format = source.gather(part, _FORMAT)
        unread.extend(text_format.unread)
        text_type = part.get("textType") or text_type
        facets.extend((key, part.get(key, "")) for key in FACETS if key in part.attrib)
        sentinels.extend(_sentinel(source, value) for value in text_format.all("SentinelValue"))
    line = source.line(element)
    return Representation(line, enumeration, text_type, tuple(facets), tuple(unread), tuple(sentinels))


def read_text_format(source: Source, element: etree._Element, outer: list[str]) -> Representation:
    """Return the representation of an element that is a text format itself (2.1 ``ToTextFormat``, ``CodingFormat``)."""
    found = source.gather(element, _FORMAT)
    facets = tuple((key, element.get(key, "")) for key in FACETS if key in element.attrib)
    sentinels = tuple(_sentinel(source, value) for value in found.all("SentinelValue"))
    line = source.line(element)
    return Representation(line, None, element.get("textType"), facets, tuple(found.unread), sentinels)


def _sentinel(source: Source, element: etree._Element) -> SentinelValue:
    found = source.gather(element, _SENTINEL)
    names, descriptions = tuple(found.names), tuple(found.descriptions)
    return SentinelValue(source.line(element), element.get("value", ""), names, descriptions, tuple(found.unread))
