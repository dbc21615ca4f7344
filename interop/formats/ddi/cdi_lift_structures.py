"""What DDI-CDI says of structures and files, in the words of the hub: components, keys, records, and where values stand."""

from collections.abc import Iterator, Mapping

from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.cdi_lift import Lifting, texts_of
from semstat.interop.formats.ddi.cdi_nodes import CdiNode
from semstat.ontology.cdi_model import cdi_model
from semstat.ontology.iri import part_of
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["lift_files", "lift_structures", "positions_of"]

_LINKS = (
    (
        ("DimensionComponent", "IdentifierComponent", "VariableDescriptorComponent", "SyntheticIdComponent"),
        SSI.hasIdentifierComponent,
    ),
    (("MeasureComponent", "VariableValueComponent"), SSI.hasMeasureComponent),
    (("AttributeComponent", "ContextualComponent"), SSI.hasAttributeComponent),
)
_ROLES = {"TimeRole": SSD.isTemporal, "GeoRole": SSD.isGeographic}
_STUDY = (("title", SKOS.prefLabel), ("alternativeTitle", SKOS.altLabel), ("summary", DCTERMS.abstract))
_TEXT_PLACES = (
    ("startCharacterPosition", SSD.startPosition),
    ("endCharacterPosition", SSD.endPosition),
    ("characterLength", SSD.width),
    ("startLine", SSD.segment),
)


def positions_of(lifting: Lifting, structure: CdiNode) -> Mapping[URIRef, str]:
    """Return the positions that a structure states for its components."""
    return {
        target: position.text("value")
        for position in lifting.nodes.at(structure, "has_ComponentPosition")
        for target in position.links("indexes")
    }


def lift_structures(lifting: Lifting) -> None:
    """Add the components of structures in their roles and places, the keys of records, and how records are linked.

    Source:
        DDI-CDI 1.0, DataStructure, DataStructureComponent, ComponentPosition, PrimaryKey, ForeignKey, SpecializationRole.
    """
    for structure in lifting.nodes.of("DataStructure"):
        iri, places = lifting.name(structure.iri), positions_of(lifting, structure)
        for number, item in enumerate(lifting.nodes.at(structure, "has_DataStructureComponent"), 1):
            lifting.add(iri, _role(item.cls), lifting.name(item.iri))
            lifting.count(lifting.name(item.iri), SS.position, places.get(item.iri, number))
            _specialised(lifting, item)
    for record in lifting.nodes.of("LogicalRecord"):
        for structure in _structures(lifting, record):
            for variable in _key(lifting, structure):
                lifting.add(lifting.name(record.iri), SSD.caseIdentifier, variable)
            _related(lifting, record, structure)


def _role(cls: str) -> URIRef:
    bases = {*cdi_model().bases(cls)}
    return next((link for names, link in _LINKS if bases & {*names}), DCTERMS.hasPart)


def _variables(item: CdiNode) -> Iterator[URIRef]:
    yield from item.links("isDefinedBy_RepresentedVariable")
    yield from item.links("isDefinedBy_DescriptorVariable")


def _specialised(lifting: Lifting, item: CdiNode) -> None:
    for part in lifting.nodes.at(item, "specialization"):
        if part.cls in _ROLES:
            for target in [*_variables(item)] or [item.iri]:
                lifting.add(lifting.name(target), _ROLES[part.cls], Literal(True))


def _structures(lifting: Lifting, record: CdiNode) -> Iterator[CdiNode]:
    for dataset in lifting.nodes.at(record, "organizes"):
        yield from lifting.nodes.at(dataset, "isStructuredBy")


def _key(lifting: Lifting, structure: CdiNode) -> Iterator[URIRef]:
    for key in lifting.nodes.at(structure, "has_PrimaryKey"):
        for part in lifting.nodes.at(key, "isComposedOf"):
            for item in lifting.nodes.at(part, "correspondsTo_DataStructureComponent"):
                yield from (lifting.name(variable) for variable in _variables(item))


def _related(lifting: Lifting, record: CdiNode, structure: CdiNode) -> None:
    """Relate a record to those whose primary keys its structure's foreign keys refer to."""
    iri = lifting.name(record.iri)
    for number, key in enumerate(lifting.nodes.at(structure, "has_ForeignKey"), 1):
        link = part_of(iri, "link", number)
        lifting.add(link, RDF.type, SSI.RecordRelationship)
        lifting.add(link, SSI.hasSourceLogicalRecord, iri)
        for part in lifting.nodes.at(key, "isComposedOf"):
            for item in lifting.nodes.at(part, "correspondsTo_DataStructureComponent"):
                for variable in _variables(item):
                    lifting.add(link, SSD.linkVariable, lifting.name(variable))
            for other in lifting.nodes.at(part, "references"):
                for target in _records_with(lifting, other):
                    lifting.add(link, SSI.hasTargetLogicalRecord, lifting.name(target.iri))


