"""The ontology held against what the owners of its models publish, as a whole: labels, names of others, counts."""

import re
from collections.abc import Iterator
from functools import lru_cache

import pytest
from corpora import CORPORA, needs_corpora
from model_facts import FACTS, facts, needs_facts
from rdflib import Graph, Literal, Namespace, URIRef

from semstat.ontology import load, modules
from semstat.ontology.describe import whole
from semstat.ontology.terms import BASE, OWL, RDF, RDFS, SKOS, SS

SSA, SSI = Namespace(BASE + "activity#"), Namespace(BASE + "information#")
COOS = "http://id.unece.org/def/coos#"
NAMED_ONLY = {
    "http://rdf-vocabulary.ddialliance.org/cv/": "releases of the vocabularies of the DDI Alliance",
    "http://rdf-vocabulary.ddialliance.org/sdth#": "what histories of data transformation say of programs",
    "http://www.w3.org/2003/06/sw-vocab-status/ns#": "the status of a term",
    "https://semiceu.github.io/style-guide/": "the style guide that headers name",
    "https://creativecommons.org/licenses/by/4.0/": "the licence that headers name",
    "https://w3id.org/semapv/vocab/": "justifications of mappings",
    "https://w3id.org/sssom/": "fields of mappings",
    "https://rdf-vocabulary.ddialliance.org/common#": "the four classes that the products of DDI share",
    "https://unstats.un.org/unsd/methodology/m49/": "where numbers of areas come from",
    "https://www.unicode.org/": "where names of areas come from",
}
"""Vocabularies and pages of others of which no copy is at hand, and what they are named for."""


@lru_cache(maxsize=1)
def published() -> frozenset[str]:
    """Return every name that the vocabularies beside the corpora and the facts speak of."""
    assert CORPORA is not None
    found: set[str] = set()
    for path in sorted((CORPORA / "vocab").rglob("*")):
        if path.suffix in {".ttl", ".rdf"}:
            graph = Graph().parse(path, format="turtle" if path.suffix == ".ttl" else "xml")
            found.update(str(term) for term in graph.subjects() if isinstance(term, URIRef))
    for path in sorted(FACTS.glob("*.json")):
        found.update(map(iri, re.findall(r'"(https?://[^"\s]+)"', path.read_text(encoding="utf-8"))))
    return frozenset(found)


def iri(address: str) -> str:
    """Return an address as an IRI: in a fragment, brackets have to be escaped."""
    return address.replace("[", "%5B").replace("]", "%5D")


def foreign(names: Iterator[str]) -> set[str]:
    graph = load(*names)
    terms = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    return {
        term for term in terms if not term.startswith(BASE) and not term.startswith("http://www.w3.org/2001/XMLSchema#")
    }


@needs_corpora
@needs_facts
@pytest.mark.parametrize("kind", ["alignment/", ""])
def test_every_name_of_others_is_published_by_its_owner(kind: str) -> None:
    terms = foreign(name for name in modules() if name.startswith(kind))
    named = {term for term in terms if term.startswith(tuple(NAMED_ONLY))}
    unknown = {term for term in terms - named if term not in published() and term.rstrip("/#") not in published()}
    assert unknown == set()
    assert len(terms - named) > 390
    print(f"{len(terms - named)} names of others held in {kind or 'all modules'}, {len(named)} only named")


@needs_corpora
def test_every_term_of_coos_is_aligned_by_a_triple_or_said_to_have_no_counterpart() -> None:
    assert CORPORA is not None
    coos = Graph().parse(CORPORA / "vocab/coos/coos.ttl")
    terms = {
        str(term)
        for kind in (OWL.Class, OWL.ObjectProperty)
        for term in coos.subjects(RDF.type, kind)
        if str(term).startswith(COOS)
    }
    from semstat.mappings import crosswalk, crosswalks

    rows = [
        (found.expand(row.object), row.is_absence)
        for name in crosswalks()
        if name.endswith("-coos")
        for found in [crosswalk(name)]
        for row in found.mappings
    ]
    triples = {str(term) for term in whole().objects() if str(term).startswith(COOS)} - {
        str(term) for term in coos.subjects(RDF.type, SKOS.Concept)
    }
    absent = {term for term, is_absence in rows if is_absence}
    assert len(terms) == 37
    assert terms == {term for term, _ in rows} & terms
    assert triples == terms - absent
    assert absent & terms == {COOS + "StatisticalInformationObject"}
    print(f"{len(terms)} terms of COOS: {len(triples)} by a triple, {len(absent & terms)} without a counterpart")


@needs_facts
def test_each_concept_of_gsbpm_leads_to_all_families_of_official_names() -> None:
    graph, counted = whole(), 0
    matches = (SKOS.exactMatch, SKOS.closeMatch, RDFS.seeAlso)
    rows = [*facts("gsbpm-5.2")["items"], *facts("gsbpm-5.2")["overarchingActivities"]]
    for row in rows:
        term = URIRef(f"{BASE}gsbpm/5.2/{row.get('code') or row['key']}")
        led = {str(value) for predicate in matches for value in graph.objects(term, predicate)}
        wanted = {iri(uri) for uri in row["uris"].values() if uri}
        assert wanted <= led, (term, wanted - led)
        counted += len(wanted)
    assert counted == 52 * 3 + 6 + 3
    print(f"{counted} official names of {len(rows)} concepts held")


def test_every_link_says_on_what_it_rests() -> None:
    """One query gives the evidence of every mapping to another vocabulary, as the documentation promises."""
    graph = whole()
    for predicate in (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch):
        for subject, value in graph.subject_objects(predicate):
            records = set(graph.subjects(OWL.annotatedSource, subject)) & set(
                graph.subjects(OWL.annotatedTarget, value)
            )
            stated = {str(graph.value(one, SS.evidenceStatus)) for one in records or {subject}}
            assert stated <= {"published", "second-hand", "proposal"}, (subject, predicate, value)


def test_numbers_that_the_models_publish() -> None:
    """What there must be, on any machine."""
    graph = whole()

    def members(kind: URIRef) -> int:
        return len(set(graph.subjects(RDF.type, kind)))

    assert members(SSA.Phase) == 4 * 8, "in three versions and without a version"
    assert members(SSA.SubProcess) == 4 * 44
    assert members(SSA.ActivityArea) == 4
    assert members(SSA.OrganisationalActivity) == 17
    assert members(SSI.Association) == 201
    assert members(SSI.AttributeUse) == 135
    assert len(set(graph.objects(predicate=SSA.informationRole))) == 6
    languages = {str(label.language) for label in graph.objects(None, SKOS.prefLabel) if isinstance(label, Literal)}
    assert languages == {"en", "fr", "es"}


def test_no_definition_says_the_label_again() -> None:
    """A relation may name the class that it leads to; a class or concept that names itself is defined in a circle."""
    graph, seen = whole(), 0
    relations = set(graph.subjects(RDF.type, OWL.ObjectProperty))
    for term, text in graph.subject_objects(SKOS.definition):
        labels = [
            str(label)
            for predicate in (RDFS.label, SKOS.prefLabel)
            for label in graph.objects(term, predicate)
            if isinstance(label, Literal) and label.language == "en"
        ]
        seen += 1
        if term in relations or (term, RDF.type, OWL.DatatypeProperty) in graph:
            continue
        for label in labels:
            assert " " not in label or not re.search(rf"\b{re.escape(label)}\b", str(text), re.IGNORECASE), (term, text)
    print(f"{seen} definitions held")
    assert seen > 2000
