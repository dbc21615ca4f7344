"""Endpoints for tests: a small one of our own that runs everywhere, and real ones that are started where they are installed."""

import base64
import http.server
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
DisableUnixSocket = 1
CheckpointInterval = 0
NumberOfBuffers = {buffers}
[HTTPServer]
ServerPort = 127.0.0.1:{web}
ServerRoot = .
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000
"""
START_SECONDS = 60
ENGINES = ("stub", "oxigraph", "virtuoso")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Stub(http.server.ThreadingHTTPServer):
    """SPARQL 1.1 over a store in this process. ``asked`` notes the requests; ``answer`` may answer in its place."""

    daemon_threads = True

    def __init__(self, server: str = "Stub") -> None:
        self.store, self.asked, self.server_name_said = ox.Store(), [], server
        self.answer: Callable[[Handler], bool] = lambda handler: False
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sparql"

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers one request."""

    server: Stub

    def do_GET(self) -> None:
        self.server.asked.append((self.path, ""))
        self.say(b"", "text/plain")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.headers["Content-Type"]
        self.server.asked.append((self.path, body.decode()))
        if self.server.answer(self):
            return
        try:
            if kind == "application/sparql-update":
                self.server.store.update(body.decode())
                self.say(b"", "text/plain")
            elif kind == "application/sparql-query":
                self._query({"query": [body.decode()]})
            else:
                self._query(urllib.parse.parse_qs(body.decode(), keep_blank_values=True))
        except SyntaxError as problem:
            self.say(str(problem).encode(), "text/plain", 400)

    def _query(self, fields: dict[str, list[str]]) -> None:
        graphs = [ox.NamedNode(name) for name in fields.get("default-graph-uri", ())]
        found = self.server.store.query(
            fields["query"][0], default_graph=graphs or None, use_default_graph_as_union="union-default-graph" in fields
        )
        if isinstance(found, ox.QueryTriples):
            self.say(found.serialize(format=ox.RdfFormat.N_TRIPLES), "application/n-triples")
        else:
            self.say(found.serialize(format=ox.QueryResultsFormat.JSON), "application/sparql-results+json")

    def say(self, data: bytes, kind: str, code: int = 200, **headers: str) -> None:
        self.send_response(code)
        own = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **own}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def knows(self, user: str, password: str) -> bool:
        """Tell whether who asks says who they are; ask them if not."""
        told = self.headers.get("Authorization", "")
        if told == "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode():
            return True
        self.say(b"", "text/plain", 401, WWW_Authenticate='Basic realm="stub"')
        return False

    def version_string(self) -> str:
        return self.server.server_name_said

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def stub(server: str = "Stub") -> Iterator[Stub]:
    made = Stub(server)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def engine(name: str, folder: Path, *, buffers: int = 4_000) -> Iterator[str]:
    """Start an engine and hand out the address for queries; the test is skipped where it is not installed."""
    if name == "stub":
        with stub() as made:
            yield made.url
        return
    port = free_port()
    command, url = _oxigraph(folder, port) if name == "oxigraph" else _virtuoso(folder, port, buffers)
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(url, process)
            yield url
        finally:
            process.kill()


def _oxigraph(folder: Path, port: int) -> tuple[list[str], str]:
    found = shutil.which("oxigraph") or shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip("oxigraph, the server, is not installed (pip install oxigraph)")
    return [found, "serve", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"], (
        f"http://127.0.0.1:{port}/query"
    )


def _virtuoso(folder: Path, port: int, buffers: int) -> tuple[list[str], str]:
    found = shutil.which("virtuoso-t")
    if found is None:
        pytest.skip("virtuoso-t is not installed (apt-get install virtuoso-opensource-7)")
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(sql=free_port(), web=port, buffers=buffers))
    return [found, "+foreground", "+configfile", "virtuoso.ini"], f"http://127.0.0.1:{port}/sparql"


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    query = urllib.parse.urlencode({"query": "ASK {}"})
    for _ in range(START_SECONDS * 10):
        assert process.poll() is None, "the engine ended by itself"
        try:
            with urllib.request.urlopen(f"{url}?{query}", timeout=5) as answer:
                answer.read()
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer")
