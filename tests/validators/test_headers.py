"""What a header says of its data: begin and end of the reporting period, embargo, sender; both executors agree."""

import json
from pathlib import Path

import pyarrow as pa
import pytest
from executors import by_columns, by_graph
from strategies import DSD, Component, hub_graph

from semstat.interop import validate
from semstat.validators.compile import compile_shapes
from semstat.validators.diagnostics import CheckStatus
from semstat.validators.observations import LINE
from semstat.validators.structural import shapes_of, structure_view
from semstat.validators.structural.headers import HeaderFacts, header_shapes

COMPONENTS = [
    Component("REF_AREA", "dimension", "CL_AREA"),
    Component("TIME_PERIOD", "time", None, None),
    Component("OBS_VALUE", "measure", None, "Decimal"),
    Component("CONF_STATUS", "attribute", None, "String", (), False, "observation"),
]
PERIODS = ("2019", "2020", "2020-Q1", "2020-W53", "2021-01", "2021", "2020-01-01/P1Y", "soon", None)
FOLDERS = Path(__file__).parents[1] / "rules"
RULES = {"DF029", "DF032", "DF033"}


def found(facts: HeaderFacts, columns: dict[str, list[str | None]], **areas: list[str]) -> set[tuple[str, int]]:
    graph = hub_graph(COMPONENTS)
    shapes = shapes_of(graph, DSD.iri) + header_shapes(structure_view(graph, DSD.iri), facts, areas)
    size = len(next(iter(columns.values())))
    filled = {"REF_AREA": ["FR"] * size, "TIME_PERIOD": ["2020"] * size, "OBS_VALUE": ["1"] * size, **columns}
    filled[LINE] = list(range(2, size + 2))
    batch = pa.RecordBatch.from_pydict(filled)
    columns_say, graph_says = by_columns([batch], shapes), by_graph([batch], shapes)
    assert columns_say == graph_says
    return {(rule, row) for rule, row, _ in columns_say if rule in RULES}


@pytest.mark.parametrize(
    ("begins", "ends", "rows"),
    [
        (None, None, set()),
        ("2020-01-01T00:00:00", "2020-12-31T23:59:59", {0, 4, 5}),
        ("2020-06-01T00:00:00+01:00", "2020-06-30", {0, 2, 3, 4, 5, 6}),
        ("2021-01-01", None, {0, 1, 2, 6}),
        (None, "2020", {4, 5}),
        ("eu officia", None, set()),
    ],
)
def test_no_period_lies_beside_what_is_reported(begins, ends, rows) -> None:
    assert found(HeaderFacts(begins, ends), {"TIME_PERIOD": list(PERIODS)}) == {("DF029", row) for row in rows}


@pytest.mark.parametrize(
    ("prepared", "rows"),
    [(None, {0, 2}), ("2024-01-31T12:00:00", {0, 2}), ("2024-02-15T09:00:00Z", set()), ("2024-03-01", set())],
)
def test_an_embargo_goes_with_a_status_until_it_is_over(prepared, rows) -> None:
    facts = HeaderFacts(embargo="2024-02-15T09:00:00", prepared=prepared)
    assert found(facts, {"CONF_STATUS": ["F", "N", None]}) == {("DF032", row) for row in rows}


def test_a_sender_that_is_named_reports_on_its_areas() -> None:
    columns = {"REF_AREA": ["FR", "IT", "NA"]}
    assert found(HeaderFacts(sender="FR1"), columns, FR1=["FR"]) == {("DF033", 1), ("DF033", 2)}
    assert found(HeaderFacts(sender="OTHER"), columns, FR1=["FR"]) == set()
    assert found(HeaderFacts(), columns, FR1=["FR"]) == set()


def test_a_header_that_cannot_be_read_is_not_a_pass() -> None:
    graph = hub_graph(COMPONENTS)
    shapes = header_shapes(structure_view(graph, DSD.iri), HeaderFacts("eu officia"), {})
    assert [item.rule for item in compile_shapes(shapes).unstated] == ["DF029"]


def test_json_messages_state_the_period_with_the_dataset(tmp_path) -> None:
    structure = FOLDERS / "structures" / "labour.xml"
    values = {"FREQ": "A", "REF_AREA": "CZ", "SEX": "F"}
    message = {
        "meta": {"schema": "https://example.org/2.0.0/sdmx-json-data-schema.json", "id": "X", "sender": {"id": "CZ1"}},
        "data": {
            "structures": [
                {
                    "links": [{"urn": "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=SEMSTAT:DF_LABOUR(1.0)"}],
                    "dimensions": {
                        "series": [{"id": name, "values": [{"id": code}]} for name, code in values.items()],
                        "observation": [{"id": "TIME_PERIOD", "values": [{"value": "2022"}, {"value": "2023"}]}],
                    },
                    "measures": {"observation": [{"id": "OBS_VALUE"}]},
                    "attributes": {"observation": [{"id": "OBS_STATUS", "values": [{"id": "A"}]}]},
                }
            ],
            "dataSets": [
                {
                    "structure": 0,
                    "reportingBegin": "2023-01-01",
                    "series": {"0:0:0": {"observations": {"0": [1.5, 0], "1": [2.5, 0]}}},
                }
            ],
        },
    }
    file = tmp_path / "data.json"
    file.write_text(json.dumps(message))
    report = validate([file], structure=[structure])
    assert [item.value for item in report.diagnostics if item.rule == "DF029"] == ["2022"]


def test_tables_have_no_header() -> None:
    report = validate([FOLDERS / "DF020-missing-period" / "ok.csv"], structure=[FOLDERS / "structures" / "labour.xml"])
    status = {item.rule: item.status for item in report.checks}
    assert {status[rule] for rule in RULES} == {CheckStatus.NOT_APPLICABLE}
