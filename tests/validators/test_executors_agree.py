"""One truth, two executors: the same shapes, run by SQL on columns and by pySHACL on a cube, find the same faults."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import DSD, constraints, hub_graph, structures, tables

from semstat.validators.compile import compile_shapes
from semstat.validators.cube import cube
from semstat.validators.engine import run_shapes
from semstat.validators.observations import Observations
from semstat.validators.residual import graph_findings
from semstat.validators.structural import shapes_of
from semstat.validators.validate import DataRules, validate_observations


def by_columns(batches, shapes):
    """Return what the column executor finds, as (rule, row, component)."""
    rules = DataRules.of(shapes, structure="TEST:DSD(1.0)")
    report = validate_observations(Observations(iter(batches)), rules, limit=None)
    return {(item.rule, item.location.record - 1, item.location.path) for item in report.diagnostics}


def by_graph(batches, shapes):
    """Return what the graph executor finds, as (rule, row, component); unknown columns once each, as columns do."""
    plan = compile_shapes(shapes)
    found = graph_findings(run_shapes(cube(batches, plan.components, shapes), shapes), plan)
    unknown = {}
    for rule, row, component in found:
        if rule == "DF001":
            unknown[component] = min(row, unknown.get(component, row))
    return {item for item in found if item[0] != "DF001"} | {("DF001", row, name) for name, row in unknown.items()}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_both_executors_find_the_same(data):
    components = data.draw(structures())
    graph = hub_graph(components, data.draw(constraints(components)))
    shapes = shapes_of(graph, DSD.iri)
    batches = data.draw(tables(components))
    plan = compile_shapes(shapes)
    assert plan.residual == ()
    assert by_columns(batches, shapes) == by_graph(batches, shapes)
