"""Files of SPSS, Stata and SAS, read by pyreadstat: the only module that imports it, and the fence around its quirks.

- A file is read by its path alone, so that what comes from an archive or a pipe is spooled to a temporary file first.
- Without ``user_missing`` the values that a file declares missing become null, and its ranges of them vanish.
- ``file_format`` of its metadata is not to be relied on; the first bytes are.
- A file that breaks off raises ``ReadstatError`` while rows are read, not when it is opened.
- Numbers come as floats, whole ones too; dates would become objects that forget the number, so they are left as numbers.
- Stata's extended missing values come as the letter alone (``a``), in a column that otherwise holds numbers.
- SAS files declare no labels of values; ``missing_ranges`` tells of SPSS files, ``missing_user_values`` of the others.
"""

import math
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.microdata.expanding import Expanded, Watched, expanded
from semstat.interop.formats.microdata.packaged import package_of
from semstat.interop.formats.microdata.spelling import Spelling
from semstat.interop.sources import Source, refusal
from semstat.validators.microdata.data_table import LINE, DataColumn, DataTable, Part
from semstat.validators.tables import text_column

if TYPE_CHECKING:
    from pyreadstat import metadata_container

__all__ = ["open_package"]

_CELLS = 3_000_000
"""How many cells are read at once, each being an object in the meantime; of a compressed file all before them are read too."""
_ROWS = 50_000
_PASSES = {"sav": 36, "zsav": 10}
"""From how many batches on a compressed file is expanded here: passing over rows is cheaper than that, until there are too many."""
_READERS = {
    "sav": "read_sav",
    "zsav": "read_sav",
    "por": "read_por",
    "dta": "read_dta",
    "sas7bdat": "read_sas7bdat",
    "xpt": "read_xport",
}
_DATES = ("DATE", "TIME", "%T", "%D", "YYMMDD", "MMDDYY", "DDMMYY", "%C")


@dataclass(frozen=True, slots=True)
class _File:
    """A file on disk with the function that reads it."""

    read: Callable[..., tuple[Mapping[str, Sequence[Any]], Any]]
    place: str | Expanded
    options: Mapping[str, object]
    name: str
    kind: str

    def rows(self, start: int, count: int) -> tuple[Mapping[str, Sequence[Any]], Any]:
        """Return some rows and the metadata.

        Raises:
            InputRefused: IO101, the file is broken or breaks off.
        """
        try:
            return self.read(self.place, row_offset=start, row_limit=count, output_format="dict", **self.options)
        except _readstat_errors() as error:
            message = (
                f"the file cannot be read from record {start + 1} on: {str(error).strip() or type(error).__name__}"
            )
            raise refusal("IO101", message, self.name) from error


def _readstat_errors() -> tuple[type[Exception], ...]:
    from pyreadstat import PyreadstatError, ReadstatError

    return (ReadstatError, PyreadstatError, UnicodeDecodeError, ValueError, OverflowError)


