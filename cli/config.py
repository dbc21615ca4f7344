"""``semstat config``: which settings hold, and where each comes from."""

import json
from collections.abc import Iterator

import click

from semstat.cli.configuration import configured_options, settings_of
from semstat.cli.output import say

__all__ = ["config"]


@click.group(short_help="Show the settings that hold.")
def config() -> None:
    """Show the settings that hold.

    Options go before variables of the environment (SEMSTAT_VALIDATE_FAIL_ON), those before semstat.toml, before the table
    tool.semstat of pyproject.toml, before semstat.toml in the user's own folder.
    """


@config.command(short_help="Print the settings as a file of them would have it.")
@click.option("--origin", is_flag=True, help="Say where each setting comes from.")
@click.pass_context
def show(context: click.Context, *, origin: bool) -> int:
    """Print every setting that has a value, defaults included, in the form of semstat.toml."""
    root = context.find_root().command
    assert isinstance(root, click.Group)
    lines = list(_lines(context, "", root, origin=origin))
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        held = list(_lines(context, name, command, origin=origin)) if command is not None else []
        lines += ["", f"[{name}]", *held] if held else []
    say("".join(f"{line}\n" for line in lines))
    return 0


def _lines(context: click.Context, name: str, command: click.Command, *, origin: bool) -> Iterator[str]:
    settings = settings_of(context).get(name, {})
    for key, option in configured_options(command).items():
        setting = settings.get(key)
        value = setting.value if setting is not None else option.default
        if (setting is None and not isinstance(value, str | int)) or value is False:
            continue
        line = f"{key} = {_toml(value)}"
        yield f"{line:<40} # {setting.origin if setting else 'default'}" if origin else line


def _toml(value: object) -> str:
    """Return a value as TOML, whose strings, lists and numbers are written as in JSON."""
    return json.dumps(list(value) if isinstance(value, tuple | list) else value, ensure_ascii=False)
