"""Stages a stream of record batches as one table, each repetitive column as integers with a dictionary of raw terms.

Raw terms, not validated codes, get the integers: two rows that differ only in two *wrong* codes differ. So keys, groups and
membership are decided on integers, exactly, and a value is judged once however often it occurs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semstat.validators.observations import GROUP_LINE, KIND, LINE, RECORD_KINDS, SERIES_LINE, Observations

__all__ = ["TABLE", "Staged", "Unknown", "quoted", "stage"]

TABLE = "data"
"""The staged table: one row per record, ``rowid`` from 0 in the order of the stream."""

_RESERVED = (LINE, SERIES_LINE, KIND)
_DISTINCT_SHARE = 0.5


@dataclass(slots=True)
class Unknown:
    """A column that is not a component: how many records fill it; row (from 0), line and value of the first of them."""

    count: int = 0
    row: int = 0
    line: int | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Staged:
    """The staged table and what is needed to read it.

    ``dictionaries`` holds the raw terms of each integer column, by id; a column that is not in it holds text.
    ``complete`` names coded components with a value in every record; ``lines`` maps a component to the column that says on
    which line its value stands. ``deleted`` counts records of a delete action, which are not staged.
    """

    connection: duckdb.DuckDBPyConnection
    rows: int
    observations: int
    deleted: int
    columns: tuple[str, ...]
    dictionaries: Mapping[str, list[str]]
    complete: frozenset[str]
    lines: Mapping[str, str]
    unknown: Mapping[str, Unknown]
    source: Observations
    has_kinds: bool

    def line_column(self, component: str | None) -> str | None:
        """Return the column with the line of a component's value; ``None`` if lines are not known."""
        wanted = self.lines.get(component or "", LINE)
        return wanted if wanted in self.columns else (LINE if LINE in self.columns else None)


def quoted(name: str) -> str:
    """Return a name as an SQL identifier.

    Example:
        >>> quoted('odd"name')
        '"odd""name"'
    """
    return '"' + name.replace('"', '""') + '"'


def stage(
    observations: Observations, components: Mapping[str, object], connection: duckdb.DuckDBPyConnection
) -> Staged:
    """Consume the stream into the table :data:`TABLE` of the connection.

    Args:
        observations: The stream; consumed once, in order.
        components: The ids that the plan knows; other columns are counted as unknown, not staged.
        connection: An engine of the caller's; where it spills to, and how much memory it takes, is the caller's matter.
    """
    encoder = _Encoder(tuple(components), observations)
    table = _Table(connection, encoder.schema())
    for batch in encoder.batches():
        table.add(batch)
    table.flush()
    return Staged(
        connection,
        rows=encoder.rows,
        observations=encoder.rows - encoder.attribute_rows,
        deleted=encoder.deleted,
        columns=tuple(table.types),
        dictionaries={name: list(ids) for name, ids in encoder.ids.items()},
        complete=frozenset(encoder.ids) - encoder.incomplete,
        lines=dict(observations.levels),
        unknown=encoder.unknown,
        source=observations,
        has_kinds=encoder.attribute_rows > 0,
    )


_WIDTHS = (pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64())
_SQL = {
    pa.uint8(): "UTINYINT",
    pa.uint16(): "USMALLINT",
    pa.uint32(): "UINTEGER",
    pa.uint64(): "UBIGINT",
    pa.string(): "VARCHAR",
}
_ROWS_AT_ONCE = 2 * 122_880
"""Two of the engine's row groups: small enough for memory, large enough that both cores have one to fill."""


def _width(largest: int) -> pa.DataType:
    """Return the narrowest type for numbers from 0 to ``largest``: most code lists fit in a byte."""
    return next(kind for kind in _WIDTHS if largest < 1 << kind.bit_width)


class _Table:
    """Fills the table, some thousand rows at a time, and widens a column when its numbers outgrow it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, schema: pa.Schema) -> None:
        self._connection = connection
        self.types: dict[str, pa.DataType] = {item.name: item.type for item in schema}
        columns = ", ".join(f"{quoted(name)} {_SQL[kind]}" for name, kind in self.types.items())
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {TABLE} ({columns})")
        self._waiting: list[pa.RecordBatch] = []
        self._rows = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Take a batch, and write what is waiting when it is enough or of another schema."""
        if self._waiting and self._waiting[0].schema != batch.schema:
            self.flush()
        self._waiting.append(batch)
        self._rows += batch.num_rows
        if self._rows >= _ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        if not self._waiting:
            return
        incoming = pa.Table.from_batches(self._waiting).combine_chunks()
        for item in incoming.schema:
            known = self.types[item.name]
            if known != item.type and known != pa.string() and item.type.bit_width > known.bit_width:
                self._connection.execute(f"ALTER TABLE {TABLE} ALTER {quoted(item.name)} TYPE {_SQL[item.type]}")
                self.types[item.name] = item.type
        self._connection.register("incoming", incoming)
        self._connection.execute(f"INSERT INTO {TABLE} SELECT * FROM incoming")
        self._connection.unregister("incoming")
        self._waiting, self._rows = [], 0


