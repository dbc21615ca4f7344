"""A data file as its reader hands it on: columns with what the file itself says of them, and rows in batches."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pyarrow as pa

from semstat.validators.diagnostics import Diagnostic

__all__ = ["LINE", "DataColumn", "DataTable", "Part"]

LINE = "_line"
"""Column (int64) of a batch: the line that the record begins on, or where a format has no lines the number of the record."""


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column with what the file itself says of it.

    ``label`` is ``None`` where the format has no labels, empty where none is given. ``labels`` gives the labels of single
    values, as the values are written in the batches; ``missing`` the values and stretches that the file declares missing.
    ``kind`` is ``numeric``, ``text``, ``date`` or ``None`` where the format does not say; ``display`` the file's own format of
    it (``F8.2``).
    """

    name: str
    label: str | None = None
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    missing: tuple[tuple[str, str], ...] = ()
    kind: str | None = None
    display: str | None = None
    width: int | None = None
    decimals: int | None = None


Part = tuple[int, pa.RecordBatch]
"""Some records of one kind: the number of the kind, from 0, and the batch."""


@dataclass(slots=True)
class DataTable:
    """A data file on its way to an executor.

    ``kinds`` are the columns of each kind of record; most files have one kind. Batches of a kind have its columns by their
    number (``c0``, ``c1``, …), of type string or dictionary of string, and :data:`LINE`. A cell without a value is null, and in
    a dictionary its text may be, whatever the format writes for it; Stata's extended missing values keep their name (``.a``).
    All else is as the file spells it. ``findings`` and ``records`` are complete once the batches are consumed; ``lengths`` are
    the shortest and the longest line of each kind, where lines have a length. ``header_line`` is that of the names;
    ``has_labels`` says whether the format can carry labels at all; ``has_names`` whether it has names.
    """

    source: str
    format: str
    kinds: tuple[tuple[DataColumn, ...], ...]
    batches: Iterator[Part]
    findings: list[Diagnostic] = field(default_factory=list)
    encoding: str | None = None
    header_line: int | None = None
    has_lines: bool = True
    has_names: bool = True
    has_labels: bool = False
    records: int = 0
    lengths: dict[int, tuple[int, int, int]] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[DataColumn, ...]:
        """The columns of the first kind of record."""
        return self.kinds[0]

    def close(self) -> None:
        """Give back what a file holds whose rows nobody wants; only a stream that has begun closes what it reads."""
        if isinstance(self.batches, Generator):
            next(self.batches, None)
            self.batches.close()
