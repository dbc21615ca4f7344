"""One dataset says the same in every layout: random datasets, and the official samples that come in several."""

from pathlib import Path

import pytest
from corpora import CORPORA, needs_corpora
from hypothesis import given, settings
from hypothesis import strategies as st
from ml_reading import reading, source_of
from ml_writing import COMPONENTS, LAYOUTS, OF_OBSERVATION, OF_SERIES, SERIES, TIME, VALUE, Content

from semstat.interop import validate
from semstat.interop.formats.data import open_data
from semstat.interop.formats.dataset import ComponentIds
from semstat.interop.sources import sources
from semstat.interop.validation import Options
from semstat.validators import Verdict

TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Z"], exclude_characters="￾￿"), max_size=12)
CODES = st.sampled_from(["A", "NA", "01", "X_1", "é", "a<b", 'say "b"'])


@st.composite
def contents(draw) -> Content:
    keys = draw(st.lists(st.tuples(CODES, CODES), unique=True, max_size=4))
    rows = []
    for key in keys:
        shared = dict(zip(SERIES, key, strict=True)) | draw(st.fixed_dictionaries({}, optional={OF_SERIES[0]: TEXTS}))
        for time in draw(st.lists(st.sampled_from(["2020", "2021", "2020-Q1"]), unique=True, min_size=1, max_size=3)):
            own = draw(st.fixed_dictionaries({}, optional={VALUE: TEXTS, OF_OBSERVATION[0]: TEXTS}))
            rows.append(shared | {TIME: time} | own)
    return Content(rows, draw(st.dictionaries(CODES, TEXTS, max_size=3)))


def records(data: bytes) -> list[dict[str, str]]:
    found = reading(source_of(data), COMPONENTS, fast=True)
    # A group that matches nothing stands last in 2.0, after observations: a remark says so.
    assert all(isinstance(part, dict) and {item.rule for item in part["findings"]} <= {"IO114"} for part in found), (
        found
    )
    rows = [
        {name: value for name, (value, _) in row.items() if not name.startswith("_")}
        for part in found
        for row in (*part["observations"], *part["others"])
    ]
    return sorted(rows, key=lambda row: sorted(row.items()))


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=40, deadline=None)
@given(content=contents())
def test_a_dataset_reads_the_same_in_every_layout(layout, content):
    data = LAYOUTS[layout](content)
    if not content.rows and not content.titles:
        return
    assert records(data) == content.records()


EXR = "sdmx/ml21/twg-samples/exr"
STRUCTURES = ["common/exr_common.xml", *(f"ecb_exr_{name}/ecb_exr_{name}.xml" for name in ("ng", "sg", "rg"))]
DEFECTIVE = {f"ecb_exr_{name}/generic/ecb_exr_{name}_xs.xml" for name in ("ng", "sg", "rg")}


def messages() -> list[str]:
    if CORPORA is None:
        return []
    folder = CORPORA / EXR
    found = (path for kind in ("generic", "structured") for path in folder.glob(f"*/{kind}/*.xml"))
    return sorted(str(path.relative_to(folder)) for path in found)


def columns(name: str) -> dict[str, dict[str, str]]:
    """Return the observations of a message: measure and attributes of the observation, by key."""
    dimensions = ("FREQ", "CURRENCY", "CURRENCY_DENOM", "EXR_TYPE", "EXR_VAR", "TIME_PERIOD")
    components = ComponentIds(dimensions, "TIME_PERIOD", measures=("OBS_VALUE",))
    (source,) = sources(CORPORA / EXR / name)
    found: dict[str, dict[str, str]] = {}
    for dataset in open_data(source, lambda _: components):
        for batch in dataset.observations.batches:
            for row in batch.to_pylist():
                if row.get("_kind"):
                    continue
                key = ".".join(row[name] for name in dimensions)
                assert key not in found, f"{name}: {key} stands twice"
                found[key] = {name: row[name] for name in ("OBS_VALUE", "OBS_STATUS", "CONF_STATUS_OBS")}
    return found


