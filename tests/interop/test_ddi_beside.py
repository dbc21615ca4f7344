"""What a codebook says beside its study: of itself, in remarks, of areas, archives, standards and related works; both ways."""

from pathlib import Path

import pytest
from corpora import CORPORA, needs_corpora
from interop.test_ddi_between import schema
from interop.test_ddi_codebook_write import there_and_back
from lxml import etree
from rdflib import Graph, Literal, URIRef

from semstat.interop.formats.ddi.codebook import read_codebook
from semstat.interop.formats.ddi.codebook_lower import lower_codebook
from semstat.interop.formats.ddi.lifecycle import read_lifecycle
from semstat.interop.formats.ddi.lifecycle_lower import lower_lifecycle
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

CODEBOOK = Path(__file__).parents[2] / "examples" / "households" / "codebook.xml"
RICH = """<codeBook xmlns="ddi:codebook:2_6" version="2.6">
<docDscr><citation><titlStmt><titl>Documentation of the survey</titl><IDNo>DOC1</IDNo></titlStmt>
<rspStmt><AuthEnty affiliation="Office">Ann</AuthEnty></rspStmt>
<prodStmt><producer>Data section</producer><prodDate date="2024-01-02">January 2024</prodDate></prodStmt>
<verStmt><version>2</version></verStmt></citation><docStatus>final</docStatus><notes>All of it was translated</notes></docDscr>
<stdyDscr><citation><titlStmt><titl>Survey</titl></titlStmt><prodStmt><prodPlac>Sampletown</prodPlac></prodStmt>
<holdings location="Library" callno="S/1">Two copies</holdings><holdings URI="https://example.org/s"/>
<notes type="citation" subject="title">Also known as S</notes></citation>
<stdyInfo><subject><keyword vocab="ELSST">income</keyword><topcClas vocab="CESSDA">Economy</topcClas></subject>
<sumDscr><geoBndBox><westBL>5.9</westBL><eastBL>10.5</eastBL><southBL>45.8</southBL><northBL>47.8</northBL></geoBndBox></sumDscr>
<qualityStatement><standardsCompliance><standard><standardName>Code of practice</standardName></standard>
<complianceDescription>Reviewed</complianceDescription></standardsCompliance>
<otherQualityStatement>Checked</otherQualityStatement></qualityStatement>
<notes xml:lang="fr">Une remarque</notes><notes>With <emph>markup</emph></notes></stdyInfo>
<method><notes>On method</notes></method>
<dataAccs><setAvail media="disk"><accsPlac URI="https://example.org">Data centre</accsPlac><origArch>Archive</origArch>
<avlStatus>Available</avlStatus><collSize>3 files</collSize><complete>No diaries</complete><fileQnty>3</fileQnty></setAvail>
<setAvail><accsPlac>Elsewhere</accsPlac></setAvail>
<useStmt><restrctn>Researchers only</restrctn><conditions>Cite it</conditions></useStmt></dataAccs>
<othrStdyMat><relMat>Manual</relMat><relStdy>Survey of 2018</relStdy><relPubl>Report</relPubl>
<relPubl><citation><titlStmt><titl>Book</titl></titlStmt></citation></relPubl><othRefs>Minutes</othRefs></othrStdyMat></stdyDscr>
<fileDscr ID="F1"><notes>On the file</notes></fileDscr>
<dataDscr><var ID="V1" name="town" files="F1"><labl>Town</labl><codInstr xml:lang="en">Coded by communes</codInstr>
<notes subject="quality">Often missing</notes></var><notes>On all variables</notes></dataDscr></codeBook>"""

SAID = {
    SSD.productionPlace: "Sampletown",
    SSD.keyword: "income",
    DCTERMS.subject: "Economy",
    SSD.qualityStandard: "Code of practice",
    SSD.complianceDescription: "Reviewed",
    SSD.otherQualityStatement: "Checked",
    SSD.accessPlace: "Data centre",
    SSD.originalArchive: "Archive",
    SSD.availabilityStatus: "Available",
    SSD.collectionSize: "3 files",
    SSD.completeness: "No diaries",
    SSD.fileQuantity: "3",
    SSD.relatedMaterial: "Manual",
    SSD.relatedStudy: "Survey of 2018",
    SSD.relatedPublication: "Report",
    SSD.otherReference: "Minutes",
    DCTERMS.accessRights: "Researchers only",
    SSD.accessConditions: "Cite it",
}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return read_codebook(RICH.encode(), origin="rich.xml").graph


