"""The commands on a catalogue, as people use them: one after the other, with every message read."""

import json
import shutil
from pathlib import Path

import pytest

from tests.command import EXAMPLES, semstat


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is a catalogue, with one structure loaded; the commands run in it."""
    shutil.copy(EXAMPLES / "structure.xml", tmp_path / "structure.xml")
    monkeypatch.chdir(tmp_path)
    assert semstat("init").out == ". is a catalogue; semstat load FILE… reads metadata into it\n"
    assert semstat("load", "structure.xml").out.splitlines()[-1] == "1 added"
    return tmp_path


def test_where_there_is_no_catalogue_the_message_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (
        ["load", "a.ttl"],
        ["catalogue", "list"],
        ["lineage", "A"],
        ["query", "ASK {}"],
        ["find", "a"],
        ["why", "A", "B"],
    ):
        outcome = semstat(*command)
        assert (outcome.code, outcome.out) == (2, "")
        assert "semstat init" in outcome.err


def test_the_catalogue_is_found_from_below_and_by_name(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = office / "a" / "b"
    below.mkdir(parents=True)
    listed = semstat("catalogue", "list").out
    monkeypatch.chdir(below)
    assert semstat("catalogue", "list").out == listed
    monkeypatch.chdir("/")
    assert semstat("catalogue", "list", "--catalogue", office).out == listed
    assert "structure.xml  sdmx-ml-2.1-structure" in listed


def test_loading_tells_what_became_of_each_source(office: Path) -> None:
    assert semstat("load").out == "1 unchanged\n"
    (office / "broken.ttl").write_text("<urn:a> <urn:b> ")
    outcome = semstat("load", ".")
    assert outcome.code == 3
    assert "refused   broken.ttl" in outcome.out
    assert "IO101" in outcome.out
    found = json.loads(semstat("load", ".", "--format", "json").out)["sources"]
    assert {item["name"]: item["state"] for item in found} == {"broken.ttl": "refused", "structure.xml": "unchanged"}
    assert semstat("load", "no-such-file.xml").code == 3


def test_looking_after_a_catalogue(office: Path, tmp_path: Path) -> None:
    assert semstat("catalogue", "verify", "--deep").out == "1 of 1 sources are whole\n"
    assert semstat("catalogue", "show", "CL_AREA").out.startswith("SEMSTAT:CL_AREA(1.0)  Codelist\n")
    assert semstat("catalogue", "export", "-o", office / "all.nq").code == 0
    assert semstat("catalogue", "export", "-o", office / "all.xml").code == 2
    assert semstat("catalogue", "backup", tmp_path / "copy").out.startswith("1 sources copied to ")
    (office / "structure.xml").write_bytes((office / "structure.xml").read_bytes() + b"\n")
    changed = semstat("catalogue", "verify")
    assert (changed.code, changed.out.splitlines()[0]) == (1, "changed   structure.xml: the file is not what was read")
    wrong = semstat("catalogue", "remove", "structur.xml")
    assert (wrong.code, "did you mean structure.xml?" in wrong.err) == (2, True)
    assert semstat("catalogue", "remove", "structure.xml").out == "1 removed\n"
    assert semstat("load").code == 2


def test_lineage_why_and_impact(office: Path) -> None:
    tree = semstat("lineage", "CL_AREA").out
    assert "SEMSTAT:DF_POPULATION(1.0): Population of selected countries  Dataflow  (structure)" in tree
    assert semstat("lineage", "DF_POPULATION", "--up", "--format", "csv").out.startswith(
        "distance,name,label,kind,dependency,iri\n"
    )
    assert json.loads(semstat("lineage", "CL_AREA", "--format", "json", "--depth", "1").out)["reached"]
    why = semstat("why", "CL_AREA", "DF_POPULATION")
    assert why.out.startswith("SEMSTAT:DF_POPULATION(1.0) (Population of selected countries) has the structure")
    assert semstat("why", "CL_AREA", "CL_FREQ").code == 1
    impact = semstat("impact", "CL_AREA.NA", "--change", "code-removed")
    assert impact.code == 1, "no data were looked at, so the worst is assumed"
    assert "breaking  SEMSTAT:DF_POPULATION(1.0)  Dataflow" in impact.out
    assert "tell SDMX:AGENCIES(1.0).SEMSTAT: " in impact.out
    assert semstat("impact", "CL_AREA", "--change", "label").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lineage", "CL_AERA"], "did you mean CL_AREA"),
        (["lineage", "A"], "names 2 things; name one of them"),
        (["lineage", "CL_AREA", "--kinds", "structur"], "did you mean structure?"),
        (["lineage", "CL_AREA", "--valid-on", "yesterday"], "a day such as 2026-01-31"),
        (["impact", "CL_AREA", "--change", "labl"], "did you mean label?"),
        (["query", "nothing.rq"], "neither SPARQL nor a file nor a packaged query"),
        (["query", "zzz"], "semstat query --list shows them"),
        (["query"], "name a query"),
        (["query", "INSERT DATA { <urn:a> <urn:b> <urn:c> }"], "none of SELECT, ASK, CONSTRUCT and DESCRIBE"),
        (["lineage", "zzzzzzzz"], "semstat find looks for words"),
        (["query", "SELECT * { SERVICE <urn:a> { ?s ?p ?o } }"], "nothing is fetched"),
        (["query", "SELECT * { ?s ?p ?o } LIMIT 1", "--format", "turtle"], "ask with CONSTRUCT"),
        (["query", "ASK {"], "something else is expected there"),
    ],
)
def test_what_was_meant_is_said(office: Path, arguments: list[str], said: str) -> None:
    outcome = semstat(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert office.is_dir()


def test_queries_from_everywhere_in_every_form(office: Path) -> None:
    select = "SELECT ?n { ?l a sst:Codelist ; ss:identifier ?n } ORDER BY ?n LIMIT 2"
    assert semstat("query", select).out == "n\nCL_AREA\nCL_FREQ\n2 rows\n"
    (office / "lists.rq").write_text(select)
    assert semstat("query", "lists.rq", "--format", "csv").out == "n\nCL_AREA\nCL_FREQ\n"
    assert semstat("query", "-", "--format", "json", stdin=select.encode()).code == 0
    assert semstat("query", "ASK { ?l a sst:Codelist }").out == "yes\n"
    assert semstat("query", "ASK { ?l a sst:Nothing }").code == 1
    turtle = semstat("query", "CONSTRUCT { ?l a sst:Codelist } { ?l a sst:Codelist }").out
    assert turtle.count(" a sst:Codelist .") == 6
    assert semstat("query", "--list").out.startswith("L1   ")
    assert "SELECT" in semstat("query", "--list", "A1").out


def test_finding_by_words_in_any_language_misspelt_or_not(office: Path) -> None:
    for words in (["Namibia"], ["namibie"], ["NAMÍBIA"], ["namibbia"], ["namib"]):
        outcome = semstat("find", *words)
        assert outcome.code == 0, words
        assert outcome.out.startswith("SEMSTAT:CL_AREA(1.0).NA  Code  label"), words
    assert semstat("find", "Alemania", "--lang", "es").code == 0
    assert semstat("find", "Alemania", "--lang", "fr").out == "nothing is called so\n"
    assert json.loads(semstat("find", "population", "--format", "json", "--limit", "3").out)["found"][2]
    assert office.is_dir()
