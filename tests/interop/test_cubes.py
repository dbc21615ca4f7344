"""Cubes that others wrote: the integrity constraints on real cubes and on made ones, in every syntax, and under attack."""

import json
from collections import Counter
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from corpora import CORPORA, needs_corpora
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from work_counted import growth

from semstat.interop import Options, validate
from semstat.validators.cubes import judge_cubes
from semstat.validators.diagnostics import CheckStatus, Report, Verdict
from semstat.validators.sets import NotRdf, add_rdf, empty_store, triples_in

RULES = Path(__file__).parents[1] / "rules"
ALL = Options(max_findings=0)

REAL = {
    # (folder or file): broken rules with the observations or nodes concerned, observations
    "rdf-cube/table2qb-examples/bop-quarterly/ttl": ({"QB012": 396}, 396),  # 33 keys: a dimension is missing
    "rdf-cube/table2qb-examples/regional-trade/ttl": ({"QB017": 44}, 44),  # tonnes or pounds, with the unit a dimension
    "rdf-cube/table2qb-examples/employment/ttl": ({}, 384),
    "rdf-cube/table2qb-examples/overseas-trade/ttl": ({}, 20),
    "rdf-cube/table2qb-examples/customising-uris/ttl": ({}, 1),
    "rdf-cube/w3c-qb-example/example.ttl": ({}, 24),
    "sdmx/ml20-with-rdf-reference/EUROSTAT.tps00001.sdmx.rdf": ({}, 455),
}


def broken(report: Report) -> dict[str, int]:
    """How often the rules on cubes are broken; the code lists in files of their own are judged as concept schemes too."""
    rules = {item.rule for item in report.totals if not item.rule.startswith("SK")}
    return {rule: sum(item.observations for item in report.totals if item.rule == rule) for rule in sorted(rules)}


@needs_corpora
@pytest.mark.parametrize("name", REAL)
def test_real_cubes(name) -> None:
    assert CORPORA is not None
    report = validate([CORPORA / name], options=ALL)
    assert (broken(report), sum(item.observations for item in report.datasets)) == REAL[name]
    assert report.verdict is not Verdict.UNREADABLE


@needs_corpora
def test_the_golden_cube_has_all_its_duplicates_named_with_lines() -> None:
    assert CORPORA is not None
    report = validate([CORPORA / "rdf-cube/table2qb-examples/bop-quarterly/ttl"], options=ALL)
    found = [item for item in report.diagnostics if item.rule == "QB012"]
    assert len(found) == 33
    assert {item.count for item in found} == {12}
    for item in found:
        assert item.location.source is not None
        assert item.location.line is not None
        line = Path(item.location.source).read_text("utf-8").splitlines()[item.location.line - 1]
        assert line.startswith(f"<{item.location.focus}>")


@needs_corpora
def test_a_structure_that_is_not_at_hand_leaves_the_verdict_open() -> None:
    assert CORPORA is not None
    folder = CORPORA / "sdmx/ml20-with-rdf-reference"
    alone = validate([folder / "EUROSTAT.tps00001.sdmx.rdf"], options=ALL)
    assert alone.verdict is Verdict.INCOMPLETE
    assert any("its components are not among the files read" in str(item.reason) for item in alone.checks)
    both = validate([folder / "EUROSTAT.tps00001.sdmx.rdf", folder / "EUROSTAT.tps00001.dsd.rdf"], options=ALL)
    assert broken(both) == {"QB004": 1}  # the time dimension has a comment, but no range
    assert {item.status for item in both.checks if item.rule == "QB012"} == {CheckStatus.CHECKED}


def cubes(kind: str) -> list[Path]:
    return sorted(RULES.glob(f"QB*/{kind}*.ttl"))


SYNTAXES = {"nt": ("nt", ".nt"), "xml": ("xml", ".rdf"), "json-ld": ("json-ld", ".jsonld")}


