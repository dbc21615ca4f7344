"""One truth, two executors: the same shapes, run by SQL on columns and by pySHACL on a cube, find the same faults."""

from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.evaluate import evalQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.processor import SPARQLProcessor
from strategies import DSD, constraints, hub_graph, structures, tables

from semstat.validators.compile import compile_shapes
from semstat.validators.cube import cube
from semstat.validators.engine import run_shapes
from semstat.validators.observations import SERIES_LINE, Observations
from semstat.validators.residual import graph_findings
from semstat.validators.structural import shapes_of
from semstat.validators.validate import DataRules, validate_observations


@pytest.fixture(scope="module", autouse=True)
def parsed_once():
    """rdflib parses a query anew each time it is run, which takes nine tenths of the engine's time."""

    @lru_cache(maxsize=512)
    def prepared(text, base, names):
        return translateQuery(parseQuery(text), base, dict(names))

    def query(processor, text, bindings=None, names=None, base=None, *_):
        return evalQuery(processor.graph, prepared(text, base, tuple((names or {}).items())), bindings, base)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SPARQLProcessor, "query", query)
        yield


def by_columns(batches, shapes):
    """Return what the column executor finds, as (rule, row, component)."""
    rules = DataRules.of(shapes, structure="TEST:DSD(1.0)")
    report = validate_observations(Observations(iter(batches)), rules, limit=None)
    return {(item.rule, item.location.record - 1, item.location.path) for item in report.diagnostics}


def by_graph(batches, shapes):
    """Return what the graph executor finds, as (rule, row, component); unknown columns once each, as columns do."""
    plan = compile_shapes(shapes)
    data = cube(batches, plan.components, shapes, multivalued=frozenset(plan.components))
    found = graph_findings(run_shapes(data, shapes), plan)
    unknown = {}
    for rule, row, component in found:
        if rule == "DF001":
            unknown[component] = min(row, unknown.get(component, row))
    kept = {item for item in found if item[0] not in {"DF001", "DF022"}}
    return kept | {("DF001", row, name) for name, row in unknown.items()} | scattered(found, batches)


def scattered(found, batches):
    """The findings on the order of records: one for each series element, one for all records outside such elements."""
    rows = sorted(row for rule, row, _ in found if rule == "DF022")
    elements = any(SERIES_LINE in batch.schema.names for batch in batches)
    return {("DF022", row, None) for row in (rows if elements else rows[:1])}


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_both_executors_find_the_same(data):
    components = data.draw(structures())
    graph = hub_graph(components, data.draw(constraints(components)))
    shapes = shapes_of(graph, DSD.iri)
    batches = data.draw(tables(components))
    plan = compile_shapes(shapes)
    assert plan.residual == ()
    assert by_columns(batches, shapes) == by_graph(batches, shapes)
