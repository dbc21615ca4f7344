"""The column executor and a SHACL engine find the same in microdata: the same shapes at fault, about the same rows."""

from collections import Counter

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from semstat.validators.engine import run_shapes
from semstat.validators.microdata.compile import compile_record
from semstat.validators.microdata.described_files import DescribedRecord, DescribedVariable
from semstat.validators.microdata.execute import execute_record
from semstat.validators.microdata.plan import CompleteCheck, ReferenceCheck, UniqueCheck, ValueCheck
from semstat.validators.microdata.rows import row_graph
from semstat.validators.microdata.shapes import record_shapes
from semstat.validators.producer_conventions import Conventions
from tests.microdata_samples import NAMES, described_records, iri, row_lists, staged

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
    columns, graph = found_by_both(record, rows, areas, cases, declared=declared)
    assert columns == graph
