"""The identifiers of DDI-CDI and the IRIs of the hub, both ways: what has no DDI name gets one that leads back to its IRI."""

from rdflib import URIRef

from semstat.ontology.ddi_iri import DdiName, iri_to_ddi_urn, parse_ddi_urn
from semstat.ontology.terms import BASE

__all__ = ["OWN_AGENCY", "irdi_of", "iri_of", "node_iri"]

OWN_AGENCY = "org.w3id.semstat"
"""The agency of identifiers that are made from IRIs: the data identifier is the IRI, without the beginning of ours."""

_VERSION = "1"


def irdi_of(iri: str) -> DdiName:
    """Return agency, identifier and version of a thing: those of its DDI name, else some that are made from its IRI.

    Example:
        >>> irdi_of("urn:ddi:int.example:age:1")
        DdiName(agency='int.example', id='age', version='1')
        >>> irdi_of("https://example.org/age").id
        'https://example.org/age'
    """
    urn = parse_ddi_urn(iri) or parse_ddi_urn(iri_to_ddi_urn(iri) or "")
    return urn or DdiName(OWN_AGENCY, iri.removeprefix(BASE), _VERSION)


def iri_of(name: DdiName) -> URIRef:
    """Return the IRI under which the hub speaks of what has an identifier.

    Example:
        >>> str(iri_of(irdi_of("https://example.org/age")))
        'https://example.org/age'
    """
    if name.agency != OWN_AGENCY or name.version != _VERSION:
        return name.iri
    is_foreign = ":" in name.id.partition("/")[0]
    return URIRef(name.id if is_foreign else BASE + name.id)


def node_iri(iri: str) -> URIRef:
    """Return the name of a node in a document of DDI-CDI: the DDI URN of what has one, else the IRI.

    Example:
        >>> str(node_iri(DdiName("int.example", "age", "1").iri))
        'urn:ddi:int.example:age:1'
    """
    return URIRef(iri_to_ddi_urn(iri) or iri)
