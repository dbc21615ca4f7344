"""What a shape demands of the values of one record, as data: the leaves and joints that a plan is made of.

Each predicate can say by itself whether it holds (`holds`), exactly and slowly; engines evaluate it set by set. An engine
may name too many offenders, never too few: every value that it names is judged again here before it is reported.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

__all__ = [
    "AllOf",
    "AnyOf",
    "Count",
    "In",
    "Length",
    "Matches",
    "Not",
    "Predicate",
    "Range",
    "Record",
    "Unless",
    "components_of",
    "has_range",
    "is_per_value",
    "listed_values",
    "looks_at_presence",
    "python_pattern",
    "strict",
]

Record = Mapping[str, Sequence[str]]
"""The values of one record by component id: no value, one, or (multi-valued components) several."""


@dataclass(frozen=True, slots=True)
class In:
    """Every value of the component is one of these (``sh:in``), or with ``excluded`` none is (``sh:not`` around it)."""

    component: str
    values: frozenset[str]
    excluded: bool = False

    def holds(self, record: Record) -> bool:
        """Whether the record satisfies the predicate."""
        return all((value in self.values) != self.excluded for value in record[self.component])


@dataclass(frozen=True, slots=True)
class Matches:
    """Every value of the component matches the expression, which may match anywhere unless anchored (``sh:pattern``)."""

    component: str
    pattern: str
    flags: str = ""

    def holds(self, record: Record) -> bool:
        """Whether the record satisfies the predicate."""
        return all(_compiled(self.pattern, self.flags).search(value) for value in record[self.component])


@dataclass(frozen=True, slots=True)
class Length:
    """Every value of the component has so many characters, bounds included (``sh:minLength``, ``sh:maxLength``)."""

    component: str
    minimum: int | None = None
    maximum: int | None = None

    def holds(self, record: Record) -> bool:
        """Whether the record satisfies the predicate."""
        low, high = self.minimum or 0, self.maximum
        return all(low <= len(value) and (high is None or len(value) <= high) for value in record[self.component])


@dataclass(frozen=True, slots=True)
class Range:
    """Every value of the component that is a number lies within the bounds (``sh:minInclusive`` and its kin).

    What is not a number is not judged: that it should be one is another shape's demand. Where that demand is not checked,
    ``numbers_only`` makes it break the bounds, which nothing can say that it keeps to. ``NaN`` is never judged: with it SDMX
    marks a value as intentionally missing. ``floating``: the bounds are doubles, and so are the values compared.
    """

    component: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    excludes_bounds: bool = False
    floating: bool = False
    numbers_only: bool = False

    def holds(self, record: Record) -> bool:
        """Whether the record satisfies the predicate, in exact decimal arithmetic, or in doubles where bounds are doubles."""
        return all(self._within(value) for value in record[self.component])

    def _within(self, text: str) -> bool:
        if self.numbers_only:
            text = text.strip()
        number = _double(text) if self.floating else _number(text)
        if number is None:
            return not self.numbers_only or text == "NaN"
        low, high = (
            bound if bound is None or not self.floating else float(bound) for bound in (self.minimum, self.maximum)
        )
        if self.excludes_bounds and number in {low, high}:
            return False
        return (low is None or number >= low) and (high is None or number <= high)


@dataclass(frozen=True, slots=True)
class Count:
    """The component has so many distinct values, bounds included (``sh:minCount``, ``sh:maxCount``)."""

    component: str
    minimum: int = 0
    maximum: int | None = None

    def holds(self, record: Record) -> bool:
        """Whether the record satisfies the predicate."""
        number = len(set(record[self.component]))
        return self.minimum <= number and (self.maximum is None or number <= self.maximum)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds (``sh:and``, several constraints of one shape)."""

    parts: tuple["Predicate", ...]

    def holds(self, record: Record) -> bool:
        """Whether the record satisfies the predicate."""
        return all(part.holds(record) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds (``sh:or``)."""

    parts: tuple["Predicate", ...]

    def holds(self, record: Record) -> bool:
        """Whether the record satisfies the predicate."""
        return any(part.holds(record) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold (``sh:not``)."""

    part: "Predicate"

    def holds(self, record: Record) -> bool:
        """Whether the record satisfies the predicate."""
        return not self.part.holds(record)


@dataclass(frozen=True, slots=True)
class Unless:
    """The part holds of the record without these values of the component (``sh:or`` of a list of values and a demand).

    So says SDMX of values that are missing on purpose: ``#N/A`` is of every type.
    """

    component: str
    spared: frozenset[str]
    part: "Predicate"

    def holds(self, record: Record) -> bool:
        """Whether the record satisfies the predicate."""
        judged = [value for value in record[self.component] if value not in self.spared]
        return self.part.holds({**record, self.component: judged})


Predicate = In | Matches | Length | Range | Count | AllOf | AnyOf | Not | Unless


def components_of(predicate: Predicate) -> tuple[str, ...]:
    """Return the ids of the components that a predicate looks at, in order of first mention.

    Example:
        >>> components_of(AllOf((In("SEX", frozenset({"F"})), Not(Count("AGE", 1)))))
        ('SEX', 'AGE')
    """
    if isinstance(predicate, AllOf | AnyOf):
        return tuple(dict.fromkeys(name for part in predicate.parts for name in components_of(part)))
    return components_of(predicate.part) if isinstance(predicate, Not | Unless) else (predicate.component,)


def looks_at_presence(predicate: Predicate) -> bool:
    """Whether a predicate only asks which components have a value, whatever it is.

    Example:
        >>> looks_at_presence(AnyOf((Count("NOTE", 1), Count("AGE", 0, 0)))), looks_at_presence(Count("NOTE", 0, 1))
        (True, False)
    """
    if isinstance(predicate, AllOf | AnyOf):
        return all(looks_at_presence(part) for part in predicate.parts)
    if isinstance(predicate, Not):
        return looks_at_presence(predicate.part)
    return isinstance(predicate, Count) and (predicate.minimum, predicate.maximum) in {(1, None), (0, 0)}


def listed_values(predicate: Predicate) -> frozenset[str] | None:
    """Return the values that a predicate allows, where it is a list of them, apart from those spared.

    Example:
        >>> listed_values(Unless("SEX", frozenset({"#N/A"}), In("SEX", frozenset({"F"})))), listed_values(Length("SEX", 1))
        (frozenset({'F'}), None)
    """
    part = predicate.part if isinstance(predicate, Unless) else predicate
    return part.values if isinstance(part, In) and not part.excluded else None


def is_per_value(predicate: Predicate) -> bool:
    """Return whether a predicate demands something of each value of one component, whatever the others are.

    Example:
        >>> is_per_value(AllOf((Length("SEX", 1), Matches("SEX", "F")))), is_per_value(Count("SEX", 1))
        (True, False)
    """
    if isinstance(predicate, AllOf):
        return len(components_of(predicate)) == 1 and all(is_per_value(part) for part in predicate.parts)
    part = predicate.part if isinstance(predicate, Unless) else predicate
    return isinstance(part, In | Matches | Length | Range) or (isinstance(part, AllOf) and is_per_value(part))


def strict(predicate: Predicate) -> Predicate:
    """Return a predicate whose bounds are broken by what is not a number.

    Example:
        >>> [item.holds({"V": ["n/a"]}) for item in (Range("V", Decimal(0)), strict(Range("V", Decimal(0))))]
        [True, False]
    """
    if isinstance(predicate, AllOf | AnyOf):
        return replace(predicate, parts=tuple(strict(part) for part in predicate.parts))
    if isinstance(predicate, Unless):
        return replace(predicate, part=strict(predicate.part))
    return replace(predicate, numbers_only=True) if isinstance(predicate, Range) else predicate


def has_range(predicate: Predicate) -> bool:
    """Return whether a predicate bounds numbers.

    Example:
        >>> has_range(AnyOf((In("OBS_VALUE", frozenset()), Range("OBS_VALUE", Decimal(0)))))
        True
    """
    if isinstance(predicate, AllOf | AnyOf):
        return any(has_range(part) for part in predicate.parts)
    return has_range(predicate.part) if isinstance(predicate, Unless) else isinstance(predicate, Range)


def python_pattern(pattern: str) -> str:
    r"""Return an XPath expression for Python, where a final ``$`` would also match before a last line break.

    Example:
        >>> python_pattern("^[0-9]+$")
        '^[0-9]+\\Z'
    """
    return pattern[:-1] + r"\Z" if pattern.endswith("$") and not pattern.endswith(r"\$") else pattern


@lru_cache(maxsize=4096)
def _compiled(pattern: str, flags: str) -> re.Pattern[str]:
    options = re.NOFLAG
    for letter, option in (("i", re.IGNORECASE), ("s", re.DOTALL), ("m", re.MULTILINE)):
        options |= option if letter in flags else re.NOFLAG
    return re.compile(pattern if "m" in flags else python_pattern(pattern), options)


def _double(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return None if math.isnan(number) or "_" in text or text != text.strip() else number


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and "_" not in text and text == text.strip() else None
