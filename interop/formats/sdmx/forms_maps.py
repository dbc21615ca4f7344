"""The forms of maps in SDMX-ML: 3.x maps, and 2.1 structure sets.

Source:
    SDMX 3.0 and 3.1, SDMXStructureStructureMappings.xsd; SDMX 2.1, SDMXStructureStructureSet.xsd.
"""

from collections.abc import Mapping
from typing import cast

from lxml import etree

from semstat.interop.formats.sdmx.forms import (
    Child,
    Form,
    identifier,
    local,
    part,
    refers,
    text,
    token,
)
from semstat.interop.formats.sdmx.model_maps import (
    ComponentMap,
    DatePatternMap,
    EpochMap,
    FixedValueMap,
    FrequencyFormatMapping,
    ItemMap,
    ItemSchemeMap,
    MappedComponent,
    MappedRepresentation,
    NestedItemSchemeMap,
    NestedStructureMap,
    RepresentationMap,
    RepresentationMapping,
    SourceValue,
    StructureMap,
    StructureSet,
    TargetValue,
)
from semstat.interop.formats.sdmx.parse_representations import read_text_format
from semstat.interop.formats.sdmx.references import reference
from semstat.interop.formats.sdmx.source import Source
from semstat.interop.formats.sdmx.vocabulary import OLD, Grammar

__all__ = ["MAP_FORMS", "MAP_PARTS"]


def _component(source: Source, element: etree._Element, unread: list[str]) -> MappedComponent | None:
    found = identifier(source, element, unread)
    return None if found is None else MappedComponent(source.line(element), found)


def _target(source: Source, element: etree._Element, unread: list[str]) -> TargetValue:
    return TargetValue(source.line(element), text(source, element, unread))


def _codelist(source: Source, element: etree._Element, unread: list[str]) -> MappedRepresentation | None:
    codelist = reference(source, element, "Codelist")
    return None if codelist is None else MappedRepresentation(source.line(element), codelist)


def _data_type(source: Source, element: etree._Element, unread: list[str]) -> MappedRepresentation:
    return MappedRepresentation(source.line(element), data_type=token(source, element, unread))


def _local_item(source: Source, element: etree._Element, unread: list[str]) -> SourceValue | None:
    found = identifier(source, element, unread)
    return None if found is None else SourceValue(source.line(element), found)


def _local_target(source: Source, element: etree._Element, unread: list[str]) -> TargetValue | None:
    found = identifier(source, element, unread)
    return None if found is None else TargetValue(source.line(element), found)


_VALIDITY = {"validFrom": "valid_from", "validTo": "valid_to"}
_SOURCE_VALUE = Form(
    SourceValue,
    texts={"startIndex": "start_index", "endIndex": "end_index"},
    flags={"isRegEx": "is_regex"},
    content="value",
)
_COMPONENTS = (Child("Source", "sources", _component, many=True), Child("Target", "targets", _component, many=True))
_MAPPING = Form(
    RepresentationMapping,
    (
        Child("SourceValue", "sources", part(_SOURCE_VALUE), many=True),
        Child("TargetValue", "targets", _target, many=True),
    ),
    texts=_VALIDITY,
    kind="annotable",
)
_REPRESENTATION_MAP = Form(
    RepresentationMap,
    (
        Child("SourceCodelist", "sources", _codelist, many=True),
        Child("SourceDataType", "sources", _data_type, many=True),
        Child("TargetCodelist", "targets", _codelist, many=True),
        Child("TargetDataType", "targets", _data_type, many=True),
        Child("RepresentationMapping", "mappings", part(_MAPPING), many=True),
    ),
)
_DATES = (
    *_COMPONENTS,
    Child("FrequencyDimension", "frequency_dimension", token),
    Child("MappedFrequencies", "mapped_frequencies", token, many=True),
    Child("TargetFrequencyID", "target_frequency", token),
)
_EPOCH = Form(
    EpochMap,
    _DATES,
    texts={"basePeriod": "base_period", "epochPeriod": "epoch_period", "resolvePeriod": "resolve_period"},
    kind="identifiable",
    cls="EpochMap",
)
_DATE_PATTERN = Form(
    DatePatternMap,
    _DATES,
    texts={"sourcePattern": "source_pattern", "locale": "locale", "resolvePeriod": "resolve_period"},
    kind="identifiable",
    cls="DatePatternMap",
)
_FREQUENCY_FORMAT = Form(
    FrequencyFormatMapping,
    (Child("FrequencyId", "frequency", token), Child("DatePattern", "date_pattern", text)),
    kind="identifiable",
    cls="FrequencyFormatMapping",
)
_COMPONENT_MAP = Form(
    ComponentMap,
    (*_COMPONENTS, Child("RepresentationMap", "representation_map", refers("RepresentationMap"))),
    kind="annotable",
)
_FIXED = Form(
    FixedValueMap,
    (
        Child("Source", "source", _component),
        Child("Target", "target", _component),
        Child("Value", "values", _target, many=True),
    ),
    kind="annotable",
)
_ENDS = (Child("Source", "source", refers("DataStructure")), Child("Target", "target", refers("DataStructure")))
_STRUCTURE_MAP = Form(
    StructureMap,
    (
        *_ENDS,
        Child("EpochMap", "epoch_maps", part(_EPOCH), many=True),
        Child("DatePatternMap", "date_pattern_maps", part(_DATE_PATTERN), many=True),
        Child("FrequencyFormatMapping", "frequency_formats", part(_FREQUENCY_FORMAT), many=True),
        Child("ComponentMap", "component_maps", part(_COMPONENT_MAP), many=True),
        Child("FixedValueMap", "fixed_value_maps", part(_FIXED), many=True),
    ),
)
_ITEM_MAP = Form(
    ItemMap,
    (Child("SourceValue", "source", part(_SOURCE_VALUE)), Child("TargetValue", "target", _target)),
    texts=_VALIDITY,
    kind="annotable",
)


