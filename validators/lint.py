"""Judging structures themselves: shapes for what is few, queries for what is many, Python for closures and patterns."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rdflib import Graph, URIRef
from rdflib.term import Node

from semstat.ontology.access import text
from semstat.ontology.terms import RDF, SH, SKOS, SS, SST
from semstat.ontology.terms_mapping import SSM
from semstat.validators.calendar_lint import impossible_calendars
from semstat.validators.called import called
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.engine import run_shapes
from semstat.validators.facet_lint import (
    STATED,
    exchanged_times,
    facet_form_shapes,
    facets_without_effect,
    unknown_types,
)
from semstat.validators.format_lint import codes_out_of_format
from semstat.validators.identifier_lint import ill_formed_identifiers
from semstat.validators.lint_checks import circular_extensions, cyclic_parents, unreadable_patterns
from semstat.validators.map_checks import (
    ambiguous_values,
    components_filled_twice,
    empty_dimensions,
    uncovered_codes,
    unknown_codes,
    unreadable_map_patterns,
)
from semstat.validators.rules import finding
from semstat.validators.sets import Query, Row, queries, rows, store_of
from semstat.validators.validity_lint import impossible_validities, limited_in_time

__all__ = ["Judged", "lint"]

_About = URIRef | Callable[[Graph], Iterable[Node]]
"""What a rule looks at: instances of a class, subjects of a property, or what a function finds."""

_MAPS = (SSM.RepresentationMap, SSM.ItemSchemeMap)
_CHECKS = {
    "CL002": cyclic_parents,
    "CL007": codes_out_of_format,
    "CL008": circular_extensions,
    "DSD019": exchanged_times,
    "DSD020": unreadable_patterns,
    "DSD025": facets_without_effect,
    "DSD026": ill_formed_identifiers,
    "DSD027": impossible_calendars,
    "DSD028": unknown_types,
    "DSD029": impossible_validities,
    "MAP001": ambiguous_values,
    "MAP002": uncovered_codes,
    "MAP003": unknown_codes,
    "MAP004": unreadable_map_patterns,
    "MAP005": components_filled_twice,
    "MAP006": empty_dimensions,
}
_CHECKED_OF: Mapping[str, tuple[_About, ...]] = {
    "CL002": (SKOS.broader,),
    "CL007": (SST.enumeration,),
    "CL008": (SST.codelistExtension,),
    "DSD019": (SST.startTime,),
    "DSD020": (SST.pattern,),
    "DSD025": STATED,
    "DSD026": (SS.identifier,),
    "DSD027": (SST.releaseCalendar,),
    "DSD028": (SST.textType,),
    "DSD029": (limited_in_time,),
    "MAP001": _MAPS,
    "MAP002": _MAPS,
    "MAP003": _MAPS,
    "MAP004": (*_MAPS, SSM.StructureMap),
    "MAP005": (SSM.StructureMap,),
    "MAP006": (SSM.StructureMap,),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one rule: the nodes it looked at and its findings, or why it does not apply.

    The findings name nodes (``location.focus``), not lines: a graph has none.
    """

    rule: str
    about: frozenset[str]
    findings: tuple[Diagnostic, ...]
    reason: str | None = None


def lint(graph: Graph, *, languages: Iterable[str] = ()) -> tuple[Judged, ...]:
    """Return what the rules on structures say of a hub graph, in the order of their ids.

    Args:
        graph: The hub graph of one structure message or of several that belong together.
        languages: Language tags in which every artefact with a name must have one; without any, ``CL005`` does not apply.

    Findings:
        ``CL001`` to ``CL008``, ``CON001``, ``CON002``, ``DSD010`` to ``DSD029``, ``MAP001`` to ``MAP006``.

    Example:
        >>> sorted({item.reason for item in lint(Graph()) if item.rule[:2] == "CL"})
        ['no DataStructure is there beside', 'no language is required', 'nothing of the kind is there']
    """
    wanted = tuple(dict.fromkeys(languages))
    named = {rule: query for rule, query in queries().items() if not rule.startswith(("QB", "SK"))}
    store = store_of(graph, frozenset().union(*(query.predicates for query in named.values())))
    found = [_by_query(graph, query, rows(store, query, wanted), wanted) for query in named.values()]
    found += _by_shapes(graph)
    return tuple(_joined(found))


