"""``[catalogue]`` in ``semstat.toml``: what ``semstat load`` reads when it is not told, and who is told of changes."""

import shutil
import zipfile
from pathlib import Path

import pytest

from semstat.interop.catalogue import Catalogue
from semstat.interop.catalogue.settings import CatalogueSettings, matched_files
from semstat.interop.catalogue.stewards import stewards_of
from tests.command import EXAMPLES, semstat

TURTLE = "<urn:x-{0}> <urn:x-p> <urn:x-b> .\n"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files in folders, that is a catalogue with settings."""
    for name in ("a.ttl", "rdf/b.ttl", "rdf/deep/c.ttl", "rdf/drafts/d.ttl"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TURTLE.format(path.stem))
    shutil.copy(EXAMPLES / "structure.xml", tmp_path / "structure.xml")
    monkeypatch.chdir(tmp_path)
    semstat("init")
    return tmp_path


def settings(folder: Path, text: str) -> None:
    (folder / "semstat.toml").write_text(f"[catalogue]\n{text}\n", encoding="utf-8")


def names(folder: Path) -> list[str]:
    return [item.name for item in Catalogue(folder).sources()]


def test_init_writes_settings_that_list_nothing_and_leaves_others_alone(office: Path) -> None:
    text = (office / "semstat.toml").read_text(encoding="utf-8")
    assert "[catalogue]" in text
    refused = semstat("load")
    assert (refused.code, "list sources in semstat.toml" in refused.err) == (2, True)
    assert semstat("config", "show").code == 0
    settings(office, 'sources = ["a.ttl"]')
    semstat("init")
    assert semstat("load").out.splitlines()[-1] == "1 added"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('sources = ["a.ttl"]', ["a.ttl"]),
        ('sources = "rdf"', ["rdf/b.ttl", "rdf/deep/c.ttl", "rdf/drafts/d.ttl"]),
        ('sources = ["rdf/*.ttl"]', ["rdf/b.ttl"]),
        ('sources = ["**/*.ttl"]\nexclude = ["rdf/drafts"]', ["a.ttl", "rdf/b.ttl", "rdf/deep/c.ttl"]),
        ('sources = ["."]\nexclude = ["rdf/*", "structure.xml"]', ["a.ttl"]),
        ('sources = ["rdf/"]\nbindings = ["./a.ttl"]\nexclude = ["**/drafts", "**/deep"]', ["a.ttl", "rdf/b.ttl"]),
    ],
)
def test_files_folders_and_patterns_are_listed_and_left_out(office: Path, text: str, expected: list[str]) -> None:
    settings(office, text)
    assert semstat("load").code == 0
    assert names(office) == expected
    assert semstat("load").out == f"{len(expected)} unchanged\n"


def test_what_is_gone_or_left_out_goes_and_what_was_loaded_by_name_stays(office: Path) -> None:
    settings(office, 'sources = ["rdf"]')
    semstat("load")
    semstat("load", "structure.xml")
    (office / "rdf" / "b.ttl").unlink()
    assert semstat("load").out == "removed   rdf/b.ttl\n1 removed, 3 unchanged\n"
    settings(office, 'sources = ["rdf"]\nexclude = ["rdf/drafts"]')
    assert semstat("load").out == "removed   rdf/drafts/d.ttl\n1 removed, 2 unchanged\n"
    assert names(office) == ["rdf/deep/c.ttl", "structure.xml"]
    assert semstat("load", "--anew").out.splitlines()[-1] == "2 added"


def test_what_lies_deeper_than_a_pattern_is_not_of_it(office: Path) -> None:
    settings(office, 'sources = ["rdf/*.ttl"]')
    semstat("load", "rdf/deep/c.ttl")
    assert semstat("load").out == "added     rdf/b.ttl  turtle, 1 statements\n1 added, 1 unchanged\n"
    settings(office, 'sources = ["rdf"]\nexclude = ["rdf/*.ttl"]')
    semstat("load")
    assert names(office) == ["rdf/deep/c.ttl", "rdf/drafts/d.ttl"]


def test_an_archive_that_is_left_out_goes_with_all_that_was_in_it(office: Path) -> None:
    with zipfile.ZipFile(office / "rdf" / "e.zip", "w") as archive:
        archive.write(office / "a.ttl", "a.ttl")
    settings(office, 'sources = ["a.ttl", "rdf/*.zip"]')
    semstat("load")
    settings(office, 'sources = ["a.ttl"]\nexclude = ["rdf/*.zip"]')
    assert semstat("load").out == "removed   rdf/e.zip!a.ttl\n1 removed, 1 unchanged\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('source = ["a"]', "catalogue has no setting 'source', did you mean sources?"),
        ("sources = 3", "catalogue.sources takes a list of paths, not 3"),
        ('sources = ["/etc"]', "takes paths as seen from the folder of the file, not '/etc'"),
        ('stewards = ["a"]', "catalogue.stewards takes the IRI of a steward for each agency"),
        ('stewards = { A = "somebody" }', "catalogue.stewards takes the IRI of a steward for each agency"),
    ],
)
def test_a_mistake_ends_the_run_with_what_was_probably_meant(office: Path, text: str, said: str) -> None:
    settings(office, text)
    for command in (("load",), ("rules",)):
        refused = semstat(*command)
        assert (refused.code, "semstat.toml" in refused.err, said in refused.err) == (2, True, True), refused.err


def test_what_matches_nothing_is_said(office: Path) -> None:
    settings(office, 'sources = ["a.ttl", "dta/*.csv"]')
    outcome = semstat("load")
    assert (outcome.code, outcome.out.splitlines()[-1]) == (0, "1 added")
    assert "lists 'dta/*.csv', which matches no file" in outcome.err


def test_stewards_stand_for_the_agencies_whose_artefacts_they_look_after(office: Path) -> None:
    settings(
        office, 'sources = ["structure.xml"]\n[catalogue.stewards]\n# a comment\nSEMSTAT = "https://example.org/unit"'
    )
    assert semstat("load").out.splitlines()[-1] == "2 added"
    assert names(office) == ["semstat.toml", "structure.xml"]
    with Catalogue(office).snapshot() as now:
        areas = "https://w3id.org/semstat/sdmx/codelist.Codelist/SEMSTAT/CL_AREA/1.0"
        assert stewards_of(now.store, [areas]) == (("https://example.org/unit", 1),)
    assert semstat("catalogue", "verify", "--deep").out == "2 of 2 sources are whole\n"


def test_the_settings_of_another_folder_list_nothing_here(office: Path, tmp_path: Path) -> None:
    assert matched_files(CatalogueSettings(sources=("no-such",)), tmp_path) == ((), ("no-such",))
