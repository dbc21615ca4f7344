"""What a codebook says of its study, and which terms it is read into."""

import re

import pytest
from rdflib import Graph, Literal, URIRef

from semstat.interop.formats.ddi.codebook import read_codebook
from semstat.interop.formats.ddi.codebook_lower import lower_codebook
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS
from semstat.ontology.terms_study import SSD

STUDY = """<codeBook xmlns="ddi:codebook:2_6" xml:lang="en" codeBookAgency="int.office"><stdyDscr><citation>
<titlStmt><titl>Labour force</titl><subTitl>Persons</subTitl><IDNo agency="int.example">LFS</IDNo></titlStmt>
<rspStmt><AuthEnty affiliation="Office of statistics">A. Author</AuthEnty><othId role="translator">B. Other</othId></rspStmt>
<prodStmt><producer abbr="OS">Office of statistics</producer><prodDate date="2024-05">May 2024</prodDate><fundAg>Ministry</fundAg>
<grantNo>G-7</grantNo><software>A program</software><copyright>The office</copyright></prodStmt>
<distStmt><contact email="data@example.org">Data desk</contact><depDate date="2024-06-01"/></distStmt>
<serStmt URI="https://example.org/lfs"><serName abbr="LFS">Labour force surveys</serName><serInfo>Each year</serInfo></serStmt>
<verStmt><version date="2024-07-01">2</version></verStmt></citation>
<stdyInfo><subject><keyword vocab="A list" vocabURI="https://example.org/list">employment</keyword></subject><sumDscr>
<timePrd event="start" date="2023-01"/><timePrd event="end" date="2023-12"/><geogUnit>District</geogUnit>
<anlyUnit>Persons<concept vocab="DDI Analysis Unit">Individual</concept></anlyUnit></sumDscr></stdyInfo>
<method><dataColl><timeMeth>Each year<concept vocab="DDI Time Method">TimeSeries</concept></timeMeth><dataCollector>Field staff
</dataCollector><frequenc>Annual</frequenc><sampProc>Two stages</sampProc><sampleFrame><sampleFrameName>Dwellings</sampleFrameName>
</sampleFrame><targetSampleSize><sampleSize>1200</sampleSize></targetSampleSize><collMode>By telephone</collMode>
<resInstru>Structured</resInstru><sources><dataSrc>A register</dataSrc></sources><collSitu>At home</collSitu>
<actMin>Reminders</actMin>
<weight>To the population</weight><cleanOps>Edited</cleanOps></dataColl><anlyInfo><respRate>71 %</respRate>
<EstSmpErr>Small</EstSmpErr>
<dataAppr>Good</dataAppr></anlyInfo></method><dataAccs><useStmt><confDec>Kept secret</confDec><specPerm>None</specPerm>
<citReq>Cite it</citReq><deposReq>Send a copy</deposReq><conditions>For research</conditions><disclaimer>No warranty</disclaimer>
</useStmt></dataAccs></stdyDscr></codeBook>"""


@pytest.fixture(scope="module")
def graph() -> Graph:
    document = read_codebook(STUDY.encode(), origin="study.xml")
    assert not document.diagnostics
    return document.graph


def the(graph: Graph, cls: URIRef) -> URIRef:
    (found,) = graph.subjects(RDF.type, cls)
    assert isinstance(found, URIRef)
    return found


def said(graph: Graph, subject: URIRef, *terms: URIRef) -> list[str]:
    return [str(graph.value(subject, term)) for term in terms]


def test_who_did_what_is_told_with_role_and_affiliation(graph) -> None:
    rows = sorted(
        (int(str(graph.value(item, SS.position))), *said(graph, item, SSD.contributorRole, SKOS.prefLabel))
        for item in graph.objects(the(graph, SSD.StudyUnit), SSD.contribution)
    )
    assert rows == [
        (1, "author", "A. Author"),
        (2, "translator", "B. Other"),
        (3, "producer", "Office of statistics"),
        (4, "funder", "Ministry"),
        (5, "contact", "Data desk"),
        (6, "data collector", "Field staff"),
    ]
    assert set(graph.objects(None, SSD.affiliation)) == {Literal("Office of statistics")}
    assert set(graph.objects(None, SSD.emailAddress)) == {Literal("data@example.org")}


def test_identity_dates_version_and_series(graph) -> None:
    study = the(graph, SSD.StudyUnit)
    terms = (
        SSD.identifierAgency,
        DCTERMS.alternative,
        SS.version,
        DCTERMS.modified,
        DCTERMS.dateSubmitted,
        DCTERMS.rights,
    )
    assert said(graph, study, *terms) == ["int.example", "Persons", "2", "2024-07-01", "2024-06-01", "The office"]
    assert said(graph, study, SSD.grantNumber, SSD.software) == ["G-7", "A program"]
    assert set(graph.objects(study, DCTERMS.created)) == {Literal("May 2024", lang="en"), Literal("2024-05")}
    assert said(graph, study, SSD.referencePeriodStart, SSD.referencePeriodEnd) == ["2023-01", "2023-12"]
    series = the(graph, SSD.StudySeries)
    assert graph.value(series, SSD.study) == study
    assert said(graph, series, SKOS.prefLabel, SSD.shortName, DCTERMS.description) == [
        "Labour force surveys",
        "LFS",
        "Each year",
    ]


