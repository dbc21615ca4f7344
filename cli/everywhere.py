"""Global options that may also stand after the command's name, where people type them."""

from dataclasses import replace

import click

from semstat.cli.output import Settings
from semstat.cli.suggest import Named

__all__ = ["COLOURS", "with_global_options"]

COLOURS = Named("mode", ["auto", "always", "never"])


def with_global_options(command: click.Command) -> click.Command:
    """Return the command, which now takes ``-q``, ``--color`` and ``--traceback`` as well; its help does not repeat them."""
    known = {item.name for item in command.params}
    for option in _options():
        if option.name not in known:
            command.params.append(option)
    return command


def _options() -> tuple[click.Option, ...]:
    return (
        click.Option(["-q", "--quiet"], is_flag=True, hidden=True, expose_value=False, callback=_quiet),
        click.Option(["--color"], type=COLOURS, hidden=True, expose_value=False, callback=_colour),
        click.Option(["--traceback"], is_flag=True, hidden=True, expose_value=False),
    )


def _quiet(context: click.Context, _parameter: click.Parameter, given: bool) -> None:
    if given and isinstance(context.obj, Settings):
        context.obj = replace(context.obj, quiet=True)


def _colour(context: click.Context, _parameter: click.Parameter, given: str | None) -> None:
    if given is not None and isinstance(context.obj, Settings):
        context.obj = replace(context.obj, color=given)
