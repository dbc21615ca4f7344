"""What a sub-process takes and gives: every sub-process is covered, every record says what it rests on."""

from collections import Counter
from functools import lru_cache

import pytest
from model_facts import FACTS, facts, needs_facts
from rdflib import Graph, Literal, Namespace, URIRef

from semstat.mappings import crosswalk, crosswalks
from semstat.ontology import load, modules
from semstat.ontology.terms import BASE, DCTERMS, RDF, RDFS, SKOS, SS

SSA = Namespace(BASE + "activity#")
SSI = Namespace(BASE + "information#")
CSPA = Namespace(BASE + "vocabulary/cspa-services/")
SECOND_HAND = {"1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.2", "2.3", "2.4", "4.1"}
STANDARDS = ("SDMX 3.0", "DDI-Lifecycle 3.3", "DDI-Codebook 2.6", "DDI-CDI 1.0", "VTL 2.1")
COMMON = {"measures of quality, time and cost of the step", "start and end of the step"}


@lru_cache(maxsize=1)
def graph() -> Graph:
    return load(*(name for name in modules() if not name.startswith("alignment/")))


def code(term: object) -> str:
    return str(term).rsplit("/", 1)[1]


def sub_processes() -> set[URIRef]:
    return {URIRef(str(term)) for term in load("vocabulary/gsbpm-5.2").subjects(RDF.type, SSA.SubProcess)}


def about(record: URIRef) -> str:
    return code(graph().value(record, SSA.linkedActivityKind))


def records(kind: str) -> list[URIRef]:
    return [URIRef(str(one)) for one in graph().subjects(RDF.type, SSA[kind])]


def test_every_record_is_complete() -> None:
    parts = {
        "InformationUse": (SSA.informationRole, SSA.informationClass),
        "ArtefactUse": (SSA.artefactClass,),
        "ActivityReference": (SSA.referredActivityKind,),
        "ActivityDependence": (SSA.dependedOnActivityKind,),
    }
    for kind, predicates in parts.items():
        for record in records(kind):
            for predicate in (SSA.linkedActivityKind, *predicates, SS.evidenceStatus, DCTERMS.source):
                assert len(list(graph().objects(record, predicate))) == 1, (record, predicate)
            assert len(list(graph().objects(record, SSA.qualifier))) <= 1


def test_every_sub_process_takes_and_gives_something_in_every_common_role() -> None:
    roles = {
        (graph().value(one, SSA.linkedActivityKind), graph().value(one, SSA.informationRole))
        for one in records("InformationUse")
    }
    for term in sub_processes():
        for role in (SSA.CoreInput, SSA.CoreOutput, SSA.ProcessMetricRole, SSA.ProcessExecutionLogRole):
            assert (term, role) in roles, (term, role)
    assert {role for _, role in roles} == set(graph().subjects(RDF.type, SSA.InformationRole))


def test_the_status_of_a_row_is_that_of_its_sub_process() -> None:
    counted: Counter[str] = Counter()
    for record in records("InformationUse"):
        status = str(graph().value(record, SS.evidenceStatus))
        if str(graph().value(record, SSA.qualifier)) in COMMON:
            assert status == "published"
        else:
            assert status == ("second-hand" if about(record) in SECOND_HAND else "proposal"), record
        counted[status] += 1
    assert counted["published"] == 2 * 44
    assert counted["second-hand"] > 90
    assert counted["proposal"] > 120


def test_no_row_is_stated_twice() -> None:
    rows = Counter(
        tuple(
            graph().value(one, predicate)
            for predicate in (SSA.linkedActivityKind, SSA.informationRole, SSA.informationClass, SSA.qualifier)
        )
        for one in records("InformationUse")
    )
    assert set(rows.values()) == {1}


@needs_facts
def test_information_is_named_by_classes_of_gsim() -> None:
    names = {SSI[row["localName"]] for row in facts("gsim-2.0-classes")["classes"]}
    for predicate in (SSA.informationClass, SSA.inputClass, SSA.outputClass):
        used = set(graph().objects(predicate=predicate))
        assert used <= names, used - names
    for role in graph().subjects(RDF.type, SSA.InformationRole):
        assert graph().value(role, SSA.modelledAs) in names


def test_artefacts_are_proposals_of_the_project_in_five_standards() -> None:
    counted: Counter[str] = Counter()
    for record in records("ArtefactUse"):
        assert graph().value(record, SS.evidenceStatus) == Literal("proposal")
        counted[str(graph().value(graph().value(record, SSA.artefactClass), SSA.standardName))] += 1
    assert set(counted) == set(STANDARDS)
    assert counted.total() == 462


