"""The words and numbers that several output formats share, and what makes any text safe to show."""

import re

from semstat.validators.diagnostics import Diagnostic, Location, Report, Verdict
from semstat.validators.render.arrangement import tally
from semstat.validators.rules import catalogue

__all__ = [
    "NOTHING",
    "UNJUDGED",
    "counted",
    "did_you_mean",
    "number",
    "place",
    "printable",
    "rule_title",
    "summary",
    "verdict_words",
]

NOTHING = "nothing was checked in this source, so it is no pass"
"""What is said of a source without a finding and without a check."""

UNJUDGED = "no rule that was selected applies, so nothing was checked"
"""What is said of a source that no check looked at, where nothing else says it."""

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
)
_WITH_LABEL = re.compile(r"(\S+) \((.+)\)", re.DOTALL)
_VERDICTS = {
    Verdict.PASS: "PASS",
    Verdict.FAIL: "FAIL",
    Verdict.INCOMPLETE: "INCOMPLETE, not a pass",
    Verdict.UNREADABLE: "UNREADABLE, not a pass",
}


def printable(text: str, *, keep: str = "") -> str:
    r"""Return ``text`` with control, invisible and direction-changing characters written as escapes.

    Values come from files: without this, one of them could move the cursor of a terminal, reverse the reading order of
    a line, or make an XML report ill-formed. Joiners stay, since some scripts need them, as do characters in ``keep``.

    Example:
        >>> print(printable("a\x1b[31mb\nc"))
        a\x1b[31mb\nc
    """

    def escape(match: re.Match[str]) -> str:
        character = match.group()
        return character if character in keep else character.encode("unicode_escape", "surrogatepass").decode("ascii")

    return _UNSAFE.sub(escape, text)


def number(value: int) -> str:
    """Return a whole number with a comma for thousands.

    Example:
        >>> number(1234567)
        '1,234,567'
    """
    return f"{value:,}"


def counted(value: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    Example:
        >>> counted(1, "rule"), counted(2000, "series", "series")
        ('1 rule', '2,000 series')
    """
    return f"{number(value)} {noun if value == 1 else plural or noun + 's'}"


def place(location: Location) -> str:
    """Return ``file:line:column`` as far as it is known; ``record 7`` where the file has no lines.

    Example:
        >>> place(Location("a.csv", 4)), place(Location("a.parquet", record=7))
        ('a.csv:4', 'a.parquet, record 7')
    """
    source = location.source or "(no file)"
    if location.line is not None:
        source += f":{location.line}" + (f":{location.column}" if location.column is not None else "")
    elif location.record is not None:
        source += f", record {location.record}"
    return printable(source)


def did_you_mean(item: Diagnostic) -> str | None:
    """Return the question after the nearest valid value, or ``None``; a label in brackets stays outside the quotes.

    Example:
        >>> from semstat.validators.diagnostics import Severity
        >>> did_you_mean(Diagnostic("DF004", Severity.ERROR, "m", nearest="A (Annual)"))
        'did you mean "A" (Annual)?'
    """
    if item.nearest is None:
        return None
    match = _WITH_LABEL.fullmatch(item.nearest)
    words = f'"{match[1]}" ({match[2]})' if match else f'"{item.nearest}"'
    return printable(f"did you mean {words}?")


def rule_title(rule: str) -> str:
    """Return id and name of a rule, or the id alone when the catalogue does not know it.

    Example:
        >>> rule_title("DF004")
        'DF004 code-not-in-codelist'
    """
    known = catalogue().get(rule)
    return f"{rule} {known.name}" if known else printable(rule)


def verdict_words(report: Report) -> str:
    """Return the verdict in capitals; whatever is no pass says so."""
    return _VERDICTS[report.verdict]


def summary(report: Report) -> str:
    """Return how many rules failed, passed and were not checked, and how many observations or triples there were.

    Example:
        >>> summary(Report())
        '0 rules failed, 0 passed, 0 not checked · 0 observations'
    """
    result = tally(report)
    parts = [f"{counted(len(result.failed), 'rule')} failed", f"{len(result.passed)} passed"]
    if result.remarks:
        parts.append(f"{len(result.remarks)} with remarks")
    if result.known:
        parts.append(f"{len(result.known)} with known findings only")
    parts.append(f"{len(result.not_checked)} not checked")
    if result.deselected:
        parts.append(f"{len(result.deselected)} deselected")
    return f"{', '.join(parts)} · {_seen(report)}"


def _seen(report: Report) -> str:
    """Return how much there was: triples of graphs, observations of data, both where there are both."""
    triples = [counted(report.triples, "triple")] if report.triples else []
    if triples and not report.datasets:
        return triples[0]
    seen = counted(sum(item.observations for item in report.datasets), "observation")
    if len(report.datasets) > 1:
        seen += f" in {len(report.datasets)} datasets"
    return ", ".join([seen, *triples])
