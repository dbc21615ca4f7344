"""Baselines: findings that are known already, so that a run fails on new ones alone.

A baseline is JSON with one finding on each line, sorted, so that a change of it reads well in a comparison of versions. A
known finding is recognised by its fingerprint, not by its line or wording; of several alike, as many are known as it counts.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from semstat.validators.diagnostics import CheckStatus, Diagnostic, Location, Report, Total
from semstat.validators.fingerprints import Traits, relative_name, traits
from semstat.validators.profiles import NEVER_KNOWN
from semstat.validators.rules import finding
from semstat.validators.selection import EVERYTHING, Selection

__all__ = ["VERSION", "Baseline", "BaselineError", "baseline_of", "compared", "read_baseline", "written_baseline"]

VERSION = 1
_STALE = "IO121"
_MEMBERS = ("rule", "source", "component", "key", "value")
_FINGERPRINT = re.compile(r'"fingerprint": *"([0-9a-f]{32})"')
_Key = tuple[str | None, str, str | None, str, bool]


class BaselineError(ValueError):
    """A text that is no baseline of this version; the message says why."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Known findings: how many there are of each kind, and on which line of the file ``name`` they stand."""

    entries: Mapping[Traits, int] = field(default_factory=lambda: MappingProxyType({}))
    name: str = "baseline"
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


def baseline_of(report: Report, *, kept: Mapping[Traits, int] = MappingProxyType({})) -> Baseline:
    """Return the baseline that knows every finding listed in a report, and further entries that the report cannot judge.

    Findings that say that an input could not be judged are never known: nothing would be.
    """
    found = Counter(traits(item, folder=report.folder) for item in report.diagnostics if _can_be_known(item.rule))
    return Baseline(MappingProxyType({**kept, **found}))


def written_baseline(baseline: Baseline) -> str:
    """Return a baseline as JSON, one finding on each line.

    Example:
        >>> known = Baseline({Traits("DF004", "a.csv", "FREQ", "X.KE", "X"): 2})
        >>> read_baseline(written_baseline(known)).entries == known.entries
        True
    """
    ordered = sorted(baseline.entries, key=lambda item: (item.source or "", *(part or "" for part in item)))
    lines = [f"    {_line(item, baseline.entries[item])}" for item in ordered]
    listed = "[\n" + ",\n".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "baseline_version": {VERSION},\n  "findings": {listed}\n}}\n'


