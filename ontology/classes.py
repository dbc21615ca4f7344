"""Which class is below which, as the modules of the ontology state it."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from semstat.ontology import modules, turtle_of
from semstat.ontology.terms import RDFS

__all__ = ["with_those_above"]


def with_those_above(classes: Iterable[str]) -> frozenset[str]:
    """Return classes together with all that they are below.

    Example:
        >>> base = "https://w3id.org/semstat/structure#"
        >>> base + "Component" in with_those_above([base + "TimeDimension"])
        True
    """
    found: set[str] = set()
    below = list(classes)
    while below:
        name = below.pop()
        if name not in found:
            found.add(name)
            below += _above().get(name, ())
    return frozenset(found)


@lru_cache(maxsize=1)
def _above() -> Mapping[str, tuple[str, ...]]:
    """Return the classes right above each class. Vocabularies have none, and are not looked at."""
    import pyoxigraph as ox

    found: dict[str, list[str]] = {}
    above = str(RDFS.subClassOf)
    for name in modules():
        if "/" in name:
            continue
        for quad in ox.parse(turtle_of(name), ox.RdfFormat.TURTLE):
            ends = quad.subject, quad.object
            if quad.predicate.value == above and all(isinstance(end, ox.NamedNode) for end in ends):
                found.setdefault(str(quad.subject.value), []).append(str(quad.object.value))
    return {name: tuple(values) for name, values in found.items()}
