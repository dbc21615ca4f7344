"""Queries read, and do nothing else: what would leave the process, or never end, is refused or stopped."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from semstat.interop.catalogue import Catalogue, QueryStopped, ask_catalogue
from semstat.interop.catalogue.guard import QueryRefused, guarded
from semstat.interop.catalogue.querying import QueryInvalid, with_prefixes

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A catalogue of one structure."""
    catalogue = Catalogue.create(tmp_path_factory.mktemp("office"))
    catalogue.load([EXAMPLES / "population" / "structure.xml"])
    return catalogue


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """A server that notes who asks it."""
    asked: list[str] = []

    class Notes(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Notes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


def test_the_four_kinds_of_query(office: Catalogue) -> None:
    found = ask_catalogue(office, "SELECT ?l ?nothing { ?l a sst:Codelist } ORDER BY ?l")
    assert found.columns == ("l", "nothing")
    assert [row["l"]["value"].rsplit("/", 2)[1] for row in found.rows] == [
        "CL_AREA", "CL_FREQ", "CL_INDICATOR", "CL_OBS_STATUS", "CL_UNIT_MEASURE", "CL_UNIT_MULT"
    ]  # fmt: skip
    assert ask_catalogue(office, "ASK { ?l a sst:Codelist }").holds is True
    assert ask_catalogue(office, "ASK { ?l a sst:Nothing }").holds is False
    graph = ask_catalogue(office, "CONSTRUCT { ?l a <urn:x-list> } { ?l a sst:Codelist }").graph
    assert graph is not None
    assert graph.count("urn:x-list") == 6
    assert ask_catalogue(office, "DESCRIBE <urn:x-none>").graph == ""


def test_an_empty_catalogue_can_be_asked(tmp_path: Path) -> None:
    assert ask_catalogue(Catalogue.create(tmp_path), "SELECT * { ?s ?p ?o }").rows == ()


def test_sources_can_be_told_apart(office: Catalogue) -> None:
    found = ask_catalogue(office, "SELECT DISTINCT ?g { GRAPH ?g { ?l a sst:Codelist } }")
    (row,) = found.rows
    named = ask_catalogue(office, f"SELECT ?l FROM <{row['g']['value']}> {{ ?l a sst:Codelist }}")
    assert len(named.rows) == 6
    assert ask_catalogue(office, "SELECT ?l FROM <urn:x-none> { ?l a sst:Codelist }").rows == ()


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "DROP ALL",
        "SELECT",
        "",
        "SELECT * { ?s ?p 'open",
    ],
)
def test_what_is_no_query_is_said_to_be_none(office: Catalogue, query: str) -> None:
    with pytest.raises((QueryInvalid, QueryRefused)) as refused:
        ask_catalogue(office, query)
    assert len(str(refused.value)) < 300
    assert len(ask_catalogue(office, "SELECT * { ?s ?p ?o }").rows) > 500, "nothing was changed"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <%s> { ?s ?p ?o } }",
        "SELECT * { service<%s>{ ?s ?p ?o } }",
        "SELECT * { SERVICESILENT <%s> { ?s ?p ?o } }",
        "SELECT * { S\\u0045RVICE <%s> { ?s ?p ?o } }",
        "SELECT * { \u017fERVICE <%s> { ?s ?p ?o } }",
        "SELECT * FROM <%s> { ?s ?p ?o }",
        "SELECT * FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }",
        "LOAD <%s>",
        "SELECT * { BIND('#' AS ?x) SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { # a remark\n SERVICE <%s> { ?s ?p ?o } }",
    ],
)
def test_nothing_is_fetched(office: Catalogue, canary: tuple[str, list[str]], query: str) -> None:
    address, asked = canary
    try:
        found = ask_catalogue(office, query % address, seconds=20)
    except (QueryInvalid, QueryRefused):
        found = None
    assert asked == []
    assert found is None or found.rows == ()


def test_even_behind_the_guard_there_is_no_network(
    office: Catalogue, canary: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    import platform
    import sys

    if sys.platform != "linux" or platform.machine() not in {"x86_64", "aarch64"}:
        pytest.skip("only on Linux can a process give up its sockets")
    monkeypatch.setattr("semstat.interop.catalogue.querying.guarded", lambda text: text)
    address, asked = canary
    with pytest.raises(QueryInvalid):
        ask_catalogue(office, f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", seconds=20)
    assert asked == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 6000 + "}" * 6000,
        "SELECT * { FILTER(" + "!" * 5000 + "true) }",
        "SELECT * { FILTER(" + "(" * 5000 + "true" + ")" * 5000 + ") }",
        "SELECT * { " + " UNION ".join("{ ?a ?b ?c }" for _ in range(3000)) + " }",
        "SELECT * { ?a ?b ?c " + ". ?a ?b ?c " * 20_000 + "}",
    ],
    ids=["groups", "negations", "parentheses", "unions", "length"],
)
def test_what_would_exhaust_the_engine_is_refused(query: str) -> None:
    with pytest.raises(QueryRefused):
        guarded(query)


def test_a_query_without_an_end_is_stopped(office: Catalogue) -> None:
    with pytest.raises(QueryStopped, match=r"after 0\.5 seconds"):
        ask_catalogue(office, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", seconds=0.5)


def test_an_answer_that_is_too_large_is_stopped(office: Catalogue) -> None:
    with pytest.raises(QueryStopped, match="larger than 100,000 bytes"):
        ask_catalogue(office, "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 5000", most_bytes=100_000)


@given(some.text(max_size=300))
def test_the_guard_lets_a_text_pass_as_it_is_or_refuses_it(text: str) -> None:
    passed = None
    with suppress(QueryRefused):
        passed = guarded(text)
    assert passed in {None, text}


def test_what_strings_and_comments_say_is_not_taken_for_the_query() -> None:
    for query in (
        "ASK { ?s ?p 'SERVICE' } # LOAD",
        'ASK { ?s ?p """a SERVICE "b" """ }',
        "ASK { <urn:SERVICE> ?p ?o }",
    ):
        assert guarded(query) == query


def test_prefixes_that_are_declared_are_not_declared_again() -> None:
    query = "prefix sst: <urn:mine#>\nASK { ?s a sst:Codelist ; skos:notation ?n }"
    assert with_prefixes(query) == f"PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n{query}"


def test_oxigraph_finds_a_statement_once_for_each_source_that_makes_it(tmp_path: Path) -> None:
    """A quirk of the engine, against SPARQL 1.1, 13.2: the default graph should be a merge. The how-to says so."""
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_text("<urn:x> <urn:p> <urn:y> .\n", encoding="utf-8")
    catalogue = Catalogue.create(tmp_path / "c")
    catalogue.load([tmp_path / "a.ttl", tmp_path / "b.ttl"])

    assert len(ask_catalogue(catalogue, "SELECT * { <urn:x> ?p ?o }").rows) == 2
    assert len(ask_catalogue(catalogue, "SELECT DISTINCT * { <urn:x> ?p ?o }").rows) == 1
