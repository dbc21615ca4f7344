"""What is said of series that are not looked at for gaps: nothing that was not checked looks like a pass (DF020)."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from semstat.validators.columns.stage import Staged
from semstat.validators.columns.tuples import Tuples
from semstat.validators.diagnostics import CheckOutcome, CheckStatus
from semstat.validators.observations import OBSERVATION_KINDS
from semstat.validators.plan import Check, GapCheck, RecordCheck
from semstat.validators.predicates import Matches
from semstat.validators.structural.periods import period_pattern

__all__ = ["uncounted"]

_REGULAR = re.compile(r"(?:[ASTQMWDHN][0-9]+|W)")
"""Codes of frequencies at which periods follow one another regularly: every two years (``A2``), or weeks that begin on any day."""

_IRREGULAR = re.compile("/|T[0-9]{2}:|-D[0-9]")
_LEAP_DAY = re.compile("--02-29")
_FROM_START = re.compile("-[WD][0-9]")
_LAST = re.compile("-(?:W53|D366)")
_EXISTS = period_pattern("ObservationalTimePeriod", shifted_year=True)
_SHOWN = 3


def uncounted(staged: Staged, checks: Sequence[Check]) -> Iterator[CheckOutcome]:
    """Yield why some series of a dataset were not looked at for gaps, as far as there are any.

    A frequency at which periods follow regularly, and that is not counted, could not be checked. To one that says nothing of
    an interval (irregular, unspecified, other) the rule does not apply, nor to series with a period that has no place in a
    sequence: a time range of a length of its own, a moment between two hours. What depends on when a reporting year begins
    could not be checked where that is 29 February.

    Args:
        staged: The records.
        checks: What they were checked for; without a check for gaps there is nothing to say.
    """
    made = [check for check in checks if isinstance(check, GapCheck)]
    if not made:
        return
    first, source = made[0], staged.source.source or "table"
    counted = {check.frequency for check in made}
    for code in sorted({*staged.dictionaries.get(first.frequency_dimension, ())} - counted):
        if not _is_code(first.frequency_dimension, code, checks):
            continue
        regular = _REGULAR.fullmatch(code)
        status = CheckStatus.NOT_CHECKED if regular else CheckStatus.NOT_APPLICABLE
        why = (
            "have periods that are not counted"
            if regular
            else "have no interval that would tell which periods there are"
        )
        yield CheckOutcome(
            first.rule,
            first.component,
            status,
            source,
            reason=f"series whose {first.frequency_dimension} is {code} {why}",
        )
    yield from _not_begun(staged, first.component, checks)
    left = list(_not_counted(staged, first.component, made))
    if left:
        shown = ", ".join(left[:_SHOWN]) + (" …" if len(left) > _SHOWN else "")
        reason = f"series with periods that cannot be counted, like {shown}, were not looked at for gaps"
        yield CheckOutcome(first.rule, first.component, CheckStatus.NOT_APPLICABLE, source, reason=reason)


def _not_begun(staged: Staged, time: str, checks: Sequence[Check]) -> Iterator[CheckOutcome]:
    """Yield what could not be checked where reporting years begin on a day that three years of four do not have."""
    starts = dict.fromkeys(check.start for check in checks if isinstance(check, GapCheck) and check.start)
    for start in (item for item in starts if item is not None):
        days = staged.dictionaries.get(start)
        if days is not None and not any(map(_LEAP_DAY.match, days)):
            continue
        source = Tuples(staged).source((start, time), OBSERVATION_KINDS)
        found = staged.connection.execute(f"SELECT DISTINCT t1, t2 FROM {source} WHERE t1 LIKE '--02-29%'").fetchall()
        periods = [period for _, period in found if period is not None and _FROM_START.search(period)]
        why = f"where {start} is --02-29 the standard does not say when the reporting years begin that lack this day"
        for rule, wanted in (("DF020", periods), ("DF007", [item for item in periods if _LAST.search(item)])):
            if wanted and any(check.rule == rule for check in checks):
                yield CheckOutcome(
                    rule, time, CheckStatus.NOT_CHECKED, staged.source.source or "table", reason=f"{why}: {wanted[0]}"
                )


def _is_code(frequency: str, code: str, checks: Sequence[Check]) -> bool:
    """Whether a frequency is of its code list; of one that is not, that is what there is to say."""
    lists = (item for item in checks if isinstance(item, RecordCheck) and item.rule == "DF004")
    return all(item.predicate.holds({frequency: [code]}) for item in lists if item.component == frequency)


def _not_counted(staged: Staged, time: str, made: Sequence[GapCheck]) -> Iterator[str]:
    """Yield the periods that exist and that their frequency does not count; of forms that do not fit it, other rules speak."""
    # Most datasets have neither moments nor ranges nor ordinal days: their records need not be looked at once more.
    if not any(_IRREGULAR.search(period) for period in staged.dictionaries.get(time, ())):
        return
    exists, forms = Matches(time, _EXISTS), {check.frequency: Matches(time, check.pattern) for check in made}
    source = Tuples(staged).source((made[0].frequency_dimension, time), OBSERVATION_KINDS)
    found = staged.connection.execute(
        f"SELECT DISTINCT t1, t2 FROM {source} WHERE t2 IS NOT NULL ORDER BY t2, t1"
    ).fetchall()
    odd = (pair for pair in found if _IRREGULAR.search(pair[1]))
    for period, codes in groupby(odd, key=lambda pair: str(pair[1])):
        record = {time: [period]}
        if exists.holds(record) and any(code in forms and not forms[code].holds(record) for code, _ in codes):
            yield period
