"""GSBPM and GAMSO are as their owners publish them, version by version, and no kind of activity is an activity."""

import json
import os
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Literal, Namespace, URIRef

from semstat.ontology import load, modules
from semstat.ontology.terms import BASE, DCTERMS, OWL, RDF, RDFS, SKOS, SS

SSA = Namespace(BASE + "activity#")
SSI = Namespace(BASE + "information#")
FACTS = Path(os.environ.get("SEMSTAT_FACTS", Path(__file__).parents[3] / "shared" / "facts"))
needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the facts about GSBPM and GAMSO are not there")
VERSIONS = ("5.0", "5.1", "5.2")
VOCABULARIES = [name for name in modules() if name.startswith("vocabulary/gsbpm")]


@lru_cache
def graph(name: str) -> Graph:
    return load(name)


@lru_cache
def facts(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((FACTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def concept(version: str, code: str) -> URIRef:
    return URIRef(f"{BASE}gsbpm/{version}/{code}")


def labels(name: str, term: URIRef, predicate: URIRef = SKOS.prefLabel) -> dict[str, str]:
    return {str(one.language): str(one) for one in graph(name).objects(term, predicate) if isinstance(one, Literal)}


def printed() -> Mapping[str, Mapping[str, Any]]:
    return {row["uri"]: row for row in facts("gsbpm-gamso-coos-labels")["concepts"]}


def right(row: Mapping[str, Any]) -> dict[str, str]:
    return {**{tag: text for tag, text in row["labels"].items() if text}, **(row["corrections"] or {})}


@pytest.mark.parametrize("version", VERSIONS)
def test_each_version_has_its_phases_and_sub_processes(version: str) -> None:
    found = graph(f"vocabulary/gsbpm-{version}")
    kinds = Counter(kind for kind in found.objects(predicate=RDF.type))
    overarching = {"5.0": 0, "5.1": 3, "5.2": 6}[version]
    assert kinds[SSA.Phase] == 8
    assert kinds[SSA.SubProcess] == 44
    assert kinds[SSA.OverarchingActivity] == overarching
    assert kinds[SKOS.Concept] == 1 + 8 + 44 + overarching
    by_phase = Counter(str(found.value(one, SKOS.broader))[-1] for one in found.subjects(RDF.type, SSA.SubProcess))
    assert [by_phase[str(phase)] for phase in range(1, 9)] == [6, 6, 7, 4, 8, 5, 5, 3]


@needs_facts
def test_labels_of_5_2_are_those_of_the_facts() -> None:
    name = "vocabulary/gsbpm-5.2"
    for item in facts("gsbpm-5.2")["items"]:
        of_5_1 = right(printed()[item["uris"]["coos51"]])
        expected = {**of_5_1, "en": item["label"], **(item["proposedLabels"] or {})}
        assert labels(name, concept("5.2", item["code"])) == expected
    for item in facts("gsbpm-5.2")["overarchingActivities"]:
        assert labels(name, concept("5.2", item["key"])) == {"en": item["label"], **item["labels"]}


@needs_facts
def test_labels_of_5_1_are_those_of_coos_with_its_misprints_hidden() -> None:
    name, hidden = "vocabulary/gsbpm-5.1", 0
    for item in [*facts("gsbpm-5.2")["items"], *facts("gsbpm-5.2")["overarchingActivities"]]:
        if item["uris"]["coos51"] is None:
            continue
        term = concept("5.1", item.get("code") or item["key"])
        row = printed()[item["uris"]["coos51"]]
        assert labels(name, term) == right(row)
        assert labels(name, term, SKOS.hiddenLabel) == {tag: row["labels"][tag] for tag in row["corrections"] or {}}
        hidden += len(row["corrections"] or {})
    assert hidden == 11


@needs_facts
def test_labels_of_5_0_are_those_of_the_facts() -> None:
    for item in facts("gsbpm-5.2")["items"]:
        assert labels("vocabulary/gsbpm-5.0", concept("5.0", item["code"]))["en"] == item["label50"]


@pytest.mark.parametrize("name", VOCABULARIES)
def test_labels_are_in_three_languages_and_translations_by_the_project_are_marked(name: str) -> None:
    for term in graph(name).subjects(RDF.type, SKOS.Concept):
        assert isinstance(term, URIRef)
        assert set(labels(name, term)) == {"en", "fr", "es"}
        assert {str(tag) for tag in graph(name).objects(term, SSI.labelProposedIn)} <= {"en", "fr", "es"}
        assert set(labels(name, term, SKOS.definition)) == {"en"}
        assert graph(name).value(term, SS.evidenceStatus) in {Literal("published"), Literal("proposal")}


@needs_facts
def test_what_changed_is_said() -> None:
    changed = {row["code"]: row["label51"] for row in facts("gsbpm-5.2")["items"] if row["changedFrom51"]}
    found = graph("vocabulary/gsbpm-5.2")
    notes = {str(found.value(term, SKOS.notation)): str(note) for term, note in found.subject_objects(SKOS.changeNote)}
    assert {code: f'called "{label}" in GSBPM 5.1' for code, label in changed.items()} == notes
    assert len(notes) == 6


def test_a_version_replaces_the_one_before_and_is_never_the_same_as_it() -> None:
    for newer, older in zip(VERSIONS[1:], VERSIONS, strict=False):
        found, before = graph(f"vocabulary/gsbpm-{newer}"), graph(f"vocabulary/gsbpm-{older}")
        replaced = dict(found.subject_objects(DCTERMS.replaces))
        assert set(replaced.values()) == set(before.subjects(RDF.type, SKOS.Concept))
        assert replaced == dict(found.subject_objects(SKOS.closeMatch))
        assert not list(found.subject_objects(SKOS.exactMatch))


def test_a_concept_without_version_names_exactly_its_versions() -> None:
    neutral = graph("vocabulary/gsbpm")
    stated = set(neutral.subject_objects(DCTERMS.hasVersion))
    back = {
        (kept, term)
        for version in VERSIONS
        for term, kept in graph(f"vocabulary/gsbpm-{version}").subject_objects(DCTERMS.isVersionOf)
    }
    assert stated == back
    assert {one for one, _ in stated} == set(neutral.subjects(RDF.type, SKOS.Concept))


def test_references_of_published_texts_are_stated_directly_too() -> None:
    found = graph("vocabulary/gsbpm-5.2")
    records = list(found.subjects(RDF.type, SSA.ActivityReference))
    pairs = {
        status: {
            (found.value(one, SSA.linkedActivityKind), found.value(one, SSA.referredActivityKind))
            for one in records
            if found.value(one, SS.evidenceStatus) == Literal(status)
        }
        for status in ("published", "proposal")
    }
    assert (len(pairs["published"]), len(pairs["proposal"]), len(records)) == (26, 6, 32)
    assert set(found.subject_objects(SSA.refersTo)) == pairs["published"]
    known = set(found.subjects(RDF.type, SKOS.Concept))
    assert all(end in known for both in pairs.values() for pair in both for end in pair)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_concept_hangs_on_the_one_top_of_its_scheme(name: str) -> None:
    found, scheme = graph(name), URIRef(BASE + name)
    (top,) = found.objects(scheme, SKOS.hasTopConcept)
    for term in found.subjects(RDF.type, SKOS.Concept):
        assert list(found.objects(term, SKOS.inScheme)) == [scheme]
        assert top in set(found.transitive_objects(term, SKOS.broader))
        assert len(set(found.objects(term, SKOS.broader))) == (term != top)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_siblings_are_counted_from_one_in_the_order_of_their_codes(name: str) -> None:
    found = graph(name)
    for parent in set(found.objects(predicate=SKOS.broader)):
        children = sorted(found.subjects(SKOS.broader, parent), key=lambda one: int(str(found.value(one, SS.position))))
        assert [int(str(found.value(one, SS.position))) for one in children] == list(range(1, len(children) + 1))
        codes = [str(found.value(one, SKOS.notation)) for one in children if "management" not in str(one)]
        assert codes == sorted(codes, key=lambda code: [int(part) for part in code.split(".")])


def test_the_modules_keep_kinds_of_activity_and_activities_apart() -> None:
    module = graph("activity")
    assert (SSA.Activity, OWL.disjointWith, SSA.ActivityKind) in module
    kinds = set(module.transitive_subjects(RDFS.subClassOf, SSA.ActivityKind))
    runs = set(module.transitive_subjects(RDFS.subClassOf, SSA.Activity))
    assert len(kinds) == 7
    assert len(runs) == 7
    assert not kinds & runs
