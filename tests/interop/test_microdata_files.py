"""Which described file a data file is, and what is said of records that nothing could be checked of."""

from pathlib import Path

import duckdb
import pytest

from semstat.cli.main import run
from semstat.interop import read
from semstat.interop.ddi_judging import of_cascade
from semstat.interop.microdata_files import NoSuchFile
from semstat.interop.microdata_judging import Microdata
from semstat.interop.options import MicrodataOptions, Options
from semstat.interop.reports import checked
from semstat.interop.sources import sources
from semstat.validators.diagnostics import CheckStatus, Report, Severity
from semstat.validators.graphs import RuleOutcome

EXAMPLES = Path(__file__).parents[2] / "examples" / "households"
DATA, CODEBOOK = EXAMPLES / "households.csv", EXAMPLES / "codebook.xml"

KINDS = """<codeBook xmlns="ddi:codebook:2_5" version="2.5"><fileDscr ID="F1"><fileTxt><fileName>study</fileName>
<fileStrc type="hierarchical"><recGrp rectype="E" rtypeloc="1" rtypewidth="1"/>
<recGrp rectype="P" rtypeloc="1" rtypewidth="1"/></fileStrc></fileTxt></fileDscr><dataDscr>
<var ID="V1" name="age" files="F1" rectype="P"><location StartPos="2" EndPos="3" width="2"/>
<valrng><range min="0" max="50"/></valrng></var></dataDscr></codeBook>"""


def judge(folder: Path, name: str, content: str, codebook: str = KINDS) -> Report:
    (folder / name).write_text(content)
    (folder / "codebook.xml").write_text(codebook)
    document = read(folder / "codebook.xml")
    return Microdata(document.graph, document.positions, Options(), duckdb.connect()).judge(sources(folder / name))


@pytest.mark.parametrize(("file", "name"), [(str(DATA), "F2"), ("nobody.csv", "F1")])
def test_a_file_that_is_named_must_be_there(file, name, capsys) -> None:
    options = Options(microdata=MicrodataOptions(((file, name),)))
    document = read(CODEBOOK)
    with pytest.raises(NoSuchFile):
        Microdata(document.graph, {}, options, duckdb.connect()).judge(sources(DATA))
    assert run(["validate", str(DATA), "-s", str(CODEBOOK), "--described", f"{file}={name}"]) == 2
    assert "at hand" in capsys.readouterr().err


def test_records_of_a_kind_without_variables_leave_the_others_where_they_are(tmp_path) -> None:
    report = judge(tmp_path, "study", "E\nP20\nP99\n")
    assert [(item.rule, item.value, item.location.line) for item in report.diagnostics if item.rule == "MD026"] == [
        ("MD026", "99", 3)
    ]


def test_of_several_kinds_in_a_file_with_a_header_the_others_are_said_to_be_unchecked(tmp_path) -> None:
    codebook = KINDS.replace('<location StartPos="2" EndPos="3" width="2"/>', "").replace(
        "</dataDscr>", '<var ID="V2" name="event" files="F1" rectype="E"/></dataDscr>'
    )
    report = judge(tmp_path, "study.csv", "event\n1\n", codebook)
    (open_,) = [item for item in report.checks if item.rule == "MD003" and item.status is CheckStatus.NOT_CHECKED]
    assert "`P`" in str(open_.reason)


def test_what_a_rule_could_not_judge_is_told_once() -> None:
    outcomes = [RuleOutcome("VC001", 2, (), ("the engine gave up",))]
    said = list(checked(outcomes, ["a.xml", "b.xml"], []))
    assert [(item.source, item.status) for item in said] == [
        ("a.xml", CheckStatus.CHECKED),
        ("a.xml", CheckStatus.NOT_CHECKED),
        ("b.xml", CheckStatus.CHECKED),
    ]


def test_a_finding_without_a_place_is_told_of_the_first_document() -> None:
    document = read(CODEBOOK)
    nowhere = type(document)(document.graph, {}, (), document.origin, document.format)
    # A value that is both a code and missing breaks VC005 wherever it stands.
    graph = nowhere.graph
    graph.update(
        "PREFIX ssd: <https://w3id.org/semstat/study#> PREFIX ssi: <https://w3id.org/semstat/information#> "
        "DELETE { ?v ssi:takesMeaningFromRepresentedVariable ?r } WHERE { ?v ssi:takesMeaningFromRepresentedVariable ?r . "
        '?v ssd:variableName "rooms" }'
    )
    report = of_cascade(nowhere, ["b.xml", "a.xml"], Options())
    found = [item for item in report.diagnostics if item.rule == "VC001" and item.severity is Severity.ERROR]
    assert [item.location.source for item in found] == ["a.xml"]


