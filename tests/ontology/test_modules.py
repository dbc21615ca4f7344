"""Hygiene of the ontology's files: headers, labels, definitions, sources, names, form."""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import VANN, DefinedNamespace

from semstat.ontology import load, modules
from semstat.ontology.describe import whole
from semstat.ontology.terms import BASE, DCTERMS, OWL, RDF, RDFS, SKOS, SS, SSC, SST, VS
from semstat.ontology.terms_mapping import SSM
from semstat.ontology.terms_metadata import SSR
from semstat.ontology.terms_process import SSP
from semstat.ontology.turtle import PREFIXES, canonical

TERMS = {"core": SS, "structure": SST, "mapping": SSM, "metadata": SSR, "process": SSP, "shacl": SSC}
NAMED = tuple(name for name in modules() if "/" not in name)
"""The modules with terms; those that no code names have no namespace in Python."""
FOLDERS = {"vocabulary": "vocabularies", "link": "links", "alignment": "alignments"}
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual}
ROOT = URIRef(BASE + "information#IdentifiableArtefact")
"""The class above nearly all of GSIM: being below it tells nothing, so no definition begins with it."""
LANGUAGES = {"en", "fr", "es"}
HEADER = (
    DCTERMS.title, DCTERMS.abstract, DCTERMS.license, DCTERMS.creator, DCTERMS.issued, OWL.versionIRI, OWL.versionInfo,
)  # fmt: skip


def local(term: object) -> str:
    return str(term).rsplit("#", 1)[-1]


def terms_of(name: str) -> list[URIRef]:
    return sorted(term for term in set(load(name).subjects()) if isinstance(term, URIRef) and "#" in term)


def text_of(name: str) -> str:
    kind, _, stem = name.rpartition("/")
    folder = FOLDERS.get(kind, "modules")
    return files("semstat.ontology").joinpath(folder, f"{stem}.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", modules())
