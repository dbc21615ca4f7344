"""Reading a file of shapes for the runner: what each rule looks at, the constraints that are queries, and the others.

A shape that is stated as a query is asked once of the whole graph, where a SHACL engine asks it for each node by itself, which
takes minutes for some thousand nodes. So the query has to bind ``$this`` by itself, within each part of a UNION.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from rdflib import Graph, URIRef

from semstat.ontology.access import text
from semstat.ontology.terms import SH, SS

__all__ = ["ShapeQuery", "Shapes", "Target", "filled", "shapes_file", "shapes_of_family", "slots_of"]

_SLOT = re.compile(r"\{[?$]*(\w+)\}")
_AIMS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)

Target = tuple[URIRef, URIRef]
"""By what nodes are chosen, one of the target properties of SHACL, and the class or property that it names."""


@dataclass(frozen=True, slots=True)
class ShapeQuery:
    """A shape whose constraint is a query: ``text`` asks for all that breaks it, ``aims`` says what it looks at.

    ``steps`` asks for the steps that may not lead in a circle, of the shapes that
    forbid one: a path that is followed from each node of a long chain takes a time that grows with its square.
    """

    rule: str
    shape: str
    message: str
    aims: frozenset[Target]
    text: str
    steps: str | None = None


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes of a family: the queries, the graph of those that a SHACL engine runs, and by shape its message.

    ``aims`` tells by rule what its shapes look at.
    """

    queries: tuple[ShapeQuery, ...]
    properties: Graph = field(repr=False)
    messages: Mapping[str, str] = field(repr=False)
    aims: Mapping[str, frozenset[Target]] = field(repr=False)


@lru_cache
def shapes_file(family: str) -> Graph:
    """Return the file with the shapes of a family as a graph; not to be changed."""
    return Graph().parse(data=_text(f"shapes/{family}.shacl.ttl"), format="turtle")


@lru_cache
def shapes_of_family(family: str) -> Shapes:
    """Return the shapes of a family, in the order of rule and shape.

    Example:
        >>> shapes_of_family("study").queries[0].rule, len(shapes_of_family("study").properties)
        ('VC001', 0)
    """
    graph = shapes_file(family)
    named = [shape for shape in graph.subjects(SS.checksRule, None) if isinstance(shape, URIRef)]
    queried = sorted(
        (shape for shape in named if (shape, SH.sparql, None) in graph), key=lambda one: _order(graph, one)
    )
    aims: dict[str, set[Target]] = {}
    for shape in named:
        aims.setdefault(_rule(graph, shape), set()).update(_aims(graph, shape))
    return Shapes(
        tuple(_query(graph, family, shape) for shape in queried),
        _without(graph, queried),
        {str(shape): _message(graph, shape) for shape in named},
        {rule: frozenset(aimed) for rule, aimed in sorted(aims.items())},
    )


def slots_of(message: str) -> list[str]:
    """Return the names of what a message shows: ``{$this}`` and ``{?name}``.

    Example:
        >>> slots_of("`{$this}` stands above `{?value}`")
        ['this', 'value']
    """
    return _SLOT.findall(message)


def filled(message: str, shown: Mapping[str, str]) -> str:
    """Return a message with what it shows put in; what a query does not bind is ``nothing``.

    Example:
        >>> filled("`{$this}` leads to {?value}", {"this": "a"})
        '`a` leads to nothing'
    """
    return _SLOT.sub(lambda slot: shown.get(slot[1], "nothing"), message)


def _order(graph: Graph, shape: URIRef) -> tuple[str, str]:
    return _rule(graph, shape), str(shape)


def _rule(graph: Graph, shape: URIRef) -> str:
    return text(graph, shape, SS.checksRule).rpartition("/")[2]


def _message(graph: Graph, shape: URIRef) -> str:
    query = graph.value(shape, SH.sparql)
    return text(graph, shape, SH.message) or (text(graph, query, SH.message) if query is not None else "")


def _aims(graph: Graph, shape: URIRef) -> Iterator[Target]:
    for kind in _AIMS:
        for term in graph.objects(shape, kind):
            if isinstance(term, URIRef):
                yield kind, term


def _query(graph: Graph, family: str, shape: URIRef) -> ShapeQuery:
    aims = frozenset(_aims(graph, shape))
    constraint = graph.value(shape, SH.sparql)
    assert constraint is not None, shape
    return ShapeQuery(
        rule=_rule(graph, shape),
        shape=str(shape),
        message=_message(graph, shape),
        aims=aims,
        text=_prefixes(graph) + text(graph, constraint, SH.select),
        steps=_text(f"queries/circles/{family}.rq") if shape.endswith("#NoCircle") else None,
    )


def _prefixes(graph: Graph) -> str:
    declared = sorted(
        (str(name), str(graph.value(node, SH.namespace))) for node, name in graph.subject_objects(SH.prefix)
    )
    return "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in declared)


def _without(graph: Graph, queried: list[URIRef]) -> Graph:
    """Return the shapes that are stated in SHACL Core, for an engine that is to run these alone."""
    taken = {*queried, *(query for shape in queried for query in graph.objects(shape, SH.sparql))}
    core = Graph()
    if any(shape not in taken for shape in graph.subjects(SS.checksRule, None)):
        for triple in graph:
            if triple[0] not in taken:
                core.add(triple)
    return core


def _text(path: str) -> str:
    return files("semstat.validators").joinpath(path).read_text(encoding="utf-8")
