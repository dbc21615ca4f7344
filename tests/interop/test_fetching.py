"""``semstat fetch``, against a stand-in on the loopback address that answers in the shapes of agencies' services."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from command import CLEAN_XML, STRUCTURE, process, semstat

pytest.importorskip("sdmx")

from semstat.interop.counting import InputRefused, Limits
from semstat.interop.fetching import Service, UnknownService, fetch, services


@dataclass
class StandIn:
    """A service on the loopback address: what it answers by path, and what it was asked."""

    url: str = ""
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, list[str]], str]] = field(default_factory=list)

    def service(self, **options: object) -> Service:
        return Service("HERE", self.url, **options)


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    told = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            told.asked.append((parts.path, parse_qs(parts.query), self.headers["Accept"]))
            code, body = told.answers.get(parts.path, (404, b"<m:Error xmlns:m='urn:x'/>"))
            self.send_response(code)
            if code in {301, 302}:
                self.send_header("Location", body.decode())
                body = b""
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told.url = f"http://127.0.0.1:{server.server_port}"
        told.answers["/dataflow/SEMSTAT/DF_POPULATION/latest"] = (200, Path(STRUCTURE).read_bytes())
        told.answers["/data/DF_POPULATION/A.NZ.POP"] = (200, Path(CLEAN_XML).read_bytes())
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield told
        server.shutdown()
        thread.join()


def test_what_is_fetched_is_what_was_sent_and_can_be_judged(stand_in, tmp_path) -> None:
    outcome = process(
        "fetch", "HERE", "DF_POPULATION", "A.NZ.POP", "--url", stand_in.url, "--agency", "SEMSTAT",
        "--start", "2019", "--end", "2021", "-o", tmp_path,
    )  # fmt: skip
    assert (outcome.code, outcome.err) == (0, "")
    structure, data = tmp_path / "DF_POPULATION-structure.xml", tmp_path / "DF_POPULATION-data.xml"
    assert structure.read_bytes() == Path(STRUCTURE).read_bytes()
    assert data.read_bytes() == Path(CLEAN_XML).read_bytes()
    assert [line.split("\t")[0] for line in outcome.out.splitlines()] == [str(structure), str(data)]
    assert semstat("validate", data, "-s", structure).code == 0

    (_, of_structure, _), (_, of_data, accepted) = stand_in.asked
    assert of_structure == {"references": ["all"]}
    assert of_data == {"startPeriod": ["2019"], "endPeriod": ["2021"]}
    assert accepted.startswith("application/vnd.sdmx.structurespecificdata+xml")


def test_one_of_the_two(stand_in, tmp_path) -> None:
    service = stand_in.service(agency="SEMSTAT")
    (only,) = fetch(service, "DF_POPULATION", into=tmp_path, only="structure")
    assert (only.what, only.size) == ("structure", Path(STRUCTURE).stat().st_size)
    (only,) = fetch(service, "DF_POPULATION", "A.NZ.POP", into=tmp_path, only="data")
    assert only.path.name == "DF_POPULATION-data.xml"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"DATAFLOW,FREQ\n", "F-data.csv"),
        (b'{"data": {"dataSets": []}, "meta": {}}', "F-data.json"),
        (b"\0", "F-data.dat"),
    ],
)
def test_a_file_is_named_for_what_came(stand_in, tmp_path, body, name) -> None:
    stand_in.answers["/data/F"] = stand_in.answers["/data/F/"] = (200, body)
    (fetched,) = fetch(stand_in.service(), "F", into=tmp_path, only="data")
    assert fetched.path.name == name


@pytest.mark.parametrize(
    ("answer", "rule", "words"),
    [
        ((404, b"x"), "IO104", "answers 404"),
        ((503, b""), "IO104", "answers 503"),
        ((200, b""), "IO105", "sent nothing"),
        ((200, b"x" * 2_000), "IO107", "more than 1000 bytes"),
        ((302, b"/data/F/A"), "IO104", "Exceeded 5 redirects"),
    ],
)
def test_an_answer_that_is_none(stand_in, tmp_path, answer, rule, words) -> None:
    stand_in.answers["/data/F/A"] = answer
    with pytest.raises(InputRefused, match=words) as caught:
        list(fetch(stand_in.service(), "F", "A", into=tmp_path, only="data", limits=Limits(stream_bytes=1_000)))
    assert caught.value.diagnostic.rule == rule
    assert list(tmp_path.iterdir()) == []


def test_a_service_that_is_not_there(tmp_path) -> None:
    outcome = process("fetch", "HERE", "F", "--url", "http://127.0.0.1:9", "-o", tmp_path)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("error: IO104 http://127.0.0.1:9/")
    assert "Connection refused" in outcome.err


def test_no_way_leads_from_a_protected_address_to_an_open_one() -> None:
    from types import SimpleNamespace

    from semstat.interop.fetching import _judge

    answer = SimpleNamespace(url="http://example.org/x", status_code=200, reason="OK")
    with pytest.raises(InputRefused, match="not protected"):
        _judge(answer, "https://example.org/x")
    _judge(answer, "http://example.org/y")


def test_sources_that_are_known() -> None:
    known = {name: address for name, _, address in services()}
    assert len(known) > 20
    assert known["ECB"].startswith("https://")
    with pytest.raises(UnknownService):
        list(fetch(Service("NOWHERE"), "F", into=Path()))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ECBB", "EXR"), "there is no source 'ECBB', did you mean ECB?"),
        (("ECB",), "name a source and a dataflow"),
        (("HERE", "F", "--url", "file:///etc"), "--url takes an address"),
        (("HERE", "F", "-o", "no-such-folder"), "does not exist"),
    ],
)
def test_mistakes(arguments, words) -> None:
    outcome = semstat("fetch", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert words in outcome.err
