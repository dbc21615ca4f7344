"""Data structures, dataflows and provision agreements as elements of SDMX-ML."""

from collections.abc import Iterator, Mapping

from semstat.interop.formats.sdmx.model import (
    Attachment,
    Component,
    Dataflow,
    DataStructure,
    Facts,
    Group,
    ProvisionAgreement,
)
from semstat.interop.formats.sdmx.model_structures import MetadataAttributeUsage
from semstat.interop.formats.sdmx.serialise_facts import annotation_elements, fact_elements, head_attributes
from semstat.interop.formats.sdmx.serialise_raw import Raw, assembled
from semstat.interop.formats.sdmx.serialise_references import local, reference
from semstat.interop.formats.sdmx.serialise_representations import representation_element
from semstat.interop.formats.sdmx.target import Writing
from semstat.interop.formats.sdmx.xml_text import Element

__all__ = ["agreement_element", "dataflow_element", "structure_element"]

_ELEMENTS = {"DataAttribute": "Attribute"}
_ORDER = (
    "ConceptIdentity",
    "LocalRepresentation",
    "ConceptRole",
    "AttributeRelationship",
    "MeasureRelationship",
)
_STATUS = {"mandatory": "Mandatory", "optional": "Conditional"}


def structure_element(structure: DataStructure, writing: Writing) -> Element:
    """Return a data structure; without dimensions, its identity alone."""
    head = structure.head
    raw = Raw.of(writing, "DataStructure", head.facts.unread)
    children = list(fact_elements(head.facts, writing))
    if structure.dimensions:
        children.append(Element("str:DataStructureComponents", children=tuple(_lists(structure, writing))))
    if structure.metadata is not None:
        children.append(reference("str:Metadata", structure.metadata.name, writing))
    evolving = None if structure.is_evolving is None else "true" if structure.is_evolving else "false"
    attributes = (*head_attributes(head, writing), ("evolvingStructure", evolving), *raw.attributes)
    return assembled("str:DataStructure", attributes, (*children, *raw.elements))


def _lists(structure: DataStructure, writing: Writing) -> Iterator[Element]:
    facts = {part.cls: part.facts for part in structure.lists}
    dimensions = tuple(
        _component(part, writing, position=number) for number, part in enumerate(structure.dimensions, start=1)
    )
    yield _list("DimensionList", "DimensionDescriptor", dimensions, facts, writing)
    for group in structure.groups:
        yield from _group(group, writing)
    attributes = tuple(_component(part, writing) for part in structure.attributes)
    attributes += tuple(_usage(usage, writing) for usage in structure.metadata_usages)
    if attributes:
        yield _list("AttributeList", "AttributeDescriptor", attributes, facts, writing)
    measures = tuple(_component(part, writing) for part in structure.measures)
    if measures:
        yield _list("MeasureList", "MeasureDescriptor", measures, facts, writing)


def _list(
    name: str, identifier: str, parts: tuple[Element, ...], facts: Mapping[str, Facts], writing: Writing
) -> Element:
    said = facts.get(identifier)
    own = tuple(fact_elements(said, writing, identifier)) if said is not None else ()
    return assembled(f"str:{name}", (("id", identifier), ("uri", said.uri if said else None)), (*own, *parts))


def _usage(usage: MetadataAttributeUsage, writing: Writing) -> Element:
    for kept in usage.unread:
        writing.lose_raw(kept, usage.attribute)
    related = tuple(_relationship(usage.attachment, writing))
    children = (
        *annotation_elements(usage.annotations, writing, usage.attribute),
        Element("str:MetadataAttributeReference", text=usage.attribute),
        Element("str:AttributeRelationship", children=related),
    )
    return Element("str:MetadataAttributeUsage", children=children)


