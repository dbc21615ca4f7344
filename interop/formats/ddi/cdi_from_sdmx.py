"""Data structures and dataflows of SDMX as dimensional structures and data sets of DDI-CDI, with an account of what is lost."""

from collections.abc import Collection, Iterable

from semstat.interop.formats.ddi.cdi_build import CdiBuilder
from semstat.interop.formats.ddi.cdi_from_sdmx_items import add_item_scheme, literals, sdmx_node, values_of
from semstat.interop.formats.ddi.cdi_nodes import CdiNode
from semstat.interop.formats.ddi.cdi_sdmx_words import ATTACHMENT, GROUP, MEASURE, ROLE, USAGE
from semstat.interop.formats.sdmx.account import Account
from semstat.interop.formats.sdmx.model import Artefact, Component, Dataflow, DataStructure, ItemScheme, Text
from semstat.ontology.iri import SdmxName, part_of

__all__ = ["add_sdmx"]

_AREAS = frozenset({"REF_AREA", "GEO"})
"""Identifiers of the concepts of place in the cross-domain concepts of SDMX and in the European system."""


def add_sdmx(builder: CdiBuilder, artefacts: Iterable[Artefact], account: Account) -> None:
    """Add artefacts of SDMX to the nodes of a document of DDI-CDI.

    Findings:
        ``IO201`` (an artefact without a counterpart, a dataflow whose structure is elsewhere), and those of its parts.

    Source:
        SDMX 3.0, Section 2; DDI-CDI 1.0, DimensionalDataStructure. No official mapping exists; ours is in the crosswalks.
    """
    kept = [item for item in artefacts if not (isinstance(item, DataStructure) and _lost_stub(item, account))]
    here = {item.head.name for item in kept if isinstance(item, DataStructure)}
    for artefact in sorted(kept, key=lambda item: not isinstance(item, ItemScheme)):
        if isinstance(artefact, ItemScheme) and add_item_scheme(builder, artefact, account):
            continue
        if isinstance(artefact, DataStructure):
            _structure(builder, artefact, account)
        elif isinstance(artefact, Dataflow):
            _dataflow(builder, artefact, here, account)
        else:
            _lost(artefact, account)


def _lost_stub(structure: DataStructure, account: Account) -> bool:
    parts = (*structure.dimensions, *structure.measures, *structure.attributes)
    return account.of(structure.head.name).lose_stub(structure.head, parts)


def _lost(artefact: Artefact, account: Account) -> None:
    head = getattr(artefact, "head", None)
    name = head.name if head is not None else None
    account.of(name).lose("IO201", "DDI-CDI has nothing of the kind, and it is not written")


def _structure(builder: CdiBuilder, structure: DataStructure, account: Account) -> None:
    name = structure.head.name
    node = sdmx_node(builder, name, "DimensionalDataStructure")
    every = [*structure.dimensions, *structure.measures, *structure.attributes]
    made = {item.facts.id: _component(builder, name, item, account) for item in every}
    for number, component in enumerate(made.values(), 1):
        builder.link(node, "has_DataStructureComponent", component)
        position = builder.node(part_of(name.iri, "position", number), "ComponentPosition")
        builder.text(position, "value", number)
        builder.link(position, "indexes", component)
        builder.link(node, "has_ComponentPosition", position)
    _key(builder, name, node, [made[item.facts.id] for item in structure.dimensions])
    for group in structure.groups:
        grouped = [made[target.id] for target in group.dimensions if target.id in made]
        if not grouped:
            account.of(name).lose("IO206", "a group of no dimensions is not written", part=group.facts.id)
            continue
        holder = builder.node(part_of(name.iri, "group", group.facts.id), "DimensionGroup")
        builder.named(holder, group.facts.id)
        for dimension in grouped:
            builder.link(holder, "has_DimensionComponent", dimension)
        builder.link(node, "uses_DimensionGroup", holder)
    for item in structure.attributes:
        _attach(builder, item, node, made, structure)
    entry, facts = account.of(name), structure.head.facts
    entry.lose_head(structure.head)
    if facts.names or facts.descriptions:
        said = next(iter(facts.names), Text("", None)).value
        entry.lose("IO209", "its names and descriptions are not written", value=said)
    if structure.metadata is not None or structure.metadata_usages:
        entry.lose("IO206", "the metadata attributes that it uses are not written")


_CLASSES = {"PrimaryMeasure": "MeasureComponent", "Measure": "MeasureComponent", "DataAttribute": "AttributeComponent"}
_CLASSES |= {"ReportingYearStartDay": "AttributeComponent"}


