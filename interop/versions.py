"""What is a version of what: the names that things go by whatever their version, so that two graphs can be compared.

Source:
    SDMX 3.0, Section 5, *URN*: agency, id and version name an artefact; DDI-Lifecycle 3.3, ``r:URN``, likewise; SKOS (W3C, 2009),
    ``skos:notation``, which names a concept within its scheme.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from rdflib import Graph, URIRef

from semstat.ontology.ddi_iri import DOCUMENT, ddi_name_of
from semstat.ontology.iri import SdmxName, name_of
from semstat.ontology.terms import RDF, SKOS
from semstat.ontology.terms_information import SSI

__all__ = ["Names", "is_derived", "names_of", "sdmx_name", "unversioned", "whole_of"]

Names = Mapping[URIRef, str]
"""By IRI, the name of every thing of a graph, whatever its version."""

_RENAMED = {"PrimaryMeasure": "Measure", "ContentConstraint": "DataConstraint"}
"""Classes of SDMX 2.1 that 3.0 calls otherwise."""


def names_of(before: Graph, after: Graph) -> tuple[Names, Names]:
    """Return what the things of two graphs are called whatever their version; equal names are versions of one thing.

    Things of SDMX and DDI go by agency and id; where a graph has several versions of one, also by version, save for the
    one version that the other graph lacks if it lacks one of the other's as well. If each graph has one list of concepts or
    one document that the other lacks, those two are versions of each other, and their items go by their notations.

    Example:
        >>> names_of(Graph(), Graph())
        ({}, {})
    """
    one, other = ({iri: unversioned(str(iri)) for iri in _described(graph)} for graph in (before, after))
    _of_several(one, other)
    lone = [_lone(graph, names, set(rest.values()))
            for graph, names, rest in ((before, one, other), (after, other, one))]  # fmt: skip
    if all(scheme is not None for scheme in lone):
        for graph, names, scheme in ((before, one, lone[0]), (after, other, lone[1])):
            names.update(_of_items(graph, scheme, str(lone[0])) if scheme is not None else ())
    for names, rest in ((one, other), (other, one)):
        _of_document(names, rest)
    for graph, names in ((before, one), (after, other)):
        _of_nodes(graph, names)
        _of_derived(graph, names)
    return one, other


def _described(graph: Graph) -> list[URIRef]:
    return [iri for iri in graph.subjects(RDF.type, None, unique=True) if isinstance(iri, URIRef)]


def _of_several(one: dict[URIRef, str], other: dict[URIRef, str]) -> None:
    """Name things by their versions as well where there are several in one graph, so that none hides another."""
    sides: tuple[dict[str, set[str]], dict[str, set[str]]] = ({}, {})
    for names, versions in zip((one, other), sides, strict=True):
        for iri in names:
            name, version = _name_and_version(iri)
            versions.setdefault(name, set()).add(version)
    apart: set[tuple[str, str]] = set()
    for name in sides[0].keys() | sides[1].keys():
        had, has = (versions.get(name, set()) for versions in sides)
        if len(had) > 1 or len(has) > 1:
            is_followed = len(had - has) == len(has - had) == 1
            apart |= {(name, version) for version in (had & has if is_followed else had | has)}
    for names in (one, other):
        names |= {iri: _called(iri, is_versioned=True) for iri in names if _name_and_version(iri) in apart}


@lru_cache(maxsize=200_000)
def _name_and_version(iri: str) -> tuple[str, str]:
    """Return what an artefact is called, without its items and parts, and its version, empty where it has none."""
    whole = iri.partition("#")[0]
    name, described = sdmx_name(whole), ddi_name_of(whole)
    if name is not None:
        return unversioned(replace(name, item=None).iri), name.version or ""
    return unversioned(whole), described.version if described else ""


def _lone(graph: Graph, names: Names, others: set[str]) -> URIRef | None:
    """Return the one list of concepts whose name the other graph lacks, ``None`` where there is not exactly one."""
    found = [
        iri for iri in graph.subjects(RDF.type, SKOS.ConceptScheme, unique=True)
        if isinstance(iri, URIRef) and names[iri] not in others and str(iri) == names[iri]
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _of_items(graph: Graph, scheme: URIRef, called: str) -> Iterable[tuple[URIRef, str]]:
    """Yield the names of a list and of its items, those that have one notation and share it with no other."""
    yield scheme, called
    by_notation: dict[str, list[URIRef]] = {}
    for item in graph.subjects(SKOS.inScheme, scheme, unique=True):
        notations = {str(text) for text in graph.objects(item, SKOS.notation)}
        if isinstance(item, URIRef) and len(notations) == 1:
            by_notation.setdefault(notations.pop(), []).append(item)
    for notation, items in by_notation.items():
        if len(items) == 1:
            yield items[0], f"{called}.{notation}"


def _of_document(names: dict[URIRef, str], rest: Names) -> None:
    """Name what one document identifies for itself alone without the digest of the document, if each side has one."""
    homes = [{str(iri).partition("#")[0] for iri in side if iri.startswith(DOCUMENT)} for side in (names, rest)]
    if all(len(home) == 1 for home in homes):
        for iri in names:
            if iri.startswith(DOCUMENT):
                _, mark, part = str(iri).partition("#")
                names[iri] = part if mark else "document"


def _of_nodes(graph: Graph, names: dict[URIRef, str]) -> None:
    """Name the codes of lists that number them by their notations, and what hangs on them after them.

    Readers of DDI-Codebook call a code by its place; that changes for all codes after one that is taken out.
    """
    called: dict[str, str] = {}
    for whole, item in graph.subject_objects(SSI.containsNode):
        notations = {str(text) for text in graph.objects(item, SKOS.notation)}
        if not isinstance(item, URIRef) or not isinstance(whole, URIRef):
            continue
        if item in names and "#" in item and whole in names and len(notations) == 1:
            called[str(item)] = f"{names[whole]}.{notations.pop()}"
    for iri in names:
        begin, rest = str(iri), ""
        while begin not in called and "-" in begin.rpartition("#")[2]:
            begin, mark, last = begin.rpartition("-")
            rest = mark + last + rest
        if begin in called:
            names[iri] = called[begin] + (f"#{rest[1:]}" if rest else "")


def _of_derived(graph: Graph, names: dict[URIRef, str]) -> None:
    """Name the variables above those of a document, which readers call by their content, after what they stand above."""
    for predicate in (SSI.takesMeaningFromRepresentedVariable, SSI.takesMeaningFromConceptualVariable):
        using: dict[URIRef, list[str]] = {}
        for variable, shared in graph.subject_objects(predicate):
            if isinstance(shared, URIRef) and isinstance(variable, URIRef) and is_derived(shared):
                using.setdefault(shared, []).append(names.get(variable, str(variable)))
        for shared, variables in using.items():
            names[shared] = f"{min(variables)}#above"


def is_derived(iri: str) -> bool:
    """Tell whether a thing is one that readers of DDI-Codebook make of others, so that it differs when those do."""
    return iri.startswith(DOCUMENT) and iri.partition("#")[2].startswith(("represented-", "conceptual-"))


@lru_cache(maxsize=200_000)
def unversioned(iri: str) -> str:
    """Return what a thing is called whatever its version; IRIs that are no names of SDMX or DDI as they are.

    Example:
        >>> unversioned("https://w3id.org/semstat/sdmx/codelist.Code/ECB/CL_FREQ/1.0/A")
        'ECB:CL_FREQ.A Code'
        >>> unversioned("https://w3id.org/semstat/ddi/int.example/v1/2#values")
        'int.example:v1#values'
    """
    return _called(iri, is_versioned=False)


def _called(iri: str, *, is_versioned: bool) -> str:
    whole, mark, part = iri.partition("#")
    name = sdmx_name(whole)
    if name is not None:
        short = (name if is_versioned else replace(name, version=None)).short
        return f"{short} {_RENAMED.get(name.cls, name.cls)}{mark}{part}"
    described = ddi_name_of(whole)
    if described is None:
        return iri
    version = f"({described.version})" if is_versioned else ""
    return f"{described.agency}:{described.id}{version}{mark}{part}"


def whole_of(name: str) -> str:
    """Return the name of the thing that something is a part of: a representation goes with its component."""
    return name if "://" in name else name.partition("#")[0]


@lru_cache(maxsize=200_000)
def sdmx_name(iri: str) -> SdmxName | None:
    """Return the parts of the name of an artefact of SDMX, ``None`` for other IRIs."""
    return name_of(iri)
