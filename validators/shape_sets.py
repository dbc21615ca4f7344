"""The runner of shapes on graphs: queries are asked once of the whole graph, shapes of single properties go to the SHACL engine.

The shapes stay the one statement of a rule, and any SHACL engine that knows SPARQL constraints gives the same findings on the
graph as it is made ready here: with the ontologies that are known in the background, which are not judged themselves, and with
what the shapes presuppose. What families of shapes do not share stands in ``shape_families``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rdflib import BNode, Graph, Literal, URIRef

from semstat.ontology.literals import exact_literals
from semstat.ontology.terms import RDF, SH, SS
from semstat.validators.circles import circles
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.engine import EngineFailure, run_shapes
from semstat.validators.graphs import RuleOutcome
from semstat.validators.rules import finding
from semstat.validators.shape_queries import ShapeQuery, Shapes, Target, filled, slots_of

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["UNNAMED", "Result", "Tried", "in_words", "outcomes", "try_shapes"]

UNNAMED = "a node without a name"
_BLANK = "_:"
"""What the text of a blank node begins with, as no IRI does: its identifier changes from run to run, and is not shown."""


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that breaks a shape: where, and by name what the shape's message shows of it; blank nodes begin with ``_:``."""

    rule: str
    shape: str
    message: str
    focus: str
    path: str | None
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tried:
    """What trying shapes on a graph gave: by rule the number of nodes examined, the results, and why an engine gave up.

    ``graph`` holds the statements that shapes of properties look at.
    """

    examined: Mapping[str, int]
    results: tuple[Result, ...]
    graph: Graph = field(repr=False)
    failure: str | None = None


def try_shapes(store: "ox.Store", shapes: Shapes, known: frozenset[str]) -> Tried:
    """Return what shapes say of a graph that is made ready; ``known`` are the subjects that are not judged.

    Source:
        W3C *SHACL* (2017), 2.1.3 *Targets*, 4 *Core Constraint Components*, 5 *SPARQL-based Constraints*.
    """
    nodes = {aim: _aimed_at(store, aim) - known for aim in frozenset[Target]().union(*shapes.aims.values())}
    examined = {rule: len(_all(nodes, aims)) for rule, aims in shapes.aims.items()}
    results: list[Result] = []
    for query in shapes.queries:
        targets = _all(nodes, query.aims)
        if targets:
            results += (item for item in _asked(store, query, targets) if item.focus in targets)
    graph = _looked_at(store, shapes.properties, known)
    failure = None
    if any(map(examined.get, _rules_of(shapes.properties))):
        try:
            results += (item for item in _by_engine(graph, shapes) if item.focus not in known)
        except EngineFailure as problem:
            failure = f"the SHACL engine gave up: {problem}"
    return Tried(examined, tuple(results), graph, failure)


def _all(nodes: Mapping[Target, frozenset[str]], aims: frozenset[Target]) -> frozenset[str]:
    return frozenset[str]().union(*(nodes[aim] for aim in aims))


def _aimed_at(store: "ox.Store", aim: Target) -> frozenset[str]:
    import pyoxigraph as ox

    kind, term = aim[0], ox.NamedNode(aim[1])
    if kind == SH.targetClass:
        quads = store.quads_for_pattern(None, ox.NamedNode(RDF.type), term, None)
    else:
        quads = store.quads_for_pattern(None, term, None, None)
    return frozenset(_text(quad.object if kind == SH.targetObjectsOf else quad.subject) for quad in quads)


def _asked(store: "ox.Store", query: ShapeQuery, targets: frozenset[str]) -> Iterator[Result]:
    """Yield what breaks a shape that is stated as a query, sorted; rows that differ in nothing that is shown are one."""
    names = {"this", "value", *slots_of(query.message)}
    rows = _solutions(store, query.text) if query.steps is None else _circular(store, query, targets)
    kept = {tuple(sorted(item for item in row.items() if item[0] in names)) for row in rows}
    for row in sorted(kept):
        told = dict(row)
        yield Result(query.rule, query.shape, query.message, told["this"], None, told)


def _circular(store: "ox.Store", query: ShapeQuery, targets: frozenset[str]) -> Iterator[Mapping[str, str]]:
    """Yield what the query of a shape that forbids circles would yield: each target on one, with each next node on it."""
    assert query.steps is not None
    steps = [(row["from"], row["to"]) for row in _solutions(store, query.steps)]
    parts = circles(steps)
    if not parts:
        return
    for start, end in steps:
        if start in targets and start in parts and parts[start] == parts.get(end):
            yield {"this": start, "value": end} if "{?value}" in query.message else {"this": start}


