"""The ontology is consistent and each of its classes can have a member, alone and with the vocabularies it leans on."""

import importlib.util
import shutil
import sys
from functools import lru_cache
from pathlib import Path

import pytest
from corpora import CORPORA, needs_corpora
from rdflib import Graph, URIRef

from semstat.ontology import load, modules
from semstat.ontology.describe import whole
from semstat.ontology.errors import MissingExtra, SemstatError
from semstat.ontology.reasoning import Consistency, Contradiction, check, infer
from semstat.ontology.terms import OWL, RDF, SST

needs_reasoner = pytest.mark.skipif(
    importlib.util.find_spec("owlready2") is None or shutil.which("java") is None,
    reason="owlready2 or Java is not installed",
)
FINE = Consistency(consistent=True)
PREFIXES = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sst: <https://w3id.org/semstat/structure#> .
"""
# What QB, SKOS and PROV-O themselves publish on which of their classes exclude each other.
PUBLISHED = """
qb:MeasureProperty owl:disjointWith qb:AttributeProperty , qb:DimensionProperty .
skos:ConceptScheme owl:disjointWith skos:Concept .
prov:Activity owl:disjointWith prov:Entity .
"""


@lru_cache(maxsize=1)
def terms() -> Graph:
    """The modules with terms and their alignments: what classes are decided by, without the thousands of concepts."""
    return load(*(name for name in modules() if not name.startswith(("vocabulary/", "link/"))))


def with_also(turtle: str) -> Graph:
    return (terms() + Graph()).parse(data=PREFIXES + turtle, format="turtle")


@needs_reasoner
def test_modules_and_alignments_are_consistent() -> None:
    assert check(whole()) == FINE


@needs_reasoner
def test_they_are_consistent_with_what_the_borrowed_vocabularies_exclude() -> None:
    assert check(with_also(PUBLISHED)) == FINE


@needs_reasoner
@needs_corpora
@pytest.mark.parametrize("file", ["rdf-data-cube/cube.ttl", "skos.ttl", "w3c/prov-o.ttl", "xkos/xkos.ttl"])
def test_they_are_consistent_with_the_whole_of_each_borrowed_vocabulary(file: str) -> None:
    assert CORPORA is not None
    assert check((terms() + Graph()).parse(CORPORA / "vocab" / file, format="turtle")) == FINE


@needs_reasoner
@needs_corpora
def test_they_are_consistent_with_coos_as_repaired() -> None:
    """COOS defines two classes by restrictions with many values, which OWL 2 DL does not know; all else is kept."""
    assert CORPORA is not None
    coos = Graph().parse(CORPORA / "vocab" / "coos" / "coos.ttl", format="turtle")
    restrictions = list(coos.subjects(RDF.type, OWL.Restriction))
    for restriction in restrictions:
        coos.remove((None, OWL.equivalentClass, restriction))
        coos.remove((restriction, None, None))
    assert len(restrictions) == 2
    assert check(terms() + coos) == FINE


@needs_reasoner
def test_a_kind_of_activity_that_is_made_an_activity_is_found() -> None:
    """What COOS does: it states between two concepts what holds between two activities."""
    kinds = "<https://w3id.org/semstat/gsbpm/5.2/quality-management> {} <https://w3id.org/semstat/gamso/1.2/3.3> ."
    prefix = "@prefix ssa: <https://w3id.org/semstat/activity#> ."
    stated = load("core", "activity", "vocabulary/gsbpm-5.2", "vocabulary/gamso-1.2")
    assert check(stated) == FINE
    assert check(stated.parse(data=prefix + kinds.format("ssa:uses"), format="turtle")) == Consistency(consistent=False)


@needs_reasoner
@pytest.mark.parametrize(
    "above",
    [
        "sst:Measure , sst:Attribute",  # stated in the module
        "sst:TimeDimension , sst:Measure",  # inherited
        "sst:Codelist , sst:Code",  # a scheme is no item
        "sst:Dimension , qb:MeasureProperty",  # only through the alignment
        "sst:Concept , skos:ConceptScheme",
    ],
)
def test_a_class_that_cannot_have_a_member_is_found(above: str) -> None:
    graph = with_also(PUBLISHED + f"sst:Impossible a owl:Class ; rdfs:subClassOf {above} .")
    assert check(graph) == Consistency(consistent=True, unsatisfiable=(SST._NS["Impossible"],))


@needs_reasoner
def test_a_class_below_itself_does_no_harm() -> None:
    assert check(with_also("sst:Even a owl:Class ; rdfs:subClassOf sst:Even .")) == FINE


@needs_reasoner
def test_what_hermit_refuses_is_no_pass() -> None:
    with pytest.raises(SemstatError, match="HermiT failed") as caught:
        check(with_also("sst:Odd a owl:Class ; owl:disjointWith sst:Odd ."))
    assert "DisjointClasses" in caught.value.hint


@needs_reasoner
def test_a_contradiction_is_found() -> None:
    graph = with_also("<https://example.org/x> a sst:Dataflow , sst:DataStructure .")
    assert check(graph) == Consistency(consistent=False)


@needs_reasoner
@pytest.mark.parametrize("name", ["fixture", "activity", "exchange", "fixture-study"])
def test_the_graphs_of_the_competency_questions_are_consistent(name: str) -> None:
    hub = Path(__file__).parent / "competency" / f"{name}.ttl"
    assert check((terms() + Graph()).parse(hub, format="turtle")) == FINE


@needs_reasoner
def test_nothing_is_printed_and_no_world_is_shared(capfd: pytest.CaptureFixture[str]) -> None:
    check(with_also("<https://example.org/x> a sst:Dataflow , sst:DataStructure ."))
    assert check(terms()) == FINE
    assert capfd.readouterr() == ("", "")


def test_without_owlready2_the_caller_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "owlready2", None)
    with pytest.raises(MissingExtra) as caught:
        check(Graph())
    assert caught.value.hint == 'pip install "semstat[reasoning]"'


@pytest.mark.skipif(importlib.util.find_spec("owlready2") is None, reason="owlready2 is not installed")
def test_without_java_the_caller_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    reasoning = importlib.import_module("owlready2.reasoning")
    monkeypatch.setattr(reasoning.owlready2, "JAVA_EXE", "/no/such/java")
    with pytest.raises(MissingExtra, match="Java is not installed") as caught:
        check(load("core"))
    assert caught.value.hint == "install a Java runtime, which HermiT needs"


@needs_reasoner
def test_classes_in_a_circle_are_reasoned_over_in_silence(capfd: pytest.CaptureFixture[str]) -> None:
    circle = "sst:Odd a owl:Class ; rdfs:subClassOf sst:Even . sst:Even a owl:Class ; rdfs:subClassOf sst:Odd ."
    thing = "<https://example.org/x> a sst:Odd ."
    found = infer(Graph().parse(data=PREFIXES + circle + thing, format="turtle"))
    assert (URIRef("https://example.org/x"), RDF.type, SST._NS["Even"]) in found
    assert capfd.readouterr() == ("", "")


@needs_reasoner
def test_nothing_is_inferred_from_a_contradiction() -> None:
    with pytest.raises(Contradiction):
        infer(with_also("<https://example.org/x> a sst:Dataflow , sst:DataStructure ."))
