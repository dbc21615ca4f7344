"""Series in staged columns: which periods they lack, and whether each stands in one place."""

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from semstat.validators.columns.keys import complete_records, key_expression, parts_of
from semstat.validators.columns.stage import TABLE, Staged, quoted
from semstat.validators.columns.stream import record_batches
from semstat.validators.columns.tuples import Tuples, kind_condition
from semstat.validators.observations import OBSERVATION_KINDS, SERIES_LINE, SOURCE
from semstat.validators.plan import GapCheck, SeriesCheck
from semstat.validators.predicates import Matches
from semstat.validators.structural.sequence import NEW_YEAR, START_FORM, period_number, period_ranges

__all__ = ["gaps", "scattered"]


def gaps(staged: Staged, tuples: Tuples, check: GapCheck) -> str | None:
    """Return a query of the gaps (row after, periods that are missing, row before), ``None`` where there are none."""
    if not _number_periods(staged, tuples, check):
        return None
    connection = staged.connection
    key, where = (
        key_expression(staged, check.within),
        complete_records(staged, check.components, observations_only=True),
    )
    joined = " AND ".join(
        f"{TABLE}.{quoted(name)} IS NOT DISTINCT FROM numbered.{alias}" for name, alias in _stated(check)
    )
    placed = (
        f"SELECT {key} AS key, number, start, {TABLE}.rowid AS row FROM {TABLE} JOIN numbered ON {joined} WHERE {where}"
    )
    if not _any_gap(connection, placed, staged.rows if "::" in key else None):
        return None
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE placed AS SELECT * FROM ({placed}) WHERE key IN (SELECT key FROM suspect)"
    )
    # A series with a period that cannot be placed is passed over: it may be the one that is missing.
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE gap AS SELECT row, before, last + 1 AS since, number - 1 AS until, start FROM ("
        "SELECT row, number, start, lag(number) OVER series AS last, lag(row) OVER series AS before FROM placed "
        "WHERE key NOT IN (SELECT key FROM placed WHERE number IS NULL) "
        "WINDOW series AS (PARTITION BY key ORDER BY number, row)) WHERE number > last + 1"
    )
    found = connection.execute("SELECT DISTINCT since, until, start FROM gap").fetchall()
    if not found:
        return None
    texts = [period_ranges(since, until, check.frequency, start) for since, until, start in found]
    since, until, start = (pa.array([item[place] for item in found]) for place in range(3))
    ranges = {"since": since, "until": until, "start": start, "text": pa.array(texts)}
    connection.register("incoming_ranges", pa.table(ranges))
    connection.execute("CREATE OR REPLACE TEMP TABLE ranges AS SELECT * FROM incoming_ranges")
    connection.unregister("incoming_ranges")
    return "SELECT row, text, before FROM gap JOIN ranges USING (since, until, start)"


def _stated(check: GapCheck) -> list[tuple[str, str]]:
    """Return the components that tell the place of a period, with the columns of ``numbered`` that hold them."""
    start = [(check.start, "begins")] if check.start else []
    return [(check.frequency_dimension, "frequency"), (check.component, "period"), *start]


def _number_periods(staged: Staged, tuples: Tuples, check: GapCheck) -> bool:
    """Fill the table ``numbered`` with the periods of the frequency; return whether it occurs."""
    stated = _stated(check)
    source = tuples.source(tuple(item for item, _ in stated), OBSERVATION_KINDS)
    wanted = ("t2", "k1", "k2", "t3", "k3")[: 2 * len(stated) - 1]
    rows = staged.connection.execute(
        f"SELECT {', '.join(wanted)} FROM {source} WHERE t1 = ? AND t2 IS NOT NULL", [check.frequency]
    ).fetchall()
    if not rows:
        return False
    places = {"frequency": 1, "period": 2, "begins": 4}
    columns = {
        name: pa.array([row[places[name]] for row in rows], pa.uint32() if item in staged.dictionaries else pa.string())
        for item, name in stated
    }
    starts = [(row[3] if check.start else None) or NEW_YEAR for row in rows]
    numbers = [_number(check, row[0], start) for row, start in zip(rows, starts, strict=True)]
    columns |= {"number": pa.array(numbers, pa.int64()), "start": pa.array(starts)}
    staged.connection.register("incoming_numbers", pa.table(columns))
    staged.connection.execute("CREATE OR REPLACE TEMP TABLE numbered AS SELECT DISTINCT * FROM incoming_numbers")
    staged.connection.unregister("incoming_numbers")
    return True


def _number(check: GapCheck, period: str, start: str) -> int | None:
    """Return the number of a period, ``None`` for one that has no place in a sequence: where its year begins may not be known."""
    counted = Matches(check.component, check.pattern).holds({check.component: [period]})
    if not counted or not (start == NEW_YEAR or Matches("", START_FORM).holds({"": [start]})):
        return None
    return period_number(period, check.frequency, start)


def _any_gap(connection: duckdb.DuckDBPyConnection, placed: str, packed: int | None) -> bool:
    """Fill the table ``suspect`` with the keys of series that lack a period; return whether there are any.

    ``packed`` is the number of records where keys are packed. Packed keys and numbers are sorted as one plain array, which
    is far cheaper than ordering each series.
    """
    low, high = connection.execute("SELECT min(number), max(number) FROM numbered").fetchall()[0]
    if low is None:
        return False
    span = high - low + 2
    if packed is not None and span < 1 << 20:
        lacking = [_lacking(connection, placed, part, low, span) for part in parts_of(packed, "key")]
        if all(keys is not None for keys in lacking):
            table = pa.table({"key": np.concatenate([keys for keys in lacking if keys is not None])})
            connection.register("incoming_keys", table)
            connection.execute("CREATE OR REPLACE TEMP TABLE suspect AS SELECT key FROM incoming_keys")
            connection.unregister("incoming_keys")
            return len(table) > 0
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE suspect AS SELECT key FROM ({placed}) GROUP BY key "
        "HAVING max(number) - min(number) >= count(DISTINCT number)"
    )
    return connection.execute("SELECT count(*) FROM suspect").fetchall() != [(0,)]


