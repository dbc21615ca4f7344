"""The core questions over a catalogue that is loaded from files: each has its answer, and a change of one file changes it.

``examples/office/answers.json`` holds the expected rows; ``pytest tests/interop/test_office.py --update`` writes it.
"""

import importlib.util
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

from semstat.interop.asking import ask_all, graphs_in
from semstat.interop.catalogue import Catalogue, verify
from semstat.interop.catalogue.constants import constants_in
from semstat.interop.catalogue.names import Naming
from semstat.ontology.questions import Question, put_to, questions
from tests.command import semstat
from tests.corpora import CORPORA, needs_corpora
from tests.interop.office_mutations import MUTATIONS

OFFICE = Path(__file__).resolve().parents[2] / "examples" / "office"
ASKED = {item.id: item for item in questions("core") if not item.id.startswith("P")}
Rows = tuple[tuple[str | None, ...], ...]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The example, loaded into a catalogue once."""
    home = tmp_path_factory.mktemp("offices") / "office"
    shutil.copytree(OFFICE, home)
    catalogue = Catalogue.create(home)
    catalogue.load([home])
    return catalogue


@pytest.fixture(scope="module")
def here(office: Catalogue) -> Mapping[str, str]:
    """What the constants of the questions stand for in the example."""
    with office.snapshot() as now:
        return constants_in(OFFICE / "constants.csv", Naming(now.store))


@pytest.fixture(scope="module")
def answers(office: Catalogue, here: Mapping[str, str]) -> dict[str, Rows]:
    """The rows of all questions, before anything is changed."""
    return asked(office, here, *ASKED)


def asked(office: Catalogue, here: Mapping[str, str], *ids: str) -> dict[str, Rows]:
    with office.snapshot() as now:
        put: list[Question] = [put_to(ASKED[name], here) for name in ids]
        found = list(ask_all(graphs_in(now), put))
    assert all(item.state != "not checked" for item in found), [item.reason for item in found if item.reason]
    return {item.question.id: item.rows for item in found}


def test_all_questions_have_the_expected_answers(answers: dict[str, Rows], update: bool) -> None:
    assert len(answers) == 51
    path = OFFICE / "answers.json"
    if update:
        said = {name: [list(row) for row in rows] for name, rows in answers.items()}
        lines = ",\n".join(f" {json.dumps(name)}: [{_lines(rows)}]" for name, rows in said.items())
        path.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    expected = json.loads(path.read_text(encoding="utf-8"))
    assert {name: [list(row) for row in rows] for name, rows in answers.items()} == expected
    assert {name for name, rows in answers.items() if not rows} == {"D6", "F5"}, "health checks"


def _lines(rows: list[list[str | None]]) -> str:
    return "".join(f"\n  {json.dumps(row, ensure_ascii=False)}," for row in rows).rstrip(",")


def test_the_picture_in_the_documentation_is_what_is_drawn(office: Catalogue, update: bool) -> None:
    chosen = ("--depth", 3, "--kinds", "representation,structure", "--format", "svg", "--catalogue", office.folder)
    drawn = semstat("lineage", "NSO:CL_REGION(2.0.0)", *chosen)
    path = OFFICE.parents[1] / "docs" / "images" / "lineage.svg"
    if update:
        path.write_text(drawn.out, encoding="utf-8")
    assert drawn.code == 0
    assert drawn.out == path.read_text(encoding="utf-8")


def test_every_question_has_a_mutation_of_a_file() -> None:
    assert set(MUTATIONS) == set(ASKED)
    assert {file for file, _, _ in MUTATIONS.values()} >= {
        "structures.xml", "data/emissions.xml", "study/census.xml", "study/variables.xml", "bindings.csv",
        "mappings/regions.sssom.tsv", "runs/aggregate-2024.json", "governance/register.ttl",
    }  # fmt: skip


@pytest.fixture
def changed(office: Catalogue) -> Catalogue:
    """The catalogue, whose files are again as they were before the test changed one."""
    for path in sorted(OFFICE.rglob("*")):
        target = office.folder / path.relative_to(OFFICE)
        if path.is_file() and target.read_bytes() != path.read_bytes():
            target.write_bytes(path.read_bytes())
    return office


@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_a_change_of_a_file_changes_the_answer(
    name: str, changed: Catalogue, here: Mapping[str, str], answers: dict[str, Rows]
) -> None:
    file, before, after = MUTATIONS[name]
    path = changed.folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{before!r} stands in {file} {text.count(before)} times"
    path.write_text(text.replace(before, after), encoding="utf-8")
    states = {item.name: item.state for item in changed.load([changed.folder])}
    assert states[file] == "replaced"
    assert asked(changed, here, name)[name] != answers[name]


BY_COMMAND = ("A2", "A7", "B4", "B9", "C3", "C5", "C8", "E3", "E6", "F3", "F8")


@pytest.mark.parametrize("name", BY_COMMAND)
def test_the_commands_show_the_change(name: str, tmp_path: Path) -> None:
    home = tmp_path / "office"
    shutil.copytree(OFFICE, home)
    semstat("init", home)
    assert semstat("load", "--catalogue", home, home).code == 0
    command = ("cq", "run", "--catalogue", home, "--constants", home / "constants.csv", "--question", name)
    before = semstat(*command).out
    assert "not checked" not in before
    file, old, new = MUTATIONS[name]
    path = home / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    semstat("load", "--catalogue", home, home)
    assert semstat(*command).out != before


def test_all_of_it_is_whole_and_read_without_a_fault(office: Catalogue) -> None:
    assert {item.state for item in verify(office, deep=True)} == {"whole"}
    assert sum(item.errors for item in office.sources()) == 0


def test_the_files_are_what_their_script_makes_them(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("semstat_examples_office", OFFICE / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path)
    made = [path.relative_to(tmp_path) for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    assert len(made) == 7
    for name in made:
        assert (OFFICE / name).read_bytes() == (tmp_path / name).read_bytes(), f"run examples/office/make.py: {name}"


@needs_corpora
@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("structures.xml", "sdmx-ml-3.0.1/SDMXMessage.xsd"),
        ("study/census.xml", "ddi-codebook-2.5/codebook.xsd"),
        ("study/variables.xml", "ddi-lifecycle-3.3/instance.xsd"),
    ],
)
def test_the_files_pass_the_official_schemas(name: str, schema: str) -> None:
    assert CORPORA is not None
    file = CORPORA / "schemas" / schema
    if not file.exists():
        pytest.skip(f"{schema} is not among the corpora")
    judge = etree.XMLSchema(etree.parse(file))
    judge.assertValid(etree.parse(OFFICE / name))