STUDY = """<codeBook xmlns="ddi:codebook:2_5" version="2.5">
<fileDscr ID="F1"><fileTxt><fileName>homes.csv</fileName><fileStrc><recGrp keyvar="V1"/></fileStrc></fileTxt></fileDscr>
<fileDscr ID="F2"><fileTxt><fileName>people.csv</fileName><fileStrc><recGrp keyvar="V3 V4"/></fileStrc></fileTxt></fileDscr>
<dataDscr><var ID="V1" name="hid" files="F1"><labl>Home</labl></var><var ID="V2" name="rooms" files="F1"><labl>Rooms</labl></var>
<var ID="V3" name="hid" files="F2"><labl>Home</labl></var><var ID="V4" name="pid" files="F2"><labl>Person</labl></var>
</dataDscr></codeBook>"""


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["people.csv"], ""),
        (["people.csv", "homes.csv"], "; of 3 records here, 1 would have no counterpart there"),
    ],
)
def test_a_key_of_the_same_name_is_a_suggestion_and_no_judgement(given, told, tmp_path) -> None:
    (tmp_path / "homes.csv").write_text("hid,rooms\n1,2\n2,3\n")
    (tmp_path / "people.csv").write_text("hid,pid\n1,1\n1,2\n3,1\n")
    (tmp_path / "codebook.xml").write_text(STUDY)
    document = read(tmp_path / "codebook.xml")
    data = [item for name in given for item in sources(tmp_path / name)]
    report = Microdata(document.graph, document.positions, Options(), duckdb.connect()).judge(data)
    (said,) = [item for item in report.checks if item.rule == "MD012" and item.status is CheckStatus.NOT_CHECKED]
    assert said.source == str(tmp_path / "people.csv")
    assert said.reason == (
        f"no relation to the records of `homes.csv` is stated, though `hid` has the name of their key{told}"
    )
    assert not [item for item in report.diagnostics if item.rule == "MD012"]


@pytest.mark.parametrize(
    ("location", "kind", "status", "reason"),
    [
        ("", "", CheckStatus.NOT_APPLICABLE, "no layout is needed to tell the variables apart, which the file names"),
        ('<location width="2"/>', "", CheckStatus.NOT_CHECKED, "the documentation states widths, and not where variables begin"),
        ('<location width="2"/>', "<fileType>CSV</fileType>", CheckStatus.NOT_APPLICABLE,
         "no layout is needed to tell the variables apart, which the file names"),
        ('<location StartPos="1" width="2"/>', "<fileType>CSV</fileType>", CheckStatus.NOT_CHECKED,
         "the documentation states where variables begin, and the file separates or names them instead"),
    ],
)  # fmt: skip
def test_a_layout_that_no_separated_file_has_is_not_passed(location, kind, status, reason, tmp_path) -> None:
    codebook = f"""<codeBook xmlns="ddi:codebook:2_5" version="2.5">
    <fileDscr ID="F1"><fileTxt><fileName>a</fileName>{kind}</fileTxt>
    </fileDscr><dataDscr><var ID="V1" name="x" files="F1">{location}</var></dataDscr></codeBook>"""
    parquet = tmp_path / "a.parquet"
    duckdb.sql(f"COPY (SELECT '1' AS x) TO '{parquet}' (FORMAT parquet)")
    (tmp_path / "codebook.xml").write_text(codebook)
    document = read(tmp_path / "codebook.xml")
    report = Microdata(document.graph, {}, Options(), duckdb.connect()).judge(sources(parquet))
    (said,) = [item for item in report.checks if item.rule == "MD004"]
    assert (said.status, said.reason) == (status, reason)


@pytest.mark.parametrize("name", ["study.csv", "study"])
def test_a_described_file_that_cannot_be_read_is_not_called_absent(name, tmp_path) -> None:
    codebook = KINDS.replace("StartPos", "segNo")
    (tmp_path / "codebook.xml").write_text(codebook.replace('EndPos="3" ', ""))
    (tmp_path / name).write_bytes(b"age,sex\n1,2\0\n")
    document = read(tmp_path / "codebook.xml")
    report = Microdata(document.graph, document.positions, Options(), duckdb.connect()).judge(sources(tmp_path / name))
    assert "byte 12 is zero" in report.diagnostics[0].message
    (open_,) = [item for item in report.checks if item.rule == "MD001"]
    assert open_.reason == f"the described file `study` is `{tmp_path / name}`, which could not be read"


def test_text_without_a_mark_is_read_in_the_encoding_that_is_named(tmp_path) -> None:
    data = tmp_path / "households.csv"
    data.write_bytes(DATA.read_text("utf-8").encode("utf-16-le"))
    document = read(CODEBOOK)
    options = Options(microdata=MicrodataOptions(encoding="utf-16-le"))
    report = Microdata(document.graph, {}, options, duckdb.connect()).judge(sources(data))
    assert {item.rule for item in report.diagnostics} == {"MD005"}
