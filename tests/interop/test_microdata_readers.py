"""Readers of microdata: each form of a missing value is told, each value keeps its form, what breaks off is said.

Tests on files of packages name the quirk of pyreadstat that is fenced.
"""

import struct
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
from rdflib import URIRef

from semstat.interop.formats.microdata import expanding, packages
from semstat.interop.formats.microdata.fixed_width import open_fixed_width
from semstat.interop.formats.microdata.opening import open_microdata
from semstat.interop.options import MicrodataOptions
from semstat.interop.sources import InputRefused, sources
from semstat.validators.microdata import DescribedFile, DescribedRecord, DescribedVariable
from semstat.validators.microdata.data_table import LINE, DataTable

Cells = list[list[str | None]]
USUAL = MicrodataOptions()


def opened(path: Path, options: MicrodataOptions = USUAL) -> DataTable:
    return open_microdata(sources(path)[0], None, options)


def cells(table: DataTable, kind: int = 0) -> Cells:
    rows: Cells = []
    for number, batch in table.batches:
        if number == kind:
            columns = [batch.column(f"c{place}").to_pylist() for place in range(len(table.kinds[kind]))]
            rows.extend(list(row) for row in zip(*columns, strict=True))
    return rows


def lines(table: DataTable) -> list[int]:
    return [line for _, batch in table.batches for line in batch.column(LINE).to_pylist()]


