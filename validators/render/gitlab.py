"""GitLab Code Quality: findings that a merge request shows beside its lines, and compares with the branch before."""

from collections import Counter
from collections.abc import Iterator

from semstat.validators.diagnostics import CheckStatus, Diagnostic, Report, Severity
from semstat.validators.fingerprints import Traits, fingerprint, relative_name
from semstat.validators.render.arrangement import Case, cases, unjudged
from semstat.validators.render.json_report import written
from semstat.validators.render.wording import NOTHING, did_you_mean, printable, rule_title

__all__ = ["render"]

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report) -> str:
    r"""Return one issue for each finding, and one for each check that could not be made, which is no pass.

    Known findings of a baseline are left out: what stays the same is nothing to look at. GitLab demands a path and a line;
    where a finding has none, it stands on the first line. Findings alike in all that a fingerprint sees are numbered.

    Source:
        GitLab documentation, *Code Quality report format*.

    Example:
        >>> render(Report())
        '[]\n'
    """
    seen: Counter[str] = Counter()
    issues = []
    for mark, issue in _issues(report):
        seen[mark] += 1
        issues.append({**issue, "fingerprint": mark if seen[mark] == 1 else f"{mark}-{seen[mark]}"})
    return written(issues) + "\n"


def _issues(report: Report) -> Iterator[tuple[str, dict[str, object]]]:
    for item in report.diagnostics:
        if not item.known:
            yield fingerprint(item, folder=report.folder), _issue(item, report.folder)
    for case in cases(report):
        if case.status is CheckStatus.NOT_CHECKED:
            source = None if case.source is None else relative_name(case.source, report.folder)
            yield (
                Traits(case.rule, source, case.component, None, "could not check").fingerprint,
                _unchecked(case, source),
            )

    for source in unjudged(report):
        name = relative_name(source, report.folder)
        issue: dict[str, object] = {
            "description": NOTHING,
            "check_name": "verdict",
            "severity": "major",
            "location": _location(name, None),
        }
        yield Traits("verdict", name, None, None, None).fingerprint, issue


def _issue(item: Diagnostic, folder: str) -> dict[str, object]:
    where = item.location
    nearest = did_you_mean(item)
    return {
        "description": printable(item.message + (f"; {nearest}" if nearest else "")),
        "check_name": rule_title(item.rule),
        "severity": _SEVERITIES[item.severity],
        "location": _location(None if where.source is None else relative_name(where.source, folder), where.line),
    }


def _unchecked(case: Case, source: str | None) -> dict[str, object]:
    what = f"could not be checked for {case.component}" if case.component else "could not be checked"
    return {
        "description": printable(f"{what}: {'; '.join(case.reasons) or 'no reason given'}"),
        "check_name": rule_title(case.rule),
        "severity": "major",
        "location": _location(source, None),
    }


def _location(source: str | None, line: int | None) -> dict[str, object]:
    return {"path": printable(source or "(no file)"), "lines": {"begin": line or 1}}
