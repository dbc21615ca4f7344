"""Settings for options that are not given: from the environment and from files, each with where it comes from."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from semstat.cli.suggest import meant, sentence

if TYPE_CHECKING:
    from semstat.interop.configuration import Layer

__all__ = ["Setting", "configure", "configured_options", "settings_of"]

_NEVER = {"config", "isolated", "traceback", "version", "help", "write-baseline", "explain-plan", "origin", "at"}
"""Options that belong to one call alone."""

_PATHS = {"structure", "shapes", "baseline", "ddi-schemas", "catalogue"}
_PROFILES = {"profile": ".ttl", "ddi-profile": ".xml"}
"""Options that take a name or a path: a path ends so."""
_ADDRESSES = {"endpoint", "update-endpoint", "url"}
"""Options that say whom semstat speaks to, and tells who one is: not for files that came with the data."""

_META = "semstat.settings"
_ALIKE = 0.8
"""Variables of the environment may belong to others: only those nearly like one of ours are taken for mistakes."""


_NOT_HERE = (
    "says whom semstat speaks to, which no file beside the data does;"
    " set it on the command line, in the environment, or in your own semstat.toml"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A value for an option that was not given, and where it was set."""

    value: object
    origin: str


Table = dict[str, dict[str, Setting]]
"""Settings by command, then by option; those of the program itself under the empty name."""


def configured_options(command: click.Command) -> dict[str, click.Option]:
    """Return the options of a command that can be configured, by the name that they have in a file."""
    found: dict[str, click.Option] = {}
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.is_eager:
            name = max(parameter.opts, key=len).lstrip("-")
            if name not in _NEVER:
                found[name] = parameter
    return found


def settings_of(context: click.Context) -> Table:
    """Return the settings that hold in this call; the empty table when it is isolated."""
    table: Table = context.find_root().meta.get(_META, {})
    return table


def configure(context: click.Context, file: Path | None, *, isolated: bool) -> Mapping[str, object]:
    """Give the commands below a context their configured values, and return those of the program's own options.

    Raises:
        click.ClickException: a file cannot be read, a key is unknown, or a value does not fit its option.
    """
    if isolated:
        if context.get_parameter_source("config") is ParameterSource.COMMANDLINE:
            raise click.UsageError("--config and --isolated exclude each other")
        return {}
    from semstat.interop.configuration import ConfigurationError, configuration_layers, configured_variables

    try:
        layers = configuration_layers(named=file, user=Path(click.get_app_dir("semstat")))
    except ConfigurationError as problem:
        raise click.UsageError(str(problem)) from problem
    table: Table = {}
    for layer in reversed(layers):
        for command, name, setting in _of_file(context, layer):
            table.setdefault(command, {})[name] = setting
    for command, name, setting in _of_environment(context, configured_variables()):
        table.setdefault(command, {})[name] = setting
    context.meta[_META] = table
    context.default_map = {
        command: {_option(context, command, name).name: item.value for name, item in items.items()}
        for command, items in table.items()
        if command
    }
    return {name: item.value for name, item in table.get("", {}).items()}


def _group(context: click.Context) -> click.Group:
    assert isinstance(context.command, click.Group)
    return context.command


def _command(context: click.Context, name: str) -> click.Command:
    found = _group(context).get_command(context, name) if name else context.command
    assert found is not None
    return found


def _option(context: click.Context, command: str, name: str) -> click.Option:
    return configured_options(_command(context, command))[name]


def _of_file(context: click.Context, layer: "Layer") -> Iterator[tuple[str, str, Setting]]:
    commands = _group(context).list_commands(context)
    own = configured_options(context.command)
    origin = layer.origin
    for key, value in layer.values.items():
        if key == "catalogue":  # what a catalogue is built from, and no option of its commands
            _check_catalogue(value, origin)
        elif key in commands and isinstance(value, dict):
            options = configured_options(_command(context, key))
            for name, item in value.items():
                if name not in options:
                    raise click.UsageError(f"{origin}: {key} has no option {name!r}{meant(name, options)}")
                if name in _ADDRESSES and not layer.is_own:
                    raise click.UsageError(f"{origin}: {key}.{name} {_NOT_HERE}")
                fitting = _fitting(
                    options[name], name, _relative(name, _listed(item), layer.folder), f"{origin}: {key}.{name}"
                )
                yield key, name, Setting(_checked(context, key, name, fitting, origin), origin)
        elif key in own:
            yield (
                "",
                key,
                Setting(_checked(context, "", key, _fitting(own[key], key, value, f"{origin}: {key}"), origin), origin),
            )
        else:
            what = f"the command {key} takes a table" if key in commands else f"there is no setting {key!r}"
            known = [*own, *commands]
            raise click.UsageError(f"{origin}: {what}{'' if key in commands else meant(key, known)}")


