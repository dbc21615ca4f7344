"""``semstat convert`` for data, and ``semstat xsd``: what is written, what is refused, and with which exit code."""

import json

import pytest
from command import semstat
from lxml import etree
from small_dataset import CSV, ML, structure


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "structure.xml").write_bytes(structure())
    (tmp_path / "data.csv").write_bytes(CSV)
    (tmp_path / "data.xml").write_bytes(ML)
    return tmp_path


def convert(desk, data, out, *more):
    return semstat("convert", desk / data, "-s", desk / "structure.xml", "-o", desk / out, *more)


def test_a_message_becomes_csv(desk) -> None:
    done = convert(desk, "data.xml", "out.csv")
    assert done.code == 0, done.err
    assert done.err.startswith("2 records written as sdmx-csv-2.0; 3 losses: 3 × header-field-lost (IO236).")
    assert convert(desk, "data.xml", "out.csv", "--fail-on-loss").code == 0, "the header alone is no loss of data"
    assert (desk / "out.csv").read_text("utf-8").splitlines() == [
        "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,AREA,TIME_PERIOD,OBS_VALUE,STATUS,NOTE",
        "datastructure,A:D(1.0),R,A,KE,2020,1.5,A,",
        "datastructure,A:D(1.0),R,A,NA,2020,2,A,first",
    ]


def test_a_table_becomes_a_message(desk) -> None:
    done = convert(desk, "data.csv", "out.xml", "--to", "sdmx-ml-2.1", "--prepared", "2024-01-31", "--sender", "NSO")
    assert done.code == 0, done.err
    root = etree.parse(str(desk / "out.xml")).getroot()
    assert root.find("{*}Header/{*}Sender").get("id") == "NSO"
    assert [node.get("AREA") for node in root.iter("Series")] == ["KE", "NA", "ZA"]


def test_the_header_of_the_source_is_kept(desk) -> None:
    done = convert(desk, "data.xml", "out.xml", "--to", "sdmx-ml-3.0")
    assert done.code == 0, done.err
    header = etree.parse(str(desk / "out.xml")).getroot().find("{*}Header")
    assert [header.findtext(f"{{*}}{name}") for name in ("ID", "Prepared")] == ["X", "2024-01-01T00:00:00"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--to", "sdmx-ml-2.1"], "the message must say when it was prepared; say so with --prepared"),
        (["--to", "sdmx-json-2.0"], "the message must say when it was prepared; say so with --prepared"),
        (
            ["--to", "sdmx-ml-2.1", "--prepared", "2024-01-31", "--dimension-at-observation", "SEX"],
            "has no dimension 'SEX'",
        ),
        (["--to", "sdmx-ml-2.0"], "names no format that data are written in"),
        ([], "an output without a suffix"),
    ],
)
def test_mistakes_of_the_user(desk, more, said) -> None:
    done = convert(desk, "data.csv", "out", *more)
    assert done.code == 2
    assert said in done.err
    assert not (desk / "out").exists()


def test_data_without_their_structure_are_refused(desk) -> None:
    (desk / "other.xml").write_bytes(ML.replace(b'id="D"', b'id="OTHER"'))
    done = convert(desk, "other.xml", "out.csv")
    assert done.code == 4
    assert "DF013" in done.err
    assert "nothing was written" in done.err
    assert not (desk / "out.csv").exists()


@pytest.mark.parametrize("cut", [60, 400])
def test_a_message_that_breaks_off_is_not_converted_in_part(desk, cut) -> None:
    (desk / "data.xml").write_bytes(ML[:-cut])
    (desk / "out.csv").write_text("earlier")
    done = convert(desk, "data.xml", "out.csv")
    assert done.code == 3
    assert "IO101" in done.err
    assert (desk / "out.csv").read_text() == "earlier"
    assert [path.name for path in desk.iterdir() if path.name.startswith(".")] == []


def test_losses_are_reported_and_may_fail(desk) -> None:
    (desk / "data.csv").write_bytes(CSV.replace(b"NOTE", b"NOET"))
    done = convert(
        desk, "data.csv", "out.xml", "--to", "sdmx-ml-2.1", "--prepared", "2024-01-31", "--fail-on-loss", "--loss-report",
        desk / "losses.json",
    )  # fmt: skip
    assert done.code == 1
    (loss,) = json.loads((desk / "losses.json").read_text("utf-8"))["losses"]
    assert (loss["rule"], loss["part"], loss["count"]) == ("IO227", "NOET", 1)


@pytest.mark.parametrize("target", ["sdmx-csv-2.0", "csv", "rdf-cube-turtle", "rdf-cube-n-triples"])
def test_standard_output(desk, target) -> None:
    done = semstat("convert", desk / "data.csv", "-s", desk / "structure.xml", "-o", "-", "--to", target)
    assert done.code == 0, done.err
    assert done.out.count("ZA") > 0


def test_records_that_the_reader_leaves_out_are_told(desk) -> None:
    (desk / "data.csv").write_bytes(CSV + 12 * b"A,KE\n")
    done = convert(desk, "data.csv", "out.csv")
    assert done.code == 0
    assert done.err.count("error IO109") == 10
    assert "and 2 more errors" in done.err
    assert "3 records written" in done.err


def test_several_files_become_one(desk) -> None:
    done = semstat(
        "convert", desk / "data.csv", desk / "data.xml", "-s", desk / "structure.xml", "-o", desk / "out.csv"
    )
    assert done.code == 0, done.err
    assert len((desk / "out.csv").read_text("utf-8").splitlines()) == 6


def test_the_schema_of_a_structure(desk) -> None:
    done = semstat("xsd", desk / "structure.xml", "-o", desk / "d.xsd", "--schemas", "official/")
    assert done.code == 0, done.err
    root = etree.parse(str(desk / "d.xsd")).getroot()
    assert root.get("targetNamespace").endswith("DataStructure=A:D(1.0):ObsLevelDim:TIME_PERIOD")
    assert root[0].get("schemaLocation") == "official/SDMXDataStructureSpecific.xsd"
    assert semstat("xsd", desk / "structure.xml").out == (desk / "d.xsd").read_text("utf-8").replace("official/", "")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["structure.xml", "--dimension-at-observation", "SEX"], 2),
        (["structure.xml", "--against", "OTHER"], 2),
        (["structure.xml", "--sdmx-ml", "1.0"], 2),
        (["no-such-file.xml"], 3),
    ],
)
def test_mistakes_with_schemas(desk, arguments, code) -> None:
    done = semstat("xsd", desk / arguments[0], *arguments[1:])
    assert done.code == code
    assert done.out == ""
    assert done.err
