"""Shapes run as sets: target and constraint of a shape become one query over the whole graph in the embedded engine.

The shapes stay the one statement of a rule; any SHACL engine that knows SPARQL constraints can run them too, on the graph
as it is after the updates that go with their family.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rdflib import Graph, URIRef

from semstat.ontology import modules
from semstat.ontology.terms import BASE, SH, SS
from semstat.validators.cubes import RuleOutcome
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding
from semstat.validators.sets import add_rdf

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["FAMILIES", "ShapeQuery", "families_in", "judge_shapes", "lift", "shape_queries"]

_BODY = re.compile(r"SELECT\b.*?\bWHERE\s*\{(?P<body>.*)\}\s*$", re.DOTALL)
_SHOWN = re.compile(r"\{\??\$?(\w+)\}")
_UNNAMED = "a node without a name"


@dataclass(frozen=True, slots=True)
class Family:
    """Rules on one subject: the words by which a file is seen to speak of it, and what its graph is prepared with.

    ``update`` adds what the shapes presuppose, ``ontologies`` names the modules that they presuppose.
    """

    spoken: tuple[str, ...]
    update: str | None = None
    ontologies: tuple[str, ...] = ()


_LINEAGE = ("core", "structure", "mapping", "information", "study", "lineage")

FAMILIES: Mapping[str, Family] = {
    "classification": Family(("http://rdf-vocabulary.ddialliance.org/xkos#",), "classification-lift"),
    "study": Family((BASE + "information#", BASE + "study#")),
    "lineage": Family((BASE + "lineage#",), "lineage-edges", _LINEAGE),
}
"""By the stem of the file with their shapes."""


@dataclass(frozen=True, slots=True)
class ShapeQuery:
    """A shape as two queries: what it looks at, counted, and what breaks it; the message has slots for the variables."""

    rule: str
    shape: str
    counting: str
    finding: str
    message: str


def families_in(data: bytes) -> frozenset[str]:
    """Return the families of rules that a file's bytes call for.

    Example:
        >>> sorted(families_in(b"@prefix xkos: <http://rdf-vocabulary.ddialliance.org/xkos#> ."))
        ['classification']
    """
    return frozenset(name for name, family in FAMILIES.items() if any(word.encode() in data for word in family.spoken))


@lru_cache
def shape_queries(family: str) -> tuple[ShapeQuery, ...]:
    """Return the shapes of a family as queries, in the order of rule and shape.

    Example:
        >>> shape_queries("study")[0].rule
        'VC001'
    """
    graph = Graph()
    graph.parse(data=_text(f"shapes/{family}.shacl.ttl"), format="turtle")
    found = [_query(graph, shape) for shape in graph.subjects(SS.checksRule, None) if isinstance(shape, URIRef)]
    return tuple(sorted(found, key=lambda query: (query.rule, query.shape)))


def _query(graph: Graph, shape: URIRef) -> ShapeQuery:
    constraint = graph.value(shape, SH.sparql)
    text = str(graph.value(constraint, SH.select))
    body = _BODY.search(text)
    assert body is not None, shape
    target = " UNION ".join(sorted(_targets(graph, shape)))
    head = "".join(
        f"PREFIX {graph.value(one, SH.prefix)}: <{graph.value(one, SH.namespace)}>\n"
        for one in sorted(graph.objects(graph.value(constraint, SH.prefixes), SH.declare), key=str)
    )
    return ShapeQuery(
        rule=str(graph.value(shape, SS.checksRule)).rpartition("/")[2],
        shape=str(shape),
        counting=f"{head}SELECT (COUNT(DISTINCT $this) AS ?number) WHERE {{ {target} }}",
        finding=f"{head}SELECT DISTINCT * WHERE {{ {{ SELECT DISTINCT $this WHERE {{ {target} }} }} {body['body']} }}",
        message=str(graph.value(constraint, SH.message)),
    )


def _targets(graph: Graph, shape: URIRef) -> Iterator[str]:
    for term in graph.objects(shape, SH.targetClass):
        yield f"{{ $this a <{term}> }}"
    for term in graph.objects(shape, SH.targetSubjectsOf):
        yield f"{{ $this <{term}> [] }}"


def lift(store: "ox.Store", families: Iterable[str]) -> None:
    """Add to a store what the shapes of some families presuppose: an ontology, types of the hub, wider relations."""
    for name in sorted(families):
        family = FAMILIES[name]
        for module in (one for one in family.ontologies if one in modules()):
            add_rdf(store, files("semstat.ontology").joinpath(f"modules/{module}.ttl").read_bytes(), "turtle")
        if family.update is not None:
            store.update(_text(f"updates/{family.update}.rq"))


def judge_shapes(store: "ox.Store", families: Iterable[str]) -> tuple[RuleOutcome, ...]:
    """Return what the shapes of some families say of the graph in a store, in the order of the rules.

    The store is lifted in place.

    Findings:
        ``XK001`` to ``XK020`` (classification), ``VC001`` to ``VC010`` (study), ``LIN001`` to ``LIN006`` (lineage).

    Source:
        W3C *SHACL* (2017), 5 *SPARQL-based Constraints*.
    """
    chosen = tuple(sorted(families))
    lift(store, chosen)
    gaps = _gaps(store) if "classification" in chosen else {}
    found: dict[str, tuple[int, dict[Diagnostic, None]]] = {}
    for query in (query for name in chosen for query in shape_queries(name)):
        examined = _examined(store, query)
        before, findings = found.get(query.rule, (0, {}))
        if examined:
            findings |= dict.fromkeys(_findings(store, query))
        found[query.rule] = (max(before, examined), findings)
    return tuple(
        RuleOutcome(rule, examined, tuple(findings), gaps.get(rule, ()) if examined else ())
        for rule, (examined, findings) in sorted(found.items())
    )


def _examined(store: "ox.Store", query: ShapeQuery) -> int:
    import pyoxigraph as ox

    answer = store.query(query.counting)
    assert isinstance(answer, ox.QuerySolutions)
    (solution,) = answer
    number = solution["number"]
    assert isinstance(number, ox.Literal)
    return int(number.value)


def _findings(store: "ox.Store", query: ShapeQuery) -> list[Diagnostic]:
    """Return the findings of one shape, sorted; rows that read alike are one."""
    import pyoxigraph as ox

    answer = store.query(query.finding)
    assert isinstance(answer, ox.QuerySolutions)
    names = {variable.value for variable in answer.variables} & {"this", "value", *_SHOWN.findall(query.message)}
    rows: set[tuple[tuple[str, str], ...]] = set()
    for solution in answer:
        bound = {name: term for name in names if (term := solution[name]) is not None}
        rows.add(tuple(sorted((name, _shown(term)) for name, term in bound.items())))
    return [_finding(query, dict(row)) for row in sorted(rows)]


def _shown(term: object) -> str:
    import pyoxigraph as ox

    return _UNNAMED if isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))


def _finding(query: ShapeQuery, row: Mapping[str, str]) -> Diagnostic:
    said = _SHOWN.sub(lambda slot: row.get(slot[1], "nothing"), query.message)
    focus = row["this"]
    return finding(query.rule, said, Location(focus=None if focus == _UNNAMED else focus), value=row.get("value"))


def _gaps(store: "ox.Store") -> Mapping[str, tuple[str, ...]]:
    """Return by rule what the graph names and does not describe, so that the rule cannot be decided for it."""
    import pyoxigraph as ox

    answer = store.query(_text("queries/undescribed/items-of-correspondences.rq"))
    assert isinstance(answer, ox.QuerySolutions)
    (solution,) = answer
    number = getattr(solution["number"], "value", "0")
    return (
        {}
        if number == "0"
        else {"XK017": (f"{number} items at the ends of associations are in no classification at hand",)}
    )


def _text(path: str) -> str:
    return files("semstat.validators").joinpath(path).read_text(encoding="utf-8")
