"""The maps of 3.x as structure sets of 2.1: a structure map with the code maps that it uses, any other map for itself.

Source:
    SDMX 2.1, SDMXStructureStructureSet.xsd; SDMX 3.0, SDMXStructureStructureMappings.xsd.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from semstat.interop.formats.sdmx.account import Entry
from semstat.interop.formats.sdmx.model import Facts, LocalReference, Maintainable
from semstat.interop.formats.sdmx.model_maps import (
    ComponentMap,
    ItemMap,
    ItemSchemeMap,
    NestedItemSchemeMap,
    NestedStructureMap,
    RepresentationMap,
    RepresentationMapping,
    StructureMap,
    StructureSet,
)
from semstat.ontology.iri import SdmxName
from semstat.validators.diagnostics import Severity

__all__ = ["set_of_codes", "set_of_items", "set_of_structures"]

_RULES = {
    "epoch_maps": "epoch maps",
    "date_pattern_maps": "date pattern maps",
    "frequency_formats": "formats of frequencies",
    "fixed_value_maps": "fixed values",
}


def set_of_structures(
    held: StructureMap, known: Mapping[SdmxName, RepresentationMap], entry: Entry
) -> StructureSet | None:
    """Return the set of a structure map and of the code maps that its component maps use.

    Args:
        held: The structure map.
        known: The representation maps at hand, by name.
        entry: The page of the structure map in the account.

    Findings:
        ``IO206`` for dates, epochs, fixed values, component maps of several components, and rows of values that 2.1
        cannot say; ``IO212`` when nothing of the map is left, or its source or target is missing.
    """
    for field, words in _RULES.items():
        found = getattr(held, field)
        if found:
            message = f"its {words} cannot be said in SDMX-ML 2.1"
            entry.lose("IO206", message, value=words, count=len(found))
    code_maps: dict[str, NestedItemSchemeMap] = {}
    kept = (_component(one, held, known, code_maps, entry) for one in held.component_maps)
    components = tuple(one for one in kept if one is not None)
    if held.source is None or held.target is None or not components:
        entry.lose(
            "IO212", "it is left out: it has no source, target or map of single components", severity=Severity.ERROR
        )
        return None
    nested = NestedStructureMap(_inner(held.head), None, held.source, held.target, components)
    return StructureSet(_outer(held.head), (), (nested, *code_maps.values()))


def set_of_codes(held: RepresentationMap, entry: Entry) -> StructureSet | None:
    """Return the set of one code map; ``None`` when the map is not one between two code lists, or has no pair.

    Findings:
        ``IO201`` then; ``IO206`` for rows that 2.1 cannot say.
    """
    nested = _code_map(held, entry)
    if nested is None:
        message = "it is left out: in SDMX-ML 2.1 only a map between two code lists, with pairs of codes, stands alone"
        entry.lose("IO201", message, severity=Severity.ERROR)
        return None
    return StructureSet(_outer(held.head), (), (nested,))


def set_of_items(held: ItemSchemeMap, entry: Entry) -> StructureSet | None:
    """Return the set of one map of concepts, categories, organisations or reporting categories.

    Findings:
        ``IO206`` for pairs that 2.1 cannot say; ``IO212`` when none is left.
    """
    pairs = _pairs(held.item_maps, entry)
    if held.source is None or held.target is None or not pairs:
        entry.lose("IO212", "it is left out: it has no source, target or pair of items", severity=Severity.ERROR)
        return None
    nested = NestedItemSchemeMap(_inner(held.head), held.head.element, held.source, held.target, pairs)
    return StructureSet(_outer(held.head), (), (nested,))


def _outer(head: Maintainable) -> Maintainable:
    """Return the identity of the set that stands for a map: its agency, id, version and names."""
    name = replace(head.name, package="mapping", cls="StructureSet")
    facts = replace(head.facts, annotations=(), unread=(), links=())
    return Maintainable("StructureSet", name, facts, head.flags, head.texts)


def _inner(head: Maintainable) -> Facts:
    """Return what a map says of itself as a part of a set."""
    return head.facts


def _component(
    one: ComponentMap,
    held: StructureMap,
    known: Mapping[SdmxName, RepresentationMap],
    code_maps: dict[str, NestedItemSchemeMap],
    entry: Entry,
) -> ComponentMap | None:
    """Return a component map of 2.1; code maps that it needs are added to those of the set."""
    named = " ".join(part.id for part in (*one.sources, *one.targets))
    if len(one.sources) != 1 or len(one.targets) != 1:
        message = f"the map of `{named}` cannot be said: in SDMX-ML 2.1 one component is mapped to one"
        entry.lose("IO206", message, value=named)
        return None
    if one.representation_map is None:
        return one
    plain = replace(one, representation_map=None)
    values = known.get(one.representation_map.name)
    if values is None:
        message = f"how the values of `{named}` are mapped is not said: the representation map is not at hand"
        entry.lose("IO206", message, value=one.representation_map.name.urn)
        return plain
    identifier = values.head.name.id
    nested = code_maps.get(identifier) or _code_map(values, entry)
    if nested is not None:
        _lose_home(values.head, held.head, entry)
        code_maps[identifier] = nested
        return replace(plain, codelist_map=LocalReference(identifier, None))
    return replace(plain, mappings=_value_map(values, named, entry))


def _lose_home(values: Maintainable, held: Maintainable, entry: Entry) -> None:
    if (values.name.agency, values.name.version) != (held.name.agency, held.name.version):
        message = f"`{values.name.short}` becomes a part of the set, and loses its own agency and version"
        entry.lose("IO206", message, value=values.name.urn)


def _value_map(values: RepresentationMap, named: str, entry: Entry) -> tuple[RepresentationMapping, ...]:
    rows = _rows(values, entry)
    message = (
        f"the map `{values.head.name.short}` of the values of `{named}` is written within, without its name and types"
    )
    entry.lose("IO206", message, value=values.head.name.urn)
    return tuple(replace(row, annotations=()) for row in rows)


def _code_map(held: RepresentationMap, entry: Entry) -> NestedItemSchemeMap | None:
    """Return a map between two code lists; ``None`` for any other, and for one without pairs."""
    if len(held.sources) != 1 or len(held.targets) != 1:
        return None
    source, target = held.sources[0].codelist, held.targets[0].codelist
    rows = _rows(held, entry) if source is not None and target is not None else ()
    if not rows:
        return None
    pairs = tuple(
        ItemMap(row.line, row.sources[0], row.targets[0], annotations=row.annotations, unread=row.unread)
        for row in rows
    )
    return NestedItemSchemeMap(_inner(held.head), "CodelistMap", source, target, pairs)


def _rows(held: RepresentationMap, entry: Entry) -> tuple[RepresentationMapping, ...]:
    """Return the rows that are a pair of values, always in force."""
    kept = tuple(row for row in held.mappings if _is_pair(row))
    lost = len(held.mappings) - len(kept)
    if lost:
        message = f"rows of `{held.head.name.short}` with patterns, parts of values, several or no values, or dates are not written"
        entry.lose("IO206", message, value=held.head.name.urn, count=lost)
    return kept


def _is_pair(row: RepresentationMapping) -> bool:
    if len(row.sources) != 1 or len(row.targets) != 1 or row.valid_from is not None or row.valid_to is not None:
        return False
    source = row.sources[0]
    return not source.is_regex and source.start_index is None and source.end_index is None


def _pairs(items: Iterable[ItemMap], entry: Entry) -> tuple[ItemMap, ...]:
    pairs, lost = [], 0
    for item in items:
        source, target = item.source, item.target
        row = RepresentationMapping(
            item.line,
            (source,) if source is not None else (),
            (target,) if target is not None else (),
            item.valid_from,
            item.valid_to,
        )
        if _is_pair(row):
            pairs.append(item)
        else:
            lost += 1
    if lost:
        message = "pairs with patterns, parts of values, no target or dates are not written"
        entry.lose("IO206", message, count=lost)
    return tuple(pairs)
