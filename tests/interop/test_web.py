"""What is said to an endpoint stays between the two, ends in time, and whatever goes wrong is told in a sentence."""

import http.client
import io
import json
import shutil
import ssl
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from semstat.interop.catalogue.endpoint import Endpoint
from semstat.interop.catalogue.web import Address, EndpointFailed, _certificates, _SameHost
from tests.command import semstat
from tests.sparql_servers import Handler, Stub, free_port, stub

ASK = "ASK { ?s ?p ?o }"


@pytest.fixture
def server() -> Iterator[Stub]:
    """An endpoint of our own."""
    with stub() as made:
        yield made


def failing(server: Stub, answer: Callable[[Handler], bool], **limits: float) -> str:
    """Return what is said when a server answers so."""
    server.answer = answer
    endpoint = Endpoint(
        server.url, seconds=limits.get("seconds", 20.0), most_bytes=int(limits.get("most_bytes", 1 << 20))
    )
    with pytest.raises(EndpointFailed) as failed:
        endpoint.select(ASK)
    host = f"127.0.0.1:{server.server_port}"
    return str(failed.value).replace(host, "HOST")


def saying(data: bytes, kind: str = "text/plain", code: int = 200, **headers: str) -> Callable[[Handler], bool]:
    def answer(handler: Handler) -> bool:
        handler.say(data, kind, code, **headers)
        return True

    return answer


