"""From the pieces of a DDI-Lifecycle document to the triples of the hub graph."""

from collections import Counter
from collections.abc import Iterator

from rdflib import Literal, URIRef
from rdflib.term import Node

from semstat.interop.formats.ddi.lifecycle_identity import names_meant
from semstat.interop.formats.ddi.lifecycle_model import Field, Piece, Pointer, Text
from semstat.interop.formats.ddi.lifecycle_parse import Placed
from semstat.interop.formats.ddi.lifecycle_reading import Reading, Referral
from semstat.ontology.iri import part_of
from semstat.ontology.terms import RDF, SKOS, SS, XSD
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["Triple", "lift"]

Triple = tuple[URIRef, URIRef, Node]


def lift(placed: Placed, reading: Reading) -> Iterator[Triple]:
    """Yield the triples of a piece and all its parts, and of its place; references are noted in ``reading`` for resolution."""
    piece = placed.piece
    if not piece.kind.types:
        for item in piece.loose:
            if isinstance(item, Pointer):
                reading.referrals.append(Referral(item, piece.iri, related=False))
        return
    yield from _piece(piece, reading)
    yield piece.iri, SS.position, Literal(piece.number or 1)
    if placed.holder is not None and placed.predicate is not None:
        yield placed.holder, placed.predicate, piece.iri
    if placed.study is not None and placed.study != piece.iri:
        yield piece.iri, SSD.inStudy, placed.study
        if piece.kind.in_study is not None:
            yield placed.study, piece.kind.in_study, piece.iri


def _piece(piece: Piece, reading: Reading) -> Iterator[Triple]:
    iri = piece.iri
    for cls in piece.kind.types:
        yield iri, RDF.type, cls
    for predicate, value in piece.kind.fixed:
        yield iri, predicate, value
    if piece.kind.named:
        yield iri, SSD.elementName, Literal(piece.element)
    yield from _identity(piece)
    yield from _fields(piece, reading)
    if SSI.StatisticalClassification in piece.kind.types:
        yield from _levels(piece)
    yield from _loose(piece, reading)
    if piece.unread:
        yield iri, SS.unreadContent, Literal("\n".join(piece.unread))


def _identity(piece: Piece) -> Iterator[Triple]:
    stated = piece.identity
    identifier = stated.id or (piece.name.id if piece.name is not None else None)
    if identifier and piece.kind.pointer is None:
        yield piece.iri, SS.identifier, Literal(identifier)
    if piece.kind.pointer is not None:
        return
    if stated.urn or piece.name is not None:
        yield piece.iri, SS.urn, Literal(stated.urn or (piece.name.urn if piece.name is not None else ""))
    version = stated.version or (piece.name.version if piece.name is not None else None)
    if version:
        yield piece.iri, SS.version, Literal(version)


def _fields(piece: Piece, reading: Reading) -> Iterator[Triple]:
    in_row = Counter(field.path for field in piece.fields if isinstance(field.value, Pointer))
    seen: Counter[str] = Counter()
    labelled: set[str | None] = set()
    for field in piece.fields:
        seen[field.path] += 1
        value = field.value
        if isinstance(value, Piece):
            yield from _part(piece, field, value, reading)
        elif isinstance(value, Pointer):
            several = in_row[field.path] > 1
            yield from _pointer(piece, field, value, seen[field.path] if several else None, reading)
        elif field.rule.how in ("label", "alternative") and isinstance(value, Text):
            first = field.rule.how == "label" and value.language not in labelled
            labelled.add(value.language)
            yield piece.iri, SKOS.prefLabel if first else SKOS.altLabel, Literal(value.value, lang=value.language)
        else:
            for predicate in field.rule.predicates:
                yield piece.iri, predicate, _literal(value)


def _levels(piece: Piece) -> Iterator[Triple]:
    """Yield which items of a classification are on which level: those that follow it in its context."""
    level: URIRef | None = None
    for field in piece.fields:
        found = _meant(field.value) if field.path.startswith("LevelContext/") else None
        if found is not None and field.path.rpartition("/")[2].startswith("ClassificationLevel"):
            level = found
        elif found is not None and level is not None:
            yield level, SSI.groupsNode, found


def _meant(value: object) -> URIRef | None:
    if isinstance(value, Piece):
        return value.iri
    name = next(names_meant(value.identity), None) if isinstance(value, Pointer) else None
    return None if name is None else name.iri


def _literal(value: object) -> Literal:
    if isinstance(value, Text):
        return Literal(value.value, lang=value.language)
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=XSD.boolean)
    return Literal(value) if isinstance(value, int) else Literal(str(value))


def _part(piece: Piece, field: Field, part: Piece, reading: Reading) -> Iterator[Triple]:
    for predicate in field.rule.predicates:
        yield piece.iri, predicate, part.iri
    if not any(SS.position in inner.rule.predicates for inner in part.fields):
        yield part.iri, SS.position, Literal(part.number)
    yield from _piece(part, reading)


def _pointer(piece: Piece, field: Field, pointer: Pointer, number: int | None, reading: Reading) -> Iterator[Triple]:
    name = next(names_meant(pointer.identity), None)
    reading.referrals.append(
        Referral(pointer, piece.iri, related=True, number=number if field.rule.how != "step" else None)
    )
    if name is None:
        return
    if field.rule.how != "step":
        for predicate in field.rule.predicates:
            yield piece.iri, predicate, name.iri
        return
    place = part_of(piece.iri, "step", number or 1)
    yield piece.iri, field.rule.predicates[0], place
    yield place, RDF.type, SSD.FlowStep
    yield place, SS.position, Literal(number or 1)
    yield place, SSD.calls, name.iri


def _loose(piece: Piece, reading: Reading) -> Iterator[Triple]:
    for item in piece.loose:
        if isinstance(item, Pointer):
            reading.referrals.append(Referral(item, piece.iri, related=False))
        else:
            yield piece.iri, piece.kind.holds.get(item.element.rpartition(":")[2], SSD.holds), item.iri
            yield item.iri, SS.position, Literal(item.number)
            yield from _piece(item, reading)
