"""Runs a plan over staged columns as SQL, set by set: distinct values first, rows only where something is wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from semstat.validators.columns.keys import Duplicates, complete_records, key_expression
from semstat.validators.columns.series import gaps, scattered
from semstat.validators.columns.sql import may_fail
from semstat.validators.columns.stage import TABLE, Staged, quoted
from semstat.validators.columns.sums import Sums
from semstat.validators.columns.tuples import Tuples, kind_condition
from semstat.validators.observations import PART_SEPARATOR, SERIES_LINE, SOURCE
from semstat.validators.plan import (
    Check,
    ClosedCheck,
    ConstantCheck,
    GapCheck,
    RecordCheck,
    RowCheck,
    SeriesCheck,
    SumCheck,
    UniqueCheck,
)
from semstat.validators.predicates import Predicate, Record, looks_at_presence

__all__ = ["Breach", "Hit", "execute", "unsupported"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a check failed: the first record concerned, the value, how many records, and the record compared with.

    ``row`` and ``other`` count from 0 in the order of the stream.
    """

    row: int
    value: str | None = None
    other: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Breach:
    """A check that failed: totals over all places, the first places in full, and how the records spread over time.

    ``by_part`` gives findings and observations for each of several datasets that are judged as one, by its number.
    ``periods`` gives records at fault by dataset and raw value of the time dimension, sorted; empty where there is none.
    """

    check: Check
    component: str | None
    findings: int
    observations: int
    hits: tuple[Hit, ...]
    periods: tuple[tuple[int, str, int], ...] = ()
    by_part: tuple[tuple[int, int, int], ...] = ()


def unsupported(checks: Sequence[Check], connection: duckdb.DuckDBPyConnection) -> list[Check]:
    """Return the checks that the engine does not understand: expressions may use what its dialect lacks."""
    records = [check for check in checks if isinstance(check, RecordCheck)]
    if not records or _understood(records, connection):
        return []
    return [check for check in records if not _understood([check], connection)]


def _understood(checks: Sequence[RecordCheck], connection: duckdb.DuckDBPyConnection) -> bool:
    """Try the conditions on a value: the engine compiles an expression when it meets one."""
    conditions = (may_fail(check.predicate, {name: "probe" for name in check.components}) for check in checks)
    try:
        connection.execute(f"SELECT {', '.join(conditions)} FROM (VALUES ('x')) AS one (probe)").fetchall()
    except duckdb.Error:
        return False
    return True


def execute(staged: Staged, checks: Sequence[Check], *, limit: int | None, time: str | None = None) -> Iterator[Breach]:
    """Yield the checks that failed.

    Args:
        staged: The staged records.
        checks: What to run, each supported by the engine.
        limit: How many places of one check are listed in full; ``None`` for all. Totals are always exact.
        time: The id of the time dimension, to tell how the records at fault spread over time.
    """
    finder = _Finder(staged, Tuples(staged), time, [item for item in checks if isinstance(item, SumCheck)])
    for check in checks:
        if isinstance(check, ClosedCheck):
            yield from _closed(staged, check)
        elif finder.find(check):
            yield _breach(staged, check, limit, time)


class _Finder:
    """Finds the rows at which checks fail, with what several checks look up made once."""

    def __init__(self, staged: Staged, tuples: Tuples, time: str | None, of_sums: Sequence[SumCheck]) -> None:
        self._staged, self._tuples, self._time = staged, tuples, time
        self._duplicates = Duplicates(staged, tuples)
        self._sums = Sums(staged, tuples, of_sums)

    def find(self, check: RowCheck) -> bool:
        """Fill the table ``faulty`` (row, value shown, row compared with); return whether there is anything in it."""
        if isinstance(check, RecordCheck):
            return _record(self._staged, self._tuples, check)
        if isinstance(check, ConstantCheck):
            return _constant(self._staged, check)
        select = self._select(check)
        if select is None:
            return False
        _fill(self._staged, select)
        return _any_faulty(self._staged)

    def _select(self, check: UniqueCheck | GapCheck | SeriesCheck | SumCheck) -> str | None:
        if isinstance(check, GapCheck):
            return gaps(self._staged, self._tuples, check)
        if isinstance(check, SumCheck):
            return self._sums.faulty(check)
        if isinstance(check, SeriesCheck):
            return scattered(self._staged, check, self._time)
        source = self._duplicates.source(check.components)
        chosen = "differs" if check.contradicting else "NOT differs"
        return None if source is None else f"SELECT row, NULL, first FROM {source} WHERE {chosen}"