JSON = "application/sparql-results+json"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (saying(b"<html>Sign in</html>", "text/html; charset=utf-8"), "HOST sent a web page, not a table of SPARQL"),
        (saying(b"x", ""), "HOST sent something unnamed, not a table of SPARQL"),
        (saying(b'{"head": {"vars": ["a"]}, "results": {"bind', JSON),
         "HOST sent JSON that cannot be read, which may have broken off"),
        (saying(b"[" * 100_000, JSON), "HOST sent JSON that cannot be read, which may have broken off"),
        (saying(b"[]", JSON), "HOST sent JSON that is no table of SPARQL"),
        (saying(b'{"head": {}}', JSON), "HOST sent JSON that is no table of SPARQL"),
        (saying(b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": 1}]}}', JSON),
         "HOST sent JSON that is no table of SPARQL"),
        (saying(b'{"head": []}', JSON), "HOST sent JSON that is no table of SPARQL"),
        (saying(b'{"head": {"vars": ["__ASK_RETVAL"]}}', JSON), "HOST sent JSON that is no table of SPARQL"),
        (saying(b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "uri", "value": [1]}}]}}', JSON),
         "HOST sent JSON that is no table of SPARQL"),
        (saying(b"", code=307, Location="/sparql"),
         "HOST answers 307: The HTTP server returned a redirect error that would lead to an infinite loop. "
         "The last 30x error message was: Temporary Redirect"),
        (saying(b"", code=403), "HOST does not allow this (403)"),
        (saying(b"the store\nis full", code=500), "HOST answers 500: the store is full"),
        (saying(b"<html>Oops</html>", "text/html", 500), "HOST answers 500: Internal Server Error"),
        (saying(b"", code=503), "HOST answers 503: Service Unavailable"),
        (saying(b"1234", JSON, Content_Length="9"), "the answer of HOST broke off after 4 of 9 bytes"),
        (saying(b"x" * 2_000_000, JSON), "the answer of HOST is larger than 1,048,576 bytes"),
        (saying(b"", code=302, Location="/other"), "HOST leads on to http://HOST/other (302), and what was sent would be lost"),
        (saying(b"", code=307, Location="ftp://127.0.0.1/x"),
         "HOST leads on to ftp://127.0.0.1/x, which nobody named"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_told_in_a_sentence(server: Stub, answer: Callable[[Handler], bool], said: str) -> None:
    assert failing(server, answer) == said


def test_a_path_that_is_none_and_a_host_that_is_not_there(server: Stub) -> None:
    assert failing(server, saying(b"", code=404)).startswith("HOST has no endpoint at http://HOST/sparql (404)")
    with pytest.raises(EndpointFailed, match="cannot be reached: Connection refused"):
        Endpoint(f"http://127.0.0.1:{free_port()}/").select(ASK)
    with pytest.raises(EndpointFailed, match=r"semstat\.invalid:443 cannot be reached"):
        Endpoint("https://semstat.invalid/").select(ASK)


BOMB = b"""<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">
<rdf:Description rdf:about="urn:a"><x:p>&b;</x:p></rdf:Description></rdf:RDF>"""


@pytest.mark.parametrize(
    ("data", "kind"),
    [(BOMB, "application/rdf+xml"), (b"<urn:a> <urn:b> " + b"<<( <urn:a> <urn:b> " * 50_000, "text/turtle")],
)
def test_a_graph_that_would_explode_does_not_reach_the_parser(server: Stub, data: bytes, kind: str) -> None:
    server.answer = saying(data, kind)
    with pytest.raises(EndpointFailed, match="sent a graph that is not read"):
        Endpoint(server.url).graph("CONSTRUCT WHERE { ?s ?p ?o }")


def cutting(server: Stub, most: int, **headers: str) -> Callable[[Handler], bool]:
    """Return what answers with no more than so many rows, and with headers."""

    def answer(handler: Handler) -> bool:
        query = urllib.parse.parse_qs(server.asked[-1][1])["query"][0]
        table = json.loads(server.store.query(query).serialize(format=ox.QueryResultsFormat.JSON))
        if "results" in table:
            table["results"]["bindings"] = table["results"]["bindings"][:most]
        handler.say(json.dumps(table).encode(), JSON, **headers)
        return True

    return answer


def test_an_engine_that_stops_early_is_asked_on_and_one_that_gives_up_is_not_believed(server: Stub) -> None:
    server.store.update(f"INSERT DATA {{ {' '.join(f'<urn:a> <urn:p> {number} .' for number in range(7))} }}")
    query = "SELECT ?o { ?s <urn:p> ?o }"
    server.answer = cutting(server, 3, X_SPARQL_MaxRows="3")
    assert len(list(Endpoint(server.url).all_rows(query))) == 7
    for most, said in ((3, "stopped before the end"), (0, "sent no number")):
        server.answer = cutting(server, most, X_SQL_State="S1TAT")
        with pytest.raises(EndpointFailed, match=said):
            list(Endpoint(server.url).all_rows(query))


def test_an_engine_that_says_the_same_for_ever_is_left(server: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("semstat.interop.catalogue.endpoint._PAGE", 1)
    row = b'{"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal", "value": "2"}}]}}'
    server.answer = saying(row, JSON)
    with pytest.raises(EndpointFailed, match="does not keep its order"):
        list(Endpoint(server.url).all_rows("SELECT ?n { ?s ?p ?n }"))


def test_an_answer_that_does_not_end_is_left(server: Stub) -> None:
    def silent(handler: Handler) -> bool:
        time.sleep(1.5)
        return True

    def dripping(handler: Handler) -> bool:
        handler.say(b"", JSON, Content_Length="1000")
        for _ in range(40):
            handler.wfile.write(b" ")
            time.sleep(0.05)
        return True

    for answer in (silent, dripping):
        assert failing(server, answer, seconds=0.4) == "HOST did not answer within 0.4 seconds"


def test_nobody_else_is_spoken_to(server: Stub) -> None:
    with stub() as other:
        said = failing(server, saying(b"", code=307, Location=other.url))
        assert said == f"HOST leads on to 127.0.0.1:{other.server_port}, which nobody named"
        assert other.asked == []


def test_a_protected_way_is_not_left_for_an_open_one_on_the_same_port() -> None:
    asked = urllib.request.Request("https://data.example:8443/sparql", b"query=", {"Authorization": "Bearer x"})
    with pytest.raises(EndpointFailed, match="a way that others can read"):
        _SameHost().redirect_request(
            asked, io.BytesIO(), 307, "", http.client.HTTPMessage(), "http://data.example:8443/sparql"
        )


def test_within_the_host_a_redirect_is_followed_with_what_was_sent(server: Stub) -> None:
    def answer(handler: Handler) -> bool:
        if handler.path == "/sparql":
            handler.say(b"", "text/plain", 307, Location="/elsewhere")
            return True
        return False

    server.answer = answer
    assert Endpoint(server.url).select(ASK).holds is False
    assert [path for path, _ in server.asked] == ["/sparql", "/elsewhere"]
    assert server.asked[0][1] == server.asked[1][1]


def test_a_password_comes_from_the_environment_or_a_file_and_only_where_it_is_asked_for(
    server: Stub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server.answer = lambda handler: not handler.knows("me", "secret")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("SEMSTAT_ENDPOINT_USER", raising=False)
    with pytest.raises(EndpointFailed, match=r"wants to know who asks \(401\)") as asked:
        Endpoint(server.url).select(ASK)
    assert "SEMSTAT_ENDPOINT_USER" in asked.value.hint
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    assert Endpoint(server.url).select(ASK).holds is False
    monkeypatch.setenv("SEMSTAT_ENDPOINT_USER", "me")
    monkeypatch.setenv("SEMSTAT_ENDPOINT_PASSWORD", "wrong")
    with pytest.raises(EndpointFailed, match="401"):
        Endpoint(server.url).select(ASK)
    monkeypatch.setenv("SEMSTAT_ENDPOINT_PASSWORD", "secret")
    assert Endpoint(server.url).select(ASK).holds is False
    heard: list[str | None] = []
    server.answer = lambda handler: bool(heard.append(handler.headers.get("Authorization")))
    Endpoint(server.url).select(ASK)
    assert heard == [None], "who is not asked does not say"
    monkeypatch.setenv("SEMSTAT_ENDPOINT_TOKEN", "abc")
    Endpoint(server.url).select(ASK)
    assert heard[-1] == "Bearer abc"


def test_a_password_does_not_travel_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    from urllib.request import Request

    from semstat.interop.catalogue.web import _Basic, _Credentials

    monkeypatch.setenv("SEMSTAT_ENDPOINT_USER", "me")
    monkeypatch.setenv("SEMSTAT_ENDPOINT_PASSWORD", "secret")
    far = Address("http://example.org/sparql")
    with pytest.raises(EndpointFailed, match="over a way that others can read"):
        _Basic(_Credentials(far)).retry_http_basic_auth("example.org", Request(far.url), "realm")
    assert _Credentials(far).find_user_password("realm", "http://example.net/") == (None, None)
    assert Address("http://localhost:1/").is_protected
    assert Address("http://[::1]:1/").is_protected
    assert not far.is_protected


def test_a_token_that_was_not_sent_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    from email.message import Message
    from urllib.error import HTTPError

    from semstat.interop.catalogue.web import _refusal

    monkeypatch.setenv("SEMSTAT_ENDPOINT_TOKEN", "abc")
    for url, said in (("http://example.org/", "is not sent over a way"), ("https://example.org/", "in .netrc")):
        assert said in _refusal(HTTPError(url, 401, "", Message(), None), Address(url)).hint


@pytest.mark.parametrize(
    "url",
    ["", "file:///etc/passwd", "ftp://a/", "example.org/sparql", "http://", "http://a b/", "http://a:x/", "http://é/"],
)
def test_what_is_no_address_is_said_to_be_none(url: str) -> None:
    with pytest.raises(EndpointFailed, match="is no address"):
        Address(url)


@pytest.mark.parametrize("url", ["https://me:secret@a/", "https://me:secret@a:x/", "https://me:sec ret@a/"])
def test_a_password_in_an_address_is_not_repeated(url: str) -> None:
    with pytest.raises(EndpointFailed) as refused:
        Address(url)
    assert str(refused.value) == "an address holds no user and no password"


def test_on_the_command_line(server: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for url in ("http://me:secret@127.0.0.1/", "http://me:secret@127.0.0.1:x/", "ftp://me:secret@[/"):
        told = semstat("query", "ASK {}", "--endpoint", url)
        assert (told.code, "secret" in told.err) == (2, False)
    both = semstat("query", "ASK {}", "--endpoint", server.url, "--catalogue", tmp_path)
    assert (both.code, "exclude each other" in both.err) == (2, True)
    semstat("init")
    for arguments in (["catalogue", "list"], ["cq", "run"], ["find", "a"], ["load", "."], ["lineage", "a"]):
        server.answer = saying(b"", code=401)
        outcome = semstat(*arguments, "--endpoint", server.url)
        assert (outcome.code, outcome.out) == (2, ""), outcome
        assert "wants to know who asks" in outcome.err
    server.answer = saying(
        b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "uri", "value": "urn:a"}}]}}', JSON,
        X_SPARQL_MaxRows="1",
    )  # fmt: skip
    strange = semstat("find", "a", "--endpoint", server.url)
    assert (strange.code, "sent rows that are no statements" in strange.err) == (2, True), strange
    listed = semstat("catalogue", "list", "--endpoint", server.url)
    assert (listed.code, "sent rows that are no statements" in listed.err) == (2, True), listed
    server.asked.clear()
    one = server.answer
    server.answer = lambda handler: "urn%3Aasked" in server.asked[-1][1] and one(handler)
    cut = semstat("query", "SELECT ?s { ?s <urn:asked> 1 }", "--endpoint", server.url)
    assert (cut.code, "returns no more than 1 rows" in cut.err, "urn:a" in cut.out) == (4, True, True), cut


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes certificates, is not installed")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "own.pem", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    with stub() as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "own.pem", tmp_path / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        with pytest.raises(EndpointFailed, match="its certificate is not to be trusted"):
            Endpoint(f"https://localhost:{server.server_port}/sparql").select(ASK)
        assert server.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "own.pem"))
        _certificates.cache_clear()
        assert Endpoint(f"https://localhost:{server.server_port}/sparql").select(ASK).holds is False
        _certificates.cache_clear()
        assert threading.active_count() < 50


def test_an_endpoint_may_be_configured_and_may_take_changes_elsewhere(
    server: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SEMSTAT_QUERY_ENDPOINT", server.url)
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> 'a' .")
    elsewhere = server.url.replace("/sparql", "/statements")
    loaded = semstat("load", "a.ttl", "--endpoint", server.url, "--update-endpoint", elsewhere)
    assert (loaded.code, loaded.out.splitlines()[-1]) == (0, "1 added"), loaded
    paths = {path for path, body in server.asked if "INSERT" in body}
    assert paths == {"/statements"}
    assert semstat("query", "ASK { <urn:a> <urn:p> 'a' }").out == "yes\n"
    assert "0 sources" not in semstat("catalogue", "list", "--endpoint", server.url).out
