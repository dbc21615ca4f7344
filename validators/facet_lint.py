"""Rules on the facets that structures state, from the same table as the rules on data: forms as shapes, the rest in Python."""

from collections.abc import Iterator
from difflib import get_close_matches

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.ontology.access import text
from semstat.ontology.terms import BASE, RDF, RULE, SH, SS, SST
from semstat.validators.called import called
from semstat.validators.sets import Row
from semstat.validators.structural.datatypes import TEXT_TYPES
from semstat.validators.structural.facet_table import FACETS, Fault, faults, loose_bounds

__all__ = ["STATED", "exchanged_times", "facet_form_shapes", "facets_without_effect", "is_taken_over", "unknown_types"]

STATED = tuple(SST[name] for name in FACETS)
"""The properties of representations that hold facets."""


def facet_form_shapes() -> Graph:
    """Return the shapes that facets have values of their own kind (DSD020), one for each facet whose form can be said.

    Example:
        >>> len(set(facet_form_shapes().subjects(SH.pattern, None))) == sum(item.form is not None for item in FACETS.values())
        True
    """
    shapes = Graph()
    for name, facet in FACETS.items():
        if facet.form is None:
            continue
        iri = URIRef(f"{BASE}shapes/structure#{name}")
        shapes.add((iri, RDF.type, SH.PropertyShape))
        shapes.add((iri, SS.checksRule, RULE.DSD020))
        shapes.add((iri, SH.targetSubjectsOf, SST[name]))
        shapes.add((iri, SH.path, SST[name]))
        shapes.add((iri, SH.pattern, Literal(facet.form)))
        said = f"the facet {name} of `{{$this}}` is `{{?value}}`, which is not {facet.said}"
        shapes.add((iri, SH.message, Literal(said, "en")))
    return shapes


def facets_without_effect(graph: Graph) -> Iterator[Row]:
    """Yield a row for each reason why facets say nothing of values of their type, or lack another that they need (DSD025)."""
    for node, facets in _representations(graph):
        kind = TEXT_TYPES[_type(graph, node)]
        reasons: dict[str, list[str]] = {}
        for fault in faults(facets, kind):
            if fault.rule == "DSD025":
                reasons.setdefault(fault.reason, []).append(fault.facet)
        for reason, names in reasons.items():
            several = f"the facets {', '.join(names)}" if len(names) > 1 else f"the facet {names[0]}"
            message = f"{several} of `{called(graph, node)}` cannot be applied: {reason}"
            yield Row(str(node), message, facets[names[0]])
        for name in loose_bounds(facets, kind):
            message = f"the facet {name} of `{called(graph, node)}` stands without isSequence; it is taken for a bound"
            yield Row(str(node), message, facets[name])


def unknown_types(graph: Graph) -> Iterator[Row]:
    """Yield a row for each representation of a data type that no version of the standard has (DSD028).

    Example:
        >>> [row.value for row in unknown_types(Graph().add((URIRef("urn:x"), SST.textType, Literal("Number"))))]
        ['Number']
    """
    for node, name in sorted(graph.subject_objects(SST.textType), key=str):
        if str(name) not in TEXT_TYPES and not is_taken_over(graph, node):
            close = get_close_matches(str(name), TEXT_TYPES, n=1, cutoff=0.8)
            near = f"; `{close[0]}` is the nearest" if close else ""
            yield Row(
                str(node), f"`{called(graph, node)}` is of the type `{name}`, which SDMX does not have{near}", str(name)
            )


def is_taken_over(graph: Graph, node: Node) -> bool:
    """Return whether a representation is that of a concept, where it is judged as well."""
    return any((core, RDF.type, SST.Representation) in graph for core in graph.objects(node, SST.takenFrom))


def exchanged_times(graph: Graph) -> Iterator[Row]:
    """Yield a row for each representation that begins after it ends (DSD019); numbers are compared by a query."""
    for node, facets, fault in _faults(graph, "DSD019"):
        if fault.facet == "startTime":
            name = called(graph, node).rpartition(".")[2]
            low, high = facets["startTime"], facets["endTime"]
            message = f"the representation of `{name}` has startTime `{low}`, above its endTime `{high}`"
            yield Row(str(node), message, low)


def _faults(graph: Graph, rule: str) -> Iterator[tuple[Node, dict[str, str], Fault]]:
    for node, facets in _representations(graph):
        for fault in faults(facets, TEXT_TYPES[_type(graph, node)]):
            if fault.rule == rule:
                yield node, facets, fault


def _representations(graph: Graph) -> Iterator[tuple[Node, dict[str, str]]]:
    """Yield the representations that state facets, each with these; of an unknown type nothing can be said."""
    found: dict[Node, dict[str, str]] = {}
    for name in FACETS:
        for node, value in graph.subject_objects(SST[name]):
            found.setdefault(node, {})[name] = str(value)
    for node in sorted(found, key=str):
        judged = (node, RDF.type, SST.Representation) in graph and not is_taken_over(graph, node)
        if judged and _type(graph, node) in TEXT_TYPES:
            yield node, found[node]


def _type(graph: Graph, node: Node) -> str:
    return text(graph, node, SST.textType) or "String"
