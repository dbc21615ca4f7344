"""What changed between two versions: every fact, with the class of change that it suggests."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as some
from rdflib import Graph

from semstat.interop import read
from semstat.interop.diffing import CLASSES, changes, suggested
from tests.command import semstat
from tests.corpora import CORPORA, files_of, needs_corpora

STRUCTURE = Path(__file__).resolve().parents[2] / "examples" / "population" / "structure.xml"
TEXT = STRUCTURE.read_text(encoding="utf-8")


def differing(tmp_path: Path, *replacements: tuple[str, str]) -> list[tuple[str, str, str, str]]:
    """Return the changes from the example to the example with replacements: what, kind, field, class."""
    text = TEXT
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    path = tmp_path / "after.xml"
    path.write_text(text, encoding="utf-8")
    found = changes(read(STRUCTURE).graph, read(path).graph)
    return [(item.thing.removeprefix("SEMSTAT:"), item.kind, item.field, item.suggests) for item in found]


def code(identifier: str) -> str:
    start = TEXT.index(f'<str:Code id="{identifier}"')
    return TEXT[start : TEXT.index("</str:Code>", start) + len("</str:Code>")]


def test_the_same_file_has_not_changed_nor_has_a_new_version_of_a_list_that_says_the_same(tmp_path: Path) -> None:
    assert differing(tmp_path) == []
    assert differing(tmp_path, ('id="CL_AREA" version="1.0"', 'id="CL_AREA" version="2.0"')) == [
        ("DSD_POPULATION.REF_AREA Dimension", "version", "enumeration", "minor")
    ]


def test_facts_and_the_class_of_change_that_they_suggest(tmp_path: Path) -> None:
    assert differing(tmp_path, (">Namibia<", ">Republic of Namibia<")) == [
        ("CL_AREA.NA Code", "label", "prefLabel", "patch")
    ]
    assert differing(tmp_path, ('maxLength="350"', 'maxLength="300"')) == [
        ("DSD_POPULATION.COMMENT_OBS DataAttribute", "representation", "maxLength", "major")
    ]
    assert differing(tmp_path, (code("NA"), "")) == [("CL_AREA.NA Code", "removed", "", "major")]
    assert differing(tmp_path, (code("NA"), code("NA") + code("NA").replace('"NA"', '"NN"'))) == [
        ("CL_AREA.NN Code", "added", "", "minor")
    ]
    moved = code("NA").replace('id="002"', 'id="150"')
    assert differing(tmp_path, (code("NA"), moved)) == [("CL_AREA.NA Code", "moved", "broader", "major")]
    assert differing(tmp_path, ('assignmentStatus="Mandatory"', 'assignmentStatus="Conditional"'))[0][1:] == (
        "optional", "usage", "minor"
    )  # fmt: skip


def test_a_new_component_that_data_must_give_is_major(tmp_path: Path) -> None:
    found = changes(Graph(), read(STRUCTURE).graph)
    must = {item.thing: item.suggests for item in found if item.kind == "added" and "DSD_POPULATION." in item.thing}
    assert must["SEMSTAT:DSD_POPULATION.REF_AREA Dimension"] == "major"
    assert must["SEMSTAT:DSD_POPULATION.COMMENT_OBS DataAttribute"] == "minor"
    assert suggested(found) == "major"
    assert suggested([]) == "none"
    assert tmp_path.is_dir()


def test_versions_of_the_standard_are_no_change() -> None:
    other = STRUCTURE.with_name("structure-3.0.xml")
    assert [item.kind for item in changes(read(STRUCTURE).graph, read(other).graph)] == []


@given(some.permutations(["A", "B", "C"]), some.permutations(["A", "B", "D"]))
def test_what_comes_one_way_goes_the_other(one: list[str], other: list[str]) -> None:
    def graph(codes: list[str]) -> Graph:
        list_ = "https://w3id.org/semstat/sdmx/codelist.Code/X/CL/1.0/"
        lines = [f"<{list_}{item}> a <urn:x-code> ; <urn:x-said> '{item}' ." for item in codes]
        return Graph().parse(data="\n".join(lines), format="turtle")

    forth, back = changes(graph(one), graph(other)), changes(graph(other), graph(one))
    mirrored = {"added": "removed", "removed": "added"}
    assert [(item.thing, mirrored[item.kind]) for item in forth] == [(item.thing, item.kind) for item in back]
    assert {item.thing: item.kind for item in forth} == {"X:CL.C Code": "removed", "X:CL.D Code": "added"}


def test_on_the_command_line(tmp_path: Path) -> None:
    assert (same := semstat("diff", STRUCTURE, STRUCTURE)).code == 0
    assert same.out == "nothing changed\n"
    after = tmp_path / "after.xml"
    after.write_text(TEXT.replace(">Namibia<", ">Republic of Namibia<"), encoding="utf-8")
    changed = semstat("diff", STRUCTURE, after)
    assert changed.code == 1
    assert "~ patch  SEMSTAT:CL_AREA.NA Code  prefLabel: Namibia (en)" in changed.out
    assert changed.out.endswith("1 changes; suggested: patch\n")
    after.write_text(TEXT[:3000], encoding="utf-8")
    assert semstat("diff", STRUCTURE, after).code == 3
    assert semstat("diff", STRUCTURE, tmp_path / "none.xml").code == 3


@needs_corpora
def test_no_file_differs_from_itself() -> None:
    assert CORPORA is not None
    paths = [CORPORA / name for name in files_of("SDMX-ML")[::9] if (CORPORA / name).stat().st_size < 200_000]
    for path in paths:
        graph = read(path).graph
        found = changes(Graph(), graph)
        assert changes(graph, graph) == ()
        assert all(item.suggests in CLASSES for item in found)
    print(f"{len(paths)} files")
    assert len(paths) > 15