def _by_query(graph: Graph, query: Query, results: Iterable[Row], asked: tuple[str, ...]) -> Judged:
    if query.asked is not None and not asked:
        return Judged(query.rule, frozenset(), (), f"no {query.asked} is required")
    missing = next((cls for cls in query.needs if (None, RDF.type, cls) not in graph), None)
    if missing is not None:
        return Judged(query.rule, frozenset(), (), f"no {missing.rpartition('#')[2]} is there beside")
    return _judged(graph, query.rule, query.about, (_finding(query.rule, row) for row in results))


def _finding(rule: str, row: Row) -> Diagnostic:
    return finding(rule, row.message, Location(focus=row.focus, path=row.path), value=row.value)


def _judged(graph: Graph, rule: str, about: Iterable[_About], findings: Iterable[Diagnostic]) -> Judged:
    nodes = frozenset(str(node) for term in about for node in _nodes(graph, term))
    return Judged(rule, nodes, tuple(findings), None if nodes else "nothing of the kind is there")


def _nodes(graph: Graph, term: _About) -> Iterable[Node]:
    """Return the instances of a class or, of a property (its name begins with a small letter), the subjects."""
    if not isinstance(term, URIRef):
        return term(graph)
    local = term.rpartition("#")[2]
    return graph.subjects(RDF.type, term) if local[:1].isupper() else graph.subjects(term, None)


def _by_shapes(graph: Graph) -> Iterator[Judged]:
    """Yield what the shapes of SHACL Core find, and the checks in Python."""
    shapes = _shapes()
    messages = {str(shape): text(shapes, shape, SH.message) for shape in shapes.subjects(SS.checksRule, None)}
    found: dict[str, list[Diagnostic]] = {}
    targets = _targets(shapes)
    for result in run_shapes(_targeted(graph, (term for terms in targets.values() for term in terms)), shapes):
        name = called(graph, URIRef(result.focus))
        said = messages[result.shape].replace("{$this}", name).replace("{?value}", result.value or "")
        found.setdefault(result.rule, []).append(
            finding(result.rule, said, Location(focus=result.focus), value=result.value)
        )
    for rule, about in targets.items():
        yield _judged(graph, rule, about, found.get(rule, ()))
    for rule, check in _CHECKS.items():
        said_of = (finding(rule, row.message, Location(focus=row.focus), value=row.value) for row in check(graph))
        yield _judged(graph, rule, _CHECKED_OF[rule], said_of)


@lru_cache(maxsize=1)
def _shapes() -> Graph:
    data = files("semstat.validators").joinpath("shapes/structure.shacl.ttl").read_bytes()
    return Graph().parse(data=data, format="turtle") + facet_form_shapes()


def _targets(shapes: Graph) -> Mapping[str, list[URIRef]]:
    """Return by rule what its shapes target: classes, or properties of the subjects."""
    found: dict[str, list[URIRef]] = {}
    for shape, rule in shapes.subject_objects(SS.checksRule):
        for target in (SH.targetClass, SH.targetSubjectsOf):
            found.setdefault(str(rule).rsplit("/", 1)[-1], []).extend(
                term for term in shapes.objects(shape, target) if isinstance(term, URIRef)
            )
    return found


def _targeted(graph: Graph, targets: Iterable[URIRef]) -> Graph:
    """Return what the graph says of the nodes that shapes look at: the SHACL engine walks all of a graph."""
    kept = Graph()
    for node in {node for term in targets for node in _nodes(graph, term)}:
        for triple in graph.triples((node, None, None)):
            kept.add(triple)
    return kept


def _joined(found: Iterable[Judged]) -> Iterator[Judged]:
    """Yield one outcome for each rule; a rule may have shapes and a check."""
    parts: dict[str, list[Judged]] = {}
    for item in found:
        parts.setdefault(item.rule, []).append(item)
    for rule in sorted(parts):
        about = frozenset().union(*(item.about for item in parts[rule]))
        findings = tuple(item for part in parts[rule] for item in part.findings)
        yield Judged(rule, about, findings, None if about else parts[rule][0].reason)
