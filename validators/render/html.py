"""The HTML report: one self-contained page that a person would like to read, print and send on.

No scripts, no requests, one ``<style>`` block that the page's own content security policy allows by its hash. Nothing
that comes from a file is ever markup.
"""

import base64
import hashlib
from collections.abc import Iterator
from importlib.resources import files

from semstat.validators.diagnostics import CheckOutcome, CheckStatus, DatasetSummary, Report, Verdict
from semstat.validators.render import heatmap
from semstat.validators.render.arrangement import cases, groups, sources, tally, unexplained
from semstat.validators.render.page import code, findings_section, paragraph, rows_table, text
from semstat.validators.render.wording import UNJUDGED, counted, number, rule_title

__all__ = ["render"]

_SYMBOLS = {Verdict.PASS: "✓", Verdict.FAIL: "✕", Verdict.INCOMPLETE: "!", Verdict.UNREADABLE: "?"}
_WORDS = {
    Verdict.PASS: "Pass",
    Verdict.FAIL: "Fail",
    Verdict.INCOMPLETE: "Incomplete",
    Verdict.UNREADABLE: "Unreadable",
}


_FOOTER = "<footer><p>Written by semstat. <code>semstat explain RULE</code> tells more about a rule.</p></footer>"
_SCROLL = '<div class="scroll" tabindex="0" role="group" aria-label="{}">'


