"""The state of a catalogue that an endpoint holds: sources, statements and dependencies, as those of a folder are seen."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from semstat.interop.catalogue.endpoint import Endpoint
from semstat.interop.catalogue.endpoint_quads import EndpointQuads, SourcedEdge
from semstat.interop.catalogue.records import SourceRecord

if TYPE_CHECKING:
    import pyarrow as pa

    from semstat.interop.catalogue.lineage import Direction

__all__ = ["EndpointSeen"]


class EndpointSeen:
    """What an endpoint holds, as far as it is asked for. It may change between two questions.

    Args:
        endpoint: The endpoint.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.store = EndpointQuads(endpoint)

    @property
    def sources(self) -> tuple[SourceRecord, ...]:
        """What is known of each source, in the order of their names."""
        return self.store.sources

    def texts(self) -> None:
        """Return nothing: an endpoint is asked for texts."""

    def edges_around(self, starts: Sequence[str], direction: "Direction") -> "pa.Table":
        """Return the dependencies on the ways from some things in a direction, a step at a time."""
        found: set[SourcedEdge] = set()
        reached = set(starts)
        frontier = sorted(reached)
        while frontier:
            edges = set(self.store.edges(frontier, direction))
            found |= edges
            ends = {edge[1 if direction == "down" else 3] for edge in edges}
            frontier = sorted(ends - reached)
            reached |= ends
        return _table(found)

    def edges_of(self, kinds: Collection[str] = ()) -> "pa.Table":
        """Return the dependencies of some kinds, by their IRIs; all where none is named."""
        return _table(self.store.edges_of_kinds(kinds))


def _table(edges: Iterable[SourcedEdge]) -> "pa.Table":
    import pyarrow as pa

    rows = sorted(set(edges))
    return pa.table(
        {name: pa.array([row[place] for row in rows], pa.string())
         for place, name in enumerate(("source", "dependent", "dependency", "on"))}
    )  # fmt: skip
