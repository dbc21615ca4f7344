"""Judging descriptions of statistical information: what GSIM 2.0 demands of its classes, by the shapes beside its module.

The shapes are tried on what the data state and entail. A thing that is only named, or described in the terms of another
vocabulary, has no known kind in GSIM: what hangs on its kind is said to be undecided, and neither right nor wrong.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from semstat.mappings import crosswalk
from semstat.ontology.access import iris, text
from semstat.ontology.terms import BASE, DCTERMS, RDF, RDFS, SH, SS
from semstat.ontology.terms_information import SSI
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.engine import EngineFailure, GraphResult, run_shapes
from semstat.validators.entailment import CASCADE, MEANING, completed, model
from semstat.validators.graph_queries import asked, split
from semstat.validators.graphs import RuleOutcome
from semstat.validators.nearest import nearest_code
from semstat.validators.rules import catalogue, finding

__all__ = ["information_shapes", "judge_information"]

_RULES = "GSIM"
_KIND, _REQUIRED = "GSIM003", "GSIM001"
_UNKNOWN, _TWICE = "GSIM014", "GSIM015"


@lru_cache(maxsize=1)
def information_shapes() -> Graph:
    """Return the shapes of GSIM's information classes; not to be changed.

    Source:
        GSIM 2.0, UML drawings and attribute tables; each shape leads to its association or attribute by
        ``prov:wasDerivedFrom``.

    Example:
        >>> (None, SH.minCount, Literal(2)) in information_shapes()
        True
    """
    data = files("semstat.validators").joinpath("shapes/information.shacl.ttl").read_bytes()
    return Graph().parse(data=data, format="turtle")


@lru_cache(maxsize=1)
def _shapes() -> tuple[Graph, Graph]:
    return split(information_shapes())


def judge_information(data: Graph) -> tuple[RuleOutcome, ...]:
    """Return what the rules on statistical information say of a graph, in the order of the rules.

    Args:
        data: Instances of GSIM's classes, all that belong together. It is not changed.

    Findings:
        ``GSIM001`` to ``GSIM015``.

    Example:
        >>> turtle = '''PREFIX ssi: <https://w3id.org/semstat/information#>
        ... <urn:x> a ssi:Datum ; ssi:hasDatm <urn:y> .'''
        >>> [item.findings[0].nearest for item in judge_information(Graph().parse(data=turtle)) if item.rule == "GSIM014"]
        ['hasDatum']
    """
    graph = completed(data)
    parts = {rule: _Part(rule, examined) for rule, examined in _examined(graph).items()}
    _by_shapes(graph, parts)
    parts[_UNKNOWN] = _Part(_UNKNOWN, _spoken_of(data), list(_unknown_terms(data)))
    parts[_TWICE] = _Part(_TWICE, parts["GSIM004"].examined, list(_repeated(graph)))
    return tuple(parts[rule].outcome() for rule in sorted(parts))


@dataclass(slots=True)
class _Part:
    rule: str
    examined: int
    findings: list[Diagnostic] = field(default_factory=list)
    undecided: Counter[str] = field(default_factory=Counter)

    def outcome(self) -> RuleOutcome:
        reasons = (f"{reason} ({_times(count)})" for reason, count in sorted(self.undecided.items()) if count)
        return RuleOutcome(self.rule, self.examined, tuple(self.findings), tuple(reasons))


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _examined(graph: Graph) -> Mapping[str, int]:
    """Return by rule how many nodes its shapes look at."""
    found: dict[str, set[Node]] = {rule: set() for rule in catalogue() if rule.startswith(_RULES)}
    for shape, rule in information_shapes().subject_objects(SS.checksRule):
        found[str(rule).rpartition("/")[2]].update(_targets(graph, shape))
    return {rule: len(nodes) for rule, nodes in found.items()}


def _targets(graph: Graph, shape: Node) -> Iterator[Node]:
    shapes = information_shapes()
    for cls in iris(shapes, shape, SH.targetClass):
        yield from graph.subjects(RDF.type, cls)
    for term in iris(shapes, shape, SH.targetSubjectsOf):
        yield from graph.subjects(term, None)
    for term in iris(shapes, shape, SH.targetObjectsOf):
        yield from graph.objects(None, term)


def _by_shapes(graph: Graph, parts: Mapping[str, _Part]) -> None:
    core, queried = _shapes()
    results = asked(graph, queried)
    try:
        results += run_shapes(graph, core)
    except EngineFailure as failure:
        for part in parts.values():
            part.undecided[f"the SHACL engine gave up: {failure}"] += part.examined > 0
    unknown = _of_unknown_meaning(graph)
    for result in results:
        reason = _undecided(graph, result, unknown)
        if reason is None:
            parts[result.rule].findings.append(_finding(graph, result))
        elif reason:
            parts[result.rule].undecided[reason] += 1


def _finding(graph: Graph, result: GraphResult) -> Diagnostic:
    said = text(information_shapes(), URIRef(result.shape), SH.message)
    focus = _node(graph, result.focus)
    said = said.replace("{$this}", _shown(graph, focus)).replace("{?value}", _value(graph, result.value))
    path = result.path and _short(result.path)
    return finding(result.rule, said, Location(focus=result.focus, path=path), value=result.value)


def _value(graph: Graph, value: str | None) -> str:
    return "" if value is None else _shown(graph, _node(graph, value))


def _node(graph: Graph, name: str) -> Node:
    """Return the node of a graph that a result names: results hold the text alone."""
    blank = BNode(name)
    return blank if (blank, None, None) in graph or (None, None, blank) in graph else URIRef(name)


def _shown(graph: Graph, node: Node) -> str:
    """Return what people call a thing: its identifier, else its IRI; a thing without a name has only its kind."""
    identifier = min((str(one) for one in graph.objects(node, SS.identifier)), default="")
    if identifier or not isinstance(node, BNode):
        return identifier or str(node)
    kind = min((_short(str(cls)) for cls in graph.objects(node, RDF.type)), default="thing")
    return f"a nameless {kind}"


def _short(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def _undecided(graph: Graph, result: GraphResult, unknown: Collection[Node]) -> str | None:
    """Return why a result is no finding: the reason, or nothing where the data are right after all; ``None`` if it is one."""
    if result.rule == _KIND:
        return _kind_undecided(graph, result)
    is_handed_on = result.rule == _REQUIRED and URIRef(result.path or "") in CASCADE
    if is_handed_on and _node(graph, result.focus) in unknown:
        return "a variable takes its meaning from one that is not described here"
    return None


def _of_unknown_meaning(graph: Graph) -> frozenset[Node]:
    """Return the variables whose chain leads to one that is named and not described."""
    found: set[Node] = set()
    sources = {source for term in MEANING for source in graph.objects(None, term)}
    waiting = [source for source in sources if (source, RDF.type, None) not in graph]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += [variable for term in MEANING for variable in graph.subjects(term, current)]
    return frozenset(found)


def _kind_undecided(graph: Graph, result: GraphResult) -> str | None:
    node, path = _node(graph, result.focus), URIRef(result.path or "")
    value = next((one for one in graph.objects(node, path) if str(one) == result.value), None)
    if value is None or isinstance(value, Literal):
        return None
    kinds = {cls for cls in graph.objects(value, RDF.type) if str(cls).startswith(BASE)}
    if not kinds:
        return "what a relation leads to is only named here, or described by another vocabulary"
    wanted = information_shapes().value(URIRef(result.shape), SH["class"])
    counterparts = {one for kind in kinds for one in _counterparts().get(kind, ())}
    is_right = any(wanted in model().transitive_objects(one, RDFS.subClassOf) for one in counterparts)
    return "" if is_right else None


@lru_cache(maxsize=1)
def _counterparts() -> Mapping[Node, tuple[URIRef, ...]]:
    """Return by class of SDMX what it stands for in GSIM, by the crosswalk: such an artefact is as good as one of GSIM."""
    table = crosswalk("gsim-sdmx")
    found: dict[Node, list[URIRef]] = {}
    for row in table.mappings:
        is_said = row.text("object_id") and not row.is_absence and not row.text("predicate_modifier")
        if is_said and row.predicate in {"skos:exactMatch", "skos:closeMatch"}:
            found.setdefault(URIRef(table.expand(row.object)), []).append(URIRef(table.expand(row.subject)))
    return {term: tuple(ours) for term, ours in found.items()}


def _spoken_of(data: Graph) -> int:
    """Return how many statements use a term of the module."""
    return sum(1 for _ in _used(data))


def _used(data: Graph) -> Iterator[tuple[Node, URIRef]]:
    for subject, predicate, value in data:
        used = value if predicate == RDF.type else predicate
        if isinstance(used, URIRef) and used.startswith(str(SSI)):
            yield subject, used


def _unknown_terms(data: Graph) -> Iterator[Diagnostic]:
    """Yield each term of the module's namespace that the module does not have, with the one that was probably meant."""
    for subject, used in sorted(set(_used(data)), key=str):
        if (used, RDF.type, None) not in model():
            name = used.removeprefix(str(SSI))
            nearest = _former().get(name) or _begun(name) or nearest_code(name, _names())
            said = f"`{_shown(data, subject)}` uses `{name}`, which is no term of the information module"
            yield finding(_UNKNOWN, said, Location(focus=str(subject)), value=name, nearest=nearest)


