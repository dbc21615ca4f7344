"""Columns laid over each other: what an observation says hides what its series, its group and its dataset say."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["Layers"]

Contradicted = Callable[[str, tuple[int, int], str, str, int], None]
"""Told of a value that is hidden by a different one: component, lines of the other value and of the hidden one, the other
value, the hidden one, and the record."""


class Layers:
    """Columns of so many records; a value of an earlier layer hides that of a later one."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.columns: dict[str, pa.Array] = {}
        self.lines: dict[str, list[tuple[pa.Array, pa.Array]]] = {}

    def add(self, name: str, values: pa.Array, lines: pa.Array, *, over: Contradicted | None = None) -> None:
        """Lay a column under what there is of its name; ``over`` hears of values that differ from those above them."""
        above = self.columns.get(name)
        if above is None:
            self.columns[name] = values
        else:
            above, below = above.cast(pa.string()), values.cast(pa.string())
            if over is not None:
                differing = pc.fill_null(pc.not_equal(above, below), False).to_numpy(zero_copy_only=False)
                places = np.flatnonzero(differing).tolist()
                stated = self.lines_of(name) if places else lines
                for place in places:
                    both = stated[place].as_py(), lines[place].as_py()
                    over(name, both, above[place].as_py(), below[place].as_py(), place)
            self.columns[name] = pc.coalesce(above, below) if above.null_count else self.columns[name]
        self.lines.setdefault(name, []).append((values, lines))

    def lines_of(self, name: str) -> pa.Array:
        """Return the lines on which the values of a column stand."""
        shown = [
            pc.if_else(values.is_valid(), lines, pa.scalar(None, pa.int64())) for values, lines in self.lines[name]
        ]
        return pc.coalesce(*shown) if len(shown) > 1 else shown[0]
