"""The content of one SDMX-ML dataset: its attributes, groups, series with their observations, and what has no place."""

# ruff: noqa: S608 - every name in the SQL is quoted, every value a literal of ours

from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.outgoing import Losses, Outgoing
from semstat.interop.formats.sdmx.write_ml_places import Group, Places
from semstat.interop.formats.sdmx.write_ml_text import Elements
from semstat.interop.formats.text_output import glue, payload
from semstat.interop.formats.write_stage import Stage, names_of
from semstat.validators.columns.sql import text
from semstat.validators.columns.stage import quoted

__all__ = ["Body"]

_LETTER = "coalesce(_action, CASE WHEN _kind = 2 THEN 'D' END)"
_CLOSE = "    </Series>\n"


class Body:
    """Writes the records of one dataset, action by action.

    Args:
        dataset: The dataset.
        where: Where its components stand.
        prefix: The namespace prefix of the structure's types, with its colon.
        types: Components that are ``Comp`` elements, and their types.
        losses: Receives IO224, IO225 and IO228.
        atts: Whether attributes may stand in ``Atts`` elements (SDMX 3.0), also with partial keys.
        folder: Where the engine spills to.
    """

    def __init__(
        self,
        dataset: Outgoing,
        where: Places,
        prefix: str,
        types: Mapping[str, str],
        losses: Losses,
        *,
        atts: bool,
        folder: str | None,
    ) -> None:
        self._dataset, self._where, self._prefix, self._losses, self._atts = dataset, where, prefix, losses, atts
        self._elements = Elements(dataset, prefix, types)
        grouped = [name for group in where.groups for name in group.attributes]
        self._names = list(dict.fromkeys([*where.key, *where.observation, *where.series, *grouped, *where.dataset]))
        self._dimensions = [*where.key, *where.dimensions]
        self._stage = Stage(dataset, self._names, folder)
        full = _all(self._dimensions)
        self._observed = f"(_kind = 0 OR ({full}))"
        self._condition = "true"

    def __enter__(self) -> "Body":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._elements.report(self._losses)
        self._stage.__exit__(kind, error, trace)

    def letters(self) -> list[str | None]:
        """Return the letters of the actions that occur, in order of first appearance; ``None`` where none is stated."""
        found = self._stage.batches(f"SELECT {_LETTER} AS a FROM records GROUP BY a ORDER BY min(_row)")
        return [letter for batch in found for letter in batch.column(0).to_pylist()] or [None]

    def write(self, sink: BinaryIO, start: str, letter: str | None) -> None:
        """Write one dataset element with the records of one action.

        Args:
            sink: Where to write.
            start: The start of the element, without its attributes of components.
            letter: The action's letter, ``None`` for records that state none.
        """
        self._condition = f"{_LETTER} IS NOT DISTINCT FROM {'NULL' if letter is None else text(letter)}"
        own = self._constant(self._where.dataset)
        if self._atts:
            sink.write(f"  <{start}>\n".encode())
            if any(column.null_count == 0 for column in own.columns):
                sink.write(payload(glue("    ", self._elements.make("Atts", own, self._where.dataset), "\n")))
        else:
            sink.write(payload(glue("  ", self._elements.make(start, own, self._where.dataset, open_ended=True), "\n")))
        for group in self._where.groups:
            self._group(sink, group)
        self._rest(sink)
        if self._where.key:
            self._series(sink)
        else:
            self._flat(sink)
        sink.write(b"  </mes:DataSet>\n")

    def _constant(self, names: Sequence[str]) -> pa.RecordBatch:
        """Return the values that hold for the dataset as one row; note those that are not constant."""
        if not names:
            return pa.record_batch({"_": [None]})
        chosen = ", ".join(_first(name) for name in names)
        (row,) = self._stage.batches(f"SELECT {chosen} FROM records WHERE {self._condition}")
        varies = ", ".join(f"{_varies(name)}::INT" for name in names)
        counts = self._stage.one(f"SELECT {varies} FROM records WHERE {self._condition}")
        self._note(names, counts, "datasets")
        return row

    def _note(self, names: Sequence[str], counts: Sequence[object], place: str) -> None:
        for name, count in zip(names, counts, strict=True):
            number = int(str(count or 0))
            message = f"only the first value of `{name}` is written where several stand on one level; {place}: {number}"
            self._losses.add("IO225", number, message, source=self._dataset.source, path=name)

    def _grouped(self, table: str, key: Sequence[str], names: Sequence[str], condition: str, place: str) -> None:
        """Make a table with one row for each key: the first value of each attribute, and whether any is an observation."""
        firsts = "".join(f", {_first(name)}" for name in names)
        varying = "".join(f", {_varies(name)} AS {quoted('_varies ' + name)}" for name in names)
        self._stage.run(
            f"CREATE OR REPLACE TABLE {table} AS SELECT {names_of(key)}{firsts}{varying}, bool_or({self._observed}) AS _full "
            f"FROM records WHERE {self._condition} AND ({condition}) GROUP BY {names_of(key)}"
        )
        if names:
            counts = ", ".join(f"count(*) FILTER ({quoted('_varies ' + name)})" for name in names)
            self._note(names, self._stage.one(f"SELECT {counts} FROM {table}"), place)

    def _group(self, sink: BinaryIO, group: Group) -> None:
        self._grouped("grouped", group.dimensions, group.attributes, _all(group.dimensions), "groups")
        names = [*group.dimensions, *group.attributes]
        query = (
            f"SELECT {names_of(names)} FROM grouped WHERE {_any(group.attributes)} ORDER BY {_order(group.dimensions)}"
        )
        self._elements_of(sink, f'Group xsi:type="{self._prefix}{group.id}"', query, names)

    def _elements_of(self, sink: BinaryIO, tag: str, query: str, names: Sequence[str]) -> None:
        for batch in self._stage.batches(query):
            sink.write(payload(glue("    ", self._elements.make(tag, batch, names), "\n")))

    def _flat(self, sink: BinaryIO) -> None:
        names = self._where.observation
        query = f"SELECT {names_of(names)} FROM records WHERE {self._condition} AND {self._observed} ORDER BY _row"
        self._elements_of(sink, "Obs", query, names)

    def _series(self, sink: BinaryIO) -> None:
        key, own = self._where.key, [*self._where.key, *self._where.series]
        self._grouped("series", key, self._where.series, f"{self._observed} OR ({_all(key)})", "series")
        heads = _Heads(self._series_heads(own))
        observed = [*key, *(name for name in self._where.observation if name not in key)]
        query = (
            f"SELECT {names_of(observed)} FROM records WHERE {self._condition} AND {self._observed} "
            f"ORDER BY {_order(key)}, _row"
        )
        before: pa.RecordBatch | None = None
        for batch in self._stage.batches(query):
            starts = _starts(batch, before, key)
            lead = pc.replace_with_mask(
                pa.array([""] * batch.num_rows), pa.array(starts), glue(_CLOSE, heads.take(int(starts.sum())))
            )
            elements = self._elements.make("Obs", batch, self._where.observation)
            data = payload(glue(lead, "      ", elements, "\n"))
            sink.write(data[len(_CLOSE) :] if before is None else data)
            before = batch.slice(batch.num_rows - 1)
        if before is not None:
            sink.write(_CLOSE.encode())
        self._elements_of(
            sink, "Series", f"SELECT {names_of(own)} FROM series WHERE NOT _full ORDER BY {_order(key)}", own
        )

    def _series_heads(self, names: Sequence[str]) -> Iterator[pa.Array]:
        query = f"SELECT {names_of(names)} FROM series WHERE _full ORDER BY {_order(self._where.key)}"
        for batch in self._stage.batches(query):
            yield glue("    ", self._elements.make("Series", batch, names, open_ended=True), "\n")

    def _rest(self, sink: BinaryIO) -> None:
        """Write attributes whose partial key is neither a group nor a series, or note that they have no place (IO224)."""
        misplaced = dict(self._misplaced())
        if self._atts:
            attributes = {
                name: f"CASE WHEN {bad} THEN {quoted(name)} END AS {quoted(name)}" for name, bad in misplaced.items()
            }
            condition = (
                " OR ".join(f"({quoted(name)} IS NOT NULL AND {bad})" for name, bad in misplaced.items()) or "false"
            )
            chosen = ", ".join([names_of(self._dimensions), *attributes.values()])
            query = (
                f"SELECT {chosen} FROM records WHERE {self._condition} AND _kind = 1 AND ({condition}) ORDER BY _row"
            )
            self._elements_of(sink, "Atts", query, [*self._dimensions, *attributes])
        kept = "_kind = 1" if self._atts else "false"
        for name, bad in misplaced.items():
            lost = f"{quoted(name)} IS NOT NULL AND {bad} AND _kind <> 2 AND NOT {kept}"
            message = (
                "{} values of `"
                + name
                + "` belong to a partial key that has no place in the message; they are left out"
            )
            self._lost(lost, message, name)
        key = _all(self._where.key) if self._where.key else "false"
        self._lost(
            f"_kind = 2 AND NOT {self._observed} AND NOT ({key})",
            "deletions with a partial key that has no place in the message, left out: {}",
            None,
        )

    def _lost(self, condition: str, message: str, path: str | None) -> None:
        (number,) = self._stage.one(f"SELECT count(*) FROM records WHERE {self._condition} AND {condition}")
        count = int(str(number))
        self._losses.add("IO224", count, message.format(count), source=self._dataset.source, path=path)

    def _misplaced(self) -> Iterator[tuple[str, str]]:
        """Yield each component with the condition under which a record's value of it has no place."""
        for group in self._where.groups:
            for name in group.attributes:
                yield name, f"NOT ({_all(group.dimensions)})"
        for name in self._where.series:
            yield name, f"NOT ({self._observed} OR ({_all(self._where.key)}))"
        for name in self._where.observation:
            if name not in self._where.dimensions:
                yield name, f"NOT {self._observed}"


