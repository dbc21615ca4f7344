"""The metadata of a file or folder as one graph, whatever its formats, so that it can be compared with another."""

from os import PathLike
from typing import TYPE_CHECKING

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from semstat.interop.counting import InputRefused, Limits
from semstat.interop.inputs import inputs
from semstat.interop.reading import read
from semstat.interop.registry import format_of
from semstat.interop.sources import Source
from semstat.ontology.literals import exact_literals
from semstat.validators.diagnostics import Diagnostic

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["metadata_of"]

_SYNTAXES = {"turtle", "rdf-xml", "json-ld"}


def metadata_of(path: str | PathLike[str]) -> tuple[Graph, tuple[Diagnostic, ...]]:
    """Return what files say as one graph, and what was found while reading.

    Files of SDMX and DDI are read together, so that they complete each other; RDF is taken as it stands, also beside others.

    Findings:
        Those of the readers.
    """
    items = list(inputs([path], Limits()))
    if not any(isinstance(item, Source) and _is_rdf(item) for item in items):
        document = read(path)
        return document.graph, document.diagnostics
    from semstat.interop.catalogue.taking import take

    graph = Graph()
    found: list[Diagnostic] = []
    with exact_literals():
        for item in items:
            if isinstance(item, Diagnostic):
                found.append(item)
                continue
            taken = take(item)
            found += taken.findings
            for subject, predicate, value in taken.statements:
                graph.add((_node(subject), URIRef(predicate.value), _node(value)))
    return graph, tuple(found)


def _is_rdf(source: Source) -> bool:
    try:
        return format_of(source).name in _SYNTAXES
    except InputRefused:
        return False


def _node(term: "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple") -> Node:
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        return Literal(term.value, lang=term.language, datatype=None if term.language else URIRef(term.datatype.value))
    return BNode(str(term))
