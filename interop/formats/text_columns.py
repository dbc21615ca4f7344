"""Small operations on columns of text, done once per distinct value."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["constant", "encoded", "map_text", "single_value"]


def encoded(column: pa.Array) -> pa.DictionaryArray:
    """Return the column dictionary-encoded."""
    return column if pa.types.is_dictionary(column.type) else column.dictionary_encode()


def constant(value: str, count: int) -> pa.DictionaryArray:
    """Return a column that holds one value ``count`` times."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, np.int32)), pa.array([value], pa.string()))


def single_value(column: pa.Array) -> str | None:
    """Return the value that every cell holds, or ``None`` when there are several, or none, or nulls."""
    if column.null_count or not len(column):
        return None
    values = encoded(column).dictionary
    if len(values) > 1:
        values = pc.unique(column)
    return str(values[0]) if len(values) == 1 else None


def map_text(column: pa.Array, function: Callable[[str], str | None]) -> pa.Array:
    """Return the column with ``function`` applied to every value; it sees each distinct value once, never null."""
    codes = encoded(column)
    before = codes.dictionary.to_pylist()
    after = [None if text is None else function(text) for text in before]
    if after == before:
        return column
    places: dict[str, int] = {}
    moves = [-1 if text is None else places.setdefault(text, len(places)) for text in after]
    moved = pa.array([None if place < 0 else place for place in moves], pa.int32())
    indices = moved.take(codes.indices)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(places), pa.string()))
