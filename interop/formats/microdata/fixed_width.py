"""Records without separators, read by the layout that their documentation gives.

Source:
    DDI Codebook 2.6, ``location``, ``recGrp/@rtypeloc`` and ``@rtypewidth``; ``var/@dcml`` for decimals without a point.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.csv_feed import CsvFeed
from semstat.interop.formats.findings import Findings
from semstat.interop.formats.microdata.spelling import Spelling
from semstat.interop.formats.microdata.text import transcoded
from semstat.interop.sources import Source
from semstat.validators.microdata.data_table import LINE, DataColumn, DataTable, Part
from semstat.validators.microdata.described_files import DescribedFile, DescribedRecord, DescribedVariable

__all__ = ["has_layout", "open_fixed_width"]


def has_layout(file: DescribedFile) -> bool:
    """Tell whether documentation says where each variable of a file begins and ends."""
    variables = list(file.variables)
    return bool(variables) and all(_place(variable) is not None for variable in variables)


def _place(variable: DescribedVariable) -> tuple[int, int] | None:
    """Return the first character of a variable, from 0, and the one after its last."""
    start, width = variable.start, variable.width
    if start is None or (width is None and variable.end is None):
        return None
    return start - 1, variable.end if variable.end is not None else start - 1 + (width or 0)


def open_fixed_width(source: Source, file: DescribedFile, *, encoding: str | None = None) -> DataTable:
    """Return a file of records without separators; its kinds are the records of its description.

    Blanks alone are no value. A number without a point whose variable has decimals is given one, that many digits from its
    end. A line of no kind that is described is reported and left out.

    Findings:
        IO106 (cannot be decoded), IO109 (a line too short for a variable, or of no kind), IO110 (no records).
    """
    found = Findings(source.name, [])
    kinds = tuple(tuple(_column(variable) for variable in record.variables) for record in file.records)
    table = DataTable(source.name, "fixed-width", kinds, iter(()), found.into, encoding or "UTF-8", has_names=False)
    table.batches = _batches(source, file.records, table, found, encoding)
    return table


def _column(variable: DescribedVariable) -> DataColumn:
    return DataColumn(variable.name, width=variable.width, decimals=variable.decimals)


def _batches(
    source: Source, records: Sequence[DescribedRecord], table: DataTable, found: Findings, encoding: str | None
) -> Iterator[Part]:
    rows = 0
    spelling = [Spelling() for _ in records]
    with closing(transcoded(source, encoding)) as stream:
        feed = CsvFeed(stream, found)
        while raw := feed.block():
            lines = _lines(feed.checked(raw))
            numbers = np.arange(feed.line, feed.line + len(lines), dtype=np.int64)
            feed.take(len(raw), len(lines))
            rows += len(lines)
            yield from _parts(lines, numbers, records, table, spelling, found)
    if not rows:
        found.add("IO110", "the file has no records")


def _lines(data: bytes) -> pa.Array:
    """Return the lines of a text; those of an ASCII text as bytes, in which every place is found at once."""
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == _LINE_FEED) + 1
    if not data.endswith(b"\n"):
        ends = np.append(ends, len(data))
    bounds = pa.py_buffer(np.concatenate([[0], ends]).astype(np.int32))
    lines = pc.utf8_rtrim(pa.StringArray.from_buffers(len(ends), bounds, pa.py_buffer(data)), "\r\n")
    return lines.cast(pa.binary()) if data.isascii() else lines


_LINE_FEED = ord("\n")


def _parts(
    lines: pa.Array,
    numbers: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    records: Sequence[DescribedRecord],
    table: DataTable,
    spelling: Sequence[Spelling],
    found: Findings,
) -> Iterator[Part]:
    kept = np.asarray(pc.not_equal(pc.binary_length(lines), 0).to_numpy(zero_copy_only=False), dtype=np.bool_)
    claimed = ~kept
    for kind, record in enumerate(records):
        mask = kept & _of_kind(lines, record)
        claimed |= mask
        if mask.any():
            chosen = lines if mask.all() else lines.filter(pa.array(mask))
            _measure(table, kind, chosen)
            arrays = [_cells(chosen, place, item, spelling[kind]) for place, item in enumerate(record.variables)]
            names = [*(f"c{place}" for place in range(len(arrays))), LINE]
            yield kind, pa.RecordBatch.from_arrays([*arrays, pa.array(numbers[mask])], names=names)
    for place in np.flatnonzero(~claimed):
        found.add("IO109", "the record is of no kind that is described; it is left out", line=int(numbers[place]))


def _of_kind(lines: pa.Array, record: DescribedRecord) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    if record.type is None or record.type_start is None:
        return np.ones(len(lines), dtype=np.bool_)
    start = record.type_start - 1
    told = pc.utf8_trim_whitespace(_slice(lines, start, start + (record.type_width or len(record.type))))
    return np.asarray(pc.equal(told, record.type.strip()).to_numpy(zero_copy_only=False), dtype=np.bool_)


def _measure(table: DataTable, kind: int, lines: pa.Array) -> None:
    """Keep the shortest and the longest line of a kind, and how many there are."""
    sizes = pc.utf8_length(lines) if lines.type == pa.string() else pc.binary_length(lines)
    low, high = pc.min(sizes).as_py(), pc.max(sizes).as_py()
    known = table.lengths.get(kind, (low, high, 0))
    table.lengths[kind] = (min(low, known[0]), max(high, known[1]), known[2] + len(lines))


def _slice(lines: pa.Array, start: int, end: int) -> pa.Array:
    """Return what stands between two places of each line."""
    if lines.type == pa.string():
        return pc.utf8_slice_codeunits(lines, start, end)
    return pc.binary_slice(lines, start, end).cast(pa.string())


def _cells(lines: pa.Array, place: int, variable: DescribedVariable, spelling: Spelling) -> pa.Array:
    stretch = _place(variable)
    if stretch is None:
        return pa.nulls(len(lines), pa.string())
    return spelling.of(place, _slice(lines, *stretch), lambda cells: _spelled(cells, variable.decimals))


def _spelled(cells: pa.Array, decimals: int | None) -> pa.Array:
    """Return cells without blanks at their end, null for blanks alone, and numbers with the point that is implied."""
    blank = pc.equal(pc.utf8_trim_whitespace(cells), "")
    cells = pc.if_else(blank, pa.nulls(1, pa.string())[0], pc.utf8_rtrim_whitespace(cells))
    if not decimals:
        return cells
    padded = pc.replace_substring_regex(cells, r"^(\s*[+-]?)([0-9]+)$", r"\1" + "0" * decimals + r"\2")
    whole = pc.match_substring_regex(cells, r"^\s*[+-]?[0-9]+$")
    pointed = pc.replace_substring_regex(padded, rf"^(\s*[+-]?[0-9]*)([0-9]{{{decimals}}})$", r"\1.\2")
    return pc.if_else(whole, pc.replace_substring_regex(pointed, r"^(\s*[+-]?)0+([0-9])", r"\1\2"), cells)
