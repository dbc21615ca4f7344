"""Data structures, dataflows and provision agreements as elements of SDMX-ML."""

from collections.abc import Iterator, Sequence

from semstat.interop.formats.sdmx.fragments import fragment
from semstat.interop.formats.sdmx.model import (
    Attachment,
    Component,
    Dataflow,
    DataStructure,
    Facts,
    Group,
    ProvisionAgreement,
)
from semstat.interop.formats.sdmx.serialise_facts import fact_elements, head_attributes
from semstat.interop.formats.sdmx.serialise_raw import Raw, assembled
from semstat.interop.formats.sdmx.serialise_references import local, reference
from semstat.interop.formats.sdmx.serialise_representations import representation_element
from semstat.interop.formats.sdmx.target import Writing
from semstat.interop.formats.sdmx.xml_text import Element

__all__ = ["agreement_element", "dataflow_element", "structure_element"]

_HEAD = ("isPartialLanguage", "uri")
_ELEMENTS = {"DataAttribute": "Attribute"}
_ORDER = (
    "ConceptIdentity",
    "LocalRepresentation",
    "ConceptRole",
    "AttributeRelationship",
    "MeasureRelationship",
)
_STATUS = {"mandatory": "Mandatory", "optional": "Conditional"}
_OPTIONAL = ("Dimension", "Group", "AttachmentGroup")


def structure_element(structure: DataStructure, writing: Writing) -> Element:
    """Return a data structure; without dimensions, its identity alone."""
    head = structure.head
    slots = ("Link", "Metadata", "MetadataAttributeUsage")
    raw = Raw.of(writing, "DataStructure", head.facts.unread, slots=slots, attributes=(*_HEAD, "evolvingStructure"))
    usages = [element for element in raw.elements if element.local == "MetadataAttributeUsage"]
    others = [element for element in raw.elements if element.local != "MetadataAttributeUsage"]
    children = list(fact_elements(head.facts, writing))
    if structure.dimensions:
        parts = tuple(_lists(structure, usages, writing))
        children.append(Element("str:DataStructureComponents", children=parts))
    return assembled(
        "str:DataStructure",
        (*head_attributes(head, writing), *raw.attributes),
        (*children, *others),
        ("DataStructureComponents", "Metadata"),
    )


def _lists(structure: DataStructure, usages: Sequence[Element], writing: Writing) -> Iterator[Element]:
    dimensions = tuple(
        _component(part, writing, position=number) for number, part in enumerate(structure.dimensions, start=1)
    )
    yield Element("str:DimensionList", (("id", "DimensionDescriptor"),), children=dimensions)
    for group in structure.groups:
        yield from _group(group, writing)
    attributes = (*(_component(part, writing) for part in structure.attributes), *usages)
    if attributes:
        yield Element("str:AttributeList", (("id", "AttributeDescriptor"),), children=attributes)
    measures = tuple(_component(part, writing) for part in structure.measures)
    if measures:
        yield Element("str:MeasureList", (("id", "MeasureDescriptor"),), children=measures)


def _group(group: Group, writing: Writing) -> Iterator[Element]:
    part = group.facts.id
    raw = Raw.of(writing, "Group", group.facts.unread, slots=("AttachmentConstraint",), attributes=("uri",), part=part)
    members = tuple(
        Element("str:GroupDimension", children=(local("str:DimensionReference", target.id, writing),))
        for target in group.dimensions
    )
    if not members and not raw.elements:
        writing.entry.lose("IO212", f"the group `{part}` has no dimension and cannot be written", part=part)
        return
    children = (*fact_elements(group.facts, writing, part), *members, *raw.elements)
    yield assembled("str:Group", (("id", part), *raw.attributes), children)