def test_the_header_says_everything_once(name: str) -> None:
    graph, ontology = load(name), URIRef(BASE + name)
    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [ontology]
    for predicate in HEADER:
        assert len(list(graph.objects(ontology, predicate))) == 1, predicate
    version = graph.value(ontology, OWL.versionInfo)
    assert graph.value(ontology, OWL.versionIRI) == URIRef(f"{ontology}/{version}")
    assert re.fullmatch(r"\d+\.\d+\.\d+", str(version))
    assert graph.value(ontology, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")


def test_all_modules_have_one_version() -> None:
    graph = whole()
    assert len({str(graph.value(one, OWL.versionInfo)) for one in graph.subjects(RDF.type, OWL.Ontology)}) == 1


def test_imports_lead_back_to_core_and_never_in_a_circle() -> None:
    order = [URIRef(BASE + name) for name in modules()]
    for name in modules():
        imported = list(load(name).objects(URIRef(BASE + name), OWL.imports))
        assert all(order.index(one) < order.index(URIRef(BASE + name)) for one in imported)
        assert bool(imported) == (name != "core")


@lru_cache(maxsize=1)
def named() -> Graph:
    return load(*NAMED)


@lru_cache(maxsize=1)
def homes() -> Mapping[str, str]:
    """By term the module that says something of it first: of modules with terms, each after those that it imports."""
    found: dict[str, str] = {}
    for name in (one for one in modules() if "/" not in one):
        for subject in load(name).subjects():
            found.setdefault(str(subject), name)
    return found


@pytest.mark.parametrize("name", [name for name in modules() if "/" not in name])
def test_a_module_imports_those_whose_terms_it_uses_and_no_other(name: str) -> None:
    graph = load(name)
    ontologies = {BASE + one for one in modules()}
    used = {
        homes()[str(node)] for triple in graph for node in triple if str(node) in homes() if str(node) not in ontologies
    }
    stated = {str(one).removeprefix(BASE) for one in graph.objects(URIRef(BASE + name), OWL.imports)}
    # What shapes are compiled from is described in words about structures, without a term of theirs.
    assert stated == used - {name} | ({"structure"} if name == "shacl" else set())


@pytest.mark.parametrize("name", NAMED)
def test_the_preferred_prefix_is_that_of_the_project(name: str) -> None:
    graph, ontology = load(name), URIRef(BASE + name)
    stated = (VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri)
    prefix, namespace = (str(graph.value(ontology, predicate)) for predicate in stated)
    assert PREFIXES[prefix] == namespace == f"{ontology}#"


@pytest.mark.parametrize(("name", "namespace"), TERMS.items())
def test_terms_py_and_turtle_name_the_same_terms(name: str, namespace: type[DefinedNamespace]) -> None:
    declared = {URIRef(f"{BASE}{name}#{term}") for term in namespace.__annotations__ if not term.startswith("_")}
    assert set(terms_of(name)) == declared


@pytest.mark.parametrize("name", NAMED)
def test_every_term_has_kind_label_definition_source_status_and_home(name: str) -> None:
    graph = load(name)
    for term in terms_of(name):
        kinds = KINDS & set(graph.objects(term, RDF.type))
        assert len(kinds) == 1, term
        labels = [label for label in graph.objects(term, RDFS.label) if isinstance(label, Literal)]
        assert sorted(str(label.language) for label in labels) == sorted(LANGUAGES), term
        definitions = list(graph.objects(term, SKOS.definition))
        assert [definition.language for definition in definitions if isinstance(definition, Literal)] == ["en"], term
        assert len(list(graph.objects(term, DCTERMS.source))) == 1, term
        assert list(graph.objects(term, VS.term_status)) == [Literal("testing")], term
        assert list(graph.objects(term, RDFS.isDefinedBy)) == [URIRef(BASE + name)], term


@pytest.mark.parametrize("name", NAMED)
def test_definitions_are_phrases_of_their_own(name: str) -> None:
    """ISO 704: a genus and a difference; no article, no full stop, not the label again, no two alike."""
    graph, seen = load(name), set()
    for term in terms_of(name):
        text, label = str(graph.value(term, SKOS.definition)), str(graph.value(term, RDFS.label))
        assert not re.match(r"(?i)(a|an|the)\b", text), text
        assert not text.endswith("."), text
        assert len(text.split()) >= 4, text
        assert text.casefold() != label.casefold()
        assert text not in seen, text
        seen.add(text)


@pytest.mark.parametrize("name", NAMED)
def test_the_genus_of_a_class_is_the_label_of_a_class_above_it(name: str) -> None:
    graph = named()
    for term in terms_of(name):
        above = {one for one in graph.objects(term, RDFS.subClassOf) if str(one).startswith(BASE)}
        if above - {ROOT}:
            chain = graph.transitive_objects(term, RDFS.subClassOf)
            genera = {str(label).lower() for one in chain for label in graph.objects(one, RDFS.label)}
            text = str(graph.value(term, SKOS.definition)).lower()
            assert any(text.startswith(genus.removesuffix(" of semstat")) for genus in genera), (term, text)


@pytest.mark.parametrize("name", NAMED)
def test_classes_begin_with_a_capital_and_properties_do_not(name: str) -> None:
    graph = load(name)
    for term in terms_of(name):
        is_property = not {OWL.Class, OWL.NamedIndividual} & set(graph.objects(term, RDF.type))
        assert local(term)[0].islower() == is_property, term


@pytest.mark.parametrize("name", modules())
def test_files_are_formatted_and_without_blank_nodes(name: str) -> None:
    text = text_of(name)
    graph = Graph().parse(data=text, format="turtle")
    assert not [term for triple in graph for term in triple if isinstance(term, BNode)]
    assert canonical(graph) == text, "run docs/format_ontology.py"


@pytest.mark.parametrize("name", modules())
def test_files_use_the_prefixes_of_the_project(name: str) -> None:
    for prefix, namespace in re.findall(r"^PREFIX (\S+): <(\S+)>$", text_of(name), re.MULTILINE):
        assert PREFIXES[prefix] == namespace


def test_every_text_has_a_language_or_is_no_text() -> None:
    tagged = {RDFS.label, SKOS.definition, DCTERMS.source, DCTERMS.title, DCTERMS.abstract, RDFS.comment}
    for subject, predicate, value in whole():
        if predicate in tagged:
            assert isinstance(value, Literal)
            assert value.language in LANGUAGES, (subject, predicate)


def test_no_term_of_ours_is_said_to_exist_without_being_defined() -> None:
    graph = whole()
    known = {term for name in NAMED for term in terms_of(name)}
    for triple in graph:
        for term in triple:
            if isinstance(term, URIRef) and str(term).startswith(tuple(f"{BASE}{name}#" for name in NAMED)):
                assert term in known, triple


def test_an_unknown_module_is_refused() -> None:
    with pytest.raises(KeyError):
        load("no-such-module")


def test_each_call_gives_a_graph_of_its_own() -> None:
    first = load("core")
    first.remove((None, None, None))
    assert len(load("core")) > 0


TYPOGRAPHY = {
    "fr": r"(?<![\u00a0\u202f])[:;?!»%]|«(?![\u00a0\u202f])|  |\b(?:E(?:tat|tude|change|valu|lément)|(?:meta)?donnees|qualite)",
    "es": r"\s[:;?!]|  |\b\w+(?:cion|sion)\b|\b(?:codigo|numero|metodo|analisis|titulo)s?\b|\bestadistic",
}
"""What a label cannot have: French sets a blank that does not break before high marks; both keep their accents."""


@pytest.mark.parametrize("language", TYPOGRAPHY)
def test_labels_keep_the_typography_of_their_language(language: str) -> None:
    labels = [
        str(label)
        for predicate in (RDFS.label, SKOS.prefLabel, SKOS.altLabel)
        for label in whole().objects(None, predicate)
        if isinstance(label, Literal) and label.language == language
    ]
    assert len(labels) > 2700
    assert [label for label in labels if re.search(TYPOGRAPHY[language], label) or label != label.strip()] == []
