"""GSBPM and GAMSO are as their owners publish them, version by version, and no kind of activity is an activity."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from model_facts import facts, needs_facts
from rdflib import Graph, Literal, Namespace, URIRef

from semstat.interop import Options, validate
from semstat.ontology import load, modules
from semstat.ontology.terms import BASE, DCTERMS, OWL, RDF, RDFS, SKOS, SS

SSA = Namespace(BASE + "activity#")
SSI = Namespace(BASE + "information#")
VERSIONS = ("5.0", "5.1", "5.2")
MODELS = [name for name in modules() if name.startswith(("vocabulary/gsbpm", "vocabulary/gamso"))]
"""The models of activity, each a tree."""
LISTS = [
    f"vocabulary/{name}"
    for name in ("csda-2.0", "cspa-services", "gsdem-2.0", "product-contents", "product-presentations")
]


@lru_cache
def graph(name: str) -> Graph:
    return load(name)


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


@pytest.mark.parametrize("name", [*MODELS, *LISTS, "vocabulary/saf-0.3"])
def test_labels_are_in_three_languages_and_translations_by_the_project_are_marked(name: str) -> None:
    for term in graph(name).subjects(RDF.type, SKOS.Concept):
        assert isinstance(term, URIRef)
        assert set(labels(name, term)) == {"en", "fr", "es"}
        assert {str(tag) for tag in graph(name).objects(term, SSI.labelProposedIn)} <= {"en", "fr", "es"}
        assert set(labels(name, term, SKOS.definition)) == (set() if "saf" in name else {"en"})
        assert str(graph(name).value(term, SS.evidenceStatus)) in {"published", "second-hand", "proposal"}


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


@pytest.mark.parametrize("name", MODELS)
def test_every_concept_hangs_on_the_one_top_of_its_scheme(name: str) -> None:
    found, scheme = graph(name), URIRef(BASE + name)
    (top,) = found.objects(scheme, SKOS.hasTopConcept)
    for term in found.subjects(RDF.type, SKOS.Concept):
        assert list(found.objects(term, SKOS.inScheme)) == [scheme]
        assert top in set(found.transitive_objects(term, SKOS.broader))
        assert len(set(found.objects(term, SKOS.broader))) == (term != top)


@pytest.mark.parametrize("name", MODELS)
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


def test_gamso_has_its_areas_and_activities() -> None:
    found = graph("vocabulary/gamso-1.2")
    kinds = Counter(found.objects(predicate=RDF.type))
    assert (kinds[SSA.ActivityArea], kinds[SSA.OrganisationalActivity], kinds[SKOS.Concept]) == (4, 17, 22)
    by_area = Counter(
        str(found.value(one, SKOS.broader))[-1] for one in found.subjects(RDF.type, SSA.OrganisationalActivity)
    )
    assert by_area == {"1": 3, "2": 4, "3": 10}


@needs_facts
def test_labels_of_gamso_are_those_of_coos_with_its_misprints_hidden() -> None:
    name, rows = "vocabulary/gamso-1.2", [row for row in printed().values() if row["kind"].startswith("GAMSO")]
    for row in rows:
        term = URIRef(f"{BASE}gamso/1.2/{row['notation']}")
        assert labels(name, term) == right(row)
        expected = {tag: row["labels"][tag] for tag in row["corrections"] or {} if row["labels"].get(tag)}
        assert labels(name, term, SKOS.hiddenLabel) == expected
        assert {str(tag) for tag in graph(name).objects(term, SSI.labelProposedIn)} == set(row["corrections"] or {})
    assert len(rows) == 22


@needs_facts
def test_an_overarching_activity_depends_on_its_counterpart_in_gamso() -> None:
    found = graph("vocabulary/gamso-1.2")
    expected = {
        (
            concept("5.2", row["key"]),
            URIRef(f"{BASE}gamso/1.2/{row['gamsoCounterpart']}"),
            row["gamsoCounterpartStatus"].split()[0],
        )
        for row in facts("gsbpm-5.2")["overarchingActivities"]
    }
    records = {
        (
            found.value(one, SSA.linkedActivityKind),
            found.value(one, SSA.dependedOnActivityKind),
            str(found.value(one, SS.evidenceStatus)),
        )
        for one in found.subjects(RDF.type, SSA.ActivityDependence)
    }
    assert records == {(kind, other, "proposal" if status == "project" else status) for kind, other, status in expected}
    assert set(found.subject_objects(SSA.dependsOnActivityKind)) == {(kind, other) for kind, other, _ in expected}


def test_capabilities_services_functions_and_products_are_counted() -> None:
    counts = {
        "vocabulary/csda-2.0": {SSA.CoreCapability: 11, SSA.CrossCuttingCapability: 5},
        "vocabulary/saf-0.3": {SSA.Capability: 20},
        "vocabulary/gsdem-2.0": {SSA.EditingFunction: 10},
        "vocabulary/cspa-services": {SSA.ServiceDefinition: 10},
        "vocabulary/product-presentations": {SKOS.Concept: 6},
        "vocabulary/product-contents": {SKOS.Concept: 4},
    }
    for name, expected in counts.items():
        kinds = Counter(graph(name).objects(predicate=RDF.type))
        assert {kind: kinds[kind] for kind in expected} == expected, name


def test_saf_is_there_by_code_and_name_only() -> None:
    """Its licence is not known."""
    found = graph("vocabulary/saf-0.3")
    assert not {SKOS.definition, SKOS.scopeNote, SKOS.note} & set(found.predicates())
    codes = {str(code) for code in found.objects(predicate=SKOS.notation)} - {"0.3"}
    assert {f"P{number:02}" for number in range(1, 12)} <= codes
    assert {f"VS-{number:02}" for number in range(1, 11)} | {f"#{number}" for number in range(1, 7)} <= codes


def test_the_office_of_the_questions_keeps_the_rules_on_activities() -> None:
    report = validate([str(Path(__file__).parent / "competency" / "activity.ttl")], options=Options(max_findings=0))
    assert [item.message for item in report.diagnostics if item.rule.startswith("ACT")] == []
    assert {item.rule for item in report.checks if item.rule.startswith("ACT") and item.examined} >= {
        "ACT004",
        "ACT008",
    }


def test_every_service_described_has_a_unit_and_what_is_ours_is_marked() -> None:
    found = graph("vocabulary/cspa-services")
    described = dict(found.subject_objects(SSA.describesUnit))
    assert set(described) == set(found.subjects(RDF.type, SSA.ServiceDefinition))
    assert set(described.values()) == set(found.subjects(RDF.type, SSA.ServiceFunction))
    added = set(found.subjects(RDF.type, OWL.Axiom))
    assert {str(found.value(one, SS.evidenceStatus)) for one in added} == {"proposal"}
    assert len(added) == 2
