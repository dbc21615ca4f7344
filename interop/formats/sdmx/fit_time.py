"""Key families of 2.0 fitted to a dialect: the name of time, and measure dimensions that a code list enumerates."""

from collections.abc import Iterable
from dataclasses import replace

from semstat.interop.formats.sdmx.model import Component, DataStructure, LocalReference
from semstat.interop.formats.sdmx.target import Writing

__all__ = ["fit_key_family"]

_TIME = "TIME_PERIOD"


def fit_key_family(structure: DataStructure, writing: Writing) -> DataStructure:
    """Return a structure whose time dimension has the one name for it, and whose measure dimension lists concepts.

    2.0 names the time dimension after its concept, and lists the values of a measure dimension by a code list. The codes
    are kept: the measure dimension becomes a plain one.

    Findings:
        ``IO207`` for a time dimension that is renamed, here and wherever the structure speaks of it, and for a measure
        dimension that becomes a plain one.

    Source:
        SDMX 2.1 and 3.0, SDMXStructureDataStructure.xsd, ``TimeDimensionType`` (id fixed to TIME_PERIOD) and
        ``MeasureDimensionRepresentationType`` (a concept scheme).
    """
    dimensions = tuple(_plain(part, writing) for part in structure.dimensions)
    structure = replace(structure, dimensions=dimensions)
    time = next((part for part in dimensions if part.cls == "TimeDimension"), None)
    named = {part.facts.id for part in (*dimensions, *structure.attributes, *structure.measures)}
    if time is None or _TIME in named:
        return structure
    old = time.facts.id
    message = f"the time dimension `{old}` is written as `{_TIME}`, its only name in SDMX-ML {writing.dialect.version}"
    writing.entry.lose("IO207", message, part=old, value=old)
    return _renamed(structure, old)


def _plain(component: Component, writing: Writing) -> Component:
    found = component.representation
    enumeration = found.enumeration if found is not None else None
    if component.cls != "MeasureDimension" or not writing.dialect.legacy:
        return component
    if enumeration is not None and enumeration.name.cls == "ConceptScheme":
        return component
    listed = f"`{enumeration.name.short}` lists codes" if enumeration is not None else "nothing lists its values"
    message = f"`{component.facts.id}` is written as a Dimension: in SDMX-ML 2.1 a concept scheme lists measures, and {listed}"
    writing.entry.lose("IO207", message, part=component.facts.id, value=component.cls)
    return replace(component, cls="Dimension")


def _renamed(structure: DataStructure, old: str) -> DataStructure:
    def one(component: Component) -> Component:
        attachment = component.attachment
        if attachment is not None:
            optional = tuple(_TIME if name == old else name for name in attachment.optional)
            attachment = replace(attachment, components=local(attachment.components), optional=optional)
        own = component.cls == "TimeDimension"
        facts = replace(component.facts, id=_TIME) if own and component.facts.id == old else component.facts
        return replace(component, facts=facts, attachment=attachment)

    def local(names: Iterable[LocalReference]) -> tuple[LocalReference, ...]:
        return tuple(replace(name, id=_TIME) if name.id == old else name for name in names)

    return replace(
        structure,
        dimensions=tuple(one(part) for part in structure.dimensions),
        attributes=tuple(one(part) for part in structure.attributes),
        groups=tuple(replace(group, dimensions=local(group.dimensions)) for group in structure.groups),
    )
