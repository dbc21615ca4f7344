"""Tables of bindings, mapping sets and URNs: how artefacts of different standards meet, and how a catalogue keeps up with them."""

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from semstat.interop.catalogue import Catalogue, Lineage, verify
from semstat.interop.formats.bindings import COLUMNS, BindingRow, read_bindings, write_bindings
from semstat.interop.formats.sssom import read_sssom
from semstat.ontology.terms import RDF, SKOS
from semstat.ontology.terms_borrowed import SSSOM
from semstat.ontology.terms_lineage import SSL
from tests.corpora import CORPORA, needs_corpora

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
VARIABLES = """@prefix ssi: <https://w3id.org/semstat/information#> .
@prefix ss: <https://w3id.org/semstat/core#> .
<urn:x-place> a ssi:RepresentedVariable ; ss:identifier "place" .
<urn:x-people> a ssi:RepresentedVariable ; ss:identifier "people" .
"""
TABLE = """artefact,concept,relation,note
DSD_POPULATION.REF_AREA,place,componentVariable,"by hand, in May"
data.csv#OBS_VALUE,people,,
"""


@pytest.fixture
def office(tmp_path: Path) -> Catalogue:
    """A catalogue with a structure, its data and two shared variables."""
    shutil.copy(EXAMPLES / "population" / "structure.xml", tmp_path / "structure.xml")
    shutil.copy(EXAMPLES / "population" / "population.csv", tmp_path / "data.csv")
    (tmp_path / "variables.ttl").write_text(VARIABLES)
    (tmp_path / "bindings.csv").write_text(TABLE)
    catalogue = Catalogue.create(tmp_path)
    catalogue.load([tmp_path])
    return catalogue


def bound(catalogue: Catalogue) -> set[tuple[str, str]]:
    """The dependencies that the table of bindings states."""
    with catalogue.snapshot() as now:
        rows = now.edges.to_pylist()
    return {(row["dependent"].rpartition("/")[2], row["on"]) for row in rows if row["source"] == "bindings.csv"}


def test_a_table_binds_components_and_columns_to_shared_variables(office: Catalogue) -> None:
    assert bound(office) == {("REF_AREA", "urn:x-place"), ("data.csv#dataset-1-OBS_VALUE", "urn:x-people")}
    with office.snapshot() as now:
        reached = {item.iri.rpartition("/")[2] for item in Lineage(now.edges).walk("urn:x-place", "down")}
        notes = [quad.object.value for quad in now.store if quad.predicate.value == str(SKOS.note)]
    assert {"REF_AREA", "data.csv#dataset-1-REF_AREA", "data.csv#dataset-1"} <= reached
    assert notes == ["by hand, in May"]
    assert {item.state for item in verify(office, deep=True)} == {"whole"}


def test_of_rows_that_contradict_each_other_none_binds(office: Catalogue) -> None:
    file = office.folder / "bindings.csv"
    file.write_text(TABLE + "DSD_POPULATION.REF_AREA,people,componentVariable,\n")
    (done,) = office.load([file])
    assert [(item.rule, item.location.line) for item in done.findings] == [("CAT006", 2), ("CAT006", 4)]
    assert bound(office) == {("data.csv#dataset-1-OBS_VALUE", "urn:x-people")}


@pytest.mark.parametrize(("concluded", "found"), [("", ["CAT009"]), ("<urn:x-guess> ssd:isInferred true .", [])])
def test_another_source_contradicts_unless_its_reader_only_concluded(
    office: Catalogue, concluded: str, found: list[str]
) -> None:
    with office.snapshot() as now:
        (area,) = {row["dependent"] for row in now.edges.to_pylist() if row["on"] == "urn:x-place"}
    (office.folder / "other.ttl").write_text(
        "PREFIX ssd: <https://w3id.org/semstat/study#> PREFIX ssl: <https://w3id.org/semstat/lineage#>\n"
        f"<{area}> ssl:componentVariable <urn:x-guess> . {concluded}"
    )
    done = {item.name: item for item in office.load([office.folder / "other.ttl", office.folder / "bindings.csv"])}
    assert [item.rule for item in done["bindings.csv"].findings] == found


