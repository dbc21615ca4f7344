"""Rows on their way into the engine: one table for each kind of record, values as the file spells them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa
from rdflib import URIRef

from semstat.validators.microdata.data_table import LINE, DataTable

__all__ = ["ROWS", "StagedRecords", "stage_table"]

ROWS = "rows"
"""Prefix of the tables of rows."""


@dataclass(frozen=True, slots=True)
class StagedRecords:
    """The rows of one kind of record in the engine: where each variable stands, and how many there are.

    ``columns`` maps a variable to the name of its column; a variable that the data lack is not in it. Columns are called by
    number because the engine does not tell names apart that differ in case.
    """

    connection: duckdb.DuckDBPyConnection
    table: str
    columns: Mapping[URIRef, str]
    rows: int
    source: str
    has_lines: bool

    def lines(self, condition: str, most: int) -> list[int]:
        """Return the lines of the first rows that satisfy a condition of SQL."""
        found = self.connection.execute(
            f"SELECT {LINE} FROM {self.table} WHERE {condition} ORDER BY rowid LIMIT {most}"
        ).fetchall()
        return [row[0] for row in found]

    def sql(self, query: str) -> list[tuple[object, ...]]:
        """Return the rows of a query."""
        return self.connection.execute(query).fetchall()


def stage_table(
    table: DataTable,
    columns: Sequence[Mapping[URIRef, int]],
    connection: duckdb.DuckDBPyConnection,
    prefix: str,
    *,
    schema: str | None = None,
) -> list[StagedRecords]:
    """Copy a file's rows into the engine, batch by batch, and return what was staged of each kind of record.

    Args:
        table: The file; its batches are consumed.
        columns: For each kind, the number of the column that each variable has.
        connection: The engine.
        prefix: What the tables are called, without the number of the kind.
        schema: Where to put them: a database that the engine has attached, on disk for instance.
    """
    where = f"{schema}." if schema else ""
    names = [f"{where}{ROWS}_{prefix}_{kind}" for kind in range(len(table.kinds))]
    for name, kind in zip(names, table.kinds, strict=True):
        fields = "".join(f"c{place} VARCHAR, " for place in range(len(kind)))
        connection.execute(f"CREATE OR REPLACE TABLE {name} ({fields}{LINE} BIGINT)")
    counts = [0] * len(table.kinds)
    for number, batch in _gathered(table.batches):
        counts[number] += batch.num_rows
        connection.register("incoming_rows", batch)
        connection.execute(f"INSERT INTO {names[number]} SELECT * FROM incoming_rows")
        connection.unregister("incoming_rows")
    table.records = sum(counts)
    return [
        StagedRecords(
            connection,
            name,
            {variable: f"c{place}" for variable, place in columns[kind].items()},
            counts[kind],
            table.source,
            table.has_lines,
        )
        for kind, name in enumerate(names)
    ]


def _gathered(batches: Iterator[tuple[int, pa.RecordBatch]]) -> Iterator[tuple[int, pa.Table]]:
    """Yield neighbouring batches of one kind together, so that the engine fills whole row groups."""
    held: list[pa.RecordBatch] = []
    kind, rows = 0, 0
    for number, batch in batches:
        if held and (number != kind or rows >= _GATHERED):
            yield kind, _together(held)
            held, rows = [], 0
        kind = number
        held.append(batch)
        rows += batch.num_rows
    if held:
        yield kind, _together(held)


_GATHERED = 60_000


def _together(held: Sequence[pa.RecordBatch]) -> pa.Table:
    plain = [
        pa.RecordBatch.from_arrays(
            [column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column for column in batch.columns],
            names=batch.schema.names,
        )
        for batch in held
    ]
    return pa.Table.from_batches(plain)
