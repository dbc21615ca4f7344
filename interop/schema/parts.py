"""The files that make one XML schema: each read safely, and served to libxml2 in the place of whatever it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from semstat.interop.schema.packs import BrokenSchema

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["MAX_SCHEMA_BYTES", "Part", "Step", "part_of_file", "serving"]

MAX_SCHEMA_BYTES = 16 << 20
"""The largest file that is taken for a schema, in bytes; the largest of DDI has less than one mebibyte."""

_XSD = "{http://www.w3.org/2001/XMLSchema}"
_STEPS = ("include", "redefine", "import")


@dataclass(frozen=True, slots=True)
class Step:
    """One import or include: the namespace that it is for, where it says that the file is, and which of the two it is."""

    namespace: str
    place: str | None
    is_include: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a schema: its text without document type, and its imports and includes in their order."""

    path: Path
    text: bytes
    steps: tuple[Step, ...]


def part_of_file(path: Path, shown: str) -> Part:
    """Return a file of a schema.

    The document type is left out: its declarations lead to further files, and DDI's own schemas use none of them.

    Raises:
        BrokenSchema: it cannot be read, is not well-formed, or has entities, which are not expanded.
    """
    from lxml import etree

    try:
        root = etree.fromstring(path.read_bytes(), _parser())
    except OSError as problem:
        raise BrokenSchema(f"{shown} cannot be read: {problem.strerror}") from problem
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise BrokenSchema(f"{shown} is not well-formed: {problem}") from problem
    if next(root.iter(etree.Entity), None) is not None:
        raise BrokenSchema(f"{shown} has entities, which are not expanded")
    steps = tuple(Step(str(item.get("namespace", "")), _place(item), local != "import") for local, item in _named(root))
    return Part(path, etree.tostring(root, encoding="utf-8"), steps)


def serving(root: Part, parts: Mapping[Path, tuple[Part, tuple[Path, ...]]], folder: Path) -> "etree.XMLSchema":
    """Load a schema from its parts.

    Every import and include is made to name a part by its number, and what is asked for by any other name is refused: so
    nothing is opened but what was chosen.

    Args:
        root: The part to begin with.
        parts: All parts by path, each with the paths that its steps lead to.
        folder: Where the parts lie, for messages.

    Raises:
        BrokenSchema: libxml2 does not take it, or passed over a part of it.
    """
    from lxml import etree

    names = {path: f"part-{number}.xsd" for number, path in enumerate(parts)}
    texts = {
        names[path]: _renamed(part, [names[target] for target in targets]) for path, (part, targets) in parts.items()
    }
    served: set[str] = {names[root.path]}

    class Serving(etree.Resolver):
        def resolve(self, system_url: str, public_id: str, context: object) -> object:  # type: ignore[override]
            name = str(system_url).rpartition("/")[2]
            if name not in texts:
                raise BrokenSchema(f"it asks for `{system_url}`, which is no part of it")
            served.add(name)
            return self.resolve_string(texts[name], context, base_url=name)

    parser = _parser()
    parser.resolvers.add(Serving())
    try:
        document = etree.fromstring(texts[names[root.path]], parser, base_url=names[root.path])
        schema = etree.XMLSchema(document)
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError) as problem:
        raise BrokenSchema(f"it is no schema that can be used: {_real(str(problem), names)}") from problem
    left = [path for path, name in names.items() if name not in served]
    if left:
        shown = ", ".join(sorted(path.relative_to(folder).as_posix() for path in left))
        raise BrokenSchema(f"not loaded: {shown}")
    return schema


def _real(text: str, names: Mapping[Path, str]) -> str:
    """Return a message with the names of files in the place of the numbers of parts."""
    for path, name in names.items():
        text = text.replace(name, path.name)
    return text


def _renamed(part: Part, targets: list[str]) -> bytes:
    from lxml import etree

    root = etree.fromstring(part.text, _parser())
    for (_, item), target in zip(_named(root), targets, strict=True):
        item.set("schemaLocation", target)
    return etree.tostring(root, encoding="utf-8")


def _named(root: "etree._Element") -> "list[tuple[str, etree._Element]]":
    return [(local, item) for item in root for local in _STEPS if item.tag == f"{_XSD}{local}"]


def _place(item: "etree._Element") -> str | None:
    from urllib.parse import unquote

    place = item.get("schemaLocation")
    return None if place is None else unquote(str(place).strip())


def _parser() -> "etree.XMLParser":
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False)
