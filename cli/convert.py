"""``semstat convert``: from one standard, version or format to another, with an account of what is lost."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import click

from semstat.cli.exits import INCOMPLETE, UNREADABLE
from semstat.cli.output import Settings, refuse_unwritable, write_file
from semstat.cli.progress import progress
from semstat.cli.suggest import known_format

if TYPE_CHECKING:
    from semstat.interop import Conversion, Header
    from semstat.interop.conversion import Shape

__all__ = ["convert"]

_STDOUT = "-"
_SHOWN = 10
_UNDERSTOOD = frozenset({"DF013", "IO112"})
"""Refusals of what could be read: its structure is not at hand, or nothing is made of its format."""


@click.command(short_help="Convert between standards, versions and formats.")
@click.argument("paths", nargs=-1, required=True, metavar="IN…")
@click.option("-o", "--output", required=True, metavar="OUT", help="Where to write; - is standard output.")
@click.option("--to", metavar="FORMAT", help="The target (see semstat formats), if the suffix of OUT leaves it open.")
@click.option("--as", "format_", metavar="FORMAT", callback=known_format,
              help="The inputs' format, if it is not to be recognised.")  # fmt: skip
@click.option(
    "-s",
    "--structure",
    "structures",
    multiple=True,
    metavar="FILE",
    help="Structure message (or folder) that describes the data; repeatable.",
)
@click.option("--against", metavar="ID", help="The structure of the data: AGENCY:ID(VERSION), a URN or an id.")
@click.option(
    "--dimension-at-observation",
    "at",
    metavar="ID",
    help="Layout of a data message: the dimension within series, or AllDimensions for none; by default time.",
)
@click.option(
    "--map",
    "map_",
    metavar="ID",
    help="The structure map, among the structures, that the data go through: AGENCY:ID(VERSION), a URN or an id.",
)
@click.option("--agency", metavar="ID",
              help="DDI: the agency of what has no name of its own; by default that of the source.")  # fmt: skip
@click.option(
    "--shape",
    type=click.Choice(["wide", "long", "dimensional", "key-value"]),
    help="DDI-CDI: how the data files that DDI describes are laid out; by default wide, a column for each variable.",
)
@click.option("--loss-report", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write every loss to a JSON file.")  # fmt: skip
@click.option(
    "--fail-on-loss",
    is_flag=True,
    help="Exit with 1 when anything but the header's id and parties was lost; OUT is written all the same.",
)
@click.option("--prepared", metavar="TIME", help="When the message was prepared; by default as the first input says.")
@click.option("--message-id", metavar="ID", help="The id of the message; by default that of the first input.")
@click.option("--sender", metavar="ID", help="The sender of the message; by default that of the first input.")
@click.pass_obj
def convert(
    settings: Settings,
    *,
    paths: tuple[str, ...],
    output: str,
    to: str | None,
    format_: str | None,
    structures: tuple[str, ...],
    against: str | None,
    at: str | None,
    map_: str | None,
    agency: str | None,
    shape: "Shape | None",
    loss_report: Path | None,
    fail_on_loss: bool,
    prepared: str | None,
    message_id: str | None,
    sender: str | None,
) -> int:
    """Convert IN, and say what OUT cannot hold.

    IN are structures or data in any format that is read; folders, archives and - for standard input are fine. The format
    of OUT follows from its suffix or from --to. What the target cannot say is summed up on standard error; --loss-report
    lists it item by item.

    \b
    semstat convert structure.xml -o structure-3.0.xml --to sdmx-ml-3.0
    semstat convert structure.xml -o structure.ttl --loss-report losses.json
    semstat convert codebook.xml -o study.ddi-l.xml --agency int.example.office
    semstat convert collected.csv -s structures.xml --map SM_LABOUR -o published.csv
    """  # noqa: D301 - \b is click's mark for a block that is not wrapped
    from semstat.interop import convert as run

    with _problems_said(output), progress(settings) as tell:
        conversion = run(
            paths,
            _target(output, loss_report),
            to=to,
            structure=structures,
            header=_header(prepared, message_id, sender),
            against=against,
            format=format_,
            dimension_at_observation=at,
            map=map_,
            agency=agency,
            shape=shape,
            progress=tell,
        )
    return _account(conversion, loss_report, fail_on_loss=fail_on_loss)


@contextmanager
def _problems_said(output: str) -> Iterator[None]:
    """Say what cannot be done, whatever the data hold."""
    from semstat.interop import CannotConvert

    try:
        yield
    except CannotConvert as reason:
        raise click.UsageError(f"{reason}{f'; {reason.hint}' if reason.hint else ''}") from reason
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise click.ClickException(f"{output} cannot be written: {problem.strerror}") from problem


def _target(output: str, loss_report: Path | None) -> str | BinaryIO:
    """Return where to write to, once it is known that all can be written."""
    if loss_report is not None and output != _STDOUT and loss_report.resolve() == Path(output).resolve():
        raise click.UsageError("--loss-report and --output name the same file")
    for path in (None if output == _STDOUT else Path(output), loss_report):
        if path is not None:
            refuse_unwritable(path)
    return output if output != _STDOUT else cast(BinaryIO, sys.stdout.buffer)


def _header(prepared: str | None, message_id: str | None, sender: str | None) -> "Header":
    from semstat.interop import Header, Party

    return Header(id=message_id, prepared=prepared, sender=Party(sender) if sender is not None else None)


def _account(conversion: "Conversion", loss_report: Path | None, *, fail_on_loss: bool) -> int:
    """Say what became of the conversion, and return the exit code."""
    from semstat.interop import loses_content, loss_summary
    from semstat.interop import loss_report as report_of
    from semstat.interop import problem_line as line_of

    if conversion.refused:
        for item in conversion.refused:
            click.echo(line_of(item), err=True)
        click.echo("nothing was written", err=True)
        return INCOMPLETE if all(item.rule in _UNDERSTOOD for item in conversion.refused) else UNREADABLE
    errors = [item for item in conversion.findings if item.severity.value == "error"]
    for item in errors[:_SHOWN]:
        click.echo(line_of(item), err=True)
    if errors[_SHOWN:]:
        click.echo(f"and {len(errors) - _SHOWN} more errors; semstat validate lists them", err=True)
    if loss_report is not None:
        write_file(loss_report, report_of(conversion))
    click.echo(loss_summary(conversion), err=True)
    return 1 if fail_on_loss and loses_content(conversion) else 0
