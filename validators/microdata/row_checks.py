"""Rows held to a condition on several of their cells."""

from collections.abc import Sequence

from semstat.validators.microdata.data_table import LINE
from semstat.validators.microdata.row_terms import Term, as_sql
from semstat.validators.microdata.staging import StagedRecords

__all__ = ["FoundRows", "judged_rows"]

FoundRows = tuple[tuple[str | None, ...], int, tuple[int, ...]]
"""The cells of rows that break a condition alike, how many rows have them, and the lines of some."""

_LINES = 3


def judged_rows(staged: StagedRecords, condition: Term, columns: Sequence[str]) -> tuple[int, list[FoundRows]]:
    """Return of how many rows a condition can be told, and the rows that break it, those with equal cells together.

    Args:
        staged: The rows.
        condition: What must hold.
        columns: The columns of the places that the condition names.
    """
    holds, names = as_sql(condition, columns), ", ".join(dict.fromkeys(columns))
    told = staged.sql(f"SELECT count(*) FROM {staged.table} WHERE ({holds}) IS NOT NULL")[0][0]
    query = (
        f"SELECT {names}, count(*), list({LINE} ORDER BY number)[1:{_LINES}] "
        f"FROM (SELECT rowid AS number, * FROM {staged.table}) WHERE NOT ({holds}) GROUP BY {names} ORDER BY min(number)"
    )
    found = [(row[:-2], row[-2], tuple(row[-1])) for row in staged.connection.execute(query).fetchall()]
    return int(str(told)), found
