"""Validating through a catalogue keeps there what was found: the verdict, the findings by rule, the codes that are used."""

import shutil
from pathlib import Path

import pytest

from semstat.interop.catalogue import Catalogue
from tests.command import semstat

OFFICE = Path(__file__).resolve().parents[2] / "examples" / "office"
COUNTS = """SELECT ?severity ?number ?day { ?m a ssg:QualityMeasurement ; ssg:ofMeasure/rdfs:label ?severity ;
  ssg:measuredValue ?number . OPTIONAL { ?m ssg:measuredOn ?day } } ORDER BY ?severity"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue that holds the structures of the example, and none of its data."""
    shutil.copytree(OFFICE / "data", tmp_path / "data")
    shutil.copy(OFFICE / "structures.xml", tmp_path / "structures.xml")
    monkeypatch.chdir(tmp_path)
    semstat("init")
    semstat("load", "structures.xml")
    return tmp_path


def counts() -> list[list[str]]:
    lines = semstat("query", COUNTS, "--format", "csv").out.splitlines()[1:]
    return [line.split(",") for line in lines]


def test_a_verdict_is_kept_with_its_counts_and_the_day_of_the_data(office: Path) -> None:
    outcome = semstat("validate", "data/emissions.xml", "--catalogue", ".")
    assert (outcome.code, "PASS" in outcome.out, outcome.err) == (0, True, "")
    assert [item.name for item in Catalogue(office).sources()] == [
        "data/emissions.xml", "structures.xml", "verdicts/data/emissions.xml.ttl",
    ]  # fmt: skip
    assert [(row[1], row[2]) for row in counts()] == [("0", "2025-04-10")] * 3
    assert semstat("query", "ASK { ?report sh:conforms true ; prov:used ?data }").out == "yes\n"
    assert semstat("query", "SELECT ?n { ?u ssl:observationCount ?n }", "--format", "csv").out.count("\n") > 1
    assert semstat("catalogue", "verify", "--deep").out == "3 of 3 sources are whole\n"


def test_a_failure_names_rule_column_and_number_and_goes_when_it_is_mended(office: Path) -> None:
    path = office / "data" / "population.csv"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(",E1,", ",E9,"), encoding="utf-8")
    assert semstat("validate", "data/population.csv", "--catalogue", ".", "--at", "2025-02-09").code == 1
    assert [(row[1], row[2]) for row in counts()] == [("3", "2025-02-09"), ("0", "2025-02-09"), ("0", "2025-02-09")]
    found = semstat("cq", "run", "--catalogue", ".", "--question", "F6").out
    assert "population.csv#dataset-1-REGION" in found
    assert "DF004 code-not-in-codelist: `REGION` = `E9` is not a code" in found
    assert "(3 findings)" in found
    path.write_text(whole, encoding="utf-8")
    assert semstat("validate", "data/population.csv", "--catalogue", ".").code == 0
    assert [row[1:] for row in counts()] == [["0", ""]] * 3, "a table states no day, and nobody named one"
    assert semstat("cq", "run", "--catalogue", ".", "--question", "F6").out.startswith("F6   clear")


def test_what_a_baseline_knows_is_not_counted(office: Path) -> None:
    path = office / "data" / "population.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",E1,", ",E9,"), encoding="utf-8")
    asked = ("validate", "data/population.csv", "--catalogue", ".")
    assert semstat(*asked, "--write-baseline", "known.json").code == 0
    assert semstat(*asked, "--baseline", "known.json").code == 0
    assert [row[1] for row in counts()] == ["0"] * 3
    assert semstat("query", "ASK { ?report sh:conforms true }").out == "yes\n"


def test_a_verdict_that_is_incomplete_does_not_conform(office: Path) -> None:
    outcome = semstat("validate", "data/emissions.xml", "--catalogue", ".", "--sums", "NO_SUCH")
    assert outcome.code == 4
    said = "ASK { ?report sh:conforms false ; dcterms:description 'the verdict is incomplete'@en }"
    assert semstat("query", said).out == "yes\n"


def test_the_same_verdict_gives_the_same_bytes(office: Path) -> None:
    file = office / "verdicts" / "data" / "output.csv.ttl"
    texts = set()
    for _ in range(2):
        semstat("validate", "data/output.csv", "--catalogue", ".")
        texts.add(file.read_bytes())
    assert len(texts) == 1
    assert semstat("load").out == "3 unchanged\n"


def test_what_cannot_be_kept_is_said_and_the_verdict_is_given_all_the_same(office: Path) -> None:
    semstat("catalogue", "remove", "structures.xml")
    outcome = semstat("validate", "data/output.csv", "--catalogue", ".", "-s", "structures.xml")
    assert (outcome.code, "PASS" in outcome.out) == (0, True)
    assert "the catalogue knows no dataset in data/output.csv, so that its verdict is not kept" in outcome.err
    assert not (office / "verdicts").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--at", "2025-02-09"], "--at is for a verdict that is kept"),
        (["--catalogue", ".", "--at", "9.2.2025"], "--at takes a day such as 2026-01-31"),
        (["--catalogue", ".", "--at", "2026-02-31"], "--at takes a day such as 2026-01-31, not '2026-02-31'"),
        (["--catalogue", "no-such"], "no-such is no catalogue"),
    ],
)
def test_mistakes_of_the_caller(office: Path, options: list[str], said: str) -> None:
    outcome = semstat("validate", "data/output.csv", *options)
    assert (outcome.code, said in outcome.err) == (2, True), outcome.err
