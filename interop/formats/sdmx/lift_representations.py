"""Representations as triples."""

from rdflib import Literal, URIRef

from semstat.interop.formats.sdmx.index import Index
from semstat.interop.formats.sdmx.lift import Triples, kept
from semstat.interop.formats.sdmx.model import Representation
from semstat.ontology.terms import RDF, SST

__all__ = ["lift_representation"]


def lift_representation(
    node: URIRef, representation: Representation, index: Index, origin: str, *, default: str
) -> Triples:
    """Yield a representation on its node: enumeration, text type, facets as plain strings exactly as written.

    ``default`` is the text type of what is neither enumerated nor typed.

    Source:
        SDMX 2.1 and 3.0, SDMXStructureBase.xsd, ``TextFormatType`` (``textType``, default ``String``) and
        ``TimeTextFormatType`` (default ``ObservationalTimePeriod``).
    """
    yield node, RDF.type, SST.Representation
    text_type = representation.text_type
    if representation.enumeration is not None:
        yield from index.refer(node, SST.enumeration, representation.enumeration, origin)
    elif text_type is None:
        text_type = default
    if text_type is not None:
        yield node, SST.textType, Literal(text_type)
    for key, value in representation.facets:
        yield node, SST[key], Literal(value)
    yield from kept(node, representation.unread)
