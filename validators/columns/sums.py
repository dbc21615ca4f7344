"""Sums in staged columns: the engine adds up and names what is not far enough from equal, exact decimals decide."""

from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa

from semstat.validators.columns.keys import complete_records, key_expression
from semstat.validators.columns.stage import TABLE, Staged, quoted
from semstat.validators.columns.tuples import Tuples
from semstat.validators.plan import SumCheck
from semstat.validators.structural.sum_components import NUMBER

__all__ = ["sums"]

_MARGIN = 1e-9
"""Doubles are off by less than this share of the figures that were added up."""


def sums(staged: Staged, tuples: Tuples, check: SumCheck) -> str | None:
    """Return a query of the figures at fault (row, sum or number of parts, first part), ``None`` where there are none."""
    if not _cells(staged, tuples, check):
        return None
    comparable = f"coalesce(parts = codes AND numbers = parts AND parts >= {check.required}, false)"
    if not check.compares:
        return f"SELECT row, coalesce(parts, 0)::VARCHAR, first FROM cells WHERE NOT {comparable}"
    near = f"{check.absolute} + {check.relative} * abs(near) - {_MARGIN} * (size + abs(near))"
    # Figures beyond the range of doubles are infinite here, and what is computed of them says nothing.
    proposed = f"NOT coalesce(isfinite(near) AND isfinite(size) AND abs(near - total) < {near}, false)"
    staged.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE proposed AS SELECT cells.* FROM cells WHERE {comparable} AND {proposed}"
    )
    found = staged.connection.execute(
        "SELECT proposed.row, stated, first, list(parts.term) FROM proposed JOIN parts USING (key) GROUP BY ALL ORDER BY 1"
    ).fetchall()
    faults = [(row, total, first) for row, stated, first, terms in found if (total := _differing(check, stated, terms))]
    if not faults:
        return None
    rows, totals, firsts = zip(*faults, strict=True)
    table = pa.table(
        {"row": pa.array(rows, pa.int64()), "total": pa.array(totals), "first": pa.array(firsts, pa.int64())}
    )
    staged.connection.register("incoming_sums", table)
    staged.connection.execute("CREATE OR REPLACE TEMP TABLE differing AS SELECT * FROM incoming_sums")
    staged.connection.unregister("incoming_sums")
    return "SELECT row, total, first FROM differing"


def _differing(check: SumCheck, stated: str, terms: Sequence[str]) -> str | None:
    """Return the sum as text where the figure differs from it by more than both tolerances allow."""
    figure, total = Decimal(stated), sum((Decimal(term) for term in terms), Decimal(0))
    distance = abs(figure - total)
    apart = distance > Decimal(check.absolute) and distance > Decimal(check.relative) * abs(figure)
    return f"{total:f}" if apart else None


def _cells(staged: Staged, tuples: Tuples, check: SumCheck) -> bool:
    """Fill ``parts`` and ``cells``: each figure of the whole, with what its parts come to; return whether there is one."""
    whole, parts = (_codes(staged, check.dimension, codes) for codes in ((check.whole,), check.parts))
    if whole is None:
        return False
    connection, measure = staged.connection, quoted(check.component)
    where = complete_records(staged, check.components, observations_only=True)
    key, code = key_expression(staged, check.within), quoted(check.dimension)
    term, source = measure, TABLE
    if check.component in staged.dictionaries:
        term, source = "term", f"{TABLE} JOIN {tuples.dictionary(check.component)} AS d ON d.id = {measure}"
    select = f"SELECT {key} AS key, {code} AS code, {TABLE}.rowid AS row, {term} AS term FROM {source} WHERE {where}"
    number = f"regexp_full_match(term, '{NUMBER}')"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE parts AS SELECT * FROM ({select}) WHERE {_among('code', parts)}")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE cells AS SELECT whole.row, whole.term AS stated, whole.near, added.* FROM "
        f"(SELECT *, TRY_CAST(term AS DOUBLE) AS near FROM ({select}) WHERE {_among('code', whole)} AND {number}) AS whole "
        f"LEFT JOIN (SELECT key, count(*) AS parts, count(DISTINCT code) AS codes, sum({number}::INTEGER) AS numbers, "
        f"sum(TRY_CAST(term AS DOUBLE)) AS total, sum(abs(TRY_CAST(term AS DOUBLE))) AS size, min(row) AS first "
        f"FROM parts GROUP BY key) AS added ON added.key = whole.key"
    )
    return connection.execute("SELECT count(*) FROM cells").fetchall() != [(0,)]


def _codes(staged: Staged, dimension: str, codes: Sequence[str]) -> str | None:
    """Return codes as the column holds them, as a list of SQL; ``None`` where none occurs."""
    if dimension not in staged.dictionaries:
        return ", ".join("'" + code.replace("'", "''") + "'" for code in codes)
    numbers = {term: number for number, term in enumerate(staged.dictionaries[dimension])}
    return ", ".join(str(numbers[code]) for code in codes if code in numbers) or None


def _among(column: str, listed: str | None) -> str:
    return f"{column} IN ({listed})" if listed is not None else "false"
