"""The account of what a target cannot say: one finding for each thing lost, with the artefact and the part concerned."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rdflib import URIRef

from semstat.interop.formats.sdmx.model_facts import Facts, Maintainable
from semstat.ontology.iri import SdmxName, name_of
from semstat.validators.diagnostics import Diagnostic, Location, Severity
from semstat.validators.rules import finding

__all__ = ["Account", "Entry"]


@dataclass(slots=True)
class Account:
    """The losses of one conversion; ``positions`` tells where each thing stood in the source.

    ``written`` counts the artefacts that were written, in whole or in part.

    The same loss of the same thing is one finding that counts.
    """

    target: str
    positions: Mapping[URIRef, Location] = field(default_factory=dict)
    written: int = 0
    _losses: dict[tuple[str, URIRef | None, str | None, str], Diagnostic] = field(default_factory=dict)
    _parts: dict[tuple[str, str, str | None, str], Location] = field(default_factory=dict)

    @property
    def losses(self) -> tuple[Diagnostic, ...]:
        """The losses in the order in which they were met."""
        return tuple(self._losses.values())

    def of(self, name: SdmxName | None) -> "Entry":
        """Return the page of the account for one artefact."""
        return Entry(self, name)

    def place(self, name: SdmxName | None, part: str | None) -> Location:
        """Return where an artefact stood in the source, or a part of it that has an IRI of its own."""
        if name is None:
            return Location()
        whole = self.positions.get(name.iri, Location())
        if part is None:
            return whole
        if not self._parts:
            for iri, location in self.positions.items():
                found = name_of(iri)
                if found is not None and found.item is not None:
                    self._parts[(found.agency, found.id, found.version, found.item)] = location
        return self._parts.get((name.agency, name.id, name.version, part), whole)

    def add(self, key: tuple[str, URIRef | None, str | None, str], lost: Diagnostic) -> None:
        """Enter a loss, or count it if it is entered already."""
        known = self._losses.get(key)
        self._losses[key] = lost if known is None else replace(known, count=known.count + lost.count)


@dataclass(frozen=True, slots=True)
class Entry:
    """The page of the account for one artefact."""

    account: Account
    name: SdmxName | None

    def lose(
        self,
        rule: str,
        message: str,
        *,
        part: str | None = None,
        value: str | None = None,
        count: int = 1,
        severity: Severity | None = None,
    ) -> None:
        """Enter a loss.

        Args:
            rule: One of IO201 to IO212.
            message: What cannot be said; the name of the artefact is put before it.
            part: The id of the item or component concerned.
            value: What was there.
            count: How many things are lost at once.
            severity: How grave it is, if not as the rule says.
        """
        focus = self.name.iri if self.name is not None else None
        where = replace(self.account.place(self.name, part), focus=str(focus) if focus is not None else None, path=part)
        who = f"{self.name.cls} `{self.name.short}`" if self.name is not None else "an artefact without a name"
        whole = f"{who}: {message}"
        lost = replace(finding(rule, whole, where, value=value, severity=severity), count=count)
        self.account.add((rule, focus, part, whole), lost)

    def lose_facts(self, facts: Facts, *, part: str | None = None) -> None:
        """Enter annotations, links, address and kept content of an artefact, or of a part of it, where a target has no place."""
        if facts.annotations:
            self.lose("IO211", "annotations are not written", part=part, count=len(facts.annotations))
        if facts.links:
            self.lose("IO211", "links are not written", part=part, count=len(facts.links))
        if facts.uri is not None:
            self.lose("IO211", "its `uri` is not written", part=part, value=facts.uri)
        if facts.unread:
            self.lose("IO202", "what was kept of it is not written", part=part)

    def lose_stub(self, head: Maintainable, content: object) -> bool:
        """Enter that only a reference to an artefact is here, if that is so; return whether it is."""
        is_stub = head.is_stub and not content
        if is_stub:
            self.lose("IO201", "only a reference to it is here, and it is not written")
        return is_stub

    def lose_head(self, head: Maintainable) -> None:
        """Enter what an artefact says of itself but its names and descriptions, where a target has no place for it.

        A flag that is false says what holds without it.
        """
        self.lose_facts(head.facts)
        for word, stated in (*head.flags, *head.texts):
            if stated is not False:
                self.lose("IO210", f"its `{word}` is not written", value=str(stated))
