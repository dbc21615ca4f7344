"""Hygiene of the rule catalogue and of what is made from it."""

import importlib.util
import re
from importlib.resources import files
from pathlib import Path

import pytest
from rdflib import Graph, Literal

from semstat.ontology.terms import DCTERMS, OWL, RDF, RULE, SH, SS
from semstat.validators.explain import explain, listing
from semstat.validators.rules import catalogue

GENERATOR = Path(__file__).parents[2] / "docs" / "generate.py"
GRAPH = Graph().parse(data=files("semstat.validators").joinpath("rules.ttl").read_bytes(), format="turtle")
RULES = sorted(GRAPH.subjects(RDF.type, SS.Rule))
PRODUCTS = {
    "FMR": r"REG-\d{3}-\d{3}",
    "STRUVAL": r"\d{3}(/\d{3}(-\d)?)?",
    "SDMXTHON": r"(SS|MS)\d{2}",
    "W3C-QB": r"IC-\d{1,2}",
}


def test_catalogue_has_every_rule_of_the_file():
    assert len(RULES) == len(catalogue()) > 30


def test_header_names_title_licence_and_version():
    header = GRAPH.value(predicate=RDF.type, object=OWL.Ontology)
    assert header == RULE[""]
    for term in (DCTERMS.title, DCTERMS.abstract, DCTERMS.license, OWL.versionInfo, OWL.versionIRI):
        assert GRAPH.value(header, term)


@pytest.mark.parametrize("rule", RULES)
def test_rule_has_one_of_each_field(rule):
    for term in (DCTERMS.identifier, SH.severity, DCTERMS.source):
        assert len(list(GRAPH.objects(rule, term))) == 1
    for term in (SH.name, SH.message, SH.description, SS.fix):
        texts = [text for text in GRAPH.objects(rule, term) if isinstance(text, Literal) and text.language == "en"]
        assert len(texts) == 1
        assert str(texts[0]) == " ".join(str(texts[0]).split())


@pytest.mark.parametrize("rule", catalogue().values(), ids=str)
def test_rule_reads_as_agreed(rule):
    assert rule.iri == RULE[rule.id]
    assert re.fullmatch(
        r"(IO[12]|DSD|DF|CL|CON|MAP|ONT|PRC|QB|SK|STU|GSIM|XK|VC|LIN|ACT|GOV|PAR|MD|DDI|CAT)\d{2,3}", rule.id
    )
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert re.fullmatch(r"[A-Z][^.!?]*\.", rule.statement), "one sentence"
    assert rule.why.endswith(".")
    assert len(rule.why) >= 150, "what goes wrong in an office, and for whom"
    assert rule.fix.endswith(".")
    assert rule.source
    assert not re.search(r"\b(please|invalid input)\b", f"{rule.statement} {rule.why} {rule.fix}", re.IGNORECASE)
    for product, code in rule.external:
        assert re.fullmatch(PRODUCTS[product], code)


def test_names_are_unique():
    names = [rule.name for rule in catalogue().values()]
    assert len(set(names)) == len(names)


def test_explanation_holds_everything():
    rule = catalogue()["DF004"]
    flat = " ".join(explain(rule).split())
    for part in (rule.id, rule.name, rule.statement, rule.why, rule.fix, rule.source, "STRUVAL 150/029", str(rule.iri)):
        assert part in flat


def test_listing_has_one_line_for_each_rule():
    assert [line.split()[0] for line in listing().splitlines()] == list(catalogue())
    assert listing(()) == ""


def test_reference_pages_are_as_generated():
    spec = importlib.util.spec_from_file_location("docs_generate", GENERATOR)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.stale(module.pages()) == [], "run python docs/generate.py"
    assert module.main(["--check"]) == 0
