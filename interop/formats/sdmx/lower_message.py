"""A whole hub graph as native SDMX artefacts."""

from collections.abc import Callable, Mapping

from rdflib import Graph, URIRef

from semstat.interop.formats.sdmx.lower import Statements, head_of, statements
from semstat.interop.formats.sdmx.lower_constraints import lower_constraint
from semstat.interop.formats.sdmx.lower_items import lower_item_scheme
from semstat.interop.formats.sdmx.lower_structures import (
    lower_data_structure,
    lower_dataflow,
    lower_provision_agreement,
)
from semstat.interop.formats.sdmx.lower_tables import TABLED, lower_registration, lower_reported, lower_table
from semstat.interop.formats.sdmx.model import Artefact, OtherArtefact
from semstat.interop.formats.sdmx.vocabulary import ARTEFACTS
from semstat.ontology.iri import SdmxName, name_of
from semstat.ontology.terms import RDF, SS, SST
from semstat.ontology.terms_metadata import SSR

__all__ = ["lower_graph"]

_SCHEMES = {known.cls for known in ARTEFACTS.values() if known.items}
_LOWERING: Mapping[str, Callable[[Statements, SdmxName], Artefact]] = {
    "DataStructure": lower_data_structure,
    "Dataflow": lower_dataflow,
    "ProvisionAgreement": lower_provision_agreement,
    "ContentConstraint": lower_constraint,
    "DataConstraint": lower_constraint,
    "AvailabilityConstraint": lower_constraint,
    "MetadataConstraint": lower_constraint,
    "AttachmentConstraint": lower_constraint,
}


def lower_graph(graph: Graph, *, resolved: bool = False) -> tuple[Artefact, ...]:
    """Return the artefacts of a hub graph, ordered by class and name: the inverse of lifting.

    ``lower_graph`` of what ``lift`` made of artefacts gives these artefacts again, but for what a set of triples does not
    tell: the order of artefacts and of languages; whether a default text type was written; dimensions that an attribute
    names beside a group that has them; references to parts that a structure lacks (reported as DSD004 when read).

    Args:
        graph: The graph; what is not an SDMX artefact in it is left alone.
        resolved: Whether codes that a list takes over from others are to be its own, and references to the latest version
            are to name it.
    """
    found: list[Artefact] = []
    for iri in _subjects(graph, SS.maintainer, None):
        name = name_of(iri)
        if name is not None and name.item is None:
            found.append(_lowered(statements(graph, iri, resolved=resolved), name))
    anonymous = (iri for iri in _subjects(graph, RDF.type, SST.DataConstraint) if name_of(iri) is None)
    reported = (iri for iri in _subjects(graph, RDF.type, SSR.MetadataSet) if name_of(iri) is None)
    found.extend(lower_reported(statements(graph, iri, resolved=resolved)) for iri in reported)
    registered = _subjects(graph, RDF.type, SST.Registration)
    found.extend(lower_registration(statements(graph, iri, resolved=resolved)) for iri in registered)
    found.extend(lower_constraint(statements(graph, iri, resolved=resolved), None) for iri in anonymous)
    return tuple(found)


def _subjects(graph: Graph, predicate: URIRef, value: URIRef | None) -> list[URIRef]:
    return sorted({subject for subject in graph.subjects(predicate, value) if isinstance(subject, URIRef)})


def _lowered(item: Statements, name: SdmxName) -> Artefact:
    if name.cls in _SCHEMES:
        return lower_item_scheme(item, name)
    tabled = TABLED.get(name.cls)
    if tabled is not None:
        return lower_table(item, name, tabled)
    lowering = _LOWERING.get(name.cls)
    return lowering(item, name) if lowering is not None else OtherArtefact(head_of(item, name))
