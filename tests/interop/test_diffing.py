"""What changed between two versions: every fact, with the class of change that it suggests."""

import json
from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as some
from rdflib import Graph

from semstat.interop import read
from semstat.interop.catalogue.names import short_name
from semstat.interop.comparing import metadata_of
from semstat.interop.diffing import CLASSES, changes, suggested
from semstat.interop.versions import unversioned
from semstat.ontology.ddi_iri import DdiName
from semstat.ontology.terms import RDF, XKOS
from tests.command import semstat
from tests.corpora import CORPORA, files_of, needs_corpora

STRUCTURE = Path(__file__).resolve().parents[2] / "examples" / "population" / "structure.xml"
TEXT = STRUCTURE.read_text(encoding="utf-8")

FLOW = """
PREFIX flow: <https://w3id.org/semstat/sdmx/datastructure.Dataflow/X/SAME/>
PREFIX dsd: <https://w3id.org/semstat/sdmx/datastructure.DataStructure/X/SAME/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sst: <https://w3id.org/semstat/structure#>
flow:1.0 a sst:Dataflow ; skos:prefLabel "One"@en ; sst:structure dsd:1.0 .
flow:1.1 a sst:Dataflow ; skos:prefLabel "Another"@en ; sst:structure dsd:1.0 .
dsd:1.0 a sst:DataStructure ; skos:prefLabel "Same"@en .
"""


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


def test_an_identifier_of_ddi_with_a_colon_is_one_whatever_its_version() -> None:
    one, other = (str(DdiName("int.example", "HH:MM", version).iri) for version in ("1", "2"))
    assert unversioned(one) == unversioned(other) == "int.example:HH:MM"
    assert short_name(one) == "int.example:HH:MM(1)"


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


OFFICE = STRUCTURE.parents[1] / "office"
"""Holds two versions of a list, and a table that leads from the one to the other."""


def test_where_there_are_several_versions_of_a_thing_none_hides_another(tmp_path: Path) -> None:
    assert changes(metadata_of(OFFICE)[0], metadata_of(OFFICE)[0]) == ()
    text = (OFFICE / "structures.xml").read_text(encoding="utf-8")

    def found(old: str, new: str) -> list[tuple[str, str]]:
        assert old in text, old
        (tmp_path / "after.xml").write_text(text.replace(old, new), encoding="utf-8")
        before, after = read(OFFICE / "structures.xml").graph, read(tmp_path / "after.xml").graph
        return [(item.thing, item.kind) for item in changes(before, after)]

    for version in ("1.0.0", "2.0.0"):
        start = text.index(f"CL_REGION({version}).N")
        named = text[start : text.index("North<", start) + len("North<")]
        label = [(f"NSO:CL_REGION({version}).N Code", "label")]
        assert found(named, named.replace("North", "Far North")) == label
        assert {kind for _, kind in found(f"CL_REGION({version})", "CL_REGION(3.0.0)")} == {"version"}
    first = text[
        text.index('      <str:Codelist id="CL_REGION"') : text.index("</str:Codelist>") + len("</str:Codelist>\n")
    ]
    assert found(first, first + first.replace("1.0.0", "1.1.0"))[:2] == [
        ("NSO:CL_REGION(1.1.0) Codelist", "added"), ("NSO:CL_REGION(1.1.0).E Code", "added"),
    ]  # fmt: skip


def test_on_the_command_line(tmp_path: Path) -> None:
    assert (same := semstat("diff", STRUCTURE, STRUCTURE)).code == 0
    assert same.out == "nothing changed\n"
    after = tmp_path / "after.xml"
    after.write_text(TEXT.replace(">Namibia<", ">Republic of Namibia<"), encoding="utf-8")
    changed = semstat("diff", STRUCTURE, after)
    assert changed.code == 1
    assert "~ patch  SEMSTAT:CL_AREA.NA Code  prefLabel: Namibia (en)" in changed.out
    assert changed.out.endswith("1 change; suggested: patch\n")
    after.write_text(TEXT[:3000], encoding="utf-8")
    assert semstat("diff", STRUCTURE, after).code == 3
    assert semstat("diff", STRUCTURE, tmp_path / "none.xml").code == 3


CODEBOOK = STRUCTURE.parents[1] / "households" / "codebook.xml"


def test_a_code_that_goes_from_a_codebook_is_one_change_however_the_reader_numbers_codes(tmp_path: Path) -> None:
    text = CODEBOOK.read_text(encoding="utf-8")
    gone = text[text.index("<catgry") : text.index("</catgry>") + len("</catgry>")]
    assert "<labl>House</labl>" in gone
    after = tmp_path / "codebook.xml"
    after.write_text(text.replace(gone, "").replace("Number of the household<", "Household number<"), encoding="utf-8")
    found = changes(read(CODEBOOK).graph, read(after).graph)
    assert [(item.thing, item.kind, item.suggests) for item in found] == [
        ("V1", "label", "patch"), ("V2-codes.1", "removed", "major")
    ]  # fmt: skip
    assert found[1].within.endswith("#V2-codes")


