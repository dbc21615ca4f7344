"""SDMX-JSON data out: valid against the official schemas, and the same records when read as the field guide says."""

import json
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import zip_longest

import pyarrow as pa
import pytest
from corpora import CORPORA, needs_corpora
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft201909Validator, FormatChecker
from round_trips import only_dataset, records, written
from small_cube import datasets, outgoing

from semstat.interop.formats.spool import Spool
from semstat.interop.reading import read
from semstat.interop.structures import Structures
from semstat.validators.observations import KIND, PART_SEPARATOR, RECORD_KINDS

VERSIONS = ("2.0", "2.1")
EXR = "sdmx/ml21/twg-samples/exr/ecb_exr_{0}/"


@cache
def schema(version: str):
    content = json.loads((CORPORA / f"schemas/sdmx-json-{version}/sdmx-json-data-schema.json").read_text("utf-8"))
    # The schema of 2.0 names no draft; its words are those of draft 7.
    draft = Draft7Validator if version == "2.0" else Draft201909Validator
    return draft(content, format_checker=FormatChecker())


def faults(message: bytes, version: str) -> list[str]:
    return [error.message[:200] for error in schema(version).iter_errors(json.loads(message))]


def decoded(message: bytes) -> Counter:
    """Return the records of a message: an observation's key and values, with what its series and its dataset say."""
    content = json.loads(message, parse_float=str, parse_int=lambda digits: Digits(digits))
    found: Counter = Counter()
    for dataset in content["data"]["dataSets"]:
        structure = content["data"]["structures"][int(dataset["structure"])]
        attributes, dimensions = structure["attributes"], structure["dimensions"]
        shared = values_of(attributes["dataSet"], dataset.get("attributes", []))
        series = dataset.get("series", {"": {"observations": dataset.get("observations", {})}})
        for key, entry in series.items():
            own = (
                shared
                | key_of(dimensions["series"], key)
                | values_of(attributes["series"], entry.get("attributes", []))
            )
            for at, cells in entry["observations"].items():
                items = [*structure["measures"]["observation"], *attributes["observation"]]
                record = own | key_of(dimensions["observation"], at) | values_of(items, cells)
                found["observation", frozenset(record.items())] += 1
            if key and not entry["observations"]:
                found["attributes", frozenset(own.items())] += 1
    return found


class Digits(str):
    """A whole number as it is written."""


def key_of(items, key: str) -> dict[str, str]:
    parts = key.split(":") if key else []
    assert len(parts) == len(items)
    return {item["id"]: entry(item, int(part)) for item, part in zip(items, parts, strict=True)}


def entry(item, place: int) -> str:
    listed = item["values"][place]
    return listed["id"] if "id" in listed else str(listed["value"])


def values_of(items, cells) -> dict[str, str]:
    found = {}
    assert len(cells) <= len(items)
    for item, cell in zip_longest(items, cells):
        if cell is None:
            continue
        listed = "values" in item and isinstance(cell, Digits)
        parts = cell if isinstance(cell, list) else [cell]
        found[item["id"]] = entry(item, int(cell)) if listed else PART_SEPARATOR.join(str(part) for part in parts)
    return found


@settings(max_examples=60, deadline=None)
@given(rows=datasets(), version=st.sampled_from(VERSIONS), at=st.sampled_from([None, "AREA", "AllDimensions"]))
def test_what_is_written_is_read_again(rows, version, at) -> None:
    dataset = outgoing(rows)
    message, losses = written([dataset], f"sdmx-json-{version}-data", at=at)
    assert losses.found == []
    assert decoded(message) == records(dataset.records.batches())
    assert message == written([dataset], f"sdmx-json-{version}-data", at=at)[0]


@needs_corpora
@settings(max_examples=30, deadline=None)
@given(rows=datasets(), version=st.sampled_from(VERSIONS), at=st.sampled_from([None, "AllDimensions"]))
def test_whatever_is_written_is_valid(rows, version, at) -> None:
    assert faults(written([outgoing(rows)], f"sdmx-json-{version}-data", at=at)[0], version) == []


@needs_corpora
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("at", [None, "AllDimensions", "CURRENCY"])
@pytest.mark.parametrize("design", ["ng", "sg", "rg"])
def test_official_data_as_json(design, at, version) -> None:
    folder = CORPORA / EXR.format(design)
    structures = Structures(read(folder / f"ecb_exr_{design}_full.xml").graph, "ECB_EXR_CG" if design == "rg" else None)
    dataset = only_dataset(folder / "structured" / f"ecb_exr_{design}_ts_gf.xml", structures)
    message, losses = written([dataset], f"sdmx-json-{version}-data", at=at)
    assert losses.found == []
    assert faults(message, version) == []
    assert decoded(message) == records(dataset.records.batches())


def test_repeated_keys_and_keys_that_lack_a_dimension_are_told() -> None:
    rows = [
        {"FREQ": "A", "AREA": "FR", "TIME_PERIOD": "2020", "OBS_VALUE": "1"},
        {"FREQ": "A", "AREA": "FR", "TIME_PERIOD": "2020", "OBS_VALUE": "2"},
        {"FREQ": "A", "TIME_PERIOD": "2020", "OBS_VALUE": "3"},
    ]
    message, losses = written([outgoing(rows)], "sdmx-json-2.0-data")
    assert [(item.rule, item.count) for item in losses.found] == [("IO226", 1), ("IO224", 1)]
    assert [dict(values)["OBS_VALUE"] for _, values in decoded(message)] == ["1"]


def test_an_array_of_one_stays_an_array() -> None:
    row = {"FREQ": "A", "AREA": "FR", "TIME_PERIOD": "2020", "TAGS": "x"}
    message, _ = written([outgoing([row])], "sdmx-json-2.1-data")
    assert b'["x"]' in message


@needs_corpora
@pytest.mark.parametrize("version", VERSIONS)
def test_a_dataset_without_records_is_valid(version) -> None:
    message, _ = written([outgoing([{"FREQ": "A"}])], f"sdmx-json-{version}-data")
    assert faults(message, version) == []
    assert decoded(message) == Counter()


@needs_corpora
@pytest.mark.parametrize("version", VERSIONS)
def test_a_series_without_observations_is_valid(version) -> None:
    row = {"FREQ": ["A"], "AREA": ["FR"], "UNIT": ["persons"]}
    spool = Spool([pa.record_batch(row | {KIND: pa.array([RECORD_KINDS.index("attributes")], pa.int8())})])
    message, losses = written([replace(outgoing([{"FREQ": "A"}]), records=spool)], f"sdmx-json-{version}-data")
    assert losses.found == []
    assert faults(message, version) == []
    assert decoded(message) == records(spool.batches())
