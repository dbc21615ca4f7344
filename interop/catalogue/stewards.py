"""Who must be told of a change: those who look after what it touches."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from semstat.ontology.terms import SS
from semstat.ontology.terms_governance import SSG

if TYPE_CHECKING:
    import pyoxigraph as ox

    from semstat.interop.catalogue.backends import Quads

__all__ = ["stewards_of"]

_LOOKS_AFTER = (str(SS.maintainer), str(SSG.steward))


def stewards_of(store: "Quads", iris: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return the agents that look after things, each with the number of those things, the most concerned first.

    Whoever looks after what an agency maintains (``[catalogue.stewards]``) stands for the agency.
    """
    import pyoxigraph as ox

    found: Counter[str] = Counter()
    for iri in iris:
        for predicate in _LOOKS_AFTER:
            for quad in store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, None):
                if isinstance(quad.object, ox.NamedNode):
                    found[_in_place_of(store, quad.object)] += 1
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _in_place_of(store: "Quads", agent: "ox.NamedNode") -> str:
    import pyoxigraph as ox

    stated = store.quads_for_pattern(agent, ox.NamedNode(str(SSG.steward)), None, None)
    return min((quad.object.value for quad in stated if isinstance(quad.object, ox.NamedNode)), default=agent.value)
