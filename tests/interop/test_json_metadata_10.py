"""Reference metadata of SDMX-JSON 1.0 become the metadata sets that SDMX-ML 2.1 gives."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from rdflib import Literal
from sdmx_messages import iri

from semstat.interop import convert
from semstat.interop.formats.sdmx.structure import read_structure
from semstat.interop.losses import loss_summary
from semstat.interop.registry import format_of
from semstat.interop.schema.packs import json_validator
from semstat.interop.sources import Source
from semstat.ontology.iri import part_of
from semstat.ontology.terms import RDF, SKOS, SS
from semstat.ontology.terms_metadata import SSR

URN = "urn:sdmx:org.sdmx.infomodel"
STRUCTURE = f"{URN}.metadatastructure.MetadataStructure=A:M(1.0)"
SCHEMA = "https://example.org/sdmx-json/1.0/sdmx-json-metadata-schema.json"
SET = part_of(iri("metadatastructure.MetadataStructure=A:M(1.0)"), "metadata-set", 1)
LINK = {"rel": "metadatastructure", "urn": STRUCTURE}
REPORT = {
    "id": "R",
    "target": {
        "id": "T",
        "referenceValues": [
            {"id": "FLOW", "object": f"{URN}.datastructure.Dataflow=A:F(1.0)"},
            {"id": "WHEN", "reportPeriod": "2020-Q1"},
            {"id": "KEY", "dataKey": {"keyValues": [{"id": "FREQ", "value": "A"}]}},
        ],
    },
    "attributeSet": {
        "reportedAttributes": [
            {
                "id": "CONTACT",
                "texts": {"en": "one", "pt": "um"},
                "attributeSet": {"reportedAttributes": [{"id": "CITY", "value": "01"}, {"id": "NOTE", "text": "mot"}]},
            },
            {"id": "DESCR", "structuredTexts": {"en": "<p>x</p>"}, "annotations": [{"id": "N", "text": "note"}]},
        ]
    },
}


def message(*, schema: bool = True, meta_links: object = None, **members: object) -> bytes:
    held = {
        "id": "S1",
        "action": "Append",
        "name": "jeu",
        "reportingBegin": "2020",
        "links": [LINK],
        "reports": [REPORT],
    }
    stated = {name: value for name, value in (held | members).items() if value is not None}
    meta = {
        "id": "X",
        "test": True,
        "prepared": "2024-01-31T00:00:00Z",
        "contentLanguages": ["fr"],
        "sender": {"id": "A"},
    }
    meta |= {"schema": SCHEMA} if schema else {}
    meta |= {"links": meta_links} if meta_links else {}
    return json.dumps({"meta": meta, "data": {"metadataSets": [stated]}}, indent=1).encode()


def rules(data: bytes) -> list[str]:
    return [item.rule for item in read_structure(data, origin="m.json").diagnostics]


def test_the_message_is_one_of_the_standard() -> None:
    judge = json_validator("1.0", "metadata")
    assert judge is not None
    assert [error.message for error in judge.iter_errors(json.loads(message()))] == []


@pytest.mark.parametrize("schema", [True, False])
def test_it_is_recognised_with_its_schema_and_by_its_content(schema: bool) -> None:
    data = message(schema=schema)
    found = format_of(Source("m.json", lambda: BytesIO(data), len(data)))
    assert (found.name, found.reads) == ("sdmx-json-1.0-metadata", True)
    document = read_structure(data, origin="m.json")
    assert document.format == "sdmx-json-1.0"
    assert ("IO113" in rules(data)) is not schema


def test_a_set_has_its_reports_texts_and_lines() -> None:
    data = message()
    document = read_structure(data, origin="m.json")
    graph = document.graph
    assert (SET, RDF.type, SSR.MetadataSet) in graph
    stated = [str(graph.value(SET, term)) for term in (SSR.setId, SSR.action, SSR.reportingBegin)]
    assert stated == ["S1", "Append", "2020"]
    assert graph.value(SET, SKOS.prefLabel) == Literal("jeu", lang="fr")
    (report,) = graph.objects(SET, SSR.report)
    assert [str(graph.value(report, term)) for term in (SS.identifier, SSR.targetId)] == ["R", "T"]
    about = {str(graph.value(node, SS.identifier)): node for node in graph.objects(report, SSR.referenceValue)}
    assert graph.value(about["FLOW"], SSR.referencedArtefact) == iri("datastructure.Dataflow=A:F(1.0)")
    assert str(graph.value(about["WHEN"], SSR.reportPeriod)) == "2020-Q1"
    assert "FREQ" in str(graph.value(about["KEY"], SS.unreadContent))
    said = {str(graph.value(node, SSR.attributeId)): node for node in graph.objects(report, SSR.reportedAttribute)}
    assert {*graph.objects(said["CONTACT"], SSR.text)} == {Literal("one", lang="en"), Literal("um", lang="pt")}
    below = {
        str(graph.value(node, SSR.attributeId)): node for node in graph.objects(said["CONTACT"], SSR.reportedAttribute)
    }
    assert set(below) == {"CITY", "NOTE"}
    assert graph.value(below["NOTE"], SSR.text) == Literal("mot", lang="fr")
    (marked,) = graph.objects(said["DESCR"], SSR.structuredText)
    assert [str(graph.value(marked, term)) for term in (SSR.markup, SSR.language)] == ["<p>x</p>", "en"]
    lines = data.decode().splitlines()
    assert '"id": "CITY"' in lines[(document.positions[below["CITY"]].line or 0)]
    assert {item.rule for item in document.diagnostics} == {"DSD001", "IO114"}


def test_the_header_names_the_structure_for_a_set_that_does_not() -> None:
    other = [{"rel": "self", "href": "https://example.org/"}]
    assert (SET, RDF.type, SSR.MetadataSet) in read_structure(message(links=other, meta_links=[LINK]), origin="m").graph
    assert "IO108" in rules(message(links=other)), "a set without a structure has no place, and is said to be left out"


@pytest.mark.parametrize(
    ("members", "rule"),
    [
        ({"odd": 1}, "IO108"),
        ({"reports": "none"}, "IO117"),
        ({"links": {"rel": "self"}}, "IO117"),
        ({"reports": [{"id": "R", "attributeSet": {"reportedAttributes": [{"id": "A", "texts": "x"}]}}]}, "IO117"),
        ({"reports": [{"id": "R", "attributeSet": {"reportedAttributes": [{"id": "A", "structuredText": 1}]}}]}, "IO117"),
        ({"reports": [{"id": "R", "attributeSet": {"reportedAttributes": [{"id": "A", "structuredTexts": []}]}}]}, "IO117"),
    ],
)  # fmt: skip
def test_faults_are_found_and_the_set_is_read(members: dict[str, object], rule: str) -> None:
    data = message(meta_links=[LINK], **members)
    assert rule in rules(data)
    assert (SET, RDF.type, SSR.MetadataSet) in read_structure(data, origin="m.json").graph


def test_a_message_cut_anywhere_is_found() -> None:
    data = message()
    for end in range(60, len(data) - 1, 37):
        assert "IO101" in rules(data[:end]), end


def test_metadata_sets_count_among_what_is_written(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_bytes(message())
    done = convert([tmp_path / "m.json"], tmp_path / "m.ttl")
    assert loss_summary(done) == "1 artefact written as turtle; nothing was lost."
    done = convert([tmp_path / "m.json"], tmp_path / "m.xml", to="sdmx-ml-3.0-structure")
    assert (done.written, [item.rule for item in done.losses]) == ({"artefacts": 0}, ["IO201"])
