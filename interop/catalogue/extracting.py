"""One artefact taken out of a catalogue: its own statements, and those of the parts that bear its name or lie in its scheme."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from rdflib import Graph, Literal, URIRef

from semstat.interop.versions import sdmx_name
from semstat.ontology.terms import SKOS

if TYPE_CHECKING:
    from semstat.interop.catalogue.backends import Quads

__all__ = ["artefact_in"]


def artefact_in(store: "Quads", iri: str) -> Graph:
    """Return the statements about a thing and its parts, from all sources together.

    Args:
        store: The store of a catalogue.
        iri: A list, structure, flow or anything else that has a name.
    """
    graph = Graph()
    left, met = [iri], {iri}
    while left:
        here = left.pop()
        for part in {*_parts(store, here, iri)} - met:
            met.add(part)
            left.append(part)
        for predicate, value in _said(store, here):
            graph.add((URIRef(here), predicate, value))
    return graph


def _parts(store: "Quads", here: str, whole: str) -> Iterator[str]:
    import pyoxigraph as ox

    if here == whole:
        for quad in store.quads_for_pattern(None, ox.NamedNode(str(SKOS.inScheme)), ox.NamedNode(whole), None):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value
    for quad in store.quads_for_pattern(ox.NamedNode(here), None, None, None):
        if isinstance(quad.object, ox.NamedNode) and _is_part(quad.object.value, whole):
            yield quad.object.value


def _is_part(iri: str, whole: str) -> bool:
    """Tell whether an IRI names a part of an artefact: by a fragment, or as SDMX names the items of one."""
    if iri.startswith(whole + "#"):
        return True
    one, other = sdmx_name(iri.partition("#")[0]), sdmx_name(whole)
    if one is None or other is None or one.item is None:
        return False
    return replace(one, cls=other.cls, item=None) == other


def _said(store: "Quads", iri: str) -> "Iterator[tuple[URIRef, URIRef | Literal]]":
    import pyoxigraph as ox

    for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None, None):
        value = quad.object
        if isinstance(value, ox.NamedNode):
            yield URIRef(quad.predicate.value), URIRef(value.value)
        elif isinstance(value, ox.Literal):
            kind = None if value.language else URIRef(value.datatype.value)
            yield URIRef(quad.predicate.value), Literal(value.value, lang=value.language, datatype=kind)