def _records_with(lifting: Lifting, part: CdiNode) -> Iterator[CdiNode]:
    for key in lifting.nodes.pointing("PrimaryKey", "isComposedOf", part):
        for structure in lifting.nodes.pointing("DataStructure", "has_PrimaryKey", key):
            for dataset in lifting.nodes.pointing("DataSet", "isStructuredBy", structure):
                yield from lifting.nodes.pointing("LogicalRecord", "organizes", dataset)


def lift_files(lifting: Lifting) -> None:
    """Add the records of files, how many cases there are, and where each variable's values stand.

    Source:
        DDI-CDI 1.0, PhysicalDataSet, DataStore, PhysicalRecordSegment, PhysicalSegmentLayout, ValueMapping.
    """
    for number, file in enumerate(lifting.nodes.of("PhysicalDataSet"), 1):
        iri = lifting.name(file.iri)
        lifting.count(iri, SS.position, number)
        _study(lifting, file)
        records: dict[URIRef, None] = {}
        for store in lifting.nodes.at(file, "formats"):
            lifting.count(iri, SSD.caseCount, store.text("recordCount"))
            for text in texts_of(lifting.nodes, store, "dataStoreType"):
                lifting.say(iri, SSD.fileFormat, str(text))
            records |= dict.fromkeys(store.links("has_LogicalRecord"))
        for place, segment in enumerate(lifting.nodes.at(file, "has_PhysicalRecordSegment"), 1):
            lifting.count(lifting.name(segment.iri), SS.position, place)
            records |= dict.fromkeys(segment.links("mapsTo"))
            _layout(lifting, segment)
        for record in records:
            lifting.add(iri, SSD.logicalRecord, lifting.name(record))
            described = lifting.nodes.nodes.get(record)
            for variable in described.links("has_InstanceVariable") if described is not None else []:
                lifting.add(iri, SSI.hasInstanceVariable, lifting.name(variable))
        _figures(lifting, file)


def _figures(lifting: Lifting, file: CdiNode) -> None:
    """Let figures belong to the file whose variables they are about."""
    iri = lifting.name(file.iri)
    own = {*lifting.graph.objects(iri, SSI.hasInstanceVariable)}
    for figure in lifting.nodes.of("CategoryStatistic"):
        if own & {lifting.name(target) for target in figure.links("appliesTo")}:
            lifting.add(iri, SSD.statistic, lifting.name(figure.iri))


def _study(lifting: Lifting, file: CdiNode) -> None:
    """Add the study that a file belongs to, as far as the details for catalogues name it."""
    iri = lifting.name(file.iri)
    study = part_of(iri, "study")
    for details in lifting.nodes.at(file, "catalogDetails"):
        for term, predicate in _STUDY:
            for text in texts_of(lifting.nodes, details, term):
                lifting.add(study, predicate, text)
                lifting.add(study, RDF.type, SSD.StudyUnit)
                lifting.add(study, SSD.dataFile, iri)
                lifting.add(iri, SSD.inStudy, study)


def _layout(lifting: Lifting, segment: CdiNode) -> None:
    for layout in lifting.nodes.at(segment, "has_PhysicalSegmentLayout"):
        places = {
            target: position.text("value")
            for position in lifting.nodes.at(layout, "has_ValueMappingPosition")
            for target in position.links("indexes")
        }
        mappings = {node.iri: node for node in lifting.nodes.at(layout, "has_ValueMapping")}
        mappings |= {iri: lifting.nodes.nodes[iri] for iri in places if iri in lifting.nodes.nodes}
        for number, mapping in enumerate(mappings.values(), 1):
            lifting.add(lifting.name(segment.iri), SSD.valueLocation, lifting.name(mapping.iri))
            lifting.count(lifting.name(mapping.iri), SS.position, places.get(mapping.iri, number))
            _place(lifting, mapping)


def _place(lifting: Lifting, mapping: CdiNode) -> None:
    iri = lifting.name(mapping.iri)
    for variable in lifting.nodes.pointing("InstanceVariable", "has_ValueMapping", mapping):
        lifting.add(iri, SSD.locatedVariable, lifting.name(variable.iri))
        for domain in variable.links("takesSubstantiveValuesFrom_SubstantiveValueDomain"):
            lifting.count(lifting.name(domain), SSD.decimalPositions, mapping.text("decimalPositions"))
    for place in lifting.nodes.at(mapping, "uses_PhysicalSegmentLocation"):
        for term, predicate in _TEXT_PLACES:
            lifting.count(iri, predicate, place.text(term))
