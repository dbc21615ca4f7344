"""Shapes from constraints: cube regions and key sets that say which values, and which combinations, are allowed.

Only constraints of the role *Allowed* are rules; *Actual* ones describe what exists. Each level narrows: the constraints of
the structure, of the dataflow and of the provision agreement all hold.

Source:
    SDMX 3.0, Section 2 (Information Model), *Constraints*: CubeRegion, MemberSelection, DataKeySet.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef

from semstat.ontology.access import flag, iris, one, text
from semstat.ontology.terms import QB, RDF, SH, SKOS, SS, SST, XSD
from semstat.validators.structural.shapes import shapes_base
from semstat.validators.structural.spans import Inexact, Span, inside_pattern, outside_pattern, span
from semstat.validators.structural.view import ComponentView, StructureView, structure_view
from semstat.validators.structural.writer import ShapeWriter

__all__ = ["allowed_constraints", "constraint_shapes", "uncheckable_constraints"]

_SHOWN = 8

_CASCADES = frozenset({"true", "1", "excluderoot"})


@dataclass(frozen=True, slots=True)
class _Member:
    component: ComponentView
    values: tuple[str, ...]
    included: bool
    days: Span | None = None


@dataclass(frozen=True, slots=True)
class _Region:
    members: tuple[_Member, ...]
    included: bool


class _NotCheckable(ValueError):
    """The region says something that this version cannot state as a shape; the text says what."""


def allowed_constraints(graph: Graph, targets: Iterable[URIRef]) -> list[URIRef]:
    """Return the constraints of the role *Allowed* on any of the targets, in a stable order."""
    found = {
        node
        for target in targets
        for node in graph.subjects(SST.constrains, target)
        if isinstance(node, URIRef) and (node, SST.constraintRole, Literal("Allowed")) in graph
    }
    return sorted(found)


def uncheckable_constraints(graph: Graph) -> Iterator[tuple[URIRef, str]]:
    """Yield the constraints that are rules but cannot be stated as shapes of the structure that they restrict, and why.

    A constraint whose structure is not at hand is left out: that the reference dangles is another finding.
    """
    views: dict[URIRef, StructureView] = {}
    for constraint in iris(graph, None, SST.constraintRole, Literal("Allowed")):
        for structure in sorted(
            {end for target in iris(graph, constraint, SST.constrains) for end in _ends(graph, target)}
        ):
            view = (
                views[structure]
                if structure in views
                else views.setdefault(structure, structure_view(graph, structure))
            )
            for link, children in _PARTS.values():
                try:
                    for node in iris(graph, constraint, link):
                        list(_regions(graph, view, node, children))
                except _NotCheckable as reason:
                    yield constraint, str(reason)


def _ends(graph: Graph, target: URIRef) -> Iterator[URIRef]:
    """Yield the described data structures that a constrained artefact leads to."""
    if (target, SST.component, None) in graph:
        yield target
    for link in (SST.structure, SST.dataflow):
        for following in iris(graph, target, link):
            yield from _ends(graph, following)


_PARTS = {
    "DF011": (SST.cubeRegion, (SST.memberSelection,)),
    "DF012": (SST.dataKeySet, (SST.dataKey, SST.memberSelection)),
}
"""Where the regions and the keys of a constraint are, by the rule that they give rise to."""


def constraint_shapes(graph: Graph, view: StructureView, constraints: Sequence[URIRef]) -> Graph:
    """Return the shapes of constraints on a structure; what cannot be stated becomes a deactivated shape."""
    writer = ShapeWriter(Graph(), shapes_base(view))
    for constraint in constraints:
        name = "-".join(str(constraint).split("/")[-3:])
        _write(writer, graph, view, constraint, f"constraint/{name}")
    return writer.graph


def _write(writer: ShapeWriter, graph: Graph, view: StructureView, constraint: URIRef, name: str) -> None:
    for rule, (link, children) in _PARTS.items():
        try:
            regions = [
                region for node in iris(graph, constraint, link) for region in _regions(graph, view, node, children)
            ]
        except _NotCheckable as reason:
            writer.unstated(rule, name, f"{reason}")
            continue
        included = [region for region in regions if region.included]
        if len(included) == 1:
            for member in included[0].members:
                _member_shape(writer, rule, member, f"{name}/{member.component.id}")
        elif included:
            _union_shape(writer, rule, included, name)
        for number, region in enumerate((region for region in regions if not region.included), 1):
            _excluded_shape(writer, rule, region, f"{name}/excluded-{number}")


def _regions(graph: Graph, view: StructureView, node: URIRef, children: Sequence[URIRef]) -> Iterator[_Region]:
    """Yield the region itself, or one region for each key of a key set; empty ones restrict nothing."""
    included = flag(graph, node, SST.isIncluded, default=True)
    holders = [node] if len(children) == 1 else iris(graph, node, children[0])
    for holder in holders:
        members = tuple(_member(graph, view, item) for item in iris(graph, holder, SST.memberSelection))
        if members:
            yield _Region(members, included)


def _member(graph: Graph, view: StructureView, node: URIRef) -> _Member:
    identifier = text(graph, node, SST.componentId)
    component = view.of(identifier)
    if component is None:
        raise _NotCheckable(f"the constraint restricts {identifier}, which {view.label} does not have")
    days = _days(graph, view, node, component)
    values = {str(value) for value in graph.objects(node, SST.value)}
    particulars = iris(graph, node, SST.memberValue)
    for qualifier in (SST.removePrefix, SS.validFrom, SS.validTo):
        if any((place, qualifier, None) in graph for place in (node, *particulars)):
            name = str(qualifier).rpartition("#")[2]
            raise _NotCheckable(
                f"the constraint qualifies its values of {identifier} by {name}, which is not checked yet"
            )
    roots = {text(graph, place, SST.value): text(graph, place, SST.cascadeValues) for place in particulars}
    if not roots and flag(graph, node, SST.cascadeValues):
        roots = dict.fromkeys(values, "true")
    for root, cascade in roots.items():
        if cascade in _CASCADES:
            below = _cascaded(graph, component, {root})
            values = values - {root} | (below - {root} if cascade == "excluderoot" else below)
    included = flag(graph, node, SST.isIncluded, default=True)
    if values and days is not None:
        raise _NotCheckable(
            f"the constraint gives values and a time range for {identifier}, and not which of them counts"
        )
    return _Member(component, tuple(_expanded(component, values)), included, days)


def _days(graph: Graph, view: StructureView, node: URIRef, component: ComponentView) -> Span | None:
    """Return the days of a time range: before, after or between periods, these included unless it says otherwise."""
    start, end = (text(graph, node, bound) or None for bound in (SST.startTime, SST.endTime))
    if start is None and end is None:
        return None
    after, before = (not flag(graph, node, term, default=True) for term in (SST.startIsInclusive, SST.endIsInclusive))
    said = f"the constraint gives a time range for {component.id}"
    if component.role != "time":
        raise _NotCheckable(f"{said}, which is not the time dimension")
    if view.of("REPORTING_YEAR_START_DAY") is not None:
        raise _NotCheckable(f"{said}, and the days of a reporting year are in the data, as REPORTING_YEAR_START_DAY")
    try:
        return span(start, end, after=after, before=before)
    except Inexact as reason:
        raise _NotCheckable(f"{said}, whose bounds are no whole days: {reason}") from reason


def _cascaded(graph: Graph, component: ComponentView, values: set[str]) -> set[str]:
    """Return the values with all their descendants in the code list."""
    if component.codelist is None or component.codes is None:
        raise _NotCheckable(f"the constraint cascades values of {component.id}, whose code list is not at hand")
    children: dict[str, list[str]] = {}
    for code in graph.subjects(SKOS.inScheme, component.codelist):
        parent = one(graph, code, SKOS.broader)
        if parent is not None:
            children.setdefault(text(graph, parent, SKOS.notation), []).append(text(graph, code, SKOS.notation))
    reached, waiting = set(values), list(values)
    while waiting:
        for child in children.get(waiting.pop(), []):
            if child not in reached:
                reached.add(child)
                waiting.append(child)
    return reached


def _expanded(component: ComponentView, values: set[str]) -> list[str]:
    """Return the values sorted, those with the wildcard ``%`` (SDMX 3.0) as the codes that they match."""
    wild = [value for value in values if "%" in value]
    if wild and component.codes is None:
        raise _NotCheckable(
            f"the constraint has the wildcard {wild[0]} for {component.id}, whose code list is not at hand"
        )
    plain = {value for value in values if "%" not in value}
    for value in wild:
        start, _, end = value.partition("%")
        plain.update(code for code in component.codes or () if code.startswith(start) and code.endswith(end))
    return sorted(plain)


def _restrict(writer: ShapeWriter, shape: URIRef, member: _Member) -> None:
    """State on a property shape what a member selection wants; without values: that the component is there, or not."""
    writer.add(shape, SH.path, member.component.iri)
    if member.days is not None:
        pattern = inside_pattern(member.days) if member.included else outside_pattern(member.days)
        writer.add(shape, SH.pattern, Literal(pattern))
        return
    if not member.values:
        predicate, number = (SH.minCount, "1") if member.included else (SH.maxCount, "0")
        writer.add(shape, predicate, Literal(number, datatype=XSD.integer))
        return
    if member.included:
        writer.listed(shape, SH["in"], (Literal(value) for value in member.values))
        return
    inner = URIRef(f"{shape}#excluded")
    writer.add(shape, SH["not"], inner)
    writer.add(inner, RDF.type, SH.NodeShape)
    writer.listed(inner, SH["in"], (Literal(value) for value in member.values))


def _wanted(member: _Member) -> str:
    shown = ", ".join(member.values[:_SHOWN]) + (" …" if len(member.values) > _SHOWN else "")
    if member.days is not None:
        bounds = (("from", member.days.first), ("to", member.days.last))
        said = " ".join(f"{word} {day}" for word, day in bounds if day is not None)
        return f"{member.component.id} {'to lie' if member.included else 'not to lie'} within the days {said}"
    if not member.values:
        return f"{member.component.id} {'present' if member.included else 'absent'}"
    if len(member.values) == 1:
        return f"{member.component.id} {'to be' if member.included else 'not to be'} {shown}"
    return f"{member.component.id} to be {'one of' if member.included else 'none of'} {shown}"


def _member_shape(writer: ShapeWriter, rule: str, member: _Member, name: str) -> None:
    message = f"The constraint restricts `{member.component.id}`."
    iri = writer.shape(rule, name, kind=SH.PropertyShape, message=message, expected=_wanted(member))
    writer.add(iri, SH.targetClass, QB.Observation)
    _restrict(writer, iri, member)


def _region_node(writer: ShapeWriter, node: URIRef, region: _Region, *, present: bool) -> URIRef:
    """Add a node shape for a region; ``present``: a component without a value does not match."""
    writer.add(node, RDF.type, SH.NodeShape)
    for member in region.members:
        inner = URIRef(f"{node}-{member.component.id}")
        writer.add(node, SH.property, inner)
        writer.add(inner, RDF.type, SH.PropertyShape)
        _restrict(writer, inner, member)
        if present and (member.values or member.days is not None):
            writer.add(inner, SH.minCount, Literal("1", datatype=XSD.integer))
    return node


def _union_shape(writer: ShapeWriter, rule: str, regions: Sequence[_Region], name: str) -> None:
    options = " or ".join(f"({'; '.join(_wanted(member) for member in region.members)})" for region in regions[:3])
    expected = options + (f" or one of {len(regions) - 3} more" if len(regions) > 3 else "")
    message = "An observation lies in one of the regions that the constraint allows."
    iri = writer.shape(rule, name, kind=SH.NodeShape, message=message, expected=expected)
    writer.add(iri, SH.targetClass, QB.Observation)
    nodes = [
        _region_node(writer, URIRef(f"{iri}#region-{number}"), region, present=True)
        for number, region in enumerate(regions, 1)
    ]
    writer.listed(iri, SH["or"], nodes)


def _excluded_shape(writer: ShapeWriter, rule: str, region: _Region, name: str) -> None:
    expected = f"not ({'; '.join(_wanted(member) for member in region.members)})"
    message = "An observation lies outside the region that the constraint excludes."
    iri = writer.shape(rule, name, kind=SH.NodeShape, message=message, expected=expected)
    writer.add(iri, SH.targetClass, QB.Observation)
    writer.add(iri, SH["not"], _region_node(writer, URIRef(f"{iri}#region"), region, present=True))
