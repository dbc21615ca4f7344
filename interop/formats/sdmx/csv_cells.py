"""The cells of an SDMX-CSV column: labels cut off, decimal commas turned to points, multi-valued cells split."""

import re
from collections.abc import Callable, Mapping
from functools import partial

import pyarrow as pa

from semstat.interop.formats.dataset import ComponentIds
from semstat.interop.formats.sdmx.csv_header import Column, Layout
from semstat.interop.formats.sdmx.csv_languages import read_versions
from semstat.interop.formats.text_columns import map_text
from semstat.interop.formats.text_output import plain
from semstat.validators.observations import LANGUAGES, PART_SEPARATOR

__all__ = ["clean", "split_parts"]

_ID = re.compile(r"[^\s:]+")
_DECIMAL = re.compile(r"\s*[+-]?\d*,\d+(?:[eE][+-]?\d+)?\s*")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*:")


def clean(columns: Mapping[Column, pa.Array], layout: Layout, components: ComponentIds | None) -> dict[str, pa.Array]:
    """Return the component columns of some records under their ids, with plain values.

    Source:
        SDMX-CSV 2.0 field guide: *labels*, *Multi-valued components*, *Decimal separator*; ``~`` is SDMX-CSV 2.1's mark
        of a dimension that is switched off.
    """
    dimensions = frozenset(components.dimensions) if components else frozenset()
    measures = frozenset(components.measures) if components else frozenset({"OBS_VALUE"})
    cleaned: dict[str, pa.Array] = {}
    for column, values in columns.items():
        result = values
        if column.labelled:
            result = map_text(result, _unlabel(column.id, components))
        if column.languages and not column.nested:
            cleaned |= _in_languages(column, result, layout.inner)
            continue
        if column.many:
            result = map_text(result, partial(_parts, column=column, inner=layout.inner))
        elif column.id in measures and layout.separator != ",":
            result = map_text(result, _to_point)
        if column.id in dimensions:
            result = map_text(result, _switched_on)
        cleaned[column.id] = result
    return cleaned


def _in_languages(column: Column, values: pa.Array, inner: str) -> dict[str, pa.Array]:
    """Return the column of a component's texts, and that of their versions where a language is stated."""
    read = partial(read_versions, tags=column.languages, inner=inner, split=split_parts)
    versions = map_text(values, lambda cell: read(cell)[1])
    texts = map_text(values, lambda cell: read(cell)[0])
    stated = {} if versions.null_count == len(versions) else {LANGUAGES + column.id: plain(versions)}
    return {column.id: texts, **stated}


def _unlabel(component: str, components: ComponentIds | None) -> Callable[[str], str]:
    """Return what cuts ``: Name`` off; a value without code list is its own name, so that text with a colon stays."""
    coded = components.coded if components else None

    def of_code(cell: str) -> str:
        code, mark, _ = cell.partition(": ")
        return code if mark and _ID.fullmatch(code) else cell

    def of_text(cell: str) -> str:
        half = len(cell) // 2 - 1
        return cell[:half] if half > 0 and cell[half : half + 2] == ": " and cell[:half] == cell[half + 2 :] else cell

    return of_code if coded is None or component in coded else of_text


def _to_point(cell: str) -> str:
    return cell.replace(",", ".") if _DECIMAL.fullmatch(cell) else cell


def _switched_on(cell: str) -> str | None:
    return None if cell == "~" else cell


def _parts(cell: str, *, column: Column, inner: str) -> str:
    parts = split_parts(cell, inner, nested=column.nested)
    if column.languages:
        parts = [_LANGUAGE.sub("", part, count=1) for part in parts]
    return PART_SEPARATOR.join(parts)


def split_parts(cell: str, inner: str, *, nested: bool = False) -> list[str]:
    """Return the parts of a multi-valued cell.

    A part in quotation marks may hold the delimiter; in a ``nested`` column it is itself a list.

    Example:
        >>> split_parts('"a;b";;c', ";"), split_parts('"a;b";;c', ";", nested=True)
        (['a;b', '', 'c'], ['a', 'b', '', 'c'])
    """
    if '"' not in cell:
        return cell.split(inner)
    parts: list[str] = []
    start = 0
    while start <= len(cell):
        quoted = _QUOTED.match(cell, start)
        if quoted and (quoted.end() == len(cell) or cell.startswith(inner, quoted.end())):
            text, end = quoted[1].replace('""', '"'), quoted.end()
            parts += text.split(inner) if nested else [text]
        else:
            end = cell.find(inner, start) if inner in cell[start:] else len(cell)
            parts.append(cell[start:end])
        start = end + len(inner)
    return parts
