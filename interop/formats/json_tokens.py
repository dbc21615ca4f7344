"""Where the tokens of a JSON text stand: found for the whole text at once, so that any value can be traced to its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["Tokens", "tokens_of"]

Places = npt.NDArray[np.signedinteger[Any]]
"""Offsets in bytes, or numbers of tokens."""

_TOKENS = np.zeros(256, np.bool_)
_TOKENS[list(b'{}[]:,"')] = True
_QUOTE, _BACKSLASH, _COLON = b'"\\:'
_OPEN_OBJECT, _CLOSE_OBJECT, _OPEN_ARRAY, _CLOSE_ARRAY = b"{}[]"
_BLOCK = 1 << 20

T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True)
class Tokens:
    """The tokens of a JSON text: brackets, colons and commas outside strings, and the quotation mark that begins a string.

    ``places`` are offsets in bytes, ``kinds`` the bytes that stand there, ``depths`` how many brackets are open after
    each token. In a text that is well-formed, the tokens between two brackets of one depth are what the brackets hold.
    """

    text: bytes
    places: Places
    kinds: npt.NDArray[np.uint8]
    depths: npt.NDArray[np.int16]

    @property
    def depth(self) -> int:
        """How deep the brackets nest."""
        return int(self.depths.max(initial=0))

    def deeper_than(self, most: int) -> int | None:
        """Return where the first bracket stands that nests deeper than ``most``."""
        return int(self.places[int(np.argmax(self.depths > most))]) if self.depth > most else None

    @cached_property
    def objects(self) -> tuple[Places, Places]:
        """The tokens that open and close each object, as two arrays of token numbers, in the order of the closing."""
        closes = np.flatnonzero(self.kinds == _CLOSE_OBJECT)
        opens = np.flatnonzero(self.kinds == _OPEN_OBJECT)
        # Of one depth, objects follow each other: the n-th to open is the n-th to close.
        by_close = np.argsort(self.depths[closes], kind="stable")
        by_open = np.argsort(self.depths[opens] - 1, kind="stable")
        matched = np.empty_like(closes)
        matched[by_close] = opens[by_open]
        return matched, closes

    def members(self, opened: Places, closed: Places, depth: int) -> Places:
        """Return where the names of the members of some objects stand, object by object.

        Args:
            opened: The tokens that open the objects, in the order of the text.
            closed: Those that close them.
            depth: The depth inside the objects, which is the same for all.
        """
        colons = self._colons_at(depth)
        starts, ends = np.searchsorted(colons, opened), np.searchsorted(colons, closed)
        counts = ends - starts
        if not counts.sum():
            return np.zeros(0, np.int64)
        if (starts[1:] == ends[:-1]).all():
            chosen = colons[starts[0] : ends[-1]]
        else:
            shifts = np.repeat(starts - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
            chosen = colons[np.arange(counts.sum()) + shifts]
        # The string before a colon is a single token: its quotation mark.
        found: Places = self.places[chosen - 1]
        return found

    def member(self, number: int, rank: int) -> int:
        """Return where the name of one member of an object stands, given the object's number in the order of closing.

        The first call costs as much as it takes to find all members; it is for those who ask of most of them.
        """
        first, places = self._members_of[number]
        return places[first + rank]

    @cached_property
    def _members_of(self) -> list[tuple[int, list[int]]]:
        """For each object in the order of closing: the place of its first member among those of its depth, and these."""
        opens, _ = self.objects
        found: list[tuple[int, list[int]]] = [(0, [])] * len(opens)
        depths = self.depths[opens]
        for depth in np.unique(depths).tolist():
            colons = self._colons_at(depth)
            places = self.places[colons - 1].tolist()
            those = np.flatnonzero(depths == depth)
            for number, first in zip(those.tolist(), np.searchsorted(colons, opens[those]).tolist(), strict=True):
                found[number] = first, places
        return found

    def _colons_at(self, depth: int) -> Places:
        if depth not in self._colons:
            self._colons[depth] = np.flatnonzero((self.kinds == _COLON) & (self.depths == depth))
        return self._colons[depth]

    @cached_property
    def _colons(self) -> dict[int, Places]:
        return {}

    def elements(self, opened: int) -> Places:
        """Return where the elements of the array stand that a token opens (where the separator before each stands)."""
        depth = self.depths[opened]
        size, closed = 64, 0
        while not closed:  # arrays of values are short, the rest of the text is not
            ends = self.depths[opened + 1 : opened + 1 + size] < depth
            closed = opened + 1 + int(np.argmax(ends)) if ends.any() or len(ends) < size else 0
            size *= 16
        inside = np.arange(opened + 1, closed)
        commas = inside[(self.kinds[inside] == ord(",")) & (self.depths[inside] == depth)]
        return self.places[np.concatenate(([opened], commas))]

    def token_at(self, place: int) -> int:
        """Return the number of the first token at a place or after it."""
        return int(np.searchsorted(self.places, place))

    @cached_property
    def _continuations(self) -> Places:
        """Where the bytes stand that go on with a character of UTF-8 and do not begin one."""
        if self.text.isascii():
            return np.zeros(0, np.int64)
        return np.flatnonzero((np.frombuffer(self.text, np.uint8) & 0xC0) == 0x80)

    @cached_property
    def _breaks(self) -> Places:
        return np.flatnonzero(np.frombuffer(self.text, np.uint8) == ord("\n"))

    def position(self, place: int) -> tuple[int, int]:
        r"""Return line and column of an offset, both from 1; columns count characters.

        Example:
            >>> tokens_of(b'{\n  "a": 1}').position(4)
            (2, 3)
        """
        line = int(np.searchsorted(self._breaks, place))
        begin = int(self._breaks[line - 1]) + 1 if line else 0
        beside = np.searchsorted(self._continuations, [begin, place])
        return line + 1, place - begin - int(beside[1] - beside[0]) + 1

    def is_in_string(self, place: int) -> bool:
        """Tell whether an offset lies within a string."""
        before = int(np.searchsorted(self.places, place, side="right")) - 1
        if before < 0 or self.kinds[before] != _QUOTE:
            return False
        return _end_of_string(self.text, int(self.places[before])) > place


def _end_of_string(text: bytes, start: int) -> int:
    end = text.find(b'"', start + 1)
    while end > 0 and (end - len(text[start + 1 : end].rstrip(b"\\")) - start - 1) % 2:
        end = text.find(b'"', end + 1)
    return len(text) if end < 0 else end


def tokens_of(text: bytes) -> Tokens:
    r"""Find the tokens of a JSON text, which need not be well-formed.

    Example:
        >>> bytes(tokens_of(b'{"a": ["x\\", y", 1]}').kinds)
        b'{":[",]}'
    """
    content = np.frombuffer(text, np.uint8)
    places: list[Places] = []
    kinds: list[npt.NDArray[np.uint8]] = []
    quoted, escaped = 0, _escaped(text)
    width = np.int32 if len(text) < 1 << 31 else np.int64
    for start in range(0, len(content), _BLOCK):
        block = content[start : start + _BLOCK]
        found = np.flatnonzero(_TOKENS[block])
        kind = block[found]
        quote = kind == _QUOTE
        if len(escaped):
            quote &= ~np.isin(found + start, escaped)
        parity = (np.cumsum(quote, dtype=np.int32) + quoted) & 1
        kept = np.where(quote, parity == 1, (parity == 0) & (kind != _QUOTE))
        quoted = (quoted + int(quote.sum())) & 1
        places.append((found[kept] + start).astype(width))
        kinds.append(kind[kept])
    depths = _joined(list(_depths(kinds)), np.int16)
    return Tokens(text, _joined(places, width), _joined(kinds, np.uint8), depths)


def _depths(kinds: "list[npt.NDArray[np.uint8]]") -> Iterator[npt.NDArray[np.int16]]:
    """Yield how many brackets are open after each token; what nests deeper than anybody reads counts as the deepest."""
    bounds, open_before = np.iinfo(np.int16), 0
    for kind in kinds:
        steps = ((kind == _OPEN_OBJECT) | (kind == _OPEN_ARRAY)).astype(np.int8)
        steps -= (kind == _CLOSE_OBJECT) | (kind == _CLOSE_ARRAY)
        depths = np.cumsum(steps, dtype=np.int64) + open_before
        open_before = int(depths[-1]) if len(depths) else open_before
        yield np.clip(depths, bounds.min, bounds.max).astype(np.int16)


def _joined(blocks: "list[npt.NDArray[T]]", kind: type[T]) -> "npt.NDArray[T]":
    """Return blocks as one array; each is given up as soon as it is copied, so that they are not held twice."""
    whole = np.empty(sum(map(len, blocks)), kind)
    end = len(whole)
    while blocks:
        block = blocks.pop()
        whole[end - len(block) : end] = block
        end -= len(block)
    return whole


def _escaped(text: bytes) -> Places:
    """Return where characters stand that follow a backslash which is not itself escaped."""
    if b"\\" not in text:
        return np.zeros(0, np.int64)
    slashes = np.flatnonzero(np.frombuffer(text, np.uint8) == _BACKSLASH)
    begins = np.flatnonzero(np.diff(slashes, prepend=-2) != 1)
    lengths = np.diff(np.append(begins, len(slashes)))
    odd = lengths % 2 == 1
    places: Places = slashes[begins[odd]] + lengths[odd]
    return places