def _component(builder: CdiBuilder, structure: SdmxName, item: Component, account: Account) -> CdiNode:
    name = SdmxName(structure.package, item.cls, structure.agency, structure.id, structure.version, item.facts.id)
    node = sdmx_node(builder, name, _CLASSES.get(item.cls, "DimensionComponent"))
    variable = builder.node(part_of(name.iri, "variable"), "RepresentedVariable")
    builder.named(variable, item.facts.id)
    builder.link(node, "isDefinedBy_RepresentedVariable", variable)
    if item.concept is not None:
        builder.link(variable, "uses_Concept", sdmx_node(builder, item.concept.name, "Concept"))
    if item.representation is not None:
        domain = values_of(builder, name.iri, item.representation)
        builder.link(variable, "takesSubstantiveValuesFrom_SubstantiveValueDomain", domain)
    if item.cls == "TimeDimension":
        builder.part(node, "specialization", "TimeRole")
    elif item.concept is not None and item.concept.name.item in _AREAS:
        builder.part(node, "specialization", "GeoRole")
    for role in item.roles:
        _semantic(builder, node, ROLE, role.name.urn)
    _semantic(builder, node, USAGE, item.usage or "")
    _lose(item, structure, account)
    return node


def _lose(item: Component, structure: SdmxName, account: Account) -> None:
    entry, part = account.of(structure), item.facts.id
    for sentinel in item.representation.sentinels if item.representation is not None else ():
        entry.lose("IO205", "a sentinel value is not written", part=part, value=sentinel.value)
    entry.lose_facts(item.facts, part=part)
    if item.flags or item.cross_sectional or item.measure_code:
        entry.lose("IO207", "what only 2.0 says of a component is not written", part=part)


def _semantic(builder: CdiBuilder, node: CdiNode, vocabulary: str, word: str) -> None:
    if word:
        entry = builder.part(
            builder.part(node, "semantic", "PairedControlledVocabularyEntry"), "term", "ControlledVocabularyEntry"
        )
        builder.text(entry, "entryValue", word)
        builder.text(entry, "name", vocabulary)


def _key(builder: CdiBuilder, name: SdmxName, node: CdiNode, dimensions: list[CdiNode]) -> None:
    if not dimensions:
        return
    key = builder.node(part_of(name.iri, "key"), "PrimaryKey")
    builder.link(node, "has_PrimaryKey", key)
    for number, dimension in enumerate(dimensions, 1):
        part = builder.node(part_of(name.iri, "key", number), "PrimaryKeyComponent")
        builder.link(part, "correspondsTo_DataStructureComponent", dimension)
        builder.link(key, "isComposedOf", part)


def _attach(
    builder: CdiBuilder, item: Component, node: CdiNode, made: dict[str, CdiNode], structure: DataStructure
) -> None:
    """Say what an attribute is about: the structure, the dimensions of a series or group, or measures."""
    attribute, attachment = made[item.facts.id], item.attachment
    level = attachment.level if attachment is not None else None
    groups = {group.facts.id: group for group in structure.groups}
    targets = [made[one.id] for one in item.measures if one.id in made]
    for one in item.measures:
        _semantic(builder, attribute, MEASURE, one.id)
    if attachment is not None:
        targets += [made[one.id] for one in attachment.components if one.id in made]
        for one in attachment.groups:
            _semantic(builder, attribute, GROUP, one.id)
            if one.id in groups:
                targets += [made[target.id] for target in groups[one.id].dimensions if target.id in made]
    if not targets:
        measures = [made[one.facts.id] for one in structure.measures]
        targets = [node] if level == "dataset" or not measures else measures
    for target in targets:
        builder.link(attribute, "qualifies", target)
    _semantic(builder, attribute, ATTACHMENT, level or "")


def _dataflow(builder: CdiBuilder, flow: Dataflow, structures: Collection[SdmxName], account: Account) -> None:
    node = sdmx_node(builder, flow.head.name, "DimensionalDataSet")
    builder.named(node, flow.head.name.id)
    facts = flow.head.facts
    if facts.names or facts.descriptions:
        details = builder.part(node, "catalogDetails", "CatalogDetails")
        builder.worded(details, "summary", literals(facts.descriptions))
        builder.worded(details, "title", literals(facts.names))
    if flow.structure is not None and flow.structure.name in structures:
        builder.link(node, "isStructuredBy", sdmx_node(builder, flow.structure.name, "DimensionalDataStructure"))
    elif flow.structure is not None:
        said = "its structure is not here, and which it is is not written"
        account.of(flow.head.name).lose("IO201", said, value=flow.structure.name.urn)
    if flow.dimension_constraint:
        account.of(flow.head.name).lose("IO208", "that it uses some dimensions only is not written")
    account.of(flow.head.name).lose_head(flow.head)
