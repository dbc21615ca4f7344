"""CSV as columns of text with exact lines: by Arrow where it provably keeps them, record by record elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from semstat.interop.formats.csv_exact import ExactReader, Record, physical_lines
from semstat.interop.formats.csv_feed import BLOCK_SIZE, CsvFeed
from semstat.interop.formats.findings import Findings

__all__ = ["CsvBlock", "CsvTable"]

_CODES = pa.dictionary(pa.int32(), pa.string())
_SAMPLE = 1 << 18


@dataclass(frozen=True, slots=True)
class CsvBlock:
    """Some records: one array of text per column (empty cells are null) and the line each record begins on."""

    columns: list[pa.Array]
    lines: npt.NDArray[np.int64]


class CsvTable:
    """A CSV file: its header, then its records in blocks.

    Args:
        stream: The input, from its first byte.
        findings: Receives IO106 and IO109.
        size: Bytes of a block, about.
    """

    def __init__(self, stream: BinaryIO, findings: Findings, *, size: int = BLOCK_SIZE) -> None:
        self._feed = CsvFeed(stream, findings, size=size)
        self._findings = findings
        self._types: list[pa.DataType] = []
        self._separator = ","
        self._ragged = 0
        self.first_line = self._feed.first_line()
        self.header_line = self._feed.line

    def header(self, separator: str) -> list[str]:
        """Take the header and return its cells; they are read with this separator, as are all records after it."""
        self._separator = separator
        self._exact = ExactReader(separator, self._findings)
        block = self._feed.block()
        end = marks = 0
        # The header alone: as many lines as its quotation marks need, one as a rule.
        for line in physical_lines(block):
            end += len(line)
            marks += line.count(b'"')
            if not marks & 1:
                break
        self._feed.checked(block[:end])
        records, size, lines = self._exact.read(block[:end], self._feed.line, last=True)
        self._feed.take(size, lines)
        return records[0].cells if records else []

    @property
    def left_out(self) -> int:
        """How many records were reported and left out so far."""
        return self._ragged + self._exact.unclosed

    def blocks(self, width: int) -> Iterator[CsvBlock]:
        """Yield the records after the header; those that do not have ``width`` cells are reported and left out."""
        while raw := self._feed.block():
            data = self._feed.checked(raw)
            columns = self._fast(data, width)
            if columns is not None:
                count = len(columns[0])
                lines = np.arange(self._feed.line, self._feed.line + count, dtype=np.int64)
                self._feed.take(len(raw), count)
                yield CsvBlock(columns, lines)
                continue
            records, size, taken = self._exact.read(raw, self._feed.line, last=self._feed.ended)
            if not size:
                self._feed.grow()
                continue
            self._feed.take(size, taken)
            yield self._of_records(records, width)

    def _fast(self, data: bytes, width: int) -> list[pa.Array] | None:
        """Return the columns of a block if every physical line is one record of full width, else ``None``."""
        if not data.endswith(b"\n"):
            data += b"\n"
        if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
            return None
        self._types = self._types or self._choose(data, width)
        columns = _parse(data, self._separator, self._types)
        if columns is None or len(columns[0]) != data.count(b"\n"):
            return None
        # A quotation mark that is never closed swallows the last line feed, and the number of records stays right.
        last = columns[-1][-1].as_py()
        return None if last is not None and "\n" in last else columns

    def _choose(self, data: bytes, width: int) -> list[pa.DataType]:
        """Return a dictionary type for columns whose values recur in a sample, else plain text."""
        columns = _parse(data[: data.rfind(b"\n", 0, _SAMPLE) + 1], self._separator, [_CODES] * width)
        if columns is None or not len(columns[0]):
            return [_CODES] * width if columns is not None else [pa.string()] * width
        most = max(64, len(columns[0]) // 5)
        return [_CODES if len(column.dictionary) <= most else pa.string() for column in columns]

    def _of_records(self, records: list[Record], width: int) -> CsvBlock:
        kept = [record for record in records if len(record.cells) == width]
        self._ragged += len(records) - len(kept)
        for record in records:
            if len(record.cells) != width:
                cells = "1 cell" if len(record.cells) == 1 else f"{len(record.cells)} cells"
                message = f"the record has {cells} where the header has {width}; it is left out"
                self._findings.add(
                    "IO109", message, line=record.line, value=str(len(record.cells)), expected=str(width)
                )
        columns = [pa.array([record.cells[i] or None for record in kept], pa.string()) for i in range(width)]
        coded = [
            column.dictionary_encode() if self._types and self._types[i] == _CODES else column
            for i, column in enumerate(columns)
        ]
        return CsvBlock(coded, np.array([record.line for record in kept], dtype=np.int64))


def _parse(data: bytes, separator: str, types: list[pa.DataType]) -> list[pa.Array] | None:
    from pyarrow import csv

    names = [str(i) for i in range(len(types))]
    try:
        table = csv.read_csv(
            pa.py_buffer(data),
            csv.ReadOptions(column_names=names, block_size=len(data) + 1, use_threads=False),
            csv.ParseOptions(delimiter=separator, newlines_in_values=True),
            csv.ConvertOptions(
                column_types=dict(zip(names, types, strict=True)),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    return [_whole(column) for column in table.columns]


def _whole(column: pa.ChunkedArray) -> pa.Array:
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.array([], column.type) if column.num_chunks == 0 else column.combine_chunks()
