"""Constraints on data from triples."""

from semstat.interop.formats.sdmx.lower import Statements, head_of, references, unread_of
from semstat.interop.formats.sdmx.model import Constraint, Key, KeySet, Member, Region
from semstat.ontology.iri import SdmxName
from semstat.ontology.terms import SST

__all__ = ["lower_constraint"]


def lower_constraint(constraint: Statements, name: SdmxName | None) -> Constraint:
    """Return a constraint; one that has no name of its own states what is available."""
    regions = tuple(
        Region(None, part.flag(SST.isIncluded) is not False, _members(part), unread_of(part))
        for part in constraint.parts(SST.cubeRegion)
    )
    key_sets = tuple(
        KeySet(
            None,
            part.flag(SST.isIncluded) is not False,
            tuple(Key(None, _members(key), unread_of(key)) for key in part.parts(SST.dataKey)),
            unread_of(part),
        )
        for part in constraint.parts(SST.dataKeySet)
    )
    return Constraint(
        head_of(constraint, name) if name is not None else None,
        constraint.text(SST.constraintRole) or "Allowed",
        references(constraint, SST.constrains),
        regions,
        key_sets,
        unread=unread_of(constraint) if name is None else (),
    )


def _members(part: Statements) -> tuple[Member, ...]:
    return tuple(_member(item) for item in part.parts(SST.memberSelection))


def _member(item: Statements) -> Member:
    return Member(
        item.text(SST.componentId) or "",
        None,
        item.flag(SST.isIncluded) is not False,
        item.plain(SST.value),
        item.flag(SST.cascadeValues) is True,
        item.text(SST.startTime),
        item.text(SST.endTime),
        unread_of(item),
        item.flag(SST.selectsAttribute) is True,
    )
