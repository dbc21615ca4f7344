"""What depends on what, in memory: every edge once in each direction, and walks that take a whole step at a time.

The same answers in SPARQL: ``?x ssl:dependsOn+ ?y``, in milliseconds here and in minutes there.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from semstat.ontology.dependencies import Dependency, dependencies

__all__ = ["Direction", "Edge", "Lineage", "Reached"]

Direction = Literal["up", "down"]
"""``up``: what a thing depends on. ``down``: what depends on it."""

Numbers = npt.NDArray[np.int32]
_NOT_REACHED = -1


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """One dependency: ``dependent`` depends ``on`` something, in the way that ``dependency`` names."""

    dependent: str
    dependency: str
    on: str


@dataclass(frozen=True, slots=True)
class Reached:
    """A thing that a walk came to: how many steps away, and the edge by which it was first reached."""

    iri: str
    distance: int
    by: Edge


@dataclass(frozen=True, slots=True)
class _Adjacency:
    """Edges sorted by the end that is left: those of node ``n`` are at ``starts[n]:starts[n + 1]``."""

    starts: npt.NDArray[np.int64]
    edges: npt.NDArray[np.int64]
    ends: Numbers

    def leaving(self, nodes: Numbers) -> npt.NDArray[np.int64]:
        """Return the places of all edges that leave some nodes."""
        first, count = self.starts[nodes], self.starts[nodes + 1] - self.starts[nodes]
        total = int(count.sum())
        if not total:
            return np.empty(0, np.int64)
        shift = np.repeat(first - np.concatenate(([0], np.cumsum(count)[:-1])), count)
        return np.arange(total) + shift


class Lineage:
    """The dependencies of a catalogue.

    Args:
        edges: A table with the columns ``dependent``, ``dependency``, ``on``.

    Example:
        >>> structure = "https://w3id.org/semstat/lineage#structure"
        >>> table = pa.table({"dependent": ["urn:flow"], "dependency": [structure], "on": ["urn:dsd"]})
        >>> [found.iri for found in Lineage(table).walk("urn:dsd", "down")]
        ['urn:flow']
    """

    def __init__(self, edges: pa.Table) -> None:
        self._kinds = {item.iri: item for item in dependencies()}
        both = pa.chunked_array(
            [*(edges["dependent"].cast(pa.string()).chunks), *(edges["on"].cast(pa.string()).chunks)], pa.string()
        )
        encoded = both.combine_chunks().dictionary_encode()
        codes = np.asarray(encoded.indices, np.int32)
        self._dependents, self._on = codes[: edges.num_rows], codes[edges.num_rows :]
        self._names: list[str] = encoded.dictionary.to_pylist()
        self._numbers = {name: number for number, name in enumerate(self._names)}
        how = edges["dependency"].cast(pa.string()).combine_chunks().dictionary_encode()
        self._how = np.asarray(how.indices, np.int32)
        self._ways: list[str] = how.dictionary.to_pylist()
        self._rows = list(zip(self._dependents.tolist(), self._how.tolist(), self._on.tolist(), strict=True))

    @property
    def nodes(self) -> int:
        """The number of things that depend or are depended on."""
        return len(self._names)

    @property
    def edges(self) -> int:
        """The number of edges."""
        return len(self._how)

    def dependency(self, iri: str) -> Dependency:
        """Return a kind of dependency by its IRI; one that is not in the ontology is of no kind."""
        return self._kinds.get(iri) or Dependency(iri, "", iri.rpartition("#")[2], frozenset(), frozenset())

    def knows(self, iri: str) -> bool:
        """Tell whether anything depends on a thing, or the thing on anything."""
        return self._number(iri) is not None

    def walk(
        self, start: str, direction: Direction, *, depth: int | None = None, kinds: Collection[str] = (),
        without: Collection[str] = (),
    ) -> tuple[Reached, ...]:  # fmt: skip
        """Return what is reached from a thing, nearest first, then in the order of the IRIs; each thing once.

        Args:
            start: Its IRI; one without edges reaches nothing.
            direction: ``down`` to what depends on it, ``up`` to what it depends on.
            depth: The most steps; ``None`` for any number.
            kinds: Edge kinds, by their local names (``Structure``), or dependencies by theirs (``valueDomain``); none for all.
            without: Things that are not entered, by IRI.
        """
        origin = self._number(start)
        if origin is None:
            return ()
        adjacency = self._down if direction == "down" else self._up
        came, distance = self._search(origin, adjacency, depth, self._wanted(kinds), without)
        nodes = np.flatnonzero(distance > 0)
        names, steps = self._names, distance[nodes].tolist()
        order = sorted(
            zip(steps, nodes.tolist(), came[nodes].tolist(), strict=True), key=lambda row: (row[0], names[row[1]])
        )
        return tuple(Reached(names[node], step, self._edge(place)) for step, node, place in order)

    def path(self, start: str, end: str, direction: Direction = "up") -> tuple[Edge, ...] | None:
        """Return a shortest way between two things, edge by edge from the start, ``None`` where there is none."""
        origin, target = self._number(start), self._number(end)
        if origin is None or target is None:
            return None
        adjacency = self._down if direction == "down" else self._up
        came, distance = self._search(origin, adjacency, None, None, ())
        if distance[target] == _NOT_REACHED:
            return None
        back = self._on if direction == "down" else self._dependents
        way: list[Edge] = []
        node = target
        while node != origin:
            place = int(came[node])
            way.append(self._edge(place))
            node = int(back[place])
        return tuple(reversed(way))

    def dependents(self, iri: str) -> Iterator[Edge]:
        """Yield the edges of what depends on a thing directly."""
        number = self._number(iri)
        if number is not None:
            down = self._down
            for place in down.edges[down.starts[number] : down.starts[number + 1]].tolist():
                yield self._edge(place)

    def around(self, reached: Collection[str]) -> Iterator[Edge]:
        """Yield every edge between things, in order."""
        inside = np.zeros(self.nodes, bool)
        numbers = [number for iri in reached if (number := self._number(iri)) is not None]
        inside[numbers] = True
        places = np.flatnonzero(inside[self._dependents] & inside[self._on])
        yield from sorted(self._edge(int(place)) for place in places)

    def _search(
        self, origin: int, adjacency: _Adjacency, depth: int | None, wanted: npt.NDArray[np.bool_] | None,
        without: Collection[str],
    ) -> tuple[npt.NDArray[np.int64], Numbers]:  # fmt: skip
        """Return, for every node, the edge by which it was first reached and its distance."""
        came = np.full(self.nodes, _NOT_REACHED, np.int64)
        distance = np.full(self.nodes, _NOT_REACHED, np.int32)
        distance[[self._numbers[iri] for iri in without if iri in self._numbers]] = 0
        distance[origin] = 0
        frontier = np.array([origin], np.int32)
        steps = 0
        while len(frontier) and (depth is None or steps < depth):
            steps += 1
            places = adjacency.leaving(frontier)
            ends = adjacency.ends[places]
            fresh = distance[ends] == _NOT_REACHED
            if wanted is not None:
                fresh &= wanted[self._how[adjacency.edges[places]]]
            ends, places = ends[fresh], places[fresh]
            frontier, firsts = np.unique(ends, return_index=True)
            came[frontier] = adjacency.edges[places[firsts]]
            distance[frontier] = steps
        return came, distance

    def _wanted(self, kinds: Collection[str]) -> npt.NDArray[np.bool_] | None:
        if not kinds:
            return None
        chosen = {kind.lower() for kind in kinds}
        ways = [self.dependency(iri) for iri in self._ways]
        return np.array([bool({way.kind.lower(), way.name.lower()} & chosen) for way in ways], bool)

    def _edge(self, place: int) -> Edge:
        dependent, way, on = self._rows[place]
        return Edge(self._names[dependent], self._ways[way], self._names[on])

    def _number(self, iri: str) -> int | None:
        return self._numbers.get(iri)

    @cached_property
    def _down(self) -> _Adjacency:
        return self._adjacency(self._on, self._dependents)

    @cached_property
    def _up(self) -> _Adjacency:
        return self._adjacency(self._dependents, self._on)

    def _adjacency(self, left: Numbers, entered: Numbers) -> _Adjacency:
        order = np.argsort(left, kind="stable")
        starts = np.searchsorted(left[order], np.arange(self.nodes + 1))
        return _Adjacency(starts, order, entered[order])
