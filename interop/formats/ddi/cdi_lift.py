"""From the nodes of a DDI-CDI document to the hub graph: classes and properties by table, the rest by functions of their own."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib import Graph, Literal, URIRef

from semstat.interop.formats.ddi.cdi_identity import OWN_AGENCY, iri_of
from semstat.interop.formats.ddi.cdi_nodes import CdiNode, CdiNodes
from semstat.interop.formats.ddi.cdi_statements import Statements
from semstat.interop.formats.ddi.cdi_tables import CLASSES, KINDS, LINKS, TEXTS, Link
from semstat.ontology.cdi_model import cdi_model
from semstat.ontology.iri import parse_urn, urn_to_iri
from semstat.ontology.literals import is_language_tag
from semstat.ontology.terms import RDF, SKOS, SS
from semstat.ontology.terms_study import SSD

__all__ = ["LOCAL", "SDMX_URN", "Lifting", "lift_nodes", "sdmx_urns", "texts_of"]

SDMX_URN = "SDMX URN"
"""The type of the further identifier that an artefact of SDMX keeps in DDI-CDI."""

LOCAL = "local identifier"
"""The type of the further identifier that a thing has within its document, where that is not what DDI-CDI identifies it by."""

Triple = tuple[URIRef, URIRef, URIRef | Literal]


@dataclass(slots=True)
class Lifting:
    """A lift under way: the nodes, the graph that grows, and the IRI under which the hub speaks of each node."""

    nodes: CdiNodes
    statements: Statements
    graph: Graph
    names: dict[URIRef, URIRef] = field(default_factory=dict)

    def add(self, subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> None:
        """Add a triple."""
        self.graph.add((subject, predicate, value))

    def say(self, subject: URIRef, predicate: URIRef, text: str) -> None:
        """Add a plain text, if there is one."""
        if text:
            self.add(subject, predicate, Literal(text))

    def count(self, subject: URIRef, predicate: URIRef, number: str | int) -> None:
        """Add a whole number, if the text is one; text that is none is a fault of the document that a rule reports."""
        if str(number).strip().lstrip("+-").isdigit():
            self.add(subject, predicate, Literal(int(number)))

    def name(self, iri: URIRef) -> URIRef:
        """Return the IRI in the hub of what a node's IRI names, described or not."""
        return self.names.get(iri, iri)


def lift_nodes(nodes: CdiNodes, statements: Statements, graph: Graph) -> Lifting:
    """Add to a graph what the tables know of the nodes; return what the further steps need.

    Every node that stands by itself gets its class, identifiers, names, labels and texts in all languages; its links become
    those of the hub. A node is spoken of under the IRI of its identifier (agency, identifier, version), else under its own.
    """
    lifting = Lifting(nodes, statements, graph)
    taken: set[URIRef] = set()
    for node in nodes.nodes.values():
        if cdi_model().is_class(node.cls):
            lifting.names[node.iri] = _hub_name(nodes, node, taken)
            taken.add(lifting.names[node.iri])
    for node in nodes.nodes.values():
        if node.iri in lifting.names:
            _lift(lifting, node)
    return lifting


def _hub_name(nodes: CdiNodes, node: CdiNode, taken: set[URIRef]) -> URIRef:
    for _, urn in sdmx_urns(nodes, node):
        return urn_to_iri(urn)
    name = nodes.identity(node)
    own = iri_of(name) if name is not None else node.iri
    return own if own not in taken else node.iri


def sdmx_urns(nodes: CdiNodes, node: CdiNode) -> Iterator[tuple[CdiNode, str]]:
    """Yield the URNs of SDMX among the further identifiers of a node, each with the node that holds it."""
    for identifier in nodes.at(node, "identifier"):
        for other in nodes.at(identifier, "nonDdiIdentifier"):
            if other.text("type") == SDMX_URN and _is_urn(other.text("value")):
                yield other, other.text("value")


def _is_urn(text: str) -> bool:
    try:
        urn_to_iri(text)
    except ValueError:
        return False
    return True


