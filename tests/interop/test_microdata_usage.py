"""Microdata in a catalogue: what they are by the DDI in it, how many records have each code, and the verdict that is kept."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from semstat.interop import Options, validate
from semstat.interop.catalogue import Catalogue
from semstat.interop.catalogue.records import source_name
from semstat.interop.catalogue.usage import used_by
from semstat.interop.catalogue.verdicts import record_verdict
from semstat.interop.options import MicrodataOptions
from tests.command import semstat
from tests.corpora import CORPORA, needs_corpora

HOUSEHOLDS = Path(__file__).resolve().parents[2] / "examples" / "households"
POPSTAN = (CORPORA or Path()) / "ddi/microdata/popstan"
USAGE = """SELECT ?name ?value ?n { ?u ssl:onVariable ?v ; ssl:code ?c ; ssl:observationCount ?n ; ssl:inDataset ?d .
  ?v ssd:variableName ?name . ?c skos:notation ?value } ORDER BY ?name ?value"""
STATED = [["dwelling", "1", "13"], ["dwelling", "2", "14"], ["dwelling", "3", "12"], ["dwelling", "9", "1"]]
"""The frequencies that the codebook of the example states."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue that holds the codebook of the example, beside its data."""
    for name in ("codebook.xml", "households.csv", "households-faulty.csv"):
        shutil.copy(HOUSEHOLDS / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    Catalogue.create(tmp_path).load(["codebook.xml"])
    return tmp_path


def rows(folder: Path, query: str) -> Iterator[list[str]]:
    answered = Catalogue(folder).ask(query)
    for row in answered.rows:
        yield [row[column]["value"] for column in answered.columns]


def loaded(folder: Path, *names: str, **chosen: MicrodataOptions) -> list[tuple[str, str]]:
    return [(item.name, item.state) for item in Catalogue(folder).load(names, **chosen)]


def test_a_verdict_leaves_the_counts_that_the_codebook_states(folder: Path) -> None:
    outcome = semstat("validate", "households.csv", "--catalogue", ".", "--at", "2026-02-09")
    assert (outcome.code, "PASS" in outcome.out, outcome.err) == (0, True, "")
    assert list(rows(folder, USAGE)) == STATED
    assert (
        list(rows(folder, "SELECT ?n ?day { ?m ssg:measuredValue ?n ; ssg:measuredOn ?day }"))
        == [["0", "2026-02-09"]] * 3
    )
    assert list(
        rows(folder, "SELECT ?id { ?r sh:conforms true ; prov:used/dcterms:conformsTo/ss:identifier ?id }")
    ) == [["F1"]]
    assert semstat("catalogue", "verify", "--deep").out == "3 of 3 sources are whole\n"


def test_the_impact_of_a_code_and_of_its_category_says_how_many_records_use_it(folder: Path) -> None:
    semstat("validate", "households.csv", "--catalogue", ".")
    for part, number in (("V2-codes-code-2", "14 observations"), ("V2-codes-code-2-category", "14 observations"),
                         ("V2-missing-codes-code-4", "1 observation")):  # fmt: skip
        outcome = semstat("impact", f"codebook.xml#{part}", "--change", "code-removed")
        assert outcome.code == 1
        assert f"breaking  households.csv#dataset-1  DataSet  {number}\n" in outcome.out
        assert f"breaking  V2  InstanceVariable  {number}\n" in outcome.out
        assert outcome.out.endswith(f"used in 1 dataset, {number}\n")


def test_a_code_that_no_record_has_breaks_nothing(folder: Path) -> None:
    text = (folder / "households.csv").read_text(encoding="utf-8")
    assert ",9," in text
    (folder / "households.csv").write_text(text.replace(",9,", ",3,"), encoding="utf-8")
    assert semstat("validate", "households.csv", "--catalogue", ".").code == 1, "other frequencies are stated"
    outcome = semstat("impact", "codebook.xml#V2-missing-codes-code-4", "--change", "code-removed")
    assert (outcome.code, "breaking" in outcome.out) == (0, False)
    assert "households.csv#dataset-1  DataSet  0 observations\n" in outcome.out


def test_the_findings_are_on_the_variables_of_the_codebook(folder: Path) -> None:
    assert semstat("validate", "households-faulty.csv", "--catalogue", ".").code == 1
    found = {
        tuple(row)
        for row in rows(
            folder, "SELECT ?name ?message { ?r sh:focusNode/ssd:variableName ?name ; sh:resultMessage ?message }"
        )
    }
    assert {name for name, _ in found} == {"hid", "dwelling", "rooms", "weight"}
    assert any(name == "dwelling" and text.startswith("MD033 frequency-differs") for name, text in found)


def test_data_are_known_by_the_user_s_word_by_name_or_by_variables_and_else_left_out(folder: Path) -> None:
    (folder / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "renamed.csv").write_text("DWELLING,x\n1,2\n", encoding="utf-8")
    (folder / "notes.txt").write_text("nothing of interest", encoding="utf-8")
    assert loaded(folder, "households.csv", "households-faulty.csv", "other.csv", "renamed.csv") == [
        ("households.csv", "added"), ("households-faulty.csv", "added"), ("other.csv", "left out"), ("renamed.csv", "left out"),
    ]  # fmt: skip
    assert loaded(folder, "notes.txt") == [("notes.txt", "refused")]
    told = MicrodataOptions(described=(("renamed.csv", "F1"),))
    assert loaded(folder, "renamed.csv", microdata=told) == [("renamed.csv", "added")]
    assert loaded(folder, "renamed.csv") == [("renamed.csv", "unchanged")]
    assert Catalogue(folder).load(["renamed.csv"], again=True)[0].state == "replaced", "what it was, it stays"
    assert semstat("catalogue", "verify", "--deep").out == "4 of 4 sources are whole\n"


def test_what_the_user_says_of_the_data_holds_for_what_is_kept(folder: Path) -> None:
    text = (folder / "households.csv").read_text(encoding="utf-8").replace(",", ";")
    (folder / "data.csv").write_bytes(text.encode("utf-16-le"))
    options = Options(microdata=MicrodataOptions((("data.csv", "F1"),), encoding="utf-16-le", separator=";"))
    report = validate(["data.csv"], structure=["codebook.xml"], options=options)
    (kept,) = record_verdict(Catalogue(folder), report, microdata=options.microdata)
    assert kept.file is not None
    assert list(rows(folder, USAGE)) == STATED


def test_two_descriptions_that_fit_alike_decide_nothing(folder: Path) -> None:
    shutil.copy("codebook.xml", "again.xml")
    text = (folder / "again.xml").read_text(encoding="utf-8")
    (folder / "again.xml").write_text(text.replace(">House<", ">Home<"), encoding="utf-8")
    assert loaded(folder, "again.xml", "households.csv") == [("again.xml", "added"), ("households.csv", "left out")]


def test_a_codebook_that_has_changed_is_followed(folder: Path) -> None:
    loaded(folder, "households.csv")
    text = (folder / "codebook.xml").read_text(encoding="utf-8")
    (folder / "codebook.xml").write_text(text.replace(">House<", ">Home<"), encoding="utf-8")
    assert loaded(folder, "codebook.xml") == [("codebook.xml", "replaced"), ("households.csv", "replaced")]
    assert list(rows(folder, USAGE)) == STATED, "the codes are those of the new codebook"
    (folder / "codebook.xml").write_text(text, encoding="utf-8")
    assert loaded(folder, "households.csv", "codebook.xml") == [
        ("codebook.xml", "replaced"),
        ("households.csv", "replaced"),
    ]
    (folder / "households.csv").unlink()
    (folder / "codebook.xml").write_text(text.replace(">House<", ">Hut<"), encoding="utf-8")
    assert loaded(folder, "codebook.xml") == [("codebook.xml", "replaced")]


def test_lifecycle_and_parquet_say_the_same(folder: Path) -> None:
    assert semstat("convert", "codebook.xml", "-o", "lifecycle.xml", "--to", "ddi-lifecycle-3.3").code == 0
    text = pyarrow.csv.ConvertOptions(
        column_types={name: pa.string() for name in ("hid", "dwelling", "rooms", "weight")}
    )
    pyarrow.parquet.write_table(pyarrow.csv.read_csv("households.csv", convert_options=text), "households.parquet")
    (folder / "households.csv").unlink()
    Catalogue(folder).remove(["codebook.xml"])
    assert loaded(folder, "lifecycle.xml", "households.parquet")[-1] == ("households.parquet", "added")
    assert list(rows(folder, USAGE)) == STATED


def test_broken_data_leave_what_was_stored(folder: Path) -> None:
    loaded(folder, "households.csv")
    (folder / "households.csv").write_bytes(b"hid,dwelling,rooms,weight\n1,2,3,4\n\xff\xfe\x00,,\n")
    state = Catalogue(folder).load(["households.csv"])[0]
    assert state.findings
    (folder / "households.csv").write_bytes(b"")
    assert loaded(folder, "households.csv") == [("households.csv", "refused")]


@needs_corpora
def test_a_real_survey_leaves_the_frequencies_that_its_codebook_states(tmp_path: Path) -> None:
    """239 frequencies are stated, 115 of them without weights; Household.csv and Household.sav have them all."""
    catalogue = Catalogue.create(tmp_path)
    codebook = POPSTAN / "ihsn-popstan-mics-2000.xml"
    assert catalogue.load([codebook])[0].state == "added"
    stated = {
        code: int(number)
        for code, number in rows(
            tmp_path,
            """SELECT ?code ?number { ?file ssd:fileName "Household.NSDstat" ; ssd:statistic ?figure . ?figure
              ssd:statisticType "frequency" ; ssd:statisticCategory ?code ; ssd:statisticValue ?number
              FILTER NOT EXISTS { ?figure ssd:isWeighted true } }""",
        )
    }
    assert len(stated) == 115
    for name in ("Household.csv", "Household.sav"):
        assert catalogue.load([POPSTAN / name])[0].state == "added"
        with catalogue.snapshot() as snapshot:
            found = {code: max((used_by(snapshot.store, code) or {"": -1}).values()) for code in stated}
        assert found == stated, name
        catalogue.remove([source_name(str(POPSTAN / name), tmp_path)])
