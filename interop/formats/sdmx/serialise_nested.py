"""The parts of maps within a structure set of SDMX-ML 2.1, which states them in its own way."""

from collections.abc import Iterator, Mapping

from semstat.interop.formats.sdmx.model_maps import ComponentMap, ItemMap, MappedComponent, RepresentationMapping
from semstat.interop.formats.sdmx.serialise_facts import annotation_elements
from semstat.interop.formats.sdmx.serialise_raw import assembled
from semstat.interop.formats.sdmx.serialise_references import local
from semstat.interop.formats.sdmx.serialise_representations import text_format
from semstat.interop.formats.sdmx.target import Writing
from semstat.interop.formats.sdmx.xml_text import Element

__all__ = ["nested_component_map", "nested_item_map"]

_ITEM_MAPS: Mapping[str, str] = {
    "CodelistMap": "CodeMap",
    "HybridCodelistMap": "HybridCodeMap",
    "ConceptSchemeMap": "ConceptMap",
    "CategorySchemeMap": "CategoryMap",
    "OrganisationSchemeMap": "OrganisationMap",
    "ReportingTaxonomyMap": "ReportingCategoryMap",
}

_CONTAINERS: Mapping[str, str] = {
    **dict.fromkeys(("Dimension", "MeasureDimension", "TimeDimension"), "DimensionDescriptor"),
    **dict.fromkeys(("Attribute", "ReportingYearStartDay"), "AttributeDescriptor"),
    "PrimaryMeasure": "MeasureDescriptor",
}
"""The list that components of a class are in."""


def nested_item_map(value: ItemMap, cls: str, writing: Writing) -> Element:
    """Return the map of an item within a map of that class."""
    for kept in value.unread:
        writing.lose_raw(kept)
    ends = [
        local(f"str:{place}", end.value, writing)
        for place, end in (("Source", value.source), ("Target", value.target))
        if end is not None
    ]
    return assembled(f"str:{_ITEM_MAPS[cls]}", (), (*annotation_elements(value.annotations, writing, None), *ends))


def component_reference(name: str, component: MappedComponent, writing: Writing) -> Element:
    """Return a reference to a component: in 2.1 with its class and the list that it is in, where the class is known."""
    if not writing.dialect.legacy or component.kind is None:
        return local(name, component.id, writing)
    stated = (
        ("id", component.id),
        ("containerID", _CONTAINERS[component.kind]),
        ("class", component.kind),
        ("package", "datastructure"),
    )
    return Element(name, children=(Element("Ref", stated),))


def nested_component_map(value: ComponentMap, writing: Writing) -> Element:
    """Return the map of a component, with what 2.1 groups below ``RepresentationMapping``."""
    for kept in value.unread:
        writing.lose_raw(kept)
    children = list(annotation_elements(value.annotations, writing, None))
    children += [component_reference("str:Source", component, writing) for component in value.sources]
    children += [component_reference("str:Target", component, writing) for component in value.targets]
    how = tuple(_how(value, writing))
    if how:
        children.append(Element("str:RepresentationMapping", children=how))
    return assembled("str:ComponentMap", (), children)


def _how(value: ComponentMap, writing: Writing) -> Iterator[Element]:
    if value.codelist_map is not None:
        yield local("str:CodelistMap", value.codelist_map.id, writing)
    if value.to_text_format is not None:
        yield text_format("str:ToTextFormat", value.to_text_format, writing, "ToTextFormat")
    if value.to_value_type is not None:
        yield Element("str:ToValueType", text=value.to_value_type)
    if value.mappings:
        yield Element("str:ValueMap", children=tuple(_value_mapping(one, writing) for one in value.mappings))


def _value_mapping(value: RepresentationMapping, writing: Writing) -> Element:
    for kept in value.unread:
        writing.lose_raw(kept)
    source = tuple(("source", one.value) for one in value.sources[:1])
    return Element("str:ValueMapping", (*source, *(("target", one.value) for one in value.targets[:1])))
