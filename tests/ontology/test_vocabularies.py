"""Vocabularies of codes: complete in three languages, sound as concept schemes, and equal to the lists that they stand for."""

import re
from importlib.resources import files

import babel
import pytest
from babel import Locale
from corpora import CORPORA, needs_corpora
from rdflib import Graph, Literal, URIRef

from semstat.interop import Options, read, validate
from semstat.ontology import load, modules
from semstat.ontology.terms import BASE, DCTERMS, RDF, RDFS, SDMX, SKOS, SS

OURS = (
    "ddi-aggregation-method",
    "ddi-analysis-unit",
    "ddi-data-type",
    "ddi-mode-of-collection",
    "ddi-sampling-procedure",
    "ddi-time-method",
    "interoperability-facet",
    "sdmx-area",
    "sdmx-concepts",
    "sdmx-conf-status",
    "sdmx-freq",
    "sdmx-obs-status",
    "sdmx-sex",
    "sdmx-time-format",
    "sdmx-unit-mult",
)
NOT_CODES_IN_RDF = {"interoperability-facet", "sdmx-area", "sdmx-concepts"}
CODE = "http://purl.org/linked-data/sdmx/2009/code#"
CONCEPT = "http://purl.org/linked-data/sdmx/2009/concept#"


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
    found = [item for item in report.diagnostics if item.severity.value != "info"]
    assert [(item.rule, item.message) for item in found] == []
    assert len([item for item in report.checks if item.rule.startswith("SK")]) == 30


@needs_corpora
@pytest.mark.parametrize("name", [name for name in OURS if name.startswith("sdmx-") and name not in NOT_CODES_IN_RDF])
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


CROSS_DOMAIN = "conceptscheme.Concept/SDMX/CROSS_DOMAIN_CONCEPTS/1.0"
LISTS = {
    "sdmx-concepts": ("sdmx/ml21/agencies/SGR/common-structure.xml", CROSS_DOMAIN),
    "sdmx-freq": ("sdmx/json/pysdmx-fmr/code/freq.json", "codelist.Code/SDMX/CL_FREQ/2.0"),
    "sdmx-obs-status": ("sdmx/ml21/agencies/SGR/common-structure.xml", "codelist.Code/SDMX/CL_OBS_STATUS/1.0"),
    "sdmx-conf-status": ("sdmx/ml21/agencies/SGR/common-structure.xml", "codelist.Code/SDMX/CL_CONF_STATUS/1.0"),
    "sdmx-unit-mult": ("sdmx/ml21/agencies/SGR/common-structure.xml", "codelist.Code/SDMX/CL_UNIT_MULT/1.0"),
}


@needs_corpora
@pytest.mark.parametrize("name", LISTS)
def test_codes_and_english_labels_are_those_of_the_code_list(name: str) -> None:
    assert CORPORA is not None
    file, artefact = LISTS[name]
    theirs, ours = read(CORPORA / file).graph, concepts(name)
    start = f"{SDMX}{artefact}/"
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
    if (
        name == "sdmx-concepts"
    ):  # the agencies publish a part of the scheme; what else there is comes from the guidelines
        linked = {target: label for target, label in linked.items() if target in stated}
    assert len(stated) > 4
    assert linked == stated


@needs_corpora
def test_concepts_are_those_of_the_guidelines() -> None:
    assert CORPORA is not None
    official = Graph().parse(CORPORA / "vocab/rdf-data-cube/sdmx-concept.ttl")
    ours = concepts("sdmx-concepts")
    corrected = {"Timelinesst": "Timeliness"}
    for concept in ours.subjects(RDF.type, SKOS.Concept):
        notation = str(ours.value(concept, SKOS.notation))
        assert URIRef(f"{SDMX}{CROSS_DOMAIN}/{notation}") in set(ours.objects(concept, SKOS.exactMatch))
        matches = {*ours.objects(concept, SKOS.exactMatch), *ours.objects(concept, SKOS.closeMatch)}
        (target,) = (one for one in matches if str(one).startswith(CONCEPT))
        assert str(official.value(target, SKOS.notation)).rpartition(".")[2] == notation
        if (concept, SKOS.exactMatch, target) in ours:
            label = str(official.value(target, RDFS.label))
            assert Literal(corrected.get(label, label), "en") in set(ours.objects(concept, SKOS.prefLabel))
        comment = " ".join(str(official.value(target, RDFS.comment)).split()).rstrip(".").lower()
        assert str(ours.value(concept, SKOS.definition)).removeprefix("concept for ").lower() not in comment
        for parent in ours.objects(concept, SKOS.broader):
            above = {*ours.objects(parent, SKOS.exactMatch), *ours.objects(parent, SKOS.closeMatch)}
            assert above & set(official.objects(target, SKOS.broader))
        for scheme in ours.objects(concept, RDFS.seeAlso):
            assert str(scheme).removeprefix(BASE) in modules()


