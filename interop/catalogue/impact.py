"""What a change asks of whom: a walk along the dependencies on which the kind of change decides what is passed on.

Source:
    The propagation rules of the lineage module; each hit bears the least effect on the way to it, since what is passed on
    nowhere is felt nowhere.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from semstat.interop.catalogue.lineage import Edge, Lineage, Spread
from semstat.ontology.dependencies import Effect, propagation

__all__ = ["CHANGES", "OF_CODES", "Hit", "Impact", "Severity", "impact_of"]

CHANGES: Mapping[str, str] = {
    "label": "LabelChanged",
    "code-added": "CodeAdded",
    "code-removed": "CodeRemoved",
    "code-split": "CodeSplit",
    "code-merged": "CodeMerged",
    "code-moved": "CodeMoved",
    "definition": "DefinitionChanged",
    "datatype": "DatatypeChanged",
    "role": "RoleChanged",
    "reference": "ReferenceChanged",
    "retire": "Retired",
    "supersede": "Superseded",
}
"""The kinds of change, as they are named on the command line, and their names in the ontology."""

OF_CODES = frozenset({"code-removed", "code-split", "code-merged", "code-moved", "retire"})
"""The kinds of change that ask who uses a code."""


class Severity(Enum):
    """What a change asks for; the greater, the graver."""

    NONE = 0
    INFO = 1
    REVIEW = 2
    BREAKING = 3


_UNKNOWN = Effect("Review", "Review")
"""The effect along edges of kinds that the ontology does not know."""

_GRAVITY = {
    "NoEffect": Severity.NONE,
    "Notice": Severity.INFO,
    "Review": Severity.REVIEW,
    "Breaking": Severity.BREAKING,
}


class Hit(NamedTuple):
    """A thing that a change reaches: how gravely, and how far away.

    ``used`` is the number of observations that use the code, ``None`` where no data were looked at.
    """

    iri: str
    severity: Severity
    distance: int
    used: int | None = None


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change touches: gravest first, then nearest, then in the order of the IRIs."""

    hits: tuple[Hit, ...]
    _spread: Spread

    def way(self, iri: str) -> tuple[Edge, ...]:
        """Return the way by which the change reaches a thing, edge by edge from what changes."""
        return self._spread.way(iri)


def impact_of(
    lineage: Lineage, starts: Sequence[str], change: str, *, usage: Mapping[str, int] | None = None,
    uncited: Collection[str] = (),
) -> Impact:  # fmt: skip
    """Return everything that a change of a thing reaches.

    Args:
        lineage: The dependencies.
        starts: The IRIs of what changes together: a code and its list, for instance.
        change: A key of :data:`CHANGES`.
        usage: For a code that goes, by dataset, the number of its observations that use the code. Along edges to a dataset
            that uses none, and everywhere if no dataset does, the effect is that for unused codes. ``None``: no data were
            looked at, and the worst is assumed.
        uncited: Sets of mappings none of whose rows is about the code: no more than a review is asked of them.

    Raises:
        KeyError: there is no such kind of change.
    """
    kind, counts = CHANGES[change], usage or {}
    is_nowhere = usage is not None and not sum(counts.values())
    unused = {iri for iri, number in counts.items() if not number}

    def gravity(dependency: str, dependent: str) -> int:
        effect = propagation().get((kind, lineage.dependency(dependency).kind), _UNKNOWN)
        grave = _GRAVITY[effect.unused if is_nowhere or dependent in unused else effect.used].value
        return min(grave, Severity.REVIEW.value) if dependent in uncited else grave

    spread = lineage.spread(starts, gravity, unused | set(uncited))
    hits = tuple(Hit(iri, Severity(grave), steps, counts.get(iri)) for iri, grave, steps in spread.reached())
    return Impact(hits, spread)
