"""SPARQL put to a catalogue: read-only, without a network, within a time and a size that are kept even if the engine does not."""

import json
import math
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from semstat.interop.catalogue.backends import MOST_BYTES, Answered, Backend, Cell
from semstat.interop.catalogue.guard import guarded, names_graphs, query_form
from semstat.ontology.errors import SemstatError
from semstat.ontology.turtle import PREFIXES

__all__ = [
    "Answered",
    "Cell",
    "QueryInvalid",
    "QueryStopped",
    "ask_catalogue",
    "ask_store",
    "checked_query",
    "with_prefixes",
]

_MEMORY = 4 << 30
_CORES = 4
"""Threads of the engine that may run at once, each of which uses up processor time."""
_CHUNK = 1 << 18
_FEW = 80
_HAS_PIPES = os.name == "posix"
"""Whether the pipe to another process can be waited for; on Windows it cannot."""

_UNEXPECTED = "something else is expected there"


class QueryStopped(SemstatError):
    """A query took too long, or found too much."""


class QueryInvalid(SemstatError):
    """A text is no query that the engine can run."""


def ask_catalogue(catalogue: Backend, query: str, *, seconds: float = 30.0, most_bytes: int = MOST_BYTES) -> Answered:
    """Return what a query finds in a catalogue.

    All sources are looked at as one graph, unless the query names those it means with ``FROM``; ``GRAPH`` tells them apart.

    Prefixes of the project need not be declared.

    Args:
        catalogue: The catalogue.
        query: SELECT, ASK, CONSTRUCT or DESCRIBE.
        seconds: The most time.
        most_bytes: The most that the answer may hold.

    Raises:
        QueryRefused: the guard does not let it pass.
        QueryInvalid: it is no SPARQL query.
        QueryStopped: it did not end within the time, the memory or the size.
        CatalogueDamaged: the store cannot be read.
        EndpointFailed: the endpoint does not answer.
    """
    return catalogue.ask(query, seconds=seconds, most_bytes=most_bytes)


def ask_store(place: str, query: str, *, seconds: float, most_bytes: int = MOST_BYTES) -> Answered:
    """Return what a query finds in a store, run by a process of its own; :func:`ask_catalogue` says what may be raised.

    Args:
        place: The folder of the store; empty for one that holds nothing.
        query: The query, before the guard.
        seconds: The most time.
        most_bytes: The most that the answer may hold.
    """
    text = with_prefixes(guarded(query))
    if not query_form(text):
        raise QueryInvalid("the query says none of SELECT, ASK, CONSTRUCT and DESCRIBE, and nothing else is run")
    job = {
        "store": place,
        "query": text,
        "union": not names_graphs(query),
        "memory": _MEMORY,
        "seconds": math.ceil(seconds) * _CORES,
    }
    letter, data = _run(job, seconds, most_bytes)
    if letter == "E":
        raise QueryInvalid(f"the query cannot be run: {_reason(data.decode('utf-8', 'replace'))}")
    if letter == "B":
        return Answered(holds=data == b"true")
    if letter == "G":
        return Answered(graph=data.decode())
    table: Any = json.loads(data)
    return Answered(tuple(table["head"]["vars"]), tuple(table["results"]["bindings"]))


def checked_query(query: str, *, seconds: float) -> str:
    """Return a query as it is, if it is one of SPARQL 1.1 that only reads; it is run on nothing, to find that out.

    Raises:
        QueryRefused: the guard does not let it pass.
        QueryInvalid: it is no query.
    """
    if _HAS_PIPES:
        ask_store("", query, seconds=seconds)
    else:
        _only_read(guarded(query))
    return query


def _only_read(query: str) -> None:
    """Have the engine read a query in this process, where no other can be watched: the guard has bounded its depth."""
    import pyoxigraph as ox

    try:
        ox.Store().query(query)
    except (SyntaxError, ValueError, OSError, RuntimeError) as problem:
        raise QueryInvalid(f"the query cannot be run: {_reason(str(getattr(problem, 'msg', problem)))}") from problem


def with_prefixes(query: str) -> str:
    """Return a query with declarations, before its own, of the project's prefixes that it uses and does not declare.

    Example:
        >>> with_prefixes("ASK { ?s a sst:Codelist }").splitlines()[0]
        'PREFIX sst: <https://w3id.org/semstat/structure#>'
    """
    lowered = query.lower()
    needed = [
        f"PREFIX {prefix}: <{namespace}>\n"
        for prefix, namespace in PREFIXES.items()
        if f"{prefix}:" in query and f"prefix {prefix}:" not in lowered
    ]
    return "".join(needed) + query


def _reason(said: str) -> str:
    """Return what the engine says; of a long list of what could have stood there, only the place."""
    place, _, expected = said.partition(": expected one of ")
    return said if len(expected) <= _FEW else f"{place}, {_UNEXPECTED}"


def _run(job: Mapping[str, object], seconds: float, most_bytes: int) -> tuple[str, bytes]:
    """Run a job in a process of its own, and kill it when its time or its room is up."""
    command = [sys.executable, "-P", "-m", "semstat.interop.catalogue.worker"]
    with subprocess.Popen(  # noqa: S603 - the command is our own, the query goes in as data
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as worker:
        try:
            assert worker.stdin is not None
            assert worker.stdout is not None
            with suppress(BrokenPipeError):
                worker.stdin.write(json.dumps(job).encode() + b"\n")
                worker.stdin.close()
            data = _received(worker.stdout.fileno(), seconds, most_bytes)
        except BaseException:
            worker.kill()
            raise
    if not data:
        raise QueryStopped(f"the query ended its process ({_ending(worker.returncode)})", hint="ask for less")
    return chr(data[0]), bytes(data[1:])


def _received(handle: int, seconds: float, most_bytes: int) -> bytearray:
    """Return what comes through a pipe until it is closed."""
    end = time.monotonic() + seconds
    data = bytearray()
    while True:
        left = end - time.monotonic()
        if left <= 0 or not select.select([handle], [], [], left)[0]:
            raise QueryStopped(
                f"the query was stopped after {seconds:g} seconds", hint="ask for less, or give it more with --seconds"
            )
        chunk = os.read(handle, _CHUNK)
        if not chunk:
            return data
        data += chunk
        if len(data) > most_bytes:
            raise QueryStopped(
                f"the answer is larger than {most_bytes:,} bytes", hint="ask for less, with LIMIT for instance"
            )


def _ending(code: int) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else os.strerror(code)
    except ValueError:
        return str(code)