def test_a_table_is_looked_up_again_when_what_it_names_comes_goes_or_changes(office: Catalogue) -> None:
    folder = office.folder
    assert {item.state for item in office.load([folder / "variables.ttl"])} == {"unchanged"}
    (folder / "variables.ttl").write_text(VARIABLES.replace("x-place", "x-area"))
    states = {item.name: item.state for item in office.load([folder / "variables.ttl"])}
    assert states == {"variables.ttl": "replaced", "bindings.csv": "replaced"}
    assert ("REF_AREA", "urn:x-area") in bound(office)
    office.remove(["variables.ttl"])
    assert bound(office) == set()
    (again,) = (item for item in office.load([folder]) if item.name == "bindings.csv")
    assert (again.state, again.findings, len(bound(office))) == ("replaced", (), 2)


def test_a_table_that_says_what_it_said_counts_as_unchanged(office: Catalogue) -> None:
    (office.folder / "more.ttl").write_text("<urn:x-a> <urn:x-p> <urn:x-b> .\n")
    states = {item.name: item.state for item in office.load([office.folder / "more.ttl"])}
    assert states == {"more.ttl": "added", "bindings.csv": "unchanged"}


def test_a_table_changed_on_the_disk_is_not_taken_unasked(office: Catalogue) -> None:
    (office.folder / "bindings.csv").write_text(TABLE.splitlines()[0] + "\n")
    (office.folder / "more.ttl").write_text("<urn:x-a> <urn:x-p> <urn:x-b> .\n")
    assert [item.name for item in office.load([office.folder / "more.ttl"])] == ["more.ttl"]
    assert len(bound(office)) == 2


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"artefact,concept\n\xff\xfe,b\n", "IO106"),
        (b'artefact,concept\n"a,b\n', "IO101"),
        (b"artefact,concept\na,b,c\n", "CAT007"),
        (b"artefact,concept,concept\na,b,c\n", "CAT007"),
        (b"artefact,concept\n\x00,b\n", "CAT001"),
        (b"artefact,concept\n<not an iri>,http://[\n", "CAT001"),
    ],
)
def test_broken_tables_are_findings(office: Catalogue, data: bytes, rule: str) -> None:
    (office.folder / "bindings.csv").write_bytes(data)
    (done,) = (item for item in office.load([office.folder / "bindings.csv"]) if item.name == "bindings.csv")
    assert rule in {item.rule for item in done.findings}


def test_many_unknown_names_take_no_time(office: Catalogue) -> None:
    rows = [BindingRow(f"X{number}", f"Y{number}") for number in range(2000)]
    (office.folder / "bindings.csv").write_text(write_bindings(rows))
    (done,) = office.load([office.folder / "bindings.csv"])
    assert [item.rule for item in done.findings] == ["CAT001"] * 4000


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(str.strip)


@given(st.lists(st.builds(BindingRow, *[CELLS.filter(bool)] * 2, CELLS, st.sampled_from(["", "accepted", "rejected"]),
                          *[CELLS] * 3), max_size=5))  # fmt: skip
def test_a_table_written_and_read_is_the_same(rows: list[BindingRow]) -> None:
    found = read_bindings(write_bindings(rows).encode(), origin="b.csv")
    assert (list(found.rows), found.findings) == (rows, ())
    assert write_bindings([]) == ",".join(COLUMNS) + "\n"


