"""What was kept of DDI-Lifecycle without being interpreted, and goes back to where it stood."""

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree
from rdflib import Graph, Literal, URIRef

from semstat.interop.formats.ddi.codebook_kept import OF, pieces, step_of
from semstat.interop.formats.ddi.ledger import Ledger
from semstat.interop.formats.ddi.lifecycle_elements import is_pointer, text_of, words_of
from semstat.interop.formats.ddi.lifecycle_elements_write import child_name, put, tag_of
from semstat.interop.formats.ddi.lifecycle_lower_names import name_in
from semstat.interop.formats.ddi.lifecycle_names import name_of
from semstat.ontology.terms import SS

__all__ = ["KEPT", "Kept", "kept_of", "renamed", "said_in"]

KEPT = "kept"
"""Marks, until all is written, what is not to be put into another order."""
_IDENTITIES = (tag_of("r:ID"), tag_of("r:URN"))


@dataclass(slots=True)
class Kept:
    """The pieces that were kept of one thing: how, where they stood, and the pieces."""

    parts: list[tuple[str, str, etree._Element]] = field(default_factory=list)
    identities: set[str] = field(default_factory=set)

    def says(self, path: str, text: Literal) -> bool:
        """Return whether a piece that is kept whole says a text that is read at a path."""
        for how, around, piece in self.parts:
            where = "/".join([*(step_of(step)[0] for step in around.split("/") if step), name_of(str(piece.tag)).key])
            if how != OF and where == path:
                found = [text_of(piece), *words_of(piece)[0]]
                if any(item.value == str(text) for item in found):
                    return True
        return False

    def names(self, ledger: Ledger, target: URIRef) -> bool:
        """Return whether kept content holds a thing itself, which then is not written once more."""
        name = name_in(ledger, target)
        return name is not None and bool({name.id, name.id.rpartition(".")[2], name.urn} & self.identities)

    def points(self, element: str, urn: str) -> bool:
        """Return whether kept content holds a reference."""
        name = urn.split(":")[3] if urn.count(":") == 4 else urn
        local = element.partition(":")[2]
        for how, _, piece in self.parts:
            if how == OF:
                continue
            for item in piece.iter("*"):
                if name_of(str(item.tag)).local == local and {name, urn} & {(one.text or "").strip() for one in item}:
                    return True
        return False

    def mixed(self, path: str) -> bool:
        """Return whether a place is one of several that are only meant where kept content says so."""
        head = path.partition("/")[0]
        if not head.startswith("StructuredMixed"):
            return any(around.startswith("StructuredMixed") for _, around, _ in self.parts)
        return not any(around.startswith(head) for _, around, _ in self.parts)

    def restore(self, element: etree._Element, name: str) -> None:
        """Put the pieces back."""
        for how, path, piece in self.parts:
            parent = _walked(element, name, path)
            if parent is None:
                continue
            if how == OF:
                for key, value in piece.items():
                    parent[0].attrib.update({} if key in parent[0].attrib else {key: value})
            else:
                parent[0].append(renamed(piece))

    def settle(self, ledger: Ledger, name: str, iri: URIRef) -> None:
        """Enter as lost, and drop, what the schema of 3.3 has no place for in an element."""
        lost: Counter[str] = Counter()
        for part in list(self.parts):
            how, path, piece = part
            holder = _way(name, path)
            if holder is None or (how != OF and child_name(holder, name_of(str(piece.tag)).key) is None):
                lost[name_of(str(piece.tag)).local] += 1
                self.parts.remove(part)
        for local, count in lost.items():
            message = f"the kept element `{local}` has no place in DDI-Lifecycle 3.3"
            ledger.lose("IO202", message, iri, value=local, count=count)


def said_in(graph: Graph, iri: URIRef) -> Kept:
    """Return what was kept of a thing, without its being taken."""
    return Kept([piece for raw in graph.objects(iri, SS.unreadContent) for piece in pieces(str(raw))])


def kept_of(ledger: Ledger, iri: URIRef, name: str | None = None) -> Kept:
    """Return what was kept of a thing; with the name of its element, only what has a place there."""
    kept = Kept([piece for raw in ledger.literals(iri, SS.unreadContent) for piece in pieces(str(raw))])
    if name is not None:
        kept.settle(ledger, name, iri)
    for how, _, piece in kept.parts:
        if how != OF:
            kept.identities |= {(item.text or "").strip() for item in piece.iter(*_IDENTITIES) if _identifies(item)}
    return kept


def _identifies(item: etree._Element) -> bool:
    """Return whether an identity is that of what it stands in, not of what a reference leads to."""
    around = item.getparent()
    return around is not None and not is_pointer(around)


def _way(name: str, path: str) -> str | None:
    """Return the element that a path leads to from another, ``None`` where the schema has no such way."""
    for step in (step for step in path.split("/") if step):
        inner = child_name(name, step_of(step)[0])
        if inner is None:
            return None
        name = inner
    return name


def _walked(element: etree._Element, name: str, path: str) -> tuple[etree._Element, str] | None:
    for step in (step for step in path.split("/") if step):
        local, number = step_of(step)
        inner = child_name(name, local)
        if inner is None:
            return None
        found = element.findall(tag_of(inner))
        while len(found) < number:
            found.append(put(element, inner))
        element, name = found[number - 1], inner
    return element, name


def renamed(piece: etree._Element) -> etree._Element:
    """Return a piece in the namespaces of version 3.3."""
    for item in piece.iter("*"):
        found = name_of(str(item.tag))
        if found.version is not None:
            item.tag = tag_of(found.full)
    piece.tail = None
    piece.set(KEPT, "")
    return piece
