"""What somebody has refused to bind, so that it is not suggested again."""

from typing import TYPE_CHECKING

from semstat.interop.catalogue.binding import BINDINGS
from semstat.interop.catalogue.names import Naming, NotFound
from semstat.interop.counting import InputRefused, Limits
from semstat.interop.formats.bindings import read_bindings
from semstat.interop.inputs import inputs
from semstat.interop.reading import content
from semstat.interop.sources import Source

if TYPE_CHECKING:
    from semstat.interop.catalogue.catalogue import Catalogue, Snapshot

__all__ = ["rejected_pairs"]


def rejected_pairs(catalogue: "Catalogue", snapshot: "Snapshot") -> frozenset[tuple[str, str]]:
    """Return the pairs of thing and concept that the tables of bindings of a catalogue reject, by IRI.

    The tables are read from where they lie; one that is no longer there rejects nothing.
    """
    naming = Naming(snapshot.store)
    paths = [catalogue.path_of(item.name) for item in snapshot.sources if item.format == BINDINGS]
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
