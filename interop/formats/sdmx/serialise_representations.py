"""Representations as elements of SDMX-ML."""

from semstat.interop.formats.sdmx.model import Representation
from semstat.interop.formats.sdmx.parse_representations import FACETS
from semstat.interop.formats.sdmx.serialise_raw import Raw
from semstat.interop.formats.sdmx.serialise_references import reference
from semstat.interop.formats.sdmx.target import Writing
from semstat.interop.formats.sdmx.xml_text import Element

__all__ = ["representation_element"]


def representation_element(name: str, found: Representation, writing: Writing, part: str) -> Element:
    """Return a representation: an enumeration with its format, or a text format.

    Source:
        SDMX 2.1 and 3.0, SDMXStructureBase.xsd, ``RepresentationType``.
    """
    facets = dict(found.facets)
    occurs = tuple((key, facets[key]) for key in ("minOccurs", "maxOccurs") if key in facets)
    stated = tuple((key, facets[key]) for key in FACETS if key in facets)
    kind = (("textType", found.text_type),) if found.text_type is not None else ()
    if found.enumeration is None:
        raw = Raw.of(writing, "TextFormat", found.unread, slots=("SentinelValue",), part=part)
        children = (Element("str:TextFormat", (*kind, *stated, *raw.attributes), children=raw.elements),)
        return Element(name, occurs, children=children)
    Raw.of(writing, "EnumerationFormat", found.unread, part=part)
    listed = reference("str:Enumeration", found.enumeration.name, writing)
    if not kind and not stated:
        return Element(name, occurs, children=(listed,))
    return Element(name, occurs, children=(listed, Element("str:EnumerationFormat", (*kind, *stated))))
