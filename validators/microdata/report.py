"""What was found in the rows of one kind of record, in words: findings with their places, totals, and what became of each check."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rdflib import URIRef

from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Location, Total
from semstat.validators.microdata.execute import Fault, Judged
from semstat.validators.microdata.plan import (
    CompleteCheck,
    CountCheck,
    MicrodataPlan,
    ReferenceCheck,
    RowCheck,
    StatisticCheck,
    UniqueCheck,
    UsedCodeCheck,
    ValueCheck,
)
from semstat.validators.nearest import nearest_code
from semstat.validators.outcomes import added

__all__ = ["Told", "merged", "tell"]

Notes = Mapping[URIRef, str]


@dataclass(frozen=True, slots=True)
class Told:
    """Findings, totals and outcomes."""

    diagnostics: tuple[Diagnostic, ...]
    totals: tuple[Total, ...]
    checks: tuple[CheckOutcome, ...]


def tell(
    plan: MicrodataPlan,
    judged: Sequence[Judged],
    source: str,
    *,
    places: Mapping[URIRef, Location],
    has_lines: bool,
    codes: Mapping[URIRef, Mapping[str, Sequence[str]]],
    notes: Notes,
) -> Told:
    """Return what was found by the checks of a plan.

    Args:
        plan: What was demanded.
        judged: What became of each check.
        source: The data file.
        places: Where the nodes of the documentation stand.
        has_lines: Whether the rows stand on lines, and not only have numbers.
        codes: The codes of each variable with their labels, for the nearest one.
        notes: What is to be added to the finding of a shape.
    """
    teller = _Teller(plan, source, places, has_lines, codes, notes)
    found = [item for one in judged for item in teller.findings(one)]
    totals = [teller.total(one) for one in judged if one.findings]
    checks = [teller.outcome(one) for one in judged]
    checks += [
        CheckOutcome(item.rule, item.component, CheckStatus.NOT_CHECKED, source, reason=item.reason)
        for item in plan.unstated
    ]
    return Told(tuple(found), tuple(added(totals)), tuple(merged(checks)))


@dataclass(frozen=True, slots=True)
class _Teller:
    plan: MicrodataPlan
    source: str
    places: Mapping[URIRef, Location]
    has_lines: bool
    codes: Mapping[URIRef, Mapping[str, Sequence[str]]]
    notes: Notes

    def findings(self, one: Judged) -> Iterator[Diagnostic]:
        for fault in one.faults:
            lines = [self._line(line) for line in fault.lines] or [Location(self.source)]
            where = replace(lines[0], path=self._component(one))
            stated = self.places.get(self.plan.about.get(one.check.shape, one.check.shape))
            related = (*lines[1:], *([stated] if stated is not None else []))
            yield Diagnostic(
                one.check.rule,
                one.check.severity,
                self._message(one, fault),
                where,
                value=fault.value,
                expected=one.check.expected or None,
                nearest=self._nearest(one, fault),
                related=related,
                count=max(fault.rows, 1),
            )

    def _line(self, number: int) -> Location:
        return Location(self.source, number) if self.has_lines else Location(self.source, record=number)

    def _component(self, one: Judged) -> str | None:
        check = one.check
        if isinstance(check, UniqueCheck | ReferenceCheck):
            return self.plan.names[check.variables[0]] if len(check.variables) == 1 else None
        return None if isinstance(check, CountCheck) else self.plan.names[check.variable]

    def _nearest(self, one: Judged, fault: Fault) -> str | None:
        if one.check.rule != "MD023" or not isinstance(one.check, ValueCheck) or fault.value is None:
            return None
        known = self.codes.get(one.check.variable, {})
        return nearest_code(fault.value, known, known)

    def _message(self, one: Judged, fault: Fault) -> str:
        check, name = one.check, self._component(one)
        rows = f"{fault.rows} {'record' if fault.rows == 1 else 'records'}"
        match check:
            case CountCheck():
                return f"the file has {fault.value} records, and {check.count} are stated"
            case UniqueCheck():
                return f"the key `{fault.value}` stands in {fault.rows + 1} records"
            case ReferenceCheck():
                return f"no record of the file referred to has `{fault.value}`, as {rows} here {_verb(fault.rows)}"
            case CompleteCheck():
                return f"{rows} {_verb(fault.rows)} no value of `{name}`"
            case UsedCodeCheck():
                return f"the code `{fault.value}` of `{name}` never occurs"
            case StatisticCheck():
                note = self.notes.get(check.shape, "")
                return f"{check.expected} is stated of `{name}`, and `{fault.value}` is found{note}"
        return self._of_cells(one, fault, rows)

    def _of_cells(self, one: Judged, fault: Fault, rows: str) -> str:
        check, name = one.check, self._component(one)
        if isinstance(check, RowCheck):
            return f"{rows} {_verb(fault.rows)} `{fault.value}`, where `{name}` should be {check.expected}"
        if isinstance(check, ValueCheck) and check.together:
            return f"{rows} {_verb(fault.rows)} a value of `{name}` that is not {check.expected}: `{fault.value}` is the first"
        return f"`{fault.value}` in `{name}` is not {check.expected}: {rows}"

    def total(self, one: Judged) -> Total:
        check = one.check
        rows = max(one.rows, one.findings)
        return Total(self.source, check.rule, self._component(one), check.severity, one.findings, rows, len(one.faults))

    def outcome(self, one: Judged) -> CheckOutcome:
        check, name = one.check, self._component(one)
        if one.reason is not None:
            return CheckOutcome(check.rule, name, CheckStatus.NOT_CHECKED, self.source, reason=one.reason)
        examined = 1 if isinstance(check, StatisticCheck | UsedCodeCheck) else one.examined
        return CheckOutcome(check.rule, name, CheckStatus.CHECKED, self.source, examined, one.findings, "columns")


def _verb(rows: int) -> str:
    return "has" if rows == 1 else "have"


_ADDED = frozenset({"MD024", "MD031", "MD032", "MD033", "MD034"})
"""Rules whose checks are counted, each being about one figure or code; of the others the rows are."""


def merged(outcomes: Iterable[CheckOutcome]) -> Iterator[CheckOutcome]:
    """Yield one outcome for each rule, variable, status and reason, in a stable order."""
    groups: dict[tuple[str, str, str, str], CheckOutcome] = {}
    for item in outcomes:
        key = (item.rule, item.component or "", item.status.value, item.reason or "")
        known = groups.get(key)
        if known is None:
            groups[key] = item
            continue
        examined = known.examined + item.examined if item.rule in _ADDED else max(known.examined, item.examined)
        groups[key] = replace(known, examined=examined, failed=known.failed + item.failed)
    yield from (groups[key] for key in sorted(groups))
