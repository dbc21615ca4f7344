"""Data structures, dataflows and provision agreements as triples."""

from collections.abc import Collection, Mapping

from rdflib import Literal, URIRef

from semstat.interop.formats.sdmx.index import Index
from semstat.interop.formats.sdmx.lift import Triples, flag, kept, lift_annotations, lift_facts, lift_head, position
from semstat.interop.formats.sdmx.lift_representations import lift_representation
from semstat.interop.formats.sdmx.model import (
    Attachment,
    Component,
    Dataflow,
    DataStructure,
    LocalReference,
    ProvisionAgreement,
    Reference,
    Representation,
)
from semstat.interop.formats.sdmx.model_structures import MetadataAttributeUsage
from semstat.ontology.iri import part_of
from semstat.ontology.terms import QB, RDF, SS, SST
from semstat.validators.diagnostics import Location
from semstat.validators.rules import finding

__all__ = ["lift_data_structure", "lift_dataflow", "lift_provision_agreement"]

_TYPES: Mapping[str, tuple[URIRef, URIRef]] = {
    "Dimension": (SST.Dimension, QB.DimensionProperty),
    "TimeDimension": (SST.TimeDimension, QB.DimensionProperty),
    "MeasureDimension": (SST.MeasureDimension, QB.DimensionProperty),
    "DataAttribute": (SST.Attribute, QB.AttributeProperty),
    "ReportingYearStartDay": (SST.Attribute, QB.AttributeProperty),
    "PrimaryMeasure": (SST.Measure, QB.MeasureProperty),
    "Measure": (SST.Measure, QB.MeasureProperty),
}
_TIME = "ObservationalTimePeriod"


def lift_data_structure(structure: DataStructure, index: Index, origin: str) -> Triples:
    """Yield a data structure, its components and its groups.

    Findings:
        ``DSD004`` when a group or an attribute relationship names a component or group that the structure lacks.

    Source:
        SDMX 3.0, Section 2 (Information Model), 5.3 *Data Structure Definition*.
    """
    name = structure.head.name
    iri = name.iri
    yield from lift_head(structure.head, (SST.DataStructure, QB.DataStructureDefinition))
    scope = _Scope(structure, index, origin)
    for components in (structure.dimensions, structure.attributes, structure.measures):
        for number, component in enumerate(components, start=1):
            yield iri, SST.component, scope.components[component.facts.id]
            yield from _component(scope, component, number)
    for number, group in enumerate(structure.groups, start=1):
        node = scope.groups[group.facts.id]
        yield iri, SST.group, node
        yield node, SS.position, position(number)
        yield node, RDF.type, SST.GroupDimensionDescriptor
        urn = name.of_item("GroupDimensionDescriptor", group.facts.id).urn
        yield from lift_facts(node, group.facts, urn, Literal(group.facts.id))
        for target in scope.dimensions(group.dimensions, f"the group `{group.facts.id}`"):
            yield node, SST.groupDimension, target
        if group.constraint is not None:
            yield from index.refer(node, SST.attachmentConstraint, group.constraint, origin)
    yield from _whole(structure, scope)


def _whole(structure: DataStructure, scope: "_Scope") -> Triples:
    """Yield what the structure says beside its components and groups."""
    name, iri = structure.head.name, structure.head.name.iri
    if structure.is_evolving is not None:
        yield iri, SST.isEvolving, flag(structure.is_evolving)
    if structure.metadata is not None:
        yield from scope.index.refer(iri, SST.metadataStructure, structure.metadata, scope.origin)
    for part in structure.lists:
        named = name.of_item(part.cls, part.facts.id)
        yield iri, SST.componentList, named.iri
        yield named.iri, RDF.type, SST.ComponentList
        yield from lift_facts(named.iri, part.facts, named.urn, Literal(part.facts.id))
    for number, usage in enumerate(structure.metadata_usages, start=1):
        node = part_of(iri, "metadata-usage", number)
        yield iri, SST.metadataAttributeUsage, node
        yield node, RDF.type, SST.MetadataAttributeUsage
        yield node, SS.position, position(number)
        yield from _metadata_usage(node, usage, structure.metadata, scope)


