"""Periods as whole numbers that count on without a gap, for the frequencies in which every period is expected.

Business-daily series are left out: which days are holidays no structure says. Daily ones have every day of the calendar.

Source:
    SDMX 3.0, Section 6 (Technical Notes), 4.2 *Time and Time Format*; ISO 8601 for weeks.
"""

from datetime import date

from semstat.ontology.terms import XSD

__all__ = ["COUNTED", "period_at", "period_number", "period_ranges", "sparql_number"]

COUNTED = {"A": 1, "S": 2, "H": 2, "T": 3, "Q": 4, "M": 12, "W": 0, "D": 365}
"""Codes of the cross-domain frequency list with the number of periods in a year, 0 for weeks, 365 for days in any year."""

_DAYS = 365
_BEFORE = 305
"""The number of the day before 1 January of the year 1, days being counted as :func:`period_number` does."""
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
        >>> period_number("2024-03-01", "D") - period_number("2024-D059", "D")
        2
    """
    year, number = int(period[:4]), COUNTED[frequency]
    if number == 1:
        return year
    if number == 12:
        return 12 * year + int(period[6:8] if period[5] == "M" else period[5:7])
    if number == _DAYS:
        return _day_number(period, year)
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
    if several == _DAYS:
        return date.fromordinal(max(number - _BEFORE, 1)).isoformat()
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
    """Return SPARQL assignments that end in that of ``?<period>Number``, which is the :func:`period_number`.

    Args:
        period: The name of the variable that holds the period.
        frequency: The variable or parameter that holds the frequency.

    The parts of the period are variables of their own, and the cases stand side by side (a variable without a value is what
    does not count): engines parse a query anew for each shape, in a time that grows with what is nested.
    """
    year, month, day = f"?{period}Year", f"?{period}Month", f"?{period}Day"
    part, pair, triple = f"?{period}Part", f"?{period}Pair", f"?{period}Triple"
    places = ((year, 1, 4), (month, 6, 2), (day, 9, 2), (part, 7, 1), (pair, 7, 2), (triple, 7, 3))
    parts = [f"<{XSD.integer}>(SUBSTR(STR(?{period}), {start}, {size})) AS {name}" for name, start, size in places]
    letter, code = f"?{period}Letter", f"?{period}Code"
    cases = (
        ('"A"', "", year),
        ('"S"', "", f"2 * {year} + {part}"),
        ('"H"', "", f"2 * {year} + {part}"),
        ('"T"', "", f"3 * {year} + {part}"),
        ('"Q"', "", f"4 * {year} + {part}"),
        ('"M"', f' && {letter} = "M"', f"12 * {year} + {pair}"),
        ('"M"', "", f"12 * {year} + {month}"),
        ('"W"', "", f"FLOOR((365 * {year} + {_leap(year, 4799)} + 1719900) / 7) + {pair}"),
        ('"D"', f' && {letter} = "D"', f"365 * {year} + {_leap(year, -1)} + {triple} - 60"),
        ('"D"', f" && {month} < 3", f"365 * {year} + {_leap(year, -1)} + 31 * {month} + {day} - 91"),
        ('"D"', "", f"365 * {year} + {_leap(year, 0)} + FLOOR((153 * {month} - 457) / 5) + {day} - 1"),
    )
    numbers = ", ".join(f"IF({code} = {wanted}{more}, {number}, ?none)" for wanted, more, number in cases)
    parts += [f"SUBSTR(STR(?{period}), 6, 1) AS {letter}", f"STR({frequency}) AS {code}"]
    return " ".join(f"BIND ({item})" for item in (*parts, f"COALESCE({numbers}) AS ?{period}Number"))


def _leap(year: str, shift: int) -> str:
    """Return the SPARQL expression of the leap days of the years up to one that is shifted."""
    steps = ((4, "+"), (100, "-"), (400, "+"))
    found = " ".join(f"{sign} FLOOR(({year} + {shift}) / {step})" for step, sign in steps)
    return found.removeprefix("+ ")


def _day_number(period: str, year: int) -> int:
    """Return the number of a day, years beginning in March, so that a leap day is the last of its year."""
    if period[5] == "D":
        return _before_march(year - 1) + 306 + int(period[6:9]) - 1
    month, day = int(period[5:7]), int(period[8:10])
    return _before_march(year - (month < 3)) + (153 * ((month + 9) % 12) + 2) // 5 + day - 1


def _before_march(year: int) -> int:
    return 365 * year + year // 4 - year // 100 + year // 400


def _fourth_of_january(year: int) -> int:
    """Return the Julian day number of 4 January, which lies in the first ISO week; Mondays are divisible by 7."""
    since = year + 4799
    return 365 * since + since // 4 - since // 100 + since // 400 - 31735
