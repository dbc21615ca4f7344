"""Years with an extra day or week, as regular expressions over four digits.

The Gregorian calendar repeats every 400 years, so the long ISO years (53 weeks) are a fixed set within a cycle.
"""

from datetime import date

__all__ = ["DAY_366", "LEAP_YEAR", "LONG_ISO_YEAR"]

LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
"""Matches the leap years 0000 to 9999 of the proleptic Gregorian calendar."""

DAY_366 = f"{LEAP_YEAR}-D366"
"""The ordinal day that only leap years have."""


def _long_iso_years() -> str:
    """Return the expression of the years whose last ISO week is 53 (28 December always lies in the last week)."""
    by_century: dict[int, list[str]] = {0: [], 1: [], 2: [], 3: []}
    for year in range(2000, 2400):
        if date(year, 12, 28).isocalendar().week == 53:
            by_century[year // 100 % 4].append(f"{year % 100:02d}")
    centuries = (
        "[02468][048]|[13579][26]",
        "[02468][159]|[13579][37]",
        "[02468][26]|[13579][048]",
        "[02468][37]|[13579][159]",
    )
    parts = (f"(?:{pair})(?:{'|'.join(years)})" for pair, years in zip(centuries, by_century.values(), strict=True))
    return f"(?:{'|'.join(parts)})"


LONG_ISO_YEAR = _long_iso_years()
"""Matches the years that have an ISO week 53."""
