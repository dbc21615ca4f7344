"""Shapes whose constraint is a SPARQL query, tried on all of a graph at once.

A SHACL engine asks such a query for each node by itself, which takes minutes for some thousand nodes; asked once for all of
them, the same text takes an embedded SPARQL engine hundredths of a second. Such a shape must name its target in the query.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rdflib import BNode, Graph, Literal
from rdflib.term import Node

from semstat.ontology.access import text
from semstat.ontology.terms import SH, SS
from semstat.validators.engine import GraphResult

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["asked", "split"]


def split(shapes: Graph) -> tuple[Graph, Graph]:
    """Return the shapes that are stated in SHACL Core, and those that are stated as queries."""
    stated = set(shapes.subjects(SH.sparql, None))
    stated |= {query for shape in stated for query in shapes.objects(shape, SH.sparql)}
    core, queried = Graph(), Graph()
    for triple in shapes:
        (queried if triple[0] in stated else core).add(triple)
    return core, queried


def asked(data: Graph, queried: Graph) -> tuple[GraphResult, ...]:
    """Return the results of shapes that are stated as queries, sorted; ``$this`` is the node, ``?value`` what is wrong."""
    store = _links(data)
    found = {
        result
        for shape, query in queried.subject_objects(SH.sparql)
        for result in _results(store, str(shape), _rule(queried, shape), text(queried, query, SH.select))
    }
    return tuple(sorted(found, key=lambda item: (item.rule, item.shape, item.focus, item.value or "")))


def _rule(queried: Graph, shape: Node) -> str:
    return text(queried, shape, SS.checksRule).rpartition("/")[2]


def _results(store: "ox.Store", shape: str, rule: str, query: str) -> Iterator[GraphResult]:
    import pyoxigraph as ox

    answer = store.query(query)
    assert isinstance(answer, ox.QuerySolutions)
    has_value = "value" in {variable.value for variable in answer.variables}
    for row in answer:
        value = _name(row["value"]) if has_value else None
        yield GraphResult(rule, shape, str(_name(row["this"])), None, value)


def _name(term: object) -> str | None:
    value: str | None = getattr(term, "value", None)
    return value


def _links(data: Graph) -> "ox.Store":
    """Return a store with the links of a graph and the kinds of its nodes; texts are left out."""
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_extend(
        ox.Quad(_term(subject), ox.NamedNode(str(predicate)), _term(value))
        for subject, predicate, value in data
        if not isinstance(value, Literal)
    )
    return store


def _term(node: Node) -> "ox.NamedNode | ox.BlankNode":
    import pyoxigraph as ox

    return ox.BlankNode(str(node)) if isinstance(node, BNode) else ox.NamedNode(str(node))
