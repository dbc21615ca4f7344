"""What constraints select, and its shapes: values of a component, for a time or always, and regions of several components.

Whether a period lies within days may be unsure, where a value is no period at all: that it should be one is another rule's
concern. So a demand is taken for met, and a region that must not be entered for left alone, unless the contrary is sure.

Source:
    SDMX 3.0, Section 2 (Information Model), *Constraints*: CubeRegion, MemberSelection, DataKey, with their validity.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rdflib import Literal, URIRef

from semstat.ontology.terms import RDF, SH, XSD
from semstat.validators.structural.spans import Span, bounds_of, inside_pattern, outside_pattern
from semstat.validators.structural.view import ComponentView
from semstat.validators.structural.writer import ShapeWriter

__all__ = [
    "Member",
    "Region",
    "match",
    "not_in_force",
    "restrict",
    "state",
    "surely_within",
    "wanted",
    "within",
]

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Member:
    """The values of one component that a region or a key names.

    ``days`` are those of a time range. ``timed`` are values that are named for the periods within some days only. ``force``
    are the days for whose periods the selection is in force: of others it demands nothing. ``time`` is the time dimension,
    where there is such a thing as a validity.
    """

    component: ComponentView
    values: tuple[str, ...]
    included: bool
    days: Span | None = None
    timed: tuple[tuple[Span, tuple[str, ...]], ...] = ()
    force: Span | None = None
    time: ComponentView | None = None

    @property
    def is_plain(self) -> bool:
        """Whether nothing depends on the period of an observation, but for a time range."""
        return not self.timed and self.force is None


@dataclass(frozen=True, slots=True)
class Region:
    """Members that belong together; ``force`` as in :class:`Member`, ``valid``: the days whose periods a key is named for."""

    members: tuple[Member, ...]
    included: bool
    force: Span | None = None
    valid: Span | None = None
    time: ComponentView | None = None


def restrict(writer: ShapeWriter, shape: URIRef, member: Member) -> None:
    """State on a property shape what a plain member wants; without values: that the component is there, or not."""
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
    inner = URIRef(f"{shape}#excluded" if "#" not in shape else f"{shape}-excluded")
    writer.add(shape, SH["not"], inner)
    writer.add(inner, RDF.type, SH.NodeShape)
    writer.listed(inner, SH["in"], (Literal(value) for value in member.values))


def match(writer: ShapeWriter, node: URIRef, member: Member, *, present: bool, sure: bool) -> URIRef:
    """Add the node shape of the observations that have what a member wants, or of whose period it wants nothing.

    Args:
        writer: Takes the shape.
        node: Its IRI, with a fragment.
        member: The member.
        present: Whether an observation without a value does not have it.
        sure: Whether an observation that may have it, for all its period tells, does not have it.
    """
    writer.add(node, RDF.type, SH.NodeShape)
    if member.force is not None and member.time is not None:
        inner = match(writer, URIRef(f"{node}-inforce"), replace(member, force=None), present=present, sure=sure)
        elsewhere = (_outside if sure else _not_surely)(writer, URIRef(f"{node}-elsewhen"), member.time, member.force)
        writer.listed(node, SH["or"], [elsewhere, inner])
    elif not member.timed:
        state(writer, node, URIRef(f"{node}-value"), member, present=present)
    elif member.included:
        writer.listed(node, SH["or"], _alternatives(writer, node, member, present=present, sure=sure))
    else:
        if member.values:
            state(writer, node, URIRef(f"{node}-value"), member, present=present)
        for covered in _alternatives(writer, node, member, present=True, sure=not sure, timed_only=True):
            writer.add(node, SH["not"], covered)
    return node


def _alternatives(
    writer: ShapeWriter, node: URIRef, member: Member, *, present: bool, sure: bool, timed_only: bool = False
) -> list[URIRef]:
    """Add the shapes of the observations that have one of the member's values, a shape for each time."""
    found = []
    if member.values and not timed_only:
        found.append(URIRef(f"{node}-always"))
        state(writer, found[0], URIRef(f"{found[0]}-value"), member, present=present)
    for number, (days, values) in enumerate(member.timed, 1):
        iri = URIRef(f"{node}-time-{number}")
        state(writer, iri, URIRef(f"{iri}-value"), Member(member.component, values, True), present=present)
        if member.time is not None:
            period = (surely_within if sure else within)(writer, URIRef(f"{iri}-period"), member.time, days)
            writer.add(iri, SH.node, period)
        found.append(iri)
    return found