def held(graph: Graph) -> set[tuple[str, ...]]:
    """What is kept of a study: titles, places, numbers, addresses."""
    terms = (SKOS.prefLabel, SSD.accessPlace, SSD.callNumber, SSD.itemUri)
    items = graph.objects(the(graph, SSD.StudyUnit), SSD.holdings)
    return {tuple(str(graph.value(item, term) or "") for term in terms) for item in items}


def the(graph: Graph, cls: URIRef) -> URIRef:
    (found,) = graph.subjects(RDF.type, cls)
    return URIRef(str(found))


@pytest.mark.parametrize("term", SAID, ids=lambda term: term.rpartition("#")[2].rpartition("/")[2])
def test_each_statement_has_a_property_of_its_own(graph, term):
    assert [str(value) for value in graph.objects(the(graph, SSD.StudyUnit), term)] == [SAID[term]]


def test_what_archives_keep_are_things(graph):
    assert held(graph) == {("Two copies", "Library", "S/1", ""), ("", "", "", "https://example.org/s")}


def test_the_document_is_cited_beside_the_study(graph):
    document, study = the(graph, SSD.MetadataDocument), the(graph, SSD.StudyUnit)
    assert graph.value(study, SSD.documentedIn) == document
    stated = (SKOS.prefLabel, SS.identifier, DCTERMS.creator, DCTERMS.publisher, SS.version)
    assert [str(graph.value(document, term)) for term in stated] == [
        "Documentation of the survey", "DOC1", "Ann", "Data section", "2"
    ]  # fmt: skip
    assert {str(value) for value in graph.objects(document, DCTERMS.created)} == {"January 2024", "2024-01-02"}
    assert graph.value(study, DCTERMS.creator) is None


def test_bounds_and_remarks_are_things(graph):
    box = the(graph, SSD.BoundingBox)
    bounds = (SSD.westBound, SSD.eastBound, SSD.southBound, SSD.northBound)
    assert [str(graph.value(box, term)) for term in bounds] == ["5.9", "10.5", "45.8", "47.8"]
    remarks = {
        (str(graph.value(note, SSD.noteText)), str(graph.value(note, SSD.standsIn) or ""))
        for note in graph.subjects(RDF.type, SSD.Note)
    }
    assert remarks == {
        ("All of it was translated", ""),
        ("Also known as S", "citation"),
        ("Une remarque", "stdyInfo"),
        ("On method", "method"),
        ("On the file", ""),
        ("Often missing", ""),
        ("On all variables", "dataDscr"),
    }, "the one with markup is kept"
    (titled,) = graph.subjects(SSD.kind, None)
    assert str(graph.value(titled, SSD.noteSubject)) == "title"


def test_all_of_it_is_written_again():
    before, after, written, losses = there_and_back(RICH.encode())
    assert before == after
    assert losses == ()
    assert there_and_back(written)[2] == written


@needs_corpora
def test_what_is_written_is_valid():
    official = schema("ddi-codebook-2.6", "codebook.xsd")
    assert official.validate(etree.fromstring(RICH)), official.error_log
    assert official.validate(etree.fromstring(there_and_back(RICH.encode())[2])), official.error_log


def test_ddi_lifecycle_says_what_it_has_a_place_for_and_names_the_rest():
    first = read_codebook(RICH.encode(), origin="rich.xml")
    written, losses = lower_lifecycle(first.graph, first.positions)
    second = read_lifecycle(written, origin="rich.ddi-l.xml")
    back, more = lower_codebook(second.graph, second.positions)
    assert {"qualityStatement", "holdings", "ArchivedItem"}.isdisjoint(item.value for item in more)
    third = read_codebook(back, origin="back.xml").graph
    kept = {term for term, text in SAID.items() if text in map(str, third.objects(the(third, SSD.StudyUnit), term))}
    lost = {item.value for item in losses if item.rule == "DDI080"}
    assert {*SAID} - kept == {SSD.productionPlace, SSD.originalArchive, SSD.collectionSize}
    assert {term.rpartition("#")[2] for term in {*SAID} - kept} <= lost
    assert held(third) == held(first.graph)
    assert {"MetadataDocument", "Note", "standsIn"} <= lost
    assert str(third.value(the(third, SSD.BoundingBox), SSD.westBound)) == "5.9"
    (rule,) = third.objects(None, SSD.codingInstruction)
    assert str(third.value(rule, SSI.definition)) == "Coded by communes"
    remarks = {str(third.value(note, SSD.noteText)) for note in third.subjects(RDF.type, SSD.Note)}
    assert remarks == {"Also known as S", "Une remarque", "On method", "On the file"}


