"""Constraints on data as triples."""

from collections import Counter
from collections.abc import Iterable, Mapping

from rdflib import Literal, URIRef

from semstat.interop.formats.sdmx.index import Index
from semstat.interop.formats.sdmx.lift import Triples, flag, kept, lift_annotations, lift_head, position
from semstat.interop.formats.sdmx.model import Constraint, Member, Region
from semstat.ontology.iri import part_of
from semstat.ontology.terms import RDF, SS, SST
from semstat.ontology.terms_metadata import SSR

__all__ = ["constraint_iri", "lift_constraint"]

_TYPES: Mapping[str, tuple[URIRef, ...]] = {
    "MetadataConstraint": (SSR.MetadataConstraint, SS.MaintainableArtefact),
    "AttachmentConstraint": (SSR.AttachmentConstraint, SS.MaintainableArtefact),
}
"""Constraints that are not on data; no check of data may take them for such."""


def constraint_iri(constraint: Constraint, index: Index) -> URIRef | None:
    """Return the IRI of a constraint, ``None`` for one that has no identity and constrains nothing.

    One without identity is a part of what it constrains.
    """
    if constraint.head is not None:
        return constraint.head.name.iri
    if not constraint.targets:
        return None
    target = constraint.targets[0].name
    same = [other for other, _ in index.anonymous if isinstance(other, Constraint) and other.targets[0].name == target]
    number = next(place for place, other in enumerate(same, start=1) if other is constraint)
    return part_of(index.target(target).iri, "availability", number)


def lift_constraint(constraint: Constraint, index: Index, origin: str) -> Triples:
    """Yield a constraint, its role, what it constrains, its regions and key sets.

    Source:
        SDMX 3.0, Section 2 (Information Model), 12 *Constraints*.
    """
    iri = constraint_iri(constraint, index)
    if iri is None:
        return
    if constraint.head is not None:
        cls = constraint.head.name.cls
        yield from lift_head(constraint.head, _TYPES.get(cls, (SST.DataConstraint,)))
    else:
        yield iri, RDF.type, SST.DataConstraint
        yield from lift_annotations(iri, constraint.annotations)
        yield from kept(iri, constraint.unread)
    yield iri, SST.constraintRole, Literal(constraint.role)
    for target in constraint.targets:
        yield from index.refer(iri, SST.constrains, target, origin)
    yield from _circumstances(constraint, iri)
    yield from _regions(iri, constraint.regions, SST.cubeRegion, "region")
    yield from _regions(iri, constraint.target_regions, SSR.targetRegion, "target")
    yield from _key_sets(constraint, iri)


def _circumstances(constraint: Constraint, iri: URIRef) -> Triples:
    yield from _stated(
        iri,
        (SST.referenceStart, constraint.reference_start),
        (SST.referenceEnd, constraint.reference_end),
        (SST.seriesCount, constraint.series_count),
        (SST.obsCount, constraint.obs_count),
        *((SST.dataSource, address) for address in constraint.data_sources),
    )
    calendar = constraint.release_calendar
    if calendar is not None:
        node = part_of(iri, "calendar")
        yield iri, SST.releaseCalendar, node
        yield node, RDF.type, SST.ReleaseCalendar
        yield from _stated(
            node,
            (SST.periodicity, calendar.periodicity),
            (SST.offset, calendar.offset),
            (SST.tolerance, calendar.tolerance),
        )
        yield from kept(node, calendar.unread)


def _stated(iri: URIRef, *pairs: tuple[URIRef, str | None]) -> Triples:
    for predicate, text in pairs:
        if text is not None:
            yield iri, predicate, Literal(text)


def _regions(iri: URIRef, regions: Iterable[Region], predicate: URIRef, step: str) -> Triples:
    for number, region in enumerate(regions, start=1):
        node = part_of(iri, step, number)
        yield iri, predicate, node
        yield node, RDF.type, SST.CubeRegion
        yield from _stated(node, (SS.validFrom, region.valid_from), (SS.validTo, region.valid_to))
        yield from lift_annotations(node, region.annotations)
        yield node, SS.position, position(number)
        yield node, SST.isIncluded, flag(region.included)
        yield from _members(node, region.members)
        yield from kept(node, region.unread)


def _key_sets(constraint: Constraint, iri: URIRef) -> Triples:
    for number, key_set in enumerate(constraint.key_sets, start=1):
        node = part_of(iri, "keyset", number)
        yield iri, SST.dataKeySet, node
        yield node, RDF.type, SST.DataKeySet
        yield node, SS.position, position(number)
        yield node, SST.isIncluded, flag(key_set.included)
        yield from kept(node, key_set.unread)
        for place, key in enumerate(key_set.keys, start=1):
            key_node = part_of(node, "key", place)
            yield node, SST.dataKey, key_node
            yield key_node, RDF.type, SST.DataKey
            yield key_node, SS.position, position(place)
            yield from _stated(key_node, (SS.validFrom, key.valid_from), (SS.validTo, key.valid_to))
            yield from lift_annotations(key_node, key.annotations)
            yield from _members(key_node, key.members)
            yield from kept(key_node, key.unread)


def _members(iri: URIRef, members: Iterable[Member]) -> Triples:
    seen: Counter[str] = Counter()
    for member in members:
        seen[member.id] += 1
        again = (seen[member.id],) if seen[member.id] > 1 else ()
        node = part_of(iri, member.id, *again)
        yield iri, SST.memberSelection, node
        yield node, RDF.type, SST.MemberSelection
        yield node, SST.componentId, Literal(member.id)
        yield node, SST.isIncluded, flag(member.included)
        for value in member.values:
            yield node, SST.value, Literal(value)
        if member.attribute:
            yield node, SST.selectsAttribute, Literal("true")
        if member.cascades:
            yield node, SST.cascadeValues, Literal("true")
        yield from _particulars(node, member)
        yield from kept(node, member.unread)


def _particulars(node: URIRef, member: Member) -> Triples:
    yield from _stated(
        node,
        (SST.startTime, member.start),
        (SST.endTime, member.end),
        (SS.validFrom, member.valid_from),
        (SS.validTo, member.valid_to),
    )
    for predicate, value in (
        (SST.startIsInclusive, member.start_inclusive),
        (SST.endIsInclusive, member.end_inclusive),
        (SST.removePrefix, member.remove_prefix),
    ):
        if value is not None:
            yield node, predicate, flag(value)
    for number, particular in enumerate(member.particulars, start=1):
        place = part_of(node, "value", number)
        yield node, SST.memberValue, place
        yield place, RDF.type, SST.MemberValue
        yield place, SS.position, position(number)
        yield from _stated(
            place,
            (SST.value, particular.value),
            (SST.cascadeValues, particular.cascade),
            (SS.validFrom, particular.valid_from),
            (SS.validTo, particular.valid_to),
            (SST.valueLanguage, particular.language),
        )
