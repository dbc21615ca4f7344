"""What local ids in maps and hierarchies mean, where the artefacts that they are taken from are at hand.

Ids stay as they are written; these links stand beside them, so that *where used* reaches single components and codes.
"""

from collections.abc import Iterator, Mapping

from rdflib import URIRef

from semstat.interop.formats.sdmx.extension import extended_items
from semstat.interop.formats.sdmx.index import Index
from semstat.interop.formats.sdmx.lift import Triples
from semstat.interop.formats.sdmx.model import Dataflow, DataStructure, ItemScheme, Reference
from semstat.interop.formats.sdmx.model_hierarchies import (
    HierarchicalCode,
    HierarchicalCodelist,
    Hierarchy,
    Level,
)
from semstat.interop.formats.sdmx.model_maps import (
    ItemSchemeMap,
    MappedComponent,
    NestedItemSchemeMap,
    NestedStructureMap,
    RepresentationMap,
    SourceValue,
    StructureMap,
    StructureSet,
    TargetValue,
)
from semstat.interop.formats.sdmx.model_processes import Process, Transition
from semstat.interop.formats.sdmx.parts import Part, parts_below
from semstat.ontology.iri import SdmxName
from semstat.ontology.terms import SST
from semstat.ontology.terms_mapping import SSM
from semstat.ontology.terms_process import SSP
from semstat.validators.diagnostics import Location
from semstat.validators.rules import finding

__all__ = ["lift_links"]


def lift_links(name: SdmxName, artefact: object, index: Index, origin: str) -> Triples:
    """Yield the links from mapped components, mapped values and hierarchical codes to what they stand for.

    Findings:
        ``DSD006`` when a map names a component that its structure, which is at hand, lacks; ``DSD001`` (by the index)
        for a code, other item or level that its scheme or hierarchy, which is at hand, lacks.
    """
    match artefact:
        case StructureMap() | ItemSchemeMap():
            yield from _ends(name, artefact, name, index, origin)
        case StructureSet():
            for part in parts_below(name, name.iri, artefact):
                if isinstance(part.value, NestedStructureMap | NestedItemSchemeMap):
                    yield from _ends(name, part.value, part.name, index, origin)
        case RepresentationMap():
            yield from _values(name, artefact, index, origin)
        case Hierarchy() | HierarchicalCodelist():
            yield from _hierarchy(name, artefact, index, origin)
        case Process():
            yield from _transitions(name, artefact, index, origin)


def _transitions(name: SdmxName, process: Process, index: Index, origin: str) -> Triples:
    for part in parts_below(name, name.iri, process):
        if isinstance(part.value, Transition) and part.value.target_step is not None:
            target = name.of_item("ProcessStep", part.value.target_step)
            yield part.iri, SSP.nextStep, index.resolve(Reference(target, part.value.facts.line), origin)


_EndedMap = StructureMap | ItemSchemeMap | NestedStructureMap | NestedItemSchemeMap
_SOURCES = {SSM.sourceComponent, SSM.sourceValue}


def _ends(artefact: SdmxName, ended: _EndedMap, own: SdmxName | None, index: Index, origin: str) -> Triples:
    if own is None:
        return
    ids = {end: _ids(index, reference) for end, reference in (("source", ended.source), ("target", ended.target))}
    for part in parts_below(artefact, own.iri, ended, path=own.item or ""):
        end = "source" if part.predicate in _SOURCES else "target"
        match part.value:
            case MappedComponent() as component:
                yield from _component(part, component, ids[end], ended, index, origin)
            case SourceValue() | TargetValue() if isinstance(ended, ItemSchemeMap | NestedItemSchemeMap):
                yield from _item(part, ids[end], _scheme(ended, end), index, origin)


def _scheme(ended: ItemSchemeMap | NestedItemSchemeMap, end: str) -> Reference | None:
    return ended.source if end == "source" else ended.target


