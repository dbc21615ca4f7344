"""GSBPM, GAMSO and COOS: each link goes to what its owner publishes, and no two versions are the same thing."""

from collections import Counter
from functools import lru_cache

import pytest
from corpora import CORPORA, needs_corpora
from rdflib import Graph, URIRef

from semstat.mappings import crosswalk, crosswalks
from semstat.ontology import load, modules
from semstat.ontology.terms import BASE, OWL, RDF, RDFS, SKOS, SSSOM

COOS = "http://id.unece.org/def/coos#"
OF_CONCEPTS = (
    "gsbpm-coos",
    "gsbpm-models",
    "gsbpm-web",
    "gamso-coos",
    "gamso-gsbpm",
    "gsdem-gsbpm",
    "products-coos",
    "artefacts-cdi",
    "cdi-coos",
)
TO_COOS = ("core-coos", "information-coos", "cdi-coos", "products-coos")
EXACT_VERSION = {"gsbpm-coos": "5.1", "gsbpm-models": "5.0"}


@lru_cache(maxsize=1)
def ours() -> Graph:
    return load(*(name for name in modules() if not name.startswith("alignment/")))


@lru_cache
def published(path: str) -> Graph:
    assert CORPORA is not None
    return Graph().parse(CORPORA / "vocab" / path, format="turtle")


@lru_cache(maxsize=1)
def cdi() -> Graph:
    assert CORPORA is not None
    graph = Graph()
    for path in sorted((CORPORA / "vocab" / "ddi-cdi").glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def pairs(name: str) -> list[tuple[URIRef, str, URIRef]]:
    found = crosswalk(name)
    return [
        (URIRef(found.expand(row.subject)), row.predicate, URIRef(found.expand(row.object)))
        for row in found.mappings
        if not row.is_absence and row.text("subject_id") and row.text("object_id")
    ]


@pytest.mark.parametrize("name", OF_CONCEPTS)
def test_subjects_are_concepts_of_the_vocabulary_named_with_their_labels(name: str) -> None:
    found = crosswalk(name)
    for row in found.mappings:
        term, scheme = URIRef(found.expand(row.subject)), URIRef(found.expand(row.text("subject_source")))
        known = {str(label) for label in ours().objects(term, SKOS.prefLabel) if label.language == "en"}  # type: ignore[attr-defined]
        assert known == {row.text("subject_label")}, row
        assert term == scheme or (term, SKOS.inScheme, scheme) in ours(), row


@pytest.mark.parametrize(("name", "version"), EXACT_VERSION.items())
def test_only_the_version_that_is_meant_is_an_exact_match(name: str, version: str) -> None:
    for subject, predicate, _ in pairs(name):
        is_meant = str(subject).startswith(f"{BASE}gsbpm/{version}/")
        assert predicate == ("skos:exactMatch" if is_meant else "skos:closeMatch")


def test_every_concept_that_an_owner_has_is_linked_from_every_version() -> None:
    for name, counts in {
        "gsbpm-coos": {"5.0": 53, "5.1": 56, "5.2": 56},
        "gsbpm-models": {"5.0": 52, "5.1": 52, "5.2": 52},
        "gsbpm-web": {"5.2": 58},
        "gamso-coos": {"1.2": 22},
    }.items():
        assert Counter(str(subject).split("/")[-2] for subject, _, _ in pairs(name)) == counts


def test_no_two_versions_are_the_same_by_way_of_others() -> None:
    """``skos:exactMatch`` is symmetric and transitive: what it joins is one thing."""
    joined = Graph()
    for name in crosswalks():
        for subject, predicate, other in pairs(name):
            if predicate == "skos:exactMatch":
                joined.add((subject, SKOS.exactMatch, other))
    joined += ours().triples((None, SKOS.exactMatch, None))
    if CORPORA is not None:
        joined += published("coos/coos.ttl").triples((None, SKOS.exactMatch, None))
    for one, other in list(joined.subject_objects(SKOS.exactMatch)):
        joined.add((other, SKOS.exactMatch, one))
    checked = 0
    for start in set(joined.subjects()):
        cluster = {str(one) for one in joined.transitive_objects(start, SKOS.exactMatch)}
        for family in ("gsbpm", "gamso"):
            assert len([one for one in cluster if one.startswith(f"{BASE}{family}/")]) <= 1, cluster
        checked += 1
    assert checked > 200


def test_the_vocabulary_says_where_the_page_speaks_of_its_concepts() -> None:
    rows = {(subject, other) for subject, predicate, other in pairs("gsbpm-web") if predicate == "rdfs:seeAlso"}
    assert rows == set(load("vocabulary/gsbpm-5.2").subject_objects(RDFS.seeAlso))


@needs_corpora
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("gsbpm-coos", "coos/coos.ttl"),
        ("gamso-coos", "coos/coos.ttl"),
        ("gsbpm-models", "stamina/gsbpm.ttl"),
        ("core-coos", "coos/coos.ttl"),
        ("information-coos", "coos/coos.ttl"),
        ("cdi-coos", "coos/coos.ttl"),
        ("products-coos", "coos/coos.ttl"),
    ],
)
def test_objects_are_published_by_their_owner(name: str, path: str) -> None:
    graph, found = published(path), crosswalk(name)
    for row in found.mappings:
        term = URIRef(found.expand(row.object))
        assert (term, RDF.type, None) in graph, term
        labels = {str(text) for text in (*graph.objects(term, RDFS.label), *graph.objects(term, SKOS.prefLabel))}
        assert not labels or row.text("object_label").casefold() in {text.casefold() for text in labels}, (row, labels)
    assert found.mappings
    print(f"{len(found.mappings)} objects of {name} found in {path}")


