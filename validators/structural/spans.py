"""Periods that lie within bounds, or outside them, as regular expressions: what a calendar says once, before any data.

Within one lexical form the periods are ordered as their texts are, since every part has a fixed number of digits. So a bound
becomes, for each form, the first or last period that keeps to it, and that becomes an expression of the texts not below or not
above. Both executors read it, as they do the forms themselves.

A period keeps to bounds if it lies within them as a whole. Of a time range (``2024-03-01/P1M``) the first day decides.

Source:
    SDMX 3.0, Section 6 (Technical Notes), 4.2 *Time and Time Format*; SDMX 3.0, SDMXCommon.xsd, *TimeRangeValueType*.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from semstat.validators.structural.periods import period_pattern

__all__ = ["Inexact", "Span", "bounds_of", "days_of", "inside_pattern", "is_after", "outside_pattern", "span"]

_DAY = timedelta(days=1)
_MONTHS = {"A": 12, "S": 6, "T": 4, "Q": 3, "M": 1}
_STANDARD = re.compile(period_pattern("StandardTimePeriod"))
_TIME = "T[0-9:.]+"
_ZONE = "(?:Z|[+-][0-9]{2}:[0-9]{2})?"
_TIMED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T.*|(.*?)(?:Z|[+-][0-9]{2}:[0-9]{2})", re.DOTALL)


class Inexact(ValueError):
    """A bound that does not stand for whole days of the calendar; the text says which, and why."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days from the first to the last, both included; ``None`` where it has no end."""

    first: date | None = None
    last: date | None = None

    def overlap(self, other: "Span") -> "Span":
        """Return the days of both; where there are none, a span that ends before it begins."""
        firsts = [day for day in (self.first, other.first) if day is not None]
        lasts = [day for day in (self.last, other.last) if day is not None]
        return Span(max(firsts, default=None), min(lasts, default=None))


def bounds_of(days: Span) -> str:
    """Return in words which days a span has."""
    bounds = (("from", days.first), ("to", days.last))
    return " ".join(f"{word} {day}" for word, day in bounds if day is not None)


def days_of(period: str) -> Span:
    """Return the first and the last day of a period, the reporting year being that of the calendar.

    Raises:
        Inexact: it is no period, or one with a time of day or a zone, or a time range.

    Example:
        >>> days_of("2024-Q1").last, days_of("2020-W53").first
        (datetime.date(2024, 3, 31), datetime.date(2020, 12, 28))
    """
    if not _STANDARD.match(period):
        raise Inexact(f"{period} is no period with exact days")
    if "T" in period[7:] or "Z" in period or "+" in period or re.search(r"-[0-9]{2}:", period):
        raise Inexact(f"{period} has a time of day or a zone")
    if period.startswith("0000"):
        raise Inexact(f"{period} lies before the calendar begins")
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", period):
        day = date.fromisoformat(period)
        return Span(day, day)
    if period[5:6] == "D":
        day = date(int(period[:4]), 1, 1) + (int(period[6:]) - 1) * _DAY
        return Span(day, day)
    return _days_of_part(period)


def _days_of_part(period: str) -> Span:
    year = int(period[:4])
    if period[5:6] == "W":
        first = date.fromisocalendar(year, int(period[6:]), 1)
        return Span(first, date.max if first > date.max - 6 * _DAY else first + 6 * _DAY)
    letter = period[5:6]
    months = _MONTHS.get(letter, 1 if letter else 12)
    part = int(period[6:] if letter in _MONTHS else period[5:] or "1")
    last = months * part
    return Span(date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1]))


def span(start: str | None, end: str | None, *, after: bool = False, before: bool = False) -> Span:
    """Return the days that a time range leaves, bounds included unless ``after`` the start or ``before`` the end is said.

    Raises:
        Inexact: a bound does not stand for whole days; a start at midnight and an end at a day's last second do.

    Example:
        >>> span("2020", "2020-06", before=True)
        Span(first=datetime.date(2020, 1, 1), last=datetime.date(2020, 5, 31))
    """
    first = last = None
    if start is not None:
        days = days_of(start if after else re.sub(r"T00:00:00(?:\.0+)?\Z", "", start))
        first = _moved(days.last, 1) if after else days.first
    if end is not None:
        days = days_of(end if before else re.sub(r"T(?:23:59:59|24:00:00)(?:\.[09]+)?\Z", "", end))
        last = _moved(days.first, -1) if before else days.last
    return Span(first, last)


def _moved(day: date | None, by: int) -> date | None:
    try:
        return None if day is None else day + by * _DAY
    except OverflowError as problem:
        raise Inexact(f"no day of the calendar lies beyond {day}") from problem


def is_after(begin: str, end: str) -> bool:
    """Tell whether a begin lies after an end; texts that are no dates are not judged, nor are zones.

    Example:
        >>> is_after("2024-Q2", "2024-03"), is_after("2024-Q2", "2024"), is_after("2024-01-01T12:00:00", "2024-01-01T11:59:59")
        (True, False, True)
    """
    first, last = _whole_days(begin).first, _whole_days(end).last
    if first is None or last is None:
        return False
    if first == last and "T" in begin and "T" in end:
        return begin.partition("T")[2][:8] > end.partition("T")[2][:8] and begin[19:] == end[19:]
    return first > last


