"""What is unbound is listed with suggestions that name their signals, and nothing is bound by a suggestion."""

import json
import shutil
from pathlib import Path

import pytest

from semstat.interop.catalogue import Catalogue
from semstat.interop.catalogue.names import Naming
from semstat.interop.catalogue.refusals import rejected_pairs
from semstat.interop.catalogue.suggesting import KINDS, Standing, standings
from semstat.interop.formats.bindings import read_bindings
from tests.command import semstat

OFFICE = Path(__file__).resolve().parents[2] / "examples" / "office"
HEAD = """@prefix ss: <https://w3id.org/semstat/core#> .
@prefix ssd: <https://w3id.org/semstat/study#> .
@prefix ssg: <https://w3id.org/semstat/governance#> .
@prefix ssi: <https://w3id.org/semstat/information#> .
@prefix ssl: <https://w3id.org/semstat/lineage#> .
@prefix sst: <https://w3id.org/semstat/structure#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://example.org/x/> .
"""


def standing(tmp_path: Path, text: str, kind: str) -> tuple[Standing, Naming]:
    (tmp_path / "a.ttl").write_text(HEAD + text, encoding="utf-8")
    catalogue = Catalogue.create(tmp_path)
    catalogue.load([tmp_path / "a.ttl"])
    with catalogue.snapshot() as now:
        (found,) = standings(now, kinds=[kind])
        return found, Naming(now.store)


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        (':v skos:prefLabel "Résidence"@fr . :r skos:prefLabel "residence"@fr .', "same label (fr)"),
        (':v skos:prefLabel "Place of usual residence"@en . :r skos:prefLabel "Usual residence"@en .', "label similarity 0.70"),
        (':v ss:identifier "REF_AREA" . :r ss:identifier "ref area" .', "same id"),
        (":v skos:exactMatch :r .", "same URN"),
        (":v ssl:valueDomain :l . :r ssl:valueDomain :l . :l1 skos:inScheme :l ; skos:notation '1' .", "same code list"),
        (
            ":v ssl:valueDomain :l . :r ssl:valueDomain :m . "
            + "".join(f":{one}{n} skos:inScheme :{one} ; skos:notation '{n}' . " for one in "lm" for n in "123456789")
            + ":m0 skos:inScheme :m ; skos:notation '0' .",
            "code overlap 0.90",
        ),
        (
            ":u ssl:onVariable :v ; ssl:code :l1 . :w ssl:onVariable :v ; ssl:code :l2 . :r ssl:valueDomain :l . "
            ":l1 skos:inScheme :l ; skos:notation '1' . :l2 skos:inScheme :l ; skos:notation '2' .",
            "all 2 values used are codes",
        ),
        (
            ':v ss:identifier "POP" ; skos:definition "persons who live at a place"@en . '
            ':r ss:identifier "pop" ; skos:definition "persons that live at some place"@en .',
            "same definition words 0.50",
        ),
    ],
)  # fmt: skip
def test_each_signal_fires_alone_or_is_named(tmp_path: Path, text: str, signal: str) -> None:
    found, _ = standing(tmp_path, f":v a ssi:InstanceVariable . :r a ssi:RepresentedVariable .\n{text}", "variable")
    candidates = dict(found.unbound).get("https://example.org/x/v", ())
    assert [item.iri for item in candidates] == ["https://example.org/x/r"], found
    assert signal in candidates[0].signals
    assert 0.3 <= candidates[0].score < 1


def test_a_mark_that_too_many_bear_suggests_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = ":v a ssi:InstanceVariable ; ss:identifier 'a' ." + "".join(
        f":r{number} a ssi:RepresentedVariable ; ss:identifier 'a' ." for number in range(3)
    )
    found, _ = standing(tmp_path, text, "variable")
    assert len(dict(found.unbound)["https://example.org/x/v"]) == 3
    monkeypatch.setattr("semstat.interop.catalogue.suggesting._MOST_ALIKE", 2)
    with Catalogue(tmp_path).snapshot() as now:
        assert standings(now, kinds=["variable"]) == (Standing("variable", 0, (("https://example.org/x/v", ()),)),)


