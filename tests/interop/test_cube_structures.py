"""Structures of RDF Data Cubes as input: to SDMX and DDI-CDI and back, in every syntax, and for judging data."""

from io import BytesIO
from pathlib import Path

import pytest
from corpora import CORPORA, needs_corpora
from rdflib import Graph

from semstat.interop import Header, convert, read, validate
from semstat.interop.formats.cube_structures import cube_artefacts
from semstat.interop.formats.sdmx.lower_message import lower_graph
from semstat.interop.formats.sdmx.model import Dataflow, DataStructure, ItemScheme, Message
from semstat.interop.formats.sdmx.structure import lift_messages
from semstat.interop.recognise_cube import is_cube
from semstat.ontology.terms import QB
from semstat.validators.diagnostics import Verdict

POPULATION = Path(__file__).parents[2] / "examples" / "population"
PREPARED = Header(prepared="2026-01-01T00:00:00")
FOREIGN = """@prefix qb: <http://purl.org/linked-data/cube#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix sdmx-dimension: <http://purl.org/linked-data/sdmx/2009/dimension#> . @prefix : <https://stats.example.org/def/> .
:pop a qb:DataStructureDefinition ; rdfs:label "Population"@en , "Population"@fr ;
  qb:component [ qb:dimension :year ; qb:order 2 ] , [ qb:dimension :area ; qb:order 1 ] , [ qb:measure :persons ] ,
    [ qb:attribute :unit ; qb:componentRequired true ] , [ qb:dimension qb:measureType ] .
:data a qb:DataSet ; qb:structure :pop ; rdfs:label "Population by area"@en .
:year a qb:DimensionProperty ; rdfs:subPropertyOf sdmx-dimension:refPeriod .
:area a qb:DimensionProperty , qb:CodedProperty ; qb:codeList :areas ; qb:concept :place ; rdfs:label "Area"@en .
:place skos:prefLabel "Place"@en . :persons a qb:MeasureProperty ; rdfs:range xsd:decimal . :unit a qb:AttributeProperty .
:areas a skos:ConceptScheme ; rdfs:label "Areas"@en .
:n a skos:Concept ; skos:inScheme :areas ; skos:notation "01" ; skos:prefLabel "North"@en .
:n1 a skos:Concept ; skos:inScheme :areas ; skos:broader :n ; skos:notation "NA" ; skos:prefLabel "Nearby"@en .
:o a qb:Observation ; qb:dataSet :data ."""


ATTACHED = """@prefix qb: <http://purl.org/linked-data/cube#> . @prefix : <https://stats.example.org/def/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix sdmx-dimension: <http://purl.org/linked-data/sdmx/2009/dimension#> .
:pop a qb:DataStructureDefinition ; KEYS
  qb:component [ qb:dimension :area ; qb:order 1 ] , [ qb:dimension :sex ; qb:order 2 ] , [ qb:dimension :year ; qb:order 3 ] ,
    [ qb:measure :persons ; qb:order 4 ] , [ qb:measure :share ; qb:order 5 ] ,
    [ qb:attribute :note ; qb:order 6 ; qb:componentAttachment LEVEL ] .
:year rdfs:subPropertyOf sdmx-dimension:refPeriod .
:byArea a qb:SliceKey ; qb:componentProperty :area . :bySex a qb:SliceKey ; qb:componentProperty :sex ."""


@pytest.fixture(scope="module")
def cube(tmp_path_factory) -> Path:
    """A cube as semstat writes it, with its observations."""
    path = tmp_path_factory.mktemp("cube") / "cube.ttl"
    convert([POPULATION / "population.csv"], path, structure=[POPULATION / "structure.xml"], to="rdf-cube-turtle")
    return path


def parts(artefacts) -> dict[str, list[tuple[str, str]]]:
    return {
        item.head.name.short: [(one.cls, one.facts.id) for one in (*item.dimensions, *item.measures, *item.attributes)]
        for item in artefacts
        if isinstance(item, DataStructure)
    }


def codes(artefacts) -> dict[str, list[tuple[str, str | None]]]:
    return {
        item.head.name.short: sorted((one.path, one.parent) for one in item.items)
        for item in artefacts
        if isinstance(item, ItemScheme) and item.item_class == "Code"
    }


def test_what_semstat_wrote_has_its_names_components_and_codes_again(cube):
    before = list(lower_graph(read(POPULATION / "structure.xml").graph))
    after = list(lower_graph(read(cube).graph))
    assert parts(before) == parts(after)
    assert codes(after).items() <= codes(before).items()
    assert len(codes(after)) == 6
    flows = {item.head.name.short for item in after if isinstance(item, Dataflow)}
    assert flows == {"SEMSTAT:DF_POPULATION(1.0)"}