def test_a_new_version_of_a_ddi_item_is_the_same_item() -> None:
    prefixes = (
        "PREFIX ssi: <https://w3id.org/semstat/information#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    )
    texts = [
        f"{prefixes}<https://w3id.org/semstat/ddi/int.example/v1/{version}> a ssi:InstanceVariable ; skos:prefLabel '{label}' ."
        for version, label in (("1", "Age"), ("2", "Age in years"))
    ]
    found = changes(*(Graph().parse(data=text, format="turtle") for text in texts))
    assert [(item.thing, item.kind, item.before, item.after) for item in found] == [
        ("int.example:v1", "label", "Age", "Age in years")
    ]


VERSIONS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX xkos: <http://rdf-vocabulary.ddialliance.org/xkos#>
<urn:{0}> a skos:ConceptScheme ; skos:prefLabel "Kinds of land" .
{1}
"""


def lands(version: str, *codes: tuple[str, str, str]) -> Graph:
    lines = [
        f"<urn:{version}/{code}> a skos:Concept ; skos:inScheme <urn:{version}> ; skos:notation '{code}' ;"
        + (f" skos:broader <urn:{version}/{above}> ;" if above else "")
        + f" skos:prefLabel '{label}' ."
        for code, label, above in codes
    ]
    return Graph().parse(data=VERSIONS.format(version, "\n".join(lines)), format="turtle")


def test_classifications_are_compared_by_notation_and_a_table_tells_what_became_of_codes() -> None:
    one = lands("old", ("1", "Field", ""), ("2", "Wood", ""), ("3", "Fen", ""), ("4", "Bog", ""), ("5", "Moor", "1"),
                ("6", "Dune", ""))  # fmt: skip
    other = lands("new", ("1", "Field", ""), ("21", "Pine", ""), ("22", "Oak", ""), ("34", "Wetland", ""), ("5", "Moor", "22"),
                  ("7", "Dune", ""))  # fmt: skip
    rows = [("2", "21"), ("2", "22"), ("3", "34"), ("4", "34")]
    table = Graph().parse(
        data=VERSIONS.format("table", "\n".join(
            f"<urn:row/{a}-{b}> a xkos:ConceptAssociation ; xkos:sourceConcept <urn:new/{b}> ; xkos:targetConcept <urn:old/{a}> ."
            for a, b in rows)),
        format="turtle",
    )  # fmt: skip
    found = {item.thing.rpartition(".")[2]: (item.kind, item.suggests) for item in changes(one, other, [table])}
    assert found == {
        "2": ("split", "major"), "21": ("added", "minor"), "22": ("added", "minor"), "3": ("merged", "major"),
        "34": ("added", "minor"), "4": ("merged", "major"), "5": ("moved", "major"), "6": ("recoded", "major"),
    }, "the table leads backwards, and a code with the same label on each side needs none"  # fmt: skip
    untold = {item.thing.rpartition(".")[2]: item.kind for item in changes(one, other)}
    assert (untold["2"], untold["3"], untold["6"]) == ("removed", "removed", "recoded")


def test_the_impact_of_exactly_that_change(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    semstat("init", folder)
    semstat("load", STRUCTURE, STRUCTURE.with_name("population.csv"), "--catalogue", folder)
    after = tmp_path / "after.xml"
    after.write_text(
        TEXT.replace(code("NA"), "").replace(code("150"), "").replace(">Germany<", ">Federal Germany<"),
        encoding="utf-8",
    )
    text = semstat("diff", STRUCTURE, after, "--catalogue", folder).out
    parts = {part.partition(":")[0].strip(): part for part in text.split("\n\n")[1:]}
    assert set(parts) == {"code-removed", "label"}
    assert "population.csv#dataset-1  DataSet  24 observations" in parts["code-removed"], "150 is used by none of them"
    assert "used in 1 dataset, 24 observations\ntell SDMX:AGENCIES(1.0).SEMSTAT: " in parts["code-removed"]
    assert "breaking" not in parts["label"]
    told = json.loads(semstat("diff", STRUCTURE, after, "--catalogue", folder, "--format", "json").out)
    assert [item["change"] for item in told["impact"]] == ["code-removed", "label"]
    assert told["notInCatalogue"] == []
    assert {hit["severity"] for hit in told["impact"][1]["hits"]} == {"info"}
    same = semstat("diff", "CL_AREA", "SEMSTAT:CL_AREA(1.0)", "--catalogue", folder)
    assert (same.code, same.out) == (0, "nothing changed\n")
    (folder / "flow.ttl").write_text(FLOW, encoding="utf-8")
    semstat("load", folder / "flow.ttl", "--catalogue", folder)
    one, other = (
        f"https://w3id.org/semstat/sdmx/datastructure.Dataflow/X/SAME/{version}" for version in ("1.0", "1.1")
    )
    flows = json.loads(semstat("diff", one, other, "--catalogue", folder, "--format", "json").out)
    assert [item["kind"] for item in flows["changes"]] == ["label"], (
        "a structure called as its dataflow is no part of it"
    )
    other = semstat("diff", "CL_AREA", "CL_FREQ", "--catalogue", folder)
    assert "- major  SEMSTAT:CL_AREA.NA Code  Namibia (en)\n" in other.out


@needs_corpora
def test_the_two_versions_of_nace_with_their_table() -> None:
    assert CORPORA is not None
    folder = CORPORA / "classifications" / "semstats-2016"
    one, other, table = (metadata_of(folder / f"{name}.ttl")[0] for name in ("nacer11", "nacer2", "nacer11-nacer2"))
    found = changes(one, other, [table])
    kinds = Counter(item.kind for item in found)
    heirs: dict[str, set[str]] = {}
    for row in table.subjects(RDF.type, XKOS.ConceptAssociation):
        heirs.setdefault(str(table.value(row, XKOS.sourceConcept)), set()).update(
            str(heir) for heir in table.objects(row, XKOS.targetConcept)
        )
    assert kinds["split"] == sum(len(after) > 1 for after in heirs.values())
    assert kinds["moved"] > 20
    assert suggested(found) == "major"


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
