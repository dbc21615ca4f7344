"""The concise text report: one line for each finding, for editors, ``grep`` and small terminals."""

from semstat.validators.diagnostics import Report
from semstat.validators.render.arrangement import groups, unchecked, unexplained
from semstat.validators.render.wording import (
    UNJUDGED,
    counted,
    did_you_mean,
    number,
    place,
    printable,
    summary,
    verdict_words,
)

__all__ = ["render"]

_COLORS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "info": "\x1b[1;34m"}


def render(report: Report, *, color: bool = False) -> str:
    """Return one line ``file:line:column: severity RULE component message`` for each finding, and the verdict.

    Then one for each reason why something was not checked, unless a finding says so. A component that does not apply is
    written ``-``, so that the fields can be told apart by blanks. A finding of the baseline has ``known`` before its
    severity.

    Example:
        >>> from semstat.validators.diagnostics import Diagnostic, Location, Severity
        >>> found = Diagnostic("IO105", Severity.ERROR, "the file is empty", Location("a.csv", 1))
        >>> print(render(Report((found,), unreadable=("a.csv",))), end="")
        a.csv:1: error IO105 - the file is empty
        UNREADABLE, not a pass  1 rule failed, 0 passed, 0 not checked · 0 observations
    """
    lines: list[str] = []
    for group in groups(report):
        grade = group.severity.value
        label = f"{_COLORS[grade]}{grade}\x1b[0m" if color else grade
        label = f"known {label}" if group.known else label
        head = f"{label} {printable(group.rule)} {printable(group.component or '-')}"
        for item in group.listed:
            nearest = did_you_mean(item)
            lines.append(
                f"{place(item.location)}: {head} {printable(item.message)}" + (f"; {nearest}" if nearest else "")
            )
        if group.hidden:
            source = printable(group.source) if group.source else "(no file)"
            lines.append(f"{source}: {head} {number(group.findings)} findings, {number(len(group.listed))} listed")
    said = {item.message for item in report.diagnostics}
    for (origin, reason), names in unchecked(report).items():
        if reason in said:
            continue
        lines.append(
            f"{printable(origin or '(no file)')}: not checked: {counted(len(names), 'check')}: {printable(reason)}"
        )
    lines += [f"{printable(source)}: {UNJUDGED}" for source in unexplained(report)]
    lines.append(f"{verdict_words(report)}  {summary(report)}")
    return "\n".join(lines) + "\n"
