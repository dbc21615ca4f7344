"""A layout of SDMX-ML data as tables: which element may stand where, and what happens when it begins and ends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from semstat.interop.formats.sdmx.ml_records import Element

if TYPE_CHECKING:
    from semstat.interop.formats.sdmx.ml_events import Events

__all__ = ["ANY", "ERROR", "KEPT_RAW", "Begin", "End", "Layout", "place_of", "unforeseen"]

Begin = Callable[["Events", str, Element], str | None]
"""What happens when an element begins: its name with namespace, its attributes. A result replaces the context opened."""

End = Callable[["Events"], None]
"""What happens when an element ends."""

ANY = "*"
"""Stands for the local name of any element that has no entry of its own in a context."""

KEPT_RAW = frozenset({"Annotations", "Metadata", "DataProvider"})
"""Elements of the standard that may stand anywhere in data, and that no rule judges."""

_PLACES = {
    "obs": "an `Obs`",
    "atts": "the attributes of a `DataSet`",
    "dataset": "a `DataSet`",
    "message": "the message",
    "values": "a key or a set of attributes",
    "component": "the value of a component",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """What distinguishes a kind of data message.

    ``steps`` tells which context an element opens, by the context it stands in and its local name; ``begin`` and ``end``
    what happens then, by the context opened. ``interleaves``: groups may stand anywhere among series and observations.
    ``regular``: stretches may be read by columns, because all values are attributes of ``Series`` and ``Obs``
    (``"attributes"``), or of the elements inside those (``"elements"``).
    """

    steps: Mapping[tuple[str, str], str]
    begin: Mapping[str, Begin]
    end: Mapping[str, End] = field(default_factory=dict)
    interleaves: bool = False
    regular: Literal["", "attributes", "elements"] = ""
    has_header: bool = True


ERROR = Layout({("message", "Header"): "tree", ("message", "ErrorMessage"): "tree"}, {}, has_header=False)
"""The reply of a web service that has no data to give: an error message has no header, and no datasets."""


def place_of(context: str) -> str:
    """Return what people call a context."""
    return _PLACES.get(context, f"a `{context.capitalize()}`")


def unforeseen(context: str, local: str) -> tuple[str, str]:
    """Return the rule and the message for an element that is not read in a context.

    Example:
        >>> unforeseen("series", "Note")
        ('IO108', 'the standard knows no element `Note` in a `Series`; it is passed over')
    """
    where = place_of(context)
    if (context, local) == ("dataset", "DataProvider"):  # conversions carry it
        return "IO114", f"the element `{local}` in {where} is kept, and no rule judges it"
    if local in KEPT_RAW:
        return "IO114", f"the element `{local}` in {where} is kept, and not interpreted"
    return "IO108", f"the standard knows no element `{local}` in {where}; it is passed over"