def _ids(index: Index, reference: Reference | None) -> Mapping[str, SdmxName] | None:
    """Return the components of a structure or the items of a scheme by id, ``None`` when it is not at hand."""
    placed = index.kept.get(index.target(reference.name)) if reference is not None else None
    if placed is None or placed.head.is_stub:
        return None
    artefact, name = placed.artefact, placed.head.name
    match artefact:
        case Dataflow():
            return _ids(index, artefact.structure)
        case DataStructure():
            every = (*artefact.dimensions, *artefact.attributes, *artefact.measures)
            return {part.facts.id: name.of_item(part.cls, part.facts.id) for part in every}
        case ItemScheme():
            return {item.path: name.of_item(item.cls, item.path) for item in extended_items(index, artefact)}
    return None


def _component(
    part: Part,
    component: MappedComponent,
    ids: Mapping[str, SdmxName] | None,
    ended: _EndedMap,
    index: Index,
    origin: str,
) -> Triples:
    if ids is None:
        return
    if component.id in ids:
        yield part.iri, SSM.mapsComponent, ids[component.id].iri
        return
    which = "source" if part.predicate in _SOURCES else "target"
    reference = ended.source if which == "source" else ended.target
    where = reference.name.short if reference is not None else ""
    message = f"the map names the component `{component.id}`, which its {which} `{where}` lacks"
    location = Location(origin, component.line, focus=str(part.iri))
    index.diagnostics.append(finding("DSD006", message, location, value=component.id))


def _item(
    part: Part, ids: Mapping[str, SdmxName] | None, scheme: Reference | None, index: Index, origin: str
) -> Triples:
    value = part.value
    if ids is None or scheme is None or not isinstance(value, SourceValue | TargetValue):
        return
    if isinstance(value, SourceValue) and (value.is_regex or value.start_index or value.end_index):
        return
    if value.value in ids:
        yield part.iri, SSM.mapsItem, ids[value.value].iri
        return
    placed = index.kept[index.target(scheme.name)]
    cls = placed.artefact.item_class if isinstance(placed.artefact, ItemScheme) else "Code"
    if not placed.head.is_partial:
        index.miss(placed.head.name.of_item(cls, value.value), value.line, origin)


def _values(name: SdmxName, mapped: RepresentationMap, index: Index, origin: str) -> Triples:
    lists = {
        SSM.sourceValue: [source.codelist for source in mapped.sources],
        SSM.targetValue: [target.codelist for target in mapped.targets],
    }
    ids = {predicate: [_ids(index, codelist) for codelist in codelists] for predicate, codelists in lists.items()}
    for part in parts_below(name, name.iri, mapped):
        if part.predicate in lists and part.number is not None and part.number <= len(lists[part.predicate]):
            place = part.number - 1
            yield from _item(part, ids[part.predicate][place], lists[part.predicate][place], index, origin)


def _hierarchy(name: SdmxName, artefact: Hierarchy | HierarchicalCodelist, index: Index, origin: str) -> Triples:
    parts = list(parts_below(name, name.iri, artefact))
    levels = dict(_levels(parts, artefact))
    included = artefact.included if isinstance(artefact, HierarchicalCodelist) else ()
    aliases = {one.alias: one.codelist for one in included if one.codelist is not None}
    for part in parts:
        code = part.value
        if not isinstance(code, HierarchicalCode):
            continue
        scope = _scope(part.name, artefact)
        if code.level is not None:
            level = levels.get((scope, code.level)) or levels.get((scope, code.level.rpartition(".")[2]))
            if level is not None:
                yield part.iri, SST.atLevel, level
            else:
                index.miss(name.of_item("Level", f"{scope}{code.level}"), code.facts.line, origin)
        codelist = aliases.get(code.codelist_alias)
        if code.code is None and code.code_id is not None and codelist is not None:
            target = Reference(codelist.name.of_item("Code", code.code_id), code.facts.line)
            yield part.iri, SST.code, index.resolve(target, origin)


def _levels(parts: list[Part], artefact: object) -> Iterator[tuple[tuple[str, str], URIRef]]:
    """Yield the levels by the hierarchy that they belong to and their id, which is unique within it."""
    for part in parts:
        if isinstance(part.value, Level) and part.name is not None:
            yield (_scope(part.name, artefact), part.value.facts.id), part.iri


def _scope(name: SdmxName | None, artefact: object) -> str:
    """Return what precedes the ids of one hierarchy: its own id and a dot within a hierarchical code list."""
    if name is None or name.item is None or not isinstance(artefact, HierarchicalCodelist):
        return ""
    return name.item.split(".")[0] + "."