def _check_catalogue(value: object, origin: str) -> None:
    from semstat.interop.catalogue.settings import settings_of
    from semstat.interop.configuration import ConfigurationError

    try:
        settings_of(value, origin)
    except ConfigurationError as problem:
        raise click.UsageError(str(problem)) from problem


def _of_environment(context: click.Context, variables: Mapping[str, str]) -> Iterator[tuple[str, str, Setting]]:
    places = {name.upper().replace("-", "_"): ("", name) for name in configured_options(context.command)}
    prefixes = {name.upper() + "_": name for name in _group(context).list_commands(context)}
    for variable, text in variables.items():
        if variable == "CONFIG":  # names the file itself
            continue
        command = next((name for prefix, name in prefixes.items() if variable.startswith(prefix)), "")
        if command:
            options = configured_options(_command(context, command))
            places |= {f"{command}_{name}".upper().replace("-", "_"): (command, name) for name in options}
        if variable in places:
            command, name = places[variable]
            option = _option(context, command, name)
            split = os.pathsep if name in _PATHS else None
            value: object = text.split(split) if option.multiple else text
            value = _checked(context, command, name, value, f"SEMSTAT_{variable}")
            if option.is_flag or isinstance(option.type, click.types.IntParamType):
                value = option.type(text)
            yield command, name, Setting(value, f"SEMSTAT_{variable}")
        elif command or any(_alike(place, variable) for place in places):
            _refuse(variable, places)
        else:
            _refuse(variable, places, [prefix for prefix in prefixes if _alike(prefix, variable)])


def _alike(prefix: str, variable: str) -> bool:
    from difflib import get_close_matches

    return bool(get_close_matches(variable[: len(prefix)], [prefix], n=1, cutoff=_ALIKE))


def _refuse(variable: str, places: Iterable[str], prefixes: Sequence[str] | None = None) -> None:
    """Refuse a variable that is nearly one of ours; with ``prefixes``, only one that begins nearly like a command."""
    from difflib import get_close_matches

    if prefixes is None:
        known = [f"SEMSTAT_{name}" for name in places]
        close = get_close_matches(f"SEMSTAT_{variable}", known, n=1)
        hint = f", did you mean {close[0]}?" if close else f"; there are {', '.join(known)}"
        raise click.UsageError(f"there is no setting SEMSTAT_{variable}{hint}")
    if prefixes:
        raise click.UsageError(f"there is no setting SEMSTAT_{variable}, did you mean SEMSTAT_{prefixes[0]}…?")


def _listed(value: object) -> object:
    """A table of rules and severities says the same as a list of pairs."""
    if isinstance(value, dict):
        return [f"{name}={item}" for name, item in value.items()]
    return value


def _fitting(option: click.Option, name: str, value: object, place: str) -> object:
    """Return a value of TOML as the option takes it.

    Raises:
        click.UsageError: it is of another kind.
    """
    if option.multiple:
        items = [value] if isinstance(value, str) else value
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            return items
        raise click.UsageError(f"{place} takes a list of texts, not {value!r}")
    kinds: tuple[type, str] = (bool, "true or false") if option.is_flag else (str, "a text")
    if isinstance(option.type, click.types.IntParamType):
        kinds = (int, "a whole number")
    if type(value) is not kinds[0]:
        raise click.UsageError(f"{place} takes {kinds[1]}, not {value!r}")
    return value


def _relative(name: str, value: object, folder: Path) -> object:
    """Return paths relative to the working directory; in a file they are relative to the folder of the file."""
    if isinstance(value, list):
        return [_relative(name, item, folder) for item in value]
    if not isinstance(value, str):
        return value
    if name == "report" and "=" in value:
        form, _, path = value.partition("=")
        return f"{form}={os.path.relpath(folder / path)}"
    is_path = name in _PATHS or (name in _PROFILES and value.lower().endswith(_PROFILES[name]))
    return os.path.relpath(folder / value) if is_path else value


def _checked(context: click.Context, command: str, name: str, value: object, origin: str) -> object:
    """Have the option judge a value, so that a mistake names where it was made."""
    own = _command(context, command)
    option = configured_options(own)[name]
    try:
        option.process_value(click.Context(own, info_name=command, parent=context), value)
    except click.UsageError as problem:
        raise click.UsageError(f"{origin}: {sentence(problem)}") from problem
    return value