@needs_corpora
def test_what_is_written_as_ddi_lifecycle_is_valid():
    first = read_codebook(RICH.encode(), origin="rich.xml")
    official = schema("ddi-lifecycle-3.3", "instance.xsd")
    assert official.validate(etree.fromstring(lower_lifecycle(first.graph, first.positions)[0])), official.error_log


@pytest.mark.parametrize("source", [RICH.encode(), CODEBOOK.read_bytes()])
def test_what_is_written_as_ddi_lifecycle_is_read_without_remarks_and_written_again(source):
    first = read_codebook(source, origin="rich.xml")
    written, _ = lower_lifecycle(first.graph, first.positions)
    second = read_lifecycle(written, origin="rich.ddi-l.xml")
    assert [(item.rule, item.message) for item in second.diagnostics] == []
    assert lower_lifecycle(second.graph, second.positions)[0] == written


@pytest.mark.parametrize(
    ("ours", "theirs", "kept"),
    [
        (b"-gross</r:ID>", b"-other</r:ID>", {"Agency", "ID", "Version"}),
        (b"<r:ArrayBase>1<", b"<r:ArrayBase>0<", {"ArrayBase"}),
        (b"<r:ManagingAgency>example.org<", b"<r:ManagingAgency>int.other<", {"ManagingAgency"}),
    ],
)
def test_what_differs_from_what_would_be_written_anyway_is_kept(ours, theirs, kept):
    first = read_codebook(CODEBOOK.read_bytes(), origin="codebook.xml")
    written = lower_lifecycle(first.graph, first.positions)[0].replace(ours, theirs)
    second = read_lifecycle(written, origin="other.ddi-l.xml")
    assert {item.message.split("`")[1].removeprefix("r:") for item in second.diagnostics} == kept
    assert lower_lifecycle(second.graph, second.positions)[0] == written


def test_a_thing_that_a_urn_names_has_one_identifier_in_ddi_lifecycle():
    source = CODEBOOK.read_bytes().replace(b"<var ", b'<var ddiCodebookUrn="urn:ddi:int.example:somewhat:1" ', 1)
    first = read_codebook(source, origin="codebook.xml")
    written, _ = lower_lifecycle(first.graph, first.positions)
    assert read_lifecycle(written, origin="codebook.ddi-l.xml").diagnostics == ()
    assert b"<r:ID>somewhat</r:ID>" in written


def test_a_number_of_files_that_is_none_is_no_number_in_ddi_lifecycle():
    first = read_codebook(RICH.replace("<fileQnty>3<", "<fileQnty>some<").encode(), origin="rich.xml")
    written, losses = lower_lifecycle(first.graph, first.positions)
    assert ("DDI080", "fileQuantity") in {(item.rule, item.value) for item in losses}
    assert b"DataFileQuantity" not in written


@needs_corpora
@pytest.mark.parametrize("element", ["avlStatus", "complete", "restrctn", "otherQualityStatement", "accsPlac"])
def test_what_is_said_twice_is_valid_in_ddi_lifecycle(element):
    source = RICH.replace(f"</{element}>", f"</{element}><{element}>Again</{element}>", 1)
    first = read_codebook(source.encode(), origin="rich.xml")
    written, _ = lower_lifecycle(first.graph, first.positions)
    official = schema("ddi-lifecycle-3.3", "instance.xsd")
    assert b"Again" in written
    assert official.validate(etree.fromstring(written)), official.error_log


@needs_corpora
def test_archives_of_ddi_lifecycle_keep_their_collections_and_items():
    assert CORPORA is not None
    source = (CORPORA / "ddi/lifecycle/ddi-l-3.3-official-examples/ArchiveExample.xml").read_bytes()
    graph = read_lifecycle(source, origin="archive.xml").graph
    kept = {
        str(label)
        for item in graph.subjects(RDF.type, SSD.ArchivedItem)
        for label in graph.objects(item, SKOS.prefLabel)
    }
    assert {"NHGIS Historical 1900", "us1990cnty"} < kept
    (collection,) = graph.subjects(SKOS.prefLabel, Literal("NHGIS Historical 1900"))
    assert len(set(graph.objects(collection, SSD.holdings))) == 2
