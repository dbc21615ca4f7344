"""Data files as tables in memory: the same columns from every format, ready for any data frame."""

from pathlib import Path

import polars
import pytest
import small_dataset as small
from command import CLEAN, CLEAN_XML, STRUCTURE

from semstat.interop import convert, read_data
from semstat.interop.counting import InputRefused
from semstat.interop.formats.sdmx.header import Header

KEY = ["FREQ", "REF_AREA", "INDICATOR", "TIME_PERIOD"]


def sorted_rows(path: str | Path) -> list[dict[str, str | None]]:
    (data,) = read_data([path], structure=[STRUCTURE])
    frame = polars.from_arrow(data.table).drop("_line")
    return frame.select(sorted(frame.columns)).sort(KEY).to_dicts()


def test_every_format_gives_the_same_table(tmp_path) -> None:
    expected = sorted_rows(CLEAN)
    assert len(expected) == 336
    assert sorted_rows(CLEAN_XML) == expected
    for name in ("d.json", "d.parquet", "d-3.xml"):
        target = {"d.json": "sdmx-json-2.0", "d-3.xml": "sdmx-ml-3.0"}.get(name)
        convert([CLEAN], tmp_path / name, to=target, structure=[STRUCTURE], header=Header("X", "2024-01-31"))
        assert sorted_rows(tmp_path / name) == expected, name


def test_text_stays_text_and_lines_are_told(tmp_path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(small.CSV)
    (data,) = read_data([path])
    assert data.structure is None
    assert data.table.to_pylist()[1] == {
        "FREQ": "A", "AREA": "NA", "TIME_PERIOD": "2020", "OBS_VALUE": "2", "STATUS": "A", "NOTE": "first", "_line": 3,
    }  # fmt: skip


def test_data_frames_take_a_table_as_it_is() -> None:
    (data,) = read_data([CLEAN], structure=[STRUCTURE])
    assert data.structure == "SEMSTAT:DF_POPULATION(1.0)"
    assert polars.DataFrame(data).height == 336
    assert data.table.to_pandas()["REF_AREA"].str.len().max() == 3


def test_an_input_that_cannot_be_read_is_refused(tmp_path) -> None:
    (tmp_path / "d.xml").write_bytes(small.ML[:-40])
    (data,) = read_data([tmp_path / "d.xml"])
    assert [item.rule for item in data.diagnostics] == ["IO101"]
    with pytest.raises(InputRefused):
        read_data([tmp_path / "none.csv"])
