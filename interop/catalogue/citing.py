"""Which sets of mappings say something of a code, and which only of other codes of its list.

Source:
    SSSOM 1.0, *MappingSet*; SDMX 3.0, Section 2, *RepresentationMap*.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from semstat.interop.catalogue.lineage import Lineage
from semstat.interop.catalogue.usage import what_changes
from semstat.ontology.terms import SKOS, SSSOM, SST
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_mapping import SSM

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["uncited"]

_EDGES = {str(SSL.subjectScheme), str(SSL.objectScheme)}
_ROWS = (SSSOM.mappings, SSM.representationMapping, SSM.itemMap)
_ENDS = (SSSOM.subject_id, SSSOM.object_id, SSM.source, SSM.target)
_VALUES = (SSM.sourceValue, SSM.targetValue)


def uncited(store: "ox.Store", lineage: Lineage, codes: Sequence[str]) -> frozenset[str]:
    """Return the sets of mappings that map the list of some codes, and none of these.

    A set whose rows are not known is not among them: it may be about any code.

    Args:
        store: The store of a catalogue.
        lineage: Its dependencies.
        codes: The IRIs of codes.
    """
    known = {*codes, *(text for code in codes for text in _objects(store, code, SKOS.notation))}
    lists = {scheme for code in codes for scheme in what_changes(store, code)[1:]}
    sets = {edge.dependent for one in lists for edge in lineage.leaving(one, "down") if edge.dependency in _EDGES}
    found = set()
    for one in sets:
        rows = [row for predicate in _ROWS for row in _objects(store, one, predicate)]
        if rows and not any(known & set(_cited(store, row)) for row in rows):
            found.add(one)
    return frozenset(found)


def _cited(store: "ox.Store", row: str) -> Iterator[str]:
    """Yield what a row is about: items, and values where no item is known."""
    for predicate in _ENDS:
        yield from _objects(store, row, predicate)
    for predicate in _VALUES:
        for value in _objects(store, row, predicate):
            yield from _objects(store, value, SSM.mapsItem) or _objects(store, value, SST.value)


def _objects(store: "ox.Store", subject: str, predicate: object) -> list[str]:
    import pyoxigraph as ox

    quads = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(str(predicate)), None, None)
    return sorted({quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode | ox.Literal)})