def _metadata_usage(
    node: URIRef, usage: MetadataAttributeUsage, metadata: Reference | None, scope: "_Scope"
) -> Triples:
    yield node, SST.metadataAttribute, Literal(usage.attribute)
    if metadata is not None:
        target = Reference(metadata.name.of_item("MetadataAttribute", usage.attribute), usage.line)
        yield node, SST.usesMetadataAttribute, scope.index.resolve(target, scope.origin)
    yield from _attached(scope, usage.attachment, f"the use of the metadata attribute `{usage.attribute}`", node)
    yield from lift_annotations(node, usage.annotations)
    yield from kept(node, usage.unread)


class _Scope:
    """What the ids within one data structure mean; notes those that mean nothing."""

    def __init__(self, structure: DataStructure, index: Index, origin: str) -> None:
        self.name, self.index, self.origin = structure.head.name, index, origin
        every = (*structure.dimensions, *structure.attributes, *structure.measures)
        self.components = {part.facts.id: self.name.of_item(part.cls, part.facts.id).iri for part in every}
        self._dimensions = {part.facts.id for part in structure.dimensions}
        self._measures = {part.facts.id for part in structure.measures}
        self.groups = {
            group.facts.id: self.name.of_item("GroupDimensionDescriptor", group.facts.id).iri
            for group in structure.groups
        }
        self._members = {group.facts.id: group.dimensions for group in structure.groups}

    def dimensions(self, references: tuple[LocalReference, ...], who: str) -> list[URIRef]:
        """The dimensions referred to."""
        return self._known(references, who, "dimension", self._dimensions, self.components)

    def measures(self, references: tuple[LocalReference, ...], who: str) -> list[URIRef]:
        """The measures referred to."""
        return self._known(references, who, "measure", self._measures, self.components)

    def group_nodes(self, references: tuple[LocalReference, ...], who: str) -> list[URIRef]:
        """The groups referred to."""
        return self._known(references, who, "group", self.groups.keys(), self.groups)

    def dimensions_of(self, references: tuple[LocalReference, ...]) -> list[URIRef]:
        """The dimensions of the groups referred to, as far as they are known."""
        ids = (part.id for reference in references for part in self._members.get(reference.id, ()))
        return [self.components[identifier] for identifier in ids if identifier in self._dimensions]

    def _known(
        self,
        references: tuple[LocalReference, ...],
        who: str,
        kind: str,
        ids: Collection[str],
        nodes: Mapping[str, URIRef],
    ) -> list[URIRef]:
        found = []
        for reference in references:
            if reference.id in ids:
                found.append(nodes[reference.id])
                continue
            message = f"{who} of `{self.name.short}` refers to the {kind} `{reference.id}`, which the structure lacks"
            where = Location(self.origin, reference.line, focus=str(self.name.iri))
            self.index.diagnostics.append(finding("DSD004", message, where, value=reference.id))
        return found


def _component(scope: _Scope, component: Component, number: int) -> Triples:
    iri = scope.components[component.facts.id]
    own, aligned = _TYPES[component.cls]
    for cls in (own, SST.Component, aligned):
        yield iri, RDF.type, cls
    urn = scope.name.of_item(component.cls, component.facts.id).urn
    yield from lift_facts(iri, component.facts, urn, Literal(component.facts.id))
    yield iri, SS.position, position(number)
    if component.concept is not None:
        yield from scope.index.refer(iri, SST.conceptIdentity, component.concept, scope.origin)
    for role in component.roles:
        yield from scope.index.refer(iri, SST.conceptRole, role, scope.origin)
    if component.stated_position is not None:
        yield iri, SST.statedPosition, Literal(component.stated_position)
    yield from _old(component, iri)
    if component.usage is not None:
        yield iri, SST.usage, Literal(component.usage)
    yield from _representation(scope, component, iri)
    yield from _attachment(scope, component, iri)


