"""``semstat describe``: documentation from data, with every figure computed."""

from pathlib import Path

import click

from semstat.cli.exits import UNREADABLE
from semstat.cli.output import refuse_unwritable, say, write_file

__all__ = ["describe"]


@click.command(short_help="Write the documentation of a data file, as DDI.")
@click.argument("path", metavar="DATA")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Where to write; by default standard output.")  # fmt: skip
@click.option(
    "--key", multiple=True, metavar="NAME", help="A variable of the key that tells records apart; repeatable."
)
@click.option("--weight", metavar="NAME", help="The variable that figures are weighted with, beside the plain ones.")
@click.option("--as", "target", type=click.Choice(["ddi-codebook-2.6", "turtle"]), default="ddi-codebook-2.6",
              show_default=True, help="What to write.")  # fmt: skip
@click.option("--encoding", metavar="NAME", help="The encoding of text, such as windows-1252.")
@click.option("--separator", metavar="CHARACTER", help="What separates the cells of a CSV file.")
@click.option(
    "--declared-missing-is-invalid",
    is_flag=True,
    help="Values declared missing count as invalid cases, beside those without a value; figures leave them out.",
)
def describe(
    *,
    path: str,
    output: Path | None,
    key: tuple[str, ...],
    weight: str | None,
    target: str,
    encoding: str | None,
    separator: str | None,
    declared_missing_is_invalid: bool,
) -> int:
    """Write what DATA show of themselves: variables, types, widths, labels, codes, missing values and statistics.

    DATA is a file of microdata: CSV, Parquet, SPSS, Stata or SAS. Equal data give equal bytes. What is written serves
    semstat validate as documentation, with --structure.

    \b
    semstat describe household.sav --key hid --weight hhweight -o household.xml
    semstat validate household.sav --structure household.xml
    """  # noqa: D301 - \b is click's mark for a block that is not wrapped
    from semstat.interop.describing import described_data
    from semstat.interop.options import MicrodataOptions
    from semstat.interop.publishing import problem_line
    from semstat.validators.producer_conventions import Conventions

    if output is not None:
        refuse_unwritable(output)
    options = MicrodataOptions((), encoding, separator, Conventions(declared_missing_is_invalid))
    text, found = described_data(path, key=key, weight=weight, target=target, options=options)
    for item in found:
        click.echo(problem_line(item), err=True)
    if text is None:
        click.echo("nothing was written", err=True)
        return UNREADABLE
    if output is None:
        say(text)
    else:
        write_file(output, text)
    return 0
