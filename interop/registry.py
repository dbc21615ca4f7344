"""How a file's format is recognised, among those of this version and of other distributions."""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, cast

from semstat.interop.format_table import FORMATS, Format
from semstat.interop.sources import InputRefused, Source, refusal

if TYPE_CHECKING:
    from xml.parsers import expat

__all__ = ["FORMATS", "Format", "format_of", "known_formats", "sniff"]

_GROUP = "semstat.formats"


def known_formats() -> tuple[Format, ...]:
    """Return every format: those of this version in the order of :data:`FORMATS`, then those of other distributions.

    Raises:
        ValueError: two distributions offer a format of the same name; the message names both.

    Example:
        >>> [entry.name for entry in known_formats() if entry.kind == "data" and entry.reads][:2]
        ['sdmx-ml-2.1-structure-specific-data', 'sdmx-ml-3.0-structure-specific-data']
    """
    return (*FORMATS, *(entry for entry, _ in _plugged_in()))


@lru_cache(maxsize=1)
def _plugged_in() -> tuple[tuple[Format, str], ...]:
    owners = {entry.name: "semstat" for entry in FORMATS}
    found: list[tuple[Format, str]] = []
    for point in sorted(entry_points(group=_GROUP), key=lambda point: (point.name, _owner(point))):
        entry = point.load()
        if not isinstance(entry, Format):
            raise ValueError(
                f"the entry point {point.name!r} of {_owner(point)} is not a Format but {type(entry).__name__}"
            )
        if entry.name in owners:
            raise ValueError(f"the format {entry.name!r} is offered by {owners[entry.name]} and by {_owner(point)}")
        owners[entry.name] = _owner(point)
        found.append((entry, _owner(point)))
    return tuple(found)


def _owner(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value


def sniff(head: bytes, name: str) -> str | None:
    r"""Return the name of the format that the first bytes of a file begin, or ``None`` where none is recognised.

    Decides on the root element's namespace and local name (XML), the first header cell (CSV), the schema's address
    (JSON) or a magic number. The suffix of ``name`` matters to formats of other distributions only, which are asked
    first.

    Source:
        SDMX 2.1 and 3.0 Section 3A (root elements), SDMX-CSV field guide (header).

    Example:
        >>> sniff(b"STRUCTURE[;],STRUCTURE_ID,ACTION\n", "data.csv")
        'sdmx-csv-2.0'
    """
    from semstat.interop.recognise import sniff_bytes

    for entry, _ in _plugged_in():
        if entry.sniffer and load(entry.sniffer)(head, name):
            return entry.name
    return sniff_bytes(head)


def format_of(source: Source, *, named: str | None = None) -> Format:
    """Return the format of an input, recognised or as ``named`` by the user.

    A recognised SDMX-ML message that the table does not list (a query, a registry message) is returned as a format
    that is not read.

    Raises:
        InputRefused: IO101 (broken XML), IO102 (a document type declaration), IO103 (unknown), IO105 (empty),
            IO106 (undecodable before the root element ends).
    """
    head = source.head()
    if not head:
        raise refusal("IO105", "the input is empty", source.name)
    name = named or sniff(head, source.name)
    entry = next((entry for entry in known_formats() if entry.name == name), None)
    if named is not None and entry is None:
        raise refusal("IO103", f"there is no format called `{named}`", source.name)
    if entry is not None and name != "turtle":
        _refuse_doctype(head, source)
    if entry is not None:
        return entry
    if name is not None:
        return Format(name, _title(name), False, False, "other")
    raise _unknown(head, source)


def _refuse_doctype(head: bytes, source: Source) -> None:
    from xml.parsers import expat

    from semstat.interop.recognise import is_xml, root_of

    if is_xml(head):
        try:
            root = root_of(head)
        except expat.ExpatError:
            return
        if root.doctype:
            raise _has_doctype(source, root.line)


def _has_doctype(source: Source, line: int) -> Exception:
    message = "the document has a document type declaration, which is not read"
    return refusal("IO102", message, source.name, line=line)


def _unknown(head: bytes, source: Source) -> Exception:
    from xml.parsers import expat

    from semstat.interop.recognise import is_html, is_xml, root_of

    if not head.strip(b" \t\r\n\xef\xbb\xbf"):
        return refusal("IO105", "the input holds nothing but white space", source.name)
    page = is_html(head)
    if page is not None:
        message = (
            "the input is an HTML page, probably the error page of a web service, and not a file of a known format"
        )
        return refusal("IO103", message, source.name, line=page)
    if not is_xml(head):
        return refusal("IO103", "the format is not recognised from the first bytes", source.name)
    try:
        root = root_of(head)
    except expat.ExpatError as error:
        return _broken(head, source, error)
    if root.doctype:
        return _has_doctype(source, root.line)
    return refusal("IO103", _foreign(root.namespace, root.local), source.name, line=root.line)


def _foreign(namespace: str, local: str) -> str:
    """Return what is said of a root element that no format has."""
    from semstat.interop.recognise_ddi import is_dublin_core

    if is_dublin_core(namespace):
        return "the input is a Dublin Core record, which archives export beside DDI, and not a file of a known format"
    where = f" in the namespace `{namespace}`" if namespace else ""
    return f"the root element `{local}`{where} is not one of a known format"


def _broken(head: bytes, source: Source, error: "expat.ExpatError") -> Exception:
    from semstat.interop.recognise import reason_of
    from semstat.interop.safety import utf8_text
    from semstat.validators.diagnostics import Diagnostic

    text = utf8_text(head, origin=source.name)
    if isinstance(text, Diagnostic) and text.location.line == error.lineno:
        return InputRefused(text)
    message = f"the document is not well-formed: {reason_of(error)}"
    return refusal("IO101", message, source.name, line=error.lineno, column=error.offset + 1)


def _title(name: str) -> str:
    return (
        name.replace("sdmx-ml", "SDMX-ML").replace("sdmx-json", "SDMX-JSON").replace("-", " ").replace("SDMX ", "SDMX-")
    )


def load(reference: str) -> Callable[..., Any]:
    """Return the object that ``"module:name"`` names."""
    module, _, name = reference.partition(":")
    return cast(Callable[..., Any], getattr(import_module(module), name))
