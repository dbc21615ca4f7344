"""From breaches to findings: words, keys, lines, the nearest valid value. The same for both executors."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from semstat.validators.columns.execute import Breach, Hit
from semstat.validators.columns.stage import TABLE, Staged, quoted
from semstat.validators.diagnostics import Diagnostic, Location, Severity, Total
from semstat.validators.nearest import nearest_code, nearest_number, nearest_period
from semstat.validators.observations import LINE, SERIES_LINE
from semstat.validators.plan import ClosedCheck, ConstantCheck, GapCheck, Plan, RecordCheck, SeriesCheck, UniqueCheck
from semstat.validators.predicates import AllOf, AnyOf, In, Matches, Not, Predicate, Unless

__all__ = ["Describer", "Labels"]

Labels = Callable[[str], Mapping[str, Sequence[str]]]
"""Gives the labels of each code of a component, in any language; used to find the nearest code."""


@dataclass(frozen=True, slots=True)
class _Row:
    line: int | None
    lines: Mapping[str, int | None]
    values: Mapping[str, str | None]


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
        line = row.lines.get(SERIES_LINE) if isinstance(check, SeriesCheck) else None
        return Diagnostic(
            rule="DF016" if self._is_custom(breach) else check.rule,
            severity=severity,
            message=self._message(breach, hit, row, other),
            location=Location(
                source=self.staged.source.source,
                line=self._header_line if in_header else line or self._line(row, component),
                record=None if in_header else hit.row + 1,
                focus=None if in_header else self._key(row, with_time=True),
                path=component,
            ),
            value=hit.value,
            expected=check.expected or None,
            nearest=self._nearest(breach, hit),
            series_key=None if in_header else self._key(row, with_time=False),
            related=self._related(other, hit, component),
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

    def _line(self, row: _Row, component: str | None) -> int | None:
        if self.staged.source.levels.get(component or "") == "_dataset":
            return self.staged.source.dataset_line
        found = (row.lines.get(name) for name in self.staged.line_columns(component))
        return next((line for line in found if line is not None), row.line)

    def _related(self, other: _Row | None, hit: Hit, component: str | None) -> tuple[Location, ...]:
        if other is None or hit.other is None:
            return ()
        line = self._line(other, component)
        return (
            Location(
                self.staged.source.source,
                line,
                record=hit.other + 1,
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
                return _repeats(row, other, self.plan)
            case ConstantCheck():
                stated = other.values.get(check.component) if other is not None else None
                line = self._line(other, breach.component) if other is not None else None
                return _varies(check, hit.value, stated, line)
            case GapCheck():
                return f"the series `{self._key(row, with_time=False)}` has no observation for {hit.value}"
            case SeriesCheck():
                return _returns(check, hit, other)
        return self._of_record(breach, check, hit, row)

    def _of_record(self, breach: Breach, check: RecordCheck, hit: Hit, row: _Row) -> str:
        component = breach.component
        if check.rule == "DF021":
            return _status(check, hit.value, row.values)
        if component is None:
            return f"the key `{self._key(row, with_time=False)}` {_fault(check)}"
        if self._is_about_header(breach):
            return f"there is no column for {_KINDS.get(check.rule, '')}`{component}`"
        if hit.value is None:
            return f"{_KINDS.get(check.rule, '')}`{component}` has no value"
        return f"`{component}` = `{hit.value}` {_fault(check)}"

    def _nearest(self, breach: Breach, hit: Hit) -> str | None:
        check, component = breach.check, breach.component
        if isinstance(check, ClosedCheck):
            return nearest_code(component or "", self.plan.components)
        if not isinstance(check, RecordCheck) or component is None or hit.value is None:
            return None
        codes = next(
            (part.values for part in _parts(check.predicate) if isinstance(part, In) and part.component == component),
            None,
        )
        if codes is not None and check.rule in {"DF004", "DF011", "DF012"}:
            known = self.labels(component) if self.labels is not None else {}
            return nearest_code(hit.value, codes, {code: known[code] for code in codes if code in known})
        propose = _PROPOSALS.get(check.rule)
        patterns = (
            part.pattern
            for part in _parts(check.predicate)
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
        return _Row(lines.get(LINE), lines, values)


_PROPOSALS: Mapping[str, Callable[[str, str], str | None]] = {
    "DF005": nearest_number,
    "DF007": nearest_period,
    "DF008": nearest_period,
}
_KINDS = {"DF002": "the dimension ", "DF003": "the mandatory "}


_FAULTS: Mapping[str, str] = {
    "DF006": "breaks a facet: {0}",
    "DF011": "lies outside the region that the constraint allows",
    "DF012": "is in none of the keys that the constraint allows",
    "DF019": "is to be updated, and no measure and no attribute has a value",
    "DF023": "is given without all that it is attached to: it needs {0}",
    "DF024": "has not as many values as it takes: {0}",
}


def _fault(check: RecordCheck) -> str:
    """Say what is wrong with a value, or with a key where the check is on several components."""
    wanted = check.expected
    match check.rule:
        case "DF004":
            name = wanted.removeprefix("a code of ").partition(": ")[0].removesuffix(", which is empty")
            return f"is not a code of {name}"
        case "DF005" | "DF007":
            return f"is not a valid {wanted.partition(', such as ')[0]}"
        case "DF008":
            return f"does not fit the frequency: {wanted.rpartition(' where ')[2]}"
    return _FAULTS.get(check.rule, "is not {0}" if wanted else "breaks the rule").format(wanted)


def _returns(check: SeriesCheck, hit: Hit, other: _Row | None) -> str:
    """Say where a series that goes on here began."""
    where = f"line {other.line}" if other is not None and other.line is not None else "an earlier record"
    if check.elements:
        return f"the series begins once more: its first observation stands on {where}"
    more = f"; {hit.count} places in all" if hit.count > 1 else ""
    return f"the record goes back to the series of {where}, after records of another one{more}"


def _status(check: RecordCheck, value: str | None, values: Mapping[str, str | None]) -> str:
    """Say how a value and its status disagree."""
    status = next((name for name in check.components if name != check.component), "")
    stated = f"`{status}` is `{values[status]}`" if values.get(status) is not None else f"`{status}` is absent"
    if check.expected.startswith("no value"):
        return f"`{check.component}` = `{value}` is a value, and {stated}, which says that there is none"
    found = "has no value" if value is None else f"= `{value}` is no value"
    return f"`{check.component}` {found}, and {stated}, which does not say so"


def _varies(check: ConstantCheck, value: str | None, stated: str | None, line: int | None) -> str:
    """Say which value an attribute has instead of the one stated first, where that is, and what both have in common."""
    where = f"on line {line}" if line is not None else "in an earlier record"
    scope = f"with the same {', '.join(check.within)}" if check.within else "in the same dataset"
    return f"`{check.component}` = `{value}` differs from `{stated}` {where}, {scope}"


def _repeats(row: _Row, other: _Row | None, plan: Plan) -> str:
    """Say whether a second observation with a key agrees with the first: a copy is a nuisance, a contradiction a danger."""
    if other is None:
        return "the observation repeats the key of another one"
    where = f"line {other.line}" if other.line is not None else "an earlier record"
    differing = [
        name
        for name in plan.components
        if name not in plan.dimensions and row.values.get(name) != other.values.get(name)
    ]
    if not differing:
        return f"the observation repeats the key of {where}, with the same values"
    name = differing[0]
    others = ", ".join(f"`{item}`" for item in differing[1:])
    more = f"; {others} {'differs' if len(differing) == 2 else 'differ'} too" if others else ""
    return f"the observation contradicts {where}: `{name}` is {_quoted(row, name)} here, {_quoted(other, name)} there{more}"


def _quoted(row: _Row, name: str) -> str:
    value = row.values.get(name)
    return "absent" if value is None else f"`{value}`"


def _parts(predicate: Predicate) -> Iterator[Predicate]:
    """Yield the leaves that say what is wanted, those under a negation left out."""
    if isinstance(predicate, AllOf | AnyOf):
        for part in predicate.parts:
            yield from _parts(part)
    elif isinstance(predicate, Unless):
        yield from _parts(predicate.part)
    elif not isinstance(predicate, Not):
        yield predicate
