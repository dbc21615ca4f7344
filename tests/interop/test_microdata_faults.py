"""Faults that are seeded into a survey of our own are found by the rules that are there for them, whatever the format."""

import csv
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from semstat.interop import read, validate
from semstat.interop.options import MicrodataOptions, Options
from semstat.validators.diagnostics import CheckStatus, Report

EXAMPLE = Path(__file__).parents[2] / "examples" / "households"
CODEBOOK = (EXAMPLE / "codebook.xml").read_text("utf-8")
NAMES = ("hid", "dwelling", "rooms", "weight")
WIDTHS = {"hid": (1, 3), "dwelling": (4, 1), "rooms": (5, 3), "weight": (8, 7)}
LABELS = {"1": "House", "2": "Flat", "3": "Other", "9": "Refused"}
Row = list[str]


def table() -> list[Row]:
    with (EXAMPLE / "households.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def as_csv(folder: Path, rows: Sequence[Row], labels: dict[str, str]) -> Path:
    file = folder / "households.csv"
    file.write_text("\n".join(",".join(row) for row in [NAMES, *rows]) + "\n", encoding="utf-8")
    return file


def as_parquet(folder: Path, rows: Sequence[Row], labels: dict[str, str]) -> Path:
    file = folder / "households.parquet"
    pq.write_table(pa.table({name: [float(row[place]) for row in rows] for place, name in enumerate(NAMES)}), file)
    return file


def as_fixed_width(folder: Path, rows: Sequence[Row], labels: dict[str, str]) -> Path:
    file = folder / "households.dat"
    lines = ["".join(cell.rjust(WIDTHS[name][1]) for name, cell in zip(NAMES, row, strict=True)) for row in rows]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def as_package(suffix: str) -> Callable[[Path, Sequence[Row], dict[str, str]], Path]:
    def written(folder: Path, rows: Sequence[Row], labels: dict[str, str]) -> Path:
        pandas, pyreadstat = pytest.importorskip("pandas"), pytest.importorskip("pyreadstat")
        file = folder / f"households.{suffix}"
        frame = pandas.DataFrame({name: [float(row[place]) for row in rows] for place, name in enumerate(NAMES)})
        said = {"variable_value_labels": {"dwelling": {float(code): text for code, text in labels.items()}}}
        if suffix == "xpt":
            pyreadstat.write_xport(frame, str(file))
        else:
            getattr(pyreadstat, f"write_{suffix}")(frame, str(file), **said)
        return file

    return written


FORMATS = {
    "csv": as_csv,
    "parquet": as_parquet,
    "fixed width": as_fixed_width,
    "sav": as_package("sav"),
    "dta": as_package("dta"),
    "xpt": as_package("xpt"),
}


def laid_out(codebook: str) -> str:
    """The codebook with the positions of the records without separators."""
    for place, name in enumerate(NAMES, 1):
        start, width = WIDTHS[name]
        location = f'<location StartPos="{start}" width="{width}" EndPos="{start + width - 1}"/>'
        codebook = re.sub(rf'(<var ID="V{place}"[^>]*>)', rf"\g<1>{location}", codebook)
    return codebook.replace(' dcml="2"', "")


def judge(
    folder: Path, form: str, rows: Sequence[Row], codebook: str = CODEBOOK, labels: dict[str, str] = LABELS
) -> Report:
    data = FORMATS[form](folder, rows, labels)
    described = folder / "codebook.xml"
    described.write_text(laid_out(codebook) if form == "fixed width" else codebook, encoding="utf-8")
    return validate([data], structure=[described], options=Options(max_findings=0))


def broken(report: Report) -> set[str]:
    """The rules broken; that each format has bytes, and so a fingerprint, of its own is no news."""
    return {item.rule for item in report.diagnostics if item.severity.value != "info"} - {"MD005"}


def cell(line: int, name: str, value: str) -> Callable[[list[Row]], list[Row]]:
    def altered(rows: list[Row]) -> list[Row]:
        rows[line][NAMES.index(name)] = value
        return rows

    return altered


def swapped(rows: list[Row]) -> list[Row]:
    rows[2][1], rows[4][1] = rows[4][1], rows[2][1]
    return rows


def scaled(rows: list[Row]) -> list[Row]:
    return [[*row[:3], f"{float(row[3]) * 2:.2f}"] for row in rows]


FAULTS: dict[str, tuple[Callable[[list[Row]], list[Row]], set[str], set[str]]] = {
    "nothing": (lambda rows: rows, set(), set()),
    "row dropped": (lambda rows: rows[:-1], {"MD002", "MD031", "MD033", "MD034"}, {"MD032"}),
    "key repeated": (cell(5, "hid", "5"), {"MD011"}, set()),
    "row duplicated": (lambda rows: [*rows, rows[-1]], {"MD002", "MD011", "MD031", "MD033", "MD034"}, {"MD032"}),
    "unlisted code": (cell(7, "dwelling", "5"), {"MD023", "MD033", "MD034"}, set()),
    "codes swapped": (swapped, {"MD034"}, set()),
    "decimal point shifted": (cell(8, "rooms", "40"), {"MD026", "MD032"}, set()),
    "refusal taken for a value": (cell(16, "dwelling", "1"), {"MD033", "MD034"}, {"MD024"}),
    "value made a refusal": (cell(4, "dwelling", "9"), {"MD033", "MD034"}, set()),
    "sentinel among numbers": (cell(4, "rooms", "99"), {"MD026", "MD032"}, {"MD025"}),
    "weight scaled": (scaled, {"MD032", "MD034"}, set()),
    "weight negative": (cell(4, "weight", "-5.00"), {"MD032", "MD034", "MD041"}, set()),
}
"""By fault: what is done to the rows, the rules that must be broken, and further ones that depend on the altered cells."""


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_in_every_format(fault, form, tmp_path) -> None:
    change, needed, allowed = FAULTS[fault]
    found = broken(judge(tmp_path, form, change(table())))
    assert needed <= found
    assert found <= needed | allowed


@pytest.mark.parametrize("form", ["sav", "dta"])
def test_exchanged_labels_are_found_where_the_file_has_labels(form, tmp_path) -> None:
    labels = {**LABELS, "1": "Flat", "2": "House"}
    report = judge(tmp_path, form, table(), labels=labels)
    assert broken(report) == {"MD027"}
    assert sorted(item.message for item in report.diagnostics if item.rule == "MD027") == [
        "the data file labels the code `1` of `dwelling` with `Flat`",
        "the data file labels the code `2` of `dwelling` with `House`",
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_a_category_that_the_documentation_lost_is_missed(form, tmp_path) -> None:
    codebook = re.sub(r'\s*<catgry missing="N">\s*<catValu>2<.*?</catgry>', "", CODEBOOK, count=1, flags=re.DOTALL)
    report = judge(tmp_path, form, table(), codebook)
    assert broken(report) == {"MD023"}
    (finding,) = [item for item in report.diagnostics if item.rule == "MD023"]
    assert (finding.value, finding.count) == ("2", 14)


@pytest.mark.parametrize("form", FORMATS)
def test_a_weight_that_is_no_variable_is_not_guessed(form, tmp_path) -> None:
    codebook = CODEBOOK.replace('wgt-var="V4"', 'wgt-var="V9"')
    report = judge(tmp_path, form, table(), codebook)
    assert not [item for item in report.checks if item.rule == "MD034" and item.status is CheckStatus.CHECKED]
    assert [item for item in report.checks if item.rule == "MD034" and item.status is CheckStatus.NOT_CHECKED]
    assert read(tmp_path / "codebook.xml").diagnostics


def test_text_in_another_encoding_is_said_and_read_once_it_is_named(tmp_path) -> None:
    rows = [[*row[:3], row[3]] for row in table()]
    data = tmp_path / "households.csv"
    text = "\n".join(
        ",".join(row) for row in [("hid", "dwelling", "rooms", "weight", "maître"), *([*row, "é"] for row in rows)]
    )
    data.write_bytes(text.encode("windows-1252"))
    described = tmp_path / "codebook.xml"
    more = '<var ID="V5" name="maître" files="F1"><labl>Head</labl></var></dataDscr>'
    described.write_text(CODEBOOK.replace("</dataDscr>", more).replace("<varQnty>4", "<varQnty>5"), encoding="utf-8")
    assert {"IO106", "MD003"} <= broken(validate([data], structure=[described]))
    named = Options(microdata=MicrodataOptions(encoding="windows-1252"))
    assert broken(validate([data], structure=[described], options=named)) == set()


def test_a_statistic_altered_in_the_documentation_is_found(tmp_path) -> None:
    codebook = CODEBOOK.replace('<sumStat type="mean">3.600', '<sumStat type="mean">3.602')
    assert broken(judge(tmp_path, "csv", table(), codebook)) == {"MD032"}
