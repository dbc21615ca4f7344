"""Records in the embedded engine, for formats that want them grouped or in order; beyond memory it spills to disk."""

from collections.abc import Iterator, Sequence
from types import TracebackType

import numpy as np
import pyarrow as pa

from semstat.interop.formats.outgoing import Outgoing
from semstat.interop.formats.spool import column, kinds_of
from semstat.validators.columns.stage import quoted
from semstat.validators.columns.stream import record_batches
from semstat.validators.observations import ACTION

__all__ = ["Stage", "names_of"]

_ROWS = 50_000


class Stage:
    """The records of one dataset as the table ``records`` of an engine of its own: text columns, ``_row``, ``_kind``, ``_action``.

    Args:
        dataset: The dataset.
        names: The columns wanted.
        folder: Where the engine spills to.
    """

    def __init__(self, dataset: Outgoing, names: Sequence[str], folder: str | None = None) -> None:
        import duckdb

        settings: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        if folder is not None:
            settings["temp_directory"] = folder
        self._engine = duckdb.connect(":memory:", config=settings)
        columns = ", ".join(f"{quoted(name)} VARCHAR" for name in names)
        self._engine.execute(
            f"CREATE TABLE records (_row BIGINT, _kind TINYINT, _action VARCHAR{', ' * bool(names)}{columns})"
        )
        row = 0
        for batch in dataset.records.batches():
            self._insert(batch, names, row)
            row += batch.num_rows

    def _insert(self, batch: pa.RecordBatch, names: Sequence[str], row: int) -> None:
        count = batch.num_rows
        numbers = pa.array(np.arange(row, row + count))
        values = [column(batch, name) for name in names]
        table = pa.table(
            [numbers, kinds_of(batch), column(batch, ACTION), *values], names=["_row", "_kind", "_action", *names]
        )
        self._engine.register("incoming", table)
        self._engine.execute("INSERT INTO records SELECT * FROM incoming")
        self._engine.unregister("incoming")

    def run(self, sql: str) -> None:
        """Execute a statement."""
        self._engine.execute(sql)

    def one(self, sql: str) -> tuple[object, ...]:
        """Return the first row of a query."""
        row = self._engine.execute(sql).fetchone()
        return tuple(row) if row is not None else ()

    def batches(self, sql: str) -> Iterator[pa.RecordBatch]:
        """Yield the rows of a query, streaming; several queries may be read side by side."""
        yield from record_batches(self._engine.cursor(), sql, _ROWS)

    def __enter__(self) -> "Stage":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.close()


def names_of(names: Sequence[str]) -> str:
    """Return names as a list of SQL identifiers.

    Example:
        >>> names_of(["FREQ", "AREA"])
        '"FREQ", "AREA"'
    """
    return ", ".join(quoted(name) for name in names)
