"""What depends on what: the walks in memory find what SPARQL finds, and changes are passed on as the ontology says."""

import csv
import random
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from semstat.interop.catalogue import Catalogue, Edge, Lineage, impact_of, verify
from semstat.interop.catalogue.citing import uncited
from semstat.interop.catalogue.drawing import DRAWINGS, Drawn
from semstat.interop.catalogue.impact import CHANGES, Severity
from semstat.interop.catalogue.names import Naming, NotFound, short_name
from semstat.interop.catalogue.usage import used_by, what_changes
from semstat.interop.catalogue.ways import ways
from semstat.interop.catalogue.wording import SENTENCES, sentence
from semstat.ontology import load
from semstat.ontology.dependencies import dependencies, edges_of, implied_in, propagation
from semstat.ontology.terms import BASE, RDF, RDFS, SS, SST
from semstat.ontology.terms_lineage import SSL

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LINEAGE = BASE + "lineage#"
AREA = BASE + "sdmx/codelist.Codelist/SEMSTAT/CL_AREA/1.0"
FLOW = BASE + "sdmx/datastructure.Dataflow/SEMSTAT/DF_POPULATION/1.0"


def table(*edges: tuple[str, str, str]) -> pa.Table:
    names = ("dependent", "dependency", "on")
    rows = [(f"urn:x-{one}", LINEAGE + how, f"urn:x-{other}") for one, how, other in edges]
    return pa.table({name: pa.array([row[place] for row in rows], pa.string()) for place, name in enumerate(names)})


