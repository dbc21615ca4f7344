"""What is bound and what is not, and, for what is not, what it may be bound to: which signals fired, and how strongly.

Things are compared only where they share a mark (:meth:`Features.marks`), so that large catalogues take seconds. Nothing here
binds anything: suggestions become bindings when a person accepts them.

Source:
    HLG-MOS, Data Governance Framework for Statistical Interoperability (shared concepts); SSSOM 1.1, mapping_justification.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from semstat.interop.catalogue.features import Features, Reader, shared
from semstat.ontology.terms import BASE, RDF, SST
from semstat.ontology.terms_governance import SSG
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

if TYPE_CHECKING:
    from semstat.interop.catalogue.backends import Quads, State

__all__ = ["KINDS", "Candidate", "Kind", "Standing", "standings"]

_MOST_ALIKE = 200
"""A mark that more things bear tells none of them from the others."""
_MOST = 3
_LEAST = 0.3
_ALIKE = 0.5
_WITHIN = 0.7
"""What it counts that all words of one label are in the other."""
_OVER = frozenset(f"{BASE}vocabulary/status-ladder/{name}" for name in ("superseded", "deprecated", "retired"))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that is bound: by which relation to what, and what makes it count as bound."""

    name: str
    classes: tuple[object, ...]
    relation: str
    targets: tuple[object, ...]
    bound_by: tuple[str, ...]
    instead: tuple[str, tuple[object, ...]] | None = None
    """The relation and targets where there is none of the first."""


_CONCEPTS = (SST.Concept, SSI.Concept)
_TO_CONCEPTS = ("usesConcept", _CONCEPTS)
KINDS = (
    Kind("component", (SST.Component,), "componentVariable", (SSI.RepresentedVariable,), ("componentVariable",)),
    Kind("variable", (SSI.InstanceVariable,), "representedVariable", (SSI.RepresentedVariable,),
         ("representedVariable", "usesConcept"), _TO_CONCEPTS),
    Kind("question", (SSI.Question, SSD.QuestionItem, SSD.QuestionGrid), "measures", (SSI.ConceptualVariable,),
         ("measures", "representedVariable")),
    Kind("represented variable", (SSI.RepresentedVariable,), "conceptualVariable", (SSI.ConceptualVariable,),
         ("conceptualVariable",)),
    Kind("conceptual variable", (SSI.ConceptualVariable,), "usesConcept", _CONCEPTS, ("usesConcept",)),
    Kind("code list", (SST.Codelist,), "usesConcept", _CONCEPTS, ("usesConcept",)),
)  # fmt: skip
"""The kinds, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a thing may be bound to, by which relation, how likely (1 is certain), and the signals that say so."""

    iri: str
    relation: str
    score: float
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the things of one kind stand: the number of those that are bound, and the others with their candidates."""

    kind: str
    bound: int
    unbound: tuple[tuple[str, tuple[Candidate, ...]], ...]


def standings(
    snapshot: "State", *, kinds: Collection[str] = (), rejected: Collection[tuple[str, str]] = ()
) -> tuple[Standing, ...]:
    """Return what is bound, and suggestions for what is not, best first, then in the order of the IRIs.

    Columns of data follow the components of their structure, and are not told apart from them; nor is what a reader concluded.

    Args:
        snapshot: A state of a catalogue.
        kinds: The names of the kinds that are asked for; none for all.
        rejected: Pairs of thing and candidate that somebody has refused.
    """
    reader = Reader(snapshot)
    wanted = [kind for kind in KINDS if not kinds or kind.name in kinds]
    concluded = _concluded(snapshot.store)
    found = []
    for kind in wanted:
        things = _of(snapshot.store, kind.classes) - concluded
        bound = {iri for iri in things if reader.on(iri, *kind.bound_by) - concluded or reader.on(iri, "ofComponent")}
        followers = {iri for iri in bound if reader.on(iri, "ofComponent") and not reader.on(iri, *kind.bound_by)}
        relation, targets = kind.relation, _targets(snapshot.store, kind.targets, concluded)
        if not targets and kind.instead:
            relation, targets = kind.instead[0], _targets(snapshot.store, kind.instead[1], concluded)
        table = _Table(reader.features(sorted(targets)))
        unbound = tuple(
            (item.iri, tuple(table.candidates(item, relation, rejected)))
            for item in reader.features(sorted(things - bound))
        )
        found.append(Standing(kind.name, len(bound - followers), unbound))
    return tuple(found)


class _Table:
    """Things that others may be bound to, by the marks that they bear."""

    def __init__(self, features: Sequence[Features]) -> None:
        self._by_mark: dict[tuple[str, str], list[Features]] = {}
        for item in features:
            for mark in item.marks():
                self._by_mark.setdefault(mark, []).append(item)

    def candidates(self, thing: Features, relation: str, rejected: Collection[tuple[str, str]]) -> Iterator[Candidate]:
        """Yield the best of those that share a mark with a thing."""
        near: dict[str, Features] = {}
        for mark in thing.marks():
            alike = self._by_mark.get(mark, ())
            if len(alike) <= _MOST_ALIKE:
                near |= {item.iri: item for item in alike}
        found = []
        for iri, item in near.items():
            signals = dict(_signals(thing, item))
            score = _together(signals.values())
            if score >= _LEAST and (thing.iri, iri) not in rejected and iri != thing.iri:
                found.append(Candidate(iri, relation, round(score, 2), tuple(signals)))
        yield from sorted(found, key=lambda item: (-item.score, item.iri))[:_MOST]


def _signals(one: Features, other: Features) -> Iterator[tuple[str, float]]:
    """Yield what says that two things are about the same, with its weight."""
    if one.iri in other.same or other.iri in one.same:
        yield "same URN", 0.95
    if one.concepts & other.concepts:
        yield "same concept", 0.6
    elif one.same & other.concepts or one.concepts & other.same or other.iri in one.concepts:
        yield "concept with the same URN", 0.6
    if one.ids & other.ids:
        yield "same id", 0.5
    tags = sorted(tag for tag, text in one.labels for name, label in other.labels if (tag, text) == (name, label))
    if tags:
        yield f"same label ({tags[0] or 'no language'})", 0.6
    else:
        alike = max((_alike(name, other_name) for name in one.names for other_name in other.names), default=0.0)
        if alike >= _ALIKE:
            yield f"label similarity {alike:.2f}", 0.5 * alike
    yield from _value_signals(one, other)
    meaning = shared(one.meaning, other.meaning)
    if meaning >= _ALIKE:
        yield f"same definition words {meaning:.2f}", 0.5 * meaning


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how alike two names are by their words; one that is within the other is nearly it."""
    return max(shared(one, other), _WITHIN * len(one & other) / min(len(one), len(other)))


