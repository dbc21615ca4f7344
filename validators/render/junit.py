"""JUnit XML: one suite for each source, one case for each rule and component."""

from xml.sax.saxutils import escape, quoteattr

from semstat.validators.diagnostics import CheckStatus, Report
from semstat.validators.render.arrangement import Case, Group, cases, sources
from semstat.validators.render.wording import counted, did_you_mean, number, place, printable, rule_title

__all__ = ["render"]


def render(report: Report) -> str:
    """Return the report as JUnit XML.

    A finding at or above the threshold makes its case fail, one below it is output of a passing case. A check that does
    not apply or could not be made is skipped with its reason. Build servers take skipped cases for a pass, so a source
    that could not be read, was not judged, or has a check that could not be made also gets an ``<error>``.

    Example:
        >>> print(render(Report()), end="")
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="semstat validate" tests="0" failures="0" errors="0" skipped="0">
        </testsuites>
    """
    found = cases(report)
    suites = [_suite(source, [case for case in found if case.source == source], report) for source in sources(report)]
    total = [sum(counts) for counts in zip(*(counts for _, counts in suites), strict=True)] or [0, 0, 0, 0]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="semstat validate"{_counts(total)}>']
    for suite, _ in suites:
        lines += suite
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _counts(counts: list[int]) -> str:
    names = ("tests", "failures", "errors", "skipped")
    return "".join(f' {name}="{count}"' for name, count in zip(names, counts, strict=True))


def _attribute(text: str) -> str:
    return quoteattr(printable(text))


def _text(text: str) -> str:
    return escape(printable(text, keep="\n"))


def _suite(source: str | None, found: list[Case], report: Report) -> tuple[list[str], list[int]]:
    bodies = [(_name(case), f"semstat.{case.rule}", *_outcome(case, report)) for case in found]
    doubt = _doubt(source, found, report)
    if doubt is not None:
        bodies.append(("verdict", "semstat", "errors", _problem("error", doubt, "")))
    kinds = [kind for _, _, kind, _ in bodies]
    counts = [len(bodies), *(kinds.count(kind) for kind in ("failures", "errors", "skipped"))]
    lines = [f"  <testsuite name={_attribute(source or '(no file)')}{_counts(counts)}>"]
    for name, owner, _, body in bodies:
        lines.append(f"    <testcase classname={_attribute(owner)} name={_attribute(name)}>{body}</testcase>")
    return [*lines, "  </testsuite>"], counts


def _doubt(source: str | None, found: list[Case], report: Report) -> str | None:
    """Return why the source as a whole cannot count as a pass, whatever its cases say."""
    unchecked = sum(case.status is CheckStatus.NOT_CHECKED for case in found)
    if source in report.unreadable:
        return "could not be read"
    if unchecked:
        return f"not a pass: {counted(unchecked, 'check')} could not be made"
    judged = any(check.status is CheckStatus.CHECKED for check in report.checks if check.source == source)
    return None if judged or source not in report.sources else "not a pass: nothing was checked in this source"


def _name(case: Case) -> str:
    return rule_title(case.rule) + (f" [{case.component}]" if case.component is not None else "")


def _outcome(case: Case, report: Report) -> tuple[str, str]:
    failing = [group for group in case.groups if group.fails(report)]
    reason = "; ".join(case.reasons) or "no reason given"
    if failing:
        return "failures", _problem("failure", _extent(failing), _listing(failing))
    if case.status is CheckStatus.NOT_CHECKED:
        return "skipped", f"<skipped message={_attribute(f'could not check: {reason}')}/>"
    if case.status is CheckStatus.NOT_APPLICABLE:
        return "skipped", f"<skipped message={_attribute(f'not applicable: {reason}')}/>"
    remarks = _listing(list(case.groups))
    return "passed", f"<system-out>{_text(remarks)}</system-out>" if remarks else ""


def _problem(element: str, message: str, body: str) -> str:
    return f'<{element} type="semstat" message={_attribute(message)}>{_text(body)}</{element}>'


def _extent(found: list[Group]) -> str:
    return counted(sum(group.findings for group in found), "finding")


def _listing(found: list[Group]) -> str:
    lines: list[str] = []
    for group in found:
        for item in group.listed:
            nearest = did_you_mean(item)
            grade = f"known {group.severity.value}" if group.known else group.severity.value
            lines.append(f"{place(item.location)}: {grade}: {printable(item.message)}")
            lines[-1] += f"; {nearest}" if nearest else ""
        if group.hidden:
            more = "more " if group.listed else ""
            lines.append(f"{number(group.hidden)} {more}{'known, ' if group.known else ''}not listed")
    return "\n".join(lines)
