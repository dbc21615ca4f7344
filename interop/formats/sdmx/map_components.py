"""What kind of component a map of 2.1 speaks of: 2.1 demands to say so, 3.x names components by id alone.

Source:
    SDMX 2.1, SDMXCommonReferences.xsd, ``LocalComponentListComponentRefType``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from semstat.interop.formats.sdmx.account import Entry
from semstat.interop.formats.sdmx.model import Artefact, Dataflow, DataStructure, Reference
from semstat.interop.formats.sdmx.model_maps import MappedComponent, NestedStructureMap, StructureSet
from semstat.ontology.iri import SdmxName

__all__ = ["Classes", "classes_of", "with_classes"]

Classes = Mapping[SdmxName, Mapping[str, str]]
"""The class of each component, by the name of its structure or dataflow and its id."""

_IN_2_1 = {"DataAttribute": "Attribute", "Measure": "PrimaryMeasure"}
_BY_ID = {"TIME_PERIOD": "TimeDimension", "OBS_VALUE": "PrimaryMeasure"}


def classes_of(artefacts: Iterable[Artefact]) -> Classes:
    """Return the classes of the components of all structures and of the dataflows that follow them."""
    every = tuple(artefacts)
    found: dict[SdmxName, Mapping[str, str]] = {}
    for one in every:
        if isinstance(one, DataStructure):
            parts = (*one.dimensions, *one.attributes, *one.measures)
            found[one.head.name] = {part.facts.id: _IN_2_1.get(part.cls, part.cls) for part in parts}
    for one in every:
        if isinstance(one, Dataflow) and one.structure is not None and one.structure.name in found:
            found[one.head.name] = found[one.structure.name]
    return found


def with_classes(held: StructureSet, classes: Classes, entry: Entry) -> StructureSet:
    """Return a structure set in which each mapped component says of which class it is.

    Findings:
        ``IO212`` for a component whose structure is not at hand, or does not have it: a dimension is written.
    """
    maps = tuple(
        _structure_map(one, classes, entry) if isinstance(one, NestedStructureMap) else one for one in held.maps
    )
    return replace(held, maps=maps)


def _structure_map(one: NestedStructureMap, classes: Classes, entry: Entry) -> NestedStructureMap:
    part = one.facts.id

    def known(components: tuple[MappedComponent, ...], end: Reference | None) -> tuple[MappedComponent, ...]:
        return tuple(_component(component, end, classes, entry, part) for component in components)

    components = tuple(
        replace(pair, sources=known(pair.sources, one.source), targets=known(pair.targets, one.target))
        for pair in one.component_maps
    )
    return replace(one, component_maps=components)


def _component(
    component: MappedComponent, end: Reference | None, classes: Classes, entry: Entry, part: str
) -> MappedComponent:
    cls = classes.get(end.name, {}).get(component.id) if end is not None else None
    cls = cls or _BY_ID.get(component.id)
    if cls is None:
        structure = end.name.short if end is not None else ""
        message = f"of what kind `{component.id}` of `{structure}` is, nothing read says; it is written as a dimension"
        entry.lose("IO212", message, part=part, value=component.id)
    return replace(component, kind=cls or "Dimension")
