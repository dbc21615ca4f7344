"""What stands between the parsers of SDMX-ML data and its record batches: observations and series as two tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = [
    "MOST_NAMES",
    "Collector",
    "Element",
    "Owner",
    "Records",
    "Repeat",
    "attribute",
    "columns_of",
    "lines_of",
    "unqualified",
]

MOST_NAMES = 1000
"""Components that the records of one batch may name, known or not: each is a column."""

Element = list[str]
"""The values of one element, flat: name, value, name, value …, as expat gives its attributes."""

Owner = tuple[Element, int, list[int]]
"""An element that is being read: its values so far, its line, and the line of each value, empty if all stand on its own."""


def attribute(element: Element, name: str) -> str | None:
    """Return an attribute of an element, ``None`` if it is absent."""
    return next((element[i + 1] for i in range(0, len(element), 2) if element[i] == name), None)


def unqualified(element: Element, *, but: tuple[str, ...] = ()) -> Element:
    """Return the attributes that have no namespace, which are those of components, without some names."""
    places = (i for i in range(0, len(element), 2) if " " not in element[i] and element[i] not in but)
    return [text for i in places for text in element[i : i + 2]]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A component that one element states twice: its name, the line of the second statement, and both values."""

    name: str
    line: int
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Records:
    """Some observations of one dataset and the series they stand in, in the order of the message.

    ``series`` has one row per series, plus one with line 0 and no values for observations outside any series;
    ``counts`` says how many of the observations stand in each. ``empty`` marks series that ended without an
    observation. ``opened`` counts the series that begin here: the first may go on from the records before.
    ``value_lines`` and ``series_value_lines`` tell, for components whose values do not stand on the line of their
    observation or series, on which lines they stand (null: on that line). ``names`` is how many components there were,
    if those were too many to make columns of.
    """

    observations: dict[str, pa.Array]
    lines: npt.NDArray[np.int64]
    series: dict[str, pa.Array]
    series_lines: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]
    empty: npt.NDArray[np.bool_]
    opened: int
    value_lines: dict[str, pa.Array] = field(default_factory=dict)
    series_value_lines: dict[str, pa.Array] = field(default_factory=dict)
    repeats: tuple[Repeat, ...] = ()
    names: int = 0


class Collector:
    """Gathers elements one by one, until they are taken as :class:`Records`."""

    def __init__(self) -> None:
        self.rows: list[Element] = []
        self.lines: list[int] = []
        self._value_lines: list[list[int]] = []
        self._series: list[Owner] = []
        self._starts: list[int] = []
        self._continued = False
        self._had_observations = False
        self.open_series: Owner | None = None

    def begin_series(self, series: Owner) -> None:
        """Begin a series."""
        self._row(series)
        self.open_series = series

    def end_series(self) -> None:
        """End the open series."""
        self.open_series = None

    def resume(self, series: Owner | None, *, had_observations: bool) -> None:
        """Go on in a series that was begun elsewhere."""
        self.open_series = series
        if series is not None:
            self._row(series)
            self._continued, self._had_observations = True, had_observations

    @property
    def had_observations(self) -> bool:
        """Whether the open series has had an observation so far."""
        last = self._starts[-1] if self._starts else 0
        first_row = len(self._series) == 1 and self._continued
        return len(self.rows) > last or (first_row and self._had_observations)

    @property
    def grows(self) -> bool:
        """Whether the open series may still state values of its own: it has had no observation."""
        return self.open_series is not None and not self.had_observations

    @property
    def used(self) -> bool:
        """Whether a series or an observation has begun here."""
        return bool(self._starts)

    def observe(self, values: Element, line: int, lines: list[int]) -> None:
        """Add an observation to the open series, or to none."""
        if self.open_series is None and not (self._series and self._series[-1][1] == 0):
            self._row(([], 0, []))
        self.rows.append(values)
        self.lines.append(line)
        self._value_lines.append(lines)

    def _row(self, series: Owner) -> None:
        self._series.append(series)
        self._starts.append(len(self.rows))

    def take(self) -> Records:
        """Return what was gathered, and begin anew; an open series goes on."""
        series_lines = np.array([line for _, line, _ in self._series], dtype=np.int64)
        counts: npt.NDArray[np.int64] = np.array([*self._starts, len(self.rows)], dtype=np.int64)
        counts = counts[1:] - counts[:-1]
        empty = (counts == 0) & (series_lines > 0)
        if self._continued and self._had_observations:
            empty[:1] = False
        if self.open_series is not None:
            empty[-1:] = False
        lines = np.array(self.lines, dtype=np.int64)
        observations = _Table.of(self.rows, lines, self._value_lines)
        series = _Table.of([row for row, _, _ in self._series], series_lines, [own for _, _, own in self._series])
        records = Records(
            observations.columns,
            lines,
            series.columns,
            series_lines,
            counts,
            empty,
            int(np.count_nonzero(series_lines)) - self._continued,
            observations.lines,
            series.lines,
            (*series.repeats, *observations.repeats),
            max(observations.names, series.names),
        )
        going_on, had_observations = self.open_series, self.had_observations
        self.__init__()  # type: ignore[misc]  # all of it begins anew
        self.resume(going_on, had_observations=had_observations)
        return records