def _scheme_map(scheme: str) -> Form:
    children = (
        Child("Source", "source", refers(scheme)),
        Child("Target", "target", refers(scheme)),
        Child("ItemMap", "item_maps", part(_ITEM_MAP), many=True),
    )
    return Form(ItemSchemeMap, children)


_VALUE_MAPPING_GRAMMAR = Grammar(attributes=frozenset({"source", "target"}))


def _value_mapping(source: Source, element: etree._Element, unread: list[str]) -> RepresentationMapping:
    found = source.gather(element, _VALUE_MAPPING_GRAMMAR)
    line = source.line(element)
    sources = tuple(SourceValue(line, element.get(key, "")) for key in ("source",) if key in element.attrib)
    targets = tuple(TargetValue(line, element.get(key, "")) for key in ("target",) if key in element.attrib)
    return RepresentationMapping(line, sources, targets, unread=tuple(found.unread))


def _nested_component_map(
    *, how: Mapping[str, object] | None = None, unread: tuple[str, ...] = (), **fields: object
) -> ComponentMap:
    """Return a component map of 2.1, whose ``RepresentationMapping`` only groups what 3.x states elsewhere."""
    inner = dict(how or {})
    rest = cast(tuple[str, ...], inner.pop("unread", ()))
    values = cast(Mapping[str, object] | None, inner.pop("values", None)) or {}
    rest += cast(tuple[str, ...], values.get("unread", ()))
    inner.pop("line", None)
    mappings = values.get("mappings", ())
    return ComponentMap(**fields, **inner, mappings=mappings, unread=(*unread, *rest))  # type: ignore[arg-type]  # as the forms below say


_VALUE_MAP = Form(dict, (Child("ValueMapping", "mappings", _value_mapping, many=True),))
_HOW = Form(
    dict,
    (
        Child("CodelistMap", "codelist_map", local),
        Child("ToTextFormat", "to_text_format", read_text_format),
        Child("ToValueType", "to_value_type", token),
        Child("ValueMap", "values", part(_VALUE_MAP)),
    ),
)
_NESTED_STRUCTURE_MAP = Form(
    NestedStructureMap,
    (
        *_ENDS,
        Child(
            "ComponentMap",
            "component_maps",
            part(
                Form(
                    _nested_component_map,
                    (*_COMPONENTS, Child("RepresentationMapping", "how", part(_HOW))),
                    kind="annotable",
                )
            ),
            many=True,
        ),
    ),
    flags={"isExtension": "is_extension"},
    kind="nameable",
    cls="StructureMap",
)


def _nested(cls: str, scheme: str, item_map: str) -> Child:
    one = Form(
        ItemMap,
        (Child("Source", "source", _local_item), Child("Target", "target", _local_target)),
        texts={OLD + "alias": "alias"},
        kind="annotable",
    )
    children = (
        Child("Source", "source", refers(scheme)),
        Child("Target", "target", refers(scheme)),
        Child(item_map, "item_maps", part(one), many=True),
    )
    form = Form(NestedItemSchemeMap, children, kind="nameable", cls=cls, fixed={"cls": cls})
    return Child(cls, "maps", part(form), many=True)


_STRUCTURE_SET = Form(
    StructureSet,
    (
        Child("RelatedStructure", "related", refers("DataStructure"), many=True),
        Child("StructureMap", "maps", part(_NESTED_STRUCTURE_MAP), many=True),
        _nested("CodelistMap", "Codelist", "CodeMap"),
        _nested("HybridCodelistMap", "Codelist", "HybridCodeMap"),
        _nested("ConceptSchemeMap", "ConceptScheme", "ConceptMap"),
        _nested("CategorySchemeMap", "CategoryScheme", "CategoryMap"),
        _nested("OrganisationSchemeMap", "OrganisationUnitScheme", "OrganisationMap"),
        _nested("ReportingTaxonomyMap", "ReportingTaxonomy", "ReportingCategoryMap"),
    ),
)

MAP_FORMS: Mapping[str, Form] = {
    "StructureMap": _STRUCTURE_MAP,
    "RepresentationMap": _REPRESENTATION_MAP,
    "ConceptSchemeMap": _scheme_map("ConceptScheme"),
    "CategorySchemeMap": _scheme_map("CategoryScheme"),
    "OrganisationSchemeMap": _scheme_map("OrganisationUnitScheme"),
    "ReportingTaxonomyMap": _scheme_map("ReportingTaxonomy"),
    "StructureSet": _STRUCTURE_SET,
}
"""The forms of maps, by the name of their element."""

MAP_PARTS: Mapping[type, Form] = {
    SourceValue: _SOURCE_VALUE,
    RepresentationMapping: _MAPPING,
    EpochMap: _EPOCH,
    DatePatternMap: _DATE_PATTERN,
    FrequencyFormatMapping: _FREQUENCY_FORMAT,
    ComponentMap: _COMPONENT_MAP,
    FixedValueMap: _FIXED,
    ItemMap: _ITEM_MAP,
    NestedStructureMap: _NESTED_STRUCTURE_MAP,
}
"""The forms of their parts, by the class of the value; the parts of nested maps of 2.1 have forms of their own."""
