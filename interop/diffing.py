"""What changed between two versions of metadata: facts, and what class of change they suggest.

Two things are versions of each other if they have the same class, agency and id in SDMX, or else the same IRI. Within an artefact a
reference to its own parts says nothing of the version; a reference to another artefact does.

Source:
    Semantic versioning of SDMX 3.0, Section 6, 14 *Semantic versioning*: what is removed or restricted is major, what is
    added minor, what is worded otherwise patch.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.ontology.iri import name_of
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS, SST
from semstat.ontology.terms_information import SSI

__all__ = ["CLASSES", "Change", "changes", "suggested"]

CLASSES = ("none", "patch", "minor", "major")
"""The classes of change, each graver than the one before."""

_VERSION = re.compile(r"\([^()]*\)")
_LABELS = {SKOS.prefLabel, SKOS.altLabel, DCTERMS.title}
_MEANINGS = {SKOS.definition, DCTERMS.description, SSI.definition, SKOS.scopeNote}
_PASSED_OVER = {
    SS.position,
    SS.urn,
    SS.version,
    RDF.type,
    SS.annotation,
    SST.component,
    SST.representation,
    SKOS.inScheme,
}
"""Said otherwise elsewhere, or not of the thing itself."""

_REASONS = {
    "added": "something new is there; nothing that was, is lost",
    "removed": "what refers to it breaks",
    "label": "a name is worded otherwise",
    "definition": "a definition reads otherwise: major if the meaning changed, which somebody must decide",
    "moved": "it stands elsewhere in the hierarchy: totals change",
    "mandatory": "it must now be given",
    "optional": "it need no longer be given",
    "representation": "values are written or listed otherwise",
    "reference": "it refers to something else",
    "fact": "something else is said of it",
    "version": "it follows another version of the same artefact, whose own changes count",
}
_RENAMED = {"PrimaryMeasure": "Measure", "ContentConstraint": "DataConstraint"}
"""Classes of SDMX 2.1 that 3.0 calls otherwise."""

_CLASS = {
    "version": "minor",
    "added": "minor", "removed": "major", "label": "patch", "definition": "patch", "moved": "major", "mandatory": "major",
    "optional": "minor", "representation": "major", "reference": "major", "fact": "patch",
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One fact: what changed on which thing, from what to what, and the class of change that it suggests.

    ``kind`` is ``added``, ``removed``, ``label``, ``definition``, ``moved``, ``mandatory``, ``optional``, ``representation``,
    ``reference``, ``version`` or ``fact``; ``field`` the local name of the property (for things that come or go empty, or
    ``mandatory`` for a new component that data must give).
    """

    thing: str
    kind: str
    field: str
    before: str
    after: str
    iri: str

    @property
    def suggests(self) -> str:
        """The class of change: ``patch``, ``minor`` or ``major``."""
        if self.kind == "added" and self.field == "mandatory":
            return "major"
        return _CLASS[self.kind]

    @property
    def reason(self) -> str:
        """Why, in a sentence."""
        if self.kind == "added" and self.field == "mandatory":
            return "a component is new that data must give"
        return _REASONS[self.kind]


def suggested(found: Iterable[Change]) -> str:
    """Return the gravest class that changes suggest, ``none`` where there are no changes."""
    return max((change.suggests for change in found), key=CLASSES.index, default="none")


def changes(before: Graph, after: Graph) -> tuple[Change, ...]:
    """Return the changes from one graph to another, in the order of the things.

    Example:
        >>> changes(Graph(), Graph())
        ()
    """
    old, new = _things(before), _things(after)
    found: list[Change] = []
    for key in sorted(old.keys() | new.keys()):
        if key in old and key in new:
            found += _compared(key, before, old[key], after, new[key])
        elif (_whole(key) in old and _whole(key) in new) or _whole(key) == key:
            found.append(_come_or_gone(key, before, old.get(key), after, new.get(key)))
    return tuple(sorted(found))


