"""By which relations artefacts are bound: the dependencies of the ontology that a person may state, and matches of SKOS."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from semstat.ontology.classes import with_those_above
from semstat.ontology.dependencies import dependencies
from semstat.ontology.terms import SKOS

__all__ = ["Relation", "relation_between", "relations"]

_STATED = (
    "componentVariable",
    "representedVariable",
    "measures",
    "conceptualVariable",
    "valueDomain",
    "unitType",
    "capturedBy",
    "usesConcept",
    "derivedFrom",
)
"""The dependencies that may be stated, in the order in which they are tried where a row names none."""

_ONE = frozenset(
    {"componentVariable", "representedVariable", "measures", "conceptualVariable", "valueDomain", "unitType"}
)
"""Those of which a thing has one."""

_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation by which something is bound: its name and IRI, the classes that it leads from and to (none: all)."""

    name: str
    iri: str
    from_classes: frozenset[str] = frozenset()
    to_classes: frozenset[str] = frozenset()

    @property
    def is_one(self) -> bool:
        """Whether a thing has at most one other that it is bound to so."""
        return self.name in _ONE

    @property
    def is_match(self) -> bool:
        """Whether it says how alike two concepts are; the other may then be anybody's."""
        return self.name in _MATCHES

    def leads_from(self, classes: Iterable[str]) -> bool:
        """Tell whether it may lead from a thing of some classes; of what has none, nothing is known."""
        return _allowed(classes, self.from_classes)

    def leads_to(self, classes: Iterable[str]) -> bool:
        """Tell whether it may lead to a thing of some classes."""
        return _allowed(classes, self.to_classes)


@lru_cache(maxsize=1)
def relations() -> Mapping[str, Relation]:
    """Return the relations by their names.

    Example:
        >>> relations()["representedVariable"].is_one, relations()["exactMatch"].is_match
        (True, True)
    """
    known = {item.name: item for item in dependencies()}
    found = {
        name: Relation(name, known[name].iri, known[name].from_classes, known[name].to_classes) for name in _STATED
    }
    return found | {name: Relation(name, str(SKOS[name])) for name in _MATCHES}


def relation_between(classes: Iterable[str], others: Iterable[str]) -> Relation | None:
    """Return the relation that leads from things of some classes to things of others, ``None`` where there is none.

    Example:
        >>> base = "https://w3id.org/semstat/"
        >>> found = relation_between([base + "structure#TimeDimension"], [base + "information#RepresentedVariable"])
        >>> found.name
        'componentVariable'
    """
    one, other = list(classes), list(others)
    if not one or not other:
        return None
    fitting = (item for item in map(relations().__getitem__, _STATED) if item.leads_from(one) and item.leads_to(other))
    return next(fitting, None)


def _allowed(classes: Iterable[str], wanted: frozenset[str]) -> bool:
    found = list(classes)
    return not wanted or not found or not wanted.isdisjoint(with_those_above(found))
