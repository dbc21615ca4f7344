"""What leaves OWL 2 DL, construct by construct; and what does not."""

import pytest
from rdflib import Graph

from semstat.validators.owl_profile import departures

HEAD = """PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX f: <https://example.org/f#>
f:A a owl:Class . f:B a owl:Class . f:p a owl:ObjectProperty . f:q a owl:DatatypeProperty . f:n a owl:AnnotationProperty .
"""

OUTSIDE = {
    "f:p a owl:DatatypeProperty .": "is declared as",
    "f:q a owl:AnnotationProperty .": "is declared as",
    "f:A a rdfs:Datatype .": "is declared as",
    "f:A rdfs:subClassOf f:C .": "is not declared as one",
    "f:x a f:C .": "is not declared as one",
    "f:A owl:disjointWith f:p .": "is not declared as one",
    'f:A rdfs:subClassOf "B" .': "is text, not a class",
    "f:p rdfs:range xsd:string .": "has the datatype",
    "f:q rdfs:range f:A .": "is no datatype",
    "f:p rdfs:domain f:q .": "is not declared as one",
    "f:p rdfs:subPropertyOf f:q .": "differ in kind",
    "f:p owl:inverseOf f:q .": "differ in kind",
    "f:p rdfs:subPropertyOf skos:related . f:q rdfs:subPropertyOf skos:related .": "cannot be both",
    "f:q a owl:SymmetricProperty .": "is said to be",
    "f:p a owl:TransitiveProperty, owl:FunctionalProperty .": "is not simple",
    "f:r a owl:ObjectProperty, owl:AsymmetricProperty . f:p a owl:TransitiveProperty ; rdfs:subPropertyOf f:r .":
        "is not simple",
    'f:p a owl:TransitiveProperty . f:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty f:p ; '
    'owl:maxCardinality "1"^^xsd:nonNegativeInteger ] .': "restricts it",
    "f:p owl:propertyChainAxiom (f:p f:p) ; a owl:IrreflexiveProperty .": "is not simple",
    'f:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty f:p ; owl:minCardinality "many" ] .': "not a whole number",
    "f:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty f:p ; owl:hasValue f:x, f:y ] .": "has 2 conditions",
    "f:A rdfs:subClassOf [ a owl:Restriction ; owl:someValuesFrom f:B ] .": "has 0 properties",
    'f:x f:p "text" .': "has the text",
    "f:x f:q f:y .": "no literal",
    "f:P a rdf:Property .": "not as a kind of OWL property",
    "f:K a rdfs:Class .": "not as `owl:Class`",
    "rdfs:label rdfs:subPropertyOf f:n .": "a word of OWL itself",
    "f:A owl:subsetOf f:B .": "no word of OWL",
    "f:A rdfs:subClassOf _:r . f:B rdfs:subClassOf _:r . _:r a owl:Restriction ; owl:onProperty f:p ; "
    "owl:someValuesFrom f:A .": "used 2 times",
}  # fmt: skip

INSIDE = [
    "f:A a owl:NamedIndividual .",
    "f:A a f:B .",
    "f:A rdfs:subClassOf skos:Concept .",
    "f:A rdfs:subClassOf owl:Thing .",
    "f:q rdfs:range xsd:gYear .",
    "f:q rdfs:range f:D . f:D a rdfs:Datatype .",
    "f:p a owl:TransitiveProperty .",
    "f:p a owl:FunctionalProperty .",
    'f:A f:n "note" ; f:n f:B .',
    "f:p rdfs:subPropertyOf skos:related .",
    'f:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty f:p ; owl:maxCardinality "1"^^xsd:nonNegativeInteger ] .',
    "f:x f:p f:y ; f:q 5 .",
]


def said(text: str) -> list[str]:
    graph = Graph().parse(data=HEAD + text, format="turtle")
    return [row.message for row in departures(graph, graph)]


@pytest.mark.parametrize("text", OUTSIDE)
def test_what_leaves_the_profile_is_said(text) -> None:
    messages = said(text)
    assert any(OUTSIDE[text] in message for message in messages), messages


@pytest.mark.parametrize("text", INSIDE)
def test_what_stays_within_is_let_pass(text) -> None:
    assert said(text) == []