@dataclass(frozen=True, slots=True)
class _Table:
    """Elements as columns, the lines of their values, and what stands in them twice."""

    columns: dict[str, pa.Array]
    lines: dict[str, pa.Array]
    repeats: list[Repeat]
    names: int = 0

    @staticmethod
    def of(rows: list[Element], lines: npt.NDArray[np.int64], value_lines: list[list[int]]) -> "_Table":
        kinds = dict.fromkeys(tuple(row[::2]) for row in rows)
        names = len({name for kind in kinds for name in kind})
        if names > MOST_NAMES:
            return _Table({}, {}, [], names)
        twice = {kind for kind in kinds if len(set(kind)) < len(kind)}
        repeats = _drop_repeats(rows, lines, value_lines, twice) if twice else []
        return _Table(columns_of(rows), lines_of(rows, lines, value_lines), repeats)


def _drop_repeats(
    rows: list[Element], lines: npt.NDArray[np.int64], value_lines: list[list[int]], twice: set[tuple[str, ...]]
) -> list[Repeat]:
    """Leave in each row only the first value of a component; return the others."""
    repeats = []
    for place, row in enumerate(rows):
        if tuple(row[::2]) not in twice:
            continue
        own = value_lines[place]
        kept: dict[str, tuple[str, int]] = {}
        for i in range(0, len(row), 2):
            line = own[i // 2] if own else int(lines[place])
            if row[i] in kept:
                repeats.append(Repeat(row[i], line, kept[row[i]][0], row[i + 1]))
            else:
                kept[row[i]] = row[i + 1], line
        # In place: the row may be that of a series which goes on.
        row[:] = [text for name, (value, _) in kept.items() for text in (name, value)]
        own[:] = [line for _, line in kept.values()] if own else []
    return repeats


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
    for names, places in _by_template(templates).items():
        flat = list(chain.from_iterable(rows[place] for place in places))
        for i, name in enumerate(names):
            scattered[name][places] = flat[2 * i + 1 :: 2 * len(names)]
    return {name: _column(values) for name, values in scattered.items()}


def lines_of(
    rows: list[Element], lines: npt.NDArray[np.int64], value_lines: Sequence[list[int]]
) -> dict[str, pa.Array]:
    """Return the lines of values, per component whose values do not all stand on the line of their own element.

    Example:
        >>> lines_of([["A", "1", "B", "2"], ["A", "1"]], np.array([3, 7]), [[3, 4], []])["B"].to_pylist()
        [4, None]
    """
    told = [place for place, own in enumerate(value_lines) if own]
    if not told:
        return {}
    places_of = _by_template([tuple(rows[place][::2]) for place in told])
    found = {name: np.zeros(len(rows), np.int64) for names in places_of for name in names}
    for names, indices in places_of.items():
        places = [told[index] for index in indices]
        numbers = np.fromiter(chain.from_iterable(value_lines[place] for place in places), np.int64)
        for i, name in enumerate(names):
            found[name][places] = numbers[i :: len(names)]
    return {name: pa.array(own, mask=own == 0) for name, own in found.items() if ((own != lines) & (own != 0)).any()}


def _by_template(templates: list[tuple[str, ...]]) -> dict[tuple[str, ...], list[int]]:
    places: dict[tuple[str, ...], list[int]] = {}
    for place, names in enumerate(templates):
        places.setdefault(names, []).append(place)
    return places


def _column(values: Iterable[str | None]) -> pa.Array:
    column = pa.array(values, pa.string())
    # Codes recur: a dictionary keeps them short. A sample tells codes from numbers and texts.
    sample = column.slice(0, 1000)
    return column.dictionary_encode() if len(sample.unique()) <= max(16, len(sample) // 4) else column
