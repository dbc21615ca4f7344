"""Batches on their way into the staged table: repetitive columns as integers, each as narrow as its numbers allow."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semstat.validators.observations import (
    ACTION,
    ACTION_KINDS,
    GROUP_LINE,
    KIND,
    LANGUAGES,
    LINE,
    PART_SEPARATOR,
    RECORD_KINDS,
    SERIES_LINE,
    SOURCE,
    VERSION_SEPARATOR,
    Observations,
)

__all__ = ["TABLE", "Encoder", "StagedTable", "Unknown", "Versions", "quoted"]

TABLE = "data"
"""The staged table: one row per record, ``rowid`` from 0 in the order of the stream."""

_RESERVED = (LINE, SERIES_LINE, KIND, ACTION, SOURCE)
_PLACES = (SERIES_LINE, SOURCE)
_DISTINCT_SHARE = 0.5
_WIDTHS = (pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64())
_SQL = {
    pa.uint8(): "UTINYINT",
    pa.uint16(): "USMALLINT",
    pa.uint32(): "UINTEGER",
    pa.uint64(): "UBIGINT",
    pa.string(): "VARCHAR",
}
_ROWS_AT_ONCE = 122_880
"""One of the engine's row groups: what is written at once, whatever the size of the batches that come in."""


@dataclass(slots=True)
class Unknown:
    """A column that is not a component: how many records fill it; row (from 0), line and value of the first of them."""

    count: int = 0
    row: int = 0
    line: int | None = None
    value: str | None = None


@dataclass(slots=True)
class Versions:
    """Texts of a component that say which language they are in: how many, how many in several, the first of these."""

    row: int = 0
    value: str | None = None
    count: int = 0
    stated: int = 0


def quoted(name: str) -> str:
    """Return a name as an SQL identifier.

    Example:
        >>> quoted('odd"name')
        '"odd""name"'
    """
    return '"' + name.replace('"', '""') + '"'


def _width(largest: int) -> pa.DataType:
    """Return the narrowest type for numbers from 0 to ``largest``: most code lists fit in a byte."""
    return next(kind for kind in _WIDTHS if largest < 1 << kind.bit_width)


class StagedTable:
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
            self._fit(item.name, item.type)
        self._connection.register("incoming", incoming)
        self._connection.execute(f"INSERT INTO {TABLE} BY NAME SELECT * FROM incoming")
        self._connection.unregister("incoming")
        self._waiting, self._rows = [], 0

    def _fit(self, name: str, kind: pa.DataType) -> None:
        known = self.types.get(name)
        if known is None:
            self._connection.execute(f"ALTER TABLE {TABLE} ADD COLUMN {quoted(name)} {_SQL[kind]}")
        elif kind == pa.string() or known == pa.string() or kind.bit_width <= known.bit_width:
            return
        else:
            self._connection.execute(f"ALTER TABLE {TABLE} ALTER {quoted(name)} TYPE {_SQL[kind]}")
        self.types[name] = kind


