"""Data structures, dataflows and provision agreements from triples."""

from collections.abc import Mapping

from rdflib import URIRef

from semstat.interop.formats.sdmx.lower import (
    Statements,
    annotations_of,
    facts_of,
    head_of,
    references,
    unread_of,
)
from semstat.interop.formats.sdmx.lower_representations import representation_of
from semstat.interop.formats.sdmx.model import (
    Attachment,
    Component,
    Dataflow,
    DataStructure,
    Group,
    LocalReference,
    ProvisionAgreement,
)
from semstat.interop.formats.sdmx.model_structures import ComponentList, MetadataAttributeUsage
from semstat.ontology.iri import SdmxName, name_of
from semstat.ontology.terms import SS, SST

__all__ = ["lower_data_structure", "lower_dataflow", "lower_provision_agreement"]

_DIMENSIONS = ("Dimension", "MeasureDimension", "TimeDimension")
_ATTRIBUTES = ("DataAttribute", "ReportingYearStartDay")
_MEASURES = ("PrimaryMeasure", "Measure")


def lower_data_structure(structure: Statements, name: SdmxName) -> DataStructure:
    """Return a data structure with its components and groups in their order, the time dimension last."""
    groups = structure.parts(SST.group)
    members = {group.iri: set(group.iris(SST.groupDimension)) for group in groups}
    components = [_component(part, members) for part in structure.parts(SST.component)]
    every = [component for component in components if component is not None]
    dimensions = [part for part in every if part.cls in _DIMENSIONS]
    order = {part.facts.id: place for place, part in enumerate(dimensions)}
    return DataStructure(
        head_of(structure, name),
        tuple(sorted(dimensions, key=lambda part: part.cls == "TimeDimension")),
        tuple(part for part in every if part.cls in _ATTRIBUTES),
        tuple(part for part in every if part.cls in _MEASURES),
        tuple(_group(group, order) for group in groups),
        next(iter(references(structure, SST.metadataStructure)), None),
        tuple(_metadata_usage(part, members) for part in structure.parts(SST.metadataAttributeUsage)),
        structure.flag(SST.isEvolving),
        tuple(_list(part) for part in structure.parts(SST.componentList)),
    )


def _list(part: Statements) -> ComponentList:
    identifier = part.text(SS.identifier) or ""
    return ComponentList(identifier, facts_of(part, identifier))


def _metadata_usage(part: Statements, members: Mapping[URIRef, set[URIRef]]) -> MetadataAttributeUsage:
    attribute = part.text(SST.metadataAttribute) or ""
    return MetadataAttributeUsage(None, attribute, _attachment(part, members), annotations_of(part), unread_of(part))


def _group(group: Statements, order: dict[str, int]) -> Group:
    found = _local(group.iris(SST.groupDimension))
    known = sorted(found, key=lambda target: order.get(target.id, len(order)))
    constraints = references(group, SST.attachmentConstraint)
    facts = facts_of(group, group.text(SS.identifier) or "")
    return Group(facts, tuple(known), constraints[0] if constraints else None)


def _component(part: Statements, members: Mapping[URIRef, set[URIRef]]) -> Component | None:
    name = name_of(part.iri)
    if name is None or name.item is None:
        return None
    concepts = references(part, SST.conceptIdentity)
    representations = part.parts(SST.representation)
    return Component(
        name.cls,
        facts_of(part, part.text(SS.identifier) or name.item),
        concepts[0] if concepts else None,
        references(part, SST.conceptRole),
        representation_of(representations[0]) if representations else None,
        part.text(SST.usage),
        _attachment(part, members) if name.cls in _ATTRIBUTES else None,
        _local(part.iris(SST.measureRelationship)),
        part.text(SST.statedPosition),
        part.plain(SST.roleFlag),
        (
            *((level, True) for level in part.plain(SST.crossSectionalLevel)),
            *((level, False) for level in part.plain(SST.notAtCrossSectionalLevel)),
        ),
        _measure_code(part),
    )


def _measure_code(part: Statements) -> tuple[str, str] | None:
    dimension, code = part.text(SST.measureDimension), part.text(SST.measureCode)
    return (dimension, code) if dimension is not None and code is not None else None


def _attachment(part: Statements, members: Mapping[URIRef, set[URIRef]]) -> Attachment:
    """Return what an attribute is attached to; in the graph, the dimensions of its groups are among its own."""
    groups = part.iris(SST.attachedToGroup)
    covered = {dimension for group in groups for dimension in members.get(group, ())}
    stated = [dimension for dimension in part.iris(SST.attachedToComponent) if dimension not in covered]
    optional = tuple(target.id for target in _local(part.iris(SST.optionallyAttachedTo)))
    return Attachment(part.text(SST.attachmentLevel), _local(stated), _local(groups), optional)


def _local(iris: list[URIRef]) -> tuple[LocalReference, ...]:
    names = [name_of(iri) for iri in iris]
    return tuple(LocalReference(name.item, None) for name in names if name is not None and name.item is not None)


def lower_dataflow(dataflow: Statements, name: SdmxName) -> Dataflow:
    """Return a dataflow and the structure of its data."""
    structures = references(dataflow, SST.structure)
    constrained = dataflow.plain(SST.constrainsDimension)
    return Dataflow(
        head_of(dataflow, name),
        structures[0] if structures else None,
        constrained,
        references(dataflow, SST.inCategory),
    )


def lower_provision_agreement(agreement: Statements, name: SdmxName) -> ProvisionAgreement:
    """Return a provision agreement, its dataflow and its data provider."""
    flows, providers = references(agreement, SST.dataflow), references(agreement, SST.dataProvider)
    return ProvisionAgreement(
        head_of(agreement, name), flows[0] if flows else None, providers[0] if providers else None
    )