def read_baseline(text: str, *, name: str = "baseline") -> Baseline:
    """Return the baseline that a text holds.

    Raises:
        BaselineError: the text is no baseline, is of another version, or an entry was changed without its fingerprint.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise BaselineError("it is not JSON") from problem
    if not isinstance(content, dict) or not isinstance(content.get("findings"), list):
        raise BaselineError("it is no baseline: it has no list of findings")
    if content.get("baseline_version") != VERSION:
        raise BaselineError(f"its baseline_version is {content.get('baseline_version')!r}, and {VERSION} is read")
    entries: Counter[Traits] = Counter()
    for number, item in enumerate(content["findings"], 1):
        known, count = _entry(item, number)
        entries[known] += count
    lines = {
        match[1]: number for number, line in enumerate(text.splitlines(), 1) for match in _FINGERPRINT.finditer(line)
    }
    return Baseline(MappingProxyType(dict(entries)), name, MappingProxyType(lines))


def compared(
    report: Report,
    baseline: Baseline,
    *,
    limit: int | None,
    looked_at: Iterable[str] = (),
    selection: Selection = EVERYTHING,
) -> tuple[Report, Mapping[Traits, int]]:
    """Return a report with its known findings marked, and the entries of the baseline that it could not judge.

    Args:
        report: All findings listed; those that are only counted are taken for new.
        baseline: What is known.
        limit: How many places of one rule and component are listed in the result, of new and of known ones each.
        looked_at: Files and folders that were judged, beside the sources that the report names.
        selection: What was checked.

    Findings:
        IO121 for each entry that is not found any more.
    """
    left = Counter(baseline.entries)
    marked: list[Diagnostic] = []
    for item in report.diagnostics:
        known = traits(item, folder=report.folder)
        is_known = _can_be_known(item.rule) and left[known] > 0
        left[known] -= is_known
        marked.append(replace(item, known=is_known))
    judged = _judged(report, looked_at, selection)
    stale = {item: left[item] for item in baseline.entries if left[item] > 0 and judged(item)}
    kept = {item: left[item] for item in baseline.entries if left[item] > 0 and item not in stale}
    if selection.has(_STALE):
        marked += _stale(stale, baseline, selection)
    totals = tuple(_totals(marked, report.totals))
    shown = tuple(_shown(marked, limit))
    listed = Counter(_key(item) for item in shown)
    totals = tuple(replace(total, listed=listed[_key(total)]) for total in totals)
    return replace(report, diagnostics=shown, totals=totals), kept


def _can_be_known(rule: str) -> bool:
    return rule not in NEVER_KNOWN and rule != _STALE


def _line(item: Traits, count: int) -> str:
    members = {name: part for name, part in zip(_MEMBERS, item, strict=True) if part is not None}
    text = json.dumps({**members, "count": count, "fingerprint": item.fingerprint}, ensure_ascii=False)
    return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match.group()):04x}", text)


def _entry(item: object, number: int) -> tuple[Traits, int]:
    if not isinstance(item, dict) or set(item) - {*_MEMBERS, "count", "fingerprint"}:
        raise BaselineError(f"finding {number} is not as semstat writes it")
    rule, *parts = (item.get(name) for name in _MEMBERS)
    count = item.get("count")
    right = all(part is None or isinstance(part, str) for part in parts)
    if not right or not isinstance(rule, str) or not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise BaselineError(f"finding {number} is not as semstat writes it")
    known = Traits(rule, *parts)
    if item.get("fingerprint") != known.fingerprint:
        raise BaselineError(f"the fingerprint of finding {number} does not fit its other members")
    return known, count


def _judged(report: Report, looked_at: Iterable[str], selection: Selection) -> Callable[[Traits], bool]:
    """Return what tells whether an entry would have been found: its source was read, its rule checked there."""
    names = {relative_name(name, report.folder) for name in (*report.sources, *looked_at)}
    unread = {relative_name(name, report.folder) for name in report.unreadable}
    unchecked = {
        (check.rule, relative_name(check.source or "", report.folder))
        for check in report.checks
        if check.status is CheckStatus.NOT_CHECKED
    }

    def judged(item: Traits) -> bool:
        source = item.source or ""
        read = source in names or any(source.startswith((f"{name}/", f"{name}!")) for name in names)
        here = read or ("." in names and not source.startswith(("/", "../")))
        return here and source not in unread and selection.has(item.rule) and (item.rule, source) not in unchecked

    return judged


def _stale(entries: Mapping[Traits, int], baseline: Baseline, selection: Selection) -> Iterator[Diagnostic]:
    for item in sorted(entries, key=lambda entry: baseline.lines.get(entry.fingerprint, 0)):
        what = f"`{item.rule}`" + (f" of `{item.component}`" if item.component else "")
        what += f" with the value `{item.value}`" if item.value is not None else ""
        where = (f" in `{item.source}`" if item.source else "") + (f" at `{item.key}`" if item.key else "")
        gone, known = entries[item], baseline.entries[item]
        some = f"{gone} of {known} findings" if known > 1 else "a finding"
        place = Location(baseline.name, baseline.lines.get(item.fingerprint))
        made = finding(_STALE, f"the baseline lists {some} not found any more: {what}{where}", place, value=item.rule)
        yield replace(made, severity=selection.severity(_STALE, made.severity))


def _key(item: Diagnostic | Total) -> _Key:
    if isinstance(item, Total):
        return (item.source, item.rule, item.component, item.severity.value, item.known)
    return (item.location.source, item.rule, item.location.path, item.severity.value, item.known)


def _shown(items: Iterable[Diagnostic], limit: int | None) -> Iterator[Diagnostic]:
    seen: Counter[_Key] = Counter()
    for item in items:
        seen[_key(item)] += 1
        if limit is None or seen[_key(item)] <= limit:
            yield item


def _totals(items: Iterable[Diagnostic], stated: Iterable[Total]) -> Iterator[Total]:
    """Yield the totals of new and of known findings; what was counted and not listed is new."""
    groups: dict[_Key, list[Diagnostic]] = {}
    for item in items:
        groups.setdefault(_key(item), []).append(item)
    sums: dict[_Key, Total] = {}
    for total in stated:
        before = sums.get(_key(total))
        sums[_key(total)] = total if before is None else _sum(before, total)
    for key, total in sums.items():
        known = groups.pop((*key[:4], True), [])
        new = groups.pop(key, [])
        # Readers count a summary of many findings as all of them, executors a place with many observations as one.
        by_count = total.findings == total.observations == sum(item.count for item in (*known, *new))
        findings = sum(item.count if by_count else 1 for item in known)
        observations = sum(item.count for item in known)
        if total.findings > findings:
            yield replace(total, findings=total.findings - findings, observations=total.observations - observations)
        if known:
            yield replace(total, findings=findings, observations=observations, known=True)
    for group in groups.values():
        first, number = group[0], sum(item.count for item in group)
        yield Total(
            first.location.source, first.rule, first.location.path, first.severity, number, number, 0, first.known
        )


def _sum(one: Total, other: Total) -> Total:
    return replace(one, findings=one.findings + other.findings, observations=one.observations + other.observations)
