"""Week 53 and day 366 exist in the reporting years that have them: the calendar, day by day, is the judge of both executors."""

from datetime import date, timedelta

import pyarrow as pa
import pytest
from executors import by_columns, by_graph
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import DSD, Component, hub_graph

from semstat.validators.compile import compile_shapes
from semstat.validators.observations import LINE
from semstat.validators.structural import shapes_of
from semstat.validators.structural.reporting_years import has_day_366, has_week_53

pytestmark = pytest.mark.usefixtures("parsed_once")

START = "REPORTING_YEAR_START_DAY"
COMPONENTS = [
    Component("SERIES", "dimension", None, "String"),
    Component("TIME_PERIOD", "time", None, None),
    Component("OBS_VALUE", "measure", None, "Decimal"),
    Component(START, "attribute", None, "MonthDay", (), False, "observation"),
]
SHAPES = shapes_of(hub_graph(COMPONENTS), DSD.iri)
DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))


def beginning(year: int, start: date) -> date:
    return date(year, start.month, start.day)


def first_monday(year: int, start: date) -> date:
    """The Monday of the week with the first Thursday on or after the start, found by walking over the calendar."""
    day = beginning(year, start)
    while day.isoweekday() != 4:
        day += timedelta(1)
    return day - timedelta(3)


def weeks(year: int, start: date) -> int:
    return (first_monday(year + 1, start) - first_monday(year, start)).days // 7


def days(year: int, start: date) -> int:
    return (beginning(year + 1, start) - beginning(year, start)).days


def wrong(rows: list[tuple[str | None, str]]) -> set[int]:
    """The rows that are found at fault, by both executors alike."""
    batch = pa.RecordBatch.from_pydict(
        {
            "SERIES": [str(place) for place in range(len(rows))],
            "TIME_PERIOD": [period for _, period in rows],
            "OBS_VALUE": ["1"] * len(rows),
            START: [start for start, _ in rows],
            LINE: list(range(2, len(rows) + 2)),
        }
    )
    found = by_columns([batch], SHAPES)
    assert found == by_graph([batch], SHAPES)
    assert {(rule, name) for rule, _, name in found} <= {("DF007", "TIME_PERIOD")}
    return {row for _, row, _ in found}


@given(st.integers(1, 9990), DAYS)
def test_the_length_of_a_year_is_that_of_the_calendar(year: int, start: date) -> None:
    assert has_week_53(year, start.month, start.day) is (weeks(year, start) == 53)
    assert has_day_366(year, start.month, start.day) is (days(year, start) == 366)


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1900, 2100), DAYS, st.sampled_from(["", "Z", "+02:00"])), min_size=1, max_size=12)
)
def test_both_executors_judge_the_last_week_and_day_as_the_calendar_does(drawn) -> None:
    rows, bad = [], set()
    for year, start, zone in drawn:
        stated = f"--{start:%m-%d}"
        for number, has in ((52, True), (53, weeks(year, start) == 53)):
            bad |= set() if has else {len(rows)}
            rows.append((stated, f"{year}-W{number}{zone}"))
        for number, has in ((365, True), (366, days(year, start) == 366)):
            bad |= set() if has else {len(rows)}
            rows.append((stated, f"{year}-D{number}{zone}"))
    assert wrong(rows) == bad


def test_without_a_start_day_the_year_is_that_of_the_calendar() -> None:
    rows = [
        (start, period) for period in ("2020-W53", "2021-W53", "2024-D366", "2023-D366") for start in (None, "--01-01")
    ]
    assert wrong(rows) == {2, 3, 6, 7}


def test_of_a_start_that_only_leap_years_have_nothing_is_said() -> None:
    assert wrong([("--02-29", "2021-W53"), ("--02-29", "2021-D366"), ("--02-29", "2021-W54")]) == {2}


def test_what_says_so_are_shapes_of_core_that_both_executors_run() -> None:
    assert compile_shapes(SHAPES).residual == ()
