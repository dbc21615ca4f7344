"""Compiling shapes: what becomes a check, what is left to the SHACL engine, and that nothing is passed over."""

import pytest
from rdflib import Graph
from strategies import DSD, Component, component_iri, hub_graph

from semstat.validators.compile import compile_shapes
from semstat.validators.predicates import AllOf, AnyOf, Count, In, Matches, Not, Range
from semstat.validators.structural import shapes_of

COMPONENTS = [Component("AREA", "dimension", "CL_AREA"), Component("OBS_VALUE", "measure", None, "Decimal")]
AREA, VALUE = (component_iri(item) for item in COMPONENTS)
PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix qb: <http://purl.org/linked-data/cube#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <https://example.org/> .
"""


def plan(turtle: str):
    """Return the plan of a structure's shapes and a user's, without the checks of the structure's own."""
    own = shapes_of(hub_graph(COMPONENTS), DSD.iri)
    both = own + Graph().parse(data=PREFIXES + turtle.replace("AREA", f"<{AREA}>").replace("VALUE", f"<{VALUE}>"))
    known = {check.shape for check in compile_shapes(own).checks}
    compiled = compile_shapes(both)
    return [check for check in compiled.checks if check.shape not in known], [str(shape) for shape in compiled.residual]


@pytest.mark.parametrize(
    ("constraint", "predicate"),
    [
        ('sh:path AREA ; sh:in ("FR" "IT")', In("AREA", frozenset({"FR", "IT"}))),
        ('sh:path AREA ; sh:not [ sh:in ("FR") ]', In("AREA", frozenset({"FR"}), excluded=True)),
        ('sh:path AREA ; sh:pattern "^F" ; sh:flags "i"', Matches("AREA", "^F", "i")),
        ("sh:path AREA ; sh:minCount 1", Count("AREA", 1, None)),
        ('sh:path AREA ; sh:hasValue "FR"', AllOf((Count("AREA", 1, 1), In("AREA", frozenset({"FR"}))))),
    ],
)
def test_property_shapes_become_predicates(constraint, predicate):
    checks, residual = plan(f"ex:s a sh:PropertyShape ; sh:targetClass qb:Observation ; {constraint} .")
    assert [check.predicate for check in checks] == [predicate]
    assert checks[0].component == "AREA"
    assert residual == []


def test_bounds_become_an_exact_range():
    checks, _ = plan("ex:s a sh:PropertyShape ; sh:targetClass qb:Observation ; sh:path VALUE ; sh:minInclusive 0.1 .")
    assert isinstance(checks[0].predicate, Range)
    assert str(checks[0].predicate.minimum) == "0.1"


def test_a_node_shape_of_properties_is_one_check_for_each():
    checks, _ = plan(
        "ex:s a sh:NodeShape ; sh:targetClass qb:Observation ; sh:property ex:a, ex:b ."
        'ex:a sh:path AREA ; sh:minCount 1 . ex:b sh:path VALUE ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "no value" .'
    )
    assert [(check.component, check.severity.value) for check in checks] == [
        ("AREA", "error"),
        ("OBS_VALUE", "warning"),
    ]
    assert checks[1].expected == "no value"


def test_logic_over_several_components_is_one_check():
    checks, _ = plan(
        "ex:s a sh:NodeShape ; sh:targetClass qb:Observation ; sh:or (ex:a [ sh:not ex:b ]) ."
        'ex:a sh:path AREA ; sh:in ("FR") . ex:b sh:path VALUE ; sh:minCount 1 .'
    )
    expected = AnyOf((In("AREA", frozenset({"FR"})), Not(Count("OBS_VALUE", 1, None))))
    assert [check.predicate for check in checks] == [expected]
    assert checks[0].component is None


@pytest.mark.parametrize(
    "shape",
    [
        "a sh:NodeShape ; sh:targetClass qb:Observation ; sh:sparql [ sh:select 'SELECT $this WHERE { $this ?p ?o }' ]",
        "a sh:PropertyShape ; sh:targetClass qb:Observation ; sh:path (AREA VALUE) ; sh:minCount 1",
        "a sh:PropertyShape ; sh:targetClass qb:Observation ; sh:path ex:other ; sh:minCount 1",
        "a sh:PropertyShape ; sh:targetClass qb:Observation ; sh:path AREA ; sh:class ex:Area",
        "a sh:PropertyShape ; sh:targetClass ex:Other ; sh:path AREA ; sh:minCount 1",
        "a sh:PropertyShape ; sh:targetSubjectsOf AREA ; sh:path AREA ; sh:minCount 1",
        "a sh:NodeShape, rdfs:Class ; sh:property [ sh:path AREA ; sh:minCount 1 ]",
        "a sh:PropertyShape ; sh:targetClass qb:Observation ; sh:path AREA ; sh:pattern '^F' ; sh:flags 'x'",
        "a sh:PropertyShape ; sh:targetClass qb:Observation ; sh:path AREA ; sh:in (ex:FR)",
        "a sh:PropertyShape ; sh:targetClass qb:Observation ; sh:path AREA ; sh:xone (ex:a ex:b)",
    ],
)
def test_what_has_no_columnar_form_is_left_to_the_engine(shape):
    checks, residual = plan(f"ex:s {shape} .")
    assert checks == []
    assert residual == ["https://example.org/s"]


def test_what_a_structure_cannot_state_is_said_with_the_reason():
    compiled = compile_shapes(
        shapes_of(hub_graph([*COMPONENTS, Component("OTHER", "dimension", "CL_ABSENT")]), DSD.iri)
    )
    assert [(item.rule, item.component, "not at hand" in item.reason) for item in compiled.unstated] == [
        ("DF004", "OTHER", True)
    ]
