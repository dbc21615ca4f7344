"""Reading the structures of RDF Data Cubes as those of SDMX: definitions, components, concepts and code lists, datasets."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib import Graph, URIRef
from rdflib.term import Node

from semstat.interop.document import Document
from semstat.interop.formats.cube_names import CubeNames
from semstat.interop.formats.sdmx.model import (
    Artefact,
    Attachment,
    Component,
    Dataflow,
    DataStructure,
    Facts,
    Item,
    ItemScheme,
    Maintainable,
    Message,
    Reference,
    Representation,
    Text,
)
from semstat.ontology.iri import SdmxName, name_of
from semstat.ontology.sdmx_rdf import SdmxDimension
from semstat.ontology.terms import QB, RDF, RDFS, SKOS, SST
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding
from semstat.validators.structural.datatypes import TEXT_TYPES

__all__ = ["cube_artefacts", "read_cube"]

_LINKS = ((QB.dimension, "Dimension"), (QB.measure, "Measure"), (QB.attribute, "DataAttribute"))
_KINDS = {
    QB.DimensionProperty: "Dimension",
    QB.MeasureProperty: "Measure",
    QB.AttributeProperty: "DataAttribute",
}
_TIMES = (SdmxDimension.timePeriod, SdmxDimension.refPeriod)
_TIME = "TIME_PERIOD"
_OWN_SCHEME = "CONCEPTS"
_TYPES = {item.datatype: name for name, item in reversed(TEXT_TYPES.items())}


def read_cube(data: bytes, syntax: str, *, origin: str) -> Document:
    """Read the structures in an RDF document; its observations are not read here.

    A hub graph, as semstat writes it in Turtle, states its structures as data structure definitions too: it is taken as it is.

    Findings:
        ``IO101`` (not well-formed), ``IO114`` (observations and slices, which are left).

    Source:
        W3C RDF Data Cube Vocabulary, 6 to 8.
    """
    from semstat.interop.formats.sdmx.structure import lift_messages
    from semstat.validators.sets import NotRdf, add_rdf, empty_store

    store = empty_store()
    try:
        add_rdf(store, data, syntax)
    except NotRdf as problem:
        said = f"the RDF is not well-formed: {problem}"
        return Document(Graph(), {}, (finding("IO101", said, Location(origin, problem.line)),), origin, "rdf-cube")
    graph = Graph(store="SimpleMemory")
    graph.parse(data=b"".join(f"{quad.triple} .\n".encode() for quad in store), format="nt")
    if (None, SST.component, None) in graph:
        return Document(graph, {}, (), origin, syntax)
    return lift_messages([Message(origin, "rdf-cube", cube_artefacts(graph), tuple(_left(graph, origin)))])


def _left(graph: Graph, origin: str) -> Iterator[Diagnostic]:
    for cls, what in ((QB.Observation, "observations"), (QB.Slice, "slices")):
        number = len(set(graph.subjects(RDF.type, cls)))
        if number:
            said = f"the structures of the cube are read; its {what}, {number} in number, are not"
            yield finding("IO114", said, Location(origin), value=what)


def cube_artefacts(graph: Graph) -> tuple[Artefact, ...]:
    """Return what a graph says of the structures of data cubes, in the words of SDMX.

    What semstat wrote has its names again; other IRIs become agency (the host, turned round), identifier and version 1.0.
    Concepts that no scheme of SDMX holds are put into a scheme ``CONCEPTS``. A dimension that narrows the time or reference
    period of SDMX is the time dimension. A ``qb:measureType`` dimension says nothing that several measures do not.

    Source:
        W3C RDF Data Cube Vocabulary, 6 to 8; the crosswalk of DDI-CDI, SDMX and RDF Data Cube.
    """
    return tuple(_Taking(graph, CubeNames(graph)).artefacts())


@dataclass(slots=True)
class _Taking:
    graph: Graph
    names: CubeNames
    concepts: dict[SdmxName, dict[str, Item]] = field(default_factory=dict)
    lists: dict[Node, SdmxName] = field(default_factory=dict)

    def artefacts(self) -> Iterator[Artefact]:
        found = sorted(set(self.graph.subjects(RDF.type, QB.DataStructureDefinition)), key=str)
        structures = [self._structure(node) for node in found]
        for scheme, items in self.concepts.items():
            head = Maintainable("ConceptScheme", scheme, Facts(scheme.id, None, (Text("Concepts", "en"),)))
            yield ItemScheme(head, "Concept", tuple(items.values()))
        for node, name in self.lists.items():
            yield self._codelist(node, name)
        yield from structures
        for node in sorted(set(self.graph.subjects(RDF.type, QB.DataSet)), key=str):
            target = self.graph.value(node, QB.structure)
            if target is not None:
                yield self._flow(node, target)

    def _flow(self, node: Node, target: Node) -> Dataflow:
        name = self.names.of(node, "datastructure", "Dataflow")
        structure = self.names.of(target, "datastructure", "DataStructure")
        return Dataflow(
            Maintainable("Dataflow", name, self.names.facts(name.id, node, target)), Reference(structure, None)
        )

    def _structure(self, node: Node) -> DataStructure:
        name = self.names.of(node, "datastructure", "DataStructure")
        parts = sorted(self.graph.objects(node, QB.component), key=self._place)
        made = [item for part in parts if (item := self._component(part, name)) is not None]
        dimensions = [item for item in made if item.cls in ("Dimension", "TimeDimension")]
        return DataStructure(
            Maintainable("DataStructure", name, self.names.facts(name.id, node)),
            tuple(sorted(dimensions, key=lambda item: item.cls == "TimeDimension")),
            tuple(item for item in made if item.cls == "DataAttribute"),
            tuple(item for item in made if item.cls in ("Measure", "PrimaryMeasure")),
        )

    def _place(self, part: Node) -> tuple[int, str]:
        stated = str(self.graph.value(part, QB.order) or "")
        return (int(stated) if stated.isdigit() else 1 << 30, str(self._property(part)[0]))

    def _property(self, part: Node) -> tuple[Node | None, str]:
        for link, cls in _LINKS:
            found = self.graph.value(part, link)
            if found is not None:
                return found, cls
        found = self.graph.value(part, QB.componentProperty)
        kinds = set(self.graph.objects(found, RDF.type)) if found is not None else set()
        return found, next((cls for kind, cls in _KINDS.items() if kind in kinds), "DataAttribute")

    def _component(self, part: Node, structure: SdmxName) -> Component | None:
        node, cls = self._property(part)
        if node is None or node == QB.measureType:
            return None
        known = name_of(str(node))
        is_time = cls == "Dimension" and (
            node in _TIMES or any((node, RDFS.subPropertyOf, one) in self.graph for one in _TIMES)
        )
        if known is not None and known.item:
            cls, identifier = known.cls, known.item
        else:
            cls, identifier = ("TimeDimension", _TIME) if is_time else (cls, self.names.word(node))
        required = str(self.graph.value(part, QB.componentRequired) or "") == "true"
        return Component(
            cls,
            Facts(identifier, None),
            Reference(self._concept(node, identifier, structure), None),
            (),
            self._values(node, is_time=cls == "TimeDimension"),
            ("mandatory" if required else "optional") if cls == "DataAttribute" else None,
            Attachment("observation") if cls == "DataAttribute" else None,
        )

    def _concept(self, node: Node, identifier: str, structure: SdmxName) -> SdmxName:
        concept = self.graph.value(node, QB.concept)
        known = name_of(str(concept)) if concept is not None else None
        scheme = SdmxName("conceptscheme", "ConceptScheme", structure.agency, _OWN_SCHEME, structure.version)
        word = identifier
        if known is not None and known.item:
            scheme, word = SdmxName(known.package, "ConceptScheme", known.agency, known.id, known.version), known.item
        items = self.concepts.setdefault(scheme, {})
        items.setdefault(word, Item(word, "Concept", self.names.facts(word, *(one for one in (concept, node) if one))))
        return scheme.of_item("Concept", word)

    def _values(self, node: Node, *, is_time: bool) -> Representation | None:
        holder = self.graph.value(node, QB.codeList)
        if holder is not None:
            name = self.lists.setdefault(holder, self.names.of(holder, "codelist", "Codelist"))
            return Representation(None, Reference(name, None))
        types = [
            _TYPES[item] for item in self.graph.objects(node, RDFS.range) if isinstance(item, URIRef) and item in _TYPES
        ]
        if is_time and (not types or not TEXT_TYPES[types[0]].is_period):
            return Representation(None, None, "ObservationalTimePeriod")
        return Representation(None, None, types[0]) if types else None

    def _codelist(self, node: Node, name: SdmxName) -> ItemScheme:
        members = {
            *self.graph.subjects(SKOS.inScheme, node),
            *self.graph.objects(node, SKOS.hasTopConcept),
            *self.graph.subjects(SKOS.topConceptOf, node),
            *self.graph.objects(node, SKOS.member),
        }
        codes = {one: self.names.code(one) for one in sorted(members, key=str)}
        items: dict[str, Item] = {}
        for one, code in codes.items():
            wider = next((codes[two] for two in self.graph.objects(one, SKOS.broader) if two in codes), None)
            items.setdefault(code, Item(code, "Code", self.names.facts(code, one), wider))
        return ItemScheme(
            Maintainable("Codelist", name, self.names.facts(name.id, node)), "Code", tuple(items.values())
        )
