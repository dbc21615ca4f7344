"""What is said of a thing, and where: statements as people read them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from semstat.interop.catalogue.backends import State
from semstat.interop.catalogue.names import short_name
from semstat.ontology.turtle import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Statement", "prefixed", "shown", "statements_about"]

_BY_LENGTH = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    """One statement about a thing: property and value as people read them, and the name of the source."""

    predicate: str
    value: str
    source: str


def prefixed(iri: str) -> str:
    """Return an IRI with a prefix of the project, or as it is where none fits.

    Example:
        >>> prefixed("http://www.w3.org/2004/02/skos/core#prefLabel")
        'skos:prefLabel'
    """
    for prefix, namespace in _BY_LENGTH:
        local = iri.removeprefix(namespace)
        if iri.startswith(namespace) and local and not set(local) & set("/#?"):
            return f"{prefix}:{local}"
    return iri


def shown(term: "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple") -> str:
    """Return a term as people read it: short names for things, texts with their language."""
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        short = prefixed(term.value)
        return short_name(term.value) if short == term.value else short
    if isinstance(term, ox.Literal):
        return f"{term.value} ({term.language})" if term.language else term.value
    return str(term)


def statements_about(snapshot: State, iri: str) -> tuple[Statement, ...]:
    """Return every statement about a thing, in the order of the properties, without what the catalogue derived itself."""
    import pyoxigraph as ox

    names = {record.graph: record.name for record in snapshot.sources}
    found = snapshot.store.quads_for_pattern(ox.NamedNode(iri), None, None, None)
    return tuple(
        sorted(
            Statement(prefixed(quad.predicate.value), shown(quad.object), names.get(_graph(quad), ""))
            for quad in found
            if not names or _graph(quad) in names
        )
    )


def _graph(quad: "ox.Quad") -> str:
    return str(getattr(quad.graph_name, "value", ""))
