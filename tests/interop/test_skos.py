"""Concept schemes that others wrote: judged in every syntax, on real vocabularies, in proportion, and under attack."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from corpora import CORPORA, needs_corpora
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from work_counted import growth

from semstat.interop import Options, validate
from semstat.validators.diagnostics import CheckStatus, Report, Verdict
from semstat.validators.rules import catalogue
from semstat.validators.sets import add_rdf, empty_store
from semstat.validators.skos import CYCLE, judge_skos

RULES = Path(__file__).parents[1] / "rules"
ALL = Options(max_findings=0)
SK = [rule for rule in catalogue() if rule.startswith("SK")]
PREFIXES = """@prefix : <https://example.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""

NAMED_BY_QSKOS = {
    "orphan concepts": "SK010",
    "missing labels": "SK001",
    "overlapping labels": "SK007",
    "inconsistent preferred labels": "SK002",
    "disjoint-label violations": "SK003",
    "empty labels": "SK004",
    "omitted language tags": "SK005",
    "incomplete language coverage": "SK006",
    "ambiguous notations": "SK008",
    "undocumented concepts": "SK009",
    "cyclic hierarchy": "SK012",
    "top concepts with a broader concept": "SK013",
    "omitted top concepts": "SK014",
    "unidirectionally related concepts": "SK015",
    "relation clashes": "SK016",
    "hierarchical redundancy": "SK017",
    "mapping clashes": "SK018",
    "mapping inside one scheme": "SK019",
    "valueless associative relations": "SK021",
    "solely transitively related": "SK022",
    "reflexively related concepts": "SK023",
    "undefined SKOS terms": "SK024",
    "HTTP URI violations": "SK029",
}
"""The checks that Mader, Haslhofer and Isaac name, each with the rule that makes it."""

REAL = {
    # file: broken rules with their findings
    "classifications/semstats-2016/isicr31.ttl": {"SK001": 1, "SK009": 539, "SK011": 1},
    "classifications/semstats-2016/isicr4.ttl": {"SK009": 766},
    "classifications/semstats-2016/nacer11.ttl": {"SK009": 306},
    "classifications/semstats-2016/nacer2.ttl": {"SK009": 195},
    "classifications/semstats-2016/nafr2.ttl": {"SK002": 10, "SK009": 773},
    "classifications/skosify-examples/milk.in.ttl": {"SK009": 3, "SK011": 3, "SK028": 1, "SK030": 1},
    "classifications/skosify-examples/milk.out.ttl": {"SK009": 3, "SK028": 1},
    "classifications/un-sdg-kos/sdg-codes.ttl": {
        "SK003": 214, "SK006": 171, "SK007": 13, "SK009": 877, "SK020": 1,
    },
    "classifications/un-sdg-kos/sdg-kos-goals-targets-indicators.ttl": {"SK002": 6, "SK007": 2},
    "classifications/un-sdg-kos/sdg-kos-series-2019-Q2-G-01.ttl": {},
    "vocab/coos/coos.ttl": {"SK002": 1, "SK006": 1, "SK009": 88},
}  # fmt: skip


def broken(report: Report) -> dict[str, int]:
    found = Counter[str]()
    for item in report.totals:
        found[item.rule] += item.findings
    return {rule: number for rule, number in sorted(found.items()) if rule.startswith("SK")}


def judged(text: str) -> dict[str, list[str]]:
    store = empty_store()
    add_rdf(store, (PREFIXES + text).encode(), "turtle")
    return {item.rule: [one.message for one in item.findings] for item in judge_skos(store) if item.findings}


@needs_corpora
@pytest.mark.parametrize("name", REAL)
def test_real_vocabularies(name) -> None:
    assert CORPORA is not None
    report = validate([CORPORA / name], options=ALL)
    assert broken(report) == REAL[name]
    assert {item.rule for item in report.checks} >= set(SK)
    assert all(item.location.line for item in report.diagnostics if item.rule not in {"SK020"})


