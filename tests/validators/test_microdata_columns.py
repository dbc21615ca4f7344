"""Columns on their way to the checks: whatever form they are kept in, they give back what the file has."""

import itertools
from collections import Counter

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from semstat.interop.formats.microdata.parts_on_disk import PartsOnDisk
from semstat.validators.microdata.compile import compile_record
from semstat.validators.microdata.data_table import LINE
from semstat.validators.microdata.described_files import DescribedRecord, DescribedVariable
from semstat.validators.microdata.execute import execute_record
from semstat.validators.microdata.kept_columns import InMemory, KeptColumn
from semstat.validators.microdata.kept_rows import KeptRows
from semstat.validators.microdata.patterns import is_number
from semstat.validators.microdata.shapes import record_shapes
from semstat.validators.microdata.short_texts import packed, unpacked
from semstat.validators.microdata.staging import StagedRecords
from semstat.validators.microdata.value_table import value_table
from tests.microdata_samples import iri, staged

CELLS = st.lists(st.sampled_from(["a", "b", "1", "01", " ", "é", None]), max_size=6)


def coded(cells: list[str | None], *, null_among_texts: bool) -> pa.Array:
    array = pa.array(cells, pa.string()).dictionary_encode()
    if not null_among_texts:
        return array
    words = pa.array([*array.dictionary.to_pylist(), None], pa.string())
    return pa.DictionaryArray.from_arrays(array.indices.fill_null(len(words) - 1), words)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.tuples(CELLS, st.sampled_from(["text", "coded", "null"])), min_size=1), max_size=4))
def test_a_column_gives_back_what_was_added_to_it(parts) -> None:
    column = KeptColumn(InMemory())
    for chunks in parts:
        column.add(
            [
                pa.array(cells, pa.string()) if form == "text" else coded(cells, null_among_texts=form == "null")
                for cells, form in chunks
            ]
        )
    wanted = [[cell for cells, _ in chunks for cell in cells] for chunks in parts]
    assert [column.cells(place).to_pylist() for place in range(len(parts))] == wanted
    texts, blocks = column.numbered()
    words = [*texts.to_pylist(), None]
    assert [words[number] for numbers, _ in blocks for number in numbers] == [cell for part in wanted for cell in part]
    assert len(set(words)) == len(words)


def test_a_column_that_no_longer_recurs_is_kept_as_text_from_there_on() -> None:
    column = KeptColumn(InMemory())
    column.add([pa.array(["a", "b"] * 1000)])
    column.add([pa.array([f"x{place}" for place in range(5000)])])
    column.add([pa.array(["b", None, "x7"])])
    texts, blocks = column.numbered()
    ((numbers, places),) = blocks
    assert len(texts) == 5002
    assert len(numbers) == 7003
    assert places == range(3)
    assert texts[int(numbers[-1])].as_py() == "x7"
    assert numbers[-2] == -1
    assert column.having(2, ["b", "x7"]).tolist() == [0, 2]
    assert column.lacking(2).tolist() == [1]
    assert column.having(0, ["x7"]).tolist() == []


def test_lines_of_samples_are_the_first_ones_across_parts() -> None:
    rows = KeptRows.of(1, PartsOnDisk())
    for cells, lines in ((["a", "b"], [2, 3]), (["a", None, "c"], [4, 6, 9]), (["a", "b"], [10, 11])):
        rows.add([pa.record_batch([pa.array(cells), pa.array(lines, pa.int64())], names=["c0", LINE])])
    assert rows.samples(0, {"a": 3, "b": 2, "c": 1}, 2) == {"a": (2, 4), "b": (3, 11), "c": (9,)}
    assert rows.lacking(0, 3) == (6,)
    assert rows.count == 7
    assert rows.lines(1).tolist() == [4, 6, 9]


def short_texts(characters: str, most: int) -> list[str]:
    return ["".join(item) for size in range(1, most + 1) for item in itertools.product(characters, repeat=size)]


ENGINE = duckdb.connect()


