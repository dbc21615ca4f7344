"""The options that put a question on dependencies back in time, and what they give."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    import pyarrow as pa

    from semstat.interop.catalogue.backends import State
    from semstat.interop.catalogue.validity import Seen

__all__ = ["day_of", "seen_at", "time_options"]

Command = TypeVar("Command", bound=Callable[..., Any])
_FEW = 3


def time_options(command: Command) -> Command:
    """Give a command the options on the time that it is about."""
    for option in (
        click.option(
            "--known-at",
            metavar="DATE",
            help="Only what the catalogue had read by the end of that day (asOf of the web services of SDMX).",
        ),
        click.option(
            "--as-of", "--valid-on", "as_of", metavar="DATE",
            help="As it held on that day: things, dependencies and runs by the dates that they state.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def seen_at(snapshot: "State", edges: "pa.Table", as_of: str | None, known_at: str | None, *things: str) -> "Seen":
    """Return the dependencies as they were. What is left out, and what did not hold, is said on standard error.

    Args:
        snapshot: The catalogue.
        edges: The dependencies that are looked at.
        as_of: A day of valid time, as typed.
        known_at: A day of the catalogue's own time, as typed.
        things: What is asked about.

    Raises:
        click.UsageError: a date is none.
    """
    from semstat.interop.catalogue.names import short_name
    from semstat.interop.catalogue.validity import seen

    days = [given and day_of(name, given) for name, given in (("--as-of", as_of), ("--known-at", known_at))]
    found = seen(snapshot, edges, held_on=days[0], known_at=days[1])
    if found.unread:
        some = ", ".join(found.unread[:_FEW]) + (", …" if len(found.unread) > _FEW else "")
        click.echo(
            f"left out, since read after {days[1]}: {len(found.unread)} sources ({some}); what they said before is not kept",
            err=True,
        )
    for iri in set(things) & set(found.without):
        click.echo(f"{short_name(iri)} did not hold on {days[0]}", err=True)
    return found


def day_of(option: str, given: str) -> str:
    """Return the day that was given to an option, as ``2026-01-31``.

    Raises:
        click.UsageError: there is no such day.
    """
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as problem:
        raise click.UsageError(f"{option} takes a day such as 2026-01-31, not {given!r}") from problem
