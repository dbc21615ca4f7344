"""Dimensional structures, data sets, code lists and concepts of DDI-CDI as artefacts of SDMX."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from semstat.interop.formats.ddi.cdi_lift import sdmx_urns, texts_of
from semstat.interop.formats.ddi.cdi_nodes import CdiNode, CdiNodes
from semstat.interop.formats.ddi.cdi_sdmx_words import ATTACHMENT, GROUP, MEASURE, ROLE, USAGE
from semstat.interop.formats.ddi.cdi_to_sdmx_items import Ids, Schemes
from semstat.interop.formats.sdmx.model import (
    Artefact,
    Attachment,
    Component,
    Dataflow,
    DataStructure,
    Facts,
    Group,
    Item,
    ItemScheme,
    LocalReference,
    Maintainable,
    Reference,
    Representation,
    Text,
)
from semstat.ontology.cdi_model import cdi_model
from semstat.ontology.iri import SdmxName, parse_urn

__all__ = ["sdmx_artefacts"]


_BOUNDS = (("minimumValueInclusive", "minValue"), ("maximumValueInclusive", "maxValue"))
_OWN_SCHEME = "CONCEPTS"


def sdmx_artefacts(nodes: CdiNodes) -> tuple[Artefact, ...]:
    """Return what SDMX can say of a document: code lists, concept schemes, data structures and dataflows.

    What came from SDMX has its names there again; anything else is named by agency, identifier and version, with characters
    that identifiers of SDMX cannot have replaced by ``_``. Concepts of no system are put into a scheme ``CONCEPTS``.

    Source:
        DDI-CDI 1.0, DimensionalDataStructure; SDMX 3.0, Section 2.
    """
    return tuple(_Taking(nodes, Schemes(nodes)).artefacts())


@dataclass(slots=True)
class _Taking:
    nodes: CdiNodes
    schemes: Schemes

    def artefacts(self) -> Iterator[Artefact]:
        """Yield the artefacts, schemes first."""
        schemes = [
            self.schemes.of_concepts(node) for node in self.nodes.of("ConceptSystem") if node.cls != "CategorySet"
        ]
        loose = self._loose()
        yield from (*schemes, *([loose] if loose is not None else []))
        yield from (
            self.schemes.of_codes(node)
            for node in self.nodes.of("CodeList")
            if node.all("has_Code") or node.all("name")
        )
        yield from (self._structure(node) for node in self.nodes.of("DimensionalDataStructure"))
        yield from (self._flow(node) for node in self.nodes.of("DimensionalDataSet"))

    def _loose(self) -> ItemScheme | None:
        """Return a scheme of the concepts that variables of components use and no system holds; those of SDMX have a name."""
        found: dict[str, Item] = {}
        scheme: SdmxName | None = None
        for node in self.nodes.of("DimensionalDataStructure"):
            scheme = scheme or self._own_scheme(node)
            for component in self.nodes.at(node, "has_DataStructureComponent"):
                concept = self._concept(component)
                if concept is None or str(concept.iri) in self.schemes.concepts:
                    continue
                named = next((parse_urn(urn) for _, urn in sdmx_urns(self.nodes, concept)), None)
                identifier = self.schemes.item_id(concept)
                self.schemes.concepts[str(concept.iri)] = named or scheme.of_item("Concept", identifier)
                if named is None:
                    found.setdefault(identifier, Item(identifier, "Concept", self.schemes.facts(concept, identifier)))
        if scheme is None or not found:
            return None
        facts = Facts(_OWN_SCHEME, None, (Text("Concepts", "en"),))
        return ItemScheme(Maintainable("ConceptScheme", scheme, facts), "Concept", tuple(found.values()))

    def _concept(self, component: CdiNode) -> CdiNode | None:
        """Return the concept of a component: that of its variable, which is itself a concept where it uses none."""
        variable = self.nodes.first(component, "isDefinedBy_RepresentedVariable")
        return (self.nodes.first(variable, "uses_Concept") or variable) if variable is not None else None

    def _own_scheme(self, structure: CdiNode) -> SdmxName:
        name = self.schemes.name(structure, "datastructure", "DataStructure")
        return SdmxName("conceptscheme", "ConceptScheme", name.agency, _OWN_SCHEME, name.version)

    def _flow(self, node: CdiNode) -> Dataflow:
        name = self.schemes.name(node, "datastructure", "Dataflow")
        structure = self.nodes.first(node, "isStructuredBy")
        details = self.nodes.first(node, "catalogDetails")
        names = self.schemes.texts(details, "title") if details is not None else ()
        texts = self.schemes.texts(details, "summary") if details is not None else ()
        head = Maintainable("Dataflow", name, Facts(name.id, None, names or self.schemes.texts(node, "name"), texts))
        target = self.schemes.name(structure, "datastructure", "DataStructure") if structure is not None else None
        return Dataflow(head, Reference(target, None) if target is not None else None)

    def _structure(self, node: CdiNode) -> DataStructure:
        name = self.schemes.name(node, "datastructure", "DataStructure")
        places = {
            target: int(position.text("value") or 0)
            for position in self.nodes.at(node, "has_ComponentPosition")
            for target in position.links("indexes")
            if position.text("value").isdigit()
        }
        held = list(self.nodes.at(node, "has_DataStructureComponent"))
        held.sort(key=lambda item: places.get(item.iri, len(held)))
        own = {item.iri: self._component_id(item) for item in held}
        parts = {role: [item for item in held if cdi_model().is_a(item.cls, cls)] for role, cls in _ROLES.items()}
        groups = tuple(self._group(group, own) for group in self.nodes.at(node, "uses_DimensionGroup"))
        return DataStructure(
            Maintainable("DataStructure", name, Facts(name.id, None)),
            tuple(sorted((self._component(item, own, node) for item in parts["dimension"]), key=_is_time)),
            tuple(self._component(item, own, node) for item in parts["attribute"]),
            tuple(self._component(item, own, node) for item in parts["measure"]),
            groups,
        )

    def _group(self, node: CdiNode, own: Ids) -> Group:
        identifier = str(next(iter(texts_of(self.nodes, node, "name")), "")) or self.schemes.item_id(node)
        members = [own[iri] for iri in node.links("has_DimensionComponent") if iri in own]
        return Group(Facts(identifier, None), tuple(LocalReference(one, None) for one in members))

    def _component_id(self, node: CdiNode) -> str:
        for _, urn in sdmx_urns(self.nodes, node):
            parsed = parse_urn(urn)
            if parsed is not None and parsed.item is not None:
                return parsed.item
        variable = self.nodes.first(node, "isDefinedBy_RepresentedVariable")
        return self.schemes.item_id(variable if variable is not None else node)

    def _component(self, node: CdiNode, own: Ids, structure: CdiNode) -> Component:
        variable = self.nodes.first(node, "isDefinedBy_RepresentedVariable")
        concept = self._concept(node)
        named = self.schemes.concepts.get(str(concept.iri)) if concept is not None else None
        roles = (parse_urn(word) for word in self._semantic(node, ROLE))
        usage = next(iter(self._semantic(node, USAGE)), None)
        cls = self._class(node)
        attachment, measures = self._attached(node, own, structure) if cls in _ATTRIBUTES else (None, ())
        return Component(
            cls,
            Facts(own[node.iri], None),
            Reference(named, None) if named is not None else None,
            tuple(Reference(role, None) for role in roles if role is not None),
            self._representation(node, variable),
            usage,
            attachment,
            measures,
        )

    def _class(self, node: CdiNode) -> str:
        for _, urn in sdmx_urns(self.nodes, node):
            parsed = parse_urn(urn)
            if parsed is not None and parsed.item is not None:
                return parsed.cls
        if cdi_model().is_a(node.cls, "AttributeComponent"):
            return "DataAttribute"
        if cdi_model().is_a(node.cls, "MeasureComponent"):
            return "Measure"
        is_time = any(part.cls == "TimeRole" for part in self.nodes.at(node, "specialization"))
        return "TimeDimension" if is_time else "Dimension"

    def _semantic(self, node: CdiNode, vocabulary: str) -> Sequence[str]:
        return [
            str(word)
            for pair in self.nodes.at(node, "semantic")
            for term in self.nodes.at(pair, "term")
            if term.text("name") == vocabulary
            for word in term.all("entryValue")
        ]

    def _attached(
        self,
        node: CdiNode,
        own: Ids,
        structure: CdiNode,
    ) -> tuple[Attachment, tuple[LocalReference, ...]]:
        targets = [self.nodes.nodes[iri] for iri in node.links("qualifies") if iri in self.nodes.nodes]
        measures = tuple(LocalReference(own[one.iri], None) for one in targets if _is_measure(one) and one.iri in own)
        dimensions = tuple(
            LocalReference(own[one.iri], None) for one in targets if not _is_measure(one) and one.iri in own
        )
        groups = tuple(LocalReference(word, None) for word in self._semantic(node, GROUP))
        level = next(iter(self._semantic(node, ATTACHMENT)), None)
        if level is None:
            level = "dataset" if structure in targets else "series" if dimensions else "observation"
        stated = tuple(LocalReference(word, None) for word in self._semantic(node, MEASURE))
        every = [one.iri for one in self.nodes.at(structure, "has_DataStructureComponent") if _is_measure(one)]
        measures = stated or (() if len(measures) == len(every) else measures)
        return Attachment(level, () if groups else dimensions, groups), measures

    def _representation(self, node: CdiNode, variable: CdiNode | None) -> Representation | None:
        domain = self.nodes.first(variable, "takesSubstantiveValuesFrom_SubstantiveValueDomain") if variable else None
        domain = domain or self.nodes.first(node, "isStructuredBy")
        if domain is None:
            return None
        holder = self.nodes.first(domain, "takesValuesFrom")
        described = self.nodes.first(domain, "isDescribedBy")
        types = [str(text) for text in texts_of(self.nodes, domain, "recommendedDataType")]
        holder = holder or self.nodes.first(domain, "takesConceptsFrom", "takesConceptsFrom")
        enumeration = Reference(self.schemes.name(holder, "codelist", "Codelist"), None) if holder is not None else None
        facets = tuple(self._facets(described)) if described is not None else ()
        return Representation(None, enumeration, types[0] if types else None, facets)

    def _facets(self, node: CdiNode) -> Iterator[tuple[str, str]]:
        for term, facet in _BOUNDS:
            if node.text(term):
                yield facet, node.text(term)
        yield from (("pattern", str(text)) for text in texts_of(self.nodes, node, "regularExpression"))
        for text in texts_of(self.nodes, node, "logicalExpression"):
            word, equals, value = str(text).partition("=")
            if equals:
                yield word, value


_ROLES = {"dimension": "DimensionComponent", "attribute": "AttributeComponent", "measure": "MeasureComponent"}
_ATTRIBUTES = frozenset({"DataAttribute", "ReportingYearStartDay"})


def _is_measure(node: CdiNode) -> bool:
    return cdi_model().is_a(node.cls, "MeasureComponent")


def _is_time(item: Component) -> bool:
    return item.cls == "TimeDimension"
