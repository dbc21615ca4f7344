"""What became of each check on a dataset: made, not applicable, or impossible, and the totals of what was found."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from rdflib import URIRef

from semstat.validators.columns.execute import Breach
from semstat.validators.columns.stage import TABLE, Staged, quoted
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, DatasetSummary, Report, Severity, Total
from semstat.validators.observations import OBSERVATION_KINDS
from semstat.validators.plan import Check, ClosedCheck, Plan, RecordCheck, SumCheck, Unstated
from semstat.validators.rules import catalogue
from semstat.validators.selection import Selection

__all__ = [
    "added",
    "checked",
    "custom_columns",
    "faults",
    "merged",
    "not_applicable",
    "nothing_to_check",
    "uncompared",
    "unstated",
    "with_faults",
]


def checked(staged: Staged, checks: Sequence[Check], breaches: Sequence[Breach]) -> Iterator[CheckOutcome]:
    """Yield what became of each check that the column executor ran: how many records it looked at, how many places failed."""
    counts = _filled(staged)
    failed: dict[tuple[URIRef, str | None], int] = {}
    for breach in breaches:
        key = (breach.check.shape, None if isinstance(breach.check, ClosedCheck) else breach.component)
        failed[key] = failed.get(key, 0) + breach.findings
    for check in checks:
        looks_at_values = isinstance(check, RecordCheck) and check.component is not None and "attributes" in check.kinds
        kinds = check.kinds if isinstance(check, RecordCheck) else OBSERVATION_KINDS
        records = sum(staged.kinds[kind] for kind in kinds)
        if not records and staged.rows:
            yield CheckOutcome(
                check.rule, check.component, CheckStatus.NOT_APPLICABLE, _source(staged), reason=_no_record(kinds)
            )
            continue
        examined = counts.get(check.component or "", 0) if looks_at_values else records
        number = failed.get((check.shape, check.component), 0)
        yield CheckOutcome(
            check.rule,
            check.component,
            CheckStatus.CHECKED,
            _source(staged),
            examined,
            number,
            "columns",
            _ASSUMED if check.rule == "DF003" and staged.source.action is None else None,
        )


def uncompared(staged: Staged, breaches: Sequence[Breach]) -> Iterator[CheckOutcome]:
    """Yield, for each measure, that some of its figures were not compared with the sum of their parts, and how many."""
    left: dict[str, int] = {}
    for breach in breaches:
        if isinstance(breach.check, SumCheck) and not breach.check.compares:
            left[breach.check.component] = left.get(breach.check.component, 0) + breach.observations
    for component, number in left.items():
        reason = f"{number} {'figure' if number == 1 else 'figures'} could not be compared with the sum of the parts"
        yield CheckOutcome("DF026", component, CheckStatus.NOT_CHECKED, _source(staged), reason=reason)


_ASSUMED = "no action is stated, so that all is demanded that Information demands"


def _no_record(kinds: frozenset[str]) -> str:
    if kinds == {"update"}:
        return "no record updates an observation"
    if kinds == {"attributes"}:
        return "every record has a whole key"
    return "the action of the records leaves alone what they do not give"


def custom_columns(staged: Staged, selection: Selection) -> Iterator[CheckOutcome]:
    """Yield what became of the rule on custom columns where it stands alone: the check runs as one of unknown components."""
    if selection.has("DF001") or not selection.has("DF016"):
        return
    if staged.source.allows_custom_columns:
        yield CheckOutcome("DF016", None, CheckStatus.CHECKED, _source(staged), staged.observations, 0, "columns")
    else:
        reason = "the format has no columns of its own"
        yield CheckOutcome("DF016", None, CheckStatus.NOT_APPLICABLE, _source(staged), reason=reason)


def nothing_to_check(plan: Plan, source: str | None, *, deleted: int) -> Iterator[CheckOutcome]:
    """Yield the outcomes for a dataset without records: nothing was judged, and that must not look like a pass.

    A dataset that only deletes is another matter: its values are marks, not values (SDMX-CSV field guide, *Delete*).
    """
    status = CheckStatus.NOT_APPLICABLE if deleted else CheckStatus.NOT_CHECKED
    reason = "the records only delete" if deleted else "the dataset holds no records"
    for rule in sorted({check.rule for check in plan.checks}):
        yield CheckOutcome(rule, None, status, source or "table", reason=reason)


def _source(staged: Staged) -> str:
    return staged.source.source or "table"


def _filled(staged: Staged) -> dict[str, int]:
    """Return the number of records with a value, by column."""
    counted = ", ".join(f"count({quoted(name)})" for name in staged.columns)
    row = staged.connection.execute(f"SELECT {counted} FROM {TABLE}").fetchall()[0]
    return dict(zip(staged.columns, row, strict=True))


def unstated(items: Iterable[Unstated], source: str | None) -> Iterator[CheckOutcome]:
    """Yield the rules that could not be stated as shapes, with the reason."""
    for item in items:
        yield CheckOutcome(item.rule, item.component, CheckStatus.NOT_CHECKED, source or "table", reason=item.reason)


def not_applicable(plan: Plan, source: str | None) -> Iterator[CheckOutcome]:
    """Yield the catalogued rules on data that the structure gives no occasion for."""
    for item in plan.deselected:
        yield CheckOutcome(
            item.rule,
            item.component,
            CheckStatus.NOT_APPLICABLE,
            source or "table",
            reason=item.reason,
            deselected=True,
        )
    spoken = {item.rule for part in (plan.checks, plan.unstated, plan.deselected) for item in part}
    for rule in _OF_STRUCTURES:
        if rule not in spoken and rule in catalogue():
            reason = _NOT_SAID.get(rule, "the structure makes no such demand")
            yield CheckOutcome(rule, None, CheckStatus.NOT_APPLICABLE, source or "table", reason=reason)


_NOT_SAID = {
    "DF026": "nobody says that figures add up: no annotation does, and none was asked for",
    "DF027": "nobody says that figures add up: no annotation does, and none was asked for",
    "DF029": "the message does not say for which period it reports, or the structure has no time dimension",
    "DF032": "the message is under no embargo, or the structure has no CONF_STATUS",
    "DF033": "which areas the sender may report on was not said, or the structure has no REF_AREA",
}
_OF_STRUCTURES = (
    "DF001",
    "DF002",
    "DF003",
    "DF004",
    "DF005",
    "DF006",
    "DF007",
    "DF008",
    "DF009",
    "DF010",
    "DF011",
    "DF012",
    "DF018",
    "DF019",
    "DF020",
    "DF021",
    "DF022",
    "DF023",
    "DF024",
    "DF025",
    "DF026",
    "DF027",
    *("DF029", "DF032", "DF033"),
)


def merged(outcomes: Iterable[CheckOutcome]) -> Iterator[CheckOutcome]:
    """Yield one outcome for each rule, component and status, in a stable order."""
    groups: dict[tuple[str, str, CheckStatus, str | None], CheckOutcome] = {}
    for item in outcomes:
        key = (item.rule, item.component or "", item.status, item.executor)
        known = groups.get(key)
        groups[key] = (
            item
            if known is None
            else replace(known, failed=known.failed + item.failed, examined=max(known.examined, item.examined))
        )
    yield from (groups[key] for key in sorted(groups, key=lambda key: (key[0], key[1], key[2].value, key[3] or "")))


def added(totals: Iterable[Total]) -> Iterator[Total]:
    """Yield one total for each rule, component and severity, in a stable order."""
    sums: dict[tuple[str, str, Severity], Total] = {}
    for item in totals:
        key = (item.rule, item.component or "", item.severity)
        known = sums.get(key)
        sums[key] = (
            item
            if known is None
            else replace(
                known,
                findings=known.findings + item.findings,
                observations=known.observations + item.observations,
                listed=known.listed + item.listed,
            )
        )
    yield from (sums[key] for key in sorted(sums, key=lambda key: (key[0], key[1], key[2].value)))


def faults(breaches: Iterable[Breach], part: int = 0) -> Iterator[tuple[str, str, int]]:
    """Yield component, period and number of the records at fault, in order; a fault of the key has no component.

    Args:
        breaches: What failed.
        part: Which of several datasets that are judged as one the records stand in.
    """
    cells: dict[tuple[str, str], int] = {}
    for breach in breaches:
        for _, period, number in (item for item in breach.periods if item[0] == part):
            key = (breach.component or "key", period)
            cells[key] = cells.get(key, 0) + number
    yield from ((component, period, number) for (component, period), number in sorted(cells.items()))


def with_faults(report: Report, more: Iterable[Mapping[tuple[str, int], Iterable[tuple[str, str, int]]]]) -> Report:
    """Return a report whose summaries also count the faults that datasets show together.

    Args:
        report: Of one input.
        more: The faults of datasets, by name of the source and number of the dataset in it.

    Example:
        >>> one = DatasetSummary("a.csv", "sdmx-csv-1.0", None, 9, faults=(("key", "2020", 1),))
        >>> both = with_faults(Report(datasets=(one,)), [{("a.csv", 1): [("SEX", "2020", 2), ("key", "2020", 1)]}])
        >>> both.datasets[0].faults
        (('SEX', '2020', 2), ('key', '2020', 2))
    """
    listed = list(more)
    return replace(report, datasets=tuple(_with_faults(item, listed) for item in report.datasets))


def _with_faults(
    summary: DatasetSummary, more: Iterable[Mapping[tuple[str, int], Iterable[tuple[str, str, int]]]]
) -> DatasetSummary:
    cells = Counter[tuple[str, str]]()
    own = [item.get((summary.source, summary.index), ()) for item in more]
    for component, period, number in chain(summary.faults, *own):
        cells[component, period] += number
    return replace(summary, faults=tuple((*cell, number) for cell, number in sorted(cells.items())))
