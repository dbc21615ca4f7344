"""The full text report: what a person reads in a terminal."""

from collections.abc import Callable, Iterator

from semstat.validators.diagnostics import DatasetSummary, Diagnostic, Report, Severity, Verdict, abridged
from semstat.validators.render.arrangement import Group, groups, sources, tally, unchecked, unexplained
from semstat.validators.render.excerpts import NONE, Excerpts, marked_line
from semstat.validators.render.wording import (
    UNJUDGED,
    counted,
    did_you_mean,
    number,
    place,
    printable,
    rule_title,
    summary,
    verdict_words,
)

__all__ = ["render"]

_RESET = "\x1b[0m"
_Paint = Callable[[str, str], str]
_STYLES = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "info": "\x1b[1;34m",
    "pass": "\x1b[1;32m",
    "fail": "\x1b[1;31m",
    "incomplete": "\x1b[1;33m",
    "unreadable": "\x1b[1;31m",
    "head": "\x1b[1m",
    "quiet": "\x1b[2m",
}


def render(report: Report, *, excerpts: Excerpts = NONE, color: bool = False) -> str:
    """Return the report as text, findings by source, rule and component, the verdict last.

    Args:
        report: What to show.
        excerpts: Lines of the sources, shown with a mark under the value at fault; without them only places are named.
        color: Whether to use ANSI colours; no other control character ever comes out, whatever the values hold.

    Example:
        >>> print(render(Report()), end="")
        INCOMPLETE, not a pass  0 rules failed, 0 passed, 0 not checked · 0 observations
    """
    paint = _in_color if color else _plain
    lines: list[str] = []
    found = groups(report)
    for source in sources(report):
        block = [*_head(report, source, paint)]
        for group in found:
            if group.source == source:
                block += ["", *_group(group, excerpts, paint)]
        lines += [*block, ""] if len(block) > 1 else block
    if lines and lines[-1]:
        lines.append("")
    lines += _unchecked(report, paint)
    lines += _idle(report)
    lines += _closing(report, paint)
    return "\n".join(lines) + "\n"


def _in_color(text: str, style: str) -> str:
    return f"{_STYLES[style]}{text}{_RESET}"


def _plain(text: str, style: str) -> str:
    del style
    return text


def _head(report: Report, source: str | None, paint: _Paint) -> Iterator[str]:
    name = paint(printable(source) if source else "(no file)", "head")
    held = [item for item in report.datasets if item.source == source]
    if source in report.unreadable:
        yield f"{name} · could not be read"
    elif len(held) == 1:
        yield f"{name} · {_dataset(held[0])}"
    else:
        yield f"{name}" + (f" · {len(held)} datasets" if held else "")
    if len(held) > 1:
        yield from (f"  {item.index}. {_dataset(item)}" for item in held)


def _dataset(item: DatasetSummary) -> str:
    parts = [item.format, item.structure or "structure unknown", counted(item.observations, "observation")]
    if item.series is not None:
        parts.append(counted(item.series, "series", "series"))
    if item.groups:
        parts.append(counted(item.groups, "group"))
    return printable(" · ".join(parts))


def _group(group: Group, excerpts: Excerpts, paint: _Paint) -> Iterator[str]:
    grade = paint(group.severity.value, group.severity.value)
    title = f"{grade} {paint(rule_title(group.rule), 'head')}"
    if group.component is not None:
        title += f" · {printable(group.component)}"
    yield f"{paint('known', 'quiet')} {title} · {_extent(group)}" if group.known else f"{title} · {_extent(group)}"
    for item in group.listed:
        yield f"  {place(item.location)}  {printable(item.message)}"
        yield from ("  " + line for line in _details(item, excerpts, paint))
    if group.hidden and group.listed:
        shown = f"first {number(len(group.listed))} of {number(group.findings)} shown"
        yield paint(f"  … {shown}; --max-findings 0 lists all", "quiet")


def _extent(group: Group) -> str:
    extent = counted(group.findings, "finding")
    if group.observations != group.findings and group.observations:
        extent += f", {counted(group.observations, 'observation')} concerned"
    return extent


def _details(item: Diagnostic, excerpts: Excerpts, paint: _Paint) -> Iterator[str]:
    hints = [f"expected {printable(item.expected)}"] if item.expected else []
    nearest = did_you_mean(item)
    hints += [paint(nearest, "head")] if nearest else []
    excerpt = marked_line(item, excerpts)
    margin = " " * 6
    if excerpt is not None:
        line, mark = excerpt
        gutter = str(item.location.line).rjust(6)
        margin = f"{' ' * len(gutter)} | "
        yield f"{gutter} | {line}"
        hints = [paint(mark, item.severity.value), *hints] if mark else hints
        if hints:
            yield margin + (hints[0] + " " + "   ".join(hints[1:]) if mark else "   ".join(hints)).rstrip()
    elif hints:
        yield margin + "   ".join(hints)
    yield from (paint(f"{margin}{line}".rstrip(), "quiet") for line in _context(item))


def _context(item: Diagnostic) -> Iterator[str]:
    if item.series_key:
        extra = f" · {counted(item.count, 'observation')} concerned" if item.count > 1 else ""
        yield f"series {printable(abridged(item.series_key))}{extra}"
    if item.related:
        yield "see " + _elsewhere(item)


def _unchecked(report: Report, paint: _Paint) -> list[str]:
    """Return one line for each reason: sources, rules and components that share it stand together."""
    label = paint("NOT CHECKED", Severity.WARNING.value)
    lines = [
        f"{label}  {printable(f'{source}: ' if source else '')}{printable(', '.join(names))}: {printable(reason)}"
        for (source, reason), names in unchecked(report).items()
    ]
    lines += [f"{label}  {printable(source)}: {UNJUDGED}" for source in unexplained(report)]
    return [*lines, ""] if lines else []


def _idle(report: Report) -> list[str]:
    result = tally(report)
    listed = (("Not applicable", result.not_applicable), ("Deselected, not checked", result.deselected))
    lines = [f"{title}: {', '.join(printable(rule) for rule in rules)}" for title, rules in listed if rules]
    return [*lines, ""] if lines else []


def _closing(report: Report, paint: _Paint) -> Iterator[str]:
    if report.verdict is Verdict.UNREADABLE and not report.datasets:
        yield f"{paint(verdict_words(report), 'unreadable')}  Nothing was validated."
    else:
        yield f"{paint(verdict_words(report), report.verdict.value)}  {summary(report)}"
    first = next(iter(sorted(groups(report), key=lambda group: (group.known, -group.severity.rank))), None)
    if first is not None:
        yield f"Next: semstat explain {printable(first.rule)}"


def _elsewhere(item: Diagnostic) -> str:
    """Name the other places of a finding, by line and column alone where they are in the same source."""
    if any(other.source != item.location.source or other.line is None for other in item.related):
        return ", ".join(place(other) for other in item.related)
    lines = [f"{other.line}:{other.column}" if other.column else str(other.line) for other in item.related]
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(lines)}"
