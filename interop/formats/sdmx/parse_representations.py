"""Representations in SDMX-ML: enumerations, text formats and their facets."""

from lxml import etree

from semstat.interop.formats.sdmx.model import Reference, Representation
from semstat.interop.formats.sdmx.references import reference
from semstat.interop.formats.sdmx.source import Source, raw_xml
from semstat.interop.formats.sdmx.vocabulary import Grammar

__all__ = ["FACETS", "read_representation"]

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
_FORMAT = Grammar(kept=frozenset({"SentinelValue"}), attributes=frozenset({"textType", *FACETS}))


def read_representation(source: Source, element: etree._Element, outer: list[str]) -> Representation:
    """Return the representation that an element holds, facets exactly as written; ``outer`` receives an unusable rest.

    Source:
        SDMX 2.1 and 3.0, SDMXStructureBase.xsd, ``RepresentationType`` and ``TextFormatType``.
    """
    found = source.gather(element, _REPRESENTATION)
    unread, text_type = found.unread, None
    enumeration: Reference | None = None
    facets: list[tuple[str, str]] = [(key, element.get(key, "")) for key in _OCCURRENCES if key in element.attrib]
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
    return Representation(source.line(element), enumeration, text_type, tuple(facets), tuple(unread))
