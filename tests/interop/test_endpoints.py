"""A catalogue behind an endpoint says what one in a folder says, on every engine that is here."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from semstat.interop.catalogue import Catalogue
from semstat.interop.catalogue.endpoint import Endpoint
from semstat.interop.catalogue.endpoint_catalogue import EndpointCatalogue
from semstat.interop.catalogue.guard import QueryRefused
from semstat.interop.catalogue.querying import QueryInvalid
from semstat.interop.catalogue.records import SOURCES, edge_graph, graph_of, stage_graph
from semstat.interop.catalogue.web import EndpointFailed
from tests.command import EXAMPLES, semstat
from tests.sparql_servers import ENGINES, engine, stub

NAMES = ("structure.xml", "structure-3.0.xml", "population.csv")
MANY = 10_500
"""Statements, more than an engine returns at once."""


@pytest.fixture(scope="module", params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an engine that is alone with us."""
    with pytest.MonkeyPatch.context() as patch, engine(request.param, tmp_path_factory.mktemp("engine")) as address:
        patch.setenv("SEMSTAT_ENDPOINT_USER", "dba")
        patch.setenv("SEMSTAT_ENDPOINT_PASSWORD", "dba")
        yield address


@pytest.fixture(scope="module")
def office(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder that is a catalogue, and an endpoint into which the same was loaded."""
    folder = tmp_path_factory.mktemp("office")
    for name in NAMES:
        shutil.copy(EXAMPLES / name, folder / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert semstat("init").code == 0
        assert semstat("load", *NAMES).out.splitlines()[-1] == "3 added"
        loaded = semstat("load", *NAMES, "--endpoint", url)
        assert (loaded.code, loaded.out.splitlines()[-1]) == (0, "3 added"), loaded
        yield folder, url


@pytest.mark.parametrize(
    "command",
    [
        "lineage CL_AREA",
        "lineage DF_POPULATION --up --format json",
        "lineage DSD_POPULATION --depth 1 --kinds structure --valid-on 2026-01-01 --format mermaid",
        "impact CL_AREA.NA --change code-removed",
        "impact CL_AREA.150 --change code-removed --format json",
        "impact DSD_POPULATION",
        "why DF_POPULATION CL_AREA",
        "why CL_AREA CL_FREQ",
        "find namibie",
        "find namibye",
        "find zzzzzz",
        "catalogue show CL_AREA.NA",
        "lineage CL_ARAE",
        "query 'SELECT ?l { ?l a sst:Codelist } ORDER BY ?l'",
    ],
)
def test_the_same_is_said(office: tuple[Path, str], command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import shlex

    folder, url = office
    monkeypatch.chdir(folder)
    words = shlex.split(command)
    here, there = semstat(*words), semstat(*words, "--endpoint", url)
    assert (there.code, there.err, there.out) == (here.code, here.err, here.out)


def test_what_was_loaded_is_listed_and_left_alone(office: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, url = office
    monkeypatch.chdir(folder)
    listed = json.loads(semstat("catalogue", "list", "--format", "json", "--endpoint", url).out)["sources"]
    own = json.loads(semstat("catalogue", "list", "--format", "json").out)["sources"]
    assert [{**item, "loaded": ""} for item in listed] == [{**item, "loaded": ""} for item in own]
    assert semstat("load", "--endpoint", url).out == "3 unchanged\n"


def test_the_four_kinds_of_query(office: tuple[Path, str]) -> None:
    folder, url = office
    for query in (
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT ?u ?n ?nothing { ?u ssl:observationCount ?n } ORDER BY ?u LIMIT 5",
        "ASK { ?x a sst:Codelist }",
        "ASK { ?x a sst:Nothing }",
        f"SELECT (COUNT(*) AS ?n) FROM <{graph_of('structure.xml')}> {{ ?s ?p ?o }}",
        "SELECT DISTINCT ?g { GRAPH ?g { ?x a sst:Codelist } } ORDER BY ?g",
    ):
        here, there = Catalogue(folder).ask(query), EndpointCatalogue(Endpoint(url)).ask(query)
        assert (there.rows, there.holds, there.cut) == (here.rows, here.holds, ""), query
        assert there.columns == here.columns
    graph = "CONSTRUCT { ?l a <urn:x-list> } { ?l a sst:Codelist }"
    here, there = Catalogue(folder).ask(graph), EndpointCatalogue(Endpoint(url)).ask(graph)
    assert sorted((there.graph or "").splitlines()) == sorted(set((here.graph or "").splitlines()))


def test_competency_questions_are_answered_alike(office: tuple[Path, str]) -> None:
    from semstat.interop.catalogue.questioning import ask_questions
    from semstat.ontology.questions import questions

    folder, url = office
    asked = questions("core")[::20]
    here = list(ask_questions(Catalogue(folder), asked))
    there = list(ask_questions(EndpointCatalogue(Endpoint(url)), asked))
    assert [(item.question.id, item.state, item.rows) for item in there] == [
        (item.question.id, item.state, item.rows) for item in here
    ]
    ids = [part for item in asked for part in ("--question", item.id)]
    assert " not checked" not in semstat("cq", "run", *ids, "--endpoint", url).out


@pytest.mark.parametrize(
    "query",
    ["INSERT DATA { <urn:a> <urn:b> <urn:c> }", "DROP ALL", "LOAD <http://127.0.0.1:9/>", "SELECT", "",
     "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SELECT * FROM <urn:x-nowhere> { ?s ?p ?o }",
     "DEFINE get:soft 'soft' SELECT * { ?s ?p ?o }", "PREFIX a: <urn:x-> SELECT * FROM a:b { ?s ?p ?o }"],
)  # fmt: skip
@pytest.mark.parametrize("has_pipes", [True, False])
def test_only_what_reads_and_stays_reaches_an_endpoint(
    query: str, has_pipes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("semstat.interop.catalogue.querying._HAS_PIPES", has_pipes)
    with stub() as server:
        with pytest.raises((QueryInvalid, QueryRefused)):
            EndpointCatalogue(Endpoint(server.url)).ask(query)
        assert not [body for _, body in server.asked if "SERVICE" in body or "INSERT" in body or "get%3Asoft" in body]
        assert len(server.store) == 0


def test_a_source_takes_the_place_of_itself_and_goes_when_its_file_does(url: str, tmp_path: Path) -> None:
    home = tmp_path / "texts"
    home.mkdir()
    (home / "a.ttl").write_text("<urn:x-a> a <urn:x-c> ; <urn:x-p> 'A'@en, [ <urn:x-q> 1 ] .")
    (home / "b.ttl").write_text("<urn:x-b> a <urn:x-c> .")
    catalogue = EndpointCatalogue(Endpoint(url), tmp_path)
    assert {item.name: item.state for item in catalogue.load([home])} == {
        "texts/a.ttl": "added",
        "texts/b.ttl": "added",
    }
    (home / "a.ttl").write_text("<urn:x-a> a <urn:x-d> .")
    (home / "b.ttl").unlink()
    assert [item.state for item in catalogue.load([home])] == ["replaced", "removed"]
    asked = catalogue.ask("SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?s), 'urn:x-')) }")
    assert [row["o"]["value"] for row in asked.rows] == ["urn:x-d"]
    catalogue.load([home], anew=True)
    assert [item.name for item in catalogue.sources() if item.name.startswith("texts/")] == ["texts/a.ttl"]


def test_many_statements_long_texts_and_rare_values_arrive(url: str, tmp_path: Path) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    long = "long é " * 20_000
    lines = [f"<urn:y-{number}> <urn:y-p> 'text {number}'@en .\n" for number in range(MANY)]
    lines += [f"<urn:y-long> <urn:y-p> '{long}' .\n", f"<urn:y-time> <urn:y-p> 'P1Y'^^<{xsd}duration> .\n"]
    (tmp_path / "many.ttl").write_text("".join(lines), encoding="utf-8")
    catalogue = EndpointCatalogue(Endpoint(url, seconds=60), tmp_path)
    (done,) = catalogue.load([tmp_path / "many.ttl"])
    assert done.state == "added", done.findings
    lost = [item.value for item in done.findings if item.rule == "IO228"]
    import pyoxigraph as ox

    with catalogue.snapshot() as seen:
        found = list(seen.store.quads_for_pattern(None, ox.NamedNode("urn:y-p"), None, None))
    assert len(found) == MANY + 2
    assert long in {quad.object.value for quad in found if isinstance(quad.object, ox.Literal)}
    kinds = {quad.object.datatype.value for quad in found if isinstance(quad.object, ox.Literal)}
    assert (f"{xsd}duration" in kinds) == (not lost), "what is not kept as it is, is said"
    answered = catalogue.ask("SELECT ?s ?o { ?s <urn:y-p> ?o }")
    assert len(answered.rows) == MANY + 2 or "no more than 10,000 rows" in answered.cut
    assert not catalogue.endpoint.select(f"ASK {{ GRAPH <{stage_graph(graph_of('many.ttl'))}> {{ ?s ?p ?o }} }}").holds


def test_an_engine_that_fails_midway_leaves_what_was(tmp_path: Path) -> None:
    """The record goes first and comes last, so that half a source is none."""
    (tmp_path / "a.ttl").write_text("".join(f"<urn:y-{number}> <urn:y-p> 'a' .\n" for number in range(5_100)))
    with stub() as server:
        catalogue = EndpointCatalogue(Endpoint(server.url), tmp_path)
        catalogue.load([tmp_path / "a.ttl"])
        before = set(server.store)
        (tmp_path / "a.ttl").write_text("".join(f"<urn:z-{number}> <urn:y-p> 'a' .\n" for number in range(5_100)))
        for broken in range(4):
            left = [broken]

            def answer(handler: object, left: list[int] = left) -> bool:
                if server.asked[-1][1].startswith("query="):
                    return False
                left[0] -= 1
                if left[0] < 0:
                    handler.say(b"", "text/plain", 503)  # type: ignore[attr-defined]
                return left[0] < 0

            server.answer = answer
            with pytest.raises(EndpointFailed, match="503"):
                catalogue.load([tmp_path / "a.ttl"])
            graphs = {SOURCES, graph_of("a.ttl"), edge_graph("a.ttl")}
            assert {quad for quad in server.store if getattr(quad.graph_name, "value", "") in graphs} == before
        server.answer = lambda handler: False
        assert [item.state for item in catalogue.load([tmp_path / "a.ttl"])] == ["replaced"]
        assert "loading" not in "".join({str(quad.graph_name) for quad in server.store})


def test_half_a_record_is_said_and_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> 'a' .")
    with stub() as server:
        assert semstat("load", "a.ttl", "--endpoint", server.url).code == 0
        server.store.update(f"DELETE WHERE {{ GRAPH <{SOURCES}> {{ ?s <http://rdfs.org/ns/void#triples> ?o }} }}")
        half = semstat("catalogue", "list", "--endpoint", server.url)
        assert (half.code, "semstat load --anew" in half.err) == (2, True), half
        anew = semstat("load", "--anew", "--endpoint", server.url)
        assert (anew.code, anew.out.splitlines()[-1]) == (0, "1 added"), anew


@pytest.mark.parametrize(
    ("name", "graph"), [("Stub", "{}"), ("Oxigraph", "{}"), ("Oxigraph", "{{ GRAPH <urn:g> {} }}")]
)
def test_an_endpoint_without_a_catalogue_is_asked_as_it_is(name: str, graph: str) -> None:
    from semstat.interop.catalogue.lineage import Lineage

    with stub(name) as server:
        stated = "{ <urn:x-data> sst:structure <urn:x-dsd> ; rdfs:label 'Emissions'@en }"
        server.store.update(
            "PREFIX sst: <https://w3id.org/semstat/structure#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
            f"INSERT DATA {graph.format(stated)}"
        )
        shown = semstat("catalogue", "show", "urn:x-data", "--endpoint", server.url)
        assert "Emissions" in shown.out, shown
        assert semstat("find", "emissions", "--endpoint", server.url).out.startswith("urn:x-data")
        with EndpointCatalogue(Endpoint(server.url)).snapshot() as seen:
            reached = Lineage(seen.edges_around(["urn:x-dsd"], "down")).walk("urn:x-dsd", "down")
        assert [item.iri for item in reached] == ["urn:x-data"]
