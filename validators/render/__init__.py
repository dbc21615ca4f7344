"""Reports for people and programs: one small module for each output format, each a pure function of a report."""

from collections.abc import Callable
from importlib import import_module
from types import MappingProxyType
from typing import Final, NamedTuple

from semstat.validators.diagnostics import Report
from semstat.validators.render.excerpts import NONE, Excerpts

__all__ = ["RENDERERS", "Excerpts", "Renderer", "render"]


class Renderer(NamedTuple):
    """Where a format is written, what it is called, its media type and the suffix of its files."""

    module: str
    title: str
    media_type: str
    suffix: str


RENDERERS: Final = MappingProxyType(
    {
        "full": Renderer("text_full", "Text with excerpts, for terminals", "text/plain; charset=utf-8", ".txt"),
        "concise": Renderer("text_concise", "Text, one line for each finding", "text/plain; charset=utf-8", ".txt"),
        "json": Renderer("json_report", "JSON by a published JSON Schema", "application/json", ".json"),
        "jsonl": Renderer("json_lines", "JSON Lines, one record on each line", "application/x-ndjson", ".jsonl"),
        "sarif": Renderer("sarif", "SARIF 2.1.0, for code hosts", "application/sarif+json", ".sarif"),
        "junit": Renderer("junit", "JUnit XML, for build servers", "application/xml", ".xml"),
        "github": Renderer("github", "GitHub Actions annotations", "text/plain; charset=utf-8", ".txt"),
        "gitlab": Renderer("gitlab", "GitLab Code Quality", "application/json", ".json"),
        "html": Renderer("html", "HTML, one page to read, print and send", "text/html; charset=utf-8", ".html"),
        "csv": Renderer("csv_report", "CSV, one record for each finding", "text/csv; charset=utf-8", ".csv"),
        "shacl": Renderer("shacl", "SHACL validation report in Turtle", "text/turtle; charset=utf-8", ".ttl"),
        "ess": Renderer(
            "ess", "Validation report of the European Statistical System, JSON", "application/json", ".json"
        ),
    }
)
"""The formats by the name that users write; modules are imported when their format is asked for."""


def render(report: Report, format: str, *, excerpts: Excerpts = NONE, color: bool = False) -> str:
    r"""Return the report in one of the formats of :data:`RENDERERS`.

    Args:
        report: What to show.
        format: A name in :data:`RENDERERS`.
        excerpts: Lines of the sources for the text format ``full``; the others do without.
        color: Whether the text formats use ANSI colours; the others have none.

    Raises:
        KeyError: no such format.

    Example:
        >>> render(Report(), "concise")
        'INCOMPLETE, not a pass  0 rules failed, 0 passed, 0 not checked · 0 observations\n'
    """
    function: Callable[..., str] = import_module(f"{__name__}.{RENDERERS[format].module}").render
    if format == "full":
        return function(report, excerpts=excerpts, color=color)
    if format == "concise":
        return function(report, color=color)
    return function(report)
