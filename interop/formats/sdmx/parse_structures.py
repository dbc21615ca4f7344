"""Data structures in SDMX-ML (dimensions, groups, attributes, measures), dataflows and provision agreements."""

from lxml import etree

from semstat.interop.formats.sdmx.model import (
    Attachment,
    Component,
    Dataflow,
    DataStructure,
    Group,
    LocalReference,
    ProvisionAgreement,
)
from semstat.interop.formats.sdmx.parse_identity import maintainable_grammar, read_identity, read_maintainable
from semstat.interop.formats.sdmx.parse_representations import read_representation
from semstat.interop.formats.sdmx.references import local_reference, reference
from semstat.interop.formats.sdmx.source import Gathered, Source, raw_xml
from semstat.interop.formats.sdmx.vocabulary import ARTEFACTS, Grammar
from semstat.ontology.iri import SdmxName

__all__ = ["read_data_structure", "read_dataflow", "read_provision_agreement"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMPONENTS = Grammar(parts=_words("DimensionList Group AttributeList MeasureList"))


def _list(parts: str, *, kept: str = "") -> Grammar:
    attributes, unused = _words("id urn"), _words("uri")
    return Grammar(_words(parts), _words(f"Annotations Link {kept}"), attributes, unused)


def _part(*, parts: str = "", attributes: str = "") -> Grammar:
    return Grammar(
        parts=_words(f"ConceptIdentity ConceptRole LocalRepresentation {parts}"),
        attributes=_words(f"id urn uri {attributes}"),
        annotable=True,
        linked=True,
    )


_LISTS = {
    "DimensionList": _list("Dimension MeasureDimension TimeDimension"),
    "AttributeList": _list("Attribute ReportingYearStartDay", kept="MetadataAttributeUsage"),
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
_GROUP = Grammar(
    parts=_words("GroupDimension"),
    kept=_words("AttachmentConstraint"),
    attributes=_words("id urn uri"),
    annotable=True,
    linked=True,
)
_GROUP_DIMENSION = Grammar(parts=_words("DimensionReference"))
_RELATIONSHIP = Grammar(parts=_words("None Dataflow Dimension AttachmentGroup Group PrimaryMeasure Observation"))
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
    known = ARTEFACTS["DataStructure"]
    parts = frozenset({"DataStructureComponents"})
    found = source.gather(element, maintainable_grammar(known, parts=parts, attributes=frozenset()))
    components: dict[str, Component] = {}
    groups: dict[str, Group] = {}
    for _, grouping in found.parts:
        inner = source.gather(grouping, _COMPONENTS)
        found.unread.extend(inner.unread)
        for local, part in inner.parts:
            if local == "Group":
                _read_group(source, part, name, groups, found)
            else:
                _read_list(source, part, name, components, found)
    head = read_maintainable(source, element, name, found)
    every = components.values()
    timeless = [item for item in every if item.cls in ("Dimension", "MeasureDimension")]
    return DataStructure(
        head,
        (*timeless, *(item for item in every if item.cls == "TimeDimension")),
        tuple(item for item in every if item.cls in ("DataAttribute", "ReportingYearStartDay")),
        tuple(item for item in every if item.cls in _MEASURE_CLASSES),
        tuple(groups.values()),
    )


def _read_list(
    source: Source, element: etree._Element, name: SdmxName, components: dict[str, Component], outer: Gathered
) -> None:
    local_name = etree.QName(element).localname
    descriptor = _DESCRIPTORS[local_name]
    source.check_urn(element, name.of_item(descriptor, descriptor))
    found = source.gather(element, _LISTS[local_name])
    outer.unread.extend(found.unread)
    if descriptor == "DimensionDescriptor" and not found.parts:
        source.report("IO110", f"the DataStructure `{name.short}` has an empty list of dimensions", element)
    for number, (local, part) in enumerate(found.parts, start=1):
        component = _component(source, part, local, name, number)
        if component is None:
            outer.unread.append(raw_xml(part))
        elif component.facts.id in components:
            identifier = component.facts.id
            message = f"the component `{identifier}` stands more than once in `{name.short}`; the first one is used"
            source.report("DSD003", message, part, value=identifier)
            outer.unread.append(raw_xml(part))
        else:
            components[component.facts.id] = component


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
    # The order of the document rules; a position that says otherwise must not get lost.
    if element.get("position") not in (None, str(number)):
        source.tally["@position"] += 1
        source.keep_attributes(element, ["position"], found.unread)
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
    level: str | None = None
    for local, part in relationship.parts:
        level = level or _LEVELS[local]
        if local in ("None", "Dataflow", "Observation", "PrimaryMeasure"):
            continue
        target = local_reference(source, part)
        if target is not None:
            (components if local == "Dimension" else groups).append(target)
        if part.get("optional") is not None:  # 3.0.1: the attribute may be given without this dimension
            source.tally["@optional"] += 1
            found.unread.append(raw_xml(part))
    return Attachment(level, tuple(components), tuple(groups))


def _measures(source: Source, found: Gathered) -> tuple[LocalReference, ...]:
    element = source.one(found, "MeasureRelationship")
    if element is None:
        return ()
    relationship = source.gather(element, _MEASURES)
    found.unread.extend(relationship.unread)
    targets = [local_reference(source, part) for _, part in relationship.parts]
    return tuple(target for target in targets if target is not None)


def _read_group(
    source: Source, element: etree._Element, name: SdmxName, groups: dict[str, Group], outer: Gathered
) -> None:
    identifier = element.get("id")
    if not identifier or identifier in groups:
        problem = "stands more than once" if identifier else "has no id"
        rule = "DSD003" if identifier else "IO108"
        source.report(rule, f"the group `{identifier or ''}` of `{name.short}` {problem}; it is kept as it is", element)
        outer.unread.append(raw_xml(element))
        return
    source.check_urn(element, name.of_item("GroupDimensionDescriptor", identifier))
    found = source.gather(element, _GROUP)
    dimensions: list[LocalReference] = []
    for part in found.all("GroupDimension"):
        inner = source.gather(part, _GROUP_DIMENSION)
        found.unread.extend(inner.unread)
        targets = [local_reference(source, target) for target in inner.all("DimensionReference")]
        dimensions.extend(target for target in targets if target is not None)
    groups[identifier] = Group(found.facts(identifier, source.line(element)), tuple(dimensions))


def read_dataflow(source: Source, element: etree._Element) -> Dataflow | None:
    """Return a dataflow; its structure is ``None`` for a stub, or when the reference is unusable (reported)."""
    name = read_identity(source, element)
    if name is None:
        return None
    grammar = maintainable_grammar(ARTEFACTS["Dataflow"], parts=frozenset({"Structure"}), attributes=frozenset())
    found = source.gather(element, grammar)
    part = source.one(found, "Structure")
    structure = reference(source, part, "DataStructure") if part is not None else None
    return Dataflow(read_maintainable(source, element, name, found), structure)


def read_provision_agreement(source: Source, element: etree._Element) -> ProvisionAgreement | None:
    """Return a provision agreement: its dataflow (2.1 ``StructureUsage``, 3.x ``Dataflow``) and its data provider."""
    name = read_identity(source, element)
    if name is None:
        return None
    parts = _words("StructureUsage Dataflow DataProvider")
    grammar = maintainable_grammar(ARTEFACTS["ProvisionAgreement"], parts=parts, attributes=frozenset())
    found = source.gather(element, grammar)
    usage = source.one(found, "Dataflow")
    usage = source.one(found, "StructureUsage") if usage is None else usage
    provider = source.one(found, "DataProvider")
    dataflow = reference(source, usage, "Dataflow") if usage is not None else None
    by_whom = reference(source, provider, "DataProvider") if provider is not None else None
    return ProvisionAgreement(read_maintainable(source, element, name, found), dataflow, by_whom)
