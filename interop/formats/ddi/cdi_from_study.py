"""Variables, value domains, code lists and figures of the hub as nodes of DDI-CDI."""

from rdflib import URIRef

from semstat.interop.formats.ddi.cdi_build import CdiBuilder
from semstat.interop.formats.ddi.cdi_nodes import CdiNode
from semstat.interop.formats.ddi.cdi_study_hub import StudyHub
from semstat.ontology.iri import part_of
from semstat.ontology.terms import SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["StudyWriting"]

_FUNCTIONS = ((SSD.isWeight, "weight"), (SSD.isTemporal, "time"), (SSD.isGeographic, "geography"))
_CONCEPTS = (
    (SSI.Concept, "Concept"),
    (SSI.UnitType, "UnitType"),
    (SSI.Universe, "Universe"),
    (SSI.Population, "Population"),
)
_MEANING = (SSI.takesMeaningFromConcept, SSI.measuresConcept)


class StudyWriting:
    """Writes what the hub says of variables and their values; files and structures are added by others."""

    def __init__(self, hub: StudyHub, builder: CdiBuilder) -> None:
        self.hub = hub
        self.builder = builder

    def variables(self) -> None:
        """Add every concept, conceptual, represented and instance variable, code list, and every figure on categories."""
        for cls, name in _CONCEPTS:
            for iri in self.hub.of(cls):
                self._concept(iri, name)
        self._stated()
        for iri in self.hub.of(SSI.InstanceVariable):
            self.instance(iri)
        for iri in self.hub.of(SSI.CodeList):
            if not self.builder.has(iri):
                self._list(iri)
                self.hub.used -= {(code, SSD.isMissing) for code in self.hub.iris(iri, SSI.containsNode)}
        for iri in self.hub.of(SSD.CategoryStatistic):
            self._figure(iri)

    def _stated(self) -> None:
        """Add the conceptual and represented variables that somebody stated."""
        for iri in self.hub.of(SSI.ConceptualVariable):
            if not self.hub.is_inferred(iri):
                self._meaning(self._variable(iri, "ConceptualVariable"), iri)
        for iri in self.hub.of(SSI.RepresentedVariable):
            if not self.hub.is_inferred(iri):
                node = self._variable(iri, "RepresentedVariable")
                self._values(node, iri)
                self._above(node, iri, SSI.takesMeaningFromConceptualVariable, "ConceptualVariable")

    def instance(self, iri: URIRef) -> CdiNode:
        """Return the node of an instance variable."""
        known = self.builder.has(iri)
        node = self._variable(iri, "InstanceVariable")
        if known:
            return node
        self.builder.entry(node, "hasIntendedDataType", self.hub.text(iri, SSD.storageFormat))
        self.builder.entry(node, "physicalDataType", self.hub.text(iri, SSD.storageType))
        for term, word in _FUNCTIONS:
            if self.hub.flag(iri, term):
                self.builder.entry(node, "variableFunction", word)
        self._values(node, iri)
        self._above(node, iri, SSI.takesMeaningFromRepresentedVariable, "RepresentedVariable")
        for universe in self.hub.iris(iri, SSD.studyUniverse):
            self.builder.link(node, "measures", self._concept(universe, "Universe"))
        return node

    def _made(self, iri: URIRef, cls: str) -> CdiNode:
        return self.builder.node(iri, cls, local=self.hub.text(iri, SS.identifier))

    def _concept(self, iri: URIRef, cls: str) -> CdiNode:
        node = self._made(iri, cls)
        if not node.all("displayLabel"):
            labels, definitions = self.hub.write_labels(iri)
            self.builder.worded(node, "displayLabel", labels)
            self.builder.worded(node, "definition", definitions)
        return node

    def _variable(self, iri: URIRef, cls: str) -> CdiNode:
        if self.builder.has(iri):
            return self.builder.node(iri, cls)
        node = self._made(iri, cls)
        labels, definitions = self.hub.write_labels(iri)
        self.builder.worded(node, "definition", definitions)
        self.builder.worded(node, "displayLabel", labels)
        self.builder.named(node, self.hub.text(iri, SSD.variableName, SS.identifier))
        for unit in self.hub.iris(iri, SSI.measuresUnitType):
            self.builder.link(node, "measures", self._concept(unit, "UnitType"))
        return node

    def _above(self, node: CdiNode, iri: URIRef, link: URIRef, cls: str) -> None:
        """Let a variable use the one above it as its concept; what was inferred is passed over, up to the concepts."""
        for above in self.hub.iris(iri, link):
            if not self.hub.is_inferred(above):
                self.builder.link(node, "uses_Concept", self._variable(above, cls))
            elif cls == "RepresentedVariable":
                self._above(node, above, SSI.takesMeaningFromConceptualVariable, "ConceptualVariable")
            else:
                self._meaning(node, above)

    def _meaning(self, node: CdiNode, iri: URIRef) -> None:
        for concept in self.hub.iris(iri, *_MEANING):
            self.builder.link(node, "uses_Concept", self._concept(concept, "Concept"))

    def _values(self, node: CdiNode, iri: URIRef) -> None:
        for domain in self.hub.iris(iri, SSI.hasSubstantiveValueDomain):
            made = self._domain(domain, "SubstantiveValueDomain")
            if self.hub.flag(iri, SSD.isContinuous):
                described = self.builder.node(part_of(domain, "described"), "ValueAndConceptDescription")
                if not described.all("classificationLevel"):
                    self.builder.text(described, "classificationLevel", "Continuous")
                self.builder.link(made, "isDescribedBy", described)
            self.builder.link(node, "takesSubstantiveValuesFrom_SubstantiveValueDomain", made)
        for domain in self.hub.iris(iri, SSI.hasSentinelValueDomain):
            self.builder.link(node, "takesSentinelValuesFrom", self._domain(domain, "SentinelValueDomain"))

    def _domain(self, iri: URIRef, cls: str) -> CdiNode:
        if self.builder.has(iri):
            return self.builder.node(iri, cls)
        node = self._made(iri, cls)
        for word in dict.fromkeys(map(str, self.hub.literals(iri, SSD.valueType, SSD.representationType))):
            self.builder.entry(node, "recommendedDataType", word)
        for holder in self.hub.iris(iri, SSI.takesValuesFromCodeList, SSI.takesValuesFromStatisticalClassification):
            self.builder.link(node, "takesValuesFrom", self._list(holder))
        ranges = self.hub.iris(iri, SSD.valueRange)
        if ranges:
            described = self.builder.node(part_of(iri, "described"), "ValueAndConceptDescription")
            self.builder.link(node, "isDescribedBy", described)
            self._ranges(described, ranges)
        return node

    def _ranges(self, described: CdiNode, ranges: list[URIRef]) -> None:
        """Say the bounds of a single range; several ranges are alternatives of a logical expression."""
        stated = [self._range(iri) for iri in ranges]
        if len(stated) == 1:
            low, high, has_low, has_high = stated[0]
            self.builder.text(described, f"maximumValue{'Inclusive' if has_high else 'Exclusive'}", high)
            self.builder.text(described, f"minimumValue{'Inclusive' if has_low else 'Exclusive'}", low)
            return
        entry = self.builder.part(described, "logicalExpression", "ControlledVocabularyEntry")
        for low, high, has_low, has_high in stated:
            text = f"value = {low}"
            if low != high:
                lower = f"value {'>=' if has_low else '>'} {low}" if low else ""
                upper = f"value {'<=' if has_high else '<'} {high}" if high else ""
                text = " and ".join(part for part in (lower, upper) if part)
            self.builder.text(entry, "entryValue", text)

    def _range(self, iri: URIRef) -> tuple[str, str, bool, bool]:
        low, high = self.hub.text(iri, SSD.lowValue), self.hub.text(iri, SSD.highValue)
        has_low, has_high = (self.hub.text(iri, term) != "false" for term in (SSD.lowIsIncluded, SSD.highIsIncluded))
        return low, high, has_low, has_high

    def _list(self, iri: URIRef) -> CdiNode:
        if self.builder.has(iri):
            return self.builder.node(iri, "CodeList")
        node = self._made(iri, "CodeList")
        labels, _ = self.hub.write_labels(iri)
        self.builder.named(node, next((str(label) for label in labels), self.hub.text(iri, SS.identifier)))
        codes = self.hub.iris(iri, SSI.containsNode)
        notations = [self.hub.text(code, SKOS.notation) for code in codes]
        self.builder.text(node, "allowsDuplicates", len({*notations}) != len(notations))
        for code, notation in zip(codes, notations, strict=True):
            self.builder.link(node, "has_Code", self._code(code, notation))
        return node

    def _code(self, iri: URIRef, notation: str) -> CdiNode:
        node = self._made(iri, "Code")
        categories = self.hub.iris(iri, SSI.takesMeaningFromCategory) or [part_of(iri, "category")]
        labels, definitions = self.hub.write_labels(iri)
        category = self.builder.node(categories[0], "Category")
        if not category.all("displayLabel"):
            own, own_definitions = self.hub.write_labels(categories[0])
            self.builder.worded(category, "displayLabel", own or labels)
            self.builder.worded(category, "definition", own_definitions or definitions)
        mark = self.builder.node(part_of(iri, "notation"), "Notation")
        if not mark.all("content"):
            self.builder.text(self.builder.part(mark, "content", "TypedString"), "content", notation)
        self.builder.link(mark, "represents", category)
        self.builder.link(node, "denotes", category)
        self.builder.link(node, "uses_Notation", mark)
        self.hub.used.add((iri, SSD.isMissing))  # the domain says it
        return node

    def _figure(self, iri: URIRef) -> None:
        """Write a figure on a category; one that is no number, or about no variable at hand, has no place."""
        value = self.hub.text(iri, SSD.statisticValue)
        variables = [one for one in self.hub.iris(iri, SSD.statisticOf) if self.builder.has(one)]
        if not variables or not _is_number(value):
            self.hub.used -= {(iri, SSD.statisticValue), (iri, SSD.statisticOf)}
            return
        node = self.builder.node(iri, "CategoryStatistic")
        self.hub.said.update((file, SSD.statistic, iri) for file in self.hub.graph.subjects(SSD.statistic, iri))
        self.builder.entry(node, "typeOfCategoryStatistic", self.hub.text(iri, SSD.statisticType))
        figure = self.builder.part(node, "statistic", "Statistic")
        self.builder.text(figure, "content", value)
        if self.hub.flag(iri, SSD.isWeighted):
            self.builder.text(figure, "isWeighted", True)
        for variable in variables:
            self.builder.link(node, "appliesTo", variable)
        for code in self.hub.iris(iri, SSD.statisticCategory):
            for category in self.hub.iris(code, SSI.takesMeaningFromCategory) or [part_of(code, "category")]:
                self.builder.link(node, "for", category)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return "_" not in text and text.strip().lower() not in {"nan", "inf", "-inf", "infinity"}
