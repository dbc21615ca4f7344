"""Time periods: the expressions say what the calendar says."""

import calendar
import re
from datetime import date, timedelta

import duckdb
import pytest
from strategies import DSD, Component, hub_graph

from semstat.validators.structural.calendar import LEAP_YEAR, LONG_ISO_YEAR
from semstat.validators.structural.datatypes import TEXT_TYPES
from semstat.validators.structural.periods import (
    FREQUENCY_FORMS,
    PERIOD_TYPES,
    frequency_examples,
    frequency_pattern,
    period_examples,
    period_pattern,
)
from semstat.validators.structural.view import structure_view


@pytest.mark.parametrize("year", range(1, 10_000, 7))
def test_leap_years_and_long_years_are_those_of_the_calendar(year):
    assert bool(re.fullmatch(LEAP_YEAR, f"{year:04d}")) is calendar.isleap(year)
    assert bool(re.fullmatch(LONG_ISO_YEAR, f"{year:04d}")) is (date(year, 12, 28).isocalendar().week == 53)


@pytest.mark.parametrize("year", [1900, 2000, 2023, 2024])
def test_every_day_is_a_day_and_nothing_else_is(year):
    days = {
        (date(year, 1, 1) + timedelta(number)).isoformat() for number in range(366 if calendar.isleap(year) else 365)
    }
    written = {f"{year}-{month:02d}-{day:02d}" for month in range(14) for day in range(33)}
    pattern = re.compile(period_pattern("GregorianDay"))
    assert {text for text in written if pattern.search(text)} == days


def test_ordinal_days_and_weeks_end_where_the_year_ends():
    observational = re.compile(period_pattern("ObservationalTimePeriod"))
    shifted = re.compile(period_pattern("ObservationalTimePeriod", shifted_year=True))
    for text, own, moved in (
        ("2024-D366", True, True),
        ("2023-D366", False, True),
        ("2023-D367", False, False),
        ("2020-W53", True, True),
        ("2021-W53", False, True),
        ("2021-W54", False, False),
        ("2021-D010", True, True),
    ):
        assert (bool(observational.search(text)), bool(shifted.search(text))) == (own, moved), text


WRONG = [
    "20",
    "20200101",
    "2020Q1",
    "2020-1",
    "2020-13",
    "2020M01",
    "2020-H1",
    "2020-Q5",
    "2020-S3",
    "2020-T4",
    "2020-W00",
    "2021-02-29",
    "2020-01-01T25:00:00",
    "2020/P1M",
]


@pytest.mark.parametrize("text", WRONG)
def test_what_people_write_instead_of_a_period_is_none(text):
    assert not re.search(period_pattern("ObservationalTimePeriod"), text)


@pytest.mark.parametrize("name", PERIOD_TYPES)
def test_the_examples_of_a_type_are_of_the_type(name):
    for example in period_examples(name):
        assert re.search(period_pattern(name), example), example
        assert re.search(period_pattern("ObservationalTimePeriod"), example)


@pytest.mark.parametrize("code", FREQUENCY_FORMS)
def test_examples_of_a_frequency_fit_it_and_no_unrelated_one(code):
    for example in frequency_examples(code):
        fits = {other for other in FREQUENCY_FORMS if re.search(frequency_pattern(other), example)}
        assert code in fits
        assert all(set(FREQUENCY_FORMS[code]) & set(FREQUENCY_FORMS[other]) for other in fits)


def test_a_range_fits_any_frequency_and_a_zone_any_period():
    for code in FREQUENCY_FORMS:
        assert re.search(frequency_pattern(code), "2024-03-01/P1M")
    assert re.search(frequency_pattern("M"), "2024-03Z")
    assert re.search(frequency_pattern("A"), "2024+02:00")
    assert not re.search(frequency_pattern("A"), "2024+15:00")


@pytest.mark.parametrize("kind", [kind for kind in TEXT_TYPES.values() if kind.pattern], ids=lambda kind: kind.name)
def test_both_dialects_read_the_expression_alike(kind):
    numbers = ["1", "-1", "+1", "1.5", "1e5", ".5", "5.", "1_000", " 1", "inf", "nan", "NaN", "INF"]
    texts = ["", "a", "é", "true", "2024", "2024-02-30", "P1Y", "PT", "--02-30", "a b", "a\n"]
    probes = [*kind.examples, *numbers, *texts]
    for probe in probes:
        own = bool(re.search(kind.pattern[:-1] + r"\Z", probe))
        engine = duckdb.execute("SELECT regexp_matches(?, ?)", [probe, kind.pattern]).fetchall()[0][0]
        assert own is engine, probe


@pytest.mark.parametrize("name", ["FREQ", "freq"])
def test_the_frequency_is_found_in_either_case(name):
    view = structure_view(hub_graph([Component(name, "dimension", "CL_AREA")]), DSD.iri)
    assert view.frequency is not None
    assert view.frequency.id == name
