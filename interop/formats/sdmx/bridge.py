"""The bridge to sdmx1: the only module that imports it, and the fence around its habits.

What is fenced: it prints its parser's stack to standard output when a message fails; it cannot read SDMX-ML 3.0 in a
process that has read 2.1 data before, unless its 3.0 reader was imported first; it writes no facets and no provision
agreements; it keeps a cube region's *include* as text, so its own constraint membership is always false (we never ask).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import BytesIO, StringIO
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO

from semstat.interop.document import Document
from semstat.ontology.errors import MissingExtra, SemstatError
from semstat.validators.diagnostics import Diagnostic, Location, Severity
from semstat.validators.rules import finding

if TYPE_CHECKING:
    from lxml import etree
    from sdmx import Client
    from sdmx.message import Message, StructureMessage
    from sdmx.model.common import MaintainableArtefact, Representation

__all__ = ["UnknownService", "client_of", "fenced", "from_sdmx1", "read_with_sdmx1", "to_sdmx1"]

_ORIGIN = "sdmx1"
_OWN = "SEMSTAT_OWN"
_STR = "{http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure}"


@contextmanager
def fenced() -> Iterator[ModuleType]:
    """Import sdmx1 with its 3.0 reader first, hand it out, and keep what it prints off standard output.

    Raises:
        MissingExtra: sdmx1 is not installed.
    """
    with redirect_stdout(StringIO()):
        try:
            import sdmx
            import sdmx.reader.xml.v30  # before any 2.1 data is read, or 3.0 can no longer be read
        except ModuleNotFoundError as error:
            raise MissingExtra("sdmx1", needs="sdmx1") from error
        yield sdmx


def read_with_sdmx1(path: str | Path) -> "Message":
    """Read a file with sdmx1 and return its message, with standard output left alone.

    Raises:
        MissingExtra: sdmx1 is not installed.
        SemstatError: sdmx1 cannot read the file; ``semstat.interop.read`` does not depend on it.
    """
    with fenced() as sdmx, Path(path).open("rb") as source:  # given a path, sdmx1 leaves the file open
        message: Message = _read(sdmx, source, str(path))
        return message


def _read(sdmx: ModuleType, source: BinaryIO, name: str) -> Any:  # noqa: ANN401 - sdmx1's messages have no common class
    try:
        return sdmx.read_sdmx(source)
    except (sdmx.exceptions.XMLParseError, sdmx.exceptions.ParseError, ArithmeticError, AssertionError,
            AttributeError, LookupError, NotImplementedError, OSError, RuntimeError, TypeError,
            ValueError) as error:  # fmt: skip
        reason = f"{type(error).__name__}: {error}".strip(": ")
        hint = "semstat.interop.read reads the file without sdmx1"
        raise SemstatError(f"sdmx1 cannot read {name}: {reason}", hint=hint) from error


class UnknownService(LookupError):
    """sdmx1 knows no web service of that name."""


def client_of(sdmx: ModuleType, name: str, url: str | None) -> "Client":
    """Return sdmx1's client for a web service that it knows by name, or for any other at an address.

    Raises:
        UnknownService: there is no address, and sdmx1 knows none for the name.
    """
    if url is not None:
        own = {"id": _OWN, "name": name, "url": url.rstrip("/"), "versions": ["2.1"]}
        sdmx.add_source(own, override=True)
    elif name not in sdmx.source.sources or not sdmx.source.sources[name].url:
        raise UnknownService(name)
    client: Client = sdmx.Client(_OWN if url is not None else name)
    return client


def from_sdmx1(message: "StructureMessage", *, origin: str = _ORIGIN) -> Document:
    """Return the hub graph of the structures that an sdmx1 message holds.

    Every artefact goes through SDMX-ML 2.1, as sdmx1 writes it, and our own reader. The facets that sdmx1 holds but
    does not write are put back from its objects. Positions name no lines, since the message is no file.

    Raises:
        MissingExtra: sdmx1 is not installed.

    Findings:
        ``IO112`` (warning) for each artefact that sdmx1 cannot write, besides those of
        :func:`semstat.interop.formats.sdmx.structure.read_structures`.
    """
    from semstat.interop.formats.sdmx.structure import read_structures

    parts: list[tuple[bytes, str]] = []
    lost: list[Diagnostic] = []
    with fenced():
        for artefact in message.iter_objects(external_reference=False):
            written = _written(artefact, message)
            if written is None:
                lost.append(_unwritten(artefact, origin))
            else:
                parts.append((written, origin))
    document = read_structures(parts)
    found = tuple(_without_line(item) for item in document.diagnostics)
    places = {iri: Location(origin, focus=place.focus, path=place.path) for iri, place in document.positions.items()}
    return Document(document.graph, places, (*found, *lost), origin, document.format)


def to_sdmx1(document: Document) -> tuple["StructureMessage", tuple[Diagnostic, ...]]:
    """Return the structures of a hub graph as sdmx1's objects, and what SDMX 2.1, which they go through, cannot say.

    Raises:
        MissingExtra: sdmx1 is not installed.
        SemstatError: sdmx1 cannot read an artefact of the message.

    Findings:
        IO201 to IO212, the losses of writing SDMX-ML 2.1.
    """
    from semstat.interop.formats.sdmx.account import Account
    from semstat.interop.formats.sdmx.dialects import DIALECTS
    from semstat.interop.formats.sdmx.header import Header, Party
    from semstat.interop.formats.sdmx.lower_message import lower_graph
    from semstat.interop.formats.sdmx.serialise import serialise

    account = Account("sdmx1", document.positions)
    header = Header(
        id=_OWN, prepared="1970-01-01T00:00:00", sender=Party(_OWN)
    )  # sdmx1 wants a header, nobody reads it
    artefacts = lower_graph(document.graph, resolved=True)
    text = "".join(serialise(artefacts, DIALECTS["2.1"], header, account))
    with fenced() as sdmx:
        message: StructureMessage = _read(sdmx, BytesIO(text.encode("utf-8")), document.origin)
    return message, account.losses


def _written(artefact: "MaintainableArtefact", message: "StructureMessage") -> bytes | None:
    """Return one artefact as a message of its own, or ``None`` where sdmx1 has no writer for it."""
    import sdmx
    from lxml import etree
    from sdmx.message import StructureMessage

    single = StructureMessage(header=message.header)
    single.add(artefact)
    try:
        root = etree.fromstring(sdmx.to_xml(single))
    except NotImplementedError:
        return None
    _put_facets_back(root, artefact)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _put_facets_back(root: "etree._Element", artefact: "MaintainableArtefact") -> None:
    held = dict(_representations(artefact))
    for element in root.iter(f"{_STR}LocalRepresentation", f"{_STR}CoreRepresentation"):
        owner = element.getparent()
        representation = held.get(str(owner.get("id"))) if owner is not None else None
        if representation is None or not representation.non_enumerated:
            continue
        for facet, text in zip(representation.non_enumerated, element.iter(f"{_STR}TextFormat"), strict=False):
            for name, value in vars(facet.type).items():
                if value is not None:
                    text.set(_camel(name), str(value).lower() if isinstance(value, bool) else str(value))


def _representations(artefact: "MaintainableArtefact") -> Iterator[tuple[str, "Representation | None"]]:
    """Yield the representation that each component of a structure, or concept of a scheme, states."""
    for part in ("dimensions", "attributes", "measures"):
        for component in getattr(artefact, part, ()):
            yield component.id, component.local_representation
    for concept in getattr(artefact, "items", {}).values() if hasattr(artefact, "items") else ():
        yield concept.id, getattr(concept, "core_representation", None)


def _camel(name: str) -> str:
    return re.sub(r"_(.)", lambda match: match[1].upper(), name)


def _unwritten(artefact: "MaintainableArtefact", origin: str) -> Diagnostic:
    message = f"sdmx1 has no SDMX-ML writer for the {type(artefact).__name__} `{artefact.id}`; it is not in the graph"
    return finding("IO112", message, Location(origin, focus=artefact.urn), severity=Severity.WARNING)


def _without_line(item: Diagnostic) -> Diagnostic:
    from dataclasses import replace

    return replace(item, location=replace(item.location, line=None, column=None))
