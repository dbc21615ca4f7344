"""Reads a regular stretch of SDMX-ML data by columns; declines whatever it cannot prove that it reads right.

What is read here equals what expat reads, findings and lines included; where a guard fails, expat reads the stretch.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from semstat.interop.formats.sdmx.ml_gaps import OBS, SERIES
from semstat.interop.formats.sdmx.ml_records import Element, Owner, Records, lines_of
from semstat.interop.formats.sdmx.ml_stretch import Stretch
from semstat.interop.formats.sdmx.ml_values import PADDING, Block, ColumnReader, Integers

__all__ = ["FastReader", "Gaps", "Position"]

Columns = dict[str, pa.Array]

_QUOTE, _LESS = 0x22, 0x3C
_NOT_XML = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
"""U+FFFE and U+FFFF, which are valid UTF-8 and no characters of XML."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a stretch begins: on which line, and in which series, if in one.

    ``had_observations`` tells whether that series has had an observation before.
    """

    line: int
    series: Owner | None = None
    had_observations: bool = False


@dataclass(slots=True)
class _Values:
    """The values of a stretch: where they begin, how long they are, which row has them, and on which lines they stand."""

    block: Block
    starts: Integers
    lengths: Integers
    stretch: Stretch
    owner: Integers


class Gaps(Protocol):
    """Tells the rows and the names of a stretch from the text between its values."""

    def stretch(
        self, block: Block, starts: Integers, ends: Integers, *, line: int, in_series: bool, had: bool
    ) -> Stretch | None:
        """Return what a stretch says; ``None`` if it is not of the regular kind."""


class FastReader:
    """Reads stretches of one dataset; what it learns about gaps and codes in one serves in the next.

    Args:
        gaps: Reads what stands between the values.
    """

    def __init__(self, gaps: Gaps) -> None:
        self._gaps = gaps
        self._columns: dict[tuple[str, int], ColumnReader] = {}

    def read(self, data: bytes, position: Position) -> tuple[Records, Position] | None:
        """Return the records of a stretch and the position after it, or ``None`` if it is not provably regular.

        Args:
            data: Bytes that begin outside any tag and end before a ``<``; UTF-8.
            position: Where they begin.
        """
        if b"&" in data or not _is_xml_text(data):
            return None
        block = Block(data + PADDING)
        quotes = np.flatnonzero(block.bytes[: block.size] == _QUOTE)
        if not len(quotes) or len(quotes) & 1:
            return None
        starts, ends = quotes[0::2] + 1, quotes[1::2]
        in_series, had = position.series is not None, position.had_observations
        stretch = self._gaps.stretch(block, starts, ends, line=position.line, in_series=in_series, had=had)
        if (
            stretch is None
            or np.count_nonzero(block.bytes == _LESS) != stretch.brackets
            or np.count_nonzero(block.bytes[: block.size] < 0x20) != stretch.controls
        ):
            return None
        owner = np.repeat(np.arange(len(stretch.kinds)), np.diff(np.append(stretch.firsts, len(starts))))
        return self._records(_Values(block, starts, ends - starts, stretch, owner), position)

    def _records(self, values: _Values, position: Position) -> tuple[Records, Position] | None:
        stretch = values.stretch
        is_series = stretch.kinds == SERIES
        count = int(np.count_nonzero(is_series))
        carried = position.series is not None
        flat = not carried and not count
        if not flat and bool((stretch.depths[~is_series] == 0).any()):
            return None  # observations outside the series: rare, and left to expat
        observations = self._table(values, OBS, ~is_series)
        series = self._table(values, SERIES, is_series)
        if observations is None or series is None:
            return None
        columns, placed = series
        # Row 0 of the series is the one that goes on from before, or stands for "no series".
        extra = int(carried or flat)
        counts = np.bincount(np.cumsum(is_series)[~is_series] - 1 + extra, minlength=count + extra)
        lines = stretch.lines[is_series]
        if extra:
            row, line, _ = position.series or ([], 0, [])
            columns = _prepend(row, columns, count)
            lines = np.concatenate([np.array([line], np.int64), lines])
            placed = _prepend_lines(position, placed, count)
        empty = (counts == 0) & (lines > 0)
        if position.had_observations:
            empty[:1] = False
        if stretch.depth:
            empty[-1:] = False
        own = stretch.lines[~is_series]
        records = Records(observations[0], own, columns, lines, counts, empty, count, observations[1], placed)
        return records, self._after(records, position, stretch.depth)

    def _table(self, values: _Values, kind: int, of_kind: npt.NDArray[np.bool_]) -> tuple[Columns, Columns] | None:
        """Return the columns of the rows of one kind, and the lines of values that do not stand on their rows' lines.

        ``None`` if a component stands twice in one of them.

        Args:
            values: All values of the stretch.
            kind: The kind.
            of_kind: Which rows are of the kind.
        """
        columns: Columns = {}
        placed: Columns = {}
        stretch, owner = values.stretch, values.owner
        rows = np.cumsum(of_kind) - 1
        count = int(rows[-1]) + 1
        marked = np.where(of_kind[owner], stretch.names, -1)
        firsts = {number: int((marked == number).argmax()) for number in range(len(stretch.texts))}
        present = [number for number, first in firsts.items() if marked[first] == number]
        for number in sorted(present, key=firsts.__getitem__):
            places = np.flatnonzero(marked == number)
            name = stretch.texts[number]
            reader = self._columns.setdefault((name, kind), ColumnReader())
            column = reader.read(values.block, values.starts[places], values.lengths[places])
            where = rows[owner[places]]
            if not (where[1:] > where[:-1]).all():
                return None
            if len(where) < count:
                indices = np.full(count, -1, np.int64)
                indices[where] = np.arange(len(where))
                column = column.take(pa.array(indices, mask=indices < 0))
            columns[name] = column
            if stretch.value_lines is not None:
                _place(placed, name, (stretch.value_lines[places], stretch.lines[of_kind], where))
        return columns, placed

    @staticmethod
    def _after(records: Records, position: Position, depth: int) -> Position:
        if not depth:
            return Position(0)
        last = len(records.series_lines) - 1
        if last == 0 and position.series is not None:
            had = position.had_observations or bool(records.counts[0])
            return Position(0, position.series, had)
        row: Element = []
        lines: list[int] = []
        for name, values in records.series.items():
            value = values[last].as_py()
            if value is not None:
                row += [name, value]
                lines.append(_line_of(records, name, last))
        own = lines if records.series_value_lines else []
        return Position(0, (row, int(records.series_lines[last]), own), bool(records.counts[last]))


def _line_of(records: Records, name: str, place: int) -> int:
    lines = records.series_value_lines.get(name)
    own = None if lines is None else lines[place].as_py()
    return int(records.series_lines[place]) if own is None else int(own)


def _place(placed: Columns, name: str, found: tuple[Integers, Integers, Integers]) -> None:
    """Note the lines of a column's values, if any of them is not the line of its row.

    Args:
        placed: Where to note them.
        name: The column.
        found: The lines of the values, those of the rows, and the row of each value.
    """
    own, rows, where = found
    if (own != rows[where]).any():
        lines = np.zeros(len(rows), np.int64)
        lines[where] = own
        placed[name] = pa.array(lines, mask=lines == 0)


def _prepend_lines(position: Position, placed: Columns, count: int) -> Columns:
    """Return the lines of the values of series with those of the series that goes on at the start."""
    row, line, own = position.series or ([], 0, [])
    carried = lines_of([row], np.array([line], np.int64), [own]) if own else {}
    none = pa.nulls(1, pa.int64())
    return {
        name: pa.concat_arrays([carried.get(name, none), placed.get(name, pa.nulls(count, pa.int64()))])
        for name in dict.fromkeys([*carried, *placed])
    }


def _prepend(row: Element, columns: dict[str, pa.Array], count: int) -> dict[str, pa.Array]:
    """Return columns with one more row at the start."""
    values = dict(zip(row[::2], row[1::2], strict=True))
    result = {}
    for name in dict.fromkeys([*values, *columns]):
        rest = columns.get(name)
        own = pa.array([values.get(name)], pa.string())
        result[name] = pa.concat_arrays([own, pa.nulls(count, pa.string()) if rest is None else rest.cast(pa.string())])
    return result


def _is_xml_text(data: bytes) -> bool:
    """Tell whether bytes are UTF-8 without the two code points that XML excludes beyond the control characters."""
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return not any(sequence in data for sequence in _NOT_XML)
