"""What changed between two versions of metadata: facts, and what class of change they suggest.

Two things are versions of each other if they are called the same whatever their version (:mod:`semstat.interop.versions`).
Within an artefact a reference to its own parts says nothing of the version; a reference to another artefact does.

Source:
    Semantic versioning of SDMX 3.0, Section 6, 14 *Semantic versioning*: what is removed or restricted is major, what is
    added minor, what is worded otherwise patch.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.interop.succession import Succession, successions
from semstat.interop.versions import Names, is_derived, names_of, sdmx_name, unversioned, whole_of
from semstat.ontology.ddi_iri import ddi_name_of
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS, SST
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

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
    SKOS.hasTopConcept,
    SKOS.topConceptOf,
    SKOS.narrower,
    SSI.containsNode,
    SSD.statistic,
}
"""Said otherwise elsewhere, or not of the thing itself."""

_REPRESENTED = {
    SSD.representationType, SSD.lowValue, SSD.highValue, SSD.lowIsIncluded, SSD.highIsIncluded, SSD.decimalPositions,
    SSD.isMissing, SSI.takesValuesFromCodeList, SSI.takesValuesFromStatisticalClassification,
    SSI.hasSubstantiveValueDomain, SSI.hasSentinelValueDomain,
}  # fmt: skip
_REFERENCES = {
    SST.conceptIdentity, SST.structure, SST.extendsCodelist, SSI.takesMeaningFromRepresentedVariable,
    SSI.takesMeaningFromConceptualVariable, SSI.takesMeaningFromCategory, SSI.measuresUnitType, SSI.measuresConcept,
}  # fmt: skip

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
    "split": "its meaning is divided among several codes: what used it must say which is meant",
    "merged": "it is taken up, with others, by one code: figures by it end",
    "recoded": "it goes by another code: what used it is put right by a table",
    "role": "it plays another part, or is attached elsewhere",
    "version": "it follows another version of the same artefact, whose own changes count",
}
_CLASS = {
    "version": "minor",
    "added": "minor", "removed": "major", "label": "patch", "definition": "patch", "moved": "major", "mandatory": "major",
    "optional": "minor", "representation": "major", "reference": "major", "fact": "patch", "split": "major",
    "merged": "major", "recoded": "major", "role": "major",
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One fact: what changed on which thing, from what to what, and the class of change that it suggests.

    ``kind`` is ``added``, ``removed``, ``split``, ``merged``, ``recoded``, ``label``, ``definition``, ``moved``, ``mandatory``,
    ``optional``, ``role``, ``representation``, ``reference``, ``version`` or ``fact``; ``field`` the local name of the property
    (for things that come or go empty, or ``mandatory`` for a new component that data must give). ``iri`` is the thing after
    the change, or before it if it is gone; ``was`` before it, and ``within`` the list or structure that it was part of then.
    """

    thing: str
    kind: str
    field: str
    before: str
    after: str
    iri: str
    was: str = ""
    within: str = ""

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


def changes(before: Graph, after: Graph, tables: Sequence[Graph] = ()) -> tuple[Change, ...]:
    """Return the changes from one graph to another, in the order of the things.

    Args:
        before: The earlier version.
        after: The later version.
        tables: Further graphs with correspondences, which tell what became of codes.

    Example:
        >>> changes(Graph(), Graph())
        ()
    """
    one, other = names_of(before, after)
    old, new = ({name: iri for iri, name in names.items() if not is_derived(iri)} for names in (one, other))
    found: list[Change] = []
    for name in sorted(old.keys() | new.keys()):
        if name in old and name in new:
            found += _compared(name, (before, one), old[name], (after, other), new[name])
        elif (whole_of(name) in old and whole_of(name) in new) or whole_of(name) == name:
            found.append(_come_or_gone(name, before, old.get(name), after, new.get(name)))
    found = [replace(item, within=_within(item, before, after, other, old)) for item in found]
    became = successions((before, after, *tables), before, after,
                         _codes(before, one, new.keys()), _codes(after, other, old.keys()))  # fmt: skip
    return tuple(sorted(_followed(found, became, one, other)))


_Side = tuple[Graph, Names]
_PARTS = (SSI.containsNode, SST.component)


def _codes(graph: Graph, names: Names, others: Iterable[str]) -> dict[URIRef, str]:
    """Return the codes of one graph that the other lacks, with the names of their lists."""
    known = set(others)
    lists = [
        *graph.subject_objects(SKOS.inScheme),
        *((iri, whole) for whole, iri in graph.subject_objects(SSI.containsNode)),
    ]
    return {
        iri: names.get(scheme, "")
        for iri, scheme in lists
        if isinstance(iri, URIRef) and isinstance(scheme, URIRef) and iri in names and names[iri] not in known
    }


