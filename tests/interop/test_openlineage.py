"""Events of runs become lineage: from what a table was made, by which run of which step, column by column."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from rdflib import URIRef

from semstat.interop.catalogue import Catalogue, Lineage, record_run, verify
from semstat.interop.formats.openlineage import read_openlineage
from semstat.interop.registry import sniff
from semstat.ontology.terms import BASE, PROV, RDF, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "population"
RUN = "0176a8c2-fe01-7439-87e6-56a1a1b4029f"
FLOW = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=SEMSTAT:DF_POPULATION(1.0)"
MICRO = URIRef(BASE + "openlineage/dataset/db/micro")


def event(**changes: Any) -> dict[str, Any]:
    told = {
        "eventType": "COMPLETE",
        "eventTime": "2026-01-31T10:05:00Z",
        "run": {"runId": RUN},
        "job": {"namespace": "office", "name": "aggregate", "facets": {"gsbpm": {"subProcess": "5.7"}}},
        "inputs": [{"namespace": "db", "name": "micro", "facets": {"schema": {"fields": [{"name": "sex"}]}}}],
        "outputs": [{
            "namespace": "x", "name": FLOW,
            "facets": {"columnLineage": {"fields": {"OBS_VALUE": {"inputFields": [{
                "namespace": "db", "name": "micro", "field": "weight",
                "transformations": [{"type": "DIRECT", "subtype": "AGGREGATION"}],
            }]}}}},
        }],
    }  # fmt: skip
    return told | changes


def rules(*events: object) -> list[tuple[str, int | None]]:
    data = "\n".join(json.dumps(item) for item in events).encode()
    return [(item.rule, item.location.line) for item in read_openlineage(data, origin="e.json").diagnostics]


def test_one_event_an_array_and_lines_say_the_same() -> None:
    first = event(eventType="START", eventTime="2026-01-31T10:00:00Z", inputs=[], outputs=[])
    texts = (f"{json.dumps(first)}\n\n{json.dumps(event())}\n", json.dumps([first, event()], indent=2))
    graphs = [read_openlineage(text.encode(), origin="e.json") for text in texts]
    assert [item.diagnostics for item in graphs] == [(), ()]
    assert set(graphs[0].graph) == set(graphs[1].graph)
    assert [sniff(text.encode(), "e.json") for text in texts] == ["openlineage"] * 2


def test_what_was_derived_from_what_by_which_run_of_which_step() -> None:
    graph = read_openlineage(json.dumps(event()).encode(), origin="e.json").graph
    run, flow = URIRef(f"urn:uuid:{RUN}"), URIRef(BASE + "sdmx/datastructure.Dataflow/SEMSTAT/DF_POPULATION/1.0")
    step = graph.value(run, SSL.ofStep)
    assert graph.value(step, SSL.businessFunction) == URIRef(BASE + "gsbpm/5.7")
    assert (run, SSL.used, MICRO) in graph
    assert (flow, SSL.generatedBy, run) in graph
    assert (flow, SSL.derivedFrom, MICRO) in graph
    assert (URIRef(f"{flow}#OBS_VALUE"), SSL.derivedFrom, URIRef(f"{MICRO}#weight")) in graph
    edge = graph.value(None, RDF.type, SSL.Edge)
    assert str(graph.value(edge, SSL.transformationType)) == "AGGREGATION"
    assert str(graph.value(run, PROV.endedAtTime)) == "2026-01-31T10:05:00Z"
    assert {str(name) for name in graph.objects(None, SS.identifier)} == {
        RUN,
        "aggregate",
        "sex",
        "weight",
        "OBS_VALUE",
    }
    assert (flow, RDF.type, SSI.DataSet) not in graph, "what the catalogue describes is not described again"


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        ({"run": {}}, "IO117"),
        ({"run": {"runId": "a b"}}, "IO117"),
        ({"run": 1}, "IO117"),
        ({"job": {}}, "IO117"),
        ({"job": {"name": "a", "facets": {"gsbpm": {"subProcess": "9.9"}}}}, "IO117"),
        ({"job": {"name": "a", "facets": []}}, "IO117"),
        ({"inputs": {}}, "IO117"),
        ({"inputs": [{}]}, "IO117"),
        ({"outputs": [{"name": "a", "facets": {"columnLineage": {"fields": {"b": {"inputFields": [{}]}}}}}]}, "IO117"),
        ({"outputs": [{"name": "a", "facets": {"schema": {"fields": [{}]}}}]}, "IO117"),
        ({"outputs": [{"name": "a", "facets": {"columnLineage": {"fields": {"b": {"inputFields": [
            {"name": "c", "field": "d", "transformations": 1}]}}}}}]}, "IO117"),
        ({"job": {"name": "a", "facets": {"owner": {}}}}, "IO114"),
        ({"eventType": "FAIL"}, "IO114"),
        ({"eventType": ["COMPLETE"]}, "IO117"),
    ],
)  # fmt: skip
def test_what_is_not_as_specified_is_found_on_its_line(broken: dict[str, Any], rule: str) -> None:
    assert rules(event(), event(**broken)) == [(rule, 2)]


def test_what_is_no_json_or_too_deep_or_nothing_is_said() -> None:
    def found(data: bytes) -> list[str]:
        return [item.rule for item in read_openlineage(data, origin="e.json").diagnostics]

    assert found(json.dumps(event()).encode() + b"\n{") == ["IO101"]
    assert found(b'{"a":' * 100 + b"1" + b"}" * 100) == ["IO107"]
    assert found(b"[]") == ["IO110"]
    assert found(b"[1]") == ["IO117"]


def test_facets_that_are_not_interpreted_are_kept() -> None:
    facets = {"sourceCode": {"language": "R"}}
    graph = read_openlineage(json.dumps(event(job={"name": "a", "facets": facets})).encode(), origin="e.json").graph
    assert [json.loads(str(text)) for text in graph.objects(None, SS.unreadContent)] == [facets]


@given(some.recursive(some.none() | some.booleans() | some.integers() | some.text(max_size=5),
                      lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(
                          ["run", "runId", "job", "name", "facets", "inputs", "outputs", "schema", "fields", "inputFields",
                           "columnLineage", "transformations", "eventType", "gsbpm", "dataset"]), inner, max_size=4),
                      max_leaves=20))  # fmt: skip
def test_any_json_is_read_or_has_a_finding(anything: object) -> None:
    document = read_openlineage(json.dumps(anything).encode(), origin="e.json")
    assert len(document.graph) or document.diagnostics


def test_a_pipeline_records_its_runs(tmp_path: Path) -> None:
    catalogue = Catalogue.create(tmp_path)
    catalogue.load([EXAMPLES / "structure.xml"])
    with record_run(catalogue, step="5.7", inputs=["micro"], outputs=["DF_POPULATION"], job="aggregate") as run:
        run.used("CL_AREA")
    with pytest.raises(ZeroDivisionError), record_run(catalogue, step="5.3", inputs=["micro"]):
        raise ZeroDivisionError
    with pytest.raises(ValueError, match=r"'5\.7'"), record_run(catalogue, step="edit"):
        pass
    assert len(list((tmp_path / "runs").iterdir())) == 2
    with catalogue.snapshot() as found:
        known = Lineage(found.edges)
        reached = {item.iri for item in known.walk(BASE + "sdmx/codelist.Codelist/SEMSTAT/CL_AREA/1.0", "down")}
        assert f"urn:uuid:{run.id}" in reached, "the list was used by the run"
        assert (
            known.path(BASE + "sdmx/datastructure.Dataflow/SEMSTAT/DF_POPULATION/1.0", BASE + "gsbpm/5.7") is not None
        )
    assert {item.state for item in verify(catalogue, deep=True)} == {"whole"}


def test_a_pipeline_says_from_which_columns_it_computes_one(tmp_path: Path) -> None:
    catalogue = Catalogue.create(tmp_path)
    catalogue.load([EXAMPLES / "structure.xml"])
    with catalogue.run(step="5.7", inputs=["register"]) as run:
        run.computed("DF_POPULATION", "OBS_VALUE", {"register": ["weight"], "survey": ["present"]}, how="AGGREGATION")
    flow = BASE + "sdmx/datastructure.Dataflow/SEMSTAT/DF_POPULATION/1.0"
    with catalogue.snapshot() as found:
        known = Lineage(found.edges)
        origins = {item.iri.rpartition("/")[2]: item.distance for item in known.walk(f"{flow}#OBS_VALUE", "up")}
        used = {edge.on.rpartition("/")[2] for edge in known.leaving(f"urn:uuid:{run.id}", "up")}
        ways = {str(quad.object.value) for quad in found.store if quad.predicate.value == str(SSL.transformationType)}
    assert origins.items() >= {"register#weight": 1, "survey#present": 1}.items()
    assert {"register", "survey", "5.7"} <= used | {"5.7"}
    assert ways == {"AGGREGATION"}
