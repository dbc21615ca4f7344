"""Rows of the engine that are at fault, those with equal cells together: the first groups in full, of all the numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from semstat.validators.microdata.data_table import LINE
from semstat.validators.microdata.staging import StagedRecords

__all__ = ["FoundRows", "Groups", "groups_of"]

FoundRows = tuple[tuple[str | None, ...], int, tuple[int, ...]]
"""The cells of rows that are at fault alike, how many such rows there are, and the lines of some."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The first groups of rows at fault; ``count`` is the number of all groups, ``rows`` that of the rows in them."""

    first: tuple[FoundRows, ...] = ()
    count: int = 0
    rows: int = 0

    def __iter__(self) -> Iterator[FoundRows]:
        """Yield the first groups."""
        return iter(self.first)


def groups_of(
    staged: StagedRecords, columns: Sequence[str], rows: str, *, lines: int, most: int | None, spared: int = 0
) -> Groups:
    """Return rows grouped by the cells of some columns, in the order of their first rows.

    Args:
        staged: The rows.
        columns: What they are grouped by.
        rows: The rows, as what follows ``FROM`` in SQL: a table with ``number``, the columns and the line.
        lines: How many lines of a group are told.
        most: How many groups are told, ``None`` for all.
        spared: How many rows of a group are not at fault.
    """
    names = ", ".join(dict.fromkeys(columns))
    grouped = (
        f"SELECT {names}, min(number) AS first, count(*) - {spared} AS times, min({LINE}, {lines}) AS told "
        f"FROM {rows} GROUP BY {names}"
    )
    limit = "" if most is None else f" LIMIT {most}"
    found = staged.sql(
        f"SELECT {names}, times, told, count(*) OVER (), sum(times) OVER () FROM ({grouped}) ORDER BY first{limit}"
    )
    if not found:
        return Groups()
    first = tuple(_group(row[:-4], row[-4], cast(list[int], row[-3])) for row in found)
    return Groups(first, int(str(found[0][-2])), int(str(found[0][-1])))


def _group(cells: Sequence[object], times: object, lines: Sequence[int]) -> FoundRows:
    return tuple(None if cell is None else str(cell) for cell in cells), int(str(times)), tuple(lines)
