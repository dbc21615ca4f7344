"""SDMX-CSV and plain CSV: the field guide's examples, counts of the corpora, exact lines, what is wrong with a file."""

import csv
import io

import pytest
from corpora import CORPORA, counts, files_of, needs_corpora
from hypothesis import example, given
from hypothesis import strategies as st
from ml_reading import source_of

from semstat.interop.formats.csv_blocks import CsvTable
from semstat.interop.formats.data import open_data
from semstat.interop.formats.dataset import ComponentIds, StructureRef
from semstat.interop.formats.findings import Findings
from semstat.interop.sources import sources
from semstat.validators.observations import ACTION, LANGUAGE_MARK, LANGUAGES, PART_SEPARATOR, VERSION_SEPARATOR

GUIDE = "sdmx/csv/sdmx-csv-2.0-field-guide-examples/example-{}.csv"
COMPONENTS = ComponentIds(
    ("DIM_1", "DIM_2", "DIM_3"), "DIM_3", attributes=("ATTR_1", "ATTR_2", "ATTR_3"), measures=("OBS_VALUE", "MEAS_1")
)


def read(source, components=None):
    result = []
    for part in open_data(source, lambda _: components):
        rows = [row for batch in part.observations.batches for row in batch.to_pylist()]
        result.append(
            (part, [{key: row[key] for key in row if key != ACTION and row[key] is not None} for row in rows])
        )
    return result


def guide(number: str, components=COMPONENTS):
    (source,) = sources(CORPORA / GUIDE.format(number))
    return read(source, components)


def text(content: str | bytes, components=None):
    return read(source_of(content if isinstance(content, bytes) else content.encode(), "data.csv"), components)


def rules(part) -> list[tuple[str, int | None]]:
    return [(item.rule, item.location.line) for item in part.tally.diagnostics]


@needs_corpora
def test_counts_of_the_corpora():
    names = files_of("CSV")
    for name in names:
        (source,) = sources(CORPORA / name)
        records = sum(part.tally.observations for part, _ in read(source))
        assert records == counts()[name][1]["records"], name
    print(f"{len(names)} CSV files")
    assert len(names) >= 80


@needs_corpora
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("sdmx/csv/pysdmx-bis/sdmx20/reader/samples/data_v2_invalid_action.csv", [("DF014", 2)]),
        ("sdmx/csv/pysdmx-bis/sdmx21/reader/samples/data_v21_structures_exception.csv", [("DF013", 4)]),
        (
            "sdmx/csv/pysdmx-bis/sdmx20/reader/samples/data_v2_action_col.csv",
            [("IO109", line) for line in range(2, 22)],
        ),
    ],
)
def test_known_defects_are_named(name, found):
    (source,) = sources(CORPORA / name)
    assert [item for part, _ in read(source) for item in rules(part)] == found


@needs_corpora
@pytest.mark.parametrize("number", ["01", "04", "05", "06", "03"])
def test_labels_and_separators_leave_the_same_values(number):
    ((part, rows),) = guide(number, None)
    dimensions = [(row["DIM_1"], row["DIM_2"], row["DIM_3"][:7], row["_line"]) for row in rows]
    assert dimensions == [("A", "B", "2014-01", 2), ("A", "B", "2014-02", 3)]
    assert [row.get("OBS_VALUE", row.get("OBS_VALUE1")) for row in rows] == ["12.4", "10.8"]
    assert [row["ATTR_3"] for row in rows] == (
        ["N", "Y"] if number == "06" else ["Normal, special and other values"] * 2
    )
    assert part.reference == StructureRef("Dataflow", "ESTAT", "NA_MAIN", "1.6.0")
    assert not {"SERIES_KEY", "OBS_KEY", "Dimension 1", "STRUCTURE_NAME"} & set(rows[0])


@needs_corpora
def test_several_values_and_languages():
    ((part, rows),) = guide("07")
    assert rows[0]["ATTR_2"].split(PART_SEPARATOR) == ["M, N & O", "P & Q"]
    assert part.observations.multivalued == {"ATTR_1", "ATTR_2", "ATTR_3"}
    (_, first), (_, second) = guide("08")
    assert (first[0]["ATTR_1"], second[0]["ATTR_1"]) == ("Any Value", 'Value "X"')
    said = first[0][LANGUAGES + "ATTR_1"].split(VERSION_SEPARATOR)
    assert said == [f"en{LANGUAGE_MARK}Any Value", f"fr{LANGUAGE_MARK}N'importe quelle Valeur"]
    ((part, rows),) = guide("14", None)
    assert rows[1]["CONTACT.NAME"].split(PART_SEPARATOR) == [
        *("Contact 1 Name 1", "Contact 1 Name 2", "", "Contact 3 Name 1", "Contact 3 Name 2")
    ]
    assert rules(part) == [("IO113", 1)]


