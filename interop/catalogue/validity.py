"""What held on a day, and what was known by then: things, single dependencies and runs, by the dates that they state.

Two times are told apart. *Valid* time is when something held in the world, as it states itself (``ss:validFrom`` is the first
day, ``ss:validTo`` the last; a run holds from its start). *Known* time is when the catalogue read it. The parameter ``asOf`` of
the web services of SDMX is the second.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from semstat.ontology.terms import PROV, SS
from semstat.ontology.terms_lineage import SSL

if TYPE_CHECKING:
    from semstat.interop.catalogue.backends import Quads, State

__all__ = ["Seen", "not_valid_on", "seen"]

_Ends = tuple[str, str]
_BETWEEN = "\n"
"""Stands between two IRIs, neither of which can hold it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The dependencies as they were at some time.

    ``edges`` are those that held and were known; ``without`` the things that did not hold, which none of them leads to or from;
    ``unread`` the names of the sources that were read later, or read anew later: what those said before is not kept.
    """

    edges: pa.Table
    without: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def seen(snapshot: "State", edges: pa.Table, *, held_on: str | None = None, known_at: str | None = None) -> Seen:
    """Return the dependencies of a catalogue as they were at some time.

    Args:
        snapshot: The catalogue.
        edges: The dependencies that are looked at.
        held_on: A day such as ``2026-01-31``; single dependencies that state dates hold only between them, and a thing that was
            derived by runs was not before the first of them.
        known_at: A day; what was read after it is left out.
    """
    without: tuple[str, ...] = ()
    unread = tuple(item.name for item in snapshot.sources if known_at and _is_after(item.loaded, known_at))
    if unread:
        edges = edges.filter(pc.invert(pc.is_in(_text(edges, "source"), value_set=pa.array(unread, pa.string()))))
    if held_on:
        without = not_valid_on(snapshot.store, held_on)
        edges = _held(snapshot.store, edges, without)
    return Seen(edges, without, unread)


def not_valid_on(store: "Quads", day: str) -> tuple[str, ...]:
    """Return the IRIs of what began after a day, or had ended by it, and of the runs that had not started.

    Args:
        store: The store of a catalogue.
        day: A date as ``2026-01-31``.
    """
    started = {iri for iri, _ in _dates(store, str(PROV.startedAtTime))}
    late = {iri for iri, text in _dates(store, str(SS.validFrom)) if _is_after(text, day)}
    late |= {iri for iri, text in _dates(store, str(PROV.startedAtTime)) if _is_after(text, day)}
    late |= {iri for iri, text in _dates(store, str(PROV.endedAtTime)) if _is_after(text, day) and iri not in started}
    over = {iri for iri, text in _dates(store, str(SS.validTo)) if _is_before(text, day)}
    return tuple(sorted(late | over))


def _held(store: "Quads", edges: pa.Table, without: tuple[str, ...]) -> pa.Table:
    """Return the edges without those that did not hold: by their ends, by their own records, or since no run had made them."""
    gone = set(without)
    out = pa.array(without, pa.string())
    for column in ("dependent", "on"):
        edges = edges.filter(pc.invert(pc.is_in(_text(edges, column), value_set=out)))
    records = tuple(_records(store))
    apart = {ends for ends, record in records if record in gone} - {
        ends for ends, record in records if record not in gone
    }
    edges = _less(edges, apart, pc.is_valid)
    unborn = {ends for ends, runs in _runs(store).items() if runs <= gone}
    return _less(edges, unborn, lambda ways: pc.equal(ways, str(SSL.derivedFrom)))


def _less(edges: pa.Table, apart: set[_Ends], among: Callable[[pa.ChunkedArray], pa.ChunkedArray]) -> pa.Table:
    """Return edges without those between some ends, among some kinds."""
    if not apart:
        return edges
    ends = pc.binary_join_element_wise(_text(edges, "dependent"), _text(edges, "on"), _BETWEEN)
    out = pc.is_in(ends, value_set=pa.array(sorted(_BETWEEN.join(pair) for pair in apart), pa.string()))
    return edges.filter(pc.invert(pc.and_(out, among(_text(edges, "dependency")))))


def _records(store: "Quads") -> Iterator[tuple[_Ends, str]]:
    """Yield the two ends of every recorded dependency, and the record."""
    for record, dependent in _links(store, str(SSL.edgeFrom)):
        for _, on in _links(store, str(SSL.edgeTo), record):
            yield (dependent, on), record


def _runs(store: "Quads") -> dict[_Ends, set[str]]:
    """Return, by derived thing and origin, the runs that made the one and used the other."""
    made: dict[str, set[str]] = {}
    for thing, run in _links(store, str(SSL.generatedBy)):
        made.setdefault(run, set()).add(thing)
    found: dict[_Ends, set[str]] = {}
    for run, origin in _links(store, str(SSL.used)):
        for thing in made.get(run, ()):
            found.setdefault((thing, origin), set()).add(run)
    return found


def _links(store: "Quads", predicate: str, subject: str | None = None) -> Iterator[_Ends]:
    import pyoxigraph as ox

    start = None if subject is None else ox.NamedNode(subject)
    for quad in store.quads_for_pattern(start, ox.NamedNode(predicate), None, None):
        if isinstance(quad.object, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value, quad.object.value


def _dates(store: "Quads", predicate: str) -> Iterator[tuple[str, str]]:
    import pyoxigraph as ox

    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
        if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value, quad.object.value


def _is_after(text: str, day: str) -> bool:
    """Tell whether a date, as precise as it is, lies after a day; a year that has begun does not."""
    return text[: len(day)] > day[: len(text)]


def _is_before(text: str, day: str) -> bool:
    return text[: len(day)] < day[: len(text)]


def _text(table: pa.Table, column: str) -> pa.ChunkedArray:
    return table[column].cast(pa.string())
