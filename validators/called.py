"""What people call an artefact, for the sentences of findings."""

from rdflib import Graph
from rdflib.term import Node

from semstat.ontology.access import text
from semstat.ontology.terms import SS, SST

__all__ = ["called"]


def called(graph: Graph, node: Node) -> str:
    """Return the name of an artefact as people write it: its URN without class; of a representation that of what it is of.

    Example:
        >>> from rdflib import Literal, URIRef
        >>> code = URIRef("https://example.org/code")
        >>> called(Graph().add((code, SS.urn, Literal("urn:sdmx:org.sdmx.infomodel.codelist.Code=S:CL(1.0).A"))), code)
        'S:CL(1.0).A'
    """
    urn = text(graph, node, SS.urn)
    if not urn:
        holder = min(graph.subjects(SST.representation, node), key=str, default=None)
        urn = text(graph, holder, SS.urn) if holder is not None else ""
    return urn.partition("=")[2] or str(node)
