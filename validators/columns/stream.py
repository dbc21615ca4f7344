"""The rows of a query as a stream of record batches, so that nothing holds them all."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa

__all__ = ["record_batches"]

_ROWS = 1 << 17


def record_batches(connection: duckdb.DuckDBPyConnection, query: str, rows: int = _ROWS) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a query in batches; nothing else may be asked of the connection meanwhile.

    Example:
        >>> [len(batch) for batch in record_batches(duckdb.connect(), "SELECT * FROM range(5)", rows=10)]
        [5]
    """
    relation = connection.sql(query)
    # The method has another name before version 2 of the engine.
    read = getattr(relation, "to_arrow_reader", None) or getattr(relation, "fetch_arrow_reader")  # noqa: B009
    yield from read(rows)
