"""Statistics computed from distinct values, each by the definition under which documentation states it.

Source:
    DDI Codebook 2.6, ``sumStat/@type`` and ``catStat/@type``; the standard deviation of a sample has one degree of freedom
    less than values, the weighted one is that of a population.
"""

import math
from collections.abc import Callable, Mapping
from functools import cached_property
from itertools import chain

import numpy as np
from rdflib import URIRef

from semstat.validators.microdata.plan import SetApart, StatisticCheck
from semstat.validators.microdata.value_table import Doubles, ValueTable

__all__ = ["computed", "differs", "figure_text"]


def computed(table: ValueTable, check: StatisticCheck) -> tuple[float, ...]:
    """Return what a statistic is: one figure, of a percentage one for each base that it may have, none without values.

    Args:
        table: The values of its variable.
        check: What is stated of it.
    """
    weight = table.weights.get(check.weight) if check.weight is not None else None
    amounts = table.counts.astype(np.float64) if weight is None else weight
    absent = float(table.absent) if check.weight is None else table.absent_weights.get(check.weight, 0.0)
    if check.kind in {"Count", "Weight"}:
        inside = table.apart(check.apart) != check.others
        found = float(amounts[inside].sum()) + (absent if check.apart.absent != check.others else 0.0)
        return (found,)
    if check.kind.endswith("Share"):
        return _shares(table, check, amounts, absent)
    moments = _moments(table, check.apart, check.weight, amounts)
    if not len(moments.values) or not moments.amounts.sum():
        return ()
    with np.errstate(over="ignore", invalid="ignore"):
        figures = _FIGURES[check.kind](moments)
    return figures if all(math.isfinite(figure) for figure in figures) else ()


class _Moments:
    """Numbers with their amounts; sums that several figures need are added up once."""

    def __init__(self, values: Doubles, amounts: Doubles) -> None:
        self.values, self.amounts = values, amounts

    @cached_property
    def size(self) -> float:
        return _sum(self.amounts)

    @cached_property
    def mean(self) -> float:
        return _sum(self.values * self.amounts) / self.size if self.size else math.nan

    @cached_property
    def squares(self) -> float:
        return _sum(self.amounts * (self.values - self.mean) ** 2)


def _moments(table: ValueTable, apart: SetApart, weight: URIRef | None, amounts: Doubles) -> _Moments:
    """Return the numbers of a variable that are not set apart; the figures stated of it are about the same ones as a rule."""
    key = (apart, weight)
    found = table.sums.get(key)
    if not isinstance(found, _Moments):
        kept = ~table.apart(apart) & ~np.isnan(table.numbers)
        found = table.sums[key] = _Moments(table.numbers[kept], amounts[kept])
    return found


def _sum(amounts: Doubles) -> float:
    """Return a sum without error of rounding, infinite where no double can hold it."""
    if not len(amounts):
        return 0.0
    largest = float(np.abs(amounts).max())
    if largest * len(amounts) < _EXACT and not np.modf(amounts)[0].any():
        return float(amounts.sum())  # whole numbers add up exactly
    try:
        return math.fsum(
            chain.from_iterable(part.tolist() for part in np.array_split(amounts, len(amounts) // _PART + 1))
        )
    except OverflowError:
        return math.inf
    except ValueError:  # sums of infinities of either sign
        return math.nan


_EXACT = 2.0**53
_PART = 50_000


def _shares(table: ValueTable, check: StatisticCheck, amounts: Doubles, absent: float) -> tuple[float, ...]:
    part = float(amounts[table.matching(check.pattern)].sum())
    present = float(amounts.sum())
    bases = (present + absent, present, float(amounts[~table.apart(check.apart)].sum()))
    if bases[0] <= 0:  # negative weights can make the whole smaller than its parts
        return ()
    return tuple(dict.fromkeys(100 * part / base for base in bases if base > 0))


def _deviation(moments: _Moments, freedom: float) -> tuple[float, ...]:
    size = moments.size - freedom
    if not math.isfinite(moments.mean):
        return ()
    # Negative weights can make the squares negative.
    return (math.sqrt(moments.squares / size),) if size > 0 and moments.squares >= 0 else ()


def _median(moments: _Moments) -> tuple[float, ...]:
    order = np.argsort(moments.values)
    ends = np.cumsum(moments.amounts[order])
    half = ends[-1] / 2
    low = moments.values[order][int(np.searchsorted(ends, half, side="left"))]
    high = moments.values[order][min(int(np.searchsorted(ends, half, side="right")), len(order) - 1)]
    return ((float(low) + float(high)) / 2,)


def _modes(moments: _Moments) -> tuple[float, ...]:
    distinct, places = np.unique(moments.values, return_inverse=True)
    times = np.bincount(places, weights=moments.amounts)
    return tuple(float(value) for value in distinct[times == times.max()])


_FIGURES: Mapping[str, Callable[[_Moments], tuple[float, ...]]] = {
    "Minimum": lambda moments: (float(moments.values.min()),),
    "Maximum": lambda moments: (float(moments.values.max()),),
    "Mean": lambda moments: (moments.mean,),
    "WeightedMean": lambda moments: (moments.mean,),
    "Deviation": lambda moments: _deviation(moments, 1.0),
    "WeightedDeviation": lambda moments: _deviation(moments, 0.0),
    "Median": _median,
    "Mode": _modes,
}


def differs(check: StatisticCheck, found: tuple[float, ...]) -> bool:
    """Tell whether no figure found lies within the tolerance of the one stated."""
    stated, tolerance = float(check.stated), float(check.tolerance)
    return bool(found) and all(abs(figure - stated) > tolerance for figure in found)


def figure_text(figure: float) -> str:
    """Return a figure as people write it, to twelve digits.

    Example:
        >>> [figure_text(item) for item in (500.0, 942785.315777, 1 / 3)]
        ['500', '942785.315777', '0.333333333333']
    """
    return f"{figure:.12g}" if abs(figure) < 1e15 else f"{figure:.0f}"
