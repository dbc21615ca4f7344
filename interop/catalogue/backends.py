"""What every place of a catalogue can do, whether a store within this process or an endpoint elsewhere."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from semstat.interop.catalogue.records import SourceRecord
from semstat.interop.watching import Progress

if TYPE_CHECKING:
    import pyarrow as pa
    import pyoxigraph as ox

    from semstat.interop.catalogue.lineage import Direction
    from semstat.interop.catalogue.loading import Loaded
    from semstat.interop.catalogue.text_table import TextTable
    from semstat.interop.options import MicrodataOptions

__all__ = ["MOST_BYTES", "Answered", "Backend", "Cell", "Distant", "Quads", "State", "ahead", "statements_on"]

MOST_BYTES = 256 << 20
"""What an answer may hold at most, unless something else is asked for."""

Cell = Mapping[str, str]
"""A term as SPARQL JSON has it: ``type``, ``value`` and, of literals, ``xml:lang`` or ``datatype``."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a query yields: a table (``columns``, ``rows``), a truth value (``holds``), or a graph as N-Triples (``graph``).

    ``cut`` says why there may be more than this, empty where this is all.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[Mapping[str, Cell], ...] = ()
    holds: bool | None = None
    graph: str | None = None
    cut: str = ""


class Quads(Protocol):
    """Statements that can be looked up, as ``pyoxigraph.Store`` does it."""

    def quads_for_pattern(
        self,
        subject: "ox.NamedNode | ox.BlankNode | ox.Triple | None",
        predicate: "ox.NamedNode | None",
        object: "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None",
        graph_name: "ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None" = None,
    ) -> "Iterator[ox.Quad]":
        """Yield the statements that have these parts; ``None`` for any."""


@runtime_checkable
class Distant(Protocol):
    """Statements that are far away: one question for many things is answered sooner than many for one."""

    def ahead(self, iris: Iterable[str]) -> None:
        """Fetch what is said of things that will be looked up."""

    def statements_on(self, predicate: "ox.NamedNode", objects: "Iterable[ox.NamedNode]") -> "Iterator[ox.Quad]":
        """Yield the statements with a predicate and one of many objects."""

    def statements_with(self, predicates: Iterable[str], words: Iterable[str]) -> "Iterator[ox.Quad]":
        """Yield the statements with one of some predicates; where they are many, those whose text holds any of some words."""


def ahead(store: Quads, iris: Iterable[str]) -> None:
    """Have at hand what is said of things that will be looked up, one by one."""
    if isinstance(store, Distant):
        store.ahead(iris)


def statements_on(store: Quads, predicate: "ox.NamedNode", objects: "Iterable[ox.NamedNode]") -> "Iterator[ox.Quad]":
    """Yield the statements with a predicate and one of many objects."""
    if isinstance(store, Distant):
        yield from store.statements_on(predicate, objects)
        return
    for value in objects:
        yield from store.quads_for_pattern(None, predicate, value, None)


class State(Protocol):
    """One state of a catalogue."""

    @property
    def store(self) -> Quads:
        """The statements."""

    @property
    def sources(self) -> tuple[SourceRecord, ...]:
        """What is known of each source, in the order of their names."""

    def texts(self) -> "TextTable | None":
        """Return the texts, where they are at hand as tables."""

    def edges_around(self, starts: Sequence[str], direction: "Direction") -> "pa.Table":
        """Return the dependencies, or at least all those on the ways from some things in a direction, with their sources."""

    def edges_of(self, kinds: Collection[str] = ()) -> "pa.Table":
        """Return the dependencies, or at least all those of some kinds, by their IRIs, with their sources."""


class Backend(Protocol):
    """Where a catalogue is kept."""

    @property
    def folder(self) -> Path:
        """Where the paths of sources begin, and where verdicts and runs are written."""

    def snapshot(self) -> AbstractContextManager[State]:
        """Hand out the current state."""

    def sources(self) -> tuple[SourceRecord, ...]:
        """Return what is known of each source, in the order of their names."""

    def ask(self, query: str, *, seconds: float = 30.0, most_bytes: int = MOST_BYTES) -> Answered:
        """Return what a query finds."""

    def load(
        self,
        paths: Sequence[str | PathLike[str]],
        *,
        again: bool = False,
        anew: bool = False,
        progress: Progress | None = None,
        drop: Sequence[str] = (),
        microdata: "MicrodataOptions | None" = None,
    ) -> "tuple[Loaded, ...]":
        """Read sources, each in the place of what was stored of it before."""

    def remove(self, names: Sequence[str]) -> tuple[str, ...]:
        """Take sources out; return those among ``names`` that are not there."""

    def listed(self) -> tuple[str, ...]:
        """Return the names of the sources that were loaded."""
