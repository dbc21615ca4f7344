"""Provenance of others becomes lineage: PROV-JSON, PROV-O with its qualified relations, and the history that VTL tools write."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from semstat.interop import read
from semstat.interop.catalogue import Catalogue, Lineage, verify
from semstat.interop.formats.prov_json import read_prov_json
from semstat.interop.registry import sniff
from semstat.ontology.terms import BASE, PROV, RDFS

LINEAGE = BASE + "lineage#"
FLOW = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=SEMSTAT:DF_POPULATION(1.0)"
DOCUMENT: dict[str, Any] = {
    "prefix": {"ex": "https://example.org/", "default": "https://example.org/default/"},
    "entity": {
        "ex:micro": {"prov:label": {"$": "Microdata", "lang": "en"}}, "ex:table": {"ex:rows": 3}, FLOW: {}, "plain": {},
        "ex:program": {"prov:type": {"$": "prov:Plan", "type": "xsd:QName"}},
    },
    "activity": {"ex:run": {"prov:startTime": "2026-01-31T10:00:00", "prov:endTime": "2026-01-31T10:05:00"}},
    "agent": {"ex:office": {}},
    "used": {"_:u1": {"prov:activity": "ex:run", "prov:entity": "ex:micro", "prov:time": "2026-01-31T10:01:00"}},
    "wasGeneratedBy": {"_:g1": {"prov:entity": FLOW, "prov:activity": "ex:run"}, "_:g2": {"prov:entity": "ex:table"}},
    "wasDerivedFrom": {"_:d1": [{"prov:generatedEntity": FLOW, "prov:usedEntity": "ex:micro"},
                                {"prov:generatedEntity": "ex:table", "prov:usedEntity": FLOW, "prov:activity": "ex:run"}]},
    "wasAssociatedWith": {"_:a1": {"prov:activity": "ex:run", "prov:agent": "ex:office", "prov:plan": "ex:program"}},
    "bundle": {"ex:more": {"entity": {"ex:later": {}},
                           "wasDerivedFrom": {"_:d": {"prov:generatedEntity": "ex:later", "prov:usedEntity": "ex:table"}}}},
}  # fmt: skip


def edges(catalogue: Catalogue) -> set[tuple[str, str, str]]:
    with catalogue.snapshot() as found:
        rows = found.edges.to_pylist()
    return {tuple(row[name].removeprefix(LINEAGE).rpartition("example.org/")[2] for name in ("dependent", "dependency", "on"))
            for row in rows}  # type: ignore[misc]  # fmt: skip


def test_a_document_of_prov_json_is_lineage(tmp_path: Path) -> None:
    (tmp_path / "prov.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    assert sniff(json.dumps(DOCUMENT).encode(), "prov.json") == "prov-json"
    catalogue = Catalogue.create(tmp_path)
    (loaded,) = catalogue.load([tmp_path / "prov.json"])
    flow = BASE + "sdmx/datastructure.Dataflow/SEMSTAT/DF_POPULATION/1.0"
    assert edges(catalogue) == {
        ("run", "used", "micro"), (flow, "generatedBy", "run"), (flow, "derivedFrom", "micro"), ("table", "derivedFrom", flow),
        ("table", "generatedBy", "run"), ("run", "ofStep", "program"), ("later", "derivedFrom", "table"),
    }  # fmt: skip
    assert [item.rule for item in loaded.findings] == ["IO114"]
    assert loaded.findings[0].message == "kept as it stands, and not interpreted: `ex:rows`, `prov:time of used`"
    graph = read_prov_json(json.dumps(DOCUMENT).encode(), origin="p").graph
    assert [str(text) for text in graph.objects(None, RDFS.label)] == ["Microdata"]
    assert [str(text) for text in graph.objects(None, PROV.endedAtTime)] == ["2026-01-31T10:05:00"]
    assert [item.state for item in verify(catalogue, deep=True)] == ["whole"]


@pytest.mark.parametrize(
    ("document", "rule", "said"),
    [
        ("{", "IO101", "the file is no JSON"),
        ("[]", "IO117", "a document must be an object"),
        ("{}", "IO110", "states nothing"),
        ('{"entity": []}', "IO117", "`entity` must be an object"),
        ('{"entity": {"no:such": {}}}', "IO117", "the prefix of the name `no:such` is not declared"),
        ('{"wasDerivedFrom": {"a": {"prov:usedEntity": "b"}}}', "IO117", "must name `prov:generatedEntity`"),
        ('{"used": {"a": {"prov:activity": 1, "prov:entity": "urn:x:b"}}}', "IO117", "a name must be a text"),
    ],
)
def test_what_is_not_as_specified_is_said(document: str, rule: str, said: str) -> None:
    found = read_prov_json(document.encode(), origin="p.json").diagnostics
    assert found[0].rule == rule
    assert said in found[0].message


def test_what_is_nested_too_deep_is_refused() -> None:
    deep = b'{"entity": ' * 100 + b"1" + b"}" * 100
    assert [item.rule for item in read_prov_json(deep, origin="p.json").diagnostics] == ["IO107"]


JSON = some.recursive(some.none() | some.booleans() | some.text(max_size=4), lambda inner: some.lists(inner, max_size=3)
                      | some.dictionaries(some.sampled_from(["prov:entity", "prov:activity", "prov:type", "$", "a"]), inner,
                                          max_size=3), max_leaves=8)  # fmt: skip


@given(some.dictionaries(some.sampled_from(sorted(DOCUMENT)), JSON, max_size=4))
def test_no_document_breaks_the_reader(document: object) -> None:
    read = read_prov_json(json.dumps(document).encode(), origin="p.json")
    assert len(read.graph) or read.diagnostics


RDF = """
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX sdth: <http://rdf-vocabulary.ddialliance.org/sdth#>
BASE <https://example.org/>
<table> prov:qualifiedDerivation [ prov:entity <micro> ] ; prov:qualifiedGeneration [ prov:activity <run> ] .
<run> prov:qualifiedUsage [ prov:entity <micro> ] ; prov:qualifiedAssociation [ prov:hadPlan <program> ] .
<run> prov:generated <log> .

