"""How a file's format is recognised, among those of this version and of other distributions."""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any, cast

from semstat.interop.format_table import FORMATS, Format
from semstat.interop.refusals import refuse_unreadable, unknown
from semstat.interop.sources import Source, refusal

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


_HEAD = 1 << 20
"""How much of an input is looked at to recognise it."""


def format_of(source: Source, *, named: str | None = None) -> Format:
    """Return the format of an input, recognised or as ``named`` by the user.

    A recognised SDMX-ML message that the table does not list (a query, a registry message) is returned as a format
    that is not read.

    Raises:
        InputRefused: IO101 (broken XML), IO102 (a document type declaration), IO103 (unknown), IO105 (empty),
            IO106 (undecodable before the root element ends).
    """
    head = source.head(_HEAD)
    if not head:
        raise refusal("IO105", "the input is empty", source.name)
    name = named or sniff(head, source.name)
    entry = next((entry for entry in known_formats() if entry.name == name), None)
    if named is not None and entry is None:
        raise refusal("IO103", f"there is no format called `{named}`", source.name)
    if entry is not None and name != "turtle":
        refuse_unreadable(head, source, whole=len(head) < _HEAD)
    if entry is not None:
        return entry
    if name is not None:
        return Format(name, _title(name), False, False, "other")
    raise unknown(head, source)


def _title(name: str) -> str:
    return (
        name.replace("sdmx-ml", "SDMX-ML").replace("sdmx-json", "SDMX-JSON").replace("-", " ").replace("SDMX ", "SDMX-")
    )


def load(reference: str) -> Callable[..., Any]:
    """Return the object that ``"module:name"`` names."""
    module, _, name = reference.partition(":")
    return cast(Callable[..., Any], getattr(import_module(module), name))
