"""The nodes of a DDI-CDI document under the official names, whatever spelling it uses; what is left over is kept apart."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.cdi_names import local_name
from semstat.interop.formats.ddi.cdi_statements import Statements, Triple
from semstat.ontology.cdi_model import CdiProperty, cdi_model, folded, short_forms
from semstat.ontology.ddi_iri import DdiName
from semstat.ontology.terms import RDF

__all__ = ["CdiNode", "CdiNodes", "Flavour", "nodes_of"]

_REFERENCE = "AssociationReference"
"""What some tools put between a node and the node that it refers to."""
Value = URIRef | Literal


@dataclass(slots=True)
class CdiNode:
    """A node: its class, and the values of its properties by the term of the property, in document order."""

    iri: URIRef
    cls: str
    values: dict[str, list[Value]] = field(default_factory=dict)
    unread: list[Triple] = field(default_factory=list)

    def all(self, term: str) -> list[Value]:
        """Return the values of a property."""
        return self.values.get(term, [])

    def text(self, term: str) -> str:
        """Return the first text of a property, empty where there is none."""
        return next((str(value) for value in self.all(term) if isinstance(value, Literal)), "")

    def links(self, term: str) -> list[URIRef]:
        """Return the nodes that a property leads to, each once."""
        return list(dict.fromkeys(value for value in self.all(term) if isinstance(value, URIRef)))


@dataclass(frozen=True, slots=True)
class Flavour:
    """How many statements use the official names of properties, and how many a short form."""

    official: int
    short: int

    @property
    def word(self) -> str:
        """What people call it.

        Example:
            >>> Flavour(4, 0).word, Flavour(0, 2).word, Flavour(4, 2).word
            ('official', 'short', 'mixed')
        """
        if self.short and self.official:
            return "mixed"
        return "short" if self.short else "official"


@dataclass(slots=True)
class CdiNodes:
    """The nodes of a document by IRI, in document order, and how their properties are spelt."""

    nodes: dict[URIRef, CdiNode]
    flavour: Flavour
    _backwards: dict[tuple[str, URIRef], list[CdiNode]] = field(default_factory=dict)

    def of(self, *classes: str) -> Iterator[CdiNode]:
        """Yield the nodes of some classes or of what narrows them."""
        model = cdi_model()
        for node in self.nodes.values():
            if any(model.is_a(node.cls, cls) for cls in classes):
                yield node

    def at(self, node: CdiNode, term: str) -> Iterator[CdiNode]:
        """Yield the nodes that a property of a node leads to, those that the document describes."""
        yield from (self.nodes[iri] for iri in node.links(term) if iri in self.nodes)

    def first(self, node: CdiNode, *terms: str) -> CdiNode | None:
        """Return the node at the end of a chain of properties, the first one at each step."""
        found: CdiNode | None = node
        for term in terms:
            found = next(self.at(found, term), None) if found is not None else None
        return found

    def pointing(self, cls: str, term: str, node: CdiNode) -> list[CdiNode]:
        """Return the nodes of a class that lead to a node by a property."""
        key = (f"{cls} {term}", URIRef(""))
        if key not in self._backwards:
            self._backwards[key] = []
            for item in self.of(cls):
                for target in item.links(term):
                    self._backwards.setdefault((key[0], target), []).append(item)
        return self._backwards.get((key[0], node.iri), [])

    def identity(self, node: CdiNode) -> DdiName | None:
        """Return agency, identifier and version of a node, if it states all three."""
        irdi = self.first(node, "identifier", "ddiIdentifier")
        if irdi is None:
            return None
        parts = [irdi.text(f"{part}Identifier") for part in ("registrationAuthority", "data", "version")]
        return DdiName(*parts) if all(parts) else None


def nodes_of(statements: Statements) -> CdiNodes:
    """Return the nodes of a document.

    Lists that order the values of a property, and the references that some tools put in between, are followed to what they
    stand for. A statement that no class like this has stays with its node, unread.
    """
    kept = _Gathering(statements.triples)
    nodes = {iri: CdiNode(iri, cls) for iri, cls in kept.classes.items()}
    owners = _Owners(kept.classes)
    official = short = 0
    for triple in statements.triples:
        subject, predicate, value = triple
        node = nodes.get(subject)
        if node is None or predicate == RDF.type:
            continue
        prop, is_short = _meant(node.cls, predicate)
        values = [] if prop is None else [one for one in kept.followed(value) if owners.may_hold(node, prop, one)]
        if prop is None or not values:
            node.unread.append(triple)
            continue
        official, short = official + (not is_short), short + is_short
        node.values.setdefault(prop.term, []).extend(values)
    return CdiNodes(nodes, Flavour(official, short))


@dataclass(slots=True)
class _Owners:
    """Which structured value is part of which other one: each of one at most, and none of itself, however it is written.

    Whoever follows parts then comes to an end, after no more steps than there are parts.
    """

    classes: dict[URIRef, str]
    owners: dict[URIRef, URIRef] = field(default_factory=dict)

    def may_hold(self, node: CdiNode, prop: CdiProperty, value: Value) -> bool:
        """Tell whether a node may have a value for a property; a structured value is then its part."""
        if prop.is_link or prop.is_text or not isinstance(value, URIRef) or value not in self.classes:
            return True
        model = cdi_model()
        if model.is_class(self.classes[value]):
            return False
        if model.is_class(node.cls):
            return True
        above: URIRef | None = node.iri
        while above is not None:
            if above == value:
                return False
            above = self.owners.get(above)
        return self.owners.setdefault(value, node.iri) == node.iri


def _meant(cls: str, predicate: URIRef) -> tuple[CdiProperty | None, bool]:
    """Return the property that a predicate means on instances of a class, and whether in a short form."""
    model, local = cdi_model(), local_name(predicate)
    prop = model.properties.get(local)
    if prop is not None and model.is_a(cls, prop.owner):
        return prop, False
    if not local:
        return None, False
    key = folded(local)
    found = next((item for item in model.content(cls).values() if key in short_forms(item)), None)
    return found, found is not None


class _Gathering:
    """The classes of nodes, the members of lists, and what references in between lead to."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.classes: dict[URIRef, str] = {}
        self.first: dict[URIRef, Value] = {}
        self.rest: dict[URIRef, Value] = {}
        self.between: dict[URIRef, list[Value]] = {}
        parts: dict[URIRef, dict[str, Value]] = {}
        for subject, predicate, value in triples:
            local = local_name(predicate)
            if predicate == RDF.type and isinstance(value, URIRef):
                self._class(subject, local_name(value))
            elif predicate == RDF.first:
                self.first[subject] = value
            elif predicate == RDF.rest:
                self.rest[subject] = value
            elif local:
                parts.setdefault(subject, {})[local.rpartition("-")[2]] = value
        self._identities(parts)

    def _class(self, node: URIRef, name: str) -> None:
        known = cdi_model()
        if name in known.classes or name == _REFERENCE:
            before = self.classes.get(node)
            if before is None or known.is_a(name, before):
                self.classes[node] = name

    def _identities(self, parts: dict[URIRef, dict[str, Value]]) -> None:
        """Note what references in between mean: a node by its own IRI, or by its identifier."""
        known: dict[tuple[str, ...], URIRef] = {}
        for node, held in parts.items():
            identifier = held.get("identifier")
            irdi = parts.get(identifier, {}).get("ddiIdentifier") if isinstance(identifier, URIRef) else None
            key = _key(parts.get(irdi, {})) if isinstance(irdi, URIRef) else None
            if key is not None:
                known.setdefault(key, node)
        for node in [iri for iri, cls in self.classes.items() if cls == _REFERENCE]:
            del self.classes[node]
            reference = parts.get(node, {}).get("ddiReference")
            key = _key(parts.get(reference, {})) if isinstance(reference, URIRef) else None
            target = known.get(key) if key is not None else None
            self.between[node] = [target] if target is not None else []

    def followed(self, value: Value) -> list[Value]:
        """Return what a value stands for."""
        if isinstance(value, Literal):
            return [value]
        members: list[Value] = []
        seen: Counter[URIRef] = Counter()
        item: Value = value
        while isinstance(item, URIRef) and item in self.first and not seen[item]:
            seen[item] += 1
            members.append(self.first[item])
            item = self.rest.get(item, RDF.nil)
        return [held for one in members or [value] for held in self.between.get(URIRef(str(one)), [one])]


def _key(held: dict[str, Value]) -> tuple[str, ...] | None:
    parts = [str(held.get(f"{part}Identifier", "")) for part in ("registrationAuthority", "data", "version")]
    return tuple(parts) if all(parts) else None
