"""Resolving the references of a DDI-Lifecycle document, and what is found on the way."""

from collections.abc import Iterator

from rdflib import Literal, URIRef
from rdflib.term import Node

from semstat.interop.formats.ddi.lifecycle_identity import Entry, names_meant
from semstat.interop.formats.ddi.lifecycle_model import Pointer
from semstat.interop.formats.ddi.lifecycle_reading import Reading, Referral
from semstat.ontology.ddi_iri import DdiName
from semstat.ontology.iri import part_of
from semstat.ontology.terms import RDF, SS, XSD
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Location
from semstat.validators.rules import finding

__all__ = ["outcomes", "resolve"]

_IDENTITY_RULES = ("DDI020", "DDI021", "DDI022", "DDI023", "DDI024", "DDI029")
_REFERENCE_RULES = ("DDI025", "DDI026", "DDI027", "DDI028", "DDI030")


def resolve(reading: Reading) -> Iterator[tuple[URIRef, URIRef, Node]]:
    """Yield a node for each reference of which a plain relation does not tell all; report those that lead nowhere.

    Findings:
        ``DDI025`` to nothing, ``DDI026`` out of the document by its own word, ``DDI027`` incomplete, ``DDI028`` to several
        things, ``DDI030`` to a thing of another kind than it says.
    """
    folded: dict[tuple[str, str, str], DdiName] = {}
    for name in reading.names.taken:
        folded.setdefault(_folded(name), name)
    numbers: dict[URIRef, int] = {}
    for referral in reading.referrals:
        for rule in _REFERENCE_RULES:
            reading.names.counts[rule] += 1
        entries = _entries(referral.pointer, reading)
        sound = _judge(referral.pointer, entries, reading, folded)
        if not (sound and referral.related and referral.number is None and not referral.pointer.unread):
            numbers[referral.source] = numbers.get(referral.source, 0) + 1
            yield from _node(referral, entries, numbers[referral.source])


def _folded(name: DdiName) -> tuple[str, str, str]:
    return name.agency.casefold(), name.id.casefold(), name.version


def _entries(pointer: Pointer, reading: Reading) -> list[Entry]:
    for name in names_meant(pointer.identity):
        if name in reading.names.taken:
            return reading.names.taken[name]
        if pointer.late_bound:
            same = [one for one in reading.names.taken if (one.agency, one.id) == (name.agency, name.id)]
            if same:
                return reading.names.taken[same[-1]]
    return []


def _judge(
    pointer: Pointer, entries: list[Entry], reading: Reading, folded: dict[tuple[str, str, str], DdiName]
) -> bool:
    """Report what is wrong with a reference, and return whether all is as it should be."""
    name = next(names_meant(pointer.identity), None)
    if name is None:
        message = f"the `{pointer.element}` lacks its URN, or one of agency, identifier and version"
        reading.report("DDI027", message, pointer.line, path=pointer.element)
        return False
    if not entries:
        _unresolved(pointer, name, reading, folded)
        return False
    if len(entries) > 1:
        lines = " and ".join(str(entry.line) for entry in entries)
        message = f"the `{pointer.element}` to `{name.urn}` may mean what stands on lines {lines}; the first is taken"
        reading.report("DDI028", message, pointer.line, value=name.urn, path=pointer.element)
    if pointer.object_type and all(entry.local != pointer.object_type for entry in entries):
        found = entries[0]
        message = (
            f"the `{pointer.element}` says that `{name.urn}` is of the type `{pointer.object_type}`, "
            f"but on line {found.line} it is of the type {found.local}"
        )
        where = Location(reading.origin, pointer.line, path=pointer.element)
        reading.diagnostics.append(finding("DDI030", message, where, value=pointer.object_type, expected=found.local))
        return False
    return pointer.external is not True and pointer.late_bound is not True


def _unresolved(pointer: Pointer, name: DdiName, reading: Reading, folded: dict[tuple[str, str, str], DdiName]) -> None:
    where = Location(reading.origin, pointer.line, path=pointer.element)
    if pointer.external:
        message = f"the `{pointer.element}` leads out of the document, to `{name.urn}`"
        reading.diagnostics.append(finding("DDI026", message, where, value=name.urn))
        return
    near = folded.get(_folded(name))
    message = f"the `{pointer.element}` leads to `{name.urn}`, which is not in the document"
    reading.diagnostics.append(
        finding("DDI025", message, where, value=name.urn, nearest=near.urn if near is not None else None)
    )


def _node(referral: Referral, entries: list[Entry], number: int) -> Iterator[tuple[URIRef, URIRef, Node]]:
    pointer, node = referral.pointer, part_of(referral.source, "reference", number)
    yield node, RDF.type, SSD.Reference
    yield node, SSD.referringArtefact, referral.source
    yield node, SSD.elementName, Literal(pointer.element)
    yield node, SS.position, Literal(referral.number or number)
    name = next(names_meant(pointer.identity), None)
    if name is not None:
        yield node, SSD.referencedUrn, Literal(pointer.identity.urn or name.urn)
    if entries:
        yield node, SSD.referencedArtefact, entries[0].iri
    if pointer.object_type:
        yield node, SSD.objectType, Literal(pointer.object_type)
    for predicate, value in ((SSD.isExternal, pointer.external), (SSD.isLateBound, pointer.late_bound)):
        if value is not None:
            yield node, predicate, Literal("true" if value else "false", datatype=XSD.boolean)
    if pointer.unread:
        yield node, SS.unreadContent, Literal("\n".join(pointer.unread))


def outcomes(reading: Reading) -> Iterator[CheckOutcome]:
    """Yield how many identities and references each rule looked at; what had nothing to look at is not applicable."""
    for rule in (*_IDENTITY_RULES, *_REFERENCE_RULES):
        examined = reading.names.counts[rule]
        failed = sum(item.rule == rule for item in reading.diagnostics)
        if examined:
            yield CheckOutcome(rule, None, CheckStatus.CHECKED, reading.origin, examined, failed, "reader")
        else:
            what = "identified things" if rule in _IDENTITY_RULES else "references"
            reason = f"the document holds no {what}"
            yield CheckOutcome(rule, None, CheckStatus.NOT_APPLICABLE, reading.origin, reason=reason)
