"""A structure of SDMX 2.0 whose time dimension is not called TIME_PERIOD: what is said of time is said of that dimension."""

from pathlib import Path

import pytest
from corpora import CORPORA, needs_corpora

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


PERIODS = ("2020-01", "2020-02", "2020")
"""The last is no month, as the frequency would have it."""


def specific(version: str, *, flat: bool = False) -> str:
    at = "AllDimensions" if flat else "TIME_PERIOD"
    named = (
        f"<c:Structure>{URN}</c:Structure>"
        if version != V21
        else '<c:Structure><Ref agencyID="ORG" id="OLD" version="1.0"/></c:Structure>'
    )
    key = 'FREQ="M" ' if flat else ""
    rows = "\n".join(f'<Obs {key}TIME_PERIOD="{period}" OBS_VALUE="1"/>' for period in PERIODS)
    content = rows if flat else f'<Series FREQ="M">{rows}</Series>'
    return f"""<m:StructureSpecificData xmlns:m="{version}/message" xmlns:c="{version}/common"
 xmlns:ss="{version}/data/structurespecific" xmlns:n="{URN}:ObsLevelDim:{at}"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{HEAD}
<m:Structure structureID="A" namespace="{URN}:ObsLevelDim:{at}" dimensionAtObservation="{at}">{named}</m:Structure></m:Header>
<m:DataSet ss:structureRef="A" xsi:type="n:DataSetType">{content}</m:DataSet></m:StructureSpecificData>"""


def generic() -> str:
    rows = "\n".join(f'<g:Obs><g:ObsDimension value="{period}"/><g:ObsValue value="1"/></g:Obs>' for period in PERIODS)
    return f"""<m:GenericData xmlns:m="{V21}/message" xmlns:c="{V21}/common" xmlns:g="{V21}/data/generic">{HEAD}
<m:Structure structureID="A" dimensionAtObservation="TIME_PERIOD"><c:Structure><Ref agencyID="ORG" id="OLD" version="1.0"/>
</c:Structure></m:Structure></m:Header><m:DataSet structureRef="A"><g:Series><g:SeriesKey><g:Value id="FREQ" value="M"/>
</g:SeriesKey>{rows}</g:Series></m:DataSet></m:GenericData>"""


def json_message(measures: str, where: str) -> str:
    values = ", ".join(f'{{"value": "{period}"}}' for period in PERIODS)
    section = f"""{{"links": [{{"urn": "{URN}", "rel": "datastructure"}}], "dimensions": {{"series": [{{"id": "FREQ",
"values": [{{"id": "M"}}]}}], "observation": [{{"id": "TIME_PERIOD", "values": [{values}]}}]}}{measures}}}"""
    rows = ", ".join(f'"{place}": [1]' for place in range(len(PERIODS)))
    listed = f'"structures": [{section}]' if where == "structures" else f'"structure": {section}'
    return f"""{{"meta": {{"id": "A", "prepared": "2026-01-01T00:00:00Z", "sender": {{"id": "ORG"}}}}, "data": {{{listed},
"dataSets": [{{"structure": 0, "series": {{"0": {{"observations": {{{rows}}}}}}}}}]}}}}"""


def tables(head: str, prefix: str) -> str:
    return f"{head}FREQ,TIME_PERIOD,OBS_VALUE\n" + "".join(f"{prefix}M,{period},1\n" for period in PERIODS)


OTHERS = {
    "2.1 series": specific(V21),
    "2.1 flat": specific(V21, flat=True),
    "3.0 series": specific(V30),
    "2.1 generic": generic(),
    "json 1.0": json_message("", "structure"),
    "json 2.0": json_message(', "measures": {"observation": [{"id": "OBS_VALUE"}]}', "structures"),
    "csv 2.0": tables("STRUCTURE,STRUCTURE_ID,", "datastructure,ORG:OLD(1.0),"),
    "csv": tables("", ""),
}


