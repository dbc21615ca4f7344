"""Data laid out otherwise in DDI-CDI, and documents of DDI-CDI as structures that data are judged by."""

from io import BytesIO
from pathlib import Path

import pytest

from semstat.interop import CannotConvert, convert, validate
from semstat.interop.formats.ddi.cdi import read_cdi
from semstat.ontology.terms import RDF
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import CheckStatus, Report, Verdict

ROOT = Path(__file__).parents[2]
HOUSEHOLDS, POPULATION = ROOT / "examples" / "households", ROOT / "examples" / "population"
STRUCTURES = {
    "wide": "WideDataStructure",
    "long": "LongDataStructure",
    "dimensional": "DimensionalDataStructure",
    "key-value": "KeyValueStructure",
}
KEYLESS = (
    '<codeBook xmlns="ddi:codebook:2_6"><stdyDscr><citation><titlStmt><titl>S</titl></titlStmt></citation></stdyDscr>'
    '<fileDscr ID="F1"/><dataDscr><var ID="V1" name="a" files="F1"/></dataDscr></codeBook>'
)


@pytest.mark.parametrize("shape", [*STRUCTURES])
def test_data_have_the_shape_that_is_asked_for_and_keep_to_the_rules(tmp_path, shape):
    file = tmp_path / "study.jsonld"
    done = convert([HOUSEHOLDS / "codebook.xml"], file, shape=shape)
    assert done.refused == ()
    kinds = {str(kind) for kind in read_cdi(file.read_bytes(), origin="study").graph.objects(None, SSD.kind)}
    assert {kind for kind in kinds if kind.endswith("Structure")} & {*STRUCTURES.values()} == {STRUCTURES[shape]}
    assert validate([file]).verdict is Verdict.PASS


def test_the_key_of_a_record_is_its_dimensions(tmp_path):
    convert([HOUSEHOLDS / "codebook.xml"], tmp_path / "study.jsonld", shape="dimensional")
    graph = read_cdi((tmp_path / "study.jsonld").read_bytes(), origin="study").graph
    (structure,) = graph.subjects(RDF.type, SSI.DimensionalDataStructure)
    assert len(set(graph.objects(structure, SSI.hasIdentifierComponent))) == 1
    assert len(set(graph.objects(structure, SSI.hasMeasureComponent))) == 3


def test_documents_of_ddi_cdi_take_another_shape(tmp_path):
    convert([HOUSEHOLDS / "codebook.xml"], tmp_path / "wide.jsonld")
    done = convert([tmp_path / "wide.jsonld"], tmp_path / "long.jsonld", shape="long")
    assert done.refused == ()
    assert validate([tmp_path / "long.jsonld"]).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("source", "shape", "to", "reason"),
    [
        (POPULATION / "structure.xml", "long", "ddi-cdi-json-ld", "describe none"),
        (HOUSEHOLDS / "codebook.xml", "long", "ddi-lifecycle", "is for DDI-CDI"),
        (HOUSEHOLDS / "codebook.xml", "tall", "ddi-cdi-xml", "no shape of data"),
        (None, "dimensional", "ddi-cdi-xml", "no record has a key"),
    ],
)
def test_a_shape_that_nothing_can_have_is_a_mistake_of_the_call(tmp_path, source, shape, to, reason):
    (tmp_path / "keyless.xml").write_text(KEYLESS, "utf-8")
    with pytest.raises(CannotConvert, match=reason):
        convert([source or tmp_path / "keyless.xml"], BytesIO(), to=to, shape=shape)


def told(report: Report, prefix: str, *, but: str = "") -> list[tuple[str, int | None, str]]:
    found = [(item.rule, item.location.line, item.message) for item in report.diagnostics if item.rule != but]
    return sorted(item for item in found if item[0].startswith(prefix))


@pytest.mark.parametrize("data", ["population.csv", "population-faulty.csv", "population-faulty.xml"])
def test_data_are_judged_by_a_dimensional_structure_as_by_that_of_sdmx(tmp_path, data):
    convert([POPULATION / "structure.xml"], tmp_path / "structure.jsonld", to="ddi-cdi-json-ld")
    by_sdmx = validate([POPULATION / data], structure=[POPULATION / "structure.xml"])
    by_cdi = validate([POPULATION / data], structure=[tmp_path / "structure.jsonld"])
    assert told(by_sdmx, "DF", but="DF011") == told(by_cdi, "DF"), "regions of constraints have no place in DDI-CDI"
    assert bool(told(by_cdi, "DF")) == ("faulty" in data)
    checked = {item.rule for item in by_sdmx.checks if item.status is CheckStatus.CHECKED} - {"DF011"}
    assert {rule for rule in checked if rule[:2] == "DF"} <= {
        item.rule for item in by_cdi.checks if item.status is CheckStatus.CHECKED
    }


@pytest.mark.parametrize("shape", ["wide", "dimensional"])
def test_microdata_are_judged_by_what_ddi_cdi_says_of_their_file(tmp_path, shape):
    convert([HOUSEHOLDS / "codebook.xml"], tmp_path / "study.jsonld", shape=shape)
    report = validate([HOUSEHOLDS / "households-faulty.csv"], structure=[tmp_path / "study.jsonld"])
    by_codebook = validate([HOUSEHOLDS / "households-faulty.csv"], structure=[HOUSEHOLDS / "codebook.xml"])
    found = {item.rule for item in report.diagnostics if item.rule.startswith("MD")}
    assert {"MD002", "MD033"} <= found <= {item.rule for item in by_codebook.diagnostics}
