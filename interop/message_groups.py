"""What a message group of SDMX-ML 2.0 holds: datasets or metadata sets, and the layout of each.

Source:
    SDMX 2.0, SDMXMessage.xsd, ``MessageGroupType``: a choice of one kind of sets, as many as there are. Files are met whose
    sets are of several kinds.
"""

from contextlib import suppress
from typing import BinaryIO
from xml.parsers import expat

from semstat.interop.counting import InputRefused
from semstat.interop.encodings import readable

__all__ = ["group_layout", "group_layouts"]

_BY_NAMESPACE = {
    "generic": "generic-data",
    "genericmetadata": "generic-metadata",
    "metadatareport": "metadata-report",
    "compact": "compact-data",
    "utility": "utility-data",
    "cross": "cross-sectional-data",
}
_TELLING = {"Key": "utility-data", "Section": "cross-sectional-data", "Obs": "compact-data"}
"""The first of these elements to begin in a set of a key family tells its kind: in utility data a key stands before
the observations, in cross-sectional data a section stands around them."""
_SET, _BELOW = 2, 3


_CHUNK = 1 << 20


class _Found(Exception):
    """Ends the reading once enough is known."""


def group_layout(head: bytes) -> str | None:
    """Return the kind of sets that a message group holds, ``None`` where its first bytes show none.

    The namespace of the first set tells it. Sets of a key family are in a namespace of its own: what is in them tells
    compact data, which have everything in attributes, from utility data, which have a ``Key``, and cross-sectional data,
    which have a ``Section``.

    Example:
        >>> stem = "http://www.SDMX.org/resources/SDMXML/schemas/v2_0/"
        >>> group_layout(f'<MessageGroup xmlns="{stem}message"><DataSet xmlns="{stem}generic"/>'.encode())
        'generic-data'
    """
    text, encoding = readable(head)
    sets = _Sets(only_first=True, encoding=encoding)
    with suppress(_Found, expat.ExpatError):
        sets.parser.Parse(text, False)
    return sets.kinds[0] if sets.kinds else None


def group_layouts(stream: BinaryIO) -> list[str]:
    """Return the kinds of all sets of a message group, in document order, as far as it can be read.

    The group is gone through once more for this than its data are read: what follows a set's own start tells its kind, and
    all sets have to be of one kind to be read in one way. Two calls for each element are less than a fifth of what reading
    takes, which a test counts.

    Example:
        >>> from io import BytesIO
        >>> stem = "http://www.SDMX.org/resources/SDMXML/schemas/v2_0/"
        >>> sets = f'<DataSet xmlns="{stem}generic"/><DataSet><Section/></DataSet>'
        >>> group_layouts(BytesIO(f'<MessageGroup xmlns="{stem}message">{sets}</MessageGroup>'.encode()))
        ['generic-data', 'cross-sectional-data']
    """
    sets = _Sets()
    with suppress(_Found, expat.ExpatError, InputRefused):
        while data := stream.read(_CHUNK):
            sets.parser.Parse(data, False)
    return sets.kinds


class _Sets:
    """Hears a message group, and notes the kind of each of its sets."""

    def __init__(self, *, only_first: bool = False, encoding: str | None = None) -> None:
        self.kinds: list[str] = []
        self._depth, self._is_told, self._only_first = 0, True, only_first
        self.parser = expat.ParserCreate(encoding, namespace_separator=" ")
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _refuse(self, *_: object) -> None:
        raise _Found

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._is_told and self._depth != _SET:
            return
        namespace, _, local = name.rpartition(" ")
        known = _BY_NAMESPACE.get(namespace.rstrip("/").rpartition("/")[2])
        if self._depth == _SET and local in ("DataSet", "MetadataSet"):
            self.kinds.append("metadata-report" if local == "MetadataSet" else "compact-data")
            self._is_told = False
        elif self._depth >= _BELOW and local in _TELLING:
            known = _TELLING[local]
        if known is not None and not self._is_told:
            self.kinds[-1] = known
            self._told()

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._depth == _SET - 1 and self.kinds:
            self._told()

    def _told(self) -> None:
        self._is_told = True
        if self._only_first:
            raise _Found
