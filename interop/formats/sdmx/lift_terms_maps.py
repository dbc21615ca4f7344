"""The terms of maps, hierarchies and categorisations."""

from collections.abc import Mapping

from semstat.interop.formats.sdmx import model_hierarchies as hierarchies
from semstat.interop.formats.sdmx import model_maps as maps
from semstat.interop.formats.sdmx.lift_rows import Terms
from semstat.ontology.terms import SS, SST
from semstat.ontology.terms_mapping import SSM

__all__ = ["HIERARCHIES", "MAPS"]

_ARTEFACT = SS.MaintainableArtefact
_COMPONENTS = {"sources": (SSM.sourceComponent, "source"), "targets": (SSM.targetComponent, "target")}
_VALID = {"valid_from": SS.validFrom, "valid_to": SS.validTo}
_DATE_MAP = {
    "frequency_dimension": SSM.frequencyDimension,
    "mapped_frequencies": SSM.mappedFrequency,
    "target_frequency": SSM.targetFrequency,
    "resolve_period": SSM.resolvePeriod,
}
_ENDS = {"source": SSM.source, "target": SSM.target}
_ITEM_MAPS = {"item_maps": (SSM.itemMap, "item")}

MAPS: Mapping[type, Terms] = {
    maps.SourceValue: Terms(
        (SSM.MappedValue,),
        {
            "value": SST.value,
            "is_regex": SSM.isRegularExpression,
            "start_index": SSM.startIndex,
            "end_index": SSM.endIndex,
        },
    ),
    maps.TargetValue: Terms((SSM.MappedValue,), {"value": SST.value}),
    maps.MappedRepresentation: Terms(
        (SSM.MappedRepresentation,), {"codelist": SSM.codelist, "data_type": SSM.dataType}
    ),
    maps.RepresentationMapping: Terms(
        (SSM.RepresentationMapping,),
        _VALID,
        {"sources": (SSM.sourceValue, "source"), "targets": (SSM.targetValue, "target")},
    ),
    maps.RepresentationMap: Terms(
        (SSM.RepresentationMap, _ARTEFACT),
        {},
        {
            "sources": (SSM.sourceRepresentation, "source"),
            "targets": (SSM.targetRepresentation, "target"),
            "mappings": (SSM.representationMapping, "mapping"),
        },
    ),
    maps.MappedComponent: Terms((SSM.MappedComponent,), {"id": SST.componentId}),
    maps.ComponentMap: Terms(
        (SSM.ComponentMap,),
        {
            "representation_map": SSM.representationMap,
            "to_text_format": SSM.textFormat,
            "to_value_type": SSM.valueType,
        },
        {**_COMPONENTS, "mappings": (SSM.representationMapping, "mapping")},
        locals={"codelist_map": (SSM.codelistMap, "CodelistMap")},
    ),
    maps.FixedValueMap: Terms(
        (SSM.FixedValueMap,),
        {},
        {
            "source": (SSM.sourceComponent, "source"),
            "target": (SSM.targetComponent, "target"),
            "values": (SSM.fixedValue, "value"),
        },
    ),
    maps.DatePatternMap: Terms(
        (SSM.DatePatternMap,),
        {**_DATE_MAP, "source_pattern": SSM.sourcePattern, "locale": SSM.locale},
        _COMPONENTS,
        "DatePatternMap",
    ),
    maps.EpochMap: Terms(
        (SSM.EpochMap,),
        {**_DATE_MAP, "base_period": SSM.basePeriod, "epoch_period": SSM.epochPeriod},
        _COMPONENTS,
        "EpochMap",
    ),
    maps.FrequencyFormatMapping: Terms(
        (SSM.FrequencyFormatMapping,),
        {"frequency": SSM.frequency, "date_pattern": SSM.datePattern},
        cls="FrequencyFormatMapping",
    ),
    maps.StructureMap: Terms(
        (SSM.StructureMap, _ARTEFACT),
        _ENDS,
        {
            "epoch_maps": (SSM.epochMap, "epoch"),
            "date_pattern_maps": (SSM.datePatternMap, "date"),
            "frequency_formats": (SSM.frequencyFormatMapping, "frequency"),
            "component_maps": (SSM.componentMap, "component"),
            "fixed_value_maps": (SSM.fixedValueMap, "fixed"),
        },
    ),
    maps.ItemMap: Terms(
        (SSM.ItemMap,),
        {**_VALID, "alias": SSM.itemMapAlias},
        {"source": (SSM.sourceValue, "source"), "target": (SSM.targetValue, "target")},
    ),
    maps.ItemSchemeMap: Terms((SSM.ItemSchemeMap, _ARTEFACT), _ENDS, _ITEM_MAPS),
    maps.NestedItemSchemeMap: Terms((SSM.ItemSchemeMap,), _ENDS, _ITEM_MAPS, ""),
    maps.NestedStructureMap: Terms(
        (SSM.StructureMap,),
        {**_ENDS, "is_extension": SSM.isExtension},
        {"component_maps": (SSM.componentMap, "component")},
        "StructureMap",
    ),
    maps.StructureSet: Terms(
        (SSM.StructureSet, _ARTEFACT), {"related": SSM.relatedStructure}, {"maps": (SSM.map, "map")}
    ),
}
_CODES = {"codes": (SST.hierarchicalCode, "code")}
HIERARCHIES: Mapping[type, Terms] = {
    hierarchies.HierarchicalCode: Terms(
        (SST.HierarchicalCode,),
        {
            "code": SST.code,
            "codelist_alias": SST.codelistAlias,
            "code_id": SST.codeId,
            "level": SST.levelId,
            "version": SS.version,
            **_VALID,
        },
        _CODES,
        "HierarchicalCode",
    ),
    hierarchies.Level: Terms(
        (SST.Level,),
        {"coding_format": SST.codingFormat, "order": SST.levelOrder},
        {"level": (SST.level, "level")},
        "Level",
    ),
    hierarchies.Hierarchy: Terms(
        (SST.Hierarchy, _ARTEFACT),
        {"has_formal_levels": SST.hasFormalLevels},
        {"level": (SST.level, "level"), **_CODES},
    ),
    hierarchies.NestedHierarchy: Terms(
        (SST.Hierarchy,),
        {"has_formal_levels": SST.hasFormalLevels},
        {"levels": (SST.level, "level"), **_CODES},
        "Hierarchy",
    ),
    hierarchies.IncludedCodelist: Terms(
        (SST.IncludedCodelist,), {"codelist": SST.codelist, "alias": SST.codelistAlias}
    ),
    hierarchies.HierarchicalCodelist: Terms(
        (SST.HierarchicalCodelist, _ARTEFACT),
        {},
        {"included": (SST.includedCodelist, "included"), "hierarchies": (SST.hierarchy, "hierarchy")},
    ),
    hierarchies.HierarchyAssociation: Terms(
        (SST.HierarchyAssociation, _ARTEFACT),
        {
            "linked_hierarchy": SST.linkedHierarchy,
            "linked_object": SST.linkedObject,
            "context_object": SST.contextObject,
        },
    ),
    hierarchies.Categorisation: Terms(
        (SST.Categorisation, _ARTEFACT), {"source": SST.categorisedArtefact, "target": SST.inCategory}
    ),
}
