"""Which catalogue a command works on, and how things in it are named on the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from semstat.interop.catalogue import Catalogue
    from semstat.interop.catalogue.names import Naming

__all__ = ["catalogue_option", "one_thing", "opened"]

Command = TypeVar("Command", bound=Callable[..., Any])


def catalogue_option(command: Command) -> Command:
    """Give a command the option that names its catalogue."""
    return click.option(
        "--catalogue", "folder", type=click.Path(path_type=Path), metavar="FOLDER",
        help="The catalogue; by default the folder you are in, or the nearest above it that is one.",
    )(command)  # fmt: skip


def opened(folder: Path | None) -> "Catalogue":
    """Return the catalogue that is meant.

    Raises:
        NoSuchCatalogue: there is none.
    """
    from semstat.interop.catalogue import Catalogue, NoSuchCatalogue

    if folder is not None:
        return Catalogue(folder)
    here = Path.cwd()
    for place in (here, *here.parents):
        if (place / ".semstat" / "catalogue").is_dir():
            return Catalogue(place)
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
        close = f", did you mean {', '.join(missing.nearest)}?" if missing.nearest else ""
        raise click.UsageError(f"nothing in the catalogue is called {said!r}{close}") from missing
    if len(found) > 1:
        told = sorted(naming.told(iri) for iri in found)
        lines = "".join(f"\n  {item.short}  {item.kind}  {item.iri}" for item in told[:20])
        more = f"\n  and {len(told) - 20} more" if len(told) > 20 else ""
        raise click.UsageError(f"{said!r} names {len(found)} things; name one of them:{lines}{more}")
    return found[0]
