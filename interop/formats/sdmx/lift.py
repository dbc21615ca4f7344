"""From native SDMX artefacts to the triples of the hub graph: what all artefacts have in common, and the dispatch."""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from rdflib import Literal, URIRef
from rdflib.term import Node

from semstat.interop.formats.sdmx.lift_rows import FLAG_TERMS, TEXT_TERMS
from semstat.interop.formats.sdmx.model import Annotation, Facts, Link, Maintainable, Text
from semstat.ontology.iri import SdmxName, part_of
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS, XSD

__all__ = [
    "Triple",
    "Triples",
    "agency_iri",
    "flag",
    "kept",
    "lift_annotations",
    "lift_facts",
    "lift_head",
    "lift_texts",
    "position",
]

Triple = tuple[URIRef, URIRef, Node]
Triples = Iterator[Triple]

_A, _LABEL, _DESCRIPTION, _IDENTIFIER, _URN = RDF.type, SKOS.prefLabel, DCTERMS.description, SS.identifier, SS.urn


@lru_cache(maxsize=1 << 15)
def position(number: int) -> Literal:
    """Return the literal of a position, counted from 1."""
    return Literal(number)


def flag(value: bool) -> Literal:
    """Return a boolean literal in its canonical form."""
    return Literal("true" if value else "false", datatype=XSD.boolean)


def agency_iri(agency: str) -> URIRef:
    """Return the IRI of an agency by its dotted id; the scheme of a top-level agency belongs to SDMX.

    Example:
        >>> str(agency_iri("ECB.DISS")).rsplit("/", 4)[1:]
        ['ECB', 'AGENCIES', '1.0', 'DISS']
    """
    parent, _, identifier = agency.rpartition(".")
    return SdmxName("base", "Agency", parent or "SDMX", "AGENCIES", "1.0", identifier).iri


def kept(iri: URIRef, unread: Collection[str]) -> Triples:
    """Yield the content that was kept raw: one literal, with a piece on each line, so that their order is kept."""
    if unread:
        yield iri, SS.unreadContent, Literal("\n".join(unread))


def lift_facts(iri: URIRef, facts: Facts, urn: str | None, identifier: Literal | None) -> Triples:
    """Yield identity, names, descriptions, annotations, links and raw content of an artefact; its types are the caller's.

    ``urn`` and ``identifier`` are ``None`` for parts that lack them.
    """
    if identifier is not None:
        yield iri, _IDENTIFIER, identifier
    if urn is not None:
        yield iri, _URN, Literal(urn)
    for text in facts.names:
        yield iri, _LABEL, Literal(text.value, lang=text.language)
    for text in facts.descriptions:
        yield iri, _DESCRIPTION, Literal(text.value, lang=text.language)
    if facts.annotations:
        yield from lift_annotations(iri, facts.annotations)
    if facts.links or facts.uri is not None or facts.unread:
        yield from _rare(iri, facts)


def _rare(iri: URIRef, facts: Facts) -> Triples:
    yield from _links(iri, facts.links)
    if facts.uri is not None:
        yield iri, SS.uri, Literal(facts.uri)
    yield from kept(iri, facts.unread)


def _links(iri: URIRef, links: Iterable[Link]) -> Triples:
    for number, link in enumerate(links, start=1):
        node = part_of(iri, "link", number)
        yield iri, SS.link, node
        yield node, _A, SS.Link
        yield node, SS.position, position(number)
        for predicate, text in (
            (SS.linkRelation, link.rel),
            (SS.linkUrl, link.url),
            (SS.linkUrn, link.urn),
            (SS.linkType, link.type),
            (SS.linkLanguage, link.language),
        ):
            if text is not None:
                yield node, predicate, Literal(text)
        yield from lift_texts(node, SS.linkTitle, link.titles)
        yield from kept(node, link.unread)


def lift_annotations(iri: URIRef, annotations: Iterable[Annotation]) -> Triples:
    """Yield annotations, in the order of the source."""
    for number, annotation in enumerate(annotations, start=1):
        node = part_of(iri, "annotation", number)
        yield iri, SS.annotation, node
        yield node, _A, SS.Annotation
        yield node, SS.position, position(number)
        for predicate, text in (
            (SS.identifier, annotation.id),
            (SS.annotationTitle, annotation.title),
            (SS.annotationType, annotation.type),
            (SS.annotationValue, annotation.value),
        ):
            if text is not None:
                yield node, predicate, Literal(text)
        yield from lift_texts(node, SS.annotationUrl, annotation.urls)
        yield from lift_texts(node, SS.annotationText, annotation.texts)
        yield from kept(node, annotation.unread)


def lift_texts(iri: URIRef, predicate: URIRef, texts: Iterable[Text]) -> Triples:
    """Yield texts with their languages."""
    for text in texts:
        yield iri, predicate, Literal(text.value, lang=text.language)


def lift_head(head: Maintainable, types: Iterable[URIRef]) -> Triples:
    """Yield the types and all that a maintainable artefact states of itself; flags only when stated."""
    name = head.name
    iri = name.iri
    for cls in types:
        yield iri, _A, cls
    yield from lift_facts(iri, head.facts, name.urn, Literal(name.id))
    yield iri, SS.maintainer, agency_iri(name.agency)
    if name.version is not None:
        yield iri, SS.version, Literal(name.version)
    for key, value in head.flags:
        yield iri, FLAG_TERMS[key], flag(value)
    for key, text in head.texts:
        yield iri, TEXT_TERMS[key], Literal(text)
