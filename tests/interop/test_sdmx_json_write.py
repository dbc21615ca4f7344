"""Structure messages of SDMX-JSON that we write: valid by the official schemas, and read back to the same graph."""

import json
import re
from collections import Counter
from functools import cache

import jsonschema
import pytest
from corpora import CORPORA, counts, files_of, needs_corpora
from rdflib import Graph
from sdmx_corpus import FILES, load
from sdmx_writing import HEADER, triples

from semstat.interop.formats.sdmx.account import Account
from semstat.interop.formats.sdmx.header import Header
from semstat.interop.formats.sdmx.json_meta import header_of_json
from semstat.interop.formats.sdmx.json_write import serialise_json
from semstat.interop.formats.sdmx.lower_message import lower_graph
from semstat.interop.formats.sdmx.structure import read_structure
from semstat.validators.diagnostics import Diagnostic

VERSIONS = {"2.0": "3.0", "2.1": "3.1"}
DRAFTS = {"2.0": jsonschema.Draft7Validator, "2.1": jsonschema.Draft201909Validator}
FORMATS = jsonschema.FormatChecker(formats=())
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.IGNORECASE)
JSON_FILES = files_of("SDMX-JSON structure")


@FORMATS.checks("date-time")
def is_moment(value) -> bool:
    return not isinstance(value, str) or MOMENT.fullmatch(value) is not None


@FORMATS.checks("date")
def is_date(value) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None


@cache
def judge(version: str):
    assert CORPORA is not None
    text = (CORPORA / f"schemas/sdmx-json-{version}/sdmx-json-structure-schema.json").read_text(encoding="utf-8")
    return DRAFTS[version](json.loads(text), format_checker=FORMATS)


def written(graph: Graph, version: str, *, source: str = "") -> tuple[str, tuple[Diagnostic, ...]]:
    account = Account(f"sdmx-json-{version}-structure")
    return serialise_json(lower_graph(graph), version, HEADER, account, source=source), account.losses


def checked(name: str, source: str, version: str) -> bool:
    """Write what a file holds: it must be valid, and nothing may be lost in silence. Return whether it is read back the same."""
    graph = load(name).graph
    text, losses = written(graph, version, source=source)
    errors = [
        f"{list(error.absolute_path)}: {error.message[:200]}" for error in judge(version).iter_errors(json.loads(text))
    ]
    assert errors == []
    # The moment of the message itself has no time zone in this test.
    lost = [item for item in losses if "2024-01-31T00:00:00" not in item.message]
    if not source.startswith("3") or lost:
        return False
    assert set(read_structure(text.encode(), origin="again.json").graph) == set(graph)
    return True


@needs_corpora
@pytest.mark.parametrize("name", FILES)
def test_sdmx_ml_becomes_valid_json(name: str) -> None:
    source = counts()[name][0].split()[1]
    version = "2.1" if source == "3.1" else "2.0"
    checked(name, source, version)


@needs_corpora
@pytest.mark.parametrize("name", FILES[::6])
def test_sdmx_ml_becomes_valid_json_of_the_other_version(name: str) -> None:
    source = counts()[name][0].split()[1]
    checked(name, source, "2.0" if source == "3.1" else "2.1")


@needs_corpora
@pytest.mark.parametrize("name", JSON_FILES)
def test_json_becomes_the_same_graph_again(name: str) -> None:
    document = load(name)
    graph, version = document.graph, document.format.rpartition("-")[2]
    if version not in VERSIONS:
        pytest.skip(f"{document.format} is not written")
    text, losses = written(graph, version, source=VERSIONS[version])
    again = read_structure(text.encode(), origin="again.json").graph
    lost = [item for item in losses if "2024-01-31T00:00:00" not in item.message]
    if not lost:
        assert triples(again) == triples(graph)


@needs_corpora
def test_how_much_is_written() -> None:
    """Counted here, in one process: the tests above may be spread over several."""
    sources = {name: counts()[name][0].split()[1] for name in FILES}
    of_3 = [(name, source) for name, source in sources.items() if source.startswith("3")]
    equal = sum(checked(name, source, "2.1" if source == "3.1" else "2.0") for name, source in of_3)
    print(
        f"{len(FILES)} files of SDMX-ML, {len(JSON_FILES)} of SDMX-JSON; {equal} of {len(of_3)} of 3.x come back the same"
    )
    assert Counter(sources.values()) == {"2.1": 79, "3.0": 61, "3.1": 16}
    assert equal > 60
    assert len(JSON_FILES) > 30


def test_a_header_without_a_sender_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="sender"):
        serialise_json((), "2.0", Header(id="A", prepared="2024-01-01"), Account("sdmx-json-2.0-structure"))


def test_the_header_of_a_message_is_read_again() -> None:
    text, _ = written(Graph(), "2.1")
    assert header_of_json(text.encode()).sender == HEADER.sender
    assert header_of_json(b"[") == Header()