def render(report: Report, *, rows: int = 200) -> str:
    """Return the report as a page.

    Args:
        report: What to show.
        rows: How many findings of one rule and component are listed at most; the totals are always true.

    Example:
        >>> render(Report()).startswith("<!DOCTYPE html>")
        True
    """
    style = files("semstat.validators.render").joinpath("report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    body = [*_banner(report), *_figures(report), *_unchecked(report), *_datasets(report), *_pictures(report)]
    body += [*findings_section(report, rows), *_checks(report)]
    return (
        "\n".join(
            [
                "<!DOCTYPE html>",
                '<html lang="en">',
                "<head>",
                '<meta charset="utf-8">',
                f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                '<meta name="color-scheme" content="light dark">',
                f"<title>{_WORDS[report.verdict]} · semstat validation report</title>",
                f"<style>{style}</style>",
                "</head>",
                "<body>",
                "<main>",
                *body,
                "</main>",
                _FOOTER,
                "</body>",
                "</html>",
            ]
        )
        + "\n"
    )


def _banner(report: Report) -> Iterator[str]:
    verdict = report.verdict
    names = [source for source in sources(report) if source is not None]
    yield f'<header class="banner {verdict.value}">'
    yield f'<span class="seal" aria-hidden="true">{_SYMBOLS[verdict]}</span>'
    yield f'<div><p class="eyebrow">Validation report</p><h1>{_WORDS[verdict]}</h1>'
    yield paragraph(_conclusion(report))
    if names:
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        yield f'<p class="inputs">{", ".join(f"<code>{text(name)}</code>" for name in names[:3])}{more}</p>'
    yield "</div></header>"


def _conclusion(report: Report) -> str:
    result = tally(report)
    if report.verdict is Verdict.UNREADABLE:
        return f"{counted(len(report.unreadable), 'input')} could not be read, so this is not a pass."
    if report.verdict is Verdict.INCOMPLETE:
        missing = counted(len(result.not_checked), "rule")
        reason = f"{missing} could not be checked" if result.not_checked else "something was not checked at all"
        found = f" {counted(len(result.failed), 'rule')} failed." if result.failed else ""
        return f"Not a pass: {reason}.{found}"
    if report.verdict is Verdict.FAIL:
        made = "Every selected check" if result.deselected else "Every check"
        return f"{counted(len(result.failed), 'rule')} failed, {len(result.passed)} passed. {made} was made."
    remarks = f" {counted(len(result.remarks), 'rule')} left remarks." if result.remarks else ""
    if result.known:
        remarks += f" {counted(len(result.known), 'rule')} found only what is known already."
    if result.deselected:
        remarks += (
            f" {counted(len(result.deselected), 'rule')} {'was' if len(result.deselected) == 1 else 'were'} deselected."
        )
    made = "Every selected check" if result.deselected else "Every check"
    return f"{made} was made, and none found a {'new ' if result.known else ''}fault.{remarks}"


def _figures(report: Report) -> Iterator[str]:
    result = tally(report)
    found = sum(group.findings for group in groups(report))
    figures = [
        (sum(item.observations for item in report.datasets), "observations", ""),
        (found, "findings", " bad" if report.failed else ""),
        (len(result.failed), "rules failed", " bad" if result.failed else ""),
        (len(result.passed), "rules passed", ""),
        (len(result.not_checked), "rules not checked", " warn" if result.not_checked else ""),
    ]
    yield '<dl class="figures">'
    yield from (
        f'<div class="figure{style}"><dt>{label}</dt><dd>{number(value)}</dd></div>' for value, label, style in figures
    )
    yield "</dl>"


def _unchecked(report: Report) -> Iterator[str]:
    missing = [case for case in cases(report) if case.status is CheckStatus.NOT_CHECKED]
    if missing:
        rows = [
            (_named(case.rule), code(case.component), code(case.source), text("; ".join(case.reasons)))
            for case in missing
        ]
        yield '<section class="alert"><h2>Not checked</h2>'
        yield paragraph("Nothing is known about these; they are no passes.")
        yield rows_table(("Rule", "Component", "Source", "Reason"), rows)
        yield "</section>"
    idle = unexplained(report)
    if idle:
        yield '<section class="alert"><h2>Not judged</h2>'
        yield paragraph(f"In these {UNJUDGED}.")
        yield "<ul>"
        yield from (f"<li>{code(source)}</li>" for source in idle)
        yield "</ul></section>"
    if report.unreadable:
        yield '<section class="alert"><h2>Not read</h2><ul>'
        yield from (f"<li>{code(source)}</li>" for source in report.unreadable)
        yield "</ul></section>"


def _named(rule: str) -> str:
    return f'<span class="whole">{text(rule_title(rule))}</span>'


def _datasets(report: Report) -> Iterator[str]:
    if not report.datasets:
        return
    counts: dict[str | None, int] = {}
    for group in groups(report):
        counts[group.source] = counts.get(group.source, 0) + group.findings
    several = {item.source for item in report.datasets if item.index > 1}
    rows = [
        (
            code(item.source) + (f" · dataset {item.index}" if item.source in several else ""),
            text(item.format),
            code(item.structure),
            number(item.observations),
            "–" if item.series is None else number(item.series),
            "–" if item.groups is None else number(item.groups),
            number(counts.get(item.source, 0)),
        )
        for item in report.datasets
    ]
    yield "<section><h2>Data</h2>"
    titles = ("Source", "Format", "Structure", "Observations", "Series", "Groups", "Findings in the file")
    yield rows_table(titles, rows, numeric=4)
    yield "</section>"


def _pictures(report: Report) -> Iterator[str]:
    drawn = [(item, grid) for item in report.datasets if (grid := heatmap.arrange(item)) is not None]
    if not drawn:
        return
    yield "<section><h2>Where the faults lie</h2>"
    for place, (dataset, grid) in enumerate(drawn, 1):
        yield from _figure(dataset, grid, f"map{place}", several=len(drawn) > 1)
    yield "</section>"


def _figure(dataset: DatasetSummary, grid: heatmap.Grid, name: str, *, several: bool) -> Iterator[str]:
    title = f"<strong>{code(dataset.source)}, dataset {dataset.index}.</strong> " if several else ""
    yield f"<figure><figcaption>{title}{text(heatmap.sentence(grid))}</figcaption>"
    yield f"{_SCROLL.format('Picture')}{heatmap.picture(grid, name=name)}</div>"
    yield heatmap.legend(grid)
    yield "<details><summary>The same as a table</summary>"
    yield f"{_SCROLL.format('Table')}{heatmap.table(grid)}</div></details></figure>"


def _checks(report: Report) -> Iterator[str]:
    if not report.checks:
        return
    rows = [
        (
            code(check.source),
            _named(check.rule),
            code(check.component),
            f'<span class="status {check.status.name.lower()}">{text(_word(check))}</span>',
            number(check.examined),
            number(check.failed),
            text(check.executor or "–"),
            text(check.reason or ""),
        )
        for check in report.checks
    ]
    titles = ("Source", "Rule", "Component", "Outcome", "Examined", "Findings", "By", "Reason")
    yield "<section><h2>What was checked</h2>"
    yield f"<details><summary>{counted(len(rows), 'check')}, {_made(report)}</summary>"
    yield rows_table(titles, rows, numeric=2, first=4)
    yield "</details></section>"


def _word(check: CheckOutcome) -> str:
    return "deselected" if check.deselected else check.status.value


def _made(report: Report) -> str:
    counts = {status.value: 0 for status in CheckStatus}
    for check in report.checks:
        counts[_word(check)] = counts.get(_word(check), 0) + 1
    return ", ".join(f"{number(count)} {word}" for word, count in counts.items())
