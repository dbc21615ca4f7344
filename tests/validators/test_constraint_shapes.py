"""Constraints as shapes: how values cascade, and what is left to DSD005 instead of being checked wrongly."""

import pyarrow as pa
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from strategies import DSD, Component, hub_graph

from semstat.ontology.iri import SdmxName
from semstat.ontology.terms import SH, SKOS, SS, SST
from semstat.validators.compile import compile_shapes
from semstat.validators.cube import cube
from semstat.validators.engine import run_shapes
from semstat.validators.observations import Observations
from semstat.validators.residual import graph_findings
from semstat.validators.structural import shapes_of, uncheckable_constraints
from semstat.validators.validate import DataRules, validate_observations

AREAS = SdmxName("codelist", "Codelist", "TEST", "CL_AREA", "1.0")
MEMBER = URIRef(f"{SdmxName('registry', 'ContentConstraint', 'TEST', 'CC', '1.0').iri}#region-1-AREA")


def constrained(**stated: str) -> Graph:
    """A structure whose AREA is constrained to FR, the parent of IT, which is that of 01."""
    graph = hub_graph([Component("AREA", "dimension", "CL_AREA")], [(True, [("AREA", True, ["FR"])])])
    graph.remove((None, SKOS.broader, None))
    for child, parent in (("IT", "FR"), ("01", "IT")):
        graph.add((AREAS.of_item("Code", child).iri, SKOS.broader, AREAS.of_item("Code", parent).iri))
    for name, value in stated.items():
        place = MEMBER if name == "removePrefix" else URIRef(MEMBER + "-value-1")
        graph.add((MEMBER, SST.memberValue, URIRef(MEMBER + "-value-1")))
        graph.add((URIRef(MEMBER + "-value-1"), SST.value, Literal("FR")))
        graph.add((place, SS[name] if name.startswith("valid") else SST[name], Literal(value)))
    return graph


@pytest.mark.parametrize(
    ("cascade", "allowed"),
    [({}, {"FR"}), ({"cascadeValues": "true"}, {"FR", "IT", "01"}), ({"cascadeValues": "excluderoot"}, {"IT", "01"})],
)
def test_values_cascade_as_the_constraint_says(cascade, allowed) -> None:
    shapes = shapes_of(constrained(**cascade), DSD.iri)
    heads = [shapes.value(shape, SH["in"]) for shape in shapes.subjects(SH["in"]) if "constraint" in str(shape)]
    assert [{str(item) for item in Collection(shapes, head)} for head in heads] == [allowed]


def test_only_the_values_cascade_that_say_so() -> None:
    graph = constrained(cascadeValues="excluderoot")
    graph.add((MEMBER, SST.value, Literal("IT")))
    shapes = shapes_of(graph, DSD.iri)
    (head,) = [shapes.value(shape, SH["in"]) for shape in shapes.subjects(SH["in"]) if "constraint" in str(shape)]
    assert {str(item) for item in Collection(shapes, head)} == {"IT", "01"}


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ({"validFrom": "2020"}, "no time dimension"),
        ({"validTo": "2020-12-31"}, "no time dimension"),
    ],
)
def test_what_is_not_checked_is_said_and_not_checked_wrongly(stated, why) -> None:
    graph = constrained(**stated)
    assert [(str(iri), why in reason) for iri, reason in uncheckable_constraints(graph)] == [
        (str(MEMBER).partition("#")[0], True)
    ]
    shapes = shapes_of(graph, DSD.iri)
    assert [str(shape).rpartition("/")[2] for shape in shapes.subjects(SH.deactivated)] == ["DF011"]


def dated(*, region: bool, member: bool, **stated: str | Literal) -> Graph:
    """A structure with a time range on its time dimension."""
    graph = hub_graph(
        [Component("AREA", "dimension", "CL_AREA"), Component("TIME_PERIOD", "time", None, None)],
        [(region, [("TIME_PERIOD", member, []), ("AREA", True, ["FR"])])],
    )
    for name, value in stated.items():
        graph.add((URIRef(MEMBER.replace("AREA", "TIME_PERIOD")), SST[name], Literal(value)))
    return graph


PERIODS = (
    "2019",
    "2020",
    "2020-Q1",
    "2020-Q2",
    "2020-12-31",
    "2021-01-01",
    "2021-W01",
    "2020-01-01/P2Y",
    None,
    "2020-13",
)
SINCE_APRIL = {"startTime": "2020-Q1", "startIsInclusive": "false", "endTime": "2020"}


@pytest.mark.parametrize(
    ("stated", "within"),
    [
        ({"startTime": "2020"}, {1, 2, 3, 4, 5, 6, 7}),
        ({"startTime": "2020", "startIsInclusive": "false"}, {5, 6}),
        ({"endTime": "2020"}, {0, 1, 2, 3, 4, 7}),
        ({"endTime": "2020-Q2", "endIsInclusive": "false"}, {0, 2, 7}),
        (SINCE_APRIL, {3, 4}),
    ],
)
@pytest.mark.parametrize("member", [True, False])
@pytest.mark.parametrize("region", [True, False])
def test_a_time_range_keeps_what_lies_within_it_as_a_whole(stated, within, region, member) -> None:
    shapes = shapes_of(dated(region=region, member=member, **stated), DSD.iri)
    batch = pa.RecordBatch.from_pydict(
        {"AREA": ["FR"] * len(PERIODS), "TIME_PERIOD": list(PERIODS), "_line": list(range(2, len(PERIODS) + 2))}
    )
    report = validate_observations(Observations(iter([batch])), DataRules.of(shapes, structure="TEST:DSD(1.0)"))
    by_columns = {item.location.record - 1 for item in report.diagnostics if item.rule == "DF011"}
    plan = compile_shapes(shapes)
    found = graph_findings(run_shapes(cube([batch], plan.components, shapes), shapes), plan)
    by_graph = {row for rule, row, _ in found if rule == "DF011"}

    known = set(range(8))
    # An excluded region excludes what its members let in.
    assert by_columns - {8, 9} == (known - within if region == member else within)
    assert by_columns == by_graph


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ({"startTime": "2020-01-01T12:00:00"}, "whole days"),
        ({"endTime": "2020-01-01/P1Y"}, "whole days"),
        ({"startTime": "soon"}, "whole days"),
        ({"startTime": "2020", "value": "2021"}, "values and a time range"),
    ],
)
def test_a_time_range_without_exact_days_is_not_checked(stated, why) -> None:
    graph = dated(region=True, member=True, **stated)
    assert [why in reason for _, reason in uncheckable_constraints(graph)] == [True]
