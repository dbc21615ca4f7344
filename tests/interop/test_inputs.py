"""What a folder that holds everything stands for: data, structures beside them, and what is broken."""

from pathlib import Path

import pytest
from small_dataset import CSV, ML, structure

from semstat.interop import validate
from semstat.interop.inputs import structure_inputs
from semstat.interop.sources import Limits, Source
from semstat.validators.diagnostics import Diagnostic, Verdict

STRUCTURE = "structure.xml"
BROKEN = {
    "empty.csv": b"",
    "cut.xml": ML[: len(ML) // 2],
    "cut.json": b'{"meta": {"schema": "https://json.sdmx.org/2.0.0/sdmx-json-data-schema.json"}, "data": {"dataSets": [',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a structure, data in two formats, and a text that is neither."""
    (tmp_path / STRUCTURE).write_bytes(structure())
    (tmp_path / "data.csv").write_bytes(CSV)
    (tmp_path / "data.xml").write_bytes(ML)
    (tmp_path / "README.md").write_text("About these data, and so on")
    return tmp_path


def _names(folder: Path) -> list[str]:
    found = structure_inputs([folder], Limits())
    return [Path(item.name if isinstance(item, Source) else item.location.source or "").name for item in found]


def test_data_beside_structures_are_passed_over(folder: Path) -> None:
    assert _names(folder) == [STRUCTURE]


def test_a_file_that_is_no_structure_is_kept_where_nothing_else_is_one(tmp_path: Path) -> None:
    """So that what was named as a structure and is none is said, not passed over."""
    (tmp_path / "data.csv").write_bytes(CSV)
    assert _names(tmp_path) == ["data.csv"]


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_never_passed_over(folder: Path, name: str) -> None:
    (folder / name).write_bytes(BROKEN[name])
    report = validate([folder])
    assert report.verdict is not Verdict.PASS
    assert [item.location.source for item in report.diagnostics if item.rule.startswith("IO1")] == [str(folder / name)]


def test_the_folder_itself_passes(folder: Path) -> None:
    report = validate([folder])
    assert [(item.rule, item.message) for item in report.diagnostics if item.severity.name == "ERROR"] == []


def test_a_structure_is_read_once_when_it_is_named_twice(folder: Path) -> None:
    beside: list[Source | Diagnostic] = list(structure_inputs([folder / STRUCTURE], Limits()))
    assert list(structure_inputs([folder], Limits(), beside=beside)) == []
