"""What a graph of statistical information says without saying it: added before shapes are tried, which infer nothing."""

from collections.abc import Iterator
from functools import cache

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.ontology import load
from semstat.ontology.terms import OWL, RDF, RDFS
from semstat.ontology.terms_information import SSI

__all__ = ["CASCADE", "MEANING", "completed", "model"]

MEANING = (SSI["takesMeaningFromConceptualVariable"], SSI["takesMeaningFromRepresentedVariable"])
"""The relations by which a variable refers to the one that it is a more concrete form of."""

CASCADE = (
    SSI["measuresConcept"],
    SSI["measuresUnitType"],
    SSI["usesConceptualDomain"],
    SSI["measuresUniverse"],
    SSI["hasSubstantiveValueDomain"],
)
"""What a variable that takes its meaning from another one need not state again."""

_MODULES = ("core", "structure", "mapping", "metadata", "process", "information")


@cache
def model() -> Graph:
    """Return the modules whose classes and properties data may use; not to be changed."""
    return load(*_MODULES)


def completed(data: Graph) -> Graph:
    """Return a graph with what the data state and what follows from it.

    Wider relations and inverse ones, the classes above those stated, and along the variable cascade what a variable holds
    from the one that it takes its meaning from, unless it states the same property itself.

    Example:
        >>> from rdflib import Graph
        >>> data = Graph().add((SSI["x"], RDF.type, SSI["CodeList"]))
        >>> (SSI["x"], RDF.type, SSI["NodeSet"]) in completed(data)
        True
    """
    found = Graph()
    for triple in data:
        found.add(triple)
    for subject, predicate, value in data:
        for entailed in _relations(subject, predicate, value):
            found.add(entailed)
    for subject, cls in list(found.subject_objects(RDF.type)):
        for above in _above(cls):
            found.add((subject, RDF.type, above))
    for relation in MEANING:  # the conceptual level first, since the represented one hands it on
        _hand_on(found, relation)
    return found


def _relations(subject: Node, predicate: Node, value: Node) -> Iterator[tuple[Node, Node, Node]]:
    for wider in _wider(predicate):
        yield subject, wider, value
    if not isinstance(value, Literal):
        for inverse in _inverses(predicate):
            yield value, inverse, subject


@cache
def _wider(predicate: Node) -> tuple[Node, ...]:
    return tuple(
        item
        for item in model().transitive_objects(predicate, RDFS.subPropertyOf)
        if item is not None and item != predicate
    )


@cache
def _inverses(predicate: Node) -> tuple[Node, ...]:
    return (*model().objects(predicate, OWL.inverseOf), *model().subjects(OWL.inverseOf, predicate))


@cache
def _above(cls: Node) -> tuple[Node, ...]:
    return tuple(above for above in model().transitive_objects(cls, RDFS.subClassOf) if above is not None)


def _hand_on(graph: Graph, relation: URIRef) -> None:
    for variable, source in sorted(graph.subject_objects(relation), key=str):
        for term in CASCADE:
            if (variable, term, None) not in graph:
                for value in list(graph.objects(source, term)):
                    graph.add((variable, term, value))
