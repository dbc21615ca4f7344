"""One truth, two executors: the same shapes, run by SQL on columns and by pySHACL on a cube, find the same faults."""

import pytest
from executors import by_columns, by_graph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import DSD, constraints, facts, hub_graph, structures, sums, tables

from semstat.validators.compile import compile_shapes
from semstat.validators.structural import shapes_of, structure_view
from semstat.validators.structural.headers import header_shapes

pytestmark = pytest.mark.usefixtures("parsed_once")


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_both_executors_find_the_same(data):
    components = data.draw(structures())
    graph = hub_graph(components, data.draw(constraints(components)))
    shapes = shapes_of(graph, DSD.iri, sums=data.draw(sums(components)))
    shapes += header_shapes(structure_view(graph, DSD.iri), data.draw(facts()), {"S": ["FR"]})
    batches = data.draw(tables(components))
    plan = compile_shapes(shapes)
    assert plan.residual == ()
    assert by_columns(batches, shapes) == by_graph(batches, shapes)
