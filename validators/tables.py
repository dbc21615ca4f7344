"""Tables in memory as observations: anything that speaks the Arrow PyCapsule interface, its typed columns as text."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from semstat.validators.observations import LINE, PART_SEPARATOR, Observations

__all__ = ["ArrowSource", "from_arrow", "text_batches", "text_column"]


_SPECIAL = {"nan": "NaN", "-nan": "NaN", "inf": "INF", "-inf": "-INF"}


class ArrowSource(Protocol):
    """A table of pandas, polars, pyarrow, DuckDB or any other library that exports Arrow streams."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Export the table as an Arrow stream."""
        ...


def from_arrow(table: ArrowSource, *, source: str | None = None) -> Observations:
    """Return a table in memory as a stream of observations; its columns are component ids.

    Nothing is copied through CSV. Typed columns become text as a person would write it: whole numbers plain, floats
    positional with the shortest digits that identify them, decimals with all their digits, dates and times as ISO 8601.
    List columns become multi-valued components. Null is an absent value; a float's NaN is the text ``NaN``.

    Args:
        table: A pandas or polars frame, a pyarrow table, a DuckDB relation, …
        source: A name for the table, for the report.

    Raises:
        TypeError: the object has no ``__arrow_c_stream__``, or a column's type has no text form (struct, map, …).

    Example:
        >>> batches = from_arrow(pa.table({"FREQ": ["A"], "OBS_VALUE": [1e20]})).batches
        >>> next(batches).column("OBS_VALUE").to_pylist()
        ['100000000000000000000']
    """
    if not hasattr(table, "__arrow_c_stream__"):
        raise TypeError(f"{type(table).__name__} does not offer the Arrow PyCapsule interface (__arrow_c_stream__)")
    reader = pa.RecordBatchReader.from_stream(table)
    many = frozenset(field.name for field in reader.schema if _is_list(field.type))
    for field in reader.schema:
        _check(field.name, field.type)
    return Observations(text_batches(iter(reader)), source=source, multivalued=many, is_table=True)


def text_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the batches with every column as text, and a column of unknown lines."""
    for batch in batches:
        columns = [text_column(column) for column in batch.columns]
        unknown = pa.nulls(batch.num_rows, pa.int64())
        yield pa.RecordBatch.from_arrays([*columns, unknown], names=[*batch.schema.names, LINE])


def text_column(column: pa.Array) -> pa.Array:
    """Return a column as text (string, or dictionary of string).

    Raises:
        TypeError: the column's type has no text form.

    Example:
        >>> text_column(pa.array([0.1, 12.0, 1e-7])).to_pylist()
        ['0.1', '12', '0.0000001']
    """
    kind = column.type
    if kind == pa.string():
        return column
    if isinstance(column, pa.ExtensionArray):
        return text_column(column.storage)
    if pa.types.is_dictionary(kind):
        return _text_dictionary(column)
    if _is_list(kind):
        return pc.binary_join(_text_list(column), PART_SEPARATOR)
    for applies, convert in _CONVERSIONS:
        if applies(kind):
            return convert(column)
    raise TypeError(f"a column of type {kind} has no text form")


def _text_list(column: pa.Array) -> pa.Array:
    """Return a list column with its values as text."""
    values = text_column(column.flatten()).cast(pa.string()).fill_null("")
    lengths = pc.list_value_length(column).fill_null(0)
    offsets = pa.concat_arrays([pa.array([0], pa.int32()), pc.cumulative_sum(lengths.cast(pa.int32()))])
    return pa.ListArray.from_arrays(offsets, values, mask=column.is_null() if column.null_count else None)


def _text_dictionary(column: pa.DictionaryArray) -> pa.Array:
    values = text_column(column.dictionary)
    if pa.types.is_dictionary(values.type):
        values = values.cast(pa.string())
    return pa.DictionaryArray.from_arrays(column.indices.cast(pa.int32()), values)


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def _check(name: str, kind: pa.DataType) -> None:
    try:
        text_column(pa.nulls(0, kind))
    except TypeError as error:
        raise TypeError(f"column {name!r}: {error}") from None


def _floats(column: pa.Array) -> pa.Array:
    text = column.cast(pa.string())
    # XML Schema's names of the special values; Arrow writes nan, inf, 1e+20.
    special = pc.match_substring_regex(text, "[a-z]").fill_null(False)
    if not pc.any(special).as_py():
        return text
    return pa.array([None if value is None else _positional(value) for value in text.to_pylist()], pa.string())


def _positional(value: str) -> str:
    if value in _SPECIAL:
        return _SPECIAL[value]
    return format(Decimal(value), "f") if "e" in value else value


def _decimals(column: pa.Array) -> pa.Array:
    return pa.array([None if value is None else format(value, "f") for value in column.to_pylist()], pa.string())


def _timestamps(column: pa.Array) -> pa.Array:
    zoned = column.type.tz is not None
    if zoned:
        column = column.cast(pa.timestamp(column.type.unit, "UTC"))
    text = pc.replace_substring(column.cast(pa.timestamp(column.type.unit)).cast(pa.string()), " ", "T")
    text = pc.replace_substring_regex(text, r"\.0+$|(\.\d*[1-9])0+$", r"\1")
    return pc.binary_join_element_wise(text, "Z", "") if zoned else text


def _times(column: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(column.cast(pa.string()), r"\.0+$|(\.\d*[1-9])0+$", r"\1")


def _binary(column: pa.Array) -> pa.Array:
    try:
        return column.cast(pa.string())
    except pa.ArrowInvalid:
        raise TypeError("a column of bytes that are not UTF-8 has no text form") from None


def _plain(column: pa.Array) -> pa.Array:
    return column.cast(pa.string())


_CONVERSIONS: tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.Array], pa.Array]], ...] = (
    (pa.types.is_floating, _floats),
    (pa.types.is_integer, _plain),
    (pa.types.is_decimal, _decimals),
    (pa.types.is_boolean, _plain),
    (pa.types.is_date, _plain),
    (pa.types.is_timestamp, _timestamps),
    (pa.types.is_time, _times),
    (pa.types.is_null, _plain),
    (pa.types.is_large_string, _plain),
    (pa.types.is_string_view, _plain),
    (pa.types.is_binary, _binary),
    (pa.types.is_large_binary, _binary),
)
