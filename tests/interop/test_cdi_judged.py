"""DDI-CDI is held to its own rules and to shapes that somebody else wrote; mutants are caught, and nothing is passed unseen."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cdi_facts import facts
from corpora import CORPORA, needs_corpora

from semstat.interop import convert, validate
from semstat.interop.formats.ddi.cdi import read_cdi
from semstat.ontology.cdi_model import CDI
from semstat.validators.diagnostics import CheckStatus, Verdict

STRUCTURES = Path(__file__).parents[1] / "rules" / "structures"
Nodes = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def cube(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A cube with codes, keys, groups and attributes, as DDI-CDI."""
    file = tmp_path_factory.mktemp("cube") / "labour.jsonld"
    convert([STRUCTURES / "labour.xml"], file)
    return file.read_text("utf-8")


def first(nodes: list[dict[str, Any]], cls: str) -> dict[str, Any]:
    return next(node for node in nodes if node["@type"] == cls)


def without(cls: str, term: str) -> Callable[[list[dict[str, Any]]], None]:
    return lambda nodes: first(nodes, cls).pop(term)


def changed(cls: str, term: str, value: object) -> Callable[[list[dict[str, Any]]], None]:
    return lambda nodes: first(nodes, cls).update({term: value})


def wrong_target(nodes: list[dict[str, Any]]) -> None:
    first(nodes, "Code")["denotes"] = first(nodes, "Notation")["@id"]


def two_variables(nodes: list[dict[str, Any]]) -> None:
    both = [node["@id"] for node in nodes if node["@type"] == "RepresentedVariable"][:2]
    first(nodes, "DimensionComponent")["isDefinedBy_RepresentedVariable"] = both


def wide_structure(nodes: list[dict[str, Any]]) -> None:
    nodes.append({"@id": "https://example.org/wide", "@type": "WideDataStructure"})
    nodes[-1]["has_DataStructureComponent"] = [first(nodes, "MeasureComponent")["@id"]]
    first(nodes, "DimensionalDataSet")["isStructuredBy"] = ["https://example.org/wide"]


def identifier_without_name(nodes: list[dict[str, Any]]) -> None:
    first(nodes, "Code")["identifier"]["ddiIdentifier"].pop("dataIdentifier")


def no_components(nodes: list[dict[str, Any]]) -> None:
    structure = first(nodes, "DimensionalDataStructure")
    for term in ("has_DataStructureComponent", "has_ComponentPosition", "has_PrimaryKey"):
        structure.pop(term)


