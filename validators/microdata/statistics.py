"""Statistics computed from distinct values, each by the definition under which documentation states it.

Source:
    DDI Codebook 2.6, ``sumStat/@type`` and ``catStat/@type``; the standard deviation of a sample has one degree of freedom
    less than values, the weighted one is that of a population.
"""

import math
from collections.abc import Callable, Mapping

import numpy as np

from semstat.validators.microdata.plan import StatisticCheck
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
    kept = ~table.apart(check.apart) & ~np.isnan(table.numbers)
    values, amounts = table.numbers[kept], amounts[kept]
    if not len(values) or not amounts.sum():
        return ()
    with np.errstate(over="ignore", invalid="ignore"):
        figures = _FIGURES[check.kind](values, amounts)
    return figures if all(math.isfinite(figure) for figure in figures) else ()


def _sum(amounts: Doubles) -> float:
    """Return a sum without error of rounding, infinite where no double can hold it."""
    try:
        return math.fsum(amounts)
    except OverflowError:
        return math.inf
    except ValueError:  # sums of infinities of either sign
        return math.nan


def _shares(table: ValueTable, check: StatisticCheck, amounts: Doubles, absent: float) -> tuple[float, ...]:
    part = float(amounts[table.matching(check.pattern)].sum())
    present = float(amounts.sum())
    bases = (present + absent, present, float(amounts[~table.apart(check.apart)].sum()))
    if bases[0] <= 0:  # negative weights can make the whole smaller than its parts
        return ()
    return tuple(dict.fromkeys(100 * part / base for base in bases if base > 0))


def _mean(values: Doubles, amounts: Doubles) -> tuple[float, ...]:
    size = _sum(amounts)
    return (_sum(values * amounts) / size,) if size else (math.nan,)


def _deviation(values: Doubles, amounts: Doubles, freedom: float) -> tuple[float, ...]:
    size = _sum(amounts) - freedom
    middle = _mean(values, amounts)[0]
    if not math.isfinite(middle):
        return ()
    squares = _sum(amounts * (values - middle) ** 2)
    return (math.sqrt(squares / size),) if size > 0 and squares >= 0 else ()  # negative weights can make them negative


def _median(values: Doubles, amounts: Doubles) -> tuple[float, ...]:
    order = np.argsort(values)
    ends = np.cumsum(amounts[order])
    half = ends[-1] / 2
    low = values[order][int(np.searchsorted(ends, half, side="left"))]
    high = values[order][min(int(np.searchsorted(ends, half, side="right")), len(order) - 1)]
    return ((float(low) + float(high)) / 2,)


def _modes(values: Doubles, amounts: Doubles) -> tuple[float, ...]:
    distinct, places = np.unique(values, return_inverse=True)
    times = np.bincount(places, weights=amounts)
    return tuple(float(value) for value in distinct[times == times.max()])


_FIGURES: Mapping[str, Callable[[Doubles, Doubles], tuple[float, ...]]] = {
    "Minimum": lambda values, _: (float(values.min()),),
    "Maximum": lambda values, _: (float(values.max()),),
    "Mean": _mean,
    "WeightedMean": _mean,
    "Deviation": lambda values, amounts: _deviation(values, amounts, 1.0),
    "WeightedDeviation": lambda values, amounts: _deviation(values, amounts, 0.0),
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
