"""The shapes of governance and partnership: what they find does not depend on the company, nor on who runs them."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from semstat.interop import validate
from semstat.ontology import load, modules
from semstat.ontology.terms import BASE, RDF, RDFS, SH
from semstat.validators.diagnostics import CheckStatus, Verdict
from semstat.validators.engine import run_shapes
from semstat.validators.rules import catalogue
from semstat.validators.sets import add_rdf, empty_store
from semstat.validators.shape_families import judge_shapes

RULES = Path(__file__).parents[1] / "rules"
MODULES = ("governance", "partnership")
PREFIX = {"governance": "GOV", "partnership": "PAR"}
EXAMPLE = "https://example.org/office/"


def fixtures(module: str) -> list[Path]:
    return sorted(RULES.glob(f"{PREFIX[module]}*/*.ttl"))


def apart(file: Path) -> str:
    """A fixture whose things have names of their own, so that it can stand beside others."""
    return file.read_text("utf-8").replace(EXAMPLE, f"{EXAMPLE}{file.parent.name[:6]}-{file.stem}/")


def found(texts: list[str], module: str) -> set[tuple[str, str]]:
    store = empty_store()
    for text in texts:
        add_rdf(store, text.encode(), "turtle")
    return {(item.rule, item.message) for outcome in judge_shapes(store, module) for item in outcome.findings}


def shapes(module: str) -> str:
    return files("semstat.validators").joinpath(f"shapes/{module}.shacl.ttl").read_text("utf-8")


@pytest.mark.parametrize("module", MODULES)
def test_findings_are_the_same_alone_and_among_others(module: str) -> None:
    texts = [apart(file) for file in fixtures(module)]
    print(f"{len(texts)} files")
    assert found(texts, module) == set().union(*(found([text], module) for text in texts))


@pytest.mark.parametrize("module", MODULES)
def test_the_shacl_engine_finds_the_same(module: str) -> None:
    """The queries run once over the whole graph here, and once for each node in pySHACL."""
    texts = [apart(file) for file in fixtures(module) if file.stem.startswith("bad")]
    graph = load(*MODULES, *(name for name in modules() if name.startswith("vocabulary/")))
    background = set(graph.subjects())
    for text in texts:
        graph.parse(data=text, format="turtle")
    store = empty_store()
    for text in texts:
        add_rdf(store, text.encode(), "turtle")
    ours = {
        (item.rule, str(item.location.focus)) for outcome in judge_shapes(store, module) for item in outcome.findings
    }
    rules = run_shapes(graph, Graph().parse(data=shapes(module), format="turtle"))
    theirs = {(item.rule, item.focus) for item in rules if URIRef(item.focus) not in background}
    assert {rule for rule, _ in ours} == {rule for rule in catalogue() if rule.startswith(PREFIX[module])}
    assert ours == theirs


@pytest.mark.parametrize("module", MODULES)
def test_shapes_speak_of_terms_that_exist(module: str) -> None:
    graph = load("governance", "partnership")
    known = {str(term) for term in graph.subjects()}
    for prefix, name in (("ssg", "governance"), ("ssn", "partnership")):
        for local in set(re.findall(rf"\b{prefix}:(\w+)", shapes(module))):
            assert f"{BASE}{name}#{local}" in known, local


@pytest.mark.parametrize("module", MODULES)
def test_every_shape_has_a_message_and_a_rule_of_its_module(module: str) -> None:
    graph = Graph().parse(data=shapes(module), format="turtle")
    for kind in (SH.NodeShape, SH.PropertyShape):
        for shape in graph.subjects(RDF.type, kind):
            assert graph.value(shape, SH.message)
            rule = graph.value(shape, URIRef(BASE + "core#checksRule"))
            assert str(rule).rpartition("/")[2] in catalogue()
            assert str(rule).rpartition("/")[2].startswith(PREFIX[module])


def test_every_class_of_records_is_asked_for_its_fields() -> None:
    graph = Graph().parse(data=shapes("partnership"), format="turtle")
    classes = {term for term in load("partnership").subjects(RDF.type, URIRef("http://www.w3.org/2002/07/owl#Class"))}
    aimed = {target for shape in graph.subjects(SH.minCount) for target in graph.objects(shape, SH.targetClass)}
    assert aimed == classes


def test_vocabularies_are_those_that_properties_draw_on() -> None:
    graph = load("governance", "partnership")
    drawn = {
        str(scheme).removeprefix(BASE) for scheme in graph.objects(None, URIRef(BASE + "governance#takesValuesFrom"))
    }
    assert drawn <= set(modules())


def test_a_subclass_is_judged_as_what_it_is_a_kind_of() -> None:
    text = "@prefix ssn: <https://w3id.org/semstat/partnership#> . <urn:d> a ssn:PhaseDecision ."
    assert ("GOV004", "the decision `urn:d` has no rationale") in found([text], "governance")


def test_what_has_no_name_is_judged_too() -> None:
    text = "@prefix ssg: <https://w3id.org/semstat/governance#> . [] a ssg:Waiver ; ssg:rationale 'x' ."
    assert {rule for rule, _ in found([text], "governance")} == {"GOV026"}


def test_an_unknown_module_is_refused() -> None:
    with pytest.raises(KeyError):
        judge_shapes(empty_store(), "core")


def test_a_decision_and_its_proposal_may_stand_in_files_of_their_own(tmp_path: Path) -> None:
    text = (RULES / "GOV002-proposer-decides" / "bad.ttl").read_text("utf-8")
    head, at = text.partition(":p1 a ")[0].rpartition("\n\n")[0], text.index(":board a ")
    prefixes = "\n".join(line for line in text.splitlines() if line.startswith("@prefix"))
    (tmp_path / "proposal.ttl").write_text(text[:at], encoding="utf-8")
    (tmp_path / "decision.ttl").write_text(f"{prefixes}\n{text[at:]}", encoding="utf-8")

    report = validate([tmp_path])

    assert head
    (item,) = report.diagnostics
    assert (item.rule, Path(str(item.location.source)).name) == ("GOV002", "decision.ttl")


def test_a_broken_file_beside_leaves_nothing_judged(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes((RULES / "GOV002-proposer-decides" / "bad.ttl").read_bytes())
    (tmp_path / "b.ttl").write_bytes(b"@prefix ssg: <https://w3id.org/semstat/governance#> . <urn:a> ssg:status")

    report = validate([tmp_path])

    assert report.verdict is Verdict.UNREADABLE
    assert not [check for check in report.checks if check.status is CheckStatus.CHECKED and check.rule[:3] == "GOV"]
    assert [check.rule for check in report.checks if check.status is CheckStatus.NOT_CHECKED] == ["GOV001"]


@pytest.mark.parametrize(
    "broken",
    [b"\xff\xfe\x00https://w3id.org/semstat/governance#", b"<https://w3id.org/semstat/governance#> [", b"[" * 9000],
)
def test_what_is_no_rdf_never_passes(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "b.ttl").write_bytes(broken)
    assert validate([tmp_path / "b.ttl"]).verdict in {Verdict.UNREADABLE, Verdict.INCOMPLETE}


def test_other_syntaxes_are_judged_alike(tmp_path: Path) -> None:
    text = (RULES / "PAR005-too-few-partners" / "bad.ttl").read_text("utf-8")
    graph = Graph().parse(data=text, format="turtle")
    for name, form in (("a.nt", "nt"), ("a.rdf", "xml"), ("a.jsonld", "json-ld")):
        graph.serialize(tmp_path / name, format=form, encoding="utf-8")
        report = validate([tmp_path / name])
        assert [item.rule for item in report.diagnostics] == ["PAR005"], name


def test_labels_in_messages_are_those_of_the_terms() -> None:
    graph = load("partnership")
    labels = {str(label) for label in graph.objects(None, RDFS.label)}
    said = Graph().parse(data=shapes("partnership"), format="turtle")
    for shape, path in said.subject_objects(SH.path):
        if str(path).startswith(BASE + "partnership#"):
            assert any(label in str(said.value(shape, SH.message)) for label in labels)
