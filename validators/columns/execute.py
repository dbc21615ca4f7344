"""Runs a plan over staged columns as SQL, set by set: distinct values first, rows only where something is wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

import duckdb
import numpy as np
import pyarrow as pa

from semstat.validators.columns.sql import may_fail
from semstat.validators.columns.stage import TABLE, Staged, quoted
from semstat.validators.columns.tuples import OBSERVATION, Tuples
from semstat.validators.observations import PART_SEPARATOR
from semstat.validators.plan import Check, ClosedCheck, ConstantCheck, RecordCheck, UniqueCheck
from semstat.validators.predicates import Predicate, Record

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

    ``periods`` gives records at fault by raw value of the time dimension, sorted; empty where there is none.
    """

    check: Check
    component: str | None
    findings: int
    observations: int
    hits: tuple[Hit, ...]
    periods: tuple[tuple[str, int], ...] = ()


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
    tuples = Tuples(staged)
    for check in checks:
        if isinstance(check, ClosedCheck):
            yield from _closed(staged, check)
        elif _find(staged, tuples, check):
            yield _breach(staged, check, limit, time)


def _find(staged: Staged, tuples: Tuples, check: RecordCheck | UniqueCheck | ConstantCheck) -> bool:
    """Fill the table ``faulty`` (row, value shown, row compared with); return whether there is anything in it."""
    if isinstance(check, RecordCheck):
        return _record(staged, tuples, check)
    if isinstance(check, UniqueCheck):
        return _unique(staged, check)
    return _constant(staged, check)


def _record(staged: Staged, tuples: Tuples, check: RecordCheck) -> bool:
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
    where = f" WHERE {OBSERVATION}" if check.observations_only and staged.has_kinds else ""
    staged.connection.register("bad", table)
    _fill(staged, f"SELECT {TABLE}.rowid, shown, NULL FROM {TABLE} JOIN bad ON {same}{where}")
    staged.connection.unregister("bad")
    return _any_faulty(staged)


def _any_faulty(staged: Staged) -> bool:
    return staged.connection.execute("SELECT count(*) FROM faulty").fetchall() != [(0,)]


def _fill(staged: Staged, select: str) -> None:
    staged.connection.execute("CREATE OR REPLACE TEMP TABLE faulty (row BIGINT, shown VARCHAR, other BIGINT)")
    staged.connection.execute(f"INSERT INTO faulty {select}")


def _bad_tuples(staged: Staged, tuples: Tuples, check: RecordCheck) -> list[tuple[object, ...]]:
    """Return the combinations at fault as staged, each with the value to show; the engine proposes, the predicate decides."""
    components = check.components
    source = tuples.source(components, observations_only=check.observations_only)
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


def _breach(
    staged: Staged, check: RecordCheck | UniqueCheck | ConstantCheck, limit: int | None, time: str | None
) -> Breach:
    """Return the breach of a check given ``faulty``: one place for each line that the component's values stand on."""
    connection = staged.connection
    places = (
        f"SELECT min(row) AS row, arg_min(shown, row) AS shown, arg_min(other, row) AS other, count(*) AS n "
        f"FROM faulty JOIN {TABLE} ON {TABLE}.rowid = faulty.row GROUP BY {_place(staged, check)}"
    )
    total = connection.execute(f"SELECT count(*), coalesce(sum(n), 0) FROM ({places})").fetchall()[0]
    cap = "" if limit is None else f" LIMIT {limit}"
    rows = connection.execute(f"SELECT row, shown, other, n FROM ({places}) ORDER BY row{cap}").fetchall()
    hits = tuple(Hit(row, shown, other, count) for row, shown, other, count in rows)
    return Breach(check, check.component, int(total[0]), int(total[1]), hits, _periods(staged, time))


