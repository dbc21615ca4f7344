"""Gaps in series of days, business days, hours and minutes, counted alike by Python and SPARQL; what is not counted is said."""

from datetime import date, datetime, timedelta

import pyarrow as pa
import pytest
from executors import by_columns, by_graph
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from strategies import DSD, Component, hub_graph

from semstat.validators.diagnostics import CheckStatus, Report, Severity
from semstat.validators.observations import LINE, Observations
from semstat.validators.structural import shapes_of
from semstat.validators.structural.sequence import period_at, period_number, sparql_number
from semstat.validators.validate import DataRules, validate_observations

pytestmark = pytest.mark.usefixtures("parsed_once")

COMPONENTS = [
    Component("FREQ", "dimension", "CL_FREQ"),
    Component("SERIES", "dimension", None, "String"),
    Component("TIME_PERIOD", "time", None, None),
    Component("OBS_VALUE", "measure", None, "Decimal"),
]


def series(frequency: str, *rows: tuple[str, str]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(
        {
            "FREQ": [frequency] * len(rows),
            "SERIES": [name for name, _ in rows],
            "TIME_PERIOD": [period for _, period in rows],
            "OBS_VALUE": ["1"] * len(rows),
            LINE: list(range(2, len(rows) + 2)),
        }
    )


@given(st.dates(max_value=date(9999, 12, 30)))
def test_each_day_has_the_number_after_the_day_before(day: date) -> None:
    following = day + timedelta(days=1)
    number = period_number(day.isoformat(), "D")
    assert period_number(following.isoformat(), "D") == number + 1
    assert period_number(f"{day.year:04d}-D{day.timetuple().tm_yday:03d}", "D") == number
    assert period_at(number, "D") == day.isoformat()


@pytest.mark.parametrize(
    "period",
    [
        "2024-02-29",
        "2024-D060",
        "1900-03-01",
        "2000-02-29",
        "2000-12-31",
        "2001-01-01",
        "2001-D001",
        "0000-01-01",
        "1999-D365",
    ],
)
def test_sparql_counts_days_alike(period: str) -> None:
    for frequency in ("D", "B"):
        assert by_sparql(period, frequency) == period_number(period, frequency)


def by_sparql(period: str, frequency: str) -> int:
    query = (
        f"""SELECT ?periodNumber {{ VALUES ?period {{ "{period}" }} {sparql_number("period", f'"{frequency}"')} }}"""
    )
    return next(int(row[0]) for row in Graph().query(query))


@given(st.dates(max_value=date(9999, 12, 27)))
def test_each_working_day_has_the_number_after_the_one_before(day: date) -> None:
    following = day + timedelta(days={5: 3, 6: 2}.get(day.isoweekday(), 1))
    number = period_number(day.isoformat(), "B")
    assert period_number(following.isoformat(), "B") == number + 1
    friday = day - timedelta(days=max(0, day.isoweekday() - 5))
    assert period_at(number, "B") == friday.isoformat()


@given(st.datetimes(max_value=datetime(9999, 12, 30)), st.sampled_from([("H", 60), ("N", 1)]))
def test_each_hour_and_minute_has_the_number_after_the_one_before(moment: datetime, unit: tuple[str, int]) -> None:
    frequency, minutes = unit
    start = moment.replace(second=0, microsecond=0, minute=moment.minute if minutes == 1 else 0)
    number = period_number(start.isoformat(), frequency)
    assert period_number((start + timedelta(minutes=minutes)).isoformat(), frequency) == number + 1
    assert period_at(number, frequency) == start.isoformat()


@pytest.mark.parametrize("period", ["2024-02-29T23:00:00", "2024-03-01T00:00:00Z", "0001-01-01T05:00:00", "2023-S2"])
def test_sparql_counts_hours_alike(period: str) -> None:
    assert by_sparql(period, "H") == period_number(period, "H")


def test_sparql_counts_minutes_alike() -> None:
    assert by_sparql("2024-02-29T23:59:00", "N") == period_number("2024-02-29T23:59:00", "N")


SERIES = {
    "leap": (("2024-02-28", "2024-02-29", "2024-03-01"), []),
    "common": (("2023-02-28", "2023-03-01"), []),
    "ordinal": (("2024-12-31", "2025-D001"), []),
    "two": (("2024-02-28", "2024-03-02"), ["2024-02-29 to 2024-03-01"]),
    "backwards": (("2024-03-02", "2024-02-29"), ["2024-03-01"]),
    "range": (("2024-03-01", "2024-03-02/P1D", "2024-03-05/P1D"), ["2024-03-03 to 2024-03-04"]),
    "two days": (("2024-03-01", "2024-03-02/P2D", "2024-03-09"), []),
}


def test_a_daily_series_has_every_day_of_the_calendar() -> None:
    shapes = shapes_of(hub_graph(COMPONENTS), DSD.iri)
    batch = series("D", *((name, period) for name, (periods, _) in SERIES.items() for period in periods))
    assert by_columns([batch], shapes) == by_graph([batch], shapes)
    rules = DataRules.of(shapes, structure="TEST:DSD(1.0)", time="TIME_PERIOD")
    report = validate_observations(Observations(iter([batch])), rules)
    found = [(item.series_key, item.value) for item in report.diagnostics if item.rule == "DF020"]
    assert found == [(f"D.{name}", gap) for name, (_, gaps) in SERIES.items() for gap in gaps]


OTHERS = {
    "B": (("2024-03-01", "2024-03-04", "2024-03-05"), []),
    "B.lacks": (("2024-03-01", "2024-03-05", "2024-03-11"), ["2024-03-04", "2024-03-06 to 2024-03-08"]),
    "B.weekend": (("2024-03-01", "2024-03-02", "2024-03-03", "2024-03-04"), []),
    "H": (
        ("2024-03-01T23:00:00", "2024-03-02T00:00:00", "2024-03-02T03:00:00Z"),
        ["2024-03-02T01:00:00 to 2024-03-02T02:00:00"],
    ),
    "H.halves": (("2023-S1", "2023-S2", "2024-S2"), ["2024-S1"]),
    "H.between": (("2024-03-01T23:30:00", "2024-03-02T03:00:00"), []),
    "N": (("2024-03-01T23:59:00", "2024-03-02T00:01:00"), ["2024-03-02T00:00:00"]),
}


OPEN_COMPONENTS = [Component("FREQ", "dimension", None, "String"), *COMPONENTS[1:]]
OPEN = hub_graph(OPEN_COMPONENTS)
"""The structure with a frequency that no list restricts."""


SHAPES = shapes_of(OPEN, DSD.iri)


def judged(frequency: str, *rows: tuple[str, str]) -> Report:
    batch = series(frequency, *rows)
    rules = DataRules.of(SHAPES, structure="TEST:DSD(1.0)", time="TIME_PERIOD")
    return validate_observations(Observations(iter([batch])), rules)


@pytest.mark.parametrize("name", OTHERS)
def test_working_days_hours_and_minutes_that_are_missing_are_remarks(name: str) -> None:
    periods, gaps = OTHERS[name]
    rows = [("a", period) for period in periods]
    assert by_columns([series(name[0], *rows)], SHAPES) == by_graph([series(name[0], *rows)], SHAPES)
    report = judged(name[0], *rows)
    found = [item for item in report.diagnostics if item.rule == "DF020"]
    assert [item.value for item in found] == gaps
    assert {item.severity for item in found} <= {Severity.INFO}


@pytest.mark.parametrize(
    ("frequency", "period", "status"),
    [
        ("D", "2024-03-01", None),
        ("B", "2024-03-01", None),
        ("H", "2024-03-01T12:00:00", None),
        ("H", "2024-03-01T12:30:00", CheckStatus.NOT_APPLICABLE),
        ("H", "2024-03-01T12:00:00+01:00", CheckStatus.NOT_APPLICABLE),
        ("M", "2024-03-01/P1M", None),
        ("M", "2024-03-31/P1M", CheckStatus.NOT_APPLICABLE),
        ("M", "2024-03-01/P10D", CheckStatus.NOT_APPLICABLE),
        ("I", "2024-03-01T12:30:00", CheckStatus.NOT_APPLICABLE),
        ("O", "2024", CheckStatus.NOT_APPLICABLE),
        ("U", "2024", CheckStatus.NOT_APPLICABLE),
        ("A2", "2024", CheckStatus.NOT_CHECKED),
    ],
)
def test_what_is_not_looked_at_is_said(frequency: str, period: str, status: CheckStatus | None) -> None:
    outcomes = [item for item in judged(frequency, ("a", period)).checks if item.rule == "DF020"]
    said = {item.status for item in outcomes} - {CheckStatus.CHECKED}
    assert said == ({status} if status else set())


RANGES = {
    "A": (("2020-04-01/P1Y", "2021", "2023-04-01/P12M"), ["2022"]),
    "S": (("2020-07-01/P6M", "2021-S2"), ["2021-S1"]),
    "T": (("2020-09-01/P4M", "2021-T1", "2021-09-01T00:00:00/P4M"), ["2021-T2"]),
    "Q": (("2020-11-15/P3M", "2021-02-15/P3M", "2021-08-15/P3M"), ["2021-Q2"]),
    "M": (("2020-12-01/P1M", "2021-01", "2021-M03"), ["2021-02"]),
    "W": (("2020-12-28/P7D", "2021-01-11/P1W", "2021-W03"), ["2021-W01"]),
    "B": (("2024-03-01/P1D", "2024-03-04/P1D", "2024-03-06"), ["2024-03-05"]),
    "H": (("2024-03-01T23:00:00/PT1H", "2024-03-02T01:00:00"), ["2024-03-02T00:00:00"]),
    "N": (("2024-03-01T23:59:00Z/PT1M", "2024-03-02T00:01:00/PT1M"), ["2024-03-02T00:00:00"]),
}


@pytest.mark.parametrize("frequency", RANGES)
def test_ranges_as_long_as_a_period_are_counted(frequency: str) -> None:
    periods, gaps = RANGES[frequency]
    rows = [("a", period) for period in periods]
    assert by_columns([series(frequency, *rows)], SHAPES) == by_graph([series(frequency, *rows)], SHAPES)
    found = [item.value for item in judged(frequency, *rows).diagnostics if item.rule == "DF020"]
    assert found == gaps


START = Component("REPORTING_YEAR_START_DAY", "attribute", None, "MonthDay", (), False, "observation")
SHIFTED = shapes_of(hub_graph([*OPEN_COMPONENTS, START]), DSD.iri)


def begun(frequency: str, *rows: tuple[str, str, str | None]) -> pa.RecordBatch:
    batch = series(frequency, *((name, period) for name, period, _ in rows))
    return batch.append_column(START.id, pa.array([start for _, _, start in rows], pa.string()))


BEGUN = {
    # series: frequency, periods, start day, what is missing
    "july": ("W", ("2020-W52", "2021-W01", "2021-W53", "2022-W02"), "--07-01", ["2021-W02 to 2021-W52", "2022-W01"]),
    "none": ("W", ("2020-W52", "2021-W01"), None, ["2020-W53"]),
    "april": ("D", ("2023-D366", "2024-D001", "2024-04-04"), "--04-01", ["2024-04-02 to 2024-04-03"]),
    "common": ("D", ("2022-D365", "2023-D001Z"), "--04-01+02:00", []),
    "working": ("B", ("2024-D001", "2024-D005"), "--03-01", ["2024-03-04"]),
    "leap": ("W", ("2020-W01", "2020-W09"), "--02-29", []),
    "no day": ("W", ("2020-W01", "2020-W09"), "--02-30", []),
    "ranges": ("W", ("2020-12-28/P7D", "2021-01-11/P7D"), "--07-01", ["2020-W28"]),
}


@pytest.mark.parametrize("name", BEGUN)
def test_weeks_and_days_are_counted_from_where_the_reporting_year_begins(name: str) -> None:
    frequency, periods, start, gaps = BEGUN[name]
    batch = begun(frequency, *(("a", period, start) for period in periods))
    assert by_columns([batch], SHIFTED) == by_graph([batch], SHIFTED)
    rules = DataRules.of(SHIFTED, structure="TEST:DSD(1.0)", time="TIME_PERIOD")
    report = validate_observations(Observations(iter([batch])), rules)
    assert [item.value for item in report.diagnostics if item.rule == "DF020"] == gaps
    said = {item.status for item in report.checks if item.rule == "DF020"} - {CheckStatus.CHECKED}
    assert said == ({CheckStatus.NOT_CHECKED} if start == "--02-29" else set())


@pytest.mark.parametrize("period", ["2020-W53", "2020-D366"])
def test_the_last_week_of_years_that_begin_on_a_leap_day_could_not_be_checked(period: str) -> None:
    rules = DataRules.of(SHIFTED, structure="TEST:DSD(1.0)", time="TIME_PERIOD")
    batch = begun("W" if "W" in period else "D", ("a", period, "--02-29"))
    report = validate_observations(Observations(iter([batch])), rules)
    outcomes = {(item.rule, item.status) for item in report.checks if item.reason and "--02-29" in item.reason}
    assert outcomes == {("DF020", CheckStatus.NOT_CHECKED), ("DF007", CheckStatus.NOT_CHECKED)}


DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), DAYS)
def test_a_week_of_a_reporting_year_has_the_number_after_the_one_before(day: date, start: date) -> None:
    """Walking over the calendar from Monday to Monday."""
    begins = f"--{start:%m-%d}"
    monday = day - timedelta(day.weekday())
    ranged = period_number(f"{monday}/P7D", "W", begins)
    period = period_at(ranged, "W", begins)
    assert period_number(period, "W", begins) == ranged
    assert period_number(f"{monday + timedelta(7)}/P7D", "W", begins) == ranged + 1
    year, week = int(period[:4]), int(period[6:])
    thursday = monday + timedelta(3)
    first = date(year, start.month, start.day)
    assert (thursday - first).days // 7 + 1 == week
    assert first <= thursday < date(year + 1, start.month, start.day)


def test_a_frequency_that_is_no_code_is_a_fault_and_nothing_else() -> None:
    rules = DataRules.of(shapes_of(hub_graph(COMPONENTS), DSD.iri), structure="TEST:DSD(1.0)", time="TIME_PERIOD")
    report = validate_observations(Observations(iter([series("A2", ("a", "2024"))])), rules)
    assert {item.rule for item in report.diagnostics} == {"DF004"}
    assert {item.status for item in report.checks if item.rule == "DF020"} == {CheckStatus.CHECKED}
