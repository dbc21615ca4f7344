"""RDF Data Cubes: the same triples in both syntaxes, the integrity constraints of the vocabulary, texts of every kind."""

from collections import Counter
from pathlib import Path

import pytest
from corpora import CORPORA, needs_corpora
from hypothesis import given, settings
from rdflib import Graph, Literal, URIRef
from round_trips import written
from small_cube import VIEW, datasets, outgoing

from semstat.interop import convert
from semstat.interop.formats.write_cube_terms import CROSS_DOMAIN
from semstat.ontology.literals import exact_literals
from semstat.ontology.sdmx_rdf import SdmxAttribute
from semstat.ontology.terms import QB, RDF, RDFS, SKOS, SST
from semstat.validators.observations import PART_SEPARATOR

RULES = Path(__file__).parents[1] / "rules"
EXAMPLE = Path(__file__).parents[2] / "examples" / "population"
EXR = "sdmx/ml21/twg-samples/exr/ecb_exr_{0}/"

PREFIXES = """PREFIX qb: <http://purl.org/linked-data/cube#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> """
VIOLATIONS = {
    # What breaks the constraint, as ASK; the sentences are those of the vocabulary's section 11.
    "IC-1 unique dataset": """
        { ?obs a qb:Observation FILTER NOT EXISTS { ?obs qb:dataSet ?any } }
        UNION { ?obs a qb:Observation ; qb:dataSet ?one, ?two FILTER (?one != ?two) }""",
    "IC-2 unique structure": """
        { ?set a qb:DataSet FILTER NOT EXISTS { ?set qb:structure ?any } }
        UNION { ?set a qb:DataSet ; qb:structure ?one, ?two FILTER (?one != ?two) }""",
    "IC-3 structure has a measure": """
        ?dsd a qb:DataStructureDefinition
        FILTER NOT EXISTS { ?dsd qb:component/qb:measure ?measure . ?measure a qb:MeasureProperty }""",
    "IC-4 dimensions have a range": "?dim a qb:DimensionProperty FILTER NOT EXISTS { ?dim rdfs:range ?any }",
    "IC-5 coded dimensions have a code list": """
        ?dim a qb:DimensionProperty ; rdfs:range skos:Concept FILTER NOT EXISTS { ?dim qb:codeList ?any }""",
    "IC-6 only attributes are optional": """
        ?part qb:componentRequired false FILTER NOT EXISTS { ?part qb:attribute ?any }""",
    "IC-11 all dimensions": """
        ?obs qb:dataSet/qb:structure/qb:component/qb:dimension ?dim FILTER NOT EXISTS { ?obs ?dim ?any }""",
    "IC-13 mandatory attributes": """
        ?obs qb:dataSet/qb:structure/qb:component ?part . ?part qb:componentRequired true ; qb:attribute ?own
        FILTER NOT EXISTS { ?obs ?own ?any }""",
    "IC-14 all measures": """
        ?obs qb:dataSet/qb:structure/qb:component/qb:measure ?measure FILTER NOT EXISTS { ?obs ?measure ?any }""",
    "IC-19 codes from the list": """
        ?obs qb:dataSet/qb:structure/qb:component/qb:dimension ?dim . ?dim qb:codeList ?list . ?obs ?dim ?value
        FILTER NOT EXISTS { ?value a skos:Concept ; skos:inScheme ?list }""",
}  # fmt: skip


def broken(graph: Graph) -> list[str]:
    """Return the constraints that a cube breaks; IC-12 is counted, since comparing all pairs takes squares of time."""
    found = [name for name, pattern in VIOLATIONS.items() if graph.query(f"{PREFIXES} ASK {{ {pattern} }}").askAnswer]
    dimensions = sorted(graph.objects(None, QB.dimension))
    keys = Counter(
        tuple(str(graph.value(obs, dimension)) for dimension in dimensions)
        for obs in graph.subjects(RDF.type, QB.Observation)
    )
    return found + (["IC-12 no duplicates"] if any(number > 1 for number in keys.values()) else [])


def cube_of(tmp_path, *paths, suffix: str = ".nt", structure, against=None) -> Graph:
    out = tmp_path / f"cube{suffix}"
    done = convert(paths, out, structure=structure, against=against)
    assert not done.refused
    with exact_literals():
        return Graph().parse(out)


def test_integrity_constraints_hold_of_data_without_fault(tmp_path) -> None:
    names = [folder / "ok.csv" for folder in sorted(RULES.glob("DF0*")) if (folder / "ok.csv").is_file()]
    tried = 0
    for name in names:
        if "labour.xml" not in (
            (name.parent / "case.toml").read_text("utf-8") if (name.parent / "case.toml").is_file() else ""
        ):
            continue
        graph = cube_of(tmp_path, name, structure=[RULES / "structures" / "labour.xml"])
        # An update need not state what is mandatory; that it was one, the account says (IO223).
        expected = ["IC-13 mandatory attributes"] if name.parent.name == "DF019-update-without-value" else []
        assert broken(graph) == expected, name
        tried += 1
    assert tried > 8


