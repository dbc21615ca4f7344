"""Periods as whole numbers that count on without a gap, for the frequencies in which every period is expected.

Daily and business-daily series are left out: that a weekend or a holiday has no figure is no gap.

Source:
    SDMX 3.0, Section 6 (Technical Notes), 4.2 *Time and Time Format*; ISO 8601 for weeks.
"""

from datetime import date

from semstat.ontology.terms import XSD

__all__ = ["COUNTED", "period_at", "period_number", "period_ranges", "sparql_number"]

COUNTED = {"A": 1, "S": 2, "H": 2, "T": 3, "Q": 4, "M": 12, "W": 0}
"""Codes of the cross-domain frequency list with the number of periods in a year, 0 for weeks."""

_LETTERS = {2: "S", 3: "T", 4: "Q"}
_MONDAY = 1_721_425
"""The Julian day number of the day before 1 January of the year 1 in the proleptic Gregorian calendar."""


def period_number(period: str, frequency: str) -> int:
    """Return the number of a period of a frequency; that of the next period is one more.

    Args:
        period: A period in a form of the frequency; what follows the form, a zone, is not looked at.
        frequency: A key of :data:`COUNTED`.

    Example:
        >>> period_number("2021-M01", "M") - period_number("2020-12", "M")
        1
        >>> period_number("2021-W01", "W") - period_number("2020-W53", "W")
        1
    """
    year, number = int(period[:4]), COUNTED[frequency]
    if number == 1:
        return year
    if number == 12:
        return 12 * year + int(period[6:8] if period[5] == "M" else period[5:7])
    if number:
        return number * year + int(period[6])
    return _fourth_of_january(year) // 7 + int(period[6:8])


def period_at(number: int, frequency: str) -> str:
    """Return the period with a number, in the first form of its frequency.

    Example:
        >>> [period_at(period_number(period, period[5]), period[5]) for period in ("2020-W53", "2020-Q4")]
        ['2020-W53', '2020-Q4']
    """
    several = COUNTED[frequency]
    if several == 1:
        return f"{number:04d}"
    if not several:
        day = max(7 * (number - 1) - _MONDAY + 1, 1)
        year, week, _ = date.fromordinal(day).isocalendar()
        return f"{year:04d}-W{week:02d}"
    year, part = divmod(number - 1, several)
    return f"{year:04d}-{part + 1:02d}" if several == 12 else f"{year:04d}-{_LETTERS[several]}{part + 1}"


def period_ranges(first: int, last: int, frequency: str) -> str:
    """Return the periods between two numbers, both included, as people write them.

    Example:
        >>> period_ranges(period_number("2019-02", "M"), period_number("2019-04", "M"), "M")
        '2019-02 to 2019-04'
    """
    start, end = period_at(first, frequency), period_at(last, frequency)
    return start if first == last else f"{start} to {end}"


def sparql_number(period: str, frequency: str) -> str:
    """Return the SPARQL expression of :func:`period_number`, given variables or parameters for both."""
    text, code = f"STR({period})", f"STR({frequency})"

    def whole(start: int, length: int) -> str:
        return f"<{XSD.integer}>(SUBSTR({text}, {start}, {length}))"

    year = whole(1, 4)
    since = f"({year} + 4799)"
    january = f"365 * {since} + FLOOR({since} / 4) - FLOOR({since} / 100) + FLOOR({since} / 400) - 31735"
    month = f'12 * {year} + IF(SUBSTR({text}, 6, 1) = "M", {whole(7, 2)}, {whole(6, 2)})'
    parts = f'IF({code} = "T", 3, IF({code} = "Q", 4, 2)) * {year} + {whole(7, 1)}'
    weeks = f"FLOOR(({january}) / 7) + {whole(7, 2)}"
    return f'IF({code} = "A", {year}, IF({code} = "M", {month}, IF({code} = "W", {weeks}, {parts})))'


def _fourth_of_january(year: int) -> int:
    """Return the Julian day number of 4 January, which lies in the first ISO week; Mondays are divisible by 7."""
    since = year + 4799
    return 365 * since + since // 4 - since // 100 + since // 400 - 31735
