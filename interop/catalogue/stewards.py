"""Who must be told of a change: those who look after what it touches."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from semstat.ontology.terms import BASE, SS

if TYPE_CHECKING:
    from semstat.interop.catalogue.backends import Quads

__all__ = ["stewards_of"]

_LOOKS_AFTER = (str(SS.maintainer), f"{BASE}governance#steward")


def stewards_of(store: "Quads", iris: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return the agents that look after things, each with the number of those things, the most concerned first."""
    import pyoxigraph as ox

    found: Counter[str] = Counter()
    for iri in iris:
        for predicate in _LOOKS_AFTER:
            for quad in store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, None):
                if isinstance(quad.object, ox.NamedNode):
                    found[quad.object.value] += 1
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))
