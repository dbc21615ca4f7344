"""Data files of the hub as nodes of DDI-CDI: records and structures (wide, long, dimensional, keys and values), and layouts."""

from collections.abc import Sequence
from typing import Literal as OneOf

from rdflib import URIRef

from semstat.interop.formats.ddi.cdi_build import CdiBuilder
from semstat.interop.formats.ddi.cdi_from_study import StudyWriting
from semstat.interop.formats.ddi.cdi_nodes import CdiNode
from semstat.interop.formats.ddi.cdi_study_hub import StudyHub
from semstat.ontology.iri import part_of
from semstat.ontology.terms import DCTERMS, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["Layout", "add_study"]

Layout = OneOf["wide", "long", "dimensional", "key-value"]
"""How the data are laid out: a column for each variable; a record for each variable and case; measures by dimensions; keys
with values."""

_CLASSES = {
    "wide": ("WideDataSet", "WideDataStructure"),
    "long": ("LongDataSet", "LongDataStructure"),
    "dimensional": ("DimensionalDataSet", "DimensionalDataStructure"),
    "key-value": ("KeyValueDataStore", "KeyValueStructure"),
}
_FLAT = ("wide", "dimensional")
"""Layouts with a column for each variable."""
_PLACES = (
    ("characterLength", SSD.width),
    ("endCharacterPosition", SSD.endPosition),
    ("startCharacterPosition", SSD.startPosition),
    ("startLine", SSD.segment),
)


def add_study(builder: CdiBuilder, hub: StudyHub, *, layout: Layout = "wide") -> None:
    """Add the variables and files that a graph describes to the nodes of a document of DDI-CDI.

    Args:
        builder: The nodes.
        hub: The graph; it notes what is made use of.
        layout: How the data are laid out. Places of values in a file are written where each variable
            has a column of its own. The dimensions of a
            record are the variables of its key; a record without one stays wide.

    Findings:
        In ``hub``: ``DDI069`` for records that stay wide.

    Source:
        DDI-CDI 1.0, WideDataStructure, LongDataStructure, DimensionalDataStructure, KeyValueStructure, PhysicalDataSet,
        LogicalRecord.
    """
    writing = _FileWriting(StudyWriting(hub, builder), layout)
    writing.study.variables()
    for file in hub.of(SSD.DataFile):
        writing.file(file)
    writing.relations()


