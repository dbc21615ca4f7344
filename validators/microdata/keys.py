"""Keys in staged rows: those that occur twice, and those that lead nowhere."""

from collections.abc import Sequence

from semstat.validators.microdata.data_table import LINE
from semstat.validators.microdata.staging import StagedRecords

__all__ = ["Found", "repeated", "unreferenced"]

Found = tuple[str, int, tuple[int, ...]]
"""A key as text, the rows at fault, and the lines of some rows that have it."""

_LINES = 4


def repeated(staged: StagedRecords, columns: Sequence[str]) -> list[Found]:
    """Return the keys that several rows have, in the order of their second row; all rows but the first count."""
    names = ", ".join(columns)
    query = (
        f"SELECT {names}, count(*) - 1, list({LINE} ORDER BY number)[1:{_LINES}] "
        f"FROM (SELECT rowid AS number, * FROM {staged.table}) "
        f"WHERE {_complete(columns)} GROUP BY {names} HAVING count(*) > 1 ORDER BY min(number)"
    )
    return _found(staged, query)


def unreferenced(
    staged: StagedRecords, columns: Sequence[str], target: StagedRecords, theirs: Sequence[str]
) -> list[Found]:
    """Return the keys of rows that no row of the target has, in the order of the rows."""
    names = ", ".join(columns)
    same = " AND ".join(f"there.{other} = here.{own}" for own, other in zip(columns, theirs, strict=True))
    query = (
        f"SELECT {names}, count(*), list({LINE} ORDER BY number)[1:{_LINES}] "
        f"FROM (SELECT rowid AS number, * FROM {staged.table}) AS here WHERE {_complete(columns)} "
        f"AND NOT EXISTS (SELECT 1 FROM {target.table} AS there WHERE {same}) GROUP BY {names} ORDER BY min(number)"
    )
    return _found(staged, query)


def _complete(columns: Sequence[str]) -> str:
    return " AND ".join(f"{name} IS NOT NULL" for name in columns)


def _found(staged: StagedRecords, query: str) -> list[Found]:
    return [
        (", ".join(map(str, row[:-2])), int(str(row[-2])), tuple(row[-1]))
        for row in staged.connection.execute(query).fetchall()
    ]
