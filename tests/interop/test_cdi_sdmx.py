"""Structures of SDMX go through DDI-CDI and come back with the same components, roles, code lists and concepts."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from corpora import CORPORA, files_of, needs_corpora
from lxml import etree
from rdflib.namespace import SKOS

from semstat.interop import Header, Options, convert, read, validate
from semstat.interop.formats.ddi.cdi import cdi_nodes
from semstat.interop.formats.ddi.cdi_build import CdiBuilder
from semstat.interop.formats.ddi.cdi_from_sdmx import add_sdmx
from semstat.interop.formats.ddi.cdi_to_sdmx import sdmx_artefacts
from semstat.interop.formats.ddi.cdi_write_json import json_text
from semstat.interop.formats.ddi.cdi_write_xml import xml_text
from semstat.interop.formats.sdmx.account import Account
from semstat.interop.formats.sdmx.lower_message import lower_graph
from semstat.interop.formats.sdmx.model import Artefact, Component, DataStructure, ItemScheme
from semstat.validators.diagnostics import Verdict
from semstat.validators.selection import selection_of

SMALL = Path(__file__).parents[1] / "rules" / "structures" / "labour.xml"
MOST_BYTES = 400_000
HEADER = Header(prepared="2024-01-31")


def said(item: Component) -> tuple[object, ...]:
    """What a component is: its kind, concept, roles, values, usage and what it is attached to."""
    shown = item.representation
    values = None if shown is None or (shown.enumeration, shown.text_type, shown.facets) == (None, None, ()) else shown
    return (
        item.cls,
        item.facts.id,
        item.concept.name if item.concept else None,
        tuple(role.name for role in item.roles),
        (values.enumeration.name if values.enumeration else None, values.text_type, sorted(values.facets))
        if values
        else None,
        item.usage,
        item.attachment.level if item.attachment else None,
        sorted(one.id for one in item.attachment.groups) if item.attachment else [],
        sorted(one.id for one in item.attachment.components) if item.attachment else [],
        sorted(one.id for one in item.measures),
    )


def structures(artefacts: Sequence[Artefact]) -> dict[object, tuple[object, ...]]:
    return {
        item.head.name: (
            [said(one) for one in item.dimensions],
            sorted((said(one) for one in item.attributes), key=str),
            [said(one) for one in item.measures],
            {group.facts.id: sorted(one.id for one in group.dimensions) for group in item.groups},
        )
        for item in artefacts
        if isinstance(item, DataStructure) and (item.dimensions or item.measures)
    }


def lists(artefacts: Sequence[Artefact]) -> dict[object, list[tuple[object, ...]]]:
    return {
        item.head.name: [(one.path, one.parent, sorted(map(str, one.facts.names))) for one in item.items]
        for item in artefacts
        if isinstance(item, ItemScheme) and item.head.name.cls in {"Codelist", "ConceptScheme"} and item.items
    }


def there_and_back(artefacts: Sequence[Artefact], syntax: str) -> tuple[Artefact, ...]:
    builder = CdiBuilder()
    add_sdmx(builder, artefacts, Account("ddi-cdi"))
    text = json_text(builder.done()) if syntax == "json" else xml_text(builder.done())
    return sdmx_artefacts(cdi_nodes(text.encode(), origin="cube"))


def messages() -> Iterator[Path]:
    assert CORPORA is not None
    for name in files_of("SDMX-ML"):
        path = CORPORA / name
        if path.stat().st_size <= MOST_BYTES and b"DataStructure " in path.read_bytes():
            yield path


@needs_corpora
def test_structures_of_the_corpora_come_back_as_they_were() -> None:
    tried = 0
    for path in messages():
        artefacts = lower_graph(read(path).graph, resolved=True)
        if not structures(artefacts):
            continue
        back = there_and_back(artefacts, "json" if tried % 2 else "xml")
        assert structures(back) == structures(artefacts), path
        assert lists(back) == lists(artefacts), path
        tried += 1
    assert tried == 34


def schema() -> etree.XMLSchema:
    assert CORPORA is not None
    return etree.XMLSchema(etree.parse(CORPORA / "schemas" / "ddi-cdi-1.0" / "ddi-cdi.xsd"))


@needs_corpora
def test_what_is_written_of_structures_is_valid_by_the_official_schema() -> None:
    official, tried = schema(), 0
    for path in messages():
        builder = CdiBuilder()
        add_sdmx(builder, lower_graph(read(path).graph), Account("ddi-cdi"))
        document = etree.fromstring(xml_text(builder.done()).encode())
        assert official.validate(document), (path, official.error_log)
        tried += 1
    assert tried == 40


@pytest.mark.parametrize("syntax", ["json", "xml"])
def test_a_structure_comes_back_as_it_was(syntax: str) -> None:
    artefacts = lower_graph(read(SMALL).graph)

    back = there_and_back(artefacts, syntax)

    assert structures(artefacts)
    assert structures(back) == structures(artefacts)
    assert lists(back) == lists(artefacts)


@pytest.mark.parametrize(("suffix", "target"), [("jsonld", None), ("xml", "ddi-cdi-xml")])
def test_a_structure_written_as_ddi_cdi_keeps_to_every_rule(suffix: str, target: str | None, tmp_path: Path) -> None:
    file = tmp_path / f"labour.{suffix}"

    done = convert([SMALL], file, to=target)

    assert done.written["nodes"] > 20
    report = validate([file], options=Options(selection=selection_of(ignore=["DDI008"])))
    assert report.verdict is Verdict.PASS
    assert {item.rule for item in report.diagnostics} <= {"IO114"}
    assert sum(item.examined for item in report.checks if item.rule == "DDI048") == sum(
        item.examined for item in report.checks if item.rule == "DDI050"
    )


def test_the_same_structure_gives_the_same_bytes() -> None:
    first, second = BytesIO(), BytesIO()

    convert([SMALL], first, to="ddi-cdi-json-ld")
    convert([SMALL], second, to="ddi-cdi-json-ld")

    assert first.getvalue() == second.getvalue() != b""


def test_a_cube_of_ddi_cdi_becomes_a_structure_message(tmp_path: Path) -> None:
    file = tmp_path / "cube.jsonld"
    convert([SMALL], file)
    message = tmp_path / "back.xml"

    done = convert([file], message, to="sdmx-ml-2.1-structure", header=HEADER)

    assert not done.refused
    assert structures(lower_graph(read(message).graph)) == structures(lower_graph(read(SMALL).graph))


def test_a_cube_that_never_was_sdmx_becomes_a_structure_too(tmp_path: Path) -> None:
    cube = Path(__file__).parents[1] / "rules" / "DDI053-structure-without-components" / "ok.ttl"
    message = tmp_path / "cube.xml"

    convert([cube], message, to="sdmx-ml-3.0-structure", header=HEADER)

    (structure,) = [item for item in lower_graph(read(message).graph) if isinstance(item, DataStructure)]
    assert [item.facts.id for item in structure.dimensions] == ["SEX"]
    assert [item.facts.id for item in structure.measures] == ["PERSONS"]
    schemes = [item for item in lower_graph(read(message).graph) if isinstance(item, ItemScheme)]
    assert {item.head.name.cls: [one.path for one in item.items] for item in schemes} == {
        "Codelist": ["F", "M"],
        "ConceptScheme": ["SEX", "PERSONS"],
    }


def test_a_data_cube_is_the_same_with_the_structure_that_came_back(tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "examples" / "population"
    file, back = tmp_path / "cube.jsonld", tmp_path / "back.xml"
    convert([folder / "structure.xml"], file)
    convert([file], back, to="sdmx-ml-2.1-structure", header=HEADER)

    cubes = []
    for structure in (folder / "structure.xml", back):
        cube = BytesIO()
        done = convert([folder / "population.csv"], cube, to="rdf-cube-n-triples", structure=[structure])
        assert not done.refused
        named = [
            line for line in cube.getvalue().decode().splitlines() if "#label>" not in line and "Label>" not in line
        ]
        cubes.append(sorted(named))

    assert len(cubes[0]) > 1000
    assert [line for line in cubes[0] if "qb#" in line or "cube#" in line] == [
        line for line in cubes[1] if "qb#" in line or "cube#" in line
    ]


def test_code_lists_come_to_skos_by_way_of_ddi_cdi_as_they_were(tmp_path: Path) -> None:
    file, back = tmp_path / "labour.jsonld", tmp_path / "back.xml"
    convert([SMALL], file)
    convert([file], back, to="sdmx-ml-2.1-structure", header=HEADER)

    def items(source: Path) -> set[tuple[str, ...]]:
        graph = read(source).graph
        terms = (SKOS.notation, SKOS.prefLabel, SKOS.broader, SKOS.inScheme)
        return {(str(item), term.n3(), value.n3()) for term in terms for item, value in graph.subject_objects(term)}

    codes = {item for item in items(SMALL) if "/codelist.Code/" in item[0]}
    assert len(codes) > 20
    assert {item for item in items(back) if "/codelist.Code/" in item[0]} == codes
