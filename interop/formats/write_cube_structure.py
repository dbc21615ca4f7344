"""The structures of RDF Data Cubes as triples: definitions, components, code lists, datasets."""

from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef

from semstat.interop.formats.outgoing import Outgoing
from semstat.interop.formats.write_cube_attachments import attachments
from semstat.interop.formats.write_cube_terms import cross_domain_property
from semstat.ontology.access import flag, iris, one
from semstat.ontology.iri import SdmxName, dataset_iri, known_name, name_of, part_of
from semstat.ontology.terms import DCTERMS, QB, RDF, RDFS, SKOS, SS, SST, XSD
from semstat.validators.structural.datatypes import TEXT_TYPES
from semstat.validators.structural.view import ComponentView, MissingStructure, structure_view

__all__ = ["structure_lines", "structure_triples", "term"]

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


def structure_triples(graph: Graph) -> Iterator[Triple]:
    """Yield all that data cubes can say of a hub graph without data: each artefact in the order of its IRI, stubs left out.

    What :mod:`cube_losses` enters in the account is not said.

    Source:
        W3C RDF Data Cube Vocabulary, 6 to 8; SKOS Reference.
    """
    for structure in _here(graph, SST.DataStructure):
        yield from _definition(graph, structure)
        try:
            view = structure_view(graph, structure)
        except MissingStructure:
            continue
        for number, item in enumerate(view.components, 1):
            yield from _component(graph, structure, item, number)
        yield from attachments(graph, view)
    for flow in _here(graph, SST.Dataflow):
        for structure in iris(graph, flow, SST.structure)[:1]:
            yield from _dataset(graph, known_name(flow), structure)
    for scheme in _here(graph, SKOS.ConceptScheme):
        yield from _scheme(graph, scheme)


def _here(graph: Graph, cls: URIRef) -> list[URIRef]:
    """Return the artefacts of a class that are more than a reference to one elsewhere."""
    return [
        node
        for node in iris(graph, None, RDF.type, cls)
        if name_of(node) is not None and (not flag(graph, node, SS.isExternalReference) or _has_content(graph, node))
    ]


def _has_content(graph: Graph, node: URIRef) -> bool:
    """Tell whether there are parts of an artefact, as agencies send them even of what they call an external reference."""
    return any((node, term, None) in graph for term in (SST.component, SST.structure)) or (
        (None, SKOS.inScheme, node) in graph
    )


def _triples(dataset: Outgoing) -> Iterator[Triple]:
    graph, structure = dataset.graph, dataset.structure.iri
    yield from _dataset(graph, dataset.named, structure)
    yield from _definition(graph, structure)
    for number, item in enumerate(dataset.view.components, 1):
        yield from _component(graph, structure, item, number)
    lists = dict.fromkeys(item.codelist for item in dataset.view.components if item.codelist is not None)
    for scheme in lists:
        yield from _scheme(graph, scheme)


def _dataset(graph: Graph, named: SdmxName, structure: URIRef) -> Iterator[Triple]:
    cube = dataset_iri(named)
    yield cube, RDF.type, QB.DataSet
    yield cube, QB.structure, structure
    yield from _labels(graph, named.iri, cube, RDFS.label, RDFS.comment)


def _definition(graph: Graph, structure: URIRef) -> Iterator[Triple]:
    yield structure, RDF.type, QB.DataStructureDefinition
    yield from _labels(graph, structure, structure, RDFS.label, RDFS.comment)


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
    yield from _labels(graph, scheme, scheme, SKOS.prefLabel, SKOS.definition)
    for code in iris(graph, None, SKOS.inScheme, scheme):
        yield code, RDF.type, SKOS.Concept
        yield code, SKOS.inScheme, scheme
        yield code, SKOS.notation, Literal(str(graph.value(code, SKOS.notation)))
        yield from _labels(graph, code, code, SKOS.prefLabel, SKOS.definition)
        place = one(graph, code, SS.position)
        if isinstance(place, Literal):
            yield code, SS.position, place
        wider = iris(graph, code, SKOS.broader)
        if not wider:
            yield code, SKOS.topConceptOf, scheme
        for parent in wider:
            yield code, SKOS.broader, parent


def _labels(
    graph: Graph, node: URIRef, of: URIRef, name: URIRef, description: URIRef | None = None
) -> Iterator[Triple]:
    for known, predicate in ((SKOS.prefLabel, name), (DCTERMS.description, description)):
        texts = [text for text in graph.objects(node, known) if isinstance(text, Literal)]
        if predicate is not None:
            for text in sorted(texts, key=lambda text: (text.language or "", str(text))):
                yield of, predicate, text
