"""The column executor and a SHACL engine find the same in microdata: the same shapes at fault, about the same rows."""

from collections import Counter

import duckdb
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from semstat.validators.engine import run_shapes
from semstat.validators.microdata.compile import compile_record
from semstat.validators.microdata.described_files import (
    DescribedCode,
    DescribedRecord,
    DescribedVariable,
    StatedStatistic,
)
from semstat.validators.microdata.execute import execute_record
from semstat.validators.microdata.plan import CompleteCheck, ReferenceCheck, UniqueCheck, ValueCheck
from semstat.validators.microdata.record_writer import RecordWriter
from semstat.validators.microdata.rows import row_graph
from semstat.validators.microdata.shapes import record_shapes
from semstat.validators.microdata.statistic_shapes import statistic_shapes
from semstat.validators.producer_conventions import Conventions
from tests.microdata_samples import NAMES, described_records, iri, row_lists, staged
from tests.parsed_once import queries_parsed_once

_BY_ROW = (ValueCheck, CompleteCheck, UniqueCheck, ReferenceCheck)


Found = dict[str, int]


def found_by_both(record, rows, areas, cases, *, declared) -> tuple[Found, Found]:
    """By each executor, the shapes at fault, with the number of results."""
    names = ("id", "kind")
    area = DescribedRecord(iri("area"), tuple(DescribedVariable(iri(f"area-{name}"), name, 1) for name in names))
    reference = (area, [record.variables[0]], [area.variables[0]])
    conventions = Conventions(declared_is_invalid=declared)
    shapes = record_shapes(record, cases=cases, references=[reference], conventions=conventions)
    plan = compile_record(shapes, record.iri)
    engine = duckdb.connect()
    others = {area.iri: staged([row[:2] for row in areas], names, "area-", engine)}
    judged = list(execute_record(plan, staged(rows, engine=engine), others, limit=None))
    columns = {
        str(item.check.shape): item.rows if isinstance(item.check, _BY_ROW) else 1 for item in judged if item.findings
    }
    kinds = [
        (record.iri, [{iri(name): cell for name, cell in zip(NAMES, row, strict=True)} for row in rows]),
        (area.iri, [{iri(f"area-{name}"): cell for name, cell in zip(names, row, strict=False)} for row in areas]),
    ]
    return columns, dict(Counter(result.shape for result in run_shapes(row_graph(kinds), shapes)))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(described_records(), row_lists(), row_lists(most=4), st.integers(1, 8), st.booleans())
def test_both_executors_find_the_same(record, rows, areas, cases, declared) -> None:
    with queries_parsed_once():
        columns, graph = found_by_both(record, rows, areas, cases, declared=declared)
    assert columns == graph


FIGURES = st.sampled_from(
    ["0", "1", "2", "-1", "0.5", "1.25", "33.3", "50", "100", "66.7", "-50", "200", "150", "25", "40"]
)
SUMMARIES = ("valid", "invalid", "minimum", "maximum", "mean", "median", "mode", "standard deviation")
CODES = st.sampled_from(["1", "2", "01", "9", "x", None])
WEIGHTS = st.sampled_from(["1", "2", "0.5", "0", "-1", "-2", "1.25", "-0.5", "n", None])


def statistics() -> st.SearchStrategy[list[tuple[str, str, str | None, bool]]]:
    summary = st.tuples(st.sampled_from(SUMMARIES), FIGURES, st.none(), st.booleans())
    shares = st.sampled_from(["frequency", "percent", "percent"])
    return st.lists(
        summary | st.tuples(shares, FIGURES, st.sampled_from(["1", "2", "9"]), st.booleans()), min_size=1, max_size=3
    )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(statistics(), st.lists(st.tuples(CODES, WEIGHTS), min_size=1, max_size=6), st.booleans(), st.booleans())
@example([("standard deviation", "-1", None, True)], [("1", "1")], False, False)
@example([("standard deviation", "0", None, True)], [("1", "0")], False, False)
@example([("standard deviation", "1", None, True)], [("1", "2"), ("2", "-1")], False, False)
@example([("mean", "1", None, True)], [("1", "1"), ("2", "-1")], False, False)
def test_both_executors_find_the_same_figures_whatever_the_weights(stated, rows, declared, missing) -> None:
    names = ("kind", "weight")
    figures = tuple(
        StatedStatistic(iri(f"s{place}"), kind, value, code, weighted, "weight" if weighted else None)
        for place, (kind, value, code, weighted) in enumerate(stated)
    )
    codes = (DescribedCode(iri("c9"), "9", (), missing),)
    kind = DescribedVariable(iri("kind"), "kind", 1, codes=codes, statistics=figures)
    made = RecordWriter.of(DescribedRecord(iri("record"), (kind, DescribedVariable(iri("weight"), "weight", 2))))
    statistic_shapes(made, Conventions(declared_is_invalid=declared))
    plan = compile_record(made.graph, iri("record"))
    judged = execute_record(plan, staged(rows, names), {}, limit=None)
    columns = {str(item.check.shape) for item in judged if item.findings}
    cells = [{iri(name): cell for name, cell in zip(names, row, strict=True)} for row in rows]
    with queries_parsed_once():
        graph = {result.shape for result in run_shapes(row_graph([(iri("record"), cells)]), made.graph)}
    assert columns == graph