@pytest.mark.parametrize(
    "target", ["sdmx-ml-3.0-structure", "sdmx-json-2.0-structure", "ddi-cdi-json-ld", "ddi-cdi-xml"]
)
def test_a_cube_is_written_in_other_standards_and_comes_back(cube, tmp_path, target):
    there = tmp_path / f"there.{'xml' if target.endswith(('structure', 'xml')) and 'json' not in target else 'json'}"
    done = convert([cube], there, to=target, header=PREPARED)
    assert done.refused == ()
    stream = tmp_path / "back.xml"
    convert([there], stream, to="sdmx-ml-3.0-structure", header=PREPARED)
    back = list(lower_graph(read(stream).graph))
    ids = [{name for _, name in items} for items in parts(back).values()]
    assert ids == [{name for _, name in items} for items in parts(lower_graph(read(cube).graph)).values()]
    assert codes(back) == codes(lower_graph(read(cube).graph))


def test_data_are_judged_by_the_structure_of_a_cube(cube):
    assert validate([POPULATION / "population.csv"], structure=[cube]).verdict is Verdict.PASS
    faulty = validate([POPULATION / "population-faulty.csv"], structure=[cube])
    assert {"DF002", "DF004", "DF007", "DF009"} <= {item.rule for item in faulty.diagnostics}


def test_a_cube_of_others_is_named_after_its_iris():
    graph = Graph().parse(data=FOREIGN, format="turtle")
    found = cube_artefacts(graph)
    assert parts(found) == {
        "org.example.stats:pop(1.0)": [
            ("Dimension", "area"), ("TimeDimension", "TIME_PERIOD"), ("Measure", "persons"), ("DataAttribute", "unit"),
        ]
    }  # fmt: skip
    assert codes(found) == {"org.example.stats:areas(1.0)": [("01", None), ("NA", "01")]}
    (structure,) = (item for item in found if isinstance(item, DataStructure))
    assert structure.attributes[0].usage == "mandatory"
    assert {(text.language, text.value) for text in structure.head.facts.names} == {
        ("en", "Population"),
        ("fr", "Population"),
    }
    assert structure.measures[0].representation.text_type == "Decimal"


