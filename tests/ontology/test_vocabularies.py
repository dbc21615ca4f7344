"""Vocabularies of codes: complete in three languages, sound as concept schemes, and equal to the lists that they stand for."""

from importlib.resources import files

import pytest
from corpora import CORPORA, needs_corpora
from rdflib import Graph, Literal, URIRef

from semstat.interop import Options, read, validate
from semstat.ontology import load, modules
from semstat.ontology.terms import BASE, DCTERMS, RDF, SDMX, SKOS, SS

OURS = (
    "interoperability-facet",
    "sdmx-conf-status",
    "sdmx-freq",
    "sdmx-obs-status",
    "sdmx-sex",
    "sdmx-time-format",
    "sdmx-unit-mult",
)
CODE = "http://purl.org/linked-data/sdmx/2009/code#"


def concepts(name: str) -> Graph:
    return load(f"vocabulary/{name}")


@pytest.mark.parametrize("name", OURS)
def test_every_code_has_notation_labels_definition_source_and_evidence(name: str) -> None:
    graph, scheme = concepts(name), URIRef(f"{BASE}vocabulary/{name}")
    codes = sorted(graph.subjects(SKOS.inScheme, scheme))
    assert len(codes) > 3
    assert set(codes) == set(graph.subjects(RDF.type, SKOS.Concept))
    for code in codes:
        (notation,) = graph.objects(code, SKOS.notation)
        assert notation == Literal(str(code).removeprefix(f"{scheme}/"))
        labels = [label for label in graph.objects(code, SKOS.prefLabel) if isinstance(label, Literal)]
        assert sorted(str(label.language) for label in labels) == ["en", "es", "fr"]
        (definition,) = graph.objects(code, SKOS.definition)
        assert not str(definition).endswith(".")
        assert len(str(definition).split()) >= 4
        assert len(list(graph.objects(code, DCTERMS.source))) == 1
        assert str(graph.value(code, SS.evidenceStatus)) in {"published", "proposal"}
    positions = sorted(int(str(graph.value(code, SS.position))) for code in codes)
    assert positions == list(range(1, len(codes) + 1))
    assert len({str(graph.value(code, SKOS.definition)) for code in codes}) == len(codes)


@pytest.mark.parametrize("name", [name for name in modules() if name.startswith("vocabulary/")])
def test_our_own_vocabularies_keep_our_own_rules(name: str) -> None:
    path = files("semstat.ontology").joinpath("vocabularies", name.removeprefix("vocabulary/") + ".ttl")
    report = validate([str(path)], options=Options(max_findings=0))
    # A code and a label that is the same in several languages are no faults; nothing else is said of them either.
    assert [(item.rule, item.message) for item in report.diagnostics if item.severity.value != "info"] == []
    assert len([item for item in report.checks if item.rule.startswith("SK")]) == 30


@needs_corpora
@pytest.mark.parametrize("name", [name for name in OURS if name not in {"interoperability-facet"}])
def test_the_codes_published_in_rdf_are_there(name: str) -> None:
    assert CORPORA is not None
    official = Graph().parse(CORPORA / "vocab/rdf-data-cube/sdmx-code.ttl")
    graph = concepts(name)
    linked = {target for target in graph.objects() if isinstance(target, URIRef) and str(target).startswith(CODE)}
    linked = {target for target in linked if "-" in str(target).removeprefix(CODE)}
    (family,) = {str(target).rpartition("-")[0] for target in linked}
    stated = {one for one in official.subjects(SKOS.notation) if str(one).startswith(f"{family}-")}
    assert linked == stated
    for predicate in (SKOS.exactMatch, SKOS.closeMatch):
        for code, target in graph.subject_objects(predicate):
            if target in linked:
                assert str(graph.value(code, SKOS.notation)) == str(official.value(target, SKOS.notation))


LISTS = {
    "sdmx-freq": ("sdmx/json/pysdmx-fmr/code/freq.json", "CL_FREQ/2.0"),
    "sdmx-obs-status": ("sdmx/ml21/agencies/SGR/common-structure.xml", "CL_OBS_STATUS/1.0"),
    "sdmx-conf-status": ("sdmx/ml21/agencies/SGR/common-structure.xml", "CL_CONF_STATUS/1.0"),
    "sdmx-unit-mult": ("sdmx/ml21/agencies/SGR/common-structure.xml", "CL_UNIT_MULT/1.0"),
}


@needs_corpora
@pytest.mark.parametrize("name", LISTS)
def test_codes_and_english_labels_are_those_of_the_code_list(name: str) -> None:
    assert CORPORA is not None
    file, artefact = LISTS[name]
    theirs, ours = read(CORPORA / file).graph, concepts(name)
    start = f"{SDMX}codelist.Code/SDMX/{artefact}/"
    stated = {
        str(code): " ".join(label.split())  # the file has a tab within a label
        for code, label in theirs.subject_objects(SKOS.prefLabel)
        if str(code).startswith(start) and isinstance(label, Literal) and label.language == "en"
    }
    linked = {
        str(target): str(label)
        for code, target in ours.subject_objects(SKOS.exactMatch)
        for label in ours.objects(code, SKOS.prefLabel)
        if isinstance(label, Literal) and label.language == "en"
    }
    assert len(stated) > 4
    assert linked == stated
