"""Data structures, dataflows and provision agreements fitted to a dialect."""

from collections.abc import Iterable
from dataclasses import replace

from semstat.interop.formats.sdmx.fit import fit_facts, fit_head, fit_reference
from semstat.interop.formats.sdmx.fit_attachments import fit_attachment
from semstat.interop.formats.sdmx.fit_lists import fit_metadata
from semstat.interop.formats.sdmx.fit_measures import fit_measures
from semstat.interop.formats.sdmx.fit_representations import fit_representation
from semstat.interop.formats.sdmx.fit_time import fit_key_family
from semstat.interop.formats.sdmx.model import (
    Component,
    Dataflow,
    DataStructure,
    Group,
    ProvisionAgreement,
    Reference,
    Representation,
)
from semstat.interop.formats.sdmx.target import Writing
from semstat.validators.diagnostics import Severity

__all__ = ["fit_data_structure", "fit_dataflow", "fit_provision_agreement"]

_TIME = Representation(None, text_type="ObservationalTimePeriod")
_OF_TIME = ("Period", "Year", "Month", "Day", "Semester", "Trimester", "Quarter", "Week", "DateTime", "TimeRange")
_START_DAY = Representation(None, text_type="MonthDay")


def fit_data_structure(structure: DataStructure, writing: Writing) -> DataStructure:
    """Return a data structure as the target says it.

    Findings:
        ``IO204`` measures, ``IO205`` representations, ``IO206`` attribute relationships, ``IO207`` roles and kinds of
        components, ``IO212`` a component without concept, or components without a dimension.
    """
    head = fit_head(structure.head, writing)
    structure = fit_key_family(structure, writing)
    kept, moved = fit_measures(structure, writing)
    whole = (*structure.dimensions, *structure.attributes, *moved, *kept)
    if whole and not structure.dimensions:
        message = f"it has no dimension, so that its {len(whole)} components cannot be written"
        writing.entry.lose("IO212", message, count=len(whole), severity=Severity.ERROR)
        return replace(structure, head=head, dimensions=(), attributes=(), measures=(), groups=())
    fitted = replace(
        structure,
        head=head,
        dimensions=_components(structure.dimensions, writing),
        attributes=_components((*structure.attributes, *moved), writing),
        measures=_components(kept, writing),
        groups=tuple(_group(group, writing) for group in structure.groups),
    )
    attributes = tuple(fit_attachment(part, fitted, writing) for part in fitted.attributes)
    return fit_metadata(replace(fitted, attributes=attributes), writing)


def _group(group: Group, writing: Writing) -> Group:
    part, constraint = group.facts.id, group.constraint
    if constraint is not None and not writing.dialect.legacy:
        message = f"that the group `{part}` is given by an attachment constraint can only be said in SDMX-ML 2.1"
        writing.entry.lose("IO206", message, part=part, value=constraint.name.urn)
        constraint = None
    facts = fit_facts(group.facts, writing, part, named=False)
    return replace(group, facts=facts, constraint=constraint and fit_reference(constraint, writing, part=part))


def _components(components: Iterable[Component], writing: Writing) -> tuple[Component, ...]:
    return tuple(fitted for part in components if (fitted := _component(part, writing)) is not None)


def _component(component: Component, writing: Writing) -> Component | None:
    part = component.facts.id
    if component.concept is None:
        message = f"the component `{part}` is left out: it has no concept, which the schema demands"
        writing.entry.lose("IO212", message, part=part, severity=Severity.ERROR)
        return None
    cls = writing.dialect.classes.get(component.cls, component.cls)
    if cls != component.cls and component.cls in ("MeasureDimension", "ReportingYearStartDay"):
        message = f"`{part}` is written as a {cls}: SDMX-ML {writing.dialect.version} has no {component.cls}"
        writing.entry.lose("IO207", message, part=part, value=component.cls)
    stated = component.stated_position
    if stated is not None and component.cls == "TimeDimension" and not writing.dialect.legacy:
        message = f"the place `{stated}` of the time dimension cannot be stated in SDMX-ML {writing.dialect.version}"
        writing.entry.lose("IO207", message, part=part, value=stated)
        stated = None
    if component.flags or component.cross_sectional or component.measure_code:
        message = f"what only SDMX-ML 2.0 says of `{part}` (role flags, cross-sectional levels) is not written"
        writing.entry.lose("IO207", message, part=part, value=" ".join(component.flags))
    return replace(
        component,
        stated_position=stated,
        cls=cls,
        facts=fit_facts(component.facts, writing, part, named=False),
        concept=fit_reference(component.concept, writing, part=part),
        roles=_roles(component, writing),
        representation=_representation(component, writing),
    )


