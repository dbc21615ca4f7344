"""The text between the attribute values of a regular message of generic data 2.1, tokenised once per distinct text.

The values are those of ``id`` and ``value`` on ``Value``, ``ObsDimension`` and ``ObsValue``. What surrounds them opens and
closes keys, sets of attributes, observations and series; each gap is judged by what it does in each place.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from semstat.interop.formats.sdmx.ml_gaps import OBS, SERIES

__all__ = [
    "BROKEN",
    "IN_DATASET",
    "IN_SERIES",
    "LEAVES",
    "NEW_SERIES",
    "PLACES",
    "VALUE_PLACES",
    "ElementGap",
    "GapReader",
]

PLACES = ("dataset", "new series", "series", "series key", "series attributes", "obs", "obs attributes")
"""Where a gap may begin and end, in a message of series: a series is new until it has an observation.

In a flat message there are no series, and the key is that of the observation.
"""

IN_DATASET, NEW_SERIES, IN_SERIES, KEY, SERIES_ATTRIBUTES, IN_OBS, OBS_ATTRIBUTES = range(len(PLACES))
VALUE_PLACES = (KEY, SERIES_ATTRIBUTES, IN_OBS, OBS_ATTRIBUTES)
"""Those where an element with a value may stand."""

BROKEN = len(PLACES)
"""Where a gap leads that may not stand in a place."""

LEAVES = (b"Value", b"ObsDimension", b"ObsValue")

_Moves = dict[tuple[int, bytes], int]
_IN_SERIES: _Moves = {
    (IN_DATASET, b"<Series"): NEW_SERIES,
    (NEW_SERIES, b"<SeriesKey"): KEY,
    (KEY, b"</SeriesKey"): NEW_SERIES,
    (NEW_SERIES, b"<Attributes"): SERIES_ATTRIBUTES,
    (SERIES_ATTRIBUTES, b"</Attributes"): NEW_SERIES,
    (NEW_SERIES, b"<Obs"): IN_OBS,
    (IN_SERIES, b"<Obs"): IN_OBS,
    (IN_OBS, b"<Attributes"): OBS_ATTRIBUTES,
    (OBS_ATTRIBUTES, b"</Attributes"): IN_OBS,
    (IN_OBS, b"</Obs"): IN_SERIES,
    (NEW_SERIES, b"</Series"): IN_DATASET,
    (IN_SERIES, b"</Series"): IN_DATASET,
}
_FLAT: _Moves = {
    (IN_DATASET, b"<Obs"): IN_OBS,
    (IN_OBS, b"<ObsKey"): KEY,
    (KEY, b"</ObsKey"): IN_OBS,
    (IN_OBS, b"<Attributes"): OBS_ATTRIBUTES,
    (OBS_ATTRIBUTES, b"</Attributes"): IN_OBS,
    (IN_OBS, b"</Obs"): IN_DATASET,
}
_ROWS = {b"<Series": SERIES, b"<Obs": OBS}
_LEAF_PLACES = {
    b"Value": {KEY, SERIES_ATTRIBUTES, OBS_ATTRIBUTES},
    b"ObsDimension": {IN_OBS},
    b"ObsValue": {IN_OBS},
}


@dataclass(frozen=True, slots=True)
class ElementGap:
    """What a gap before a value says.

    ``leaf`` is the place in :data:`LEAVES` of the element whose attribute follows, -1 if it is the element before, and
    ``closes`` that of the element before if it ends with a tag of its own, else -1; ``names`` tells whether the attribute
    is ``id``. ``opens`` is the kind of the row that begins, or -1. ``moves`` tells for each place, in a message of series
    and in a flat one, where the gap leads. ``before_row`` and ``before_leaf`` count line feeds before their ``<``;
    ``newlines``, ``controls`` and ``brackets`` all line feeds, control characters and ``<``.
    """

    leaf: int
    closes: int
    names: bool
    opens: int
    moves: tuple[tuple[int, ...], tuple[int, ...]]
    before_row: int
    before_leaf: int
    newlines: int
    controls: int
    brackets: int


class GapReader:
    r"""Reads gaps of a message whose elements have a prefix.

    Args:
        prefix: Empty, or a namespace prefix with its colon.

    Example:
        >>> gap = GapReader(b"g:").inner(b'/>\n<g:ObsValue value=')
        >>> LEAVES[gap.leaf], gap.names, gap.opens, gap.moves[0][IN_OBS] == IN_OBS, gap.moves[0][KEY] == BROKEN
        (b'ObsValue', False, -1, True, True)
    """

    def __init__(self, prefix: bytes) -> None:
        space, name = rb"(?:[ \t\n]|\r\n)", re.escape(prefix)
        attribute = space + rb"+(?P<attribute>id|value)" + space + rb"*=" + space + rb"*"
        tags = rb"(?P<tags>(?:" + space + rb"*</?" + name + rb"[A-Za-z]+" + space + rb"*>)*)" + space + rb"*"
        leaf = rb"(?P<leaf><" + name + rb"(?P<local>Value|ObsDimension|ObsValue))" + attribute
        self._tag = re.compile(rb"(?P<mark></?)" + name + rb"(?P<local>[A-Za-z]+)")
        self._same = re.compile(attribute)
        closed = rb"></" + name + rb"(?P<closed>Value|ObsDimension|ObsValue)" + space + rb"*>"
        end = space + rb"*(?:/>|" + closed + rb")"
        self._next = re.compile(end + tags + leaf)
        self._head = re.compile(rb"(?P<closed>(?!))?" + tags + leaf)
        self._tail = re.compile(end + tags)

    def inner(self, text: bytes) -> ElementGap | None:
        """Return what a gap between two values says; ``None`` if it is not of the regular kind."""
        same = self._same.fullmatch(text)
        if same is not None:
            stay = tuple(range(len(PLACES)))
            feeds = text.count(b"\n")
            return ElementGap(-1, -1, same["attribute"] == b"id", -1, (stay, stay), 0, 0, feeds, _controls(text), 0)
        return self._gap(self._next.fullmatch(text), text)

    def head(self, text: bytes) -> ElementGap | None:
        """Return what the gap before the first value of a stretch says; it begins outside any tag."""
        return self._gap(self._head.fullmatch(text), text)

    def tail(self, text: bytes, place: int, leaf: int, *, flat: bool) -> int:
        """Return where the gap after the last value leads; :data:`BROKEN` if it is not of the regular kind.

        Args:
            text: The gap.
            place: Where it begins.
            leaf: In which element.
            flat: Whether the message has no series.
        """
        match = self._tail.fullmatch(text)
        if match is None or match["closed"] not in (None, LEAVES[leaf]):
            return BROKEN
        tags = [found["mark"] + found["local"] for found in self._tag.finditer(match["tags"])]
        return BROKEN if any(tag in _ROWS for tag in tags) else _follow(tuple(tags), place, flat=flat)

    def _gap(self, match: re.Match[bytes] | None, text: bytes) -> ElementGap | None:
        if match is None:
            return None
        found = list(self._tag.finditer(text, match.start("tags"), match.end("tags")))
        tags = tuple(tag["mark"] + tag["local"] for tag in found)
        rows = [place for place, tag in enumerate(tags) if tag in _ROWS]
        if len(rows) > 1:
            return None
        local = match["local"]
        series, flat = (
            tuple(
                after if (after := _follow(tags, place, flat=is_flat)) in _LEAF_PLACES[local] else BROKEN
                for place in range(len(PLACES))
            )
            for is_flat in (False, True)
        )
        return ElementGap(
            LEAVES.index(local),
            LEAVES.index(match["closed"]) if match["closed"] else -1,
            match["attribute"] == b"id",
            _ROWS[tags[rows[0]]] if rows else -1,
            (series, flat),
            text.count(b"\n", 0, found[rows[0]].start()) if rows else 0,
            text.count(b"\n", 0, match.start("leaf")),
            text.count(b"\n"),
            _controls(text),
            text.count(b"<"),
        )


@lru_cache(maxsize=1024)
def _follow(tags: tuple[bytes, ...], place: int, *, flat: bool) -> int:
    moves = _FLAT if flat else _IN_SERIES
    for tag in tags:
        place = moves.get((place, tag), BROKEN)
    return place


def _controls(text: bytes) -> int:
    return text.count(b"\n") + text.count(b"\r") + text.count(b"\t")
