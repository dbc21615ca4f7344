"""Rows on their way to the checks: of each kind of record its columns, values as the file spells them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa
from rdflib import URIRef

from semstat.validators.microdata.data_table import DataTable, Part
from semstat.validators.microdata.kept_columns import InMemory, Numbers, Parts
from semstat.validators.microdata.kept_rows import Figures, KeptRows

if TYPE_CHECKING:
    import duckdb

__all__ = ["ROWS", "StagedRecords", "stage_table"]

ROWS = "rows"
"""Prefix of the tables of rows."""

_GATHERED_ROWS = 60_000
_GATHERED_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class StagedRecords:
    """The rows of one kind of record: where each variable stands, and how many there are.

    ``columns`` maps a variable to the name of its column; a variable that the data lack is not in it. Columns are called by
    number because the engine does not tell names apart that differ in case. Only keys and conditions on several cells need
    rows in the engine; ``name`` is how the tables begin that are made of them.
    """

    connection: "duckdb.DuckDBPyConnection | None"
    name: str
    columns: Mapping[URIRef, str]
    kept: KeptRows
    source: str
    has_lines: bool
    _tables: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.kept.count

    def numbered(self, variable: URIRef) -> tuple[pa.Array, Iterator[tuple[Numbers, range]]]:
        """Return the distinct texts of a variable, and for the rows in blocks their numbers with the parts of a block."""
        return self.kept.columns[self._number(variable)].numbered()

    def figures(self, variable: URIRef, places: range, computed: Callable[[pa.Array], Figures]) -> Figures:
        """Return what some parts of a variable are as figures."""
        return self.kept.figures(self._number(variable), places, computed)

    def samples(self, variable: URIRef, counts: Mapping[str, int], most: int) -> dict[str, tuple[int, ...]]:
        """Return the lines of the first rows that have some texts; ``counts`` says how many rows have each."""
        return self.kept.samples(self._number(variable), counts, most)

    def lacking(self, variable: URIRef, most: int) -> tuple[int, ...]:
        """Return the lines of the first rows that have no value of a variable."""
        return self.kept.lacking(self._number(variable), most)

    def table(self, columns: Sequence[str]) -> str:
        """Return the name of a table in the engine with some columns of all rows, and their lines.

        Raises:
            ValueError: the rows were staged without an engine.
            duckdb.OutOfMemoryException: the engine may not have as much as it needs.
        """
        for name, there in self._tables.items():
            if there.issuperset(columns):
                return name
        if self.connection is None:
            raise ValueError("there is no engine to hold the rows")
        name, names = f"{self.name}_{len(self._tables)}", dict.fromkeys(columns)
        self.connection.register("incoming_rows", self.kept.reader([_number(column) for column in names]))
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM incoming_rows")
        self.connection.unregister("incoming_rows")
        self._tables[name] = frozenset(names)
        return name

    def sql(self, query: str) -> list[tuple[object, ...]]:
        """Return the rows of a query on tables in the engine.

        Raises:
            ValueError: the rows were staged without an engine.
            duckdb.OutOfMemoryException: the engine may not have as much as it needs.
        """
        if self.connection is None:
            raise ValueError("there is no engine to hold the rows")
        return self.connection.execute(query).fetchall()

    def _number(self, variable: URIRef) -> int:
        return _number(self.columns[variable])


def _number(column: str) -> int:
    return int(column.removeprefix("c"))


def stage_table(
    table: DataTable,
    columns: Sequence[Mapping[URIRef, int]],
    connection: "duckdb.DuckDBPyConnection | None",
    prefix: str,
    *,
    schema: str | None = None,
    parts: Parts | None = None,
) -> list[StagedRecords]:
    """Put a file's rows away by columns, and return what was staged of each kind of record.

    Args:
        table: The file; its batches are consumed.
        columns: For each kind, the number of the column that each variable has.
        connection: The engine, for checks that look at several cells of a row; ``None`` where there will be none.
        prefix: What tables in the engine are called, without the number of the kind.
        schema: Where to put these tables: a database that the engine has attached, on disk for instance.
        parts: Where to put the columns, by default in memory.
    """
    where = f"{schema}." if schema else ""
    place = parts if parts is not None else InMemory()
    kept = [KeptRows.of(len(kind), place) for kind in table.kinds]
    for number, batches in _gathered(table.batches):
        kept[number].add(batches)
    table.records = sum(rows.count for rows in kept)
    return [
        StagedRecords(
            connection,
            f"{where}{ROWS}_{prefix}_{kind}",
            {variable: f"c{place}" for variable, place in columns[kind].items()},
            rows,
            table.source,
            table.has_lines,
        )
        for kind, rows in enumerate(kept)
    ]


def _gathered(batches: Iterator[Part]) -> Iterator[tuple[int, list[pa.RecordBatch]]]:
    """Yield neighbouring batches of one kind together, as many as memory is never short of."""
    held: list[pa.RecordBatch] = []
    kind, rows, size = 0, 0, 0
    for number, batch in batches:
        if held and (number != kind or rows >= _GATHERED_ROWS or size >= _GATHERED_BYTES):
            yield kind, held
            held, rows, size = [], 0, 0
        kind = number
        held.append(batch)
        rows += batch.num_rows
        size += batch.get_total_buffer_size()
    if held:
        yield kind, held