def _component(component: Component, writing: Writing, *, position: int | None = None) -> Element:
    part, legacy = component.facts.id, writing.dialect.legacy
    name = _ELEMENTS.get(component.cls, component.cls)
    optional, unread = _optional(component.facts)
    raw = Raw.of(writing, name, unread, slots=("Link",), attributes=("uri", "position"), part=part)
    attributes: list[tuple[str, str | None]] = [("id", part)]
    if position is not None and (legacy or component.cls != "TimeDimension"):
        attributes.append(("position", str(position)))
    if component.usage is not None:
        attributes.append(("assignmentStatus", _STATUS[component.usage]) if legacy else ("usage", component.usage))
    children = list(fact_elements(component.facts, writing, part))
    if component.concept is not None:
        children.append(reference("str:ConceptIdentity", component.concept.name, writing))
    children += [reference("str:ConceptRole", role.name, writing) for role in component.roles]
    if component.representation is not None:
        children.append(representation_element("str:LocalRepresentation", component.representation, writing, part))
    if component.attachment is not None:
        related = tuple(_relationship(component.attachment, optional, writing))
        children.append(Element("str:AttributeRelationship", children=related))
    if component.measures:
        qualified = tuple(Element("str:Measure", text=measure.id) for measure in component.measures)
        children.append(Element("str:MeasureRelationship", children=qualified))
    return assembled(f"str:{name}", (*attributes, *raw.attributes), (*children, *raw.elements), _ORDER)


def _optional(facts: Facts) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return which dimensions of a relationship are optional (3.x), and the rest of what was kept raw."""
    found: dict[str, str] = {}
    rest: list[str] = []
    for text in facts.unread:
        piece = fragment(text)
        value = piece.attribute("optional") if piece is not None and piece.local in _OPTIONAL else None
        if piece is not None and value is not None:
            found[piece.text.strip()] = value
        else:
            rest.append(text)
    return found, tuple(rest)


def _relationship(attachment: Attachment, optional: dict[str, str], writing: Writing) -> Iterator[Element]:
    legacy = writing.dialect.legacy
    if attachment.level == "group":
        yield from (local("str:Group", group.id, writing) for group in attachment.groups)
    elif attachment.level == "series":
        for target in attachment.components:
            element = local("str:Dimension", target.id, writing)
            stated = optional.get(target.id)
            yield element if stated is None else Element(element.name, (("optional", stated),), element.text)
        yield from (local("str:AttachmentGroup", group.id, writing) for group in attachment.groups)
    elif attachment.level == "observation":
        yield local("str:PrimaryMeasure", "OBS_VALUE", writing) if legacy else Element("str:Observation")
    else:
        yield Element("str:None" if legacy else "str:Dataflow")


def dataflow_element(dataflow: Dataflow, writing: Writing) -> Element:
    """Return a dataflow."""
    head = dataflow.head
    raw = Raw.of(writing, "Dataflow", head.facts.unread, slots=("Link", "DimensionConstraint"), attributes=_HEAD)
    children = list(fact_elements(head.facts, writing))
    if dataflow.structure is not None:
        children.append(reference("str:Structure", dataflow.structure.name, writing))
    attributes = (*head_attributes(head, writing), *raw.attributes)
    return assembled("str:Dataflow", attributes, (*children, *raw.elements), ("Structure", "DimensionConstraint"))


def agreement_element(agreement: ProvisionAgreement, writing: Writing) -> Element:
    """Return a provision agreement."""
    head = agreement.head
    raw = Raw.of(writing, "ProvisionAgreement", head.facts.unread, slots=("Link",), attributes=_HEAD)
    children = list(fact_elements(head.facts, writing))
    usage = "str:StructureUsage" if writing.dialect.legacy else "str:Dataflow"
    if agreement.dataflow is not None:
        children.append(reference(usage, agreement.dataflow.name, writing))
    if agreement.provider is not None:
        children.append(reference("str:DataProvider", agreement.provider.name, writing))
    attributes = (*head_attributes(head, writing), *raw.attributes)
    return assembled("str:ProvisionAgreement", attributes, (*children, *raw.elements))