@needs_corpora
def test_all_classifications_together() -> None:
    assert CORPORA is not None
    files = sorted((CORPORA / "classifications/semstats-2016").glob("*.ttl"))
    assert len(files) == 9
    report = validate(files, options=ALL)
    assert report.verdict is Verdict.FAIL
    assert broken(report)["SK002"] == 10


@pytest.mark.parametrize("check", NAMED_BY_QSKOS)
def test_every_check_of_qskos_has_a_rule_with_a_good_and_a_bad_case(check: str) -> None:
    (folder,) = RULES.glob(f"{NAMED_BY_QSKOS[check]}-*")
    assert NAMED_BY_QSKOS[check] in SK
    for case in ("ok", "bad"):
        assert list(folder.glob(f"{case}*.ttl"))
    assert any(f" {NAMED_BY_QSKOS[check]} " in file.read_text("utf-8") for file in folder.glob("bad*.expected.txt"))


def test_every_rule_is_reported_on() -> None:
    report = validate([RULES / "SK001-concept-without-label/ok.ttl"])
    assert sorted(item.rule for item in report.checks) == SK
    assert {item.status for item in report.checks} == {CheckStatus.CHECKED, CheckStatus.NOT_APPLICABLE}
    assert len(SK) == 30


@pytest.mark.parametrize(("syntax", "suffix"), [("nt", ".nt"), ("xml", ".rdf"), ("json-ld", ".jsonld")])
@pytest.mark.parametrize("rule", SK)
def test_every_syntax_says_the_same(rule, syntax, suffix, tmp_path) -> None:
    (source,) = RULES.glob(f"{rule}-*/bad.ttl")
    other = tmp_path / f"bad{suffix}"
    other.write_text(Graph().parse(source).serialize(format=syntax), encoding="utf-8")
    said = [[(item.rule, item.message) for item in validate([file]).diagnostics] for file in (source, other)]
    assert sorted(said[0]) == sorted(said[1])


def test_files_of_one_scheme_are_judged_together(tmp_path) -> None:
    text = (RULES / "SK001-concept-without-label/ok.ttl").read_text("utf-8")
    head, _, tail = text.partition("\n:M a")
    prefixes = "".join(line + "\n" for line in head.splitlines() if line.startswith("@prefix"))
    (tmp_path / "one.ttl").write_text(head, "utf-8")
    (tmp_path / "two.ttl").write_text(prefixes + "\n:M a" + tail, "utf-8")
    alone = validate([tmp_path / "one.ttl"])
    assert broken(alone) == {"SK026": 1}
    assert broken(validate([tmp_path])) == {}


def test_an_unreadable_file_leaves_the_others_unjudged(tmp_path) -> None:
    text = (RULES / "SK001-concept-without-label/bad.ttl").read_text("utf-8")
    (tmp_path / "good.ttl").write_text(text, "utf-8")
    (tmp_path / "torn.ttl").write_text(text[:-40], "utf-8")
    report = validate([tmp_path])
    assert report.verdict is Verdict.UNREADABLE
    assert [item.rule for item in report.diagnostics] == ["IO101"]
    assert [item.status for item in report.checks] == [CheckStatus.NOT_CHECKED]


def test_an_unreadable_file_beside_a_cube_is_reported_once(tmp_path) -> None:
    (cube,) = RULES.glob("QB003-*/ok.ttl")
    (tmp_path / "cube.ttl").write_text(cube.read_text("utf-8"), "utf-8")
    (tmp_path / "torn.ttl").write_text(PREFIXES + ":a skos:prefLabel", "utf-8")
    report = validate([tmp_path])
    assert [item.rule for item in report.diagnostics] == ["IO101"]
    assert sum(item.findings for item in report.totals) == 1


