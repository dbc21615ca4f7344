"""Showing the line that a finding stands on, with a mark under the value at fault."""

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from semstat.validators.diagnostics import Diagnostic
from semstat.validators.render.wording import printable

__all__ = ["NONE", "Excerpts", "marked_line"]

Excerpts = Mapping[tuple[str, int], str]
"""Lines of sources: ``(source, line)`` → the text of the line, without its end. Line 1 helps to find CSV columns."""

NONE: Excerpts = MappingProxyType({})

_WIDTH = 96
_BEFORE = 40
_NEAR = 2048
"""Characters to each side of a finding's column that are looked at, where a whole message stands on one line."""


def marked_line(item: Diagnostic, excerpts: Excerpts) -> tuple[str, str] | None:
    """Return the line of a finding and a line of carets to stand below it, or ``None`` when there is no excerpt.

    The value is looked for as an XML attribute of the component's name, then as the CSV field below the component in
    line 1, then as the only field or attribute value equal to it. Where it cannot be told apart, the mark stands at the
    finding's column; with no column either, the second text is empty. A long line is cut to a window around the mark.
    """
    where = item.location
    if where.source is None or where.line is None:
        return None
    line = excerpts.get((where.source, where.line))
    if line is None:
        return None
    header = excerpts.get((where.source, 1)) if where.line != 1 else None
    if where.column is not None and len(line) > 2 * _NEAR:
        begin = max(0, where.column - 1 - _NEAR)
        cut = replace(item, location=replace(where, column=where.column - begin))
        return _marked(cut, line[begin : begin + 2 * _NEAR], header)
    return _marked(item, line, header)


def _marked(item: Diagnostic, line: str, header: str | None) -> tuple[str, str]:
    where = item.location
    span = _span(item, line, header)
    if span is None and where.column is not None and where.column <= len(line) + 1:
        span = (where.column - 1, where.column)
    return _window(line, span)


def _span(item: Diagnostic, line: str, header: str | None) -> tuple[int, int] | None:
    path, value = item.location.path, item.value
    start = (item.location.column or 1) - 1
    if line.lstrip().startswith("<"):
        return _xml_span(line, start, path, value)
    if path is not None and header is not None:
        column = _csv_span(line, header, path)
        if column is not None:
            return column
    return _only_span(line, value)


def _xml_span(line: str, start: int, path: str | None, value: str | None) -> tuple[int, int] | None:
    if path is not None and path in line:
        match = re.compile(rf"""(?<![\w:.-]){re.escape(path)}\s*=\s*(["'])(?P<value>[^"']*)\1""").search(line, start)
        if match:
            return match.span("value") if match["value"] else match.span()
    return _only_span(line, value)


def _only_span(line: str, value: str | None) -> tuple[int, int] | None:
    if not value or value not in line:
        return None
    found = [match.span() for match in re.finditer(rf"(?<![^\"',;\t|>]){re.escape(value)}(?![^\"',;\t|<])", line)]
    return found[0] if len(found) == 1 else None


def _csv_span(line: str, header: str, path: str) -> tuple[int, int] | None:
    separator = max(",;\t|", key=header.count)
    names = [re.split(r"[\[:]", header[slice(*span)].strip('\ufeff" '))[0] for span in _fields(header, separator)]
    spans = _fields(line, separator)
    position = names.index(path) if path in names else len(spans)
    if position >= len(spans):
        return None
    start, end = spans[position]
    return (start, max(end, start + 1))


def _fields(line: str, separator: str) -> list[tuple[int, int]]:
    pattern = re.compile(rf'"(?:[^"]|"")*"?|[^{re.escape(separator)}]*')
    spans: list[tuple[int, int]] = []
    at = 0
    while at <= len(line):
        match = pattern.match(line, at)
        end = match.end() if match else len(line)
        spans.append((at, end))
        following = line.find(separator, end)
        at = following + 1 if following >= 0 else len(line) + 1
    return spans


def _window(line: str, span: tuple[int, int] | None) -> tuple[str, str]:
    start, end = span or (0, 0)
    left = max(0, start - _BEFORE) if len(line) > _WIDTH else 0
    right = min(len(line), left + _WIDTH)
    lead = ("…" if left else "") + printable(line[left:start])
    middle = printable(line[start : min(end, right)])
    tail = printable(line[min(end, right) : right]) + ("…" if right < len(line) else "")
    if span is None:
        return lead + middle + tail, ""
    return lead + middle + tail, " " * len(lead) + "^" * max(1, len(middle))
