"""Judging observations: stage the stream, run the plan on columns, leave the rest to the graph executor, report.

This is the heart that files, tables in memory and tests share. It opens nothing and prints nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import duckdb
from rdflib import Graph, URIRef

from semstat.validators.columns.execute import Breach, execute, unsupported
from semstat.validators.columns.stage import Staged, stage
from semstat.validators.compile import compile_shapes
from semstat.validators.diagnostics import (
    CheckOutcome,
    CheckStatus,
    DatasetSummary,
    Diagnostic,
    Report,
    Severity,
    Total,
)
from semstat.validators.findings import Describer, Labels
from semstat.validators.observations import OBSERVATION_KINDS, Observations
from semstat.validators.plan import Check, ClosedCheck, Plan, RecordCheck, Unstated
from semstat.validators.residual import run_residual
from semstat.validators.rules import catalogue
from semstat.validators.selection import EVERYTHING, Selection, applied

__all__ = ["DataRules", "validate_observations"]

GRAPH_LIMIT = 5_000
"""Records up to which the graph executor is asked about shapes that the column executor cannot run; it needs about a
millisecond for each record and shape, and a gigabyte for each hundred thousand."""


@dataclass(frozen=True, slots=True)
class DataRules:
    """What data are judged by: the shapes, compiled once, and what helps to put findings into words.

    ``structure`` is the short name that messages use; ``time`` the id of the time dimension; ``selection`` what is checked.
    """

    shapes: Graph
    plan: Plan
    structure: str
    time: str | None = None
    labels: Labels | None = None
    selection: Selection = EVERYTHING

    @classmethod
    def of(
        cls,
        shapes: Graph,
        *,
        structure: str,
        time: str | None = None,
        labels: Labels | None = None,
        selection: Selection = EVERYTHING,
    ) -> "DataRules":
        """Compile shapes into rules for data; what a selection leaves out is not even compiled."""
        return cls(shapes, compile_shapes(shapes, selection), structure, time, labels, selection)


def validate_observations(
    observations: Observations,
    rules: DataRules,
    *,
    limit: int | None = 10,
    format: str = "table",
    index: int = 1,
    connection: duckdb.DuckDBPyConnection | None = None,
) -> Report:
    """Return the report on one dataset.

    Args:
        observations: The dataset; its stream is consumed.
        rules: What it is judged by.
        limit: How many places are listed in full for each rule and component (``None``: all); totals are always exact.
        format: The name of the format, for the summary.
        index: The number of the dataset in its source, from 1.
        connection: An engine to use; by default one of its own in memory, which may spill to the working directory's
            temporary folder as DuckDB decides.

    Findings:
        DF001 to DF012 and DF016, and those of further shapes in ``rules``.
    """
    engine = connection or duckdb.connect()
    try:
        staged = stage(observations, rules.plan.components, engine)
        foreign = unsupported(rules.plan.checks, engine)
        runnable = [check for check in rules.plan.checks if check not in foreign] if foreign else rules.plan.checks
        left = [check.shape for check in foreign]
        breaches = list(execute(staged, runnable, limit=limit, time=rules.time))
        more, outcomes = run_residual(
            staged, rules.shapes, rules.plan, [*rules.plan.residual, *left], limit=limit, most=GRAPH_LIMIT
        )
        return _report(staged, rules, runnable, [*breaches, *more], outcomes, format, index)
    finally:
        if connection is None:
            engine.close()


def _report(
    staged: Staged,
    rules: DataRules,
    checks: Sequence[Check],
    breaches: Sequence[Breach],
    outcomes: Iterable[CheckOutcome],
    format: str,
    index: int,
) -> Report:
    describer = Describer(staged, rules.plan, rules.structure, rules.time, rules.labels)
    diagnostics, totals = _findings(describer, breaches)
    source = staged.source.source
    listed = [
        *_checked(staged, checks, breaches),
        *_custom_columns(staged, rules),
        *outcomes,
        *_unstated(rules.plan.unstated, source),
        *_not_applicable(rules.plan, source),
    ]
    if not staged.rows:
        listed = list(_nothing_to_check(rules.plan, source, deleted=staged.deleted))
    summary = DatasetSummary(
        source=source or "table",
        format=format,
        structure=rules.structure,
        observations=staged.observations,
        index=index,
        faults=tuple(_faults(breaches)),
    )
    report = Report(
        diagnostics=tuple(sorted(diagnostics, key=_place)),
        totals=tuple(_added(totals)),
        checks=tuple(_merged(listed)),
        datasets=(summary,),
        sources=(source or "table",),
    )
    return applied(report, rules.selection)


def _findings(describer: Describer, breaches: Iterable[Breach]) -> tuple[list[Diagnostic], list[Total]]:
    """Return the findings in words, and a total for each breach under the rule that its findings bear."""
    diagnostics: list[Diagnostic] = []
    totals: list[Total] = []
    for breach in breaches:
        found = list(describer.describe(breach))
        diagnostics.extend(found)
        total = describer.total(breach)
        totals.append(replace(total, rule=found[0].rule, severity=found[0].severity) if found else total)
    return diagnostics, totals


def _place(item: Diagnostic) -> tuple[int, int, str, str]:
    where = item.location
    return (where.line or 0, where.record or 0, item.rule, where.path or "")


def _checked(staged: Staged, checks: Sequence[Check], breaches: Sequence[Breach]) -> Iterator[CheckOutcome]:
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


_ASSUMED = "no action is stated, so that all is demanded that Information demands"


def _no_record(kinds: frozenset[str]) -> str:
    if kinds == {"update"}:
        return "no record updates an observation"
    if kinds == {"attributes"}:
        return "every record has a whole key"
    return "the action of the records leaves alone what they do not give"


def _custom_columns(staged: Staged, rules: DataRules) -> Iterator[CheckOutcome]:
    """Yield what became of the rule on custom columns where it stands alone: the check runs as one of unknown components."""
    if rules.selection.has("DF001") or not rules.selection.has("DF016"):
        return
    if staged.source.allows_custom_columns:
        yield CheckOutcome("DF016", None, CheckStatus.CHECKED, _source(staged), staged.observations, 0, "columns")
    else:
        reason = "the format has no columns of its own"
        yield CheckOutcome("DF016", None, CheckStatus.NOT_APPLICABLE, _source(staged), reason=reason)


def _nothing_to_check(plan: Plan, source: str | None, *, deleted: int) -> Iterator[CheckOutcome]:
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
    from semstat.validators.columns.stage import TABLE, quoted

    counted = ", ".join(f"count({quoted(name)})" for name in staged.columns)
    row = staged.connection.execute(f"SELECT {counted} FROM {TABLE}").fetchall()[0]
    return dict(zip(staged.columns, row, strict=True))


def _unstated(items: Iterable[Unstated], source: str | None) -> Iterator[CheckOutcome]:
    for item in items:
        yield CheckOutcome(item.rule, item.component, CheckStatus.NOT_CHECKED, source or "table", reason=item.reason)


def _not_applicable(plan: Plan, source: str | None) -> Iterator[CheckOutcome]:
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
            reason = "the structure makes no such demand"
            yield CheckOutcome(rule, None, CheckStatus.NOT_APPLICABLE, source or "table", reason=reason)


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
)


def _merged(outcomes: Iterable[CheckOutcome]) -> Iterator[CheckOutcome]:
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


def _added(totals: Iterable[Total]) -> Iterator[Total]:
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


def _faults(breaches: Iterable[Breach]) -> Iterator[tuple[str, str, int]]:
    cells: dict[tuple[str, str], int] = {}
    for breach in breaches:
        for period, number in breach.periods:
            key = (breach.component or "key", period)
            cells[key] = cells.get(key, 0) + number
    yield from ((component, period, number) for (component, period), number in sorted(cells.items()))
