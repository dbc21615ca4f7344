"""Reading SSSOM tables into the hub graph: a mapping set, its mappings, and each mapping as the statement that it makes.

A subject or object that is a URN of SDMX or DDI is the artefact of that name. The sources of a set are the schemes that it leads
from and to.

Source:
    SSSOM 1.1 (Simple Standard for Sharing Ontological Mappings), classes *MappingSet* and *Mapping*.
"""

import json
import re
from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef

from semstat.interop.document import Document
from semstat.interop.safety import utf8_text
from semstat.mappings.errors import SssomError
from semstat.mappings.slots import FRACTIONS, LISTS, NO_TERM, REFERENCES
from semstat.mappings.sssom import Mapping, MappingSet, read
from semstat.ontology.ddi_iri import parse_ddi_urn
from semstat.ontology.iri import parse_urn, part_of
from semstat.ontology.terms import DCTERMS, RDF, RDFS, SS, XSD
from semstat.ontology.terms_borrowed import SSSOM
from semstat.ontology.terms_lineage import SSL
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

__all__ = ["read_sssom"]

Triple = tuple[URIRef, URIRef, URIRef | Literal]
_SLOT = re.compile(r"[a-z][a-z_]*")
_ILLEGAL = re.compile(r"[\x00-\x20\x7f-\x9f\s<>\"{}|\\^`]")
_SCHEMES = (("subject_source", SSL.subjectScheme), ("object_source", SSL.objectScheme))


def read_sssom(data: bytes, *, origin: str) -> Document:
    """Return a mapping set, its mappings, and what they state.

    A mapping that is negated, or says that there is no counterpart, states nothing beside itself.

    Args:
        data: The table with its header, in UTF-8.
        origin: The name of the source, for findings.

    Findings:
        ``IO105``, ``IO106`` (empty, not UTF-8), ``IO101`` (the table breaks SSSOM, with the line).
    """
    text = utf8_text(data, origin=origin)
    if isinstance(text, Diagnostic):
        return Document(Graph(), {}, (text,), origin, "sssom")
    try:
        found = read(text.decode("utf-8"))
        triples = list(_set(found))
        where = {_record(found, item, place): Location(origin, item.line) for place, item in _numbered(found)}
    except SssomError as problem:
        reason = str(problem).removeprefix(f"line {problem.line}: ")
        said = finding("IO101", f"the table is no SSSOM: {reason}", Location(origin, problem.line))
        return Document(Graph(), {}, (said,), origin, "sssom")
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return Document(graph, where, (), origin, "sssom")


def _set(found: MappingSet) -> Iterator[Triple]:
    iri = _iri(found, found.text("mapping_set_id"))
    yield iri, RDF.type, SSSOM.MappingSet
    yield iri, SS.identifier, Literal(re.split(r"[/#]", iri.rstrip("/#"))[-1])
    for slot, term in (("mapping_set_title", DCTERMS.title), ("mapping_set_description", DCTERMS.description),
                       ("mapping_set_version", SS.version)):  # fmt: skip
        if found.text(slot):
            yield iri, term, Literal(found.text(slot))
    if found.text("license"):
        yield iri, DCTERMS.license, _iri(found, found.text("license"))
    for slot, term in _SCHEMES:
        for source in sorted({found.value(item, slot) for item in found.mappings} - {""}):
            yield iri, term, _iri(found, source)
    for place, item in _numbered(found):
        mapping = _record(found, item, place)
        yield iri, SSSOM.mappings, mapping
        yield mapping, RDF.type, SSSOM.Mapping
        yield from _slots(found, item, mapping)
        yield from _stated(found, item)


def _slots(found: MappingSet, item: Mapping, mapping: URIRef) -> Iterator[Triple]:
    """Yield what is said of a mapping; a column that SSSOM does not know is kept as it stands."""
    for slot, value in item.slots.items():
        values = value if slot in LISTS and not isinstance(value, str) else (item.text(slot),)
        for text in values:
            if not _SLOT.fullmatch(slot):
                yield mapping, SS.unreadContent, Literal(json.dumps({slot: text}, ensure_ascii=False))
            elif slot in REFERENCES:
                yield mapping, URIRef(f"{SSSOM}{slot}"), _iri(found, text)
            elif slot in FRACTIONS:
                yield mapping, URIRef(f"{SSSOM}{slot}"), Literal(text, datatype=XSD.double, normalize=False)
            else:
                yield mapping, URIRef(f"{SSSOM}{slot}"), Literal(text)


def _stated(found: MappingSet, item: Mapping) -> Iterator[Triple]:
    ends = item.text("subject_id"), item.text("object_id")
    if not all(ends) or NO_TERM in ends or item.text("predicate_modifier"):
        return
    subject, predicate, other = (_iri(found, name) for name in (ends[0], item.predicate, ends[1]))
    yield (other, RDFS.subClassOf, subject) if predicate == SSSOM.superClassOf else (subject, predicate, other)


def _numbered(found: MappingSet) -> Iterator[tuple[int, Mapping]]:
    yield from enumerate(found.mappings, start=1)


def _record(found: MappingSet, item: Mapping, place: int) -> URIRef:
    stated = item.text("record_id")
    return _iri(found, stated) if stated else part_of(_iri(found, found.text("mapping_set_id")), "mapping", place)


def _iri(found: MappingSet, name: str) -> URIRef:
    """Return what a CURIE or an IRI names.

    Raises:
        SssomError: its prefix is not declared, or the whole is no IRI.
    """
    whole = name if "://" in name or name.startswith("urn:") else found.expand(name)
    if _ILLEGAL.search(whole):
        raise SssomError(f"`{whole}` is no IRI")
    named = parse_urn(whole) or parse_ddi_urn(whole)
    return named.iri if named else URIRef(whole)
