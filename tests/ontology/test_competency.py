"""The competency questions have the expected answers, and between them use every term."""

import csv
import io
import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from semstat.interop.asking import closure
from semstat.ontology import load, modules
from semstat.ontology.terms import BASE, OWL, RDF
from semstat.ontology.turtle import PREFIXES

HERE = Path(__file__).parent / "competency"
QUERIES = {
    entry.name: entry.read_text(encoding="utf-8")
    for entry in sorted(files("semstat.ontology").joinpath("competency").iterdir(), key=lambda entry: entry.name)
    if entry.name.endswith(".rq")
}


NOT_ASKED: dict[str, str] = {}
"""Terms that no competency question uses, each with the reason why it is here all the same; at present there is none."""

WORLDS = {("CQ-140", "CQ-169"): "activity", ("CQ-170", "CQ-189"): "study", ("CQ-190", "CQ-209"): "governance"}
"""What questions are put to by their numbers, where their headers do not say."""


def vocabularies(*stems: str) -> list[str]:
    return [name for name in modules() if name.startswith(tuple(f"vocabulary/{stem}" for stem in stems or ("",)))]


@lru_cache
def ground(name: str) -> Graph:
    """Return the graph that a question is put to.

    ``fixture`` holds artefacts, beside the vocabularies of SDMX and DDI; ``information`` comes with its module and a thing of every
    class and relation; ``activity`` is an office at work, with the whole ontology; ``study`` holds studies, classifications
    and their lineage; ``governance`` an office that decides; ``exchange`` what an agency exchanges beside structures and codes.
    """
    known = {
        "activity": modules(),
        "information": ("information",),
        "study": ("study", "classification", "lineage"),
        "governance": ("governance", "partnership", *vocabularies()),
        "exchange": ("core", "structure", "mapping", "metadata", "process", "shacl"),
        "fixture": vocabularies("ddi-", "sdmx-", "interoperability-"),
    }
    graph = load(*known[name])
    for path in sorted(HERE.glob("fixture*.ttl")) if name == "study" else [HERE / f"{name}.ttl"]:
        graph.parse(path, format="turtle")
    if name == "information":
        for file in sorted((HERE.parents[1] / "validators" / "shapes" / "information" / "ok").glob("*.ttl")):
            graph.parse(file, format="turtle")
    if name == "study":
        graph.update(files("semstat.validators").joinpath("updates/classes-above.rq").read_text(encoding="utf-8"))
        graph += closure(graph)
    return graph


def ground_of(stated: dict[str, str]) -> Graph:
    by_number = (name for (first, last), name in WORLDS.items() if first <= stated["id"] <= last)
    return ground(stated.get("fixture") or next(by_number, "fixture"))


def header(text: str) -> dict[str, str]:
    return dict(re.findall(r"^# ([a-z ]+): (.+)$", text, re.MULTILINE))


@pytest.mark.parametrize("name", QUERIES)
def test_the_question_is_stated(name: str) -> None:
    stated = header(QUERIES[name])
    assert list(stated) == ["id", "question", "use case", "expectation", *(["fixture"] if "fixture" in stated else [])]
    assert name.startswith(stated["id"] + "-")
    assert stated["question"].endswith("?")
    declared = dict(re.findall(r"^PREFIX (\S+): <(\S+)>$", QUERIES[name], re.MULTILINE))
    assert all(PREFIXES[prefix] == namespace for prefix, namespace in declared.items())


@pytest.mark.parametrize("name", QUERIES)
def test_the_question_declares_every_prefix(name: str) -> None:
    """rdflib knows some prefixes by itself; other engines refuse the query."""
    ox.Store().query(QUERIES[name])


@pytest.mark.parametrize("name", QUERIES)
def test_the_answer_is_the_expected_one(name: str) -> None:
    stated = header(QUERIES[name])
    expected = (HERE / f"{stated['id']}.csv").read_text(encoding="utf-8")
    result = ground_of(stated).query(QUERIES[name])
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([str(variable) for variable in result.vars or ()])
    table.writerows([["" if cell is None else str(cell) for cell in row] for row in result])  # type: ignore[union-attr]
    assert out.getvalue() == expected
    assert expected.count("\n") > 1, "an answer without a row proves nothing"


def test_every_answer_belongs_to_a_question() -> None:
    assert {path.stem for path in HERE.glob("CQ-*.csv")} == {header(text)["id"] for text in QUERIES.values()}


def asked_for(prefix: str) -> set[URIRef]:
    bodies = "\n".join(re.sub(r"^(?:#|PREFIX).*$", "", text, flags=re.MULTILINE) for text in QUERIES.values())
    return {URIRef(PREFIXES[prefix] + term) for term in re.findall(rf"(?<![\w]){prefix}:(\w+)", bodies)}


@pytest.mark.parametrize("name", [name for name in modules() if "/" not in name])
def test_every_term_is_asked_for_and_no_other(name: str) -> None:
    """Values of a closed list are asked for through its class."""
    module = load(name)
    (prefix,) = (prefix for prefix, namespace in PREFIXES.items() if namespace == f"{BASE}{name}#")
    published = {term for term in module.subjects() if str(term).startswith(PREFIXES[prefix])} - {
        *map(URIRef, NOT_ASKED)
    }
    values = set(module.subjects(RDF.type, OWL.NamedIndividual))
    asked = asked_for(prefix)
    assert asked <= published
    assert published - values <= asked, published - values - asked
    for value in values - asked:
        assert {*module.objects(value, RDF.type)} - {OWL.NamedIndividual} <= asked, value


@pytest.mark.parametrize("name", ["study", "classification", "lineage"])
def test_every_term_on_studies_has_data_in_the_small_world(name: str) -> None:
    terms = {term for term in load(name).subjects() if str(term).startswith(f"{BASE}{name}#")}
    world = ground("study") - load(name)
    assert terms - {*world.predicates(), *world.objects()} <= SAID_BY_THE_MODULE


SAID_BY_THE_MODULE = {
    URIRef(PREFIXES[prefix] + name)
    for prefix, names in {
        "ssd": "VariableStatistic ControlConstruct",
        "ssx": "ItemChangeKind MapKind NoteKind VariantKind",
        "ssl": "Binding Breaking ChangeKind CodeAdded CodeMerged CodeMoved CodeRemoved CodeSplit Collection"
        " DatatypeChanged Definition DefinitionChanged Effect ReferenceChanged Retired RoleChanged Superseded"
        " EdgeKind LabelChanged Mapping NoEffect Notice Process PropagationRule Representation Review Structure alongEdgeKind"
        " effectIfUnused fromClass hasEffect impliedBy impliedByInverse onChange toClass",
    }.items()
    for name in names.split()
}
"""Terms of which the module itself has the instances: kinds, and the rules by which changes are passed on."""


@pytest.mark.parametrize("name", [name for name, text in QUERIES.items() if "VALUES ?field" in text])
def test_a_list_of_fields_has_an_answer_for_each(name: str) -> None:
    text = QUERIES[name]
    (listed,) = re.findall(r"VALUES \?field \{(.*?)\}", text, re.DOTALL)
    stated = dict(re.findall(r"^PREFIX (\S+): <(\S+)>$", text, re.MULTILINE))
    wanted = {stated[field.split(":")[0]] + field.split(":")[1] for field in listed.split()}
    answer = (HERE / f"{header(text)['id']}.csv").read_text(encoding="utf-8")
    assert {row["field"] for row in csv.DictReader(io.StringIO(answer))} == wanted
