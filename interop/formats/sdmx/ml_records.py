"""What stands between the parsers of SDMX-ML data and its record batches: observations and series as two tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["Collector", "Element", "Records", "attribute", "columns_of", "unqualified"]

Element = list[str]
"""The attributes of one element, flat: name, value, name, value …, as expat gives them."""


def attribute(element: Element, name: str) -> str | None:
    """Return an attribute of an element, ``None`` if it is absent."""
    return next((element[i + 1] for i in range(0, len(element), 2) if element[i] == name), None)


def unqualified(element: Element, *, but: tuple[str, ...] = ()) -> Element:
    """Return the attributes that have no namespace, which are those of components, without some names."""
    places = (i for i in range(0, len(element), 2) if " " not in element[i] and element[i] not in but)
    return [text for i in places for text in element[i : i + 2]]


@dataclass(frozen=True, slots=True)
class Records:
    """Some observations of one dataset and the series they stand in, in the order of the message.

    ``series`` has one row per series, plus one with line 0 and no values for observations outside any series;
    ``counts`` says how many of the observations stand in each. ``empty`` marks series that ended without an
    observation. ``opened`` counts the series that begin here: the first may go on from the records before.
    """

    observations: dict[str, pa.Array]
    lines: npt.NDArray[np.int64]
    series: dict[str, pa.Array]
    series_lines: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]
    empty: npt.NDArray[np.bool_]
    opened: int


class Collector:
    """Gathers elements one by one, until they are taken as :class:`Records`."""

    def __init__(self) -> None:
        self.rows: list[Element] = []
        self.lines: list[int] = []
        self._series: list[Element] = []
        self._series_lines: list[int] = []
        self._starts: list[int] = []
        self._continued = False
        self._had_observations = False
        self.open_series: tuple[Element, int] | None = None

    def begin_series(self, attributes: Element, line: int) -> None:
        """Begin a series."""
        self._row(attributes, line)
        self.open_series = (attributes, line)

    def end_series(self) -> None:
        """End the open series."""
        self.open_series = None

    def resume(self, series: tuple[Element, int] | None, *, had_observations: bool) -> None:
        """Go on in a series that was begun elsewhere."""
        self.open_series = series
        if series is not None:
            self._row(*series)
            self._continued, self._had_observations = True, had_observations

    @property
    def had_observations(self) -> bool:
        """Whether the open series has had an observation so far."""
        last = self._starts[-1] if self._starts else 0
        first_row = len(self._series) == 1 and self._continued
        return len(self.rows) > last or (first_row and self._had_observations)

    @property
    def used(self) -> bool:
        """Whether a series or an observation has begun here."""
        return bool(self._starts)

    def observe(self, attributes: Element, line: int) -> None:
        """Add an observation to the open series, or to none."""
        if self.open_series is None and not (self._series_lines and self._series_lines[-1] == 0):
            self._row([], 0)
        self.rows.append(attributes)
        self.lines.append(line)

    def _row(self, attributes: Element, line: int) -> None:
        self._series.append(attributes)
        self._series_lines.append(line)
        self._starts.append(len(self.rows))

    def take(self) -> Records:
        """Return what was gathered, and begin anew; an open series goes on."""
        series_lines = np.array(self._series_lines, dtype=np.int64)
        counts: npt.NDArray[np.int64] = np.array([*self._starts, len(self.rows)], dtype=np.int64)
        counts = counts[1:] - counts[:-1]
        empty = (counts == 0) & (series_lines > 0)
        if self._continued and self._had_observations:
            empty[:1] = False
        if self.open_series is not None:
            empty[-1:] = False
        records = Records(
            columns_of(self.rows),
            np.array(self.lines, dtype=np.int64),
            columns_of(self._series),
            series_lines,
            counts,
            empty,
            int(np.count_nonzero(series_lines)) - self._continued,
        )
        series, had_observations = self.open_series, self.had_observations
        self.__init__()  # type: ignore[misc]  # all of it begins anew
        self.resume(series, had_observations=had_observations)
        return records


def columns_of(rows: list[Element]) -> dict[str, pa.Array]:
    """Return elements as columns of text, one per attribute name, in order of first appearance; null where absent.

    Example:
        >>> columns_of([["A", "1"], ["A", "2", "B", ""]])["B"].to_pylist()
        [None, '']
    """
    templates = [tuple(row[::2]) for row in rows]
    kinds = dict.fromkeys(templates)
    if len(kinds) == 1:
        names = templates[0]
        flat = list(chain.from_iterable(rows))
        step = 2 * len(names)
        return {name: _column(flat[2 * i + 1 :: step]) for i, name in enumerate(names)}
    scattered: dict[str, npt.NDArray[np.object_]] = {
        name: np.full(len(rows), None, dtype=object) for names in kinds for name in names
    }
    for place, row in enumerate(rows):
        for i in range(0, len(row), 2):
            scattered[row[i]][place] = row[i + 1]
    return {name: _column(values) for name, values in scattered.items()}


def _column(values: Iterable[str | None]) -> pa.Array:
    column = pa.array(values, pa.string())
    # Codes recur: a dictionary keeps them short. A sample tells codes from numbers and texts.
    sample = column.slice(0, 1000)
    return column.dictionary_encode() if len(sample.unique()) <= max(16, len(sample) // 4) else column
