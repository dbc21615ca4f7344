"""Which element of DDI-Lifecycle a thing of the hub graph is written as, and under which name."""

from collections.abc import Mapping
from functools import cache

from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.ledger import Ledger
from semstat.interop.formats.ddi.lifecycle_elements_write import qualified
from semstat.interop.formats.ddi.lifecycle_kinds import Kind
from semstat.interop.formats.ddi.lifecycle_kinds_all import KINDS
from semstat.ontology.ddi_iri import DdiName, ddi_name_of, parse_ddi_urn
from semstat.ontology.terms import RDF, SS
from semstat.ontology.terms_study import SSD

__all__ = ["element_of", "fits", "name_in"]

_PLAIN = ("SubUniverseClass", "InParameter", "OutParameter", "ModeOfCollection")
"""Elements that share their class with one that is meant where nothing else is said."""


@cache
def _by_classes() -> Mapping[frozenset[URIRef], tuple[str, ...]]:
    found: dict[frozenset[URIRef], tuple[str, ...]] = {}
    for local, kind in KINDS.items():
        if local not in _PLAIN and not kind.named and not local.endswith("Representation"):
            found[frozenset(kind.types)] = (*found.get(frozenset(kind.types), ()), local)
    for local, kind in KINDS.items():
        if local.startswith("Managed"):
            found[frozenset(kind.types)] = (*found.get(frozenset(kind.types), ()), local)
    return found


def fits(ledger: Ledger, iri: URIRef, kind: Kind) -> bool:
    """Return whether a thing is of a kind: of its classes, with what is stated of all of the kind."""
    classes = set(ledger.graph.objects(iri, RDF.type))
    if not set(kind.types) <= classes:
        return False
    return all((iri, predicate, value) in ledger.graph for predicate, value in kind.fixed)


def element_of(ledger: Ledger, iri: URIRef) -> str | None:
    """Return the element, with its prefix, that a thing is written as; ``None`` where there is none."""
    if iri not in ledger.elements:
        ledger.elements[iri] = _element_of(ledger, iri)
    return ledger.elements[iri]


def _element_of(ledger: Ledger, iri: URIRef) -> str | None:
    stated = next(iter(ledger.graph.objects(iri, SSD.elementName)), None)
    if isinstance(stated, Literal):
        return qualified(str(stated).partition(":")[2])
    classes = {item for item in ledger.graph.objects(iri, RDF.type) if isinstance(item, URIRef)}
    for types, names in _by_classes().items():
        if types <= classes and types:
            for local in names:
                if fits(ledger, iri, KINDS[local]):
                    return qualified(local)
    return None


def name_in(ledger: Ledger, iri: URIRef) -> DdiName | None:
    """Return the name that a thing has by its IRI, or by the URN that it states."""
    by_iri = ddi_name_of(str(iri))
    if by_iri is not None:
        return by_iri
    stated = next(iter(ledger.graph.objects(iri, SS.urn)), None)
    return parse_ddi_urn(str(stated)) if stated is not None else None