@needs_corpora
def test_the_exchange_rate_samples_are_equal_key_by_key_and_value_by_value():
    good = [name for name in messages() if name not in DEFECTIVE]
    read = {name: columns(name) for name in good}
    first = read[good[0]]
    assert len(first) == 12
    assert {name for name in good if read[name] != first} == set()
    print(f"{len(good)} messages, {len(first)} observations each")
    assert len(good) == 21


@needs_corpora
def test_one_value_of_the_cross_sectional_generic_samples_differs():
    good = columns("ecb_exr_ng/generic/ecb_exr_ng_flat.xml")
    defective = columns("ecb_exr_ng/generic/ecb_exr_ng_xs.xml")
    differing = {
        key: (good[key]["OBS_VALUE"], defective[key]["OBS_VALUE"]) for key in good if good[key] != defective[key]
    }
    assert differing == {"M.CHF.EUR.SP00.E.2010-09": ("1.3089", "1.3809")}
    assert good.keys() == defective.keys()


@needs_corpora
@pytest.mark.parametrize(("design", "against", "line"), [("sg", None, 71), ("rg", "ECB:ECB_EXR_CG(1.0)", 89)])
def test_the_defects_of_the_cross_sectional_generic_samples_are_named(design, against, line):
    name = CORPORA / EXR / f"ecb_exr_{design}/generic/ecb_exr_{design}_xs.xml"
    structure = [CORPORA / EXR / item for item in STRUCTURES]
    report = validate([name], structure=structure, options=Options(against=against))
    own = [item for item in report.diagnostics if item.location.source == str(name)]
    assert report.verdict is Verdict.FAIL
    (unknown,) = [item for item in own if item.rule == "DF001"]
    assert (unknown.location.line, unknown.value, unknown.nearest, unknown.count) == (line, "CURRENY", "CURRENCY", 12)
    duplicates = [item for item in own if item.rule == "DF009"]
    assert len(duplicates) == 4
    assert {item.rule for item in own} == {"DF001", "DF009"}


def test_each_series_of_a_cross_section_has_its_own_gaps(tmp_path):
    stem = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
    urn = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=SEMSTAT:DSD_LABOUR(1.0):ObsLevelDim:REF_AREA"
    sections = "\n".join(
        f'<Series FREQ="A" SEX="F" UNIT_MULT="3" TIME_PERIOD="{year}">'
        + "".join(f'<Obs REF_AREA="{area}" OBS_VALUE="1" OBS_STATUS="A"/>' for area in ("AT", "CZ"))
        + "</Series>"
        for year in (2020, 2022)
    )
    (tmp_path / "data.xml").write_text(
        f"""<m:StructureSpecificData xmlns:m="{stem}/message" xmlns:c="{stem}/common" xmlns:n="{urn}"
 xmlns:ss="{stem}/data/structurespecific" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<m:Header><m:ID>X</m:ID><m:Test>false</m:Test><m:Prepared>2024-01-31</m:Prepared><m:Sender id="CZ1"/>
<m:Structure structureID="L" namespace="{urn}" dimensionAtObservation="REF_AREA">
<c:Structure><Ref agencyID="SEMSTAT" id="DSD_LABOUR" version="1.0"/></c:Structure></m:Structure></m:Header>
<m:DataSet ss:structureRef="L" xsi:type="n:DataSetType">{sections}</m:DataSet></m:StructureSpecificData>"""
    )
    structure = Path(__file__).parents[1] / "rules" / "structures" / "labour.xml"
    report = validate([tmp_path / "data.xml"], structure=[structure])
    gaps = [(item.series_key, item.value) for item in report.diagnostics if item.rule == "DF020"]
    assert sorted(gaps) == [("A.AT.F", "2021"), ("A.CZ.F", "2021")], report.diagnostics
    assert [item.findings for item in report.totals if item.rule == "DF020"] == [2]
