"""``semstat fetch``: structure and data out of the network, because it is asked to."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from semstat.cli.exits import UNREADABLE
from semstat.cli.output import Settings, say
from semstat.cli.progress import progress
from semstat.cli.startup import with_pandas
from semstat.cli.suggest import meant

if TYPE_CHECKING:
    from semstat.interop.fetching import Service

__all__ = ["fetch"]


@click.command(short_help="Fetch structure and data from an agency's web service.")
@click.argument("source", required=False)
@click.argument("flow", required=False)
@click.argument("key", required=False)
@click.option("--list", "listing", is_flag=True, help="List the sources that are known, and stop.")
@click.option(
    "--url", metavar="URL", help="Address of an SDMX REST service that is not listed; SOURCE is then any name."
)
@click.option("--agency", metavar="ID", help="Whose dataflow it is, where the service keeps those of several agencies.")
@click.option("--start", metavar="PERIOD", help="First period.")
@click.option("--end", metavar="PERIOD", help="Last period.")
@click.option("--only", type=click.Choice(["structure", "data"]), help="Fetch one of the two.")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, exists=True, writable=True, path_type=Path),
    default=".",
    show_default=True,
    help="Folder for the files.",
)
@click.option("--timeout", type=click.FloatRange(min=1), default=60.0, show_default=True, help="Seconds of silence.")
@click.pass_obj
def fetch(
    settings: Settings,
    *,
    source: str | None,
    flow: str | None,
    key: str | None,
    listing: bool,
    url: str | None,
    agency: str | None,
    start: str | None,
    end: str | None,
    only: str | None,
    output: Path,
    timeout: float,
) -> int:
    """Fetch the dataflow FLOW of SOURCE: FLOW-structure.xml with all that describes it, and FLOW-data.xml.

    KEY chooses series: dimension values joined by dots, empty for any, + between alternatives. The files are what the
    service sent, byte for byte. Nothing else in semstat uses the network but --endpoint.

    \b
    semstat fetch ECB EXR M.USD.EUR.SP00.A --start 2020
    semstat validate EXR-data.xml --structure EXR-structure.xml
    """  # noqa: D301 - \b is click's mark for a block that is not wrapped
    from semstat.interop.fetching import Service, services

    if listing:
        with_pandas()
        say("".join(f"{item}\t{name}\t{address}\n" for item, name, address in services()))
        return 0
    if source is None or flow is None:
        raise click.UsageError("name a source and a dataflow; semstat fetch --list shows the sources")
    if url is not None and not url.startswith(("https://", "http://")):
        raise click.UsageError(f"--url takes an address that begins with https:// or http://, not {url!r}")
    params = {name: value for name, value in (("startPeriod", start), ("endPeriod", end)) if value}
    service = Service(source, url, agency, timeout)
    return _run(settings, service, flow, key, params, only, output)


def _run(
    settings: Settings,
    service: "Service",
    flow: str,
    key: str | None,
    params: dict[str, str],
    only: str | None,
    output: Path,
) -> int:
    from semstat.interop.counting import InputRefused
    from semstat.interop.fetching import UnknownService, services
    from semstat.interop.fetching import fetch as get

    with_pandas()
    try:
        with progress(settings) as tell:
            for item in get(service, flow, key, into=output, only=only, params=params, progress=tell):
                say(f"{item.path}\t{item.size} bytes\t{item.url}\n")
    except InputRefused as refused:
        click.echo(f"error: {refused}", err=True)
        return UNREADABLE
    except UnknownService as unknown:
        names = [name for name, _, _ in services()]
        raise click.UsageError(f"there is no source {str(unknown)!r}{meant(str(unknown), names)}") from unknown
    except OSError as problem:
        raise click.ClickException(f"{output} cannot be written to: {problem.strerror}") from problem
    return 0
