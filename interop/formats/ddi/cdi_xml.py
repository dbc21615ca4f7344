"""DDI-CDI in XML: elements become the statements that the same document makes in RDF, each with its line."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from rdflib import URIRef

from semstat.interop.formats.ddi.cdi_identity import iri_of
from semstat.interop.formats.ddi.cdi_names import XML_NAMESPACE
from semstat.interop.formats.ddi.cdi_statements import Statements, literal
from semstat.interop.safety import XmlTree, read_xml
from semstat.ontology.cdi_model import CDI, CdiProperty, cdi_model
from semstat.ontology.ddi_iri import DdiName, document_iri
from semstat.ontology.iri import part_of
from semstat.ontology.terms import RDF, XSD
from semstat.validators.diagnostics import Diagnostic
from semstat.validators.rules import finding

__all__ = ["xml_statements"]

_ROOT, _WRAPPER = "DDICDIModels", "Wrapper"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_IRDI = ("registrationAuthorityIdentifier", "dataIdentifier", "versionIdentifier")
_REFERENCE = frozenset({"ddiReference", "validType", "deepLink", "semantics", "uri", "location", "description"})


def xml_statements(data: bytes, *, origin: str) -> Statements:
    """Return the statements of an XML document: its classes' elements, what stands in them, and where they point.

    A node is named by its identifier; one without, or one whose identifier another node has, by the document and its
    number. Data types are nodes below their owner, as the RDF encoding has them.

    Findings:
        Those of the XML policy; ``IO108`` for elements that are no part of DDI-CDI, ``DDI062`` for references that do not
        say what they refer to. Properties that a class does not have are statements all the same, for the rules to judge.

    Source:
        DDI-CDI 1.0, XML schema.

    Example:
        >>> text = f'<DDICDIModels xmlns="{XML_NAMESPACE}"><Notation/></DDICDIModels>'
        >>> xml_statements(text.encode(), origin="a.xml").triples[0][2] == CDI.Notation
        True
    """
    statements = Statements(origin, document_iri(data), "xml")
    tree = read_xml(data, origin=origin)
    if isinstance(tree, Diagnostic):
        statements.findings.append(tree)
        statements.complete = False
        return statements
    _Reading(statements, tree).document(tree.root)
    return statements


def _local(element: etree._Element) -> str:
    """Return the local name of an element of DDI-CDI, empty for one of another namespace and for comments."""
    tag = element.tag
    return tag.removeprefix(f"{{{XML_NAMESPACE}}}") if isinstance(tag, str) and XML_NAMESPACE in tag else ""


@dataclass(slots=True)
class _Reading:
    statements: Statements
    tree: XmlTree

    def document(self, root: etree._Element) -> None:
        """Read the root, or a wrapper within it."""
        if _local(root) not in {_ROOT, _WRAPPER}:
            self._report("IO108", f"the root element is `{root.tag}` and not `{_ROOT}`", root)
        for number, element in enumerate(self._children(root), 1):
            name = _local(element)
            if name == _WRAPPER:
                self.document(element)
            elif name and name != "supportingInformation":
                self._instance(element, name, number)

    def _children(self, element: etree._Element) -> Iterator[etree._Element]:
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if _local(child):
                yield child
            else:
                self._report("IO108", f"the element `{child.tag}` is not of DDI-CDI; it is not read", child)

    def _instance(self, element: etree._Element, name: str, number: int) -> None:
        found = _irdi(element.find(f"{{{XML_NAMESPACE}}}identifier/{{{XML_NAMESPACE}}}ddiIdentifier"))
        iri = iri_of(found) if found is not None else None
        if iri is None or str(iri) in self.statements.lines:
            iri = part_of(self.statements.document, name, number)
        self.statements.lines[str(iri)] = self.tree.lines[element]
        self._typed(iri, name)
        self._content(element, iri, name)

    def _typed(self, node: URIRef, name: str) -> None:
        self.statements.triples.append((node, RDF.type, CDI[name]))

    def _content(self, element: etree._Element, node: URIRef, cls: str) -> None:
        counts: dict[str, int] = {}
        for child in self._children(element):
            name = _local(child)
            counts[name] = counts.get(name, 0) + 1
            prop = _property(cls, name)
            if prop is None:
                self._unknown(child, node, cls, name)
            elif prop.is_link:
                self._link(child, node, prop)
            else:
                self._attribute(child, node, prop, counts[name])

    def _state(self, node: URIRef, predicate: URIRef, value: object, element: etree._Element) -> None:
        line = self.tree.lines[element]
        self.statements.triples.append((node, predicate, value))  # type: ignore[arg-type]  # an IRI or a literal
        self.statements.places.setdefault((str(node), str(predicate)), line)
        self.statements.places.setdefault((str(node), str(value)), line)

    def _unknown(self, element: etree._Element, node: URIRef, cls: str, name: str) -> None:
        """State what no class like this has: the rules say so, and the text is there to be kept."""
        local = name if "_" in name else f"{cls}-{name}"
        self._state(node, CDI[local], literal("".join(str(part) for part in element.itertext()).strip()), element)

    def _link(self, element: etree._Element, node: URIRef, prop: CdiProperty) -> None:
        target = _irdi(element.find(f"{{{XML_NAMESPACE}}}ddiReference"))
        if target is None:
            message = f"the reference `{prop.local}` does not say by agency, identifier and version what it refers to"
            self._report("DDI062", message, element, value=prop.local)
            return
        self._state(node, CDI[prop.local], iri_of(target), element)

    def _attribute(self, element: etree._Element, node: URIRef, prop: CdiProperty, number: int) -> None:
        predicate = CDI[prop.local]
        text = element.text or ""
        kind = cdi_model().classes.get(prop.target)
        if kind is None:
            self._state(node, predicate, literal(text, str(XSD) + prop.datatype), element)
        elif kind.kind == "enumeration":
            value = text.strip()
            self._state(node, predicate, CDI[value] if value in kind.values else literal(value), element)
        else:
            part = part_of(node, prop.term, number)
            self.statements.lines[str(part)] = self.tree.lines[element]
            self._state(node, predicate, part, element)
            cls = _narrowed(element, prop.target)
            self._typed(part, cls)
            self._content(element, part, cls)

    def _report(self, rule: str, message: str, element: etree._Element, *, value: str | None = None) -> None:
        from semstat.validators.diagnostics import Location

        where = Location(self.statements.origin, self.tree.lines[element])
        self.statements.findings.append(finding(rule, message, where, value=value))


def _property(cls: str, name: str) -> CdiProperty | None:
    model = cdi_model()
    if "_" in name:
        prop = model.properties.get(name)
        return prop if prop is not None and model.is_a(cls, prop.owner) else None
    found = model.content(cls).get(name)
    return found if found is not None and not found.is_link else None


def _narrowed(element: etree._Element, target: str) -> str:
    """Return the data type of an element: that of ``xsi:type`` where it narrows the declared one."""
    stated = str(element.get(_TYPE, "")).rpartition(":")[2].removesuffix("XsdType")
    return stated if cdi_model().is_a(stated, target) else target


def _irdi(element: etree._Element | None) -> DdiName | None:
    if element is None:
        return None
    found = [(element.findtext(f"{{{XML_NAMESPACE}}}{part}") or "").strip() for part in _IRDI]
    return DdiName(*found) if all(found) else None
