"""Artefacts that tables describe as triples: maps, hierarchies, categorisations and the like."""

from collections import Counter
from collections.abc import Iterable

from rdflib import Literal, URIRef

from semstat.interop.formats.sdmx.index import Index
from semstat.interop.formats.sdmx.lift import (
    Triples,
    flag,
    kept,
    lift_annotations,
    lift_facts,
    lift_head,
    position,
)
from semstat.interop.formats.sdmx.lift_links import lift_links
from semstat.interop.formats.sdmx.lift_representations import lift_representation
from semstat.interop.formats.sdmx.lift_terms import TERMS
from semstat.interop.formats.sdmx.model import LocalReference, Maintainable, Reference, Representation, Text
from semstat.interop.formats.sdmx.model_metadata import ReportedMetadata
from semstat.interop.formats.sdmx.model_registry import Registration
from semstat.interop.formats.sdmx.parts import Part, facts_of, parts_below
from semstat.ontology.iri import SdmxName, part_of
from semstat.ontology.terms import RDF, SS
from semstat.ontology.terms_mapping import SSM
from semstat.ontology.terms_metadata import SSR

__all__ = ["Anonymous", "holder_of", "lift_content", "lift_reported", "lift_table", "lift_values", "reported_iri"]

Anonymous = ReportedMetadata | Registration
"""Artefacts without a name of their own."""

_BY_CLASS = SSM.ItemSchemeMap
"""The class of maps whose own class depends on what they map."""


def lift_table(head: Maintainable, artefact: object, index: Index, origin: str) -> Triples:
    """Yield an artefact and all its parts by the tables of :mod:`semstat.interop.formats.sdmx.lift_terms`."""
    name, iri = head.name, head.name.iri
    yield from lift_head(head, _types(artefact, name.cls))
    yield from lift_content(name, iri, artefact, index, origin)
    yield from lift_links(name, artefact, index, origin)


def holder_of(artefact: Anonymous) -> Reference | None:
    """Return the artefact that one without a name belongs to: a structure, an agreement or, in 2.0, a flow or provider."""
    if isinstance(artefact, ReportedMetadata):
        return artefact.structure
    return artefact.agreement or artefact.flow or artefact.provider


def reported_iri(artefact: Anonymous, index: Index) -> URIRef | None:
    """Return the IRI of a metadata set of 2.1 or a registration, a part of what it belongs to; ``None`` without that."""
    holder = holder_of(artefact)
    if holder is None:
        return None
    if not index.numbers:
        _count(index)
    step = "metadata-set" if isinstance(artefact, ReportedMetadata) else "registration"
    return part_of(index.target(holder.name).iri, step, index.numbers[id(artefact)])


def _count(index: Index) -> None:
    """Number the artefacts without a name, for each kind and for what they belong to."""
    counts: Counter[tuple[type, SdmxName]] = Counter()
    for artefact, _ in index.anonymous:
        holder = holder_of(artefact) if isinstance(artefact, Anonymous) else None
        if holder is not None:
            key = (type(artefact), index.target(holder.name))
            counts[key] += 1
            index.numbers[id(artefact)] = counts[key]


def lift_reported(artefact: Anonymous, index: Index, origin: str) -> Triples:
    """Yield a metadata set of 2.1 with its reports, or a registration with its source."""
    iri, holder = reported_iri(artefact, index), holder_of(artefact)
    if iri is None or holder is None:
        return
    yield from ((iri, RDF.type, cls) for cls in TERMS[type(artefact)].types)
    if isinstance(artefact, ReportedMetadata):
        yield from lift_annotations(iri, artefact.annotations)
    yield from kept(iri, artefact.unread)
    yield from lift_content(holder.name, iri, artefact, index, origin)


def lift_content(name: SdmxName, iri: URIRef, value: object, index: Index, origin: str) -> Triples:
    """Yield the fields of a value on its node, and all its parts; ``name`` is the maintainable around it."""
    yield from lift_values(name, iri, value, index, origin)
    for part in parts_below(name, iri, value):
        yield from _part(name, part, index, origin)


def _types(value: object, cls: str) -> tuple[URIRef, ...]:
    types = TERMS[type(value)].types
    return (SSM[cls], *types) if _BY_CLASS in types else types


def _part(artefact: SdmxName, part: Part, index: Index, origin: str) -> Triples:
    iri, value = part.iri, part.value
    yield part.above, part.predicate, iri
    for cls in _types(value, getattr(value, "cls", "")):
        yield iri, RDF.type, cls
    if part.number is not None:
        yield iri, SS.position, position(part.number)
    facts = facts_of(value)
    if facts is not None:
        urn = part.name.urn if part.name is not None else None
        yield from lift_facts(iri, facts, urn, Literal(facts.id) if facts.id else None)
    else:
        yield from lift_annotations(iri, getattr(value, "annotations", ()))
        yield from kept(iri, getattr(value, "unread", ()))
    yield from lift_values(artefact, iri, value, index, origin)


def lift_values(artefact: SdmxName, iri: URIRef, value: object, index: Index, origin: str) -> Triples:
    """Yield the fields of a value that are properties of its node; ``artefact`` is the maintainable around it."""
    terms = TERMS[type(value)]
    for name, predicate in terms.values.items():
        held = getattr(value, name)
        for one in held if isinstance(held, tuple) else (held,):
            if one is not None:
                yield from _value(iri, predicate, one, index, origin)
    for name, (predicate, cls) in terms.locals.items():
        held = getattr(value, name)
        for one in _local(held):
            yield iri, predicate, index.resolve(Reference(artefact.of_item(cls, one.id), one.line), origin)


def _local(held: object) -> Iterable[LocalReference]:
    if isinstance(held, LocalReference):
        return (held,)
    return held if isinstance(held, tuple) else ()


def _is_pattern(name: SdmxName) -> bool:
    """Whether a name stands for many artefacts: a wildcard in agency, id or item, or any version."""
    return any(part is not None and "*" in part for part in (name.agency, name.id, name.version, name.item))


def _value(iri: URIRef, predicate: URIRef, value: object, index: Index, origin: str) -> Triples:
    match value:
        case Reference() if _is_pattern(value.name):
            yield iri, SSR.targetPattern, Literal(value.name.urn)
        case Reference():
            yield from index.refer(iri, predicate, value, origin)
        case Representation():
            node = part_of(iri, predicate.rsplit("#", 1)[1])
            yield iri, predicate, node
            yield from lift_representation(node, value, index, origin, default="String")
        case Text():
            yield iri, predicate, Literal(value.value, lang=value.language)
        case bool():
            yield iri, predicate, flag(value)
        case _:
            yield iri, predicate, Literal(str(value))