def _roles(component: Component, writing: Writing) -> tuple[Reference, ...]:
    admits_none = ("TimeDimension", "PrimaryMeasure") if writing.dialect.legacy else ("TimeDimension",)
    if component.roles and component.cls in (*admits_none, "ReportingYearStartDay"):
        part, roles = component.facts.id, " ".join(role.name.short for role in component.roles)
        writing.entry.lose("IO207", f"the role of `{part}` cannot be written", part=part, value=roles)
        return ()
    return tuple(fit_reference(role, writing, part=component.facts.id) for role in component.roles)


def _representation(component: Component, writing: Writing) -> Representation | None:
    part, found = component.facts.id, component.representation
    enumeration = found.enumeration if found is not None else None
    by_concepts = enumeration is not None and enumeration.name.cls == "ConceptScheme"
    is_time = component.cls == "TimeDimension"
    if found is not None and enumeration is not None and (is_time or (by_concepts and not writing.dialect.legacy)):
        message = f"the values of `{part}` cannot be listed by `{enumeration.name.short}`; they are written as a text"
        writing.entry.lose("IO205", message, part=part, value=enumeration.name.urn)
        found = None if is_time else Representation(None, text_type="String")
    if is_time and found is not None and not (found.text_type or "").endswith(_OF_TIME):
        message = f"the text type `{found.text_type}` is none of time; ObservationalTimePeriod is written"
        writing.entry.lose("IO205", message, part=part, value=found.text_type)
        found = _TIME
    if found is None:
        found = _TIME if is_time else _START_DAY if component.cls == "ReportingYearStartDay" else None
    single = component.cls.endswith("Dimension")
    return found and fit_representation(found, writing, part, place=component.cls, single=single)


def fit_dataflow(dataflow: Dataflow, writing: Writing) -> Dataflow:
    """Return a dataflow as the target says it."""
    structure, constrained = dataflow.structure, dataflow.dimension_constraint
    if constrained and writing.dialect.version != "3.1":
        named = " ".join(constrained)
        message = f"that it has the dimensions `{named}` only cannot be said before SDMX-ML 3.1"
        writing.entry.lose("IO208", message, value=named)
        constrained = ()
    if dataflow.categories:
        named = " ".join(category.name.short for category in dataflow.categories)
        message = "its categories, which only SDMX-ML 2.0 states within a dataflow, are not written"
        writing.entry.lose("IO206", message, value=named, count=len(dataflow.categories))
    head = fit_head(dataflow.head, writing)
    return Dataflow(head, structure and fit_reference(structure, writing), constrained)


def fit_provision_agreement(agreement: ProvisionAgreement, writing: Writing) -> ProvisionAgreement | None:
    """Return a provision agreement as the target says it; ``None`` where it lacks what the schema demands.

    Findings:
        ``IO212`` when there is no dataflow or no data provider.
    """
    head, flow, provider = agreement.head, agreement.dataflow, agreement.provider
    if flow is None or provider is None:
        lacking = "dataflow" if flow is None else "data provider"
        message = f"it is left out: it names no {lacking}, which the schema demands"
        writing.entry.lose("IO212", message, severity=Severity.ERROR)
        return None
    return ProvisionAgreement(fit_head(head, writing), fit_reference(flow, writing), fit_reference(provider, writing))
