"""Periods within bounds and values on sequences: the expressions say what the calendar and exact arithmetic say."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import DSD, Component, hub_graph

from semstat.ontology.terms import SH
from semstat.validators.structural import shapes_of
from semstat.validators.structural.progressions import Endless, number_sequence_pattern, period_sequence_pattern
from semstat.validators.structural.spans import Inexact, days_of, inside_pattern, outside_pattern, span

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2018, 12, 1), date(2021, 2, 1))
WRITTEN = {
    "year": lambda day: f"{day.year:04d}",
    "reporting year": lambda day: f"{day.year:04d}-A1",
    "semester": lambda day: f"{day.year:04d}-S{(day.month + 5) // 6}",
    "trimester": lambda day: f"{day.year:04d}-T{(day.month + 3) // 4}",
    "quarter": lambda day: f"{day.year:04d}-Q{(day.month + 2) // 3}",
    "month": lambda day: f"{day.year:04d}-{day.month:02d}",
    "reporting month": lambda day: f"{day.year:04d}-M{day.month:02d}",
    "week": lambda day: "{:04d}-W{:02d}".format(*day.isocalendar()),
    "day": lambda day: day.isoformat(),
    "ordinal day": lambda day: f"{day.year:04d}-D{day.timetuple().tm_yday:03d}",
}
PERIODS = st.builds(lambda write, day: write(day), st.sampled_from(list(WRITTEN.values())), DAYS)


@given(DAYS, st.sampled_from(list(WRITTEN)))
def test_a_day_lies_in_the_period_that_is_written_for_it(day, form):
    days = days_of(WRITTEN[form](day))
    assert days.first <= day <= days.last


@given(
    st.none() | PERIODS, st.none() | PERIODS, st.booleans(), st.booleans(), st.lists(PERIODS, min_size=1, max_size=20)
)
def test_a_period_lies_inside_exactly_if_all_its_days_do(start, end, after, before, periods):
    try:
        bounds = span(start, end, after=after, before=before)
    except Inexact:
        return
    inside, outside = re.compile(inside_pattern(bounds)), re.compile(outside_pattern(bounds))
    for period in periods:
        days = days_of(period)
        lies = (bounds.first is None or days.first >= bounds.first) and (
            bounds.last is None or days.last <= bounds.last
        )
        for text in (period, period + "Z", period + "-05:00"):
            assert (bool(inside.match(text)), bool(outside.match(text))) == (lies, not lies), text


@pytest.mark.parametrize(("text", "lies"), [("2020-05-31T23:59:59", True), ("2020-06-01T00:00:00", False)])
def test_times_of_day_and_time_ranges_lie_where_their_first_day_lies(text, lies):
    bounds = span("2020-01", "2020-05")
    for written in (text, f"{text}/PT1H", f"{text[:10]}/P1D"):
        assert bool(re.match(inside_pattern(bounds), written)) is lies
        assert bool(re.match(outside_pattern(bounds), written)) is not lies


@pytest.mark.parametrize(
    "bound", ["2020-01-01T12:00:00", "2020Z", "2020-01-01/P1M", "2020-13", "0000", "next year", ""]
)
def test_a_bound_without_exact_days_is_refused(bound):
    with pytest.raises(Inexact):
        span(bound, None)


def test_midnight_begins_a_day_and_does_not_end_one():
    assert span("2020-01-01T00:00:00", "2020-12-31T23:59:59") == span("2020", "2020")
    with pytest.raises(Inexact):
        span(None, "2020-12-31T00:00:00")


DECIMALS = st.decimals(min_value=-500, max_value=500, places=2)
WAYS = (lambda text: text, lambda text: f"00{text}", lambda text: f"{text}00", lambda text: text.removeprefix("0"))


@given(
    DECIMALS,
    st.sampled_from([Decimal(item) for item in ("1", "2", "2.5", "0.25", "0.02", "50", "3", "0.07", "120")]),
    st.none() | st.integers(-2, 60),
    st.lists(DECIMALS | st.integers(-100, 100), min_size=1, max_size=20),
)
def test_a_number_is_on_a_sequence_exactly_if_arithmetic_says_so(start, interval, steps, numbers):
    end = None if steps is None else start + steps * interval
    try:
        pattern = re.compile(number_sequence_pattern(start, interval, end))
    except Endless:
        assert end is None
        assert interval in {Decimal("3"), Decimal("0.07"), Decimal("120")}
        return
    for item in numbers:
        number = item if isinstance(item, Decimal) else start + item * interval
        lies = (number - start) % interval == 0 and (end is None or start <= number <= end)
        sign = "-" if number < 0 else ""
        for write in WAYS:
            assert bool(pattern.match(sign + write(f"{abs(number):.2f}"))) is lies


@pytest.mark.parametrize(
    ("start", "interval"),
    [("2024-01-01", "PT1H"), ("2024-01-01", "P1M1D"), ("2024-01-31", "P1M"), ("1900-01-01", "P1D")],
)
def test_a_sequence_of_periods_that_cannot_be_listed_is_refused(start, interval):
    with pytest.raises(Endless):
        period_sequence_pattern(date.fromisoformat(start), interval, date(2030, 1, 1))


@pytest.mark.parametrize(
    ("kind", "facets", "unchecked"),
    [
        ("Decimal", {"isSequence": "true"}, {"isSequence"}),
        ("Decimal", {"isSequence": "false"}, set()),
        ("Decimal", {"interval": "2", "startValue": "1"}, {"interval"}),
        ("Decimal", {"isSequence": "true", "interval": "2"}, {"interval"}),
        ("Decimal", {"isSequence": "true", "interval": "7", "startValue": "1"}, {"interval"}),
        ("Decimal", {"isSequence": "true", "interval": "7", "startValue": "1", "endValue": "99"}, set()),
        ("Decimal", {"isSequence": "true", "interval": "two", "startValue": "1"}, {"interval"}),
        ("Decimal", {"isSequence": "true", "interval": "NaN", "startValue": "1"}, {"interval"}),
        ("Decimal", {"isSequence": "true", "interval": "-2", "startValue": "1", "endValue": "3"}, {"interval"}),
        ("Decimal", {"startValue": "1", "endValue": "-9"}, {"startValue", "endValue"}),
        ("Decimal", {"isSequence": "maybe", "decimals": "-1"}, {"isSequence", "decimals"}),
        ("String", {"decimals": "1", "minValue": "0", "startTime": "2020"}, {"decimals", "minValue", "startTime"}),
        ("Double", {"isSequence": "true", "interval": "2", "startValue": "1"}, {"interval"}),
        ("Incremental", {"interval": "2", "startValue": "1"}, set()),
        ("GregorianDay", {"startTime": "2020", "endTime": "2021"}, set()),
        ("GregorianDay", {"startTime": "2020-01-01T12:00:00"}, {"startTime"}),
        ("DateTime", {"endTime": "2020"}, set()),
        ("Duration", {"endTime": "2020"}, {"endTime"}),
        ("GregorianDay", {"isSequence": "true", "timeInterval": "P1D", "startTime": "2020"}, {"timeInterval"}),
        ("GregorianDay", {"isSequence": "true", "timeInterval": "P1D", "startTime": "2020", "endTime": "2021"}, set()),
    ],
)
def test_what_has_no_exact_expression_is_said_not_to_be_checked(kind, facets, unchecked):
    graph = hub_graph([Component("OBS_VALUE", "measure", None, kind, tuple(facets.items()))])
    shapes = shapes_of(graph, DSD.iri)
    assert {str(shape).split("/")[-2] for shape in shapes.subjects(SH.deactivated)} == unchecked
