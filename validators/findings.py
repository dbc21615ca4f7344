"""From breaches to findings: words, keys, lines, the nearest valid value. The same for both executors."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from semstat.validators.columns.execute import Breach, Hit
from semstat.validators.columns.stage import TABLE, Staged, quoted
from semstat.validators.diagnostics import Diagnostic, Location, Severity, Total
from semstat.validators.finding_words import fault, leaves, repeats, returns, status_words, sum_words, varies
from semstat.validators.nearest import nearest_code, nearest_number, nearest_period
from semstat.validators.observations import LINE, SERIES_LINE, SOURCE
from semstat.validators.plan import (
    Check,
    ClosedCheck,
    ConstantCheck,
    GapCheck,
    Plan,
    RecordCheck,
    SeriesCheck,
    SumCheck,
    UniqueCheck,
)
from semstat.validators.predicates import In, Matches

__all__ = ["Describer", "Labels"]

Labels = Callable[[str], Mapping[str, Sequence[str]]]
"""Gives the labels of each code of a component, in any language; used to find the nearest code."""


@dataclass(frozen=True, slots=True)
class _Row:
    line: int | None
    lines: Mapping[str, int | None]
    values: Mapping[str, str | None]
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Describer:
    """Puts breaches into words, with what the staged table knows of the records concerned.

    ``time`` is the id of the time dimension: it is part of the observation's key, not of the series key.
    """

    staged: Staged
    plan: Plan
    structure: str
    time: str | None = None
    labels: Labels | None = None

    def describe(self, breach: Breach) -> Iterator[Diagnostic]:
        """Yield a finding for each place that the breach lists."""
        rows = self._rows({row for hit in breach.hits for row in (hit.row, hit.other) if row is not None})
        for hit in breach.hits:
            yield self._finding(breach, hit, rows)

    def total(self, breach: Breach) -> Total:
        """Return the totals of a breach."""
        source, check = self.staged.source.source, breach.check
        return Total(
            source, check.rule, breach.component, check.severity, breach.findings, breach.observations, len(breach.hits)
        )

    def _finding(self, breach: Breach, hit: Hit, rows: Mapping[int, _Row]) -> Diagnostic:
        check, component = breach.check, breach.component
        row = rows[hit.row]
        other = rows.get(hit.other) if hit.other is not None else None
        severity = Severity.INFO if self._is_custom(breach) else check.severity
        in_header = self._is_about_header(breach)
        spelt = self._spelt(breach, hit)
        line, column = self._place(spelt if spelt is not None else self._stated(check, row, component), row)
        return Diagnostic(
            rule="DF016" if self._is_custom(breach) else check.rule,
            severity=severity,
            message=self._message(breach, hit, row, other),
            location=Location(
                source=self.staged.part(row.part).source,
                line=self._header_line if in_header else line,
                column=None if in_header else column,
                record=None if in_header else self._record(hit.row, row),
                focus=None if in_header else self._key(row, with_time=True),
                path=component,
            ),
            value=row.values.get(check.component) if isinstance(check, SumCheck) else hit.value,
            expected=check.expected or None,
            nearest=self._nearest(breach, hit),
            series_key=None if in_header else self._key(row, with_time=False),
            related=self._related(row if spelt is not None else other, hit, component),
            count=hit.count,
        )

    def _is_custom(self, breach: Breach) -> bool:
        """A column beside the components is a custom column where the format has those, unless it is nearly a component."""
        custom = isinstance(breach.check, ClosedCheck) and self.staged.source.allows_custom_columns
        return custom and nearest_code(breach.component or "", self.plan.components) is None

    def _is_about_header(self, breach: Breach) -> bool:
        """A column of a table that should not be there, or should be and is not, is a matter of the header."""
        misplaced = isinstance(breach.check, ClosedCheck) or breach.component in self.staged.absent
        return self.staged.source.is_table and misplaced

    @property
    def _header_line(self) -> int | None:
        return self.staged.source.header_line

    def _place(self, stated: int | None, row: _Row) -> tuple[int | None, int | None]:
        """Return line and column of what the columns of lines state."""
        position = self.staged.part(row.part).position
        return (stated, None) if position is None or stated is None else position(stated)

    def _named(self, other: _Row | None, stated: int | None, row: _Row, beside: int | None) -> str | None:
        """Return what to call a place in a message about another one: its column too, where both are on one line.

        A place in another dataset is called with the name of its source, where that is another one.
        """
        if other is None:
            return None
        line, column = self._place(stated, other)
        source = self.staged.part(other.part).source
        if source != self.staged.part(row.part).source:
            return f"line {line} of {source}" if line is not None else f"a record of {source}"
        if line is None:
            return None
        same = column is not None and line == self._place(beside, row)[0]
        return f"line {line}, column {column}" if same else f"line {line}"

    def _record(self, number: int, row: _Row) -> int | None:
        """Return which record of its dataset a row is; where several are judged as one, the lines tell it."""
        return number + 1 if row.part is None else None

    def _spelt(self, breach: Breach, hit: Hit) -> int | None:
        """Return where a value is spelt out that the records give by number, if it is the value that is at fault."""
        if hit.value is None or not self.staged.is_spelt_elsewhere(breach.check):
            return None
        return self.staged.source.spelt[breach.component or ""].get(hit.value)

    def _line(self, row: _Row, component: str | None) -> int | None:
        of_dataset = self.staged.source.levels.get(component or "") == "_dataset"
        found = (row.lines.get(name) for name in self.staged.line_columns(component))
        own = self.staged.source.dataset_line if of_dataset else row.line
        return next((line for line in found if line is not None), own)

    def _related(self, other: _Row | None, hit: Hit, component: str | None) -> tuple[Location, ...]:
        """Return the record compared with, or the first record that gives a value which is spelt out elsewhere."""
        if other is None:
            return ()
        line, column = self._place(self._line(other, component), other)
        return (
            Location(
                self.staged.part(other.part).source,
                line,
                column,
                record=self._record(hit.row if hit.other is None else hit.other, other),
                focus=self._key(other, with_time=True),
                path=component,
            ),
        )

    def _key(self, row: _Row, *, with_time: bool) -> str | None:
        names = [name for name in self.plan.dimensions if with_time or name != self.time]
        return ".".join(row.values.get(name) or "" for name in names) if names else None

    def _message(self, breach: Breach, hit: Hit, row: _Row, other: _Row | None) -> str:
        check = breach.check
        match check:
            case ClosedCheck():
                own = "; the format allows columns of its own, which are not checked" if self._is_custom(breach) else ""
                return f"`{breach.component}` is not a component of {self.structure}{own}"
            case UniqueCheck():
                return repeats(
                    row.values,
                    other.values if other else None,
                    self._named(other, other.line if other else None, row, row.line),
                    self.plan,
                )
            case ConstantCheck():
                stated = other.values.get(check.component) if other is not None else None
                stands = self._line(other, breach.component) if other is not None else None
                return varies(
                    check, hit.value, stated, self._named(other, stands, row, self._line(row, breach.component))
                )
            case GapCheck():
                return f"the series `{self._key(row, with_time=False)}` has no observation for {hit.value}"
            case SumCheck():
                return sum_words(check, hit, row.values)
            case SeriesCheck():
                return returns(check, hit, self._named(other, other.line if other else None, row, row.line))
        return self._of_record(breach, check, hit, row)

    def _stated(self, check: Check, row: _Row, component: str | None) -> int | None:
        """Return where a value at fault stands, as the columns of lines state it; a series stands where it begins."""
        of_series = isinstance(check, SeriesCheck) or self.staged.is_about_series(check)
        begin = row.lines.get(SERIES_LINE) if of_series else None
        return begin or self._line(row, component)

    def _of_record(self, breach: Breach, check: RecordCheck, hit: Hit, row: _Row) -> str:
        component = breach.component
        if check.rule == "DF021":
            return status_words(check, hit.value, row.values)
        if component is None:
            return f"the key `{self._key(row, with_time=False)}` {fault(check)}"
        if self._is_about_header(breach):
            return f"there is no column for {_KINDS.get(check.rule, '')}`{component}`"
        if hit.value is None:
            return f"{_KINDS.get(check.rule, '')}`{component}` has no value"
        return f"`{component}` = `{hit.value}` {fault(check)}"

    def _nearest(self, breach: Breach, hit: Hit) -> str | None:
        check, component = breach.check, breach.component
        if isinstance(check, ClosedCheck):
            return nearest_code(component or "", self.plan.components)
        if not isinstance(check, RecordCheck) or component is None or hit.value is None:
            return None
        codes = next(
            (part.values for part in leaves(check.predicate) if isinstance(part, In) and part.component == component),
            None,
        )
        if codes is not None and check.rule in {"DF004", "DF011", "DF012"}:
            known = self.labels(component) if self.labels is not None else {}
            return nearest_code(hit.value, codes, {code: known[code] for code in codes if code in known})
        propose = _PROPOSALS.get(check.rule)
        patterns = (
            part.pattern
            for part in leaves(check.predicate)
            if isinstance(part, Matches) and part.component == component
        )
        return next((propose(hit.value, pattern) for pattern in patterns), None) if propose else None

    def _rows(self, wanted: set[int]) -> dict[int, _Row]:
        """Return what the table holds of some rows, dictionaries resolved."""
        if not wanted:
            return {}
        staged = self.staged
        listed = ", ".join(str(row) for row in sorted(wanted))
        names = staged.columns
        columns = ", ".join(quoted(name) for name in names)
        found = staged.connection.execute(f"SELECT rowid, {columns} FROM {TABLE} WHERE rowid IN ({listed})").fetchall()
        return {row: self._row(dict(zip(names, cells, strict=True))) for row, *cells in found}

    def _row(self, cells: Mapping[str, object]) -> _Row:
        values: dict[str, str | None] = {}
        lines: dict[str, int | None] = {}
        for name, cell in cells.items():
            if name.startswith("_"):
                lines[name] = int(str(cell)) if cell is not None else None
            else:
                terms = self.staged.dictionaries.get(name)
                values[name] = None if cell is None else terms[int(str(cell))] if terms is not None else str(cell)
        return _Row(lines.get(LINE), lines, values, lines.get(SOURCE))


_PROPOSALS: Mapping[str, Callable[[str, str], str | None]] = {
    "DF005": nearest_number,
    "DF007": nearest_period,
    "DF008": nearest_period,
}
_KINDS = {"DF002": "the dimension ", "DF003": "the mandatory "}
