"""The rows of one kind of record by columns, and what is asked of single rows: lines of faults, and cells side by side."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from semstat.validators.microdata.data_table import LINE
from semstat.validators.microdata.kept_columns import KeptColumn, Parts

__all__ = ["Figures", "KeptRows"]

Figures = npt.NDArray[np.float64]
_Lines = npt.NDArray[np.int64]


@dataclass(slots=True)
class KeptRows:
    """Columns with the lines of their rows; all columns have the same parts."""

    parts: Parts
    columns: list[KeptColumn]
    count: int = 0
    _lines: list[range | int] = field(default_factory=list)
    _figures: dict[tuple[int, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, width: int, parts: Parts) -> "KeptRows":
        """Return no rows yet, of so many columns."""
        return cls(parts, [KeptColumn(parts) for _ in range(width)])

    def add(self, batches: Sequence[pa.RecordBatch]) -> None:
        """Put some rows away: batches with the columns in their order, and :data:`LINE`."""
        for place, column in enumerate(self.columns):
            column.add([batch.column(place) for batch in batches])
        lines = np.concatenate([batch.column(LINE).to_numpy() for batch in batches])
        # Most files have a record on each line, and then two numbers tell all.
        plain = range(int(lines[0]), int(lines[0]) + len(lines)) if len(lines) else range(0)
        self._lines.append(plain if np.array_equal(lines, plain) else self.parts.keep(pa.array(lines)))
        self.count += len(lines)

    def lines(self, place: int) -> _Lines:
        """Return the lines of the rows of a part."""
        known = self._lines[place]
        found: _Lines = np.asarray(known if isinstance(known, range) else self.parts.part(known), dtype=np.int64)
        return found

    def samples(self, number: int, counts: Mapping[str, int], most: int) -> dict[str, tuple[int, ...]]:
        """Return the lines of the first rows that have some texts in a column; ``counts`` says how many rows have each."""
        column, open_ = self.columns[number], dict(counts)
        told: dict[str, list[int]] = {text: [] for text in counts}
        for place in range(len(self._lines)):
            if not open_:
                break
            rows = column.having(place, list(open_))
            if not len(rows):
                continue
            for text, line in zip(column.cells(place).take(rows).to_pylist(), self.lines(place)[rows], strict=True):
                if len(told[text]) < most:
                    told[text].append(int(line))
            open_ = {text: count for text, count in open_.items() if len(told[text]) < min(most, count)}
        return {text: tuple(lines) for text, lines in told.items()}

    def lacking(self, number: int, most: int) -> tuple[int, ...]:
        """Return the lines of the first rows that have no value in a column."""
        column, told = self.columns[number], list[int]()
        for place in range(len(self._lines)):
            if len(told) < most:
                told.extend(self.lines(place)[column.lacking(place)[: most - len(told)]].tolist())
        return tuple(told)

    def figures(self, number: int, places: range, computed: Callable[[pa.Array], Figures]) -> Figures:
        """Return what some parts of a column are as figures; they are computed once, and put away too."""
        for place in places:
            if (number, place) not in self._figures:
                found = computed(self.columns[number].cells(place))
                self._figures[number, place] = self.parts.keep(pa.array(found))
        return np.concatenate([self.parts.part(self._figures[number, place]).to_numpy() for place in places])

    def reader(self, numbers: Sequence[int]) -> pa.RecordBatchReader:
        """Return some columns as text, called ``c`` with their number, and :data:`LINE`, as a stream."""
        fields = [*((f"c{number}", pa.string()) for number in numbers), (LINE, pa.int64())]
        return pa.RecordBatchReader.from_batches(pa.schema(fields), self._batches(numbers))

    def _batches(self, numbers: Sequence[int]) -> Iterator[pa.RecordBatch]:
        names = [*(f"c{number}" for number in numbers), LINE]
        for place in range(len(self._lines)):
            cells = [self.columns[number].cells(place) for number in numbers]
            yield pa.RecordBatch.from_arrays([*cells, pa.array(self.lines(place))], names=names)
