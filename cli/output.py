"""Where results go: standard output, files written atomically; colour or none."""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from semstat.cli.exits import UNREADABLE, silence_pipe
from semstat.cli.suggest import meant

if TYPE_CHECKING:
    from semstat.validators.diagnostics import Report

__all__ = [
    "Settings",
    "Target",
    "publish",
    "refuse_unwritable",
    "report_targets",
    "say",
    "write_file",
    "write_reports",
]


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
            raise click.UsageError(f"--report takes FORMAT=PATH, such as html=report.html, not {text!r}")
        if name not in RENDERERS:
            raise click.UsageError(f"there is no report format {name!r}{meant(name, RENDERERS)}")
        refuse_unwritable(Path(path))
        targets.append(Target(name, Path(path)))
    return targets


def refuse_unwritable(path: Path) -> None:
    """Say before the work that its result could not be written.

    Raises:
        click.ClickException: there is no such folder, or nothing can be written to it.
    """
    try:
        reason = "it is a folder" if path.is_dir() else None
        if not path.parent.is_dir():
            reason = f"there is no folder {path.parent}"
        elif not os.access(path.parent, os.W_OK):
            reason = f"the folder {path.parent} is not writable"
    except OSError as problem:
        reason = problem.strerror
    if reason:
        raise click.ClickException(f"{path} cannot be written: {reason}")


def say(text: str, *, color: bool | None = None) -> None:
    """Write text to standard output; what its encoding lacks, such as half a surrogate pair, is written as an escape.

    Raises:
        BrokenPipeError: the reader has gone.
        click.ClickException: the output cannot be written, because the disk is full for instance.
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        click.echo(text.encode(encoding, "backslashreplace").decode(encoding), nl=False, color=color)
    except BrokenPipeError:
        raise
    except OSError as problem:
        silence_pipe()
        raise click.ClickException(f"standard output cannot be written: {problem.strerror}") from problem


def write_file(path: Path, text: str) -> None:
    """Write a text file atomically.

    Raises:
        click.ClickException: it cannot be written.
    """
    from semstat.interop.writing import write_text

    try:
        write_text(path, text)
    except OSError as problem:
        raise click.ClickException(f"{path} cannot be written: {problem.strerror}") from problem


def publish(text: str | None, problems: Iterable[str], path: Path | None) -> int:
    """Write what was made to a file, or to standard output, and what stood in its way to standard error.

    Returns:
        The exit code: that of unreadable inputs where nothing could be made.
    """
    for problem in problems:
        click.echo(problem, err=True)
    if text is None:
        return UNREADABLE
    if path is None:
        say(text)
    else:
        write_file(path, text)
    return 0


def write_reports(report: "Report", output: str, targets: Sequence[Target], *, color: bool) -> None:
    """Write the report to standard output in one format and to files in others.

    Raises:
        click.ClickException: a file cannot be written.
    """
    from semstat.interop.excerpts import excerpts_of
    from semstat.interop.stamping import stamped
    from semstat.validators.render import render

    report = stamped(report)
    excerpts = excerpts_of(report) if "full" in {output, *(target.format for target in targets)} else {}
    for target in targets:
        write_file(target.path, render(report, target.format, excerpts=excerpts))
    say(render(report, output, excerpts=excerpts, color=color), color=color)
