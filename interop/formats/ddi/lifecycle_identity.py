"""Identities in DDI-Lifecycle: which name an element has, what is wrong with it, and which names are taken."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib import URIRef

from semstat.interop.formats.ddi.lifecycle_kinds import Level
from semstat.interop.formats.ddi.lifecycle_model import Identity
from semstat.ontology.ddi_iri import DdiName, parse_ddi_urn

__all__ = ["Entry", "Flaw", "Names", "flaws", "name_from", "names_meant"]

_AGENCY = re.compile(r"[a-zA-Z0-9-]{1,63}(\.[a-zA-Z0-9-]{1,63})*")
_ID = re.compile(r"[A-Za-z0-9*@$_-]+(\.[A-Za-z0-9*@$_-]+)?")
_VERSION = re.compile(r"[0-9]+(\.[0-9]+)*")
_DEPRECATED = re.compile(
    r"[Uu][Rr][Nn]:[Dd][Dd][Ii]:(?P<agency>[^:]+):[A-Za-z]+:(?P<first>[^:]+)(:[A-Za-z]+:(?P<second>[^:]+))?:(?P<version>[^:]+)"
)
_PARTS = (("agency", _AGENCY), ("id", _ID), ("version", _VERSION))


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with an identity: the rule, a sentence, and the value at fault."""

    rule: str
    message: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Who has a name: the element's local name, its line and its IRI."""

    local: str
    line: int | None
    iri: URIRef


@dataclass(slots=True)
class Names:
    """All names of a document and who has them; the first has the name's IRI. ``counts`` says how often each rule looked."""

    taken: dict[DdiName, list[Entry]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def claim(self, name: DdiName, entry: Entry) -> Entry | None:
        """Note who has a name, and return who had it before, if anybody."""
        held = self.taken.setdefault(name, [])
        held.append(entry)
        return held[0] if len(held) > 1 else None


def _urn_name(urn: str) -> DdiName | None:
    plain = parse_ddi_urn(urn)
    if plain is not None:
        return plain
    old = _DEPRECATED.fullmatch(urn)
    if old is None:
        return None
    identifier = ".".join(part for part in (old["first"], old["second"]) if part)
    return DdiName(old["agency"], identifier, old["version"])


def name_from(identity: Identity, above: DdiName | None) -> DdiName | None:
    """Return the name that an element states: its URN where that is one, else its parts.

    What is within a maintainable artefact takes over that artefact's agency and version where it states none, and an id that
    is unique only there is prefixed by the artefact's id.

    Example:
        >>> name_from(Identity(agency="int.example", id="v1", version="1"), None).urn
        'urn:ddi:int.example:v1:1'
    """
    if identity.urn and (known := _urn_name(identity.urn)) is not None:
        return known
    agency = identity.agency or (above.agency if above else None)
    version = identity.version or (above.version if above else None)
    if not (identity.id and agency and version):
        return None
    scoped = identity.scope == "Maintainable" and above is not None and not identity.id.startswith(f"{above.id}.")
    return DdiName(agency, f"{above.id}.{identity.id}" if scoped and above else identity.id, version)


def names_meant(identity: Identity) -> Iterator[DdiName]:
    """Yield the names that a reference may mean, the likeliest first."""
    name = name_from(identity, None)
    if name is not None:
        yield name
        if identity.maintainable:
            yield DdiName(name.agency, f"{identity.maintainable}.{name.id}", name.version)


def flaws(identity: Identity, level: Level, element: str) -> Iterator[Flaw]:
    """Yield what is wrong with what an element states of its identity."""
    if not identity.id and not identity.urn:
        yield Flaw("DDI020", f"the `{element}` has no identifier, neither a URN nor an ID")
        return
    if identity.urn:
        yield from _urn_flaws(identity, element)
    if not identity.id:
        return
    if level == "maintainable" and not identity.agency and not identity.urn:
        yield Flaw("DDI021", f"the `{element}` with the ID `{identity.id}` names no agency", identity.id)
    if level in ("maintainable", "versionable") and not identity.version and not identity.urn:
        yield Flaw("DDI029", f"the `{element}` with the ID `{identity.id}` states no version", identity.id)
    for word, pattern in _PARTS:
        value = getattr(identity, word)
        if value and not pattern.fullmatch(value):
            yield Flaw("DDI023", f"the {word} `{value}` of the `{element}` cannot stand in a DDI URN", value)


def _urn_flaws(identity: Identity, element: str) -> Iterator[Flaw]:
    urn = identity.urn or ""
    name = parse_ddi_urn(urn)
    if name is None and _DEPRECATED.fullmatch(urn) is None:
        yield Flaw("DDI023", f"the URN `{urn}` of the `{element}` is not a DDI URN", urn)
        return
    if name is None:
        return
    if not all(pattern.fullmatch(getattr(name, word)) for word, pattern in _PARTS):
        yield Flaw(
            "DDI023", f"a part of the URN `{urn}` of the `{element}` has characters that a DDI URN cannot have", urn
        )
    for word in ("agency", "id", "version"):
        stated, said = getattr(identity, word), getattr(name, word)
        if stated and stated != said and not (word == "id" and said.endswith(f".{stated}")):
            yield Flaw("DDI024", f"the URN `{urn}` of the `{element}` disagrees with its {word}, `{stated}`", urn)