def _solutions(store: "ox.Store", text: str) -> Iterator[Mapping[str, str]]:
    """Yield the solutions of a query, each as the texts of what is bound."""
    import pyoxigraph as ox

    answer = store.query(text)
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    for solution in answer:
        yield {name: _text(term) for name in names if (term := solution[name]) is not None}


def _text(term: object) -> str:
    import pyoxigraph as ox

    return str(term) if isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))


def _rules_of(properties: Graph) -> frozenset[str]:
    return frozenset(str(rule).rpartition("/")[2] for rule in properties.objects(None, SS.checksRule))


def _by_engine(graph: Graph, shapes: Shapes) -> Iterator[Result]:
    """Yield what the SHACL engine finds with the shapes that are stated in SHACL Core."""
    blank = {str(node) for triple in graph for node in triple if isinstance(node, BNode)}

    def marked(name: str) -> str:
        return _BLANK + name if name in blank else name

    for item in run_shapes(graph, shapes.properties):
        focus = marked(item.focus)
        told = {"this": focus} | ({} if item.value is None else {"value": marked(item.value)})
        yield Result(item.rule, item.shape, shapes.messages[item.shape], focus, item.path, told)


def _looked_at(store: "ox.Store", properties: Graph, known: frozenset[str]) -> Graph:
    """Return the statements that shapes of properties look at, those about what is known left out, literals as written."""
    import pyoxigraph as ox

    naming = (SH.path, SH.targetSubjectsOf, SH.targetObjectsOf)
    named = {str(path) for predicate in naming for path in properties.objects(None, predicate)}
    paths = [ox.NamedNode(path) for path in sorted(named)]
    wanted = [ox.NamedNode(name) for name in sorted({str(name) for name in properties.objects(None, SH.targetClass)})]
    kinds = [None] if (None, SH["class"], None) in properties else wanted
    patterns = [(path, None) for path in paths] + [(ox.NamedNode(RDF.type), kind) for kind in kinds]
    nodes: dict[object, URIRef | BNode] = {}
    graph = Graph()
    with exact_literals():
        for path, kind in patterns:
            for quad in store.quads_for_pattern(None, path, kind, None):
                if _text(quad.subject) not in known:
                    graph.add((_node(nodes, quad.subject), URIRef(quad.predicate.value), _value(nodes, quad.object)))
    return graph


def _node(nodes: dict[object, URIRef | BNode], term: object) -> URIRef | BNode:
    import pyoxigraph as ox

    if term not in nodes:
        nodes[term] = (BNode if isinstance(term, ox.BlankNode) else URIRef)(getattr(term, "value", ""))
    return nodes[term]


def _value(nodes: dict[object, URIRef | BNode], term: object) -> URIRef | BNode | Literal:
    import pyoxigraph as ox

    if not isinstance(term, ox.Literal):
        return _node(nodes, term)
    return Literal(term.value, lang=term.language, datatype=None if term.language else URIRef(term.datatype.value))


Words = Callable[[str], str]
"""How a node is called in a message."""


def in_words(name: str) -> str:
    """Return how a node or value is called: by its name or text, or as one without a name."""
    return UNNAMED if name.startswith(_BLANK) else name


def outcomes(
    tried: Tried,
    results: Iterable[Result],
    undecided: Mapping[str, Sequence[str]],
    words: Words = in_words,
) -> tuple[RuleOutcome, ...]:
    """Return what became of each rule, in the order of the rules; ``undecided`` tells by rule what could not be judged.

    Findings that read alike, of several nodes without a name, are one that counts for as many.
    """
    found: dict[str, Counter[Diagnostic]] = {rule: Counter() for rule in tried.examined}
    for item in results:
        found[item.rule][_finding(item, words)] += 1
    failed = () if tried.failure is None else (tried.failure,)
    return tuple(
        RuleOutcome(
            rule,
            number,
            tuple(replace(item, count=count) if count > 1 else item for item, count in found[rule].items()),
            (*failed, *undecided.get(rule, ())) if number else (),
        )
        for rule, number in sorted(tried.examined.items())
    )


def _finding(item: Result, words: Words) -> Diagnostic:
    shown = {name: words(text) for name, text in item.told.items()}
    path = item.path and item.path.rpartition("#")[2].rpartition("/")[2]
    where = Location(focus=None if item.focus.startswith(_BLANK) else item.focus, path=path)
    value = item.told.get("value")
    return finding(item.rule, filled(item.message, shown), where, value=None if value is None else in_words(value))
