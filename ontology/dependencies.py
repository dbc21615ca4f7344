"""The kinds of dependency, and how changes are passed on along them, as the lineage module of the ontology states them.

Source:
    The module *lineage* of this ontology: ``ssl:dependsOn``, its sub-properties, and the propagation rules.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from semstat.ontology import turtle_of
from semstat.ontology.terms import RDF, RDFS
from semstat.ontology.terms_lineage import SSL

__all__ = [
    "Dependency",
    "Effect",
    "Implied",
    "closed",
    "dependencies",
    "edges_of",
    "implied_in",
    "propagation",
    "stated_by",
]


@dataclass(frozen=True, slots=True)
class Dependency:
    """A kind of dependency: a sub-property of ``ssl:dependsOn``.

    ``kind`` is the local name of its edge kind (``Structure``); ``label`` its English label. Properties of the models that
    state the same are ``implied_by`` (in the same direction) and ``implied_by_inverse``. It leads from things of the
    ``from_classes`` to things of the ``to_classes``, by their IRIs; without any, from and to everything.
    """

    iri: str
    kind: str
    label: str
    implied_by: frozenset[str]
    implied_by_inverse: frozenset[str]
    from_classes: frozenset[str] = frozenset()
    to_classes: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The local name, such as ``valueDomain``."""
        return self.iri.rpartition("#")[2]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change asks for along one kind of edge: a local name such as ``Breaking``, and where no data use the code."""

    used: str
    unused: str


Triple = tuple[str, str, str]
Implied = Mapping[str, tuple[tuple[str, bool], ...]]
"""By property, the dependencies that it states: the IRI of each, and whether in the opposite direction."""

Node = TypeVar("Node")


@lru_cache(maxsize=1)
def _statements() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the objects of the lineage module by subject and predicate; of texts only the English ones."""
    import pyoxigraph as ox

    found: dict[tuple[str, str], list[str]] = {}
    for quad in ox.parse(turtle_of("lineage"), ox.RdfFormat.TURTLE):
        value = quad.object
        if isinstance(value, ox.Literal) and value.language not in {None, "en"}:
            continue
        if isinstance(quad.subject, ox.NamedNode) and isinstance(value, ox.Literal | ox.NamedNode):
            found.setdefault((quad.subject.value, quad.predicate.value), []).append(value.value)
    return {key: tuple(sorted(values)) for key, values in found.items()}


def _first(subject: str, predicate: str) -> str:
    return next(iter(_statements().get((subject, predicate), ())), "")


@lru_cache(maxsize=1)
def dependencies() -> tuple[Dependency, ...]:
    """Return every kind of dependency, in the order of the IRIs.

    Example:
        >>> [item.name for item in dependencies() if item.kind == "Definition"][:2]
        ['conceptualVariable', 'unitType']
    """
    above = str(SSL.dependsOn)
    known = _statements()
    names = sorted(subject for (subject, predicate), values in known.items()
                   if predicate == str(RDFS.subPropertyOf) and above in values)  # fmt: skip
    return tuple(
        Dependency(
            name,
            _first(name, str(SSL.edgeKind)).rpartition("#")[2],
            _first(name, str(RDFS.label)),
            frozenset(known.get((name, str(SSL.impliedBy)), ())),
            frozenset(known.get((name, str(SSL.impliedByInverse)), ())),
            frozenset(known.get((name, str(SSL.fromClass)), ())),
            frozenset(known.get((name, str(SSL.toClass)), ())),
        )
        for name in names
    )


@lru_cache(maxsize=1)
def propagation() -> Mapping[tuple[str, str], Effect]:
    """Return the effect of a kind of change along a kind of edge, both by their local names.

    Example:
        >>> propagation()["CodeRemoved", "Representation"]
        Effect(used='Breaking', unused='Review')
    """
    found: dict[tuple[str, str], Effect] = {}
    for (subject, predicate), values in _statements().items():
        if predicate == str(RDF.type) and str(SSL.PropagationRule) in values:
            change, kind, used, unused = (
                _first(subject, str(term)).rpartition("#")[2]
                for term in (SSL.onChange, SSL.alongEdgeKind, SSL.hasEffect, SSL.effectIfUnused)
            )
            found[change, kind] = Effect(used, unused or used)
    return found


