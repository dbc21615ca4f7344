"""Schemas that a user has at hand in a folder: found by namespace, loaded whole, and from that folder alone.

Nothing is fetched and no entity is expanded. libxml2 passes over what it cannot open and then misreads the rest, so a schema
of which a part is missing is not used at all.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from semstat.interop.schema.packs import BrokenSchema
from semstat.interop.schema.parts import MAX_SCHEMA_BYTES, Part, Step, part_of_file, serving

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["NoSuchFolder", "UserSchemas", "user_schemas"]

_MOST_FILES = 2_000
"""The schemas of one standard are some dozens of files; beyond this, somebody has named the wrong folder."""


class NoSuchFolder(ValueError):
    """What a user names as the folder of schemas is none, or holds more files than schemas are."""


@dataclass(frozen=True, slots=True)
class UserSchemas:
    """The schemas of a folder, by target namespace; what was loaded once is used again for as long as this lives."""

    folder: Path
    files: dict[str, tuple[Path, ...]]
    _parts: dict[Path, Part] = field(default_factory=dict, repr=False)
    _loaded: "dict[str, etree.XMLSchema]" = field(default_factory=dict, repr=False)

    def schema(self, namespace: str) -> "etree.XMLSchema | None":
        """Return the schema of a namespace with all that it names, ``None`` where the folder has none.

        Raises:
            BrokenSchema: part of it is missing or unsafe, or several files differ on the namespace.
        """
        if namespace not in self.files:
            return None
        if namespace not in self._loaded:
            root = self._chosen(namespace, None)
            try:
                self._loaded[namespace] = serving(root, self._closure(root), self.folder)
            except BrokenSchema as broken:
                raise BrokenSchema(f"{self._shown(root.path)}: {broken}") from broken
        return self._loaded[namespace]

    def _part(self, path: Path) -> Part:
        if path not in self._parts:
            self._parts[path] = part_of_file(path, self._shown(path))
        return self._parts[path]

    def _chosen(self, namespace: str, beside: Path | None) -> Part:
        """Return the file that stands for a namespace: one that no other includes, the nearest to a file that needs it."""
        parts = [self._part(path) for path in self.files[namespace]]
        included = {self._within(part.path, step.place) for part in parts for step in part.steps if step.is_include}
        tops = [part for part in parts if part.path not in included] or parts
        if beside is not None:
            near = max(len(os.path.commonpath([part.path, beside])) for part in tops)
            tops = [part for part in tops if len(os.path.commonpath([part.path, beside])) == near]
        if len({part.text for part in tops}) > 1:
            names = " and ".join(self._shown(part.path) for part in tops[:2])
            raise BrokenSchema(f"the folder has several schemas of the namespace `{namespace}`: {names}")
        return tops[0]

    def _closure(self, root: Part) -> dict[Path, tuple[Part, tuple[Path, ...]]]:
        """Return a schema and all that it names, directly or not, each with the files that its steps lead to."""
        found: dict[Path, tuple[Part, tuple[Path, ...]]] = {}
        waiting = [root]
        while waiting:
            part = waiting.pop()
            if part.path in found:
                continue
            targets = tuple(self._target(part, step) for step in part.steps)
            found[part.path] = part, tuple(target.path for target in targets)
            waiting += targets
        return found

    def _target(self, part: Part, step: Step) -> Part:
        """Return the file that an import or include means: where it says, else, of imports, the one of the namespace."""
        path = self._within(part.path, step.place)
        if path is not None:
            return self._part(path)
        if not step.is_include and step.namespace in self.files:
            return self._chosen(step.namespace, part.path)
        verb = "includes" if step.is_include else "imports"
        named = f"`{step.place}`" if step.place else f"the namespace `{step.namespace}`"
        raise BrokenSchema(
            f"{self._shown(part.path)} {verb} {named}, which is not in the folder, and nothing is fetched"
        )

    def _within(self, path: Path, place: str | None) -> Path | None:
        """Return the file that a place leads to from another, ``None`` where it leads out of the folder or to nothing."""
        if not place or "://" in place or "\0" in place:
            return None
        found = (path.parent / place).resolve()
        return found if found.is_relative_to(self.folder) and found.is_file() else None

    def _shown(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix() if path.is_relative_to(self.folder) else path.name


def user_schemas(folder: Path) -> UserSchemas:
    """Return the XML schemas in a folder and those below it.

    A file counts by what it says that it is for, its target namespace, and not by its name; what is no schema is passed over.

    Raises:
        NoSuchFolder: there is no such folder, or it holds more than 2 000 files called ``.xsd``.

    Example:
        >>> user_schemas(Path("no-such-folder"))
        Traceback (most recent call last):
        semstat.interop.schema.folder.NoSuchFolder: there is no folder no-such-folder
    """
    if not folder.is_dir():
        raise NoSuchFolder(f"there is no folder {folder}")
    real = folder.resolve()
    found: dict[str, list[Path]] = {}
    for number, path in enumerate(_files(real)):
        if number == _MOST_FILES:
            raise NoSuchFolder(f"{folder} holds more than {_MOST_FILES} schemas, which those of a standard are not")
        namespace = _target_namespace(path)
        if namespace is not None:
            found.setdefault(namespace, []).append(path)
    return UserSchemas(real, {namespace: tuple(paths) for namespace, paths in found.items()})


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files called ``.xsd``, in a fixed order; links that lead out of the folder are none of its files."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = (Path(place) / name).resolve()
            if name.lower().endswith(".xsd") and path.is_relative_to(folder) and path.is_file():
                yield path


def _target_namespace(path: Path) -> str | None:
    """Return what a file says that it is a schema of, ``None`` where it is no schema or is beyond what schemas are."""
    from lxml import etree

    try:
        if path.stat().st_size > MAX_SCHEMA_BYTES:
            return None
        events = etree.iterparse(
            BytesIO(path.read_bytes()), events=("start",), resolve_entities=False, no_network=True, load_dtd=False
        )
        _, root = next(iter(events))
    except (OSError, etree.XMLSyntaxError, StopIteration):
        return None
    is_schema = root.tag == "{http://www.w3.org/2001/XMLSchema}schema"
    return str(root.get("targetNamespace", "")) if is_schema else None
