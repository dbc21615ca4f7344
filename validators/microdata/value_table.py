"""The distinct values of one variable with how often each occurs: all that checks on values and statistics look at."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rdflib import URIRef

from semstat.validators.microdata.patterns import NOTHING, NUMBER
from semstat.validators.microdata.plan import SetApart
from semstat.validators.microdata.staging import StagedRecords
from semstat.validators.predicates import AllOf, AnyOf, In, Length, Matches, Not, Predicate, Range, components_of

__all__ = ["Doubles", "Mask", "Places", "ValueTable", "value_table"]

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ValueTable:
    """Distinct texts, each with its number of rows and the sum of each weight over them.

    ``absent`` is the number of rows without a value, ``absent_weights`` the sums of their weights. ``numbers`` holds what
    the texts are as numbers, NaN where they are none; ``sums`` what was added up of them, for those who add up.
    """

    texts: pa.Array
    counts: npt.NDArray[np.int64]
    numbers: Doubles
    weights: dict[URIRef, Doubles]
    absent: int
    absent_weights: dict[URIRef, float]
    _matched: dict[str, Mask] = field(default_factory=dict)
    sums: dict[object, object] = field(default_factory=dict)

    def matching(self, pattern: str) -> Mask:
        """Return which texts an expression matches; several checks of a variable ask for the same, so that it is kept."""
        found = self._matched.get(pattern)
        if found is None:
            found = _mask(pc.match_substring_regex(self.texts, pattern)) if pattern != NOTHING else self._empty()
            self._matched[pattern] = found
        return found

    def _empty(self) -> Mask:
        return _mask(pc.equal(pc.binary_length(self.texts), 0))

    def apart(self, told: SetApart) -> Mask:
        """Return which texts are set apart."""
        low, high = float(told.low.replace("INF", "inf")), float(told.high.replace("INF", "inf"))
        with np.errstate(invalid="ignore"):
            inside = (self.numbers >= low) & (self.numbers <= high)
        return self.matching(told.pattern) | inside

    def failing(self, predicate: Predicate) -> Places:
        """Return the places of the texts that break a predicate; where bounds are near, exact decimals decide."""
        proposed = np.flatnonzero(~self._holds(predicate))
        if not _has_bounds(predicate):
            return proposed
        texts = self.texts.take(pa.array(proposed)).to_pylist()
        variable = components_of(predicate)[0]
        broken = [not predicate.holds({variable: [text]}) for text in texts]
        return proposed[np.asarray(broken, dtype=np.bool_)]

    def _holds(self, predicate: Predicate) -> Mask:
        """Return which texts satisfy a predicate; of what equals a bound as a double, that it does not."""
        match predicate:
            case AllOf(parts):
                return reduce(np.logical_and, [self._holds(part) for part in parts])
            case AnyOf(parts):
                return reduce(np.logical_or, [self._holds(part) for part in parts])
            case Not(part):
                return ~self._holds(part)
            case In(_, values, excluded):
                listed = _mask(pc.is_in(self.texts, pa.array(sorted(values), pa.string())))
                return ~listed if excluded else listed
            case Matches(_, pattern, _):
                return self.matching(pattern)
            case Length(_, _, maximum):
                return _mask(pc.less_equal(pc.utf8_length(self.texts), maximum))
            case Range():
                return self._within(predicate)
        raise TypeError(f"{type(predicate).__name__} is not one of values")

    def _within(self, bounds: Range) -> Mask:
        low = -np.inf if bounds.minimum is None else float(bounds.minimum)
        high = np.inf if bounds.maximum is None else float(bounds.maximum)
        with np.errstate(invalid="ignore"):
            return (self.numbers > low) & (self.numbers < high)


def _has_bounds(predicate: Predicate) -> bool:
    if isinstance(predicate, AllOf | AnyOf):
        return any(_has_bounds(part) for part in predicate.parts)
    return _has_bounds(predicate.part) if isinstance(predicate, Not) else isinstance(predicate, Range)


def _mask(column: pa.Array) -> Mask:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.bool_)


def value_table(staged: StagedRecords, variable: URIRef, weights: Sequence[URIRef]) -> ValueTable:
    """Return the distinct values of a variable, in the order of their first rows.

    Args:
        staged: The rows.
        variable: A variable that the rows have.
        weights: Variables to add up for each value; what is no number among them counts nothing.
    """
    texts, blocks = staged.numbered(variable)
    # Place 0 is that of rows without a value.
    counts = np.zeros(len(texts) + 1, dtype=np.int64)
    sums = {item: np.zeros(len(texts) + 1) for item in weights if item in staged.columns}
    order: list[Places] = []
    for numbers, parts in blocks:
        places = numbers.astype(np.intp) + 1
        found = np.bincount(places, minlength=len(counts))
        order.append(_first_met(places, (found > 0) & (counts == 0)))
        counts += found
        for item, total in sums.items():
            total += np.bincount(places, weights=staged.figures(item, parts, _amounts), minlength=len(counts))
    met = np.concatenate([np.zeros(0, dtype=np.intp), *order])
    kept = texts if np.array_equal(met, np.arange(1, len(counts))) else texts.take(pa.array(met - 1))
    figures, is_number = _numbers(kept)
    return ValueTable(
        kept,
        counts[met],
        figures,
        {item: total[met] for item, total in sums.items()},
        int(counts[0]),
        {item: float(total[0]) for item, total in sums.items()},
        {NUMBER: is_number},
    )


def _first_met(places: Places, new: Mask) -> Places:
    """Return those places of values that are new, in the order in which they are met."""
    new[0] = False
    found: Places = np.flatnonzero(new)
    if len(found) < 2:
        return found
    before = int(found[0]) - 1
    tops = np.maximum.accumulate(np.maximum(places, before))
    if found[-1] - before == len(found) and np.diff(tops, prepend=before).max() <= 1:
        return found  # numbered as they are met, which most are
    firsts = np.zeros(len(new), dtype=np.intp)
    firsts[places[::-1]] = np.arange(len(places) - 1, -1, -1)  # of several assignments the last one stands
    ordered: Places = found[np.argsort(firsts[found], kind="stable")]
    return ordered


def _amounts(texts: pa.Array) -> Doubles:
    """Return texts as numbers to be added up: what is none counts nothing."""
    present = texts.is_valid()
    figures = np.zeros(len(texts))
    figures[_mask(present)] = np.nan_to_num(_numbers(texts.drop_null())[0], nan=0.0)
    return figures


_DIGITS = (ord("-"), ord("9"))
"""The range of the characters of plain numbers: minus, point, (slash,) digits."""


def _numbers(texts: pa.Array) -> tuple[Doubles, Mask]:
    """Return texts as numbers, NaN where they are none, and which are some."""
    plain = _plain_numbers(texts)
    if plain is not None:
        return plain, np.ones(len(texts), dtype=np.bool_)
    is_number = pc.match_substring_regex(texts, NUMBER)
    bare = pc.if_else(is_number, pc.utf8_ltrim(pc.utf8_trim_whitespace(texts), "+"), None)
    return np.asarray(bare.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64), _mask(is_number)


def _plain_numbers(texts: pa.Array) -> Doubles | None:
    """Return texts as numbers if all are of digits, with point and minus at most: no expression need look at them."""
    _, ends, buffer = texts.buffers()
    if not len(texts) or buffer is None:
        return None
    bounds = np.frombuffer(ends, np.int32)
    characters = np.frombuffer(buffer, np.uint8)[bounds[texts.offset] : bounds[texts.offset + len(texts)]]
    if not len(characters) or characters.min() < _DIGITS[0] or characters.max() > _DIGITS[1]:
        return None
    try:
        return np.asarray(texts.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)
    except pa.ArrowInvalid:
        return None
