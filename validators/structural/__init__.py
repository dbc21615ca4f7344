"""From structure to shapes: the hub graph's data structures and constraints as SHACL, one graph per structure."""

from collections.abc import Iterable, Sequence

from rdflib import Graph, URIRef

from semstat.ontology.terms import OWL, PROV, QB, RDF, RDFS, SH, SKOS, SS, SSC, SST, XSD
from semstat.validators.structural.additive import Sums
from semstat.validators.structural.constraints import allowed_constraints, constraint_shapes, uncheckable_constraints
from semstat.validators.structural.prefixes import without_prefixes
from semstat.validators.structural.shapes import observation_shapes
from semstat.validators.structural.sums import sum_shapes
from semstat.validators.structural.validity import validity_shapes
from semstat.validators.structural.view import MissingStructure, StructureView, structure_view

__all__ = ["MissingStructure", "StructureView", "Sums", "shapes_of", "structure_view", "uncheckable_constraints"]

_PREFIXES = {
    "owl": OWL,
    "prov": PROV,
    "qb": QB,
    "rdf": RDF,
    "rdfs": RDFS,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
    "ss": SS,
    "ssc": SSC,
    "sst": SST,
}


def shapes_of(graph: Graph, structure: URIRef, *, scope: Iterable[URIRef] = (), sums: Sequence[Sums] = ()) -> Graph:
    """Return the SHACL shapes of a data structure and of the allowed-content constraints that apply.

    Args:
        graph: The hub graph that describes the structure.
        structure: IRI of the data structure.
        scope: IRIs of the dataflow and the provision agreement that the data come under, if any; their constraints and the
            structure's own all apply (SDMX 3.0, Section 2, *Constraints*: each level narrows).
        sums: What has to add up, beside what annotations say.

    Raises:
        MissingStructure: the graph does not describe the structure.
    """
    scope = tuple(scope)
    constraints = allowed_constraints(graph, [structure, *scope])
    view = without_prefixes(graph, structure_view(graph, structure), constraints)
    shapes = observation_shapes(view)
    shapes += constraint_shapes(graph, view, constraints)
    shapes += validity_shapes(graph, view)
    shapes += sum_shapes(graph, view, scope, sums)
    for prefix, namespace in _PREFIXES.items():
        shapes.bind(prefix, str(namespace))
    return shapes