class _FileWriting:
    def __init__(self, study: StudyWriting, layout: Layout) -> None:
        self.study, self.layout = study, layout
        self.hub, self.builder = study.hub, study.builder

    def file(self, iri: URIRef) -> None:
        """Add a data file with its records."""
        node = self.builder.node(iri, "PhysicalDataSet", local=self.hub.text(iri, SS.identifier))
        self._described(node, iri)
        self.builder.text(node, "allowsDuplicates", False)
        self.builder.text(node, "physicalFileName", self.hub.text(iri, SSD.fileName))
        for identifier in node.links("identifier"):
            self.builder.text(self.builder.nodes[identifier], "uri", self.hub.text(iri, SSD.fileUri))
        self.builder.worded(node, "overview", self.hub.literals(iri, SSI.definition))
        store = self.builder.node(part_of(iri, "store"), "DataStore")
        self.builder.text(store, "allowsDuplicates", False)
        self.builder.entry(store, "dataStoreType", self.hub.text(iri, SSD.fileFormat))
        self.builder.text(store, "recordCount", self.hub.text(iri, SSD.caseCount))
        self.builder.link(node, "formats", store)
        every = self.hub.iris(iri, SSI.hasInstanceVariable)
        if str(self.hub.graph.value(iri, SSD.variableCount)) == str(len(every)):
            self.hub.used.add((iri, SSD.variableCount))  # the variables themselves say it
        records = self.hub.iris(iri, SSD.logicalRecord)
        layouts = self.hub.iris(iri, SSD.physicalRecord)
        for number, record in enumerate(records, 1):
            placed = [item for item in layouts if record in self.hub.iris(item, SSD.laysOut)]
            variables = self._placed(placed) or every
            data = self._record(store, record, variables)
            if number == 1:
                self.builder.link(node, "correspondsTo_DataSet", data)
        for variable in every:
            self.builder.link(node, "has_InstanceVariable", self.study.instance(variable))
        if self.layout in _FLAT:
            for item in layouts:
                self._segment(node, item)

    def _described(self, node: CdiNode, iri: URIRef) -> None:
        """Say with the file what its study is called and what it is about."""
        studies = [one for one in self.hub.of(SSD.StudyUnit) if iri in self.hub.iris(one, SSD.dataFile)]
        titles = [text for one in studies for text in self.hub.literals(one, SKOS.prefLabel)]
        others = [text for one in studies for text in self.hub.literals(one, SKOS.altLabel)]
        summaries = [text for one in studies for text in self.hub.literals(one, DCTERMS.abstract)]
        if titles or others or summaries:
            details = self.builder.part(node, "catalogDetails", "CatalogDetails")
            for text in others:
                self.builder.worded(details, "alternativeTitle", [text])
            self.builder.worded(details, "summary", summaries)
            self.builder.worded(details, "title", titles)

    def _placed(self, layouts: Sequence[URIRef]) -> list[URIRef]:
        places = [place for item in layouts for place in self.hub.iris(item, SSD.valueLocation)]
        return list(dict.fromkeys(one for place in places for one in self.hub.iris(place, SSD.locatedVariable)))

    def _record(self, store: CdiNode, iri: URIRef, variables: Sequence[URIRef]) -> CdiNode:
        node = self.builder.node(iri, "LogicalRecord", local=self.hub.text(iri, SS.identifier))
        self.builder.link(store, "has_LogicalRecord", node)
        keys = self.hub.iris(iri, SSD.caseIdentifier)
        layout = self._layout_of(iri, keys)
        kind, structure_kind = _CLASSES[layout]
        data = self.builder.node(part_of(iri, "data"), kind)
        structure = self.builder.node(part_of(iri, "structure"), structure_kind)
        self.builder.link(node, "organizes", data)
        self.builder.link(data, "isStructuredBy", structure)
        for variable in variables:
            self.builder.link(node, "has_InstanceVariable", self.study.instance(variable))
        if layout in _FLAT:
            key = "DimensionComponent" if layout == "dimensional" else "IdentifierComponent"
            components = [self._component(iri, variable, keys, key) for variable in variables]
        else:
            components = self._pairs(iri, node, [one for one in variables if one not in keys], keys)
        self._numbered(iri, structure, components)
        self._key(iri, structure, components)
        return data

    def _layout_of(self, iri: URIRef, keys: Sequence[URIRef]) -> Layout:
        """Return how a record is laid out: as asked for, but that what has no key has no dimensions."""
        if self.layout == "dimensional" and not keys:
            self.hub.note(iri, "a record without a key has no dimensions, and is written as wide data", "dimensional")
            return "wide"
        return self.layout

    def _component(
        self, record: URIRef, variable: URIRef, keys: Sequence[URIRef], key: str = "IdentifierComponent"
    ) -> CdiNode:
        cls = key if variable in keys else "MeasureComponent"
        node = self.builder.node(part_of(record, "component", _last(variable)), cls)
        for term, role in ((SSD.isTemporal, "TimeRole"), (SSD.isGeographic, "GeoRole")):
            if self.hub.flag(variable, term) and not node.all("specialization"):
                self.builder.part(node, "specialization", role)
        self.builder.link(node, "isDefinedBy_RepresentedVariable", self.study.instance(variable))
        return node

    def _pairs(
        self, record: URIRef, node: CdiNode, variables: Sequence[URIRef], keys: Sequence[URIRef]
    ) -> list[CdiNode]:
        """Return the components of records that each hold one value, and say which variable it is of."""
        components = [self._component(record, key, keys) for key in keys]
        if not components:
            components = [self.builder.node(part_of(record, "component", "case"), "SyntheticIdComponent")]
            self._defined(record, components[0], "case", "InstanceVariable")
        value = self.builder.node(part_of(record, "component", "value"), "VariableValueComponent")
        held = self._defined(record, value, "value", "ReferenceVariable")
        domain = self.builder.node(part_of(record, "values"), "ReferenceValueDomain")
        self.builder.entry(domain, "recommendedDataType", "text")
        self.builder.link(held, "takesValuesFrom", domain)
        descriptor = self.builder.node(part_of(record, "component", "variable"), "VariableDescriptorComponent")
        naming = self.builder.node(part_of(record, "variable"), "DescriptorVariable")
        self.builder.named(naming, "variable")
        names = self.builder.node(part_of(record, "names"), "DescriptorValueDomain")
        self.builder.link(names, "takesValuesFrom", self._names(record, variables))
        self.builder.link(naming, "takesSubstantiveValuesFrom_DescriptorValueDomain", names)
        self.builder.link(descriptor, "isDefinedBy_DescriptorVariable", naming)
        self.builder.link(descriptor, "refersTo", value)
        for one in (naming, held):
            self.builder.link(node, "has_InstanceVariable", one)
        return [*components, descriptor, value]

    def _defined(self, record: URIRef, component: CdiNode, name: str, cls: str) -> CdiNode:
        variable = self.builder.node(part_of(record, "variable", name), cls)
        self.builder.named(variable, name)
        self.builder.link(component, "isDefinedBy_RepresentedVariable", variable)
        return variable

    def _names(self, record: URIRef, variables: Sequence[URIRef]) -> CdiNode:
        """Return the list of the variables that a value can be of; what a code denotes is called as the variable is."""
        holder = self.builder.node(part_of(record, "variables"), "CodeList")
        self.builder.named(holder, "variables")
        self.builder.text(holder, "allowsDuplicates", False)
        for variable in variables:
            iri = part_of(record, "variables", _last(variable))
            category = self.builder.node(part_of(iri, "category"), "Category")
            self.builder.worded(category, "displayLabel", self.hub.literals(variable, SKOS.prefLabel))
            notation = self.builder.node(part_of(iri, "notation"), "Notation")
            name = self.hub.text(variable, SSD.variableName, SS.identifier)
            self.builder.text(self.builder.part(notation, "content", "TypedString"), "content", name)
            self.builder.link(notation, "represents", category)
            code = self.builder.node(iri, "Code")
            self.builder.link(code, "denotes", category)
            self.builder.link(code, "uses_Notation", notation)
            self.builder.link(holder, "has_Code", code)
        return holder

    def _numbered(self, record: URIRef, structure: CdiNode, components: Sequence[CdiNode]) -> None:
        for number, component in enumerate(components, 1):
            self.builder.link(structure, "has_DataStructureComponent", component)
            position = self.builder.node(part_of(record, "position", number), "ComponentPosition")
            self.builder.text(position, "value", number)
            self.builder.link(position, "indexes", component)
            self.builder.link(structure, "has_ComponentPosition", position)

    def _key(self, record: URIRef, structure: CdiNode, components: Sequence[CdiNode]) -> None:
        """Say what tells records apart: the identifiers, and where a record is of one variable, the variable."""
        wanted = {"IdentifierComponent", "DimensionComponent", "SyntheticIdComponent", "VariableDescriptorComponent"}
        parts = [item for item in components if item.cls in wanted]
        if not parts:
            return
        key = self.builder.node(part_of(record, "key"), "PrimaryKey")
        self.builder.link(structure, "has_PrimaryKey", key)
        for number, component in enumerate(parts, 1):
            part = self.builder.node(part_of(record, "key", number), "PrimaryKeyComponent")
            self.builder.link(part, "correspondsTo_DataStructureComponent", component)
            self.builder.link(key, "isComposedOf", part)

    def _segment(self, file: CdiNode, iri: URIRef) -> None:
        """Add how the values of a record are laid out."""
        node = self.builder.node(iri, "PhysicalRecordSegment")
        self.builder.link(file, "has_PhysicalRecordSegment", node)
        layout = self.builder.node(part_of(iri, "layout"), "PhysicalSegmentLayout")
        self.builder.link(node, "has_PhysicalSegmentLayout", layout)
        for record in self.hub.iris(iri, SSD.laysOut):
            self.builder.link(layout, "formats", self.builder.node(record, "LogicalRecord"))
            self.builder.link(node, "mapsTo", self.builder.node(record, "LogicalRecord"))
        places = self.hub.iris(iri, SSD.valueLocation)
        is_fixed = any(self.hub.text(place, SSD.startPosition) for place in places)
        for term, value in (("allowsDuplicates", False), ("isDelimited", not is_fixed), ("isFixedWidth", is_fixed)):
            self.builder.text(layout, term, value)
        for number, place in enumerate(places, 1):
            self._mapping(layout, place, number)

    def _mapping(self, layout: CdiNode, iri: URIRef, number: int) -> None:
        mapping = self.builder.node(iri, "ValueMapping")
        self.builder.text(mapping, "defaultValue", "")
        stated = [(term, self.hub.text(iri, predicate)) for term, predicate in _PLACES]
        if any(text for _, text in stated):
            location = self.builder.node(part_of(iri, "place"), "SegmentByText")
            for term, text in stated:
                self.builder.text(location, term, text)
            self.builder.link(mapping, "uses_PhysicalSegmentLocation", location)
        for variable in self.hub.iris(iri, SSD.locatedVariable):
            self.builder.link(self.study.instance(variable), "has_ValueMapping", mapping)
            for domain in self.hub.iris(variable, SSI.hasSubstantiveValueDomain):
                if not mapping.all("decimalPositions"):
                    self.builder.text(mapping, "decimalPositions", self.hub.text(domain, SSD.decimalPositions))
        self.builder.link(layout, "has_ValueMapping", mapping)
        position = self.builder.node(part_of(iri, "position"), "ValueMappingPosition")
        self.builder.text(position, "value", number)
        self.builder.link(position, "indexes", mapping)
        self.builder.link(layout, "has_ValueMappingPosition", position)

    def relations(self) -> None:
        """Add how the records of files are linked."""
        for iri in self.hub.of(SSI.RecordRelationship):
            ends = self.hub.iris(iri, SSI.hasSourceLogicalRecord, SSI.hasTargetLogicalRecord)
            if len(ends) > 1 and all(self.builder.has(end) for end in ends):
                node = self.builder.node(iri, "RecordRelation")
                for end in ends:
                    self.builder.link(node, "maps", end)


def _last(iri: URIRef) -> str:
    return str(iri).replace("#", "/").rpartition("/")[2]
