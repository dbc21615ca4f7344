"""Parts of the HTML page: escaped text, tables, and the section of findings."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from semstat.validators.diagnostics import Diagnostic, Report, abridged
from semstat.validators.render.arrangement import Group, groups, sources
from semstat.validators.render.wording import counted, number, place, printable
from semstat.validators.rules import catalogue

__all__ = ["code", "findings_section", "paragraph", "rows_table", "text"]

_QUOTED = re.compile(r"`([^`]*)`")
_ABSENT = '<span class="none">–</span>'


def text(content: str) -> str:
    """Return escaped text; nothing in it is markup afterwards.

    Example:
        >>> text("<script>")
        '&lt;script&gt;'
    """
    return escape(printable(abridged(content)))


def prose(content: str) -> str:
    """Return escaped text in which parts between backticks are code."""
    return _QUOTED.sub(r"<code>\1</code>", text(content))


def code(content: str | None) -> str:
    """Return a value as code, or a dash when there is none."""
    return _ABSENT if content is None else f"<code>{text(content)}</code>"


def paragraph(content: str) -> str:
    """Return a paragraph of escaped text."""
    return f"<p>{prose(content)}</p>"


def rows_table(
    titles: Sequence[str], rows: Sequence[Sequence[str]], *, numeric: int = 0, first: int | None = None
) -> str:
    """Return a table of cells that are markup already; ``numeric`` columns from ``first``, or the last, align right."""
    start = len(titles) - numeric if first is None else first
    kinds = [' class="n"' if start <= column < start + numeric else "" for column in range(len(titles))]
    head = "".join(f'<th scope="col"{kind}>{title}</th>' for title, kind in zip(titles, kinds, strict=True))
    lines = [f'<div class="scroll" tabindex="0" role="group" aria-label="{titles[0]}"><table>']
    lines.append(f"<thead><tr>{head}</tr></thead><tbody>")
    lines += [
        "<tr>" + "".join(f"<td{kind}>{cell}</td>" for cell, kind in zip(row, kinds, strict=True)) + "</tr>"
        for row in rows
    ]
    return "\n".join([*lines, "</tbody></table></div>"])


def findings_section(report: Report, rows: int) -> Iterator[str]:
    """Yield the section of findings: by source, then one fold for each rule, component and severity, the first open."""
    found = groups(report)
    yield "<section><h2>Findings</h2>"
    if not found:
        yield paragraph("There are none.")
    opened = False
    for source in sources(report):
        mine = [group for group in found if group.source == source]
        if mine:
            yield f"<h3>{code(source) if source is not None else 'Without a file'}</h3>"
        for group in mine:
            yield from _group(group, rows, opened=opened)
            opened = True
    yield "</section>"


def _group(group: Group, rows: int, *, opened: bool) -> Iterator[str]:
    rule = catalogue().get(group.rule)
    component = f" <code>{text(group.component)}</code>" if group.component is not None else ""
    name = f' <span class="name">{text(rule.name)}</span>' if rule else ""
    yield f'<details class="group {group.severity.value}"{"" if opened else " open"}><summary>'
    grade = f"known {group.severity.value}" if group.known else group.severity.value
    yield f'<span class="chip {group.severity.value}">{grade}</span> '
    yield f"<strong>{text(group.rule)}</strong>{name}{component}"
    yield f'<span class="count">{counted(group.findings, "finding")}</span></summary>'
    if rule:
        yield f'<div class="rule"><p>{prose(rule.statement)}</p><p><b>What to do.</b> {prose(rule.fix)}</p>'
        yield f'<p class="clause">{prose(rule.source)}</p>'
        if rule.external:
            codes = ", ".join(f"{product} <code>{text(name)}</code>" for product, name in rule.external)
            yield f'<p class="clause">Codes of other validators: {codes}</p>'
        yield "</div>"
    shown = group.listed[:rows]
    if shown:
        yield _listing(shown)
    yield from _rest(group, len(shown))
    yield "</details>"


def _rest(group: Group, shown: int) -> Iterator[str]:
    if group.findings > shown:
        yield f'<p class="rest">First {number(shown)} of {counted(group.findings, "finding")} shown.</p>'
    if group.observations > group.findings:
        yield f'<p class="rest">{counted(group.observations, "observation")} concerned.</p>'


def _listing(shown: Sequence[Diagnostic]) -> str:
    """Return the table of findings; columns that no finding fills are left out."""
    columns = (
        ("Where", [_where(item) for item in shown]),
        ("Series", [code(item.series_key or item.location.focus) for item in shown]),
        ("Found", [_found(item) for item in shown]),
        ("Expected", [_ABSENT if item.expected is None else text(item.expected) for item in shown]),
        ("Nearest", [_ABSENT if item.nearest is None else f"<b>{text(item.nearest)}</b>" for item in shown]),
        ("What is the matter", [prose(item.message) for item in shown]),
    )
    filled = [(title, cells) for title, cells in columns if any(cell != _ABSENT for cell in cells)]
    return rows_table([title for title, _ in filled], list(zip(*(cells for _, cells in filled), strict=True)))


def _found(item: Diagnostic) -> str:
    if item.value is None:
        return _ABSENT
    return '<span class="none">empty</span>' if not item.value else f'<code class="bad">{text(item.value)}</code>'


def _where(item: Diagnostic) -> str:
    where = item.location
    if where.line is not None:
        words = f"line {number(where.line)}"
    else:
        words = "–" if where.record is None else f"record {number(where.record)}"
    parts = [f'<span class="where">{words}</span>']
    parts += [f'<span class="see">see {text(place(other))}</span>' for other in item.related]
    parts += [f'<span class="see">{counted(item.count, "observation")}</span>'] if item.count > 1 else []
    return " ".join(parts)
