"""What somebody has refused to bind, so that it is not suggested again."""

from typing import TYPE_CHECKING

from semstat.interop.catalogue.binding import BINDINGS
from semstat.interop.catalogue.names import Naming, NotFound
from semstat.interop.catalogue.records import source_path
from semstat.interop.counting import InputRefused, Limits
from semstat.interop.formats.bindings import read_bindings
from semstat.interop.inputs import inputs
from semstat.interop.reading import content
from semstat.interop.sources import Source

if TYPE_CHECKING:
    from semstat.interop.catalogue.backends import Backend, State

__all__ = ["rejected_pairs"]


def rejected_pairs(catalogue: "Backend", snapshot: "State") -> frozenset[tuple[str, str]]:
    """Return the pairs of thing and concept that the tables of bindings of a catalogue reject, by IRI.

    The tables are read from where they lie; one that is no longer there rejects nothing.
    """
    naming = Naming(snapshot.store)
    paths = [source_path(item.name, catalogue.folder) for item in snapshot.sources if item.format == BINDINGS]
    found: set[tuple[str, str]] = set()
    for source in inputs(paths, Limits()):
        try:
            rows = read_bindings(content(source), origin=source.name).rows if isinstance(source, Source) else ()
        except InputRefused:
            continue
        for row in rows:
            if row.status == "rejected":
                found |= {(one, other) for one in _meant(naming, row.artefact) for other in _meant(naming, row.concept)}
    return frozenset(found)


def _meant(naming: Naming, said: str) -> tuple[str, ...]:
    try:
        return naming.find(said, nearest=False)
    except NotFound:
        return ()
