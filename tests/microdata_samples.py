"""Small described records with rows, for tests: by hand and at random."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa
from hypothesis import strategies as st
from rdflib import URIRef

from semstat.validators.microdata import (
    DescribedCode,
    DescribedRecord,
    DescribedVariable,
    StatedRange,
    StatedStatistic,
)
from semstat.validators.microdata.data_table import LINE, DataColumn, DataTable
from semstat.validators.microdata.staging import StagedRecords, stage_table

__all__ = ["NAMES", "described_records", "iri", "row_lists", "staged"]

NAMES = ("id", "kind", "size", "weight")
Row = Sequence[str | None]

_KINDS = ("valid", "invalid", "minimum", "maximum", "mean", "median", "mode", "standard deviation")
_FIGURES = st.integers(-2, 12).map(str) | st.sampled_from(["0.5", "1.25", "33.3", "50", "100", "66.7"])


def iri(name: str) -> URIRef:
    return URIRef(f"https://example.org/file#{name}")


def staged(
    rows: Sequence[Row],
    names: Sequence[str] = NAMES,
    kind: str = "",
    engine: duckdb.DuckDBPyConnection | None = None,
) -> StagedRecords:
    """The rows in an engine, by default one of their own; the first stands on line 2."""
    columns = [pa.array([row[place] for row in rows], pa.string()) for place in range(len(names))]
    batch = pa.RecordBatch.from_arrays(
        [*columns, pa.array(range(2, len(rows) + 2), pa.int64())], names=[*(f"c{n}" for n in range(len(names))), LINE]
    )
    table = DataTable("data.csv", "csv", (tuple(DataColumn(name) for name in names),), iter([(0, batch)]))
    places = {iri(kind + name): place for place, name in enumerate(names)}
    return stage_table(table, [places], engine or duckdb.connect(), f"t{kind.strip(chr(45))}")[0]


def row_lists(*, most: int = 8) -> st.SearchStrategy[list[tuple[str | None, ...]]]:
    """Rows of an id, a code, a number and a weight, with the faults that files have."""
    ids = st.sampled_from(["1", "2", "3", "4", "5", "6", "7", "8", None])
    codes = st.sampled_from(["1", "2", "01", " 2", "1.0", "3", "9", "99", "x", '"1"', ".a", None])
    sizes = st.integers(-3, 12).map(str) | st.sampled_from(
        ["0.5", "2.50", "7.125", "1234", " 4", "+3", "many", "98", None]
    )
    weights = st.sampled_from(["1", "2", "0.5", "0", "-1", "1.25", None])
    return st.lists(st.tuples(ids, codes, sizes, weights), min_size=1, max_size=most)


def _statistics(name: str, codes: Sequence[str]) -> st.SearchStrategy[tuple[StatedStatistic, ...]]:
    summary = st.tuples(st.sampled_from(_KINDS), _FIGURES, st.none(), st.booleans())
    category = st.tuples(
        st.sampled_from(["frequency", "percent"]), _FIGURES, st.sampled_from(codes or ["1"]), st.booleans()
    )
    return st.lists(summary | category, max_size=6).map(
        lambda found: tuple(
            StatedStatistic(iri(f"{name}-s{place}"), kind, value, code, weighted, "weight" if weighted else None)
            for place, (kind, value, code, weighted) in enumerate(found)
        )
    )


@st.composite
def described_records(draw: st.DrawFn) -> DescribedRecord:
    """A record of the four variables, described at random: codes, ranges, missing values, figures."""
    values = draw(st.lists(st.sampled_from(["1", "2", "3", "9", "99", "Sysmiss"]), min_size=1, unique=True))
    missing = draw(st.sets(st.sampled_from(["9", "99", "3"])))
    codes = tuple(DescribedCode(iri(f"kind-{code}"), code, (), code in missing) for code in values)
    ranges = draw(
        st.sampled_from(
            [(), (StatedRange("0", "10"),), (StatedRange("0", "5", high_included=False), StatedRange("7", "7"))]
        )
    )
    apart = draw(st.sampled_from([(), (StatedRange("98", "98"),), (StatedRange(None, "-1"),)]))
    kind = DescribedVariable(
        iri("kind"), "kind", 2, representation=draw(st.sampled_from(["code", None])), codes=codes,
        width=draw(st.sampled_from([None, 1])), statistics=draw(_statistics("kind", values)),
    )  # fmt: skip
    size = DescribedVariable(
        iri("size"), "size", 3, representation="numeric", decimals=draw(st.sampled_from([None, 0, 1])),
        width=draw(st.sampled_from([None, 3])), ranges=ranges, missing_ranges=apart,
        statistics=draw(_statistics("size", [])),
    )  # fmt: skip
    weight = DescribedVariable(iri("weight"), "weight", 4, representation="numeric", is_weight=draw(st.booleans()))
    key = draw(st.sampled_from([(), ("id",), ("id", "kind")]))
    return DescribedRecord(iri("record"), (DescribedVariable(iri("id"), "id", 1), kind, size, weight), key)
