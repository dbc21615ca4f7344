"""Dates as people and systems write them, turned into SDMX periods: patterns with a locale, and counts since a moment.

Source:
    SDMX 3.0, Section 6 (Technical Notes), 13.7 *Time period mapping*; the letters of a pattern are those of that clause.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

__all__ = ["BadDatePattern", "DatePattern", "Moment", "epoch", "period"]

_RUN = re.compile(r"'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+")
_PIVOT = 69
"""Two-digit years from 69 on lie in the twentieth century, as POSIX has it: no rule that depends on today's date."""

_UNITS = {
    "nanosecond": lambda count: timedelta(microseconds=count / 1000),
    "microsecond": lambda count: timedelta(microseconds=count),
    "millisecond": lambda count: timedelta(milliseconds=count),
    "second": lambda count: timedelta(seconds=count),
    "day": lambda count: timedelta(days=count),
}


class BadDatePattern(ValueError):
    """A date pattern that has no meaning, or a locale without names of months."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of time from its first to its last second, as a source value states it."""

    start: datetime
    end: datetime

    def at(self, resolve: str | None) -> datetime:
        """Return the moment that stands for the stretch: its start (also by default), its middle or its end."""
        if resolve == "endOfPeriod":
            return self.end
        return self.start + (self.end - self.start) / 2 if resolve == "midPeriod" else self.start


@dataclass(frozen=True, slots=True)
class DatePattern:
    """A pattern such as ``dd/MM/yyyy`` or ``MMM yy``, in a locale that names the months.

    Raises:
        BadDatePattern: a letter without a meaning, no year, or a locale that is not known.

    Example:
        >>> DatePattern("MMM yy", "en").read("Feb 21").start.isoformat()
        '2021-02-01T00:00:00'
        >>> DatePattern("yyyy'Q'n", "en").read("2020Q3").end.isoformat()
        '2020-09-30T23:59:59'
        >>> DatePattern("dd/MM/yyyy", "en").read("31/02/2021") is None
        True
    """

    pattern: str
    locale: str = "en"
    _regex: re.Pattern[str] = field(init=False, compare=False, repr=False)
    _fields: tuple[str, ...] = field(init=False, compare=False, repr=False)
    _unit: str | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        parts, fields = [], []
        for match in _RUN.finditer(self.pattern):
            run = match[0]
            if match[1] is None:
                parts.append(re.escape(run.strip("'").replace("''", "'") if run != "''" else "'"))
                continue
            name, expression = self._of_letters(run)
            fields.append(name)
            parts.append(f"({expression})")
        if "year" not in fields:
            raise BadDatePattern(f"the date pattern `{self.pattern}` has no year")
        object.__setattr__(self, "_regex", re.compile("".join(parts), re.IGNORECASE))
        object.__setattr__(self, "_fields", tuple(fields))
        letters = re.findall(r"[A-Z](?='?n)", self.pattern)
        object.__setattr__(self, "_unit", letters[0] if letters and "number" in fields else None)

    def _of_letters(self, run: str) -> tuple[str, str]:
        letter, length = run[0], len(run)
        if letter == "M" and length > 2:
            return "month name", "|".join(sorted((re.escape(name) for name in _months(self.locale)), key=len)[::-1])
        known = _LETTERS.get(letter)
        if known is None:
            raise BadDatePattern(f"the letter `{letter}` means nothing in the date pattern `{self.pattern}`")
        name, most = known
        if name == "year":
            return name, r"\d{2}" if length == 2 else r"\d{4}"
        return name, known_text if (known_text := _TEXTS.get(name)) else rf"\d{{{min(length, most)},{most}}}"

    def read(self, value: str) -> Moment | None:
        """Return the time that a value states, ``None`` where it is not written by the pattern or is no date."""
        match = self._regex.fullmatch(value.strip())
        if match is None:
            return None
        given = dict(zip(self._fields, match.groups(), strict=True))
        try:
            return self._moment(given)
        except ValueError:
            return None

    def _moment(self, given: Mapping[str, str]) -> Moment:
        year = int(given["year"])
        if len(given["year"]) == 2:
            year += 1900 if year >= _PIVOT else 2000
        if "number" in given:
            return _numbered(year, self._unit or "M", int(given["number"]))
        if "week" in given:
            return _days(datetime.fromisocalendar(year, int(given["week"]), 1), 7)
        if "day of year" in given:
            return _days(datetime(year, 1, 1) + timedelta(days=int(given["day of year"]) - 1), 1, within=year)
        if "month name" in given:
            month = _months(self.locale)[given["month name"].casefold()]
        elif "month" in given:
            month = int(given["month"])
        else:
            return _months_from(year, 1, 12)
        if "day" not in given:
            return _months_from(year, month, 1)
        start = datetime(year, month, int(given["day"]))
        return _clock(start, given) if "hour" in given or "half hour" in given else _days(start, 1)


_LETTERS: Mapping[str, tuple[str, int]] = {
    "y": ("year", 4),
    "M": ("month", 2),
    "d": ("day", 2),
    "w": ("week", 2),
    "D": ("day of year", 3),
    "n": ("number", 3),
    "H": ("hour", 2),
    "h": ("half hour", 2),
    "m": ("minute", 2),
    "s": ("second", 2),
    "S": ("fraction", 9),
    "a": ("half", 2),
    "E": ("weekday", 9),
    "Z": ("zone", 6),
    "X": ("zone", 6),
}
_TEXTS = {"half": "AM|PM", "weekday": r"[^\W\d_]+\.?", "zone": r"Z|[+-]\d{2}:?\d{2}"}