def _things(graph: Graph) -> Mapping[str, URIRef]:
    """Return the things that have a name, by what they are called whatever their version."""
    return {_key(iri): iri for iri in graph.subjects(RDF.type, None, unique=True) if isinstance(iri, URIRef)}


@lru_cache(maxsize=200_000)
def _key(iri: str) -> str:
    """Return what a thing is called whatever its version: ``Codelist SDMX:CL_FREQ.A``; other IRIs as they are."""
    whole, mark, part = iri.partition("#")
    name = name_of(whole)
    if name is None:
        return iri
    return (
        f"{name.agency}:{name.id}"
        + (f".{name.item}" if name.item else "")
        + f" {_RENAMED.get(name.cls, name.cls)}{mark}{part}"
    )


def _whole(key: str) -> str:
    """Return the key of the thing that something is a part of: a representation goes with its component."""
    return key.partition("#")[0]


def _come_or_gone(key: str, before: Graph, old: URIRef | None, after: Graph, new: URIRef | None) -> Change:
    iri = new or old
    assert iri is not None
    graph = before if new is None else after
    label = _text(graph.value(iri, SKOS.prefLabel))
    must = new is not None and str(graph.value(iri, SST.usage)) == "mandatory"
    is_dimension = new is not None and (iri, RDF.type, SST.Dimension) in graph
    kind = "removed" if new is None else "added"
    was, now = (label, "") if new is None else ("", label)
    return Change(key, kind, "mandatory" if must or is_dimension else "", was, now, str(iri))


def _compared(key: str, before: Graph, old: URIRef, after: Graph, new: URIRef) -> Iterator[Change]:
    one, other = _facts(before, old), _facts(after, new)
    for predicate in sorted(one.keys() | other.keys()):
        gone = sorted(one.get(predicate, frozenset()) - other.get(predicate, frozenset()))
        come = sorted(other.get(predicate, frozenset()) - one.get(predicate, frozenset()))
        if gone or come:
            kind = "version" if _is_version(gone, come) else _kind(predicate, come, key)
            yield Change(
                _whole(key), kind, predicate.split("#")[-1].split("/")[-1], ", ".join(gone), ", ".join(come), str(new)
            )


def _facts(graph: Graph, iri: URIRef) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for predicate, value in graph.predicate_objects(iri):
        if predicate not in _PASSED_OVER:
            found.setdefault(str(predicate), set()).add(_said(iri, value))
    return {predicate: frozenset(values) for predicate, values in found.items()}


def _said(about: URIRef, value: Node) -> str:
    """Return a value as it is compared: a part of the same artefact by its key, another artefact with its version."""
    if isinstance(value, Literal):
        return _text(value)
    name, own = name_of(str(value).partition("#")[0]), name_of(str(about).partition("#")[0])
    if name is None:
        return str(value)
    is_own = own is not None and (name.agency, name.id) == (own.agency, own.id)
    return _key(str(value)) if is_own else name.short


def _kind(predicate: str, come: list[str], key: str) -> str:
    iri = URIRef(predicate)
    if "#representation" in key:
        return "representation"
    if iri in _LABELS:
        return "label"
    if iri in _MEANINGS:
        return "definition"
    if iri == SKOS.broader:
        return "moved"
    if iri == SST.usage:
        return "mandatory" if "mandatory" in come else "optional"
    return (
        "reference" if iri in {SST.conceptIdentity, SST.structure, SST.attachmentLevel, SST.extendsCodelist} else "fact"
    )


def _is_version(gone: list[str], come: list[str]) -> bool:
    """Tell whether values differ in nothing but the version of what they refer to."""
    one, other = ([_VERSION.sub("", text) for text in texts] for texts in (gone, come))
    return one == other and one != gone


def _text(value: Node | None) -> str:
    if value is None:
        return ""
    language = value.language if isinstance(value, Literal) else None
    return f"{value} ({language})" if language else str(value)
