"""``semstat validate``: the verdict on data or structures."""

import os
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from semstat.cli.baselines import Known, knowing
from semstat.cli.choosing import Choice, choosing
from semstat.cli.ddi import ddi_options
from semstat.cli.exits import UNREADABLE, exit_code
from semstat.cli.levels import LevelOptions, level_options
from semstat.cli.microdata import microdata_options
from semstat.cli.output import Settings, report_targets, say, write_reports
from semstat.cli.progress import progress
from semstat.cli.recording import Recording, recording_options
from semstat.cli.suggest import Named, known_format

if TYPE_CHECKING:
    from semstat.interop import Options
    from semstat.interop.options import DdiOptions, MicrodataOptions
    from semstat.validators import Report

__all__ = ["validate"]

_FORMATS = ["full", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "html", "csv", "shacl", "ess"]


def _size(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    """Refuse what is not a number with a unit."""
    if text is not None and re.fullmatch(r"[0-9]+(\.[0-9]+)?\s*[KMGT]i?B", text, re.IGNORECASE) is None:
        raise click.UsageError(f"--memory takes a size such as 512MB or 2GB, not {text!r}")
    return text


@click.command(short_help="Judge data by a structure, or structures by themselves.")
@click.argument("paths", nargs=-1, required=True, metavar="DATA…")
@click.option(
    "-s",
    "--structure",
    "structures",
    multiple=True,
    metavar="FILE",
    help="Structure message (or folder) that describes the data; repeatable.",
)
@click.option(
    "--against",
    metavar="ID",
    help="Judge by this structure, whatever the data name: AGENCY:ID(VERSION), a URN or an id.",
)
@click.option("--shapes", "shapes", multiple=True, metavar="FILE", help="Further SHACL shapes in Turtle; repeatable.")
@choosing
@knowing
@click.option(
    "--as",
    "format_",
    metavar="FORMAT",
    callback=known_format,
    help="The data's format, if it is not to be recognised (see semstat formats).",
)
@click.option(
    "-f",
    "--output-format",
    "output",
    type=Named("format", _FORMATS),
    default="full",
    show_default=True,
    help="Format on standard output.",
)
@click.option(
    "--report", "reports", multiple=True, metavar="FORMAT=PATH", help="Also write a report to a file; repeatable."
)
@click.option(
    "--max-findings",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="Places listed for each rule and component; 0 for all. Totals are always exact.",
)
@click.option(
    "--fail-on",
    type=Named("severity", ["error", "warning", "info"]),
    default="error",
    show_default=True,
    help="The least severity that fails.",
)
@click.option(
    "--allow-incomplete", is_flag=True, help="Let what was checked decide, although something could not be checked."
)
@click.option(
    "--memory",
    metavar="SIZE",
    callback=_size,
    help="Most memory for the engine, such as 2GB; beyond it, it spills to a temporary folder.",
)
@click.option("--threads", type=click.IntRange(min=1, max=256), help="Threads for the engine.")
@click.option("--explain-plan", is_flag=True, help="Show which shapes run where, and the SQL, instead of validating.")
@level_options
@microdata_options
@ddi_options
@recording_options
@click.pass_obj
def validate(
    settings: Settings,
    *,
    paths: tuple[str, ...],
    structures: tuple[str, ...],
    against: str | None,
    shapes: tuple[str, ...],
    format_: str | None,
    output: str,
    reports: tuple[str, ...],
    max_findings: int,
    fail_on: str,
    allow_incomplete: bool,
    memory: str | None,
    threads: int | None,
    explain_plan: bool,
    levels: LevelOptions,
    microdata: "MicrodataOptions",
    ddi: "DdiOptions",
    choice: Choice,
    known: Known,
    recording: Recording,
) -> int:
    """Judge DATA by a structure: every fault with rule, file, line, what was found and what was expected.

    DATA are SDMX-CSV, SDMX-ML, SDMX-JSON, RDF Data Cubes, CSV or Parquet with the component ids as columns; folders,
    archives and - for standard input are fine. Structure messages among them are judged themselves.

    \b
    semstat validate data.csv --structure structure.xml
    semstat validate data.xml -s dsd.xml --report html=report.html --report sarif=report.sarif
    semstat validate data.csv --catalogue office
    """  # noqa: D301 - \b is click's mark for a block that is not wrapped
    _spare_memory()
    targets = report_targets(reports)
    options = levels.applied(
        _options(fail_on, against, format_, choice, max_findings=max_findings, memory=memory, threads=threads)
    )
    options = replace(options, microdata=microdata, ddi=ddi)
    if explain_plan:
        return _explain_plan(structures, shapes, options)
    report = _judged(settings, known, paths, recording.structures(structures), shapes, options)
    write_reports(report, output, targets, color=settings.coloured(sys.stdout))
    recording.keep(report, microdata)
    return _code(report, allow_incomplete=allow_incomplete)


def _judged(
    settings: Settings,
    known: Known,
    paths: tuple[str, ...],
    structures: tuple[str, ...],
    shapes: tuple[str, ...],
    options: "Options",
) -> "Report":
    from semstat.interop import NoSuchStructure

    try:
        with progress(settings) as tell:
            return known.judge(paths, structures, shapes, replace(options, progress=tell))
    except NoSuchStructure as reason:
        raise click.UsageError(str(reason)) from reason


def _options(
    fail_on: str,
    against: str | None,
    format: str | None,
    choice: Choice,
    *,
    max_findings: int,
    memory: str | None,
    threads: int | None,
) -> "Options":
    from semstat.interop import Options
    from semstat.validators import Severity

    return Options(
        max_findings=max_findings,
        fail_on=Severity(fail_on),
        against=against,
        format=format,
        memory=memory,
        threads=threads,
        selection=choice.selection(),
    )


def _spare_memory() -> None:
    """Have Arrow use the system's allocator, which gives back what it has had; its own does not: a tenth of the peak."""
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


def _code(report: "Report", *, allow_incomplete: bool) -> int:
    code = exit_code(report, allow_incomplete=allow_incomplete)
    if code != exit_code(report):
        click.echo(
            "warning: some checks could not be made; with --allow-incomplete, those that were made decide", err=True
        )
    return code


def _explain_plan(structures: tuple[str, ...], shapes: tuple[str, ...], options: "Options") -> int:
    from semstat.interop import NoSuchStructure, plans

    try:
        text, problems = plans(
            structures,
            shapes=shapes,
            against=options.against,
            selection=options.selection,
            conventions=options.microdata.conventions,
        )
    except NoSuchStructure as reason:
        raise click.UsageError(str(reason)) from reason
    for problem in problems:
        click.echo(problem, err=True)
    if text is None:
        return UNREADABLE
    say(text)
    return 0
