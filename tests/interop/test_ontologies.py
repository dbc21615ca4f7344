"""Ontologies judged: ours, whole and without a reasoner; broken files; what is not checked never passes."""

import os
from collections import Counter
from pathlib import Path

import pytest
from rdflib import Graph

from semstat.interop import Options, ontologies, parsers
from semstat.interop.ontologies import check_ontology
from semstat.interop.reasoning import inferred
from semstat.ontology import load, modules
from semstat.ontology.errors import MissingExtra
from semstat.ontology.terms import SST
from semstat.validators.diagnostics import CheckStatus, Verdict

OK = Path(__file__).parents[1] / "rules" / "ONT001-header-incomplete" / "ok.ttl"


def test_our_own_ontology_passes_without_a_finding() -> None:
    report = check_ontology(options=Options(max_findings=0))
    assert [item.message for item in report.diagnostics] == []
    assert report.verdict is Verdict.PASS
    assert len(report.sources) == len(modules())


def test_without_reasoning_the_verdict_is_incomplete() -> None:
    report = check_ontology([OK], reasoning=False)
    assert report.verdict is Verdict.INCOMPLETE
    assert [item.rule for item in report.checks if item.status is CheckStatus.NOT_CHECKED] == ["ONT014"]


def test_without_java_consistency_is_not_checked(monkeypatch) -> None:
    def absent(_graph: object) -> None:
        raise MissingExtra("reasoning", needs="Java", hint="install a Java runtime, which HermiT needs")

    monkeypatch.setattr("semstat.interop.ontologies.check", absent)
    report = check_ontology([OK])
    assert report.verdict is Verdict.INCOMPLETE
    assert "Java" in str(next(item for item in report.checks if item.rule == "ONT014").reason)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "IO105"),
        ("PREFIX a: <urn:a#>\na:b a ", "IO101"),
        ("PREFIX a: <urn:a#>\na:b a:c " + "<< " * 70, "IO107"),
        ("<?xml version='1.0'?><!DOCTYPE r [<!ENTITY e 'x'>]>"
         "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>&e;</rdf:RDF>", "IO102"),
        ('{"@context": {"a": "urn:a#"}, "@id": "a:b", "@type": "a:c"}', "IO112"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_finding(tmp_path, text, rule) -> None:
    suffix = ".rdf" if text.startswith("<?xml") else ".jsonld" if text.startswith("{") else ".ttl"
    file = tmp_path / f"broken{suffix}"
    file.write_text(text, encoding="utf-8")
    report = check_ontology([file])
    assert report.verdict in {Verdict.UNREADABLE, Verdict.INCOMPLETE}
    assert [item.rule for item in report.diagnostics] == [rule]


def test_a_missing_file_is_a_finding() -> None:
    assert [item.rule for item in check_ontology(["no-such.ttl"]).diagnostics] == ["IO104"]


def test_an_ontology_of_an_office_may_refer_to_ours_and_to_nothing_that_we_do_not_have(tmp_path) -> None:
    text = OK.read_text(encoding="utf-8").replace("rdfs:subClassOf farm:Holding", "rdfs:subClassOf sst:%s")
    file = tmp_path / "farm.ttl"
    for name, rules in (("Codelist", set()), ("NoSuchThing", {"ONT013"})):
        file.write_text("PREFIX sst: <https://w3id.org/semstat/structure#>\n" + text % name, encoding="utf-8")
        report = check_ontology([file])
        assert {item.rule for item in report.diagnostics if item.severity.value == "error"} == rules


def test_types_that_follow_are_written_and_those_stated_are_not(tmp_path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text(f"<urn:x> a <{SST.Codelist}> .", encoding="utf-8")
    outcome = inferred([file])
    assert outcome.turtle is not None
    assert "core#ItemScheme" in outcome.turtle
    assert f"<urn:x> a <{SST.Codelist}>" not in outcome.turtle


def test_dates_in_data_do_not_stop_the_reasoner() -> None:
    outcome = inferred([Path(__file__).parents[2] / "examples" / "cross-domain" / "graph.ttl"])
    assert outcome.problems == ()
    assert "ItemScheme" in str(outcome.turtle)


def test_a_contradiction_is_no_inference(tmp_path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text(f"<urn:x> a <{SST.Codelist}>, <{SST.ConceptScheme}> .", encoding="utf-8")
    assert (SST.Codelist, None, SST.ConceptScheme) in load()
    assert inferred([file]).state == "contradiction"


def test_a_text_of_megabytes_is_read_alike(tmp_path) -> None:
    file = tmp_path / "huge.ttl"
    file.write_text(f'<urn:a> <urn:b> "{"x" * 3_000_000}" .', encoding="utf-8")
    report = check_ontology([file], reasoning=False)
    assert {item.rule for item in report.diagnostics} == {"ONT001"}
    assert next(item for item in report.checks if item.rule == "ONT015").status is CheckStatus.CHECKED


def test_what_owlready2_cannot_read_is_not_checked_and_no_crash(tmp_path) -> None:
    file = tmp_path / "odd.ttl"
    file.write_text('<urn:a> <urn:b> "x"^^<http://www.w3.org/2001/XMLSchema#integer> .', encoding="utf-8")
    report = check_ontology([file], reasoning=False)
    outcome = next(item for item in report.checks if item.rule == "ONT015")
    assert outcome.status is CheckStatus.NOT_CHECKED
    assert str(outcome.reason).startswith("owlready2 cannot read the graph: ")


def test_every_file_is_parsed_once_and_owlready2_asked_twice(monkeypatch) -> None:
    calls: Counter[str] = Counter()

    def counted(name: str, function):
        def call(*arguments: object, **options: object):
            calls[name] += 1
            return function(*arguments, **options)

        return call

    monkeypatch.setattr("rdflib.Graph.parse", counted("parsed", Graph.parse))
    monkeypatch.setattr("semstat.interop.parsers.read_back", counted("read back", parsers.read_back))
    monkeypatch.setattr("semstat.interop.ontologies.check", counted("reasoned", ontologies.check))
    folder = OK.parents[1]
    files = [folder / "ONT001-header-incomplete" / "ok.ttl", folder / "ONT010-blank-node" / "bad.ttl"]
    check_ontology(files)
    parsed_by_us = calls["parsed"]
    assert calls == {"parsed": parsed_by_us, "read back": 1, "reasoned": 1}
    assert parsed_by_us == len(files)


def test_what_owlready2_loses_is_found_in_whichever_file_it_stands(tmp_path) -> None:
    bad = (OK.parents[1] / "ONT015-parsers-disagree" / "bad.ttl").read_bytes()
    (tmp_path / "b.ttl").write_bytes(bad)
    other = OK.read_text(encoding="utf-8").replace("https://example.org/farm", "https://example.org/other")
    (tmp_path / "a.ttl").write_text(other, encoding="utf-8")
    report = check_ontology([tmp_path / "a.ttl", tmp_path / "b.ttl"], reasoning=False)
    found = [Path(str(item.location.source)).name for item in report.diagnostics if item.rule == "ONT015"]
    assert set(found) == {"b.ttl"}


def test_options_of_java_are_those_of_the_user_or_gone_again(monkeypatch) -> None:
    monkeypatch.delenv("JDK_JAVA_OPTIONS", raising=False)
    assert check_ontology([OK]).verdict is Verdict.PASS
    assert "JDK_JAVA_OPTIONS" not in os.environ
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-Xss2m")
    assert check_ontology([OK]).verdict is Verdict.PASS
    assert os.environ["JDK_JAVA_OPTIONS"] == "-Xss2m"
