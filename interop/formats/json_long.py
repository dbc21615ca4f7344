"""Long objects in a JSON text: their members are read some at a time, when they are asked for, and are not kept."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Generic, TypeVar, overload

import numpy as np

from semstat.interop.formats.json_tokens import Places, Tokens

__all__ = ["LongMembers", "LongObjects", "long_objects"]

_LEAST = 1 << 18
"""Bytes from which an object is long: below, reading it at once costs little memory."""

_AT_ONCE = 1 << 12
_WHITE = b" \t\r\n"

T = TypeVar("T")
Load = Callable[[bytes, int], list[tuple[str, T]]]


class LongMembers(Sequence[tuple[str, T]], Generic[T]):
    """The members of one object, by their order in the text; what is asked for is read anew each time.

    Args:
        text: The whole text.
        opened: Where the object opens, in bytes.
        names: Where the names of its members stand.
        closed: Where it closes.
        load: Reads the text of some members, given where it begins. A text that does not end where a member does is not
            well-formed, which reading tells.
    """

    __slots__ = ("_begins", "_load", "_text")

    def __init__(self, text: bytes, opened: int, names: Places, closed: int, load: "Load[T]") -> None:
        self._text, self._load = text, load
        self._begins = np.concatenate((names, [closed]))
        self._begins[0] = opened + 1

    def __len__(self) -> int:
        return len(self._begins) - 1

    @overload
    def __getitem__(self, index: int) -> tuple[str, T]: ...
    @overload
    def __getitem__(self, index: slice) -> list[tuple[str, T]]: ...
    def __getitem__(self, index: int | slice) -> tuple[str, T] | list[tuple[str, T]]:
        """Return a member, or the members of a range."""
        chosen = range(len(self))[index]
        if isinstance(chosen, int):
            return self._read(chosen, chosen + 1)[0]
        if chosen.step != 1:
            return [self[place] for place in chosen]
        return self._read(chosen.start, chosen.stop) if chosen else []

    def __iter__(self) -> Iterator[tuple[str, T]]:
        """Yield the members, of which some thousands are held at a time."""
        for first in range(0, len(self), _AT_ONCE):
            yield from self[first : first + _AT_ONCE]

    def _read(self, first: int, last: int) -> list[tuple[str, T]]:
        begin = int(self._begins[first])
        text = self._text[begin : int(self._begins[last])]
        if last < len(self):
            text = text.rstrip(_WHITE)
            # Where no comma divides it from what follows, one more comma keeps it from being well-formed.
            text = text[:-1] if text.endswith(b",") else text + b","
        return self._load(text, begin)


@dataclass(frozen=True, slots=True)
class LongObjects:
    """Which objects of a text are long, in the order of the text; none lies in another.

    ``numbers`` are theirs in the order of closing, ``firsts`` those of the first object that closes within each, ``spans`` the
    tokens that open and close them.
    """

    tokens: Tokens
    numbers: tuple[int, ...] = ()
    firsts: tuple[int, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()

    def others(self) -> Iterator[int]:
        """Yield the numbers of the long objects and of all objects that lie in none, in the order of closing."""
        following = 0
        for number, first in zip(self.numbers, self.firsts, strict=True):
            yield from range(following, first)
            yield number
            following = number + 1
        yield from count(following)

    def outside(self) -> Iterator[tuple[int, int]]:
        """Yield where the text begins and ends that lies between the long objects; their brackets belong to it."""
        begin = 0
        for opened, closed in self.spans:
            yield begin, int(self.tokens.places[opened]) + 1
            begin = int(self.tokens.places[closed])
        yield begin, len(self.tokens.text)

    def outline(self) -> bytes:
        """Return the text with nothing in its long objects."""
        return b"".join(self.tokens.text[begin:end] for begin, end in self.outside())

    def members(self, load: "Load[T]") -> "dict[int, LongMembers[T]]":
        """Return the members of the long objects, by the objects' numbers."""
        places, found = self.tokens.places, {}
        for number, (opened, closed) in zip(self.numbers, self.spans, strict=True):
            depth = int(self.tokens.depths[opened])
            names = self.tokens.members(np.array([opened]), np.array([closed]), depth)
            if len(names):
                found[number] = LongMembers(
                    self.tokens.text, int(places[opened]), names.astype(np.int64), int(places[closed]), load
                )
        return found


def long_objects(tokens: Tokens, names: frozenset[str]) -> LongObjects:
    """Return the long objects that are members of some names; none where brackets do not match, which reading will tell.

    Args:
        tokens: The text.
        names: The names, of letters that JSON need not escape.
    """
    if not names or len(tokens.text) < _LEAST or not _matched(tokens):
        return LongObjects(tokens)
    opens, closes = tokens.objects
    is_long = np.flatnonzero(tokens.places[closes] - tokens.places[opens] >= _LEAST)
    chosen: list[int] = []
    for number in sorted(is_long.tolist(), key=lambda item: int(opens[item])):
        lies_outside = not chosen or opens[number] > closes[chosen[-1]]
        if lies_outside and _name_before(tokens, int(opens[number])) in names:
            chosen.append(number)
    firsts = np.searchsorted(closes, opens[chosen]).tolist() if chosen else []
    return LongObjects(
        tokens, tuple(chosen), tuple(firsts), tuple((int(opens[item]), int(closes[item])) for item in chosen)
    )


def _matched(tokens: Tokens) -> bool:
    """Tell whether as many objects open as close, and none closes before it opens."""
    depths, kinds = tokens.depths, tokens.kinds
    if not len(depths) or depths[-1] or depths.min() < 0:
        return False
    return int((kinds == ord("{")).sum()) == int((kinds == ord("}")).sum())


def _name_before(tokens: Tokens, opened: int) -> str | None:
    """Return the name of the member whose value a token opens."""
    if opened < 2 or tokens.kinds[opened - 1] != ord(":") or tokens.kinds[opened - 2] != ord('"'):
        return None
    begin, end = int(tokens.places[opened - 2]) + 1, int(tokens.places[opened - 1])
    return tokens.text[begin:end].rstrip(_WHITE).removesuffix(b'"').decode("utf-8", "replace")
