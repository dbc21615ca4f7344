"""What a DDI-CDI document states, whatever its syntax: triples in their order, with lines, and no node without a name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import BNode, Literal, URIRef

from semstat.ontology.iri import part_of
from semstat.ontology.terms import XSD
from semstat.validators.diagnostics import Diagnostic, Location

__all__ = ["Statements", "Triple", "literal", "named"]

Triple = tuple[URIRef, URIRef, URIRef | Literal]
_Open = tuple[URIRef | BNode, URIRef, URIRef | BNode | Literal]


@dataclass(slots=True)
class Statements:
    """The triples of a document, in document order; nodes without a name have got one below that of their owner.

    ``lines`` tells where a node begins; ``places`` where a statement stands, by subject and by property or object, for
    syntaxes that tell. ``findings`` is what reading found, ``complete`` whether all of the document was understood so far as
    to be triples.
    """

    origin: str
    document: URIRef
    syntax: str
    triples: list[Triple] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    places: dict[tuple[str, str], int] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    complete: bool = True

    def location(self, focus: str | None, value: str | None = None) -> Location:
        """Return where a node stands, or the statement of it that names a value; the file where neither is known.

        A part without a line of its own stands where its owner does.
        """
        if focus is None:
            return Location(self.origin)
        line = self.places.get((focus, value)) if value is not None else None
        holder = focus
        while line is None and holder:
            line = self.lines.get(holder)
            cut = max(holder.rfind("-") if "#" in holder else 0, holder.rfind("#"), 0)
            holder = holder[:cut]
        return Location(self.origin, line, focus=focus)


def literal(text: str, datatype: str | None = None, language: str | None = None) -> Literal:
    """Return a literal with its lexical form as written; one of type string has no type.

    Example:
        >>> literal("01", str(XSD.integer)).n3()
        '"01"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    if language:
        return Literal(text, lang=language)
    if datatype is None or datatype == str(XSD.string):
        return Literal(text)
    return Literal(text, datatype=URIRef(datatype), normalize=False)


def named(triples: Iterable[_Open], document: URIRef) -> Iterator[Triple]:
    """Yield triples with names for blank nodes: below that of the node that refers to them first, else of the document.

    Example:
        >>> open_ = [(URIRef("urn:a"), URIRef("urn:p#name"), BNode("b")), (BNode("b"), URIRef("urn:q"), Literal("c"))]
        >>> [str(subject) for subject, _, _ in named(open_, URIRef("urn:d"))]
        ['urn:a', 'urn:a#name-1']
    """
    kept = list(triples)
    owners: dict[BNode, tuple[URIRef | BNode, URIRef]] = {}
    for subject, predicate, value in kept:
        if isinstance(value, BNode) and value != subject:
            owners.setdefault(value, (subject, predicate))
    names = _Names(owners, document)
    for subject, predicate, value in kept:
        held = names.of(value) if isinstance(value, BNode) else value
        yield names.of(subject) if isinstance(subject, BNode) else subject, predicate, held


@dataclass(slots=True)
class _Names:
    owners: dict[BNode, tuple[URIRef | BNode, URIRef]]
    document: URIRef
    given: dict[BNode, URIRef] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def of(self, node: BNode) -> URIRef:
        """Return the name of a node, giving names to those above it first."""
        chain = [node]
        while chain[-1] in self.owners and chain[-1] not in self.given:
            above = self.owners[chain[-1]][0]
            if not isinstance(above, BNode) or above in chain:
                break
            chain.append(above)
        for item in reversed(chain):
            if item not in self.given:
                self.given[item] = self._new(item)
        return self.given[node]

    def _new(self, node: BNode) -> URIRef:
        owner, predicate = self.owners.get(node, (self.document, URIRef("node")))
        above = self.given.get(owner, self.document) if isinstance(owner, BNode) else owner
        step = str(predicate).replace("#", "/").rpartition("/")[2].rpartition("-")[2] or "part"
        stem = part_of(above, step)
        self.counts[stem] = self.counts.get(stem, 0) + 1
        return part_of(above, step, self.counts[stem])
