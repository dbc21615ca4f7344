"""Lineage as pictures and as events: nothing overlaps, nothing is fetched, and what goes out comes in again."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from semstat.interop.catalogue import Catalogue, Lineage
from semstat.interop.catalogue.drawing import Drawn
from semstat.interop.catalogue.events import events_of
from semstat.interop.catalogue.layout import lay_out
from semstat.interop.catalogue.lineage import Direction
from semstat.interop.catalogue.names import Named, Naming
from semstat.interop.catalogue.picturing import MOST_DRAWN, html, svg
from semstat.ontology.terms import BASE
from tests.command import STRUCTURE, semstat

LINEAGE = BASE + "lineage#"
SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("structure", "component", "valueDomain", "derivedFrom", "used", "usesConcept", "subjectScheme", "capturedBy")


def drawn(pairs: list[tuple[int, str, int]], *, label: str = "A label", direction: Direction = "down") -> Drawn:
    names = ("dependent", "dependency", "on")
    rows = [(f"urn:x:{one:04}", LINEAGE + how, f"urn:x:{other:04}") for one, how, other in pairs]
    table = pa.table({name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(names)})
    known = Lineage(table)
    reached = known.walk("urn:x:0000", direction)
    inside = ["urn:x:0000", *(item.iri for item in reached)]
    named = {iri: Named(iri, label, "Kind", iri) for iri in inside}
    return Drawn("urn:x:0000", reached, tuple(known.around(inside)), named, known, direction)


def test_a_picture_of_nothing_says_what_there_is_none_of() -> None:
    assert '<title id="title">What urn:x:0000: A label depends on</title>' in svg(drawn([], direction="up"))
    assert '<title id="title">What depends on urn:x:0000: A label</title>' in svg(drawn([]))


@given(some.lists(some.tuples(some.integers(0, 9), some.integers(0, 9)), max_size=30))
def test_boxes_lie_within_the_picture_and_never_on_one_another(pairs: list[tuple[int, int]]) -> None:
    names = {str(name) for pair in pairs for name in pair} | {"0"}
    edges = [(str(one), str(other)) for one, other in pairs]
    found = lay_out("0", dict.fromkeys(names, (40.0, 20.0)), edges)
    assert found == lay_out("0", dict.fromkeys(sorted(names), (40.0, 20.0)), sorted(edges, reverse=True))
    boxes = [found.boxes[name] for name in sorted(names)]
    for number, one in enumerate(boxes):
        assert -0.001 <= one.y <= found.height - one.height + 0.001
        assert 0 <= one.x <= found.width - one.width
        for other in boxes[number + 1 :]:
            beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            below = one.y + one.height <= other.y + 0.001 or other.y + other.height <= one.y + 0.001
            assert beside or below


def test_a_plain_tree_is_drawn_without_a_crossing() -> None:
    tree = [("a", "b"), ("a", "c"), ("b", "z"), ("b", "y"), ("c", "m"), ("c", "k"), ("c", "x")]
    found = lay_out("a", dict.fromkeys("abcxyzmk", (10.0, 10.0)), tree).boxes
    for one, other in tree:
        for three, four in tree:
            if found[one].x == found[three].x and found[one].y < found[three].y:
                assert found[other].y < found[four].y


def test_a_thing_stands_level_with_the_only_one_that_leads_to_it() -> None:
    found = lay_out("a", dict.fromkeys("abcd", (10.0, 10.0)), [("a", "b"), ("a", "c"), ("c", "d")]).boxes
    assert found["d"].y == pytest.approx(found["c"].y, abs=1)
    assert found["b"].y != pytest.approx(found["c"].y, abs=5)


@pytest.mark.parametrize(
    "evil", ["</title><script>alert(1)</script>", 'a" onload="x', "a\x00b\x1bc", "&lt;", "日本語の統計"]
)
def test_a_picture_is_well_formed_whatever_things_are_called_and_needs_nothing_else(evil: str) -> None:
    shown = drawn([(1, "structure", 0), (2, "component", 1), (2, "derivedFrom", 2), (0, "used", 2)], label=evil)
    text = svg(shown)
    root = ET.fromstring(text)
    assert text == svg(shown)
    assert root.get("role") == "img"
    assert [child.tag for child in root][:2] == [SVG + "title", SVG + "desc"]
    assert root.get("aria-labelledby", "").split() == [root[0].get("id"), root[1].get("id")]
    assert not [item for item in root.iter() if item.tag.endswith(("script", "image", "use", "foreignObject"))]
    assert set(re.findall(r"https?://[^\"'<> ]+", text)) == {"http://www.w3.org/2000/svg"}
    assert len(root.findall(f".//{SVG}rect[@rx]")) == 3
    assert not [name for item in root.iter() for name in item.attrib if name.startswith("on") or name == "href"]


def test_a_page_says_the_same_in_words() -> None:
    page = html(drawn([(1, "structure", 0), (2, "component", 1)]))
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert page.count("<tr>") == 3
    assert "<script" not in page
    assert set(re.findall(r"(?:src|href)=", page)) == set()


def test_a_big_picture_is_cut_and_says_so() -> None:
    wide = drawn([(number, "structure", number // 3) for number in range(1, 400)])
    root = ET.fromstring(svg(wide))
    assert len(root.findall(f".//{SVG}rect[@rx]")) == MOST_DRAWN
    said = [item.text or "" for item in root.iter(SVG + "text")][1]
    assert said.startswith("399 things")
    assert f"{399 - MOST_DRAWN + 1} of them" in said
    assert html(wide).count("<tr>") == 400, "the words are all there"


@pytest.fixture(scope="module")
def run_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("runs")
    event: dict[str, Any] = {
        "eventType": "COMPLETE", "eventTime": "2026-01-31T10:05:00Z", "producer": "https://example.org/",
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
        "run": {"runId": "0176a8c2-fe01-7439-87e6-56a1a1b4029f"},
        "job": {"namespace": "office", "name": "aggregate all", "facets": {"gsbpm": {"subProcess": "5.7"}}},
        "inputs": [{"namespace": "db/a", "name": "micro", "facets": {"schema": {"fields": [{"name": "sex"}, {"name": "a b"}]}}}],
        "outputs": [{
            "namespace": "x", "name": "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=SEMSTAT:DF_POPULATION(1.0)",
            "facets": {"columnLineage": {
                "fields": {"OBS_VALUE": {"inputFields": [
                    {"namespace": "db/a", "name": "micro", "field": "a b",
                     "transformations": [{"type": "DIRECT", "subtype": "AGGREGATION"}]},
                    {"namespace": "db/a", "name": "micro", "field": "sex"}]}},
                "dataset": [{"namespace": "db/a", "name": "micro", "field": "sex",
                             "transformations": [{"type": "INDIRECT", "subtype": "FILTER"}]}]}},
        }],
    }  # fmt: skip
    (folder / "events.json").write_text(json.dumps(event), encoding="utf-8")
    (folder / "more.ttl").write_text(
        f"<urn:x:summary> <{LINEAGE}derivedFrom> <urn:x:table> .\n"
        f"<urn:x:table> <{LINEAGE}instanceVariable> <urn:x:table#age> . <urn:x:table#age> <{LINEAGE}derivedFrom> <urn:x:b#born> .\n"
        f"<urn:x:b> <{LINEAGE}instanceVariable> <urn:x:b#born> .",
        encoding="utf-8",
    )
    catalogue = Catalogue.create(folder)
    catalogue.load([folder / "events.json", folder / "more.ttl"])
    return catalogue


def edges(catalogue: Catalogue) -> set[tuple[str, str, str]]:
    with catalogue.snapshot() as found:
        rows = found.edges.to_pylist()
    return {(row["dependent"], row["dependency"].removeprefix(LINEAGE), row["on"]) for row in rows}


def test_events_that_go_out_state_what_comes_in_again(run_catalogue: Catalogue, tmp_path: Path) -> None:
    with run_catalogue.snapshot() as found:
        known = Lineage(found.edges)
        events = events_of(found, tuple(known.around(known.names)))
    (tmp_path / "out.json").write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
    other = Catalogue.create(tmp_path)
    (loaded,) = other.load([tmp_path / "out.json"])
    assert [item.rule for item in loaded.findings] == []
    assert edges(run_catalogue) == edges(other)


def test_events_have_what_the_specification_asks_for(run_catalogue: Catalogue) -> None:
    """The members that OpenLineage 2-0-2 requires of each of its three events, of datasets, jobs, runs and facets."""
    with run_catalogue.snapshot() as found:
        known = Lineage(found.edges)
        events = events_of(found, tuple(known.around(known.names)))
    required = {"RunEvent": {"run", "job"}, "JobEvent": {"job"}, "DatasetEvent": {"dataset"}}
    kinds = [event["schemaURL"].rpartition("/")[2] for event in events]
    assert set(kinds) == set(required)
    for kind, event in zip(kinds, events, strict=True):
        assert required[kind] | {"eventTime", "producer", "schemaURL"} <= event.keys()
        datasets = [
            *event.get("inputs", ()),
            *event.get("outputs", ()),
            *([event["dataset"]] if "dataset" in event else []),
        ]
        for item in [*datasets, *([event["job"]] if "job" in event else [])]:
            assert {"namespace", "name"} <= item.keys()
            for facet in item.get("facets", {}).values():
                assert {"_producer", "_schemaURL"} <= facet.keys()
    (run,) = (event for event in events if "run" in event)
    assert run["run"]["runId"] == "0176a8c2-fe01-7439-87e6-56a1a1b4029f"
    assert (run["job"]["name"], run["job"]["facets"]["gsbpm"]["subProcess"]) == ("aggregate all", "5.7")
    (output,) = run["outputs"]
    lineage = output["facets"]["columnLineage"]
    assert [item["field"] for item in lineage["fields"]["OBS_VALUE"]["inputFields"]] == ["a b", "sex"]
    assert lineage["fields"]["OBS_VALUE"]["inputFields"][0]["transformations"] == [
        {"type": "DIRECT", "subtype": "AGGREGATION"}
    ]
    assert lineage["dataset"][0]["transformations"] == [{"type": "INDIRECT", "subtype": "FILTER"}]


@pytest.mark.parametrize("form", ["svg", "html", "openlineage"])
def test_on_the_command_line(run_catalogue: Catalogue, form: str) -> None:
    outcome = semstat("lineage", "DF_POPULATION", "--up", "--format", form, "--catalogue", run_catalogue.folder)
    assert outcome.code == 2, "the structure is not there, so that its short name says nothing"
    iri = BASE + "sdmx/datastructure.Dataflow/SEMSTAT/DF_POPULATION/1.0"
    outcome = semstat("lineage", iri, "--up", "--format", form, "--catalogue", run_catalogue.folder)
    assert (outcome.code, outcome.err) == (0, "")
    assert "aggregate" in outcome.out
    assert Path(STRUCTURE).exists()
    again = semstat("lineage", iri, "--up", "--format", form, "--catalogue", run_catalogue.folder)
    assert again.out == outcome.out


def test_things_are_named_as_the_catalogue_names_them(run_catalogue: Catalogue) -> None:
    with run_catalogue.snapshot() as found:
        assert Naming(found.store).find("aggregate all") == (f"{BASE}openlineage/job/office/aggregate%20all",)
