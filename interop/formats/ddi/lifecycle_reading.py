"""One document while it is read: its lines, its names, its references, and what was found on the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree
from rdflib import URIRef

from semstat.interop.formats.ddi.lifecycle_identity import Entry, Names, flaws
from semstat.interop.formats.ddi.lifecycle_kinds import Level
from semstat.interop.formats.ddi.lifecycle_model import Identity, Pointer
from semstat.interop.formats.ddi.lifecycle_names import Name
from semstat.interop.formats.ddi.lifecycle_vocabulary import ELEMENTS
from semstat.ontology.ddi_iri import DdiName
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

__all__ = ["Reading", "Referral"]


@dataclass(frozen=True, slots=True)
class Referral:
    """A reference at its place: from which thing, by which property of the hub graph (if any), and its place in a row."""

    pointer: Pointer
    source: URIRef
    related: bool
    number: int | None = None


@dataclass(slots=True)
class Reading:
    """The state of reading one document. ``unread`` counts what is kept raw, by element and element around, with a line."""

    origin: str
    document: URIRef
    lines: dict[etree._Element, int] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    referrals: list[Referral] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unread: dict[tuple[str, str], list[int | None]] = field(default_factory=dict)

    def report(
        self, rule: str, message: str, line: int | None, *, value: str | None = None, path: str | None = None
    ) -> None:
        """Note a finding on a line."""
        self.diagnostics.append(finding(rule, message, Location(self.origin, line, path=path), value=value))

    def note_unread(self, name: Name, around: str, line: int | None) -> None:
        """Note content that is kept raw: what no version of the standard knows is reported at once, the rest is counted."""
        if name.version is not None and name.local in ELEMENTS:
            self.unread.setdefault((name.full, around), []).append(line)
            return
        self.report(
            "IO108", f"the element `{name.full}` is not known in `{around}`; it is kept as it is", line, value=name.full
        )

    def note_attributes(self, name: Name, around: str, line: int | None) -> None:
        """Note attributes that are kept raw."""
        self.unread.setdefault((f"{name.full} attributes", around), []).append(line)

    def check(self, identity: Identity, level: Level, element: str, line: int | None) -> None:
        """Report what is wrong with an identity."""
        for rule in ("DDI020", "DDI021", "DDI023", "DDI024", "DDI029"):
            self.names.counts[rule] += 1
        for flaw in flaws(identity, level, element):
            self.report(flaw.rule, flaw.message, line, value=flaw.value, path=element)

    def claim(self, name: DdiName, local: str, line: int | None) -> bool:
        """Note that an element has a name, and return whether it is the first; a further one is reported."""
        self.names.counts["DDI022"] += 1
        first = self.names.claim(name, Entry(local, line, name.iri))
        if first is None:
            return True
        message = f"the {local} `{name.urn}` has the identifier of the {first.local} on line {first.line}"
        where, other = Location(self.origin, line, path=local), Location(self.origin, first.line)
        self.diagnostics.append(replace(finding("DDI022", message, where, value=name.urn), related=(other,)))
        return False

    def uninterpreted(self) -> Iterator[Diagnostic]:
        """Yield one finding for each kind of content that is kept and not interpreted."""
        for (name, around), lines in self.unread.items():
            times = "" if len(lines) == 1 else f" {len(lines)} times"
            message = f"the `{name}` of `{around}` is kept{times}; it is not interpreted"
            yield finding("IO114", message, Location(self.origin, lines[0], path=around), value=name)
