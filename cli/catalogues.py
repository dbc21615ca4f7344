"""Which catalogue a command works on, and how things in it are named on the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from semstat.interop.catalogue import Catalogue
    from semstat.interop.catalogue.backends import Backend
    from semstat.interop.catalogue.names import Naming

__all__ = [
    "backend",
    "backend_if_named",
    "catalogue_option",
    "endpoint_named",
    "endpoint_option",
    "folder_only",
    "one_thing",
    "opened",
    "update_option",
]

Command = TypeVar("Command", bound=Callable[..., Any])
_ENDPOINT, _UPDATE = "semstat.endpoint", "semstat.update_endpoint"
_SECONDS = 60.0
"""The most time for each request to an endpoint, where the command says no other."""


def catalogue_option(command: Command) -> Command:
    """Give a command the option that names its catalogue."""
    return click.option(
        "--catalogue", "folder", type=click.Path(path_type=Path), metavar="FOLDER",
        help="The catalogue; by default the folder you are in, or the nearest above it that is one.",
    )(command)  # fmt: skip


def endpoint_option(command: Command) -> Command:
    """Give a command the option that names an endpoint in the place of a catalogue; :func:`backend` looks at it."""
    return click.option(
        "--endpoint", metavar="URL", expose_value=False, callback=_named,
        help="A SPARQL 1.1 endpoint in the place of a catalogue; nothing else is spoken to.",
    )(command)  # fmt: skip


def update_option(command: Command) -> Command:
    """Give a command the option that says where an endpoint takes changes; :func:`backend` looks at it."""
    return click.option(
        "--update-endpoint", metavar="URL", expose_value=False, callback=_named,
        help="Where the endpoint takes changes, if not where its engine usually does.",
    )(command)  # fmt: skip


def folder_only(instead: str) -> Callable[[Command], Command]:
    """Have a command that works on a folder say so where an endpoint is named, and what to do instead."""

    def refuse(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
        if value is not None:
            raise click.UsageError(f"this works on a catalogue in a folder, not on an endpoint: {instead}")

    return click.option("--endpoint", metavar="URL", hidden=True, expose_value=False, callback=refuse)


def _named(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta[f"semstat.{parameter.name}"] = value


def endpoint_named() -> str | None:
    """Return the address of the endpoint that was named, ``None`` where none was."""
    named: str | None = click.get_current_context().meta.get(_ENDPOINT)
    return named


def backend(folder: Path | None, *, wait: float = 0.0) -> "Backend":
    """Return the catalogue that is meant: the endpoint, where one is named, else the folder.

    Args:
        folder: The folder, if one was named.
        wait: Seconds to wait for another who writes to the folder.

    Raises:
        click.UsageError: both are named, or a place for changes and no endpoint.
        EndpointFailed: the address of the endpoint is none.
        NoSuchCatalogue: there is none.
    """
    url = endpoint_named()
    update: str | None = click.get_current_context().meta.get(_UPDATE)
    if update is not None and url is None:
        raise click.UsageError("--update-endpoint is for an endpoint: it goes with --endpoint")
    if url is None:
        return opened(folder, wait=wait)
    if folder is not None:
        raise click.UsageError("--catalogue and --endpoint exclude each other")
    from semstat.interop.catalogue.endpoint import Endpoint
    from semstat.interop.catalogue.endpoint_catalogue import EndpointCatalogue

    return EndpointCatalogue(Endpoint(url, update=update, seconds=_SECONDS))


def backend_if_named(folder: Path | None) -> "Backend | None":
    """Return the catalogue that is named, as :func:`backend` does; ``None`` where none is."""
    is_named = folder is not None or click.get_current_context().meta.keys() & {_ENDPOINT, _UPDATE}
    return backend(folder) if is_named else None


def opened(folder: Path | None, *, wait: float = 0.0) -> "Catalogue":
    """Return the catalogue that is meant.

    Raises:
        NoSuchCatalogue: there is none.
    """
    from semstat.interop.catalogue import Catalogue, NoSuchCatalogue

    if folder is not None:
        return Catalogue(folder, wait=wait)
    here = Path.cwd()
    for place in (here, *here.parents):
        if (place / ".semstat" / "catalogue").is_dir():
            return Catalogue(place, wait=wait)
    hint = "semstat init makes this folder one; --catalogue names another"
    raise NoSuchCatalogue("neither this folder nor one above it is a catalogue", hint=hint)


def one_thing(naming: "Naming", said: str) -> str:
    """Return the IRI of the one thing that is meant.

    Raises:
        click.UsageError: nothing is called so, or several things are; the message names them.
    """
    from semstat.interop.catalogue.names import NotFound

    try:
        found = naming.find(said)
    except NotFound as missing:
        close = f", did you mean {', '.join(missing.nearest)}?" if missing.nearest else "; semstat find looks for words"
        raise click.UsageError(f"nothing in the catalogue is called {said!r}{close}") from missing
    if len(found) > 1:
        told = sorted(naming.told(iri) for iri in found)
        lines = "".join(f"\n  {item.short}  {item.kind}  {item.iri}" for item in told[:20])
        more = f"\n  and {len(told) - 20} more" if len(told) > 20 else ""
        raise click.UsageError(f"{said!r} names {len(found)} things; name one of them:{lines}{more}")
    return found[0]
