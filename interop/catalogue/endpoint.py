"""The SPARQL 1.1 Protocol from the side of who asks: queries and changes, within a time and a size.

Source:
    SPARQL 1.1 Protocol (W3C, 2013), 2.1 *query operation*, 2.2 *update operation*; SPARQL 1.1 Query Results JSON Format.
"""

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urlsplit

from semstat.interop.catalogue.backends import MOST_BYTES, Answered, Cell
from semstat.interop.catalogue.dialects import Dialect, dialect_of
from semstat.interop.catalogue.web import Address, EndpointFailed, Reply, exchange
from semstat.ontology.terms import XSD

__all__ = ["Endpoint"]

_FORM = "application/x-www-form-urlencoded"
_UPDATE = "application/sparql-update"
_TABLE = "application/sparql-results+json"
_GRAPH = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
_TABLES = {_TABLE, "application/json"}
_GRAPHS = {
    "application/n-triples": "N_TRIPLES", "text/plain": "N_TRIPLES", "text/turtle": "TURTLE",
    "application/x-turtle": "TURTLE", "application/rdf+xml": "RDF_XML",
}  # fmt: skip
_Key = tuple[tuple[object, ...], ...]
Fields = Sequence[tuple[str, str]]
_TRUTH = "__ASK_RETVAL"
_PAGE = 5_000
"""Rows that are asked for at once where there may be many; fewer than the most that any known engine returns."""