@needs_facts
def test_artefacts_are_those_of_the_reference_table() -> None:
    reference = FACTS.parent / "reference" / "models.md"
    if not reference.is_file():
        pytest.skip("the reference table is not there")
    text = reference.read_text(encoding="utf-8")
    section = text[text.index("### 7.2") : text.index("The GSIM role of an artefact")]
    expected = set()
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0][:1].isdigit():
            for standard, cell in zip(STANDARDS, cells[1:], strict=True):
                names = [one.split(" (")[0] for one in cell.split(", ") if one != "–" and not one.startswith("(")]
                expected |= {(cells[0], standard, name) for name in names}
    found = set()
    for record in records("ArtefactUse"):
        artefact = graph().value(record, SSA.artefactClass)
        found.add(
            (about(record), str(graph().value(artefact, SSA.standardName)), str(graph().value(artefact, SKOS.notation)))
        )
    assert found == expected


def test_an_artefact_serves_information_of_its_own_sub_process() -> None:
    served = list(graph().subject_objects(SSA.realises))
    for artefact, information in served:
        assert graph().value(artefact, SSA.linkedActivityKind) == graph().value(information, SSA.linkedActivityKind)
    assert len(served) > 150


def test_a_code_list_supports_coding_and_a_data_set_comes_out_of_aggregation() -> None:
    def roles(sub_process: str, name: str) -> set[object]:
        use = URIRef(f"{BASE}link/gsbpm-artefacts/{sub_process}/sdmx-3.0/{name}")
        return {graph().value(one, SSA.informationRole) for one in graph().objects(use, SSA.realises)}

    assert roles("5.2", "Codelist") == {SSA.SupportInput}
    assert roles("5.7", "DataSet") == {SSA.CoreInput, SSA.CoreOutput}


def test_services_back_the_rows_of_their_sub_process() -> None:
    for information, service in graph().subject_objects(SSA.supportedBy):
        assert code(graph().value(service, SSA.servesActivityKind)) == about(URIRef(str(information)))
        side = SSA.outputClass if graph().value(information, SSA.informationRole) == SSA.CoreOutput else SSA.inputClass
        assert (service, side, graph().value(information, SSA.informationClass)) in graph()
    assert {code(one) for one in graph().objects(predicate=SSA.supportedBy)} == {
        "confidentialized-analysis",
        "data-set-re-code",
        "linear-error-localization",
        "linear-rule-checking",
        "error-correction",
        "list-statistical-classifications",
        "sample-selection",
        "seasonal-adjustment",
        "statistical-chart-generator",
    }
    assert len(set(graph().subjects(SKOS.inScheme, URIRef(str(CSPA).rstrip("/"))))) == 10


def test_sdmx_classes_lead_to_the_structure_module() -> None:
    for _, term in graph().subject_objects(SSA.modelledAs):
        if not str(term).startswith(str(SSI)):
            assert (term, RDFS.isDefinedBy, None) in graph(), term


GSIM_SETS = {
    "SDMX 3.0": "gsim-sdmx",
    "DDI-Lifecycle 3.3": "gsim-ddi-lifecycle",
    "DDI-Codebook 2.6": "gsim-ddi-codebook",
    "DDI-CDI 1.0": "gsim-ddi-cdi",
}
LISTED = {
    "CategoryScheme": "Category",
    "ConceptScheme": "Concept",
    "DataConsumerScheme": "DataConsumer",
    "DataProviderScheme": "DataProvider",
    "GeographicCodelist": "Codelist",
    "Hierarchy": "Codelist",
    "RulesetScheme": "Ruleset",
    "TransformationScheme": "Transformation",
    "UserDefinedOperatorScheme": "UserDefinedOperator",
    "ValueList": "Codelist",
}
"""What a scheme of SDMX lists, and what a special list is a kind or an ordering of."""


def linked_in(name: str) -> set[tuple[str, str]]:
    rows = (row for row in crosswalk(name).mappings if not row.is_absence and not row.text("predicate_modifier"))
    return {(row.text("object_id").partition(":")[2] or row.object, row.subject.partition(":")[2]) for row in rows}


@needs_facts
@pytest.mark.parametrize("standard", GSIM_SETS)
def test_an_artefact_serves_what_the_crosswalks_from_gsim_link_it_with(standard: str) -> None:
    if GSIM_SETS[standard] not in crosswalks():
        pytest.skip("the crosswalks from GSIM are not there")
    linked, below = linked_in(GSIM_SETS[standard]), Graph()
    named = {row["name"]: SSI[row["localName"]] for row in facts("gsim-2.0-classes")["classes"]}
    for row in facts("gsim-2.0-relations")["generalisations"]:
        below.add((named[row["sub"]], RDFS.subClassOf, named[row["super"]]))
    for use, served in graph().subject_objects(SSA.realises):
        artefact = graph().value(use, SSA.artefactClass)
        if str(graph().value(artefact, SSA.standardName)) == standard:
            name, information = str(graph().value(artefact, SKOS.notation)), graph().value(served, SSA.informationClass)
            kinds = {str(one).rpartition("#")[2] for one in below.transitive_subjects(RDFS.subClassOf, information)}
            assert any((one, kind) in linked for one in (name, LISTED.get(name, name)) for kind in kinds), (
                name,
                information,
            )
