"""Tables in memory become observations without a detour through CSV."""

import datetime as dt
from decimal import Decimal

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from semstat.validators.tables import from_arrow, text_column


@pytest.mark.parametrize(
    ("values", "kind", "text"),
    [
        ([0.1, 12.0, 1e20, 1e-7, None], pa.float64(), ["0.1", "12", "100000000000000000000", "0.0000001", None]),
        ([float("nan"), float("inf"), -float("inf")], pa.float64(), ["NaN", "INF", "-INF"]),
        ([0.1, 3.0], pa.float32(), ["0.1", "3"]),
        ([1, None], pa.int8(), ["1", None]),
        ([Decimal("1.50"), Decimal(100)], pa.decimal128(10, 2), ["1.50", "100.00"]),
        ([True, None], pa.bool_(), ["true", None]),
        ([dt.date(2020, 1, 2)], pa.date32(), ["2020-01-02"]),
        ([dt.datetime(2020, 1, 2, 3, 4, 5)], pa.timestamp("us"), ["2020-01-02T03:04:05"]),
        ([dt.datetime(2020, 1, 2, 3, 4, 5, 120000)], pa.timestamp("ns"), ["2020-01-02T03:04:05.12"]),
        ([dt.datetime(2020, 1, 2, 3, tzinfo=dt.UTC)], pa.timestamp("s", "Europe/Paris"), ["2020-01-02T03:00:00Z"]),
        ([dt.time(3, 4, 5)], pa.time32("s"), ["03:04:05"]),
        ([["a", "b"], None, [], ["c", None]], pa.list_(pa.string()), ["a\x1fb", None, "", "c\x1f"]),
        (["x"], pa.large_string(), ["x"]),
        ([b"x"], pa.binary(), ["x"]),
        ([None], pa.null(), [None]),
    ],
)
def test_typed_values_as_text(values, kind, text):
    assert text_column(pa.array(values, kind)).to_pylist() == text


def test_dictionaries_stay_dictionaries():
    column = text_column(pa.array([1, 2, 1]).dictionary_encode())
    assert column.type == pa.dictionary(pa.int32(), pa.string())
    assert column.to_pylist() == ["1", "2", "1"]


TABLES = {
    "pandas": lambda: pd.DataFrame({"A": pd.Categorical(["NA", None]), "B": [1.5, None]}),
    "polars": lambda: pl.DataFrame({"A": pl.Series(["NA", None], dtype=pl.Categorical), "B": [1.5, None]}),
    "pyarrow": lambda: pa.table({"A": ["NA", None], "B": [1.5, None]}),
    "duckdb": lambda: duckdb.sql("SELECT * FROM (VALUES ('NA', 1.5::DOUBLE), (NULL, NULL)) AS t(A, B)"),
}


@pytest.mark.parametrize("library", TABLES)
def test_whatever_exports_arrow(library):
    observations = from_arrow(TABLES[library](), source=library)
    rows = [row for batch in observations.batches for row in batch.to_pylist()]
    assert rows == [{"A": "NA", "B": "1.5", "_line": None}, {"A": None, "B": None, "_line": None}]
    assert observations.source == library


def test_what_is_no_table_is_the_callers_mistake():
    with pytest.raises(TypeError, match="list does not offer"):
        from_arrow([1])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"column 'A'.*struct"):
        from_arrow(pa.table({"A": [{"x": 1}]}))
    with pytest.raises(TypeError, match="not UTF-8"):
        list(from_arrow(pa.table({"A": [b"\xff"]})).batches)
