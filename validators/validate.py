"""Judging observations: stage the stream, run the plan on columns, leave the rest to the graph executor, report.

This is the heart that files, tables in memory and tests share. It opens nothing and prints nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import duckdb
from rdflib import Graph

from semstat.validators.columns.execute import Breach, execute, unsupported
from semstat.validators.columns.stage import Staged, stage
from semstat.validators.compile import compile_shapes
from semstat.validators.diagnostics import (
    CheckOutcome,
    DatasetSummary,
    Diagnostic,
    Report,
    Total,
)
from semstat.validators.findings import Describer, Labels
from semstat.validators.observations import Observations
from semstat.validators.outcomes import (
    added,
    checked,
    custom_columns,
    faults,
    merged,
    not_applicable,
    nothing_to_check,
    uncompared,
    unstated,
)
from semstat.validators.parsed import parsed
from semstat.validators.plan import Check, Plan
from semstat.validators.residual import run_residual
from semstat.validators.selection import EVERYTHING, Selection, applied
from semstat.validators.spoken import spoken
from semstat.validators.uncounted import uncounted

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
        languages = spoken(staged, rules.shapes, rules.plan.unstated)
        texts = parsed(staged, rules.shapes, languages.unstated, limit=limit)
        found = [*breaches, *more, *languages.breaches, *texts.breaches]
        said = [*outcomes, *languages.outcomes, *texts.outcomes, *unstated(texts.unstated, staged.source.source)]
        return _report(staged, rules, runnable, found, said, format, index)
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
        *checked(staged, checks, breaches),
        *uncompared(staged, breaches),
        *uncounted(staged, checks),
        *custom_columns(staged, rules.selection),
        *outcomes,
        *not_applicable(rules.plan, source),
    ]
    if not staged.rows:
        listed = list(nothing_to_check(rules.plan, source, deleted=staged.deleted))
    summary = DatasetSummary(
        source=source or "table",
        format=format,
        structure=rules.structure,
        observations=staged.observations,
        index=index,
        faults=tuple(faults(breaches)),
    )
    report = Report(
        diagnostics=tuple(sorted(diagnostics, key=_place)),
        totals=tuple(added(totals)),
        checks=tuple(merged(listed)),
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
