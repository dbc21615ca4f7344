"""The set-based executor: a graph in an embedded SPARQL engine, and the named queries that judge it.

The only module that imports pyoxigraph. A rule on populous classes is one query over the whole graph; on 20 000 codes such a
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

__all__ = ["Query", "Row", "queries", "rows", "store_of"]

_HEADER = re.compile(r"^# (id|question|about|needs|asked): (.+)$", re.MULTILINE)
_PREFIX = re.compile(r"PREFIX (\w+): <([^>]+)>")
_TERM = re.compile(r"\b([a-z]+):([A-Za-z]\w*)")
_NAMESPACES = {"qb": str(QB), "rdf": str(RDF), "skos": str(SKOS), "ss": str(SS), "sst": str(SST)}


@dataclass(frozen=True, slots=True)
class Query:
    """One named query: the rule that it decides and the text.

    ``question`` is what it asks, in words. ``about`` are the classes, or the properties of the subjects, that it looks at:
    where the graph has none, the rule does not apply; ``needs`` are classes that must be there too. ``asked`` names the
    variable that is given from outside, if any. The result binds ``focus`` and ``message``, and may bind ``value``,
    ``path`` and ``count``.
    """

    rule: str
    question: str
    about: tuple[URIRef, ...]
    needs: tuple[URIRef, ...]
    asked: str | None
    text: str

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


def _query(text: str) -> Query:
    header = dict(_HEADER.findall(text))
    return Query(
        rule=header["id"],
        question=header["question"],
        about=tuple(_iris(header["about"])),
        needs=tuple(_iris(header.get("needs", ""))),
        asked=header.get("asked"),
        text=text,
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
        if focus is None or message is None:
            continue
        count = bound(solution, "count")
        yield Row(focus, message, bound(solution, "value"), bound(solution, "path"), int(count) if count else 1)


def _order(row: Row) -> tuple[str, str]:
    return row.focus, row.message
