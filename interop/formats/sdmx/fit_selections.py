"""What constraints say of time, validity and single values, fitted to a dialect."""

from dataclasses import replace
from typing import TypeVar

from semstat.interop.formats.sdmx.fit import fit_annotations
from semstat.interop.formats.sdmx.model import Constraint, Key, Member, Region
from semstat.interop.formats.sdmx.model_constraints import MemberValue
from semstat.interop.formats.sdmx.target import Writing

__all__ = ["fit_particulars", "fit_times", "fit_validity"]

_Part = TypeVar("_Part", Region, Key)


def fit_times(constraint: Constraint, writing: Writing) -> Constraint:
    """Return a constraint without the calendar and the reference period that the target cannot say.

    Findings:
        ``IO208`` for a reference period in 3.x, a release calendar in 3.1.
    """
    dialect = writing.dialect
    if not dialect.legacy and (constraint.reference_start or constraint.reference_end):
        said = f"{constraint.reference_start or ''}/{constraint.reference_end or ''}"
        message = f"the period that it is about cannot be said in SDMX-ML {dialect.version}"
        writing.entry.lose("IO208", message, value=said)
        constraint = replace(constraint, reference_start=None, reference_end=None)
    if constraint.release_calendar is not None and dialect.version == "3.1":
        message = "when data are released cannot be said of a constraint in SDMX-ML 3.1"
        writing.entry.lose("IO208", message, value=constraint.release_calendar.periodicity)
        constraint = replace(constraint, release_calendar=None)
    return constraint


def fit_validity(part: _Part, writing: Writing) -> _Part:
    """Return a region or key without the validity and the annotations that the target cannot say.

    Findings:
        ``IO208`` for validity, and for annotations in 2.1.
    """
    is_region = isinstance(part, Region)
    if (part.valid_from or part.valid_to) and (is_region or writing.dialect.legacy):
        said = f"{part.valid_from or ''}/{part.valid_to or ''}"
        message = f"when a part of it is valid cannot be said in SDMX-ML {writing.dialect.version}"
        writing.entry.lose("IO208", message, value=said)
        part = replace(part, valid_from=None, valid_to=None)
    if part.annotations and writing.dialect.legacy:
        message = "the annotations of a part of it cannot be said in SDMX-ML 2.1"
        writing.entry.lose("IO208", message, count=len(part.annotations))
        return replace(part, annotations=())
    return replace(part, annotations=fit_annotations(part.annotations, writing, None))


def fit_particulars(member: Member, writing: Writing) -> Member:
    """Return a selection with what the target can say of it and of its values.

    Findings:
        ``IO208`` in 2.1 for prefixes, validity, languages, and for a cascade without its root.
    """
    if not writing.dialect.legacy:
        return member
    lost = [name for name, said in (("removePrefix", member.remove_prefix), ("validFrom", member.valid_from),
            ("validTo", member.valid_to)) if said is not None]  # fmt: skip
    for name in lost:
        message = f"`{name}` of the selection of `{member.id}` cannot be said in SDMX-ML 2.1"
        writing.entry.lose("IO208", message, part=member.id, value=name)
    particulars = tuple(_particular(one, member, writing) for one in member.particulars)
    return replace(member, remove_prefix=None, valid_from=None, valid_to=None, particulars=particulars)


def _particular(one: MemberValue, member: Member, writing: Writing) -> MemberValue:
    cascade = None if one.cascade == "excluderoot" else one.cascade
    kept = MemberValue(one.value, cascade)
    if kept != one:
        what = "time range" if one.value is None else f"value `{one.value}`"
        message = f"all that is said of the {what} of `{member.id}` cannot be said in SDMX-ML 2.1"
        writing.entry.lose("IO208", message, part=member.id, value=one.value)
    return kept