def test_text_keeps_its_form_and_the_largest_double_is_no_value(tmp_path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('id;code\n"01";"007"\n2;1.79769313486232e+308\n3;1.797693134862315708e308\n4;\n5; 7 \n')
    table = opened(file)
    assert [column.name for column in table.columns] == ["id", "code"]
    assert cells(table) == [["01", "007"], ["2", None], ["3", None], ["4", None], ["5", " 7 "]]


def test_text_of_another_encoding_is_read_and_lines_are_counted(tmp_path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("id|name\n1|Zoë\n\n2|\n".encode("windows-1252"))
    options = MicrodataOptions(encoding="windows-1252", separator="|")
    assert cells(opened(file, options)) == [["1", "Zoë"], ["2", None]]
    assert lines(opened(file, options)) == [2, 4]
    table = opened(file)
    assert len(cells(table)) == 2
    assert [(item.rule, item.location.line) for item in table.findings] == [("IO106", 2)]


def test_no_encoding_has_that_name(tmp_path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("id,name\n1,a\n")
    with pytest.raises(InputRefused, match="no encoding called `klingon`"):
        opened(file, MicrodataOptions(encoding="klingon"))


def test_a_ragged_record_is_said_with_its_line(tmp_path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("id,name\n1,a\n2\n3,c\n")
    table = opened(file)
    assert cells(table) == [["1", "a"], ["3", "c"]]
    assert [(item.rule, item.location.line) for item in table.findings] == [("IO109", 3)]


def described(variables: Sequence[tuple[str, int, int, int | None]], **said: object) -> DescribedRecord:
    made = [
        DescribedVariable(
            URIRef(f"https://example.org/{name}"), name, place, decimals=decimals, start=start, width=width
        )
        for place, (name, start, width, decimals) in enumerate(variables, 1)
    ]
    return DescribedRecord(URIRef(f"https://example.org/{variables[0][0]}-record"), tuple(made), **said)


def fixed(path: Path, *records: DescribedRecord) -> DataTable:
    file = DescribedFile(URIRef("https://example.org/f"), "F1", None, None, None, None, None, None, records)
    return open_fixed_width(sources(path)[0], file)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("01050", "10.50"),
        (" 1050", " 10.50"),
        ("   05", "   0.05"),
        ("-1050", "-10.50"),
        ("10.5 ", "10.5"),
        ("     ", None),
    ],
)
def test_decimals_without_a_point_are_implied(written, read, tmp_path) -> None:
    file = tmp_path / "a.dat"
    file.write_text(f"1{written}\n")
    got = cells(fixed(file, described([("id", 1, 1, None), ("weight", 2, 5, 2)])))[0][1]
    assert (got is None) == (read is None)
    assert got is None or (float(got) == float(str(read)) and got.strip() == str(read).strip())


def test_each_kind_of_record_has_its_rows(tmp_path) -> None:
    file = tmp_path / "a.dat"
    file.write_text("H001urban\nP00134\nP00128\nX\nH002rural\n")
    household = described([("hid", 2, 3, None), ("area", 5, 5, None)], type="H", type_start=1, type_width=1)
    person = described([("of", 2, 3, None), ("age", 5, 2, None)], type="P", type_start=1, type_width=1)
    assert cells(fixed(file, household, person), 0) == [["001", "urban"], ["002", "rural"]]
    table = fixed(file, household, person)
    assert cells(table, 1) == [["001", "34"], ["001", "28"]]
    assert [(item.rule, item.location.line) for item in table.findings] == [("IO109", 4)]
    assert table.lengths == {0: (9, 9, 2), 1: (6, 6, 2)}


def test_parquet_is_read_as_text_with_nan_as_no_value(tmp_path) -> None:
    file = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": [1, 2], "x": [0.1, float("nan")], "s": ["07", ""]}), file)
    assert cells(opened(file)) == [["1", "0.1", "07"], ["2", None, None]]
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(InputRefused, match="IO101"):
        opened(file)


def frame() -> "object":
    import pandas as pd

    return pd.DataFrame({"id": [1.0, 2.0, 3.0], "x": [0.1, None, 99.0], "name": ["a", "", "Zoë"]})


def test_quirk_missing_ranges_vanish_without_user_missing(tmp_path) -> None:
    file = tmp_path / "a.sav"
    pyreadstat.write_sav(
        frame(),
        file,
        column_labels={"x": "Size"},
        variable_value_labels={"x": {99.0: "Refused"}},
        missing_ranges={"x": [{"lo": 98.0, "hi": 99.0}]},
    )
    table = opened(file)
    assert cells(table) == [["1", "0.1", "a"], ["2", None, None], ["3", "99", "Zoë"]]
    column = next(column for column in table.columns if column.name == "x")
    assert (column.label, dict(column.labels), column.missing) == ("Size", {"99": "Refused"}, (("98", "99"),))
    assert (column.kind, table.has_labels, table.format) == ("numeric", True, "sav")


@pytest.fixture(scope="module")
def long() -> "object":
    import pandas as pd

    rows = range(700)
    return pd.DataFrame(
        {
            "id": [float(row) for row in rows],
            "x": [None if row % 7 == 0 else row / 3 for row in rows],
            "small": [float(row % 12 - 6) for row in rows],
            "name": ["" if row % 5 == 0 else "Zoë " * (row % 80) + "!" for row in rows],
        }
    )


@pytest.mark.parametrize("options", [{}, {"row_compress": True}, {"compress": True}], ids=str)
@pytest.mark.parametrize("at_once", [1, 7, 1 << 20])
def test_a_compressed_file_is_expanded_in_passing(options, at_once, long, tmp_path, monkeypatch) -> None:
    file = tmp_path / "a.sav"
    pyreadstat.write_sav(long, file, **options)
    expected = cells(opened(file))
    monkeypatch.setattr(packages, "_PASSES", {"sav": 0, "zsav": 0})
    monkeypatch.setattr(packages, "_ROWS", 90)
    monkeypatch.setattr(expanding, "_AT_ONCE", at_once * 8)
    began: list[int] = []
    monkeypatch.setattr(expanding, "_decoded", lambda *args, do=expanding._decoded: began.append(1) or do(*args))
    assert cells(opened(file)) == expected
    assert len(expected) == 700
    assert len(began) == (1 if options else 0), "the data are gone through once"


@pytest.mark.parametrize("options", [{"row_compress": True}, {"compress": True}], ids=str)
@pytest.mark.parametrize("left", [0.3, 0.9, 0.999])
def test_a_compressed_file_that_breaks_off_fails_while_it_is_expanded(
    options, left, long, tmp_path, monkeypatch
) -> None:
    file = tmp_path / "a.sav"
    pyreadstat.write_sav(long, file, **options)
    whole = cells(opened(file))
    monkeypatch.setattr(packages, "_PASSES", {"sav": 0, "zsav": 0})
    monkeypatch.setattr(packages, "_ROWS", 90)
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * left)])
    with pytest.raises(InputRefused, match="IO10"):
        assert cells(opened(file)) == whole


