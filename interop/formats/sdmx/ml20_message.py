"""The artefacts of an SDMX-ML 2.0 structure message, each in the words of 2.1."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from lxml import etree

from semstat.interop.formats.sdmx.ml20 import STANDALONE, Transcriber, known_elements
from semstat.interop.formats.sdmx.ml20_items import (
    categories,
    codelist,
    concept_scheme,
    organisation_scheme,
    standalone_concepts,
)
from semstat.interop.formats.sdmx.ml20_metadata import metadata_structure, process, structure_set
from semstat.interop.formats.sdmx.ml20_structures import dataflow, hierarchical_codelist, key_family, metadataflow
from semstat.interop.formats.sdmx.source import Source

__all__ = ["CONTAINERS_20", "HEADER_20", "transcribed"]

HEADER_20 = frozenset(
    [
        "ID",
        "Test",
        "Truncated",
        "Name",
        "Prepared",
        "Sender",
        "Receiver",
        "KeyFamilyRef",
        "KeyFamilyAgency",
        "DataSetAgency",
        "DataSetID",
        "DataSetAction",
        "Extracted",
        "ReportingBegin",
        "ReportingEnd",
        "Source",
    ]
)
"""What the header of a 2.0 message may hold."""

_Transcribe = Callable[[Transcriber, etree._Element], etree._Element]


def _category_scheme(to: Transcriber, element: etree._Element) -> etree._Element:
    return categories(to, element, "CategoryScheme", "Category")


def _reporting_taxonomy(to: Transcriber, element: etree._Element) -> etree._Element:
    return categories(to, element, "ReportingTaxonomy", "ReportingCategory")


_ARTEFACTS: Mapping[str, _Transcribe] = {
    "CodeList": codelist,
    "ConceptScheme": concept_scheme,
    "KeyFamily": key_family,
    "Dataflow": dataflow,
    "Metadataflow": metadataflow,
    "CategoryScheme": _category_scheme,
    "ReportingTaxonomy": _reporting_taxonomy,
    "HierarchicalCodelist": hierarchical_codelist,
    "MetadataStructureDefinition": metadata_structure,
    "StructureSet": structure_set,
    "Process": process,
}
CONTAINERS_20 = frozenset(
    [
        "OrganisationSchemes",
        "Dataflows",
        "Metadataflows",
        "CategorySchemes",
        "CodeLists",
        "HierarchicalCodelists",
        "Concepts",
        "MetadataStructureDefinitions",
        "KeyFamilies",
        "StructureSets",
        "ReportingTaxonomies",
        "Processes",
    ]
)
"""The elements of a 2.0 structure message that group artefacts."""


def transcribed(source: Source, containers: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Yield the artefacts of some containers in document order, in the words of 2.1; unknown elements as they are."""
    every = list(containers)
    to = Transcriber(source)
    for container in every:
        _note(to, container)
    for container in every:
        alone = [child for child in known_elements(container) if to.local(child) == "Concept"]
        yield from standalone_concepts(to, alone)
        for child in known_elements(container):
            local = to.local(child) or ""
            if local == "OrganisationScheme":
                yield from organisation_scheme(to, child)
            elif local in _ARTEFACTS:
                yield _ARTEFACTS[local](to, child)
            elif local != "Concept":
                yield child


def _note(to: Transcriber, container: etree._Element) -> None:
    """Note where the concepts and code lists of a container live, so that references without a home find them."""
    for child in known_elements(container):
        home = (child.get("agencyID", ""), child.get("id", ""), child.get("version") or "1.0")
        if to.local(child) == "CodeList":
            to.lists.setdefault(home[1], []).append(home)
        elif to.local(child) == "Concept":
            to.concepts.setdefault(home[1], []).append((home[0], STANDALONE, "1.0"))
        elif to.local(child) == "ConceptScheme":
            for concept in known_elements(child):
                to.concepts.setdefault(concept.get("id", ""), []).append(home)
