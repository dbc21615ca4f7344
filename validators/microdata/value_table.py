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
    """Distinct texts, each with its number of rows, its first row, and the sum of each weight over them.

    ``absent`` is the number of rows without a value, ``absent_weights`` the sums of their weights. ``numbers`` holds what
    the texts are as numbers, NaN where they are none.
    """

    texts: pa.Array
    counts: npt.NDArray[np.int64]
    firsts: npt.NDArray[np.int64]
    numbers: Doubles
    weights: dict[URIRef, Doubles]
    absent: int
    absent_weights: dict[URIRef, float]
    _matched: dict[str, Mask] = field(default_factory=dict)

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
    """Return the distinct values of a variable, from the column that it has in the staged rows.

    Args:
        staged: The rows.
        variable: A variable that the rows have.
        weights: Variables to add up for each value; what is no number among them counts nothing.
    """
    column = staged.columns[variable]
    known = [item for item in weights if item in staged.columns]
    sums = "".join(
        f", sum(TRY_CAST(trim({staged.columns[item]}) AS DOUBLE)) AS w{place}" for place, item in enumerate(known)
    )
    query = (
        f"SELECT {column} AS text, count(*) AS n, min(rowid) AS first{sums} FROM {staged.table} GROUP BY 1 ORDER BY 3"
    )
    found = staged.connection.sql(query).to_arrow_table().combine_chunks()
    present = _mask(found["text"].is_valid())
    absent = np.flatnonzero(~present)
    kept = found.filter(pa.array(present))
    texts = kept["text"].combine_chunks() if kept.num_rows else pa.array([], pa.string())
    amounts = {item: _doubles(kept[f"w{place}"]) for place, item in enumerate(known)}
    missed = {item: float(_doubles(found[f"w{place}"])[absent].sum()) for place, item in enumerate(known)}
    is_number = pc.match_substring_regex(texts, NUMBER)
    return ValueTable(
        texts,
        kept["n"].to_numpy(),
        kept["first"].to_numpy(),
        _numbers(texts, is_number),
        amounts,
        int(found["n"].to_numpy()[absent].sum()),
        missed,
        {NUMBER: _mask(is_number)},
    )


def _doubles(column: pa.ChunkedArray) -> Doubles:
    return np.nan_to_num(np.asarray(column.to_numpy(), dtype=np.float64), nan=0.0)


def _numbers(texts: pa.Array, is_number: pa.Array) -> Doubles:
    bare = texts
    if not pc.all(is_number).as_py() or pc.any(pc.match_substring_regex(texts, r"^[\s+]|\s$")).as_py():
        bare = pc.if_else(is_number, pc.utf8_ltrim(pc.utf8_trim_whitespace(texts), "+"), None)
    return np.asarray(bare.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)
