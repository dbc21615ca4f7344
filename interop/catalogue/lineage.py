"""What depends on what, in memory: every edge once in each direction, and walks that take a whole step at a time.

The same answers in SPARQL: ``?x ssl:dependsOn+ ?y``, in milliseconds here and in minutes there.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.catalogue.adjacency import Adjacency, Numbers
from semstat.ontology.dependencies import Dependency, dependencies

__all__ = ["Direction", "Edge", "Lineage", "Reached", "Spread"]

Direction = Literal["up", "down"]
"""``up``: what a thing depends on. ``down``: what depends on it."""

_NOT_REACHED = -1


class Edge(NamedTuple):
    """One dependency: ``dependent`` depends ``on`` something, in the way that ``dependency`` names."""

    dependent: str
    dependency: str
    on: str


class Reached(NamedTuple):
    """A thing that a walk came to: how many steps away, and the edge by which it was first reached."""

    iri: str
    distance: int
    by: Edge


class Lineage:
    """The dependencies of a catalogue.

    Things are numbered in the order of their IRIs, so that of equally short ways the same one is found whatever else is known.

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
        by_name = pc.sort_indices(encoded.dictionary)
        place = np.empty(len(by_name), np.int32)
        place[np.asarray(by_name)] = np.arange(len(by_name), dtype=np.int32)
        codes = place[np.asarray(encoded.indices, np.int32)]
        self._dependents, self._on = codes[: edges.num_rows], codes[edges.num_rows :]
        self.names: Sequence[str] = encoded.dictionary.take(by_name).to_pylist()
        self._numbers = {name: number for number, name in enumerate(self.names)}
        how = edges["dependency"].cast(pa.string()).combine_chunks().dictionary_encode()
        named = how.dictionary.to_pylist()
        self._ways = sorted(named)
        ranks = np.array([self._ways.index(way) for way in named] or [0], np.int32)
        self._how = ranks[np.asarray(how.indices, np.int32)]
        self._rows = list(zip(self._dependents.tolist(), self._how.tolist(), self._on.tolist(), strict=True))

    @property
    def nodes(self) -> int:
        """The number of things that depend or are depended on."""
        return len(self.names)

    @property
    def edges(self) -> int:
        """The number of edges."""
        return len(self._how)

    def dependency(self, iri: str) -> Dependency:
        """Return a kind of dependency by its IRI; one that is not in the ontology is of no kind."""
        return self._kinds.get(iri) or Dependency(iri, "", iri.rpartition("#")[2], frozenset(), frozenset())

    def knows(self, iri: str) -> bool:
        """Tell whether anything depends on a thing, or the thing on anything."""
        return self.number(iri) is not None

    def walk(
        self, start: str, direction: Direction, *, depth: int | None = None, kinds: Collection[str] = ()
    ) -> tuple[Reached, ...]:
        """Return what is reached from a thing, nearest first, then in the order of the IRIs; each thing once.

        Args:
            start: Its IRI; one without edges reaches nothing.
            direction: ``down`` to what depends on it, ``up`` to what it depends on.
            depth: The most steps; ``None`` for any number.
            kinds: Edge kinds, by their local names (``Structure``), or dependencies by theirs (``valueDomain``); none for all.
        """
        origin = self.number(start)
        if origin is None:
            return ()
        adjacency = self._down if direction == "down" else self._up
        came, distance = self._search(origin, adjacency, depth, self._wanted(kinds))
        nodes = np.flatnonzero(distance > 0)
        names, steps = self.names, distance[nodes].tolist()
        order = sorted(zip(steps, nodes.tolist(), came[nodes].tolist(), strict=True))
        return tuple(Reached(names[node], step, self.edge(place)) for step, node, place in order)

    def path(self, start: str, end: str, direction: Direction = "up") -> tuple[Edge, ...] | None:
        """Return a shortest way between two things, edge by edge from the start, ``None`` where there is none."""
        origin, target = self.number(start), self.number(end)
        if origin is None or target is None:
            return None
        adjacency = self._down if direction == "down" else self._up
        came, distance = self._search(origin, adjacency, None, None)
        if distance[target] == _NOT_REACHED:
            return None
        back = self._on if direction == "down" else self._dependents
        way: list[Edge] = []
        node = target
        while node != origin:
            place = int(came[node])
            way.append(self.edge(place))
            node = int(back[place])
        return tuple(reversed(way))

    def spread(
        self, starts: Sequence[str], gravity: Callable[[str, str], int], special: Collection[str] = ()
    ) -> "Spread":
        """Return how far something is passed on from some things to what depends on them, and how gravely.

        The gravity of a way is the least of its edges; each thing is reached by the gravest way, of those by the shortest.

        Args:
            starts: The IRIs of the things it starts from.
            gravity: The gravity along an edge, by the dependency and by the dependent where that is ``special`` (else it is
                empty): 0 where nothing is passed on.
            special: Things for which the gravity depends on the thing.
        """
        ways = np.array([gravity(way, "") for way in self._ways] or [0], np.int8)
        weights = ways[self._how] if self.edges else np.empty(0, np.int8)
        for iri in special:
            number = self.number(iri)
            if number is not None:
                own = self._up.leaving(np.array([number], np.int32))
                places = self._up.edges[own]
                weights[places] = [gravity(self._ways[self._how[place]], iri) for place in places.tolist()]
        return Spread(self, *self._spread([self._numbers[iri] for iri in starts if iri in self._numbers], weights))

    def _spread(
        self, starts: Sequence[int], weights: npt.NDArray[np.int8]
    ) -> tuple[npt.NDArray[np.int8], Numbers, npt.NDArray[np.int64]]:
        """Return, for every node, the gravity, the distance and the edge by which it is reached."""
        reached = np.zeros(self.nodes, np.int8)
        distance = np.full(self.nodes, _NOT_REACHED, np.int32)
        came = np.full(self.nodes, _NOT_REACHED, np.int64)
        distance[list(starts)] = 0
        rings = [np.array(sorted(set(starts)), np.int32)]
        for level in range(int(weights.max(initial=0)), 0, -1):
            for steps, frontier in enumerate(rings):  # which grows while it is gone through
                places = self._down.leaving(frontier)
                ends, edges = self._down.ends[places], self._down.edges[places]
                fresh = (distance[ends] == _NOT_REACHED) & (weights[edges] >= level)
                nodes, firsts = np.unique(ends[fresh], return_index=True)
                if not len(nodes):
                    continue
                came[nodes], distance[nodes], reached[nodes] = edges[fresh][firsts], steps + 1, level
                if steps + 1 == len(rings):
                    rings.append(nodes)
                else:
                    rings[steps + 1] = np.sort(np.concatenate((rings[steps + 1], nodes)))
        return reached, distance, came

    def around(self, reached: Collection[str]) -> Iterator[Edge]:
        """Yield every edge between things, in order, once however many sources state it."""
        inside = np.zeros(self.nodes, bool)
        numbers = [number for iri in reached if (number := self.number(iri)) is not None]
        inside[numbers] = True
        places = np.flatnonzero(inside[self._dependents] & inside[self._on])
        yield from sorted({self.edge(int(place)) for place in places})

    def leaving(self, iri: str, direction: Direction) -> tuple[Edge, ...]:
        """Return the edges that lead away from a thing, in order."""
        number = self.number(iri)
        if number is None:
            return ()
        adjacency = self._down if direction == "down" else self._up
        places = adjacency.edges[adjacency.leaving(np.array([number], np.int32))]
        return tuple(sorted(self.edge(int(place)) for place in places))

    def _search(
        self, origin: int, adjacency: Adjacency, depth: int | None, wanted: npt.NDArray[np.bool_] | None
    ) -> tuple[npt.NDArray[np.int64], Numbers]:
        """Return, for every node, the edge by which it was first reached and its distance."""
        came = np.full(self.nodes, _NOT_REACHED, np.int64)
        distance = np.full(self.nodes, _NOT_REACHED, np.int32)
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

    def edge(self, place: int) -> Edge:
        """Return an edge by its place in the table."""
        dependent, way, on = self._rows[place]
        return Edge(self.names[dependent], self._ways[way], self.names[on])

    def number(self, iri: str) -> int | None:
        """Return the number of a thing, ``None`` where it has no edges."""
        return self._numbers.get(iri)

    @cached_property
    def _down(self) -> Adjacency:
        return self._adjacency(self._on, self._dependents)

    @cached_property
    def _up(self) -> Adjacency:
        return self._adjacency(self._dependents, self._on)

    def _adjacency(self, left: Numbers, entered: Numbers) -> Adjacency:
        order = np.lexsort((self._how, left))
        starts = np.searchsorted(left[order], np.arange(self.nodes + 1))
        return Adjacency(starts, order, entered[order])


@dataclass(frozen=True, slots=True)
class Spread:
    """How far something is passed on: for every thing of a lineage the gravity (0: not at all), the distance, the edge."""

    lineage: Lineage
    _gravity: npt.NDArray[np.int8]
    _distance: Numbers
    _came: npt.NDArray[np.int64]

    def reached(self) -> Iterator[tuple[str, int, int]]:
        """Return the IRI, the gravity and the distance of all that is reached: gravest, then nearest first, then by the IRI."""
        nodes = np.flatnonzero(self._gravity)
        nodes = nodes[np.lexsort((nodes, self._distance[nodes], -self._gravity[nodes]))]
        names = self.lineage.names
        return zip(
            map(names.__getitem__, nodes.tolist()),
            self._gravity[nodes].tolist(),
            self._distance[nodes].tolist(),
            strict=True,
        )

    def way(self, iri: str) -> tuple[Edge, ...]:
        """Return the way to a thing, edge by edge from where it starts; none for what is not reached."""
        way: list[Edge] = []
        number = self.lineage.number(iri)
        while number is not None and self._came[number] != _NOT_REACHED:
            edge = self.lineage.edge(int(self._came[number]))
            way.append(edge)
            number = self.lineage.number(edge.on)
        return tuple(reversed(way))
