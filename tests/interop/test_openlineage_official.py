"""What semstat says in OpenLineage is what the official package of OpenLineage can hold, member by member and type by type."""

import json
import re
import uuid
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attr
import pytest

from semstat.interop.catalogue import Catalogue, Lineage
from semstat.interop.catalogue.events import events_of
from tests.command import EXAMPLES, STRUCTURE, semstat

MISSING = "the package of OpenLineage is not installed"
event_v2 = pytest.importorskip("openlineage.client.event_v2", reason=MISSING)
facet_v2 = pytest.importorskip("openlineage.client.facet_v2", reason=MISSING)
FACETS = {
    "parent": facet_v2.parent_run.ParentRunFacet,
    "processing_engine": facet_v2.processing_engine_run.ProcessingEngineRunFacet,
    "schema": facet_v2.schema_dataset.SchemaDatasetFacet,
    "columnLineage": facet_v2.column_lineage_dataset.ColumnLineageDatasetFacet,
}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
"""RFC 3339, *date-time*: the format that the schema names, more strictly than the package looks at it."""

PROV = """
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX ssi: <https://w3id.org/semstat/information#>
PREFIX ssl: <https://w3id.org/semstat/lineage#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
<urn:x:day> a ssi:ProcessStepInstance ; ssl:used <urn:x:a> ; prov:endedAtTime "2025-01-20"^^xsd:date .
<urn:x:no-zone> a ssi:ProcessStepInstance ; ssl:used <urn:x:a> ; prov:startedAtTime "2025-01-20T08:00:00"^^xsd:dateTime .
<urn:x:no-day> a ssi:ProcessStepInstance ; ssl:used <urn:x:a> ; prov:endedAtTime "2025-02-30T08:00:00Z"^^xsd:dateTime .
<urn:x:words> a ssi:ProcessStepInstance ; ssl:used <urn:x:a> ; prov:endedAtTime "last spring" .
<urn:x:never> a ssi:ProcessStepInstance ; ssl:used <urn:x:a> .
<urn:x:b> ssl:derivedFrom <urn:x:a> ; ssl:instanceVariable <urn:x:b#y> . <urn:x:a> ssl:instanceVariable <urn:x:a#x> .
<urn:x:b#y> ssl:derivedFrom <urn:x:a#x> .
"""


def held(kind: Any, value: Any, place: str = "event") -> None:
    """Hold a value to a type of the package: no member too many, none missing, each of its type, in every depth."""
    if get_origin(kind) in {Union, UnionType}:
        kind = next(item for item in get_args(kind) if item is not NoneType)
    if get_origin(kind) is list:
        assert isinstance(value, list), place
        for number, item in enumerate(value):
            held(get_args(kind)[0], item, f"{place}[{number}]")
    elif get_origin(kind) is dict:
        assert isinstance(value, dict), place
        for name, item in value.items():
            held(FACETS.get(name, get_args(kind)[1]), item, f"{place}.{name}")
    elif attr.has(kind):
        members(kind, value, place)
    elif issubclass(kind, Enum):
        kind(value)
    else:
        assert type(value) is kind, f"{place} is no {kind.__name__}: {value!r}"


def members(kind: type, value: Any, place: str) -> None:
    assert isinstance(value, dict), f"{place} is no object"
    types = {name: item for name, item in get_type_hints(kind).items() if name in attr.fields_dict(kind)}
    needed = {item.name for item in attr.fields(kind) if item.default is attr.NOTHING}
    if issubclass(kind, facet_v2.BaseFacet):
        needed |= {"_producer", "_schemaURL"}
        named = kind._get_schema().rpartition("/")[2]
        assert kind not in FACETS.values() or value["_schemaURL"].endswith(f"/{named}.json#/$defs/{named}"), place
    if issubclass(kind, event_v2.BaseEvent):
        needed |= {"producer", "schemaURL"}
        assert value["schemaURL"] == kind._get_schema()
        assert TIME.fullmatch(value["eventTime"]), value["eventTime"]
    assert needed <= value.keys(), f"{place} lacks {needed - value.keys()}"
    may_have_more = kind in {facet_v2.JobFacet, facet_v2.RunFacet}  # a facet of somebody's own
    assert may_have_more or value.keys() <= types.keys(), f"{place} has {value.keys() - types.keys()}"
    for name in value.keys() & types.keys():
        held(types[name], value[name], f"{place}.{name}")
        if name in {"producer", "_producer", "schemaURL", "_schemaURL"}:
            assert re.match(r"https://[^\s/]+/", value[name]), f"{place}.{name} is no URI"
    if kind is event_v2.Run:
        assert str(uuid.UUID(value["runId"])) == value["runId"]


def hold(events: list[dict[str, Any]]) -> list[str]:
    """Return the kinds of the events, all of which the package can hold."""
    kinds = [event["schemaURL"].rpartition("/")[2] for event in events]
    for kind, event in zip(kinds, events, strict=True):
        held(getattr(event_v2, kind), event)
    return kinds