class Endpoint:
    """A place that answers SPARQL.

    Args:
        url: Where queries go.
        update: Where changes go; by default where the engine is known to take them.
        seconds: The most time for each request.
        most_bytes: The most that an answer may hold.

    Raises:
        EndpointFailed: the address is none.
    """

    def __init__(
        self, url: str, *, update: str | None = None, seconds: float = 30.0, most_bytes: int = MOST_BYTES
    ) -> None:
        self.address = Address(url)
        self.seconds, self.most_bytes = seconds, most_bytes
        self._update = Address(update) if update else None

    def within(self, seconds: float, most_bytes: int) -> "Endpoint":
        """Return the same endpoint with other limits."""
        other = copy.copy(self)
        other.seconds, other.most_bytes = seconds, most_bytes
        return other

    @cached_property
    def dialect(self) -> Dialect:
        """How the engine is spoken to; it is asked once for its name.

        Raises:
            EndpointFailed: it does not answer.
        """
        reply = self._sent([("query", "ASK {}")], _TABLE)
        _table(self.address, reply)
        return dialect_of(reply.headers.get("server", ""))

    def select(self, query: str, *, fields: Fields = (), seconds: float | None = None) -> Answered:
        """Return the table that a query yields, or the truth value.

        Args:
            query: SELECT or ASK.
            fields: What goes with the query: names and values.
            seconds: The most time, where it is not that of the endpoint.

        Raises:
            EndpointFailed: there is no answer, or another one than a table.
        """
        reply = self._sent([("query", query), *fields], _TABLE, seconds)
        table = _table(self.address, reply)
        if isinstance(table.get("boolean"), bool):
            return Answered(holds=table["boolean"])
        try:
            if table["head"]["vars"] == [_TRUTH]:  # Virtuoso's way of saying no
                return Answered(holds=any(row[_TRUTH]["value"] == "1" for row in table["results"]["bindings"]))
            columns = tuple(str(name) for name in table["head"]["vars"])
            rows = tuple({name: _cell(cell, self.dialect) for name, cell in row.items()}
                         for row in table["results"]["bindings"])  # fmt: skip
        except (KeyError, TypeError, AttributeError) as problem:
            raise EndpointFailed(f"{self.address.host} sent JSON that is no table of SPARQL") from problem
        return Answered(columns, rows, cut=self._cut(reply, len(rows)))

    def graph(self, query: str, *, fields: Fields = (), seconds: float | None = None) -> Answered:
        """Return the graph that a query yields.

        Args:
            query: CONSTRUCT or DESCRIBE.
            fields: What goes with the query: names and values.
            seconds: The most time, where it is not that of the endpoint.

        Raises:
            EndpointFailed: there is no answer, or another one than a graph.
        """
        import pyoxigraph as ox

        from semstat.interop.graphs import RdfFile, unsafe
        from semstat.interop.sources import Source

        reply = self._sent([("query", query), *fields], _GRAPH, seconds)
        syntax = _GRAPHS.get(reply.kind)
        if syntax is None:
            raise _unexpected(self.address, reply, "a graph")
        host = self.address.host
        named = "rdf-xml" if syntax == "RDF_XML" else "turtle"
        refused = unsafe(RdfFile(Source(host, lambda: BytesIO(reply.data)), named, reply.data))
        if refused is not None:
            raise EndpointFailed(f"{host} sent a graph that is not read: {refused.message}")
        try:
            triples = [quad.triple for quad in ox.parse(reply.data, getattr(ox.RdfFormat, syntax))]
        except (SyntaxError, ValueError) as problem:
            raise EndpointFailed(f"{host} sent a graph that cannot be read: {problem}") from problem
        text = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
        return Answered(graph=text, cut=self._cut(reply, len(triples)))

    def all_rows(self, query: str, *, fields: Fields = ()) -> Iterator[Mapping[str, Cell]]:
        """Yield the rows of a SELECT without LIMIT, a page after the other where they are many.

        Engines stop after so many rows without a word, and promise no order unless it is asked for, which makes some of them
        refuse. So pages are asked for as they come, and the number of different rows is compared with what the engine counts.

        Args:
            query: The query, whose rows all differ.
            fields: What goes with the query: names and values.

        Raises:
            EndpointFailed: there is no answer; or the pages do not make up the whole, because somebody wrote meanwhile.
        """
        seen: set[_Key] = set()
        before, is_more = 0, True
        while is_more:
            before = len(seen)
            page = self.select(f"{query} LIMIT {_PAGE}" + (f" OFFSET {before}" if before else ""), fields=fields)
            for row in page.rows:
                key = _key(row)
                if key not in seen:
                    seen.add(key)
                    yield row
            is_more = len(seen) > before and (bool(page.cut) or len(page.rows) == _PAGE)
        if (before or page.cut) and self.count(f"{{ {query} }}", fields=fields) != len(seen):
            changed = f"{self.address.host} was changed while it was read, or does not keep its order"
            raise EndpointFailed(page.cut or changed, hint="ask again")

    def count(self, pattern: str, *, fields: Fields = ()) -> int:
        """Return the number of rows of a pattern.

        Args:
            pattern: The pattern.
            fields: What goes with the query: names and values.

        Raises:
            EndpointFailed: there is no answer, no number, or one of a part only.
        """
        found = self.select(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", fields=fields)
        try:
            number = int(found.rows[0]["n"]["value"])
        except (IndexError, KeyError, ValueError) as problem:
            raise EndpointFailed(f"{self.address.host} sent no number where one was asked for") from problem
        if found.cut:
            raise EndpointFailed(found.cut)
        return number

    def change(self, update: str) -> None:
        """Have the endpoint change what it holds.

        Raises:
            EndpointFailed: it does not, or does not say so in time.
        """
        where = self._update or self._update_address()
        exchange(where, update.encode(), kind=_UPDATE, seconds=self.seconds, most_bytes=self.most_bytes)

    def _update_address(self) -> Address:
        path = self.dialect.update
        is_usual = urlsplit(self.address.url).path in {"/query", "/sparql"}
        return self.address.sibling(path) if path and is_usual else self.address

    def _sent(self, fields: Fields, accept: str, seconds: float | None = None) -> Reply:
        return exchange(
            self.address, urlencode(fields).encode(), kind=_FORM, accept=accept,
            seconds=seconds or self.seconds, most_bytes=self.most_bytes,
        )  # fmt: skip

    def _cut(self, reply: Reply, number: int) -> str:
        """Return why an answer may not be all."""
        host = self.address.host
        if "x-sql-state" in reply.headers:
            return f"{host} stopped before the end ({reply.headers.get('x-sql-message', reply.headers['x-sql-state'])})"
        stated = reply.headers.get("x-sparql-maxrows", "")
        most = int(stated) if stated.isdecimal() else self.dialect.most_rows
        return f"{host} returns no more than {most:,} rows" if most and number >= most else ""


def _table(address: Address, reply: Reply) -> "dict[str, Any]":
    if reply.kind not in _TABLES:
        raise _unexpected(address, reply, "a table of SPARQL")
    try:
        found = json.loads(reply.data)
    except (ValueError, RecursionError) as problem:
        raise EndpointFailed(f"{address.host} sent JSON that cannot be read, which may have broken off") from problem
    if not isinstance(found, dict):
        raise EndpointFailed(f"{address.host} sent JSON that is no table of SPARQL")
    return found


def _unexpected(address: Address, reply: Reply, wanted: str) -> EndpointFailed:
    kind = "a web page" if reply.kind in {"text/html", "application/xhtml+xml"} else reply.kind or "something unnamed"
    return EndpointFailed(f"{address.host} sent {kind}, not {wanted}", hint=f"is {address.url} the endpoint itself?")


def _key(row: Mapping[str, Cell]) -> _Key:
    return tuple(sorted((name, *sorted(cell.items())) for name, cell in row.items()))


def _cell(cell: Mapping[str, str], dialect: Dialect) -> Cell:
    """Return a term as the standard writes it."""
    kind, value = cell["type"], cell["value"]
    if not all(isinstance(part, str) for part in cell.values()):
        raise TypeError(f"{cell} is no term")
    if kind in {"uri", "bnode"}:
        return {"type": kind, "value": value}
    if cell.get("xml:lang"):
        return {"type": "literal", "value": value, "xml:lang": cell["xml:lang"]}
    named = cell.get("datatype")
    if not named or named == str(XSD.string):
        return {"type": "literal", "value": value}
    if dialect.says_true_as_one and named == str(XSD.boolean):
        value = {"1": "true", "0": "false"}.get(value, value)
    return {"type": "literal", "value": value, "datatype": named}
