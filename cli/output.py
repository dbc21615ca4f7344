"""Where results go: standard output, files written atomically; progress on standard error; colour or none."""

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from semstat.validators.diagnostics import Report

__all__ = ["Settings", "Target", "progress", "report_targets", "write_reports"]

_QUIET_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Settings:
    """The global options."""

    quiet: bool = False
    color: str = "auto"

    def coloured(self, stream: TextIO) -> bool:
        """Return whether text on a stream is coloured: asked for, or a terminal that does not say no."""
        if self.color != "auto":
            return self.color == "always"
        return stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


@dataclass(frozen=True, slots=True)
class Target:
    """A report to write: its format and where to."""

    format: str
    path: Path


def report_targets(given: Sequence[str]) -> list[Target]:
    """Return the targets of ``--report FORMAT=PATH`` options.

    Raises:
        click.ClickException: a value without ``=``, or a format that there is none of.
    """
    from semstat.validators.render import RENDERERS

    targets: list[Target] = []
    for text in given:
        name, equals, path = text.partition("=")
        if not equals or not path:
            raise click.BadParameter(f"--report takes FORMAT=PATH, such as html=report.html, not {text!r}")
        if name not in RENDERERS:
            raise click.BadParameter(f"there is no report format {name!r}; there are {', '.join(RENDERERS)}")
        targets.append(Target(name, Path(path)))
    return targets


def write_reports(report: "Report", output: str, targets: Sequence[Target], *, color: bool) -> None:
    """Write the report to standard output in one format and to files in others.

    Raises:
        click.ClickException: a file cannot be written.
    """
    from semstat.interop.excerpts import excerpts_of
    from semstat.interop.writing import write_text
    from semstat.validators.render import render

    excerpts = excerpts_of(report) if "full" in {output, *(target.format for target in targets)} else {}
    for target in targets:
        try:
            write_text(target.path, render(report, target.format, excerpts=excerpts))
        except OSError as problem:
            raise click.ClickException(f"{target.path} cannot be written: {problem.strerror}") from problem
    click.echo(render(report, output, excerpts=excerpts, color=color), nl=False, color=color)


def progress(settings: Settings) -> Callable[[str], None] | None:
    """Return what tells people on a terminal what is being done, once that takes longer than a second; else nothing."""
    if settings.quiet or not sys.stderr.isatty() or os.environ.get("CI"):
        return None
    start = time.monotonic()

    def tell(what: str) -> None:
        if time.monotonic() - start > _QUIET_SECONDS:
            click.echo(f"{what} …", err=True)

    return tell
