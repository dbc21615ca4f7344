"""``semstat shapes``: publishes what a structure demands as SHACL."""

from pathlib import Path

import click

from semstat.cli.output import publish, refuse_unwritable

__all__ = ["shapes"]


@click.command(short_help="Write the SHACL shapes that follow from a structure.")
@click.argument("structures", nargs=-1, required=True, metavar="STRUCTURE…")
@click.option("--against", metavar="ID", help="The structure, dataflow or agreement, where several are at hand.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write; by default standard output.",
)
def shapes(*, structures: tuple[str, ...], against: str | None, output: Path | None) -> int:
    """Write the SHACL shapes graph of a data structure and its constraints, in Turtle.

    The graph is valid SHACL for any engine; it runs on an RDF Data Cube of the observations.
    """
    from semstat.interop import NoSuchStructure, published_shapes

    if output is not None:
        refuse_unwritable(output)
    try:
        text, problems = published_shapes(structures, against=against)
    except NoSuchStructure as reason:
        raise click.UsageError(str(reason)) from reason
    return publish(text, problems, output)
