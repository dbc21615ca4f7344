"""What held on a day: things and versions by the dates that they state."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from semstat.ontology.terms import SS

if TYPE_CHECKING:
    from semstat.interop.catalogue.backends import Quads

__all__ = ["not_valid_on"]


def not_valid_on(store: "Quads", day: str) -> tuple[str, ...]:
    """Return the IRIs of what began after a day, or had ended by it: ``ss:validFrom`` is the first day, ``ss:validTo`` the last.

    Args:
        store: The store of a catalogue.
        day: A date as ``2026-01-31``.
    """
    late = {iri for iri, text in _dates(store, str(SS.validFrom)) if text[: len(day)] > day}
    over = {iri for iri, text in _dates(store, str(SS.validTo)) if text[: len(day)] < day}
    return tuple(sorted(late | over))


def _dates(store: "Quads", predicate: str) -> "Iterator[tuple[str, str]]":
    import pyoxigraph as ox

    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
        if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value, quad.object.value
