"""Things by the words in their names: what people look for comes first, in any language, misspelt or in parts."""

import json
from pathlib import Path

import pytest

from semstat.interop.catalogue import Catalogue
from semstat.interop.catalogue.finding import Found, find
from semstat.interop.catalogue.names import Naming, short_name
from semstat.ontology.words import folded, wanted_words
from tests.command import CLEAN, STRUCTURE, semstat
from tests.corpora import CORPORA, needs_corpora

LANDS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX ssi: <https://w3id.org/semstat/information#>
PREFIX ss: <https://w3id.org/semstat/core#> PREFIX ssd: <https://w3id.org/semstat/study#>
<https://example.org/land> a skos:ConceptScheme ; skos:prefLabel "Kinds of land use"@en , "土地利用の種類"@ja .
<https://example.org/land/1> a skos:Concept ; skos:inScheme <https://example.org/land> ; skos:notation "01.11" ;
  skos:prefLabel "Growing of textiles"@en ; skos:altLabel "Fibre crops"@en .
<https://example.org/land/2> a skos:Concept ; skos:inScheme <https://example.org/land> ; skos:notation "11.01" ;
  skos:prefLabel "Growing of textile, sugar and other plants that are not eaten"@en ; skos:definition "All but food."@en .
<https://example.org/land/3> a skos:Concept ; skos:inScheme <https://example.org/land> ; skos:notation "3" ;
  skos:prefLabel "Forestry"@en , "Sylviculture et activités forestières"@fr ; skos:definition "Growing and felling of timber."@en .
<https://w3id.org/semstat/ddi/int.example/age/2> a ssi:InstanceVariable ; ssd:variableName "AGE_YEARS" ;
  skos:prefLabel "Age in completed years"@en .
