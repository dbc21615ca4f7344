"""What is special to GSIM's shapes: reading what they find in descriptions of statistical information, and its own words.

A thing that is only named, or described in the terms of another vocabulary, has no known kind in GSIM: what hangs on its
kind is said to be undecided, and neither right nor wrong.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from semstat.mappings import crosswalk
from semstat.ontology import load
from semstat.ontology.terms import BASE, DCTERMS, RDF, RDFS, SH, SS
from semstat.ontology.terms_information import SSI
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.graphs import RuleOutcome
from semstat.validators.nearest import nearest_code
from semstat.validators.rules import finding
from semstat.validators.shape_queries import shapes_file
from semstat.validators.shape_sets import Result, Tried, in_words, outcomes

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["CASCADE", "MODULES", "information_outcomes", "unknown_terms"]

MODULES = ("core", "structure", "mapping", "metadata", "process", "information")
"""The modules whose classes and properties a description may use."""

CASCADE = tuple(
    SSI[name]
    for name in (
        "measuresConcept",
        "measuresUnitType",
        "usesConceptualDomain",
        "measuresUniverse",
        "hasSubstantiveValueDomain",
    )
)
"""What a variable that takes its meaning from another one need not state again."""

_MEANING = (SSI["takesMeaningFromConceptualVariable"], SSI["takesMeaningFromRepresentedVariable"])
_KIND, _REQUIRED, _NAMED = "GSIM003", "GSIM001", "GSIM004"
_UNKNOWN, _TWICE = "GSIM014", "GSIM015"


@cache
def _model() -> Graph:
    return load(*MODULES)


def information_outcomes(_store: "ox.Store", tried: Tried) -> tuple[RuleOutcome, ...]:
    """Return what GSIM's shapes come to, and what is identified twice.

    Findings:
        ``GSIM001`` to ``GSIM013``, ``GSIM015``.

    Source:
        GSIM 2.0, UML drawings and attribute tables; each shape leads to its association or attribute by
        ``prov:wasDerivedFrom``.
    """
    unknown = _of_unknown_meaning(tried.graph)
    kept, reasons = [], dict[str, Counter[str]]()
    for item in tried.results:
        reason = _undecided(tried.graph, item, unknown)
        if reason is None:
            kept.append(item)
        elif reason:
            reasons.setdefault(item.rule, Counter())[reason] += 1
    undecided = {
        rule: [f"{reason} ({_times(count)})" for reason, count in sorted(counted.items())]
        for rule, counted in reasons.items()
    }
    found = outcomes(tried, kept, undecided, lambda name: _called(tried.graph, name))
    return (*found, RuleOutcome(_TWICE, tried.examined.get(_NAMED, 0), tuple(_repeated(tried.graph))))


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _node(name: str) -> URIRef | BNode:
    return BNode(name[2:]) if name.startswith("_:") else URIRef(name)


def _name(node: Node) -> str:
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def _called(graph: Graph, name: str) -> str:
    """Return what people call a thing: its identifier, else its IRI; a thing without a name has only its kind."""
    node = _node(name)
    identifier = min((str(one) for one in graph.objects(node, SS.identifier)), default="")
    if identifier or not isinstance(node, BNode):
        return identifier or name
    kind = min((_short(str(cls)) for cls in graph.objects(node, RDF.type)), default="thing")
    return f"a nameless {kind}"


def _short(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def _undecided(graph: Graph, result: Result, unknown: Collection[Node]) -> str | None:
    """Return why a result is no finding: the reason, or nothing where the data are right after all; ``None`` if it is one."""
    if result.rule == _KIND:
        return _kind_undecided(graph, result)
    is_handed_on = result.rule == _REQUIRED and URIRef(result.path or "") in CASCADE
    if is_handed_on and _node(result.focus) in unknown:
        return "a variable takes its meaning from one that is not described here"
    return None


def _of_unknown_meaning(graph: Graph) -> frozenset[Node]:
    """Return the variables whose chain leads to one that is named and not described."""
    found: set[Node] = set()
    sources = {source for term in _MEANING for source in graph.objects(None, term)}
    waiting = [source for source in sources if (source, RDF.type, None) not in graph]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += [variable for term in _MEANING for variable in graph.subjects(term, current)]
    return frozenset(found)


def _kind_undecided(graph: Graph, result: Result) -> str | None:
    values = graph.objects(_node(result.focus), URIRef(result.path or ""))
    value = next((one for one in values if _name(one) == result.told.get("value")), None)
    if value is None or isinstance(value, Literal):
        return None
    kinds = {cls for cls in graph.objects(value, RDF.type) if str(cls).startswith(BASE)}
    if not kinds:
        return "what a relation leads to is only named here, or described by another vocabulary"
    wanted = shapes_file("information").value(URIRef(result.shape), SH["class"])
    counterparts = {one for kind in kinds for one in _counterparts().get(kind, ())}
    is_right = any(wanted in _model().transitive_objects(one, RDFS.subClassOf) for one in counterparts)
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


def unknown_terms(store: "ox.Store") -> RuleOutcome:
    """Return each term of the module's namespace that the module does not have, with the one that was probably meant.

    Findings:
        ``GSIM014``.

    Example:
        >>> from semstat.validators.sets import add_rdf, empty_store
        >>> store = empty_store()
        >>> add_rdf(store, b"<urn:x> <https://w3id.org/semstat/information#hasDatm> <urn:y> .", "turtle")
        >>> [item.nearest for item in unknown_terms(store).findings]
        ['hasDatum']
    """
    used, identifiers = Counter[tuple[str, str]](), dict[str, str]()
    for quad in store:
        term = quad.object if quad.predicate.value == str(RDF.type) else quad.predicate
        if str(term).startswith(f"<{SSI}"):
            used[str(quad.subject).strip("<>"), str(term).strip("<>")] += 1
        elif quad.predicate.value == str(SS.identifier):
            identifiers[str(quad.subject).strip("<>")] = str(getattr(quad.object, "value", ""))
    strange = sorted(pair for pair in used if (URIRef(pair[1]), RDF.type, None) not in _model())
    found = tuple(_unknown(subject, term, identifiers.get(subject)) for subject, term in strange)
    return RuleOutcome(_UNKNOWN, used.total(), found)


def _unknown(subject: str, term: str, identifier: str | None) -> Diagnostic:
    name = term.removeprefix(str(SSI))
    nearest = _former().get(name) or _begun(name) or nearest_code(name, _names())
    said = f"`{identifier or in_words(subject)}` uses `{name}`, which is no term of the information module"
    focus = None if subject.startswith("_:") else subject
    return finding(_UNKNOWN, said, Location(focus=focus), value=name, nearest=nearest)


def _begun(name: str) -> str | None:
    """Return the one term that begins with a name: relations are named after what they lead to."""
    found = [term for term in _names() if term.startswith(name)]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    return tuple(
        str(term).removeprefix(str(SSI))
        for term in set(_model().subjects(RDFS.isDefinedBy, URIRef(BASE + "information")))
    )


@lru_cache(maxsize=1)
def _former() -> Mapping[str, str]:
    """Return by the name that a class had before what it is called now, where that is one class."""
    found: dict[str, list[str]] = {}
    for record, now in _model().subject_objects(DCTERMS.isReplacedBy):
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
