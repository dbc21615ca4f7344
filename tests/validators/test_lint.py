"""Rules on structures: each is stated once, in a shape, a query or a check, none does more than in proportion."""

from collections.abc import Callable
from importlib.resources import files

import pytest
from rdflib import Graph, Literal, URIRef
from work_counted import growth

from semstat.ontology.terms import RDF, SH, SKOS, SS, SST
from semstat.validators.lint import lint
from semstat.validators.lint_checks import cyclic_parents
from semstat.validators.rules import catalogue
from semstat.validators.sets import queries, store_of

BASE = "https://w3id.org/semstat/sdmx/codelist."
LIST = URIRef(f"{BASE}Codelist/S/CL/1.0")


def code(number: int) -> URIRef:
    return URIRef(f"{BASE}Code/S/CL/1.0/C{number}")


def codes(number: int, parent: dict[int, int] | None = None) -> Graph:
    """A code list of the hub graph with codes C0, C1, …"""
    graph = Graph(store="SimpleMemory")
    graph.add((LIST, RDF.type, SST.Codelist))
    graph.add((LIST, SS.urn, Literal("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=S:CL(1.0)")))
    graph.add((LIST, SS.maintainer, URIRef("urn:agency")))
    graph.add((LIST, SKOS.prefLabel, Literal("Codes", lang="en")))
    for place in range(number):
        iri = code(place)
        for predicate, value in (
            (RDF.type, SST.Code),
            (RDF.type, SKOS.Concept),
            (SKOS.inScheme, LIST),
            (SKOS.notation, Literal(f"C{place}")),
            (SS.identifier, Literal(f"C{place}")),
            (SS.urn, Literal(f"urn:sdmx:org.sdmx.infomodel.codelist.Code=S:CL(1.0).C{place}")),
            (SS.position, Literal(place + 1)),
            (SKOS.prefLabel, Literal(f"Code {place}", lang="en")),
        ):
            graph.add((iri, predicate, value))
    for child, above in (parent or {}).items():
        graph.add((code(child), SKOS.broader, code(above)))
    return graph


def found(graph: Graph, *languages: str) -> dict[str, list[str]]:
    return {
        item.rule: [finding.message for finding in item.findings]
        for item in lint(graph, languages=languages)
        if item.findings
    }


def test_every_rule_on_structures_is_stated_once_and_catalogued() -> None:
    stated = [item.rule for item in lint(Graph())]
    assert stated == sorted(set(stated))
    families = (
        "CL",
        "CON",
        *(f"DSD{number:03}" for number in range(10, 30)),
        *(f"MAP00{number}" for number in range(1, 7)),
    )
    assert set(stated) == {rule for rule in catalogue() if rule.startswith(families)}


@pytest.mark.parametrize("query", queries().values(), ids=queries())
def test_a_query_says_what_it_asks_and_names_known_things(query) -> None:
    assert query.question.endswith(".") or "?" in query.question
    assert query.about
    assert query.rule in catalogue()


SHAPES = Graph().parse(data=files("semstat.validators").joinpath("shapes/structure.shacl.ttl").read_bytes())
POPULOUS = {SST.Code, SST.MemberSelection, SKOS.Concept, SKOS.prefLabel, SKOS.notation, SKOS.inScheme, SS.urn}


@pytest.mark.parametrize("shape", sorted(SHAPES.subjects(SS.checksRule, None)))
def test_a_shape_has_a_name_and_a_few_members_and_hides_no_rule(shape) -> None:
    assert isinstance(shape, URIRef)
    targets = {*SHAPES.objects(shape, SH.targetClass), *SHAPES.objects(shape, SH.targetSubjectsOf)}
    assert targets
    assert not targets & POPULOUS, "populous classes are judged by queries"
    assert not {SH.node, SH["or"], SH.sparql, SH.property} & set(SHAPES.predicates(shape, None))
    message = str(SHAPES.value(shape, SH.message))
    assert "{$this}" in message
    assert str(SHAPES.value(shape, SS.checksRule)).rsplit("/", 1)[-1] in catalogue()


def test_an_empty_graph_is_not_judged() -> None:
    assert all(item.reason and not item.about for item in lint(Graph()))


def tree(number: int) -> Graph:
    return codes(number, {place: place // 10 for place in range(10, number)})


def linting(number: int) -> Callable[[], object]:
    graph = tree(number)
    return lambda: list(lint(graph))


def test_twenty_thousand_codes_are_judged_by_work_in_proportion() -> None:
    outcome = {item.rule: item for item in lint(tree(20_000))}
    assert len(outcome["CL001"].about) == 20_000
    assert not any(item.findings for item in outcome.values())
    assert growth(linting, 1_000) < 2.3


def following(number: int) -> Callable[[], object]:
    graph = codes(number, {place: place - 1 for place in range(1, number)})
    return lambda: list(cyclic_parents(graph))


def test_a_chain_of_parents_is_followed_once() -> None:
    assert growth(following, 500) < 2.3
    parents = {number: number - 1 for number in range(1, 20_000)}
    assert list(cyclic_parents(codes(20_000, parents))) == []
    (circle,) = cyclic_parents(codes(20_000, {**parents, 0: 19_999}))
    assert circle.value == "C0"
    assert circle.message.endswith("`…` below `C0`")


@pytest.mark.parametrize(
    ("parents", "circles"),
    [
        ({0: 0}, ["C0"]),
        ({0: 1, 1: 0}, ["C0"]),
        ({0: 1, 1: 0, 2: 3, 3: 2}, ["C0", "C2"]),
        ({0: 1, 1: 2, 2: 1}, ["C1"]),  # C0 only hangs below the circle
        ({0: 1, 1: 2}, []),
        ({0: 9}, []),  # the parent is not at hand
    ],
)
def test_each_circle_is_found_once(parents, circles) -> None:
    assert [row.value for row in cyclic_parents(codes(4, parents))] == circles


def test_languages_are_asked_for_by_tag_and_answered_by_range() -> None:
    graph = codes(2)
    graph.add((code(0), SKOS.prefLabel, Literal("Code n° 0", lang="fr-CA")))
    assert "CL005" not in found(graph, "en")
    assert found(graph, "fr")["CL005"] == [
        "`S:CL(1.0).C1` has no name in the language `fr`",
        "`S:CL(1.0)` has no name in the language `fr`",
    ]


def test_a_language_tag_that_the_engine_refuses_does_no_harm() -> None:
    graph = codes(1)
    graph.remove((code(0), SKOS.prefLabel, None))
    graph.add((code(0), SKOS.prefLabel, Literal("x", lang="abcdefghijk")))
    assert len(store_of(graph, {str(SKOS.prefLabel)})) > 0
    assert "CL001" not in found(graph)


def test_the_order_of_reading_changes_nothing() -> None:
    graph = codes(30, {number: number for number in range(5)})
    turned = Graph()
    for triple in sorted(graph, reverse=True):
        turned.add(triple)
    assert found(graph, "de") == found(turned, "de")
