"""Keys in staged rows: those that occur twice, and those that lead nowhere."""

from collections.abc import Sequence

from semstat.validators.microdata.grouped import Groups, groups_of
from semstat.validators.microdata.staging import StagedRecords

__all__ = ["repeated", "unreferenced"]

_LINES = 4


def repeated(staged: StagedRecords, columns: Sequence[str], most: int | None) -> Groups:
    """Return the keys that several rows have, in the order of their first row; all rows but the first count.

    Args:
        staged: The rows.
        columns: The columns of the key.
        most: How many keys are told, ``None`` for all.
    """
    table, names = staged.table(columns), ", ".join(dict.fromkeys(columns))
    again = f"SELECT {names} FROM {table} WHERE {_complete(columns)} GROUP BY {names} HAVING count(*) > 1"
    if not staged.sql(f"{again} LIMIT 1"):
        return Groups()
    rows = f"(SELECT rowid AS number, * FROM {table}) JOIN ({again}) USING ({names})"
    return groups_of(staged, columns, rows, lines=_LINES, most=most, spared=1)


def unreferenced(
    staged: StagedRecords, columns: Sequence[str], target: StagedRecords, theirs: Sequence[str], most: int | None
) -> Groups:
    """Return the keys of rows that no row of the target has, in the order of the rows.

    Args:
        staged: The rows.
        columns: The columns that refer.
        target: The rows referred to.
        theirs: The columns of their key.
        most: How many keys are told, ``None`` for all.
    """
    same = " AND ".join(f"there.{other} = here.{own}" for own, other in zip(columns, theirs, strict=True))
    rows = (
        f"(SELECT * FROM (SELECT rowid AS number, * FROM {staged.table(columns)}) AS here WHERE {_complete(columns)} "
        f"AND NOT EXISTS (SELECT 1 FROM {target.table(theirs)} AS there WHERE {same}))"
    )
    return groups_of(staged, columns, rows, lines=_LINES, most=most)


def _complete(columns: Sequence[str]) -> str:
    return " AND ".join(f"{name} IS NOT NULL" for name in columns)
