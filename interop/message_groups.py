"""What a message group of SDMX-ML 2.0 holds: datasets or metadata sets of one layout, told from its first bytes.

Source:
    SDMX 2.0, SDMXMessage.xsd, ``MessageGroupType``: a choice of one kind of sets, as many as there are.
"""

from contextlib import suppress
from xml.parsers import expat

__all__ = ["group_layout"]

_BY_NAMESPACE = {
    "generic": "generic-data",
    "genericmetadata": "generic-metadata",
    "metadatareport": "metadata-report",
    "compact": "compact-data",
    "utility": "utility-data",
    "cross": "cross-sectional-data",
}
_TELLING = {"Key": "utility-data", "Section": "cross-sectional-data"}
_SET, _BELOW = 2, 3


class _Found(Exception):
    """Ends the reading once the layout is known."""


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
    open_elements: list[str] = []
    kinds: list[str] = []

    def start(name: str, _attributes: list[str]) -> None:
        namespace, _, local = name.rpartition(" ")
        open_elements.append(local)
        depth, known = len(open_elements), _BY_NAMESPACE.get(namespace.rstrip("/").rpartition("/")[2])
        if depth == _SET and local in ("DataSet", "MetadataSet"):
            kinds.append("metadata-report" if local == "MetadataSet" else "compact-data")
        elif depth < _BELOW or not kinds:
            return
        elif local in _TELLING:
            known = _TELLING[local]
        if known is not None:
            kinds.append(known)
            raise _Found

    def end(_name: str) -> None:
        open_elements.pop()
        if len(open_elements) == _SET - 1 and kinds:
            raise _Found

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.ordered_attributes = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    with suppress(_Found, expat.ExpatError):
        parser.Parse(head, False)
    return kinds[-1] if kinds else None
