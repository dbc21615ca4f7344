"""Data structures in SDMX-ML: dimensions, groups, attributes, measures."""

from dataclasses import dataclass, field, replace

from lxml import etree

from semstat.interop.formats.sdmx.model import (
    Attachment,
    Component,
    DataStructure,
    Group,
    LocalReference,
)
from semstat.interop.formats.sdmx.model_structures import ComponentList, MetadataAttributeUsage
from semstat.interop.formats.sdmx.parse_groups import read_group
from semstat.interop.formats.sdmx.parse_identity import maintainable_grammar, read_identity, read_maintainable
from semstat.interop.formats.sdmx.parse_old import OLD_ATTRIBUTES, read_old
from semstat.interop.formats.sdmx.parse_representations import read_representation
from semstat.interop.formats.sdmx.references import local_reference, reference
from semstat.interop.formats.sdmx.source import Gathered, Source, raw_xml
from semstat.interop.formats.sdmx.vocabulary import ARTEFACTS, Grammar
from semstat.ontology.iri import SdmxName

__all__ = ["read_data_structure"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARTS_OF_ALL = _words("DataStructureComponents Metadata")
_COMPONENTS = Grammar(parts=_words("DimensionList Group AttributeList MeasureList"))


def _list(parts: str) -> Grammar:
    return Grammar(_words(parts), attributes=_words("id urn uri"), annotable=True, linked=True)


def _part(*, parts: str = "", attributes: str = "") -> Grammar:
    return Grammar(
        parts=_words(f"ConceptIdentity ConceptRole LocalRepresentation {parts}"),
        attributes=_words(f"id urn uri {attributes}") | OLD_ATTRIBUTES,
        annotable=True,
        linked=True,
    )


_LISTS = {
    "DimensionList": _list("Dimension MeasureDimension TimeDimension"),
    "AttributeList": _list("Attribute ReportingYearStartDay MetadataAttributeUsage"),
    "MeasureList": _list("PrimaryMeasure Measure"),
}
_DIMENSION = _part(attributes="position type")
_ATTRIBUTE = _part(parts="AttributeRelationship MeasureRelationship", attributes="usage assignmentStatus")
_PARTS = {
    "Dimension": _DIMENSION,
    "MeasureDimension": _DIMENSION,
    "TimeDimension": _DIMENSION,
    "Attribute": _ATTRIBUTE,
    "ReportingYearStartDay": _ATTRIBUTE,
    "PrimaryMeasure": _part(),
    "Measure": _part(attributes="usage"),
}
_RELATIONSHIP = Grammar(parts=_words("None Dataflow Dimension AttachmentGroup Group PrimaryMeasure Observation"))
_DIMENSION_REFERENCE = Grammar(parts=_words("Ref URN"), attributes=_words("optional"))
_USAGE = Grammar(parts=_words("MetadataAttributeReference AttributeRelationship"), kept=_words("Link"), annotable=True)
_MEASURES = Grammar(parts=_words("Measure"))
_LEVELS = {
    "None": "dataset",
    "Dataflow": "dataset",
    "Dimension": "series",
    "AttachmentGroup": "series",
    "Group": "group",
    "PrimaryMeasure": "observation",
    "Observation": "observation",
}
_DEFAULT_IDS = {
    "TimeDimension": "TIME_PERIOD",
    "PrimaryMeasure": "OBS_VALUE",
    "ReportingYearStartDay": "REPORTING_YEAR_START_DAY",
}
_CLASSES = {"Attribute": "DataAttribute"}
_USAGES = {"mandatory": "mandatory", "optional": "optional", "Mandatory": "mandatory", "Conditional": "optional"}
_DESCRIPTORS = {
    "DimensionList": "DimensionDescriptor",
    "AttributeList": "AttributeDescriptor",
    "MeasureList": "MeasureDescriptor",
}
_ATTRIBUTES = ("Attribute", "ReportingYearStartDay")
_MEASURE_CLASSES = ("PrimaryMeasure", "Measure")


def read_data_structure(source: Source, element: etree._Element) -> DataStructure | None:
    """Return a data structure with its components in document order, the time dimension last.

    Findings:
        ``DSD003`` for a component id used twice; ``DSD002``, ``IO108``, ``IO114``.

    Source:
        SDMX 2.1 and 3.0, SDMXStructureDataStructure.xsd.
    """
    name = read_identity(source, element)
    if name is None:
        return None
    grammar = maintainable_grammar(
        ARTEFACTS["DataStructure"], parts=_PARTS_OF_ALL, attributes=_words("evolvingStructure")
    )
    found = source.gather(element, grammar)
    parts = _Parts(source, name, found)
    for grouping in found.all("DataStructureComponents"):
        inner = source.gather(grouping, _COMPONENTS)
        found.unread.extend(inner.unread)
        for local, part in inner.parts:
            parts.read(local, part)
    metadata = source.one(found, "Metadata")
    metadata_structure = reference(source, metadata, "MetadataStructure") if metadata is not None else None
    if metadata is not None and metadata_structure is None:
        found.unread.append(raw_xml(metadata))
    evolving = source.flag(element, "evolvingStructure", found.unread)
    every = parts.components.values()
    timeless = [item for item in every if item.cls in ("Dimension", "MeasureDimension")]
    return DataStructure(
        read_maintainable(source, element, name, found),
        (*timeless, *(item for item in every if item.cls == "TimeDimension")),
        tuple(item for item in every if item.cls in ("DataAttribute", "ReportingYearStartDay")),
        tuple(item for item in every if item.cls in _MEASURE_CLASSES),
        tuple(parts.groups.values()),
        metadata_structure,
        tuple(parts.usages),
        evolving,
        tuple(parts.lists),
    )


@dataclass(slots=True)
class _Parts:
    """The parts of one data structure while they are read; what is none goes into ``outer``, raw."""

    source: Source
    name: SdmxName
    outer: Gathered
    components: dict[str, Component] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    usages: list[MetadataAttributeUsage] = field(default_factory=list)
    lists: list[ComponentList] = field(default_factory=list)

    def read(self, local: str, element: etree._Element) -> None:
        """Read a group, or a list and the components in it."""
        if local == "Group":
            read_group(self.source, element, self.name, self.groups, self.outer)
            return
        descriptor = _DESCRIPTORS[local]
        self.source.check_urn(element, self.name.of_item(descriptor, descriptor))
        found = self.source.gather(element, _LISTS[local])
        if found.annotations or found.links or found.uri is not None:
            facts = replace(found.facts(descriptor, self.source.line(element)), unread=())
            self.lists.append(ComponentList(descriptor, facts))
        self.outer.unread.extend(found.unread)
        if descriptor == "DimensionDescriptor" and not found.parts:
            message = f"the DataStructure `{self.name.short}` has an empty list of dimensions"
            self.source.report("IO110", message, element)
        for number, (kind, part) in enumerate(found.parts, start=1):
            self._read_part(kind, part, number)

    def _read_part(self, local: str, element: etree._Element, number: int) -> None:
        if local == "MetadataAttributeUsage":
            usage = _metadata_usage(self.source, element)
            if usage is not None:
                self.usages.append(usage)
            else:
                self.outer.unread.append(raw_xml(element))
            return
        component = _component(self.source, element, local, self.name, number)
        if component is None:
            self.outer.unread.append(raw_xml(element))
        elif component.facts.id in self.components:
            identifier, structure = component.facts.id, self.name.short
            message = f"the component `{identifier}` stands more than once in `{structure}`; the first one is used"
            self.source.report("DSD003", message, element, value=identifier)
            self.outer.unread.append(raw_xml(element))
        else:
            self.components[component.facts.id] = component


def _metadata_usage(source: Source, element: etree._Element) -> MetadataAttributeUsage | None:
    found = source.gather(element, _USAGE)
    attribute = source.one(found, "MetadataAttributeReference")
    target = local_reference(source, attribute) if attribute is not None else None
    if target is None:
        source.report("IO108", "the usage names no metadata attribute; it is kept as it is", element)
        return None
    attachment = _attachment(source, found)
    annotations, unread = tuple(found.annotations), tuple(found.unread)
    return MetadataAttributeUsage(source.line(element), target.id, attachment, annotations, unread)


def _component(source: Source, element: etree._Element, local: str, name: SdmxName, number: int) -> Component | None:
    found = source.gather(element, _PARTS[local])
    identity = source.one(found, "ConceptIdentity")
    concept = reference(source, identity, "Concept") if identity is not None else None
    inherited = concept.name.item if concept is not None else None
    identifier = element.get("id") or _DEFAULT_IDS.get(local) or inherited
    if not identifier:
        source.report("IO108", f"a {local} of `{name.short}` has neither id nor concept; it is kept as it is", element)
        return None
    cls = _CLASSES.get(local, local)
    source.check_urn(element, name.of_item(cls, identifier))
    stated = element.get("position")  # the order of the document rules; one that says otherwise must not get lost
    roles = [reference(source, part, "Concept") for part in found.all("ConceptRole")]
    local_format = source.one(found, "LocalRepresentation")
    representation = read_representation(source, local_format, found.unread) if local_format is not None else None
    attachment = _attachment(source, found) if local in _ATTRIBUTES else None
    measures = _measures(source, found)
    return Component(
        cls,
        found.facts(identifier, source.line(element)),
        concept,
        tuple(role for role in roles if role is not None),
        representation,
        _usage(source, element, local, found.unread),
        attachment,
        measures,
        stated if stated != str(number) else None,
        *read_old(source, element, found.unread),
    )


def _usage(source: Source, element: etree._Element, local: str, unread: list[str]) -> str | None:
    """Return mandatory or optional; absent means optional, the default of 3.x (2.1: no choice, or required)."""
    if local not in (*_ATTRIBUTES, *_MEASURE_CLASSES):
        return None
    key = "usage" if "usage" in element.attrib else "assignmentStatus"
    stated = element.get(key)
    if stated is None:
        return "optional"
    usage = _USAGES.get(stated)
    if usage is None:
        source.report(
            "IO108", f"`{key}` is `{stated}`, neither mandatory nor optional; optional is used", element, value=stated
        )
        source.keep_attributes(element, [key], unread)
    return usage or "optional"


def _attachment(source: Source, found: Gathered) -> Attachment:
    element = source.one(found, "AttributeRelationship")
    if element is None:
        return Attachment(None)
    relationship = source.gather(element, _RELATIONSHIP)
    found.unread.extend(relationship.unread)
    components: list[LocalReference] = []
    groups: list[LocalReference] = []
    optional: list[str] = []
    level: str | None = None
    for local, part in relationship.parts:
        level = level or _LEVELS[local]
        if local in ("None", "Dataflow", "Observation", "PrimaryMeasure"):
            continue
        target = local_reference(source, part)
        if target is not None:
            (components if local == "Dimension" else groups).append(target)
        if target is not None and "optional" in part.attrib:  # 3.0.1: the attribute may be given without this dimension
            found.unread.extend(source.gather(part, _DIMENSION_REFERENCE).unread)
            if source.flag(part, "optional", found.unread):
                optional.append(target.id)
    return Attachment(level, tuple(components), tuple(groups), tuple(optional))


def _measures(source: Source, found: Gathered) -> tuple[LocalReference, ...]:
    element = source.one(found, "MeasureRelationship")
    if element is None:
        return ()
    relationship = source.gather(element, _MEASURES)
    found.unread.extend(relationship.unread)
    targets = [local_reference(source, part) for _, part in relationship.parts]
    return tuple(target for target in targets if target is not None)
