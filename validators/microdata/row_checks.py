"""Rows held to a condition on several of their cells."""

from collections.abc import Sequence

from semstat.validators.microdata.grouped import Groups, groups_of
from semstat.validators.microdata.row_terms import Term, as_sql
from semstat.validators.microdata.staging import StagedRecords

__all__ = ["judged_rows"]

_LINES = 3


def judged_rows(staged: StagedRecords, condition: Term, columns: Sequence[str], most: int | None) -> tuple[int, Groups]:
    """Return of how many rows a condition can be told, and the rows that break it, those with equal cells together.

    Args:
        staged: The rows.
        condition: What must hold.
        columns: The columns of the places that the condition names.
        most: How many groups of rows are told, ``None`` for all.
    """
    holds, table = as_sql(condition, columns), staged.table(columns)
    told, broken = staged.sql(
        f"SELECT count(holds), count(*) FILTER (NOT holds) FROM (SELECT ({holds}) AS holds FROM {table})"
    )[0]
    if not broken:
        return int(str(told)), Groups()
    rows = f"(SELECT * FROM (SELECT rowid AS number, * FROM {table}) WHERE NOT ({holds}))"
    return int(str(told)), groups_of(staged, columns, rows, lines=_LINES, most=most)