def test_components_that_share_their_concept_with_a_variable_are_suggested(tmp_path: Path) -> None:
    text = """:v a sst:Component, sst:Dimension ; ssl:usesConcept :c . :r a ssi:RepresentedVariable ; ssl:conceptualVariable :cv .
    :cv ssl:usesConcept :c . :s a ssi:RepresentedVariable ; ssl:conceptualVariable :cw . :cw ssl:usesConcept :d .
    :d skos:exactMatch :c ."""
    found, _ = standing(tmp_path, text, "component")
    (candidates,) = (item for _, item in found.unbound)
    assert [(item.iri[-1], item.signals) for item in candidates] == [
        ("r", ("same concept",)), ("s", ("concept with the same URN",)),
    ]  # fmt: skip


def test_what_is_over_and_what_a_reader_concluded_is_not_suggested(tmp_path: Path) -> None:
    ladder = "<https://w3id.org/semstat/vocabulary/status-ladder/superseded>"
    text = f""":v a ssi:InstanceVariable ; ss:identifier "a" ; ssl:representedVariable :q .
    :r a ssi:RepresentedVariable ; ss:identifier "a" ; ssg:status {ladder} .
    :q a ssi:RepresentedVariable ; ss:identifier "a" ; ssd:isInferred true ."""
    found, _ = standing(tmp_path, text, "variable")
    assert found == Standing("variable", 0, (("https://example.org/x/v", ()),))


def test_without_shared_variables_concepts_are_suggested(tmp_path: Path) -> None:
    text = ':v a ssi:InstanceVariable ; skos:prefLabel "Sex"@en . :c a sst:Concept ; skos:prefLabel "sex"@en .'
    found, _ = standing(tmp_path, text, "variable")
    assert [(item.iri[-1], item.relation) for _, items in found.unbound for item in items] == [("c", "usesConcept")]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The example office without its table of bindings."""
    home = tmp_path / "office"
    shutil.copytree(OFFICE, home)
    (home / "bindings.csv").unlink()
    semstat("init", home)
    semstat("load", "--catalogue", home, home)
    return home


def test_suggestions_become_bindings_when_they_are_accepted_and_go_when_they_are_rejected(office: Path) -> None:
    table = office / "bindings.csv"
    command = ("catalogue", "bindings", "--catalogue", office, "--kind", "component")
    out = semstat(*command, "--write", table).out
    rows = read_bindings(table.read_bytes(), origin="b").rows
    assert {row.status for row in rows} == {"suggested"}
    assert f"{len(rows)} suggestions written" in out
    assert out.startswith("component: 0 bound, 12 not\n")
    semstat("load", "--catalogue", office, table)
    assert semstat(*command).out.startswith("component: 0 bound, 12 not\n"), "nothing is bound by a suggestion"

    text = table.read_text(encoding="utf-8").splitlines(keepends=True)
    accepted = [line.replace("suggested", "accepted") if "PEOPLE," in line else line for line in text]
    decided = [
        line.replace("suggested", "rejected") if ".REG,org.example.office:rv-region-2" in line else line
        for line in accepted
    ]
    table.write_text("".join(decided), encoding="utf-8")
    assert semstat("load", "--catalogue", office, table).code == 0
    after = semstat(*command).out
    assert after.startswith("component: 1 bound, 11 not\n")
    assert "rv-region-2" not in after.partition(".REG\n")[2].partition(".AREA\n")[0]
    with Catalogue(office).snapshot() as now:
        assert len(rejected_pairs(Catalogue(office), now)) == 1


def test_the_list_is_the_same_each_time_and_in_every_form(office: Path) -> None:
    command = ("catalogue", "bindings", "--catalogue", office)
    as_json = semstat(*command, "--format", "json").out
    assert semstat(*command, "--format", "json").out == as_json
    found = json.loads(as_json)["kinds"]
    assert [item["kind"] for item in found] == [kind.name for kind in KINDS]
    number = sum(len(one["candidates"]) for item in found for one in item["unbound"])
    assert len(read_bindings(semstat(*command, "--format", "csv").out.encode(), origin="b").rows) == number
    assert semstat(*command, "--kind", "componnt").code == 2
