"""The hub graph as a writer reads it: values in a fixed order, and a note of every statement that was made use of."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.ontology.terms import BASE, DCTERMS, RDF, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

__all__ = ["StudyHub"]

_GIVEN = frozenset(
    {RDF.type, SS.urn, SS.identifier, SS.version, SS.position, SS.unreadContent, SSD.isInferred, SSD.inStudy}
)
"""What is said another way, or said of what has no counterpart by itself."""
_SPOKEN = (str(SSD), str(SSI))


@dataclass(slots=True)
class StudyHub:
    """A graph, where things stood in the source, and what was made use of: pairs of subject and predicate, single statements."""

    graph: Graph
    places: dict[URIRef, Location] = field(default_factory=dict)
    used: set[tuple[Node, Node]] = field(default_factory=set)
    said: set[tuple[Node, Node, Node]] = field(default_factory=set)

    def of(self, *classes: URIRef) -> list[URIRef]:
        """Return the things of some classes by position, then by IRI."""
        return self._ordered({item for cls in classes for item in self.graph.subjects(RDF.type, cls)})

    def _ordered(self, found: set[Node]) -> list[URIRef]:
        def order(item: URIRef) -> tuple[int, str]:
            position = self.graph.value(item, SS.position)
            return (int(str(position)) if str(position).isdigit() else 1 << 60, str(item))

        return sorted((item for item in found if isinstance(item, URIRef)), key=order)

    def iris(self, subject: Node, *predicates: URIRef) -> list[URIRef]:
        """Return the things that some properties lead to, by position, then by IRI."""
        self.used.update((subject, one) for one in predicates)
        return self._ordered({value for one in predicates for value in self.graph.objects(subject, one)})

    def literals(self, subject: Node, *predicates: URIRef) -> list[Literal]:
        """Return the texts of some properties, those of the first one first."""
        self.used.update((subject, one) for one in predicates)
        return [
            value
            for one in predicates
            for value in sorted(self.graph.objects(subject, one), key=str)
            if isinstance(value, Literal)
        ]

    def text(self, subject: Node, *predicates: URIRef) -> str:
        """Return the first text of some properties, empty where there is none."""
        return next((str(value) for value in self.literals(subject, *predicates)), "")

    def flag(self, subject: Node, predicate: URIRef) -> bool:
        """Tell whether a property is true."""
        return self.text(subject, predicate) in {"true", "1"}

    def is_inferred(self, subject: Node) -> bool:
        """Tell whether a thing was concluded from others, which say all of it."""
        found = self.flag(subject, SSD.isInferred)
        if found:
            self.used.update((subject, one) for one in self.graph.predicates(subject))
        return found

    def losses(self, target: str) -> Iterator[Diagnostic]:
        """Yield what was not made use of: by class and property, with the number of statements.

        Findings:
            ``DDI069``; ``IO202`` for content that was kept without being interpreted.
        """
        count: Counter[tuple[str, str]] = Counter()
        first: dict[tuple[str, str], Node] = {}
        kept = sorted(set(self.graph.subjects(SS.unreadContent)), key=str)
        for subject, predicate, value in sorted(self.graph, key=str):
            is_said = (subject, predicate) in self.used or (subject, predicate, value) in self.said
            if is_said or predicate in _GIVEN:
                continue
            cls = self._class(subject)
            if cls:
                key = (cls, _short(predicate))
                count[key] += 1
                first.setdefault(key, subject)
        for key, number in sorted(count.items()):
            said = f"`{key[1]}` of a `{key[0]}` has no place in DDI-CDI, and is not written"
            lost = finding("DDI069", said, self._place(first[key]), value=key[1])
            yield replace(lost, count=number)
        for subject in kept:
            if (subject, SS.unreadContent) not in self.used and self._class(subject):
                said = f"content that was kept without being interpreted has no place in {target}"
                yield finding("IO202", said, self._place(subject))

    def _class(self, subject: Node) -> str:
        names = sorted(str(cls) for cls in self.graph.objects(subject, RDF.type) if str(cls).startswith(_SPOKEN))
        return _short(URIRef(names[0])) if names else ""

    def _place(self, subject: Node) -> Location:
        place = self.places.get(URIRef(str(subject)), Location())
        return replace(place, focus=str(subject))

    def write_labels(self, subject: URIRef) -> tuple[list[Literal], list[Literal]]:
        """Return the labels and the definitions of a thing."""
        labels = self.literals(subject, SKOS.prefLabel, SKOS.altLabel)
        return labels, self.literals(subject, SSI.definition, DCTERMS.description)


def _short(term: Node) -> str:
    return str(term).replace(BASE, "").rpartition("#")[2].rpartition("/")[2]
