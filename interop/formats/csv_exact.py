"""CSV record by record: exact physical lines, ragged records reported, for what the fast engine does not take."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from semstat.interop.formats.findings import Findings

__all__ = ["ExactReader", "Record", "physical_lines"]

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_LONGEST = 1 << 30
_PATIENCE = 20
"""Quotation marks that are never closed, after which every record is taken to end with its line."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the physical line that it begins on, and its cells."""

    line: int
    cells: list[str]


def physical_lines(data: bytes) -> Iterator[bytes]:
    """Yield the lines of a text with their ends: line feed, carriage return, or both."""
    return (match[0] for match in _LINE.finditer(data))


class ExactReader:
    """Reads blocks of CSV with Python's own reader; keeps count of quotation marks that are never closed.

    Args:
        separator: The character between cells.
        findings: Receives IO109.
    """

    def __init__(self, separator: str, findings: Findings) -> None:
        self._separator, self._findings = separator, findings
        self.unclosed = 0
        """Records left out so far because a quotation mark in them is not closed."""

    def read(self, data: bytes, line: int, *, last: bool) -> tuple[list[Record], int, int]:
        """Return the records of a block, and how many bytes and physical lines they take.

        Blank lines are passed over. A record that the block does not hold in full is left for the next one, unless this
        is the ``last``.

        Findings:
            IO109: a quotation mark is opened and not closed where a cell ends; the line is left out.
        """
        lines = list(physical_lines(data))
        records: list[Record] = []
        start = 0
        while start < len(lines):
            cells, end = self._record(lines, start)
            if end == len(lines) and not last and _open(lines[start:end]):
                break
            if cells is None or not self._sound(lines[start:end]):
                self._report_unclosed(line + start)
                end = start + 1
            elif cells:
                records.append(Record(line + start, cells))
            start = end
        return records, sum(map(len, lines[:start])), start

    def _record(self, lines: list[bytes], start: int) -> tuple[list[str] | None, int]:
        """Return the cells of the record that begins on a line (``None`` if it does not end) and the line after it."""
        stop = len(lines) if self.unclosed < _PATIENCE else start + 1
        position = start

        def text() -> Iterator[str]:
            nonlocal position
            while position < stop:
                position += 1
                yield lines[position - 1].decode("utf-8", "replace")

        try:
            with _cells_of_any_length():
                return next(csv.reader(text(), delimiter=self._separator)), position
        except csv.Error:
            return None, position

    def _sound(self, lines: list[bytes]) -> bool:
        """Tell whether the quotation marks of a record are in order, as far as that can have made it longer or shorter.

        A mark inside a cell that does not begin with one is text; text after a closing mark is tolerated on one line.
        """
        if len(lines) == 1 and not _open(lines):
            return True
        text = (line.decode("utf-8", "replace") for line in lines)
        try:
            with _cells_of_any_length():
                list(csv.reader(text, delimiter=self._separator, strict=True))
        except csv.Error as error:
            return len(lines) == 1 and "expected after" in str(error)
        return True

    def _report_unclosed(self, line: int) -> None:
        self.unclosed += 1
        self._findings.add(
            "IO109", "a quotation mark in this record is not closed where a cell ends; the line is left out", line=line
        )


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """Lift the limit on the length of a cell; it holds for the whole process, so it is put back at once."""
    before = csv.field_size_limit(_LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _open(lines: list[bytes]) -> bool:
    return bool(sum(line.count(b'"') for line in lines) & 1)
