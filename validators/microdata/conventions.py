"""What counts as missing, and which lists are complete: conventions of producers that documentation leaves open.

Source:
    DDI Codebook 2.6, ``catgry/@missing``, ``invalrng`` and ``sumStat/@type`` (vald, invd).
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

from semstat.validators.microdata.described_files import DescribedVariable, StatedRange
from semstat.validators.microdata.patterns import any_of
from semstat.validators.microdata.plan import SetApart
from semstat.validators.producer_conventions import Conventions

__all__ = [
    "bounds",
    "decimal",
    "declared_missing",
    "is_system_missing",
    "lists_every_value",
    "set_apart",
    "stretches",
]

_EXTENDED = tuple(f".{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")


def decimal(text: str | None) -> Decimal | None:
    """Return a figure as documentation writes it, ``None`` where it is no finite number.

    Example:
        >>> decimal(" 1.50 "), decimal("n/a"), decimal("NaN")
        (Decimal('1.50'), None, None)
    """
    try:
        number = Decimal((text or "").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def is_system_missing(code: str) -> bool:
    """Tell whether a listed code stands for cells without a value, as Nesstar writes it.

    Example:
        >>> is_system_missing("Sysmiss"), is_system_missing("9")
        (True, False)
    """
    return code.strip().casefold() == "sysmiss"


def declared_missing(variable: DescribedVariable) -> tuple[str, ...]:
    """Return the single values that are declared missing, as listed codes or as ranges of one value."""
    codes = [code.value for code in variable.codes if code.missing and not is_system_missing(code.value)]
    points = [item.low for item in variable.missing_ranges if item.low is not None and item.low == item.high]
    return tuple(dict.fromkeys([*codes, *points]))


def stretches(variable: DescribedVariable) -> Iterator[StatedRange]:
    """Yield the ranges of more than one value that are declared missing."""
    yield from (item for item in variable.missing_ranges if item.low is None or item.low != item.high)


def set_apart(variable: DescribedVariable, *, declared: bool) -> SetApart | None:
    """Return the cells that are not valid: those without a value, and where ``declared`` those that are declared missing.

    The extended missing values of Stata (``.a`` to ``.z``) are never valid.

    Returns:
        ``None`` where more than one range is declared missing, which no shape of ours can say.
    """
    codes: Iterable[str] = (*_EXTENDED, *(declared_missing(variable) if declared else ()))
    ranges = list(stretches(variable)) if declared else []
    if len(ranges) > 1:
        return None
    low, high = bounds(ranges[0]) if ranges else ("1", "0")
    return SetApart(any_of(codes), low, high, absent=True)


def bounds(stretch: StatedRange) -> tuple[str, str]:
    """Return the bounds of a stretch as doubles read them; an open end is infinite."""
    return (stretch.low or "-INF").strip(), (stretch.high or "INF").strip()


def lists_every_value(variable: DescribedVariable, conventions: Conventions) -> bool:
    """Tell whether a variable's list of codes is exhaustive.

    It is where the variable is said to be represented by codes, where the producer says so of all lists, or where every
    category states a frequency and those of the categories that are not missing add up to the stated valid count.
    """
    if conventions.lists_are_complete or variable.representation == "code":
        return bool(variable.codes)
    plain = [item for item in variable.statistics if not item.weighted]
    counts = {item.code: decimal(item.value) for item in plain if item.kind == "frequency"}
    valid = next((decimal(item.value) for item in plain if item.kind == "valid"), None)
    if not variable.codes or valid is None or any(counts.get(code.value) is None for code in variable.codes):
        return False
    listed = [code.value for code in variable.codes if not code.missing and not is_system_missing(code.value)]
    return sum((counts[code] or Decimal(0) for code in listed), Decimal(0)) == valid
