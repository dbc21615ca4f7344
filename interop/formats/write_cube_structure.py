"""The structure of an RDF Data Cube as N-Triples, which are Turtle as well: components, code lists, the dataset."""

from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef

from semstat.interop.formats.outgoing import Outgoing
from semstat.interop.formats.write_cube_terms import cross_domain_property
from semstat.ontology.access import iris
from semstat.ontology.iri import dataset_iri, part_of
from semstat.ontology.terms import QB, RDF, RDFS, SKOS, SST, XSD
from semstat.validators.structural.datatypes import TEXT_TYPES
from semstat.validators.structural.view import ComponentView

__all__ = ["structure_lines", "term"]

_KINDS = {
    "dimension": (QB.DimensionProperty, QB.dimension),
    "time": (QB.DimensionProperty, QB.dimension),
    "measure": (QB.MeasureProperty, QB.measure),
    "attribute": (QB.AttributeProperty, QB.attribute),
}
Triple = tuple[URIRef, URIRef, URIRef | Literal]


def term(node: URIRef | Literal) -> str:
    """Return an IRI or literal in the syntax of N-Triples.

    Example:
        >>> term(URIRef("https://example.org/a")), term(Literal("a", lang="en"))
        ('<https://example.org/a>', '"a"@en')
    """
    return node.n3() if isinstance(node, URIRef) else _literal(node)


def _literal(node: Literal) -> str:
    text = str(node)
    for character, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(character, escaped)
    if node.language:
        return f'"{text}"@{node.language}'
    return f'"{text}"' if node.datatype in (None, XSD.string) else f'"{text}"^^{node.datatype.n3()}'


def structure_lines(dataset: Outgoing) -> Iterator[str]:
    """Yield the triples of a dataset's structure, a line each, in a fixed order.

    Every node has a name. A component narrows the property of SDMX-RDF whose concept it stands for, where it is one of
    SDMX's own cross-domain concepts.

    Source:
        W3C RDF Data Cube Vocabulary, 5 to 6; SKOS Reference.
    """
    for subject, predicate, value in _triples(dataset):
        yield f"{term(subject)} {term(predicate)} {term(value)} .\n"


def _triples(dataset: Outgoing) -> Iterator[Triple]:
    graph, structure = dataset.graph, dataset.structure.iri
    cube = dataset_iri(dataset.named)
    yield cube, RDF.type, QB.DataSet
    yield cube, QB.structure, structure
    yield from _labels(graph, dataset.named.iri, cube, RDFS.label)
    yield structure, RDF.type, QB.DataStructureDefinition
    yield from _labels(graph, structure, structure, RDFS.label)
    for number, item in enumerate(dataset.view.components, 1):
        yield from _component(graph, structure, item, number)
    lists = dict.fromkeys(item.codelist for item in dataset.view.components if item.codelist is not None)
    for scheme in lists:
        yield from _scheme(graph, scheme)


def _component(graph: Graph, structure: URIRef, item: ComponentView, number: int) -> Iterator[Triple]:
    kind, link = _KINDS[item.role]
    part = part_of(structure, "component", item.id)
    yield structure, QB.component, part
    yield part, RDF.type, QB.ComponentSpecification
    yield part, link, item.iri
    yield part, QB.order, Literal(str(number), datatype=XSD.integer)
    if item.role == "attribute":
        yield part, QB.componentRequired, Literal(str(item.mandatory).lower(), datatype=XSD.boolean)
    yield item.iri, RDF.type, RDF.Property
    yield item.iri, RDF.type, kind
    for concept in iris(graph, item.iri, SST.conceptIdentity):
        yield item.iri, QB.concept, concept
        yield from _labels(graph, concept, item.iri, RDFS.label)
    wider = cross_domain_property(graph, item)
    if wider is not None:
        yield item.iri, RDFS.subPropertyOf, wider
    if item.codelist is not None:
        yield item.iri, RDF.type, QB.CodedProperty
        yield item.iri, RDFS.range, SKOS.Concept
        yield item.iri, QB.codeList, item.codelist
    else:
        known = TEXT_TYPES.get(item.text_type or "String")
        yield item.iri, RDFS.range, known.datatype if known is not None else RDFS.Literal


def _scheme(graph: Graph, scheme: URIRef) -> Iterator[Triple]:
    yield scheme, RDF.type, SKOS.ConceptScheme
    yield from _labels(graph, scheme, scheme, SKOS.prefLabel)
    for code in iris(graph, None, SKOS.inScheme, scheme):
        yield code, RDF.type, SKOS.Concept
        yield code, SKOS.inScheme, scheme
        yield code, SKOS.notation, Literal(str(graph.value(code, SKOS.notation)))
        yield from _labels(graph, code, code, SKOS.prefLabel)
        wider = iris(graph, code, SKOS.broader)
        if not wider:
            yield code, SKOS.topConceptOf, scheme
        for parent in wider:
            yield code, SKOS.broader, parent


def _labels(graph: Graph, node: URIRef, of: URIRef, predicate: URIRef) -> Iterator[Triple]:
    texts = [text for text in graph.objects(node, SKOS.prefLabel) if isinstance(text, Literal)]
    for text in sorted(texts, key=lambda text: (text.language or "", str(text))):
        yield of, predicate, text
