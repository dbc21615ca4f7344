"""Records grouped for targets that have series: what is constant on each level, and observations by series."""

# ruff: noqa: S608 - every name in the SQL is quoted, every value a literal of ours

from collections.abc import Callable, Iterator, Sequence
from types import TracebackType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.outgoing import Losses, Outgoing
from semstat.interop.formats.text_output import glue, payload
from semstat.interop.formats.write_stage import Stage, names_of
from semstat.validators.columns.sql import text
from semstat.validators.columns.stage import quoted
from semstat.validators.observations import LANGUAGES

__all__ = ["Grouped", "all_given", "any_given", "order"]

_LETTER = "coalesce(_action, CASE WHEN _kind = 2 THEN 'D' END)"


class Grouped:
    """The records of one dataset in an engine of its own, action by action.

    Args:
        dataset: The dataset.
        names: The components wanted.
        losses: Receives IO224 and IO225.
        observed: SQL condition that is true of the records that are observations.
        folder: Where the engine spills to.
    """

    def __init__(
        self, dataset: Outgoing, names: Sequence[str], losses: Losses, *, observed: str, folder: str | None
    ) -> None:
        self._dataset, self._losses, self.observed = dataset, losses, observed
        self._stage = Stage(dataset, names, folder)
        self.condition = "true"
        self.run, self.one, self.batches = self._stage.run, self._stage.one, self._stage.batches

    def __enter__(self) -> "Grouped":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stage.__exit__(kind, error, trace)

    def turn_to(self, letter: str | None) -> None:
        """Look at the records of one action from now on; ``None`` are those that state none."""
        self.condition = f"{_LETTER} IS NOT DISTINCT FROM {'NULL' if letter is None else text(letter)}"

    def letters(self) -> list[str | None]:
        """Return the letters of the actions that occur, in order of first appearance; ``None`` where none is stated."""
        found = self.batches(f"SELECT {_LETTER} AS a FROM records GROUP BY a ORDER BY min(_row)")
        return [letter for batch in found for letter in batch.column(0).to_pylist()] or [None]

    def constant(self, names: Sequence[str]) -> pa.RecordBatch:
        """Return the values that hold for the dataset as one row; note those that are not constant."""
        if not names:
            return pa.record_batch({"_": [None]})
        chosen = ", ".join(first(name) for name in names)
        (row,) = self.batches(f"SELECT {chosen} FROM records WHERE {self.condition}")
        several = ", ".join(f"{varies(name)}::INT" for name in names)
        counts = self.one(f"SELECT {several} FROM records WHERE {self.condition}")
        self._note(names, counts, "datasets")
        return row

    def _note(self, names: Sequence[str], counts: Sequence[object], place: str) -> None:
        for name, count in zip(names, counts, strict=True):
            # Texts in languages vary with the text itself, which is noted.
            number = 0 if name.startswith(LANGUAGES) else int(str(count or 0))
            message = f"only the first value of `{name}` is written where several stand on one level; {place}: {number}"
            self._losses.add("IO225", number, message, source=self._dataset.source, path=name)

    def grouped(self, table: str, key: Sequence[str], names: Sequence[str], condition: str, place: str) -> None:
        """Make a table with one row for each key: the first value of each attribute, and whether any is an observation."""
        firsts = "".join(f", {first(name)}" for name in names)
        varying = "".join(f", {varies(name)} AS {quoted('_varies ' + name)}" for name in names)
        self.run(
            f"CREATE OR REPLACE TABLE {table} AS SELECT {names_of(key)}{firsts}{varying}, bool_or({self.observed}) AS _full "
            f"FROM records WHERE {self.condition} AND ({condition}) GROUP BY {names_of(key)}"
        )
        if names:
            counts = ", ".join(f"count(*) FILTER ({quoted('_varies ' + name)})" for name in names)
            self._note(names, self.one(f"SELECT {counts} FROM {table}"), place)

    def series(
        self,
        key: Sequence[str],
        names: Sequence[str],
        heads: Iterator[pa.Array],
        written: Callable[[pa.RecordBatch], pa.Array],
        *,
        close: str,
        between: str = "",
    ) -> Iterator[bytes]:
        """Yield the observations series by series; the last series is left open.

        Args:
            key: The dimensions of a series.
            names: Further components that ``written`` needs.
            heads: What begins each series, in the order of the keys.
            written: Returns the text of each observation.
            close: What ends a series.
            between: What stands between two observations of a series.
        """
        columns = [*key, *(name for name in names if name not in key)]
        query = f"SELECT {names_of(columns)} FROM records WHERE {self.condition} AND {self.observed} ORDER BY {order(key)}, _row"
        begins, before = _Heads(heads), None
        for batch in self.batches(query):
            begun = _starts(batch, before, key)
            first_of = glue(close, begins.take(int(begun.sum())))
            lead = pc.replace_with_mask(pa.array([between] * batch.num_rows), pa.array(begun), first_of)
            data = payload(glue(lead, written(batch)))
            yield data[len(close) :] if before is None else data
            before = batch.slice(batch.num_rows - 1)

    def lost(self, condition: str, message: str, path: str | None) -> None:
        """Note the records that fulfil a condition (IO224); ``{}`` in the message stands for their number.

        Without a ``path``, it is whole records that are left out.
        """
        (number,) = self.one(f"SELECT count(*) FROM records WHERE {self.condition} AND {condition}")
        count = int(str(number))
        self._losses.add(
            "IO224", count, message.format(count), source=self._dataset.source, path=path, records=path is None
        )


class _Heads:
    """What begins each series, taken as many at a time as are needed."""

    def __init__(self, batches: Iterator[pa.Array]) -> None:
        self._batches = batches
        self._left = pa.array([], pa.string())

    def take(self, count: int) -> pa.Array:
        """Return the next ones."""
        while len(self._left) < count:
            self._left = pa.concat_arrays([self._left, next(self._batches)])
        taken, self._left = self._left.slice(0, count), self._left.slice(count)
        return taken


def _starts(batch: pa.RecordBatch, before: pa.RecordBatch | None, key: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Tell which rows begin a series: those whose key differs from the one before."""
    begun = np.zeros(batch.num_rows, bool)
    begun[0] = before is None
    for name in key:
        values = batch.column(name).fill_null("\0")
        begun[1:] |= pc.not_equal(values.slice(1), values.slice(0, len(values) - 1)).to_numpy(zero_copy_only=False)
        if before is not None:
            begun[0] |= batch.column(name)[0].as_py() != before.column(name)[0].as_py()
    return begun


def first(name: str) -> str:
    """Return the SQL of a component's first value in a group."""
    return f"arg_min({quoted(name)}, _row) AS {quoted(name)}"


def varies(name: str) -> str:
    """Return the SQL that tells whether a component has several values in a group."""
    return f"coalesce(min({quoted(name)}) <> max({quoted(name)}), false)"


def all_given(names: Sequence[str]) -> str:
    """Return the SQL condition that all of these have a value."""
    return " AND ".join(f"{quoted(name)} IS NOT NULL" for name in names) or "true"


def any_given(names: Sequence[str]) -> str:
    """Return the SQL condition that any of these has a value."""
    return " OR ".join(f"{quoted(name)} IS NOT NULL" for name in names) or "false"


def order(names: Sequence[str]) -> str:
    """Return the SQL order by these, with absent values last."""
    return ", ".join(f"{quoted(name)} NULLS LAST" for name in names)
