"""The set-based executor: a graph in an embedded SPARQL engine, and the named queries that judge it.

A rule on populous classes is one query over the whole graph; on 20 000 codes such a
query takes this engine hundredths of a second, rdflib's own seconds, and a shape that is tried on each code minutes.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rdflib import Graph, Literal, URIRef

from semstat.ontology.terms import QB, RDF, SKOS, SS, SST

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = [
    "NotRdf",
    "Query",
    "Row",
    "add_rdf",
    "empty_store",
    "open_questions",
    "queries",
    "rows",
    "store_of",
    "triples_in",
]

_HEADER = re.compile(r"^# (id|question|about|needs|asked|for): (.+)$", re.MULTILINE)
_PREFIX = re.compile(r"PREFIX (\w+): <([^>]+)>")
_TERM = re.compile(r"\b([a-z]+):([A-Za-z]\w*)")
_DOCUMENT = "urn:semstat:document"
"""What relative addresses are taken from."""

_PLACE = re.compile(r"^Parser error (?:at|between) [^:]*: ")
_NAMESPACES = {"qb": str(QB), "rdf": str(RDF), "skos": str(SKOS), "ss": str(SS), "sst": str(SST)}


@dataclass(frozen=True, slots=True)
class Query:
    """One named query: the rule that it decides and the text.

    ``question`` is what it asks, in words. ``about`` are the classes, or the properties of the subjects, that it looks at:
    where the graph has none, the rule does not apply; ``needs`` are classes that must be there too. ``asked`` names the
    variable that is given from outside, if any; ``expands`` names what the text is written out for, one query each
    (``dimensions`` of a dataset). The result binds ``focus`` and ``message``, and may bind ``value``,
    ``path`` and ``count``.
    """

    rule: str
    question: str
    about: tuple[URIRef, ...]
    needs: tuple[URIRef, ...]
    asked: str | None
    text: str
    expands: str | None = None

    @property
    def predicates(self) -> frozenset[str]:
        """Every IRI that the query mentions by a prefixed name."""
        prefixes = dict(_PREFIX.findall(self.text))
        found = (prefixes.get(prefix, "") + local for prefix, local in _TERM.findall(self.text))
        return frozenset(iri for iri in found if ":" in iri)


@dataclass(frozen=True, slots=True)
class Row:
    """One result: the node that the finding is about, the sentence, and what else the query tells."""

    focus: str
    message: str
    value: str | None = None
    path: str | None = None
    count: int = 1


@lru_cache(maxsize=1)
def queries() -> Mapping[str, Query]:
    """Return the named queries by the id of their rule, in the order of the ids.

    Example:
        >>> queries()["CL001"].about
        (rdflib.term.URIRef('https://w3id.org/semstat/structure#Code'),)
    """
    folder = files("semstat.validators").joinpath("queries")
    texts = (item.read_text(encoding="utf-8") for item in folder.iterdir() if item.name.endswith(".rq"))
    found = [_query(text) for text in texts]
    return {query.rule: query for query in sorted(found, key=lambda query: query.rule)}


@lru_cache(maxsize=1)
def open_questions() -> tuple[tuple[tuple[str, ...], Query], ...]:
    """Return the queries that tell what is named but not at hand, each with the rules that it leaves undecided."""
    folder = files("semstat.validators").joinpath("queries/open")
    texts = sorted(item.read_text(encoding="utf-8") for item in folder.iterdir() if item.name.endswith(".rq"))
    found = (_query(text) for text in texts)
    return tuple((tuple(query.rule.split()), query) for query in found)


class NotRdf(ValueError):
    """A text is not well-formed in its syntax of RDF; ``line`` tells where, counted from 1, if the parser does."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__(message)
        self.line = line


_ELSEWHERE = "LoadDocumentCallback"
"""What the parser of JSON-LD names when it would have to fetch a context."""

_MEDIA_TYPES = {
    "turtle": "text/turtle",
    "n-triples": "application/n-triples",
    "rdf-xml": "application/rdf+xml",
    "json-ld": "application/ld+json",
}


def add_rdf(store: "ox.Store", data: bytes, syntax: str) -> None:
    """Add an RDF document to a store: ``turtle``, ``n-triples``, ``rdf-xml`` or ``json-ld``; graphs are put together.

    The caller has refused document types and deep nesting before. Nothing is fetched: a context that JSON-LD refers to by
    address is refused.

    Raises:
        NotRdf: the document is not well-formed.
    """
    import pyoxigraph as ox

    known = ox.RdfFormat.from_media_type(_MEDIA_TYPES[syntax])
    try:
        if syntax == "json-ld":
            quads = ox.parse(data, format=known, base_iri=_DOCUMENT)
            store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        else:
            store.bulk_load(data, format=known, base_iri=_DOCUMENT)
    except (SyntaxError, ValueError) as problem:
        raise _not_rdf(problem) from problem


