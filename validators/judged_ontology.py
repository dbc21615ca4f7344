"""An ontology under judgement: what is judged, what is at hand beside it, and which terms it declares."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rdflib import Graph, URIRef
from rdflib.namespace import VANN
from rdflib.term import Node

from semstat.ontology.access import iris
from semstat.ontology.terms import OWL, RDF, RDFS

__all__ = ["KINDS", "Judged", "short"]

KINDS = (
    OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual, RDFS.Datatype,
)  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """An ontology under judgement.

    ``graph`` is what is judged; ``context`` has beside it what is at hand and may be referred to. ``languages`` are those
    in which a term must have a label (without any, one in some language). ``asked`` are the IRIs that competency
    questions use, ``None`` where there are no questions.
    """

    graph: Graph
    context: Graph
    languages: tuple[str, ...] = ()
    asked: frozenset[URIRef] | None = None

    @cached_property
    def ontologies(self) -> Mapping[URIRef, str]:
        """The ontologies, each with its namespace."""
        return {one: _namespace(self.graph, one) for one in iris(self.graph, None, RDF.type, OWL.Ontology)}

    @cached_property
    def terms(self) -> tuple[URIRef, ...]:
        """The terms that are declared in the namespaces of the ontologies; without a header, all that are declared."""
        spaces = tuple(self.ontologies.values())
        declared = {term for kind in KINDS for term in iris(self.graph, None, RDF.type, kind)}
        return tuple(sorted(term for term in declared if not spaces or str(term).startswith(spaces)))


def short(term: Node) -> str:
    """Return the name of a term without its namespace's beginning.

    Example:
        >>> short(URIRef("https://w3id.org/semstat/core#Item"))
        'Item'
    """
    return re.split(r"[#/]", str(term).rstrip("#/"))[-1]


def _namespace(graph: Graph, ontology: URIRef) -> str:
    stated = graph.value(ontology, VANN.preferredNamespaceUri)
    if stated is not None:
        return str(stated)
    return str(ontology) if ontology.endswith(("#", "/")) else f"{ontology}#"