def _place(staged: Staged, check: RecordCheck | UniqueCheck | ConstantCheck) -> str:
    """Return what tells two places apart: the line of the component's value where records share it, else the record."""
    component = check.component
    if component is not None and staged.is_spelt_elsewhere(check):
        value = f"{TABLE}.{quoted(component)}"
        return f"CASE WHEN {value} IS NULL THEN -{TABLE}.rowid - 1 ELSE {value} END"
    missing_column = staged.source.is_table and component in staged.absent
    if missing_column or staged.source.levels.get(component or "") == "_dataset":
        return "true"
    lines = [f"{TABLE}.{quoted(name)}" for name in staged.line_columns(component)]
    return f"coalesce({', '.join(lines)}, -{TABLE}.rowid - 1)" if lines else f"{TABLE}.rowid"


def _periods(staged: Staged, time: str | None) -> tuple[tuple[str, int], ...]:
    if time is None or time not in staged.columns:
        return ()
    period = quoted(time)
    rows = f"faulty JOIN {TABLE} ON {TABLE}.rowid = faulty.row WHERE {period} IS NOT NULL"
    found = staged.connection.execute(f"SELECT {period}, count(*) FROM {rows} GROUP BY 1").fetchall()
    terms = staged.dictionaries.get(time)
    return tuple(sorted((terms[key] if terms is not None else key, number) for key, number in found))


def _key(staged: Staged, components: Sequence[str]) -> str:
    """Return one integer expression for several dictionary columns, or the columns where they do not fit in 62 bits.

    The integer is as narrow as the numbers of terms allow: keys are what uniqueness costs.
    """
    sizes = [len(staged.dictionaries.get(item, ())) + 1 for item in components]
    product = prod(sizes)
    if product >= 1 << 62 or any(item not in staged.dictionaries for item in components):
        return f"({', '.join(quoted(item) for item in components)})"
    kind = "UINTEGER" if product < 1 << 32 else "BIGINT"
    factors = [prod(sizes[:place]) for place in range(len(sizes))]
    parts = (f"{quoted(item)}::{kind} * {factor}" for item, factor in zip(components, factors, strict=True))
    return f"({' + '.join(parts)})::{kind}"


def _complete(staged: Staged, components: Sequence[str], *, observations_only: bool) -> str:
    conditions = [f"{quoted(item)} IS NOT NULL" for item in components]
    if observations_only and staged.has_kinds:
        conditions.append(OBSERVATION)
    return " AND ".join(conditions) or "true"


def _unique(staged: Staged, check: UniqueCheck) -> bool:
    """SPARQL joins only where every dimension has a value, SQL groups absent ones together: leave them out first."""
    key, where = _key(staged, check.components), _complete(staged, check.components, observations_only=True)
    if not _repeated(staged, key, where, packed="::" in key):
        return False
    first = f"min(rowid) OVER (PARTITION BY {key}) AS first"
    members = f"SELECT rowid AS row, {first} FROM {TABLE} SEMI JOIN repeated ON repeated.key = {key} WHERE {where}"
    _fill(staged, f"SELECT row, NULL, first FROM ({members}) WHERE row > first")
    return True


def _repeated(staged: Staged, key: str, where: str, *, packed: bool) -> bool:
    """Fill the table ``repeated`` with the keys that occur more than once; return whether there are any.

    Packed keys are sorted as a plain array: a third of the time, and a quarter of the memory, of grouping them.
    """
    connection = staged.connection
    if not packed:
        grouped = f"SELECT {key} AS key FROM {TABLE} WHERE {where} GROUP BY 1 HAVING count(*) > 1"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE repeated AS {grouped}")
        return connection.execute("SELECT count(*) FROM repeated").fetchall() != [(0,)]
    keys = connection.execute(f"SELECT {key} AS key FROM {TABLE} WHERE {where}").fetchnumpy()["key"]
    keys.sort()
    found = np.unique(keys[1:][keys[1:] == keys[:-1]])
    if len(found):
        connection.register("found_keys", pa.table({"key": found}))
        connection.execute("CREATE OR REPLACE TEMP TABLE repeated AS SELECT key FROM found_keys")
        connection.unregister("found_keys")
    return bool(len(found))


def _constant(staged: Staged, check: ConstantCheck) -> bool:
    connection, column = staged.connection, quoted(check.component)
    where = _complete(staged, check.components, observations_only=False)
    key = _key(staged, check.within) if check.within else "0"
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
