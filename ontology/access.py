"""Reading a graph with types: texts, numbers, IRIs in a stable order. rdflib's own accessors return any kind of node."""

from rdflib import Graph, URIRef
from rdflib.term import Node

__all__ = ["flag", "iris", "number", "one", "text"]


def one(graph: Graph, node: Node | None, predicate: URIRef) -> Node | None:
    """Return a property's value, ``None`` where there is none; of several the first in order.

    Files that are read together may describe one thing twice and differently, and which value rdflib meets first is by chance.

    Example:
        >>> graph = Graph().parse(data="<urn:a> <urn:p> 'y', 'x' .", format="turtle")
        >>> str(one(graph, URIRef("urn:a"), URIRef("urn:p")))
        'x'
    """
    return min(graph.objects(node, predicate), key=str, default=None)


def text(graph: Graph, node: Node, predicate: URIRef, default: str = "") -> str:
    """Return the lexical form of a property's value, or the default where there is none.

    Example:
        >>> from semstat.ontology.terms import SH
        >>> text(Graph(), SH.Shape, SH.name, "unnamed")
        'unnamed'
    """
    value = one(graph, node, predicate)
    return default if value is None else str(value)


def number(graph: Graph, node: Node, predicate: URIRef) -> int | None:
    """Return a property's value as a whole number, ``None`` where there is none."""
    value = one(graph, node, predicate)
    return None if value is None else int(str(value))


def flag(graph: Graph, node: Node, predicate: URIRef, *, default: bool = False) -> bool:
    """Return a property's value as a truth value of XSD, the default where there is none."""
    value = one(graph, node, predicate)
    return default if value is None else str(value) in {"true", "1"}


def iris(graph: Graph, node: Node | None, predicate: URIRef, value: Node | None = None) -> list[URIRef]:
    """Return the IRIs among a property's values, or with ``node=None`` among its subjects, sorted."""
    found = graph.objects(node, predicate) if node is not None else graph.subjects(predicate, value)
    return sorted({item for item in found if isinstance(item, URIRef)})
