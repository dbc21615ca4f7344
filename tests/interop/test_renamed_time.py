"""A structure of SDMX 2.0 whose time dimension is not called TIME_PERIOD: what is said of time is said of that dimension."""

from pathlib import Path

import pytest

from semstat.interop import Options, convert, validate
from semstat.validators.diagnostics import CheckStatus

V20 = "http://www.SDMX.org/resources/SDMXML/schemas/v2_0"
V21 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
V30 = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0"
URN = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=ORG:OLD(1.0)"

FAMILY = f"""<Structure xmlns="{V20}/message" xmlns:s="{V20}/structure">
<Header><ID>X</ID><Test>false</Test><Prepared>2026-01-01</Prepared><Sender id="ORG"/></Header>
<CodeLists><s:CodeList id="CL_FREQ" agencyID="ORG" version="1.0"><s:Name>Frequencies</s:Name>
<s:Code value="M"><s:Description>Monthly</s:Description></s:Code></s:CodeList></CodeLists>
<Concepts><s:ConceptScheme id="CS" agencyID="ORG" version="1.0"><s:Name>Concepts</s:Name>
<s:Concept id="FREQ"><s:Name>Frequency</s:Name></s:Concept><s:Concept id="WHEN"><s:Name>When</s:Name></s:Concept>
<s:Concept id="AMOUNT"><s:Name>Amount</s:Name></s:Concept></s:ConceptScheme></Concepts>
<KeyFamilies><s:KeyFamily id="OLD" agencyID="ORG" version="1.0"><s:Name>Old</s:Name><s:Components>
<s:Dimension conceptRef="FREQ" conceptSchemeRef="CS" conceptSchemeAgency="ORG" codelist="CL_FREQ" codelistAgency="ORG"
 isFrequencyDimension="true"/>
<s:TimeDimension conceptRef="WHEN" conceptSchemeRef="CS" conceptSchemeAgency="ORG"/>
<s:PrimaryMeasure conceptRef="AMOUNT" conceptSchemeRef="CS" conceptSchemeAgency="ORG"/>
</s:Components></s:KeyFamily></KeyFamilies></Structure>"""

HEAD = "<m:Header><m:ID>X</m:ID><m:Test>false</m:Test><m:Prepared>2026-01-01T00:00:00</m:Prepared><m:Sender id='ORG'/>"
RANGE = """<s:CubeRegion><c:KeyValue id="{}"><c:TimeRange><c:StartPeriod>2020-01</c:StartPeriod><c:EndPeriod>2020-12</c:EndPeriod>
</c:TimeRange></c:KeyValue></s:CubeRegion>"""
VALUES = """<s:CubeRegion><c:KeyValue id="{}"><c:Value>2020-01</c:Value><c:Value>2020-04</c:Value></c:KeyValue></s:CubeRegion>"""
KEYS = """<s:DataKeySet isIncluded="true"><s:Key><c:KeyValue id="FREQ"><c:Value>M</c:Value></c:KeyValue>
<c:KeyValue id="{0}"><c:Value>2020-01</c:Value></c:KeyValue></s:Key><s:Key><c:KeyValue id="{0}"><c:Value>2020-04</c:Value>
</c:KeyValue></s:Key></s:DataKeySet>"""
COPIES = "".join(
    f"<s:ComponentMap><s:Source>{name}</s:Source><s:Target>{name}</s:Target></s:ComponentMap>"
    for name in ("FREQ", "AMOUNT")
)
COPY = "<s:ComponentMap><s:Source>{0}</s:Source><s:Target>{0}</s:Target></s:ComponentMap>"
DATES = """<s:DatePatternMap sourcePattern="yyyy-MM" locale="en"><s:Source>{0}</s:Source><s:Target>{0}</s:Target>
<s:TargetFrequencyID>M</s:TargetFrequencyID></s:DatePatternMap>"""
TABLE = "STRUCTURE,STRUCTURE_ID,FREQ,WHEN,AMOUNT\n" + "".join(
    f"datastructure,ORG:OLD(1.0),M,{period},1\n" for period in ("2020-01", "2020-04", "2021-01")
)
NAMES = ["WHEN", "TIME_PERIOD"]
"""What the structure calls it, and what there is no other word for since SDMX 2.1."""