def triples_in(data: bytes, syntax: str) -> "Iterator[ox.Triple]":
    """Yield the triples of an RDF document in the order of its text; graphs are put together. As :func:`add_rdf` otherwise.

    Raises:
        NotRdf: the document is not well-formed.
    """
    import pyoxigraph as ox

    known = ox.RdfFormat.from_media_type(_MEDIA_TYPES[syntax])
    try:
        for quad in ox.parse(data, format=known, base_iri=_DOCUMENT):
            yield quad.triple
    except (SyntaxError, ValueError) as problem:
        raise _not_rdf(problem) from problem


def _not_rdf(problem: SyntaxError | ValueError) -> NotRdf:
    line = problem.lineno if isinstance(problem, SyntaxError) else None
    said = problem.msg if isinstance(problem, SyntaxError) else str(problem)
    if _ELSEWHERE in said:
        said = "its context lies elsewhere, and nothing is fetched"
    return NotRdf(_PLACE.sub("", said), line)


def empty_store() -> "ox.Store":
    """Return a store in memory that holds nothing."""
    import pyoxigraph as ox

    return ox.Store()


def _query(text: str) -> Query:
    header = dict(_HEADER.findall(text))
    return Query(
        rule=header["id"],
        question=header["question"],
        about=tuple(_iris(header["about"])),
        needs=tuple(_iris(header.get("needs", ""))),
        asked=header.get("asked"),
        text=text,
        expands=header.get("for"),
    )


def _iris(names: str) -> Iterator[URIRef]:
    for name in names.split():
        prefix, _, local = name.partition(":")
        yield URIRef(_NAMESPACES[prefix] + local)


def store_of(graph: Graph, predicates: Collection[str]) -> "ox.Store":
    """Return a store with all links of a graph, and with those literals whose predicate is among ``predicates``.

    Lexical forms are not kept (the store writes ``01`` of an integer as ``1``), which no rule depends on: codes are
    strings. A language tag that the engine refuses is left out.
    """
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_extend(_quads(graph, frozenset(predicates)))
    return store


def _quads(graph: Graph, predicates: frozenset[str]) -> "Iterator[ox.Quad]":
    import pyoxigraph as ox

    known: dict[str, ox.NamedNode] = {}
    for subject, predicate, value in graph:
        name = str(predicate)
        if type(value) is not URIRef and (name not in predicates or not isinstance(value, Literal)):
            continue
        yield ox.Quad(
            known.get(iri := str(subject)) or known.setdefault(iri, ox.NamedNode(iri)),
            known.get(name) or known.setdefault(name, ox.NamedNode(name)),
            _literal(value)
            if isinstance(value, Literal)
            else known.get(iri := str(value)) or known.setdefault(iri, ox.NamedNode(iri)),
        )


def _literal(value: Literal) -> "ox.Literal":
    import pyoxigraph as ox

    if value.language is not None:
        try:
            return ox.Literal(value, language=value.language)
        except ValueError:
            return ox.Literal(value)
    if value.datatype is not None:
        return ox.Literal(value, datatype=ox.NamedNode(value.datatype))
    return ox.Literal(value)


def rows(store: "ox.Store", query: Query, asked: Iterable[str] = ()) -> tuple[Row, ...]:
    """Return the results of a named query, sorted; with ``asked``, those for each value of the query's variable."""
    import pyoxigraph as ox

    if query.asked is None:
        return tuple(sorted(_rows(store.query(query.text)), key=_order))
    variable = ox.Variable(query.asked)
    found = [
        row for value in asked for row in _rows(store.query(query.text, substitutions={variable: ox.Literal(value)}))
    ]
    return tuple(sorted(found, key=_order))


def _rows(answer: object) -> Iterator[Row]:
    import pyoxigraph as ox

    assert isinstance(answer, ox.QuerySolutions)
    names = {variable.value for variable in answer.variables}

    def bound(solution: ox.QuerySolution, name: str) -> str | None:
        term = solution[name] if name in names else None
        return None if term is None else str(term.value) if hasattr(term, "value") else str(term)

    for solution in answer:
        focus, message = bound(solution, "focus"), bound(solution, "message")
        if focus is None:
            continue
        said = message or f"`{focus}` is what the rule asks for"
        count = bound(solution, "count") or "1"
        yield Row(focus, said, bound(solution, "value"), bound(solution, "path"), int(count))


def _order(row: Row) -> tuple[str, str]:
    return row.focus, row.message
