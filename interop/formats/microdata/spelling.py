"""Cells turned into text as their distinct values: what recurs is spelled once."""

from collections.abc import Callable

import pyarrow as pa

__all__ = ["Spelling"]


class Spelling:
    """Spells columns block by block, and remembers those whose values do not recur.

    Example:
        >>> spelling = Spelling()
        >>> spelling.of(0, pa.array([1, 2, 1, 1]), lambda column: column.cast(pa.string())).to_pylist()
        ['1', '2', '1', '1']
    """

    def __init__(self) -> None:
        self._wide: set[int] = set()

    def of(self, place: int, column: pa.Array, spelled: Callable[[pa.Array], pa.Array]) -> pa.Array:
        """Return a block of a column as text, or as a dictionary of texts among which may be null.

        Args:
            place: The number of the column.
            column: Its cells, of any type.
            spelled: Turns cells into text; each for itself.
        """
        if place in self._wide or not any(told(column.type) for told in _COMPARED):
            return spelled(column)
        coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        if 2 * len(coded.dictionary) > len(coded):
            self._wide.add(place)
            return spelled(column)
        return pa.DictionaryArray.from_arrays(coded.indices.cast(pa.int32()), spelled(coded.dictionary))


_COMPARED = (
    pa.types.is_primitive,
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_decimal,
    pa.types.is_dictionary,
)
"""Types whose values Arrow compares."""
