"""How the findings of a report are put together for reading: by source, rule and component, with true totals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Report, Severity
from semstat.validators.rules import Rule, catalogue

__all__ = [
    "Case",
    "Group",
    "Tally",
    "cases",
    "groups",
    "mentioned_rules",
    "sources",
    "spread",
    "tally",
    "unchecked",
    "unexplained",
    "unjudged",
]

_Key = tuple[str | None, str, str | None, Severity, bool]
_CaseKey = tuple[str | None, str, str | None]


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one source, rule, component and severity; those that a baseline knows are a group of their own.

    ``findings`` and ``observations`` are the true totals, ``listed`` holds those findings that stand in the report.
    """

    source: str | None
    rule: str
    component: str | None
    severity: Severity
    known: bool
    findings: int
    observations: int
    listed: tuple[Diagnostic, ...]

    def fails(self, report: Report) -> bool:
        """Return whether the findings count against a report: they are new, and grave enough."""
        return not self.known and self.severity.rank >= report.fail_on.rank

    @property
    def hidden(self) -> int:
        """How many findings were counted but not listed."""
        return max(0, self.findings - len(self.listed))


@dataclass(frozen=True, slots=True)
class Case:
    """What became of one rule for one component of one source, checks and findings taken together."""

    source: str | None
    rule: str
    component: str | None
    status: CheckStatus
    reasons: tuple[str, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """The rules of a run by outcome; a rule that failed and was not checked everywhere counts in both.

    ``known`` are those all of whose findings are in the baseline; ``deselected`` those that apply, but were left out.
    """

    failed: tuple[str, ...]
    passed: tuple[str, ...]
    remarks: tuple[str, ...]
    known: tuple[str, ...]
    not_checked: tuple[str, ...]
    not_applicable: tuple[str, ...]
    deselected: tuple[str, ...]


def sources(report: Report) -> tuple[str | None, ...]:
    """Return every source that the report speaks of: those of the run in its order, then the others as they come."""
    named: list[str | None] = [*report.sources, *(item.source for item in report.datasets), *report.unreadable]
    named += [item.location.source for item in report.diagnostics]
    named += [item.source for item in report.totals] + [item.source for item in report.checks]
    return tuple(dict.fromkeys(named))


def groups(report: Report) -> tuple[Group, ...]:
    """Return the findings in groups, ordered by source as in the run, known ones last, gravest first, by rule and component.

    A group without a total counts the findings that are listed. Within a group the order of the report is kept.
    """
    listed: dict[_Key, list[Diagnostic]] = {}
    for item in report.diagnostics:
        place = item.location
        listed.setdefault((place.source, item.rule, place.path, item.severity, item.known), []).append(item)
    counted: dict[_Key, tuple[int, int]] = {}
    for total in report.totals:
        key = (total.source, total.rule, total.component, total.severity, total.known)
        findings, observations = counted.get(key, (0, 0))
        counted[key] = (findings + total.findings, observations + total.observations)
    order = {source: number for number, source in enumerate(sources(report))}
    found = [_group(key, listed.get(key, ()), counted.get(key)) for key in dict.fromkeys([*listed, *counted])]
    return tuple(
        sorted(
            found,
            key=lambda g: (
                order[g.source],
                g.known,
                -g.severity.rank,
                g.rule,
                g.component is not None,
                g.component or "",
            ),
        )
    )


def _group(key: _Key, listed: Sequence[Diagnostic], counted: tuple[int, int] | None) -> Group:
    findings, observations = counted or (0, 0)
    if findings < len(listed):
        findings, observations = len(listed), max(observations, sum(item.count for item in listed))
    return Group(*key, findings=findings, observations=observations, listed=tuple(listed))


def cases(report: Report) -> tuple[Case, ...]:
    """Return one case for each source, rule and component that was checked or has findings.

    Of several outcomes (one for each dataset of a source) the one to worry about counts: *could not check*, then
    *checked*, then *not applicable*.
    """
    found: dict[_CaseKey, list[Group]] = {}
    for group in groups(report):
        found.setdefault((group.source, group.rule, group.component), []).append(group)
    outcomes: dict[_CaseKey, list[CheckOutcome]] = {}
    for check in report.checks:
        outcomes.setdefault((check.source, check.rule, check.component), []).append(check)
    order = {source: number for number, source in enumerate(sources(report))}
    keys = sorted(
        dict.fromkeys([*found, *outcomes]), key=lambda key: (order[key[0]], key[1], key[2] is not None, key[2] or "")
    )
    return tuple(_case(key, outcomes.get(key, ()), found.get(key, ())) for key in keys)


def _case(key: _CaseKey, outcomes: Sequence[CheckOutcome], found: Sequence[Group]) -> Case:
    statuses = {outcome.status for outcome in outcomes} | ({CheckStatus.CHECKED} if found else set())
    status = next(
        grade
        for grade in (CheckStatus.NOT_CHECKED, CheckStatus.CHECKED, CheckStatus.NOT_APPLICABLE)
        if grade in statuses
    )
    reasons = tuple(dict.fromkeys(item.reason for item in outcomes if item.reason and item.status is status))
    return Case(*key, status=status, reasons=reasons, groups=tuple(found))


def tally(report: Report) -> Tally:
    """Return which rules failed, passed, have remarks below the threshold or known findings alone, or were not checked."""
    found = groups(report)
    failed = {group.rule for group in found if group.fails(report)}
    remarks = {group.rule for group in found if not group.known} - failed
    known = {group.rule for group in found} - failed - remarks
    by_status = {status: {check.rule for check in report.checks if check.status is status} for status in CheckStatus}
    not_checked, checked = by_status[CheckStatus.NOT_CHECKED], by_status[CheckStatus.CHECKED]
    passed = checked - failed - remarks - known - not_checked
    idle = by_status[CheckStatus.NOT_APPLICABLE] - checked - not_checked - failed - remarks - known
    left_out = idle & {check.rule for check in report.checks if check.deselected}
    parts = (failed, passed, remarks, known, not_checked, idle - left_out, left_out)
    return Tally(*(tuple(sorted(part)) for part in parts))


def unchecked(report: Report) -> Mapping[tuple[str | None, str], Sequence[str]]:
    """Return by source and reason what was not checked for it: rules, with their component where they have one."""
    reasons: dict[tuple[str | None, str], list[str]] = {}
    for case in cases(report):
        if case.status is CheckStatus.NOT_CHECKED:
            name = case.rule if case.component is None else f"{case.rule} ({case.component})"
            reasons.setdefault((case.source, "; ".join(case.reasons) or "no reason given"), []).append(name)
    return reasons


def unexplained(report: Report) -> tuple[str, ...]:
    """Return the sources that are no pass although no check and no finding says why: nothing that was selected applies."""
    left_out = {check.source for check in report.checks if check.deselected}
    told = {item.location.source for item in report.diagnostics} - left_out
    return tuple(source for source in unjudged(report) if source not in told)


def unjudged(report: Report) -> tuple[str, ...]:
    """Return the sources that nothing was checked in, and of which no finding and no check says so."""
    said = {check.source for check in report.checks if check.status is CheckStatus.NOT_CHECKED}
    return tuple(source for source in report.unjudged if source not in said and source not in report.unreadable)


def spread(items: Sequence[Diagnostic], limit: int) -> tuple[Diagnostic, ...]:
    """Return at most ``limit`` findings, the first of every rule and component before the second of any, in order kept.

    Example:
        >>> found = [Diagnostic(rule, Severity.ERROR, "m") for rule in ("A", "A", "A", "B")]
        >>> [item.rule for item in spread(found, 2)]
        ['A', 'B']
    """
    if len(items) <= limit:
        return tuple(items)
    seen: dict[tuple[str, str | None, str | None], int] = {}
    ranked: list[tuple[int, int]] = []
    for number, item in enumerate(items):
        key = (item.rule, item.location.source, item.location.path)
        seen[key] = seen.get(key, 0) + 1
        ranked.append((seen[key], number))
    return tuple(items[number] for number in sorted(number for _, number in sorted(ranked)[:limit]))


def mentioned_rules(report: Report) -> tuple[Rule, ...]:
    """Return the catalogue's rules that the report speaks of, by id; rules of other catalogues are left out."""
    named: Iterable[str] = {
        *(item.rule for item in report.diagnostics),
        *(item.rule for item in report.totals),
        *(item.rule for item in report.checks),
    }
    known = catalogue()
    return tuple(known[rule] for rule in sorted(named) if rule in known)
