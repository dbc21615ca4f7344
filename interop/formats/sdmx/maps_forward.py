"""Structure sets of 2.1 as the maps of 3.x: each map stands for itself, with the agency and version of the set.

Source:
    SDMX 3.0, Section 1 (Framework), *Changes from 2.1*: structure sets are replaced by maps; SDMX 3.0, Section 2, 9.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from semstat.interop.formats.sdmx.account import Entry
from semstat.interop.formats.sdmx.model import Facts, LocalReference, Maintainable, Reference
from semstat.interop.formats.sdmx.model_maps import (
    ComponentMap,
    ItemMap,
    ItemSchemeMap,
    MappedRepresentation,
    NestedItemSchemeMap,
    NestedStructureMap,
    RepresentationMap,
    RepresentationMapping,
    StructureMap,
    StructureSet,
)
from semstat.ontology.iri import SdmxName
from semstat.validators.diagnostics import Severity

__all__ = ["ConvertedMap", "maps_of_set"]

ConvertedMap = StructureMap | RepresentationMap | ItemSchemeMap
_OF_CODES = ("CodelistMap", "HybridCodelistMap")
_CODE_MAP = "RepresentationMap"
_PACKAGE = "structuremapping"
_TEXT = MappedRepresentation(None, data_type="String")


def maps_of_set(held: StructureSet, entry: Entry, taken: set[SdmxName]) -> Iterator[ConvertedMap]:
    """Yield the maps of a structure set as artefacts of their own.

    Args:
        held: The set.
        entry: Its page of the account.
        taken: The names of maps that exist already; those that are made are added.

    Findings:
        ``IO206`` for the set itself, the structures that it relates and what 3.x says nowhere of a map; ``IO205`` for
        the formats that values are to be given; ``IO212`` for a map without source or target; ``IO201`` for a map of
        hierarchies.
    """
    _lose_set(held, entry)
    names = {(type(one), one.facts.id): _name(held, one, taken) for one in held.maps}
    for one in held.maps:
        part = one.facts.id
        if one.source is None or one.target is None:
            message = f"the map `{part}` is left out: it lacks a source or a target"
            entry.lose("IO212", message, part=part, severity=Severity.ERROR)
            continue
        head = _head(held, names[type(one), part], one.facts)
        if isinstance(one, NestedStructureMap):
            renamed = {
                name.facts.id: names[type(name), name.facts.id] for name in held.maps if _class(name) == _CODE_MAP
            }
            yield from _structure_map(one, head, entry, taken, renamed)
        elif one.cls in _OF_CODES:
            yield from _code_map(one, head, entry)
        else:
            items = tuple(_item(item, entry, part) for item in one.item_maps)
            yield ItemSchemeMap(head, one.source, one.target, items)


def _lose_set(held: StructureSet, entry: Entry) -> None:
    ids = " ".join(one.facts.id for one in held.maps)
    if not _speaks_for(held):
        entry.lose("IO206", "it is written as the maps that it holds, without its own name and annotations", value=ids)
    if held.related:
        named = " ".join(one.name.urn for one in held.related)
        entry.lose("IO206", "the structures that it relates are not named", value=named, count=len(held.related))
    for _ in held.head.facts.unread:
        entry.lose("IO202", "content that was kept without being interpreted has no place outside the set")


def _speaks_for(held: StructureSet) -> bool:
    """Whether the first map of a set says all that the set says of itself."""
    own = held.head.facts
    for one in held.maps[:1]:
        same = (own.id, own.names, own.descriptions) == (one.facts.id, one.facts.names, one.facts.descriptions)
        return same and own.annotations in ((), one.facts.annotations)
    return False


def _class(one: NestedStructureMap | NestedItemSchemeMap) -> str:
    if isinstance(one, NestedStructureMap):
        return "StructureMap"
    return "RepresentationMap" if one.cls in _OF_CODES else one.cls


def _name(held: StructureSet, one: NestedStructureMap | NestedItemSchemeMap, taken: set[SdmxName]) -> SdmxName:
    """Return the name of a map: its own id, preceded by that of the set where another map has it."""
    whole = held.head.name
    name = SdmxName(_PACKAGE, _class(one), whole.agency, one.facts.id, whole.version)
    return _free(name, f"{whole.id}_{one.facts.id}", taken)


def _free(name: SdmxName, other: str, taken: set[SdmxName]) -> SdmxName:
    if name in taken:
        name = replace(name, id=other)
    number = 2
    while name in taken:
        name, number = replace(name, id=f"{other}_{number}"), number + 1
    taken.add(name)
    return name


def _head(held: StructureSet, name: SdmxName, facts: Facts) -> Maintainable:
    return Maintainable(name.cls, name, replace(facts, id=name.id), held.head.flags, held.head.texts)


def _structure_map(
    one: NestedStructureMap, head: Maintainable, entry: Entry, taken: set[SdmxName], names: Mapping[str, SdmxName]
) -> Iterator[ConvertedMap]:
    part = one.facts.id
    if one.is_extension:
        entry.lose(
            "IO206", f"that the target of `{part}` extends its source is not said", part=part, value="isExtension"
        )
    components = []
    for component in one.component_maps:
        made = None
        if component.mappings:
            made = _values(component, head, taken)
            message = f"the values that `{part}` maps are written as the representation map `{made.head.name.short}`"
            entry.lose("IO206", message, part=part, value=made.head.name.urn, severity=Severity.INFO)
            yield made
        components.append(_component(component, names, made, entry, part))
    yield StructureMap(head, one.source, one.target, component_maps=tuple(components))


def _component(
    component: ComponentMap, names: Mapping[str, SdmxName], made: RepresentationMap | None, entry: Entry, part: str
) -> ComponentMap:
    """Return a component map of 3.x, which refers to a representation map or copies values."""
    if component.to_text_format is not None or component.to_value_type is not None:
        named = " ".join(one.id for one in component.targets)
        message = f"the format and kind of the values that `{part}` gives to `{named}` cannot be said"
        entry.lose("IO205", message, part=part, value=component.to_value_type)
    reference = Reference(made.head.name, None) if made is not None else _of_codes(component.codelist_map, names)
    return replace(
        component,
        representation_map=reference,
        codelist_map=None,
        to_text_format=None,
        to_value_type=None,
        mappings=(),
    )


def _of_codes(local: LocalReference | None, names: Mapping[str, SdmxName]) -> Reference | None:
    name = names.get(local.id) if local is not None else None
    return Reference(name, None) if name is not None else None


def _values(component: ComponentMap, head: Maintainable, taken: set[SdmxName]) -> RepresentationMap:
    ids = "_".join(one.id for one in (*component.sources, *component.targets))
    identifier = f"{head.name.id}_{ids}"
    name = _free(replace(head.name, cls="RepresentationMap", id=identifier), identifier, taken)
    made = Maintainable(
        "RepresentationMap", name, Facts(name.id, head.facts.line, head.facts.names), head.flags, head.texts
    )
    return RepresentationMap(made, (_TEXT,), (_TEXT,), component.mappings)


def _code_map(one: NestedItemSchemeMap, head: Maintainable, entry: Entry) -> Iterator[RepresentationMap]:
    assert one.source is not None
    assert one.target is not None
    if any("Hierarch" in end.name.cls for end in (one.source, one.target)):
        message = f"the map `{one.facts.id}` is left out: in SDMX 3.x maps of codes are between code lists only"
        entry.lose("IO201", message, part=one.facts.id, value=one.cls, severity=Severity.ERROR)
        return
    rows = tuple(_row(item, entry, one.facts.id) for item in one.item_maps)
    ends = (MappedRepresentation(None, one.source),), (MappedRepresentation(None, one.target),)
    yield RepresentationMap(head, *ends, rows)


def _item(item: ItemMap, entry: Entry, part: str) -> ItemMap:
    if item.alias is not None:
        message = f"the alias `{item.alias}` of a pair in `{part}`, which only SDMX-ML 2.0 states, is not written"
        entry.lose("IO202", message, part=part, value=item.alias)
    return replace(item, alias=None)


def _row(item: ItemMap, entry: Entry, part: str) -> RepresentationMapping:
    plain = _item(item, entry, part)
    return RepresentationMapping(
        plain.line,
        (plain.source,) if plain.source is not None else (),
        (plain.target,) if plain.target is not None else (),
        plain.valid_from,
        plain.valid_to,
        plain.annotations,
        plain.unread,
    )
