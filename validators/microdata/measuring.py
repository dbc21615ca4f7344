"""What a data file shows of itself: types, widths, codes and figures, computed as the checks of stated ones compute them.

Source:
    DDI Codebook 2.6, ``var``, ``catgry``, ``sumStat`` and ``catStat``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rdflib import URIRef

from semstat.validators.diagnostics import Severity
from semstat.validators.microdata.conventions import is_system_missing, set_apart
from semstat.validators.microdata.data_table import DataColumn
from semstat.validators.microdata.described_files import (
    DescribedCode,
    DescribedVariable,
    StatedRange,
    StatedStatistic,
)
from semstat.validators.microdata.patterns import NOTHING, NUMBER, any_of, code_pattern
from semstat.validators.microdata.plan import SetApart, StatisticCheck
from semstat.validators.microdata.staging import StagedRecords
from semstat.validators.microdata.statistics import computed, figure_text
from semstat.validators.microdata.value_table import ValueTable, value_table
from semstat.validators.producer_conventions import USUAL, Conventions

__all__ = ["MOST_CODES", "Measuring", "measured_variable"]

MOST_CODES = 50
"""How many distinct values a variable may have that is taken for one of codes though the file labels none of them."""

_LEAST_REPEATED = 2
_LONGEST_CODE = 40
_LEADING_ZERO = r"^\s*[+-]?0[0-9]"
_SUMMARIES = (
    ("minimum", "Minimum"),
    ("maximum", "Maximum"),
    ("mean", "Mean"),
    ("standard deviation", "Deviation"),
)
_WEIGHTED = (("mean", "WeightedMean"), ("standard deviation", "WeightedDeviation"))


@dataclass(frozen=True, slots=True)
class Measuring:
    """What the user says of a file that is measured: names of key and weight variables, and how the producer counts."""

    key: tuple[str, ...] = ()
    weight: str | None = None
    conventions: Conventions = USUAL


def measured_variable(
    column: DataColumn, iri: URIRef, position: int, staged: StagedRecords, weight: URIRef | None, how: Measuring
) -> DescribedVariable:
    """Return a variable as the data show it.

    The values are listed as codes where the file labels some of them, or where there are at most :data:`MOST_CODES` distinct
    ones that each occur twice on average and are whole numbers or short texts; never those of a key or a weight. Where a
    file labels some values and has more distinct ones than that, only those that it labels are listed.

    Args:
        column: What the file itself says of it.
        iri: The IRI of the variable, which ``staged`` knows.
        position: Its place in the record, from 1.
        staged: The rows.
        weight: The variable to weight figures with, if any.
        how: What the user says of the file.
    """
    table = value_table(staged, iri, [weight] if weight is not None else [])
    is_number = _is_numeric(column, table)
    width, decimals = _size(table, is_number=is_number)
    codes, complete = _codes(column, iri, table, is_plain=column.name in how.key or column.name == how.weight)
    representation = "code" if codes and complete else "numeric" if is_number else "text"
    variable = DescribedVariable(
        iri,
        column.name,
        position,
        ((column.label, None),) if column.label else (),
        representation,
        "numeric" if is_number else "character",
        decimals,
        width=width,
        codes=codes,
        missing_ranges=tuple(StatedRange(low, high) for low, high in column.missing),
        is_weight=column.name == how.weight,
    )
    figures = tuple(_figures(variable, table, weight if not variable.is_weight else None, how))
    return replace(variable, statistics=figures)


def _is_numeric(column: DataColumn, table: ValueTable) -> bool:
    """Tell whether a variable holds numbers; what a text format writes with zeros before it is a code of a fixed width."""
    if column.kind == "text":
        return False
    kept = ~table.apart(_extended())
    if np.isnan(table.numbers[kept]).any():
        return False
    if column.kind is not None:
        return bool(kept.any()) or column.kind == "numeric"
    return bool(kept.any()) and not bool(table.matching(_LEADING_ZERO).any())


def _extended() -> SetApart:
    apart = set_apart(_NOBODY, declared=False)
    return apart if apart is not None else SetApart(NOTHING, "1", "0", absent=True)


_NOBODY = DescribedVariable(URIRef("urn:none"), "", 0)


def _size(table: ValueTable, *, is_number: bool) -> tuple[int | None, int | None]:
    """Return the least width that all values fit, and of numbers how many decimals they have at most."""
    if not len(table.texts):
        return None, None
    if not is_number:
        return _longest(table.texts), None
    mask = table.matching(NUMBER)
    numbers = pc.replace_substring_regex(table.texts.filter(pa.array(mask)), r"(?s)[eE].*$", "")
    points = pc.find_substring(numbers, ".")
    has_point = pc.greater_equal(points, 0)
    whole = pc.max(pc.if_else(has_point, points, pc.utf8_length(numbers))).as_py() or 1
    shown = pc.subtract(pc.subtract(pc.utf8_length(pc.utf8_rtrim_whitespace(numbers)), points), 1)
    decimals = pc.max(pc.if_else(has_point, shown, 0)).as_py() or 0
    width = whole + (decimals + 1 if decimals else 0)
    return max(width, _longest(table.texts.filter(pa.array(~mask)))), decimals


def _longest(texts: pa.Array) -> int:
    return int(pc.max(pc.utf8_length(texts)).as_py() or 0)


def _codes(
    column: DataColumn, iri: URIRef, table: ValueTable, *, is_plain: bool
) -> tuple[tuple[DescribedCode, ...], bool]:
    """Return the codes of a variable, and whether they are all the values that it has."""
    declared = any_of(low for low, high in column.missing if low == high)
    found = {code_pattern(code): (code, label) for code, label in column.labels.items() if _is_listable(code)}
    few = None if is_plain else _few(table)
    if few is not None and (column.labels or _is_coded(column, few, table)):
        for text in few:
            found.setdefault(code_pattern(text), (text, ""))
    if not found:
        return (), False
    listed = list(found.values())
    if not column.labels:
        listed.sort(key=lambda item: _order(item[0]))
    matched = table.matching(any_of(code for code, _ in listed))
    codes = tuple(
        DescribedCode(
            URIRef(f"{iri}-{place}"),
            code,
            ((label, None),) if label else (),
            re.search(declared, code) is not None or re.search(_extended().pattern, code) is not None,
        )
        for place, (code, label) in enumerate(listed, 1)
    )
    return codes, bool(matched.all())


def _few(table: ValueTable) -> list[str] | None:
    """Return the distinct values, however they are spelled, where they are few enough to be listed."""
    if len(table.texts) > 4 * MOST_CODES:
        return None
    spelled = {code_pattern(text): text for text in (_bare(str(item)) for item in reversed(table.texts.to_pylist()))}
    texts = list(spelled.values())
    return texts if len(texts) <= MOST_CODES and all(_is_listable(text) for text in texts) else None


def _bare(text: str) -> str:
    return text.strip(' \t\r\n"')


def _is_listable(text: str) -> bool:
    """Tell whether a value stays what it is when documentation is read, which joins blanks."""
    plain = text.isprintable() and text == " ".join(text.split()) and not is_system_missing(text)
    return bool(text) and plain and len(text) <= _LONGEST_CODE


def _is_coded(column: DataColumn, few: Sequence[str], table: ValueTable) -> bool:
    if not few or column.kind == "date" or int(table.counts.sum()) < _LEAST_REPEATED * len(few):
        return False
    numbers = table.numbers[~np.isnan(table.numbers)]
    return bool((numbers == np.floor(numbers)).all())


def _order(code: str) -> tuple[int, float, str]:
    is_number = re.search(NUMBER, code) is not None
    return (0, float(code), code) if is_number else (1, 0.0, code)


def _figures(
    variable: DescribedVariable, table: ValueTable, weight: URIRef | None, how: Measuring
) -> Iterator[StatedStatistic]:
    apart = set_apart(variable, declared=how.conventions.declared_is_invalid)
    if apart is not None:
        yield from _counted(variable, table, apart)
        if variable.storage == "numeric":
            # The mean of what only tells records apart means nothing.
            plain = _SUMMARIES[:2] if variable.name in how.key else _SUMMARIES
            heavy = _WEIGHTED if weight is not None and variable.name not in how.key else ()
            for word, kind, by in (*((*item, None) for item in plain), *((*item, weight) for item in heavy)):
                yield from _stated(variable, table, word, _Figure(kind, apart, weight=by), how)
    for code in variable.codes:
        only = SetApart(code_pattern(code.value), "1", "0", absent=False)
        for kind, by in (("Count", None), ("Weight", weight)):
            if kind == "Count" or by is not None:
                yield from _stated(variable, table, "frequency", _Figure(kind, only, weight=by, code=code.value), how)


@dataclass(frozen=True, slots=True)
class _Figure:
    kind: str
    apart: SetApart
    others: bool = False
    weight: URIRef | None = None
    code: str | None = None


def _counted(variable: DescribedVariable, table: ValueTable, apart: SetApart) -> Iterator[StatedStatistic]:
    yield from _stated(variable, table, "valid", _Figure("Count", apart, others=True), Measuring())
    yield from _stated(variable, table, "invalid", _Figure("Count", apart), Measuring())


def _stated(
    variable: DescribedVariable, table: ValueTable, word: str, figure: _Figure, how: Measuring
) -> Iterator[StatedStatistic]:
    check = StatisticCheck(
        "", variable.iri, figure.kind, "0", "0", figure.apart, figure.others, NOTHING, figure.weight,
        Severity.ERROR, variable.iri, "",
    )  # fmt: skip
    for found in computed(table, check):
        weighted = figure.weight is not None
        name = how.weight if weighted else None
        yield StatedStatistic(variable.iri, word, _written(found), figure.code, weighted, name)


def _written(figure: float) -> str:
    return str(int(figure)) if figure.is_integer() and abs(figure) < 1e15 else figure_text(figure)
