"""Schemas of a structure's data: the official pairs, mutants of them, and every message that we write."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from corpora import CORPORA, counts, files_of, needs_corpora
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from round_trips import only_dataset, written
from small_cube import DSD, FLOW, VIEW, datasets, outgoing
from small_dataset import ml
from xsd_judge import Judge

from semstat.interop.formats.sdmx.xsd import data_schema
from semstat.interop.reading import read
from semstat.interop.structures import Structures
from semstat.interop.xsd import multilingual_components
from semstat.ontology.iri import SdmxName, iri_to_urn, parse_urn
from semstat.ontology.terms import RDF, SST

pytestmark = needs_corpora

EXR = "sdmx/ml21/twg-samples/exr/ecb_exr_{0}/"
ML30 = "sdmx/ml30/twg-samples/"
SIMPLE = (ML30 + "Data - Simple Data Attributes/ECB_EXR.xml", ML30 + "Data Structure Definition/ECB_EXR.xml")
COMPLEX = (
    ML30 + "Data - Complex Data Attributes/ECB_EXR_CA.xml",
    ML30 + "Data - Complex Data Attributes/ECB_EXR_CA_DSD.xml",
)
PAIRS = [
    *(
        (str(path.relative_to(CORPORA)), EXR.format(design) + f"ecb_exr_{design}_full.xml")
        for design in ("ng", "rg", "sg")
        for path in sorted((CORPORA / EXR.format(design) / "structured").glob("*.xml"))
    ),
    SIMPLE,
    COMPLEX,
] if CORPORA else []  # fmt: skip


@cache
def structures(name: str) -> Structures:
    return Structures(read(CORPORA / name).graph)


def named(message: bytes) -> tuple[SdmxName, str]:
    """Return what a message cites, and its dimension at the observation."""
    namespace = etree.fromstring(message).find(".//{*}Header/{*}Structure").get("namespace")
    urn, at = namespace.split(":ObsLevelDim:")
    return parse_urn(urn), at


def _version(message: bytes) -> str:
    return next(version for version in ("2.1", "3.0", "3.1") if f"/v{version.replace('.', '_')}/".encode() in message)


def judge(message: bytes, structure: str, *, mandatory: bool = False) -> Judge:
    """Return the judge of a message that is described by a structure of whatever name (the rate group has another)."""
    return judge_of(structure, *named(message), _version(message), mandatory)


@cache
def judge_of(structure: str, name: SdmxName, at: str, version: str, mandatory: bool) -> Judge:
    found = structures(structure)
    view = found.view(found.resolve(None).structure)
    many = multilingual_components(found.graph, view)
    return Judge(data_schema(view, name, at=at, version=version, multilingual=many, mandatory=mandatory), version)


def official(name: str) -> bytes:
    data = (CORPORA / name).read_bytes()
    if name == COMPLEX[0]:
        # The structure allows one source of publication; the sample gives two.
        data = data.replace(b"<Value>Second publication source</Value>", b"")
    return data


def test_the_official_pairs_are_all_there() -> None:
    print(f"{len(PAIRS)} official messages")
    assert len(PAIRS) == 14


@pytest.mark.parametrize(("name", "structure"), PAIRS)
def test_official_messages_are_valid(name, structure) -> None:
    message = official(name)
    assert judge(message, structure).faults(message) == []
    assert judge(message, structure, mandatory=True).faults(message) == []


def test_an_array_longer_than_the_structure_allows_is_refused() -> None:
    message = (CORPORA / COMPLEX[0]).read_bytes()
    (fault,) = judge(message, COMPLEX[1]).faults(message)
    assert "'Value': This element is not expected" in fault


def test_every_structure_of_the_corpora_gives_a_schema_that_compiles() -> None:
    names = [
        name
        for name in files_of("SDMX-ML")
        if counts()[name][0].endswith("Structure") and "2.0" not in counts()[name][0]
    ]
    found = Structures(read(*(CORPORA / name for name in names)).graph)
    described = [
        iri for iri in found.graph.subjects(RDF.type, SST.DataStructure) if (iri, SST.component, None) in found.graph
    ]
    for iri in described:
        view, name = found.view(iri), parse_urn(iri_to_urn(iri))
        for version in ("2.1", "3.0", "3.1"):
            for at in (None, "AllDimensions"):
                many = multilingual_components(found.graph, view)
                Judge(data_schema(view, name, at=at, version=version, multilingual=many), version)
    print(f"{len(described)} structures of {len(names)} files")
    assert len(described) > 20


MUTANTS = {
    "a code that is not in the list": (b'CURRENCY="CHF"', b'CURRENCY="XXX"'),
    "an empty dimension": (b'CURRENCY="CHF"', b'CURRENCY=""'),
    "a missing dimension": (b' CURRENCY_DENOM="EUR"', b""),
    "a misspelt attribute": (b"OBS_STATUS=", b"OBS_STATSU="),
    "a period that is none": (b'TIME_PERIOD="2010-08"', b'TIME_PERIOD="2010M08"'),
    "a missing period": (b' TIME_PERIOD="2010-08"', b""),
    "an attribute of another level": (b'OBS_STATUS="A"', b'OBS_STATUS="A" TITLE="x"'),
    "a start day of the reporting year": (b'OBS_STATUS="A"', b'OBS_STATUS="A" REPORTING_YEAR_START_DAY="--07-01"'),
}


@pytest.mark.parametrize("change", MUTANTS)
@pytest.mark.parametrize(("name", "structure"), [pair for pair in PAIRS if "/exr/" in pair[0]])
def test_mutants_are_refused(name, structure, change) -> None:
    before, after = MUTANTS[change]
    message = official(name)
    assert before in message
    if "TITLE" in change or change == "an attribute of another level":
        title = b"TITLE=" in message.split(b"<Obs ", 2)[1]
        if title:
            pytest.skip("in this design the title stands on the observation")
    assert judge(message, structure).faults(message.replace(before, after, 1))


LABOUR = Path(__file__).parents[1] / "rules" / "structures" / "labour.xml"
SERIES = '<Series FREQ="A" REF_AREA="CZ" SEX="F" UNIT_MULT="3"><Obs TIME_PERIOD="2022" OBS_VALUE="{}" OBS_STATUS="A"{}/></Series>'


@pytest.mark.parametrize(
    ("value", "more", "valid"),
    [
        ("1.5", "", True),
        ("0", ' COMMENT_OBS="' + 30 * "x" + '"', True),
        ("1,5", "", False),
        ("-0.5", "", False),
        ("1.55", "", False),
        ("1", ' COMMENT_OBS="' + 31 * "x" + '"', False),
    ],
)
def test_facets_are_restrictions(value, more, valid) -> None:
    found = Structures(read(LABOUR).graph)
    resolved = found.resolve(None)
    text = data_schema(found.view(resolved.structure), parse_urn(iri_to_urn(resolved.structure)))
    message = ml(SERIES.format(value, more), agency="SEMSTAT", name="DSD_LABOUR").replace(b' action="Replace"', b"")
    assert (Judge(text, "2.1").faults(message) == []) is valid


@pytest.mark.parametrize(("tags", "valid"), [("x\x1fy", True), ("x\x1fz", False)])
def test_codes_within_arrays(tags, valid) -> None:
    """The lists of the official sample are not among the corpora, so that these are ours."""
    codes = SdmxName("codelist", "Codelist", "TEST", "CL_TAGS", "1.0").iri
    coded = replace(VIEW.of("TAGS"), codes=("x", "y"), codelist=codes)
    view = replace(VIEW, components=(*VIEW.components[:-1], coded))
    row = {"FREQ": "A", "AREA": "FR", "TIME_PERIOD": "2020", "TAGS": tags}
    message, _ = written([outgoing([row])], "sdmx-ml-3.0-structure-specific-data")
    assert (Judge(data_schema(view, DSD, version="3.0"), "3.0").faults(message) == []) is valid


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<Value>CZ2</Value>", b""),  # the structure wants three
        (b'id="TITLE" xsi:type="ns1:TITLE_ATTRIBUTE"', b'id="TITEL" xsi:type="ns1:TITLE_ATTRIBUTE"'),
        (b'xsi:type="ns1:OBS_STATUS_ATTRIBUTE"', b'xsi:type="ns1:NO_ATTRIBUTE"'),
        (b'TITLE_COMPL="', b'TITLE_COMPL="' + 1100 * b"x"),
    ],
)
def test_mutants_of_complex_values_are_refused(before, after) -> None:
    message = official(COMPLEX[0])
    assert before in message
    assert judge(message, COMPLEX[1]).faults(message.replace(before, after, 1))


@pytest.mark.parametrize(("name", "structure"), PAIRS)
@pytest.mark.parametrize("layout", [None, "AllDimensions", "CURRENCY"])
@pytest.mark.parametrize("version", ["2.1", "3.0", "3.1"])
def test_official_data_written_anew_are_valid(name, structure, layout, version) -> None:
    found = Structures(
        structures(structure).graph, str(parse_urn(iri_to_urn(structures(structure).resolve(None).structure)).short)
    )
    dataset = only_dataset(CORPORA / name, found)
    message, losses = written([dataset], f"sdmx-ml-{version}-structure-specific-data", at=layout)
    lost = {item.rule for item in losses.found}
    assert lost <= {"IO221", "IO222"}
    faults = judge(message, structure).faults(message)
    if name == COMPLEX[0] and version != "2.1":
        assert all("SOURCE_PUB" in fault or "'Value'" in fault for fault in faults)
    else:
        assert faults == []


AGREEMENT = SdmxName("registry", "ProvisionAgreement", "TEST", "PA_CUBE", "1.0")


@pytest.mark.parametrize("cited", [DSD, FLOW, AGREEMENT], ids=lambda name: name.cls)
@pytest.mark.parametrize("version", ["2.1", "3.0", "3.1"])
def test_whatever_is_cited_and_whatever_the_action(cited, version) -> None:
    row = {"FREQ": "A", "AREA": "FR", "TIME_PERIOD": "2020", "OBS_VALUE": "1"}
    judge = Judge(data_schema(VIEW, cited, version=version), version)
    for action in ("Information", "Append", "Merge", "Replace", "Delete", "Odd", None):
        dataset = replace(outgoing([row]), named=cited, action=action)
        message, _ = written([dataset, dataset], f"sdmx-ml-{version}-structure-specific-data")
        assert judge.faults(message) == [], action


@cache
def own_judge(version: str, at: str) -> Judge:
    return Judge(data_schema(VIEW, DSD, at=at, version=version), version)


@settings(max_examples=40, deadline=None)
@given(
    rows=datasets(),
    version=st.sampled_from(["2.1", "3.0", "3.1"]),
    at=st.sampled_from(["TIME_PERIOD", "AREA", "AllDimensions"]),
)
def test_whatever_is_written_is_valid(rows, version, at) -> None:
    message, _ = written([outgoing(rows)], f"sdmx-ml-{version}-structure-specific-data", at=at)
    assert own_judge(version, at).faults(message) == []
