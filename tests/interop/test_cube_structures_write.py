"""Structures written as those of data cubes, and read again: what differs is in the account, and nothing else differs."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from command import semstat
from corpora import CORPORA, files_of, needs_corpora
from rdflib import Graph, URIRef

from semstat.interop import Header, Options, convert, read, validate
from semstat.interop.document import Document
from semstat.interop.formats.cube_losses import lose_of_cubes
from semstat.interop.formats.cube_structures import cube_artefacts
from semstat.interop.formats.sdmx.account import Account
from semstat.interop.formats.sdmx.lower_message import lower_graph
from semstat.interop.formats.sdmx.model import Dataflow, ItemScheme, Message
from semstat.interop.formats.sdmx.structure import lift_messages
from semstat.interop.formats.write_cube_structure import structure_triples
from semstat.ontology.access import iris
from semstat.ontology.iri import SdmxName, known_name
from semstat.ontology.terms import QB, RDF, SST
from semstat.validators.diagnostics import Verdict
from semstat.validators.selection import selection_of
from semstat.validators.structural.view import MissingStructure, StructureView, structure_view

ROOT = Path(__file__).parents[2]
LABOUR = ROOT / "tests" / "rules" / "structures" / "labour.xml"
OURS = [
    *sorted((ROOT / "examples").rglob("struct*.xml")),
    *sorted((ROOT / "tests" / "rules" / "structures").glob("*.xml")),
]
RULE_FIXTURES = ROOT / "tests" / "rules"
MOST_BYTES = 100_000
HEADER = Header(prepared="2024-01-31")
RULES = {"values": "IO205", "attachment": "IO206", "measures": "IO206", "roles": "IO207", "mandatory": "IO204"}


def view_of(graph: Graph, structure: URIRef) -> StructureView | None:
    try:
        return structure_view(graph, structure)
    except MissingStructure:
        return None


def meaning(graph: Graph) -> dict[str, dict[str, dict[str, object]]]:
    """What each component of each structure is, says and is attached to; groups are entries too."""
    found: dict[str, dict[str, dict[str, object]]] = {}
    for structure in iris(graph, None, RDF.type, SST.DataStructure):
        view = view_of(graph, structure)
        if view is None:
            continue
        found[str(structure)] = {
            item.id: {
                "place": (number, item.role, item.codelist, item.codes, *iris(graph, item.iri, SST.conceptIdentity)),
                "values": None
                if item.codes is not None and not item.facets
                else (item.text_type or "String", item.facets),
                "attachment": (item.level, view.attachments(item)),
                "measures": iris(graph, item.iri, SST.measureRelationship),
                "roles": iris(graph, item.iri, SST.conceptRole),
                "mandatory": item.mandatory,
            }
            for number, item in enumerate(view.components)
        } | {f"group {name}": {"place": dimensions} for name, dimensions in view.groups.items() if dimensions}
    return found


def concept_of(facts: dict[str, object]) -> tuple[str, str | None]:
    place = facts["place"]
    assert isinstance(place, tuple)
    name = known_name(place[-1])
    return str(SdmxName(name.package, "ConceptScheme", name.agency, name.id, name.version).iri), name.item


def back(graph: Graph) -> Graph:
    """The hub graph of the cubes that a hub graph is written as."""
    cube = Graph()
    for triple in structure_triples(graph):
        cube.add(triple)
    return lift_messages([Message("cube", "rdf-cube", cube_artefacts(cube))]).graph


def schemes(graph: Graph) -> dict[object, object]:
    return {
        item.head.name: (
            item.head.facts.names,
            item.head.facts.descriptions,
            [(one.path, one.cls, one.parent, one.facts.names, one.facts.descriptions) for one in item.items],
        )
        for item in lower_graph(graph, resolved=True)
        if isinstance(item, ItemScheme)
    }


def unaccounted(document: Document) -> tuple[int, list[object]]:
    """Return how many components were compared, and what came back otherwise and is in no account."""
    graph, account = document.graph, Account("cube")
    lose_of_cubes(lower_graph(graph), account)
    lost = {(item.rule, item.location.focus, item.location.path) for item in account.losses}
    again = back(graph)
    before, after = meaning(graph), meaning(again)
    wrong: list[object] = []
    for structure, components in before.items():
        if list(after.get(structure, ())) != list(components):
            wrong.append((structure, list(components), list(after.get(structure, ()))))
            continue
        for name, facts in components.items():
            other = after[structure][name]
            differs = [field for field in facts if facts[field] != other[field]]
            wrong += [
                (structure, name, field, facts[field], other[field])
                for field in differs
                if (RULES.get(field), structure, name) not in lost
                # A concept proposes values for the components that state none.
                and (field != "values" or ("IO205", *concept_of(facts)) not in lost)
            ]
    lists = schemes(again)
    for name, said in schemes(graph).items():
        if lists.get(name) != said and ("IO201", str(name.iri), None) not in lost:  # type: ignore[attr-defined]
            wrong.append((name, said, lists.get(name)))
    flows = {item.head.name: item for item in lower_graph(again) if isinstance(item, Dataflow)}
    for item in lower_graph(graph, resolved=True):
        if isinstance(item, Dataflow) and not item.head.is_stub and item.structure is not None:
            assert flows[item.head.name].structure == item.structure
    return sum(map(len, before.values())), wrong


def messages() -> Iterator[Path]:
    assert CORPORA is not None
    for name in (*files_of("SDMX-ML"), *files_of("SDMX-JSON")):
        path = CORPORA / name
        if path.stat().st_size <= MOST_BYTES:
            data = path.read_bytes()
            if b"DataStructure " in data or b"KeyFamily " in data or b'"dataStructures"' in data:
                yield path


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_structures_come_back_as_they_were(path: Path) -> None:
    compared, wrong = unaccounted(read(path))
    assert not wrong
    assert compared or b"DataStructure " not in path.read_bytes()


@needs_corpora
def test_structures_of_the_corpora_come_back_as_they_were_or_are_accounted_for() -> None:
    tried = components = 0
    for path in messages():
        compared, wrong = unaccounted(read(path))
        assert not wrong, (path, wrong[:2])
        tried += bool(compared)
        components += compared
    print(f"{tried} files, {components} components and groups")
    assert (tried, components) == (43, 531)


def test_a_difference_that_no_account_has_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RULES, "values", "IO299")
    assert unaccounted(read(ROOT / "examples" / "population" / "structure.xml"))[1]


@pytest.mark.parametrize(("suffix", "target"), [("ttl", "rdf-cube-structure-turtle"), ("nt", None)])
def test_the_integrity_constraints_of_cubes_hold_of_what_is_written(
    suffix: str, target: str | None, tmp_path: Path
) -> None:
    file = tmp_path / f"labour.{suffix}"
    done = convert([LABOUR], file, to=target)
    assert done.written == {"artefacts": 8}
    report = validate([file], options=Options(selection=selection_of(select=["QB"])))
    assert report.verdict is Verdict.PASS
    assert {"QB002", "QB003", "QB004", "QB007", "QB008"} <= {item.rule for item in report.checks if item.examined}


def test_what_a_cube_cannot_say_is_accounted_for() -> None:
    done = convert([LABOUR], BytesIO(), to="rdf-cube-structure-turtle")
    assert [(item.rule, item.location.path, item.value) for item in done.losses] == [
        ("IO205", "OBS_VALUE", "minValue=0 decimals=1"),
        ("IO205", "COMMENT_OBS", "maxLength=30"),
        ("IO205", "TITLE", "maxLength=60"),
        ("IO205", "SOURCE", "pattern=[A-Z][A-Za-z ]*"),
    ]


def test_the_same_structure_gives_the_same_bytes() -> None:
    for target in ("turtle", "n-triples"):
        first, second = BytesIO(), BytesIO()
        convert([LABOUR], first, to=f"rdf-cube-structure-{target}")
        convert([LABOUR], second, to=f"rdf-cube-structure-{target}")
        assert first.getvalue() == second.getvalue() != b""


def test_a_reference_to_an_artefact_elsewhere_is_no_artefact(tmp_path: Path) -> None:
    text = re.sub(
        "<str:DataStructureComponents>.*</str:DataStructureComponents>", "", LABOUR.read_text("utf-8"), flags=re.S
    )
    text = text.replace("<str:DataStructure id=", '<str:DataStructure isExternalReference="true" id=')
    (tmp_path / "stub.xml").write_text(text, "utf-8")
    stream = BytesIO()
    done = convert([tmp_path / "stub.xml"], stream, to="rdf-cube-structure-n-triples")
    assert ("IO201", "DataStructure") in {(item.rule, item.message.split()[0]) for item in done.losses}
    assert str(QB.DataStructureDefinition).encode() not in stream.getvalue()


def test_ddi_cdi_and_data_cubes_become_each_other_on_the_command_line(tmp_path: Path) -> None:
    first, cube, cdi = tmp_path / "first.jsonld", tmp_path / "cube.ttl", tmp_path / "back.jsonld"
    assert semstat("convert", LABOUR, "-o", first).code == 0
    done = semstat("convert", first, "-o", cube, "--to", "rdf-cube-structure-turtle")
    assert (done.code, "written as rdf-cube-structure-turtle; " in done.err) == (0, True)
    assert semstat("convert", cube, "-o", cdi).code == 0
    again = tmp_path / "again.ttl"
    assert semstat("convert", cdi, "-o", again, "--to", "rdf-cube-structure-turtle").code == 0
    assert meaning(read(cube).graph) == meaning(read(again).graph) != {}
    kept = {name: facts for name, facts in meaning(read(LABOUR).graph).items()}
    assert [list(parts) for parts in kept.values()] == [list(parts) for parts in meaning(read(again).graph).values()]


def test_a_cube_of_ddi_cdi_that_never_was_sdmx_becomes_a_data_cube(tmp_path: Path) -> None:
    convert([RULE_FIXTURES / "DDI053-structure-without-components" / "ok.ttl"], tmp_path / "c.nt")
    (components,) = meaning(read(tmp_path / "c.nt").graph).values()
    assert {name: facts["place"][1::2] for name, facts in components.items()} == {  # type: ignore[index]
        "SEX": ("dimension", ("F", "M")),
        "PERSONS": ("measure", None),
    }