def state(writer: ShapeWriter, node: URIRef, inner: URIRef, member: Member, *, present: bool) -> None:
    """State on a node shape, by way of a property shape, what a plain member wants; ``present`` as in :func:`match`."""
    writer.add(node, RDF.type, SH.NodeShape)
    writer.add(node, SH.property, inner)
    writer.add(inner, RDF.type, SH.PropertyShape)
    restrict(writer, inner, member)
    if present and (member.values or member.days is not None):
        writer.add(inner, SH.minCount, Literal("1", datatype=XSD.integer))


def within(writer: ShapeWriter, node: URIRef, time: ComponentView, days: Span) -> URIRef:
    """Add the node shape of the observations whose period does not lie outside some days."""
    return _negated(writer, node, _outside(writer, URIRef(f"{node}-outside"), time, days))


def surely_within(writer: ShapeWriter, node: URIRef, time: ComponentView, days: Span) -> URIRef:
    """Add the node shape of the observations whose period lies within some days as a whole."""
    return _period(writer, node, time, inside_pattern(days))


def _outside(writer: ShapeWriter, node: URIRef, time: ComponentView, days: Span) -> URIRef:
    return _period(writer, node, time, outside_pattern(days))


def _not_surely(writer: ShapeWriter, node: URIRef, time: ComponentView, days: Span) -> URIRef:
    return _negated(writer, node, surely_within(writer, URIRef(f"{node}-inside"), time, days))


def _negated(writer: ShapeWriter, node: URIRef, other: URIRef) -> URIRef:
    writer.add(node, RDF.type, SH.NodeShape)
    writer.add(node, SH["not"], other)
    return node


def _period(writer: ShapeWriter, node: URIRef, time: ComponentView, pattern: str) -> URIRef:
    inner = URIRef(f"{node}-value")
    writer.add(node, RDF.type, SH.NodeShape)
    writer.add(node, SH.property, inner)
    writer.add(inner, RDF.type, SH.PropertyShape)
    writer.add(inner, SH.path, time.iri)
    writer.add(inner, SH.pattern, Literal(pattern))
    writer.add(inner, SH.minCount, Literal("1", datatype=XSD.integer))
    return node


def not_in_force(writer: ShapeWriter, node: URIRef, regions: Sequence[Region]) -> URIRef:
    """Add the node shape of the observations for whose period it is not sure that any of some regions is in force."""
    writer.add(node, RDF.type, SH.NodeShape)
    for number, region in enumerate(regions, 1):
        if region.force is not None and region.time is not None:
            writer.add(node, SH["not"], surely_within(writer, URIRef(f"{node}-{number}"), region.time, region.force))
    return node


def wanted(member: Member) -> str:
    """Return in words what a member wants."""
    name = member.component.id
    if member.days is not None:
        said = f"{name} {'to lie' if member.included else 'not to lie'} within the days {bounds_of(member.days)}"
    elif not member.values and not member.timed:
        said = f"{name} {'present' if member.included else 'absent'}"
    else:
        said = " or ".join(_listed(member)) if member.included else " and ".join(_listed(member))
    return said if member.force is None else f"{said}, of periods {bounds_of(member.force)}"


def _listed(member: Member) -> Iterator[str]:
    groups = [(None, member.values)] if member.values else []
    for days, values in [*groups, *member.timed]:
        shown = ", ".join(values[:_SHOWN]) + (" …" if len(values) > _SHOWN else "")
        words = ("to be", "not to be") if len(values) == 1 else ("to be one of", "to be none of")
        until = "" if days is None else f" for periods {bounds_of(days)}"
        yield f"{member.component.id} {words[0] if member.included else words[1]} {shown}{until}"
