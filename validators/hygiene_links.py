"""Links of an ontology to other vocabularies: whether what they lead to is there."""

import re
from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib import namespace as published

from semstat.ontology.terms import OWL, RDFS, SKOS
from semstat.validators.judged_ontology import Judged, short
from semstat.validators.sets import Row

__all__ = ["alignment_unresolved", "foreign_namespaces"]

_LINKS = (
    SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch,
    RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty,
)  # fmt: skip
_PUBLISHED = {
    str(vars(space)["_NS"]): space
    for space in vars(published).values()
    if isinstance(space, type) and "_NS" in vars(space) and space.__annotations__ and space is not published.DCAT
}
"""Vocabularies whose lists of terms come with rdflib: a link into one of them can be followed without a network.

That of DCAT is left out: it is of version 2, and lacks what version 3 added.
"""


def alignment_unresolved(judged: Judged) -> Iterator[Row]:
    """Yield the links to terms that are not there, where the vocabulary they should be in is at hand."""
    known = set(judged.context.subjects())
    for subject, predicate, value in _links(judged.graph):
        space = _space(value, judged)
        is_there = value in known if space in judged.ontologies.values() else _is_published(value, space)
        if is_there is False:
            said = f"`{short(subject)}` is linked (`{short(predicate)}`) to `{value}`, which `{space}` does not have"
            yield Row(subject, said, value=value)


def foreign_namespaces(judged: Judged) -> tuple[str, ...]:
    """Return the vocabularies that links lead to and that are not at hand: whether they have the terms is not known."""
    at_hand = (*_PUBLISHED, *judged.ontologies.values())
    known = {str(subject) for subject in judged.context.subjects()}
    away = {
        value for _, _, value in _links(judged.graph) if not str(value).startswith(at_hand) and str(value) not in known
    }
    return tuple(sorted({re.sub(r"[^/#]*$", "", value) for value in away}))


def _links(graph: Graph) -> Iterator[tuple[URIRef, URIRef, URIRef]]:
    for predicate in _LINKS:
        for subject, value in sorted(graph.subject_objects(predicate)):
            if isinstance(subject, URIRef) and isinstance(value, URIRef):
                yield subject, predicate, value


def _space(value: URIRef, judged: Judged) -> str:
    spaces = (*judged.ontologies.values(), *_PUBLISHED)
    return max((space for space in spaces if str(value).startswith(space)), key=len, default="")


def _is_published(value: URIRef, space: str) -> bool | None:
    """Tell whether a published vocabulary has a term, ``None`` where it is not at hand."""
    return None if space not in _PUBLISHED else str(value) in map(str, dir(_PUBLISHED[space]))
