"""The dependencies that a graph states, added to it: what shapes on lineage presuppose."""

from typing import TYPE_CHECKING

from semstat.ontology.dependencies import closed, edges_of, implied_in

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["add_edges"]


def add_edges(store: "ox.Store") -> None:
    """Add to a store every dependency that its statements imply, by its kind and as ``ssl:dependsOn``.

    Example:
        >>> from semstat.validators.sets import add_rdf, empty_store
        >>> store = empty_store()
        >>> add_rdf(store, b"<urn:flow> <https://w3id.org/semstat/structure#structure> <urn:dsd> .", "turtle")
        >>> add_edges(store)
        >>> len(store)
        3
    """
    import pyoxigraph as ox

    statements = [
        (quad.subject, quad.predicate.value, quad.object) for quad in store if not isinstance(quad.object, ox.Literal)
    ]
    implied = implied_in((str(getattr(one, "value", one)), how, str(getattr(other, "value", other)))
                         for one, how, other in statements)  # fmt: skip
    store.bulk_extend(
        ox.Quad(dependent, ox.NamedNode(dependency), on)
        for dependent, dependency, on in list(closed(edges_of(statements, implied)))
        if isinstance(dependent, ox.NamedNode | ox.BlankNode)
    )
