"""Numbers and periods that lie on a sequence, as regular expressions: exact, where floating-point division is not.

A sequence with an end is the list of its members, each as it may be written. One without an end has an expression where its
interval divides a power of ten, since the last digits then decide; any other is not stated.

Source:
    SDMX 3.0, Section 2 (Information Model), facets *isSequence*, *interval*, *startValue*, *endValue*, *timeInterval*,
    *startTime* and *endTime*.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

__all__ = ["Endless", "is_listed", "number_sequence_pattern", "period_sequence_pattern"]

_MOST = 1000
"""Members of a sequence, or last digits, that an expression may list."""

_DIGITS = 6
_DURATION = re.compile(r"P(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?(?:(?P<weeks>[0-9]+)W)?(?:(?P<days>[0-9]+)D)?")


class Endless(ValueError):
    """The sequence has no expression; the text says why."""


def number_sequence_pattern(start: Decimal, interval: Decimal, end: Decimal | None = None) -> str:
    """Return the anchored expression of the decimals on a sequence, up to its end where that is near.

    Whether a number lies before the start or after the end of a sequence that is not listed, the expression does not say.

    Raises:
        Endless: the interval is not positive, or does not divide a power of ten and the sequence is too long to list.

    Example:
        >>> steps = re.compile(number_sequence_pattern(Decimal("0.5"), Decimal("0.25"), Decimal("1.5")))
        >>> [bool(steps.match(number)) for number in ("0.5", "+00.750", ".75", "1", "0.25", "0.80")]
        [True, True, True, True, False, False]
        >>> evens = re.compile(number_sequence_pattern(Decimal(2), Decimal(2)))
        >>> [bool(evens.match(number)) for number in ("8", "1000002.0", "-4", "7", "8.5")]
        [True, True, True, False, False]
    """
    if not (start.is_finite() and interval.is_finite() and interval > 0):
        raise Endless(f"an interval of {interval} from {start} makes no sequence")
    places = max(0, *(-int(item.normalize().as_tuple().exponent) for item in (start, interval)))
    if places > _DIGITS or abs(start) >= 10**18 or interval >= 10**18:
        raise Endless("the numbers have too many digits")
    first, step = (int(item.scaleb(places)) for item in (start, interval))
    if end is not None and is_listed(start, interval, end):
        number = max(0, int((end - start) // interval) + 1) if end >= start else 0
        members = [_written(first + place * step, places) for place in range(number)]
        return f"^(?:{'|'.join(members)})$" if members else "^[^0-9]$"
    return _by_last_digits(first, step, places)


def is_listed(start: Decimal, interval: Decimal, end: Decimal) -> bool:
    """Return whether a sequence is short enough to be listed, so that nothing before its start or after its end is on it."""
    return end.is_finite() and interval > 0 and end - start <= (_MOST - 1) * interval


def _written(scaled: int, places: int) -> str:
    """Return the expression of the ways to write a decimal, given as a whole number of units of the last place."""
    sign = "-" if scaled < 0 else r"\+?" if scaled else "[+-]?"
    whole, fraction = divmod(abs(scaled), 10**places)
    return f"{sign}0*{_joined(str(whole) if whole else '', f'{fraction:0{places}d}' if places else '')}"


def _joined(whole: str, fraction: str) -> str:
    """Return the expression of an absolute number after its leading zeros; those at its end may be left out."""
    kept = fraction.rstrip("0")
    if kept:
        return rf"{whole}\.{kept}0*"
    # Zero needs a digit before the point or after it: without a whole part, the zeros before it are all there is.
    return rf"{whole}(?:\.0*)?" if whole else r"(?:0(?:\.0*)?|\.0+)"


def _by_last_digits(first: int, step: int, places: int) -> str:
    digits = next((number for number in range(places, places + _DIGITS) if 10**number % step == 0), None)
    if digits is None or 10**digits // step > _MOST:
        raise Endless("the sequence is too long to list, and no last digits tell its members")
    modulus = 10**digits
    above, below = (
        "|".join(_ending(last, digits, places) for last in range(sign * first % step, modulus, step))
        for sign in (1, -1)
    )
    return rf"^(?:\+?(?:{above})|-(?:{below}))$"


def _ending(last: int, digits: int, places: int) -> str:
    """Return the expression of the absolute numbers whose last digits are these, the last ``places`` after the point."""
    text = f"{last:0{digits}d}" if digits else ""
    whole, fraction = text[: digits - places], text[digits - places :]
    kept = fraction.rstrip("0")
    short = whole.lstrip("0")
    missing = [short.rjust(size, "0") for size in range(max(1, len(short)), len(whole))] if whole else []
    wholes = f"(?:{'|'.join([f'[0-9]*{whole}' if whole else '[0-9]+', *missing])})"
    tail = rf"\.{kept}0*" if kept else r"(?:\.0*)?"
    bare = "" if short else (rf"|\.{kept}0*" if kept else r"|\.0+")
    return f"{wholes}{tail}{bare}"


def period_sequence_pattern(start: date, interval: str, end: date) -> str:
    """Return the anchored expression of the periods that begin on a day of a sequence of days.

    Raises:
        Endless: the interval is not one of whole days, months or years, a month lacks the day, or the sequence is too long.

    Example:
        >>> months = re.compile(period_sequence_pattern(date(2024, 1, 1), "P3M", date(2024, 12, 31)))
        >>> [bool(months.match(period)) for period in ("2024-04", "2024-Q2", "2024-04-01", "2024-05", "2025-01")]
        [True, True, True, False, False]
    """
    days = list(_days(start, interval, end))
    texts = (text for day in days for text in _beginning(day))
    zone, time = "(?:Z|[+-][0-9]{2}:[0-9]{2})?", r"(?:T00:00:00(?:\.0+)?)?"
    dates = "|".join(day.isoformat() for day in days)
    return f"^(?:(?:{'|'.join(texts)}){zone}|(?:{dates}){time}{zone}(?:/P.+)?)$" if days else "^[^0-9]$"


def _days(start: date, interval: str, end: date) -> Iterator[date]:
    found = _DURATION.fullmatch(interval)
    parts = {name: int(number) for name, number in found.groupdict(default="0").items()} if found else {}
    months = 12 * parts.get("years", 0) + parts.get("months", 0)
    days = timedelta(7 * parts.get("weeks", 0) + parts.get("days", 0))
    if bool(months) == bool(days):
        raise Endless(f"the interval {interval} is neither one of whole days nor one of whole months")
    if months and start.day > 28:
        raise Endless(f"not every month has the day on which {start} lies")
    for number in range(_MOST + 1):
        if number == _MOST:
            raise Endless("the sequence is too long to list")
        place = start.month - 1 + number * months
        year, month = start.year + place // 12, place % 12 + 1
        if year > date.max.year or date.max - start < number * days:
            return
        day = date(year, month, start.day) + number * days
        if day > end:
            return
        yield day


def _beginning(day: date) -> Iterator[str]:
    """Yield the periods that begin on a day, the day itself left out."""
    year = f"{day.year:04d}"
    yield f"{year}-D{day.timetuple().tm_yday:03d}"
    if day.isoweekday() == 1:
        yield f"{day.isocalendar().year:04d}-W{day.isocalendar().week:02d}"
    if day.day != 1:
        return
    yield from (f"{year}-{day.month:02d}", f"{year}-M{day.month:02d}")
    for letter, months in (("Q", 3), ("T", 4), ("S", 6)):
        if day.month % months == 1:
            yield f"{year}-{letter}{day.month // months + 1}"
    if day.month == 1:
        yield from (year, f"{year}-A1")
