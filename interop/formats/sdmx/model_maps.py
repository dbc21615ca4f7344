"""Maps as read: of structures, of representations, of the items of schemes, and 2.1 structure sets that hold them.

Source:
    SDMX 3.0, Section 2 (Information Model), 9 *Structure Mapping*; SDMX 2.1, Section 2, 9 *Structure Set and Mappings*.
"""

from dataclasses import dataclass, field

from semstat.interop.formats.sdmx.model_facts import (
    Annotation,
    Facts,
    LocalReference,
    Maintainable,
    Reference,
    Representation,
)

__all__ = [
    "ComponentMap",
    "DatePatternMap",
    "EpochMap",
    "FixedValueMap",
    "FrequencyFormatMapping",
    "ItemMap",
    "ItemSchemeMap",
    "MappedComponent",
    "MappedRepresentation",
    "NestedItemSchemeMap",
    "NestedStructureMap",
    "RepresentationMap",
    "RepresentationMapping",
    "SourceValue",
    "StructureMap",
    "StructureSet",
    "TargetValue",
]


@dataclass(frozen=True, slots=True)
class SourceValue:
    """A value to be mapped, or a regular expression; ``start_index`` and ``end_index`` cut a part out, as written."""

    line: int | None = field(compare=False)
    value: str = ""
    is_regex: bool | None = None
    start_index: str | None = None
    end_index: str | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetValue:
    """A value that a map yields."""

    line: int | None = field(compare=False)
    value: str = ""
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MappedRepresentation:
    """One source or target of a representation map: a code list (or value list), or a data type."""

    line: int | None = field(compare=False)
    codelist: Reference | None = None
    data_type: str | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RepresentationMapping:
    """One row of a representation map: a value for each source, a value for each target, in their order."""

    line: int | None = field(compare=False)
    sources: tuple[SourceValue, ...] = ()
    targets: tuple[TargetValue, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    annotations: tuple[Annotation, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RepresentationMap:
    """A map between the values of code lists or data types."""

    head: Maintainable
    sources: tuple[MappedRepresentation, ...] = ()
    targets: tuple[MappedRepresentation, ...] = ()
    mappings: tuple[RepresentationMapping, ...] = ()


@dataclass(frozen=True, slots=True)
class MappedComponent:
    """A component that a map reads or writes, by its id in the structure; ``kind`` is its class in 2.1, once known."""

    line: int | None = field(compare=False)
    id: str = ""
    unread: tuple[str, ...] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class ComponentMap:
    """A map from components to components; without a representation map values are copied.

    2.1 states the values by ``codelist_map`` (a part of the same set), ``to_text_format`` with ``to_value_type``, or
    ``mappings``.
    """

    line: int | None = field(compare=False)
    sources: tuple[MappedComponent, ...] = ()
    targets: tuple[MappedComponent, ...] = ()
    representation_map: Reference | None = None
    codelist_map: LocalReference | None = None
    to_text_format: Representation | None = None
    to_value_type: str | None = None
    mappings: tuple[RepresentationMapping, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FixedValueMap:
    """The values that a component of the source or of the target always has."""

    line: int | None = field(compare=False)
    source: MappedComponent | None = None
    target: MappedComponent | None = None
    values: tuple[TargetValue, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DatePatternMap:
    """A map from dates written by a pattern to periods of a frequency."""

    facts: Facts
    sources: tuple[MappedComponent, ...] = ()
    targets: tuple[MappedComponent, ...] = ()
    frequency_dimension: str | None = None
    mapped_frequencies: tuple[str, ...] = ()
    target_frequency: str | None = None
    resolve_period: str | None = None
    source_pattern: str | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class EpochMap:
    """A map from a number of time units since a moment to periods of a frequency."""

    facts: Facts
    sources: tuple[MappedComponent, ...] = ()
    targets: tuple[MappedComponent, ...] = ()
    frequency_dimension: str | None = None
    mapped_frequencies: tuple[str, ...] = ()
    target_frequency: str | None = None
    resolve_period: str | None = None
    base_period: str | None = None
    epoch_period: str | None = None


@dataclass(frozen=True, slots=True)
class FrequencyFormatMapping:
    """How the periods of a frequency are written."""

    facts: Facts
    frequency: str | None = None
    date_pattern: str | None = None


@dataclass(frozen=True, slots=True)
class StructureMap:
    """A map from one data structure or dataflow to another (3.x)."""

    head: Maintainable
    source: Reference | None = None
    target: Reference | None = None
    epoch_maps: tuple[EpochMap, ...] = ()
    date_pattern_maps: tuple[DatePatternMap, ...] = ()
    frequency_formats: tuple[FrequencyFormatMapping, ...] = ()
    component_maps: tuple[ComponentMap, ...] = ()
    fixed_value_maps: tuple[FixedValueMap, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemMap:
    """A map from an item of one scheme to an item of another; no target when the item has none."""

    line: int | None = field(compare=False)
    source: SourceValue | None = None
    target: TargetValue | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    alias: str | None = None
    annotations: tuple[Annotation, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemSchemeMap:
    """A map between two schemes of concepts, categories, organisations or reporting categories (3.x)."""

    head: Maintainable
    source: Reference | None = None
    target: Reference | None = None
    item_maps: tuple[ItemMap, ...] = ()


@dataclass(frozen=True, slots=True)
class NestedItemSchemeMap:
    """A map between two schemes within a structure set; ``cls`` is its class in a URN, for example ``CodelistMap``."""

    facts: Facts
    cls: str
    source: Reference | None = None
    target: Reference | None = None
    item_maps: tuple[ItemMap, ...] = ()


@dataclass(frozen=True, slots=True)
class NestedStructureMap:
    """A map between two structures or their usages within a structure set."""

    facts: Facts
    is_extension: bool | None = None
    source: Reference | None = None
    target: Reference | None = None
    component_maps: tuple[ComponentMap, ...] = ()


@dataclass(frozen=True, slots=True)
class StructureSet:
    """A set of maps (2.0 and 2.1), in document order, and the structures that they relate."""

    head: Maintainable
    related: tuple[Reference, ...] = ()
    maps: tuple[NestedStructureMap | NestedItemSchemeMap, ...] = ()
