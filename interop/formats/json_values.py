"""JSON values that know their place, without losing a repeated name or the form of a number."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from semstat.interop.formats.json_tokens import Places, Tokens
from semstat.validators.diagnostics import Diagnostic, Location

__all__ = ["Fraction", "JsonObject", "JsonText", "JsonValue", "kind_of"]

_LONGEST_GAP = 4096
_FEW = 8
"""Members that are looked through one by one: most objects have no more, and there are many of them."""


class JsonObject:
    """An object as it stands: its members in order, repeated names included. ``number`` counts objects as they close."""

    __slots__ = ("_first", "number", "pairs")

    def __init__(self, pairs: "Sequence[tuple[str, JsonValue]]", number: int) -> None:
        self.pairs, self.number = pairs, number
        self._first: dict[str, JsonValue] | None = None

    def __contains__(self, name: str) -> bool:
        return any(found == name for found, _ in self.pairs)

    def get(self, name: str) -> "JsonValue":
        """Return the first member of a name; ``None`` where there is none."""
        if len(self.pairs) > _FEW:
            if self._first is None:
                self._first = dict(reversed(self.pairs))
            return self._first.get(name)
        for found, value in self.pairs:
            if found == name:
                return value
        return None

    def repeated(self) -> list[str]:
        """Return the names that stand more than once."""
        if len({name for name, _ in self.pairs}) == len(self.pairs):
            return []
        return [name for name, count in Counter(name for name, _ in self.pairs).items() if count > 1]


class Fraction(str):
    """A number with a fraction or an exponent, or an integer too long to be an index, as it is written."""

    __slots__ = ()


JsonValue = JsonObject | list["JsonValue"] | str | int | bool | None
"""A value: a number with a fraction is a :class:`Fraction`, which is text; an integer is an ``int``."""


def kind_of(value: JsonValue) -> str:
    """Return what people call the type of a value.

    Example:
        >>> kind_of(None), kind_of(True), kind_of([])
        ('null', 'a boolean', 'an array')
    """
    names = {JsonObject: "an object", list: "an array", bool: "a boolean", int: "a number", Fraction: "a number"}
    return "null" if value is None else names.get(type(value), "a string")


@dataclass(frozen=True, slots=True)
class JsonText:
    """A JSON text that was read: its root, and the places of all that is in it.

    ``findings`` are faults that do not keep the text from being read (IO101 for ``NaN``, which JSON does not know), ``late``
    those that turn up while members of long objects are read.
    """

    origin: str
    tokens: Tokens
    root: JsonValue
    findings: tuple[Diagnostic, ...] = ()
    late: list[Diagnostic] = field(default_factory=list)

    def place_of(self, value: JsonObject) -> int:
        """Return the offset at which an object opens."""
        return int(self.tokens.places[self.tokens.objects[0][value.number]])

    def member_places(self, objects: Sequence[JsonObject]) -> Places:
        """Return the offsets of the members' names of objects, which stand in the order of the text at one depth."""
        if not objects:
            return np.zeros(0, np.int64)
        opens, closes = self.tokens.objects
        numbers = np.array([item.number for item in objects])
        opened = opens[numbers]
        return self.tokens.members(opened, closes[numbers], int(self.tokens.depths[opened[0]]))

    def member_place(self, value: JsonObject, name: str, nth: int = 0) -> int:
        """Return the offset of the name of a member, or of the object where it has no such member."""
        ranks = [rank for rank, (found, _) in enumerate(value.pairs) if found == name]
        return int(self.member_places([value])[ranks[nth]]) if nth < len(ranks) else self.place_of(value)

    def element_place(self, member: int, index: int) -> int:
        """Return the offset of an element of an array, given that of the name of the member which is the array."""
        tokens = self.tokens
        opened = tokens.token_at(member) + 2
        places = tokens.elements(opened)
        if index >= len(places):
            return member
        begin = int(places[index]) + 1
        rest = tokens.text[begin : begin + _LONGEST_GAP]
        return begin + len(rest) - len(rest.lstrip())

    def at(self, place: int, *, path: str | None = None) -> Location:
        """Return the location of an offset."""
        line, column = self.tokens.position(place)
        return Location(self.origin, line, column, path=path)

    def line(self, value: JsonObject) -> int:
        """Return the line on which an object opens."""
        return self.tokens.position(self.place_of(value))[0]