@pytest.mark.parametrize("cut", [1, 100, 333, 700])
@pytest.mark.parametrize("damage", ["cut", "latin", "nul"])
def test_damaged_files_are_findings(cut, damage, tmp_path) -> None:
    data = (RULES / "SK001-concept-without-label/ok.ttl").read_bytes()
    broken_data = {
        "cut": data[:-cut],
        "latin": data[:cut] + b"\xe9" + data[cut:],
        "nul": data[:cut] + b"\0" + data[cut:],
    }
    (tmp_path / "bad.ttl").write_bytes(broken_data[damage])
    report = validate([tmp_path / "bad.ttl"])
    assert report.verdict in {Verdict.UNREADABLE, Verdict.PASS, Verdict.FAIL}
    assert report.diagnostics or report.checks


def chain(length: int) -> str:
    return "".join(
        f':c{n} a skos:Concept ; skos:inScheme :s ; skos:prefLabel "c{n}"@en ; skos:broader :c{n + 1} .\n'
        for n in range(length)
    )


def test_a_chain_of_many_concepts_and_a_circle_of_many_are_no_trap() -> None:
    assert CYCLE not in judged(chain(10_000))
    (circle,) = judged(chain(10_000) + ":c10000 skos:broader :c0 .\n")[CYCLE]
    assert circle.endswith("and 9998 more stand above one another")
    assert growth(lambda size: partial(judged, chain(size)), 500) < 2.3
    assert growth(lambda size: partial(judged, chain(size) + f":c{size} skos:broader :c0 .\n"), 500) < 2.3


def one_label(size: int) -> Callable[[], dict[str, list[str]]]:
    concept = ':c{} a skos:Concept ; skos:inScheme :s ; skos:prefLabel "x"@en ; skos:notation "1" .\n'
    return partial(judged, "".join(map(concept.format, range(size))))


def test_many_concepts_with_one_label_are_no_trap() -> None:
    found = one_label(10_000)()
    assert len(found["SK007"]) == len(found["SK008"]) == 1
    assert "stands for 10000 concepts" in found["SK007"][0]
    assert growth(one_label, 500) < 2.3


def test_a_class_may_bear_the_label_of_the_only_class_below_it() -> None:
    text = ':a skos:inScheme :s ; skos:prefLabel "x"@en .\n:b skos:inScheme :s ; skos:prefLabel "x"@en ; skos:broader :a .\n'
    assert "SK007" not in judged(text)
    assert "SK007" in judged(text.replace("skos:broader :a", "skos:related :a"))
    assert "SK007" in judged(text + ':c skos:inScheme :s ; skos:prefLabel "x"@en ; skos:broader :a .\n')


def test_exact_matches_reach_through_each_other() -> None:
    text = ":a skos:exactMatch :b . :c skos:exactMatch :b . :a skos:broadMatch :c ."
    assert len(judged(text)["SK018"]) == 1


def test_where_most_lack_a_language_the_finding_is_about_the_scheme() -> None:
    text = (
        "".join(f':c{n} skos:inScheme :s ; skos:prefLabel "c{n}"@en .\n' for n in range(9))
        + ':c0 skos:prefLabel "c"@de .\n'
    )
    assert judged(text)["SK006"] == [
        "only 1 of 9 concepts of the scheme `https://example.org/s` have a preferred label in `de`"
    ]


def test_labels_of_skos_xl_are_labels() -> None:
    text = "@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .\n"
    text += ':a a skos:Concept ; skos:inScheme :s ; xl:prefLabel [ xl:literalForm "a"@en ] .\n'
    assert "SK001" not in judged(text)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14))
@settings(max_examples=60, deadline=None)
def test_circles_are_those_that_paths_show(steps) -> None:
    text = "".join(f":n{low} a skos:Concept ; skos:broader :n{high} .\n" for low, high in steps)
    above = {node: {high for low, high in steps if low == node} for node in range(8)}
    for _ in range(8):
        above = {node: higher | {far for near in higher for far in above[near]} for node, higher in above.items()}
    circles = {
        frozenset(other for other in above[node] if node in above[other]) for node in range(8) if node in above[node]
    }
    assert len(judged(text).get(CYCLE, [])) == len(circles)
