"""Microdata in plain text: CSV with any separator and encoding, and records without separators, by their layout."""

import codecs
from collections.abc import Iterator
from contextlib import closing
from io import BufferedReader, RawIOBase
from typing import BinaryIO, cast

import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.csv_blocks import CsvTable
from semstat.interop.formats.findings import Findings
from semstat.interop.sources import Source, refusal
from semstat.validators.microdata.data_table import LINE, DataColumn, DataTable, Part

__all__ = ["open_csv", "transcoded", "with_nulls"]

_SEPARATORS = ",;\t|"
_SYSTEM_MISSING = r"^\s*[+-]?1\.797[0-9]*[eE]\+?308\s*$|^\s*[+-]?1797[0-9]{305}(\.0*)?\s*$"
"""The largest double, which Nesstar and SPSS export for cells without a value; however it is written, 1.797e308 or more."""

_SHORTEST = len("1.797e308")


class _Transcoded(RawIOBase):
    """Turns a stream of another encoding into UTF-8; what cannot be decoded stays as a byte that UTF-8 forbids."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream, self._left = stream, b""
        self._decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # any writable buffer
        while not self._left:
            data = self._stream.read(1 << 18)
            self._left = self._decoder.decode(data, not data).encode("utf-8", "surrogateescape")
            if not data:
                break
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count

    def close(self) -> None:
        self._stream.close()
        super().close()


def transcoded(source: Source, encoding: str | None) -> BinaryIO:
    """Open a text as UTF-8.

    Raises:
        InputRefused: IO106, no encoding has that name.
    """
    if encoding is None:
        return source.open()
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise refusal("IO106", f"there is no encoding called `{encoding}`", source.name) from error
    return cast(BinaryIO, BufferedReader(_Transcoded(source.open(), encoding), 1 << 18))


def open_csv(source: Source, *, separator: str | None = None, encoding: str | None = None) -> DataTable:
    """Return a CSV file whose header names its variables.

    The separator, if none is given, is the one of comma, semicolon, tab and bar that occurs most often in the header. A cell
    without text has no value, nor has one with the largest double. Two columns may have one name: both are handed on.

    Findings:
        IO106 (cannot be decoded), IO109 (ragged records), IO110 (no records).

    Source:
        RFC 4180; DDI Codebook files of Nesstar, which write 1.79769313486232e+308 for system-missing cells.
    """
    found = Findings(source.name, [])
    stream = transcoded(source, encoding)
    table = CsvTable(stream, found)
    names = [cell.strip() for cell in table.header(separator or _separator(table.first_line))]
    columns = tuple(DataColumn(name) for name in names)
    batches = _csv_batches(table, stream, len(names), found)
    return DataTable(source.name, "csv", (columns,), batches, found.into, encoding or "UTF-8", table.header_line)


def _separator(line: str) -> str:
    outside = "".join(line.split('"')[::2])
    return max(_SEPARATORS, key=lambda separator: (outside.count(separator), -_SEPARATORS.index(separator)))


def _csv_batches(table: CsvTable, stream: BinaryIO, width: int, found: Findings) -> Iterator[Part]:
    rows = 0
    with closing(stream):
        for block in table.blocks(width):
            rows += len(block.lines)
            arrays = [with_nulls(column) for column in block.columns]
            yield (
                0,
                pa.RecordBatch.from_arrays(
                    [*arrays, pa.array(block.lines)], names=[*(f"c{place}" for place in range(width)), LINE]
                ),
            )
    if not rows + table.left_out:
        found.add("IO110", "the file has a header and no records", line=table.header_line)


def with_nulls(column: pa.Array) -> pa.Array:
    """Return a column of text with null where a program wrote that there is no value.

    Example:
        >>> with_nulls(pa.array(["1.79769313486232e+308", "1.797", "7"])).to_pylist()
        [None, '1.797', '7']
    """
    if isinstance(column, pa.DictionaryArray):
        return pa.DictionaryArray.from_arrays(column.indices, with_nulls(column.dictionary))
    longest = pc.max(pc.binary_length(column)).as_py()
    if longest is None or longest < _SHORTEST:
        return column
    mask = pc.match_substring_regex(column, _SYSTEM_MISSING)
    return pc.if_else(mask, pa.nulls(1, pa.string())[0], column) if pc.any(mask).as_py() else column
