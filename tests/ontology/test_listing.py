"""What the ontology holds, listed and searched: everything once, nothing left out, every term by each of its names."""

from collections import Counter

import pytest
from rdflib import Literal, URIRef

from semstat.ontology import load, modules
from semstat.ontology.access import iris
from semstat.ontology.describe import whole
from semstat.ontology.listing import KINDS, PARTS, listed, module_named, searched
from semstat.ontology.lookup import find
from semstat.ontology.terms import BASE, OWL, RDF, RDFS, SKOS, SS

ALL = listed()


def test_everything_is_listed_once() -> None:
    assert [item.name for item in ALL if item.kind in PARTS] == list(modules())
    assert max(Counter(item.iri for item in ALL if item.kind not in PARTS).values()) == 1
    for kind, declared in {
        "class": (OWL.Class,),
        "property": (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty),
        "concept": (SKOS.Concept,),
    }.items():
        wanted = {str(term) for one in declared for term in iris(whole(), None, RDF.type, one)}
        assert {item.iri for item in ALL if item.kind == kind} == {iri for iri in wanted if iri.startswith(BASE)}


def test_counts_are_those_of_the_terms() -> None:
    for item in ALL:
        if item.kind in PARTS:
            assert item.terms == sum(1 for other in ALL if other.module == item.name) - 1
        else:
            assert item.terms is None


def test_every_term_has_a_label_and_what_is_shown_can_be_looked_up() -> None:
    assert [item.iri for item in ALL if not item.label] == []
    for item in ALL[:: len(ALL) // 40]:
        if item.kind not in PARTS:
            assert find(item.name) == [URIRef(item.iri)]


@pytest.mark.parametrize("kind", KINDS)
def test_filters_leave_what_fits(kind) -> None:
    assert [item.iri for item in listed(kinds=[kind])] == [item.iri for item in ALL if item.kind == kind]


def test_filters_by_module_status_and_evidence_add_up() -> None:
    module = "vocabulary/gsbpm-5.2"
    assert listed(within=[module]) == tuple(item for item in ALL if item.module == module)
    assert listed(status="testing") == tuple(item for item in ALL if item.status == "testing")
    assert listed(status="no-such") == ()
    chosen = listed(kinds=["concept"], within=[module], evidence="proposal")
    assert {URIRef(item.iri) for item in chosen} == {
        term for term in iris(load(module), None, SS.evidenceStatus, Literal("proposal"))
        if (term, RDF.type, SKOS.Concept) in whole()
    }  # fmt: skip


def test_codes_are_listed_in_the_order_of_their_numbers() -> None:
    codes = [item.code for item in listed(kinds=["concept"], within=["vocabulary/gamso-1.2"])]
    assert codes.index("3.9") < codes.index("3.10") < codes.index("4")


def test_labels_are_in_the_language_asked_for() -> None:
    said = {item.iri: item.label for item in listed(kinds=["class"], language="fr")}
    for iri, label in said.items():
        assert Literal(label, lang="fr") in set(whole().objects(URIRef(iri), RDFS.label))
    assert listed(kinds=["class"], language="de")[0].label == listed(kinds=["class"])[0].label


def test_a_module_goes_by_its_short_name() -> None:
    assert [module_named(name) for name in ("gsbpm-5.2", "link/gsbpm-artefacts", "core", "", "nothing")] == [
        "vocabulary/gsbpm-5.2", "link/gsbpm-artefacts", "core", None, None,
    ]  # fmt: skip


def test_every_class_is_found_first_by_each_of_its_labels() -> None:
    classes = listed(kinds=["class"])
    labels = Counter(
        str(label).casefold() for item in classes for label in whole().objects(URIRef(item.iri), RDFS.label)
    )
    missed = []
    for item in classes[::40]:
        for label in whole().objects(URIRef(item.iri), RDFS.label):
            first = searched(str(label), classes, limit=labels[str(label).casefold()] + 1)
            if item.iri not in {other.iri for _, other in first}:
                missed.append((item.name, str(label)))
    assert missed == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("code list", "ssi:CodeList"),
        ("variable representee", "ssi:RepresentedVariable"),
        ("sst:Codelist", "sst:Codelist"),
        ("aplicar control de divulgación", "semstat:gsbpm/6.4"),
        ("Analísis", "semstat:gsbpm/5.1/6"),
        ("code usge", "ssl:CodeUsage"),
        ("DSD", "sst:DataStructure"),
        ("MSD", "ssr:MetadataStructure"),
        ("nomenclature", "ssi:StatisticalClassification"),
        ("encuesta", "ssi:StatisticalProgramme"),
        ("microdonnées", "ssi:UnitDataStructure"),
        ("statistical unit", "ssi:Unit"),
        ("content constraint", "sst:DataConstraint"),
    ],
)
def test_terms_are_found_by_label_name_language_and_slip(words, name) -> None:
    assert name in [item.name for _, item in searched(words, ALL, limit=6)]
