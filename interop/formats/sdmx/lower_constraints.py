"""Constraints on data from triples."""

from semstat.interop.formats.sdmx.lower import Statements, annotations_of, head_of, references, unread_of
from semstat.interop.formats.sdmx.model import Constraint, Key, KeySet, Member, Region
from semstat.interop.formats.sdmx.model_constraints import MemberValue, ReleaseCalendar
from semstat.ontology.iri import SdmxName
from semstat.ontology.terms import SS, SST
from semstat.ontology.terms_metadata import SSR

__all__ = ["lower_constraint"]


def lower_constraint(constraint: Statements, name: SdmxName | None) -> Constraint:
    """Return a constraint; one that has no name of its own states what is available."""
    start, end = constraint.text(SST.referenceStart), constraint.text(SST.referenceEnd)
    key_sets = tuple(
        KeySet(
            None,
            part.flag(SST.isIncluded) is not False,
            tuple(_key(key) for key in part.parts(SST.dataKey)),
            unread_of(part),
        )
        for part in constraint.parts(SST.dataKeySet)
    )
    return Constraint(
        head_of(constraint, name) if name is not None else None,
        constraint.text(SST.constraintRole) or "Allowed",
        references(constraint, SST.constrains),
        tuple(_region(part) for part in constraint.parts(SST.cubeRegion)),
        key_sets,
        unread=unread_of(constraint) if name is None else (),
        annotations=annotations_of(constraint) if name is None else (),
        target_regions=tuple(_region(part) for part in constraint.parts(SSR.targetRegion)),
        release_calendar=next((_calendar(part) for part in constraint.parts(SST.releaseCalendar)), None),
        reference_start=start,
        reference_end=end,
        data_sources=constraint.plain(SST.dataSource),
        series_count=constraint.text(SST.seriesCount),
        obs_count=constraint.text(SST.obsCount),
    )


def _calendar(part: Statements) -> ReleaseCalendar:
    stated = (part.text(SST.periodicity), part.text(SST.offset), part.text(SST.tolerance))
    return ReleaseCalendar(None, *stated, unread_of(part))


def _region(part: Statements) -> Region:
    included, valid = part.flag(SST.isIncluded) is not False, (part.text(SS.validFrom), part.text(SS.validTo))
    return Region(None, included, _members(part), unread_of(part), *valid, annotations_of(part))


def _key(part: Statements) -> Key:
    valid = (part.text(SS.validFrom), part.text(SS.validTo))
    return Key(None, _members(part), unread_of(part), *valid, annotations_of(part))


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
        item.flag(SST.startIsInclusive),
        item.flag(SST.endIsInclusive),
        tuple(_particular(part) for part in item.parts(SST.memberValue)),
        item.flag(SST.removePrefix),
        item.text(SS.validFrom),
        item.text(SS.validTo),
        item.flag(SST.selectsAttribute) is True,
    )


def _particular(part: Statements) -> MemberValue:
    return MemberValue(
        part.text(SST.value),
        part.text(SST.cascadeValues),
        part.text(SS.validFrom),
        part.text(SS.validTo),
        part.text(SST.valueLanguage),
    )
