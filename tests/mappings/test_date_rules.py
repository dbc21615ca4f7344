"""Dates as people write them, as SDMX periods."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semstat.mappings.date_rules import BadDatePattern, DatePattern, epoch, period


@pytest.mark.parametrize(
    ("pattern", "locale", "value", "first", "last"),
    [
        ("yyyy", "en", "2021", "2021-01-01", "2021-12-31"),
        ("yyyy-MM", "en", "2021-02", "2021-02-01", "2021-02-28"),
        ("dd/MM/yyyy", "es", "03/08/2021", "2021-08-03", "2021-08-03"),
        ("d.M.yyyy", "de", "3.8.2021", "2021-08-03", "2021-08-03"),
        ("MMM yy", "en", "feb 69", "1969-02-01", "1969-02-28"),
        ("MMM yy", "en", "Feb 68", "2068-02-01", "2068-02-29"),
        ("d MMMM yyyy", "fr", "1 août 2021", "2021-08-01", "2021-08-01"),
        ("d 'de' MMMM 'de' yyyy", "es", "1 de agosto de 2021", "2021-08-01", "2021-08-01"),
        ("MMMM yyyy", "ar", "أغسطس 2021", "2021-08-01", "2021-08-31"),
        ("yyyy'Q'n", "en", "2021Q4", "2021-10-01", "2021-12-31"),
        ("yyyy-'H'n", "en", "2021-H2", "2021-07-01", "2021-12-31"),
        ("yyyy'T'n", "en", "2021T2", "2021-05-01", "2021-08-31"),
        ("yyyy'M'n", "en", "2021M7", "2021-07-01", "2021-07-31"),
        ("yyyy'W'n", "en", "2020W53", "2020-12-28", "2021-01-03"),
        ("yyyy-'W'ww", "en", "2021-W01", "2021-01-04", "2021-01-10"),
        ("yyyyDDD", "en", "2020366", "2020-12-31", "2020-12-31"),
        ("EEE, dd MMM yyyy", "en", "Tue, 03 Aug 2021", "2021-08-03", "2021-08-03"),
    ],
)
def test_patterns(pattern, locale, value, first, last) -> None:
    moment = DatePattern(pattern, locale).read(value)
    assert moment is not None
    assert (moment.start.date().isoformat(), moment.end.date().isoformat()) == (first, last)


@pytest.mark.parametrize(("value", "hour"), [("2021-08-03 14:05", 14), ("2021-08-03 00:00", 0)])
def test_times_of_day(value, hour) -> None:
    moment = DatePattern("yyyy-MM-dd HH:mm").read(value)
    assert moment is not None
    assert moment.start == moment.end
    assert moment.start.hour == hour


@pytest.mark.parametrize(("value", "hour"), [("12:00 AM", 0), ("12:00 PM", 12), ("1:00 pm", 13)])
def test_half_days(value, hour) -> None:
    moment = DatePattern("yyyy h:mm a d M").read(f"2021 {value} 3 8")
    assert moment is not None
    assert moment.start.hour == hour


@pytest.mark.parametrize(
    ("pattern", "value"),
    [
        ("dd/MM/yyyy", "31/02/2021"),
        ("yyyy'Q'n", "2021Q5"),
        ("yyyy-'W'ww", "2021-W53"),
        ("yyyyDDD", "2021366"),
        ("yyyy", "21"),
        ("MMM yyyy", "Foo 2021"),
        ("yyyy", "n/a"),
        ("yyyy", ""),
    ],
)
def test_what_is_no_date(pattern, value) -> None:
    assert DatePattern(pattern).read(value) is None


@pytest.mark.parametrize(
    ("pattern", "locale", "words"),
    [("MM", "en", "no year"), ("yyyy-b", "en", "`b` means nothing"), ("MMM yyyy", "xx-none", "locale `xx-none`")],
)
def test_patterns_without_a_meaning(pattern, locale, words) -> None:
    with pytest.raises(BadDatePattern, match=words):
        DatePattern(pattern, locale)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("18262", "day", "2020-01-01T00:00:00"),
        ("1577836800", "second", "2020-01-01T00:00:00"),
        ("1577836800000", "millisecond", "2020-01-01T00:00:00"),
        ("1577836800000000", "microsecond", "2020-01-01T00:00:00"),
        ("1577836800000000000", "nanosecond", "2020-01-01T00:00:00"),
        ("-1", "day", "1969-12-31T00:00:00"),
        ("0.5", "day", "1970-01-01T12:00:00"),
    ],
)
def test_epochs(value, unit, expected) -> None:
    moment = epoch(value, "1970-01-01", unit)
    assert moment is not None
    assert moment.start.isoformat() == expected


def test_epochs_that_are_none() -> None:
    assert epoch("n/a", "1970-01-01", "day") is None
    assert epoch("9" * 30, "1970-01-01", "day") is None
    with pytest.raises(BadDatePattern):
        epoch("1", "then", "day")
    with pytest.raises(BadDatePattern):
        epoch("1", "1970-01-01", "fortnight")


def test_a_long_period_stands_for_its_start_middle_or_end() -> None:
    year = DatePattern("yyyy").read("2021")
    assert year is not None
    at = {how: period(year.at(how), "M") for how in (None, "startOfPeriod", "midPeriod", "endOfPeriod")}
    assert list(at.values()) == ["2021-01", "2021-01", "2021-07", "2021-12"]


@pytest.mark.parametrize(
    ("written", "frequency", "expected"),
    [
        ("yyyy'Q'n", "Q", "2021Q3"),
        ("yyyy-MM", "M", "2021-08"),
        ("yy/M", "M", "21/8"),
        ("dd.MM.yyyy", "D", "03.08.2021"),
    ],
)
def test_periods_written_otherwise(written, frequency, expected) -> None:
    assert period(datetime(2021, 8, 3), frequency, written=written) == expected


def test_a_frequency_without_periods() -> None:
    assert period(datetime(2021, 8, 3), "X") is None


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31)))
def test_a_day_that_is_written_is_the_day_that_is_read(moment) -> None:
    for pattern in ("dd/MM/yyyy", "d MMMM yyyy", "yyyyDDD", "EEEE, d. MMM yyyy"):
        month = f"{moment:%B}"
        text = {
            "dd/MM/yyyy": f"{moment:%d/%m}/{moment.year}",
            "d MMMM yyyy": f"{moment.day} {month} {moment.year}",
            "yyyyDDD": f"{moment.year}{moment:%j}",
            "EEEE, d. MMM yyyy": f"{moment:%A}, {moment.day}. {moment:%b} {moment.year}",
        }[pattern]
        read = DatePattern(pattern, "en").read(text)
        assert read is not None
        assert read.start.date() == moment.date()
        assert read.end - read.start == timedelta(days=1, seconds=-1)
