"""All artefacts of the messages read together: what a reference means, and what it finds missing.

Source:
    SDMX 3.0, Section 5 (Registry), 6.2.2, and Section 1, *Semantic versioning*: wildcards in references.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from rdflib import Literal, URIRef

from semstat.interop.formats.sdmx.lift_terms import TERMS
from semstat.interop.formats.sdmx.model import (
    Artefact,
    DataStructure,
    Item,
    ItemScheme,
    Maintainable,
    Message,
    Reference,
)
from semstat.interop.formats.sdmx.parts import parts_below
from semstat.interop.formats.sdmx.vocabulary import HOLDERS
from semstat.ontology.iri import SdmxName
from semstat.ontology.terms import SST
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

__all__ = ["Index", "Placed", "index_of"]

_DESCRIPTORS = ("DimensionDescriptor", "AttributeDescriptor", "MeasureDescriptor")
Statement = tuple[URIRef, URIRef, URIRef | Literal]
_PARTS = re.compile(r"(\d+)|[^.\d]+")
_RELATED = 10


@dataclass(frozen=True, slots=True)
class Placed:
    """An artefact and the message that it came from."""

    artefact: Artefact
    origin: str

    @property
    def head(self) -> Maintainable:
        """The identity of the artefact."""
        assert self.artefact.head is not None
        return self.artefact.head


@dataclass(slots=True)
class Index:
    """The artefacts by name, and the references met so far.

    ``kept`` holds every artefact to be lifted, in the order of the messages; of two with one name the first, unless it
    is a stub and the second is not. ``anonymous`` holds those without a name; ``numbers``, which :mod:`lift_tables`
    fills, counts those of one kind that belong to one artefact.
    """

    kept: dict[SdmxName, Placed] = field(default_factory=dict)
    anonymous: list[tuple[Artefact, str]] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _versions: dict[tuple[str, str, str, str], list[SdmxName]] = field(default_factory=dict)
    _entered: dict[tuple[str, SdmxName], Placed] = field(default_factory=dict)
    _items: dict[SdmxName, dict[str, Item]] = field(default_factory=dict)
    _paths: dict[SdmxName, frozenset[str]] = field(default_factory=dict)
    _missing: dict[SdmxName, list[Location]] = field(default_factory=dict)

    def resolve(self, reference: Reference, origin: str) -> URIRef:
        """Return the IRI that a reference means; note what is missing."""
        name = self.target(reference.name)
        lacking = self._lacking(name)
        if lacking is not None:
            self.miss(lacking, reference.line, origin)
        return name.iri

    def refer(self, iri: URIRef, predicate: URIRef, reference: Reference, origin: str) -> Iterator[Statement]:
        """Yield the triple that a reference makes; where a wildcard was resolved, also the reference as it was written."""
        target = self.resolve(reference, origin)
        yield iri, predicate, target
        if target != reference.name.iri:
            yield iri, SST.referenceAsWritten, Literal(reference.name.urn)

    def miss(self, name: SdmxName, line: int | None, origin: str) -> None:
        """Note that an artefact is wanted at a place, and is not at hand."""
        self._missing.setdefault(name, []).append(Location(origin, line, focus=str(name.iri)))

    def target(self, name: SdmxName) -> SdmxName:
        """Return the name with its wildcard version replaced by the latest one at hand that it admits, if any."""
        version = name.version
        if version is None or not ("+" in version or version == "*"):
            return name
        scheme = self._holder(name)
        candidates = self._versions.get((scheme.package, scheme.cls, scheme.agency, scheme.id), [])
        admitted = [found.version for found in candidates if found.version and _admits(version, found.version)]
        return replace(name, version=max(admitted, key=_order)) if admitted else name

    def item(self, name: SdmxName) -> Item | None:
        """Return the item of that name (its version resolved), or ``None``."""
        if name.item is None:
            return None
        return self.items(self._holder(name)).get(name.item)

    def items(self, scheme: SdmxName) -> dict[str, Item]:
        """Return the items of a scheme by path; empty when the scheme is not at hand."""
        if scheme not in self._items:
            placed = self.kept.get(scheme)
            members = placed.artefact.items if placed and isinstance(placed.artefact, ItemScheme) else ()
            self._items[scheme] = {item.path: item for item in members}
        return self._items[scheme]

    def _lacking(self, name: SdmxName) -> SdmxName | None:
        holder = self._holder(name)
        placed = self.kept.get(holder)
        if placed is None or (placed.head.is_stub and (name.item is not None or _is_empty(placed.artefact))):
            return holder
        if name.item is not None and name.item not in self._parts(holder):
            return name
        return None

    def _holder(self, name: SdmxName) -> SdmxName:
        """Return the maintainable that holds an item or part; of several classes that may, the one at hand."""
        if name.item is None:
            return name
        classes = HOLDERS.get(name.cls, (name.cls,))
        holders = [SdmxName(name.package, cls, name.agency, name.id, name.version) for cls in classes]
        return next((holder for holder in holders if holder in self.kept), holders[0])

    def _parts(self, holder: SdmxName) -> Collection[str]:
        """Return the paths of the items or other parts of an artefact."""
        artefact = self.kept[holder].artefact
        if isinstance(artefact, ItemScheme):
            return self.items(holder)
        if holder not in self._paths:
            self._paths[holder] = frozenset(_paths(holder, artefact))
        return self._paths[holder]

    def dangling(self) -> Iterator[Diagnostic]:
        """Yield ``DSD001`` once per artefact that references want and no message has, at the first reference."""
        for name, places in self._missing.items():
            first, *others = places
            times = f" ({len(places)} references)" if others else ""
            where = "only its stub is" if name in self.kept else "it is not"
            message = f"the {name.cls} `{name.short}` is referred to, but {where} among the structures read{times}"
            diagnostic = finding("DSD001", message, first, value=name.urn)
            yield replace(diagnostic, related=tuple(others[:_RELATED]))


def _paths(name: SdmxName, artefact: Artefact) -> Iterator[str]:
    if isinstance(artefact, DataStructure):
        yield from _DESCRIPTORS
        for part in (*artefact.dimensions, *artefact.attributes, *artefact.measures):
            yield part.facts.id
        yield from (group.facts.id for group in artefact.groups)
    elif type(artefact) in TERMS:
        parts = parts_below(name, name.iri, artefact)
        yield from (below.name.item for below in parts if below.name is not None and below.name.item is not None)


def _is_empty(artefact: Artefact) -> bool:
    """Whether an artefact that others look into has nothing to look at."""
    match artefact:
        case ItemScheme():
            return not artefact.items and not artefact.extensions
        case DataStructure():
            return not artefact.dimensions
    return False


def index_of(messages: Iterable[Message]) -> Index:
    """Return the index of some messages.

    Findings:
        ``DSD003`` when two artefacts have one name, unless one is a stub, or they come from two messages and say the
        same.
    """
    index = Index()
    for message in messages:
        for artefact in message.artefacts:
            if artefact.head is None:
                index.anonymous.append((artefact, message.origin))
                continue
            _enter(index, Placed(artefact, message.origin))
    for name in index.kept:
        index._versions.setdefault((name.package, name.cls, name.agency, name.id), []).append(name)
    return index


def _enter(index: Index, new: Placed) -> None:
    name = new.head.name
    earlier = index._entered.setdefault((new.origin, name), new)
    old = earlier if earlier is not new else index.kept.get(name)
    if old is None:
        index.kept[name] = new
        return
    if index.kept[name].head.is_stub and not new.head.is_stub:
        index.kept[name] = new
    if old.head.is_stub or new.head.is_stub or (old.origin != new.origin and old.artefact == new.artefact):
        return
    message = f"the {name.cls} `{name.short}` stands more than once; the first one is used"
    where = Location(new.origin, new.head.facts.line, focus=str(name.iri))
    diagnostic = finding("DSD003", message, where, value=name.urn)
    first = Location(old.origin, old.head.facts.line, focus=str(name.iri))
    index.diagnostics.append(replace(diagnostic, related=(first,)))


def _admits(pattern: str, version: str) -> bool:
    """Whether a wildcard version admits a version: parts before the ``+`` are equal, the rest is not lower."""
    if pattern == "*":
        return True
    wanted, given = pattern.split("."), version.split("-")[0].split(".")
    fixed = next((number for number, part in enumerate(wanted) if part.endswith("+")), None)
    if fixed is None or wanted[:fixed] != given[:fixed]:
        return False
    return _order(version) >= _order(pattern.replace("+", ""))


def _order(version: str) -> tuple[tuple[int, ...], bool, str]:
    """Sort key of semantic versions: numbers, then a release above its extensions (drafts)."""
    core, _, extension = version.partition("-")
    numbers = tuple(int(match[1] or -1) for match in _PARTS.finditer(core))
    return numbers, not extension, extension
