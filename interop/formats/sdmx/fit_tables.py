"""Artefacts that tables describe, fitted to a dialect: maps, hierarchies, categorisations."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from semstat.interop.formats.sdmx.fit import fit_facts, fit_head, fit_reference
from semstat.interop.formats.sdmx.fit_representations import fit_representation
from semstat.interop.formats.sdmx.model import (
    Annotation,
    Facts,
    Maintainable,
    Reference,
    Representation,
    TabledArtefact,
)
from semstat.interop.formats.sdmx.model_contents import ConceptDetail, Contact
from semstat.interop.formats.sdmx.model_hierarchies import Categorisation, Level, NestedHierarchy
from semstat.interop.formats.sdmx.model_maps import NestedItemSchemeMap, NestedStructureMap
from semstat.interop.formats.sdmx.model_metadata import Metadataflow, MetadataStructure, MetadataTarget
from semstat.interop.formats.sdmx.model_processes import ProcessArtefact, ProcessStep
from semstat.interop.formats.sdmx.target import Writing
from semstat.validators.diagnostics import Severity

__all__ = ["fit_parts", "fit_table"]

_ONLY_2_0: Mapping[type, tuple[str, ...]] = {
    ConceptDetail: ("version",),
    Contact: ("purpose",),
    Metadataflow: ("categories",),
    MetadataTarget: ("components",),
    ProcessArtefact: ("object_class",),
}
_NAMED = (Level, ProcessStep, NestedHierarchy, NestedItemSchemeMap, NestedStructureMap)
"""Parts that must have a name."""


def fit_table(artefact: TabledArtefact, writing: Writing) -> TabledArtefact | None:
    """Return an artefact as the target says it; ``None`` when it has no such artefacts.

    Findings:
        ``IO201`` when 2.1 has nothing like a 3.x map or hierarchy, or the other way round; ``IO212`` for a categorisation
        that does not say what it categorises.
    """
    element = artefact.head.element
    if element not in writing.dialect.elements:
        message = f"it is left out: SDMX-ML {writing.dialect.version} has no {element}"
        writing.entry.lose("IO201", message, severity=Severity.ERROR)
        return None
    if isinstance(artefact, Metadataflow) and not artefact.targets and not writing.dialect.legacy:
        message = "it is left out: it does not say what its metadata are about, which the schema demands"
        writing.entry.lose("IO212", message, severity=Severity.ERROR)
        return None
    if isinstance(artefact, Categorisation) and (artefact.source is None) != (artefact.target is None):
        message = "it is left out: it says only half of what it categorises, and how"
        writing.entry.lose("IO212", message, severity=Severity.ERROR)
        return None
    fitted = cast(TabledArtefact, _fitted(artefact, writing, None))
    if isinstance(fitted, MetadataStructure):
        return _metadata_structure(fitted, writing)
    if isinstance(fitted, Metadataflow) and writing.dialect.legacy and fitted.targets:
        message = "what its metadata are about cannot be said of a metadataflow in SDMX-ML 2.1"
        writing.entry.lose("IO206", message, value=" ".join(target.name.urn for target in fitted.targets))
        return replace(fitted, targets=())
    return fitted


def _metadata_structure(structure: MetadataStructure, writing: Writing) -> MetadataStructure | None:
    """Return a metadata structure: attributes only in 3.x, targets and report structures in 2.1."""
    if writing.dialect.legacy and structure.attributes:
        message = "it is left out: SDMX-ML 2.1 has no metadata structures without targets and report structures"
        writing.entry.lose("IO201", message, severity=Severity.ERROR)
        return None
    if writing.dialect.legacy or not (structure.targets or structure.reports):
        return structure
    attributes = {one.facts.id: one for report in reversed(structure.reports) for one in reversed(report.attributes)}
    facts = [*(target.facts for target in structure.targets), *(report.facts for report in structure.reports)]
    names = " ".join(said.id for said in facts)
    message = (
        f"its targets and report structures cannot be said in SDMX-ML {writing.dialect.version}; the attributes are"
    )
    writing.entry.lose("IO206", message, value=names, count=len(facts))
    return replace(structure, attributes=tuple(reversed(attributes.values())), targets=(), reports=())


def fit_parts(value: object, writing: Writing, part: str | None) -> object:
    """Return what an item or scheme says beyond the rest, in names, texts and references of the target."""
    return _fitted(value, writing, part)


def _fitted(value: object, writing: Writing, part: str | None) -> object:
    """Return a value in which every name, text and reference is one of the target."""
    match value:
        case Maintainable():
            return fit_head(value, writing)
        case Reference():
            return fit_reference(value, writing, part=part)
        case Facts():
            return fit_facts(value, writing, part, named=False)
        case Representation():
            return fit_representation(value, writing, part or "")
        case tuple():
            return tuple(_fitted(one, writing, part) for one in value)
    value = _without_old(value, writing, part)
    if not is_dataclass(value) or isinstance(value, type | Annotation):
        return value
    facts = getattr(value, "facts", None)
    inner = facts.id if isinstance(facts, Facts) and facts.id else part
    held: dict[str, Any] = {field.name: _fitted(getattr(value, field.name), writing, inner) for field in fields(value)}
    if isinstance(value, _NAMED):
        held["facts"] = fit_facts(cast(Facts, facts), writing, inner)
    return replace(value, **held)


def _without_old(value: object, writing: Writing, part: str | None) -> object:
    """Return a value without what only 2.0 states in its place."""
    for name in _ONLY_2_0.get(type(value), ()):
        said = getattr(value, name)
        if said:
            writing.entry.lose("IO202", f"`{name}`, which only SDMX-ML 2.0 states here, is not written", part=part)
            value = replace(cast(Any, value), **{name: () if isinstance(said, tuple) else None})
    return value
