"""Taking sources into a store, one after the other, each in the place of what was stored of it before."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from semstat.interop.catalogue.binding import BINDINGS, is_bindings, take_bindings
from semstat.interop.catalogue.records import (
    SourceRecord,
    edge_graph,
    graph_of,
    source_name,
    source_path,
    statements_of,
)
from semstat.interop.catalogue.shelves import Shelf
from semstat.interop.catalogue.taking import Taken, digest_of, is_data, take
from semstat.interop.counting import InputRefused, Limits
from semstat.interop.inputs import inputs
from semstat.interop.microdata_hook import may_be_microdata
from semstat.interop.options import MicrodataOptions
from semstat.interop.sources import Source
from semstat.interop.watching import Progress, Step
from semstat.ontology.dependencies import Triple, closed
from semstat.ontology.terms import RDF, XSD
from semstat.validators.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Load", "Loaded"]

_NOTHING_TO_TAKE = {"DF013", "IO112"}
"""What is found where a source is whole and yet holds nothing for a catalogue: its structure is not known, or its kind not."""

_CHANGES = {"added", "replaced", "removed"}
"""States of a source after which the catalogue says something else."""

_TEXTS = frozenset({str(XSD.string), str(RDF.langString)})


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one source.

    ``state`` is ``added``, ``replaced``, ``unchanged``, ``removed`` (it is no longer in the folder that was loaded), ``left out``
    (it can be read, and holds nothing for a catalogue, or names no structure that is in it) or ``refused`` (it cannot be read;
    what was stored of it before, stays).
    """

    name: str
    state: str
    record: SourceRecord | None = None
    findings: tuple[Diagnostic, ...] = field(default_factory=tuple)


