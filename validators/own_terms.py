"""Judging RDF that is written in the terms of semstat's own modules, by the shapes that stand beside each module.

What the queries of the shapes ask is asked once of the whole graph; shapes of single properties go to the SHACL engine.
The module and the vocabularies that its properties draw on are at hand, so that their concepts are known; they are not judged.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rdflib import Graph, URIRef

from semstat.ontology import modules, turtle_of
from semstat.ontology.access import text
from semstat.ontology.literals import exact_literals
from semstat.ontology.terms import BASE, RDF, RDFS, SH, SS
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.engine import run_shapes
from semstat.validators.graphs import RuleOutcome
from semstat.validators.rules import finding
from semstat.validators.sets import add_rdf, empty_store

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["FIRST_RULES", "MODULES", "judge_terms", "spoken_in"]

MODULES: Mapping[str, tuple[str, ...]] = {"governance": ("governance", "partnership"), "partnership": ("partnership",)}
"""The modules with shapes of their own, each with the modules in whose terms something is written that the shapes look at."""

FIRST_RULES: Mapping[str, str] = {"governance": "GOV001", "partnership": "PAR001"}
"""The rule that stands for those of a module where none of them could be checked."""

_TAKES_VALUES_FROM = URIRef(BASE + "governance#takesValuesFrom")
_SUBJECT = "{$this}"
_PLACE = re.compile(r"\{\?(\w+)\}")
# What RDFS infers of types and properties, as far as shapes look at it.
_INFERENCE = f"""
INSERT {{ ?node a ?above }} WHERE {{ ?node a ?class . ?class <{RDFS.subClassOf}>+ ?above }} ;
INSERT {{ ?node ?above ?value }} WHERE {{ ?below <{RDFS.subPropertyOf}>+ ?above . ?node ?below ?value }}
"""


@dataclass(frozen=True, slots=True)
class _Query:
    """A query of a shape: its rule, the message with places for what it tells, and the text."""

    rule: str
    message: str
    text: str


@dataclass(frozen=True, slots=True)
class _Shapes:
    """The shapes of a module: what each rule targets, the queries, the shapes of properties and their messages."""

    targets: Mapping[str, frozenset[tuple[URIRef, str]]]
    queries: tuple[_Query, ...]
    properties: Graph = field(repr=False)
    messages: Mapping[str, str]


def spoken_in(data: bytes) -> frozenset[str]:
    """Return the modules whose shapes a file's bytes call for.

    Example:
        >>> sorted(spoken_in(b"@prefix ssn: <https://w3id.org/semstat/partnership#> ."))
        ['governance', 'partnership']
    """
    heard = {name for name in MODULES if f"{BASE}{name}#".encode() in data}
    return frozenset(name for name, looked_at in MODULES.items() if heard.intersection(looked_at))


def judge_terms(store: "ox.Store", module: str) -> tuple[RuleOutcome, ...]:
    """Return what the shapes of a module say of the graph in a store, in the order of the rules. The store is not changed.

    Findings:
        ``GOV001`` to ``GOV030`` for ``governance``, ``PAR001`` to ``PAR012`` for ``partnership``.

    Raises:
        KeyError: the module has no shapes.

    Example:
        >>> [item.examined for item in judge_terms(empty_store(), "partnership")][:2]
        [0, 0]
    """
    shapes, background = _shapes(module), _background()
    known = _subjects(background)
    work = empty_store()
    work.extend(background)
    work.extend(store)
    work.update(_INFERENCE)
    examined = {rule: _examined(work, targets, known) for rule, targets in shapes.targets.items()}
    found: dict[str, list[Diagnostic]] = {rule: [] for rule in examined}
    for query in shapes.queries:
        if examined[query.rule]:
            found[query.rule].extend(_asked(work, query, known))
    if any(examined[rule] for rule in _rules_of(shapes.properties)):
        for item in _by_engine(work, shapes, known):
            found[item.rule].append(item)
    return tuple(RuleOutcome(rule, number, tuple(found[rule]), ()) for rule, number in sorted(examined.items()))


def _asked(store: "ox.Store", query: _Query, known: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield what a query finds in the whole of the graph, one finding for each solution, sorted."""
    import pyoxigraph as ox

    answer = store.query(query.text)
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    rows = ({name: solution[name] for name in names if solution[name] is not None} for solution in answer)
    told = [{name: _shown(term) for name, term in row.items()} for row in rows]
    for row in sorted(told, key=lambda row: sorted(row.items())):
        if row["this"] not in known:
            yield _finding(query.rule, query.message, row["this"], row)


