"""A catalogue: a folder whose metadata files are read into one graph that can be asked, and built again at any time."""

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from semstat.interop.catalogue.backends import MOST_BYTES, Answered
from semstat.interop.catalogue.edge_table import edges_in, replaced, write_edges
from semstat.interop.catalogue.generations import Generation, Generations
from semstat.interop.catalogue.loading import Load, Loaded
from semstat.interop.catalogue.records import SourceRecord, recorded
from semstat.interop.catalogue.shelves import StoreShelf
from semstat.interop.watching import Progress
from semstat.interop.writing import write_text
from semstat.ontology.errors import SemstatError

if TYPE_CHECKING:
    import pyarrow as pa
    import pyoxigraph as ox

    from semstat.interop.catalogue.lineage import Direction
    from semstat.interop.catalogue.runs import RecordedRun
    from semstat.interop.catalogue.text_table import TextTable
    from semstat.interop.options import MicrodataOptions

__all__ = ["Catalogue", "NoSuchCatalogue", "Snapshot"]

_HOME = ".semstat"
_STORE = "catalogue"
_LIST = "sources.txt"


class NoSuchCatalogue(SemstatError):
    """A folder is no catalogue."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of a catalogue, which stays as it is while it is held: the store, its sources and its dependencies."""

    store: "ox.Store"
    sources: tuple[SourceRecord, ...]
    edges: "pa.Table"
    folder: Path | None = None

    def texts(self) -> "TextTable | None":
        """Return the texts, where they lie beside the store as they are in it."""
        from semstat.interop.catalogue.text_table import texts_in

        return texts_in(self.folder, self.sources) if self.folder else None

    def edges_around(self, starts: Sequence[str], direction: "Direction") -> "pa.Table":
        """Return all dependencies: they are at hand."""
        return self.edges

    def edges_of(self, kinds: Collection[str] = ()) -> "pa.Table":
        """Return all dependencies: they are at hand."""
        return self.edges


