"""The fingerprint of a finding: what stays the same when lines move, for baselines, code hosts and build servers alike."""

import hashlib
import json
import posixpath
from typing import NamedTuple

from semstat.validators.diagnostics import Diagnostic

__all__ = ["Traits", "fingerprint", "relative_name", "traits"]


class Traits(NamedTuple):
    """What tells one finding from another: neither its line nor its wording.

    ``source`` is relative to the working directory where it lies below it. ``key`` is the observation, or the artefact; for a
    finding about several observations the series, since its first observation changes from one delivery to the next.
    """

    rule: str
    source: str | None
    component: str | None
    key: str | None
    value: str | None

    @property
    def fingerprint(self) -> str:
        """32 hexadecimal digits."""
        return hashlib.sha256(json.dumps(self).encode("ascii")).hexdigest()[:32]


def traits(item: Diagnostic, *, folder: str = "") -> Traits:
    """Return what tells a finding from others; ``folder`` is the one that names of sources are relative to."""
    where = item.location
    key = item.series_key if item.count > 1 and item.series_key is not None else where.focus or item.series_key
    source = None if where.source is None else relative_name(where.source, folder)
    return Traits(item.rule, source, where.path, key, item.value)


def fingerprint(item: Diagnostic, *, folder: str = "") -> str:
    """Return a hash that stays when lines move: of rule, source, component, key and value.

    Example:
        >>> from semstat.validators.diagnostics import Location, Severity
        >>> one = Diagnostic("DF004", Severity.ERROR, "m", Location("a.csv", 4, path="FREQ"), value="X")
        >>> two = Diagnostic("DF004", Severity.ERROR, "n", Location("/data/a.csv", 9, path="FREQ"), value="X")
        >>> fingerprint(one) == fingerprint(two, folder="/data")
        True
    """
    return traits(item, folder=folder).fingerprint


def relative_name(source: str, folder: str) -> str:
    """Return the name of a source with ``/`` between folders, relative to a folder where it lies below it.

    Example:
        >>> relative_name("/data/in/a.zip!m.xml", "/data"), relative_name("./in//a.csv", "/data")
        ('in/a.zip!m.xml', 'in/a.csv')
    """
    name, mark, member = source.replace("\\", "/").partition("!")
    clean = posixpath.normpath(name) if name else name
    inside = folder.replace("\\", "/").rstrip("/") + "/"
    return (clean.removeprefix(inside) if len(inside) > 1 else clean) + mark + member
