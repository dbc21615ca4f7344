"""Periods as whole numbers that count on without a gap, for the frequencies in which every period is expected.

Daily series have every day of the calendar, business-daily ones every day from Monday to Friday: a weekend has the number of
its Friday, so that it is no gap, nor is a figure on it one too many. Hours and minutes are those that a clock shows.

Source:
    SDMX 3.0, Section 6 (Technical Notes), 4.2 *Time and Time Format*; ISO 8601 for weeks.
"""

from datetime import date

from semstat.ontology.terms import XSD

__all__ = ["COUNTED", "NEW_YEAR", "START_FORM", "period_at", "period_number", "period_ranges", "sparql_number"]

COUNTED = {"A": 1, "S": 2, "H": 2, "T": 3, "Q": 4, "M": 12, "W": 0, "D": 365, "B": 261, "N": 525_600}
"""Codes of the cross-domain frequency list with the number of periods in a year: 0 for weeks, in any year 365 for days, 261
for business days, 525 600 for minutes. H is hourly there and half-yearly in older lists; the form of a period tells which."""

NEW_YEAR = "--01-01"
"""The day on which a reporting year begins where nothing states another one."""

START_FORM = (
    "^--(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))(?:Z|[+-][0-9][0-9]:[0-9][0-9])?$"
)
"""The days on which a reporting year can begin: those that are in every year."""

_DAYS, _BUSINESS_DAYS, _MINUTES = 365, 261, 525_600
_HOURS_FROM = 1_000_000
"""Added to the numbers of hours, so that those of half-years (at most 20 000) lie far from them."""

_BEFORE = 305
"""The number of the day before 1 January of the year 1, days being counted as :func:`period_number` does."""
_LETTERS = {2: "S", 3: "T", 4: "Q"}
_MONDAY = 1_721_425
"""The Julian day number of the day before 1 January of the year 1 in the proleptic Gregorian calendar."""


