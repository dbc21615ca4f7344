"""Where a load puts what it read: one source in the place of what was stored of it before."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from semstat.interop.catalogue.backends import Quads
from semstat.interop.catalogue.records import SOURCES, edge_graph, graph_of
from semstat.interop.structures import Structures
from semstat.validators.diagnostics import Diagnostic

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Shelf", "StoreShelf"]

_TOGETHER = 200_000
"""Statements that are stored at once."""


class Shelf(Protocol):
    """A place for sources."""

    def replace(self, name: str, quads: "Iterable[ox.Quad]") -> tuple[Diagnostic, ...]:
        """Put a source's statements, dependencies and record in the place of those that are there; return what was lost."""

    def drop(self, names: Sequence[str]) -> None:
        """Take sources out."""

    def flush(self) -> None:
        """Have all that was put stored."""

    def quads(self) -> Quads:
        """Return all that is stored."""

    def structures(self) -> Structures:
        """Return the structures of data that are stored."""


class StoreShelf:
    """A store in this process, which nobody sees yet.

    Args:
        store: The store.
    """

    def __init__(self, store: "ox.Store") -> None:
        self._store = store
        self._pending: list[ox.Quad] = []

    def replace(self, name: str, quads: "Iterable[ox.Quad]") -> tuple[Diagnostic, ...]:
        """Put a source in the place of what is stored of it; storing costs each time as much as ten thousands of statements."""
        self._clear(name)
        self._pending += quads
        if len(self._pending) >= _TOGETHER:
            self.flush()
        return ()

    def drop(self, names: Sequence[str]) -> None:
        """Take sources out."""
        for name in names:
            self._clear(name)

    def flush(self) -> None:
        """Have all that was put stored."""
        self._store.bulk_extend(self._pending)
        self._pending.clear()

    def quads(self) -> Quads:
        """Return all that is stored."""
        self.flush()
        return self._store

    def structures(self) -> Structures:
        """Return the structures of data that are stored."""
        from semstat.interop.catalogue.data_taking import structures_in

        return structures_in(self._store)

    def _clear(self, name: str) -> None:
        import pyoxigraph as ox

        graph = graph_of(name)
        self._store.remove_graph(ox.NamedNode(graph))
        self._store.remove_graph(ox.NamedNode(edge_graph(name)))
        for quad in list(self._store.quads_for_pattern(ox.NamedNode(graph), None, None, ox.NamedNode(SOURCES))):
            self._store.remove(quad)
