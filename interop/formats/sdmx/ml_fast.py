"""Reads a regular stretch of SDMX-ML data by columns; declines whatever it cannot prove that it reads right.

What is read here equals what expat reads, findings and lines included; where a guard fails, expat reads the stretch.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from semstat.interop.formats.sdmx.ml_gaps import OBS, SERIES, Gap, depth_after, read_head, read_tail
from semstat.interop.formats.sdmx.ml_records import Element, Owner, Records, lines_of
from semstat.interop.formats.sdmx.ml_templates import Templates
from semstat.interop.formats.sdmx.ml_values import PADDING, Block, ColumnReader, Integers

__all__ = ["FastReader", "Position"]

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
class _Elements:
    """The elements of a stretch: kind, place of the first value, line, and whether it stands in a series."""

    kinds: npt.NDArray[np.int8]
    firsts: Integers
    lines: Integers
    depths: npt.NDArray[np.int8]


@dataclass(slots=True)
class _Values:
    """The values of a stretch: where they begin, how long they are, and the numbers of their attributes' names."""

    block: Block
    starts: Integers
    lengths: Integers
    names: Integers


class FastReader:
    """Reads stretches of one dataset; what it learns about gaps and codes in one serves in the next."""

    def __init__(self) -> None:
        self._templates = Templates()
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
        head = read_head(data[: starts[0] - 1])
        tail = read_tail(data[ends[-1] + 1 :])
        classes = self._templates.classify(block, starts, ends)
        if head is None or tail is None or classes is None:
            return None
        brackets = head.brackets + tail.brackets + int(self._templates.brackets[classes].sum())
        controls = head.controls + tail.controls + int(self._templates.controls[classes].sum())
        if (
            np.count_nonzero(block.bytes == _LESS) != brackets
            or np.count_nonzero(block.bytes[: block.size] < 0x20) != controls
        ):
            return None
        elements = self._elements(classes, head, position)
        if elements is None:
            return None
        last = depth_after(
            int(elements.kinds[-1]), int(elements.depths[-1]), self_closed=tail.self_closed, closers=tail.closers
        )
        if last is None or last > 1:
            return None
        values = _Values(block, starts, ends - starts, self._names(classes, head))
        return self._records(values, elements, position, last)

    def _names(self, classes: Integers, head: Gap) -> Integers:
        """Return the number of each value's attribute name."""
        names = np.empty(len(classes) + 1, np.int64)
        names[0] = self._templates.number_of(head.name)
        names[1:] = self._templates.names[classes]
        return names

    def _elements(self, classes: Integers, head: Gap, position: Position) -> _Elements | None:
        """Return the stretch's elements; ``None`` if their nesting is not well-formed."""
        table = self._templates
        opening = np.flatnonzero(table.opens[classes] >= 0)
        gaps = classes[opening]
        kinds = np.concatenate([np.array([head.opens], np.int8), table.opens[gaps]])
        # The leading gap begins where nothing is open, as if an empty observation had just ended.
        first = depth_after(
            OBS, int(position.series is not None), self_closed=True, closers=head.closers, opens=head.opens
        )
        if first is None:
            return None
        depths = table.depths(gaps, kinds[:-1], first)
        if depths is None:
            return None
        newlines = np.cumsum(table.newlines[classes])
        lines = np.empty(len(kinds), np.int64)
        lines[0] = position.line + head.before_tag
        lines[1:] = position.line + head.newlines + newlines[opening] - table.newlines[gaps] + table.before_tag[gaps]
        firsts = np.concatenate([np.zeros(1, np.int64), opening + 1])
        return _Elements(kinds, firsts, lines, depths)

    def _records(
        self, values: _Values, elements: _Elements, position: Position, depth: int
    ) -> tuple[Records, Position] | None:
        is_series = elements.kinds == SERIES
        count = int(np.count_nonzero(is_series))
        carried = position.series is not None
        flat = not carried and not count
        if not flat and bool((elements.depths[~is_series] == 0).any()):
            return None  # observations outside the series: rare, and left to expat
        owner = np.repeat(np.arange(len(elements.kinds)), np.diff(np.append(elements.firsts, len(values.names))))
        observations = self._table(values, OBS, owner, ~is_series)
        series = self._table(values, SERIES, owner, is_series)
        if observations is None or series is None:
            return None
        # Row 0 of the series is the one that goes on from before, or stands for "no series".
        extra = int(carried or flat)
        counts = np.bincount(np.cumsum(is_series)[~is_series] - 1 + extra, minlength=count + extra)
        lines = elements.lines[is_series]
        if extra:
            row, line, _ = position.series or ([], 0, [])
            series = _prepend(row, series, count)
            lines = np.concatenate([np.array([line], np.int64), lines])
        empty = (counts == 0) & (lines > 0)
        if position.had_observations:
            empty[:1] = False
        if depth:
            empty[-1:] = False
        records = Records(
            observations,
            elements.lines[~is_series],
            series,
            lines,
            counts,
            empty,
            count,
            series_value_lines=_carried_lines(position, lines),
        )
        return records, self._after(records, position, depth)

    def _table(
        self, values: _Values, kind: int, owner: Integers, of_kind: npt.NDArray[np.bool_]
    ) -> dict[str, pa.Array] | None:
        """Return the columns of the elements of one kind; ``None`` if an attribute stands twice in one of them.

        Args:
            values: All values of the stretch.
            kind: The kind.
            owner: The element of each value.
            of_kind: Which elements are of the kind.
        """
        columns: dict[str, pa.Array] = {}
        rows = np.cumsum(of_kind) - 1
        count = int(rows[-1]) + 1
        marked = np.where(of_kind[owner], values.names, -1)
        firsts = {number: int((marked == number).argmax()) for number in range(self._templates.name_count)}
        present = [number for number, first in firsts.items() if marked[first] == number]
        for number in sorted(present, key=firsts.__getitem__):
            places = np.flatnonzero(marked == number)
            name = self._templates.name(number)
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
        return columns

    @staticmethod
    def _after(records: Records, position: Position, depth: int) -> Position:
        if not depth:
            return Position(0)
        last = len(records.series_lines) - 1
        if last == 0 and position.series is not None:
            had = position.had_observations or bool(records.counts[0])
            return Position(0, position.series, had)
        row: Element = []
        for name, values in records.series.items():
            value = values[last].as_py()
            if value is not None:
                row += [name, value]
        return Position(0, (row, int(records.series_lines[last]), []), bool(records.counts[last]))


def _carried_lines(position: Position, lines: Integers) -> dict[str, pa.Array]:
    """Return the lines of the values of the series that goes on, where they are not its own."""
    if position.series is None or not position.series[2]:
        return {}
    row, _, own = position.series
    rest = pa.nulls(len(lines) - 1, pa.int64())
    return {name: pa.concat_arrays([first, rest]) for name, first in lines_of([row], lines[:1], [own]).items()}


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