def period_number(period: str, frequency: str, start: str = NEW_YEAR) -> int:
    """Return the number of a period of a frequency; that of the next period is one more.

    Args:
        period: A period in a form of the frequency; what follows the form, a zone, is not looked at. A time range that is
            as long as a period of the frequency has the number of the one in which it begins.
        frequency: A key of :data:`COUNTED`.
        start: The day on which reporting years begin, in the form :data:`START_FORM`. Their weeks and days are counted from it;
            other periods follow one another wherever the year begins.

    Example:
        >>> period_number("2021-W01", "W", "--07-01") - period_number("2020-W52", "W", "--07-01")
        1
        >>> period_number("2021-M01", "M") - period_number("2020-12", "M")
        1
        >>> period_number("2021-W01", "W") - period_number("2020-W53", "W")
        1
        >>> period_number("2020-01-01/P3M", "Q") - period_number("2019-Q4", "Q")
        1
        >>> period_number("2024-03-01", "D") - period_number("2024-D059", "D")
        2
        >>> period_number("2024-03-04", "B") - period_number("2024-03-01", "B")
        1
        >>> period_number("2024-03-01T00:00:00", "H") - period_number("2024-02-29T23:00:00", "H")
        1
    """
    year, number = int(period[:4]), COUNTED[frequency]
    if number == 1:
        return year
    if number == 12:
        return 12 * year + int(period[6:8] if period[5] == "M" else period[5:7])
    if number in _BY_DAY or (frequency == "H" and period[5] != "S"):
        return _number_by_day(period, _day_number(period, year, start), frequency)
    ranged = period[5].isdigit()
    if number:
        return number * year + (-(-int(period[5:7]) * number // 12) if ranged else int(period[6]))
    if ranged:
        return (_day_number(period, year, start) - _BEFORE + _MONDAY) // 7 + 1
    return _week_before(year, start) + int(period[6:8])


_BY_DAY = frozenset({_DAYS, _BUSINESS_DAYS, _MINUTES})


def _number_by_day(period: str, day: int, frequency: str) -> int:
    """Return the number of a period that is a day or a part of one."""
    if frequency == "D":
        return day
    if frequency == "B":
        week, place = divmod(day - _BEFORE - 1, 7)
        return 5 * week + min(place, 4)
    hours = 24 * day + int(period[11:13])
    return hours + _HOURS_FROM if frequency == "H" else 60 * hours + int(period[14:16])


def period_at(number: int, frequency: str, start: str = NEW_YEAR) -> str:
    """Return the period with a number, in the first form of its frequency; ``start`` as for :func:`period_number`.

    Example:
        >>> [period_at(period_number(period, period[5]), period[5]) for period in ("2020-W53", "2020-Q4")]
        ['2020-W53', '2020-Q4']
    """
    several = COUNTED[frequency]
    if several == 1:
        return f"{number:04d}"
    if several in _BY_DAY or (frequency == "H" and number >= _HOURS_FROM // 2):
        return _period_by_day(number, frequency)
    if not several:
        near = date.fromordinal(max(7 * (number - 1) - _MONDAY + 4, 1)).year
        year = next((item for item in (near + 1, near, near - 1) if _week_before(item, start) < number), near)
        return f"{year:04d}-W{number - _week_before(year, start):02d}"
    year, part = divmod(number - 1, several)
    return f"{year:04d}-{part + 1:02d}" if several == 12 else f"{year:04d}-{_LETTERS[several]}{part + 1}"


def _period_by_day(number: int, frequency: str) -> str:
    """Return the day, or the part of one, with a number."""
    if frequency == "D":
        return _day_at(number)
    if frequency == "B":
        week, place = divmod(number, 5)
        return _day_at(7 * week + place + _BEFORE + 1)
    hours, minute = (number - _HOURS_FROM, 0) if frequency == "H" else divmod(number, 60)
    day, hour = divmod(hours, 24)
    return f"{_day_at(day)}T{hour:02d}:{minute:02d}:00"


def _day_at(number: int) -> str:
    return date.fromordinal(max(number - _BEFORE, 1)).isoformat()


def period_ranges(first: int, last: int, frequency: str, start: str = NEW_YEAR) -> str:
    """Return the periods between two numbers, both included, as people write them; ``start`` as for :func:`period_number`.

    Example:
        >>> period_ranges(period_number("2019-02", "M"), period_number("2019-04", "M"), "M")
        '2019-02 to 2019-04'
    """
    one, other = period_at(first, frequency, start), period_at(last, frequency, start)
    return one if first == last else f"{one} to {other}"


def sparql_number(period: str, frequency: str, *, start: bool = False) -> str:
    """Return SPARQL assignments that end in that of ``?<period>Number``, which is the :func:`period_number`.

    Args:
        period: The name of the variable that holds the period.
        frequency: The variable or parameter that holds the frequency.
        start: Whether ``?<period>Start`` may hold the day on which the reporting year begins.

    The parts of the period are variables of their own, and the cases stand side by side (a variable without a value is what
    does not count): engines parse a query anew for each shape, in a time that grows with what is nested.
    """
    year, month, day, days, since = (f"?{period}{name}" for name in ("Year", "Month", "Day", "Days", "Since"))
    part, pair, triple, hour, minute = (f"?{period}{name}" for name in ("Part", "Pair", "Triple", "Hour", "Minute"))
    letter, code, weeks = f"?{period}Letter", f"?{period}Code", f"?{period}Weeks"
    places = [(year, 1, 4), (month, 6, 2), (day, 9, 2), (part, 7, 1), (pair, 7, 2), (triple, 7, 3)]
    places += [(hour, 12, 2), (minute, 15, 2)]
    parts = [f"<{XSD.integer}>(SUBSTR(STR(?{period}), {start}, {size})) AS {name}" for name, start, size in places]
    parts += [f"SUBSTR(STR(?{period}), 6, 1) AS {letter}", f"STR({frequency}) AS {code}"]
    first, before = _sparql_start(period, year) if start else (f"365 * {year} + {_leap(year, -1)} - 59", "")
    parts += [before] if before else []
    parts += [f"{_sparql_days(year, month, day, letter, f'{first} + {triple} - 1')} AS {days}"]
    parts += [f"{days} - {_BEFORE + 1} AS {since}"]
    parts += [f"FLOOR({since} / 7) AS {weeks}"]
    cases = (
        ('"A"', "", year),
        ('"S"', f' && {letter} = "S"', f"2 * {year} + {part}"),
        ('"S"', "", f"2 * {year} + CEIL({month} / 6)"),
        ('"H"', f' && {letter} = "S"', f"2 * {year} + {part}"),
        ('"H"', "", f"24 * {days} + {hour} + {_HOURS_FROM}"),
        ('"T"', f' && {letter} = "T"', f"3 * {year} + {part}"),
        ('"T"', "", f"3 * {year} + CEIL({month} / 4)"),
        ('"Q"', f' && {letter} = "Q"', f"4 * {year} + {part}"),
        ('"Q"', "", f"4 * {year} + CEIL({month} / 3)"),
        ('"M"', f' && {letter} = "M"', f"12 * {year} + {pair}"),
        ('"M"', "", f"12 * {year} + {month}"),
        ('"W"', f' && {letter} != "W"', f"FLOOR(({days} + {_MONDAY - _BEFORE}) / 7) + 1"),
        ('"W"', "", f"FLOOR(({first} + {_MONDAY - _BEFORE + 3}) / 7) + {pair}"),
        ('"D"', "", days),
        ('"B"', f" && {since} - 7 * {weeks} > 4", f"5 * {weeks} + 4"),
        ('"B"', "", f"{since} - 2 * {weeks}"),
        ('"N"', "", f"1440 * {days} + 60 * {hour} + {minute}"),
    )
    numbers = ", ".join(f"IF({code} = {wanted}{more}, {number}, ?none)" for wanted, more, number in cases)
    return " ".join(f"BIND ({item})" for item in (*parts, f"COALESCE({numbers}) AS ?{period}Number"))


def _sparql_start(period: str, year: str) -> tuple[str, str]:
    """Return the variable with the number of the day on which the reporting year begins, and what binds it."""
    stated, first = f'COALESCE(STR(?{period}Start), "{NEW_YEAR}")', f"?{period}First"
    month, day = (f"<{XSD.integer}>(SUBSTR({stated}, {place}, 2))" for place in (3, 6))
    return first, f"{_sparql_days(year, month, day)} AS {first}"


def _sparql_days(year: str, month: str, day: str, letter: str = '""', ordinal: str = "?none") -> str:
    """Return the SPARQL expression of the number of a day, without a value for what is none.

    Args:
        year: The expression of the year.
        month: That of the month.
        day: That of the day of the month.
        letter: That of what stands after the year and its hyphen: ``D`` for a day of the reporting year.
        ordinal: That of the number of such a day.
    """
    early = f"365 * {year} + {_leap(year, -1)} + 31 * {month} + {day} - 91"
    late = f"365 * {year} + {_leap(year, 0)} + FLOOR((153 * {month} - 457) / 5) + {day} - 1"
    return f'COALESCE(IF({letter} = "D", {ordinal}, ?none), IF({month} < 3, {early}, ?none), {late})'


def _leap(year: str, shift: int) -> str:
    """Return the SPARQL expression of the leap days of the years up to one that is shifted."""
    steps = ((4, "+"), (100, "-"), (400, "+"))
    found = " ".join(f"{sign} FLOOR(({year} + {shift}) / {step})" for step, sign in steps)
    return found.removeprefix("+ ")


def _day_number(period: str, year: int, start: str) -> int:
    """Return the number of a day, years beginning in March, so that a leap day is the last of its year."""
    if period[5] == "D":
        return _number_of_day(year, start[2:7]) + int(period[6:9]) - 1
    return _number_of_day(year, period[5:10])


def _number_of_day(year: int, of_year: str) -> int:
    """Return the number of the day ``MM-DD`` of a year."""
    month, day = int(of_year[:2]), int(of_year[3:])
    return _before_march(year - (month < 3)) + (153 * ((month + 9) % 12) + 2) // 5 + day - 1


def _before_march(year: int) -> int:
    return 365 * year + year // 4 - year // 100 + year // 400


def _week_before(year: int, start: str) -> int:
    """Return the number of the week before the first one of a reporting year, which has its first Thursday.

    The third day after its start lies in that week, like 4 January; Julian day numbers of Mondays are divisible by 7.
    """
    return (_number_of_day(year, start[2:7]) - _BEFORE + _MONDAY + 3) // 7