class Encoder:
    """Turns batches into the staged columns. The first batch decides which of them are worth a dictionary."""

    def __init__(self, components: tuple[str, ...], observations: Observations) -> None:
        self._components = components
        self._source = observations
        self._first = next(observations.batches, None)
        self.rows = self.deleted = 0
        self.kinds: dict[str, int] = dict.fromkeys(RECORD_KINDS, 0)
        self._observed = RECORD_KINDS.index(ACTION_KINDS.get(observations.action or "", "observation"))
        self.unknown: dict[str, Unknown] = {}
        self.incomplete: set[str] = set()
        self.several: set[str] = set()
        self.seen: set[str] = set()
        self.versions: dict[str, Versions] = {}
        self.ids: dict[str, dict[str, int]] = {name: {} for name in components if self._repeats(name)}

    def _repeats(self, name: str) -> bool:
        if self._first is None or name not in self._first.schema.names:
            return True
        column = self._first.column(name)
        if isinstance(column, pa.DictionaryArray):
            return True
        return len(column.unique()) < max(len(column) * _DISTINCT_SHARE, 64)

    def schema(self) -> pa.Schema:
        """Return the columns that every batch fills, each as narrow as can be: components, the line, the kind."""
        fields = [pa.field(name, pa.uint8() if name in self.ids else pa.string()) for name in self._components]
        return pa.schema([*fields, pa.field(LINE, pa.uint8()), pa.field(KIND, pa.uint8())])

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the batches in the staged columns, with whatever width their numbers need.

        Columns with the lines of series and groups come and go with the batches that have them.
        """
        batch = self._first
        while batch is not None:
            yield from self.encoded(batch)
            batch = next(self._source.batches, None)

    def encoded(self, batch: pa.RecordBatch, *, action: str | None = None) -> Iterator[pa.RecordBatch]:
        """Yield a batch in the staged columns, if anything of it is staged; ``action`` is that of its dataset, if another."""
        if action is not None:
            self._observed = RECORD_KINDS.index(ACTION_KINDS.get(action, "observation"))
        kept = self._without_deletes(batch)
        if not kept.num_rows:
            return
        self._note_unknown(kept)
        self._note_versions(kept)
        self.seen.update(kept.schema.names)
        places = [name for name in kept.schema.names if name in _PLACES or name.startswith(GROUP_LINE)]
        names = [*self.schema().names, *places]
        columns = [self._column(kept, name) for name in names]
        self._count_kinds(columns[names.index(KIND)])
        yield pa.RecordBatch.from_arrays(columns, names=names)
        self.rows += kept.num_rows

    def _without_deletes(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        if KIND not in batch.schema.names:
            return batch
        kinds = batch.column(KIND)
        deletes = pc.equal(kinds, RECORD_KINDS.index("delete"))
        self.deleted += pc.sum(deletes).as_py() or 0
        return batch.filter(pc.invert(deletes))

    def _count_kinds(self, kinds: pa.Array) -> None:
        for item in pc.value_counts(kinds).to_pylist():
            self.kinds[RECORD_KINDS[item["values"]]] += item["counts"]

    def _column(self, batch: pa.RecordBatch, name: str) -> pa.Array:
        if name in self.ids:
            if name not in batch.schema.names or batch.column(name).null_count:
                self.incomplete.add(name)
            if name not in batch.schema.names:
                return pa.nulls(batch.num_rows, _width(len(self.ids[name])))
            return self._encoded(name, batch.column(name))
        if name not in batch.schema.names:
            absent = pa.nulls(batch.num_rows, pa.string() if name in self._components else pa.uint8())
            return absent.fill_null(self._observed) if name == KIND else absent
        column = batch.column(name)
        if name == KIND and self._observed:
            column = pc.if_else(pc.equal(column, 0), pa.scalar(self._observed, column.type), column)
        if name not in self._components:
            return column.cast(_width(pc.max(column).as_py() or 0))
        text = column if column.type == pa.string() else column.cast(pa.string())
        if pc.any(pc.match_substring(text, PART_SEPARATOR)).as_py():
            self.several.add(name)
        return text

    def _encoded(self, name: str, column: pa.Array) -> pa.Array:
        ids = self.ids[name]
        known = len(ids)
        coded = column if isinstance(column, pa.DictionaryArray) else column.dictionary_encode()
        table = [ids.setdefault(term, len(ids)) if term is not None else None for term in coded.dictionary.to_pylist()]
        if any(PART_SEPARATOR in term for term in islice(ids, known, None)):
            self.several.add(name)
        return pa.array(table, _width(len(ids))).take(coded.indices)

    def _note_versions(self, batch: pa.RecordBatch) -> None:
        for column in (name for name in batch.schema.names if name.startswith(LANGUAGES)):
            name = column.removeprefix(LANGUAGES)
            several = pc.match_substring(batch.column(column).cast(pa.string()), VERSION_SEPARATOR).fill_null(False)
            note = self.versions.setdefault(name, Versions())
            if note.value is None and pc.any(several).as_py():
                place = int(np.flatnonzero(several.to_numpy(zero_copy_only=False))[0])
                note.row, note.value = self.rows + place, str(batch.column(name)[place].as_py())
            note.count += pc.sum(several).as_py() or 0
            note.stated += len(batch) - batch.column(column).null_count

    def _note_unknown(self, batch: pa.RecordBatch) -> None:
        for name in batch.schema.names:
            if name in self._components or name in _RESERVED or name.startswith((GROUP_LINE, LANGUAGES)):
                continue
            column = batch.column(name)
            filled = len(column) - column.null_count
            note = self.unknown.setdefault(name, Unknown())
            if filled and note.value is None:
                place = int(np.flatnonzero(pc.is_valid(column).to_numpy(zero_copy_only=False))[0])
                note.row, note.value = self.rows + place, str(column[place].as_py())
                note.line = batch.column(LINE)[place].as_py() if LINE in batch.schema.names else None
            note.count += filled