@pytest.mark.parametrize("order", ["<", ">"])
def test_bytecodes_stand_for_values_in_the_order_of_bytes_of_the_file(order) -> None:
    value = struct.pack(f"{order}d", 0.1)
    data = bytes([101, 253, 0, 254, 255, 253, 99, 252]) + value + b"literals" + b"\0" * 16
    found = b"".join(expanding._decoded(iter([data[:9], data[9:]]), order, 100.0))
    numbers = [struct.pack(f"{order}d", one) for one in (1.0, -1.7976931348623157e308, -1.0)]
    assert found == numbers[0] + value + b" " * 8 + numbers[1] + b"literals" + numbers[2]


def test_quirk_extended_missing_values_come_as_letters(tmp_path) -> None:
    import pandas as pd

    file = tmp_path / "a.dta"
    data = pd.DataFrame({"id": [1.0, 2.0, 3.0], "x": pd.Series([5.0, "a", None], dtype=object)})
    pyreadstat.write_dta(data, file, missing_user_values={"x": ["a"]}, variable_value_labels={"x": {"a": "Refused"}})
    table = opened(file)
    assert cells(table) == [["1", "5"], ["2", ".a"], ["3", None]]
    assert dict(table.columns[1].labels) == {".a": "Refused"}
    assert table.columns[1].missing == ((".a", ".a"),)


@pytest.mark.parametrize("suffix", ["sav", "zsav", "por", "xpt", "dta"])
def test_every_package_is_recognised_by_its_first_bytes(suffix, tmp_path) -> None:
    import pandas as pd

    file = tmp_path / "data.bin"
    write = {"por": pyreadstat.write_por, "xpt": pyreadstat.write_xport, "dta": pyreadstat.write_dta}.get(suffix)
    data = pd.DataFrame({"ID": [1.0, 2.0], "X": [0.5, None]})
    if write is None:
        pyreadstat.write_sav(data, file, compress=suffix == "zsav")
    else:
        write(data, file)
    table = opened(file)
    assert table.format == suffix
    assert cells(table) == [["1", "0.5"], ["2", None]]


def test_quirk_a_file_that_breaks_off_fails_while_rows_are_read(tmp_path) -> None:
    file = tmp_path / "a.dta"
    pyreadstat.write_dta(frame(), file)
    data = file.read_bytes()
    for size in (len(data) - 40, len(data) // 2, 200):
        file.write_bytes(data[:size])
        with pytest.raises(InputRefused, match="IO10"):
            cells(opened(file))


@pytest.mark.parametrize("data", [b"", b"\0\0\0\0\1\2", b"$FL2 nothing more", b"<stata_dta>" + b"x" * 40])
def test_what_is_no_data_file_is_refused(data, tmp_path) -> None:
    file = tmp_path / "a.bin"
    file.write_bytes(data)
    with pytest.raises(InputRefused, match="IO10"):
        cells(opened(file))


def test_quirk_a_file_within_an_archive_is_spooled(tmp_path) -> None:
    import zipfile

    file = tmp_path / "a.sav"
    pyreadstat.write_sav(frame(), file)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(file, "inside/a.sav")
    table = open_microdata(sources(tmp_path / "a.zip")[0], None, MicrodataOptions())
    assert len(cells(table)) == 3
