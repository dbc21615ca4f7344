"""The records of one SDMX-JSON dataset: series with observations, or observations alone, under keys of numbers."""

# ruff: noqa: S608 - every name in the SQL is quoted, every value a literal of ours

from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.outgoing import Losses, Outgoing
from semstat.interop.formats.sdmx.write_json_values import Values
from semstat.interop.formats.sdmx.write_ml_places import Places
from semstat.interop.formats.text_output import glue, payload
from semstat.interop.formats.write_grouped import Grouped, all_given, order
from semstat.interop.formats.write_keys import drop_repeated
from semstat.interop.formats.write_stage import names_of
from semstat.validators.columns.stage import quoted as identifier
from semstat.validators.observations import LANGUAGES

__all__ = ["Rows"]

_CLOSE = "}},"


class Rows:
    """Writes the records of one dataset, action by action.

    Args:
        dataset: The dataset.
        where: Where its components stand; groups are not looked at.
        values: The values of each component.
        losses: Receives IO224, IO225 and IO226.
        title: What the target is called.
        folder: Where the engine spills to.
    """

    def __init__(
        self,
        dataset: Outgoing,
        where: Places,
        values: Mapping[str, Values],
        losses: Losses,
        *,
        title: str,
        folder: str | None,
    ) -> None:
        self._dataset, self._where, self._values, self._losses, self._title = dataset, where, values, losses, title
        self._dimensions = [*where.key, *where.dimensions]
        names = list(dict.fromkeys([*self._dimensions, *where.observation, *where.series, *where.dataset]))
        self._rows = Grouped(dataset, names, losses, observed=f"({all_given(self._dimensions)})", folder=folder)
        self.letters = self._rows.letters

    def __enter__(self) -> "Rows":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rows.__exit__(kind, error, trace)

    def write(self, sink: BinaryIO, head: str, letter: str | None) -> None:
        """Write one dataset with the records of one action.

        Args:
            sink: Where to write.
            head: The object's first members, without its closing brace.
            letter: The action's letter, ``None`` for records that state none.
        """
        self._rows.turn_to(letter)
        repeated = drop_repeated(self._rows, self._dimensions)
        message = (
            f"{self._title} addresses observations by their key; observations left out that repeat one: {repeated}"
        )
        self._losses.add("IO226", repeated, message, source=self._dataset.source, records=True)
        sink.write(head.encode())
        if self._where.dataset:
            own = self._rows.constant(self._where.dataset)
            sink.write(payload(glue(',"attributes":[', self._array(own, self._where.dataset), "]")))
        self._lost()
        if self._where.key:
            sink.write(b',"series":{\n')
            self._series(sink)
        else:
            sink.write(b',"observations":{\n')
            self._flat(sink)
        sink.write(b"}}")

    def _array(self, batch: pa.RecordBatch, names: Sequence[str]) -> pa.Array:
        """Return the values of components as the items of an array."""
        own = [name for name in names if not name.startswith(LANGUAGES)]
        if not own:
            return pa.array([""] * batch.num_rows)
        return pc.binary_join_element_wise(*(self._items(batch, name) for name in own), ",")

    def _items(self, batch: pa.RecordBatch, name: str) -> pa.Array:
        place = batch.schema.get_field_index(LANGUAGES + name)
        return self._values[name].write(batch.column(name), None if place < 0 else batch.column(place))

    def _key(self, batch: pa.RecordBatch, names: Sequence[str]) -> pa.Array:
        return pc.binary_join_element_wise(*(self._values[name].number(batch.column(name)) for name in names), ":")

    def _observation(self, batch: pa.RecordBatch) -> pa.Array:
        own = [name for name in self._where.observation if name not in self._where.dimensions]
        return glue('"', self._key(batch, self._where.dimensions), '":[', self._array(batch, own), "]")

    def _flat(self, sink: BinaryIO) -> None:
        names = self._where.observation
        query = f"SELECT {names_of(names)} FROM records WHERE {self._rows.condition} AND {self._rows.observed} ORDER BY _row"
        first = True
        for batch in self._rows.batches(query):
            data = payload(glue(",\n", self._observation(batch)))
            sink.write(data[2:] if first else data)
            first = False

    def _series(self, sink: BinaryIO) -> None:
        key = self._where.key
        full = f"{self._rows.observed} OR ({all_given(key)})"
        self._rows.grouped("series", key, self._where.series, full, "series")
        empty = True
        observed = self._rows.series(
            key, self._where.observation, self._heads("_full"), self._observation, close=_CLOSE, between=","
        )
        for data in observed:
            sink.write(data)
            empty = False
        if not empty:
            sink.write(b"}}")
        for head in self._heads("NOT _full"):
            data = payload(glue(",", head, "}}"))
            sink.write(data[1:] if empty else data)
            empty = False

    def _heads(self, condition: str) -> Iterator[pa.Array]:
        names = [*self._where.key, *self._where.series]
        query = f"SELECT {names_of(names)} FROM series WHERE {condition} ORDER BY {order(self._where.key)}"
        for batch in self._rows.batches(query):
            attributes = self._array(batch, self._where.series)
            yield glue('\n"', self._key(batch, self._where.key), '":{"attributes":[', attributes, '],"observations":{')

    def _lost(self) -> None:
        """Note what belongs to a key that is neither an observation's nor a series' (IO224)."""
        key = all_given(self._where.key) if self._where.key else "false"
        series, observed = f"({self._rows.observed} OR ({key}))", self._rows.observed
        message = f"observations that lack a dimension have no key in {self._title}, left out: {{}}"
        self._rows.lost(f"_kind = 0 AND NOT {observed}", message, None)
        message = f"deletions with a partial key have no place in {self._title}, left out: {{}}"
        self._rows.lost(f"_kind = 2 AND NOT {series}", message, None)
        placed = [(name, series) for name in self._where.series]
        placed += [(name, observed) for name in self._where.observation if name not in self._where.dimensions]
        for name, place in placed:
            if name.startswith(LANGUAGES):
                continue
            message = f"values of `{name}` with a partial key that has no place in {self._title}, left out: {{}}"
            self._rows.lost(f"_kind = 1 AND {identifier(name)} IS NOT NULL AND NOT {place}", message, name)