@needs_corpora
def test_structures_of_one_file_become_datasets():
    parts = guide("09A", None)
    assert [(part.reference.kind, part.reference.id, part.line) for part, _ in parts] == [
        ("Dataflow", "DF_NA_MAIN", 2),
        ("DataStructure", "DSD_NA_MAIN", 3),
        ("ProvisionAgreement", "DPA_NA_MAIN", 4),
    ]
    assert [rows[0]["_line"] for _, rows in parts] == [2, 3, 4]


@needs_corpora
def test_actions_partial_keys_and_line_breaks():
    assert [row["_kind"] for row in guide("16")[0][1] + guide("19A")[0][1]] == [2, 2, 2]
    assert [row.get("_kind") for row in guide("13")[0][1]] == [0, 1]
    assert [row.get("_kind") for row in guide("12")[0][1]] == [1, 1]
    ((_, rows),) = guide("15")
    assert [row["_line"] for row in rows] == [2, 4]
    assert rows[0]["ATTR_1"] == '<p>This is some "xhtml" with a line\nbreak</p>'
    assert guide("11")[0][0].reference.version is None


def test_na_is_namibia_and_an_empty_cell_is_nothing():
    ((_, rows),) = text('DATAFLOW,A,B,C\nX:Y(1.0),NA,,""\nX:Y(1.0),NaN,null,None\n')
    assert rows == [{"A": "NA", "_line": 2}, {"A": "NaN", "B": "null", "C": "None", "_line": 3}]


def test_rows_of_structures_may_alternate():
    lines = [f"dataflow,A:{'XY'[i % 2]}(1.0),I,{i}" for i in range(10)]
    parts = text("STRUCTURE,STRUCTURE_ID,ACTION,D\n" + "\n".join(lines))
    assert [[int(row["D"]) for row in rows] for _, rows in parts] == [[0, 2, 4, 6, 8], [1, 3, 5, 7, 9]]
    assert [row["_line"] for row in parts[1][1]] == [3, 5, 7, 9, 11]


def test_a_label_is_cut_off_codes_only():
    components = ComponentIds(("D",), attributes=("T",), coded=frozenset({"D"}))
    ((_, rows),) = text(
        "STRUCTURE,STRUCTURE_ID,ACTION,D: Dim,T: Text\ndataflow,A:X(1.0): Name,I,A: Ax: b,Note: see\n", components
    )
    assert (rows[0]["D"], rows[0]["T"]) == ("A", "Note: see")


def test_a_column_for_another_structure_is_left_out():
    components = ComponentIds(("D",))
    ((_, rows),) = text("STRUCTURE,STRUCTURE_ID,ACTION,D,OTHER,OWN\ndataflow,A:X(1.0),I,1,,x\n", components)
    assert rows == [{"D": "1", "OWN": "x", "_line": 2}]


def test_a_column_that_repeats_a_name_is_reported_and_the_first_kept():
    ((part, rows),) = text("STRUCTURE,STRUCTURE_ID,ACTION,D,V,V,\ndataflow,A:X(1.0),I,1,2,3,\n")
    assert rows == [{"D": "1", "V": "2", "_line": 2}]
    assert [(item.rule, item.location.line, item.location.path) for item in part.tally.diagnostics] == [
        ("IO108", 1, "V"),
        ("IO108", 1, None),
    ]
    assert part.tally.diagnostics[0].message == "column 6 repeats the name `V` and is left out"


def test_the_action_of_each_record_is_kept() -> None:
    content = b"STRUCTURE,STRUCTURE_ID,ACTION,D\n" + b"".join(
        b"dataflow,A:X(1.0),%s,1\n" % it for it in (b"m", b"D", b"", b"X")
    )
    (part,) = open_data(source_of(content, "data.csv"), lambda _: None)
    assert [row[ACTION] for batch in part.observations.batches for row in batch.to_pylist()] == ["M", "D", None, None]


def test_columns_of_names_may_be_called_alike():
    header = "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,D,Name,A,Name,V,V"
    components = ComponentIds(("D",), attributes=("A",), measures=("V",))
    ((part, rows),) = text(f"{header}\ndataflow,A:X(1.0),X,I,1,One,2,Two,3,Three\n", components)
    assert (rows, rules(part)) == ([{"D": "1", "A": "2", "V": "3", "_line": 2}], [])


