"""What the attributes of a data cube are attached to, and the slice keys that say of which dimensions."""

from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef

from semstat.ontology.access import iris, text
from semstat.ontology.iri import part_of
from semstat.ontology.terms import QB, RDF, SS, SST
from semstat.validators.structural.view import ComponentView, StructureView

__all__ = ["attachments", "key_iri"]

_LEVELS = {"dataset": QB.DataSet, "group": QB.Slice, "series": QB.Slice, "observation": QB.Observation}


def key_iri(structure: str, dimensions: tuple[str, ...]) -> URIRef:
    """Return the IRI of the slice key for attributes of series, or of some dimensions that are no group.

    Example:
        >>> str(key_iri("https://example.org/dsd", ("FREQ", "SEX")))
        'https://example.org/dsd#slice-key-FREQ-SEX'
    """
    return part_of(structure, "slice-key", *dimensions)


def attachments(graph: Graph, view: StructureView) -> Iterator[tuple[URIRef, URIRef, URIRef | Literal]]:
    """Yield the level of each attribute, and the slice keys: a group is one, and so are the dimensions of a series.

    A slice key has, beside its dimensions, the attributes that are fixed in its slices; so it is told which attribute goes
    with which key. An attribute of the dataset that qualifies all measures is one of the measure properties.

    Source:
        W3C RDF Data Cube Vocabulary, 6.1 *Component specifications* and 7.1 *Slices*; SDMX 3.0, Section 2, class
        *AttributeRelationship*.
    """
    property_of = {item.id: item.iri for item in view.components}
    keys = {
        node: [property_of[one] for one in view.groups[text(graph, node, SS.identifier)]]
        for node in iris(graph, view.iri, SST.group)
    }
    for item in view.components:
        if item.role != "attribute" or item.level not in _LEVELS:
            continue
        level = QB.MeasureProperty if _is_of_measures(graph, view, item) else _LEVELS[item.level]
        yield part_of(view.iri, "component", item.id), QB.componentAttachment, level
        if level == QB.Slice:
            for node, dimensions in _keys(graph, view, item):
                keys.setdefault(node, [property_of[one] for one in dimensions]).append(item.iri)
    for node, members in ((node, members) for node, members in keys.items() if members):
        yield view.iri, QB.sliceKey, node
        yield node, RDF.type, QB.SliceKey
        for member in members:
            yield node, QB.componentProperty, member


def _is_of_measures(graph: Graph, view: StructureView, item: ComponentView) -> bool:
    measures = {one.iri for one in view.components if one.role == "measure"}
    return item.level == "dataset" and bool(measures) and measures == {*iris(graph, item.iri, SST.measureRelationship)}


def _keys(graph: Graph, view: StructureView, item: ComponentView) -> Iterator[tuple[URIRef, tuple[str, ...]]]:
    """Yield the slice keys that an attribute goes with, each with its dimensions."""
    groups = iris(graph, item.iri, SST.attachedToGroup)
    covered = {one for name in item.groups for one in view.groups.get(name, ())}
    for node in groups:
        yield node, ()
    stated = tuple(one for one in item.attached if one not in covered)
    if not stated and item.level == "series":
        stated = item.attached or tuple(one.id for one in view.dimensions if one.role != "time")
    if stated:
        yield key_iri(view.iri, stated), stated
