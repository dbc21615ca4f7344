"""Lexical forms of SDMX time periods, as regular expressions that every SHACL engine and RE2 understand.

Calendar facts (28, 29, 30 or 31 days, leap years, ISO years of 53 weeks) are part of the expressions, so that one
``sh:pattern`` says all there is to say and both executors read the same text.

Source:
    SDMX 3.0, Section 6 (Technical Notes), 4.2 *Time and Time Format*; ISO 8601 for weeks and ordinal days.
"""

from semstat.validators.structural.calendar import DAY_366, LEAP_YEAR, LONG_ISO_YEAR

__all__ = ["FREQUENCY_FORMS", "PERIOD_TYPES", "counted_pattern", "frequency_pattern", "period_pattern"]

_YEAR = "[0-9]{4}"
_MONTH = "(?:0[1-9]|1[0-2])"
_ZONE = "(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_DATE = (
    f"(?:{_YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    f"|02-(?:0[1-9]|1[0-9]|2[0-8]))|{LEAP_YEAR}-02-29)"
)
_DURATION = (
    "P(?:[0-9]+W|(?:[0-9]+Y(?:[0-9]+M)?(?:[0-9]+D)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)"
    r"(?:T(?:[0-9]+H(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?|[0-9]+M(?:[0-9]+(?:\.[0-9]+)?S)?|[0-9]+(?:\.[0-9]+)?S))?"
    r"|T(?:[0-9]+H(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?|[0-9]+M(?:[0-9]+(?:\.[0-9]+)?S)?|[0-9]+(?:\.[0-9]+)?S))"
)

_FORMS = {
    "year": _YEAR,
    "month": f"{_YEAR}-{_MONTH}",
    "date": _DATE,
    "date-time": f"{_DATE}T{_TIME}",
    "reporting-year": f"{_YEAR}-A1",
    "reporting-semester": f"{_YEAR}-S[12]",
    "reporting-trimester": f"{_YEAR}-T[1-3]",
    "reporting-quarter": f"{_YEAR}-Q[1-4]",
    "reporting-month": f"{_YEAR}-M{_MONTH}",
    "reporting-week": f"(?:{_YEAR}-W(?:0[1-9]|[1-4][0-9]|5[0-2])|{LONG_ISO_YEAR}-W53)",
    "reporting-day": f"(?:{_YEAR}-D(?:00[1-9]|0[1-9][0-9]|[12][0-9][0-9]|3[0-5][0-9]|36[0-5])|{DAY_366})",
    "range": f"{_DATE}(?:T{_TIME})?{_ZONE}/{_DURATION}",
}

# Where a reporting year may start on any day, week 53 and day 366 can belong to a year that has neither by the calendar.
_SHIFTED = {
    "reporting-week": f"{_YEAR}-W(?:0[1-9]|[1-4][0-9]|5[0-3])",
    "reporting-day": f"{_YEAR}-D(?:00[1-9]|0[1-9][0-9]|[12][0-9][0-9]|3[0-5][0-9]|36[0-6])",
}

_GREGORIAN = ("year", "month", "date")
_REPORTING = tuple(name for name in _FORMS if name.startswith("reporting-"))

PERIOD_TYPES: dict[str, tuple[str, ...]] = {
    "ObservationalTimePeriod": (*_GREGORIAN, "date-time", *_REPORTING, "range"),
    "StandardTimePeriod": (*_GREGORIAN, "date-time", *_REPORTING),
    "BasicTimePeriod": (*_GREGORIAN, "date-time"),
    "GregorianTimePeriod": _GREGORIAN,
    "GregorianYear": ("year",),
    "GregorianYearMonth": ("month",),
    "GregorianDay": ("date",),
    "ReportingTimePeriod": _REPORTING,
    "ReportingYear": ("reporting-year",),
    "ReportingSemester": ("reporting-semester",),
    "ReportingTrimester": ("reporting-trimester",),
    "ReportingQuarter": ("reporting-quarter",),
    "ReportingMonth": ("reporting-month",),
    "ReportingWeek": ("reporting-week",),
    "ReportingDay": ("reporting-day",),
    "TimeRange": ("range",),
}
"""Text types of SDMX whose values are periods, with the forms each admits."""

FREQUENCY_FORMS: dict[str, tuple[str, ...]] = {
    "A": ("year", "reporting-year"),
    "S": ("reporting-semester",),
    "T": ("reporting-trimester",),
    "Q": ("reporting-quarter",),
    "M": ("month", "reporting-month"),
    "W": ("reporting-week",),
    "D": ("date", "reporting-day"),
    "B": ("date", "reporting-day"),
    # H is hourly in the SDMX cross-domain code list, half-yearly in lists older than it; both must read.
    "H": ("date-time", "reporting-semester"),
    "I": ("date-time",),
    "N": ("date-time",),
}
"""Codes of the cross-domain frequency list with the period forms that fit; codes not listed fit no test."""

_EXAMPLES = {
    "year": "2024",
    "month": "2024-03",
    "date": "2024-03-31",
    "date-time": "2024-03-31T12:00:00",
    "reporting-year": "2024-A1",
    "reporting-semester": "2024-S1",
    "reporting-trimester": "2024-T1",
    "reporting-quarter": "2024-Q1",
    "reporting-month": "2024-M03",
    "reporting-week": "2024-W09",
    "reporting-day": "2024-D091",
    "range": "2024-03-01/P1M",
}


