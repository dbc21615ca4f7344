"""Gaps in daily series: days are counted alike by Python and by SPARQL; business days are said not to be looked at."""

from datetime import date, timedelta

import pyarrow as pa
import pytest
from executors import by_columns, by_graph
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from strategies import DSD, Component, hub_graph

from semstat.validators.diagnostics import CheckStatus
from semstat.validators.observations import LINE, Observations
from semstat.validators.structural import shapes_of
from semstat.validators.structural.sequence import period_at, period_number, sparql_number
from semstat.validators.validate import DataRules, validate_observations

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
    query = (
        f'SELECT ?periodNumber {{ VALUES ?period {{ "{period}" }} {sparql_number("period", chr(34) + "D" + chr(34))} }}'
    )
    found = Graph().query(query)
    assert [int(row[0]) for row in found] == [period_number(period, "D")]


SERIES = {
    "leap": (("2024-02-28", "2024-02-29", "2024-03-01"), []),
    "common": (("2023-02-28", "2023-03-01"), []),
    "ordinal": (("2024-12-31", "2025-D001"), []),
    "two": (("2024-02-28", "2024-03-02"), ["2024-02-29 to 2024-03-01"]),
    "backwards": (("2024-03-02", "2024-02-29"), ["2024-03-01"]),
    "range": (("2024-03-01", "2024-03-02/P1D", "2024-03-09"), []),
}


def test_a_daily_series_has_every_day_of_the_calendar() -> None:
    shapes = shapes_of(hub_graph(COMPONENTS), DSD.iri)
    batch = series("D", *((name, period) for name, (periods, _) in SERIES.items() for period in periods))
    assert by_columns([batch], shapes) == by_graph([batch], shapes)
    rules = DataRules.of(shapes, structure="TEST:DSD(1.0)", time="TIME_PERIOD")
    report = validate_observations(Observations(iter([batch])), rules)
    found = [(item.series_key, item.value) for item in report.diagnostics if item.rule == "DF020"]
    assert found == [(f"D.{name}", gap) for name, (_, gaps) in SERIES.items() for gap in gaps]


@pytest.mark.parametrize(("frequency", "said"), [("B", True), ("D", False)])
def test_business_days_are_said_not_to_be_looked_at(frequency: str, said: bool) -> None:
    rules = DataRules.of(shapes_of(hub_graph(COMPONENTS), DSD.iri), structure="TEST:DSD(1.0)", time="TIME_PERIOD")
    report = validate_observations(
        Observations(iter([series(frequency, ("a", "2024-03-01"), ("a", "2024-03-04"))])), rules
    )
    reasons = [
        item.reason for item in report.checks if item.rule == "DF020" and item.status is CheckStatus.NOT_APPLICABLE
    ]
    assert bool(reasons) is said
    assert all("holidays" in (reason or "") for reason in reasons)
