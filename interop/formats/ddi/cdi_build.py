"""Making nodes of DDI-CDI: one by one, with names, labels and identifiers, and parts for structured values."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.cdi_identity import irdi_of, node_iri
from semstat.interop.formats.ddi.cdi_lift import LOCAL, SDMX_URN
from semstat.interop.formats.ddi.cdi_nodes import CdiNode, CdiNodes, Flavour
from semstat.ontology.cdi_model import CDI, cdi_model
from semstat.ontology.ddi_iri import DdiName
from semstat.ontology.iri import part_of
from semstat.ontology.terms import XSD

__all__ = ["CdiBuilder"]


@dataclass(slots=True)
class CdiBuilder:
    """The nodes that are made so far; a node that is asked for again is the same one."""

    nodes: dict[URIRef, CdiNode] = field(default_factory=dict)

    def node(
        self, iri: str, cls: str, *, name: DdiName | None = None, urn: str | None = None, local: str = ""
    ) -> CdiNode:
        """Return the node of a thing, with its identifier.

        Args:
            iri: The IRI of the thing in the hub.
            cls: Its class in DDI-CDI.
            name: Its agency, identifier and version, if not those that its IRI has.
            urn: Its SDMX URN, if it has one.
            local: The identifier that its document has for it.

        Example:
            >>> builder = CdiBuilder()
            >>> builder.node("https://example.org/age", "Concept").cls
            'Concept'
        """
        own = node_iri(iri)
        known = self.nodes.get(own)
        if known is not None:
            return known
        made = self._place(own, cls)
        identifier = self.part(made, "identifier", "Identifier")
        stated = name or irdi_of(iri)
        irdi = self.part(identifier, "ddiIdentifier", "InternationalRegistrationDataIdentifier")
        self.text(irdi, "dataIdentifier", stated.id)
        self.text(irdi, "registrationAuthorityIdentifier", stated.agency)
        self.text(irdi, "versionIdentifier", stated.version)
        for kind, value in ((SDMX_URN, urn), (LOCAL, local)):
            if value and value != stated.id:
                other = self.part(identifier, "nonDdiIdentifier", "NonDdiIdentifier")
                self.text(other, "type", kind)
                self.text(other, "value", value)
        return made

    def has(self, iri: str) -> bool:
        """Tell whether the node of a thing is made."""
        return node_iri(iri) in self.nodes

    def _place(self, iri: URIRef, cls: str) -> CdiNode:
        made = CdiNode(iri, cls)
        self.nodes[iri] = made
        return made

    def part(self, owner: CdiNode, term: str, cls: str) -> CdiNode:
        """Return a new structured value of a property of a node."""
        iri = part_of(owner.iri, term, len(owner.all(term)) + 1)
        owner.values.setdefault(term, []).append(iri)
        return self._place(iri, cls)

    def text(self, node: CdiNode, term: str, value: object) -> None:
        """Give a node a text, number, truth value or enumerated value; an empty text is none."""
        prop = cdi_model().content(node.cls)[term]
        said = str(value).lower() if isinstance(value, bool) else str(value)
        if said == "" and not prop.least:
            return
        if prop.is_text:
            datatype = None if prop.datatype == "string" else XSD[prop.datatype]
            node.values.setdefault(term, []).append(Literal(said, datatype=datatype, normalize=False))
        else:
            node.values.setdefault(term, []).append(CDI[said])

    def link(self, node: CdiNode, term: str, target: CdiNode | URIRef | str) -> None:
        """Let a node refer to another one, once; of a property that may stand once, the first target counts."""
        iri = target.iri if isinstance(target, CdiNode) else node_iri(str(target))
        held = node.values.setdefault(term, [])
        if iri not in held and not (held and cdi_model().content(node.cls)[term].most == 1):
            held.append(iri)

    def named(self, node: CdiNode, text: str) -> None:
        """Give a node a name, which has no language."""
        if text and not (node.all("name") and cdi_model().content(node.cls)["name"].most == 1):
            self.text(self.part(node, "name", cdi_model().content(node.cls)["name"].target), "name", text)

    def worded(self, node: CdiNode, term: str, texts: Iterable[Literal]) -> None:
        """Give a node a text in several languages, as one structured value; nothing where there is no text."""
        kept = sorted({(item.language or "", str(item)) for item in texts if str(item)})
        if not kept:
            return
        holder = self.part(node, term, cdi_model().content(node.cls)[term].target)
        for language, text in kept:
            said = self.part(holder, "languageSpecificString", "LanguageString")
            self.text(said, "content", text)
            self.text(said, "language", language)

    def entry(self, node: CdiNode, term: str, word: str) -> None:
        """Give a node a word of a controlled vocabulary."""
        if word:
            self.text(self.part(node, term, "ControlledVocabularyEntry"), "entryValue", word)

    def done(self) -> CdiNodes:
        """Return what was made."""
        return CdiNodes(self.nodes, Flavour(sum(len(one.values) for one in self.nodes.values()), 0))