CHAIN = table(
    ("component", "valueDomain", "list"),
    ("dsd", "component", "component"),
    ("flow", "structure", "dsd"),
    ("table", "derivedFrom", "flow"),
    ("map", "subjectScheme", "list"),
    ("list", "usesConcept", "concept"),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A catalogue of the examples."""
    catalogue = Catalogue.create(tmp_path_factory.mktemp("office"))
    catalogue.load([EXAMPLES / "population" / "structure.xml", EXAMPLES / "cross-domain"])
    return catalogue


def test_every_kind_of_dependency_reads_as_a_sentence() -> None:
    """One sentence for each, read aloud once; a new kind needs one."""
    import pyoxigraph as ox

    naming = Naming(ox.Store())
    said = {}
    for item in dependencies():
        known = Lineage(table(("one", item.name, "other")))
        way = known.path("urn:x-one", "urn:x-other")
        said[item.name] = sentence(known, naming, way or ())
    assert said == {
        "arranges": "urn:x-one gives urn:x-other its place in a hierarchy.",
        "businessFunction": "urn:x-one belongs to the sub-process urn:x-other.",
        "capturedBy": "urn:x-one is filled by the answers to the question urn:x-other.",
        "component": "urn:x-one has the component urn:x-other.",
        "componentVariable": "urn:x-one is filled by the variable urn:x-other.",
        "conceptualVariable": "urn:x-one represents the variable urn:x-other.",
        "dataflow": "urn:x-one serves the dataflow urn:x-other.",
        "derivedFrom": "urn:x-one is derived from urn:x-other.",
        "generatedBy": "urn:x-one was made by urn:x-other.",
        "instanceVariable": "urn:x-one has the variable urn:x-other.",
        "measures": "urn:x-one measures urn:x-other.",
        "method": "urn:x-one applies the method urn:x-other.",
        "objectScheme": "urn:x-one maps to the codes of urn:x-other.",
        "ofComponent": "urn:x-one holds the values of urn:x-other.",
        "ofStep": "urn:x-one is a run of urn:x-other.",
        "part": "urn:x-one has the part urn:x-other.",
        "representation": "urn:x-one is represented as urn:x-other.",
        "representedVariable": "urn:x-one is bound to the variable urn:x-other.",
        "restricts": "urn:x-one restricts urn:x-other.",
        "rule": "urn:x-one follows the rule urn:x-other.",
        "structure": "urn:x-one has the structure urn:x-other.",
        "subjectScheme": "urn:x-one maps the codes of urn:x-other.",
        "takenFrom": "urn:x-one takes over the content of urn:x-other.",
        "unitType": "urn:x-one characterises units of the type urn:x-other.",
        "used": "urn:x-one used urn:x-other.",
        "usesConcept": "urn:x-one takes its meaning from urn:x-other.",
        "valueDomain": "urn:x-one takes its values from urn:x-other.",
    }


def test_other_ways_come_after_the_shortest() -> None:
    known = Lineage(table(
        ("a", "structure", "b"), ("b", "component", "c"), ("a", "derivedFrom", "c"), ("a", "structure", "c"),
        ("b", "part", "d"), ("d", "part", "c"), ("d", "part", "b"), ("c", "part", "z"),
    ))  # fmt: skip
    found = ways(known, "urn:x-a", "urn:x-c", limit=10)
    assert [[edge.dependency.removeprefix(LINEAGE) for edge in way] for way in found] == [
        ["derivedFrom"], ["structure"], ["structure", "component"], ["structure", "part", "part"]
    ]  # fmt: skip
    assert ways(known, "urn:x-a", "urn:x-c", limit=1)[0] == known.path("urn:x-a", "urn:x-c")
    assert (
        ways(known, "urn:x-c", "urn:x-a") == ways(known, "urn:x-a", "urn:x-a") == ways(known, "urn:x", "urn:x-a") == ()
    )


@given(some.lists(some.tuples(some.integers(0, 6), some.integers(0, 6)), max_size=20))
def test_the_first_way_is_a_shortest_one_and_no_way_meets_itself(pairs: list[tuple[int, int]]) -> None:
    known = Lineage(table(*((str(one), "structure", str(other)) for one, other in pairs)))
    found = ways(known, "urn:x-0", "urn:x-1", limit=50)
    shortest = known.path("urn:x-0", "urn:x-1")
    assert bool(found) == (shortest is not None)
    lengths = [len(way) for way in found]
    assert lengths == sorted(lengths)
    for way in found:
        things = ["urn:x-0", *(edge.on for edge in way)]
        assert len(set(things)) == len(things)
    assert not shortest or lengths[0] == len(shortest)


def test_every_kind_of_dependency_has_an_edge_kind_a_sentence_and_effects() -> None:
    kinds = {item.kind for item in dependencies()}
    assert "" not in kinds
    assert {item.name for item in dependencies()} | {"dependsOn"} == set(SENTENCES)
    assert {(change, kind) for change in CHANGES.values() for kind in kinds} == set(propagation())
    stated = {subject for subject in load("lineage").subjects(RDF.type, SSL.ChangeKind)}
    assert {LINEAGE + name for name in CHANGES.values()} == {str(kind) for kind in stated}
    assert {str(kind).removeprefix(LINEAGE) for kind in load("lineage").subjects(RDF.type, SSL.EdgeKind)} == kinds


def test_a_code_that_nobody_uses_is_never_graver_than_one_in_use() -> None:
    gravity = {"NoEffect": 0, "Notice": 1, "Review": 2, "Breaking": 3}
    for cell, effect in propagation().items():
        assert gravity[effect.unused] <= gravity[effect.used], cell
        assert effect.used != "NoEffect" or effect.unused == "NoEffect", cell


def test_edges_are_implied_in_both_directions() -> None:
    found = list(edges_of([
        ("urn:a", str(SST.structure), "urn:b"),
        ("urn:q", BASE + "information#populatesInstanceVariable", "urn:v"),
        ("urn:c", str(SS.maintainer), "urn:d"),
    ]))  # fmt: skip
    assert found == [("urn:a", LINEAGE + "structure", "urn:b"), ("urn:v", LINEAGE + "capturedBy", "urn:q")]


def test_walks_go_down_up_so_far_and_along_some_kinds() -> None:
    known = Lineage(CHAIN)

    def reached(start: str, direction: str = "down", **how: object) -> list[tuple[str, int]]:
        found = known.walk(f"urn:x-{start}", direction, **how)  # type: ignore[arg-type]
        return [(item.iri.removeprefix("urn:x-"), item.distance) for item in found]

    assert reached("concept") == [("list", 1), ("component", 2), ("map", 2), ("dsd", 3), ("flow", 4), ("table", 5)]
    assert reached("table", "up") == [("flow", 1), ("dsd", 2), ("component", 3), ("list", 4), ("concept", 5)]
    assert reached("concept", depth=2) == [("list", 1), ("component", 2), ("map", 2)]
    assert reached("list", kinds=["Mapping"]) == [("map", 1)]
    assert reached("list", kinds=["valueDomain", "component"]) == [("component", 1), ("dsd", 2)]
    assert reached("table") == reached("nothing") == []


def test_the_shortest_way_is_a_sentence() -> None:
    known = Lineage(CHAIN)
    way = known.path("urn:x-flow", "urn:x-list")
    assert way is not None
    assert [edge.on for edge in way] == ["urn:x-dsd", "urn:x-component", "urn:x-list"]
    import pyoxigraph as ox

    said = sentence(known, Naming(ox.Store()), way)
    assert said == (
        "urn:x-flow has the structure urn:x-dsd, which has the component urn:x-component, which takes its values from "
        "urn:x-list."
    )
    assert known.path("urn:x-list", "urn:x-flow") is None
    with pytest.raises(ValueError, match="follow"):
        sentence(known, Naming(ox.Store()), [way[1], way[0]])


@given(some.lists(some.tuples(some.integers(0, 12), some.integers(0, 12)), max_size=40), some.integers(0, 12))
def test_a_walk_finds_what_a_plain_search_finds(pairs: list[tuple[int, int]], start: int) -> None:
    known = Lineage(table(*((str(one), "structure", str(other)) for one, other in pairs)))
    for direction, way in (("down", [(b, a) for a, b in pairs]), ("up", pairs)):
        distance, frontier = {start: 0}, [start]
        while frontier:
            fresh = [b for node in frontier for a, b in way if a == node and b not in distance]
            distance.update((node, distance[frontier[0]] + 1) for node in fresh)
            frontier = list(dict.fromkeys(fresh))
        found = known.walk(f"urn:x-{start}", direction)  # type: ignore[arg-type]
        expected = {f"urn:x-{node}": steps for node, steps in distance.items() if steps}
        assert {item.iri: item.distance for item in found} == expected
        assert all(Edge(item.by.dependent, item.by.dependency, item.by.on) == item.by for item in found)


def test_the_walk_finds_what_sparql_finds(office: Catalogue) -> None:
    with office.snapshot() as found:
        known = Lineage(found.edges)
        starts = sorted({edge for edge in found.edges["on"].to_pylist()})
        random.Random(3).shuffle(starts)
        for start in starts[:20]:
            query = f"SELECT DISTINCT ?x {{ GRAPH ?g {{ ?x <{LINEAGE}dependsOn>+ <{start}> }} }}"
            in_one = {row["x"].value for row in found.store.query(query)}  # type: ignore[union-attr]
            walked = {item.iri for item in known.walk(start, "down")}
            assert in_one <= walked
            union = found.store.query(query.replace("GRAPH ?g", ""), use_default_graph_as_union=True)
            assert walked | {start} == {row["x"].value for row in union} | {start}  # type: ignore[union-attr]
    assert len(starts) > 20


def hits(change: str, *, usage: dict[str, int] | None = None, start: str = "list") -> dict[str, str]:
    found = impact_of(Lineage(CHAIN), [f"urn:x-{start}"], change, usage=usage)
    return {hit.iri.removeprefix("urn:x-"): hit.severity.name for hit in found.hits}


def test_a_change_is_passed_on_as_the_ontology_says() -> None:
    assert hits("code-removed") == {
        "component": "BREAKING", "map": "BREAKING", "dsd": "BREAKING", "flow": "BREAKING", "table": "REVIEW"
    }  # fmt: skip
    assert hits("code-removed", usage={}) == {
        "map": "BREAKING", "component": "REVIEW", "dsd": "REVIEW", "flow": "REVIEW", "table": "REVIEW"
    }  # fmt: skip
    assert hits("code-removed", usage={"urn:x-flow": 5}) == hits("code-removed")
    assert hits("label") == {"component": "INFO", "dsd": "INFO", "flow": "INFO"}, "mappings and figures do not care"
    assert hits("definition", start="concept")["list"] == "BREAKING"
    assert hits("datatype", start="concept") == {}, "a concept has no datatype"
    assert hits("code-split") == hits("code-removed"), "what a code split leaves open, no table decides"
    assert hits("code-moved", usage={}) == {
        "map": "REVIEW",
        "component": "INFO",
        "dsd": "INFO",
        "flow": "INFO",
        "table": "INFO",
    }
    assert hits("role", start="component") == {"dsd": "BREAKING", "flow": "BREAKING", "table": "REVIEW"}
    assert hits("retire", start="concept")["list"] == "BREAKING"
    assert hits("supersede") == {"component": "REVIEW", "map": "REVIEW", "dsd": "INFO", "flow": "INFO", "table": "INFO"}
    with pytest.raises(KeyError):
        hits("colour")


@given(some.lists(some.tuples(some.integers(0, 9), some.sampled_from([item.name for item in dependencies()]),
                              some.integers(0, 9)), max_size=30), some.sampled_from(sorted(CHANGES)))  # fmt: skip
def test_an_impact_is_never_graver_than_any_step_to_it_nor_reaches_more_than_the_lineage(
    edges: list[tuple[int, str, int]], change: str
) -> None:
    known = Lineage(table(*((str(one), how, str(other)) for one, how, other in edges)))
    reached = {item.iri for item in known.walk("urn:x-0", "down")}
    gravity = {"NoEffect": 0, "Notice": 1, "Review": 2, "Breaking": 3}
    found = impact_of(known, ["urn:x-0"], change)
    for hit in found.hits:
        way = found.way(hit.iri)
        effects = [propagation()[CHANGES[change], known.dependency(edge.dependency).kind] for edge in way]
        assert hit.severity.value == min(gravity[effect.used] for effect in effects) > Severity.NONE.value
        assert hit.iri in reached
        assert (way[0].on, way[-1].dependent, len(way)) == ("urn:x-0", hit.iri, hit.distance)


def test_things_are_found_by_iri_urn_and_short_forms(office: Catalogue) -> None:
    with office.snapshot() as found:
        naming = Naming(found.store)
        urn = "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=SEMSTAT:CL_AREA(1.0)"
        for said in (
            AREA,
            f"<{AREA}>",
            urn,
            "SEMSTAT:CL_AREA(1.0)",
            "CL_AREA(1.0)",
            "SEMSTAT:CL_AREA",
            "CL_AREA",
            " CL_AREA ",
        ):
            assert naming.find(said) == (AREA,), said
        assert naming.find("CL_AREA.NA") == (f"{BASE}sdmx/codelist.Code/SEMSTAT/CL_AREA/1.0/NA",)
        assert len(naming.find("A")) > 1, "an id that several things have"
        for said in ("OTHER:CL_AREA", "CL_AREA(2.0)", "CL_AERA", "https://example.org/none", "urn:none", "", "a b"):
            with pytest.raises(NotFound):
                naming.find(said)
        with pytest.raises(NotFound) as missing:
            naming.find("CL_AERA")
        assert missing.value.nearest[0] == "CL_AREA"
        assert naming.told(AREA).kind == "Codelist"
        assert naming.label(f"{BASE}sdmx/codelist.Code/SEMSTAT/CL_AREA/1.0/NA") == "Namibia"


@pytest.mark.parametrize("form", sorted(DRAWINGS))
def test_every_form_names_what_was_reached(office: Catalogue, form: str) -> None:
    with office.snapshot() as found:
        known, naming = Lineage(found.edges), Naming(found.store)
        reached = known.walk(AREA, "down")
        inside = [AREA, *(item.iri for item in reached)]
        drawn = Drawn(
            AREA, reached, tuple(known.around(inside)), {iri: naming.told(iri) for iri in inside}, known, "down"
        )
        text = DRAWINGS[form](drawn)
    assert FLOW in inside
    assert all(short_name(iri).replace("#", "#35;") in text or short_name(iri) in text for iri in inside[1:])


def test_a_label_cannot_break_out_of_a_picture(office: Catalogue) -> None:
    from semstat.interop.catalogue.names import Named

    known = Lineage(table(("a", "structure", "b")))
    evil = 'x"] --> y; <script>\n'
    named = {iri: Named("short", evil, "Kind", iri) for iri in ("urn:x-a", "urn:x-b")}
    drawn = Drawn("urn:x-b", known.walk("urn:x-b", "down"), tuple(known.around(named)), named, known, "down")
    mermaid, dot = DRAWINGS["mermaid"](drawn), DRAWINGS["dot"](drawn)
    assert "<script>" not in mermaid
    assert 'x"]' not in mermaid
    assert 'x"]' not in dot.replace('\\"', "")


def test_codes_are_counted_where_data_use_them(office: Catalogue) -> None:
    with office.snapshot() as found:
        counted = sorted({quad.object.value for quad in found.store if quad.predicate.value == LINEAGE + "code"})
        assert counted
        used = used_by(found.store, counted[0])
        assert used
        assert sum(used.values()) > 0
        (_, scheme, *_) = what_changes(found.store, counted[0])
        query = (
            f"SELECT ?c {{ ?c <http://www.w3.org/2004/02/skos/core#inScheme> <{scheme}> "
            f"FILTER NOT EXISTS {{ ?u <{LINEAGE}code> ?c }} }}"
        )
        unused = [row["c"].value for row in found.store.query(query, use_default_graph_as_union=True)]  # type: ignore[union-attr]
        assert all(not sum((used_by(found.store, one) or {}).values()) for one in unused)
        assert used_by(found.store, f"{BASE}sdmx/codelist.Code/SEMSTAT/CL_AREA/1.0/NA") is None, (
            "no data were looked at"
        )


def test_data_tell_which_codes_they_use(tmp_path: Path) -> None:
    catalogue = Catalogue.create(tmp_path)
    done = catalogue.load(
        [EXAMPLES / "population" / name
         for name in ("population.csv", "population.xml", "structure.xml", "structure-3.0.xml")]
    )  # fmt: skip
    assert [item.state for item in done] == ["added"] * 4, "whatever the order, structures come first"
    table = (EXAMPLES / "population" / "population.csv").read_text(encoding="utf-8")
    header, *lines = csv.reader(table.splitlines())
    areas = Counter(dict(zip(header, line, strict=True))["REF_AREA"] for line in lines)
    with catalogue.snapshot() as found:
        for area in ("NA", "FR", "002"):
            used = used_by(found.store, f"{BASE}sdmx/codelist.Code/SEMSTAT/CL_AREA/1.0/{area}")
            assert used is not None
            assert list(used.values()) == [areas[area]] * 4, f"{area}: two datasets and their columns"
        known = Lineage(found.edges)
        code = f"{BASE}sdmx/codelist.Code/SEMSTAT/CL_AREA/1.0/NA"
        hits = impact_of(known, what_changes(found.store, code), "code-removed", usage=used_by(found.store, code)).hits
        assert {hit.used for hit in hits if "#dataset" in hit.iri} == {areas["NA"]}
        assert known.path(next(hit.iri for hit in hits if "#dataset" in hit.iri), AREA) is not None


def test_data_without_their_structure_say_which_one_is_missing(tmp_path: Path) -> None:
    (done,) = Catalogue.create(tmp_path).load([EXAMPLES / "population" / "population.csv"])
    assert done.state == "left out"
    assert [item.rule for item in done.findings] == ["DF013"]
    assert "SEMSTAT:DF_POPULATION(1.0)" in done.findings[0].message


def test_data_that_name_no_structure_are_not_bound_to_the_only_one_at_hand(tmp_path: Path) -> None:
    catalogue = Catalogue.create(tmp_path)
    done = catalogue.load([EXAMPLES / "population" / "structure.xml", EXAMPLES / "households" / "households.csv"])
    assert [item.state for item in done] == ["added", "left out"]
    assert "name no structure" in done[1].findings[0].message


def test_a_property_below_a_dependency_states_it_and_one_below_all_is_of_its_own_kind() -> None:
    below = str(RDFS.subPropertyOf)
    said = [
        ("urn:feeds", below, "urn:shapes"),
        ("urn:shapes", below, LINEAGE + "structure"),
        ("urn:touches", below, LINEAGE + "dependsOn"),
        ("urn:fills", below, BASE + "information#populatesInstanceVariable"),
        ("urn:other", below, "urn:nothing"),
        *((f"urn:{name}-1", f"urn:{name}", f"urn:{name}-2") for name in ("feeds", "touches", "fills", "other")),
    ]
    assert sorted(edges_of(said, implied_in(said))) == [
        ("urn:feeds-1", LINEAGE + "structure", "urn:feeds-2"),
        ("urn:fills-2", LINEAGE + "capturedBy", "urn:fills-1"),
        ("urn:touches-1", "urn:touches", "urn:touches-2"),
    ]
    assert list(edges_of(said)) == []


def test_catalogue_questions_and_shapes_see_the_same_dependencies(tmp_path: Path) -> None:
    """One graph, three ways to it: a catalogue, the graph that competency questions are put to, the store of the shapes."""
    from rdflib import Graph

    from semstat.interop.asking import closure
    from semstat.validators.edges import add_edges
    from semstat.validators.sets import add_rdf, empty_store

    file = tmp_path / "own.ttl"
    file.write_text(
        f"""<urn:feeds> <{RDFS.subPropertyOf}> <{LINEAGE}derivedFrom> . <urn:a> <urn:feeds> <urn:b> ; <{SST.structure}> <urn:c> .
        <urn:q> <{BASE}information#populatesInstanceVariable> <urn:a> .""",
        encoding="utf-8",
    )
    expected = {
        ("urn:a", "derivedFrom", "urn:b"), ("urn:a", "structure", "urn:c"), ("urn:a", "capturedBy", "urn:q")
    }  # fmt: skip
    catalogue = Catalogue.create(tmp_path)
    catalogue.load([file])
    with catalogue.snapshot() as found:
        rows = found.edges.select(["dependent", "dependency", "on"]).to_pylist()
    graph = Graph().parse(file)
    store = empty_store()
    add_rdf(store, file.read_bytes(), "turtle")
    add_edges(store)
    ways = {
        "catalogue": {(row["dependent"], row["dependency"], row["on"]) for row in rows},
        "questions": {(str(a), str(b), str(c)) for a, b, c in closure(graph)},
        "shapes": {(quad.subject.value, quad.predicate.value, quad.object.value) for quad in store},
    }  # fmt: skip
    for name, triples in ways.items():
        said = {(a, b.removeprefix(LINEAGE), c) for a, b, c in triples if b.startswith(LINEAGE)}
        assert {edge for edge in said if edge[1] != "dependsOn"} == expected, name
        if name != "catalogue":
            assert {(a, c) for a, b, c in said if b == "dependsOn"} == {(a, c) for a, _, c in expected}, name
    assert [item.state for item in verify(catalogue, deep=True)] == ["whole"]


