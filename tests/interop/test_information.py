"""Files that describe statistical information in the terms of GSIM, through ``validate``: any syntax, any damage."""

import json
from pathlib import Path

import pytest
from rdflib import Graph

from semstat.interop import Options, validate
from semstat.validators.diagnostics import CheckStatus, Report, Verdict
from semstat.validators.selection import selection_of

RULES = Path(__file__).parents[1] / "rules"
WORLD = Path(__file__).parents[1] / "validators" / "shapes" / "information" / "ok"
EXAMPLE = Path(__file__).parents[1] / "ontology" / "competency" / "activity.ttl"
WRONG = RULES / "GSIM001-relation-missing" / "bad.ttl"
RIGHT = RULES / "GSIM001-relation-missing" / "ok.ttl"
GSIM = Options(selection=selection_of(select=["GSIM"]))


def found(report: Report) -> list[tuple[str, str]]:
    return [(item.rule, item.message) for item in report.diagnostics]


def test_a_folder_that_describes_everything_passes() -> None:
    report = validate([WORLD], options=GSIM)
    assert report.verdict is Verdict.PASS
    assert len(report.sources) == 127
    judged = {item.rule for item in report.checks if item.status is CheckStatus.CHECKED}
    assert judged == {f"GSIM{number:03}" for number in range(1, 16)}


def test_the_example_of_activities_is_complete_by_our_own_rules() -> None:
    report = validate([EXAMPLE], options=Options(max_findings=0))
    assert report.verdict is Verdict.PASS
    # A national task stands under a sub-process of GSBPM, whose vocabulary is not given with the example.
    assert {item.rule for item in report.diagnostics} == {"SK026"}
    assert all("gsbpm/5.2/5.2" in item.message for item in report.diagnostics)
    judged = {item.rule for item in report.checks if item.status is CheckStatus.CHECKED}
    assert {"GSIM001", "GSIM003", "GSIM004", "GSIM005", "GSIM006", "GSIM009", "ACT004", "ACT008"} <= judged


def test_files_are_judged_together(tmp_path: Path) -> None:
    text = RIGHT.read_text(encoding="utf-8")
    head, unit = text[: text.index("<household-17>")], text[text.index("<household-17>") :]
    (tmp_path / "types.ttl").write_text(head, encoding="utf-8")
    (tmp_path / "units.ttl").write_text(head[: head.index("<household>")] + unit, encoding="utf-8")

    assert validate([tmp_path]).verdict is Verdict.PASS
    alone = validate([tmp_path / "units.ttl"])
    assert alone.verdict is Verdict.INCOMPLETE
    (reason,) = (item.reason for item in alone.checks if item.status is CheckStatus.NOT_CHECKED)
    assert "only named here" in str(reason)


@pytest.mark.parametrize(("suffix", "syntax"), [(".rdf", "xml"), (".jsonld", "json-ld"), (".nt", "nt")])
def test_every_syntax_of_rdf_shows_the_same(tmp_path: Path, suffix: str, syntax: str) -> None:
    graph = Graph().parse(WRONG, format="turtle")
    file = tmp_path / f"units{suffix}"
    file.write_text(graph.serialize(format=syntax), encoding="utf-8")

    report = validate([file])

    assert found(report) == found(validate([WRONG]))
    assert [item.location.line is not None for item in report.diagnostics] == [True]


def test_the_line_is_that_of_the_subject() -> None:
    (item,) = validate([WRONG]).diagnostics
    lines = WRONG.read_text(encoding="utf-8").splitlines()
    assert lines[(item.location.line or 0) - 1].startswith("<household-17>")


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.8, 0.97])
def test_a_file_that_breaks_off_is_no_pass(tmp_path: Path, cut: float) -> None:
    data = RIGHT.read_bytes()
    file = tmp_path / "cut.ttl"
    file.write_bytes(data[: int(len(data) * cut)])
    assert validate([file]).verdict is not Verdict.PASS


@pytest.mark.parametrize(
    "data",
    [
        RIGHT.read_text(encoding="utf-8").replace("household", "héron").encode("latin-1"),
        RIGHT.read_text(encoding="utf-8").encode("utf-16"),
        RIGHT.read_bytes() + b"<< " * 100_000,
        RIGHT.read_bytes() + b"\x00",
    ],
    ids=["latin-1", "utf-16", "depth", "null"],
)
def test_bytes_that_are_no_turtle_are_no_pass(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "broken.ttl"
    file.write_bytes(data)
    report = validate([file])
    assert report.verdict not in {Verdict.PASS, Verdict.FAIL}
    assert all(item.rule.startswith("IO") for item in report.diagnostics)


def test_one_broken_file_leaves_the_others_unjudged(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(RIGHT.read_bytes())
    (tmp_path / "b.ttl").write_bytes(WRONG.read_bytes()[:-20])
    report = validate([tmp_path])
    unjudged = [item.rule for item in report.checks if item.status is CheckStatus.NOT_CHECKED]
    assert unjudged == ["SK001", "GSIM001"], "the first rule of each family stands for all"


def test_odd_values_are_findings_and_no_crash(tmp_path: Path) -> None:
    file = tmp_path / "odd.ttl"
    file.write_text(
        RIGHT.read_text(encoding="utf-8")
        + """
<odd> a <https://w3id.org/semstat/information#StatisticalProgramme> ; ss:identifier 17 , "17"@en ; skos:prefLabel <x> ;
  ssi:budget "NaN"^^<http://www.w3.org/2001/XMLSchema#decimal> , 1e400 ; ssi:dateEnded "2024-13-45" , [] ;
  ssi:hasUniverse "all" ; ssi:hasContextOfSubjectField <odd> , <odd> ; ssi:dateInitiated 2024 .
""",
        encoding="utf-8",
    )
    rules = {item.rule for item in validate([file], options=Options(max_findings=0)).diagnostics}
    assert {"GSIM003", "GSIM004", "GSIM005", "GSIM006", "GSIM007", "GSIM008", "GSIM009"} <= rules


def test_a_remote_context_is_not_fetched(tmp_path: Path) -> None:
    file = tmp_path / "remote.jsonld"
    ssi = "https://w3id.org/semstat/information#"
    file.write_text(json.dumps({"@context": "https://example.org/context", "@type": f"{ssi}Unit"}), encoding="utf-8")
    assert validate([file]).verdict is not Verdict.PASS


def test_the_cascade_is_judged_once_a_step_of_it_is_stated(tmp_path: Path) -> None:
    """Who describes columns in GSIM's terms has not described a cascade; who states one step of it has."""
    head = RIGHT.read_text(encoding="utf-8")
    column = head + '\n<age> a ssi:InstanceVariable ; ss:identifier "AGE" ; skos:prefLabel "age"@en .\n'
    step = column + "<age> ssi:takesMeaningFromRepresentedVariable <years> . <years> a ssi:RepresentedVariable .\n"
    (tmp_path / "data.ttl").write_text(column, encoding="utf-8")
    assert not [item for item in validate([tmp_path]).checks if item.rule.startswith("VC")]
    (tmp_path / "data.ttl").write_text(step, encoding="utf-8")
    assert "VC002" in {item.rule for item in validate([tmp_path]).diagnostics}
