"""CSV: one record for each finding that is listed, for spreadsheets and data frames.

A spreadsheet takes a cell that starts with ``=``, ``+``, ``-`` or ``@`` for a formula, and values come from files of
strangers. Such a cell gets an apostrophe in front, unless it is a plain number: ``-5.2`` stays ``-5.2``, ``-2+3``
becomes ``'-2+3``. A cell that starts with an apostrophe of its own gets a second one, so that taking one apostrophe
from each cell that starts with one gives the values back.
"""

import csv
import io
import re

from semstat.validators.diagnostics import Diagnostic, Report
from semstat.validators.render.wording import place, printable
from semstat.validators.rules import catalogue

__all__ = ["COLUMNS", "neutral", "render"]

COLUMNS = (
    "source",
    "line",
    "column",
    "record",
    "severity",
    "rule",
    "name",
    "component",
    "series_key",
    "focus",
    "value",
    "expected",
    "nearest",
    "observations",
    "message",
    "related",
    "known",
    "external",
)
"""The columns, in order; new ones are added at the end."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r\n|%]|'")


def render(report: Report) -> str:
    """Return the listed findings as CSV: UTF-8 text, CR LF line ends, quotation marks where needed, one header.

    Source:
        RFC 4180, section 2.

    Example:
        >>> render(Report()).count(",") == len(COLUMNS) - 1
        True
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([neutral(cell) for cell in _record(item)] for item in report.diagnostics)
    return out.getvalue()


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    Example:
        >>> neutral("=1+1"), neutral("-5.2"), neutral("ES.A")
        ("'=1+1", '-5.2', 'ES.A')
    """
    text = printable(cell, keep="\t\r\n")
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _record(item: Diagnostic) -> list[str]:
    where = item.location
    known = catalogue().get(item.rule)
    cells = (
        where.source,
        where.line,
        where.column,
        where.record,
        item.severity.value,
        item.rule,
        known.name if known else None,
        where.path,
        item.series_key,
        where.focus,
        item.value,
        item.expected,
        item.nearest,
        item.count,
        item.message,
        " ".join(place(other) for other in item.related),
        "yes" if item.known else None,
        ", ".join(f"{product} {code}" for product, code in known.external) if known else None,
    )
    return ["" if cell is None else str(cell) for cell in cells]