<script> a sdth:Program ; sdth:hasProgramStep <step> .
<step> a sdth:ProgramStep ; sdth:consumesDataframe <frame-1> ; sdth:producesDataframe <frame-2> ;
  sdth:usesVariable <frame-1/a> , <frame-1/b> ; sdth:assignsVariable <frame-2/c> .
<frame-1> sdth:hasVariableInstance <frame-1/a> , <frame-1/b> . <frame-2> sdth:hasVariableInstance <frame-2/c> .
"""


def test_prov_o_and_the_history_of_vtl_tools_are_lineage(tmp_path: Path) -> None:
    (tmp_path / "prov.ttl").write_text(RDF, encoding="utf-8")
    catalogue = Catalogue.create(tmp_path)
    catalogue.load([tmp_path / "prov.ttl"])
    assert edges(catalogue) == {
        ("table", "derivedFrom", "micro"), ("table", "generatedBy", "run"), ("run", "used", "micro"), ("run", "ofStep", "program"),
        ("log", "generatedBy", "run"), ("step", "ofStep", "script"), ("step", "used", "frame-1"), ("step", "used", "frame-1/a"),
        ("step", "used", "frame-1/b"), ("frame-2", "generatedBy", "step"), ("frame-2/c", "generatedBy", "step"),
        ("frame-1", "instanceVariable", "frame-1/a"), ("frame-1", "instanceVariable", "frame-1/b"),
        ("frame-2", "instanceVariable", "frame-2/c"),
    }  # fmt: skip
    with catalogue.snapshot() as found:
        reached = Lineage(found.edges).walk("https://example.org/frame-2/c", "up")
    assert {item.iri.rpartition("org/")[2] for item in reached} == {
        "step",
        "script",
        "frame-1",
        "frame-1/a",
        "frame-1/b",
    }
    assert [item.state for item in verify(catalogue, deep=True)] == ["whole"]


def test_an_ill_formed_time_is_kept_in_silence(tmp_path, caplog):
    text = '{"prefix": {"ex": "https://example.org/"}, "activity": {"ex:a": {"prov:startTime": "2020-99-99T00:00:00"}}}'
    (tmp_path / "run.json").write_text(text, "utf-8")
    assert "2020-99-99T00:00:00" in {str(value) for _, _, value in read(tmp_path / "run.json").graph}
    assert not caplog.records