def _begun(name: str) -> str | None:
    """Return the one term that begins with a name: relations are named after what they lead to."""
    found = [term for term in _names() if term.startswith(name)]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    return tuple(
        str(term).removeprefix(str(SSI))
        for term in set(model().subjects(RDFS.isDefinedBy, URIRef(BASE + "information")))
    )


@lru_cache(maxsize=1)
def _former() -> Mapping[str, str]:
    """Return by the name that a class had before what it is called now, where that is one class."""
    found: dict[str, list[str]] = {}
    for record, now in model().subject_objects(DCTERMS.isReplacedBy):
        found.setdefault(_short(str(record)), []).append(_short(str(now)))
    return {name: now[0] for name, now in found.items() if len(now) == 1}


_Identity = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _repeated(graph: Graph) -> Iterator[Diagnostic]:
    """Yield each artefact with the kind, identifier, version and agents in role of another one."""
    seen: dict[_Identity, list[Node]] = {}
    for node in sorted(set(graph.subjects(RDF.type, SSI["IdentifiableArtefact"])), key=str):
        for identifier in graph.objects(node, SS.identifier):
            seen.setdefault(_identity(graph, node, str(identifier)), []).append(node)
    for identity, nodes in seen.items():
        yield from (_same(identity[0], nodes[0], node) for node in nodes[1:])


def _identity(graph: Graph, node: Node, identifier: str) -> _Identity:
    kinds, versions = graph.objects(node, RDF.type), graph.objects(node, SS.version)
    return identifier, _texts(kinds), _texts(versions), _texts(graph.objects(node, SSI["hasAgentInRole"]))


def _texts(values: Iterable[Node]) -> tuple[str, ...]:
    return tuple(sorted(str(value) for value in values))


def _same(identifier: str, first: Node, node: Node) -> Diagnostic:
    said = f"`{node}` has the identifier `{identifier}`, as `{first}` of the same kind, version and agents has"
    return finding(_TWICE, said, Location(focus=str(node)), value=identifier)
