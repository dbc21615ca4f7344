"""What the paths that a user names stand for: inputs, and among them the structures."""

import os
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path

from semstat.interop.counting import InputRefused, Limits
from semstat.interop.registry import format_of
from semstat.interop.sources import Source, sources
from semstat.validators.diagnostics import Diagnostic

__all__ = ["inputs", "is_structure", "structure_inputs"]

AnyPath = str | PathLike[str]


def inputs(paths: Iterable[AnyPath], limits: Limits) -> Iterator[Source | Diagnostic]:
    """Yield the inputs that paths stand for; a path that cannot be used as its finding."""
    for path in paths:
        try:
            yield from sources(str(path) if str(path) == "-" else Path(path), limits=limits)
        except InputRefused as refused:
            yield refused.diagnostic


def structure_inputs(
    paths: Iterable[AnyPath], limits: Limits, *, beside: Iterable[Source | Diagnostic] = ()
) -> Iterator[Source | Diagnostic]:
    """Yield the structure messages that paths stand for, but those ``beside`` them, which are read already.

    What else lies with structures in a folder or archive is passed over; never what is broken, which may be one of them.
    """
    known = {_place(item) for item in beside}
    for path in paths:
        found = list(inputs([path], limits))
        if any(is_structure(item, None) for item in found):
            found = [item for item in found if not _is_other(item)]
        yield from (item for item in found if _place(item) not in known)


def is_structure(item: Source | Diagnostic, named: str | None) -> bool:
    """Tell whether an input is a structure message, recognised or as ``named`` by the user."""
    if isinstance(item, Diagnostic):
        return False
    try:
        return format_of(item, named=named).kind == "structure"
    except InputRefused:
        return False


def _is_other(item: Source | Diagnostic) -> bool:
    """Tell whether an input is known to be no structure message."""
    if isinstance(item, Diagnostic):
        return False
    try:
        return format_of(item).kind != "structure"
    except InputRefused as refused:
        return refused.diagnostic.rule == "IO103"  # of no known format, such as a README in an archive


def _place(item: Source | Diagnostic) -> str | Diagnostic:
    return os.path.realpath(item.name) if isinstance(item, Source) else item
