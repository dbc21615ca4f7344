"""The hub graph as a writer reads it: values in a fixed order, and a note of every statement that was made use of."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.interop.formats.ddi.codebook_kept import kept_names
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
_SPOKEN = (str(SSD), str(SSI), str(SS))


@dataclass(slots=True)
class StudyHub:
    """A graph, where things stood in the source, and what was made use of: pairs of subject and predicate, single statements."""

    graph: Graph
    places: dict[URIRef, Location] = field(default_factory=dict)
    used: set[tuple[Node, Node]] = field(default_factory=set)
    said: set[tuple[Node, Node, Node]] = field(default_factory=set)
    notes: list[Diagnostic] = field(default_factory=list)

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
        """Return the first text of some properties, empty where there is none; of several only that one is made use of."""
        for predicate in predicates:
            values = sorted(
                (item for item in self.graph.objects(subject, predicate) if isinstance(item, Literal)), key=str
            )
            if len({*map(str, values)}) == 1:
                self.used.add((subject, predicate))
            if values:
                self.said.add((subject, predicate, values[0]))
                return str(values[0])
        return ""

    def flag(self, subject: Node, predicate: URIRef) -> bool:
        """Tell whether a property is true."""
        return self.text(subject, predicate) in {"true", "1"}

    def is_inferred(self, subject: Node) -> bool:
        """Tell whether a thing was concluded from others, which say all of it."""
        found = self.flag(subject, SSD.isInferred)
        if found:
            self.used.update((subject, one) for one in self.graph.predicates(subject))
        return found

    def note(self, subject: Node, message: str, value: str) -> None:
        """Note what is written otherwise than it was meant."""
        self.notes.append(finding("DDI069", message, self._place(subject), value=value))

    def losses(self, target: str) -> Iterator[Diagnostic]:
        """Yield what was not made use of: whole things by class, and of others their properties, with how many there are.

        Findings:
            ``DDI069``; ``IO202`` for content that was kept without being interpreted.
        """
        yield from self.notes
        count: Counter[tuple[str, str]] = Counter()
        first: dict[tuple[str, str], Node] = {}
        touched = {subject for subject, _ in self.used} | {subject for subject, _, _ in self.said}
        for subject in sorted(set(self.graph.subjects()), key=str):
            for key in self._left(subject, is_touched=subject in touched):
                count[key] += 1
                first.setdefault(key, subject)
        for key, number in sorted(count.items()):
            what = f"`{key[1]}` of a `{key[0]}`" if key[1] else f"a thing of the kind `{key[0]}`"
            said = f"{what} has no place in DDI-CDI, and is not written"
            yield replace(finding("DDI069", said, self._place(first[key]), value=key[1] or key[0]), count=number)
        yield from self._kept(target)

    def _kept(self, target: str) -> Iterator[Diagnostic]:
        """Yield what was kept without being interpreted, by element or attribute."""
        count: Counter[str] = Counter()
        first: dict[str, Node] = {}
        for subject in sorted(set(self.graph.subjects(SS.unreadContent)), key=str):
            if (subject, SS.unreadContent) in self.used or not self._class(subject):
                continue
            for raw in self.graph.objects(subject, SS.unreadContent):
                for name in kept_names(str(raw)):
                    count[name] += 1
                    first.setdefault(name, subject)
        for name, number in sorted(count.items()):
            said = f"the {name}, which was kept without being interpreted, has no place in {target}"
            yield replace(finding("IO202", said, self._place(first[name]), value=name.split("`")[1]), count=number)

    def _left(self, subject: Node, *, is_touched: bool) -> Iterator[tuple[str, str]]:
        """Yield the class and the property of what of a thing was not made use of; the class alone for all of it."""
        cls = self._class(subject)
        left = [
            predicate
            for predicate, value in self.graph.predicate_objects(subject)
            if (subject, predicate) not in self.used and (subject, predicate, value) not in self.said
        ]
        if cls and not is_touched:
            yield cls, ""
            return
        for predicate in left:
            if cls and (predicate not in _GIVEN or self._is_apart(subject, predicate)):
                yield cls, _short(predicate)

    def _is_apart(self, subject: Node, predicate: Node) -> bool:
        """Tell whether a part of an identity is not in the name of what is written."""
        if (
            subject,
            RDF.type,
            SSD.StudyUnit,
        ) in self.graph:  # DDI-CDI has no such thing: its citation goes with the files
            return predicate in (SS.identifier, SS.version, SS.urn)
        if predicate == SS.identifier:
            return len(set(self.graph.objects(subject, predicate))) > 1
        return predicate in (SS.version, SS.urn) and "#" in str(subject)

    def _class(self, subject: Node) -> str:
        names = [str(cls) for cls in self.graph.objects(subject, RDF.type) if str(cls).startswith(_SPOKEN)]
        return _short(URIRef(min(names, key=lambda name: (name.startswith(str(SS)), name)))) if names else ""

    def _place(self, subject: Node) -> Location:
        place = self.places.get(URIRef(str(subject)), Location())
        return replace(place, focus=str(subject))

    def write_labels(self, subject: URIRef) -> tuple[list[Literal], list[Literal]]:
        """Return the labels and the definitions of a thing."""
        labels = self.literals(subject, SKOS.prefLabel, SKOS.altLabel)
        return labels, self.literals(subject, SSI.definition, DCTERMS.description)


def _short(term: Node) -> str:
    return str(term).replace(BASE, "").rpartition("#")[2].rpartition("/")[2]