@lru_cache(maxsize=1)
def _by_property() -> Implied:
    found: dict[str, list[tuple[str, bool]]] = {}
    for item in dependencies():
        found.setdefault(item.iri, []).append((item.iri, False))
        for iri in item.implied_by:
            found.setdefault(iri, []).append((item.iri, False))
        for iri in item.implied_by_inverse:
            found.setdefault(iri, []).append((item.iri, True))
    return {key: tuple(sorted(values)) for key, values in found.items()}


def implied_in(statements: Iterable[Triple]) -> Implied:
    """Return which properties state a dependency, where some statements add properties to those of the ontology.

    A property below one that states a dependency states the same; one below ``ssl:dependsOn`` itself is a dependency of a kind
    that the ontology does not know.

    Args:
        statements: Any; those with ``rdfs:subPropertyOf`` count.

    Example:
        >>> own = ("urn:feeds", "http://www.w3.org/2000/01/rdf-schema#subPropertyOf", str(SSL.derivedFrom))
        >>> implied_in([own])["urn:feeds"]
        (('https://w3id.org/semstat/lineage#derivedFrom', False),)
    """
    above = str(RDFS.subPropertyOf)
    wider: dict[str, set[str]] = {}
    for narrow, predicate, wide in statements:
        if predicate == above:
            wider.setdefault(narrow, set()).add(wide)
    found = dict(_by_property())
    for name in sorted(wider.keys() - found.keys()):
        reached = _reached(name, wider)
        stated = {item for wide in reached for item in _by_property().get(wide, ())}
        if stated or str(SSL.dependsOn) in reached:
            found[name] = tuple(sorted(stated)) or ((name, False),)
    return found


def _reached(start: str, wider: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    left = [start]
    while left:
        fresh = wider.get(left.pop(), set()) - found
        found |= fresh
        left += fresh
    return found


def edges_of(
    statements: Iterable[tuple[Node, str, Node]], implied: Implied | None = None
) -> Iterator[tuple[Node, str, Node]]:
    """Yield ``(dependent, dependency, what it depends on)`` for every statement that implies one.

    The one place where a dependency is told from other statements: a catalogue, the competency questions and the shapes on
    lineage all ask here.

    Args:
        statements: Things, as whatever stands for them, and the IRIs of properties as text.
        implied: Which properties state a dependency, if other than those of the ontology (:func:`implied_in`).

    Example:
        >>> structure = "https://w3id.org/semstat/structure#structure"
        >>> [edge[1].rpartition("#")[2] for edge in edges_of([("urn:flow", structure, "urn:dsd")])]
        ['structure']
    """
    known = _by_property() if implied is None else implied
    for subject, predicate, value in statements:
        for iri, backwards in known.get(predicate, ()):
            yield (value, iri, subject) if backwards else (subject, iri, value)


def closed(edges: Iterable[tuple[Node, str, Node]]) -> Iterator[tuple[Node, str, Node]]:
    """Yield edges, and for each the same under ``ssl:dependsOn``, the property above all, so that no query needs their kinds.

    Example:
        >>> [edge[1].rpartition("#")[2] for edge in closed([("urn:flow", str(SSL.structure), "urn:dsd")])]
        ['structure', 'dependsOn']
    """
    above = str(SSL.dependsOn)
    for dependent, dependency, on in edges:
        yield dependent, dependency, on
        yield dependent, above, on


def stated_by(*, backwards: bool) -> tuple[str, ...]:
    """Return the properties that state dependencies: of the subject on the object, or ``backwards``.

    Example:
        >>> "https://w3id.org/semstat/lineage#structure" in stated_by(backwards=False)
        True
    """
    return tuple(sorted(iri for iri, ways in _by_property().items() if any(way[1] == backwards for way in ways)))