def test_records_left_out_are_counted():
    start = "STRUCTURE,STRUCTURE_ID,ACTION,D\n"
    ((part, rows),) = text(start + 'dataflow,A:X(1.0),I,1\ndataflow,A:X(1.0),I,"2\ndataflow,A:X(1.0),I,3\n')
    assert ([row["D"] for row in rows], rules(part), part.tally.observations) == (["1", "3"], [("IO109", 3)], 3)


def test_reading_goes_on_after_a_wrong_byte():
    ((part, rows),) = text(b"A,B\n1,\xe9\n3,4\n")
    assert [row["B"] for row in rows] == ["\ufffd", "4"]
    (wrong,) = part.tally.diagnostics
    assert (wrong.rule, wrong.value, wrong.expected) == ("IO106", "0xe9", "UTF-8")
    assert wrong.message.endswith("reading goes on")


def test_what_is_wrong_is_reported_with_its_line():
    data = b'A,B\n1,2\n\n"x\ny",z\n3\n4,5,6\n"open,2\n7,8\n9,\xff\n'
    ((part, rows),) = text(data)
    assert sorted(rules(part)) == [("IO106", 10), ("IO109", 6), ("IO109", 7), ("IO109", 8)]
    assert [(row["A"], row["_line"]) for row in rows] == [("1", 2), ("x\ny", 4), ("7", 9), ("9", 10)]
    assert part.tally.observations == 7


@pytest.mark.parametrize(
    ("data", "count"),
    [(b"A,B\r1,2\r3,4", 2), (b"A,B\r\n1,2\r\n", 1), ("A,B\n1,é\n".encode("utf-16"), 1), (b"A;B\n1;2", 1)],
)
def test_ends_of_lines_encodings_and_separators(data, count):
    ((part, rows),) = text(data)
    assert ([set(row) for row in rows], rules(part)) == ([{"A", "B", "_line"}] * count, [])


@pytest.mark.parametrize(("last", "lost"), [('2,"y', [3]), ('2,"y\n', [3]), ('2,"y\n3,"z\n', [3, 4]), ('2,5"\n', [])])
def test_a_mark_that_is_not_closed_takes_no_other_record_with_it(last, lost):
    ((part, rows),) = text('A,B\n1,"x"\n' + last)
    assert rules(part) == [("IO109", line) for line in lost]
    assert [row["_line"] for row in rows] == [2] + ([] if lost else [3])
    assert part.tally.observations == 1 + (len(lost) or 1)


def test_a_header_without_records():
    ((part, rows),) = text("STRUCTURE,STRUCTURE_ID,ACTION,D\n")
    assert (rows, rules(part), part.reference) == ([], [("IO110", 1)], None)


def test_a_flood_of_findings_is_counted():
    ((part, _),) = text("A,B\n" + "1\n" * 5000)
    assert len(part.tally.diagnostics) == 1001
    assert sum(item.count for item in part.tally.diagnostics) == 5000


CELLS = st.text(st.sampled_from('ab,;"\n\r é\0'), max_size=6)


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=12), st.sampled_from(["\n", "\r\n"]), st.integers(8, 80)
)
@example([["a\nb", ""], ["", "c"]], "\n", 16)
def test_what_the_csv_module_writes_is_read_back_with_its_lines(records, end, size):
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator=end, quoting=csv.QUOTE_ALL)
    lines = []
    writer.writerow(["X", "Y"])
    for record in records:
        written = buffer.getvalue().replace("\r\n", "\n").replace("\r", "\n")
        lines.append(written.count("\n") + 1)
        writer.writerow(record)
    found = []
    table = CsvTable(io.BytesIO(buffer.getvalue().encode()), Findings("x", found), size=size)
    assert table.header(",") == ["X", "Y"]
    blocks = list(table.blocks(2))
    rows = [row for block in blocks for row in zip(*(column.to_pylist() for column in block.columns), strict=True)]
    assert rows == [tuple(cell or None for cell in record) for record in records]
    assert [int(line) for block in blocks for line in block.lines] == lines
    assert found == []


@given(st.binary(max_size=60), st.integers(4, 40))
def test_no_bytes_make_the_reader_fail(data, size):
    table = CsvTable(io.BytesIO(b"A,B\n" + data), Findings("x", []), size=size)
    table.header(",")
    for block in table.blocks(2):
        assert len(block.lines) == len(block.columns[0])
