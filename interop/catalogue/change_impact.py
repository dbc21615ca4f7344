"""What exactly those changes touch that two versions of metadata differ in: each fact passed on along the dependencies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from semstat.interop.catalogue.citing import uncited
from semstat.interop.catalogue.impact import OF_CODES, Hit, Severity, impact_of
from semstat.interop.catalogue.lineage import Edge, Lineage
from semstat.interop.catalogue.usage import used_by, what_changes
from semstat.interop.diffing import Change

if TYPE_CHECKING:
    from semstat.interop.catalogue.backends import Quads

__all__ = ["CHANGE_OF", "Felt", "Unplaced", "gravest", "impact_of_changes"]

CHANGE_OF: Mapping[str, str] = {
    "added": "code-added",
    "removed": "retire",
    "split": "code-split",
    "merged": "code-merged",
    "recoded": "code-removed",
    "label": "label",
    "definition": "definition",
    "moved": "code-moved",
    "mandatory": "role",
    "optional": "role",
    "role": "role",
    "representation": "datatype",
    "reference": "reference",
    "version": "supersede",
}
"""By the kind of a fact, the kind of change as which it is passed on. Other facts, such as annotations, ask nothing of anybody."""

_CODE_GONE = "code-removed"


@dataclass(frozen=True, slots=True)
class Felt:
    """What one kind of change to one artefact touches: the facts, the kind of change, and each hit with the way to it."""

    change: str
    facts: tuple[Change, ...]
    hits: tuple[Hit, ...]
    ways: Mapping[str, tuple[Edge, ...]]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Facts about things that the catalogue does not know, so that nothing can be said of what they touch."""

    facts: tuple[Change, ...]


def impact_of_changes(store: "Quads", lineage: Lineage, changes: Iterable[Change]) -> tuple[tuple[Felt, ...], Unplaced]:
    """Return what changes touch, by the kind of change and the artefact that changes, and what has no place in the catalogue.

    Things are looked for as they were before the change, in the list or structure that they were part of, and under their new
    name last. Facts that ask nothing of anybody (annotations) are in neither.

    Args:
        store: The store of the catalogue.
        lineage: Its dependencies.
        changes: The facts, from :func:`semstat.interop.diffing.changes`.
    """
    together: dict[tuple[str, str], list[Change]] = {}
    unplaced = []
    for fact in changes:
        change = _change(fact)
        if change is None:
            continue
        start = next((iri for iri in (fact.was, fact.within, fact.iri) if iri and lineage.knows(iri)), None)
        if start is None:
            unplaced.append(fact)
        else:
            together.setdefault((change, fact.within if lineage.knows(fact.within) else start), []).append(fact)
    felt = (_felt(store, lineage, change, start, facts) for (change, start), facts in sorted(together.items()))
    return tuple(felt), Unplaced(tuple(unplaced))


def _change(fact: Change) -> str | None:
    """Return the kind of change that a fact is passed on as; what goes from a list is a code that goes."""
    if fact.kind == "removed" and fact.within and not fact.thing.endswith(("Dimension", "Measure", "Attribute")):
        return _CODE_GONE
    if fact.kind == "added" and fact.field == "mandatory":
        return "role"
    if fact.kind == "added" and not fact.within:
        return None
    return CHANGE_OF.get(fact.kind)


def _felt(store: "Quads", lineage: Lineage, change: str, start: str, facts: Sequence[Change]) -> Felt:
    starts = list(dict.fromkeys(_starts(store, start, facts)))
    usage = _usage(store, facts) if change in OF_CODES else None
    codes = [fact.was for fact in facts if fact.was]
    apart = uncited(store, lineage, codes) if change in OF_CODES else ()
    found = impact_of(lineage, starts, change, usage=usage, uncited=apart)
    hits = tuple(hit for hit in found.hits if hit.iri not in starts)
    return Felt(change, tuple(facts), hits, {hit.iri: found.way(hit.iri) for hit in hits})


def _starts(store: "Quads", start: str, facts: Sequence[Change]) -> Iterator[str]:
    yield start
    for fact in facts:
        if fact.was:
            yield from what_changes(store, fact.was)


def _usage(store: "Quads", facts: Sequence[Change]) -> dict[str, int] | None:
    """Return how many observations use the codes concerned, by dataset; ``None`` if of one of them nothing is known."""
    total: dict[str, int] = {}
    for fact in facts:
        found = used_by(store, fact.was)
        if found is None:
            return None
        for dataset, number in found.items():
            total[dataset] = total.get(dataset, 0) + number
    return total


def gravest(felt: Iterable[Felt]) -> Severity:
    """Return the gravest of all that changes touch."""
    return max(
        (hit.severity for item in felt for hit in item.hits), key=lambda grave: grave.value, default=Severity.NONE
    )
