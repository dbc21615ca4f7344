"""Artefacts that tables describe, from triples: the tables of :mod:`semstat.interop.formats.sdmx.lift_terms` inverted."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from rdflib import URIRef

from semstat.interop.formats.sdmx import model_hierarchies as hierarchies
from semstat.interop.formats.sdmx import model_maps as maps
from semstat.interop.formats.sdmx import model_metadata as metadata
from semstat.interop.formats.sdmx import model_processes as processes
from semstat.interop.formats.sdmx.forms import Form
from semstat.interop.formats.sdmx.lift_terms import TERMS
from semstat.interop.formats.sdmx.lower import (
    Statements,
    annotations_of,
    facts_of,
    head_of,
    references,
    unread_of,
)
from semstat.interop.formats.sdmx.lower_representations import representation_of
from semstat.interop.formats.sdmx.model import Artefact, LocalReference, Reference, Representation, Text
from semstat.interop.formats.sdmx.model_registry import Registration
from semstat.ontology.iri import SdmxName, name_of, parse_urn
from semstat.ontology.terms import SS
from semstat.ontology.terms_metadata import SSR
from semstat.ontology.terms_process import SSP

__all__ = ["TABLED", "content_of", "lower_registration", "lower_reported", "lower_table"]

_CLASSES: Mapping[str, str] = {
    "dataflow": "Dataflow",
    "codelist": "Codelist",
    "concept_scheme": "ConceptScheme",
    "concept": "Concept",
    "vtl_mapping_scheme": "VtlMappingScheme",
    "name_personalisation_scheme": "NamePersonalisationScheme",
    "custom_type_scheme": "CustomTypeScheme",
    "ruleset_schemes": "RulesetScheme",
    "user_defined_operator_schemes": "UserDefinedOperatorScheme",
}
"""The class of what fields of VTL mappings and schemes refer to."""

TABLED: Mapping[str, type] = {
    "StructureMap": maps.StructureMap,
    "RepresentationMap": maps.RepresentationMap,
    "StructureSet": maps.StructureSet,
    "ConceptSchemeMap": maps.ItemSchemeMap,
    "CategorySchemeMap": maps.ItemSchemeMap,
    "OrganisationSchemeMap": maps.ItemSchemeMap,
    "ReportingTaxonomyMap": maps.ItemSchemeMap,
    "Hierarchy": hierarchies.Hierarchy,
    "HierarchicalCodelist": hierarchies.HierarchicalCodelist,
    "HierarchyAssociation": hierarchies.HierarchyAssociation,
    "Categorisation": hierarchies.Categorisation,
    "Process": processes.Process,
    "MetadataStructure": metadata.MetadataStructure,
    "Metadataflow": metadata.Metadataflow,
    "MetadataProvisionAgreement": metadata.MetadataProvisionAgreement,
    "MetadataSet": metadata.MetadataSet,
}
"""The classes of maintainable artefacts that tables describe, by their class in a URN."""


def lower_table(item: Statements, name: SdmxName, cls: type) -> Artefact:
    """Return an artefact with all its parts, each in its place."""
    return cast(Artefact, _value(item, cls, {"head": head_of(item, name)}))


def lower_reported(item: Statements) -> Artefact:
    """Return a metadata set of 2.1, which has no name of its own."""
    return cast(Artefact, _value(item, metadata.ReportedMetadata))


def lower_registration(item: Statements) -> Artefact:
    """Return a registration, which has no name of its own."""
    return cast(Artefact, _value(item, Registration))


def content_of(item: Statements, form: Form | None) -> object | None:
    """Return what an item or scheme says beyond the rest, by the form that it is read by; ``None`` when nothing."""
    if form is None or not isinstance(form.build, type):
        return None
    found = _value(item, form.build)
    said = any(getattr(found, name) not in (None, ()) for name in _kinds(form.build))
    return found if said else None


def _value(item: Statements, cls: type, known: Mapping[str, object] | None = None) -> object:
    """Return the value that a node stands for.

    An alias with a code id is how 2.1 names a code; the link to the code itself was added when it was read.
    """
    terms, kinds = TERMS[cls], _kinds(cls)
    held: dict[str, object] = dict(known or _identity(item, kinds))
    for field, predicate in terms.values.items():
        held[field] = _plain(item, predicate, kinds[field], field)
    for field, (predicate, _) in terms.locals.items():
        names = [name_of(iri) for iri in item.iris(predicate)]
        local = tuple(LocalReference(name.item, None) for name in names if name is not None and name.item is not None)
        held[field] = local if kinds[field].many else next(iter(local), None)
    for field, (predicate, _) in terms.parts.items():
        parts = tuple(_value(part, _class_of(part, kinds[field].classes)) for part in item.parts(predicate))
        held[field] = parts if kinds[field].many else next(iter(parts), None)
    if cls is hierarchies.HierarchicalCode and held["code_id"] is not None:
        held["code"] = None
    return cls(**held)


def _identity(item: Statements, kinds: Mapping[str, "_Kind"]) -> Iterator[tuple[str, object]]:
    """Yield what a part says of itself, by the fields that its class has."""
    if "facts" in kinds:
        yield "facts", facts_of(item, item.text(SS.identifier) or "")
    if "line" in kinds:
        yield "line", None
    if "unread" in kinds:
        yield "unread", unread_of(item)
    if "annotations" in kinds:
        yield "annotations", annotations_of(item)
    if "cls" in kinds:
        name = name_of(item.iri)
        yield "cls", name.cls if name is not None else ""


def _plain(item: Statements, predicate: URIRef, kind: "_Kind", field: str) -> object:
    """Return a field that is a property of the node itself."""
    if Reference in kind.classes:
        found: tuple[object, ...] = tuple(_referred(item, predicate, field))
    elif Text in kind.classes:
        found = item.texts(predicate)
    elif Representation in kind.classes:
        found = tuple(representation_of(part) for part in item.parts(predicate))
    elif bool in kind.classes:
        found = tuple(text in {"true", "1"} for text in item.plain(predicate))
    else:
        found = item.plain(predicate)
    if kind.many:
        return found
    return found[0] if found else kind.default


def _referred(item: Statements, predicate: URIRef, field: str) -> Iterator[Reference]:
    """Yield what a field refers to; where several fields become one property, the class tells them apart."""
    cls = _CLASSES.get(field) if predicate in (SSP.mapsArtefact, SSP.usesScheme) else None
    yield from (found for found in references(item, predicate) if cls in (None, found.name.cls))
    if predicate == SSR.target:
        patterns = (parse_urn(text) for text in item.plain(SSR.targetPattern))
        yield from (Reference(name, None) for name in patterns if name is not None)


def _class_of(part: Statements, classes: tuple[type, ...]) -> type:
    """Return the class of a part among those that its field may hold: by its class in a URN."""
    name = name_of(part.iri)
    exact = [cls for cls in classes if name is not None and TERMS[cls].cls == name.cls]
    return exact[0] if exact else classes[-1]


class _Kind:
    """What a field may hold: one or several values, of which classes, and what it is where there is none."""

    __slots__ = ("classes", "default", "many")

    def __init__(self, hint: Any, default: object) -> None:  # noqa: ANN401 - type hints have no type
        self.many = get_origin(hint) is tuple
        inner = get_args(hint)[0] if self.many else hint
        united = get_origin(inner) in (Union, UnionType)
        self.classes: tuple[type, ...] = tuple(
            cls for cls in (get_args(inner) if united else (inner,)) if cls is not type(None)
        )
        self.default = default


@cache
def _kinds(cls: type) -> Mapping[str, _Kind]:
    hints = get_type_hints(cls)
    return {
        field.name: _Kind(hints[field.name], field.default if isinstance(field.default, str) else None)
        for field in fields(cls)
    }