def _within(item: Change, before: Graph, after: Graph, names: Names, old: Mapping[str, URIRef]) -> str:
    """Return the IRI that the list or structure of a thing had before the change, empty where it had none."""
    graph, iri = (before, URIRef(item.was)) if item.was else (after, URIRef(item.iri.partition("#")[0]))
    home = graph.value(iri, SKOS.inScheme) or next(
        (home for part in _PARTS for home in graph.subjects(part, iri)), None
    )
    if not isinstance(home, URIRef):
        return ""
    return str(home) if item.was else str(old.get(names.get(home, ""), ""))


def _followed(found: Sequence[Change], became: Sequence[Succession], one: Names, other: Names) -> Iterator[Change]:
    """Yield changes, of the codes that went what became of them."""
    known = {str(item.before): item for item in became}
    gone = {item.was: item for item in found if item.kind == "removed"}
    recoded = {str(item.after[0]) for item in became if item.kind == "recoded"}
    for item in found:
        is_told = item.kind == "removed" and item.was in known
        if not is_told and not (item.kind == "added" and item.iri in recoded):
            yield item
    for iri, heirs in known.items():
        into = ", ".join(other.get(heir, str(heir)) for heir in heirs.after)
        name = one.get(heirs.before, iri)
        before = gone[iri].before if iri in gone else name
        within = gone[iri].within if iri in gone else ""
        yield Change(name, heirs.kind, "successor", before, into, iri, iri, within)


def _come_or_gone(name: str, before: Graph, old: URIRef | None, after: Graph, new: URIRef | None) -> Change:
    iri = new or old
    assert iri is not None
    graph = before if new is None else after
    label = _text(graph.value(iri, SKOS.prefLabel))
    must = new is not None and str(graph.value(iri, SST.usage)) == "mandatory"
    is_dimension = new is not None and (iri, RDF.type, SST.Dimension) in graph
    kind = "removed" if new is None else "added"
    was, now = (label, "") if new is None else ("", label)
    return Change(name, kind, "mandatory" if must or is_dimension else "", was, now, str(iri), str(old or ""))


def _compared(name: str, before: _Side, old: URIRef, after: _Side, new: URIRef) -> Iterator[Change]:
    one, other = _facts(*before, old), _facts(*after, new)
    for predicate in sorted(one.keys() | other.keys()):
        gone = sorted(one.get(predicate, frozenset()) - other.get(predicate, frozenset()))
        come = sorted(other.get(predicate, frozenset()) - one.get(predicate, frozenset()))
        if gone or come:
            kind = "version" if _is_version(gone, come) else _kind(predicate, come, name)
            field = predicate.split("#")[-1].split("/")[-1]
            yield Change(whole_of(name), kind, field, ", ".join(gone), ", ".join(come), str(new), str(old))


def _facts(graph: Graph, names: Names, iri: URIRef) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for predicate, value in graph.predicate_objects(iri):
        if predicate not in _PASSED_OVER:
            found.setdefault(str(predicate), set()).add(_said(names, iri, value))
    return {predicate: frozenset(values) for predicate, values in found.items()}


def _said(names: Names, about: URIRef, value: Node) -> str:
    """Return a value as it is compared: a part of the same artefact by its name, another artefact with its version."""
    if isinstance(value, Literal):
        return _text(value)
    name, own = sdmx_name(str(value).partition("#")[0]), sdmx_name(str(about).partition("#")[0])
    called = names.get(URIRef(value), str(value)) if isinstance(value, URIRef) else str(value)
    if name is None:
        described = ddi_name_of(str(value))
        version = f"({described.version})" if described else ""
        return called if version in called else f"{called}{version}"
    is_own = own is not None and (name.agency, name.id) == (own.agency, own.id)
    return unversioned(str(value)) if is_own else name.short


def _kind(predicate: str, come: list[str], key: str) -> str:
    iri = URIRef(predicate)
    if "#representation" in key or iri in _REPRESENTED:
        return "representation"
    if iri in _LABELS:
        return "label"
    if iri in _MEANINGS:
        return "definition"
    if iri == SKOS.broader:
        return "moved"
    if iri == SST.usage:
        return "mandatory" if "mandatory" in come else "optional"
    if iri in {SST.attachmentLevel, SS.role}:
        return "role"
    return "reference" if iri in _REFERENCES else "fact"


def _is_version(gone: list[str], come: list[str]) -> bool:
    """Tell whether values differ in nothing but the version of what they refer to."""
    one, other = ([_VERSION.sub("", text) for text in texts] for texts in (gone, come))
    return one == other and one != gone


def _text(value: Node | None) -> str:
    if value is None:
        return ""
    language = value.language if isinstance(value, Literal) else None
    return f"{value} ({language})" if language else str(value)
