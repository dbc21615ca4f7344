"""What the regions and keys of a constraint select, read from the hub graph."""

from collections.abc import Iterable, Iterator, Sequence

from rdflib import Graph, URIRef

from semstat.ontology.access import flag, iris, one, text
from semstat.ontology.terms import SKOS, SS, SST
from semstat.validators.structural.prefixes import bare_codes
from semstat.validators.structural.selections import Member, Region
from semstat.validators.structural.spans import Inexact, Span, span
from semstat.validators.structural.validity import valid_days
from semstat.validators.structural.view import ComponentView, StructureView

__all__ = ["NotCheckable", "regions"]

_CASCADES = frozenset({"true", "1", "excluderoot"})


class NotCheckable(ValueError):
    """The region says something that this version cannot state as a shape; the text says what."""


def regions(graph: Graph, view: StructureView, node: URIRef, children: Sequence[URIRef]) -> Iterator[Region]:
    """Yield the region itself, or one region for each key of a key set; empty ones restrict nothing.

    A region whose validity is stated is in force for the periods within it, a key is one of these periods.

    Raises:
        NotCheckable: what a region says cannot be told exactly.
    """
    included = flag(graph, node, SST.isIncluded, default=True)
    holders = [node] if len(children) == 1 else iris(graph, node, children[0])
    for holder in holders:
        members = tuple(_member(graph, view, item) for item in iris(graph, holder, SST.memberSelection))
        if members:
            days = _validity(graph, view, holder, "a region" if holder == node else "a key")
            dated = {"force": days} if holder == node else {"valid": days}
            yield Region(members, included, time=view.time, **dated)


def _member(graph: Graph, view: StructureView, node: URIRef) -> Member:
    identifier = text(graph, node, SST.componentId)
    component = view.of(identifier)
    if component is None:
        raise NotCheckable(f"the constraint restricts {identifier}, which {view.label} does not have")
    days = _days(graph, view, node, component)
    values, timed = _values(graph, view, node, component)
    if (values or timed) and days is not None:
        raise NotCheckable(
            f"the constraint gives values and a time range for {identifier}, and not which of them counts"
        )
    included = flag(graph, node, SST.isIncluded, default=True)
    force = _validity(graph, view, node, identifier)
    return Member(component, values, included, days, timed, force, view.time)


def _values(
    graph: Graph, view: StructureView, node: URIRef, component: ComponentView
) -> tuple[tuple[str, ...], tuple[tuple[Span, tuple[str, ...]], ...]]:
    """Return the values that are named for all time, and those that are named for some days; as they stand in data."""
    bare = _removed(graph, node, component)
    plain = {str(value) for value in graph.objects(node, SST.value)}
    particulars = iris(graph, node, SST.memberValue)
    cascades = "true" if not particulars and flag(graph, node, SST.cascadeValues) else ""
    named: dict[Span | None, list[tuple[str, str]]] = {}
    for place in particulars:
        if (place, SST.value, None) not in graph:  # of the time range
            continue
        value = text(graph, place, SST.value)
        plain.discard(value)
        days = _validity(graph, view, place, f"the value {value} of {component.id}")
        named.setdefault(days, []).append((value, text(graph, place, SST.cascadeValues)))
    always = [*named.pop(None, ()), *((value, cascades) for value in plain)]
    groups = sorted(
        ((days, values) for days, values in named.items() if days is not None),
        key=lambda item: (str(item[0].first), str(item[0].last)),
    )
    return _chosen(graph, component, always, bare), tuple(
        (days, _chosen(graph, component, values, bare)) for days, values in groups
    )


def _chosen(
    graph: Graph, component: ComponentView, values: Iterable[tuple[str, str]], bare: dict[str, str]
) -> tuple[str, ...]:
    """Return the codes that values stand for, as they stand in data: themselves, what is below, all that a wildcard matches."""
    written: dict[str, list[str]] = {}
    for code, short in bare.items():
        written.setdefault(short, []).append(code)
    found: set[str] = set()
    above: set[str] = set()
    for value, cascade in values:
        codes = {code for root in written.get(value, [value]) for code in _expanded(component, root)}
        above |= codes if cascade in _CASCADES else set()
        found |= codes if cascade != "excluderoot" else set()
    if above:
        found |= _below(graph, component, above)
    return tuple(sorted({bare.get(code, code) for code in found}))