def _lift(lifting: Lifting, node: CdiNode) -> None:
    iri = lifting.names[node.iri]
    types = next((CLASSES[cls] for cls in cdi_model().bases(node.cls) if cls in CLASSES), None)
    if types is None:
        return
    for cls in types:
        lifting.add(iri, RDF.type, cls)
    if node.cls in KINDS:
        lifting.say(iri, SSD.kind, node.cls)
    _identified(lifting, node, iri)
    _labelled(lifting, node, iri)
    for term, predicate in TEXTS.items():
        for value in texts_of(lifting.nodes, node, term):
            lifting.add(iri, predicate, value)
    for link in _links(node):
        for target in node.links(link.term):
            lifting.add(iri, link.predicate, lifting.name(target))


def _links(node: CdiNode) -> Iterator[Link]:
    for cls in cdi_model().bases(node.cls):
        yield from (link for link in LINKS.get(cls, ()) if link.term in node.values)


def _identified(lifting: Lifting, node: CdiNode, iri: URIRef) -> None:
    name = lifting.nodes.identity(node)
    in_sdmx = next((parse_urn(urn) for _, urn in sdmx_urns(lifting.nodes, node)), None)
    if in_sdmx is not None:
        lifting.say(iri, SS.identifier, in_sdmx.item or in_sdmx.id)
        lifting.say(iri, SS.version, in_sdmx.version or "")
        lifting.say(iri, SS.urn, in_sdmx.urn)
    elif name is not None and name.agency != OWN_AGENCY:
        lifting.say(iri, SS.identifier, name.id)
        lifting.say(iri, SS.version, name.version)
        lifting.say(iri, SS.urn, name.urn)
    for identifier in lifting.nodes.at(node, "identifier"):
        is_file = node.cls == "PhysicalDataSet"
        lifting.say(iri, SSD.fileUri if is_file else SS.uri, identifier.text("uri"))
        for other in lifting.nodes.at(identifier, "nonDdiIdentifier"):
            if other.text("type") == LOCAL:
                lifting.say(iri, SS.identifier, other.text("value"))
            elif other.text("type") != SDMX_URN:
                lifting.say(iri, SSD.userId, other.text("value"))


def texts_of(nodes: CdiNodes, node: CdiNode, term: str) -> list[Literal]:
    """Return the texts of a property, those of structured strings in their languages, each once, in order."""
    found: list[Literal] = [
        Literal(str(value), lang=value.language) for value in node.all(term) if isinstance(value, Literal)
    ]
    for holder in nodes.at(node, term):
        found.extend(_strings(nodes, holder))
    return list(dict.fromkeys(text for text in found if str(text)))


def _strings(nodes: CdiNodes, holder: CdiNode) -> Iterator[Literal]:
    for part in nodes.at(holder, "languageSpecificString"):
        yield _in_language(part.text("content"), part.text("language"))
    for term in ("content", "name"):  # TypedString; ObjectName and ControlledVocabularyEntry
        if holder.text(term):
            yield Literal(holder.text(term))
    yield from (Literal(str(value)) for value in holder.all("entryValue") if isinstance(value, Literal))


def _in_language(text: str, language: str) -> Literal:
    """Return a text with its language; what is no language tag is reported by a rule, and left out here."""
    return Literal(text, lang=language if is_language_tag(language) else None)


def _labelled(lifting: Lifting, node: CdiNode, iri: URIRef) -> None:
    """Add the first label of each language as the preferred one; the name serves where there is no label."""
    names = texts_of(lifting.nodes, node, "name")
    labels = texts_of(lifting.nodes, node, "displayLabel")
    is_variable = cdi_model().is_a(node.cls, "ConceptualVariable")
    if is_variable:
        for text in names[:1]:
            lifting.add(iri, SSD.variableName, text)
    if not labels and not is_variable:
        labels, names = names[:1], names[1:]
    seen: set[str] = set()
    for text in labels:
        language = text.language or ""
        lifting.add(iri, SKOS.prefLabel if language not in seen else SKOS.altLabel, text)
        seen.add(language)
    further = names[1:] if is_variable else [text for text in names if text not in labels]
    for text in further:
        lifting.add(iri, SKOS.altLabel, text)
