"""Representations as elements of SDMX-ML."""

from semstat.interop.formats.sdmx.model import Representation
from semstat.interop.formats.sdmx.parse_representations import FACETS
from semstat.interop.formats.sdmx.serialise_facts import text
from semstat.interop.formats.sdmx.serialise_references import reference
from semstat.interop.formats.sdmx.target import Writing
from semstat.interop.formats.sdmx.xml_text import Element

__all__ = ["representation_element", "text_format"]


def representation_element(name: str, found: Representation, writing: Writing, part: str) -> Element:
    """Return a representation: an enumeration with its format, or a text format.

    Source:
        SDMX 2.1 and 3.0, SDMXStructureBase.xsd, ``RepresentationType``.
    """
    facets = dict(found.facets)
    occurs = tuple((key, facets[key]) for key in ("minOccurs", "maxOccurs") if key in facets)
    if found.enumeration is None:
        return Element(name, occurs, children=(text_format("str:TextFormat", found, writing, part),))
    for kept in found.unread:
        writing.lose_raw(kept, part)
    listed = reference("str:Enumeration", found.enumeration.name, writing)
    stated = _format(found)
    if not stated:
        return Element(name, occurs, children=(listed,))
    return Element(name, occurs, children=(listed, Element("str:EnumerationFormat", stated)))


def text_format(name: str, found: Representation, writing: Writing, part: str) -> Element:
    """Return the element of a text format with its facets and sentinel values."""
    for kept in (*found.unread, *(kept for sentinel in found.sentinels for kept in sentinel.unread)):
        writing.lose_raw(kept, part)
    sentinels = tuple(
        Element(
            "str:SentinelValue",
            (("value", sentinel.value),),
            children=(
                *(text("com:Name", name) for name in sentinel.names),
                *(text("com:Description", said) for said in sentinel.descriptions),
            ),
        )
        for sentinel in found.sentinels
    )
    return Element(name, _format(found), children=sentinels)


def _format(found: Representation) -> tuple[tuple[str, str], ...]:
    facets = dict(found.facets)
    kind = (("textType", found.text_type),) if found.text_type is not None else ()
    return (*kind, *((key, facets[key]) for key in FACETS if key in facets))
