"""The examples are what their tables make them, valid where a schema can say so, and faulty where they say so."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from corpora import CORPORA, needs_corpora
from lxml import etree

FOLDER = Path(__file__).parents[1] / "examples" / "population"
MADE = ("structure.xml", "structure-3.0.xml", "population.csv", "population-faulty.csv", "population.xml",
        "population-faulty.xml")  # fmt: skip


@pytest.fixture(scope="module")
def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("semstat_examples_population", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_files_are_what_the_tables_make_them(make, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(sys, "argv", ["make.py", "--into", str(tmp_path)])
    make.main()

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(MADE)
    for name in MADE:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), (
            f"run examples/population/make.py: {name}"
        )


def test_there_are_enough_observations_and_namibia_is_one_of_the_areas(make) -> None:
    rows = make.observations()
    assert len(rows) >= 200
    assert "NA" in {row["REF_AREA"] for row in rows}


@needs_corpora
@pytest.mark.parametrize(
    ("name", "schemas"), [("structure.xml", "sdmx-ml-2.1"), ("structure-3.0.xml", "sdmx-ml-3.0.1")]
)
def test_the_structures_pass_the_official_schema(name, schemas) -> None:
    assert CORPORA is not None
    schema = etree.XMLSchema(etree.parse(CORPORA / "schemas" / schemas / "SDMXMessage.xsd"))
    schema.assertValid(etree.parse(FOLDER / name))


def rules_found(name: str, structure: str = "structure.xml", *, severity: str = "error") -> list[str]:
    from semstat.interop import validate

    report = validate([FOLDER / name], structure=[FOLDER / structure], max_findings=0)
    return sorted(item.rule for item in report.diagnostics if item.severity.value == severity)


@pytest.mark.parametrize("structure", ["structure.xml", "structure-3.0.xml"])
@pytest.mark.parametrize("name", ["population.csv", "population.xml"])
def test_the_clean_files_pass(name, structure) -> None:
    from semstat.interop import validate

    report = validate([FOLDER / name], structure=[FOLDER / structure])
    assert report.verdict.value == "pass"
    assert report.diagnostics == ()
    assert report.datasets[0].observations == 336


def test_the_mistakes_break_the_rules_that_the_readme_names() -> None:
    named = {line.split()[1] for line in (FOLDER.parent / "README.md").read_text("utf-8").splitlines()
             if line.startswith("| DF")}  # fmt: skip
    assert len(named) == 10
    assert set(rules_found("population-faulty.csv")) == named
    assert set(rules_found("population-faulty.xml")) == named | {"DF001"}


def test_the_holes_that_the_mistakes_leave_are_remarked_on() -> None:
    assert rules_found("population-faulty.csv", severity="warning") == ["DF020"] * 3
    assert rules_found("population-faulty.csv", severity="info") == ["DF022"]


def test_each_mistake_is_found_once() -> None:
    found = rules_found("population-faulty.csv")
    assert len(found) == len(set(found)), found


HOUSEHOLDS = FOLDER.parent / "households"


def test_the_households_are_what_their_script_makes_them(tmp_path) -> None:
    spec = importlib.util.spec_from_file_location("semstat_examples_households", HOUSEHOLDS / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "codebook.xml",
        "households-faulty.csv",
        "households.csv",
    ]
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (HOUSEHOLDS / path.name).read_bytes(), (
            f"run examples/households/make.py: {path.name}"
        )


@needs_corpora
def test_the_codebook_is_valid() -> None:
    assert CORPORA is not None
    schema = etree.XMLSchema(etree.parse(CORPORA / "schemas/ddi-codebook-2.5/codebook.xsd"))
    assert schema.validate(etree.parse(HOUSEHOLDS / "codebook.xml")), schema.error_log
