"""SDMX-ML 2.0 from end to end: data of all four layouts, judged by structures of the same version."""

import pytest
from corpora import CORPORA, needs_corpora
from ml20_messages import MESSAGES, V20, message

from semstat.interop import read, validate
from semstat.interop.formats.dataset import StructureRef
from semstat.interop.structures import Structures
from semstat.validators.diagnostics import Verdict

CODES = {
    "CL_FREQ": ("A", "M"),
    "CL_TYPE": ("P", "Q"),
    "CL_AREA": ("MX", "BR"),
    "CL_STATUS": ("A", "E"),
}


def structure() -> str:
    lists = "".join(
        f'<s:CodeList id="{name}" agencyID="BIS" version="1.0"><s:Name>n</s:Name>'
        + "".join(f'<s:Code value="{code}"><s:Description>{code}</s:Description></s:Code>' for code in codes)
        + "</s:CodeList>"
        for name, codes in CODES.items()
    )
    names = ("FREQ", "TYPE", "AREA", "TIME", "OBS_VALUE", "STOCKS", "FLOWS", "UNIT", "STATUS", "MULT")
    concepts = "".join(f'<s:Concept id="{name}" agencyID="BIS"><s:Name>n</s:Name></s:Concept>' for name in names)
    listed = 'codelistAgency="BIS" codelistVersion="1.0"'
    cross = "".join(
        f'<s:CrossSectionalMeasure conceptRef="{name}" measureDimension="TYPE" code="{code}"/>'
        for name, code in (("STOCKS", "P"), ("FLOWS", "Q"))
    )
    levels = {"UNIT": "DataSet", "MULT": "Group", "STATUS": "Observation"}
    attributes = "".join(
        f'<s:Attribute conceptRef="{name}" attachmentLevel="{level}" assignmentStatus="Mandatory"'
        + (f' codelist="CL_STATUS" {listed}/>' if name == "STATUS" else ">")
        + ("<s:AttachmentGroup>Sibling</s:AttachmentGroup>" if level == "Group" else "")
        + ("" if name == "STATUS" else "</s:Attribute>")
        for name, level in levels.items()
    )
    return f"""<Structure xmlns="{V20}/message" xmlns:s="{V20}/structure"><Header><ID>S</ID></Header>
<CodeLists>{lists}</CodeLists><Concepts>{concepts}</Concepts>
<KeyFamilies><s:KeyFamily id="DEBT" agencyID="BIS" version="1.0"><s:Name>n</s:Name><s:Components>
<s:Dimension conceptRef="FREQ" codelist="CL_FREQ" {listed} isFrequencyDimension="true"/>
<s:Dimension conceptRef="TYPE" codelist="CL_TYPE" {listed} isMeasureDimension="true"/>
<s:Dimension conceptRef="AREA" codelist="CL_AREA" {listed}/><s:TimeDimension conceptRef="TIME"/>
<s:Group id="Sibling"><s:DimensionRef>TYPE</s:DimensionRef><s:DimensionRef>AREA</s:DimensionRef></s:Group>
<s:PrimaryMeasure conceptRef="OBS_VALUE"><s:TextFormat textType="Double"/></s:PrimaryMeasure>{cross}{attributes}
</s:Components></s:KeyFamily></KeyFamilies></Structure>"""


@pytest.fixture
def at(tmp_path):
    def files(data: str | bytes):
        (tmp_path / "structure.xml").write_text(structure())
        (tmp_path / "data.xml").write_bytes(data if isinstance(data, bytes) else data.encode())
        return tmp_path / "data.xml", tmp_path / "structure.xml"

    return files


def judged(at, root: str, change=lambda content: content):
    header = "<KeyFamilyRef>DEBT</KeyFamilyRef><KeyFamilyAgency>BIS</KeyFamilyAgency>"
    data, own = at(message(root, change(MESSAGES[root]), header=header))
    return validate([data], structure=[own])


def faults(report) -> set[tuple[str, int | None, str | None]]:
    found = (item for item in report.diagnostics if str(item.location.source).endswith("data.xml"))
    return {(item.rule, item.location.line, item.location.path) for item in found}


def test_the_structure_tells_what_cross_sectional_measures_stand_for(at):
    _, own = at("")
    components = Structures(read(own).graph).components(StructureRef("DataStructure", "BIS", "DEBT", "1.0"))
    assert components.cross_measures == {"STOCKS": ("TYPE", "P"), "FLOWS": ("TYPE", "Q")}
    assert (components.measure_dimension, components.measures) == ("TYPE", ("OBS_VALUE", "STOCKS", "FLOWS"))


@pytest.mark.parametrize(
    ("root", "old", "new", "expected"),
    [
        ("GenericData", "", "", set()),
        ("GenericData", 'value="3.14"', 'value="much"', {("DF005", 18, "OBS_VALUE")}),
        ("UtilityData", "<k:TYPE>P", "<k:TYPE>Z", {("DF004", 8, "TYPE")}),
        ("CrossSectionalData", "", "", set()),
        ("CrossSectionalData", 'AREA="MX" value="0.5"', 'AREA="MZ" value="0.5"', {("DF004", 8, "AREA")}),
        ("CrossSectionalData", 'value="0.5"', 'value="half"', {("DF005", 8, "OBS_VALUE")}),
        ("CrossSectionalData", "k:FLOWS", "k:STOCKS", {("DF009", 8, None)}),
        ("CrossSectionalData", "k:FLOWS", "k:RATES", {("DF004", 8, "TYPE")}),
    ],
)  # fmt: skip
def test_data_of_a_layout_against_a_structure(at, root, old, new, expected):
    report = judged(at, root, lambda content: content.replace(old, new) if old else content)
    found = faults(report)
    assert (found, report.verdict) == (expected, Verdict.FAIL if expected else Verdict.PASS), report.diagnostics


def test_compact_data_against_a_structure(at):
    report = judged(at, "CompactData")
    expected = {("DF004", 10, "AREA"), ("DF015", 10, None), ("DF023", 10, "MULT"), ("IO114", 10, None)}
    assert faults(report) == expected, "what is appended need not be complete"
    assert report.datasets[0].structure == "BIS:DEBT(1.0)"


@needs_corpora
@pytest.mark.parametrize(
    ("data", "own", "observations", "expected"),
    [
        ("EUROSTAT.tps00001.sdmx.xml", "EUROSTAT.tps00001.dsd.xml", 455, {"DF004": 14}),
        ("EUROSTAT.tps00001.sdmx.generic.xml", "EUROSTAT.tps00001.dsd.xml", 455, {"DF004": 14}),
        ("SDMX.GenericSample.xml", "SDMX.StructureSample.xml", 13, {"DF008": 1}),
    ],
)
def test_real_messages_of_2_0_against_their_structures(data, own, observations, expected):
    folder = CORPORA / "sdmx" / "ml20-with-rdf-reference"
    report = validate([folder / data], structure=[folder / own])
    totals = {item.rule: item.observations for item in report.totals if str(item.source).endswith(data)}
    assert (totals, report.datasets[0].observations) == (expected, observations)
    print(f"validated {data} ({observations} observations) against {own}")