MUTANTS: dict[str, tuple[Callable[[list[dict[str, Any]]], None], str]] = {
    "missing denotes": (without("Code", "denotes"), "DDI048"),
    "missing allowsDuplicates": (without("CodeList", "allowsDuplicates"), "DDI048"),
    "unknown term": (changed("Code", "nickname", "x"), "DDI043"),
    "unknown property": (changed("Code", f"{CDI}Code-nickname", "x"), "DDI042"),
    "foreign property": (changed("Code", "http://www.w3.org/2004/02/skos/core#notation", "x"), "DDI046"),
    "unknown class": (changed("Code", "@type", f"{CDI}Cipher"), "DDI042"),
    "dangling target": (changed("Code", "denotes", "https://example.org/nowhere"), "DDI050"),
    "target of the wrong class": (wrong_target, "DDI051"),
    "two represented variables": (two_variables, "DDI049"),
    "data set with a wide structure": (wide_structure, "DDI063"),
    "two classes": (changed("Code", "@type", ["Code", "Category"]), "DDI045"),
    "two vocabularies": (
        changed(
            "DimensionComponent", "@type", ["DimensionComponent", "http://purl.org/linked-data/cube#DimensionProperty"]
        ),
        "DDI045",
    ),
    "position as text": (changed("ComponentPosition", "value", {"@value": "first"}), "DDI052"),
    "identifier without name": (identifier_without_name, "DDI048"),
    "no components": (no_components, "DDI053"),
    "no key": (without("DimensionalDataStructure", "has_PrimaryKey"), "DDI054"),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_mutants_are_caught(cube: str, name: str) -> None:
    mutate, rule = MUTANTS[name]
    content = json.loads(cube)
    mutate(content["DDICDIModels"])

    assert not [item for item in read_cdi(cube.encode(), origin="a").diagnostics if item.rule != "IO114"]
    assert rule in {item.rule for item in read_cdi(json.dumps(content).encode(), origin="a").diagnostics}


def test_a_duplicate_node_is_no_fault(cube: str) -> None:
    content = json.loads(cube)
    content["DDICDIModels"].append({**content["DDICDIModels"][0], "identifier": {}})
    content["DDICDIModels"][-1].pop("identifier")

    found = {item.rule for item in read_cdi(json.dumps(content).encode(), origin="a").diagnostics}
    assert not found - {"IO114", "DDI049"}


def closed_shapes() -> str:
    """Shapes in the manner of the published draft, made here from the official XML schema and ontology: closed, with minima."""
    assert CORPORA is not None
    rows = [line.split("\t") for line in facts(CORPORA / "schemas/ddi-cdi-1.0/ddi-cdi.xsd", CORPORA / "vocab/ddi-cdi")]
    bases = {row[1]: row[3] for row in rows if row[0] == "class"}
    own: dict[str, list[list[str]]] = {}
    for row in rows:
        if row[0] in {"attribute", "link"}:
            own.setdefault(row[1], []).append(row)
    lines = [
        "@prefix sh: <http://www.w3.org/ns/shacl#> .",
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .",
        f"@prefix cdi: <{CDI}> .",
        "@prefix draft: <https://example.org/draft#> .",
    ]
    for cls in (row[1] for row in rows if row[0] == "class" and row[2] in {"class", "datatype"}):
        chain = [cls]
        while bases.get(chain[-1]):
            chain.append(bases[chain[-1]])
        held = [row for name in chain for row in own.get(name, [])]
        parts = " , ".join(property_shape(row) for row in held)
        lines.append(
            f"draft:{cls} a sh:NodeShape ; sh:targetClass cdi:{cls} ; sh:closed true ; sh:ignoredProperties ( rdf:type )"
            + (f" ; sh:property {parts} ." if parts else " .")
        )
    return "\n".join(lines)


def property_shape(row: list[str]) -> str:
    word, owner, term, target, least, most = row
    local = f"{owner}-{term}" if word == "attribute" else link_name(owner, term, target)
    shown = [f"sh:path cdi:{local}"]
    if least != "0":
        shown.append(f"sh:minCount {least}")
    if most != "n":
        shown.append(f"sh:maxCount {most}")
    return "[ " + " ; ".join(shown) + " ]"


def link_name(owner: str, term: str, target: str) -> str:
    return f"{owner}_{term}" if term.endswith(f"_{target}") or term == target else f"{owner}_{term}_{target}"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("draft") / "draft.shacl.ttl"
    file.write_text(closed_shapes(), "utf-8")
    return file


@needs_corpora
def test_what_is_written_keeps_to_closed_shapes_in_the_manner_of_the_draft(
    cube: str, draft: Path, tmp_path: Path
) -> None:
    file = tmp_path / "labour.jsonld"
    file.write_text(cube, "utf-8")

    report = validate([file], shapes=[draft])

    (outcome,) = [item for item in report.checks if item.rule == "SHACL"]
    assert (outcome.status, outcome.failed) == (CheckStatus.CHECKED, 0)
    assert outcome.examined > 50
    assert report.verdict is Verdict.PASS


@needs_corpora
def test_what_breaks_closed_shapes_is_told_with_its_place(cube: str, draft: Path, tmp_path: Path) -> None:
    content = json.loads(cube)
    first(content["DDICDIModels"], "Code").pop("denotes")
    file = tmp_path / "labour.jsonld"
    file.write_text(json.dumps(content, indent=2), "utf-8")

    report = validate([file], shapes=[draft])

    told = [item for item in report.diagnostics if item.location.path == str(CDI["Code_denotes_Category"])]
    assert told
    assert told[0].location.line
    assert report.verdict is Verdict.FAIL


def test_a_document_that_no_shape_looks_at_is_not_validated(cube: str, tmp_path: Path) -> None:
    file, shapes = tmp_path / "labour.jsonld", tmp_path / "other.ttl"
    file.write_text(cube, "utf-8")
    shapes.write_text(
        f"@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        f"<urn:s> a sh:NodeShape ; sh:targetClass <{CDI}ForeignKey> ; sh:closed true .\n",
        "utf-8",
    )

    report = validate([file], shapes=[shapes])

    (outcome,) = [item for item in report.checks if item.rule == "SHACL"]
    assert outcome.status is CheckStatus.NOT_CHECKED
    assert report.verdict is Verdict.INCOMPLETE


def test_a_path_of_somebody_elses_shapes_is_the_path_they_wrote(cube: str, tmp_path: Path) -> None:
    file = tmp_path / "labour.jsonld"
    file.write_text(cube, "utf-8")
    paths = {
        "ComponentPosition": f"[ sh:inversePath <{CDI}DataStructure_has_ComponentPosition> ]",
        "Code": f"( <{CDI}Code_uses_Notation> <{CDI}Notation-content> )",
        "Notation": f"[ sh:alternativePath ( <{CDI}Notation_represents_Category> <{CDI}Notation-nothing> ) ]",
    }
    shapes = []
    for cls, path in paths.items():
        shapes.append(tmp_path / f"{cls}.ttl")
        shapes[-1].write_text(
            f"@prefix sh: <http://www.w3.org/ns/shacl#> .\n<urn:{cls}> a sh:NodeShape ; sh:targetClass <{CDI}{cls}> ;\n"
            f"  sh:property [ sh:path {path} ; sh:minCount 1 ; sh:maxCount 1 ] .\n",
            "utf-8",
        )

    report = validate([file], shapes=shapes)

    assert [(item.status, item.failed) for item in report.checks if item.rule == "SHACL"] == [(CheckStatus.CHECKED, 0)]
    content = json.loads(cube)
    first(content["DDICDIModels"], "DimensionalDataStructure").pop("has_ComponentPosition")
    file.write_text(json.dumps(content), "utf-8")
    (outcome,) = [item for item in validate([file], shapes=shapes).checks if item.rule == "SHACL"]
    assert outcome.failed == cube.count('"ComponentPosition"')


@needs_corpora
def test_the_shapes_of_cdif_judge_what_they_are_about(tmp_path: Path) -> None:
    assert CORPORA is not None
    shapes = CORPORA / "schemas" / "cdif-shacl" / "CDIF-DataStructure-Shapes.ttl"
    short = CORPORA / "ddi" / "cdi" / "dataartifex" / "simple_yndk.cdif.ttl"

    report = validate([short], shapes=[shapes])

    assert [item.status for item in report.checks if item.rule == "SHACL"]
    assert report.verdict is Verdict.FAIL