def _record(staged: Staged, tuples: Tuples, check: RecordCheck) -> bool:
    if not any(staged.kinds[kind] for kind in check.kinds):
        return False
    if looks_at_presence(check.predicate):
        return _presence(staged, tuples, check)
    bad = _bad_tuples(staged, tuples, check)
    if not bad:
        return False
    components = check.components
    columns = list(zip(*bad, strict=True))
    types = [pa.uint32() if item in staged.dictionaries else pa.string() for item in components]
    names = [f"k{place}" for place in range(1, len(components) + 1)]
    table = pa.table(
        [pa.array(column, kind) for column, kind in zip(columns, [*types, pa.string()], strict=True)],
        names=[*names, "shown"],
    )
    same = " AND ".join(
        f"{TABLE}.{quoted(item)} IS NOT DISTINCT FROM bad.{name}" for item, name in zip(components, names, strict=True)
    )
    kinds = kind_condition(staged, check.kinds)
    where = f" WHERE {kinds}" if kinds else ""
    staged.connection.register("bad", table)
    _fill(staged, f"SELECT {TABLE}.rowid, shown, NULL FROM {TABLE} JOIN bad ON {same}{where}")
    staged.connection.unregister("bad")
    return _any_faulty(staged)


def _presence(staged: Staged, tuples: Tuples, check: RecordCheck) -> bool:
    """Which components have a value shows in the rows as staged: no combination of terms need be looked up."""
    missing = may_fail(check.predicate, {name: quoted(name) for name in check.components})
    kinds = kind_condition(staged, check.kinds)
    shown = quoted(check.component) if check.component is not None else "NULL"
    if check.component in staged.dictionaries:
        shown = f"(SELECT term FROM {tuples.dictionary(check.component or '')} WHERE id = {shown})"
    _fill(staged, f"SELECT rowid, {shown}, NULL FROM {TABLE} WHERE {missing}{' AND ' + kinds if kinds else ''}")
    return _any_faulty(staged)


def _any_faulty(staged: Staged) -> bool:
    return staged.connection.execute("SELECT count(*) FROM faulty").fetchall() != [(0,)]


def _fill(staged: Staged, select: str) -> None:
    staged.connection.execute("CREATE OR REPLACE TEMP TABLE faulty (row BIGINT, shown VARCHAR, other BIGINT)")
    staged.connection.execute(f"INSERT INTO faulty {select}")


def _bad_tuples(staged: Staged, tuples: Tuples, check: RecordCheck) -> list[tuple[object, ...]]:
    """Return the combinations at fault as staged, each with the value to show; the engine proposes, the predicate decides."""
    components = check.components
    source = tuples.source(components, check.kinds)
    terms = {item: f"t{place}" for place, item in enumerate(components, 1)}
    condition = may_fail(check.predicate, terms, staged.multivalued)
    proposed = staged.connection.execute(f"SELECT DISTINCT * FROM {source} WHERE {condition}").fetchall()
    width = len(components)
    bad: list[tuple[object, ...]] = []
    for row in proposed:
        record = {item: _values(staged, item, term) for item, term in zip(components, row[width:], strict=True)}
        if not check.predicate.holds(record):
            bad.append((*row[:width], _shown(check.predicate, check.component, record)))
    return bad


def _values(staged: Staged, component: str, term: str | None) -> list[str]:
    if term is None:
        return []
    return term.split(PART_SEPARATOR) if component in staged.multivalued else [term]


def _shown(predicate: Predicate, component: str | None, record: Record) -> str | None:
    """Return the value to show: of several parts, the first that fails by itself; of several components, none."""
    if component is None or not record[component]:
        return None
    for value in record[component]:
        if len(record[component]) > 1 and not predicate.holds({**record, component: [value]}):
            return value
    return ", ".join(record[component])


def _breach(staged: Staged, check: RowCheck, limit: int | None, time: str | None) -> Breach:
    """Return the breach of a check given ``faulty``: one place for each line that the component's values stand on."""
    connection = staged.connection
    part = _part(staged)
    apart = f", {part}" if staged.tells_parts else ""
    places = (
        f"SELECT {part} AS part, min(row) AS row, arg_min(shown, row) AS shown, arg_min(other, row) AS other, count(*) AS n "
        f"FROM faulty JOIN {TABLE} ON {TABLE}.rowid = faulty.row GROUP BY {_place(staged, check)}{apart}"
    )
    total = connection.execute(f"SELECT count(*), coalesce(sum(n), 0) FROM ({places})").fetchall()[0]
    cap = "" if limit is None else f" LIMIT {limit}"
    rows = connection.execute(f"SELECT row, shown, other, n FROM ({places}) ORDER BY row{cap}").fetchall()
    hits = tuple(Hit(row, shown, other, count) for row, shown, other, count in rows)
    shares = f"SELECT part, count(*), sum(n)::BIGINT FROM ({places}) GROUP BY part ORDER BY part"
    by_part = connection.execute(shares).fetchall() if staged.tells_parts else []
    return Breach(check, check.component, int(total[0]), int(total[1]), hits, _periods(staged, time), tuple(by_part))