def _lacking(
    connection: duckdb.DuckDBPyConnection, placed: str, part: str, low: int, span: int
) -> npt.NDArray[np.int64] | None:
    """Return the keys, among a part of them, of the series that lack a period; ``None`` where keys are too large for that.

    Key and number of each record become one number.
    """
    parts = [np.zeros(0, np.int64)]
    query = (
        f"SELECT key::BIGINT AS key, (number - {low})::BIGINT AS number FROM ({placed}) WHERE number IS NOT NULL{part}"
    )
    for batch in record_batches(connection, query):
        keys, numbers = (batch.column(place).to_numpy() for place in range(2))
        if len(keys) and int(keys.max()) >= (1 << 62) // span:
            return None
        parts.append(keys * span + numbers)
    places = np.concatenate(parts)
    parts.clear()
    places.sort()
    steps = np.flatnonzero(np.diff(places) > 1)
    series = places[steps] // span
    return np.unique(series[series == places[steps + 1] // span])


def scattered(staged: Staged, check: SeriesCheck, time: str | None) -> str | None:
    """Return a query of the observations that go back to a series begun before (row, nothing, row of its beginning)."""
    whole = _in_whole_series(staged, time)
    if whole is None:
        return None
    lines = SERIES_LINE in staged.columns
    if check.elements and not lines:
        return None
    key = key_expression(staged, check.components)
    complete = complete_records(staged, check.components, observations_only=False)
    line = _element(staged) if lines else "NULL"
    kinds = " AND ".join(item for item in (kind_condition(staged, OBSERVATION_KINDS), whole) if item)
    rows = f"SELECT rowid AS row, CASE WHEN {complete} THEN {key} END AS key, {line} AS line FROM {TABLE}"
    rows += f" WHERE {kinds}" if kinds else ""
    if "::" in key and not _any_return(staged, rows, elements=check.elements):
        return None
    opens, apart = _ELEMENTS if check.elements else _RECORDS if staged.tells_parts else _ROWS
    runs = (
        f"SELECT row, key, line, {opens} AS opens, first_value(row) OVER whole AS first, "
        "first_value(line) OVER whole AS first_line FROM ("
        f"SELECT *, lag(key) OVER (ORDER BY row) AS last_key, lag(line) OVER (ORDER BY row) AS last_line FROM ({rows})) "
        f"WHERE key IS NOT NULL{' AND line IS NOT NULL' if check.elements else ''} WINDOW whole AS (PARTITION BY key ORDER BY row)"
    )
    return f"SELECT row, NULL, first FROM ({runs}) WHERE opens AND row > first AND {apart}"


_ELEMENTS = ("line IS NOT NULL AND line IS DISTINCT FROM last_line", "first_line IS DISTINCT FROM line")
"""When a record begins an element of a series, and when it does so elsewhere than where the series was begun."""

_ROWS = ("line IS NULL AND key IS DISTINCT FROM last_key", "true")
"""The same for records outside elements."""

_RECORDS = (
    "key IS DISTINCT FROM last_key AND (line IS NULL OR line IS DISTINCT FROM last_line)",
    "(line IS NULL OR first_line IS NULL)",
)
"""The same where messages and tables are judged as one: an element may go on with what stands in a table. Two elements are the
matter of the other check."""


def _in_whole_series(staged: Staged, time: str | None) -> str | None:
    """Return the condition, maybe an empty one, on records that stand in series; ``None`` where none does.

    Those of cross-sections do not: the elements of these hold one period of many series.
    """
    parts = staged.parts or (staged.source,)
    crossed = [str(number) for number, part in enumerate(parts) if part.levels.get(time or "") == SERIES_LINE]
    if len(crossed) == len(parts):
        return None
    return f"{quoted(SOURCE)} NOT IN ({', '.join(crossed)})" if crossed else ""


def _element(staged: Staged) -> str:
    """Return what tells the elements of series apart: their lines, and where there are several datasets, which of these."""
    line = quoted(SERIES_LINE)
    return f"({line}::BIGINT + {quoted(SOURCE)}::BIGINT * {1 << 40})" if staged.tells_parts else line


def _any_return(staged: Staged, rows: str, *, elements: bool) -> bool:
    """Whether any series may begin more than once: in most datasets none does, and a walk over the records tells cheaply."""
    begun: list[npt.NDArray[np.int64]] = []
    all_outside, last, last_row = True, (-2, -2), -1
    for batch in record_batches(staged.connection, f"SELECT row, key, line FROM ({rows})"):
        row, key, line = (pc.fill_null(batch.column(place).cast("int64"), -1).to_numpy() for place in range(3))
        if not len(row):
            continue
        if row[0] <= last_row or (np.diff(row) <= 0).any():
            return True  # the engine gave the records in another order than theirs: let the whole query decide
        opens = np.ones(len(row), bool)
        opens[1:] = (key[1:] != key[:-1]) | (line[1:] != line[:-1])
        opens[0] = (key[0], line[0]) != last
        outside = line < 0
        all_outside &= bool(outside.all())
        last, last_row = (int(key[-1]), int(line[-1])), int(row[-1])
        begun.append(key[opens & (key >= 0) & (~outside if elements else outside)])
    starts = np.concatenate(begun) if begun else np.zeros(0, np.int64)
    repeated = len(starts) > len(np.unique(starts))
    return repeated if elements else repeated or bool(len(starts) and not all_outside)