def test_areas_have_three_codes() -> None:
    graph = concepts("sdmx-area")
    areas = {str(code): area for area, code in graph.subject_objects(SKOS.notation)}
    assert len(areas) == 249
    assert not set(areas) & {"EU", "EZ", "UN", "XA", "XB", "XK", "ZZ"}
    assert all(re.fullmatch("[A-Z]{2}", code) for code in areas)
    letters, numbers = set(), set()
    for code, area in areas.items():
        number, three = sorted(str(identifier) for identifier in graph.objects(area, DCTERMS.identifier))
        assert re.fullmatch(r"[0-9]{3}", number)
        assert re.fullmatch("[A-Z]{3}", three)
        letters.add(three)
        numbers.add(number)
        definition = str(graph.value(area, SKOS.definition))
        assert f" {code} and {three} " in definition
        assert definition.endswith(f" is {number}")
    assert len(letters) == len(numbers) == len(areas)


@pytest.mark.skipif(not babel.__version__.startswith("2.18"), reason="names change between releases of the locale data")
def test_names_of_areas_are_those_of_the_locale_data() -> None:
    graph = concepts("sdmx-area")
    areas = {str(code): area for area, code in graph.subject_objects(SKOS.notation)}
    for language in ("en", "fr", "es"):
        names = Locale(language).territories
        for code, area in areas.items():
            assert Literal(names[code], language) in set(graph.objects(area, SKOS.prefLabel))


AREA_LISTS = {
    "sdmx/mixed/pysdmx-bis/datastructure_descendants.xml": (
        "BIS/CL_BIS_IF_REF_AREA/1.0",
        222,
        "AN CS DD PU SU WA XM XW YU",
    ),
    "sdmx/json/pysdmx-fmr/dsd/dsd.json": ("BIS/CL_BIS_IF_REF_AREA/1.0", 218, ""),
    "sdmx/ml21/agencies/ESTAT/apro_mk_cola-structure.xml": ("ESTAT/CL_GEO/1.0", 33, "EL UK"),
    "sdmx/ml21/pysdmx-bis/estat_metadata.xml": ("ESTAT/GEO/23.1", 37, "EL UK XK"),
}
"""Lists of agencies, how many of their codes of two letters are known, and those that are not: areas of the past, groups,
and the codes that Eurostat has of its own."""


@needs_corpora
@pytest.mark.parametrize("file", AREA_LISTS)
def test_codes_of_areas_in_use_are_known(file: str) -> None:
    assert CORPORA is not None
    artefact, count, others = AREA_LISTS[file]
    theirs, ours = read(CORPORA / file).graph, concepts("sdmx-area")
    start = f"{SDMX}codelist.Code/{artefact}/"
    stated = {str(code) for item, code in theirs.subject_objects(SKOS.notation) if str(item).startswith(start)}
    stated = {code for code in stated if re.fullmatch("[A-Z]{2}", code)}
    known = stated & {str(code) for code in ours.objects(None, SKOS.notation)}
    assert len(known) == count
    assert stated - known == set(others.split())


@pytest.mark.parametrize("name", [name for name in OURS if name.startswith("ddi-")])
def test_a_code_of_ddi_lies_below_the_code_that_it_begins_with(name: str) -> None:
    graph = concepts(name)
    for code in graph.subjects(SKOS.notation):
        above = str(code).rpartition("/")[2].rpartition(".")[0]
        broader = [str(one) for one in graph.objects(code, SKOS.broader)]
        assert broader == ([f"{BASE}vocabulary/{name}/{above}"] if above else [])
        assert ((code, SKOS.topConceptOf, None) in graph) != bool(above)