def _value_signals(one: Features, other: Features) -> Iterator[tuple[str, float]]:
    """Yield what the values of two things say."""
    overlap = shared(one.codes, other.codes)
    if one.lists & other.lists:
        yield "same code list", 0.5
    elif overlap >= _ALIKE:
        yield f"code overlap {overlap:.2f}", 0.4 * overlap
    elif one.used and other.codes and one.used <= other.codes:
        yield f"all {len(one.used)} values used are codes", 0.3


def _together(weights: Iterable[float]) -> float:
    """Return how likely something is that several signals say, none knowing of the others."""
    doubt = 1.0
    for weight in weights:
        doubt *= 1 - weight
    return 1 - doubt


def _of(store: "Quads", classes: Sequence[object]) -> set[str]:
    import pyoxigraph as ox

    kind = ox.NamedNode(str(RDF.type))
    quads = (quad for name in classes for quad in store.quads_for_pattern(None, kind, ox.NamedNode(str(name)), None))
    return {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def _targets(store: "Quads", classes: Sequence[object], concluded: Collection[str]) -> set[str]:
    """Return the things of classes that something may be bound to: stated, and not over."""
    import pyoxigraph as ox

    state = ox.NamedNode(str(SSG.status))
    over = {
        quad.subject.value
        for name in _OVER
        for quad in store.quads_for_pattern(None, state, ox.NamedNode(name), None)
        if isinstance(quad.subject, ox.NamedNode)
    }
    return _of(store, classes) - over - set(concluded)


def _concluded(store: "Quads") -> frozenset[str]:
    """Return what a reader concluded, and nobody stated."""
    import pyoxigraph as ox

    quads = store.quads_for_pattern(None, ox.NamedNode(str(SSD.isInferred)), None, None)
    return frozenset(
        quad.subject.value
        for quad in quads
        if isinstance(quad.subject, ox.NamedNode) and getattr(quad.object, "value", "") in {"true", "1"}
    )
