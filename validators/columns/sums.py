"""Sums in staged columns: the engine adds up and names what is not far enough from equal, exact decimals decide.

Wholes along one dimension are many, as many as there are codes with codes below them: they are added up by one query.
"""

from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa

from semstat.validators.columns.keys import complete_records, key_expression
from semstat.validators.columns.stage import TABLE, Staged, quoted
from semstat.validators.columns.tuples import Tuples
from semstat.validators.plan import SumCheck
from semstat.validators.structural.sum_components import NUMBER

__all__ = ["Sums"]

_MARGIN = 1e-9
"""Doubles are off by less than this share of the figures that were added up."""
_COMPARABLE = "coalesce(parts = codes AND numbers = parts AND parts >= required, false)"
_ALLOWED = f"absolute::DOUBLE + relative::DOUBLE * abs(near) - {_MARGIN} * (size + abs(near))"
# Figures beyond the range of doubles are infinite here, and what is computed of them says nothing.
_PROPOSED = f"NOT coalesce(isfinite(near) AND isfinite(size) AND abs(near - total) < {_ALLOWED}, false)"
_Fault = tuple[int, int, str, int | None]
"""The number of a check, the row, the sum or the number of parts, and the first part."""


class Sums:
    """The sums that checks are on; those of one measure along one dimension are looked at together, when the first is asked for.

    Args:
        staged: The staged records.
        tuples: Their dictionaries.
        checks: All checks on sums.
    """

    def __init__(self, staged: Staged, tuples: Tuples, checks: Sequence[SumCheck]) -> None:
        self._staged, self._tuples = staged, tuples
        self._numbers = {check: number for number, check in enumerate(checks)}
        self._faulty: dict[tuple[str, ...], frozenset[int]] = {}

    def faulty(self, check: SumCheck) -> str | None:
        """Return a query of the figures at fault (row, sum or number of parts, first part), ``None`` where there are none."""
        if check.components not in self._faulty:
            self._faulty[check.components] = self._add_up(check.components)
        number = self._numbers[check]
        is_faulty = number in self._faulty[check.components]
        return f"SELECT row, total, first FROM sum_faults WHERE n = {number}" if is_faulty else None

    def _add_up(self, components: tuple[str, ...]) -> frozenset[int]:
        """Add the figures at fault of some checks to ``sum_faults``; return the numbers of the checks that have any."""
        checks = {check: number for check, number in self._numbers.items() if check.components == components}
        connection = self._staged.connection
        self._figures(next(iter(checks)))
        self._wholes(checks)
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE sum_cells AS SELECT c.*, whole.row, whole.term AS stated, whole.near, added.* EXCLUDE n "
            "FROM sum_checks AS c JOIN figures AS whole ON whole.code = c.whole AND whole.is_number LEFT JOIN ("
            "SELECT n, key, count(*) AS parts, count(DISTINCT code) AS codes, sum(is_number::INTEGER) AS numbers, "
            "sum(near) AS total, sum(abs(near)) AS size, min(row) AS first "
            "FROM sum_parts JOIN figures ON code = part GROUP BY n, key) AS added ON added.n = c.n AND added.key = whole.key"
        )
        faults: list[_Fault] = connection.execute(
            "SELECT n, row, coalesce(parts, 0)::VARCHAR, first FROM sum_cells WHERE NOT compares AND NOT " + _COMPARABLE
        ).fetchall()
        faults += self._differing({number: check for check, number in checks.items()})
        numbers, rows, totals, firsts = zip(*faults, strict=True) if faults else ((), (), (), ())
        columns = {"n": pa.array(numbers, pa.int64()), "row": pa.array(rows, pa.int64()),
                   "total": pa.array(totals, pa.string()), "first": pa.array(firsts, pa.int64())}  # fmt: skip
        self._insert("sum_faults", columns, anew=not self._faulty)
        return frozenset(numbers)

    def _differing(self, checks: dict[int, SumCheck]) -> list[_Fault]:
        found = self._staged.connection.execute(
            "SELECT cell.n, cell.row, cell.stated, cell.first, list(figures.term) FROM "
            f"(SELECT * FROM sum_cells WHERE compares AND {_COMPARABLE} AND {_PROPOSED}) AS cell JOIN sum_parts USING (n) "
            "JOIN figures ON figures.code = part AND figures.key = cell.key GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        decided = (
            (number, row, _total(checks[number], stated, terms), first) for number, row, stated, first, terms in found
        )
        return [(number, row, total, first) for number, row, total, first in decided if total is not None]

    def _figures(self, check: SumCheck) -> None:
        """Fill ``figures``: ``key`` of the other dimensions, ``code``, ``row``, ``term``, and what number that is."""
        staged, measure = self._staged, quoted(check.component)
        where = complete_records(staged, check.components, observations_only=True)
        key, code = key_expression(staged, check.within), quoted(check.dimension)
        term, source = measure, TABLE
        if check.component in staged.dictionaries:
            term, source = "term", f"{TABLE} JOIN {self._tuples.dictionary(check.component)} AS d ON d.id = {measure}"
        select = (
            f"SELECT {key} AS key, {code} AS code, {TABLE}.rowid AS row, {term} AS term FROM {source} WHERE {where}"
        )
        staged.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE figures AS SELECT *, TRY_CAST(term AS DOUBLE) AS near, "
            f"coalesce(regexp_full_match(term, '{NUMBER}'), false) AS is_number FROM ({select})"
        )

    def _wholes(self, checks: dict[SumCheck, int]) -> None:
        """Fill ``sum_checks`` and ``sum_parts``, with the codes as the column holds them; those that do not occur are left out."""
        dimension = next(iter(checks)).dimension
        terms = self._staged.dictionaries.get(dimension)
        known = None if terms is None else {term: number for number, term in enumerate(terms)}
        kind = pa.string() if known is None else pa.uint32()

        def held(code: str) -> str | int | None:
            return code if known is None else known.get(code)

        kept = [(number, check) for check, number in checks.items() if held(check.whole) is not None]
        parts = [(number, code) for number, check in kept for part in check.parts if (code := held(part)) is not None]
        self._insert("sum_checks", {
            "n": pa.array([number for number, _ in kept], pa.int64()),
            "whole": pa.array([held(check.whole) for _, check in kept], kind),
            "compares": pa.array([check.compares for _, check in kept], pa.bool_()),
            "required": pa.array([check.required for _, check in kept], pa.int64()),
            "absolute": pa.array([check.absolute for _, check in kept], pa.string()),
            "relative": pa.array([check.relative for _, check in kept], pa.string()),
        })  # fmt: skip
        columns = {"n": pa.array([number for number, _ in parts], pa.int64())}
        self._insert("sum_parts", {**columns, "part": pa.array([code for _, code in parts], kind)})

    def _insert(self, table: str, columns: dict[str, pa.Array], *, anew: bool = True) -> None:
        connection = self._staged.connection
        connection.register("incoming_sums", pa.table(columns))
        begin = f"CREATE OR REPLACE TEMP TABLE {table} AS" if anew else f"INSERT INTO {table}"
        connection.execute(f"{begin} SELECT * FROM incoming_sums")
        connection.unregister("incoming_sums")


def _total(check: SumCheck, stated: str, terms: Sequence[str]) -> str | None:
    """Return the sum as text where the figure differs from it by more than both tolerances allow."""
    figure, total = Decimal(stated), sum((Decimal(term) for term in terms), Decimal(0))
    distance = abs(figure - total)
    apart = distance > Decimal(check.absolute) and distance > Decimal(check.relative) * abs(figure)
    return f"{total:f}" if apart else None
