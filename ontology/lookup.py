"""The ontology read for one look-up: names first, then what is said of the terms found, never a graph of everything."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef

from semstat.ontology import modules, turtle_of
from semstat.ontology.describe import KINDS, LABELS, as_compared, last_part, meant
from semstat.ontology.terms import OWL, RDF, XSD

__all__ = ["Said", "around", "find", "names", "said_in"]

_LABELS = frozenset(map(str, LABELS))
_NAMING = _LABELS | {str(RDF.type)}
_KINDS = frozenset(map(str, KINDS))
_RECORD = str(OWL.annotatedSource)


class Said(NamedTuple):
    """A statement in plain strings; ``language`` is empty unless the value is a text in one."""

    subject: str
    predicate: str
    value: str
    language: str


def said_in(module: str) -> Iterator[Said]:
    """Yield what a module says, as it is kept.

    Example:
        >>> next(said_in("core")).subject
        'https://w3id.org/semstat/core'
    """
    for one in _statements_of(module):
        language = (one.object.language or "") if isinstance(one.object, ox.Literal) else ""
        yield Said(_name(one.subject), one.predicate.value, _value(one.object), language)


def find(name: str) -> list[URIRef]:
    """Return what :func:`semstat.ontology.describe.found` returns on the graph of everything, without making one.

    Example:
        >>> find("ssi:UnitType")[0] in find("type d'unité")
        True
    """
    known = {_name(one.subject) for one in _statements()}
    for iri in meant(name):
        if iri in known:
            return [URIRef(iri)]
    wanted = as_compared(name)
    return [URIRef(term) for term in sorted({term for term, called in _called() if as_compared(called) == wanted})]


def _called() -> Iterator[tuple[str, str]]:
    """Yield every term with each of its labels and, as declared or labelled, with the last part of its IRI."""
    for one in _statements():
        term, predicate = _name(one.subject), one.predicate.value
        if predicate in _LABELS:
            yield term, _value(one.object)
        if predicate in _LABELS or (predicate in _NAMING and _value(one.object) in _KINDS):
            yield term, last_part(term)


@lru_cache(maxsize=1)
def names() -> Graph:
    """Return the labels and types of all terms, read once; do not change it.

    Example:
        >>> from semstat.ontology.describe import nearest
        >>> nearest(names(), "ssi:UnitTpe")
        ['ssi:UnitType']
    """
    return _graph(one for one in _statements() if one.predicate.value in _NAMING)


def around(terms: Iterable[URIRef]) -> Graph:
    """Return all that the ontology says of terms and with them, the records of evidence, and the names of what is met.

    Example:
        >>> from semstat.ontology.terms import SS
        >>> 10 < len(around([SS.Item])) < 1000
        True
    """
    wanted = set(map(str, terms))
    records = {
        _name(one.subject) for one in _statements() if one.predicate.value == _RECORD and _name(one.object) in wanted
    }
    near = [one for one in _statements() if not wanted.isdisjoint((_name(one.subject), _name(one.object)))]
    met = wanted | {_name(end) for one in near for end in (one.subject, one.object)}
    said = (one for one in _statements() if _name(one.subject) in records)
    named = (one for one in _statements() if one.predicate.value in _NAMING and _name(one.subject) in met)
    return _graph((*near, *said, *named))


@lru_cache(maxsize=1)
def _statements() -> tuple[ox.Triple, ...]:
    return tuple(one for name in modules() for one in _statements_of(name))


@cache
def _statements_of(module: str) -> tuple[ox.Triple, ...]:
    """Return every statement of a module; rdflib takes ten times as long to read them."""
    return tuple(one.triple for one in ox.parse(turtle_of(module), format=ox.RdfFormat.TURTLE))


def _name(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return term.value if isinstance(term, ox.Literal) else _name(term)


def _graph(statements: Iterable[ox.Triple]) -> Graph:
    graph = Graph()
    for one in statements:
        graph.add((URIRef(_name(one.subject)), URIRef(one.predicate.value), _term(one.object)))
    return graph


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> URIRef | Literal:
    if not isinstance(term, ox.Literal):
        return URIRef(_name(term))
    if term.language is not None:
        return Literal(term.value, lang=term.language)
    kind = URIRef(term.datatype.value)
    return Literal(term.value, datatype=None if kind == XSD.string else kind)
