"""The process in which a query runs: it can be killed, reaches no network, and sees the store for reading only.

It takes one line of JSON, ``{"store": …, "query": …, "union": …, "memory": …, "seconds": …}``, and writes what the query
yields as bytes after one letter: ``S`` and a table as SPARQL JSON, ``B`` and ``true`` or ``false``, ``G`` and a graph as
N-Triples, ``E`` and what is wrong.

Source:
    SPARQL 1.1 Query Results JSON Format (W3C, 2013); seccomp(2).
"""

import ctypes
import errno
import json
import os
import platform
import struct
import sys

import pyoxigraph as ox

__all__ = ["main"]

_SOCKET_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000
_LOCAL = 1
"""The family of sockets within one machine."""


def main() -> None:
    """Run one query."""
    job = json.loads(sys.stdin.buffer.readline())
    _confine(job["memory"], job["seconds"])
    out = sys.stdout.buffer
    try:
        store = ox.Store.read_only(job["store"]) if job["store"] else ox.Store()
        found = store.query(job["query"], use_default_graph_as_union=job["union"])
        letter, data = _answer(found)
    except (SyntaxError, ValueError, OSError, RuntimeError, MemoryError) as problem:
        letter, data = b"E", str(getattr(problem, "msg", None) or problem).encode()
    out.write(letter + data)
    out.flush()


def _answer(found: "ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples") -> tuple[bytes, bytes]:
    if isinstance(found, ox.QueryBoolean):
        return b"B", str(bool(found)).lower().encode()
    if isinstance(found, ox.QueryTriples):
        return b"G", found.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
    return b"S", found.serialize(format=ox.QueryResultsFormat.JSON) or b""


def _confine(memory: int, seconds: int) -> None:
    """Bound the memory and the processor time, write no core, and leave only sockets within the machine (Linux).

    The processor time is for the case that nobody is left to stop the process.
    """
    import resource  # of POSIX, as all of this

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    known = _SOCKET_CALLS.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return
    architecture, call = known
    steps = (
        (_LOAD, 0, 0, 4), (_IF_EQUAL, 0, 5, architecture),
        (_LOAD, 0, 0, 0), (_IF_EQUAL, 0, 2, call),
        (_LOAD, 0, 0, 16), (_IF_EQUAL, 0, 1, _LOCAL),
        (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE | errno.EACCES),
    )  # fmt: skip
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    header = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(program))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or library.prctl(_SECCOMP, _FILTER, header, 0, 0):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


if __name__ == "__main__":
    main()
