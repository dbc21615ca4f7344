"""Durations of ISO 8601, compared as far as a calendar lets them be: months have 28 to 31 days.

Source:
    ISO 8601-1:2019, 5.5.2.2 and 5.5.2.3 (durations by designators); W3C XML Schema 1.1 Part 2, 3.3.6 *duration* (without weeks).
"""

import re
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Duration", "duration", "is_not_shorter"]

_FORM = re.compile(
    r"P(?=.)(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?(?:(?P<weeks>[0-9]+)W)?(?:(?P<days>[0-9]+)D)?"
    r"(?:T(?=.)(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?(?:(?P<seconds>[0-9]+(?:\.[0-9]+)?)S)?)?"
)
_SECONDS = Decimal(86400)
_LEAST = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334)
_MOST = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)
"""Days of so many months on end: the least and the most that there can be."""


@dataclass(frozen=True, slots=True)
class Duration:
    """So many months and so many days, years and weeks being counted as these."""

    months: int = 0
    days: Decimal = Decimal(0)

    @property
    def is_nothing(self) -> bool:
        """Whether no time passes."""
        return not self.months and not self.days

    @property
    def least(self) -> Decimal:
        """The days that pass at least."""
        return self.days + 365 * (self.months // 12) + _LEAST[self.months % 12]

    @property
    def most(self) -> Decimal:
        """The days that pass at most."""
        return self.days + 366 * (self.months // 12) + _MOST[self.months % 12]


def duration(text: str) -> Duration | None:
    """Return a duration that is not negative; ``None`` for what is none, or has more digits than any calendar needs.

    Example:
        >>> duration("P1Y2M"), duration("P2W").days, duration("P"), duration("1 year")
        (Duration(months=14, days=Decimal('0')), Decimal('14'), None, None)
    """
    found = _FORM.fullmatch(text)
    if found is None or len(text) > 40:
        return None
    part = {name: Decimal(number or 0) for name, number in found.groupdict().items()}
    seconds = 3600 * part["hours"] + 60 * part["minutes"] + part["seconds"]
    return Duration(int(12 * part["years"] + part["months"]), 7 * part["weeks"] + part["days"] + seconds / _SECONDS)


def is_not_shorter(one: Duration, other: Duration) -> bool:
    """Return whether a duration is as long as another, or longer, from whatever day they are counted.

    Example:
        >>> month, days = Duration(1), Duration(0, Decimal(30))
        >>> is_not_shorter(month, month), is_not_shorter(month, days), is_not_shorter(Duration(0, Decimal(31)), month)
        (True, False, True)
    """
    if one.months >= other.months and one.days >= other.days:
        return True
    return one.least >= other.most
