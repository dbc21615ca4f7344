"""Writes tables whose columns are component ids: plain CSV and Parquet."""

from collections.abc import Sequence
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.csv_text import cells, header, records
from semstat.interop.formats.outgoing import Losses, Outgoing, Settings
from semstat.interop.formats.sdmx.write_csv import written_columns
from semstat.interop.formats.spool import column
from semstat.interop.formats.write_limits import (
    EmptyTexts,
    first_dataset,
    lost_arrays,
    lost_kinds,
    lost_languages,
    observations_of,
    single,
)
from semstat.validators.observations import PART_SEPARATOR

__all__ = ["write_parquet", "write_table"]

_CODES = pa.dictionary(pa.int32(), pa.string())


def write_table(datasets: Sequence[Outgoing], sink: BinaryIO, settings: Settings, losses: Losses) -> None:
    """Write the first dataset as CSV with a header of component ids.

    Findings:
        IO221 (several values), IO222 (languages), IO223 (actions), IO224 (partial keys), IO228 (empty texts), IO229 (further
        datasets).

    Source:
        RFC 4180.
    """
    dataset = first_dataset(datasets, losses, "CSV")
    lost_kinds(dataset, losses, "CSV")
    lost_arrays(dataset, losses, "CSV")
    lost_languages(dataset, losses)
    names = written_columns([dataset])
    empty = EmptyTexts(dataset)
    sink.write(header(names))
    for batch in dataset.records.batches():
        kept = observations_of(batch)
        sink.write(records([cells(single(empty.seen(kept, name), name, dataset)) for name in names]))
    empty.report(losses)


def write_parquet(datasets: Sequence[Outgoing], sink: BinaryIO, settings: Settings, losses: Losses) -> None:
    """Write the first dataset as Parquet: text as it stands, coded components by dictionary, several values as lists.

    Findings:
        IO222 (languages), IO223 (actions), IO224 (partial keys), IO229 (further datasets).
    """
    import pyarrow.parquet as pq

    dataset = first_dataset(datasets, losses, "Parquet")
    lost_kinds(dataset, losses, "Parquet")
    lost_languages(dataset, losses)
    names = written_columns([dataset])
    coded = {item.id for item in dataset.view.components if item.codelist is not None}
    types = {name: _CODES if name in coded else pa.string() for name in names}
    types |= {name: pa.list_(pa.string()) for name in names if name in dataset.multivalued}
    schema = pa.schema(list(types.items()))
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for batch in dataset.records.batches():
            kept = observations_of(batch)
            columns = [_typed(column(kept, name), kind) for name, kind in types.items()]
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))


def _typed(values: pa.Array, kind: pa.DataType) -> pa.Array:
    if pa.types.is_list(kind):
        return pc.split_pattern(values.cast(pa.string()), PART_SEPARATOR)
    if pa.types.is_dictionary(kind):
        return values.cast(pa.string()).dictionary_encode().cast(kind)
    return values.cast(kind)