class Catalogue:
    """A folder with a store of metadata.

    Args:
        folder: The folder; :meth:`create` makes it a catalogue.
        wait: Seconds to wait where another process is writing.

    Raises:
        NoSuchCatalogue: the folder is no catalogue.

    Example:
        >>> Catalogue("no-such-folder")
        Traceback (most recent call last):
        ...
        semstat.interop.catalogue.catalogue.NoSuchCatalogue: no-such-folder is no catalogue
    """

    def __init__(self, folder: str | os.PathLike[str], *, wait: float = 0.0) -> None:
        self._folder = Path(folder)
        if not (self._folder / _HOME / _STORE).is_dir():
            raise NoSuchCatalogue(f"{folder} is no catalogue", hint=f"semstat init {folder} makes it one")
        self._generations = Generations(self._folder / _HOME / _STORE, wait=wait)
        self.reader = version("semstat")

    @classmethod
    def create(cls, folder: str | os.PathLike[str]) -> "Catalogue":
        """Make a folder a catalogue that holds nothing, and return it; one that is a catalogue already stays as it is.

        Raises:
            OSError: the folder cannot be made.
        """
        home = Path(folder) / _HOME
        (home / _STORE).mkdir(parents=True, exist_ok=True)
        ignored = home / ".gitignore"
        if not ignored.exists():
            ignored.write_text(f"# Built from the sources: semstat load\n/{_STORE}/\n", encoding="utf-8")
        return cls(folder)

    @property
    def folder(self) -> Path:
        """Where the catalogue is."""
        return self._folder

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Hand out the current state; who writes meanwhile does not disturb it.

        Raises:
            CatalogueDamaged: the store cannot be read.
        """
        with self._generations.reading() as found:
            yield _empty() if found is None else _snapshot(found)

    @contextmanager
    def generation(self) -> Iterator[Generation | None]:
        """Hand out where the current state is stored, for another process to open; ``None`` where nothing is stored."""
        with self._generations.reading() as found:
            yield found

    def ask(self, query: str, *, seconds: float = 30.0, most_bytes: int = MOST_BYTES) -> Answered:
        """Return what a query finds; :func:`ask_catalogue` says what may be raised."""
        from semstat.interop.catalogue.querying import ask_store

        with self.generation() as found:
            place = "" if found is None else str(found.quads)
            return ask_store(place, query, seconds=seconds, most_bytes=most_bytes)

    def sources(self) -> tuple[SourceRecord, ...]:
        """Return what is known of each source, in the order of their names."""
        with self.snapshot() as found:
            return found.sources

    def listed(self) -> tuple[str, ...]:
        """Return the names of the sources as listed beside the store, where they survive it and can be put under version control.

        What is listed need not have been loaded: the store may have been built elsewhere.
        """
        try:
            lines = (self._folder / _HOME / _LIST).read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return ()
        return tuple(line for line in lines if line and not line.startswith("#"))

    def load(
        self,
        paths: Sequence[str | os.PathLike[str]],
        *,
        again: bool = False,
        anew: bool = False,
        progress: Progress | None = None,
        drop: Sequence[str] = (),
        microdata: "MicrodataOptions | None" = None,
    ) -> tuple[Loaded, ...]:
        """Read sources into the catalogue, all or none: each takes the place of what was stored of it before.

        A source whose bytes are as they were, read by the same version of semstat, is left alone unless ``again``. What was
        stored from a folder that is loaded again, and is no longer in it, goes.

        Args:
            paths: Files, folders or archives, of every format with metadata.
            again: Whether to read also what has not changed.
            anew: Whether to begin with an empty store, whatever there is of the old one.
            progress: Told now and then which source is being read.
            drop: The names of stored sources that go.
            microdata: Which described file a data file is, where names do not decide; how text is read.

        Raises:
            CatalogueBusy: somebody else is writing.

        Findings:
            Those of reading, by source.
        """
        with self._changing(again=again, anew=anew, microdata=microdata) as load:
            return load.read(paths, drop=drop, progress=progress)

    def remove(self, names: Sequence[str]) -> tuple[str, ...]:
        """Take sources out of the catalogue; return those among ``names`` that are not in it.

        Raises:
            CatalogueBusy: somebody else is writing.
        """
        with self._changing() as load:
            return load.remove(names)

    @contextmanager
    def _changing(
        self, *, again: bool = False, anew: bool = False, microdata: "MicrodataOptions | None" = None
    ) -> Iterator[Load]:
        """Hand out a load into a copy of the current state, which becomes the current one at the end."""
        with self._generations.writing(anew=anew) as (generation, store):
            known = {item.name: item for item in recorded(store)}
            load = Load(self._folder, known, StoreShelf(store), self.reader, again=again, microdata=microdata)
            yield load
            _write_tables(generation, store, load)
            self._list(recorded(store))

    def backup(self, folder: str | os.PathLike[str]) -> "Catalogue":
        """Copy the current state into another folder, which becomes a catalogue, and return it; its own state is replaced.

        Raises:
            CatalogueBusy: somebody is writing to the other one.
            OSError: the folder cannot be made, or is too small.
        """
        other = Catalogue.create(folder)
        with self._generations.reading() as found:
            if found is not None:
                other._generations.take_over(found)
        return other

    def run(
        self, *, step: str, inputs: Sequence[str] = (), outputs: Sequence[str] = (), job: str | None = None
    ) -> "AbstractContextManager[RecordedRun]":
        """Record a run of a sub-process of GSBPM, from the beginning to the end of a ``with`` block.

        See :func:`semstat.interop.catalogue.runs.record_run`, which this calls.

        Args:
            step: The sub-process, such as ``5.7``.
            inputs: What is used: things of the catalogue by IRI, URN or short form, others by names of your own.
            outputs: What is made.
            job: What the step is called in your pipeline.
        """
        from semstat.interop.catalogue.runs import record_run

        return record_run(self, step=step, inputs=inputs, outputs=outputs, job=job)

    def _list(self, records: Sequence[SourceRecord]) -> None:
        head = "# The sources of this catalogue, as seen from its folder; semstat load reads them\n"
        write_text(self._folder / _HOME / _LIST, head + "".join(f"{item.name}\n" for item in records))


def _empty() -> Snapshot:
    import pyoxigraph as ox

    return Snapshot(ox.Store(), (), edges_in(Path(os.devnull)))


def _snapshot(generation: Generation) -> Snapshot:
    store = generation.open()
    return Snapshot(store, recorded(store), edges_in(generation.folder), generation.folder)


def _write_tables(generation: Generation, store: "ox.Store", load: Load) -> None:
    """Write what lies beside a store that a load has changed."""
    from semstat.interop.catalogue.finding import FIELDS
    from semstat.interop.catalogue.text_table import texts_in, write_texts

    write_edges(generation.folder, replaced(edges_in(generation.folder), load.gone, load.edges))
    texts = texts_in(generation.folder, tuple(load.known.values()))
    write_texts(generation.folder, store, FIELDS, texts, load.gone | load.edges.keys(), recorded(store))
