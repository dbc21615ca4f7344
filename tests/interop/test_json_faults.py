"""The faults of the rule fixtures, written as SDMX-JSON: the same rules and records as in CSV, led to by line and column."""

import csv
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path

import json_messages
import pytest

from semstat.interop import validate
from semstat.interop.excerpts import excerpts_of
from semstat.validators.diagnostics import Diagnostic, Report
from semstat.validators.render.excerpts import marked_line
from semstat.validators.rules import catalogue

RULES = Path(__file__).parents[1] / "rules"
DIMENSIONS = ("FREQ", "REF_AREA", "SEX", "TIME_PERIOD")
FLOW = f"{json_messages.STEM}.Dataflow=SEMSTAT:DF_LABOUR(1.0)"
CASES = [
    path
    for number in range(2, 13)
    for path in sorted((RULES / f"DF{number:03}-{catalogue()[f'DF{number:03}'].name}").glob("bad*.csv"))
    if path.name not in {"bad-sequence.csv", "bad-range.csv"}  # of other structures
]


def records(path: Path) -> list[dict[str, str | None]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        {name: cell or None for name, cell in row.items() if not name.startswith(("STRUCTURE", "ACTION"))}
        for row in rows
    ]


def actions(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row.get("ACTION", "") for row in csv.DictReader(file)]


def message(rows: list[dict[str, str | None]], *, minified: bool, series: bool) -> bytes:
    attributes = [name for name in rows[0] if name not in (*DIMENSIONS, "OBS_VALUE")]
    return json_messages.message(rows, DIMENSIONS, attributes, urn=FLOW, minified=minified, series=series)


def structures(path: Path) -> list[str]:
    import tomllib

    found: list[str] = tomllib.loads((path.parent / "case.toml").read_text("utf-8"))["structure"]
    return found


def judged(path: Path, data: Path) -> Report:
    with chdir(path.parent):
        return validate([data], structure=structures(path), max_findings=0)


def faults(report: Report) -> set[tuple[object, ...]]:
    return {
        (item.rule, item.location.path, item.value, item.nearest, item.location.focus) for item in report.diagnostics
    }


def place_leads_to(item: Diagnostic, data: bytes, row: Mapping[str, str | None]) -> bool:
    """Tell whether line and column are those of the record, or those of the value in its list."""
    where = item.location
    text = data.decode().split("\n")[where.line - 1][where.column - 1 :]
    in_list = item.value is not None and text.startswith(f'"id": "{item.value}"')
    at_record = text.startswith('"') and text.partition('": [')[2].startswith(str(row["OBS_VALUE"] or "").strip('"'))
    in_series = text.startswith('"') and '": {"observations": {' in text
    return in_list or at_record or in_series or f'["{row["OBS_VALUE"]}"' in text


@pytest.mark.parametrize("layout", ["flat", "series", "minified"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name[:5]}-{path.stem}")
def test_the_faults_of_a_fixture_are_found_in_json_too(path, layout, tmp_path) -> None:
    rows = records(path)
    if {"M", "R", "D"} & set(actions(path)):
        pytest.skip("a dataset of SDMX-JSON has one action for all its records")
    if any(row.get(name) is None for row in rows for name in DIMENSIONS):
        pytest.skip("a key of SDMX-JSON has an index for each dimension")
    data = message(rows, minified=layout == "minified", series=layout == "series")
    file = tmp_path / "data.json"
    file.write_bytes(data)

    report = judged(path, file)

    assert report.datasets[0].observations == len(rows)
    expected = faults(judged(path, path))
    assert expected
    if path.stem == "bad-column":  # a table lacks a column once, a message lacks each value
        assert {item[:2] for item in faults(report)} == {item[:2] for item in expected}
        return
    # A value that several records give by its number is one finding, where it is spelt out.
    assert {item[:4] for item in faults(report)} == {item[:4] for item in expected}
    if layout != "series":  # there, records of one series come together, so that others come first
        assert faults(report) <= expected
        for item in report.diagnostics:
            assert place_leads_to(item, data, rows[item.location.record - 1]), item


def test_the_fixtures_are_there() -> None:
    assert len(CASES) >= 15


def test_an_excerpt_shows_the_place_on_a_line_of_a_megabyte(tmp_path) -> None:
    path = RULES / "DF005-wrong-data-type" / "bad.csv"
    good = [row | {"OBS_VALUE": "1.0"} for row in records(path)[:1]]
    many = [good[0] | {"TIME_PERIOD": str(1000 + place)} for place in range(9000)]
    many[7000]["OBS_VALUE"] = "n/a"
    file = tmp_path / "data.json"
    file.write_bytes(message(many, minified=True, series=False))

    report = judged(path, file)

    (item,) = (item for item in report.diagnostics if item.rule == "DF005")
    line, mark = marked_line(item, excerpts_of(report))
    assert "n/a" in line
    assert len(line) < 200
    assert 0 < mark.index("^") < len(line)
    assert line[mark.index("^") :].startswith('n/a", 0, 0],"0:0:0:7001"')
