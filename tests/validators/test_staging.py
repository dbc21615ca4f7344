"""Staging: raw terms as numbers, exactly; columns as narrow as their numbers; nothing lost on the way."""

import duckdb
import pyarrow as pa
import pytest

from semstat.validators.columns.encode import TABLE
from semstat.validators.columns.stage import stage
from semstat.validators.observations import KIND, LINE, SERIES_LINE, Observations


def staged(*batches, components=("A", "B"), **more):
    connection = duckdb.connect()
    return stage(Observations(iter(batches), **more), dict.fromkeys(components), connection)


def batch(**columns):
    types = {LINE: pa.int64(), SERIES_LINE: pa.int64(), KIND: pa.int8()}
    return pa.RecordBatch.from_pydict(
        {name: pa.array(cells, types.get(name, pa.string())) for name, cells in columns.items()}
    )


def column(table, name):
    cells = [row[0] for row in table.connection.execute(f'SELECT "{name}" FROM {TABLE} ORDER BY rowid').fetchall()]
    terms = table.dictionaries.get(name)
    return [None if cell is None else terms[cell] if terms is not None else cell for cell in cells]


def test_absent_empty_and_odd_terms_stay_what_they_are():
    terms = ["NA", None, "", "null", "nan", "01", "1", " 1", "é", "NA"]
    assert column(staged(batch(A=terms)), "A") == terms


def test_dictionaries_of_several_batches_are_one():
    first, second = batch(A=["x", "y"]), batch(A=["y", "z"])
    assert column(staged(first, second), "A") == ["x", "y", "y", "z"]


def test_dictionary_columns_may_repeat_and_omit_terms():
    coded = pa.DictionaryArray.from_arrays(pa.array([2, None, 0], pa.int32()), pa.array(["a", "a", "b"]))
    assert column(staged(pa.RecordBatch.from_arrays([coded], names=["A"])), "A") == ["b", None, "a"]


@pytest.mark.parametrize("number", [255, 256, 257, 65_535, 65_537])
def test_columns_widen_when_terms_outgrow_them(number):
    terms = [f"t{place % number}" for place in range(number + 10)]
    rows = [batch(A=terms[start : start + 100] * 2) for start in range(0, len(terms), 100)]
    expected = [term for start in range(0, len(terms), 100) for term in terms[start : start + 100] * 2]
    assert column(staged(*rows), "A") == expected


def test_columns_without_repetition_stay_text():
    values = [str(place) for place in range(1000)]
    table = staged(batch(A=["x"] * 1000, B=values))
    assert "A" in table.dictionaries
    assert "B" not in table.dictionaries
    assert column(table, "B") == values


def test_columns_come_and_go_with_batches():
    table = staged(batch(A=["x"], _line=[2]), batch(B=["y"], _line=[3], _series_line=[1]))
    assert (column(table, "A"), column(table, "B")) == (["x", None], [None, "y"])
    assert column(table, SERIES_LINE) == [None, 1]
    assert table.absent == frozenset()


def test_records_that_delete_are_counted_not_staged():
    table = staged(batch(A=["x", "-", "y"], _kind=[0, 2, 1]))
    assert (table.rows, table.observations, table.deleted) == (2, 1, 1)
    assert column(table, "A") == ["x", "y"]


def test_columns_that_are_no_components_are_counted_with_their_first_place():
    table = staged(batch(A=["x", "x"], C=[None, "odd"], _line=[7, 8]), batch(A=["x"], C=["more"], _line=[9]))
    note = table.unknown["C"]
    assert (note.count, note.row, note.line, note.value) == (2, 1, 8, "odd")


def test_several_values_in_a_cell_are_noticed():
    assert staged(batch(A=["x", "x\x1fy"])).multivalued == {"A"}


def test_an_empty_stream_is_an_empty_table():
    table = staged()
    assert (table.rows, table.absent) == (0, {"A", "B"})


def test_what_the_stream_raises_comes_out_unchanged():
    def broken():
        yield batch(A=["x"])
        raise LookupError("the stream broke off")

    with pytest.raises(LookupError, match="broke off"):
        stage(Observations(broken()), {"A": None}, duckdb.connect())


def test_lines_beyond_four_thousand_million_fit():
    table = staged(batch(A=["x", "y"], _line=[1, 5_000_000_000]))
    assert column(table, LINE) == [1, 5_000_000_000]
