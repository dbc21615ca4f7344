"""The shapes of GSIM: each says what the module records, passes what is right, and finds what is wrong, and only that.

The cases stand in ``shapes/information``: ``ok`` holds a complete world, one file for each class; in ``bad`` each thing
breaks the one shape that it is named after.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.ontology import load
from semstat.ontology.terms import BASE, DCTERMS, PROV, RDF, SH, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.turtle import canonical
from semstat.validators.engine import EngineFailure, GraphResult
from semstat.validators.graphs import RuleOutcome
from semstat.validators.rules import catalogue
from semstat.validators.sets import add_rdf, empty_store
from semstat.validators.shape_families import judge_shapes, make_ready
from semstat.validators.shape_queries import shapes_file, shapes_of_family
from semstat.validators.shape_sets import Result, try_shapes

CASES = Path(__file__).parent / "shapes" / "information"
WORLD = "https://example.org/gsim/"
NAMESPACE = BASE + "shapes/information#"
FOUND_TWICE = {
    "DataSet-isStructuredByDataStructure-atMost": {"InformationSet-isStructuredByInformationStructure-atMost"},
    "ReferentialMetadataSet-isStructuredByReferentialMetadataStructure-atMost": {
        "InformationSet-isStructuredByInformationStructure-atMost"
    },
}
"""What breaks a second shape as well: the narrower relation entails the wider one, which allows one value too."""


def name(iri: object) -> str:
    return str(iri).removeprefix(NAMESPACE).removeprefix(WORLD)


@lru_cache(maxsize=1)
def module() -> Graph:
    return load("information")


@lru_cache(maxsize=1)
def shapes() -> dict[str, URIRef]:
    return {name(shape): shape for shape in information_shapes().subjects(SS.checksRule, None)}  # type: ignore[misc]


@lru_cache
def world(*kinds: str) -> Graph:
    graph = Graph()
    for kind in kinds:
        for file in sorted((CASES / kind).glob("*.ttl")):
            graph.parse(file, format="turtle")
    return graph


def information_shapes() -> Graph:
    return shapes_file("information")


def stored(data: Graph) -> ox.Store:
    store = empty_store()
    add_rdf(store, data.serialize(format="nt").encode(), "n-triples")
    return store


def judge_information(data: Graph) -> tuple[RuleOutcome, ...]:
    return judge_shapes(stored(data), "information")


def completed(data: Graph) -> Graph:
    """A graph with what follows from it, without what is known beside it."""
    store = stored(data)
    known = make_ready(store, "information")
    kept = "".join(f"{quad.triple} .\n" for quad in store if getattr(quad.subject, "value", "") not in known)
    return Graph().parse(data=kept, format="nt")


def results(data: Graph) -> tuple[Result, ...]:
    store = stored(data)
    known = make_ready(store, "information")
    return try_shapes(store, shapes_of_family("information"), known).results


@lru_cache(maxsize=1)
def broken() -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for result in results(world("ok", "bad")):
        found[name(result.focus)].add(name(result.shape))
    return found


# The files


def test_the_shapes_are_in_canonical_form() -> None:
    path = Path(__file__).parents[2] / "validators" / "shapes" / "information.shacl.ttl"
    text = path.read_text(encoding="utf-8")
    assert canonical(Graph().parse(data=text, format="turtle")) == text


def test_every_shape_has_rule_severity_message_and_origin() -> None:
    graph = information_shapes()
    levels = {SH.Violation: "error", SH.Warning: "warning"}
    for shape in shapes().values():
        rule = catalogue()[str(graph.value(shape, SS.checksRule)).rpartition("/")[2]]
        assert levels[graph.value(shape, SH.severity)] == rule.severity.value  # type: ignore[index]
        assert "{$this}" in str(graph.value(shape, SH.message))
        origins = list(graph.objects(shape, PROV.wasDerivedFrom))
        assert origins
        assert all((origin, RDF.type, None) in module() for origin in origins), shape


# What is recorded is what is demanded


def bounds(multiplicity: Node | None) -> tuple[int, int | None]:
    low, _, high = str(multiplicity or "0..*").partition("..")
    return int(low), None if high == "*" else int(high or low)


def associations() -> Iterator[URIRef]:
    for record in module().subjects(RDF.type, SSI["Association"]):
        if str(module().value(record, SSI["decision"])) not in {"dropped", "merged"}:
            assert isinstance(record, URIRef)
            yield record


def demanded(record: URIRef, parameter: URIRef, path: Node | None) -> list[int]:
    graph = information_shapes()
    return [
        int(str(graph.value(shape, parameter)))
        for shape in graph.subjects(PROV.wasDerivedFrom, record)
        if graph.value(shape, SH.path) == path and graph.value(shape, parameter) is not None
    ]


def test_every_association_has_its_effective_multiplicity_in_the_shapes() -> None:
    records = sorted(associations())
    assert len(records) == 196
    for record in records:
        path = module().value(record, SSI["property"])
        low, high = bounds(module().value(record, SSI["toMultiplicity"]))
        assert demanded(record, SH.minCount, path) == ([low] if low else []), record
        assert demanded(record, SH.maxCount, path) == ([] if high is None else [high]), record


def test_every_association_has_the_kind_of_its_end_in_the_shapes() -> None:
    graph = information_shapes()
    for record in associations():
        (kind,) = {
            graph.value(shape, SH["class"])
            for shape in graph.subjects(PROV.wasDerivedFrom, record)
            if graph.value(shape, SH["class"]) is not None
        }
        end = module().value(record, SSI["toClass"])
        assert kind == (SS.IdentifiableArtefact if end == SSI["IdentifiableArtefact"] else end)


def test_every_composition_allows_one_whole_and_wants_it_where_one_is_drawn() -> None:
    graph = information_shapes()
    compositions = 0
    for record in associations():
        rules = {name(graph.value(shape, SS.checksRule))[-7:] for shape in graph.subjects(PROV.wasDerivedFrom, record)}
        if module().value(record, SSI["associationKind"]) == SSI["Composition"]:
            compositions += 1
            assert "GSIM010" in rules
            assert ("GSIM011" in rules) == (str(module().value(record, SSI["fromMultiplicity"])) == "1")
        else:
            assert "GSIM011" not in rules
    assert compositions == 33, "35 are drawn, 2 are taken as plain associations"


def test_the_substantive_value_domain_is_demanded_at_its_end() -> None:
    graph = information_shapes()
    for demand, parameter in {"required": SH.minCount, "atMost": SH.maxCount}.items():
        shape = shapes()[f"RepresentedVariable-hasSubstantiveValueDomain-{demand}"]
        assert graph.value(shape, parameter) == Literal(1)


def test_every_attribute_has_its_cardinality_and_type_in_the_shapes() -> None:
    graph = information_shapes()
    uses = sorted(module().subjects(RDF.type, SSI["AttributeUse"]))
    assert len(uses) == 135
    for use in uses:
        path = module().value(use, SSI["property"])
        low, high = bounds(module().value(use, SSI["cardinality"]))
        types = set(module().objects(use, SSI["valueType"]))
        assert demanded(use, SH.minCount, path) == ([low] if low else []), use  # type: ignore[arg-type]
        by_language = RDF.langString in types
        expected = [] if high is None or by_language else [high]
        assert demanded(use, SH.maxCount, path) == expected, use  # type: ignore[arg-type]
        typed = shapes()[f"{str(use).rpartition('/')[2]}-type"]
        alternatives = {graph.value(one, SH.datatype) for one in graph.items(graph.value(typed, SH["or"]) or RDF.nil)}
        stated = alternatives | {graph.value(typed, SH.datatype)} - {None}
        if SKOS.Concept in types:
            assert graph.value(typed, SH.nodeKind) == SH.BlankNodeOrIRI
        else:
            assert types <= stated, use


# Cases


def test_every_class_has_a_case_that_is_right() -> None:
    kinds = {str(kind).rpartition("#")[2] for kind in world("ok").objects(None, RDF.type)}
    assert kinds == {str(term).rpartition("#")[2] for term in module().subjects(DCTERMS.isPartOf, None)}


def test_every_relation_and_attribute_has_a_value_that_is_right() -> None:
    graph, ok = information_shapes(), completed(world("ok"))
    paths = {graph.value(shape, SH.path) for shape in shapes().values()} - {None}
    assert len(paths) > 290
    assert [path for path in paths if (None, path, None) not in ok] == []


def test_what_is_right_passes() -> None:
    assert results(world("ok")) == ()


def test_every_shape_has_a_case_that_breaks_it() -> None:
    assert len(shapes()) == 661
    assert [shape for shape in shapes() if shape not in broken().get(shape, ())] == []


def test_what_is_wrong_breaks_nothing_else() -> None:
    also = {thing: found - {thing} for thing, found in broken().items() if found != {thing}}
    assert also == FOUND_TWICE


def test_judging_the_cases_gives_one_finding_for_each_shape() -> None:
    outcomes = judge_information(world("ok", "bad"))
    found = sum(len(item.findings) for item in outcomes if item.rule not in {"GSIM014", "GSIM015"})
    assert found == len(shapes()) + len(FOUND_TWICE)
    assert not [item for outcome in outcomes for item in outcome.findings if "{" in item.message]
    assert {item.rule for item in outcomes} == {rule for rule in catalogue() if rule.startswith("GSIM")}


# What is entailed, and what cannot be decided

PREFIXES = """
BASE <https://example.org/office/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX ss: <https://w3id.org/semstat/core#>
PREFIX ssi: <https://w3id.org/semstat/information#>
PREFIX sst: <https://w3id.org/semstat/structure#>
"""


def judged(turtle: str) -> dict[str, list[str]]:
    data = world("ok") + Graph().parse(data=PREFIXES + turtle, format="turtle")
    return {
        item.rule: [*(found.message for found in item.findings), *item.unjudged]
        for item in judge_information(data)
        if item.findings or item.unjudged
    }


NAMED = 'ss:identifier "X" ; skos:prefLabel "x"@en'
OK = "<https://example.org/gsim/ok-"


def test_a_variable_need_not_repeat_what_the_one_above_states() -> None:
    cascade = f"""
    <represented> a ssi:RepresentedVariable ; {NAMED} ; ssi:takesMeaningFromConceptualVariable {OK}ConceptualVariable> ;
      ssi:measuresUniverse {OK}Universe> ; ssi:hasSubstantiveValueDomain {OK}SubstantiveValueDomain> .
    <instance> a ssi:InstanceVariable ; {NAMED} ; ssi:takesMeaningFromRepresentedVariable <represented> .
    {OK}DataSet> ssi:hasInstanceVariable <instance> .
    """
    assert judged(cascade) == {}
    alone = cascade.replace("ssi:takesMeaningFromConceptualVariable", "ss:dependsUpon")
    assert len(judged(alone)["GSIM001"]) == 6, "three relations are missing on both levels"


def test_a_variable_whose_meaning_lies_elsewhere_is_not_decided() -> None:
    said = judged(
        f"<instance> a ssi:InstanceVariable ; {NAMED} ; ssi:takesMeaningFromRepresentedVariable <elsewhere> ."
        f"{OK}DataSet> ssi:hasInstanceVariable <instance> ."
    )
    assert said["GSIM001"] == ["a variable takes its meaning from one that is not described here (5 times)"]


def test_variables_in_a_circle_come_to_an_end() -> None:
    circle = f"""
    <a> a ssi:InstanceVariable ; {NAMED} ; ssi:takesMeaningFromRepresentedVariable <b> .
    <b> a ssi:InstanceVariable ; {NAMED} ; ss:version "2" ; ssi:takesMeaningFromRepresentedVariable <a> .
    {OK}DataSet> ssi:hasInstanceVariable <a> , <b> .
    """
    assert len(judged(circle)["GSIM001"]) == 10


def test_a_long_chain_of_variables_does_no_harm() -> None:
    chain = "".join(
        f'<v{number}> a ssi:InstanceVariable ; ss:identifier "{number}" ; skos:prefLabel "v"@en ;'
        f" ssi:takesMeaningFromRepresentedVariable <v{number + 1}> . {OK}DataSet> ssi:hasInstanceVariable <v{number}> .\n"
        for number in range(150)
    )
    said = judged(chain)
    assert said["GSIM001"] == ["a variable takes its meaning from one that is not described here (750 times)"]


def test_what_is_only_named_is_not_decided() -> None:
    said = judged(f"<unit> a ssi:Unit ; {NAMED} ; ssi:isOfTypeUnitType <elsewhere> .")
    assert said == {
        "GSIM003": ["what a relation leads to is only named here, or described by another vocabulary (once)"]
    }


def test_a_text_in_place_of_a_thing_is_found() -> None:
    said = judged(f'<unit> a ssi:Unit ; {NAMED} ; ssi:isOfTypeUnitType "household" .')
    assert said == {"GSIM003": ["the Unit `X` has `household` as `isOfTypeUnitType`, which is no Unit Type"]}


def test_an_artefact_of_sdmx_stands_for_its_counterpart() -> None:
    domain = f"""
    <domain> a ssi:EnumeratedValueDomain ; {NAMED} ; ssi:takesValuesFromCodeList <list> .
    {OK}ConceptualDomain> ssi:correspondsToValueDomain <domain> .
    <list> a sst:KIND .
    """
    assert judged(domain.replace("KIND", "Codelist")) == {}
    wrong = judged(domain.replace("KIND", "Category"))
    assert wrong == {
        "GSIM003": [
            "the Enumerated Value Domain `X` has `https://example.org/office/list` as `takesValuesFromCodeList`, "
            "which is no Code List"
        ]
    }


def test_any_artefact_will_do_where_gsim_says_identifiable_artefact() -> None:
    run = f"""
    {OK}ProcessStepInstance> ssi:hasProcessInput <input> .
    <input> a ssi:CoreInput ; ssi:refersToArtefact <flow> . <flow> a sst:Dataflow .
    """
    assert judged(run) == {}


def test_inverse_relations_count() -> None:
    variable = f"""
    <variable> a ssi:RepresentedVariable ; {NAMED} ; ssi:takesMeaningFromConceptualVariable {OK}ConceptualVariable> ;
      ssi:measuresUniverse {OK}Universe> .
    {OK}SubstantiveValueDomain> ssi:measuresRepresentedVariable <variable> .
    """
    assert judged(variable) == {}


def test_things_without_a_name_are_judged_and_shown_by_their_kind() -> None:
    said = judged("[] a ssi:AgentInRole ; skos:prefLabel 'x'@en .")
    assert said["GSIM001"] == [
        "the Agent In Role `a nameless AgentInRole` has no Role by `fulfilsRole`, where exactly one is wanted",
        "the Agent In Role `a nameless AgentInRole` has no Agent by `hasAgent`, where exactly one is wanted",
    ]


@pytest.mark.parametrize(
    ("used", "meant"),
    [
        ("ConceptualVaraible", "ConceptualVariable"),
        ("Variable", "ConceptualVariable"),
        ("TransformableInput", "CoreInput"),
        ("WebScraperChannel", "DataHarvest"),
        ("Sign", None),
    ],
)
def test_a_term_that_is_none_is_found_with_what_was_meant(used: str, meant: str | None) -> None:
    data = Graph().parse(data=f"{PREFIXES}<x> a ssi:{used} .", format="turtle")
    (outcome,) = (item for item in judge_information(data) if item.rule == "GSIM014")
    assert [(found.value, found.nearest) for found in outcome.findings] == [(used, meant)]


def test_nothing_is_examined_where_nothing_is() -> None:
    assert {(item.examined, item.findings, item.unjudged) for item in judge_information(Graph())} == {(0, (), ())}


def test_when_the_engine_gives_up_nothing_looks_like_a_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(_data: Graph, _shapes: Graph) -> tuple[GraphResult, ...]:
        raise EngineFailure("too much")

    monkeypatch.setattr("semstat.validators.shape_sets.run_shapes", give_up)
    outcomes = judge_information(world("ok"))
    assert all(item.unjudged for item in outcomes if item.examined and item.rule < "GSIM014")


def test_the_classes_above_are_entailed() -> None:
    kinds = set(completed(Graph().add((SSI["x"], RDF.type, SSI["Questionnaire"]))).objects(SSI["x"], RDF.type))
    assert {SSI["ExchangeInstrument"], SSI["IdentifiableArtefact"], SS.IdentifiableArtefact, SS.Artefact} < kinds
