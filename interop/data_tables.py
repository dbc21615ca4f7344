"""Data files as tables in memory: every format that is read, in columns of text that any data frame takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING

from semstat.interop.counting import InputRefused, Limits
from semstat.interop.inputs import inputs, structure_inputs
from semstat.interop.options import Options
from semstat.interop.reading import read_sources
from semstat.interop.reports import UNREADABLE
from semstat.interop.sources import Source
from semstat.interop.structures import Structures
from semstat.validators.diagnostics import Diagnostic
from semstat.validators.observations import KIND, LINE, RECORD_KINDS

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["DataTable", "read_data"]


@dataclass(frozen=True, slots=True)
class DataTable:
    """A dataset as a table: one column of text for each component that has a value, and ``_line``, where it stood.

    Codes and numbers are the text of the source: ``"01"``, ``"NA"``, ``"1.50"``. ``structure`` is the name that the
    dataset gives, ``None`` where it gives none; ``diagnostics`` is what was found while reading.
    """

    source: str
    structure: str | None
    table: "pa.Table"
    diagnostics: tuple[Diagnostic, ...] = ()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand the table on by the Arrow PyCapsule interface, as pandas, polars and DuckDB take it."""
        return self.table.__arrow_c_stream__(requested_schema)


def read_data(
    data: Sequence[str | PathLike[str]],
    *,
    structure: Sequence[str | PathLike[str]] = (),
    options: Options | None = None,
    limits: Limits = Limits(),
) -> tuple[DataTable, ...]:
    """Return the datasets of data files as tables, one for each dataset, in the order of the files.

    Observations only: records that carry attributes alone or delete something are left out. Nothing is judged.

    Args:
        data: Files, folders, archives, ``-`` for standard input.
        structure: Structure messages that describe the data; without them, groups and multi-valued components are read as
            the format lets them be told.
        options: ``against`` and ``format`` are looked at.
        limits: What inputs may grow to.

    Raises:
        InputRefused: an input is missing, malformed or unsafe; its ``diagnostic`` says where and why.

    Example:
        >>> read_data(["no-such-file.csv"])
        Traceback (most recent call last):
        ...
        semstat.interop.counting.InputRefused: IO104 no-such-file.csv: there is no such file or directory
    """
    chosen = options or Options()
    reading = read_sources(list(structure_inputs(structure, limits)))
    for problem in reading.document.diagnostics:
        if problem.rule in UNREADABLE:
            raise InputRefused(problem)
    structures = Structures(reading.document.graph, chosen.against)
    tables: list[DataTable] = []
    for item in inputs(data, limits):
        if isinstance(item, Diagnostic):
            raise InputRefused(item)
        tables += _tables(item, structures, chosen.format)
    return tuple(tables)


def _tables(source: Source, structures: Structures, format: str | None) -> list[DataTable]:
    from semstat.interop.formats.data import open_data

    tables = []
    for dataset in open_data(source, structures.components, format=format):
        parts = [_plain(batch) for batch in dataset.observations.batches]
        named = dataset.reference.short if dataset.reference is not None else None
        if dataset.index:
            tables.append(DataTable(source.name, named, _joined(parts), tuple(dataset.tally.diagnostics)))
    return tables


def _plain(batch: "pa.RecordBatch") -> "pa.Table":
    """Return the observations of a batch, dictionaries as plain text, without the columns that only readers need."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kept = batch
    if KIND in batch.schema.names:
        kind = batch.column(KIND)
        others = [number for number, name in enumerate(RECORD_KINDS) if name in {"attributes", "delete"}]
        kept = batch.filter(pc.invert(pc.is_in(kind, value_set=pa.array(others, kind.type))))
    names = [name for name in kept.schema.names if name == LINE or not name.startswith("_")]
    columns = [
        column if (column := kept.column(name)).type == pa.int64() else column.cast(pa.string()) for name in names
    ]
    return pa.table(columns, names=names)


def _joined(parts: "Sequence[pa.Table]") -> "pa.Table":
    import pyarrow as pa

    whole = pa.concat_tables(parts, promote_options="default") if parts else pa.table({LINE: pa.array([], pa.int64())})
    lines = [name for name in whole.schema.names if name == LINE]
    return whole.select([*(name for name in whole.schema.names if name != LINE), *lines])
