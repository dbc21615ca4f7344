"""Whether parsers of RDF read a file alike: rdflib, Oxigraph, and owlready2 what it can hold."""

from collections import Counter
from collections.abc import Iterator

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from semstat.interop.graphs import RdfFile
from semstat.ontology.reasoning import read_back
from semstat.validators.judged_ontology import short
from semstat.validators.sets import Row

__all__ = ["DOCUMENT", "not_read_back", "read_differently"]

DOCUMENT = "https://semstat.invalid/document"
"""What relative addresses in a file are taken from, where the file names no base."""


def read_differently(file: RdfFile, graph: Graph) -> Iterator[Row]:
    """Yield what rdflib and Oxigraph read differently; blank nodes have no name to compare and are counted."""
    import pyoxigraph as ox

    media = {"turtle": ox.RdfFormat.TURTLE, "n-triples": ox.RdfFormat.N_TRIPLES, "rdf-xml": ox.RdfFormat.RDF_XML}
    quads = ox.parse(file.data, format=media[file.syntax], base_iri=DOCUMENT)
    theirs = Counter((_ox(quad.subject), _ox(quad.predicate), _ox(quad.object)) for quad in set(quads))
    ours = Counter((_plain(subject), _plain(predicate), _plain(value)) for subject, predicate, value in graph)
    for one in sorted((theirs - ours) | (ours - theirs)):
        who = "rdflib" if one in ours else "Oxigraph"
        said = f"only `{who}` reads that the `{short(URIRef(one[1]))}` of `{one[0]}` is `{one[2]}`"
        yield Row("" if one[0] == "_:" else one[0], said)


def not_read_back(graph: Graph) -> Iterator[Row]:
    """Yield what owlready2 does not read of a graph, among names and texts."""
    wanted = {
        (str(subject), str(predicate), str(value))
        for subject, predicate, value in graph
        if not isinstance(subject, BNode) and isinstance(value, URIRef) and str(predicate) != _IMPORTS
    }
    for one in sorted(wanted - read_back(graph)):
        yield Row(one[0], f"owlready2 does not read that the `{short(URIRef(one[1]))}` of `{one[0]}` is `{one[2]}`")


_IMPORTS = "http://www.w3.org/2002/07/owl#imports"


def _plain(term: Node) -> str:
    if isinstance(term, BNode):
        return "_:"
    if isinstance(term, Literal):
        kind = (
            str(term.datatype) if term.datatype else "" if term.language else "http://www.w3.org/2001/XMLSchema#string"
        )
        return f'"{term}"@{term.language.lower()}' if term.language else f'"{term}"^^{kind}'
    return str(term)


def _ox(term: object) -> str:
    import pyoxigraph as ox

    if isinstance(term, ox.BlankNode):
        return "_:"
    if isinstance(term, ox.Literal):
        return f'"{term.value}"@{term.language.lower()}' if term.language else f'"{term.value}"^^{term.datatype.value}'
    return str(getattr(term, "value", term))
