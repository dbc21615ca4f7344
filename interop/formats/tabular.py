"""Reads tables whose columns are component ids: plain CSV and Parquet."""

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa

from semstat.interop.formats.csv_blocks import CsvTable
from semstat.interop.formats.dataset import Dataset, FindStructure, Tally
from semstat.interop.formats.findings import Findings
from semstat.interop.sources import Source, refusal
from semstat.validators.observations import LINE, Observations
from semstat.validators.tables import text_batches, text_column

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

__all__ = ["open_parquet", "open_table"]

_SEPARATORS = ",;\t|"
_ROWS = 100_000
_MOST_BYTES = 1 << 30
"""The largest packed Parquet file that is read: it is held in memory."""


def open_table(source: Source, find_structure: FindStructure) -> Iterator[Dataset]:
    """Yield the one dataset of a CSV file whose header holds component ids.

    The separator is the one of comma, semicolon, tab and bar that occurs most often in the header, outside quotation
    marks. An empty cell is an absent value; ``NA`` is text.

    Findings:
        IO106 (not UTF-8), IO109 (ragged records), IO110 (no records), IO108 (a column without a name of its own).

    Source:
        RFC 4180.
    """
    with closing(source.open()) as stream:
        tally = Tally()
        findings = Findings(source.name, tally.diagnostics)
        table = CsvTable(stream, findings)
        components = find_structure(None)
        header = [cell.strip() for cell in table.header(_separator(table.first_line))]
        header = [components.meant(name) for name in header] if components else header
        names: dict[str, int] = {}
        for place, name in enumerate(header):
            if not name or name in names:
                what = f"repeats the name `{name}`" if name else "has no name"
                message = f"column {place + 1} {what} and is left out"
                findings.add("IO108", message, line=table.header_line, path=name or None)
            else:
                names[name] = place
        many = components.multivalued if components else frozenset[str]()
        batches = _table_batches(table, len(header), names, tally, findings)
        observations = Observations(batches, source=source.name, multivalued=many)
        yield Dataset(None, "csv", 1, observations, tally, line=table.header_line)


def _separator(line: str) -> str:
    outside = "".join(line.split('"')[::2])
    return max(_SEPARATORS, key=lambda separator: (outside.count(separator), -_SEPARATORS.index(separator)))


def _table_batches(
    table: CsvTable, width: int, names: dict[str, int], tally: Tally, findings: Findings
) -> Iterator[pa.RecordBatch]:
    for block in table.blocks(width):
        if len(block.lines):
            tally.observations += len(block.lines)
            columns = [block.columns[place] for place in names.values()]
            yield pa.RecordBatch.from_arrays([*columns, pa.array(block.lines)], names=[*names, LINE])
    tally.observations += table.left_out
    if not tally.observations:
        findings.add("IO110", "the file has a header and no records", line=table.header_line)


def _whole(stream: BinaryIO, name: str) -> bytes:
    """Return a stream that cannot go back as bytes, since a Parquet file is read from its end."""
    data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise refusal("IO107", f"a packed Parquet file of more than {_MOST_BYTES} bytes is not read", name)
    return data


def open_parquet(source: Source, find_structure: FindStructure) -> Iterator[Dataset]:
    """Yield the one dataset of a Parquet file whose columns are component ids; typed columns become text.

    Raises:
        InputRefused: IO101, the file is not a whole Parquet file; IO112, a column's type has no text form.
    """
    import pyarrow.parquet as pq

    with closing(source.open()) as stream:
        seekable = stream if stream.seekable() else pa.BufferReader(_whole(stream, source.name))
        try:
            file = pq.ParquetFile(seekable)
            for field in file.schema_arrow:
                text_column(pa.nulls(0, field.type))
        except (pa.ArrowInvalid, OSError) as error:  # Arrow says OSError of a footer that it cannot decode
            raise refusal("IO101", f"the Parquet file cannot be read: {str(error).strip()}", source.name) from error
        except TypeError as error:
            raise refusal("IO112", f"column `{field.name}`: {error}", source.name) from error
        tally = Tally()
        components = find_structure(None)
        lists = {field.name for field in file.schema_arrow if pa.types.is_list(field.type)}
        many = frozenset(lists) | (components.multivalued if components else frozenset[str]())
        batches = _parquet_batches(file, source, tally)
        if components is not None and components.fixed_ids.keys() & set(file.schema_arrow.names):
            batches = (
                batch.rename_columns([components.meant(name) for name in batch.schema.names]) for batch in batches
            )
        observations = Observations(batches, source=source.name, multivalued=many)
        yield Dataset(None, "parquet", 1, observations, tally)


def _parquet_batches(file: "ParquetFile", source: Source, tally: Tally) -> Iterator[pa.RecordBatch]:
    try:
        for batch in text_batches(file.iter_batches(batch_size=_ROWS)):
            tally.observations += batch.num_rows
            yield batch
    except (pa.ArrowInvalid, OSError, TypeError) as error:
        raise refusal("IO101", f"the Parquet file cannot be read: {error}", source.name) from error
    if not tally.observations:
        Findings(source.name, tally.diagnostics).add("IO110", "the file has no records")