def test_faults_of_the_data_are_broken_constraints(tmp_path) -> None:
    """What is wrong with the data is not hidden by the conversion, but for the duplicates, which are counted as lost."""
    graph = cube_of(
        tmp_path, RULES / "DF004-code-not-in-codelist" / "bad.csv", structure=[RULES / "structures" / "labour.xml"]
    )
    assert "IC-19 codes from the list" in broken(graph)


@needs_corpora
@pytest.mark.parametrize("design", ["ng", "sg", "rg"])
@pytest.mark.parametrize("layout", ["flat", "ts", "xs", "ts_gf"])
def test_integrity_constraints_hold_of_the_official_samples(design, layout, tmp_path) -> None:
    folder = CORPORA / EXR.format(design)
    name = "ts_gf_flat" if (design, layout) == ("sg", "flat") else layout
    data, structure = folder / "structured" / f"ecb_exr_{design}_{name}.xml", folder / f"ecb_exr_{design}_full.xml"
    graph = cube_of(tmp_path, data, structure=[structure], against="ECB_EXR_CG" if design == "rg" else None)
    assert len(list(graph.subjects(RDF.type, QB.Observation))) == 12
    assert [name for name in broken(graph) if not name.startswith("IC-13")] == []


def test_both_syntaxes_say_the_same(tmp_path) -> None:
    data, structure = EXAMPLE / "population-faulty.csv", [EXAMPLE / "structure.xml"]
    triples = set(cube_of(tmp_path, data, structure=structure))
    assert triples == set(cube_of(tmp_path, data, suffix=".ttl", structure=structure))
    assert len(triples) > 3000


@settings(max_examples=40, deadline=None)
@given(rows=datasets())
def test_every_value_is_said(rows) -> None:
    dataset = outgoing(rows)
    graphs = []
    for target, syntax in (("rdf-cube-n-triples", "nt"), ("rdf-cube-turtle", "turtle")):
        data, losses = written([dataset], target)
        assert losses.found == []
        with exact_literals():
            graphs.append(Graph().parse(data=data, format=syntax))
    assert set(graphs[0]) == set(graphs[1])
    properties = {item.iri: item.id for item in VIEW.components}
    said = Counter()
    records = [*graphs[0].subjects(RDF.type, QB.Observation), *graphs[0].subjects(RDF.type, SST.AttributeSet)]
    assert len(list(graphs[0].subjects(RDF.type, QB.Observation))) == sum("OBS_VALUE" in row for row in rows)
    for observation in records:
        values = {
            (properties[name], str(value))
            for name, value in graphs[0].predicate_objects(observation)
            if name in properties
        }
        said[frozenset(values)] += 1
    expected = Counter(
        frozenset(
            (name, part)
            for name, cell in row.items()
            for part in (cell.split(PART_SEPARATOR) if name == "TAGS" else [cell])
        )
        for row in rows
    )
    assert said == expected


def test_links_to_sdmx_rdf_only_where_the_concept_is_one_of_sdmx(tmp_path) -> None:
    graph = cube_of(tmp_path, EXAMPLE / "population-faulty.csv", structure=[EXAMPLE / "structure.xml"])
    assert list(graph.subject_objects(RDFS.subPropertyOf)) == []  # its concepts are the example's own


@needs_corpora
def test_links_of_the_official_sample(tmp_path) -> None:
    folder = CORPORA / EXR.format("sg")
    data, structure = folder / "structured" / "ecb_exr_sg_ts.xml", [folder / "ecb_exr_sg_full.xml"]
    graph = cube_of(tmp_path, data, structure=structure)
    linked = {str(value).rpartition("#")[2] for value in graph.objects(None, RDFS.subPropertyOf)}
    assert {"freq", "timePeriod", "obsValue", "obsStatus", "unitMult"} <= linked


@needs_corpora
def test_the_table_of_properties_is_that_of_sdmx_rdf() -> None:
    vocabulary = Graph()
    for name in ("concept", "dimension", "attribute", "measure"):
        vocabulary.parse(CORPORA / "vocab" / "rdf-data-cube" / f"sdmx-{name}.ttl")
    for role, table in CROSS_DOMAIN.items():
        for concept, prop in table.items():
            notations = {
                str(text)
                for own in vocabulary.objects(prop, QB.concept)
                for text in vocabulary.objects(own, SKOS.notation)
            }
            assert any(text.endswith(f".{concept}") for text in notations) or prop == SdmxAttribute.comment, (
                role,
                concept,
            )


def test_iris_are_legal_whatever_the_codes_are() -> None:
    rows = [{"FREQ": "A", "AREA": 'a b<>"{}|^`\\/%é\n', "TIME_PERIOD": "2020", "OBS_VALUE": "1"}]
    data, _ = written([outgoing(rows)], "rdf-cube-turtle")
    graph = Graph().parse(data=data, format="turtle")
    (observation,) = graph.subjects(RDF.type, QB.Observation)
    assert isinstance(observation, URIRef)
    assert observation.endswith("/A/a%20b%3C%3E%22%7B%7D%7C%5E%60%5C%2F%25%C3%A9%0A/2020")
    assert Literal(rows[0]["AREA"]) in set(graph.objects(observation))
