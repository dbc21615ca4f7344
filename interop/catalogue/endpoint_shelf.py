"""Putting sources into an endpoint, so that who goes by the records never sees half of one.

Where a source fits into one request, it is one. Else its statements gather in a graph beside, and one request takes away the
record, moves the graphs to their places, and writes the record. An engine that carries out a request as a whole (Oxigraph)
replaces a source at once; one that does not (Virtuoso) leaves it, at worst, without a record, and the next load reads it
anew. Virtuoso reads what is committed, row by row: a query that runs while the graphs are moved may find a part of the old
and a part of the new (measured: 4 of 53 queries put beside 15 changes; ``sql:log-enable 1`` does not prevent it).

Source:
    SPARQL 1.1 Update (W3C, 2013), 3.1.1 *INSERT DATA*, 3.2.4 *MOVE*; blank nodes of one request are not those of another.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from semstat.interop.catalogue.endpoint import Endpoint
from semstat.interop.catalogue.endpoint_quads import EndpointQuads
from semstat.interop.catalogue.records import SOURCES, edge_graph, graph_of, stage_graph
from semstat.interop.catalogue.web import EndpointRefused
from semstat.interop.structures import Structures
from semstat.ontology.terms import SST, UNNAMED
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["EndpointShelf"]

_TYPED = re.compile(r'(?P<thing>\S+ \S+ )(?P<text>".*")\^\^<[^">]*> \.\n')
"""A statement whose value has a datatype, as a line of N-Triples."""
_MOST_BYTES = 1 << 19
"""Text of statements in one request that is not a whole source."""


class EndpointShelf:
    """The catalogue that an endpoint holds, to put sources into.

    Args:
        endpoint: The endpoint.

    Raises:
        EndpointFailed: by every method, where the endpoint does not answer or does not take changes.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def replace(self, name: str, quads: "Iterable[ox.Quad]") -> tuple[Diagnostic, ...]:
        """Put the statements of a source, its dependencies and its record in the place of those that are there.

        Findings:
            ``IO228`` for values that the engine does not take as what they are, and that are stored as texts.
        """
        graphs = _by_graph(name, quads)
        record = graphs.pop(SOURCES)
        stated = {graph_of(name): graphs.get(graph_of(name), []), edge_graph(name): graphs.get(edge_graph(name), [])}
        if sum(map(len, stated.values())) <= self._endpoint.dialect.most_statements:
            data = "".join(f"GRAPH <{graph}> {{\n{''.join(lines)}}}\n" for graph, lines in stated.items() if lines)
            dropped = "".join(f"DROP SILENT GRAPH <{graph}> ;\n" for graph in stated)
            try:
                self._endpoint.change(f"{_unrecorded(name)}{dropped}INSERT DATA {{\n{data}}} ;\n{_recording(record)}")
            except EndpointRefused:
                pass  # perhaps for its size, or for a single value: by parts that shows
            else:
                return ()
        return self._by_parts(name, stated, record)

    def drop(self, names: Sequence[str]) -> None:
        """Take sources out."""
        for name in names:
            dropped = " ;\n".join(f"DROP SILENT GRAPH <{graph}>" for graph in (graph_of(name), edge_graph(name)))
            self._endpoint.change(_unrecorded(name) + dropped)

    def flush(self) -> None:
        """Do nothing: what was put is stored."""

    def quads(self) -> EndpointQuads:
        """Return all that is stored."""
        return EndpointQuads(self._endpoint)

    def structures(self) -> Structures:
        """Return the structures of data that are stored; their codes stay where they are."""
        from semstat.interop.catalogue.data_taking import structures_of

        return structures_of(self._without_codes())

    def _without_codes(self) -> "Iterator[ox.Quad]":
        store = EndpointQuads(self._endpoint)
        for record in store.sources:
            yield from store.statements_of(record.graph, among=str(SST), without=str(SST.Code))

    def _by_parts(self, name: str, stated: dict[str, list[str]], record: list[str]) -> tuple[Diagnostic, ...]:
        texts: list[str] = []
        moves: list[str] = []
        for graph, lines in stated.items():
            beside = stage_graph(graph)
            self._endpoint.change(f"DROP SILENT GRAPH <{beside}>")
            moves.append(f"DROP SILENT GRAPH <{graph}>")
            if lines:
                for part in _parts(lines, min(self._endpoint.dialect.most_statements, 50_000)):
                    texts += self._insert(beside, part)
                moves.append(f"MOVE SILENT GRAPH <{beside}> TO GRAPH <{graph}>")
        self._endpoint.change(_unrecorded(name) + " ;\n".join([*moves, _recording(record)]))
        said = "the endpoint does not take {} as what it is, and holds it as a text"
        return tuple(
            finding("IO228", said.format(f"`{text}`"), Location(name), value=text) for text in sorted(set(texts))
        )

    def _insert(self, graph: str, lines: list[str]) -> list[str]:
        """Store statements; return the values that the engine takes as texts only, found by halving."""
        try:
            self._endpoint.change(f"INSERT DATA {{ GRAPH <{graph}> {{\n{''.join(lines)}}} }}")
        except EndpointRefused:
            if len(lines) > 1:
                middle = len(lines) // 2
                return self._insert(graph, lines[:middle]) + self._insert(graph, lines[middle:])
            typed = _TYPED.fullmatch(lines[0])
            if typed is None:
                raise
            self._endpoint.change(f"INSERT DATA {{ GRAPH <{graph}> {{\n{typed['thing']}{typed['text']} .\n}} }}")
            return [typed["text"]]
        return []


def _by_graph(name: str, quads: "Iterable[ox.Quad]") -> dict[str, list[str]]:
    """Return the statements as lines of N-Triples, by their graphs; blank nodes get names that hold beyond a request."""
    import pyoxigraph as ox

    scope = hashlib.sha256(name.encode()).hexdigest()[:16]

    def named(term: object) -> object:
        return ox.NamedNode(f"{UNNAMED}{scope}-{term.value}") if isinstance(term, ox.BlankNode) else term

    found: dict[str, dict[str, None]] = {}
    for graph, some in groupby(quads, key=lambda quad: quad.graph_name):
        lines = found.setdefault(str(getattr(graph, "value", "")), {})
        for subject, predicate, value, _ in some:
            lines[f"{named(subject)} {predicate} {named(value)} .\n"] = None
    return {graph: list(lines) for graph, lines in found.items()}


def _parts(lines: Sequence[str], most: int) -> Iterator[list[str]]:
    """Yield lines in parts that are neither too many nor too long."""
    part: list[str] = []
    size = 0
    for line in lines:
        if part and (len(part) >= most or size + len(line) > _MOST_BYTES):
            yield part
            part, size = [], 0
        part.append(line)
        size += len(line)
    if part:
        yield part


def _unrecorded(name: str) -> str:
    return f"DELETE WHERE {{ GRAPH <{SOURCES}> {{ <{graph_of(name)}> ?p ?o }} }} ;\n"


def _recording(record: Iterable[str]) -> str:
    return f"INSERT DATA {{ GRAPH <{SOURCES}> {{\n{''.join(record)}}} }}"
