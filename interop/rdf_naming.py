"""Names for the blank nodes of graphs that others wrote: the same ones at each reading, whatever a parser calls them."""

from rdflib import BNode, Graph, Literal, URIRef

__all__ = ["canonical"]

_MANY = 300
"""The number of blank nodes beyond which rdflib takes minutes, as it does for shapes that were generated."""


def canonical(graph: Graph) -> Graph:
    """Return a graph whose blank nodes are called by what is said of them.

    Source:
        W3C *RDF Dataset Canonicalization* (2024), for graphs with many blank nodes.

    Example:
        >>> one, other = (Graph().parse(data="<urn:a> <urn:b> [] .", format="turtle") for _ in range(2))
        >>> set(canonical(one)) == set(canonical(other))
        True
    """
    if len({node for triple in graph for node in triple if isinstance(node, BNode)}) <= _MANY:
        from rdflib.compare import to_canonical_graph

        return to_canonical_graph(graph)
    import pyoxigraph as ox

    text = graph.serialize(format="nt", encoding="utf-8")
    dataset = ox.Dataset(ox.parse(text, format=ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    named = Graph()
    for quad in dataset:
        named.add((_node(quad.subject), URIRef(quad.predicate.value), _node(quad.object)))
    return named


def _node(term: object) -> URIRef | BNode | Literal:
    import pyoxigraph as ox

    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    kind = BNode if isinstance(term, ox.BlankNode) else URIRef
    return kind(getattr(term, "value", str(term)))