@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize("path", cubes("bad"), ids=lambda path: f"{path.parent.name[:5]}-{path.stem}")
def test_every_syntax_gives_the_same_findings(path, syntax, tmp_path) -> None:
    written, suffix = SYNTAXES[syntax]
    other = tmp_path / f"cube{suffix}"
    other.write_text(Graph().parse(path).serialize(format=written), "utf-8")
    was = Counter((item.rule, item.message, item.location.focus) for item in validate([path], options=ALL).diagnostics)
    report = validate([other], options=ALL)
    assert Counter((item.rule, item.message, item.location.focus) for item in report.diagnostics) == was
    assert all(item.location.line for item in report.diagnostics)


def test_shapes_among_the_data_are_no_cube() -> None:
    report = validate([RULES / "QB001-observation-dataset-not-one/ok.ttl", *cubes("ok")[:1]], options=ALL)
    assert {item.rule[:2] for item in report.checks} == {"QB"}


def test_files_of_a_cube_are_judged_together(tmp_path) -> None:
    text = (RULES / "QB019-value-not-in-cube-codelist/bad.ttl").read_text("utf-8")
    head, _, rest = text.partition(":sexes a")
    list_, _, cube = rest.partition("\n\n")
    prefixes = head.partition(":sex a")[0]
    (tmp_path / "list.ttl").write_text(f"{prefixes}:sexes a{list_}\n", "utf-8")
    (tmp_path / "cube.ttl").write_text(f"{head}\n{cube}", "utf-8")
    together = validate([tmp_path], options=ALL)
    assert [item.rule for item in together.diagnostics] == ["QB019"]
    alone = validate([tmp_path / "cube.ttl"], options=ALL)
    assert (alone.diagnostics, alone.verdict) == ((), Verdict.INCOMPLETE)
    assert any("no code of the code list" in str(item.reason) for item in alone.checks)


RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
QB = "http://purl.org/linked-data/cube#"
UNSAFE = [
    ("laughs.rdf", f'<!DOCTYPE r [<!ENTITY a "a">]><rdf:RDF xmlns:rdf="{RDF}" xmlns:q="{QB}"/>', "IO102"),
    ("deep.jsonld", '{"@context": {"qb": "' + QB + '"}, "@graph": ' + '{"@graph": ' * 5000 + "1" + "}" * 5001, "IO107"),
    ("deep.ttl", f"@prefix qb: <{QB}> .\n" + "<< " * 30_000, "IO107"),
    ("broken.ttl", f"@prefix qb: <{QB}> .\nqb:a qb:b", "IO101"),
    ("broken.jsonld", '{"@context": {"qb": "' + QB + '"}, "@id": ', "IO101"),
    ("remote.jsonld", '{"@context": "https://example.org/context.jsonld", "@type": "' + QB + 'DataSet"}', "IO101"),
    ("broken.rdf", f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:q="{QB}">', "IO101"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "rule"), UNSAFE, ids=[case[0] for case in UNSAFE])
def test_what_is_not_safe_or_not_whole_is_refused(name, text, rule, tmp_path) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    report = validate([path, RULES / "QB012-cube-duplicate-observation/bad.ttl"], options=ALL)
    assert rule in {item.rule for item in report.diagnostics}
    assert report.verdict is Verdict.UNREADABLE


def test_a_dataset_without_a_name_is_not_taken_for_one_without_duplicates(tmp_path) -> None:
    path = tmp_path / "cube.ttl"
    text = (RULES / "QB012-cube-duplicate-observation/bad.ttl").read_text("utf-8")
    path.write_text(text.replace(":labour", "_:labour"), "utf-8")
    report = validate([path], options=ALL)
    assert report.verdict is Verdict.INCOMPLETE
    assert any("a dataset has no name" in str(item.reason) for item in report.checks)


def cube(observations: list[dict[str, str]], codes: str = "abc") -> bytes:
    """A cube with two coded dimensions and one measure in Turtle; each observation states what its dict holds."""
    lines = [
        f"@prefix qb: <{QB}> . @prefix e: <http://example.org/> . @prefix s: <http://www.w3.org/2004/02/skos/core#> .",
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . e:ds a qb:DataSet ; qb:structure e:dsd .",
        "e:dsd a qb:DataStructureDefinition ; qb:component [qb:dimension e:x], [qb:dimension e:y], [qb:measure e:m] .",
        *(f"e:{name} a qb:DimensionProperty ; rdfs:range s:Concept ; qb:codeList e:list ." for name in "xy"),
        "e:list a s:ConceptScheme .",
        *(f"e:{code} s:inScheme e:list ." for code in codes),
    ]
    for number, stated in enumerate(observations):
        parts = "".join(f" ; e:{name} {value}" for name, value in stated.items())
        lines.append(f"e:o{number} a qb:Observation ; qb:dataSet e:ds{parts} .")
    return "\n".join(lines).encode()


def outcome(data: bytes) -> dict[str, int]:
    store = empty_store()
    add_rdf(store, data, "turtle")
    return {item.rule: sum(one.count for one in item.findings) for item in judge_cubes(store) if item.findings}


STATED = st.fixed_dictionaries(
    {}, optional={"x": st.sampled_from(["e:a", "e:b", "e:z"]), "y": st.sampled_from(["e:a", "e:c"]), "m": st.just("1")}
)


@settings(max_examples=60, deadline=None)
@given(st.lists(STATED, max_size=8))
def test_findings_are_those_of_counting_by_hand(observations) -> None:
    keys = Counter((item["x"], item["y"]) for item in observations if "x" in item and "y" in item)
    expected = {
        "QB011": sum(name not in item for item in observations for name in "xy"),
        "QB012": sum(number for number in keys.values() if number > 1),
        "QB014": sum("m" not in item for item in observations),
        "QB019": sum(item.get("x") == "e:z" for item in observations),
    }
    assert outcome(cube(observations)) == {rule: number for rule, number in expected.items() if number}


def judging(width: int) -> Callable[[], None]:
    """The judgement of a cube of thirty codes by ``width``, which has no fault."""
    codes = [f"c{number}" for number in range(max(30, width))]
    rows = [{"x": f"e:{one}", "y": f"e:{other}", "m": "1"} for one, other in product(codes[:30], codes[:width])]
    data = b"\n".join([cube(rows), *(f"e:{code} s:inScheme e:list .".encode() for code in codes)])

    def judge() -> None:
        store = empty_store()
        add_rdf(store, data, "turtle")
        assert not [item for item in judge_cubes(store) if item.findings]

    return judge


def test_the_work_grows_with_the_number_of_observations() -> None:
    assert growth(judging, 40) < 2.3


def test_many_observations_are_not_compared_in_pairs() -> None:
    judging(750)()  # 22 500 observations in less than a second; 250 million pairs would have the suite hang


def test_not_rdf_says_where() -> None:
    with pytest.raises(NotRdf) as caught:
        add_rdf(empty_store(), b"<a:b> <a:c> .\n", "turtle")
    assert caught.value.line == 1


def test_findings_are_the_same_at_every_run(tmp_path) -> None:
    path = tmp_path / "cube.ttl"
    path.write_bytes(cube([{"x": "e:a", "y": "e:a"}] * 5 + [{"x": "e:z", "y": "e:a", "m": "1"}] * 5))
    reports = [json.dumps([str(item) for item in validate([path], options=ALL).diagnostics]) for _ in range(3)]
    assert len(set(reports)) == 1


@pytest.mark.parametrize(
    "read", [lambda data: add_rdf(empty_store(), data, "json-ld"), lambda data: list(triples_in(data, "json-ld"))]
)
def test_a_context_elsewhere_is_not_fetched_and_said_so(read) -> None:
    """A quirk of the parser: it names the callback that it lacks."""
    with pytest.raises(NotRdf, match="its context lies elsewhere, and nothing is fetched"):
        read(b'{"@context": "https://example.org/context.jsonld", "name": "x"}')