def open_package(source: Source, *, encoding: str | None = None) -> DataTable:
    """Return a file of SPSS (``.sav``, ``.zsav``, ``.por``), Stata (``.dta``) or SAS (``.sas7bdat``, ``.xpt``).

    Args:
        source: The file.
        encoding: That of its texts, where the file states a wrong one or none.

    Raises:
        InputRefused: IO101, the file is broken; IO103, it is none of these.
        MissingExtra: pyreadstat is not installed.

    Findings:
        None of their own: a file that breaks off is refused while its batches are read.
    """
    kind = package_of(source.head(256))
    if kind is None:
        raise refusal("IO103", "the file is none of SPSS, Stata or SAS", source.name)
    reader = _reader(kind)
    with ExitStack() as kept:
        file = _File(reader, _on_disk(source, kept, kind), _options(kind, encoding), source.name, kind)
        said = file.rows(0, 1)[1]
        most = max(1, min(_ROWS, _CELLS // max(len(said.column_names), 1)))
        if kind in _PASSES and (said.number_rows or 0) > _PASSES[kind] * most:
            file = _expanded(file, kept.enter_context(Path(str(file.place)).open("rb")))
        # What a file declares missing is known of the rows that were read.
        first, said = file.rows(0, most)
        columns = tuple(_columns(said, kind))
        batches = _batches(file, columns, [first], most, kept.pop_all())
    table = DataTable(source.name, kind, (columns,), batches, encoding=said.file_encoding or encoding, has_lines=False)
    table.has_labels = not kind.startswith(("sas", "xpt"))
    return table


def _reader(kind: str) -> Callable[..., Any]:
    from semstat.ontology.errors import MissingExtra

    try:
        import pyreadstat
    except ImportError as error:
        raise MissingExtra("microdata", needs="pyreadstat") from error
    reader: Callable[..., Any] = getattr(pyreadstat, _READERS[kind])
    return reader


def _on_disk(source: Source, kept: ExitStack, kind: str) -> str:
    place = Path(source.name)
    if place.is_file() and not source.name.endswith(".gz"):
        return str(place)
    folder = kept.enter_context(tempfile.TemporaryDirectory(prefix="semstat-"))
    copy = Path(folder) / f"data.{kind}"
    with source.open() as stream, copy.open("wb") as target:
        shutil.copyfileobj(stream, target)
    return str(copy)


def _expanded(file: _File, stream: BinaryIO) -> _File:
    """Return a file that is expanded as far as it is read; one that is not compressed as it is."""
    watched = Watched(stream)
    file.read(watched, metadataonly=True, **file.options)
    found = expanded(stream, watched.furthest)
    return file if found is None else replace(file, place=found)


def _options(kind: str, encoding: str | None) -> dict[str, object]:
    options: dict[str, object] = {"disable_datetime_conversion": True}
    if kind in {"sav", "zsav", "dta"}:
        options["user_missing"] = True
    if encoding is not None and kind != "por":
        options["encoding"] = encoding
    return options


def _columns(said: "metadata_container", kind: str) -> Iterator[DataColumn]:
    for name in said.column_names:
        shown = str(said.original_variable_types.get(name) or "")
        stored = said.readstat_variable_types.get(name)
        text = stored == "string"
        labels = said.variable_value_labels.get(name, {})
        yield DataColumn(
            name,
            said.column_names_to_labels.get(name) or "",
            {_code(value, kind): label for value, label in labels.items()},
            tuple(_missing(said, name, kind)),
            "text" if text else "date" if shown.upper().lstrip("%").startswith(_STEMS) else "numeric",
            shown or None,
            said.variable_display_width.get(name) or None,
            _decimals(shown) if not text else None,
        )


_STEMS = tuple(stem.lstrip("%") for stem in _DATES)


def _decimals(shown: str) -> int | None:
    point = shown.rpartition(".")[2]
    return int(point) if "." in shown and point.isdigit() else None


def _code(value: object, kind: str) -> str:
    if isinstance(value, float):
        return _number(value)
    return (
        f".{value}" if kind == "dta" and isinstance(value, str) and len(value) == 1 and value.isalpha() else str(value)
    )


def _number(value: float) -> str:
    return str(text_column(pa.array([value], pa.float64()))[0])


def _missing(said: "metadata_container", name: str, kind: str) -> Iterator[tuple[str, str]]:
    for stretch in said.missing_ranges.get(name, ()):
        if isinstance(stretch, dict):
            yield _code(stretch["lo"], kind), _code(stretch["hi"], kind)
    for value in said.missing_user_values.get(name, ()):
        yield _code(value, kind), _code(value, kind)


def _batches(
    file: _File,
    columns: Sequence[DataColumn],
    waiting: list[Mapping[str, Sequence[Any]]],
    most: int,
    kept: ExitStack,
) -> Iterator[Part]:
    start, spelling = 0, Spelling()
    names = [*(f"c{number}" for number in range(len(columns))), LINE]
    with kept:
        while True:
            data = dict(waiting.pop() if waiting else file.rows(start, most)[0])
            # Objects go as soon as their column is made of them.
            arrays = [_texts(data.pop(column.name), n, column, file, spelling) for n, column in enumerate(columns)]
            count = len(arrays[0]) if arrays else 0
            if count:
                numbers = pa.array(np.arange(start + 1, start + count + 1))
                yield 0, pa.RecordBatch.from_arrays([*arrays, numbers], names=names)
            if count < most:
                return
            start += count


def _texts(values: Sequence[Any], place: int, column: DataColumn, file: _File, spelling: Spelling) -> pa.Array:
    """Return a column as text: floats as people write them, what is missing as null, extended missing values by name."""
    try:
        if column.kind == "text":
            texts = pa.array(values, pa.string())
            return spelling.of(place, pc.if_else(pc.equal(texts, ""), pa.nulls(1, pa.string())[0], texts), _as_it_is)
        return spelling.of(place, pa.array(np.asarray(values, dtype=np.float64), from_pandas=True), text_column)
    except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError, TypeError):  # extended missing values among numbers
        extended = file.kind == "dta" and column.kind != "text"
        return pa.array([_text(value, extended=extended) for value in values], pa.string())


def _as_it_is(texts: pa.Array) -> pa.Array:
    return texts


def _text(value: object, *, extended: bool) -> str | None:
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float):
        return _number(value)
    return f".{value}" if extended else str(value)
