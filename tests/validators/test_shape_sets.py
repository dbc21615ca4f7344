"""Shapes run as sets say what a SHACL engine says, on fixtures, on generated classifications and on real ones."""

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from corpora import CORPORA, needs_corpora
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, SKOS
from work_counted import calls_of

from semstat.interop import Options, validate
from semstat.ontology.terms import SH, SS
from semstat.validators.circles import circles
from semstat.validators.diagnostics import CheckStatus, Report, Verdict
from semstat.validators.rules import catalogue
from semstat.validators.sets import add_rdf, empty_store
from semstat.validators.shape_families import FAMILIES, families_in, judge_shapes, make_ready
from semstat.validators.shape_queries import shapes_of_family, slots_of

RULES = Path(__file__).parents[1] / "rules"
SHAPES = Path(__file__).parents[2] / "validators" / "shapes"
XKOS = Namespace("http://rdf-vocabulary.ddialliance.org/xkos#")
PREFIX: dict[str, str | tuple[str, ...]] = {
    "information": "GSIM",
    "classification": "XK",
    "study": "VC",
    "lineage": "LIN",
    "activity": "ACT",
    "governance": "GOV",
    "partnership": "PAR",
    "cdi": tuple(f"DDI{number:03}" for number in range(41, 68)),
}
BESIDE = {"GSIM014", "GSIM015", "DDI043", "DDI044", "DDI062", "DDI065", "DDI066"}
"""Rules of families that have no shape: who reads the file decides them."""
QUERIED = ("classification", "study", "lineage", "activity")
"""The families whose shapes are all stated as queries."""
CASES = sorted(
    {path.read_bytes(): path for family in QUERIED for path in RULES.glob(f"{PREFIX[family]}*/*.ttl")}.values()
)
"""Many rules share one case that keeps to them."""
ALL = Options(max_findings=0)


@lru_cache
def shapes(family: str) -> Graph:
    return Graph().parse(SHAPES / f"{family}.shacl.ttl", format="turtle")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_states_its_rules_and_no_other(family: str) -> None:
    stated = set(shapes_of_family(family).aims) - BESIDE
    assert stated == {rule for rule in catalogue() if rule.startswith(PREFIX[family])} - BESIDE
    assert FAMILIES[family].first == min(stated)


def test_every_rule_of_a_family_has_an_outcome() -> None:
    for family in FAMILIES:
        rules = [item.rule for item in judge_shapes(empty_store(), family)]
        known = sorted(rule for rule in catalogue() if rule.startswith(PREFIX[family]))
        assert rules == [rule for rule in known if family != "cdi" or rule not in BESIDE]


@pytest.mark.parametrize("family", QUERIED)
def test_a_shape_has_a_target_and_one_constraint_with_a_message(family: str) -> None:
    graph = shapes(family)
    for shape in graph.subjects(SS.checksRule, None):
        assert {*graph.objects(shape, SH.targetClass), *graph.objects(shape, SH.targetSubjectsOf)}
        (constraint,) = graph.objects(shape, SH.sparql)
        assert isinstance(constraint, URIRef)
        assert "{$this}" in str(graph.value(constraint, SH.message))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_message_shows_nothing_that_the_query_does_not_give(family: str) -> None:
    store = empty_store()
    for query in shapes_of_family(family).queries:
        names = {variable.value for variable in store.query(query.text).variables}  # type: ignore[union-attr]
        assert set(slots_of(query.message)) <= names, query.shape


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name[:6]}-{path.stem}")
def test_a_shacl_engine_gives_the_same_findings(case: Path) -> None:
    import pyshacl

    ours, theirs = set(), set()
    for family in families_in(case.read_bytes()) & set(QUERIED):
        store = empty_store()
        add_rdf(store, case.read_bytes(), "turtle")
        ours |= {(item.rule, item.location.focus) for one in judge_shapes(store, family) for item in one.findings}
        lifted, graph = Graph().parse(data=lifted_text(case, family), format="nt"), shapes(family)
        _, report, _ = pyshacl.validate(lifted, shacl_graph=graph)
        for result in report.subjects(RDF.type, SH.ValidationResult):
            rule = graph.value(report.value(result, SH.sourceShape), SS.checksRule)
            theirs.add((str(rule).rpartition("/")[2], str(report.value(result, SH.focusNode))))
    assert ours == theirs
    assert bool(ours) == (not case.stem.startswith("ok"))


def lifted_text(case: Path, family: str) -> str:
    store = empty_store()
    add_rdf(store, case.read_bytes(), "turtle")
    make_ready(store, family)
    return "".join(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in store)


def test_other_vocabularies_call_for_no_family() -> None:
    assert not families_in(b"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .")
    assert not families_in(b"")