def written(folder: Path, **files: str) -> list[Path]:
    paths = [folder / name.replace("_", ".") for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.write_text(text)
    return paths


def constraint(content: str) -> str:
    reference = '<Ref id="OLD" agencyID="ORG" version="1.0" class="DataStructure" package="datastructure"/>'
    return f"""<m:Structure xmlns:m="{V21}/message" xmlns:s="{V21}/structure" xmlns:c="{V21}/common">{HEAD}</m:Header>
<m:Structures><s:Constraints><s:ContentConstraint id="CC" agencyID="ORG" version="1.0" type="Allowed"><c:Name>Some</c:Name>
<s:ConstraintAttachment><s:DataStructure>{reference}</s:DataStructure></s:ConstraintAttachment>
{content}</s:ContentConstraint></s:Constraints></m:Structures></m:Structure>"""


def structure_map(content: str) -> str:
    return f"""<m:Structure xmlns:m="{V30}/message" xmlns:s="{V30}/structure" xmlns:c="{V30}/common">{HEAD}</m:Header>
<m:Structures><s:StructureMaps><s:StructureMap id="SM" agencyID="ORG" version="1.0"><c:Name>Map</c:Name>
<s:Source>{URN}</s:Source><s:Target>{URN}</s:Target>{content}</s:StructureMap></s:StructureMaps></m:Structures></m:Structure>"""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("content", "rule"), [(RANGE, "DF011"), (VALUES, "DF011"), (KEYS, "DF012")])
def test_constraints(tmp_path, name, content, rule) -> None:
    data, *structure = written(
        tmp_path, data_csv=TABLE, family_xml=FAMILY, constraint_xml=constraint(content.format(name))
    )
    report = validate([data], structure=structure, options=Options(lint=True))
    found = [(item.rule, item.location.line) for item in report.diagnostics]
    assert [item for item in found if item[0] in {rule, "DSD005"}] == [(rule, 4)]
    assert {item.status for item in report.checks if item.rule == rule} == {CheckStatus.CHECKED}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", [COPY, DATES])
def test_structure_maps_and_date_patterns(tmp_path, name, content) -> None:
    data, *structure = written(
        tmp_path, data_csv=TABLE, family_xml=FAMILY, map_xml=structure_map(COPIES + content.format(name))
    )
    out = tmp_path / "out.csv"
    assert not convert([data], out, to="sdmx-csv-2.0", structure=structure, map="").refused
    header, *rows = (line.split(",") for line in out.read_text().splitlines())
    assert [row[header.index("WHEN")] for row in rows] == ["2020-01", "2020-04", "2021-01"]
    report = validate([structure[-1]], structure=structure[:1])
    assert not [item for item in report.diagnostics if item.rule == "MAP006"]


def test_gaps_and_the_dates_of_the_header(tmp_path) -> None:
    observations = "".join(f'<Obs WHEN="{period}" AMOUNT="1"/>\n' for period in ("2020-01", "2020-04", "2021-01"))
    message = f"""<m:StructureSpecificData xmlns:m="{V21}/message" xmlns:c="{V21}/common" xmlns:ss="{V21}/data/structurespecific"
 xmlns:n="{URN}:ObsLevelDim:WHEN" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{HEAD}
<m:Structure structureID="A" namespace="{URN}:ObsLevelDim:WHEN" dimensionAtObservation="WHEN">
<c:Structure><Ref agencyID="ORG" id="OLD" version="1.0"/></c:Structure></m:Structure>
<m:ReportingBegin>2020-01-01</m:ReportingBegin><m:ReportingEnd>2020-12-31</m:ReportingEnd></m:Header>
<m:DataSet ss:structureRef="A" ss:dataScope="DataStructure" xsi:type="n:DataSetType"><Series FREQ="M">
{observations}</Series></m:DataSet></m:StructureSpecificData>"""
    data, *structure = written(tmp_path, data_xml=message, family_xml=FAMILY)
    found = [(item.rule, item.value) for item in validate([data], structure=structure).diagnostics]
    assert sorted(found) == [("DF020", "2020-02 to 2020-03"), ("DF020", "2020-05 to 2020-12"), ("DF029", "2021-01")]
