"""Writing DDI-CDI 1.0 in XML, in the order of its schema: the same nodes, the same bytes."""

import re
from collections.abc import Iterator

from lxml import etree
from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.cdi_identity import irdi_of
from semstat.interop.formats.ddi.cdi_names import XML_NAMESPACE
from semstat.interop.formats.ddi.cdi_nodes import CdiNode, CdiNodes
from semstat.ontology.cdi_model import CDI, CdiProperty, cdi_model
from semstat.ontology.ddi_iri import DdiName

__all__ = ["xml_text"]

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_PARTS = ("dataIdentifier", "registrationAuthorityIdentifier", "versionIdentifier")


def xml_text(nodes: CdiNodes) -> str:
    """Return the document. References name agency, identifier and version of their targets, so every node gets these.

    Characters that XML cannot hold are replaced by U+FFFD.

    Source:
        DDI-CDI 1.0, XML schema.

    Example:
        >>> from semstat.interop.formats.ddi.cdi_build import CdiBuilder
        >>> builder = CdiBuilder()
        >>> _ = builder.node("https://example.org/age", "Concept")
        >>> "<Concept>" in xml_text(builder.done())
        True
    """
    names: dict[str | None, str] = {None: XML_NAMESPACE, "xsi": _TYPE[1:].partition("}")[0]}
    root = etree.Element(_tag("DDICDIModels"), nsmap=names)  # type: ignore[arg-type]
    writing = _Writing(nodes)
    for node in nodes.nodes.values():
        if cdi_model().is_class(node.cls):
            writing.content(_add(root, node.cls), node)
    etree.indent(root, "  ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{etree.tostring(root, encoding="unicode")}\n'


def _tag(name: str) -> str:
    return f"{{{XML_NAMESPACE}}}{name}"


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    item = etree.SubElement(parent, _tag(name))
    if text is not None:
        item.text = _ILLEGAL.sub("\ufffd", text)
    return item


class _Writing:
    def __init__(self, nodes: CdiNodes) -> None:
        self.nodes = nodes
        self.names: dict[URIRef, DdiName] = {}

    def name(self, iri: URIRef) -> DdiName:
        """Return the identifier of a node: the one that it states, else one made from its IRI."""
        if iri not in self.names:
            node = self.nodes.nodes.get(iri)
            stated = self.nodes.identity(node) if node is not None else None
            self.names[iri] = stated or irdi_of(iri)
        return self.names[iri]

    def content(self, element: etree._Element, node: CdiNode) -> None:
        """Write what a node holds, in the order of the schema."""
        for term, prop in cdi_model().content(node.cls).items():
            values = node.all(term) if prop.most is None else node.all(term)[: prop.most]
            if term == "identifier" and prop.target == "Identifier" and cdi_model().is_class(node.cls):
                self._identified(element, node, prop)
                continue
            for value in values:
                self._value(element, node, prop, value)

    def _value(self, element: etree._Element, node: CdiNode, prop: CdiProperty, value: URIRef | Literal) -> None:
        if isinstance(value, Literal) or prop.is_text:
            _add(element, prop.element, str(value))
        elif prop.is_link:
            self._reference(_add(element, prop.element), prop, value)
        elif value in self.nodes.nodes:
            part = self.nodes.nodes[value]
            item = _add(element, prop.element)
            if part.cls != prop.target:
                item.set(_TYPE, f"{part.cls}XsdType")
            self.content(item, part)
        else:
            _add(element, prop.element, str(value).removeprefix(CDI))

    def _identified(self, element: etree._Element, node: CdiNode, prop: CdiProperty) -> None:
        holder = _add(element, prop.element)
        part = self.nodes.first(node, prop.term)
        if part is None or not part.all("ddiIdentifier"):
            self._irdi(_add(holder, "ddiIdentifier"), self.name(node.iri))
        if part is not None:
            self.content(holder, part)

    def _irdi(self, element: etree._Element, name: DdiName) -> None:
        for part, text in zip(_PARTS, (name.id, name.agency, name.version), strict=True):
            _add(element, part, text)

    def _reference(self, element: etree._Element, prop: CdiProperty, target: URIRef) -> None:
        self._irdi(_add(element, "ddiReference"), self.name(target))
        for word in self._types(prop, target):
            _add(element, "validType", word)

    def _types(self, prop: CdiProperty, target: URIRef) -> Iterator[str]:
        node = self.nodes.nodes.get(target)
        yield node.cls if node is not None else prop.target
