"""Reading PROV-JSON: entities, activities and what they have to do with one another, as statements of PROV-O.

A name is an IRI by the prefixes that the document declares; a URN of SDMX is the artefact of that name. Statements about relations
themselves (times of use, roles) are kept as they stand.

Source:
    The PROV-JSON Serialization (W3C Member Submission, 24 April 2013); PROV-O (W3C, 2013).
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rdflib import Graph, Literal, URIRef

from semstat.interop.document import Document
from semstat.interop.rdf_safety import nested_too_deep
from semstat.ontology.iri import parse_urn
from semstat.ontology.literals import is_language_tag
from semstat.ontology.terms import PROV, RDF, RDFS, SS, XSD
from semstat.ontology.terms_lineage import SSL
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

__all__ = ["read_prov_json"]

_THINGS = {"entity": PROV.Entity, "activity": PROV.Activity, "agent": PROV.Agent}
_RELATIONS: Mapping[str, tuple[tuple[URIRef, str, str], ...]] = {
    "used": ((PROV.used, "activity", "entity"),),
    "wasGeneratedBy": ((PROV.wasGeneratedBy, "entity", "activity"),),
    "wasDerivedFrom": (
        (PROV.wasDerivedFrom, "generatedEntity", "usedEntity"),
        (PROV.wasGeneratedBy, "generatedEntity", "activity"),
    ),
    "wasInformedBy": ((PROV.wasInformedBy, "informed", "informant"),),
    "wasAttributedTo": ((PROV.wasAttributedTo, "entity", "agent"),),
    "wasAssociatedWith": ((PROV.wasAssociatedWith, "activity", "agent"), (SSL.ofStep, "activity", "plan")),
    "actedOnBehalfOf": ((PROV.actedOnBehalfOf, "delegate", "responsible"),),
    "specializationOf": ((PROV.specializationOf, "specificEntity", "generalEntity"),),
    "alternateOf": ((PROV.alternateOf, "alternate1", "alternate2"),),
    "hadMember": ((PROV.hadMember, "collection", "entity"),),
    "wasInvalidatedBy": ((PROV.wasInvalidatedBy, "entity", "activity"),),
}
"""The relations: the property of PROV-O, and the members that name its subject and its object."""

_TIMES = {"prov:startTime": PROV.startedAtTime, "prov:endTime": PROV.endedAtTime}
_KNOWN = {"prefix", "bundle", *_THINGS, *_RELATIONS}
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+")
_OWN_PREFIXES = {"prov": str(PROV), "xsd": str(XSD)}


@dataclass(slots=True)
class _Reader:
    origin: str
    graph: Graph = field(default_factory=Graph)
    found: list[Diagnostic] = field(default_factory=list)
    prefixes: dict[str, str] = field(default_factory=lambda: dict(_OWN_PREFIXES))
    kept: set[str] = field(default_factory=set)

    def wrong(self, said: str) -> None:
        """Report what is not as specified."""
        self.found.append(finding("IO117", said, Location(self.origin)))

    def iri(self, name: object) -> URIRef | None:
        """Return the IRI of a name, ``None`` where its prefix is not declared."""
        if not isinstance(name, str):
            self.wrong(f"a name must be a text, not `{json.dumps(name)[:40]}`")
            return None
        urn = parse_urn(name)
        if urn is not None:
            return urn.iri
        prefix, mark, local = name.partition(":")
        space = self.prefixes.get(prefix if mark else "default")
        whole = space + (local if mark else name) if space is not None else name
        if (space is None and not name.startswith(("http://", "https://", "urn:"))) or not _IRI.fullmatch(whole):
            self.wrong(f"the prefix of the name `{name[:60]}` is not declared")
            return None
        return URIRef(whole)


def read_prov_json(data: bytes, *, origin: str) -> Document:
    """Read a document of PROV-JSON.

    Args:
        data: The document.
        origin: What findings call it.

    Findings:
        ``IO101`` (no JSON), ``IO107`` (nested too deep), ``IO117`` (a member that is not as specified; it is left out), ``IO114``
        (members that are kept and not interpreted), ``IO110`` (nothing is stated).
    """
    refused = nested_too_deep(data, "json-ld", origin)
    if refused is not None:
        return Document(Graph(), {}, (refused,), origin, "prov-json")
    reader = _Reader(origin)
    try:
        told = json.loads(data.decode("utf-8-sig", "replace"))
    except ValueError as problem:
        problem_found = finding("IO101", f"the file is no JSON: {problem}", Location(origin))
        return Document(Graph(), {}, (problem_found,), origin, "prov-json")
    if isinstance(told, dict):
        _document(reader, told)
    else:
        reader.wrong("a document must be an object")
    if not len(reader.graph) and not reader.found:
        reader.found.append(finding("IO110", "the document states nothing", Location(origin)))
    if reader.kept:
        named = ", ".join(f"`{name}`" for name in sorted(reader.kept))
        reader.found.append(finding("IO114", f"kept as it stands, and not interpreted: {named}", Location(origin)))
    return Document(reader.graph, {}, tuple(reader.found), origin, "prov-json")


def _document(reader: _Reader, told: Mapping[str, Any]) -> None:
    reader.prefixes.update((key, space) for key, space in _members(reader, told, "prefix") if isinstance(space, str))
    for kind, cls in _THINGS.items():
        for name, facts in _members(reader, told, kind):
            _thing(reader, name, cls, facts)
    for kind in _RELATIONS:
        for _, facts in _members(reader, told, kind):
            for one in facts if isinstance(facts, list) else [facts]:
                _relation(reader, kind, one if isinstance(one, dict) else {})
    for _, bundle in _members(reader, told, "bundle"):
        if isinstance(bundle, dict):
            _document(reader, bundle)
    reader.kept |= told.keys() - _KNOWN


def _members(reader: _Reader, told: Mapping[str, Any], name: str) -> Iterator[tuple[str, Any]]:
    found = told.get(name, {})
    if isinstance(found, dict):
        yield from found.items()
    else:
        reader.wrong(f"`{name}` must be an object")


def _thing(reader: _Reader, name: str, cls: URIRef, facts: object) -> None:
    iri = reader.iri(name)
    if iri is None:
        return
    reader.graph.add((iri, RDF.type, cls))
    rest = {key: values for key, values in _merged(facts).items() if not _stated(reader, iri, key, values)}
    if rest:
        reader.kept |= rest.keys()
        reader.graph.add((iri, SS.unreadContent, Literal(json.dumps(rest, ensure_ascii=False, sort_keys=True))))


def _merged(facts: object) -> Mapping[str, list[Any]]:
    """Return the members of a description, or of several of one thing, each as an array."""
    merged: dict[str, list[Any]] = {}
    for one in facts if isinstance(facts, list) else [facts]:
        for key, value in (one if isinstance(one, dict) else {}).items():
            merged.setdefault(key, []).extend(value if isinstance(value, list) else [value])
    return merged


def _stated(reader: _Reader, iri: URIRef, key: str, values: list[Any]) -> bool:
    """State a member that is understood; tell whether it is."""
    if key == "prov:label":
        for value in values:
            reader.graph.add((iri, RDFS.label, _text(value)))
        return True
    if key in _TIMES and values and isinstance(values[0], str):
        reader.graph.add((iri, _TIMES[key], Literal(values[0], datatype=XSD.dateTime, normalize=False)))
        return True
    return key == "prov:type" and _types(reader, iri, values)


def _types(reader: _Reader, iri: URIRef, values: list[Any]) -> bool:
    """State the types that are names; tell whether all are."""
    names = [
        item["$"]
        for item in values
        if isinstance(item, dict) and item.get("type") in {"xsd:QName", "prov:QUALIFIED_NAME"}
    ]
    for name in names:
        cls = reader.iri(name)
        if cls is not None:
            reader.graph.add((iri, RDF.type, cls))
    return len(names) == len(values)


def _text(value: object) -> Literal:
    if isinstance(value, dict):
        tag = str(value.get("lang") or "")
        return Literal(str(value.get("$", "")), lang=tag if is_language_tag(tag) else None)
    return Literal(str(value))


def _relation(reader: _Reader, kind: str, told: Mapping[str, Any]) -> None:
    ends = _RELATIONS[kind]
    members = {f"prov:{name}" for _, one, other in ends for name in (one, other)}
    if f"prov:{ends[0][1]}" not in told or (f"prov:{ends[0][2]}" not in told and kind not in _OPEN):
        reader.wrong(f"`{kind}` must name `prov:{ends[0][1]}` and `prov:{ends[0][2]}`")
        return
    for predicate, one, other in ends:
        if f"prov:{one}" in told and f"prov:{other}" in told:
            values = told[f"prov:{other}"]
            subject = reader.iri(told[f"prov:{one}"])
            things = [reader.iri(value) for value in (values if isinstance(values, list) else [values])]
            for thing in things:
                if subject is not None and thing is not None:
                    reader.graph.add((subject, predicate, thing))
    reader.kept |= {f"{name} of {kind}" for name in told.keys() - members}


_OPEN = {"used", "wasGeneratedBy", "wasInvalidatedBy", "wasAssociatedWith"}
"""Relations whose second end may be left open."""
