"""Where each lifted thing stands in the files: the side table from IRI to place."""

from collections.abc import Iterator

from rdflib import URIRef

from semstat.interop.formats.sdmx.index import Index
from semstat.interop.formats.sdmx.lift_constraints import constraint_iri
from semstat.interop.formats.sdmx.lift_tables import Anonymous, holder_of, reported_iri
from semstat.interop.formats.sdmx.lift_terms import TERMS
from semstat.interop.formats.sdmx.model import (
    Artefact,
    Constraint,
    DataStructure,
    ItemScheme,
    Registration,
    ReportedMetadata,
)
from semstat.interop.formats.sdmx.parts import line_of, parts_below
from semstat.ontology.iri import item_namer, part_of
from semstat.validators.diagnostics import Location

__all__ = ["positions"]


def positions(artefact: Artefact, index: Index, origin: str) -> Iterator[tuple[URIRef, Location]]:
    """Yield the place of an artefact, of its items or components and groups, or of its regions and key sets.

    Codes that a list takes over from another have no place of their own.
    """
    if artefact.head is not None:
        yield artefact.head.name.iri, Location(origin, artefact.head.facts.line)
    match artefact:
        case ItemScheme():
            namers = {cls: item_namer(artefact.head.name, cls) for cls in {item.cls for item in artefact.items}}
            for item in artefact.items:
                yield namers[item.cls](item.path)[0], Location(origin, item.facts.line)
        case DataStructure():
            yield from _components(artefact, origin)
        case Constraint():
            yield from _selections(artefact, index, origin)
        case ReportedMetadata() | Registration():
            yield from _reported(artefact, index, origin)
        case _:
            yield from _parts(artefact, origin)


def _parts(artefact: Artefact, origin: str) -> Iterator[tuple[URIRef, Location]]:
    if type(artefact) in TERMS and artefact.head is not None:
        for part in parts_below(artefact.head.name, artefact.head.name.iri, artefact):
            yield part.iri, Location(origin, line_of(part.value))


def _reported(artefact: Anonymous, index: Index, origin: str) -> Iterator[tuple[URIRef, Location]]:
    iri = reported_iri(artefact, index)
    holder = holder_of(artefact)
    if iri is not None and holder is not None:
        yield iri, Location(origin, artefact.line)
        for part in parts_below(holder.name, iri, artefact):
            yield part.iri, Location(origin, line_of(part.value))


def _components(structure: DataStructure, origin: str) -> Iterator[tuple[URIRef, Location]]:
    name = structure.head.name
    for part in (*structure.dimensions, *structure.attributes, *structure.measures):
        yield name.of_item(part.cls, part.facts.id).iri, Location(origin, part.facts.line)
    for group in structure.groups:
        iri = name.of_item("GroupDimensionDescriptor", group.facts.id).iri
        yield iri, Location(origin, group.facts.line)


def _selections(constraint: Constraint, index: Index, origin: str) -> Iterator[tuple[URIRef, Location]]:
    iri = constraint_iri(constraint, index)
    if iri is None:
        return
    if constraint.head is None:
        yield iri, Location(origin, constraint.line)
    for number, region in enumerate(constraint.regions, start=1):
        yield part_of(iri, "region", number), Location(origin, region.line)
    for number, region in enumerate(constraint.target_regions, start=1):
        yield part_of(iri, "target", number), Location(origin, region.line)
    for number, key_set in enumerate(constraint.key_sets, start=1):
        node = part_of(iri, "keyset", number)
        yield node, Location(origin, key_set.line)
        for place, key in enumerate(key_set.keys, start=1):
            yield part_of(node, "key", place), Location(origin, key.line)