@pytest.mark.parametrize(("suffix", "syntax"), [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld")])
def test_every_syntax_of_rdf_says_the_same(tmp_path, suffix, syntax):
    path = tmp_path / f"cube.{suffix}"
    Graph().parse(data=FOREIGN, format="turtle").serialize(path, format=syntax, encoding="utf-8")
    document = read(path)
    assert parts(lower_graph(document.graph)) == parts(cube_artefacts(Graph().parse(data=FOREIGN, format="turtle")))
    assert [item.value for item in document.diagnostics if item.rule == "IO114"] == ["observations"]


@pytest.mark.parametrize("broken", [FOREIGN[:-5], FOREIGN.replace("qb:order 2", "qb:order"), FOREIGN + "\x00"])
def test_what_is_broken_is_refused_where_it_breaks(tmp_path, broken):
    (tmp_path / "broken.ttl").write_text(broken, "utf-8")
    done = convert([tmp_path / "broken.ttl"], BytesIO(), to="sdmx-json-2.0-structure", header=PREPARED)
    assert [item.rule for item in done.refused] == ["IO101"]


@pytest.mark.parametrize(
    ("level", "keys", "attachment", "measures", "noted"),
    [
        ("qb:Observation", "", ("observation", [], []), [], []),
        ("qb:DataSet", "", ("dataset", [], []), [], []),
        ("qb:MeasureProperty", "", ("dataset", [], []), ["persons", "share"], []),
        ("qb:Slice", "", ("series", ["area", "sex"], []), [], ["note"]),
        ("qb:Slice", "qb:sliceKey :byArea ;", ("group", [], ["byArea"]), [], []),
        ("qb:Slice", "qb:sliceKey :byArea , :bySex ;", ("group", [], ["byArea", "bySex"]), [], []),
        ("qb:Slice", "qb:sliceKey [ qb:componentProperty :area , :sex ] ;", ("group", [], ["Slice_area_sex"]), [], []),
        ("qb:Slice", "qb:sliceKey :byArea , [ qb:componentProperty :sex , :note ] ;", ("group", [], ["Slice_sex"]), [], []),
        ("qb:Slice", "qb:sliceKey :byArea , [ qb:componentProperty :sex , :note ] , [ qb:componentProperty :sex ] ;",
         ("group", [], ["Slice_sex"]), [], []),
        ("qb:Slice", "qb:sliceKey :empty ;", ("series", ["area", "sex"], []), [], ["empty", "note"]),
        ("qb:Slice", "qb:sliceKey [ qb:componentProperty :sex , :share ] ;", ("group", [], ["Slice_sex"]), [], ["share"]),
        ("qb:ObservationGroup", "", ("observation", [], []), [], [str(QB.ObservationGroup)]),
        ("qb:DataSet , qb:Observation", "", ("observation", [], []), [], [str(QB.DataSet)]),
        (":Somewhere", "", ("observation", [], []), [], ["https://stats.example.org/def/Somewhere"]),
    ],
)  # fmt: skip
def test_what_attributes_are_attached_to_is_read_and_written_back(tmp_path, level, keys, attachment, measures, noted):
    path, again = tmp_path / "cube.ttl", tmp_path / "again.ttl"
    path.write_text(ATTACHED.replace("LEVEL", level).replace("KEYS", keys), "utf-8")
    convert([path], again, to="rdf-cube-structure-turtle")
    for file, expected in ((path, noted), (again, [])):
        document = read(file)
        (structure,) = (item for item in lower_graph(document.graph) if isinstance(item, DataStructure))
        (note,) = structure.attributes
        found = note.attachment
        assert (found.level, [one.id for one in found.components], [one.id for one in found.groups]) == attachment
        assert [one.id for one in note.measures] == measures
        assert [item.value for item in document.diagnostics if item.rule == "IO114"] == expected
        assert {one.facts.id for one in structure.groups} >= {one.id for one in found.groups}


def test_what_has_no_iri_is_named_alike_each_time():
    text = (
        FOREIGN.replace(":areas a", "_:areas a")
        .replace(":areas", "_:areas")
        .replace("__:", "_:")
        .replace(":pop", "_:pop")
    )
    first, second = (cube_artefacts(Graph().parse(data=text, format="turtle")) for _ in range(2))
    assert first == second
    assert codes(first) == {"UNKNOWN:Areas(1.0)": [("01", None), ("NA", "01")]}
    assert list(parts(first)) == ["UNKNOWN:Population(1.0)"]


def test_a_component_that_is_no_component_of_sdmx_is_one_of_others():
    concept = "<https://w3id.org/semstat/sdmx/conceptscheme.Concept/A/CS/1.0/AREA>"
    found = cube_artefacts(Graph().parse(data=FOREIGN.replace(":area ", f"{concept} "), format="turtle"))
    assert parts(lift_messages([Message("cube", "rdf-cube", found)]) and found)["org.example.stats:pop(1.0)"][0] == (
        "Dimension", "AREA",
    )  # fmt: skip


def test_a_hub_graph_comes_back_whole(tmp_path):
    convert([POPULATION / "structure.xml"], tmp_path / "hub.ttl")
    assert set(read(tmp_path / "hub.ttl").graph) == set(read(POPULATION / "structure.xml").graph)
    done = convert([tmp_path / "hub.ttl"], tmp_path / "back.xml", to="sdmx-ml-2.1-structure", header=PREPARED)
    assert done.written == {"artefacts": 13}
    assert lower_graph(read(tmp_path / "back.xml").graph) == lower_graph(read(POPULATION / "structure.xml").graph)


def test_rdf_without_structures_is_not_read_as_one():
    assert not is_cube(b"@prefix qb: <http://purl.org/linked-data/cube#> . <a> a qb:Observation .")


def test_an_ill_formed_literal_beside_a_structure_is_read_in_silence(tmp_path, caplog):
    (tmp_path / "odd.ttl").write_text(FOREIGN + ':data <urn:at> "2013-12-01T14:24:99Z"^^xsd:dateTime .', "utf-8")
    assert len(read(tmp_path / "odd.ttl").graph) > 10
    assert not caplog.records


def test_rdf_that_is_judged_and_not_converted_is_not_said_to_be_unreadable(tmp_path):
    (tmp_path / "concepts.ttl").write_text("<urn:a> a <http://www.w3.org/2004/02/skos/core#Concept> .", "utf-8")
    (refused,) = convert([tmp_path / "concepts.ttl"], BytesIO(), to="sdmx-json-2.0-structure", header=PREPARED).refused
    assert (refused.rule, refused.message) == (
        "IO112",
        "the input is RDF, Turtle, of which structures of data cubes and concept schemes are converted, and it holds none",
    )


@needs_corpora
def test_the_example_of_the_recommendation_is_read():
    assert CORPORA is not None
    names = sorted((CORPORA / "rdf-cube" / "w3c-qb-example").glob("*.ttl"))
    found = {name: part for file in names for name, part in parts(lower_graph(read(file).graph)).items()}
    assert found["org.example:dsd-le3(1.0)"][-3:] == [
        ("TimeDimension", "TIME_PERIOD"), ("Measure", "lifeExpectancy"), ("DataAttribute", "unitMeasure"),
    ]  # fmt: skip
    assert len(names) == 1
