"""The options that have to do with known findings."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semstat.cli.output import refuse_unwritable

if TYPE_CHECKING:
    from semstat.interop import Options
    from semstat.validators.diagnostics import Report

__all__ = ["Known", "knowing"]


@dataclass(frozen=True, slots=True)
class Known:
    """What a user said of known findings."""

    baseline: Path | None
    write: Path | None

    def judge(
        self, paths: tuple[str, ...], structures: tuple[str, ...], shapes: tuple[str, ...], options: "Options"
    ) -> "Report":
        """Return the verdict on data files, in which known findings do not count.

        Raises:
            click.ClickException: the baseline cannot be read, is none, or cannot be written.
        """
        if self.baseline is None and self.write is None:
            from semstat.interop import validate

            return validate(paths, structure=structures, shapes=shapes, options=options)
        from semstat.interop.baselines import BaselineError, validate_with_baseline
        from semstat.validators.diagnostics import Verdict

        if self.write is not None:
            refuse_unwritable(self.write)
        try:
            report = validate_with_baseline(
                paths, structure=structures, shapes=shapes, options=options, baseline=self.baseline, write=self.write
            )
        except BaselineError as problem:
            raise click.UsageError(str(problem)) from problem
        except OSError as problem:
            raise click.ClickException(f"{self.write} cannot be written: {problem.strerror}") from problem
        if self.write is not None and report.verdict is Verdict.UNREADABLE:
            click.echo(f"warning: {self.write} is not written, since an input could not be read", err=True)
        return report


def knowing(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options on known findings; it gets them as one argument, ``known``."""

    @click.option(
        "--baseline",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Findings that FILE lists are known: they are shown, and do not fail.",
    )
    @click.option(
        "--write-baseline",
        "write",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write what is found now to FILE, for --baseline.",
    )
    @wraps(command)
    def packed(*arguments: object, baseline: Path | None, write: Path | None, **options: object) -> int:
        return command(*arguments, known=Known(baseline, write), **options)

    return packed