def test_how_data_were_made(graph) -> None:
    study, event = the(graph, SSD.StudyUnit), the(graph, SSD.CollectionEvent)
    terms = (SSD.timeMethod, SSD.instrumentKind, SSD.dataSource, SSD.collectionSituation, SSD.lossPrevention)
    assert said(graph, event, *terms) == ["Each year", "Structured", "A register", "At home", "Reminders"]
    assert said(graph, event, SSD.cleaningOperations) == ["Edited"]
    sampling = the(graph, SSD.SamplingProcedure)
    assert graph.value(event, SSD.sampling) == sampling
    assert said(graph, sampling, DCTERMS.description, SSD.targetSampleSize) == ["Two stages", "1200"]
    assert said(graph, the(graph, SSD.SampleFrame), SKOS.prefLabel) == ["Dwellings"]
    (mode,) = graph.objects(event, SSD.modeOfCollection)
    assert said(graph, mode, SKOS.prefLabel) == ["By telephone"]
    assert graph.value(study, SSD.weighting) == the(graph, SSD.WeightingProcedure)
    terms = (SSD.responseRate, SSD.samplingError, SSD.dataAppraisal, SSD.analysisUnit, SSD.geographicUnit)
    assert said(graph, study, *terms, DCTERMS.accrualPeriodicity) == [
        "71 %",
        "Small",
        "Good",
        "Persons",
        "District",
        "Annual",
    ]


def test_what_users_undertake(graph) -> None:
    study = the(graph, SSD.StudyUnit)
    terms = (SSD.confidentialityDeclaration, SSD.specialPermission, SSD.citationRequirement, SSD.depositRequirement)
    assert said(graph, study, *terms) == ["Kept secret", "None", "Cite it", "Send a copy"]
    terms = (SSD.accessConditions, DCTERMS.accessRights, SSD.disclaimer)
    assert said(graph, study, *terms[:1], terms[2]) == ["For research", "No warranty"]


def test_terms_have_their_vocabularies(graph) -> None:
    rows = {
        tuple(said(graph, item, SKOS.prefLabel, SSD.vocabulary)): next(graph.subjects(SSD.subjectTerm, item))
        for item in graph.subjects(RDF.type, SSD.SubjectTerm)
    }
    study, event = the(graph, SSD.StudyUnit), the(graph, SSD.CollectionEvent)
    assert rows == {
        ("employment", "A list"): study,
        ("Individual", "DDI Analysis Unit"): study,
        ("TimeSeries", "DDI Time Method"): event,
    }


def test_agencies_of_further_identifiers_are_kept_and_not_mixed_up() -> None:
    text = STUDY.replace("LFS</IDNo>", 'LFS</IDNo><IDNo agency="DOI">10.0/1</IDNo>')
    document = read_codebook(text.encode(), origin="study.xml")

    study = the(document.graph, SSD.StudyUnit)
    assert list(document.graph.objects(study, SSD.identifierAgency)) == [Literal("int.example")]
    assert [item.value for item in document.diagnostics] == ["agency"]
    assert "DOI" in str(document.graph.value(study, SS.unreadContent))


def test_processing_that_program_text_says_is_read_and_written_again():
    said = (
        "<method><dataProcessing>By hand</dataProcessing><codingInstructions><txt>In words alone</txt></codingInstructions>"
        "<codingInstructions><typeOfCodingInstruction>recode</typeOfCodingInstruction>"
        '<txt xml:lang="en">Unknown codes become missing</txt>'
        '<command formalLanguage="SPSS">RECODE a (10 THRU HI = 0).</command></codingInstructions></method>'
    )
    data = re.sub("<method>.*</method>", said, STUDY, flags=re.DOTALL).encode()
    for document in (data, lower_codebook(*_hub(data))[0]):
        graph, _ = _hub(document)
        (event,) = graph.subjects(SSD.command, None)
        (command,) = graph.objects(event, SSD.command)
        assert (None, SSD.processingEvent, event) in graph
        assert graph.value(event, DCTERMS.description) == Literal("Unknown codes become missing", lang="en")
        assert str(graph.value(command, SSD.commandText)) == "RECODE a (10 THRU HI = 0)."
        assert str(graph.value(command, SSD.commandLanguage)) == "SPSS"
        assert len(set(graph.subjects(RDF.type, SSD.ProcessingEvent))) == 2
        assert "In words alone" in " ".join(map(str, graph.objects(None, SS.unreadContent)))


def _hub(data):
    document = read_codebook(data, origin="study.xml")
    return document.graph, document.positions
