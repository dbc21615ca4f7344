"""The table ``[catalogue]`` of ``semstat.toml``: what a catalogue is built from, and who looks after what.

Source:
    semstat, concept lineage; TOML 1.0.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from semstat.interop.configuration import ConfigurationError, read_configuration
from semstat.interop.counting import InputRefused, Limits
from semstat.interop.sources import sources

__all__ = ["SETTINGS_FILE", "CatalogueSettings", "catalogue_settings", "matched_files", "settings_of"]

SETTINGS_FILE = "semstat.toml"
_LISTS = ("sources", "bindings", "exclude")
_KEYS = (*_LISTS, "stewards")


@dataclass(frozen=True, slots=True)
class CatalogueSettings:
    """What a catalogue is built from.

    ``sources`` and ``bindings`` are files, folders and patterns as seen from its folder, ``exclude`` folders and patterns that are
    left out; ``stewards`` tells by agency the IRI of who looks after what it maintains.
    """

    sources: tuple[str, ...] = ()
    bindings: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    stewards: Mapping[str, str] = field(default_factory=dict)

    @property
    def listed(self) -> tuple[str, ...]:
        """Everything that is read, tables of bindings last."""
        return (*self.sources, *self.bindings)

    def covers(self, name: str) -> bool:
        """Tell whether a source of the catalogue is one of those that are listed, by its name."""
        return any(_is_below(name, item) for item in self.listed)

    def excludes(self, name: str) -> bool:
        """Tell whether a source is left out, by its name."""
        return any(_is_below(name, item) for item in self.exclude)


def settings_of(table: object, origin: str) -> CatalogueSettings:
    """Return the settings that a table states.

    Raises:
        ConfigurationError: a key is unknown (the message names the nearest), or a value is of another kind.

    Example:
        >>> settings_of({"source": ["data"]}, "semstat.toml")
        Traceback (most recent call last):
        ...
        semstat.interop.configuration.ConfigurationError: semstat.toml: catalogue has no setting 'source', did you mean sources?
    """
    if not isinstance(table, Mapping):
        raise ConfigurationError(f"{origin}: catalogue takes a table")
    for key in table:
        if key not in _KEYS:
            close = get_close_matches(str(key), _KEYS, n=1)
            hint = f", did you mean {close[0]}?" if close else f"; there are {', '.join(_KEYS)}"
            raise ConfigurationError(f"{origin}: catalogue has no setting {key!r}{hint}")
    lists = {name: _texts(table.get(name, ()), f"{origin}: catalogue.{name}") for name in _LISTS}
    stewards = table.get("stewards", {})
    if not isinstance(stewards, Mapping) or not all(_is_iri(value) for value in stewards.values()):
        raise ConfigurationError(f"{origin}: catalogue.stewards takes the IRI of a steward for each agency")
    return CatalogueSettings(**lists, stewards=dict(stewards))


def catalogue_settings(folder: Path) -> CatalogueSettings:
    """Return the settings of a catalogue; where its folder has no ``semstat.toml``, or that no such table, nothing is listed.

    Raises:
        ConfigurationError: the file cannot be read, or its table is not as it should be.
    """
    path = folder / SETTINGS_FILE
    values = read_configuration(path) if path.is_file() else {}
    return settings_of(values.get("catalogue", {}), os.path.relpath(path))


def matched_files(settings: CatalogueSettings, folder: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Return the files that settings list, each once, in their order, and the entries that match nothing.

    Of folders those files are taken whose format is known; nothing below a folder whose name begins with a dot.
    """
    found: dict[Path, None] = {}
    idle = []
    for item in settings.listed:
        files = [path for path in _matching(folder, item) if not settings.excludes(_name(path, folder))]
        idle += [] if files else [item]
        found |= dict.fromkeys(files)
    return tuple(found), tuple(idle)


def _matching(folder: Path, item: str) -> Iterator[Path]:
    """Yield the files that a path or pattern stands for."""
    if any(letter in item for letter in "*?["):
        places: Sequence[Path] = sorted(folder.glob(item))
    else:
        places = [folder / item] if (folder / item).exists() else []
    for place in places:
        if not place.is_dir():
            yield place
            continue
        try:
            names = [source.name.partition("!")[0] for source in sources(place, limits=Limits())]
        except InputRefused:  # a folder without a file of a known format
            continue
        yield from dict.fromkeys(Path(name) for name in names)


def _name(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()


def _is_below(name: str, item: str) -> bool:
    """Tell whether a name is that of a file or pattern, or of something in a folder or pattern for folders."""
    place, pattern = PurePosixPath(name.partition("!")[0]), PurePosixPath(item)
    return _fits(place.parts, pattern.parts) if pattern.parts else not name.startswith("../")


def _fits(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Tell whether a path begins as a pattern says, read as ``Path.glob`` reads it: a ``*`` stays within one part."""
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(_fits(parts[start:], pattern[1:]) for start in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _fits(parts[1:], pattern[1:])


def _texts(value: object, place: str) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list | tuple) or not all(isinstance(item, str) and item for item in items):
        raise ConfigurationError(f"{place} takes a list of paths, not {value!r}")
    absolute = [item for item in items if Path(item).is_absolute()]
    if absolute:
        raise ConfigurationError(f"{place} takes paths as seen from the folder of the file, not {absolute[0]!r}")
    return tuple(items)


def _is_iri(value: object) -> bool:
    return isinstance(value, str) and "://" in value and not any(letter in value for letter in ' <>"{}|\\^`')
