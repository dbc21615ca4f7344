"""Reading the structures of RDF Data Cubes as those of SDMX: definitions, components, concepts and code lists, datasets.

Where no structure is defined, concept schemes are read by themselves, as code lists.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib import Graph, URIRef
from rdflib.term import Node

from semstat.interop.document import Document
from semstat.interop.formats.cube_attachments import attached, groups_of, slice_keys
from semstat.interop.formats.cube_names import SCHEMES, CubeNames, text_type_of
from semstat.interop.formats.sdmx.model import (
    Artefact,
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
from semstat.interop.formats.skos_schemes import Schemes, listed, named, unread
from semstat.ontology.iri import SdmxName, name_of
from semstat.ontology.literals import exact_literals
from semstat.ontology.sdmx_rdf import SdmxDimension
from semstat.ontology.terms import QB, RDF, RDFS, SS, SST
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

__all__ = ["cube_artefacts", "read_cube"]

_LINKS = ((QB.dimension, "Dimension"), (QB.measure, "Measure"), (QB.attribute, "DataAttribute"))
_KINDS = {
    QB.DimensionProperty: "Dimension",
    QB.MeasureProperty: "Measure",
    QB.AttributeProperty: "DataAttribute",
}
_OF_SDMX = frozenset({*_KINDS.values(), "TimeDimension", "MeasureDimension", "PrimaryMeasure", "ReportingYearStartDay"})
_TIMES = (SdmxDimension.timePeriod, SdmxDimension.refPeriod)
_TIME = "TIME_PERIOD"
_OWN_SCHEME = "CONCEPTS"
_OURS = ((None, SST.component, None), (None, SS.maintainer, None))
"""What only a hub graph states."""


def read_cube(data: bytes, syntax: str, *, origin: str) -> Document:
    """Read the structures in an RDF document; its observations are not read here.

    A hub graph, as semstat writes it in Turtle, states its structures as data structure definitions too: it is taken as it is.

    Findings:
        ``IO101`` (not well-formed), ``IO114`` (observations and slices, which are left; attachments and slice keys that SDMX
        has no words for; beside concept schemes that no structure uses, what lists of SDMX have no place for).

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
    with exact_literals():
        graph.parse(data=b"".join(f"{quad.triple} .\n".encode() for quad in store), format="nt")
    if any(statement in graph for statement in _OURS):
        return Document(graph, {}, (), origin, syntax)
    taking = _Taking(graph, CubeNames(graph))
    artefacts = tuple(taking.artefacts())
    if (None, RDF.type, QB.DataStructureDefinition) not in graph:
        taking.note_rest()
    notes = (
        finding("IO114", said, Location(origin, focus=focus or None), value=value)
        for said, value, focus in taking.notes
    )
    return lift_messages([Message(origin, "rdf-cube", artefacts, (*_left(graph, origin), *notes))])


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
    period of SDMX is the time dimension. A ``qb:measureType`` dimension says nothing that several measures do not. Slice keys
    are groups; what attributes are attached to is as :func:`attached` says.

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
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    """What is not read as it is stated: a sentence, the value, and the structure."""

    def artefacts(self) -> Iterator[Artefact]:
        found = sorted(set(self.graph.subjects(RDF.type, QB.DataStructureDefinition)), key=str)
        every = listed(self.graph, self.names)
        self.lists |= {node: name for node, name in every.items() if not found or named(node)}
        structures = [self._structure(node) for node in found]
        whole = {name for name in self.lists.values() if name.cls == "ConceptScheme"}
        for scheme, items in self.concepts.items():
            if scheme not in whole:
                flags = () if scheme.id == _OWN_SCHEME else (("isPartial", True),)
                head = Maintainable("ConceptScheme", scheme, Facts(scheme.id, None, (Text("Concepts", "en"),)), flags)
                yield ItemScheme(head, "Concept", tuple(items.values()))
        schemes = Schemes(self.graph, self.names, lambda *said: self.notes.append(said))
        for node, name in self.lists.items():
            yield schemes.read(node, name, as_ids=not found)
        yield from structures
        for node in sorted(set(self.graph.subjects(RDF.type, QB.DataSet)), key=str):
            target = self._first(node, QB.structure)
            if target is not None:
                yield self._flow(node, target)

    def note_rest(self) -> None:
        """Note what stands beside concept schemes that are read by themselves."""
        schemes = Schemes(self.graph, self.names, lambda *said: None)
        read = {one for node in self.lists for one in (node, *schemes.members(node))}
        self.notes[:0] = unread(self.graph, read)

    def _flow(self, node: Node, target: Node) -> Dataflow:
        name = self.names.of(node, "datastructure", "Dataflow")
        structure = self.names.of(target, "datastructure", "DataStructure")
        return Dataflow(
            Maintainable("Dataflow", name, self.names.facts(name.id, node, target)), Reference(structure, None)
        )

    def _structure(self, node: Node) -> DataStructure:
        name = self.names.of(node, "datastructure", "DataStructure")
        parts = sorted(self.graph.objects(node, QB.component), key=self._place)
        made = [(part, self._property(part)[0], item) for part in parts if (item := self._component(part, name))]
        made.sort(key=lambda one: one[2].cls == "TimeDimension")
        every = [item for _, _, item in made]

        def note(said: str, value: str) -> None:
            self.notes.append((said, value, str(name.iri)))

        keys = slice_keys(self.graph, node, {one: item for _, one, item in made}, self.names.word, note)
        attributes = (
            attached(set(self.graph.objects(part, QB.componentAttachment)), item, every, keys, note)
            for part, _, item in made
            if not item.cls.endswith(("Dimension", "Measure"))
        )
        return DataStructure(
            Maintainable("DataStructure", name, self.names.facts(name.id, node)),
            tuple(item for item in every if item.cls.endswith("Dimension")),
            tuple(attributes),
            tuple(item for item in every if item.cls.endswith("Measure")),
            groups_of(keys),
        )

    def _first(self, node: Node, predicate: URIRef) -> Node | None:
        """Return a value of a property, of several the first, so that a faulty cube is read alike each time."""
        return min(self.graph.objects(node, predicate), key=str, default=None)

    def _place(self, part: Node) -> tuple[int, str]:
        stated = str(self._first(part, QB.order) or "")
        return (int(stated) if stated.isdigit() else 1 << 30, str(self._property(part)[0]))

    def _property(self, part: Node) -> tuple[Node | None, str]:
        for link, cls in _LINKS:
            found = self._first(part, link)
            if found is not None:
                return found, cls
        found = self._first(part, QB.componentProperty)
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
        if known is not None and known.item and known.cls in _OF_SDMX:
            cls, identifier = known.cls, known.item
        else:
            cls, identifier = ("TimeDimension", _TIME) if is_time else (cls, self.names.word(node))
        required = str(self._first(part, QB.componentRequired) or "") == "true"
        return Component(
            cls,
            Facts(identifier, None),
            Reference(self._concept(node, identifier, structure), None),
            (),
            self._values(node, is_time=cls == "TimeDimension"),
            None if cls.endswith(("Dimension", "Measure")) else "mandatory" if required else "optional",
        )

    def _concept(self, node: Node, identifier: str, structure: SdmxName) -> SdmxName:
        concept = self._first(node, QB.concept)
        known = name_of(str(concept)) if concept is not None else None
        scheme = SdmxName("conceptscheme", "ConceptScheme", structure.agency, _OWN_SCHEME, structure.version)
        word = identifier
        if known is not None and known.item:
            scheme, word = SdmxName(known.package, "ConceptScheme", known.agency, known.id, known.version), known.item
        facts = self.names.facts(word, *(one for one in (concept, node) if one))
        if scheme.id == _OWN_SCHEME or facts.names:
            self.concepts.setdefault(scheme, {}).setdefault(word, Item(word, "Concept", facts))
        return scheme.of_item("Concept", word)

    def _values(self, node: Node, *, is_time: bool) -> Representation | None:
        holder = self._first(node, QB.codeList)
        if holder is None:
            found = text_type_of(sorted(self.graph.objects(node, RDFS.range), key=str), is_time=is_time)
            return Representation(None, None, found) if found is not None else None
        known = name_of(str(holder))
        if known is None or known.item is not None or known.cls not in SCHEMES:
            known = self.lists.setdefault(holder, self.names.of(holder, "codelist", "Codelist"))
        return Representation(None, Reference(known, None))
