"""A document of DDI Codebook while it is read: its elements by name and identifier, their texts and languages, what is lifted."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from semstat.interop.safety import XmlTree
from semstat.ontology.ddi_iri import parse_ddi_urn
from semstat.ontology.indexed import IndexedGraph
from semstat.ontology.iri import part_of
from semstat.ontology.literals import is_language_tag
from semstat.ontology.terms import DCTERMS, RDF, SKOS, SS
from semstat.validators.diagnostics import Location

__all__ = ["IDENTITY", "Codebook", "child_text", "children", "first", "language", "local", "text_of"]

IDENTITY = frozenset({"ddiCodebookUrn", "ddiLifecycleUrn", "elementVersion", "elementVersionDate"})
"""Attributes that say which thing an element describes; read of every element that is lifted."""

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(slots=True)
class Codebook:
    """A document of DDI Codebook and the graph that it is lifted into.

    ``base`` is the IRI of the document, ``elements`` the elements by ``ID`` (the first, where an identifier is used twice),
    ``names`` the IRI of each element that was lifted, ``read`` the elements whose content was interpreted.
    """

    tree: XmlTree
    base: URIRef
    origin: str
    elements: dict[str, etree._Element]
    graph: Graph = field(default_factory=IndexedGraph)
    names: dict[etree._Element, URIRef] = field(default_factory=dict)
    positions: dict[URIRef, Location] = field(default_factory=dict)
    read: set[etree._Element] = field(default_factory=set)

    def place(self, element: etree._Element) -> Location:
        """Return where an element begins."""
        return Location(self.origin, self.tree.lines.get(element))

    def name(self, element: etree._Element, owner: URIRef, kind: str, number: int, *classes: URIRef) -> URIRef:
        """Return the IRI of an element, and note its classes, its place, and what it says of its identity.

        The IRI is made of the URN of DDI Codebook, else of the ``ID``, else of the place within the owner.
        """
        identifier = (element.get("ID") or "").strip()
        named = parse_ddi_urn((element.get("ddiCodebookUrn") or "").strip())
        iri = named.iri if named else part_of(self.base, identifier) if identifier else part_of(owner, kind, number)
        while iri in self.positions:
            number += 1
            iri = part_of(iri, number)
        self.names[element] = iri
        self._identified(element, iri)
        self.positions[iri] = self.place(element)
        self.read.add(element)
        for cls in classes:
            self.add(iri, RDF.type, cls)
        return iri

    def _identified(self, element: etree._Element, iri: URIRef) -> None:
        """State URNs and version of an element; what it is called in DDI Lifecycle is the same thing described otherwise."""
        own, other = ((element.get(name) or "").strip() for name in ("ddiCodebookUrn", "ddiLifecycleUrn"))
        self.add(iri, SS.urn, own or other)
        self.add(iri, DCTERMS.identifier, other if own else None)
        described = parse_ddi_urn(other)
        if described is not None and described.iri != iri:
            self.add(iri, SKOS.exactMatch, described.iri)
        self.add(iri, SS.version, (element.get("elementVersion") or "").strip())
        self.add(iri, DCTERMS.modified, (element.get("elementVersionDate") or "").strip())

    def add(self, subject: URIRef, predicate: URIRef, value: Node | str | bool | int | None) -> None:
        """State something; a text becomes a plain string, nothing is stated of what is absent or empty."""
        if value is None or value == "":
            return
        if isinstance(value, bool | int):
            value = Literal(str(value).lower(), datatype=XSD.boolean if isinstance(value, bool) else XSD.integer)
        self.graph.add((subject, predicate, value if isinstance(value, URIRef | Literal) else Literal(str(value))))

    def worded(self, subject: URIRef, predicate: URIRef, element: etree._Element | None) -> None:
        """State the text of an element in its language."""
        if element is None:
            return
        self.read.update(element.iter("*"))
        said = text_of(element)
        if said:
            self.add(subject, predicate, Literal(said, lang=language(element)))

    def labelled(self, subject: URIRef, elements: Iterator[etree._Element]) -> None:
        """State labels: the first of each language is preferred, all others are kept as alternatives."""
        seen: set[str | None] = set()
        for element in elements:
            self.worded(subject, SKOS.altLabel if language(element) in seen else SKOS.prefLabel, element)
            if text_of(element):
                seen.add(language(element))

    def targets(self, element: etree._Element, attribute: str, *kinds: str) -> list[etree._Element]:
        """Return the elements of some kinds that an attribute refers to, in the order in which it does."""
        named = (self.elements.get(word) for word in element.get(attribute, "").split())
        return [item for item in named if item is not None and local(item) in kinds]


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace; comments have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: etree._Element | None, *path: str) -> Iterator[etree._Element]:
    """Yield the elements that a path of names leads to, in document order."""
    if element is None:
        return
    for child in element:
        if local(child) == path[0]:
            if len(path) == 1:
                yield child
            else:
                yield from children(child, *path[1:])


def first(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element that a path of names leads to."""
    return next(children(element, *path), None)


def text_of(element: etree._Element | None) -> str:
    r"""Return all text of an element, what is marked up within it too, without the blanks around it.

    Example:
        >>> text_of(etree.fromstring("<labl>\n  Area <emph>of</emph> residence\n</labl>"))
        'Area of residence'
    """
    if element is None:
        return ""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False).strip()


def child_text(element: etree._Element | None, *path: str) -> str:
    """Return the text of the first element that a path leads to, empty where there is none."""
    return text_of(first(element, *path))


def language(element: etree._Element) -> str | None:
    """Return the language of an element: its own or that of what it stands in, as ``xml:lang`` or as plain ``xml-lang``."""
    for node in (element, *element.iterancestors()):
        tag = (node.get(_XML_LANG) or node.get("xml-lang") or "").strip()
        if tag:
            return tag if is_language_tag(tag) else None
    return None