def _removed(graph: Graph, node: URIRef, component: ComponentView) -> dict[str, str]:
    """Return the codes whose prefix the member removes, each with what is left."""
    if not flag(graph, node, SST.removePrefix):
        return {}
    if component.codelist is None or component.codes is None:
        raise NotCheckable(f"the constraint removes the prefix of {component.id}, whose code list is not at hand")
    return bare_codes(graph, component.codelist)


def _validity(graph: Graph, view: StructureView, node: URIRef, what: str) -> Span | None:
    """Return the days of the validity that a part of a constraint states, ``None`` where it states none."""
    start, end = text(graph, node, SS.validFrom), text(graph, node, SS.validTo)
    if not start and not end:
        return None
    said = f"the constraint states a validity of {what}"
    if view.time is None:
        raise NotCheckable(f"{said}, and {view.label} has no time dimension")
    if view.of("REPORTING_YEAR_START_DAY") is not None:
        raise NotCheckable(f"{said}, and the days of a reporting year are in the data, as REPORTING_YEAR_START_DAY")
    try:
        return valid_days(start, end)
    except Inexact as reason:
        raise NotCheckable(f"{said}, whose bounds are no whole days: {reason}") from reason


def _days(graph: Graph, view: StructureView, node: URIRef, component: ComponentView) -> Span | None:
    """Return the days of a time range: before, after or between periods, these included unless it says otherwise.

    As a value may be given for the periods of its validity, a period of the range may be if it lies within that of the range.
    """
    start, end = (text(graph, node, bound) or None for bound in (SST.startTime, SST.endTime))
    if start is None and end is None:
        return None
    after, before = (not flag(graph, node, term, default=True) for term in (SST.startIsInclusive, SST.endIsInclusive))
    said = f"the constraint gives a time range for {component.id}"
    if component.role != "time":
        raise NotCheckable(f"{said}, which is not the time dimension")
    if view.of("REPORTING_YEAR_START_DAY") is not None:
        raise NotCheckable(f"{said}, and the days of a reporting year are in the data, as REPORTING_YEAR_START_DAY")
    try:
        days = span(start, end, after=after, before=before)
    except Inexact as reason:
        raise NotCheckable(f"{said}, whose bounds are no whole days: {reason}") from reason
    for place in iris(graph, node, SST.memberValue):
        if (place, SST.value, None) not in graph:
            days = days.overlap(_validity(graph, view, place, f"the time range for {component.id}") or Span())
    return days


def _below(graph: Graph, component: ComponentView, values: set[str]) -> set[str]:
    """Return all descendants of some values in the code list."""
    if component.codelist is None or component.codes is None:
        raise NotCheckable(f"the constraint cascades values of {component.id}, whose code list is not at hand")
    children: dict[str, list[str]] = {}
    for code in graph.subjects(SKOS.inScheme, component.codelist):
        parent = one(graph, code, SKOS.broader)
        if parent is not None:
            children.setdefault(text(graph, parent, SKOS.notation), []).append(text(graph, code, SKOS.notation))
    reached: set[str] = set()
    waiting = list(values)
    while waiting:
        below = [child for child in children.get(waiting.pop(), ()) if child not in reached]
        reached.update(below)
        waiting += below
    return reached


def _expanded(component: ComponentView, value: str) -> set[str]:
    """Return the value, or of one with the wildcard ``%`` (SDMX 3.0) the codes that it matches."""
    if "%" not in value:
        return {value}
    if component.codes is None:
        raise NotCheckable(
            f"the constraint has the wildcard {value} for {component.id}, whose code list is not at hand"
        )
    start, _, end = value.partition("%")
    return {code for code in component.codes if code.startswith(start) and code.endswith(end)}