class Load:
    """One change to a catalogue: what was stored, what was met, what became of each source.

    Args:
        folder: Where paths of sources begin.
        known: The records of what is stored, by name.
        shelf: Where to store.
        reader: The version of semstat.
        again: Whether to read also what has not changed.
        microdata: Which described file a data file is, where somebody says so; how text is read.
    """

    def __init__(
        self,
        folder: Path,
        known: dict[str, SourceRecord],
        shelf: Shelf,
        reader: str,
        *,
        again: bool = False,
        microdata: MicrodataOptions | None = None,
    ) -> None:
        self._folder, self._shelf, self._reader, self._again = folder, shelf, reader, again
        self._microdata = microdata
        self._later: list[tuple[str, str, Source, SourceRecord | None]] = []
        self._last: list[tuple[str, str, Source, SourceRecord | None]] = []
        self.known = known
        self.met: set[str] = set()
        self.gone: set[str] = set()
        self.edges: dict[str, tuple[Triple, ...]] = {}
        self.done: list[Loaded] = []

    def read(
        self, paths: Sequence[str | PathLike[str]], *, drop: Sequence[str] = (), progress: Progress | None = None
    ) -> tuple[Loaded, ...]:
        """Take what paths stand for, take out what is gone, and return what became of each source.

        Args:
            paths: Files, folders or archives.
            drop: The names of stored sources that go, unless they are met.
            progress: Told now and then which source is being read.
        """
        items = list(inputs(paths, Limits()))
        for number, item in enumerate(items, start=1):
            if progress and isinstance(item, Source):
                progress(Step(f"source {number} of {len(items)}: {item.name}"))
            self._add(item)
        self._shelf.flush()
        self._take_data()
        self._drop_vanished(paths, drop)
        self._follow()
        self._bind()
        return tuple(self.done)

    def remove(self, names: Sequence[str]) -> tuple[str, ...]:
        """Take sources out, and look again at what depends on them; return those among ``names`` that are not stored."""
        self._drop(name for name in names if name in self.known)
        self._follow()
        self._bind()
        return tuple(name for name in names if name not in self.known)

    def _add(self, item: Source | Diagnostic) -> None:
        """Take one input, or say why not."""
        if isinstance(item, Diagnostic):
            name = source_name(item.location.source or "-", self._folder)
            self.done.append(Loaded(name, "refused", None, (item,)))
            return
        name = source_name(item.name, self._folder)
        if name in self.met:
            return
        self.met.add(name)
        before = self.known.get(name)
        try:
            digest = digest_of(item)
        except InputRefused as refused:
            self.done.append(Loaded(name, "refused", before, (refused.diagnostic,)))
            return
        if is_bindings(item):
            self._last.append((name, digest, item, before))
            return
        if before and not self._again and (before.digest, before.reader) == (digest, self._reader):
            self.done.append(Loaded(name, "unchanged", before))
            return
        if is_data(item) or may_be_microdata(item):
            self._later.append((name, digest, item, before))
        else:
            self._replace(name, digest, take(item), before)

    def _bind(self) -> None:
        """Take the tables of bindings, now that all they speak of is there.

        What a row means depends on the rest of the catalogue: where that has changed, tables that have not are taken again,
        those too that were stored before and not met.
        """
        changed = any(item.state in _CHANGES for item in self.done)
        for name, digest, item, before in self._last:
            same = before is not None and not self._again and (before.digest, before.reader) == (digest, self._reader)
            if before and same and not changed and not before.errors:
                self.done.append(Loaded(name, "unchanged", before))
            else:
                self._rebind(name, digest, item, before if same else None, before)
        for item in self._other_tables() if changed else ():
            name = source_name(item.name, self._folder)
            before = self.known[name]
            try:
                if digest_of(item) == before.digest:
                    self._rebind(name, before.digest, item, before, before)
            except InputRefused:  # it is no longer there: what it said before, stays
                continue
        self._shelf.flush()

    def _follow(self) -> None:
        """Take microdata again whose description has been replaced: a codebook that has changed names things anew."""
        from semstat.interop.catalogue.microdata_taking import FORMATS, is_stale

        if not any(item.state in _CHANGES for item in self.done):
            return
        stale = [
            name for name, item in sorted(self.known.items())
            if item.format in FORMATS and name not in self.edges.keys() | self.gone and is_stale(self._shelf.quads(), name)
        ]  # fmt: skip
        for item in inputs([source_path(name, self._folder) for name in stale], Limits()):
            name = source_name(item.name, self._folder) if isinstance(item, Source) else ""
            with suppress(InputRefused):  # it is no longer there: what it said before, stays
                if isinstance(item, Source) and digest_of(item) == self.known[name].digest:
                    self.done = [one for one in self.done if one.name != name]
                    self._later.append((name, self.known[name].digest, item, self.known[name]))
        self._take_data()

    def _other_tables(self) -> Iterator[Source]:
        """Yield the tables of bindings that are stored, and were not met, as they are now."""
        left = sorted(self.known.keys() - self.met - self.gone)
        paths = [source_path(name, self._folder) for name in left if self.known[name].format == BINDINGS]
        for item in inputs(paths, Limits()):
            if isinstance(item, Source):
                yield item

    def _rebind(
        self, name: str, digest: str, item: Source, same: SourceRecord | None, before: SourceRecord | None
    ) -> None:
        """Take a table of bindings; one that says what it said before, counts as unchanged."""
        import pyoxigraph as ox

        store = self._shelf.quads()
        taken = take_bindings(item, name, store)
        graph = ox.NamedNode(graph_of(name))
        stored = {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}
        if same is not None and stored == set(taken.statements):
            self.done.append(Loaded(name, "unchanged", same, taken.findings))
        else:
            self._replace(name, digest, taken, before)

    def _take_data(self) -> None:
        from semstat.interop.catalogue.microdata_taking import DataTaking

        if not self._later:
            return
        later, self._later = self._later, []
        taking = DataTaking(self._shelf.quads(), self._shelf.structures, self._microdata)
        for name, digest, item, before in later:
            self._replace(name, digest, taking.take(item, name), before)
        self._shelf.flush()

    def _drop(self, names: Iterable[str]) -> None:
        """Take sources out."""
        gone = list(dict.fromkeys(names))
        self._shelf.drop(gone)
        self.gone.update(gone)
        self.done += [Loaded(name, "removed") for name in gone]

    def _drop_vanished(self, paths: Sequence[str | PathLike[str]], others: Sequence[str]) -> None:
        """Take out what is stored of loaded folders and archives, and is no longer in them; and others that were not met."""
        self._drop(name for path in paths for name in self._vanished(path))
        self._drop(name for name in others if name in self.known and name not in self.met | self.gone)

    def _vanished(self, path: str | PathLike[str]) -> Iterator[str]:
        """Yield the names of stored sources below a loaded folder, or in an archive, that are no longer there.

        Whether something is in what could not be read, is not known: that stays.
        """
        place = source_name(str(path), self._folder)
        unread = [item.name for item in self.done if item.state == "refused"]
        for name in sorted(self.known.keys() - self.met):
            if _is_within(name, place) and not any(_is_within(name, other) for other in unread):
                yield name

    def _replace(self, name: str, digest: str, taken: Taken, before: SourceRecord | None) -> None:
        if taken.format is None:
            decisive = {item.rule for item in taken.findings if item.severity is Severity.ERROR or item.rule == "IO110"}
            is_whole = not decisive - _NOTHING_TO_TAKE - (set() if before else {"IO110"})
            self.done.append(Loaded(name, "left out" if is_whole else "refused", before, taken.findings))
            return
        grave = [item.severity for item in taken.findings]
        now = datetime.now(UTC).isoformat(timespec="seconds")
        record = SourceRecord(name, taken.format, digest, now, self._reader, _stored(taken),
                              grave.count(Severity.ERROR), grave.count(Severity.WARNING))  # fmt: skip
        lost = self._shelf.replace(name, _quads(taken, record))
        self.edges[name] = taken.edges
        self.done.append(Loaded(name, "replaced" if before else "added", record, (*taken.findings, *lost)))


def _is_within(name: str, place: str) -> bool:
    """Tell whether a source is a place, or in the folder or archive that the place is."""
    inside = place == "." and not name.startswith("../")
    return inside or name == place or name.startswith((f"{place}/", f"{place}!"))


def _stored(taken: Taken) -> int:
    """Return the number of statements as the store counts them: each once, and numbers and times by their values."""
    import pyoxigraph as ox

    typed = ox.Store()
    typed.extend(
        ox.Quad(item.subject, item.predicate, item.object)
        for item in taken.statements
        if isinstance(item.object, ox.Literal) and item.object.datatype.value not in _TEXTS
    )
    others = {
        item
        for item in taken.statements
        if not isinstance(item.object, ox.Literal) or item.object.datatype.value in _TEXTS
    }
    return len(others) + len(typed)


def _quads(taken: Taken, record: SourceRecord) -> "Iterator[ox.Quad]":
    """Yield what is stored of a source: its statements, the dependencies they imply, and the record."""
    import pyoxigraph as ox

    graph, edges = ox.NamedNode(record.graph), ox.NamedNode(edge_graph(record.name))
    for subject, predicate, value in taken.statements:
        yield ox.Quad(subject, predicate, value, graph)
    for dependent, dependency, on in closed(taken.edges):
        yield ox.Quad(ox.NamedNode(dependent), ox.NamedNode(dependency), ox.NamedNode(on), edges)
    yield from statements_of(record)
