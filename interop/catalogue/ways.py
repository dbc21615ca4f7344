"""All the ways from one thing to another that it depends on, the shortest first."""

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count, islice

from semstat.interop.catalogue.lineage import Edge, Lineage

__all__ = ["ways"]

_MOST_TRIED = 100_000
"""Beginnings of ways that are followed at the most: between two things in the thick of a large graph there are millions."""


def ways(lineage: Lineage, start: str, end: str, *, limit: int = 5) -> tuple[tuple[Edge, ...], ...]:
    """Return ways from a thing to what it depends on, edge by edge: the shortest first, then in the order of their edges.

    No way comes twice to the same thing. Two edges of different kinds between the same things are two ways.

    Args:
        lineage: The dependencies.
        start: The IRI of what depends.
        end: The IRI of what it depends on.
        limit: The most ways.
    """
    if limit == 1:  # which needs no search with a guide
        way = lineage.path(start, end) if start != end else None
        return (way,) if way else ()
    return tuple(islice(_found(lineage, start, end), limit))


def _found(lineage: Lineage, start: str, end: str) -> Iterator[tuple[Edge, ...]]:
    """Search with the true distance to the end as the guide, so that no way is followed that does not get there."""
    left = {item.iri: item.distance for item in lineage.walk(end, "down")} | {end: 0}
    if start not in left or start == end:
        return
    number = count()
    waiting: list[tuple[int, int, tuple[Edge, ...]]] = [(left[start], next(number), ())]
    for _ in range(_MOST_TRIED):
        if not waiting:
            return
        _, _, way = heappop(waiting)
        here = way[-1].on if way else start
        if here == end:
            yield way
            continue
        met = {start, *(edge.on for edge in way)}
        for edge in lineage.leaving(here, "up"):
            if edge.on in left and edge.on not in met:
                heappush(waiting, (len(way) + 1 + left[edge.on], next(number), (*way, edge)))
