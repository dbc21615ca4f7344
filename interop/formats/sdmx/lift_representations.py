"""Representations as triples."""

from collections.abc import Iterable

from rdflib import Literal, URIRef

from semstat.interop.formats.sdmx.index import Index
from semstat.interop.formats.sdmx.lift import Triples, kept, lift_texts, position
from semstat.interop.formats.sdmx.model import Representation, SentinelValue
from semstat.ontology.iri import part_of
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS, SST

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
    yield from _sentinels(node, representation.sentinels)
    yield from kept(node, representation.unread)


def _sentinels(node: URIRef, sentinels: Iterable[SentinelValue]) -> Triples:
    for number, sentinel in enumerate(sentinels, start=1):
        place = part_of(node, "sentinel", number)
        yield node, SST.sentinelValue, place
        yield place, RDF.type, SST.SentinelValue
        yield place, SS.position, position(number)
        yield place, SST.value, Literal(sentinel.value)
        yield from lift_texts(place, SKOS.prefLabel, sentinel.names)
        yield from lift_texts(place, DCTERMS.description, sentinel.descriptions)
        yield from kept(place, sentinel.unread)
