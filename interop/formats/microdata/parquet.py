"""Microdata in Parquet: typed columns as text, null and NaN as no value."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.microdata.spelling import Spelling
from semstat.interop.formats.microdata.text import with_nulls
from semstat.interop.sources import Source, refusal
from semstat.validators.microdata.data_table import LINE, DataColumn, DataTable, Part
from semstat.validators.tables import text_column

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

__all__ = ["open_parquet"]

_ROWS, _CELLS = 50_000, 4_000_000
"""How many rows and cells are read at once, at most."""


def open_parquet(source: Source) -> DataTable:
    """Return a Parquet file.

    Raises:
        InputRefused: IO101, the file is broken; IO112, a column's type has no text form.
    """
    import pyarrow.parquet as pq

    with ExitStack() as kept:
        stream = kept.enter_context(closing(source.open()))
        try:
            file = pq.ParquetFile(stream if stream.seekable() else pa.BufferReader(stream.read()))
            for field in file.schema_arrow:
                text_column(pa.nulls(0, field.type))
        except (pa.ArrowInvalid, OSError) as error:
            raise refusal("IO101", f"the Parquet file cannot be read: {str(error).strip()}", source.name) from error
        except TypeError as error:
            raise refusal("IO112", f"column `{field.name}`: {error}", source.name) from error
        columns = tuple(DataColumn(field.name, kind=_kind(field.type)) for field in file.schema_arrow)
        batches = _batches(file, source, kept.pop_all())
    return DataTable(source.name, "parquet", (columns,), batches, has_lines=False)


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "numeric"
    return "date" if pa.types.is_temporal(kind) else "text"


def _batches(file: "ParquetFile", source: Source, kept: ExitStack) -> Iterator[Part]:
    start, spelling = 0, Spelling()
    rows = max(1, min(_ROWS, _CELLS // max(len(file.schema_arrow), 1)))
    with kept:
        try:
            for batch in file.iter_batches(batch_size=rows):
                arrays = [with_nulls(spelling.of(place, column, _text)) for place, column in enumerate(batch.columns)]
                numbers = pa.array(np.arange(start + 1, start + batch.num_rows + 1))
                names = [*(f"c{place}" for place in range(len(arrays))), LINE]
                yield 0, pa.RecordBatch.from_arrays([*arrays, numbers], names=names)
                start += batch.num_rows
        except (pa.ArrowInvalid, OSError) as error:
            raise refusal("IO101", f"the Parquet file cannot be read: {error}", source.name) from error


def _text(column: pa.Array) -> pa.Array:
    """Return a column as text; what is empty, or no number among numbers, is no value."""
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), pa.nulls(1, column.type)[0], column)
    text = text_column(column)
    text = text.cast(pa.string()) if pa.types.is_dictionary(text.type) else text
    return pc.if_else(pc.equal(text, ""), pa.nulls(1, pa.string())[0], text)
