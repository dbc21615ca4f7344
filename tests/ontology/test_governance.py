"""The vocabularies of governance and partnership: complete, in order, and true to what was decided."""

import json
import os
import shutil
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef

from semstat.ontology import load, modules
from semstat.ontology.reasoning import Consistency, check
from semstat.ontology.terms import BASE, DCTERMS, OWL, RDF, RDFS, SKOS, SS, XSD
from semstat.validators.rules import catalogue

SSG, SSI = Namespace(BASE + "governance#"), Namespace(BASE + "information#")
FACTS = Path(os.environ.get("SEMSTAT_FACTS", Path(__file__).parents[3] / "shared" / "facts"))
OURS = {URIRef(f"{BASE}governance"), URIRef(f"{BASE}partnership")}
HERE = Path(__file__).parent / "competency"


@lru_cache
def graph(name: str) -> Graph:
    return load(name)


def imports(name: str) -> set[object]:
    return set(graph(name).objects(URIRef(BASE + name), OWL.imports))


VOCABULARIES = [name for name in modules() if name.startswith("vocabulary/") and imports(name) & OURS]


def scheme(name: str) -> str:
    return f"{BASE}vocabulary/{name}"


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_concept_is_complete(name: str) -> None:
    found, home = graph(name), URIRef(BASE + name)
    concepts = set(found.subjects(RDF.type, SKOS.Concept))
    assert concepts
    for term in concepts:
        languages = [str(label.language) for label in found.objects(term, SKOS.prefLabel) if isinstance(label, Literal)]
        assert sorted(languages) == ["en", "es", "fr"], term
        (definition,) = found.objects(term, SKOS.definition)
        assert len(str(definition).split()) >= 3
        assert not str(definition).endswith(".")
        assert list(found.objects(term, SKOS.inScheme)) == [home]
        assert str(term) == f"{home}/{found.value(term, SKOS.notation)}"
        assert len(list(found.objects(term, DCTERMS.source))) == 1
        assert str(found.value(term, SS.evidenceStatus)) in {"published", "second-hand", "proposal"}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_labels_and_definitions_tell_concepts_apart(name: str) -> None:
    found = graph(name)
    for predicate in (SKOS.prefLabel, SKOS.definition):
        texts = Counter(
            (str(text).casefold(), getattr(text, "language", "")) for text in found.objects(None, predicate)
        )
        assert not [text for text, number in texts.items() if number > 1]


@pytest.mark.parametrize("name", VOCABULARIES)
def test_concepts_stand_in_order_below_a_parent_or_on_top(name: str) -> None:
    found, home = graph(name), URIRef(BASE + name)
    concepts = set(found.subjects(RDF.type, SKOS.Concept))
    below = set(found.subjects(SKOS.broader))
    assert set(found.objects(home, SKOS.hasTopConcept)) == concepts - below
    for parent in {None, *found.objects(None, SKOS.broader)}:
        siblings = concepts - below if parent is None else set(found.subjects(SKOS.broader, parent))
        places = sorted(int(str(found.value(one, SS.position))) for one in siblings)
        assert places == list(range(1, len(siblings) + 1)), parent


def test_every_status_can_be_reached_and_every_guard_is_a_rule() -> None:
    found = graph("vocabulary/status-ladder")
    steps = set(found.subjects(RDF.type, SSG.AllowedStep))
    pairs = {(found.value(one, SSG.fromStatus), found.value(one, SSG.toStatus)) for one in steps}
    reached: set[object] = {URIRef(scheme("status-ladder") + "/draft")}
    for _ in pairs:
        reached |= {to for start, to in pairs if start in reached}
    assert reached == set(found.subjects(RDF.type, SKOS.Concept))
    for guard in found.objects(None, SSG.guard):
        assert str(guard).rpartition("/")[2] in catalogue()
    roles = set(graph("vocabulary/governance-roles").subjects(RDF.type, SSI.Role))
    assert set(found.objects(None, SSG.takenBy)) <= roles


def test_the_23_indicators_and_the_gates_of_the_levels() -> None:
    found = graph("vocabulary/interoperability-maturity")
    indicators = set(found.subjects(RDF.type, SSG.Indicator))
    codes = sorted(str(found.value(one, SKOS.notation)) for one in indicators)
    assert " ".join(codes) == "G1 G2 G3 J L1 L2 L3 M1 M2 P1 P2 Q1 Q2 S1 S2 S3 S4 S5 S6 T1 T2 T3 T4"
    dimensions = set(graph("vocabulary/indicator-dimensions").subjects(RDF.type, SKOS.Concept))
    assert set(found.objects(None, SSG.indicatorDimension)) == dimensions
    assert sum(int(str(weight)) for weight in found.objects(None, SSG.weight)) == 32
    gates = {
        str(found.value(level, SKOS.notation)): {
            str(gate).rpartition("/")[2] for gate in found.objects(level, SSG.gate)
        }
        for level in found.subjects(RDF.type, SSG.MaturityLevel)
    }
    assert gates == {
        "level-0": set(), "level-1": {"T1", "G2"}, "level-2": {"S1", "S5", "T3"},
        "level-3": {"G1", "G3", "T2"}, "level-4": {"J", "L1"},
    }  # fmt: skip


def test_the_elements_of_the_mandate_are_four_four_and_seven() -> None:
    found = graph("vocabulary/governance-elements")
    numbers = Counter(str(parent).rpartition("/")[2] for parent in found.objects(None, SKOS.broader))
    assert numbers == {"C": 4, "E": 4, "A": 7}


@pytest.mark.skipif(not FACTS.is_dir(), reason="the facts about GSIM are not there")
def test_classes_of_gsim_are_named_as_in_gsim() -> None:
    known = {row["localName"] for row in json.loads((FACTS / "gsim-2.0-classes.json").read_text("utf-8"))["classes"]}
    used = {str(above) for above in load("governance", "partnership").objects(None, RDFS.subClassOf)}
    names = {above.removeprefix(str(SSI)) for above in used if above.startswith(str(SSI))}
    assert len(names) >= 4
    assert names <= known


@pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed")
def test_an_office_at_work_is_consistent_and_a_contradiction_is_found() -> None:
    pytest.importorskip("owlready2")
    office = load()
    for triple in Graph().parse(HERE / "governance.ttl", format="turtle"):
        # OWL 2 has no dates and durations among its datatypes, and HermiT gives up on them.
        if not isinstance(triple[2], Literal) or triple[2].datatype not in {XSD.date, XSD.duration}:
            office.add(triple)
    assert check(office) == Consistency(consistent=True)
    office.add((URIRef("https://example.org/office/d1"), RDF.type, SSG.Proposal))
    assert check(office) == Consistency(consistent=False)
