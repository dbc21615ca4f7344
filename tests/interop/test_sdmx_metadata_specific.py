"""Structure-specific metadata of 2.1 says the same as generic metadata, and its faults are found where they are."""

# ruff: noqa: E501 - messages are easier to read in one piece

import pytest
from corpora import CORPORA, needs_corpora
from sdmx_messages import STEM, rules

from semstat.interop.formats.sdmx.structure import read_structure
from semstat.interop.registry import format_of, sniff
from semstat.interop.sources import sources
from semstat.ontology.terms import SST
from semstat.ontology.terms_metadata import SSR
from semstat.validators.diagnostics import Severity

XSI = "http://www.w3.org/2001/XMLSchema-instance"
HEADER = """<m:Header><m:ID>X</m:ID><m:Test>false</m:Test><m:Prepared>2024-01-31T00:00:00</m:Prepared><m:Sender id="A"/>
<m:Structure structureID="S"><c:Structure><Ref agencyID="A" id="M" version="1.0"/></c:Structure></m:Structure></m:Header>"""
NAMES = f'xmlns:m="{STEM}2_1/message" xmlns:c="{STEM}2_1/common" xmlns:xsi="{XSI}" xmlns:e="urn:sdmx:org.sdmx.infomodel.metadatastructure.MetadataStructure=A:M(1.0)"'
SPECIFIC = f"""<m:StructureSpecificMetadata {NAMES} xmlns:d="{STEM}2_1/metadata/structurespecific">{HEADER}
<m:MetadataSet d:structureRef="S" d:setID="X1" d:action="Append" xsi:type="e:MetadataSetType"><c:Name xml:lang="fr">jeu</c:Name>
<Report xsi:type="e:R"><Target xsi:type="e:R.T"><ReferenceValue xsi:type="e:T.ReportPeriodTarget"><ReportPeriod>2010</ReportPeriod></ReferenceValue></Target>
<AttributeSet><CONTACT><AttributeSet><CITY value="Praia"/>
<NOTE><c:Text xml:lang="en">one</c:Text><c:Text xml:lang="pt">um</c:Text></NOTE></AttributeSet></CONTACT></AttributeSet></Report></m:MetadataSet></m:StructureSpecificMetadata>"""
GENERIC = f"""<m:GenericMetadata {NAMES} xmlns:g="{STEM}2_1/metadata/generic">{HEADER}
<m:MetadataSet structureRef="S" setID="X1" action="Append"><c:Name xml:lang="fr">jeu</c:Name>
<g:Report id="R"><g:Target id="T"><g:ReferenceValue id="REPORT_PERIOD_TARGET"><g:ReportPeriod>2010</g:ReportPeriod></g:ReferenceValue></g:Target>
<g:AttributeSet><g:ReportedAttribute id="CONTACT"><g:AttributeSet><g:ReportedAttribute id="CITY" value="Praia"/>
<g:ReportedAttribute id="NOTE"><c:Text xml:lang="en">one</c:Text><c:Text xml:lang="pt">um</c:Text></g:ReportedAttribute></g:AttributeSet></g:ReportedAttribute></g:AttributeSet></g:Report></m:MetadataSet></m:GenericMetadata>"""


def test_both_kinds_give_the_same_graph_and_lines() -> None:
    specific, generic = (read_structure(text.encode(), origin="m.xml") for text in (SPECIFIC, GENERIC))
    assert set(specific.graph) == set(generic.graph)
    assert specific.positions == generic.positions
    assert rules(specific, least=Severity.INFO) == rules(generic, least=Severity.INFO) == ["DSD001"]
    texts = {str(text.language) for text in specific.graph.objects(None, SSR.text)}
    assert texts == {"en", "pt"}
    assert {str(value) for value in specific.graph.objects(None, SST.value)} == {"Praia"}
    assert sniff(SPECIFIC.encode(), "m.xml") == "sdmx-ml-2.1-structure-specific-metadata"


@pytest.mark.parametrize(
    ("old", "new", "rule", "line", "words"),
    [
        ('xsi:type="e:R.T"', "", "IO108", 4, "does not say which metadata target"),
        ('<Report xsi:type="e:R">', "<Report>", "IO108", 4, "does not say which report structure"),
        ('d:structureRef="S"', 'd:structureRef="Q"', "IO108", 3, "declares no structure `Q`"),
        ("</CONTACT>", "</Contact>", "IO101", 6, "not well-formed"),
        ('value="Praia"', 'wert="Praia"', "IO108", 5, "`wert`"),
        ('value="Praia"/>', 'value="Praia"><Odd/></CITY>', "IO108", 5, "`Odd`"),
    ],
)
def test_faults_are_found_in_their_place(old: str, new: str, rule: str, line: int, words: str) -> None:
    assert old in SPECIFIC
    found = read_structure(SPECIFIC.replace(old, new).encode(), origin="m.xml").diagnostics
    assert [item.location.line for item in found if item.rule == rule and words in item.message] == [line]


def test_a_message_cut_anywhere_is_found() -> None:
    data = SPECIFIC.encode()
    for end in range(200, len(data), 31):
        found = read_structure(data[:end], origin="m.xml").diagnostics
        assert [item for item in found if item.rule == "IO101" and item.location.line], end


PAIRS = [
    ("agencies/ESTAT/esms.xml", "agencies/ESTAT/esms-ss.xml"),
    ("twg-samples/demography/esms_generic.xml", "twg-samples/demography/esms_structured.xml"),
]


@needs_corpora
@pytest.mark.parametrize(("generic", "specific"), PAIRS)
def test_the_pairs_of_the_corpora_say_the_same(generic: str, specific: str) -> None:
    folder = CORPORA / "sdmx" / "ml21"
    first, second = (read_structure((folder / name).read_bytes(), origin=name) for name in (generic, specific))
    assert set(first.graph) == set(second.graph)
    assert len(first.graph) == 102
    assert rules(first, least=Severity.INFO) == rules(second, least=Severity.INFO)
    (source,) = sources(folder / specific)
    assert format_of(source).reads