class _Encoder:
    """Turns batches into the staged columns. The first batch decides which of them are worth a dictionary."""

    def __init__(self, components: tuple[str, ...], observations: Observations) -> None:
        self._components = components
        self._source = observations
        self._first = next(observations.batches, None)
        self.rows = self.attribute_rows = self.deleted = 0
        self.unknown: dict[str, Unknown] = {}
        self.incomplete: set[str] = set()
        self.ids: dict[str, dict[str, int]] = {name: {} for name in components if self._repeats(name)}

    def _repeats(self, name: str) -> bool:
        if self._first is None or name not in self._first.schema.names:
            return True
        column = self._first.column(name)
        if isinstance(column, pa.DictionaryArray):
            return True
        return len(column.unique()) < max(len(column) * _DISTINCT_SHARE, 64)

    def schema(self) -> pa.Schema:
        """Return the columns of the table, each as narrow as can be: components, then lines and kinds."""
        fields = [pa.field(name, pa.uint8() if name in self.ids else pa.string()) for name in self._components]
        levels = (level for level in self._source.levels.values() if level.startswith("_") and level != "_dataset")
        fields += [pa.field(name, pa.uint8()) for name in dict.fromkeys([LINE, *levels, KIND])]
        return pa.schema(fields)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the batches in the staged columns, with whatever width their numbers need."""
        batch, names = self._first, self.schema().names
        while batch is not None:
            kept = self._without_deletes(batch)
            if kept.num_rows:
                self._note_unknown(kept)
                yield pa.RecordBatch.from_arrays([self._column(kept, name) for name in names], names=names)
                self.rows += kept.num_rows
            batch = next(self._source.batches, None)

    def _without_deletes(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        if KIND not in batch.schema.names:
            return batch
        kinds = batch.column(KIND)
        deletes = pc.equal(kinds, RECORD_KINDS.index("delete"))
        self.deleted += pc.sum(deletes).as_py() or 0
        kept = batch.filter(pc.invert(deletes))
        self.attribute_rows += pc.sum(pc.equal(kept.column(KIND), RECORD_KINDS.index("attributes"))).as_py() or 0
        return kept

    def _column(self, batch: pa.RecordBatch, name: str) -> pa.Array:
        if name in self.ids:
            if name not in batch.schema.names or batch.column(name).null_count:
                self.incomplete.add(name)
            if name not in batch.schema.names:
                return pa.nulls(batch.num_rows, _width(len(self.ids[name])))
            return self._encoded(batch.column(name), self.ids[name])
        if name not in batch.schema.names:
            absent = pa.nulls(batch.num_rows, pa.string() if name in self._components else pa.uint8())
            return absent.fill_null(0) if name == KIND else absent
        column = batch.column(name)
        kind = pa.string() if name in self._components else _width(pc.max(column).as_py() or 0)
        return column if column.type == kind else column.cast(kind)

    def _encoded(self, column: pa.Array, ids: dict[str, int]) -> pa.Array:
        coded = column if isinstance(column, pa.DictionaryArray) else column.dictionary_encode()
        table = [ids.setdefault(term, len(ids)) if term is not None else None for term in coded.dictionary.to_pylist()]
        return pa.array(table, _width(len(ids))).take(coded.indices)

    def _note_unknown(self, batch: pa.RecordBatch) -> None:
        for name in batch.schema.names:
            if name in self._components or name in _RESERVED or name.startswith(GROUP_LINE):
                continue
            column = batch.column(name)
            filled = len(column) - column.null_count
            note = self.unknown.setdefault(name, Unknown())
            if filled and note.value is None:
                place = int(np.flatnonzero(pc.is_valid(column).to_numpy(zero_copy_only=False))[0])
                note.row, note.value = self.rows + place, str(column[place].as_py())
                note.line = batch.column(LINE)[place].as_py() if LINE in batch.schema.names else None
            note.count += filled