MAPS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX sssom: <https://w3id.org/sssom/>
PREFIX ssl: <https://w3id.org/semstat/lineage#> PREFIX ssm: <https://w3id.org/semstat/mapping#>
PREFIX sst: <https://w3id.org/semstat/structure#>
<urn:x:a> skos:inScheme <urn:x:list> ; skos:notation "A" . <urn:x:b> skos:inScheme <urn:x:list> ; skos:notation "B" .
<urn:x:of-a> ssl:subjectScheme <urn:x:list> ; sssom:mappings <urn:x:row-1> . <urn:x:row-1> sssom:subject_id <urn:x:a> .
<urn:x:of-b> ssm:sourceRepresentation <urn:x:end> ; ssm:representationMapping <urn:x:row-2> .
<urn:x:end> ssm:codelist <urn:x:list> .
<urn:x:row-2> ssm:sourceValue <urn:x:value> . <urn:x:value> sst:value "B" .
<urn:x:of-any> ssl:objectScheme <urn:x:list> .
"""


def test_a_set_of_mappings_breaks_where_one_of_its_rows_is_about_the_code(tmp_path: Path) -> None:
    (tmp_path / "maps.ttl").write_text(MAPS, encoding="utf-8")
    catalogue = Catalogue.create(tmp_path)
    catalogue.load([tmp_path / "maps.ttl"])
    with catalogue.snapshot() as found:
        known = Lineage(found.edges)
        for code, breaks in (("urn:x:a", {"of-a", "of-any"}), ("urn:x:b", {"of-b", "of-any"})):
            apart = uncited(found.store, known, [code])
            hits = impact_of(known, what_changes(found.store, code), "code-removed", uncited=apart).hits
            assert {hit.iri.removeprefix("urn:x:") for hit in hits if hit.severity is Severity.BREAKING} == breaks
            assert {hit.iri.removeprefix("urn:x:") for hit in hits} == {"of-a", "of-b", "of-any"}
