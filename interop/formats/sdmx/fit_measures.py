"""Measures fitted to a dialect: 2.1 has exactly one, and it is called OBS_VALUE."""

from dataclasses import replace

from semstat.interop.formats.sdmx.model import Attachment, Component, DataStructure, Reference
from semstat.interop.formats.sdmx.target import Writing
from semstat.ontology.iri import SdmxName

__all__ = ["fit_measures"]

_PRIMARY = "OBS_VALUE"
_CONCEPT = SdmxName("conceptscheme", "Concept", "SDMX", "CROSS_DOMAIN_CONCEPTS", "1.0", _PRIMARY)


def fit_measures(structure: DataStructure, writing: Writing) -> tuple[tuple[Component, ...], tuple[Component, ...]]:
    """Return the measures of a structure, and those that have to become attributes of the observation.

    In 2.1 the measure called OBS_VALUE, or else the first, is the primary measure.

    Findings:
        ``IO204`` for a measure that is renamed, invented, made an attribute, or said to be mandatory.

    Source:
        SDMX 2.1, SDMXStructureDataStructure.xsd, ``MeasureListType`` (one ``PrimaryMeasure``, id fixed to OBS_VALUE).
    """
    if not writing.dialect.legacy:
        return structure.measures, ()
    if not structure.measures:
        return _invented(structure, writing), ()
    primary = next((part for part in structure.measures if part.facts.id == _PRIMARY), structure.measures[0])
    others = tuple(part for part in structure.measures if part is not primary)
    for part in others:
        message = (
            f"the measure `{part.facts.id}` is written as an attribute of the observation: SDMX-ML 2.1 has one measure"
        )
        writing.entry.lose("IO204", message, part=part.facts.id, value=part.facts.id)
    return (_primary(primary, writing),), tuple(_as_attribute(part) for part in others)


def _primary(measure: Component, writing: Writing) -> Component:
    identifier = measure.facts.id
    if identifier != _PRIMARY:
        message = f"the measure `{identifier}` is written as `{_PRIMARY}`, the only name of a measure in SDMX-ML 2.1"
        writing.entry.lose("IO204", message, part=identifier, value=identifier)
    if measure.usage == "mandatory":
        message = f"that the measure `{identifier}` is mandatory cannot be said in SDMX-ML 2.1"
        writing.entry.lose("IO204", message, part=identifier, value="mandatory")
    return replace(measure, cls="PrimaryMeasure", facts=replace(measure.facts, id=_PRIMARY), usage=None)


def _as_attribute(measure: Component) -> Component:
    return replace(
        measure, cls="DataAttribute", attachment=Attachment("observation"), usage=measure.usage or "optional"
    )


def _invented(structure: DataStructure, writing: Writing) -> tuple[Component, ...]:
    if not structure.dimensions:
        return ()
    from semstat.interop.formats.sdmx.model import Facts

    message = f"it has no measure; `{_PRIMARY}` of {_CONCEPT.short} is written, since SDMX-ML 2.1 demands one"
    writing.entry.lose("IO204", message, value="")
    return (Component("PrimaryMeasure", Facts(_PRIMARY, None), Reference(_CONCEPT, None)),)