def _whole_days(text: str) -> Span:
    """Return the days of a period, whatever its time of day and zone; without an end where it is none."""
    timed = _TIMED.fullmatch(text)
    try:
        return days_of((timed[1] or timed[2]) if timed else text)
    except Inexact:
        return Span()


def inside_pattern(days: Span) -> str:
    """Return the anchored expression of the periods within a span.

    Example:
        >>> inside = re.compile(inside_pattern(span("2020-02", "2021-03")))
        >>> [bool(inside.match(period)) for period in ("2020", "2021", "2020-Q2", "2021-Q1", "2020-02-01", "2021-04")]
        [False, False, True, True, True, False]
    """
    return _whole((form.tail, form.inside(days)) for form in _FORMS)


def outside_pattern(days: Span) -> str:
    """Return the anchored expression of the periods that do not lie within a span as a whole.

    Example:
        >>> outside = re.compile(outside_pattern(span("2020-02", "2021-03")))
        >>> [bool(outside.match(period)) for period in ("2020", "2021-Q1", "2021-04")]
        [True, False, True]
    """
    return _whole((form.tail, form.outside(days)) for form in _FORMS)


def _whole(parts: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Return the anchored expression of texts, each with its tail; an empty one matches nothing that has a digit."""
    grouped = [f"(?:{'|'.join(found)}){tail}" for tail, texts in parts if (found := list(texts))]
    return f"^(?:{'|'.join(grouped)})$" if grouped else "^[^0-9]$"


@dataclass(frozen=True, slots=True)
class _Form:
    """A lexical form: its first and last texts, the period that a day lies in, and what may follow the digits."""

    least: str
    most: str
    at: Callable[[date], str]
    tail: str = _ZONE

    def inside(self, days: Span) -> Iterator[str]:
        """Yield the expressions of the texts whose periods lie within a span."""
        low, high = self._low(days), self._high(days)
        if low is None or high is None or low > high:
            return
        if days.first is None or days.last is None:
            yield from () if days.first is None else (low, *_further(low, down=False))
            yield from () if days.last is None else (high, *_further(high, down=True))
            yield from () if days.first or days.last else (_any(low),)
            return
        yield from _between(low, high)

    def outside(self, days: Span) -> Iterator[str]:
        """Yield the expressions of the other texts."""
        low, high = self._low(days), self._high(days)
        if low is None or high is None or low > high:
            yield _any(self.least)
            return
        yield from () if days.first is None else _further(low, down=True)
        yield from () if days.last is None else _further(high, down=False)

    def _low(self, days: Span) -> str | None:
        """Return the first text of a period that begins in the span; ``None`` where none does."""
        if days.first is None:
            return self.least
        around = days_of(text := self.at(days.first))
        if around.first == days.first:
            return text
        return None if around.last in {None, date.max} else self.at(_moved(around.last, 1) or date.max)

    def _high(self, days: Span) -> str | None:
        """Return the last text of a period that ends in the span; ``None`` where none does."""
        if days.last is None:
            return self.most
        around = days_of(text := self.at(days.last))
        if around.last == days.last:
            return text
        return None if around.first in {None, date.min} else self.at(_moved(around.first, -1) or date.min)


def _part(letter: str, months: int) -> Callable[[date], str]:
    return lambda day: f"{day.year:04d}-{letter}{(day.month - 1) // months + 1}"


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


_FORMS = (
    _Form("0000", "9999", lambda day: f"{day.year:04d}"),
    _Form("0000-A1", "9999-A1", _part("A", 12)),
    *(_Form(f"0000-{name}1", f"9999-{name}{12 // _MONTHS[name]}", _part(name, _MONTHS[name])) for name in "STQ"),
    _Form("0000-01", "9999-12", lambda day: f"{day.year:04d}-{day.month:02d}"),
    _Form("0000-M01", "9999-M12", lambda day: f"{day.year:04d}-M{day.month:02d}"),
    _Form("0000-W01", "9999-W53", _week),
    _Form("0000-D001", "9999-D366", lambda day: f"{day.year:04d}-D{day.timetuple().tm_yday:03d}"),
    _Form("0000-01-01", "9999-12-31", date.isoformat, f"(?:{_TIME})?{_ZONE}(?:/P.+)?"),
)


def _any(text: str) -> str:
    return re.sub("[0-9]", "[0-9]", text)


def _digit(first: int, last: int) -> str:
    return str(first) if first == last else f"[{first}-{last}]"


def _further(text: str, *, down: bool) -> Iterator[str]:
    """Yield expressions that together match the texts of a form below one, or above one; not that one itself."""
    for place, digit in enumerate(text):
        if digit.isdigit() and digit != ("0" if down else "9"):
            step = _digit(0, int(digit) - 1) if down else _digit(int(digit) + 1, 9)
            yield f"{text[:place]}{step}{_any(text[place + 1 :])}"


def _between(low: str, high: str) -> Iterator[str]:
    """Yield expressions that together match the texts of a form from one to another, both included."""
    yield low
    if low == high:
        return
    place = next(number for number, pair in enumerate(zip(low, high, strict=True)) if pair[0] != pair[1])
    yield from (low[: place + 1] + text for text in _further(low[place + 1 :], down=False))
    first, last = int(low[place]) + 1, int(high[place]) - 1
    if first <= last:
        yield f"{low[:place]}{_digit(first, last)}{_any(low[place + 1 :])}"
    yield from (high[: place + 1] + text for text in _further(high[place + 1 :], down=True))
    yield high