def _place(staged: Staged, check: RowCheck) -> str:
    """Return what tells two places apart: the line of the component's value where records share it, else the record."""
    component = check.component
    if isinstance(check, SeriesCheck) and not check.elements:
        return "true"  # the order of a table is one matter, however many of its rows it concerns
    if isinstance(check, GapCheck):
        return f"{TABLE}.rowid"  # each series has gaps of its own, also where the periods of several stand in one place
    if component is not None and staged.is_spelt_elsewhere(check):
        value = f"{TABLE}.{quoted(component)}"
        return f"CASE WHEN {value} IS NULL THEN -{TABLE}.rowid - 1 ELSE {value} END"
    missing_column = staged.source.is_table and component in staged.absent
    if missing_column or staged.source.levels.get(component or "") == "_dataset":
        return "true"
    named = [SERIES_LINE] if staged.is_about_series(check) else staged.line_columns(component)
    lines = [f"{TABLE}.{quoted(name)}" for name in named]
    return f"coalesce({', '.join(lines)}, -{TABLE}.rowid - 1)" if lines else f"{TABLE}.rowid"


def _part(staged: Staged) -> str:
    return f"{TABLE}.{quoted(SOURCE)}" if staged.tells_parts else "0"


def _periods(staged: Staged, time: str | None) -> tuple[tuple[int, str, int], ...]:
    if time is None or time not in staged.columns:
        return ()
    period = quoted(time)
    rows = f"faulty JOIN {TABLE} ON {TABLE}.rowid = faulty.row WHERE {period} IS NOT NULL"
    found = staged.connection.execute(
        f"SELECT {_part(staged)}, {period}, count(*) FROM {rows} GROUP BY 1, 2"
    ).fetchall()
    terms = staged.dictionaries.get(time)
    return tuple(sorted((part, terms[key] if terms is not None else key, number) for part, key, number in found))


def _constant(staged: Staged, check: ConstantCheck) -> bool:
    connection, column = staged.connection, quoted(check.component)
    where = complete_records(staged, check.components, observations_only=False)
    key = key_expression(staged, check.within)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE varying AS SELECT {key} AS key, min(rowid) AS first, arg_min({column}, rowid) AS stated "
        f"FROM {TABLE} WHERE {where} GROUP BY 1 HAVING min({column}) <> max({column})"
    )
    if connection.execute("SELECT count(*) FROM varying").fetchall() == [(0,)]:
        return False
    shown, joins = column, ""
    if check.component in staged.dictionaries:
        shown, joins = "term", f" JOIN {Tuples(staged).dictionary(check.component)} AS d ON d.id = {column}"
    rows = f"{TABLE} JOIN varying ON varying.key = {key}{joins} WHERE {where} AND {column} <> stated"
    _fill(staged, f"SELECT {TABLE}.rowid, {shown}, first FROM {rows}")
    if check.component in staged.multivalued:
        _drop_reordered(staged, check.component)
    return _any_faulty(staged)


def _drop_reordered(staged: Staged, component: str) -> None:
    """Several values in another order are the same values."""
    connection, column = staged.connection, quoted(component)
    terms = staged.dictionaries.get(component)
    pairs = connection.execute(
        f"SELECT faulty.row, shown, {column} FROM faulty JOIN {TABLE} ON {TABLE}.rowid = faulty.other"
    ).fetchall()
    for row, one, other in pairs:
        stated = terms[other] if terms is not None else other
        if set(one.split(PART_SEPARATOR)) == set(stated.split(PART_SEPARATOR)):
            connection.execute("DELETE FROM faulty WHERE row = ?", [row])


def _closed(staged: Staged, check: ClosedCheck) -> Iterator[Breach]:
    """Yield one place for each column that is no component: the first record that fills it."""
    for name, note in sorted(staged.unknown.items()):
        if note.count and name not in check.allowed:
            yield Breach(check, name, 1, note.count, (Hit(note.row, note.value, count=note.count),))