def _old(component: Component, iri: URIRef) -> Triples:
    """Yield what only 2.0 says of a component."""
    for name in component.flags:
        yield iri, SST.roleFlag, Literal(name)
    for level, attached in component.cross_sectional:
        yield iri, SST.crossSectionalLevel if attached else SST.notAtCrossSectionalLevel, Literal(level)
    if component.measure_code is not None:
        dimension, code = component.measure_code
        yield iri, SST.measureDimension, Literal(dimension)
        yield iri, SST.measureCode, Literal(code)


def _representation(scope: _Scope, component: Component, iri: URIRef) -> Triples:
    is_time = component.cls == "TimeDimension"
    representation = component.representation
    if representation is None and component.concept is not None:
        representation = _core(scope.index, component.concept)
        if representation is not None:
            core = part_of(scope.index.target(component.concept.name).iri, "representation")
            yield part_of(iri, "representation"), SST.takenFrom, core
    if representation is None and is_time:
        representation = Representation(component.facts.line)
    if representation is None:
        return
    node = part_of(iri, "representation")
    yield iri, SST.representation, node
    default = _TIME if is_time else "String"
    yield from lift_representation(node, representation, scope.index, scope.origin, default=default)


def _core(index: Index, concept: Reference) -> Representation | None:
    """Return the core representation of a component's concept, which holds where there is no local one."""
    item = index.item(index.target(concept.name))
    return item.representation if item is not None else None


def _attachment(scope: _Scope, component: Component, iri: URIRef) -> Triples:
    who = f"the component `{component.facts.id}`"
    for measure in scope.measures(component.measures, who):
        yield iri, SST.measureRelationship, measure
    if component.attachment is not None:
        yield from _attached(scope, component.attachment, who, iri)


def _attached(scope: _Scope, attachment: Attachment, who: str, iri: URIRef) -> Triples:
    if attachment.level is not None:
        yield iri, SST.attachmentLevel, Literal(attachment.level)
    stated = scope.dimensions(attachment.components, who)
    for group in scope.group_nodes(attachment.groups, who):
        yield iri, SST.attachedToGroup, group
    for dimension in dict.fromkeys((*stated, *scope.dimensions_of(attachment.groups))):
        yield iri, SST.attachedToComponent, dimension
    for identifier in attachment.optional:
        if identifier in scope.components:
            yield iri, SST.optionallyAttachedTo, scope.components[identifier]


def lift_dataflow(dataflow: Dataflow, index: Index, origin: str) -> Triples:
    """Yield a dataflow and the structure of its data."""
    yield from lift_head(dataflow.head, (SST.Dataflow,))
    if dataflow.structure is not None:
        yield from index.refer(dataflow.head.name.iri, SST.structure, dataflow.structure, origin)
    for category in dataflow.categories:
        yield dataflow.head.name.iri, SST.inCategory, index.resolve(category, origin)
    for dimension in dataflow.dimension_constraint:
        yield dataflow.head.name.iri, SST.constrainsDimension, Literal(dimension)


def lift_provision_agreement(agreement: ProvisionAgreement, index: Index, origin: str) -> Triples:
    """Yield a provision agreement, its dataflow and its data provider.

    Findings:
        ``DSD001`` when a complete agreement names no dataflow.
    """
    head = agreement.head
    yield from lift_head(head, (SST.ProvisionAgreement,))
    if agreement.dataflow is not None:
        yield from index.refer(head.name.iri, SST.dataflow, agreement.dataflow, origin)
    elif not head.is_stub:
        where = Location(origin, head.facts.line, focus=str(head.name.iri))
        message = f"the ProvisionAgreement `{head.name.short}` names no dataflow"
        index.diagnostics.append(finding("DSD001", message, where))
    if agreement.provider is not None:
        yield from index.refer(head.name.iri, SST.dataProvider, agreement.provider, origin)