def _group(group: Group, writing: Writing) -> Iterator[Element]:
    part = group.facts.id
    raw = Raw.of(writing, "Group", group.facts.unread, part=part)
    members = tuple(
        Element("str:GroupDimension", children=(local("str:DimensionReference", target.id, writing),))
        for target in group.dimensions
    )
    if group.constraint is not None and not members:
        members = (reference("str:AttachmentConstraint", group.constraint.name, writing),)
    if not members:
        writing.entry.lose("IO212", f"the group `{part}` has no dimension and cannot be written", part=part)
        return
    children = (*fact_elements(group.facts, writing, part), *members, *raw.elements)
    yield assembled("str:Group", (("id", part), ("uri", group.facts.uri), *raw.attributes), children)


def _component(component: Component, writing: Writing, *, position: int | None = None) -> Element:
    part, legacy = component.facts.id, writing.dialect.legacy
    name = _ELEMENTS.get(component.cls, component.cls)
    raw = Raw.of(writing, name, component.facts.unread, part=part)
    attributes: list[tuple[str, str | None]] = [("id", part), ("uri", component.facts.uri)]
    if position is not None and (legacy or component.cls != "TimeDimension"):
        attributes.append(("position", component.stated_position or str(position)))
    if component.usage is not None:
        attributes.append(("assignmentStatus", _STATUS[component.usage]) if legacy else ("usage", component.usage))
    children = list(fact_elements(component.facts, writing, part))
    if component.concept is not None:
        children.append(reference("str:ConceptIdentity", component.concept.name, writing))
    children += [reference("str:ConceptRole", role.name, writing) for role in component.roles]
    if component.representation is not None:
        children.append(representation_element("str:LocalRepresentation", component.representation, writing, part))
    if component.attachment is not None:
        related = tuple(_relationship(component.attachment, writing))
        children.append(Element("str:AttributeRelationship", children=related))
    if component.measures:
        qualified = tuple(Element("str:Measure", text=measure.id) for measure in component.measures)
        children.append(Element("str:MeasureRelationship", children=qualified))
    return assembled(f"str:{name}", (*attributes, *raw.attributes), (*children, *raw.elements), _ORDER)


def _relationship(attachment: Attachment, writing: Writing) -> Iterator[Element]:
    legacy = writing.dialect.legacy
    if attachment.level == "group":
        yield from (local("str:Group", group.id, writing) for group in attachment.groups)
    elif attachment.level == "series":
        for target in attachment.components:
            element = local("str:Dimension", target.id, writing)
            optional = (("optional", "true"),) if target.id in attachment.optional else ()
            yield Element(element.name, optional, element.text, element.children)
        yield from (local("str:AttachmentGroup", group.id, writing) for group in attachment.groups)
    elif attachment.level == "observation":
        yield local("str:PrimaryMeasure", "OBS_VALUE", writing) if legacy else Element("str:Observation")
    else:
        yield Element("str:None" if legacy else "str:Dataflow")


def dataflow_element(dataflow: Dataflow, writing: Writing) -> Element:
    """Return a dataflow."""
    head = dataflow.head
    raw = Raw.of(writing, "Dataflow", head.facts.unread)
    children = list(fact_elements(head.facts, writing))
    if dataflow.structure is not None:
        children.append(reference("str:Structure", dataflow.structure.name, writing))
    if dataflow.dimension_constraint:
        named = tuple(Element("str:Dimension", text=identifier) for identifier in dataflow.dimension_constraint)
        children.append(Element("str:DimensionConstraint", children=named))
    attributes = (*head_attributes(head, writing), *raw.attributes)
    return assembled("str:Dataflow", attributes, (*children, *raw.elements), ("Structure", "DimensionConstraint"))


def agreement_element(agreement: ProvisionAgreement, writing: Writing) -> Element:
    """Return a provision agreement."""
    head = agreement.head
    raw = Raw.of(writing, "ProvisionAgreement", head.facts.unread)
    children = list(fact_elements(head.facts, writing))
    usage = "str:StructureUsage" if writing.dialect.legacy else "str:Dataflow"
    if agreement.dataflow is not None:
        children.append(reference(usage, agreement.dataflow.name, writing))
    if agreement.provider is not None:
        children.append(reference("str:DataProvider", agreement.provider.name, writing))
    attributes = (*head_attributes(head, writing), *raw.attributes)
    return assembled("str:ProvisionAgreement", attributes, (*children, *raw.elements))
