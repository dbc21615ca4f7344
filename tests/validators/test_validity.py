"""Codes that are valid for a time: what is stated, in an annotation or by the code, is what both executors look for."""

import pyarrow as pa
import pytest
from corpora import CORPORA, needs_corpora
from rdflib import Graph, Literal, URIRef
from strategies import DSD, Component, hub_graph

from semstat.interop import read
from semstat.ontology.iri import SdmxName
from semstat.ontology.terms import SH, SS
from semstat.validators.compile import compile_shapes
from semstat.validators.cube import cube
from semstat.validators.engine import run_shapes
from semstat.validators.observations import Observations
from semstat.validators.residual import graph_findings
from semstat.validators.structural import shapes_of
from semstat.validators.structural.validity import validities
from semstat.validators.validate import DataRules, validate_observations

CODE = SdmxName("codelist", "Codelist", "TEST", "CL_AREA", "1.0").of_item("Code", "FR").iri
PERIODS = ("2019", "2020", "2020-Q1", "2021-Q1", "2020-06-30", None, "soon")


def annotated(title: str, *more: Component) -> Graph:
    """A structure whose code FR is valid as an annotation says."""
    graph = hub_graph([Component("AREA", "dimension", "CL_AREA"), Component("TIME_PERIOD", "time", None, None), *more])
    note = URIRef(f"{CODE}#annotation-1")
    graph.add((CODE, SS.annotation, note))
    graph.add((note, SS.annotationType, Literal("FR_VALIDITY_PERIOD")))
    graph.add((note, SS.annotationTitle, Literal(title)))
    return graph


def faulty(graph: Graph, area: str = "FR") -> set[int]:
    """Return the rows at which both executors find that a code is not valid."""
    shapes = shapes_of(graph, DSD.iri)
    batch = pa.RecordBatch.from_pydict(
        {"AREA": [area] * len(PERIODS), "TIME_PERIOD": list(PERIODS), "_line": list(range(2, len(PERIODS) + 2))}
    )
    report = validate_observations(Observations(iter([batch])), DataRules.of(shapes, structure="TEST:DSD(1.0)"))
    by_columns = {item.location.record - 1 for item in report.diagnostics if item.rule == "DF025"}
    plan = compile_shapes(shapes)
    found = graph_findings(run_shapes(cube([batch], plan.components, shapes), shapes), plan)
    assert by_columns == {row for rule, row, _ in found if rule == "DF025"}
    return by_columns


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("2020/", {0}),
        ("/2020", {3}),
        ("2020-01-01T00:00:00Z/2021-01-01T00:00:00Z", {0, 3}),
        ("2020-02/2020-11", {0, 1, 2, 3}),
        ("/", set()),
    ],
)
def test_an_observation_lies_within_the_validity_of_its_code(title, rows) -> None:
    assert faulty(annotated(title)) == rows
    assert faulty(annotated(title), area="IT") == set()


def test_what_a_code_states_itself_goes_before_an_annotation() -> None:
    graph = annotated("/2018")
    graph.add((CODE, SS.validFrom, Literal("2020")))
    assert faulty(graph) == {0}


@pytest.mark.parametrize("title", ["2020-01-01T12:00:00Z/", "long ago/", "/2020-13"])
def test_a_validity_without_exact_days_is_said_not_to_be_checked(title) -> None:
    shapes = shapes_of(annotated(title), DSD.iri)
    reasons = [str(shapes.value(shape, SH.message)) for shape in shapes.subjects(SH.deactivated)]
    assert [title in reason for reason in reasons] == [True]


@needs_corpora
def test_the_validities_that_a_registry_writes_are_read() -> None:
    assert CORPORA is not None
    files = [CORPORA / "sdmx/json/pysdmx-fmr/code" / name for name in ("freq.json", "freq_21.json")]
    stated = [path.read_text("utf-8").count('"FR_VALIDITY_PERIOD"') for path in files]
    assert [len(validities(read(path).graph)) for path in files] == stated, f"{len(files)} files"
    assert sum(stated) == 6
