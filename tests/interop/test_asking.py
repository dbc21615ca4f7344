"""The suite of competency questions: each has its known answer on the demonstration graph, and a change that alters it."""

import json
from functools import cache
from pathlib import Path

import pytest

from semstat.cli.main import run
from semstat.interop.asking import Graphs, ask, graphs_of, suite_of
from semstat.ontology import load, modules
from semstat.ontology.questions import Question, iris_used, question_of, questions
from semstat.ontology.terms import BASE
from semstat.ontology.turtle import PREFIXES

GRAPH = Path(__file__).parents[2] / "examples" / "cross-domain" / "graph.ttl"
HERE = Path(__file__).parents[1] / "ontology" / "suite"
EXPECTED = json.loads((HERE / "core.expected.json").read_text(encoding="utf-8"))
MUTATIONS = json.loads((HERE / "core.mutations.json").read_text(encoding="utf-8"))
KNOWN = {item.id: item for item in questions()}


@cache
def graphs() -> Graphs:
    return graphs_of([GRAPH])


@cache
def known_terms() -> frozenset[str]:
    return frozenset(str(term) for term in load().subjects())


def rows(found: Graphs, question: Question) -> list[list[str | None]]:
    return sorted(([*row] for row in ask(found, question).rows), key=str)


@cache
def lines() -> frozenset[str]:
    import pyoxigraph as ox

    base = "https://example.org/office/"
    return frozenset(f"{triple.triple} ." for triple in ox.parse(path=str(GRAPH), base_iri=base))


def test_there_are_51_questions_and_eight_on_processes() -> None:
    assert len([item for item in KNOWN if not item.startswith("P")]) == 51
    assert len([item for item in KNOWN if item.startswith("P")]) == 8
    assert set(EXPECTED) == set(MUTATIONS) == set(KNOWN)


@pytest.mark.parametrize("name", KNOWN)
def test_the_answer_is_the_known_one(name) -> None:
    answer = ask(graphs(), KNOWN[name])
    assert answer.state == EXPECTED[name]["state"], answer.reason
    assert [*answer.columns] == EXPECTED[name]["columns"]
    assert rows(graphs(), KNOWN[name]) == EXPECTED[name]["rows"]


@pytest.mark.parametrize("name", KNOWN)
def test_a_change_of_the_graph_changes_the_answer(name, tmp_path) -> None:
    change = MUTATIONS[name]
    assert set(change["remove"]) <= lines(), "what is removed has to be there"
    file = tmp_path / "graph.nt"
    file.write_text("\n".join([*sorted(lines() - set(change["remove"])), *change["add"]]) + "\n", encoding="utf-8")
    changed = rows(graphs_of([file]), KNOWN[name])
    assert changed != EXPECTED[name]["rows"]
    assert len(changed) == change["rows"]


@pytest.mark.parametrize("name", KNOWN)
def test_questions_use_terms_that_there_are(name) -> None:
    spaces = {f"{BASE}{module}#" for module in modules() if "/" not in module}
    known = known_terms()
    ours = {iri for iri in iris_used(KNOWN[name].text) if iri.startswith(tuple(spaces)) and not iri.endswith("#")}
    assert ours <= known
    away = {iri for iri in iris_used(KNOWN[name].text) if iri.startswith(BASE) and "#" in iri} - ours
    assert {iri.rpartition("#")[0] + "#" for iri in away} - spaces <= set(PREFIXES.values()) | {f"{BASE}information#"}


def test_anchored_questions_say_so() -> None:
    for item in KNOWN.values():
        assert item.is_anchored == ("example.org" in item.text or "'CL_" in item.text or "'usual" in item.text), item.id


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }", "nothing is fetched"),
        ("DELETE WHERE { ?s ?p ?o }", "it changes a graph"),
        ("SELECT * { SERVICESILENT <https://example.org/sparql> { ?s ?p ?o } }", "nothing is fetched"),
        ("SELECT * { service <https://example.org/sparql> { ?s ?p ?o } }", "nothing is fetched"),
        ("ASK { ?s ?p ?o }", "no SELECT"),
        ("SELECT * { ?s ?p", "cannot be run"),
    ],
)
def test_what_may_not_or_cannot_be_asked_is_not_checked(body, said) -> None:
    answer = ask(graphs(), asked(body))
    assert answer.state == "not checked"
    assert said in answer.reason


def test_a_word_in_a_text_is_no_call_of_a_service() -> None:
    assert ask(graphs(), asked('SELECT * { ?s ?p "a SERVICE to all" }')).state == "empty"


def test_a_question_without_end_ends() -> None:
    slow = asked("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER (?a != ?j) }")
    answer = ask(graphs(), slow, seconds=0.5)
    assert (answer.state, answer.rows) == ("not checked", ())
    assert answer.reason == "there was no answer within 0.5 s"


def asked(body: str) -> Question:
    head = ("id: X1", "theme: X", "who asks: nobody", "question: What?", "reading: answer", "constants: none")
    return question_of("".join(f"# {line}\n" for line in head) + body)


def test_a_header_that_is_incomplete_is_refused() -> None:
    with pytest.raises(ValueError, match="no `id`"):
        question_of("SELECT * { ?s ?p ?o }")
    with pytest.raises(ValueError, match="no reading `guess`"):
        question_of(asked("SELECT *").text.replace("reading: answer", "reading: guess"))


def test_a_suite_of_ones_own(tmp_path) -> None:
    (tmp_path / "x.rq").write_text(asked("SELECT * { ?s ?p ?o }").text, encoding="utf-8")
    assert [item.id for item in suite_of(str(tmp_path))] == ["X1"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["run", str(GRAPH)], 0),
        (["run", str(GRAPH), "--question", "D3"], 0),
        (["run", str(GRAPH), "--question", "D33"], 2),
        (["run", str(GRAPH), "--suite", "no-such"], 2),
        (["run", "no-such.ttl"], 3),
        (["list"], 0),
    ],
)
def test_exit_codes(arguments, code) -> None:
    assert run(["cq", *arguments]) == code


def test_a_graph_that_answers_nothing_fails(tmp_path, capsys) -> None:
    file = tmp_path / "other.ttl"
    file.write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    assert run(["cq", "run", str(file), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["questions"]
    assert {item["id"] for item in found if item["state"] == "work"} == {"E4"}, "all sub-processes are undocumented"
    assert {item["id"] for item in found if item["state"] == "answered"} == {"F8"}, "no table is no share"


def test_a_question_not_asked_is_incomplete(tmp_path) -> None:
    (tmp_path / "x.rq").write_text(asked("SELECT * { SERVICE <urn:x> { ?s ?p ?o } }").text, encoding="utf-8")
    assert run(["cq", "run", str(GRAPH), "--suite", str(tmp_path)]) == 4