SSSOM_TABLE = """#mapping_set_id: https://example.org/mapping/areas
#license: https://creativecommons.org/publicdomain/zero/1.0/
#mapping_set_title: Areas
#subject_source: old:CL_AREA(1.0)
#object_source: old:CL_AREA(2.0)
#curie_map:
#  old: "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=X:"
#  one: "urn:sdmx:org.sdmx.infomodel.codelist.Code=X:CL_AREA(1.0)."
#  two: "urn:sdmx:org.sdmx.infomodel.codelist.Code=X:CL_AREA(2.0)."
#  p: https://example.org/person/
subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\treviewer_id\tpredicate_modifier
one:A\tskos:exactMatch\ttwo:A\tsemapv:ManualMappingCuration\t0.9\tp:a|p:b\t
one:B\tskos:exactMatch\ttwo:C\tsemapv:ManualMappingCuration\t\t\tNot
one:B\tskos:exactMatch\tsssom:NoTermFound\tsemapv:ManualMappingCuration\t\t\t
"""


def test_a_mapping_set_is_its_mappings_and_what_they_state() -> None:
    found = read_sssom(SSSOM_TABLE.encode(), origin="areas.sssom.tsv")
    graph = found.graph
    assert found.diagnostics == ()
    (mapping_set,) = graph.subjects(RDF.type, SSSOM.MappingSet)
    assert len(set(graph.objects(mapping_set, SSSOM.mappings))) == 3
    assert str(graph.value(mapping_set, SSL.subjectScheme)).endswith("codelist.Codelist/X/CL_AREA/1.0")
    stated = {(str(one)[-1], str(two)[-1]) for one, two in graph.subject_objects(SKOS.exactMatch)}
    assert stated == {("A", "A")}, "what is negated, or has no counterpart, is not stated"
    assert {str(found.positions[item].line) for item in graph.objects(mapping_set, SSSOM.mappings)} == {
        "12",
        "13",
        "14",
    }


@pytest.mark.parametrize(
    "table",
    [
        SSSOM_TABLE.replace("one:A", "none:A"),
        SSSOM_TABLE.replace("one:A", "one:A B"),
        SSSOM_TABLE + "a\tb\tc\td\te\tf\tg\th\n",
    ],
)
def test_a_broken_mapping_set_is_a_finding_with_its_line(table: str) -> None:
    (said,) = read_sssom(table.encode(), origin="a.tsv").diagnostics
    assert said.rule == "IO101"
    assert "line" not in said.message.split(":")[1][:6]


@needs_corpora
def test_every_mapping_set_of_the_corpora_is_loaded(tmp_path: Path) -> None:
    assert CORPORA is not None
    files = [*CORPORA.glob("sssom/**/*.tsv"), *(Path(__file__).parents[2] / "mappings" / "crosswalks").glob("*.tsv")]
    done = Catalogue.create(tmp_path).load(files)
    print(f"{len(done)} files")
    assert len(done) >= 37
    known = [item for item in done if item.record is not None]
    assert {item.record.format for item in known} <= {"sssom", "turtle"}
    for item in done:
        assert item.state == "added" or {found.rule for found in item.findings} <= {"IO101", "IO112"}, item


URN = "urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=X:CS(1.0).AREA"


def test_what_carries_the_urn_of_a_concept_is_that_concept(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        f"@prefix ssd: <https://w3id.org/semstat/study#> . @prefix ssi: <https://w3id.org/semstat/information#> .\n"
        f'<urn:x-concept> ssd:userId "{URN}" . <urn:x-variable> ssi:measuresConcept <urn:x-concept> .\n'
    )
    catalogue = Catalogue.create(tmp_path)
    catalogue.load([tmp_path / "a.ttl"])
    concept = "https://w3id.org/semstat/sdmx/conceptscheme.Concept/X/CS/1.0/AREA"
    with catalogue.snapshot() as now:
        assert {item.iri for item in Lineage(now.edges).walk(concept, "down")} == {"urn:x-variable"}
        same = now.store.quads_for_pattern(None, ox.NamedNode(str(SKOS.exactMatch)), None, None)
        assert [quad.object.value for quad in same if isinstance(quad.object, ox.NamedNode)] == [concept]
