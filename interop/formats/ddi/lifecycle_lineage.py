"""What follows for lineage from variables, questions and derivation rules, and what the pattern of the hub adds."""

from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.term import Node

from semstat.interop.formats.ddi.lifecycle_concluded import follow_files, follow_rules
from semstat.ontology.access import iris
from semstat.ontology.terms import RDF, SKOS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD

__all__ = ["follow"]

Triple = tuple[URIRef, URIRef, Node]


def follow(graph: Graph) -> Iterator[Triple]:
    """Yield the relations that follow: derivation, concepts, records of files, labels of codes, sub-processes of rules."""
    yield from _derivations(graph)
    for subject, _, concept in graph.triples((None, SSI.measuresConcept, None)):
        yield _iri(subject), SSL.usesConcept, concept
    for question, _, variable in graph.triples((None, SSD.asksAbout, None)):
        yield _iri(question), SSL.representedVariable, variable
    yield from _codes(graph)
    yield from follow_files(graph)
    yield from follow_rules(graph)


def _iri(node: Node) -> URIRef:
    return node if isinstance(node, URIRef) else URIRef(str(node))


def _derivations(graph: Graph) -> Iterator[Triple]:
    for variable, _, rule in graph.triples((None, SSD.derivationRule, None)):
        inputs = {*graph.objects(rule, SSD.inputVariable), *graph.objects(variable, SSD.inputVariable)}
        for question in graph.objects(rule, SSD.inputQuestion):
            inputs |= set(graph.subjects(SSL.capturedBy, question))
        for command in graph.objects(rule, SSD.command):
            for binding in graph.objects(command, SSD.parameterBinding):
                for source in graph.objects(binding, SSD.bindingSource):
                    inputs |= set(graph.subjects(SSD.sourceParameter, source))
        for one in sorted(_iri(item) for item in inputs - {variable}):
            if (one, RDF.type, SSI.InstanceVariable) in graph:
                yield _iri(variable), SSL.derivedFrom, one
        yield _iri(variable), SSL.dependsOn, rule


def _codes(graph: Graph) -> Iterator[Triple]:
    """A code has the labels of its category, and stands for absence where the category does."""
    for code, _, category in graph.triples((None, SSI.takesMeaningFromCategory, None)):
        for predicate in (SKOS.prefLabel, SKOS.altLabel, SSD.isMissing):
            for value in graph.objects(category, predicate):
                yield _iri(code), predicate, value
    for codelist in iris(graph, None, RDF.type, SSI.CodeList):
        below = [*iris(graph, codelist, SSI.containsNode)]
        while below:
            for child in iris(graph, below.pop(), SSI.hasChildNode):
                yield codelist, SSI.containsNode, child
                below.append(child)
