"""Finding and reading configuration files: what a project, and what a user, has set once and for all."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["ConfigurationError", "Layer", "configuration_layers", "configured_variables", "read_configuration"]

_PREFIX = "SEMSTAT_"
_FILE = "semstat.toml"
_MOST_BYTES = 1 << 20
"""Settings fill a page; beyond a mebibyte somebody has named the wrong file."""


class ConfigurationError(ValueError):
    """A configuration file that cannot be read; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The settings of one file: what it is called, what it sets, and the folder that its paths are relative to.

    ``is_own`` tells whether the user chose the file; one that was found beside the data may be anybody's.
    """

    origin: str
    values: Mapping[str, object]
    folder: Path
    is_own: bool = False


def configuration_layers(*, named: Path | None = None, user: Path | None = None) -> list[Layer]:
    """Return the settings of files, those that go before others first.

    ``semstat.toml`` and ``pyproject.toml`` (its table ``tool.semstat``) are looked for in the working directory, then in the
    folders above it up to the root of its repository; without a repository, in the working directory alone, since others
    may write above it. The nearest of each counts.

    Args:
        named: A file that takes the place of all others.
        user: The folder with the user's own ``semstat.toml``.

    Raises:
        ConfigurationError: a file cannot be read, or is no TOML; or there is no file called as ``named``.
    """
    if named is not None:
        return [_layer(named, _table(named, _read(named)), is_own=True)]
    found: list[Layer] = []
    folders = list(_folders(Path.cwd()))
    for name in (_FILE, "pyproject.toml"):
        for path in (folder / name for folder in folders):
            if path.is_file():
                table = _table(path, _read(path))
                if name == _FILE or table:
                    found.append(_layer(path, table))
                    break
    if user is not None and (user / _FILE).is_file():
        found.append(_layer(user / _FILE, _read(user / _FILE), is_own=True))
    return found


def configured_variables() -> Mapping[str, str]:
    """Return the variables of the environment that begin with ``SEMSTAT_``, without that beginning, sorted.

    Example:
        >>> import os
        >>> os.environ["SEMSTAT_COLOR"] = "never"
        >>> configured_variables()["COLOR"]
        'never'
        >>> del os.environ["SEMSTAT_COLOR"]
    """
    return {name.removeprefix(_PREFIX): os.environ[name] for name in sorted(os.environ) if name.startswith(_PREFIX)}


def _folders(start: Path) -> Iterator[Path]:
    above = [start, *start.parents]
    root = next((place for place, folder in enumerate(above) if (folder / ".git").exists()), 0)
    yield from above[: root + 1]


def read_configuration(path: Path) -> Mapping[str, object]:
    """Return what a configuration file says.

    Raises:
        ConfigurationError: it cannot be read, or is no TOML.
    """
    return _read(path)


def _read(path: Path) -> Mapping[str, object]:
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as problem:
        raise ConfigurationError(f"{path} cannot be read: {problem.strerror}") from problem
    if len(data) > _MOST_BYTES:
        raise ConfigurationError(f"{_shown(path)} is larger than {_MOST_BYTES} bytes, which no configuration is")
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        reason = str(problem)
        raise ConfigurationError(f"{_shown(path)} is no TOML: {reason[:1].lower()}{reason[1:]}") from problem
    except UnicodeDecodeError as problem:
        raise ConfigurationError(f"{_shown(path)} is not UTF-8") from problem


def _table(path: Path, content: Mapping[str, object]) -> Mapping[str, object]:
    """Return what a file says of semstat: everything, or in a project file one table."""
    if path.name != "pyproject.toml":
        return content
    tools = content.get("tool")
    own = tools.get("semstat") if isinstance(tools, dict) else None
    return own if isinstance(own, dict) else {}


def _layer(path: Path, values: Mapping[str, object], *, is_own: bool = False) -> Layer:
    return Layer(_shown(path), values, path.resolve().parent, is_own)


def _shown(path: Path) -> str:
    """Return a path as people look for it: relative to where they are, if it lies below or just above."""
    near = os.path.relpath(path)
    return str(path) if near.count("..") > 3 else near