def test_a_thesaurus_beside_a_classification_is_not_judged_as_one(tmp_path) -> None:
    text = (RULES / "XK007-item-without-code" / "ok.ttl").read_text("utf-8")
    text += "\n:words a skos:ConceptScheme .\n:word a skos:Concept ; skos:inScheme :words .\n"
    assert said(tmp_path, text).verdict is Verdict.PASS


def said(folder: Path, text: str, name: str = "data.ttl") -> Report:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return validate([file], options=ALL)


def test_nodes_without_a_name_are_told_the_same_way_each_time(tmp_path) -> None:
    text = (
        "@prefix xkos: <http://rdf-vocabulary.ddialliance.org/xkos#> .\n"
        "[] a xkos:ConceptAssociation .\n[] a xkos:ConceptAssociation .\n"
    )
    reports = [said(tmp_path, text) for _ in range(2)]
    messages = [[item.message for item in report.diagnostics] for report in reports]
    assert messages[0] == messages[1]
    assert "the association `a node without a name` has neither source nor target" in messages[0]


def test_a_chain_of_nodes_without_a_name_is_no_circle(tmp_path) -> None:
    text = (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix xkos: <http://rdf-vocabulary.ddialliance.org/xkos#> .\n"
        "<urn:c> xkos:numberOfLevels 1 .\n[] skos:inScheme <urn:c> ; skos:broader [ skos:inScheme <urn:c> ; skos:broader [] ] .\n"
    )
    assert not [item for item in said(tmp_path, text).diagnostics if "lead back" in item.message]


def test_what_is_not_described_is_said_to_be_undecided(tmp_path) -> None:
    text = (RULES / "XK017-association-leaves-classifications" / "ok.ttl").read_text("utf-8")
    report = said(tmp_path, text.replace("skos:inScheme :new ;", ""))
    reasons = [item.reason for item in report.checks if item.status is CheckStatus.NOT_CHECKED]
    assert reasons == ["1 items at the ends of associations are in no classification at hand"]
    assert report.verdict is not Verdict.PASS


def test_a_file_that_breaks_off_leaves_the_others_unjudged(tmp_path) -> None:
    whole = RULES / "XK007-item-without-code" / "ok.ttl"
    half = tmp_path / "half.ttl"
    half.write_text(whole.read_text("utf-8")[:900], encoding="utf-8")
    report = validate([half, whole], options=ALL)
    assert [item.rule for item in report.diagnostics] == ["IO101"]
    assert {(item.rule, item.status) for item in report.checks} == {
        (first, CheckStatus.NOT_CHECKED) for first in ("SK001", "XK001")
    }


def test_lists_that_turn_back_end(tmp_path) -> None:
    text = (
        "@prefix : <https://example.org/> .\n@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        "@prefix xkos: <http://rdf-vocabulary.ddialliance.org/xkos#> .\n"
        ":c xkos:levels :l .\n:l rdf:first :a ; rdf:rest :l .\n:a a xkos:ClassificationLevel ; xkos:depth 1 .\n"
    )
    assert said(tmp_path, text).verdict is Verdict.PASS  # one level, at place 1 of a list that never ends


def classification(width: int) -> str:
    """A classification of three levels with ``width`` items at each node."""
    head = (
        "@prefix : <https://example.org/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix xkos: <http://rdf-vocabulary.ddialliance.org/xkos#> .\n"
        ":c a skos:ConceptScheme ; xkos:numberOfLevels 3 ; xkos:levels ( :l1 :l2 :l3 ) ; xkos:coversExhaustively :d ;\n"
        "  xkos:coversMutuallyExclusively :d .\n"
    )
    lines = [
        f':l{depth} a xkos:ClassificationLevel ; xkos:depth {depth} ; xkos:notationPattern "[0-9.]+" .'
        for depth in (1, 2, 3)
    ]
    parts = [str(number) for number in range(width)]
    nodes = [(a,) for a in parts] + [(a, b) for a in parts for b in parts]
    nodes += [(a, b, c) for a in parts for b in parts for c in parts]
    for node in nodes:
        name = "-".join(node)
        parent = f"skos:broader :i{'-'.join(node[:-1])}" if len(node) > 1 else "skos:topConceptOf :c"
        words = f'skos:notation "{".".join(node)}" ; skos:prefLabel "{name}"@en'
        lines.append(f":i{name} a skos:Concept ; skos:inScheme :c ; {parent} ; {words} .")
        lines.append(f":l{len(node)} skos:member :i{name} .")
    return head + "\n".join(lines) + "\n"


def test_twenty_thousand_items_are_judged(tmp_path) -> None:
    report = said(tmp_path, classification(27))
    assert report.verdict is Verdict.PASS
    assert next(item.examined for item in report.checks if item.rule == "XK007") == 27 + 27**2 + 27**3


