"""Years with an extra day or week, as regular expressions over four digits.

The Gregorian calendar repeats every 400 years, so the long ISO years (53 weeks) are a fixed set within a cycle.
"""

from collections.abc import Callable
from datetime import date

__all__ = ["DAY_366", "LEAP_YEAR", "LONG_ISO_YEAR", "years_pattern"]

LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
"""Matches the leap years 0000 to 9999 of the proleptic Gregorian calendar."""

DAY_366 = f"{LEAP_YEAR}-D366"
"""The ordinal day that only leap years have."""


def years_pattern(wanted: Callable[[int], bool]) -> str:
    """Return the expression of the years that have what the calendar gives them in every cycle of 400 years.

    Args:
        wanted: Whether a year from 2000 to 2399 has it.

    Example:
        >>> import re
        >>> [bool(re.fullmatch(years_pattern(lambda year: year % 100 == 4), year)) for year in ("0404", "1904", "1905")]
        [True, True, False]
    """
    by_century: dict[int, list[str]] = {0: [], 1: [], 2: [], 3: []}
    for year in range(2000, 2400):
        if wanted(year):
            by_century[year // 100 % 4].append(f"{year % 100:02d}")
    centuries = (
        "[02468][048]|[13579][26]",
        "[02468][159]|[13579][37]",
        "[02468][26]|[13579][048]",
        "[02468][37]|[13579][159]",
    )
    parts = (f"(?:{pair})(?:{'|'.join(years)})" for pair, years in zip(centuries, by_century.values(), strict=True))
    return f"(?:{'|'.join(parts)})"


# 28 December always lies in the last week of its ISO year.
LONG_ISO_YEAR = years_pattern(lambda year: date(year, 12, 28).isocalendar().week == 53)
"""Matches the years that have an ISO week 53."""