def numbers_of(texts: list[str]) -> dict[str, float]:
    table = value_table(staged([(text,) for text in texts], ("a",), engine=ENGINE), iri("a"), [])
    return dict(zip(table.texts.to_pylist(), table.numbers.tolist(), strict=True))


def test_every_short_text_is_a_number_just_when_the_expression_says_so() -> None:
    texts = [text for text in short_texts("-+.09e, ", 4) if text.strip()]
    found = numbers_of(texts)
    assert {text for text, number in found.items() if not np.isnan(number)} == {
        text for text in texts if is_number(text)
    }
    assert all(np.isnan(number) or number == float(text) for text, number in found.items())


def test_a_text_of_digits_alone_is_a_number_just_when_the_expression_says_so() -> None:
    texts = short_texts("-./09", 4)
    found = {text: numbers_of([text])[text] for text in texts}
    assert {text for text, number in found.items() if not np.isnan(number)} == {
        text for text in texts if is_number(text)
    }
    plain = [text for text in texts if is_number(text)]
    assert numbers_of(plain) == {text: float(text) for text in plain}


def test_a_column_of_empty_texts_alone_has_no_number() -> None:
    assert np.isnan(numbers_of(["", ""])[""])


def test_what_needs_more_memory_than_the_engine_has_is_not_checked_and_says_so() -> None:
    record = DescribedRecord(iri("record"), (DescribedVariable(iri("id"), "id", 1),), ("id",))
    plan = compile_record(record_shapes(record), record.iri)
    engine = duckdb.connect(config={"memory_limit": "300KB", "temp_directory": ""})
    rows = [(str(number), None) for number in range(60_000)]
    judged = list(execute_record(plan, staged(rows, ("id", "b"), engine=engine), {}, limit=3))
    assert [item.reason for item in judged if item.check.rule == "MD011" and item.reason] == [
        "the engine needs more memory than it is allowed"
    ]


def test_rows_without_an_engine_have_no_table() -> None:
    rows = staged([("1", "2")], ("a", "b"))
    rows = type(rows)(None, rows.name, rows.columns, rows.kept, rows.source, rows.has_lines)
    with pytest.raises(ValueError, match="no engine"):
        rows.table(["c0"])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.none() | st.text(max_size=9), max_size=20), st.integers(0, 3))
def test_short_texts_come_back_from_the_numbers_that_they_are_told_apart_by(texts, start) -> None:
    array = pa.array(texts, pa.string())[start:]
    numbers = packed(array)
    present = [text.encode() for text in array.to_pylist() if text is not None]
    if numbers is None:
        assert not any(present) or any(len(text) > 8 or b"\0" in text for text in present)
    else:
        assert unpacked(numbers.drop_null()).to_pylist() == array.drop_null().to_pylist()
        assert numbers.is_null().to_pylist() == array.is_null().to_pylist()


@settings(max_examples=60, deadline=None)
@given(
    st.permutations(["a", "b", "c", "d"]), st.lists(st.lists(st.sampled_from(["a", "b", "c", "d", None])), max_size=4)
)
def test_values_come_in_the_order_of_their_first_rows_however_a_dictionary_lists_them(words, parts) -> None:
    rows = KeptRows.of(1, InMemory())
    dictionary = pa.array(words)
    line = 1
    for cells in parts:
        numbers = pa.array([None if cell is None else words.index(cell) for cell in cells], pa.int32())
        column = pa.DictionaryArray.from_arrays(numbers, dictionary)
        lines = pa.array(np.arange(line, line + len(cells)))
        rows.add([pa.record_batch([column, lines], names=["c0", LINE])])
        line += len(cells)
    table = value_table(StagedRecords(None, "rows", {iri("a"): "c0"}, rows, "data.csv", True), iri("a"), [])
    cells = [cell for part in parts for cell in part]
    counted = Counter(cell for cell in cells if cell is not None)
    assert list(zip(table.texts.to_pylist(), table.counts.tolist(), strict=True)) == list(counted.items())
    assert table.absent == cells.count(None)