def test_the_work_grows_with_the_items(tmp_path) -> None:
    said(tmp_path, classification(1))
    few, many = (calls_of(lambda width=width: said(tmp_path, classification(width))) for width in (8, 12))
    assert many / few < 1.2 * (12 + 12**2 + 12**3) / (8 + 8**2 + 8**3)


@pytest.mark.parametrize("step", ["skos:broader", "ssl:usesConcept"])
def test_long_chains_are_followed(tmp_path, step: str) -> None:
    """A property path followed from each node would have the suite hang."""
    lines = [f":i{number} skos:inScheme :c ; {step} :i{number + 1} ." for number in range(20_000)]
    head = (
        "@prefix : <https://example.org/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix ssl: <https://w3id.org/semstat/lineage#> .\n"
        "@prefix xkos: <http://rdf-vocabulary.ddialliance.org/xkos#> .\n:c xkos:numberOfLevels 1 .\n"
    )
    whole = said(tmp_path, head + "\n".join(lines))
    assert not {"LIN003"} & {item.rule for item in whole.diagnostics}
    assert not [item for item in whole.diagnostics if "lead back" in item.message]
    closed = said(tmp_path, head + "\n".join(lines) + f"\n:i20000 {step} :i0 .\n")
    assert sum("lead back" in item.message or item.rule == "LIN003" for item in closed.diagnostics) >= 20_000


@given(st.sets(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"))))
def test_circles_are_where_a_node_leads_back_to_itself(edges: set[tuple[str, str]]) -> None:
    reach = set(edges)
    for _ in range(6):
        reach |= {(start, end) for start, middle in reach for other, end in reach if middle == other}
    found = circles(sorted(edges))
    assert set(found) == {node for node in "abcdef" if (node, node) in reach}
    for one in found:
        for other in found:
            assert (found[one] == found[other]) == (one == other or {(one, other), (other, one)} <= reach)


def corpus() -> list[Path]:
    assert CORPORA is not None
    return sorted((CORPORA / "classifications" / "semstats-2016").glob("*.ttl"))


@lru_cache
def real(name: str) -> tuple[Graph, Counter[str]]:
    (path,) = (path for path in corpus() if path.stem == name)
    report = validate([path], options=ALL)
    return Graph().parse(path, format="turtle"), Counter(
        item.rule for item in report.diagnostics if not item.rule.startswith("SK")
    )


@needs_corpora
def test_classifications_in_use_are_judged_as_they_are() -> None:
    expected = {
        "isicr31": {}, "isicr4": {}, "isicr4-nacer2": {}, "nacer11-nacer2": {}, "nacer2-nafr2": {},
        "isicr31-isicr4": {"XK014": 1, "XK016": 2 * 737}, "nacer11": {"XK020": 1}, "nacer2": {"XK020": 1},
        "nafr2": {"XK018": 16},
    }  # fmt: skip
    found = {path.stem: dict(real(path.stem)[1]) for path in corpus()}
    assert len(found) == 9
    assert found == expected


@needs_corpora
def test_the_faults_found_are_there() -> None:
    graph, found = real("isicr31-isicr4")
    ends = [*graph.objects(None, XKOS.sourceConcept), *graph.objects(None, XKOS.targetConcept)]
    assert found["XK016"] == sum(isinstance(end, Literal) for end in ends)
    graph, found = real("nafr2")
    empty = [
        note
        for note in graph.subjects(RDF.type, XKOS.ExplanatoryNote)
        if not str(graph.value(note, XKOS.plainText) or "")
    ]
    assert found["XK018"] == len(empty)
    for name in ("nacer11", "nacer2"):
        assert len(list(real(name)[0].subject_objects(XKOS.hasLevels))) == 1


@needs_corpora
@pytest.mark.parametrize("pair", [("isicr4", "nacer2"), ("nacer11", "nacer2"), ("nacer2", "nafr2")], ids="-".join)
def test_correspondences_are_decided_where_both_classifications_are_at_hand(pair: tuple[str, str]) -> None:
    wanted = {*pair, "-".join(pair)}
    report = validate([path for path in corpus() if path.stem in wanted], options=ALL)
    outside = [item for item in report.diagnostics if item.rule == "XK017"]
    undecided = [item.reason for item in report.checks if item.status is CheckStatus.NOT_CHECKED]
    known = Graph()
    for path in (path for path in corpus() if path.stem in wanted):
        known.parse(path, format="turtle")
    ends = {*known.objects(None, XKOS.sourceConcept), *known.objects(None, XKOS.targetConcept)}
    missing = sum((end, SKOS.inScheme, None) not in known for end in ends)
    assert not outside
    assert undecided == (
        [f"{missing} items at the ends of associations are in no classification at hand"] if missing else []
    )
