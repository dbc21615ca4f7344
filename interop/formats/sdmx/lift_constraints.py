"""Constraints on data as triples."""

from collections import Counter
from collections.abc import Iterable

from rdflib import Literal, URIRef

from semstat.interop.formats.sdmx.index import Index
from semstat.interop.formats.sdmx.lift import Triples, flag, kept, lift_head, position
from semstat.interop.formats.sdmx.model import Constraint, Member
from semstat.ontology.iri import part_of
from semstat.ontology.terms import RDF, SS, SST

__all__ = ["constraint_iri", "lift_constraint"]


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
        yield from lift_head(constraint.head, (SST.DataConstraint,))
    else:
        yield iri, RDF.type, SST.DataConstraint
        yield from kept(iri, constraint.unread)
    yield iri, SST.constraintRole, Literal(constraint.role)
    for target in constraint.targets:
        yield iri, SST.constrains, index.resolve(target, origin)
    yield from _regions(constraint, iri)
    yield from _key_sets(constraint, iri)


def _regions(constraint: Constraint, iri: URIRef) -> Triples:
    for number, region in enumerate(constraint.regions, start=1):
        node = part_of(iri, "region", number)
        yield iri, SST.cubeRegion, node
        yield node, RDF.type, SST.CubeRegion
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
        if member.cascade is not None:
            yield node, SST.cascadeValues, Literal(member.cascade)
        for qualifier in member.qualifiers:
            yield node, SST.selectionQualifier, Literal(qualifier)
        if member.start is not None:
            yield node, SST.startTime, Literal(member.start)
        if member.end is not None:
            yield node, SST.endTime, Literal(member.end)
        yield from kept(node, member.unread)
