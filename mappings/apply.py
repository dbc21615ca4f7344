"""Apply a mapping set to a graph: what the set says of the things that the graph speaks of, as triples."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from semstat.mappings.sssom import Mapping, MappingSet

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Node

__all__ = ["Applied", "alignment", "apply"]

EVIDENCE = "ext_evidence_status"
"""The extension slot that says whether a correspondence is published or our proposal."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of applying a set.

    ``unmatched`` are the mappings whose subject the graph does not speak of, ``unsaid`` those that yield no triple:
    rows that say that there is no counterpart, negated rows, and rows with a literal at an end.
    """

    triples: "Graph"
    unmatched: tuple[Mapping, ...]
    unsaid: tuple[Mapping, ...]


def apply(mapping_set: MappingSet, graph: "Graph") -> Applied:
    """Return one triple per mapping whose subject is a subject of the graph; the graph itself is not changed.

    The predicate of the mapping is that of the triple: ``skos:closeMatch`` as well as ``rdfs:subClassOf``, which
    thereby becomes an axiom. ``sssom:superClassOf`` is written as the ``rdfs:subClassOf`` that it stands for.

    Raises:
        SssomError: a prefix is not declared.
    """
    from rdflib import Graph

    triples, unmatched, unsaid = Graph(), [], []
    for mapping in mapping_set.mappings:
        triple = _triple(mapping_set, mapping)
        if triple is None:
            unsaid.append(mapping)
        elif (_iri(mapping_set, mapping.subject), None, None) not in graph:
            unmatched.append(mapping)
        else:
            triples.add(triple)
    return Applied(triples, tuple(unmatched), tuple(unsaid))


def alignment(mapping_set: MappingSet, graph: "Graph") -> "Graph":
    """Return the set as an ontology of its own: a header, the triples of :func:`apply`, and each triple's evidence.

    The evidence hangs on an ``owl:Axiom`` whose IRI is the mapping's record id (SSSOM's own RDF form; OWL 2 would have
    a blank node there, which we do not mint): justification, confidence, evidence status and comment.

    Raises:
        SssomError: a prefix is not declared.
    """
    applied = apply(mapping_set, graph)
    for triple in _header(mapping_set):
        applied.triples.add(triple)
    for mapping in mapping_set.mappings:
        stated = _triple(mapping_set, mapping)
        if stated is not None and stated in applied.triples and mapping.text("record_id"):
            for triple in _axiom(mapping_set, mapping, stated):
                applied.triples.add(triple)
    return applied.triples


def _iri(mapping_set: MappingSet, curie: str) -> "URIRef":
    from rdflib import URIRef

    return URIRef(mapping_set.expand(curie))


def _triple(mapping_set: MappingSet, mapping: Mapping) -> "tuple[URIRef, URIRef, URIRef] | None":
    from semstat.ontology.terms import RDFS, SSSOM

    ends = (mapping.text("subject_id"), mapping.text("object_id"))
    if mapping.is_absence or mapping.text("predicate_modifier") or not all(ends):
        return None
    subject, predicate, other = (_iri(mapping_set, curie) for curie in (ends[0], mapping.predicate, ends[1]))
    return (other, RDFS.subClassOf, subject) if predicate == SSSOM.superClassOf else (subject, predicate, other)


def _header(mapping_set: MappingSet) -> "Iterator[tuple[Node, Node, Node]]":
    from rdflib import Literal, URIRef

    from semstat.ontology.terms import DCTERMS, OWL, RDF, XSD

    ontology, version = URIRef(mapping_set.text("mapping_set_id")), mapping_set.text("mapping_set_version")
    yield ontology, RDF.type, OWL.Ontology
    yield ontology, DCTERMS.title, Literal(mapping_set.text("mapping_set_title"), "en")
    yield ontology, DCTERMS.abstract, Literal(mapping_set.text("mapping_set_description"), "en")
    yield ontology, DCTERMS.license, URIRef(mapping_set.text("license"))
    yield ontology, DCTERMS.issued, Literal(mapping_set.text("publication_date"), datatype=XSD.date)
    yield ontology, OWL.versionInfo, Literal(version)
    yield ontology, OWL.versionIRI, URIRef(f"{ontology}/{version}")
    for creator in mapping_set.metadata.get("creator_id", ()):
        yield ontology, DCTERMS.creator, _iri(mapping_set, str(creator))
    for source in {mapping_set.value(mapping, "subject_source") for mapping in mapping_set.mappings} - {""}:
        yield ontology, OWL.imports, _iri(mapping_set, source)


def _axiom(
    mapping_set: MappingSet, mapping: Mapping, triple: "tuple[URIRef, URIRef, URIRef]"
) -> "Iterator[tuple[Node, Node, Node]]":
    from rdflib import Literal

    from semstat.ontology.terms import OWL, RDF, RDFS, SS, SSSOM, XSD

    axiom = _iri(mapping_set, mapping.text("record_id"))
    yield axiom, RDF.type, OWL.Axiom
    yield axiom, OWL.annotatedSource, triple[0]
    yield axiom, OWL.annotatedProperty, triple[1]
    yield axiom, OWL.annotatedTarget, triple[2]
    yield axiom, SSSOM.mapping_justification, _iri(mapping_set, mapping.text("mapping_justification"))
    if mapping.text("confidence"):
        yield axiom, SSSOM.confidence, Literal(mapping.text("confidence"), datatype=XSD.double)
    if mapping.text(EVIDENCE):
        yield axiom, SS.evidenceStatus, Literal(mapping.text(EVIDENCE))
    if mapping.text("comment"):
        yield axiom, RDFS.comment, Literal(mapping.text("comment"), "en")
