"""Tables whose columns are component ids: Parquet files, and plain CSV beyond what the CSV tests say."""

import datetime
import decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from ml_reading import source_of

from semstat.interop.formats.data import open_data
from semstat.interop.formats.dataset import ComponentIds
from semstat.interop.sources import InputRefused, sources


def _rows(source, components=None):
    (result,) = [
        (part, [row for batch in part.observations.batches for row in batch.to_pylist()])
        for part in open_data(source, lambda reference: components if reference is None else None)
    ]
    return result


def test_typed_columns_become_text(tmp_path):
    path = tmp_path / "a.parquet"
    table = pa.table(
        {
            "AREA": pa.array(["NA", None]).dictionary_encode(),
            "TIME": [datetime.date(2020, 1, 2), None],
            "VALUE": [1e20, 0.1],
            "EXACT": [decimal.Decimal("1.50"), None],
            "MANY": [["a", "b"], None],
        }
    )
    pq.write_table(table, path)
    part, rows = _rows(sources(path)[0])
    assert rows[0] == {
        **{"AREA": "NA", "TIME": "2020-01-02", "VALUE": "100000000000000000000", "EXACT": "1.50"},
        **{"MANY": "a\x1fb", "_line": None},
    }
    assert rows[1] == {"AREA": None, "TIME": None, "VALUE": "0.1", "EXACT": None, "MANY": None, "_line": None}
    assert (part.tally.observations, part.observations.multivalued) == (2, {"MANY"})


def test_parquet_that_cannot_be_read(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"A": [{"x": 1}]}), path)
    with pytest.raises(InputRefused, match=r"IO112.*`A`"):
        _rows(sources(path)[0])
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(InputRefused, match="IO101"):
        _rows(sources(path)[0])


def test_columns_without_a_name_of_their_own_are_found():
    part, rows = _rows(source_of(b"A,,A\n1,2,3\n", "a.csv"), ComponentIds(("A",), multivalued=frozenset({"A"})))
    assert rows == [{"A": "1", "_line": 2}]
    assert [(item.rule, item.location.line) for item in part.tally.diagnostics] == [("IO108", 1), ("IO108", 1)]
    assert part.observations.multivalued == {"A"}
