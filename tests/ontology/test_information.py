"""The information module says what GSIM 2.0 publishes, and what was decided where GSIM contradicts itself."""

import json
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from corpora import CORPORA
from rdflib import Graph, Literal, URIRef

from semstat.ontology import load
from semstat.ontology.describe import whole
from semstat.ontology.terms import BASE, DCTERMS, OWL, RDF, RDFS, SKOS, SS
from semstat.ontology.terms_information import SSI

FACTS = CORPORA.parent / "facts" if CORPORA else Path("facts")
needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the facts about GSIM are not beside the corpora")
GROUPS = {"Base": 12, "Business": 32, "Concept": 39, "Exchange": 21, "Structure": 23}
KINDS = {"association": "PlainAssociation", "aggregation": "Aggregation", "composition": "Composition"}
REUSED = {
    "id": SS.identifier, "identifier": SS.identifier, "version": SS.version, "validFrom": SS.validFrom,
    "validTo": SS.validTo, "name": SKOS.prefLabel, "description": DCTERMS.description,
}  # fmt: skip


@lru_cache(maxsize=1)
def graph() -> Graph:
    return load("information")


@lru_cache
def facts(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((FACTS / f"gsim-2.0-{name}.json").read_text(encoding="utf-8"))
    return found


def classes() -> list[Mapping[str, Any]]:
    return list(facts("classes")["classes"])


def local(name: str) -> URIRef:
    return next(SSI[item["localName"]] for item in classes() if item["name"] == name)


def record(identifier: str) -> URIRef:
    return URIRef(f"{BASE}information/association/{identifier}")


def text(node: URIRef, predicate: URIRef) -> str | None:
    value = graph().value(node, predicate)
    return None if value is None else str(value)


def gsim_classes() -> set[Any]:
    return set(graph().subjects(DCTERMS.isPartOf, None))


def test_there_are_127_classes_in_five_groups() -> None:
    found = Counter(str(group).rpartition("#")[2] for _, group in graph().subject_objects(DCTERMS.isPartOf))
    assert found == {f"{name}Group": number for name, number in GROUPS.items()}
    assert len(gsim_classes()) == 127
    order = sorted(graph().subject_objects(SS.position), key=lambda pair: int(str(pair[1])))
    assert [str(group).rpartition("#")[2] for group, _ in order] == [f"{name}Group" for name in GROUPS]


@needs_facts
def test_classes_are_those_of_the_facts_with_their_labels_and_synonyms() -> None:
    assert gsim_classes() == {SSI[item["localName"]] for item in classes()}
    for item in classes():
        term = SSI[item["localName"]]
        assert (term, RDFS.label, Literal(item["name"], "en")) in graph()
        assert {str(one) for one in graph().objects(term, SKOS.altLabel)} == set(item["synonyms"])
        assert graph().value(term, DCTERMS.isPartOf) == SSI[item["group"] + "Group"]
        assert text(term, SSI.introducedIn) == item["introducedIn"]
        assert text(term, SSI.formerName) == item["formerName"]
        assert str(graph().value(term, RDFS.seeAlso)) == item["url"]


@needs_facts
def test_no_definition_is_that_of_the_standard() -> None:
    for item in classes():
        own = str(graph().value(SSI[item["localName"]], SKOS.definition))
        assert own.casefold().strip(" .") != (item["sourceDefinition"] or "").casefold().strip(" .")


@needs_facts
def test_the_51_generalisations_are_there_and_others_are_marked() -> None:
    drawn = {(local(item["sub"]), local(item["super"])) for item in facts("relations")["generalisations"]}
    root = SSI.IdentifiableArtefact
    stated = {
        (below, above)
        for below, above in graph().subject_objects(RDFS.subClassOf)
        if above != root and below in gsim_classes()
    }
    assert len(drawn) == 51
    assert drawn <= stated
    assert stated - drawn == {(SSI.NodeSet, SSI.ConceptSystem), (root, SS.IdentifiableArtefact)}
    for below, above in stated - drawn:
        (axiom,) = graph().subjects(OWL.annotatedSource, below)
        assert graph().value(axiom, OWL.annotatedTarget) == above
        assert text(axiom, SS.evidenceStatus) == "proposal"  # type: ignore[arg-type]


@needs_facts
def test_identifiable_classes_are_below_the_root_and_no_others() -> None:
    for item in classes():
        term = SSI[item["localName"]]
        below = SSI.IdentifiableArtefact in set(graph().transitive_objects(term, RDFS.subClassOf))
        assert below == (item["identifiable"] is not False), term
        assert text(term, SSI.isIdentifiable) == str(below).lower()
    below_root = set(graph().transitive_subjects(RDFS.subClassOf, SSI.IdentifiableArtefact))
    assert len(below_root) == 115, "114 identifiable classes and the root"


@needs_facts
def test_every_association_is_recorded_as_drawn_and_as_taken() -> None:
    rows = facts("relations")["associations"]
    assert len(rows) == len(set(graph().subjects(RDF.type, SSI.Association))) == 201
    for row in rows:
        item = record(row["id"])
        assert graph().value(item, SSI.fromClass) == local(row["from"])
        assert graph().value(item, SSI.toClass) == local(row["to"])
        assert text(item, SSI.drawnFromMultiplicity) == row["fromMult"]
        assert text(item, SSI.drawnToMultiplicity) == row["toMult"]
        assert text(item, SSI.drawnLabel) == (row["label"] if row["labelDrawn"] else None)
        assert {str(one).rpartition("#")[2] for one in graph().objects(item, SSI.drawnIn)} == {
            f"{name}Group" for name in row["diagrams"]
        }
        drawn = graph().value(item, SSI.drawnKind) or graph().value(item, SSI.associationKind)
        assert drawn == SSI[KINDS[row["kind"]]]
        assert len(list(graph().objects(item, SSI.variant))) == len(row["variants"])


@needs_facts
def test_decisions_and_their_reasons_are_recorded() -> None:
    for row in facts("relations")["associations"]:
        item, decided = record(row["id"]), row["decision"]
        assert (text(item, SSI.decision) is not None) == (decided is not None)
        if decided:
            assert decided["reason"] in str(text(item, SKOS.editorialNote))
            assert row["issue"].rstrip(".") in str(text(item, SKOS.editorialNote))
            assert text(item, SS.evidenceStatus) == "proposal"
    assert len(set(graph().subjects(SSI.decision, Literal("dropped")))) == 2
    merged = set(graph().subjects(SSI.decision, Literal("merged")))
    assert len(merged) == len(set(graph().subjects(SSI.mergedInto, None))) == 3


@needs_facts
def test_196_associations_hold_with_their_effective_multiplicities() -> None:
    lively = 0
    for row in facts("relations")["associations"]:
        item, decided = record(row["id"]), row["decision"] or {}
        if decided.get("drop") or decided.get("mergeInto"):
            assert text(item, SSI.toMultiplicity) is None
            continue
        lively += 1
        assert text(item, SSI.fromMultiplicity) == (decided.get("fromMult") or row["fromMult"])
        assert text(item, SSI.toMultiplicity) == (decided.get("toMult") or row["toMult"])
    assert lively == 196


@needs_facts
def test_the_179_properties_of_associations() -> None:
    carried: dict[URIRef, list[Mapping[str, Any]]] = {}
    for row in facts("relations")["associations"]:
        if row["proposedProperty"]:
            assert graph().value(record(row["id"]), SSI.property) == SSI[row["proposedProperty"]]
            carried.setdefault(SSI[row["proposedProperty"]], []).append(row)
    assert len(carried) == 179
    for term, rows in carried.items():
        assert (term, RDF.type, OWL.ObjectProperty) in graph()
        sources = {local(row["from"]) for row in rows}
        domains = set(graph().objects(term, RDFS.domain))
        assert domains <= (sources | {SS.IdentifiableArtefact})
        assert bool(domains) == (len(sources) == 1)
        assert list(graph().objects(term, SSI.inverseLabel))


@needs_facts
def test_135_attributes_under_119_names() -> None:
    uses = [(item, attribute) for item in classes() for attribute in item["attributes"]]
    assert len(uses) == len(set(graph().subjects(RDF.type, SSI.AttributeUse))) == 135
    assert len({attribute["localName"] for _, attribute in uses}) == 119
    for item, attribute in uses:
        name = attribute["localName"]
        use = URIRef(f"{BASE}information/attribute/{item['localName']}-{name}")
        term = REUSED.get(name, SSI[name])
        assert graph().value(use, SSI.property) == term
        assert graph().value(use, SSI.onClass) == SSI[item["localName"]]
        assert text(use, SSI.cardinality) == attribute["cardinality"]
        assert text(use, SSI.publishedType) == attribute["type"]
        if name not in REUSED:
            by_concept = SKOS.Concept in set(graph().objects(use, SSI.valueType))
            assert (term, RDF.type, OWL.ObjectProperty if by_concept else OWL.DatatypeProperty) in graph()
            assert (term, RDFS.label, Literal(attribute["name"], "en")) in graph()


def test_an_attribute_has_one_type_of_value_although_two_are_published() -> None:
    for name, published in {"dataType": 2, "floating": 2}.items():
        uses = set(graph().subjects(SSI.property, SSI[name]))
        assert len({text(use, SSI.publishedType) for use in uses}) == published  # type: ignore[arg-type]
        assert len({value for use in uses for value in graph().objects(use, SSI.valueType)}) == 1
        assert sum((use, SSI.decision, Literal("changed")) in graph() for use in uses) == 1


def test_every_former_name_is_found_and_leads_to_what_there_is_now() -> None:
    former = set(graph().subjects(RDF.type, SSI.FormerClass))
    assert len(former) == 22, "13 that were removed, 9 that were renamed"
    gone = {text(one, RDFS.label) for one in former if graph().value(one, DCTERMS.isReplacedBy) is None}  # type: ignore[arg-type]
    assert gone == {"Sign", "Code Value", "Protocol"}
    renamed = set(graph().subjects(SSI.formerName, None))
    assert len(renamed) == 9
    for term in renamed:
        assert f"called {text(term, SSI.formerName)} in GSIM 1.2" in {  # type: ignore[arg-type]
            str(note) for note in graph().objects(term, SKOS.historyNote)
        }


def test_what_the_project_adds_is_marked() -> None:
    ours = {"InformationGroup", "Association", "AttributeUse", "AssociationKind", "FormerClass"}
    marked = {str(term).rpartition("#")[2] for term in graph().subjects(SS.evidenceStatus, Literal("proposal"))}
    assert ours <= marked
    assert {"hasActiveRoleIn", "hasSentinelValueDomain", "hasSubstantiveValueDomain"} <= marked
    for term in gsim_classes():
        assert {str(tag) for tag in graph().objects(term, SSI.labelProposedIn)} == {"es", "fr"}


def test_names_shared_with_ddi_cdi_keep_the_axioms_of_gsim() -> None:
    for one in ("UnitType", "Universe", "Population"):
        assert list(graph().objects(SSI[one], RDFS.subClassOf)) == [SSI.Concept]
    assert SSI.Concept not in set(graph().transitive_objects(SSI.ConceptualVariable, RDFS.subClassOf))
    assert not list(whole().triples((None, OWL.equivalentClass, None)))
