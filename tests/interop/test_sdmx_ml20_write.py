"""Key families of 2.0 written as data structures of 2.1 and 3.x: valid, and what had to change is on the account."""

# ruff: noqa: E501 - messages are easier to read in one piece

import pytest
from corpora import CORPORA, needs_corpora
from lxml import etree
from sdmx_messages import DSD, read
from sdmx_writing import schema_errors, written

from semstat.interop.formats.sdmx.structure import read_structure

V20 = "http://www.SDMX.org/resources/SDMXML/schemas/v2_0/"
VERSIONS = ["2.1", "3.0", "3.1"]
CODED = 'isMeasureDimension="true" codelist="CL"'
CROSS = '<s:CrossSectionalMeasure conceptRef="STOCK" measureDimension="M" code="1"><s:TextFormat textType="Double"/></s:CrossSectionalMeasure><s:CrossSectionalMeasure conceptRef="FLOW" measureDimension="M" code="2"/>'
CONCEPTS = "".join(
    f'<s:Concept id="{name}" agencyID="A"><s:Name>n</s:Name></s:Concept>'
    for name in ("FREQ", "M", "TIME", "OBS_VALUE", "STOCK", "FLOW", "NOTE")
)


def key_family(measure: str = CODED, time: str = "", time_format: str = "", cross: str = CROSS) -> bytes:
    return f"""<Structure xmlns="{V20}message" xmlns:s="{V20}structure"><Header><ID>X</ID><Test>false</Test><Prepared>2020-01-01</Prepared><Sender id="A"/></Header>
<CodeLists><s:CodeList agencyID="A" id="CL"><s:Name>n</s:Name><s:Code value="1"><s:Description>one</s:Description></s:Code><s:Code value="2"><s:Description>two</s:Description></s:Code></s:CodeList>
<s:CodeList agencyID="A" id="CLT"><s:Name>n</s:Name><s:Code value="2000"><s:Description>y</s:Description></s:Code></s:CodeList></CodeLists>
<Concepts>{CONCEPTS}</Concepts>
<KeyFamilies><s:KeyFamily agencyID="A" id="K"><s:Name>n</s:Name><s:Components>
<s:Dimension conceptRef="FREQ" isFrequencyDimension="true" codelist="CL"/>
<s:Dimension conceptRef="M" {measure}/>
<s:TimeDimension conceptRef="TIME" {time}>{time_format}</s:TimeDimension>
<s:Group id="G"><s:DimensionRef>FREQ</s:DimensionRef><s:DimensionRef>TIME</s:DimensionRef></s:Group>
<s:PrimaryMeasure conceptRef="OBS_VALUE"/>{cross}
<s:Attribute conceptRef="NOTE" attachmentLevel="Observation" assignmentStatus="Conditional"/>
</s:Components></s:KeyFamily></KeyFamilies></Structure>""".encode()


CASES = {
    "measures by codes": key_family(),
    "no measures across sections": key_family(cross=""),
    "measure dimension without values": key_family('isMeasureDimension="true"'),
    "time by codes": key_family(time='codelist="CLT"'),
    "time by codes of a format": key_family(time='codelist="CLT"', time_format='<s:TextFormat textType="Year" maxLength="4"/>'),
    "time as text": key_family(time_format='<s:TextFormat textType="String" maxLength="4"/>'),
}  # fmt: skip


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("case", CASES)
def test_key_families_become_valid(case: str, version: str) -> None:
    data, _ = written(read_structure(CASES[case], origin="k.xml").graph, version, source="2.0")
    assert schema_errors(data, version) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_what_changes_is_on_the_account(version: str) -> None:
    data, losses = written(read_structure(CASES["time by codes"], origin="k.xml").graph, version, source="2.0")
    said = {(item.rule, item.value) for item in losses}
    assert said >= {
        ("IO207", "TIME"),
        ("IO207", "MeasureDimension"),
        ("IO205", "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A:CLT(1.0)"),
    }
    tree = etree.fromstring(data)
    dimensions = [(etree.QName(node).localname, node.get("id")) for node in next(tree.iter("{*}DimensionList"))]
    assert dimensions == [("Dimension", "FREQ"), ("Dimension", "M"), ("TimeDimension", "TIME_PERIOD")]
    (group,) = [node for node in tree.iter("{*}Group") if node.get("id") == "G"]
    named = [
        node.get("id") or node.text for one in group.iter("{*}DimensionReference") for node in [next(iter(one), one)]
    ]
    assert named == ["FREQ", "TIME_PERIOD"]
    assert b"CL" in etree.tostring(next(node for node in tree.iter("{*}Dimension") if node.get("id") == "M"))


def test_a_measure_dimension_by_concepts_stays_one() -> None:
    listed = '<s:LocalRepresentation><s:Enumeration><Ref agencyID="A" id="CS" version="1.0" package="conceptscheme" class="ConceptScheme"/></s:Enumeration></s:LocalRepresentation>'
    concept = '<s:ConceptIdentity><Ref agencyID="A" maintainableParentID="CS" id="M"/></s:ConceptIdentity>'
    body = f'<s:DimensionList><s:MeasureDimension id="M">{concept}{listed}</s:MeasureDimension></s:DimensionList>'
    data, _ = written(read(DSD.format(body)).graph, "2.1", source="2.1")
    assert b"<str:MeasureDimension" in data


@needs_corpora
@pytest.mark.parametrize("version", VERSIONS)
def test_structures_of_20_in_the_corpora_become_valid(version: str) -> None:
    """Six messages, two of them with structures."""
    tried = 0
    for path in sorted((CORPORA / "sdmx" / "ml20-with-rdf-reference").glob("*.xml")):
        document = read_structure(path.read_bytes(), origin=path.name)
        if document.graph:
            data, _ = written(document.graph, version, source="2.0")
            assert schema_errors(data, version) == [], path.name
            tried += 1
    assert tried == 2