@pytest.mark.parametrize("name", [name for name in OURS if name.startswith("ddi-")])
def test_each_code_of_ddi_has_an_official_code_of_its_own(name: str) -> None:
    graph = concepts(name)
    (release,) = graph.objects(URIRef(f"{BASE}vocabulary/{name}"), RDFS.seeAlso)
    targets = list(graph.objects(None, SKOS.exactMatch))
    assert len(set(targets)) == len(targets)
    assert all(re.fullmatch(re.escape(str(release)) + "[0-9a-f]{7}", str(target)) for target in targets)
    without = {str(code) for code in graph.subjects(SKOS.notation) if (code, SKOS.exactMatch, None) not in graph}
    assert without <= {f"{BASE}vocabulary/ddi-mode-of-collection/SelfAdministeredQuestionnaire.WebBased"}


TERMS_OF_DDI = {
    "ddi-time-method": """
        Longitudinal
        Longitudinal.CohortEventBased = Longitudinal: Cohort/Event-based
        Longitudinal.TrendRepeatedCrossSection = Longitudinal: Trend/Repeated cross-section
        Longitudinal.Panel = Longitudinal: Panel
        Longitudinal.Panel.Continuous = Longitudinal: Panel: Continuous
        Longitudinal.Panel.Interval = Longitudinal: Panel: Interval
        TimeSeries = Time series
        TimeSeries.Continuous = Time series: Continuous
        TimeSeries.Discrete = Time series: Discrete
        CrossSection = Cross-section
        CrossSectionAdHocFollowUp = Cross-section ad-hoc follow-up
        Other
    """,
    "ddi-sampling-procedure": """
        TotalUniverseCompleteEnumeration = Total universe/Complete enumeration
        Probability
        Probability.SimpleRandom = Probability: Simple random
        Probability.SystematicRandom = Probability: Systematic random
        Probability.Stratified = Probability: Stratified
        Probability.Stratified.Proportional = Probability: Stratified: Proportional
        Probability.Stratified.Disproportional = Probability: Stratified: Disproportional
        Probability.Cluster = Probability: Cluster
        Probability.Cluster.SimpleRandom = Probability: Cluster: Simple random
        Probability.Cluster.StratifiedRandom = Probability: Cluster: Stratified random
        Probability.Multistage = Probability: Multistage
        Nonprobability = Non-probability
        Nonprobability.Availability = Non-probability: Availability
        Nonprobability.Purposive = Non-probability: Purposive
        Nonprobability.Quota = Non-probability: Quota
        Nonprobability.RespondentAssisted = Non-probability: Respondent-assisted
        MixedProbabilityNonprobability = Mixed probability and non-probability
        Other
    """,
}
"""Codes and descriptive terms of the DDI Alliance's TimeMethod 1.2 and SamplingProcedure 1.1."""


@pytest.mark.parametrize("name", TERMS_OF_DDI)
def test_codes_and_english_labels_are_those_that_the_ddi_alliance_publishes(name: str) -> None:
    pairs = [line.strip().partition(" = ") for line in TERMS_OF_DDI[name].strip().splitlines()]
    graph = concepts(name)
    found = {
        str(graph.value(term, SKOS.notation)): str(label)
        for term, label in graph.subject_objects(SKOS.prefLabel)
        if isinstance(label, Literal) and label.language == "en" and (term, SKOS.notation, None) in graph
    }
    assert found == {code: label or code for code, _, label in pairs}


@needs_corpora
def test_codes_used_in_files_of_ddi_are_known() -> None:
    """Codebook names the list beside the code; files of DDI-Lifecycle name modes of collection by the code alone."""
    assert CORPORA is not None
    lists = {
        "AnalysisUnit": "ddi-analysis-unit",
        "ModeOfCollection": "ddi-mode-of-collection",
        "SamplingProcedure": "ddi-sampling-procedure",
        "TimeMethod": "ddi-time-method",
    }
    used: dict[str, set[str]] = {name: set() for name in lists}
    for path in sorted((CORPORA / "ddi").rglob("*.xml")):
        text = path.read_bytes().decode("utf-8", errors="replace")
        for name, code in re.findall(r'vocabularies/(\w+)/[\d.]+[^"<>]*">([\w.]+)</concept>', text):
            if name in used:
                used[name].add(code)
        stated = re.findall(r">((?:Interview|SelfAdministeredQuestionnaire)\.[\w.]+)</", text)
        used["ModeOfCollection"].update(stated)
    assert all(used.values())
    assert len(used["ModeOfCollection"]) > 4
    for name, vocabulary in lists.items():
        assert used[name] <= {str(code) for code in concepts(vocabulary).objects(None, SKOS.notation)}