@needs_corpora
def test_codes_agree_with_those_of_the_owner() -> None:
    checked = 0
    for name, path in (
        ("gsbpm-coos", "coos/coos.ttl"),
        ("gamso-coos", "coos/coos.ttl"),
        ("gsbpm-models", "stamina/gsbpm.ttl"),
    ):
        for subject, _, other in pairs(name):
            mine, theirs = ours().value(subject, SKOS.notation), published(path).value(other, SKOS.notation)
            if mine is not None:
                assert str(mine) == str(theirs)
                checked += 1
    assert checked > 300


@needs_corpora
def test_classes_of_ddi_cdi_are_published() -> None:
    rows = pairs("artefacts-cdi")
    assert len(rows) > 10
    for row in rows:
        assert (row[2], RDF.type, OWL.Class) in cdi(), row


def test_shapes_of_data_in_coos_lead_to_classes_of_ddi_cdi() -> None:
    graph = load("alignment/cdi-coos", "alignment/artefacts-cdi")
    found = {
        str(theirs).rpartition("#")[2]: str(cdi_class).rpartition("/")[2]
        for ours_, theirs in graph.subject_objects(SKOS.closeMatch)
        for cdi_class in graph.objects(ours_, SKOS.exactMatch)
    }
    assert found == {
        "DimensionalDataset": "DimensionalDataSet",
        "KeyValueDataset": "KeyValueDataStore",
        "RectangularDataset": "WideDataSet",
        "TransposedDataset": "LongDataSet",
    }


@needs_corpora
def test_all_classes_and_properties_of_coos_are_aligned() -> None:
    graph = published("coos/coos.ttl")
    terms = {
        str(term)
        for kind in (OWL.Class, OWL.ObjectProperty)
        for term in graph.subjects(RDF.type, kind)
        if str(term).startswith(COOS)
    }
    aligned = {
        found.expand(row.object)
        for found in map(crosswalk, TO_COOS)
        for row in found.mappings
        if (URIRef(found.expand(row.object)), RDF.type, SKOS.Concept) not in graph
    }
    assert len(terms) == 30 + 7
    assert aligned == terms


def test_what_has_no_counterpart_is_said() -> None:
    absent = [row for row in crosswalk("core-coos").mappings if row.is_absence]
    assert [(row.subject, row.object) for row in absent] == [("sssom:NoTermFound", "coos:StatisticalInformationObject")]
    assert SSSOM.NoTermFound not in set(load("alignment/coos").all_nodes())


def test_no_concept_becomes_an_activity_by_the_alignment() -> None:
    """COOS states uses and supports between concepts, whose domains and ranges make activities of them."""
    graph = load("activity", "alignment/coos")
    between_runs = {URIRef(COOS + "uses"), URIRef(COOS + "supports"), URIRef(COOS + "enables")}
    kinds = set(graph.transitive_subjects(RDFS.subClassOf, URIRef(BASE + "activity#ActivityKind")))
    for below, above in graph.subject_objects(RDFS.subPropertyOf):
        if above in between_runs:
            assert not kinds & {*graph.objects(below, RDFS.domain), *graph.objects(below, RDFS.range)}
    stated = load("vocabulary/gsbpm-5.2", "vocabulary/gamso-1.2")
    assert not {predicate for predicate in stated.predicates() if str(predicate).endswith(("#uses", "#supports"))}
