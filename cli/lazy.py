"""A click group that imports a command when it is used, so that ``--help`` costs no more than click."""

from importlib import import_module

import click

from semstat.cli.everywhere import with_global_options
from semstat.cli.suggest import meant

__all__ = ["LazyGroup"]


class LazyGroup(click.Group):
    """Commands given as ``"module:attribute"``, imported on demand."""

    def __init__(self, *args: object, commands_at: dict[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # click's own arguments, passed through
        self._commands_at = commands_at

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of use."""
        return list(self._commands_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name, or ``None``."""
        where = self._commands_at.get(cmd_name)
        if where is None:
            return None
        module, _, attribute = where.partition(":")
        found = getattr(import_module(module), attribute)
        assert isinstance(found, click.Command)
        return with_global_options(found)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments name; an unknown one is an error that names the nearest."""
        if args and args[0] not in self._commands_at and not args[0].startswith("-"):
            ctx.fail(f"no command {args[0]}{meant(args[0], self._commands_at)}")
        return super().resolve_command(ctx, args)
