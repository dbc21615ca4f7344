"""Annotations of GitHub Actions: workflow commands that put findings beside the lines of a pull request.

GitHub shows ten annotations of a kind for each step: the first finding of every rule and component comes first.
"""

from semstat.validators.diagnostics import Report, Severity, Verdict
from semstat.validators.render.arrangement import Group, groups
from semstat.validators.render.wording import did_you_mean, number, printable, rule_title, summary, verdict_words

__all__ = ["render"]

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_VERDICTS = {Verdict.PASS: "notice", Verdict.FAIL: "error", Verdict.INCOMPLETE: "error", Verdict.UNREADABLE: "error"}


def render(report: Report) -> str:
    """Return one workflow command for each finding, gravest first, one for the verdict, and none for known findings.

    Example:
        >>> print(render(Report()), end="")
        ::error title=INCOMPLETE%2C not a pass::0 rules failed, 0 passed, 0 not checked · 0 observations
    """
    ordered = sorted((group for group in groups(report) if not group.known), key=lambda group: -group.severity.rank)
    depth = max((len(group.listed) for group in ordered), default=0)
    lines = [_line(group, turn) for turn in range(depth) for group in ordered if turn < len(group.listed)]
    lines += [_line(group, None) for group in ordered if not group.listed]
    verdict = f"::{_VERDICTS[report.verdict]} title={_property(verdict_words(report))}::{_data(summary(report))}"
    return "\n".join([*lines, verdict]) + "\n"


def _line(group: Group, turn: int | None) -> str:
    properties = {"file": group.source} if group.source is not None else {}
    message = f"{number(group.findings)} findings"
    if turn is not None:
        item = group.listed[turn]
        nearest = did_you_mean(item)
        message = item.message + (f"; {nearest}" if nearest else "")
        message += f" ({number(group.findings)} findings in all)" if turn == 0 and group.findings > 1 else ""
        properties |= {"line": str(item.location.line)} if item.location.line is not None else {}
        properties |= {"col": str(item.location.column)} if item.location.column else {}
    title = rule_title(group.rule) + (f" {group.component}" if group.component is not None else "")
    written = ",".join(f"{name}={_property(text)}" for name, text in (properties | {"title": title}).items())
    return f"::{_COMMANDS[group.severity]} {written}::{_data(message)}"


def _data(text: str) -> str:
    """Return text with what a workflow command gives a meaning escaped, as the runner itself undoes it."""
    return printable(text, keep="\r\n").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
