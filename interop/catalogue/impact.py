"""What a change asks of whom: a walk along the dependencies on which the kind of change decides what is passed on.

Source:
    The propagation rules of the lineage module; each hit bears the least effect on the way to it, since what is passed on
    nowhere is felt nowhere.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from semstat.interop.catalogue.lineage import Edge, Lineage
from semstat.ontology.dependencies import Effect, propagation

__all__ = ["CHANGES", "Hit", "Severity", "impact_of"]

CHANGES: Mapping[str, str] = {
    "label": "LabelChanged",
    "code-added": "CodeAdded",
    "code-removed": "CodeRemoved",
    "definition": "DefinitionChanged",
    "datatype": "DatatypeChanged",
}
"""The kinds of change, as they are named on the command line, and their names in the ontology."""


class Severity(Enum):
    """What a change asks for; the greater, the graver."""

    NONE = 0
    INFO = 1
    REVIEW = 2
    BREAKING = 3


_GRAVITY = {
    "NoEffect": Severity.NONE,
    "Notice": Severity.INFO,
    "Review": Severity.REVIEW,
    "Breaking": Severity.BREAKING,
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that a change reaches: how gravely, how far away, and the way to it, edge by edge from the change.

    ``used`` is the number of observations that use the code, ``None`` where no data were looked at.
    """

    iri: str
    severity: Severity
    distance: int
    way: tuple[Edge, ...]
    used: int | None = None


def impact_of(
    lineage: Lineage, starts: Sequence[str], change: str, *, usage: Mapping[str, int] | None = None
) -> tuple[Hit, ...]:
    """Return everything that a change of a thing reaches, gravest first, then nearest, then in the order of the IRIs.

    Args:
        lineage: The dependencies.
        starts: The IRIs of what changes together: a code and its list, for instance.
        change: A key of :data:`CHANGES`.
        usage: For a code that goes, by dataset, the number of its observations that use the code. Where all data that a way
            leads to are known not to use it, the effect is that for unused codes. ``None``: no data were looked at, and the
            worst is assumed.

    Raises:
        KeyError: there is no such kind of change.
    """
    found = _Walk(lineage, CHANGES[change], usage).reached(starts)
    return tuple(sorted(found, key=lambda hit: (-hit.severity.value, hit.distance, hit.iri)))


@dataclass(frozen=True, slots=True)
class _Walk:
    lineage: Lineage
    change: str
    usage: Mapping[str, int] | None

    def reached(self, starts: Sequence[str]) -> Iterator[Hit]:
        """Yield each thing once, by the gravest way to it and of those by the shortest."""
        worst = -Severity.BREAKING.value
        best: dict[str, tuple[int, int]] = {start: (worst, 0) for start in starts}
        came: dict[str, Edge] = {}
        queue = [(worst, 0, start) for start in sorted(starts)]
        while queue:
            gravity, distance, node = heapq.heappop(queue)
            if (gravity, distance) != best[node]:
                continue
            for edge in self.lineage.dependents(node):
                passed = max(gravity, -self._severity(edge).value)
                reached = (passed, distance + 1)
                if passed < 0 and reached < best.get(edge.dependent, (0, 0)):
                    best[edge.dependent], came[edge.dependent] = reached, edge
                    heapq.heappush(queue, (*reached, edge.dependent))
        for iri, (gravity, distance) in best.items():
            if iri not in starts:
                used = None if self.usage is None else self.usage.get(iri)
                yield Hit(iri, Severity(-gravity), distance, _way(came, iri), used)

    def _severity(self, edge: Edge) -> Severity:
        kind = self.lineage.dependency(edge.dependency).kind
        effect = propagation().get((self.change, kind), Effect("Review", "Review"))
        is_unused = self.usage is not None and not sum(self.usage.values())
        return _GRAVITY[effect.unused if is_unused else effect.used]


def _way(came: Mapping[str, Edge], end: str) -> tuple[Edge, ...]:
    way: list[Edge] = []
    while end in came:
        way.append(came[end])
        end = came[end].on
    return tuple(reversed(way))
