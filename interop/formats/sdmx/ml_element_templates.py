"""Regular stretches of generic data 2.1, whose values are elements that name their component: rows and names, from the gaps."""

import numpy as np
import numpy.typing as npt

from semstat.interop.formats.sdmx.ml_element_gaps import (
    BROKEN,
    IN_DATASET,
    IN_SERIES,
    LEAVES,
    NEW_SERIES,
    PLACES,
    VALUE_PLACES,
    ElementGap,
    GapReader,
)
from semstat.interop.formats.sdmx.ml_gaps import OBS
from semstat.interop.formats.sdmx.ml_names import AT_OBSERVATION, MEASURE
from semstat.interop.formats.sdmx.ml_stretch import GapNumbers, Stretch
from semstat.interop.formats.sdmx.ml_values import Block, ColumnReader, Integers
from semstat.interop.formats.text_columns import encoded

__all__ = ["ElementTemplates"]

_VALUE, _DIMENSION, _MEASURE = range(len(LEAVES))
_INHERITED = BROKEN + 1
_MOST_NAMES = 256


class ElementTemplates:
    """The gaps seen so far, with what each says, as arrays indexed by the gap's number.

    Args:
        prefix: What stands before the names of the elements: empty, or a namespace prefix with its colon.
        at_observation: The dimension of an ``ObsDimension`` that does not name it.
    """

    def __init__(self, prefix: bytes, at_observation: str) -> None:
        self._reader = GapReader(prefix)
        self._numbers = GapNumbers(self._reader.inner)
        self._ids = ColumnReader()
        self._at = at_observation
        self._names: dict[str, int] = {}
        self._tabulate()

    def stretch(
        self, block: Block, starts: Integers, ends: Integers, *, line: int, in_series: bool, had: bool
    ) -> Stretch | None:
        """Return what a stretch says; ``None`` if it is not of the regular kind.

        Args:
            block: Its bytes, which begin outside any tag and end before a ``<``.
            starts: Where its values begin.
            ends: Where they end.
            line: The line on which it begins.
            in_series: Whether it begins inside a series.
            had: Whether that series has had observations.
        """
        head = self._reader.head(block.padded[: starts[0] - 1])
        classes = self._numbers.classify(block, starts, ends)
        if head is None or classes is None or head.opens < 0:
            return None
        if len(self._numbers.gaps) != len(self._opens):
            self._tabulate()
        flat = not in_series and head.opens == OBS
        place = (IN_SERIES if had else NEW_SERIES) if in_series else IN_DATASET
        last = self._last_place(classes, head.moves[flat][place], flat=flat)
        text = block.padded[ends[-1] + 1 : block.size]
        leaves = self._leaves_of(classes, head)
        after = BROKEN if last is None or leaves is None else self._reader.tail(text, last, int(leaves[-1]), flat=flat)
        if after not in (IN_DATASET, NEW_SERIES, IN_SERIES):
            return None
        names = self._names_of(block, (starts, ends), classes, head)
        if names is None:
            return None
        newlines = np.concatenate([np.zeros(1, np.int64), np.cumsum(self._newlines[classes])])
        opening = np.flatnonzero(self._opens[classes] >= 0)
        gaps = classes[opening]
        kinds = np.concatenate([np.array([head.opens], np.int8), self._opens[gaps]])
        begun = line + head.newlines
        lines = np.concatenate([[line + head.before_row], begun + newlines[opening] + self._before_row[gaps]])
        return Stretch(
            kinds,
            np.concatenate([np.zeros(1, np.int64), opening + 1]),
            lines,
            np.where(kinds == OBS, 0 if flat else 1, 0).astype(np.int8),
            names,
            list(self._names),
            self._value_lines(classes, newlines, line, head),
            int(after != IN_DATASET),
            head.brackets + text.count(b"<") + int(self._brackets[classes].sum()),
            head.controls
            + sum(text.count(sign) for sign in (b"\n", b"\r", b"\t"))
            + int(self._controls[classes].sum()),
        )

    def _leaves_of(self, classes: Integers, head: ElementGap) -> npt.NDArray[np.int8] | None:
        """Return the element of each value; ``None`` if one ends with the tag of another."""
        begins = np.concatenate([np.array([head.leaf], np.int8), self._leaves[classes]])
        leaves = begins[self._first_of_leaf(classes)]
        closes = self._closes[classes]
        return None if ((closes >= 0) & (closes != leaves[:-1])).any() else leaves

    def _value_lines(self, classes: Integers, newlines: Integers, line: int, head: ElementGap) -> Integers:
        """Return the line of the element of each value."""
        own = line + head.newlines + newlines[:-1] + self._before_leaf[classes]
        begins = np.concatenate([[line + head.before_leaf], np.where(self._leaves[classes] >= 0, own, 0)])
        return begins[self._first_of_leaf(classes)]

    def _first_of_leaf(self, classes: Integers) -> Integers:
        """Return for each value the place of the first value of the same element."""
        places = np.concatenate([[0], np.where(self._leaves[classes] >= 0, np.arange(1, len(classes) + 1), 0)])
        return np.maximum.accumulate(places)

    def _last_place(self, classes: Integers, first: int, *, flat: bool) -> int | None:
        """Return the place of the last value, given that of the first; ``None`` where one may not stand where it does."""
        if first == BROKEN:
            return None
        known = self._known[int(flat)][classes]
        places = np.concatenate([np.array([first], np.int8), known])
        settled = np.maximum.accumulate(np.where(places != _INHERITED, np.arange(len(places)), 0))
        places = places[settled]
        if (places == BROKEN).any() or (self._moves[int(flat)][classes, places[:-1]] != places[1:]).any():
            return None
        return int(places[-1])

    def _names_of(
        self, block: Block, bounds: tuple[Integers, Integers], classes: Integers, head: ElementGap
    ) -> Integers | None:
        """Return the number of each value's component, -1 for ids; ``None`` if one has none, or one that no id can be."""
        is_name = np.concatenate([[head.names], self._is_name[classes]])
        leaves = np.concatenate([[head.leaf], self._leaves[classes]])
        first = self._first_of_leaf(classes)
        sizes = np.bincount(first, minlength=len(first))
        named = np.bincount(first, weights=is_name, minlength=len(first))
        begins = leaves >= 0
        # Each element has one value, and at most one id; only the observation's own may have none.
        bad = (sizes > 2) | (sizes - named != 1) | ((named == 0) & (leaves == _VALUE))
        if (bad & begins).any():
            return None
        by_leaf = np.where(leaves == _MEASURE, self._number_of(MEASURE), self._number_of(self._at))
        places = np.flatnonzero(is_name)
        if len(places):
            owner = first[places]
            numbers = self._ids_at(block, (bounds[0][places], bounds[1][places]), leaves[owner] == _DIMENSION)
            if numbers is None:
                return None
            by_leaf[owner] = numbers
        return np.where(is_name, -1, by_leaf[first])

    def _ids_at(
        self, block: Block, bounds: tuple[Integers, Integers], of_dimension: npt.NDArray[np.bool_]
    ) -> Integers | None:
        """Return the numbers of the names that stand at some places, some of them as dimension at the observation."""
        starts, ends = bounds
        column = encoded(self._ids.read(block, starts, ends - starts))
        texts: list[str] = column.dictionary.to_pylist()
        if len(texts) + len(self._names) > _MOST_NAMES or any(text.split() != [text] for text in texts):
            return None
        indices = column.indices.to_numpy(zero_copy_only=False)
        plain = np.array([self._number_of(text) for text in texts], np.int64)
        other = plain.copy()
        for place in np.unique(indices[of_dimension]).tolist():
            if texts[place] != self._at:
                other[place] = self._number_of(AT_OBSERVATION + texts[place])
        numbers: Integers = np.where(of_dimension, other[indices], plain[indices])
        return numbers

    def _tabulate(self) -> None:
        gaps = self._numbers.gaps
        self._opens = np.array([gap.opens for gap in gaps], np.int8)
        self._leaves = np.array([gap.leaf for gap in gaps], np.int8)
        self._closes = np.array([gap.closes for gap in gaps], np.int8)
        self._is_name = np.array([gap.names for gap in gaps], bool)
        self._before_row = np.array([gap.before_row for gap in gaps], np.int64)
        self._before_leaf = np.array([gap.before_leaf for gap in gaps], np.int64)
        self._newlines = np.array([gap.newlines for gap in gaps], np.int64)
        self._controls = np.array([gap.controls for gap in gaps], np.int64)
        self._brackets = np.array([gap.brackets for gap in gaps], np.int64)
        shape = (len(gaps), len(PLACES))
        self._moves = [np.array([gap.moves[flat] for gap in gaps], np.int8).reshape(shape) for flat in (0, 1)]
        self._known = [np.array([_known(gap.moves[flat]) for gap in gaps], np.int8) for flat in (0, 1)]

    def _number_of(self, name: str) -> int:
        return self._names.setdefault(name, len(self._names))


def _known(moves: tuple[int, ...]) -> int:
    """Return where a gap between values leads: to one place, from wherever it may stand; back to where it came from."""
    # Only where values stand: the other places lie inside gaps.
    ends = {moves[place] for place in VALUE_PLACES} - {BROKEN}
    if len(ends) == 1:
        return ends.pop()
    stays = all(moves[place] in (place, BROKEN) for place in VALUE_PLACES)
    return _INHERITED if ends and stays else BROKEN