def period_pattern(text_type: str, *, shifted_year: bool = False) -> str:
    """Return the anchored expression of the periods that a text type admits.

    Args:
        text_type: A key of :data:`PERIOD_TYPES`.
        shifted_year: The structure has a REPORTING_YEAR_START_DAY, so week 53 and day 366 occur in any year.

    Raises:
        KeyError: ``text_type`` is not a period type.

    Example:
        >>> import re
        >>> [bool(re.match(period_pattern("GregorianDay"), day)) for day in ("2024-02-29", "2023-02-29")]
        [True, False]
    """
    return _anchored(PERIOD_TYPES[text_type], shifted_year=shifted_year)


def frequency_pattern(code: str, *, shifted_year: bool = False) -> str:
    """Return the anchored expression of the periods that fit a frequency; a time range fits any.

    Raises:
        KeyError: ``code`` is not in :data:`FREQUENCY_FORMS`.

    Example:
        >>> import re
        >>> [bool(re.match(frequency_pattern("Q"), period)) for period in ("2024-Q4", "2024-12")]
        [True, False]
    """
    return _anchored((*FREQUENCY_FORMS[code], "range"), shifted_year=shifted_year)


def counted_pattern(code: str, *, shifted_year: bool = False) -> str:
    """Return the anchored expression of the periods of a frequency that can be counted.

    Moments between whole hours or minutes cannot, nor those in zones whose clocks are changed in summer. A time range can that
    is as long as a period of the frequency, wherever it begins up to the 28th of a month; others have no place in a sequence.

    Args:
        code: A frequency.
        shifted_year: The structure has a REPORTING_YEAR_START_DAY, so week 53 and day 366 occur in any year.

    Raises:
        KeyError: ``code`` is not in :data:`FREQUENCY_FORMS`.

    Example:
        >>> import re
        >>> moments = ("2024-03-01T12:00:00", "2024-03-01T12:00:00Z", "2024-03-01T12:30:00", "2024-03-01T12:00:00+01:00")
        >>> [bool(re.match(counted_pattern("H"), moment)) for moment in moments]
        [True, True, False, False]
        >>> [bool(re.match(counted_pattern("M"), period)) for period in ("2024-03-15/P1M", "2024-03-15/P45D")]
        [True, False]
    """
    forms = tuple(form for form in FREQUENCY_FORMS[code] if form != "date-time")
    parts = [*_MOMENTS.get(code, ()), *([_anchored(forms, shifted_year=shifted_year)[1:-1]] if forms else [])]
    parts += [_ranges(code)] if code in _LENGTHS else []
    return f"^(?:{'|'.join(parts)})$"


def _ranges(code: str) -> str:
    """Return the expression of the time ranges that are as long as a period of a frequency, and have a place in its sequence."""
    start = f"{_YEAR}-{_MONTH}-(?:0[1-9]|1[0-9]|2[0-8])" if code in _BY_MONTHS else _DATE
    time = f"{_CLOCK_HOUR}:{_MINUTES[code]}:00Z?" if code in _MINUTES else f"(?:T00:00:00)?{_ZONE}"
    return f"{start}{time}/(?:{'|'.join(_LENGTHS[code])})"


_BY_MONTHS = frozenset("ASTQM")
_MINUTES = {"H": "00", "N": "[0-5][0-9]"}
_LENGTHS = {
    "A": ("P1Y", "P12M"),
    "S": ("P6M",),
    "T": ("P4M",),
    "Q": ("P3M",),
    "M": ("P1M",),
    "W": ("P7D", "P1W"),
    "D": ("P1D",),
    "B": ("P1D",),
    "H": ("PT1H", "PT60M"),
    "N": ("PT1M",),
}
"""How long a period of each frequency is, as ISO 8601 writes durations."""


_CLOCK_HOUR = "T(?:[01][0-9]|2[0-3])"
_MOMENTS = {
    "H": (rf"{_DATE}{_CLOCK_HOUR}:00:00(?:\.0+)?Z?",),
    "N": (rf"{_DATE}{_CLOCK_HOUR}:[0-5][0-9]:00(?:\.0+)?Z?",),
}


def frequency_examples(code: str) -> tuple[str, ...]:
    """Return one example per period form that fits a frequency, for messages; empty for an unknown code.

    Example:
        >>> frequency_examples("M")
        ('2024-03', '2024-M03')
    """
    return tuple(_EXAMPLES[form] for form in FREQUENCY_FORMS.get(code, ()))


def period_examples(text_type: str) -> tuple[str, ...]:
    """Return one example per form of a period type, for messages; empty for other types.

    Example:
        >>> period_examples("GregorianTimePeriod")
        ('2024', '2024-03', '2024-03-31')
    """
    return tuple(_EXAMPLES[form] for form in PERIOD_TYPES.get(text_type, ()))


def _anchored(forms: tuple[str, ...], *, shifted_year: bool) -> str:
    table = _FORMS | _SHIFTED if shifted_year else _FORMS
    zoned = [table[form] for form in forms if form != "range"]
    parts = [f"(?:{'|'.join(zoned)}){_ZONE}"] if zoned else []
    if "range" in forms:
        parts.append(table["range"])
    return f"^(?:{'|'.join(parts)})$"
