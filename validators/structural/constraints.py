"""Shapes from constraints: cube regions and key sets that say which values, and which combinations, are allowed.

Only constraints of the role *Allowed* are rules; *Actual* ones describe what exists. Each level narrows: the constraints of
the structure, of the dataflow and of the provision agreement all hold.

Source:
    SDMX 3.0, Section 2 (Information Model), *Constraints*: CubeRegion, MemberSelection, DataKeySet.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rdflib import Graph, Literal, URIRef

from semstat.ontology.access import iris
from semstat.ontology.terms import QB, RDF, SH, SSC, SST
from semstat.validators.structural.selected import NotCheckable, regions
from semstat.validators.structural.selections import (
    Member,
    Region,
    match,
    not_in_force,
    restrict,
    state,
    surely_within,
    wanted,
    within,
)
from semstat.validators.structural.shapes import shapes_base
from semstat.validators.structural.spans import Span, bounds_of
from semstat.validators.structural.view import StructureView, structure_view
from semstat.validators.structural.writer import ShapeWriter

__all__ = ["allowed_constraints", "constraint_shapes", "uncheckable_constraints"]


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
                        list(regions(graph, view, node, children))
                except NotCheckable as reason:
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
            found = [
                region for node in iris(graph, constraint, link) for region in regions(graph, view, node, children)
            ]
        except NotCheckable as reason:
            writer.unstated(rule, name, f"{reason}")
            continue
        included = [region for region in found if region.included]
        if len(included) == 1 and included[0].valid is None:
            for place, member in _named(included[0].members):
                _member_shape(writer, rule, _limited(member, included[0].force), f"{name}/{place}")
        elif included:
            _union_shape(writer, rule, included, name)
        for number, region in enumerate((region for region in found if not region.included), 1):
            _excluded_shape(writer, rule, region, f"{name}/excluded-{number}")


def _named(members: Iterable[Member]) -> Iterator[tuple[str, Member]]:
    """Yield members with a name of their own: one component may be selected from several times, each for its time."""
    seen: Counter[str] = Counter()
    for member in members:
        name = member.component.id
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}", member


def _limited(member: Member, force: Span | None) -> Member:
    """Return a member that is in force when its region is as well."""
    if force is None or member.force is None:
        return replace(member, force=member.force or force)
    return replace(member, force=force.overlap(member.force))


def _member_shape(writer: ShapeWriter, rule: str, member: Member, name: str) -> None:
    message = f"The constraint restricts `{member.component.id}`."
    kind = SH.PropertyShape if member.is_plain else SH.NodeShape
    iri = writer.shape(rule, name, kind=kind, message=message, expected=wanted(member))
    writer.add(iri, SH.targetClass, QB.Observation)
    if member.is_plain:
        restrict(writer, iri, member)
        return
    writer.add(iri, SSC.concernedComponent, member.component.iri)
    writer.add(iri, SH.node, match(writer, URIRef(f"{iri}#member"), member, present=False, sure=False))


def _region_node(writer: ShapeWriter, node: URIRef, region: Region, *, sure: bool) -> URIRef:
    """Add the node shape of a region: a component without a value does not match; ``sure`` as in :func:`match`."""
    writer.add(node, RDF.type, SH.NodeShape)
    for place, member in _named(region.members):
        inner = URIRef(f"{node}-{place}")
        if member.is_plain:
            state(writer, node, inner, member, present=True)
        else:
            writer.add(node, SH.node, match(writer, inner, member, present=True, sure=sure))
    days = region.valid or region.force
    if days is not None and region.time is not None:
        period = (surely_within if sure else within)(writer, URIRef(f"{node}-validity"), region.time, days)
        writer.add(node, SH.node, period)
    return node


def _union_shape(writer: ShapeWriter, rule: str, found: Sequence[Region], name: str) -> None:
    options = " or ".join(f"({_said(region)})" for region in found[:3])
    expected = options + (f" or one of {len(found) - 3} more" if len(found) > 3 else "")
    message = "An observation lies in one of the regions that the constraint allows."
    iri = writer.shape(rule, name, kind=SH.NodeShape, message=message, expected=expected)
    writer.add(iri, SH.targetClass, QB.Observation)
    nodes = [
        _region_node(writer, URIRef(f"{iri}#region-{number}"), region, sure=False)
        for number, region in enumerate(found, 1)
    ]
    if all(region.force is not None for region in found):
        nodes.append(not_in_force(writer, URIRef(f"{iri}#no-region"), found))
    writer.listed(iri, SH["or"], nodes)


def _excluded_shape(writer: ShapeWriter, rule: str, region: Region, name: str) -> None:
    message = "An observation lies outside the region that the constraint excludes."
    iri = writer.shape(rule, name, kind=SH.NodeShape, message=message, expected=f"not ({_said(region)})")
    writer.add(iri, SH.targetClass, QB.Observation)
    writer.add(iri, SH["not"], _region_node(writer, URIRef(f"{iri}#region"), region, sure=True))


def _said(region: Region) -> str:
    days = region.valid or region.force
    parts = [*map(wanted, region.members), *([] if days is None else [f"of periods {bounds_of(days)}"])]
    return "; ".join(parts)