class _Heads:
    """The start tags of series, taken as many at a time as are needed."""

    def __init__(self, batches: Iterator[pa.Array]) -> None:
        self._batches = batches
        self._left = pa.array([], pa.string())

    def take(self, count: int) -> pa.Array:
        while len(self._left) < count:
            self._left = pa.concat_arrays([self._left, next(self._batches)])
        taken, self._left = self._left.slice(0, count), self._left.slice(count)
        return taken


def _starts(batch: pa.RecordBatch, before: pa.RecordBatch | None, key: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Tell which rows begin a series: those whose key differs from the one before."""
    starts = np.zeros(batch.num_rows, bool)
    starts[0] = before is None
    for name in key:
        values = batch.column(name).fill_null("\0")
        starts[1:] |= pc.not_equal(values.slice(1), values.slice(0, len(values) - 1)).to_numpy(zero_copy_only=False)
        if before is not None:
            starts[0] |= batch.column(name)[0].as_py() != before.column(name)[0].as_py()
    return starts


def _first(name: str) -> str:
    return f"arg_min({quoted(name)}, _row) AS {quoted(name)}"


def _varies(name: str) -> str:
    return f"coalesce(min({quoted(name)}) <> max({quoted(name)}), false)"


def _all(names: Sequence[str]) -> str:
    return " AND ".join(f"{quoted(name)} IS NOT NULL" for name in names) or "true"


def _any(names: Sequence[str]) -> str:
    return " OR ".join(f"{quoted(name)} IS NOT NULL" for name in names) or "false"


def _order(names: Sequence[str]) -> str:
    return ", ".join(f"{quoted(name)} NULLS LAST" for name in names)
