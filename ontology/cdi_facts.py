"""The model of DDI-CDI as triples, for rules that hold a graph to it: classes, properties, numbers, other spellings."""

from collections.abc import Iterator
from functools import lru_cache

from rdflib import Literal
from rdflib.term import Node

from semstat.ontology.cdi_model import CDI, CdiProperty, cdi_model, short_forms
from semstat.ontology.terms import OWL, RDF, RDFS, SH, SKOS, XSD

__all__ = ["cdi_facts"]

_KINDS = {"class": OWL.Class, "datatype": RDFS.Class, "enumeration": OWL.DataRange}


@lru_cache(maxsize=1)
def cdi_facts() -> bytes:
    """Return the facts as N-Triples.

    Every class narrows itself and all that it narrows, directly or not, so that a query needs no path. How often a property
    may stand is said with the words of SHACL, how it is spelt without its class as a hidden label.

    Source:
        DDI-CDI 1.0 (2025): ontology and XML schema.

    Example:
        >>> b"/Code_denotes_Category> <http://www.w3.org/2000/01/rdf-schema#range>" in cdi_facts()
        True
    """
    return "".join(" ".join(term.n3() for term in triple) + " .\n" for triple in _triples()).encode()


def _triples() -> Iterator[tuple[Node, Node, Node]]:
    model = cdi_model()
    for name, item in model.classes.items():
        yield CDI[name], RDF.type, _KINDS[item.kind]
        yield from ((CDI[name], RDFS.subClassOf, CDI[base]) for base in model.bases(name))
        yield from ((CDI[value], RDF.type, CDI[name]) for value in item.values)
    for prop in model.properties.values():
        yield from _property(prop)


def _property(prop: CdiProperty) -> Iterator[tuple[Node, Node, Node]]:
    iri = CDI[prop.local]
    yield iri, RDF.type, RDF.Property
    if prop.is_link:
        yield iri, RDF.type, OWL.ObjectProperty
    yield iri, RDFS.domain, CDI[prop.owner]
    yield iri, RDFS.range, XSD[prop.datatype] if prop.is_text else CDI[prop.target]
    if prop.least:
        yield iri, SH.minCount, Literal(prop.least)
    if prop.most is not None:
        yield iri, SH.maxCount, Literal(prop.most)
    yield from ((iri, SKOS.hiddenLabel, Literal(form)) for form in sorted(short_forms(prop)))
