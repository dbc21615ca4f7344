"""Things of different standards that are one by name: what states the URN of an artefact is described by it as well.

A concept of DDI that carries the URN of a concept of SDMX is that concept; what refers to the one, refers to the other.

Source:
    DDI-Lifecycle 3.3, ``r:UserID``; DDI-Codebook 2.6, ``ddiLifecycleUrn``; SDMX 3.0, Section 5, 6.2.2 Universal Resource Name.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from semstat.ontology.ddi_iri import parse_ddi_urn
from semstat.ontology.dependencies import dependencies
from semstat.ontology.iri import parse_urn
from semstat.ontology.terms import DCTERMS, SKOS, SS
from semstat.ontology.terms_study import SSD

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["identified"]

_NAMES = frozenset(map(str, (SS.urn, DCTERMS.identifier, SSD.userId)))
"""What gives a thing the URN under which somebody knows it."""

_CARRIED = frozenset({"usesConcept", "conceptualVariable", "representedVariable", "componentVariable", "valueDomain"})
"""The dependencies on a description that hold for what it describes, whoever describes it."""


def identified(statements: "Sequence[ox.Triple]") -> "Iterator[ox.Triple]":
    """Yield what follows from URNs in the statements of one source: which things are the same, and what depends on those.

    Example:
        >>> import pyoxigraph as ox
        >>> urn = "urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=A:CS(1.0).AREA"
        >>> said = ox.Triple(ox.NamedNode("urn:x"), ox.NamedNode(str(SSD.userId)), ox.Literal(urn))
        >>> [found.object.value for found in identified([said])]
        ['https://w3id.org/semstat/sdmx/conceptscheme.Concept/A/CS/1.0/AREA']
    """
    import pyoxigraph as ox

    match = ox.NamedNode(str(SKOS.exactMatch))
    same: dict[ox.NamedNode, ox.NamedNode] = {}
    for item in statements:
        if item.predicate.value in _NAMES and isinstance(item.object, ox.Literal):
            other = _named(item.object.value)
            if other is not None and isinstance(item.subject, ox.NamedNode) and item.subject.value != other:
                same[item.subject] = ox.NamedNode(other)
                yield ox.Triple(item.subject, match, same[item.subject])
    if not same:
        return
    carried = _carried()
    for item in statements:
        if isinstance(item.object, ox.NamedNode) and item.object in same and item.predicate.value in carried:
            yield ox.Triple(item.subject, ox.NamedNode(carried[item.predicate.value]), same[item.object])


def _named(text: str) -> str | None:
    name = parse_urn(text) or parse_ddi_urn(text)
    return str(name.iri) if name else None


@lru_cache(maxsize=1)
def _carried() -> dict[str, str]:
    """Return, by property, the dependency that it states; those in the opposite direction lead to no description."""
    found: dict[str, str] = {}
    for item in dependencies():
        if item.name in _CARRIED:
            found |= {name: item.iri for name in (item.iri, *item.implied_by)}
    return found
