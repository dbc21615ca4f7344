"""Which rules an RDF file is held to, and what is said where there are none for it."""

from pathlib import Path

import pytest
from rdflib import Graph

from semstat.interop import Options, validate
from semstat.interop.rdf_families import FAMILIES
from semstat.validators.diagnostics import CheckStatus, Verdict

STRANGE = '@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n<urn:a> foaf:name "a" ; foaf:knows <urn:b> .\n'
RIGHT = Path(__file__).parents[1] / "rules" / "GSIM001-relation-missing" / "ok.ttl"


@pytest.mark.parametrize(("suffix", "syntax"), [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld")])
def test_rdf_of_no_known_subject_is_named_as_not_checked(tmp_path: Path, suffix: str, syntax: str) -> None:
    file = tmp_path / f"people.{suffix}"
    Graph().parse(data=STRANGE, format="turtle").serialize(file, format=syntax, encoding="utf-8")

    report = validate([file])

    (item,) = report.diagnostics
    assert (item.rule, item.location.source) == ("IO112", str(file))
    assert all(family.subject in item.message for family in FAMILIES)
    assert [check.status for check in report.checks] == [CheckStatus.NOT_CHECKED]
    assert report.verdict is Verdict.INCOMPLETE


def test_rdf_of_no_known_subject_is_read_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "people.ttl"
    file.write_text(STRANGE[:-9], encoding="utf-8")
    report = validate([file])
    assert [item.rule for item in report.diagnostics] == ["IO101"]
    assert report.verdict is Verdict.UNREADABLE


def test_rdf_without_triples_is_no_pass(tmp_path: Path) -> None:
    file = tmp_path / "empty.ttl"
    file.write_text("# nothing yet\n@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n", encoding="utf-8")
    report = validate([file])
    assert [item.rule for item in report.diagnostics] == ["IO110"]
    assert report.verdict is Verdict.INCOMPLETE


def test_what_stands_beside_a_known_subject_is_taken_with_it(tmp_path: Path) -> None:
    (tmp_path / "people.ttl").write_text(STRANGE, encoding="utf-8")
    (tmp_path / "units.ttl").write_bytes(RIGHT.read_bytes())
    assert validate([tmp_path]).verdict is Verdict.PASS


def test_triples_are_counted_once_however_many_families_judge_them(tmp_path: Path) -> None:
    text = RIGHT.read_text("utf-8") + "<a> ssi:takesMeaningFromConceptualVariable <b> .\n"
    (tmp_path / "a.ttl").write_text(text, encoding="utf-8")
    report = validate([tmp_path], options=Options(max_findings=0))
    assert {check.rule[:2] for check in report.checks} >= {"GS", "VC"}
    assert report.triples == len(Graph().parse(data=text, format="turtle"))
