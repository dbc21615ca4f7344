"""Runs the plan of one kind of record over its staged rows: distinct values first, rows only where something is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from rdflib import URIRef

from semstat.validators.microdata.keys import repeated, unreferenced
from semstat.validators.microdata.plan import (
    CompleteCheck,
    CountCheck,
    MicrodataCheck,
    MicrodataPlan,
    ReferenceCheck,
    RowCheck,
    StatisticCheck,
    UniqueCheck,
    UsedCodeCheck,
    ValueCheck,
)
from semstat.validators.microdata.row_checks import judged_rows
from semstat.validators.microdata.staging import StagedRecords
from semstat.validators.microdata.statistics import computed, differs, figure_text
from semstat.validators.microdata.value_table import Places, ValueTable, value_table

__all__ = ["SAMPLES", "Fault", "Judged", "execute_record"]

SAMPLES = 3
"""Rows that are named for each value at fault."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the value (or what was found instead of a figure), how many rows it concerns, some lines."""

    value: str | None
    rows: int = 1
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one check: how many rows (or values) it looked at, its faults, or why it could not be made.

    ``faults`` are the first ones; ``findings`` and ``rows`` count all.
    """

    check: MicrodataCheck
    examined: int = 0
    faults: tuple[Fault, ...] = ()
    findings: int = 0
    rows: int = 0
    reason: str | None = None


def execute_record(
    plan: MicrodataPlan, staged: StagedRecords, others: Mapping[URIRef, StagedRecords], *, limit: int | None
) -> Iterator[Judged]:
    """Yield what became of each check of a plan, those of one variable together.

    Args:
        plan: What is demanded.
        staged: The rows.
        others: The rows of other kinds of records that are at hand, by kind.
        limit: How many faults of a check are told in full, ``None`` for all.
    """
    _prepare(plan.checks, staged)
    by_variable: dict[URIRef, list[MicrodataCheck]] = {}
    for check in plan.checks:
        if isinstance(check, CountCheck):
            yield _count(check, staged)
        elif isinstance(check, UniqueCheck | ReferenceCheck | RowCheck):
            yield _in_engine(check, plan, staged, others, limit)
        else:
            by_variable.setdefault(check.variable, []).append(check)
    for variable, checks in by_variable.items():
        if variable in staged.columns:
            yield from _of_variable(variable, checks, staged, plan, limit)
        else:
            reason = f"the data have no variable `{plan.names.get(variable, variable)}`"
            yield from (Judged(check, reason=reason) for check in checks)


def _prepare(checks: Sequence[MicrodataCheck], staged: StagedRecords) -> None:
    """Make one table of all the columns that checks on rows look at, before each asks for its own."""
    several = [item for item in checks if isinstance(item, UniqueCheck | ReferenceCheck | RowCheck)]
    wanted = {staged.columns[name]: None for item in several for name in item.variables if name in staged.columns}
    if wanted:
        with suppress(_out_of_memory()):  # each check then asks for what it needs alone
            staged.table(list(wanted))


def _out_of_memory() -> type[Exception]:
    import duckdb

    return duckdb.OutOfMemoryException


def _in_engine(
    check: UniqueCheck | ReferenceCheck | RowCheck,
    plan: MicrodataPlan,
    staged: StagedRecords,
    others: Mapping[URIRef, StagedRecords],
    limit: int | None,
) -> Judged:
    try:
        if isinstance(check, RowCheck):
            return _rows(check, plan, staged, limit)
        return _key(check, plan, staged, others, limit)
    except _out_of_memory():
        return Judged(check, reason="the engine needs more memory than it is allowed")


def _count(check: CountCheck, staged: StagedRecords) -> Judged:
    if staged.rows == check.count:
        return Judged(check, staged.rows)
    return Judged(check, staged.rows, (Fault(str(staged.rows)),), 1, 1)


def _key(
    check: UniqueCheck | ReferenceCheck,
    plan: MicrodataPlan,
    staged: StagedRecords,
    others: Mapping[URIRef, StagedRecords],
    limit: int | None,
) -> Judged:
    lacking = [plan.names.get(item, str(item)) for item in check.variables if item not in staged.columns]
    if lacking:
        return Judged(check, reason=f"the data have no variable `{lacking[0]}`")
    own = [staged.columns[item] for item in check.variables]
    if isinstance(check, UniqueCheck):
        found = repeated(staged, own, limit)
    else:
        target = others.get(check.target)
        if target is None or any(item not in target.columns for item in check.target_variables):
            return Judged(check, reason="the file referred to, or its key, is not at hand")
        theirs = [target.columns[item] for item in check.target_variables]
        found = unreferenced(staged, own, target, theirs, limit)
    faults = tuple(Fault(", ".join(map(str, cells)), rows, lines) for cells, rows, lines in found)
    return Judged(check, staged.rows, faults, found.count, found.rows)


def _rows(check: RowCheck, plan: MicrodataPlan, staged: StagedRecords, limit: int | None) -> Judged:
    lacking = [plan.names.get(item, str(item)) for item in check.variables if item not in staged.columns]
    if lacking:
        return Judged(check, reason=f"the data have no variable `{lacking[0]}`")
    told, found = judged_rows(staged, check.condition, [staged.columns[item] for item in check.variables], limit)
    if not told:
        return Judged(check, reason="no record has the values that it takes to tell")
    names = [plan.names.get(item, str(item)) for item in check.variables]
    faults = tuple(
        Fault(", ".join(f"{name}={_shown(cell)}" for name, cell in zip(names, cells, strict=True)), rows, lines)
        for cells, rows, lines in found
    )
    return Judged(check, told, faults, found.count, found.rows)


def _shown(cell: str | None) -> str:
    return "" if cell is None else cell


def _of_variable(
    variable: URIRef,
    checks: Sequence[MicrodataCheck],
    staged: StagedRecords,
    plan: MicrodataPlan,
    limit: int | None,
) -> Iterator[Judged]:
    weights = [check.weight for check in checks if isinstance(check, StatisticCheck) and check.weight is not None]
    table = value_table(staged, variable, list(dict.fromkeys(weights)))
    for check in checks:
        match check:
            case ValueCheck():
                yield _values(check, table, staged, limit)
            case CompleteCheck():
                yield _complete(check, table, staged)
            case UsedCodeCheck():
                unused = not table.matching(check.pattern).any()
                yield Judged(check, staged.rows, (Fault(check.code, 0),) if unused else (), int(unused), 0)
            case StatisticCheck():
                yield _statistic(check, table, staged, plan)


def _values(check: ValueCheck, table: ValueTable, staged: StagedRecords, limit: int | None) -> Judged:
    examined = int(table.counts.sum())
    places = table.failing(check.predicate)
    if not len(places):
        return Judged(check, examined)
    rows = int(table.counts[places].sum())
    if check.together:
        first = next(_faults(check.variable, table, staged, places[:1]))
        return Judged(check, examined, (Fault(first.value, rows, first.lines[:1]),), 1, rows)
    shown = places[:limit]
    return Judged(check, examined, tuple(_faults(check.variable, table, staged, shown)), len(places), rows)


def _faults(variable: URIRef, table: ValueTable, staged: StagedRecords, places: Places) -> Iterator[Fault]:
    counts = {str(table.texts[int(place)]): int(table.counts[place]) for place in places}
    lines = staged.samples(variable, counts, SAMPLES)
    yield from (Fault(text, count, lines[text]) for text, count in counts.items())


def _complete(check: CompleteCheck, table: ValueTable, staged: StagedRecords) -> Judged:
    if not table.absent:
        return Judged(check, staged.rows)
    lines = staged.lacking(check.variable, SAMPLES)
    return Judged(check, staged.rows, (Fault(None, table.absent, lines),), 1, table.absent)


def _statistic(check: StatisticCheck, table: ValueTable, staged: StagedRecords, plan: MicrodataPlan) -> Judged:
    if check.weight is not None and check.weight not in staged.columns:
        return Judged(check, reason=f"the data have no weight `{plan.names.get(check.weight, check.weight)}`")
    found = computed(table, check)
    if not found:
        name = plan.names[check.variable]
        if check.weight is not None and len(table.texts):
            reason = f"the weights `{plan.names.get(check.weight, check.weight)}` of the values of `{name}` allow no such figure"
            return Judged(check, reason=reason)
        numbers = table.numbers[~table.apart(check.apart)]
        if len(numbers) and not np.isnan(numbers).all() and not check.kind.endswith("Share"):
            return Judged(check, reason=f"the values of `{name}` are too large, or too few, to compute it from")
        return Judged(check, reason=f"no value of `{name}` is there to compute it from")
    if not differs(check, found):
        return Judged(check, staged.rows)
    return Judged(check, staged.rows, (Fault(" or ".join(map(figure_text, found)), 0),), 1, 0)
