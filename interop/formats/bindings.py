"""Reading bindings: a small table in which a statistician says which artefact is bound to which concept, and how.

The header is ``artefact,concept`` and, in any order, ``relation``, ``status``, ``score``, ``signals``, ``note``. Commas or
semicolons part the cells. A row counts unless its status is ``suggested`` or ``rejected``.

Source:
    semstat, concept lineage, binding; RFC 4180.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from semstat.interop.safety import utf8_text
from semstat.validators.diagnostics import Diagnostic, Location, Severity
from semstat.validators.rules import finding

__all__ = ["COLUMNS", "STATUSES", "BindingRow", "BindingTable", "read_bindings", "write_bindings"]

COLUMNS = ("artefact", "concept", "relation", "status", "score", "signals", "note")
"""The columns of a table of bindings, of which the first two must be there."""

STATUSES = ("", "accepted", "suggested", "rejected")
"""What may be said of a row. Only the first two bind anything; what was rejected is not suggested again."""


@dataclass(frozen=True, slots=True)
class BindingRow:
    """One row: what is bound, to what, by which relation (empty: the one that fits both), and what is said of it."""

    artefact: str
    concept: str
    relation: str = ""
    status: str = ""
    score: str = ""
    signals: str = ""
    note: str = ""
    line: int | None = field(default=None, compare=False)

    @property
    def counts(self) -> bool:
        """Whether the row binds anything."""
        return self.status in {"", "accepted"}


@dataclass(frozen=True, slots=True)
class BindingTable:
    """A table of bindings as it stands, and what was wrong with its form."""

    rows: tuple[BindingRow, ...]
    findings: tuple[Diagnostic, ...] = ()


def read_bindings(data: bytes, *, origin: str) -> BindingTable:
    r"""Return the rows of a table of bindings, those without a fault.

    Args:
        data: The table, in UTF-8.
        origin: The name of the source, for findings.

    Findings:
        ``IO105``, ``IO106`` (empty, not UTF-8), ``IO101`` (a quotation that does not end), ``CAT007`` (a column or status that
        there is none of, a row with too many cells or without its artefact or concept).

    Example:
        >>> read_bindings(b"artefact,concept,note\nDSD.AREA,AREA,by hand\n", origin="b.csv").rows[0].note
        'by hand'
    """
    text = utf8_text(data, origin=origin)
    if isinstance(text, Diagnostic):
        return BindingTable((), (text,))
    found: list[Diagnostic] = []
    first = text.split(b"\n", 1)[0]
    cells = csv.reader(
        io.StringIO(text.decode("utf-8"), newline=""), delimiter=";" if b";" in first else ",", strict=True
    )
    rows: list[BindingRow] = []
    try:
        names = [name.strip() for name in next(cells)]
        found += _unknown(names, origin)
        for row in cells:
            if any(cell.strip() for cell in row):
                read = _row(names, row, Location(origin, cells.line_num))
                rows += [read] if isinstance(read, BindingRow) else []
                found += [read] if isinstance(read, Diagnostic) else []
    except csv.Error as problem:
        found.append(finding("IO101", f"the table cannot be read on: {problem}", Location(origin, cells.line_num)))
    return BindingTable(tuple(rows), tuple(found))


def write_bindings(rows: Sequence[BindingRow]) -> str:
    r"""Return a table of bindings as text; read again, it gives the same rows.

    Example:
        >>> write_bindings([BindingRow("DSD.AREA", "AREA", status="suggested")]).splitlines()[1]
        'DSD.AREA,AREA,,suggested,,,'
    """
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows([getattr(row, name) for name in COLUMNS] for row in rows)
    return out.getvalue()


def _unknown(names: Sequence[str], origin: str) -> Iterator[Diagnostic]:
    """Yield a finding for each column that is not read, or stands there twice."""
    for place, name in enumerate(names):
        if name not in COLUMNS or name in names[:place]:
            twice = name in COLUMNS
            said = f"the column `{name}` stands there twice" if twice else f"the column `{name}` is not read"
            near = None if twice else next(iter(get_close_matches(name, COLUMNS, n=1)), None)
            yield finding("CAT007", said, Location(origin, 1), severity=Severity.WARNING, value=name, nearest=near)


def _row(names: Sequence[str], cells: Sequence[str], where: Location) -> BindingRow | Diagnostic:
    if len(cells) > len(names):
        said = f"the row has {len(cells)} cells where the header has {len(names)}"
        return finding("CAT007", said, where, value=cells[len(names)])
    given = {name: cell.strip() for name, cell in reversed(list(zip(names, cells, strict=False))) if name in COLUMNS}
    row = BindingRow(**given, line=where.line) if {"artefact", "concept"} <= given.keys() else BindingRow("", "")
    if not row.artefact or not row.concept:
        return finding("CAT007", f"the row names no {'concept' if row.artefact else 'artefact'}", where)
    if row.status not in STATUSES:
        near = next(iter(get_close_matches(row.status, STATUSES, n=1)), None)
        said = f"the status `{row.status}` is not one of {', '.join(STATUSES[1:])}"
        return finding("CAT007", said, where, value=row.status, nearest=near)
    return row