def _shown(term: object) -> str:
    import pyoxigraph as ox

    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _finding(rule: str, message: str, focus: str, told: Mapping[str, str]) -> Diagnostic:
    said = _PLACE.sub(lambda match: told.get(match[1], ""), message.replace(_SUBJECT, focus))
    return finding(rule, said, Location(focus=focus), value=told.get("value"))


def _by_engine(store: "ox.Store", shapes: _Shapes, known: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield what the SHACL engine finds with the shapes of single properties."""
    for result in run_shapes(_judged(store, shapes.properties, known), shapes.properties):
        told = {} if result.value is None else {"value": result.value}
        yield _finding(result.rule, shapes.messages[result.shape], result.focus, told)


def _judged(store: "ox.Store", properties: Graph, known: frozenset[str]) -> Graph:
    """Return the statements that shapes of properties look at, those of the background left out, literals as written."""
    import pyoxigraph as ox

    paths = [ox.NamedNode(path) for path in sorted({str(path) for path in properties.objects(None, SH.path)})]
    classes = [ox.NamedNode(name) for name in sorted({str(name) for name in properties.objects(None, SH.targetClass)})]
    looked_at = [(path, None) for path in paths] + [(ox.NamedNode(RDF.type), target) for target in classes]
    quads = (quad for path, value in looked_at for quad in store.quads_for_pattern(None, path, value, None))
    kept = (quad.triple for quad in quads if _shown(quad.subject) not in known)
    data = ox.serialize(kept, format=ox.RdfFormat.N_TRIPLES)
    with exact_literals():
        return Graph().parse(data=data, format="nt")


def _examined(store: "ox.Store", targets: Iterable[tuple[URIRef, str]], known: frozenset[str]) -> int:
    """Return the number of nodes that the shapes of a rule look at."""
    import pyoxigraph as ox

    nodes: set[str] = set()
    for term, kind in targets:
        predicate = ox.NamedNode(RDF.type if kind == "class" else term)
        value = ox.NamedNode(term) if kind == "class" else None
        nodes.update(_shown(quad.subject) for quad in store.quads_for_pattern(None, predicate, value, None))
    return len(nodes - known)


def _subjects(quads: Iterable["ox.Quad"]) -> frozenset[str]:
    return frozenset(_shown(quad.subject) for quad in quads)


@lru_cache(maxsize=1)
def _background() -> tuple["ox.Quad", ...]:
    """Return the modules with shapes of their own, and the vocabularies that their properties draw on."""
    import pyoxigraph as ox

    store = empty_store()
    for name in (*MODULES, "lineage"):
        add_rdf(store, turtle_of(name), "turtle")
    drawn = store.quads_for_pattern(None, ox.NamedNode(_TAKES_VALUES_FROM), None, None)
    names = {_shown(quad.object).removeprefix(BASE) for quad in drawn}
    for name in sorted(names & set(modules())):
        add_rdf(store, turtle_of(name), "turtle")
    return tuple(store)


@lru_cache(maxsize=2)
def _shapes(module: str) -> _Shapes:
    if module not in MODULES:
        raise KeyError(module)
    data = files("semstat.validators").joinpath(f"shapes/{module}.shacl.ttl").read_bytes()
    graph = Graph().parse(data=data, format="turtle")
    targets: dict[str, set[tuple[URIRef, str]]] = {}
    properties, queries = Graph(), []
    prefixes = _prefixes(graph)
    for shape in sorted(node for node in graph.subjects(SS.checksRule) if isinstance(node, URIRef)):
        rule = text(graph, shape, SS.checksRule).rpartition("/")[2]
        for predicate, kind in ((SH.targetClass, "class"), (SH.targetSubjectsOf, "subjects")):
            aimed = [term for term in graph.objects(shape, predicate) if isinstance(term, URIRef)]
            targets.setdefault(rule, set()).update((term, kind) for term in aimed)
        query = graph.value(shape, SH.sparql)
        if isinstance(query, URIRef):
            queries.append(_Query(rule, text(graph, shape, SH.message), prefixes + text(graph, query, SH.select)))
        else:
            properties += graph.triples((shape, None, None))
    messages = {str(shape): text(graph, shape, SH.message) for shape in graph.subjects(SS.checksRule)}
    return _Shapes({rule: frozenset(terms) for rule, terms in targets.items()}, tuple(queries), properties, messages)


def _prefixes(graph: Graph) -> str:
    declared = sorted(
        (str(name), str(graph.value(node, SH.namespace))) for node, name in graph.subject_objects(SH.prefix)
    )
    return "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in declared)


def _rules_of(shapes: Graph) -> frozenset[str]:
    return frozenset(str(rule).rpartition("/")[2] for rule in shapes.objects(None, SS.checksRule))