@pytest.mark.parametrize("form", OTHERS)
def test_later_messages_call_time_and_the_measure_by_their_fixed_ids(tmp_path, form) -> None:
    suffix = form.partition(" ")[0] if form[0] in "jc" else "xml"
    data, family = written(tmp_path, **{f"data_{suffix}": OTHERS[form]}, family_xml=FAMILY)
    report = validate([data], structure=[family])
    found = {(item.rule, item.location.path, item.value) for item in report.diagnostics if item.rule != "IO113"}
    assert found == {("DF008", "WHEN", "2020")}, report.diagnostics
    assert report.datasets[0].observations == 3


def test_a_table_of_parquet_calls_them_so_too(tmp_path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = {"FREQ": ["M"] * 3, "TIME_PERIOD": list(PERIODS), "OBS_VALUE": [1.0] * 3}
    pq.write_table(pa.table(rows), tmp_path / "data.parquet")
    (family,) = written(tmp_path, family_xml=FAMILY)
    found = validate([tmp_path / "data.parquet"], structure=[family]).diagnostics
    assert [(item.rule, item.location.path) for item in found] == [("DF008", "WHEN")]


def compact(time: str, measure: str) -> str:
    rows = "\n".join(f'<k:Obs {time}="{period}" {measure}="1"/>' for period in PERIODS)
    return f"""<CompactData xmlns="{V20}/message" xmlns:k="urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=ORG:OLD:compact">
<Header><ID>X</ID><Test>false</Test><Prepared>2026-01-01</Prepared><Sender id="ORG"/><KeyFamilyRef>OLD</KeyFamilyRef>
<KeyFamilyAgency>ORG</KeyFamilyAgency></Header><k:DataSet><k:Series FREQ="M">{rows}</k:Series></k:DataSet></CompactData>"""


@pytest.fixture(scope="module")
def later(tmp_path_factory) -> Path:
    """The same structure in SDMX-ML 2.1, where time and the measure have the fixed ids."""
    folder = tmp_path_factory.mktemp("later")
    (family,) = written(folder, family_xml=FAMILY)
    convert([family], folder / "later.xml", to="sdmx-ml-2.1-structure")
    assert "WHEN" in (folder / "later.xml").read_text()
    return folder / "later.xml"


def test_messages_of_2_0_call_them_by_their_concepts(tmp_path, later) -> None:
    (data,) = written(tmp_path, data_xml=compact("WHEN", "AMOUNT"))
    found = [(item.rule, item.location.path) for item in validate([data], structure=[later]).diagnostics]
    assert found == [("DF008", "TIME_PERIOD")]


def test_a_name_that_is_wrong_in_the_version_of_the_message_is_found(tmp_path, later) -> None:
    data, table, family = written(
        tmp_path, data_xml=compact("TIME_PERIOD", "AMOUNT"), table_csv=TABLE, family_xml=FAMILY
    )
    found = {(item.rule, item.location.path) for item in validate([data], structure=[family]).diagnostics}
    assert {("DF001", "TIME_PERIOD"), ("DF002", "WHEN")} <= found
    found = {(item.rule, item.location.path) for item in validate([table], structure=[later]).diagnostics}
    assert ("DF002", "TIME_PERIOD") in found


@needs_corpora
def test_a_real_structure_of_2_0_gives_the_same_verdict_under_either_name(tmp_path) -> None:
    """``SDMX.GenericSample`` as a table, with the name of its structure and with the fixed one: the faults are the same."""
    folder = CORPORA / "sdmx" / "ml20-with-rdf-reference"
    table, structure = tmp_path / "data.csv", folder / "SDMX.StructureSample.xml"
    convert([folder / "SDMX.GenericSample.xml"], table, to="sdmx-csv-2.0", structure=[structure])
    verdicts = []
    for name in ("TIME", "TIME_PERIOD"):
        head, _, rows = table.read_text().partition("\n")
        (data,) = written(tmp_path, again_csv=head.replace(",TIME,", f",{name},") + "\n" + rows)
        report = validate([data], structure=[structure])
        found = [item for item in report.diagnostics if item.location.source == str(data)]
        verdicts.append([(item.rule, item.location.line, item.location.path, item.value) for item in found])
        assert f",{name}," in head.replace(",TIME,", f",{name},")
        print(f"{report.datasets[0].observations} observations with {name}")
    assert verdicts[0] == verdicts[1]
    assert [rule for rule, *_ in verdicts[0]].count("DF008") == 1
