"""Reads SDMX-CSV 1.0, 2.0 and 2.1 into datasets: one per structure that the file names."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.csv_blocks import CsvBlock, CsvTable
from semstat.interop.formats.dataset import ComponentIds, Dataset, FindStructure, StructureRef, Tally
from semstat.interop.formats.findings import Findings
from semstat.interop.formats.sdmx.csv_header import Column, Layout, read_layout, roles, separator_of
from semstat.interop.formats.sdmx.csv_rows import STRUCTURE_KINDS, Key, key_of_rows, record_batch
from semstat.interop.sources import Source
from semstat.validators.observations import PER_RECORD, Observations

__all__ = ["open_csv"]

_REFERENCE = re.compile(r"(?P<agency>[^:\s]+):(?P<id>[^:()\s]+)(?:\((?P<version>[^)]*)\))?(?:: .*)?", re.DOTALL)


def open_csv(source: Source, find_structure: FindStructure) -> Iterator[Dataset]:
    """Yield the datasets of an SDMX-CSV file.

    Rows are grouped by STRUCTURE and STRUCTURE_ID, wherever they stand. The first structure's rows are streamed in
    one pass over the file; each further structure takes one more pass. A row of action *Delete* becomes a ``delete``
    record, a row with an empty dimension and no measure an ``attributes`` record. An empty cell is an absent value;
    ``NA`` is text.

    Findings:
        IO106 (not UTF-8), IO108 (a column without a name of its own), IO109 (ragged records), IO110 (no records), IO113
        (sub-field delimiter not stated), DF013 (STRUCTURE is not one of the three words, STRUCTURE_ID not
        ``AGENCY:ID(VERSION)``), DF014 (unknown action).

    Source:
        SDMX-CSV 1.0 and 2.0 field guides.
    """
    found: dict[Key, int] = {}
    index = 0
    while index == 0 or index < len(found):
        with closing(source.open()) as stream:
            tally = Tally()
            # What is wrong with the file as a whole is reported in the first pass, not in every pass.
            table = CsvTable(stream, Findings(source.name, tally.diagnostics if index == 0 else []))
            yield _Pass(source, table, tally, found, index).dataset(find_structure)
        index += 1


@dataclass(slots=True)
class _Pass:
    """One pass over the file, for the structure with this index in the order of first appearance."""

    source: Source
    table: CsvTable
    tally: Tally
    found: dict[Key, int]
    index: int

    def dataset(self, find_structure: FindStructure) -> Dataset:
        separator = separator_of(self.table.first_line)
        layout = read_layout(self.table.header(separator), separator)
        findings = Findings(self.source.name, self.tally.diagnostics)
        blocks = self.table.blocks(len(layout.columns))
        first = next((block for block in blocks if len(block.lines)), None)
        if first is not None:
            self._keys(first, layout)
        key = list(self.found)[self.index] if self.found else None
        line = self.found.get(key) if key else None
        reference = _reference(key, layout, findings, line) if key else None
        if first is None and not self.table.left_out:
            findings.add("IO110", "the file has a header and no records", line=self.table.header_line)
        components = find_structure(reference)
        columns = roles(layout, components)
        if self.index == 0:
            self._report_header(layout, columns, findings)
        many = {column.id for column in layout.columns if column.many}
        return Dataset(
            reference=reference,
            format=f"sdmx-csv-{layout.version}",
            index=self.index + 1,
            observations=Observations(
                self._batches(first, blocks, (layout, columns), components, findings, key),
                source=self.source.name,
                multivalued=frozenset(many) | (components.multivalued if components else frozenset()),
                allows_custom_columns=True,
                action=PER_RECORD if layout.first("action") is not None else None,
            ),
            tally=self.tally,
            line=line,
        )

    def _report_header(self, layout: Layout, columns: tuple[Column, ...], findings: Findings) -> None:
        line = self.table.header_line
        for place, column in enumerate(columns, start=1):
            if column.role == "left_out":
                what = f"repeats the name `{column.id}`" if column.id else "has no name"
                findings.add("IO108", f"column {place} {what} and is left out", line=line, path=column.id or None)
        if not layout.inner_stated:
            text = "the header has multi-valued columns and states no sub-field delimiter; `;` is assumed"
            findings.add("IO113", text, line=line)

    def _keys(self, block: CsvBlock, layout: Layout) -> tuple[np.ndarray, list[Key]]:
        codes, keys = key_of_rows(block, layout)
        for place, key in enumerate(keys):
            if key not in self.found:
                self.found[key] = int(block.lines[int(np.argmax(codes == place))])
        return codes, keys

    def _batches(
        self,
        first: CsvBlock | None,
        blocks: Iterator[CsvBlock],
        header: tuple[Layout, tuple[Column, ...]],
        components: ComponentIds | None,
        findings: Findings,
        key: Key | None,
    ) -> Iterator[pa.RecordBatch]:
        layout, columns = header
        block = first
        while block is not None:
            codes, keys = self._keys(block, layout)
            mine = keys.index(key) if key in keys else -1
            if mine >= 0:
                rows = block if len(keys) == 1 else _select(block, codes == mine)
                self.tally.observations += len(rows.lines)
                yield record_batch(rows, columns, layout, components, findings)
            block = next(blocks, None)
        if self.index == 0:
            self.tally.observations += self.table.left_out


def _select(block: CsvBlock, mask: np.ndarray) -> CsvBlock:
    chosen = pa.array(mask)
    return CsvBlock([pc.filter(column, chosen) for column in block.columns], block.lines[mask])


def _reference(key: Key, layout: Layout, findings: Findings, line: int | None) -> StructureRef | None:
    word, name = key
    kind = "Dataflow" if layout.version == "1.0" else STRUCTURE_KINDS.get(word or "")
    if kind is None:
        what = "STRUCTURE is empty" if word is None else f"STRUCTURE is `{word}`"
        expected = ", ".join(STRUCTURE_KINDS)
        findings.add(
            "DF013", f"{what}, not one of {expected}", line=line, path="STRUCTURE", value=word, expected=expected
        )
    match = _REFERENCE.fullmatch(name or "")
    if match is None:
        column = "DATAFLOW" if layout.version == "1.0" else "STRUCTURE_ID"
        what = f"{column} is empty" if name is None else f"{column} is `{name}`, not AGENCY:ID(VERSION)"
        findings.add("DF013", what, line=line, path=column, value=name, expected="AGENCY:ID(VERSION)")
        return None
    return StructureRef(kind, match["agency"], match["id"], match["version"])
