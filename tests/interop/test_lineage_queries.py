"""The packaged queries on lineage: each is put to a catalogue loaded from files, through the guard, and has the known answer."""

import json
from pathlib import Path

import pytest

from semstat.interop.catalogue import Catalogue, ask_catalogue
from semstat.interop.catalogue.filling import NoSuchPlace, filled, packaged, places, term_of
from semstat.interop.catalogue.guard import guarded
from semstat.interop.catalogue.names import short_name
from semstat.ontology import load, modules
from semstat.ontology.questions import iris_used, questions
from semstat.ontology.terms import BASE
from tests.command import CLEAN, STRUCTURE, semstat

KNOWN = {item.id: item for item in questions("lineage")}
CODE = BASE + "sdmx/codelist.Code/SEMSTAT/CL_AREA/1.0/NA"
AREA = BASE + "sdmx/codelist.Codelist/SEMSTAT/CL_AREA/1.0"
FLOW = BASE + "sdmx/datastructure.Dataflow/SEMSTAT/DF_POPULATION/1.0"
RUN = "0176a8c2-fe01-7439-87e6-56a1a1b4029f"

EVENT = {
    "eventType": "COMPLETE", "eventTime": "2026-01-31T10:05:00Z", "producer": "https://example.org/",
    "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent", "run": {"runId": RUN},
    "job": {"namespace": "office", "name": "aggregate", "facets": {"gsbpm": {"subProcess": "5.7"}}},
    "inputs": [{"namespace": "db", "name": "micro", "facets": {"schema": {"fields": [{"name": "weight"}]}}}],
    "outputs": [{
        "namespace": "x", "name": FLOW,
        "facets": {"columnLineage": {"fields": {"OBS_VALUE": {"inputFields": [{
            "namespace": "db", "name": "micro", "field": "weight",
            "transformations": [{"type": "DIRECT", "subtype": "AGGREGATION"}],
        }]}}}},
    }],
}  # fmt: skip
MORE = f"""
PREFIX ss: <https://w3id.org/semstat/core#> PREFIX ssl: <https://w3id.org/semstat/lineage#>
PREFIX sst: <https://w3id.org/semstat/structure#> PREFIX ssi: <https://w3id.org/semstat/information#>
<urn:x:run-2> a ssi:ProcessStepInstance ; ssl:used <urn:x:register> .
<urn:x:list> a sst:Codelist ; ss:maintainer <urn:x:agency> .
<urn:x:own> ssl:valueDomain <{AREA}> ; ss:maintainer <urn:x:agency> .
<urn:x:meant> a ssi:InstanceVariable ; ssl:representedVariable <urn:x:variable> .
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("office")
    (folder / "data.csv").write_bytes(Path(CLEAN).read_bytes())
    (folder / "structure.xml").write_bytes(Path(STRUCTURE).read_bytes())
    (folder / "events.json").write_text(json.dumps(EVENT), encoding="utf-8")
    (folder / "more.ttl").write_text(MORE, encoding="utf-8")
    catalogue = Catalogue.create(folder)
    catalogue.load([folder])
    return catalogue


def rows(catalogue: Catalogue, name: str, **terms: str) -> list[tuple[str, ...]]:
    found = ask_catalogue(catalogue, filled(KNOWN[name].text, terms))
    return [
        tuple(short_name(row[column]["value"]) if column in row else "-" for column in found.columns)
        for row in found.rows
    ]


def test_a_question_is_asked_by_its_name_and_places_are_filled(office: Catalogue) -> None:
    assert len(KNOWN) >= 10
    assert rows(office, "L2", thing=f"<{AREA}>") == [
        ("valueDomain", "SEMSTAT:DSD_POPULATION(1.0).REF_AREA#representation"), ("valueDomain", "urn:x:own")
    ]  # fmt: skip
    assert rows(office, "L3", code=f"<{CODE}>") == [
        ("data.csv#dataset-1", "SEMSTAT:DSD_POPULATION(1.0).REF_AREA", "24", "2010", "2021")
    ]
    assert len(rows(office, "L3")) > 3, "unfilled, it asks for all codes"
    above = {row[0] for row in rows(office, "L1", thing=f"<{FLOW}>")}
    assert {"SEMSTAT:DSD_POPULATION(1.0)", "SEMSTAT:CL_AREA(1.0)", "micro", RUN, "5.7"} <= above | {
        item.removeprefix("urn:uuid:") for item in above
    }


def test_codes_variables_and_lists(office: Catalogue) -> None:
    unused = rows(office, "L4")
    assert ("SEMSTAT:CL_AREA(1.0)", "SEMSTAT:CL_AREA(1.0).150") in unused
    assert ("SEMSTAT:CL_AREA(1.0)", "SEMSTAT:CL_AREA(1.0).NA") not in unused
    assert [row[0].rpartition("#")[2] for row in rows(office, "L5")] == ["weight", "OBS_VALUE"]
    assert ("SEMSTAT:CL_AREA(1.0)", "1", "1") in rows(office, "L12")
    assert rows(office, "L14") == [("urn:x:list",)]
    assert ("urn:x:own", "urn:x:agency", "SEMSTAT:CL_AREA(1.0)", "SDMX:AGENCIES(1.0).SEMSTAT") in rows(office, "L13")


def test_ways_runs_and_origins(office: Catalogue) -> None:
    assert rows(office, "L6", one=f"<{FLOW}>", other=f"<{AREA}>") == [
        ("SEMSTAT:DSD_POPULATION(1.0)", "1"),
        ("SEMSTAT:DSD_POPULATION(1.0).REF_AREA", "2"),
        ("SEMSTAT:DSD_POPULATION(1.0).REF_AREA#representation", "3"),
    ]
    assert rows(office, "L8") == [("urn:x:run-2", "outputs"), ("urn:x:run-2", "step")]
    assert rows(office, "L9") == [("data.csv#dataset-1",), ("micro",)]
    assert rows(office, "L10", thing=f"<{FLOW}>") == [("5.7", "aggregate", f"urn:uuid:{RUN}")]
    assert rows(office, "L11", variable=f"<{FLOW}#OBS_VALUE>") == [
        ("SEMSTAT:DF_POPULATION(1.0)#OBS_VALUE", "weight", "AGGREGATION")
    ]


def test_what_was_read_since_a_day(office: Catalogue) -> None:
    assert {row[0] for row in rows(office, "L7", since='"2000-01-01"')} == {
        "data.csv", "structure.xml", "events.json", "more.ttl"
    }  # fmt: skip
    assert rows(office, "L7", since='"9999"') == []


@pytest.mark.parametrize("name", KNOWN)
def test_every_query_passes_the_guard_is_explained_and_uses_terms_that_there_are(name: str) -> None:
    item = KNOWN[name]
    assert guarded(item.text) == item.text
    assert item.note
    assert item.question.endswith("?")
    assert places(item.text) == tuple(dict.fromkeys(place for place, _ in item.parameters))
    spaces = {f"{BASE}{module}#" for module in modules() if "/" not in module}
    ours = {iri for iri in iris_used(item.text) if iri.startswith(tuple(spaces)) and not iri.endswith("#")}
    assert ours <= {
        str(term)
        for module in {iri.partition("#")[0].removeprefix(BASE) for iri in ours}
        for term in load(module).subjects()
    }


def test_lineage_comes_first_in_the_list() -> None:
    assert [item.id for item in packaged()][: len(KNOWN)] == list(KNOWN)
    assert len({item.id.lower() for item in packaged()}) == len(packaged())


def test_places_are_not_looked_for_in_texts_addresses_and_comments() -> None:
    query = 'SELECT * { <urn:$a> ?p \'$a\', """$a""" . $a ?p ?a } # $a'
    assert places(query) == ("a",)
    assert filled(query, {"a": "<urn:b>"}) == query.replace(". $a", ". <urn:b>")
    with pytest.raises(NoSuchPlace, match="no place \\$b; it has a"):
        filled(query, {"b": "1"})
    assert term_of('"a\\b"c"', str) == '"a\\\\b\\"c"', "no text breaks out of its quotes"
    assert term_of("2026", str) == "2026"


def test_on_the_command_line(office: Catalogue) -> None:
    def asked(*arguments: str) -> tuple[int, str, str]:
        found = semstat("query", *arguments, "--catalogue", office.folder)
        return found.code, found.out, found.err

    listed = asked("--list")[1]
    assert listed.startswith("L1   What does a thing rest on, near or far, and of what kind is it? --bind thing=…\n")
    assert "PREFIX ssl:" in asked("--list", "l3")[1]
    assert asked("L3", "--bind", "code=CL_AREA.NA", "--format", "csv")[1].splitlines()[1].endswith(",24,2010,2021")
    assert asked("L7", "--bind", "since=2000-01-01")[1].endswith("4 rows\n")
    assert asked("SELECT ?l { $code ss:identifier ?l }", "--bind", "$code=CL_AREA")[1].endswith("CL_AREA\n1 row\n")
    assert "has no place $cod; it has code" in asked("L3", "--bind", "cod=CL_AREA")[2]
    assert "takes NAME=VALUE" in asked("L3", "--bind", "code")[2]
    assert "did you mean CL_AREA?" in asked("L3", "--bind", "code=CL_AERA")[2]
