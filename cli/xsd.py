"""``semstat xsd``: publishes what a structure demands of SDMX-ML data as an XML schema."""

from pathlib import Path
from typing import Literal, cast

import click

from semstat.cli.output import publish, refuse_unwritable
from semstat.cli.suggest import Named

__all__ = ["xsd"]


@click.command(short_help="Write the XML schema of a structure's SDMX-ML data.")
@click.argument("structures", nargs=-1, required=True, metavar="STRUCTURE…")
@click.option("--against", metavar="ID", help="The structure, dataflow or agreement that the data cite.")
@click.option(
    "--dimension-at-observation",
    "at",
    metavar="ID",
    help="The dimension within series, or AllDimensions for data without series; by default time.",
)
@click.option(
    "--sdmx-ml",
    "version",
    type=Named("version", ["2.1", "3.0", "3.1"]),
    default="2.1",
    show_default=True,
    help="Version of SDMX-ML.",
)
@click.option("--mandatory", is_flag=True, help="Require mandatory attributes too, which an update need not give.")
@click.option("--schemas", default="", metavar="PREFIX", help="What stands before the names of the standard's schemas.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write; by default standard output.",
)
def xsd(
    *,
    structures: tuple[str, ...],
    against: str | None,
    at: str | None,
    version: str,
    mandatory: bool,
    schemas: str,
    output: Path | None,
) -> int:
    """Write the schema that structure-specific data messages of a structure are valid against.

    It restricts the types of the standard's own schemas, which it imports by name. XML Schema cannot say everything: keys,
    constraints and periods are what semstat validate is for.

    \b
    semstat xsd structure.xml -o structure.xsd
    semstat xsd structure.xml --dimension-at-observation AllDimensions --schemas schemas/ -o flat.xsd
    """  # noqa: D301 - \b is click's mark for a block that is not wrapped
    from semstat.interop import NoSuchStructure, published_xsd
    from semstat.interop.formats.sdmx.write_ml_places import NoSuchDimension

    if output is not None:
        refuse_unwritable(output)
    try:
        text, problems = published_xsd(
            structures,
            against=against,
            dimension_at_observation=at,
            version=cast(Literal["2.1", "3.0", "3.1"], version),
            mandatory=mandatory,
            schemas=schemas,
        )
    except (NoSuchStructure, NoSuchDimension) as reason:
        raise click.UsageError(str(reason)) from reason
    return publish(text, problems, output)
