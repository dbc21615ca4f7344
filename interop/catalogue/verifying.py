"""Whether a catalogue is whole: what is stored is what was recorded, follows from it, and is what its sources still say."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from semstat.interop.catalogue.binding import is_bindings, take_bindings
from semstat.interop.catalogue.catalogue import Catalogue, Snapshot
from semstat.interop.catalogue.data_taking import structures_in
from semstat.interop.catalogue.microdata_taking import DataTaking
from semstat.interop.catalogue.records import SOURCES, SourceRecord, edge_graph, source_path
from semstat.interop.catalogue.taking import Taken, digest_of, edges_among
from semstat.interop.counting import InputRefused, Limits
from semstat.interop.sources import Source, sources

__all__ = ["Verified", "verify"]


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of one source.

    ``state`` is ``whole``; ``changed`` (the file is not what was read); ``missing`` (there is no such file); ``outdated`` (it was
    read by another version of semstat); ``broken`` (the store does not hold what was recorded, or what follows from it);
    ``different`` (the same file read anew says something else). ``reason`` says more, where there is more to say.
    """

    name: str
    state: str
    reason: str = ""


def verify(catalogue: Catalogue, *, deep: bool = False) -> tuple[Verified, ...]:
    """Return the state of each source, in the order of their names. Reads all that is stored.

    Args:
        catalogue: The catalogue.
        deep: Whether every source is also read anew, and compared statement by statement.

    Raises:
        CatalogueDamaged: the store cannot be read.
    """
    with catalogue.snapshot() as snapshot:
        counted = _counted(snapshot)
        anew = _reader(snapshot)
        known = {record.graph for record in snapshot.sources}
        found = [_state(catalogue, snapshot, record, counted, anew, deep=deep) for record in snapshot.sources]
        strange = sorted(name for name in counted if "/catalogue/source/" in name and name not in known)
        found += [Verified(name, "broken", "statements of a source that there is no record of") for name in strange]
    return tuple(found)


def _counted(snapshot: Snapshot) -> Counter[str]:
    """Return the number of statements in each graph. Every statement is read, so that a damaged file shows."""
    import pyoxigraph as ox

    found: Counter[str] = Counter()
    for quad in snapshot.store:
        if isinstance(quad.graph_name, ox.NamedNode):
            found[quad.graph_name.value] += 1
    found.pop(SOURCES, None)
    return found


def _state(
    catalogue: Catalogue,
    snapshot: Snapshot,
    record: SourceRecord,
    counted: Counter[str],
    anew: Callable[[Source, str], Taken],
    *,
    deep: bool,
) -> Verified:
    broken = _broken(snapshot, record, counted)
    if broken:
        return Verified(record.name, "broken", broken)
    try:
        source = _source(source_path(record.name, catalogue.folder))
        if source is None:
            return Verified(record.name, "missing", "there is no such file")
        if digest_of(source) != record.digest:
            return Verified(record.name, "changed", "the file is not what was read")
    except InputRefused as refused:
        return Verified(record.name, "missing", refused.diagnostic.message)
    if record.reader != catalogue.reader:
        return Verified(record.name, "outdated", f"it was read by semstat {record.reader}")
    if deep and not _same(snapshot, record, source, anew):
        return Verified(record.name, "different", "read anew, the file says something else")
    return Verified(record.name, "whole")


def _broken(snapshot: Snapshot, record: SourceRecord, counted: Counter[str]) -> str:
    """Return what is wrong in the store itself, empty where nothing is."""
    import pyoxigraph as ox

    if counted[record.graph] != record.triples:
        return f"the store holds {counted[record.graph]} statements, {record.triples} were recorded"
    statements = [
        quad.triple for quad in snapshot.store.quads_for_pattern(None, None, None, ox.NamedNode(record.graph))
    ]
    follow = set(edges_among(statements))
    if follow != _table_edges(snapshot.edges, record.name):
        return "the table of dependencies does not follow from the statements"
    stored = {(edge[0], edge[2]) for edge in follow}
    if counted[edge_graph(record.name)] != len(follow) + len(stored):
        return "the graph of dependencies does not follow from the statements"
    return ""


def _table_edges(table: pa.Table, name: str) -> set[tuple[str, str, str]]:
    import pyarrow.compute as pc

    own = table.filter(pc.equal(table["source"].cast(pa.string()), name))
    columns = [own[column].cast(pa.string()).to_pylist() for column in ("dependent", "dependency", "on")]
    return set(zip(*columns, strict=True))


def _reader(snapshot: Snapshot) -> Callable[[Source, str], Taken]:
    """Return what reads a source anew."""
    taking = DataTaking(snapshot.store, lambda: structures_in(snapshot.store))

    def read(source: Source, name: str) -> Taken:
        return take_bindings(source, name, snapshot.store) if is_bindings(source) else taking.take(source, name)

    return read


def _same(snapshot: Snapshot, record: SourceRecord, source: Source, anew: Callable[[Source, str], Taken]) -> bool:
    """Tell whether a source read anew gives the statements that are stored; both as the store holds them."""
    import pyoxigraph as ox

    found = ox.Store()
    graph = ox.NamedNode(record.graph)
    said = anew(source, record.name).statements
    found.extend(ox.Quad(item.subject, item.predicate, item.object, graph) for item in said)
    return set(found) == set(snapshot.store.quads_for_pattern(None, None, None, graph))


def _source(path: str) -> Source | None:
    found = sources(path, limits=Limits())
    return next((item for item in found if item.name == path), found[0] if len(found) == 1 else None)
