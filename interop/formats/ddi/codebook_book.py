"""A document of DDI Codebook while it is written: its elements by the things they describe, their identifiers, what was kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree
from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.codebook_elements import NAMESPACE, add, legal, worded
from semstat.interop.formats.ddi.codebook_kept import OF, pieces, step_of
from semstat.interop.formats.ddi.ledger import Ledger
from semstat.interop.formats.ddi.lifecycle_shaped_beside import said_beside
from semstat.ontology.ddi_iri import parse_ddi_urn
from semstat.ontology.ddi_models import codebook_model
from semstat.ontology.terms import DCTERMS, SKOS, SS
from semstat.ontology.terms_study import SSD

__all__ = ["Book", "Kept", "new_book"]

Kept = tuple[str, str, etree._Element]
_NAME = re.compile(r"[^\W\d][\w.-]*")
_DOCUMENT = "/ddi-document/"


@dataclass(slots=True)
class Book:
    """What is written so far. ``kept`` holds the pieces of kept content by owner."""

    ledger: Ledger
    root: etree._Element
    elements: dict[URIRef, etree._Element] = field(default_factory=dict)
    ids: dict[URIRef, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    kept: dict[URIRef, list[Kept]] = field(default_factory=dict)

    def begun(
        self, iri: URIRef, parent: etree._Element, name: str, attributes: dict[str, str | None] | None = None
    ) -> etree._Element:
        """Return the new element that describes a thing."""
        element = add(parent, name, attributes=attributes)
        self.elements[iri] = element
        urn = self.ledger.text(iri, SS.urn)
        if urn is not None:
            self._identified(iri, element, urn)
            self.ledger.taken.update(((iri, SS.identifier), (iri, SS.version)))
        if name != "stdyDscr":  # a study says its version in its citation
            self._versioned(iri, element)
        self.keep(iri)
        return element

    def _identified(self, iri: URIRef, element: etree._Element, urn: str) -> None:
        """Write the URN of a thing; one whose identifier or other name shows that a codebook gave it is that of a codebook."""
        named = parse_ddi_urn(urn)
        graph = self.ledger.graph
        same = {str(item) for item in graph.objects(iri, SKOS.exactMatch)}
        others = [str(item) for item in graph.objects(iri, DCTERMS.identifier)]
        other = next((item for item in others if (at := parse_ddi_urn(item)) is not None and str(at.iri) in same), None)
        own = next((str(item) for item in graph.objects(iri, SS.identifier)), None)
        is_own = (
            named is not None
            and named.iri == iri
            and (other is not None or own not in (None, named.id, named.id.rpartition(".")[2]))
        )
        element.set("ddiCodebookUrn" if is_own else "ddiLifecycleUrn", legal(urn))
        if is_own and other is not None:
            element.set("ddiLifecycleUrn", legal(other))
            if len(others) == 1:
                self.ledger.taken.add((iri, DCTERMS.identifier))
        if is_own and own is not None and iri not in self.ids and own not in self.used and _NAME.fullmatch(own):
            self._set(iri, own)
        stated = parse_ddi_urn(other) if is_own and other is not None else named
        if stated is not None and same == {str(stated.iri)}:
            self.ledger.taken.add((iri, SKOS.exactMatch))

    def _versioned(self, iri: URIRef, element: etree._Element) -> None:
        model = codebook_model()[etree.QName(element).localname]
        for attribute, term in (("elementVersion", SS.version), ("elementVersionDate", DCTERMS.modified)):
            values = [str(item) for item in self.ledger.graph.objects(iri, term)]
            if len(values) == 1 and model.allows(attribute, values[0]):
                element.set(attribute, legal(values[0]))
                self.ledger.taken.add((iri, term))

    def keep(self, iri: URIRef) -> None:
        """Take what was kept of a thing."""
        self.kept[iri] = [piece for raw in self.ledger.literals(iri, SS.unreadContent) for piece in pieces(str(raw))]

    def named(self, iri: URIRef, *generated: str) -> None:
        """Give a thing the identifier that its IRI has from a document, if that is not one of the beginnings made up for it."""
        document, _, fragment = str(iri).partition("#")
        if _DOCUMENT not in document or not fragment:
            return
        identifier = unquote(fragment)
        made = any(re.fullmatch(re.escape(unquote(start)) + r"\d+", identifier) for start in generated)
        if not made and _NAME.fullmatch(identifier) and identifier not in self.used:
            self._set(iri, identifier)

    def id_of(self, iri: URIRef, stem: str) -> str:
        """Return the identifier by which a thing is referred to, a new one where it has none."""
        if iri not in self.ids:
            number = 1
            while f"{stem}{number}" in self.used:
                number += 1
            self._set(iri, f"{stem}{number}")
        return self.ids[iri]

    def _set(self, iri: URIRef, identifier: str) -> None:
        self.ids[iri] = identifier
        self.used.add(identifier)

    def texts(self, parent: etree._Element, name: str, texts: Sequence[Literal]) -> None:
        """Add an element for each text."""
        for text in texts:
            worded(parent, name, text)

    def labels(self, iri: URIRef) -> list[Literal]:
        """Return the labels of a thing, the preferred ones first."""
        return self.ledger.literals(iri, SKOS.prefLabel, SKOS.altLabel)

    def terms(self, iri: URIRef, term: URIRef) -> list[Literal]:
        """Return the texts of a property of a study, also where DDI-Lifecycle lets something beside the study say them."""
        found: list[Literal] = []
        for one, said in said_beside(self.ledger.graph, iri, term):
            texts = self.ledger.literals(one, said)
            if texts and one != iri:  # of what kind it is, and what it holds, is said by the element
                self.ledger.taken.update(((one, SSD.kind), (one, SSD.holds)))
            found += texts
        return found

    def told(self, iri: URIRef, name: str) -> set[str]:
        """Return the texts by which kept attributes name elements of a thing: those elements will be there."""
        return {
            piece.text
            for how, path, piece in self.kept.get(iri, ())
            if how == OF and piece.text and step_of(path.rpartition("/")[2])[0] == name
        }

    def dated(self, iri: URIRef, name: str) -> set[str]:
        """Return the dates that kept elements without a text say."""
        return {
            str(piece.get("date"))
            for how, path, piece in self.kept.get(iri, ())
            if how == OF and not piece.text and step_of(path.rpartition("/")[2])[0] == name and piece.get("date")
        }

    def numbered(self, iri: URIRef, path: str) -> int:
        """Return the highest number that kept content gives an element at a path, 0 where it names none."""
        return max(
            (
                step_of(where.rpartition("/")[2])[1]
                for how, where, _ in self.kept.get(iri, ())
                if how == OF and "/".join(step_of(step)[0] for step in where.split("/")) == path
            ),
            default=0,
        )


def new_book(ledger: Ledger) -> Book:
    """Return an empty document."""
    names: dict[str | None, str] = {None: NAMESPACE}
    root = etree.Element(f"{{{NAMESPACE}}}codeBook", {"version": "2.6"}, nsmap=names)  # type: ignore[arg-type]
    return Book(ledger, root)