@lru_cache(maxsize=64)
def _months(locale: str) -> Mapping[str, int]:
    """Return the names of months in a locale, long and short, as they stand in a date and by themselves."""
    from babel.core import Locale, UnknownLocaleError

    try:
        known = Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError) as error:
        raise BadDatePattern(f"the names of months in the locale `{locale}` are not known") from error
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in known.months[context][width].items():
                names.setdefault(name.casefold(), number)
                names.setdefault(name.casefold().rstrip("."), number)
    return names


def _days(start: datetime, count: int, *, within: int | None = None) -> Moment:
    if within is not None and start.year != within:
        raise ValueError("the year has fewer days")
    return Moment(start, start + timedelta(days=count, seconds=-1))


def _months_from(year: int, month: int, count: int) -> Moment:
    start = datetime(year, month, 1)
    after = month + count - 1
    return Moment(start, datetime(year + after // 12, after % 12 + 1, 1) - timedelta(seconds=1))


def _numbered(year: int, unit: str, number: int) -> Moment:
    """Return the n-th half-year, four months, quarter, month, week or day of a year."""
    if unit == "W":
        return _days(datetime.fromisocalendar(year, number, 1), 7)
    if unit == "D":
        return _days(datetime(year, 1, 1) + timedelta(days=number - 1), 1, within=year)
    length = {"A": 12, "S": 6, "H": 6, "T": 4, "Q": 3}.get(unit, 1)
    return _months_from(year, (number - 1) * length + 1, length)


def _clock(start: datetime, given: Mapping[str, str]) -> Moment:
    hour = int(given.get("hour") or int(given["half hour"]) % 12 + 12 * (given.get("half", "").upper() == "PM"))
    moment = start.replace(hour=hour, minute=int(given.get("minute", "0")), second=int(given.get("second", "0")))
    return Moment(moment, moment)


def epoch(value: str, base: str, unit: str) -> Moment | None:
    """Return the moment that a number of units after a base moment is; ``None`` where the value is no number.

    Args:
        value: The number, whole or with decimals.
        base: A date or date and time.
        unit: ``nanosecond``, ``microsecond``, ``millisecond``, ``second`` or ``day``.

    Raises:
        BadDatePattern: the base is no date, or the unit is another one.

    Example:
        >>> epoch("1577836800000", "1970-01-01", "millisecond").start.isoformat()
        '2020-01-01T00:00:00'
    """
    try:
        start = datetime.fromisoformat(base)
        step: Callable[[float], timedelta] = _UNITS[unit]
    except (ValueError, KeyError) as error:
        raise BadDatePattern(f"`{base}` with the unit `{unit}` is no beginning of an epoch") from error
    if start.tzinfo is not None:
        start = start.astimezone(UTC).replace(tzinfo=None)
    try:
        number = int(value) if re.fullmatch(r"[+-]?\d+", value) else float(value)
        moment = (start + step(number)).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None
    return Moment(moment, moment)


def period(moment: datetime, frequency: str, *, written: str | None = None) -> str | None:
    """Return the period of a frequency that a moment lies in, ``None`` where the frequency has no periods of its own.

    Args:
        moment: The moment.
        frequency: A code of the SDMX frequency list (A, S, T, Q, M, W, D, B, H, I, N).
        written: A date pattern to write it by, instead of the standard's form.

    Example:
        >>> [period(datetime(2021, 8, 3), code) for code in "ASTQMWD"]
        ['2021', '2021-S2', '2021-T2', '2021-Q3', '2021-08', '2021-W31', '2021-08-03']
    """
    if written is not None:
        return _written(moment, frequency, written)
    form = _FORMS.get(frequency[:1])
    return form(moment) if form is not None else None


def _week(moment: datetime) -> str:
    year, week, _ = moment.isocalendar()
    return f"{year:04}-W{week:02}"


_FORMS: Mapping[str, Callable[[datetime], str]] = {
    "A": lambda moment: f"{moment.year:04}",
    "S": lambda moment: f"{moment.year:04}-S{(moment.month - 1) // 6 + 1}",
    "T": lambda moment: f"{moment.year:04}-T{(moment.month - 1) // 4 + 1}",
    "Q": lambda moment: f"{moment.year:04}-Q{(moment.month - 1) // 3 + 1}",
    "M": lambda moment: f"{moment.year:04}-{moment.month:02}",
    "W": _week,
    "D": lambda moment: date(moment.year, moment.month, moment.day).isoformat(),
    "B": lambda moment: date(moment.year, moment.month, moment.day).isoformat(),
    "H": lambda moment: moment.isoformat(timespec="seconds"),
    "I": lambda moment: moment.isoformat(timespec="seconds"),
    "N": lambda moment: moment.isoformat(timespec="seconds"),
}
_LENGTHS = {"A": 12, "S": 6, "T": 4, "Q": 3, "M": 1}


def _written(moment: datetime, frequency: str, pattern: str) -> str:
    parts = []
    for match in _RUN.finditer(pattern):
        run = match[0]
        parts.append(run.strip("'") if match[1] is None else _letter(moment, frequency, run))
    return "".join(parts)


def _letter(moment: datetime, frequency: str, run: str) -> str:
    numbers = {
        "y": moment.year % 100 if len(run) == 2 else moment.year,
        "M": moment.month,
        "d": moment.day,
        "w": moment.isocalendar()[1],
        "D": moment.timetuple().tm_yday,
        "n": (moment.month - 1) // _LENGTHS.get(frequency[:1], 1) + 1,
        "H": moment.hour,
        "m": moment.minute,
        "s": moment.second,
    }
    number = numbers.get(run[0])
    return run if number is None else f"{number:0{len(run)}}"