def told(catalogue: Catalogue) -> list[dict[str, Any]]:
    with catalogue.snapshot() as found:
        known = Lineage(found.edges)
        events = events_of(found, tuple(known.around(known.names)))
    return [json.loads(json.dumps(event)) for event in events]


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A catalogue with runs that ended well and badly, and with some whose times are told in odd ways."""
    catalogue = Catalogue.create(tmp_path_factory.mktemp("pipeline"))
    (catalogue.folder / "prov.ttl").write_text(PROV, encoding="utf-8")
    catalogue.load([STRUCTURE, catalogue.folder / "prov.ttl"])
    with catalogue.run(step="5.7", inputs=["register"], outputs=["DF_POPULATION"], job="aggregate") as run:
        run.computed("DF_POPULATION", "OBS_VALUE", {"register": ["weight"]}, how="AGGREGATION")
        run.computed("DF_POPULATION", "OBS_STATUS", {"register": ["weight"]})
    with pytest.raises(ZeroDivisionError), catalogue.run(step="5.3", inputs=["register"], job="edit"):
        raise ZeroDivisionError
    return catalogue


def test_events_of_a_catalogue_are_such_as_the_package_holds(pipeline: Catalogue) -> None:
    events = told(pipeline)
    assert set(hold(events)) == {"RunEvent", "JobEvent", "DatasetEvent"}
    facets = {name for event in events for item in event.get("outputs", ()) for name in item.get("facets", ())}
    assert facets == {"schema", "columnLineage"}


def test_events_on_the_command_line_are_such_as_the_package_holds(tmp_path: Path) -> None:
    office = EXAMPLES.parent / "office"
    Catalogue.create(tmp_path).load([office / "runs", office / "study", office / "data" / "population.csv"])
    (file,) = (office / "runs").iterdir()
    came = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert hold(came) == ["RunEvent", "RunEvent"], "what the example shows is right, too"
    (made,) = came[-1]["outputs"]
    shown = semstat("lineage", made["name"], "--up", "--format", "openlineage", "--catalogue", tmp_path)
    assert shown.code == 0
    assert "RunEvent" in hold([json.loads(line) for line in shown.out.splitlines()])


def test_what_a_pipeline_records_is_such_as_the_package_holds(pipeline: Catalogue) -> None:
    files = sorted((pipeline.folder / "runs").iterdir())
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    assert hold([json.loads(line) for line in lines]) == ["RunEvent"] * 4


def test_runs_are_told_with_their_beginning_and_with_how_they_ended(pipeline: Catalogue) -> None:
    kinds: dict[str, list[str]] = {}
    for event in told(pipeline):
        if "run" in event:
            kinds.setdefault(event["job"]["name"], []).append(event["eventType"])
    assert kinds["aggregate"] == ["START", "COMPLETE"]
    assert kinds["edit"] == ["START", "FAIL"]


def test_times_are_moments_and_what_is_none_is_not_told(pipeline: Catalogue) -> None:
    loaded = max(source.loaded for source in pipeline.sources())
    times = {
        event["job"]["name"].rpartition(":")[2]: (event["eventType"], event["eventTime"])
        for event in told(pipeline)
        if "run" in event and event["job"]["name"].startswith("urn:x:")
    }
    assert times == {
        "day": ("COMPLETE", "2025-01-20T00:00:00Z"),
        "no-zone": ("START", "2025-01-20T08:00:00Z"),
        "no-day": ("OTHER", loaded),
        "words": ("OTHER", loaded),
        "never": ("OTHER", loaded),
    }


@pytest.mark.parametrize(
    "broken",
    [
        {"eventTime": "2025-01-20"},
        {"eventTime": "2025-01-20T08:00:00"},
        {"eventType": "DONE"},
        {"run": {"runId": "1"}},
        {"run": {}},
        {"job": {"name": "a"}},
        {"job": {"namespace": "a", "name": 1}},
        {"job": {"namespace": "a", "name": "b", "facets": {"gsbpm": {"subProcess": "5.7"}}}},
        {"inputs": {}},
        {"outputs": [{"namespace": "a", "name": "b", "columns": []}]},
        {"outputs": [{"namespace": "a", "name": "b", "facets": {"schema": {"fields": [{}]}}}]},
        {"producer": "semstat"},
        {"more": 1},
    ],
    ids=json.dumps,
)
def test_what_is_not_as_specified_is_seen(pipeline: Catalogue, broken: Mapping[str, Any]) -> None:
    """The measure itself is measured: an event with one fault is not held."""
    whole = next(event for event in told(pipeline) if event.get("eventType") == "COMPLETE")
    with pytest.raises((AssertionError, ValueError, KeyError)):
        hold([whole | broken])