"""
AREA = "SEMSTAT:CL_AREA(1.0)"
SEARCHES = {
    "frequency": "SEMSTAT:CS_POPULATION(1.0).FREQ",
    "FREQ": "SEMSTAT:CS_POPULATION(1.0).FREQ",
    "CL_FREQ": "SEMSTAT:CL_FREQ(1.0)",
    "annual": "SEMSTAT:CL_FREQ(1.0).A",
    "annual cl_freq": "SEMSTAT:CL_FREQ(1.0).A",
    "namibie": f"{AREA}.NA",
    "NAMÍBIA": f"{AREA}.NA",
    "namibbia": f"{AREA}.NA",
    "Alemania": f"{AREA}.DE",
    "europe": f"{AREA}.150",
    "population": "SEMSTAT:DSD_POPULATION(1.0)",
    "selected countries": "SEMSTAT:DF_POPULATION(1.0)",
    "population of the selected country": "SEMSTAT:DF_POPULATION(1.0)",
    "population selected": "SEMSTAT:DF_POPULATION(1.0)",
    "reference area": "SEMSTAT:CS_POPULATION(1.0).REF_AREA",
    "area reference": "SEMSTAT:CS_POPULATION(1.0).REF_AREA",
    "ref area": "SEMSTAT:CS_POPULATION(1.0).REF_AREA",
    "TIME_PERIOD": "SEMSTAT:CS_POPULATION(1.0).TIME_PERIOD",
    "time period": "SEMSTAT:CS_POPULATION(1.0).TIME_PERIOD",
    "obs status": "SEMSTAT:CL_OBS_STATUS(1.0)",
    "observation value": "SEMSTAT:CS_POPULATION(1.0).OBS_VALUE",
    "growing textile": "1",
    "textiles": "1",
    "fibre": "1",
    "fiber crop": "1",
    "01.11": "1",
    "land": "land",
    "timber": "3",
    "forest": "3",
    "forestiere": "3",
    "土地": "land",
    "age": "int.example:age(2)",
    "completed years": "int.example:age(2)",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("office")
    (folder / "land.ttl").write_text(LANDS, encoding="utf-8")
    (folder / "data.csv").write_bytes(Path(CLEAN).read_bytes())
    (folder / "structure.xml").write_bytes(Path(STRUCTURE).read_bytes())
    catalogue = Catalogue.create(folder)
    catalogue.load([folder])
    return catalogue


def found(catalogue: Catalogue, text: str, **how: object) -> tuple[Found, ...]:
    with catalogue.snapshot() as snapshot:
        return find(snapshot.store, text, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", SEARCHES)
def test_what_is_meant_comes_first(office: Catalogue, text: str) -> None:
    first = found(office, text)
    assert first, text
    assert short_name(first[0].iri) == SEARCHES[text], [(short_name(item.iri), item.score) for item in first[:4]]
    assert all(0 < item.score <= 1 for item in first)
    assert [item.score for item in first] == sorted((item.score for item in first), reverse=True)


def test_languages_limits_and_what_is_nowhere(office: Catalogue) -> None:
    assert found(office, "Alemania", language="fr") == ()
    assert found(office, "Alemania", language="es")[0].language == "es"
    assert len(found(office, "a", limit=3)) <= 3
    for nothing in ("", "   ", "!?", "qqqqqq", "of"):
        assert found(office, nothing) == () or nothing == "of"


def test_a_thing_comes_before_the_columns_that_are_named_after_it(office: Catalogue) -> None:
    names = [short_name(item.iri) for item in found(office, "FREQ", limit=50)]
    assert "data.csv#dataset-1-FREQ" in names
    assert names.index("SEMSTAT:CS_POPULATION(1.0).FREQ") < names.index("data.csv#dataset-1-FREQ")


def test_most_of_the_words_will_do_and_rare_ones_count_more(office: Catalogue) -> None:
    first = found(office, "forestry statistics")
    assert short_name(first[0].iri) == "3"
    assert first[0].score < found(office, "forestry")[0].score


def test_words_are_folded_and_stemmed() -> None:
    assert folded("Évolution du CHÔMAGE") == "evolution du chomage"
    assert [word.stem for word in wanted_words("the countries of Europe, countries")] == ["countr", "europe"]
    assert [word.stem for word in wanted_words("of the")] == ["of", "the"], "where there is nothing else, they count"
    (word,) = wanted_words("bus")
    assert (word.best("bus"), word.best("bu"), word.best("buses")) == (1.0, 0.0, pytest.approx(0.68))


def test_the_short_name_of_a_ddi_item_names_it(office: Catalogue) -> None:
    with office.snapshot() as snapshot:
        naming = Naming(snapshot.store)
        assert naming.find("int.example:age(2)") == ("https://w3id.org/semstat/ddi/int.example/age/2",)


@needs_corpora
def test_searches_over_classifications_in_use(tmp_path: Path) -> None:
    assert CORPORA is not None
    catalogue = Catalogue.create(tmp_path)
    catalogue.load([CORPORA / "classifications" / "semstats-2016" / f"{name}.ttl" for name in ("nacer2", "nafr2")])
    for text, label in {
        "manufacture textiles": "Manufacture of textiles",
        "crude petrolium extraction": "Extraction of crude petroleum",
        "hotels": "Hotels and similar accommodation",
        "enseignement": "ENSEIGNEMENT",
        "agriculture forestry fishing": "AGRICULTURE, FORESTRY AND FISHING",
    }.items():
        assert label.lower() in [item.text.lower() for item in found(catalogue, text)[:3]], text
    assert {item.text for item in found(catalogue, "06.10", limit=2)} == {"06.10"}


def both(catalogue: Catalogue, text: str, language: str | None = None) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """What is found in the store, and what in the tables beside it."""
    with catalogue.snapshot() as snapshot:
        table = snapshot.texts()
        assert table is not None
        return tuple(find(snapshot.store, text, language=language, limit=500, table=one) for one in (None, table))  # type: ignore[return-value]


@pytest.mark.parametrize("language", [None, "en", "fr", "ja"])
def test_the_tables_find_what_the_store_finds(office: Catalogue, language: str | None) -> None:
    for text in (
        *SEARCHES,
        "of",
        "the of",
        "forestry statistics",
        "textil anual",
        "qqqqqq",
        "e",
        "1",
        "ß",
        "%_.*",
        "ＣＬ",
    ):
        stored, tabled = both(office, text, language)
        assert stored == tabled, text
    assert both(office, "area")[0] or language, "something is found at all"


def test_every_word_of_every_text_is_found_alike(office: Catalogue) -> None:
    with office.snapshot() as snapshot:
        table = snapshot.texts()
        assert table is not None
        words = sorted(table.vocabulary())
        assert len(words) > 100
        for word in words[::7]:
            assert find(snapshot.store, word, table=table) == find(snapshot.store, word), word


def test_tables_that_grew_step_by_step_are_those_made_at_once(office: Catalogue, tmp_path: Path) -> None:
    step = Catalogue.create(tmp_path / "step")
    (tmp_path / "gone.ttl").write_text(LANDS, encoding="utf-8")
    for path in (tmp_path / "gone.ttl", office.folder / "structure.xml", office.folder / "land.ttl"):
        step.load([path])
    step.load([office.folder], again=True)
    step.remove(["../gone.ttl"])
    fresh = Catalogue.create(tmp_path / "fresh")
    fresh.load([office.folder])
    with step.snapshot() as one, fresh.snapshot() as other:
        tables = one.texts(), other.texts()
        rows, words = [[sorted(tuple(row.values())[1:] for row in getattr(table, what).to_pylist()) for table in tables]
                       for what in ("rows", "words")]  # fmt: skip
    assert rows[0] == rows[1]
    assert len(rows[0]) == tables[1].count  # type: ignore[union-attr]
    assert words[0] == words[1]
    assert both(step, "textiles")[0] == both(step, "textiles")[1] != ()


def test_tables_of_another_state_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "land.ttl").write_text(LANDS, encoding="utf-8")
    catalogue = Catalogue.create(tmp_path / "catalogue")
    catalogue.load([tmp_path / "land.ttl"])
    copied = catalogue.backup(tmp_path / "copy")
    assert both(copied, "forestry")[0] != ()

    def is_at_hand() -> bool:
        with catalogue.snapshot() as snapshot:
            assert len(find(snapshot.store, "forestry", table=snapshot.texts())) == 1
            return snapshot.texts() is not None

    def paths() -> dict[str, Path]:
        return {path.name: path for path in (tmp_path / "catalogue").glob(".semstat/catalogue/generation-*/*.arrow")}

    assert is_at_hand()
    old = {name: path.read_bytes() for name, path in paths().items()}
    (tmp_path / "land.ttl").write_text(LANDS.replace("Fibre", "Fiber"), encoding="utf-8")
    catalogue.load([tmp_path / "land.ttl"])
    assert is_at_hand()
    paths()["texts.arrow"].write_bytes(old["texts.arrow"])
    assert not is_at_hand(), "these are the texts of the state before"
    paths()["texts.arrow"].write_bytes(b"ARROW1")
    assert not is_at_hand(), "the file breaks off"
    paths()["words.arrow"].unlink()
    assert not is_at_hand(), "a file is missing"
    catalogue.load([tmp_path / "land.ttl"])
    assert is_at_hand(), "the next load makes them anew"


def test_codes_are_shown_with_their_lists(office: Catalogue) -> None:
    shown = semstat("find", "textiles", "--catalogue", str(office.folder)).out.splitlines()
    assert [line.split()[0] for line in shown] == ["1", "2"]
    assert all(line.endswith("  in land") for line in shown)
    assert " in " not in semstat("find", "namibie", "--catalogue", str(office.folder)).out, "its name says so"
    rows = json.loads(semstat("find", "namibie", "--catalogue", str(office.folder), "--format", "json").out)["found"]
    assert [short_name(one) for one in rows[0]["lists"]] == ["SEMSTAT:CL_AREA(1.0)"]
    assert all(not row["lists"] for row in json.loads(
        semstat("find", "AGE_YEARS", "--catalogue", str(office.folder), "--format", "json").out)["found"])  # fmt: skip
