"""Which values become which: the rows of a representation map, and how a combination of values finds its row.

Source:
    SDMX 3.0, Section 6 (Technical Notes), 13.6 *Representation maps*: exact values, regular expressions, substrings.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

__all__ = ["Match", "SourceTerm", "ValueRow", "ValueRules", "is_valid_pattern"]

Values = tuple[str, ...]
_GROUP = re.compile(r"\\(\d+)")


@dataclass(frozen=True, slots=True)
class SourceTerm:
    """What a source value must be: a text, a regular expression, or a text at a place in the value.

    ``start`` and ``end`` count characters from 1 and include both ends; with them only that part is compared.
    """

    text: str
    is_pattern: bool = False
    start: int | None = None
    end: int | None = None

    @property
    def precision(self) -> int:
        """How precisely the term speaks: 0 for an exact value, 1 for a regular expression, 2 for a part of a value."""
        if self.is_pattern:
            return 1
        return 0 if self.start is None and self.end is None else 2

    def match(self, value: str) -> Values | None:
        r"""Return the groups that the value gives (group 0 first), or ``None`` where it is another one.

        A regular expression must fit the whole value, unless it is anchored by its own ``^`` or ``$`` at one end.

        Example:
            >>> SourceTerm("([0-9]{4})-([0-9]{2})", is_pattern=True).match("2020-07")
            ('2020-07', '2020', '07')
            >>> SourceTerm("DEF", start=5, end=7).match("ABC_DEF_XYZ")
            ('ABC_DEF_XYZ',)
        """
        if self.is_pattern:
            found = _finder(self.text)(_part(value, self.start, self.end))
            return None if found is None else (found[0], *(group or "" for group in found.groups()))
        return (value,) if _part(value, self.start, self.end) == self.text else None


def _part(value: str, start: int | None, end: int | None) -> str:
    return value[(start or 1) - 1 : end]


@lru_cache(maxsize=1024)
def _finder(pattern: str) -> Callable[[str], re.Match[str] | None]:
    compiled = re.compile(pattern)
    return compiled.search if pattern.startswith("^") or pattern.endswith("$") else compiled.fullmatch


def is_valid_pattern(pattern: str) -> bool:
    """Tell whether a text is a regular expression."""
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One row: a term for each source, a value for each target; no targets where the values have no counterpart.

    ``valid_from`` and ``valid_to`` bound the periods that the row is for, as the map states them. ``node`` is the IRI of the
    row in the graph that it was read from.
    """

    sources: tuple[SourceTerm, ...]
    targets: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    node: str | None = field(default=None, compare=False)

    @property
    def precision(self) -> int:
        """The precision of its least precise term; see :attr:`SourceTerm.precision`."""
        return max((term.precision for term in self.sources), default=0)

    @property
    def key(self) -> Values | None:
        """The values that the row is for, ``None`` where it is for more than one combination."""
        return tuple(term.text for term in self.sources) if self.precision == 0 else None

    def match(self, values: Sequence[str]) -> Values | None:
        r"""Return the target values for these source values, or ``None``; ``\n`` in a target is the n-th group."""
        groups: list[Values] = []
        for term, value in zip(self.sources, values, strict=True):
            found = term.match(value)
            if found is None:
                return None
            groups.append(found)
        # Groups are numbered through: those of the first source, then those of the second.
        flat = (values[0] if values else "", *(text for found in groups for text in found[1:]))
        return tuple(_GROUP.sub(lambda mark: _group(flat, int(mark[1])), text) for text in self.targets)


def _group(groups: Values, number: int) -> str:
    return groups[number] if number < len(groups) else ""


@dataclass(frozen=True, slots=True)
class Match:
    """What a combination of values becomes: the targets of the row that is used, and how many other rows it fits too.

    Rows that give the same targets are no others. ``targets`` is empty where the row names no counterpart.
    """

    targets: Values
    others: int = 0


@dataclass(frozen=True, slots=True)
class ValueRules:
    """The rows of a map between ``width`` sources and ``targets`` targets; ``name`` is that of the map in messages."""

    name: str
    width: int
    targets: int
    rows: tuple[ValueRow, ...]
    _exact: dict[Values, list[ValueRow]] = field(init=False, compare=False, repr=False)
    _loose: tuple[ValueRow, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        exact: dict[Values, list[ValueRow]] = {}
        for row in self.rows:
            if row.key is not None:
                exact.setdefault(row.key, []).append(row)
        object.__setattr__(self, "_exact", exact)
        loose = sorted((row for row in self.rows if row.key is None), key=lambda row: row.precision)
        object.__setattr__(self, "_loose", tuple(loose))

    def match(self, values: Sequence[str], *, day: str | None = None) -> Match | None:
        """Return what values become, ``None`` where no row is for them.

        Exact rows go before regular expressions, those before parts of values; among equals the first row of the map
        decides.

        Args:
            values: One for each source.
            day: A day (``YYYY-MM-DD``) that rows must be valid on; without it validity is not looked at.
        """
        exact = [row.targets for row in self._exact.get(tuple(values), ()) if _valid(row, day)]
        found = exact or list(self._of_loose(values, day))
        return Match(found[0], len(set(found)) - 1) if found else None

    def _of_loose(self, values: Sequence[str], day: str | None) -> Iterator[Values]:
        best: int | None = None
        for row in self._loose:
            if best is not None and row.precision > best:
                return
            targets = row.match(values) if _valid(row, day) else None
            if targets is not None:
                best = row.precision
                yield targets

    def repeated(self) -> Iterator[tuple[ValueRow, ...]]:
        """Yield the rows that are for the same exact values at the same time and have different targets."""
        for rows in self._exact.values():
            together = tuple(row for row in rows if _overlaps(row, rows))
            if len({row.targets for row in together}) > 1:
                yield together

    def bad_patterns(self) -> Iterator[str]:
        """Yield the regular expressions that are none."""
        terms = (term for row in self.rows for term in row.sources if term.is_pattern)
        yield from dict.fromkeys(term.text for term in terms if not is_valid_pattern(term.text))

    def uncovered(self, codes: Iterable[str]) -> list[str]:
        """Return the codes of a single source that no row is for, in their order.

        Raises:
            ValueError: the map has several sources; coverage is then a matter of combinations.
        """
        if self.width != 1:
            raise ValueError(f"{self.name} maps combinations of {self.width} values, not single codes")
        return [code for code in codes if self.match((code,)) is None]


def _valid(row: ValueRow, day: str | None) -> bool:
    if day is None:
        return True
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)


def _overlaps(row: ValueRow, rows: Sequence[ValueRow]) -> bool:
    """Tell whether a row is valid at a time when another of the rows is."""
    others = (other for other in rows if other is not row)
    return any(
        (row.valid_from or "") <= (other.valid_to or "9999") and (other.valid_from or "") <= (row.valid_to or "9999")
        for other in others
    )
