"""What a writer has taken from a hub graph, and what it has left: every difference that a conversion makes is accounted for."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.ontology.terms import RDF
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

__all__ = ["Ledger", "natural"]

_NOWHERE = Location()
_WORDS = re.compile(r"\d+|\D+", re.ASCII)


@dataclass(slots=True)
class Ledger:
    """A graph that notes what is taken from it, and the losses of the writer.

    ``positions`` tell where a thing stood in the source, ``elements`` as what a thing is written, and ``ranks``
    what it is put in order by, once that is known.
    """

    graph: Graph
    positions: Mapping[URIRef, Location] = field(default_factory=dict)
    taken: set[tuple[Node, Node]] = field(default_factory=set)
    losses: list[Diagnostic] = field(default_factory=list)
    elements: dict[URIRef, str | None] = field(default_factory=dict)
    ranks: dict[URIRef, tuple[object, ...]] = field(default_factory=dict)

    def values(self, subject: Node, predicate: URIRef) -> list[Node]:
        """Return, in a stable order, the values of a property, which are thereby taken."""
        self.taken.add((subject, predicate))
        found = list(self.graph.objects(subject, predicate))
        return sorted(found, key=_key) if len(found) > 1 else found

    def literals(self, subject: Node, *predicates: URIRef) -> list[Literal]:
        """Return the literals among the values of some properties, those of the first property first."""
        return [item for term in predicates for item in self.values(subject, term) if isinstance(item, Literal)]

    def iris(self, subject: Node, *predicates: URIRef) -> list[URIRef]:
        """Return the IRIs among the values of some properties."""
        return [item for term in predicates for item in self.values(subject, term) if isinstance(item, URIRef)]

    def text(self, subject: Node, predicate: URIRef) -> str | None:
        """Return the first literal of a property as text; ``None`` where there is none."""
        return next((str(item) for item in self.literals(subject, predicate)), None)

    def flag(self, subject: Node, predicate: URIRef) -> bool:
        """Return whether a property says that something is so."""
        return self.text(subject, predicate) in {"true", "1"}

    def typed(self, *classes: URIRef) -> list[URIRef]:
        """Return the things of some classes, in the order of the source where positions tell it."""
        found = {item for cls in classes for item in self.graph.subjects(RDF.type, cls) if isinstance(item, URIRef)}
        return sorted(found, key=self.place)

    def cover(self, subject: Node) -> None:
        """Note that all that is said of a thing is said again, or follows from what is."""
        self.taken.update((subject, predicate) for predicate in self.graph.predicates(subject))

    def place(self, iri: URIRef) -> tuple[object, ...]:
        """Return what things are put in order by: where they stood, then their names, numbers by their value."""
        if iri not in self.ranks:
            where = self.positions.get(iri, _NOWHERE)
            self.ranks[iri] = (where.source or "", where.line or 0, *natural(str(iri)))
        return self.ranks[iri]

    def lose(
        self, rule: str, message: str, subject: URIRef | None, *, value: str | None = None, count: int = 1
    ) -> None:
        """Enter a loss."""
        where = self.positions.get(subject, Location()) if subject is not None else Location()
        found = Location(where.source, where.line, focus=None if subject is None else str(subject), path=where.path)
        self.losses.append(replace(finding(rule, message, found, value=value), count=count))

    def told(self) -> tuple[Diagnostic, ...]:
        """Return the losses; those that say the same are one, counted."""
        found: dict[tuple[str, str], Diagnostic] = {}
        for item in self.losses:
            known = found.get((item.rule, item.message))
            found[item.rule, item.message] = item if known is None else replace(known, count=known.count + item.count)
        return tuple(found.values())

    def left(self, silent: Iterable[URIRef]) -> Iterator[tuple[str, URIRef | None, int, URIRef]]:
        """Yield what nobody took: things as a whole, and of others single properties, but for those that tell nothing more.

        Each is the class, the property (``None`` for a whole thing), how often, and the first thing concerned.
        """
        passed = {RDF.type, *silent}
        touched = {subject for subject, _ in self.taken}
        counts: dict[tuple[str, URIRef | None], set[URIRef]] = {}
        for subject, predicate in {(one, two) for one, two, _ in self.graph}:
            told = predicate in passed or (subject, predicate) in self.taken
            if told and (subject in touched or predicate != RDF.type):
                continue
            if isinstance(subject, URIRef) and isinstance(predicate, URIRef):
                key = (self._class(subject), predicate if subject in touched else None)
                counts.setdefault(key, set()).add(subject)
        for (cls, name), subjects in sorted(counts.items(), key=lambda item: (item[0][0], item[0][1] or "")):
            yield cls, name, len(subjects), min(subjects, key=self.place)

    def _class(self, subject: URIRef) -> str:
        classes = sorted(str(item) for item in self.graph.objects(subject, RDF.type))
        return classes[0].rpartition("#")[2] if classes else "thing"


@lru_cache(maxsize=1 << 17)  # the same things are put in order again and again
def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts numbers within texts by their value.

    Example:
        >>> sorted(["V10", "V2"], key=natural)
        ['V2', 'V10']
    """
    return tuple(_part(word) for word in _WORDS.findall(text))


def _part(word: str) -> tuple[int, int, str]:
    return (0, int(word), word) if word.isascii() and word.isdigit() and len(word) < 19 else (1, 0, word)


def _key(node: Node) -> tuple[object, ...]:
    language = (node.language or "") if isinstance(node, Literal) else ""
    return (isinstance(node, Literal), language, natural(str(node)), str(getattr(node, "datatype", "")))
