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

    from semstat.interop.catalogue.backends import Quads

__all__ = ["uncited"]

_EDGES = {str(SSL.subjectScheme), str(SSL.objectScheme)}
_ROWS = (SSSOM.mappings, SSM.representationMapping, SSM.itemMap)
_ENDS = (SSSOM.subject_id, SSSOM.object_id, SSM.source, SSM.target)
_VALUES = (SSM.sourceValue, SSM.targetValue)


def uncited(store: "Quads", lineage: Lineage, codes: Sequence[str]) -> frozenset[str]:
    """Return the sets of mappings that map the list of some codes, and none of these.

    A set whose rows are not known is not among them: it may be about any code.

    Args:
        store: The store of a catalogue.
        lineage: Its dependencies.
        codes: The IRIs of codes.
    """
    lists = {scheme for code in codes for scheme in what_changes(store, code)[1:]}
    sets = {edge.dependent for one in lists for edge in lineage.leaving(one, "down") if edge.dependency in _EDGES}
    if not sets:
        return frozenset()
    citing = set(_citing(store, codes))
    return frozenset(one for one in sets if one not in citing and _has_rows(store, one))


def _citing(store: "Quads", codes: Sequence[str]) -> Iterator[str]:
    """Yield the sets with a row about one of the codes: about it by name, or about its notation where no item is known."""
    import pyoxigraph as ox

    rows = {row for code in codes for predicate in _ENDS for row in _subjects(store, predicate, ox.NamedNode(code))}
    values = {value for code in codes for value in _subjects(store, SSM.mapsItem, ox.NamedNode(code))}
    values |= {
        value
        for code in codes
        for text in _notations(store, code)
        for value in _subjects(store, SST.value, ox.Literal(text))
    }
    rows |= {
        row for value in values for predicate in _VALUES for row in _subjects(store, predicate, ox.NamedNode(value))
    }
    for row in rows:
        for predicate in _ROWS:
            yield from _subjects(store, predicate, ox.NamedNode(row))


def _has_rows(store: "Quads", one: str) -> bool:
    import pyoxigraph as ox

    found = (store.quads_for_pattern(ox.NamedNode(one), ox.NamedNode(str(term)), None, None) for term in _ROWS)
    return any(next(iter(quads), None) is not None for quads in found)


def _subjects(store: "Quads", predicate: object, value: "ox.NamedNode | ox.Literal") -> set[str]:
    import pyoxigraph as ox

    quads = store.quads_for_pattern(None, ox.NamedNode(str(predicate)), value, None)
    return {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def _notations(store: "Quads", code: str) -> set[str]:
    import pyoxigraph as ox

    quads = store.quads_for_pattern(ox.NamedNode(code), ox.NamedNode(str(SKOS.notation)), None, None)
    return {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}
