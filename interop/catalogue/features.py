"""What is known of a thing that can tell what it is about: its names, words, code lists, codes in use, concepts."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from rdflib import URIRef

from semstat.interop.catalogue.backends import ahead, statements_on
from semstat.ontology.terms import DCTERMS, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD
from semstat.ontology.words import LITTLE, folded_words

if TYPE_CHECKING:
    from semstat.interop.catalogue.backends import State

__all__ = ["Features", "Reader", "shared"]

_LABELS = (SKOS.prefLabel, SKOS.altLabel, SSI.questionText)
_TEXTS = (SKOS.definition, DCTERMS.description, SSI.definition)
_NAMES = (SS.identifier, SSD.variableName)
_EDGES = ("valueDomain", "representation", "usesConcept", "conceptualVariable", "representedVariable", "measures",
          "componentVariable", "ofComponent")  # fmt: skip
_EMPTY = LITTLE | {"var"}
_STEPS = 4
"""From a component over its representation, variable and value domain to the list: no way is longer."""
_SKETCH = 4
"""Least codes by which lists that share many are found without comparing all with all."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of one thing, folded for comparison: case and accents do not count.

    The labels of the concept that a thing uses directly are its own: components of SDMX have no others.
    """

    iri: str
    ids: frozenset[str] = frozenset()
    labels: frozenset[tuple[str, str]] = frozenset()
    names: frozenset[frozenset[str]] = frozenset()
    meaning: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    concepts: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()

    def marks(self) -> Iterator[tuple[str, str]]:
        """Yield the marks by which things that may be about the same are found: two that share none are not compared."""
        yield from (("id", text) for text in sorted(self.ids))
        yield from (("label", text) for _, text in sorted(self.labels))
        yield from (("word", text) for text in sorted(frozenset[str]().union(*self.names)))
        yield from (("list", text) for text in sorted(self.lists))
        yield from (("concept", text) for text in sorted({self.iri} | self.concepts | self.same))
        least = sorted((zlib.crc32(code.encode()), code) for code in self.codes or self.used)[:_SKETCH]
        yield from (("code", code) for _, code in least)


class Reader:
    """Reads what is known of things out of a catalogue; what many share is looked up once.

    Args:
        snapshot: A state of a catalogue.
    """

    def __init__(self, snapshot: "State") -> None:
        self._store = snapshot.store
        self._codes: dict[str, frozenset[str]] = {}
        self._on: dict[str, dict[str, list[str]]] = {}
        edges = snapshot.edges_of([str(SSL[name]) for name in _EDGES])
        for name in _EDGES:
            kind = pc.equal(edges["dependency"].cast(pa.string()), str(SSL[name]))
            for row in edges.filter(kind).select(["dependent", "on"]).to_pylist():
                self._on.setdefault(name, {}).setdefault(row["dependent"], []).append(row["on"])
        self._used = self._usages()

    def on(self, iri: str, *names: str) -> frozenset[str]:
        """Return what a thing depends on by some dependencies."""
        return frozenset(other for name in names for other in self._on.get(name, {}).get(iri, ()))

    def features(self, iris: Sequence[str]) -> list[Features]:
        """Return what is known of things, in their order."""
        near = {iri: self._reached(iri) for iri in iris}
        concepts = {iri: frozenset(other for one in near[iri] for other in self.on(one, "usesConcept")) for iri in iris}
        lists = {iri: frozenset(other for one in near[iri] for other in self.on(one, "valueDomain")) for iri in iris}
        self._read_lists(sorted(frozenset[str]().union(*lists.values()) - self._codes.keys()))
        same = self._same({*iris, *frozenset[str]().union(*concepts.values())})
        return [self._features(iri, lists[iri], concepts[iri], same) for iri in iris]

    def _features(
        self, iri: str, lists: frozenset[str], concepts: frozenset[str], same: dict[str, set[str]]
    ) -> Features:
        about = {iri, *self.on(iri, "usesConcept")}
        named = [pair for one in sorted(about) for pair in self._texts(one, _LABELS)]
        labels = frozenset((tag, name) for tag, text in named if (name := _name(text)))
        ids = frozenset(_name(text) for _, text in self._texts(iri, _NAMES))
        return Features(
            iri,
            ids,
            labels,
            frozenset(_words([text]) for text in (*ids, *(label for _, label in labels))) - {frozenset()},
            _words(text for one in about for _, text in self._texts(one, _TEXTS)),
            frozenset(one for one in lists if self._codes[one]),
            frozenset(code for one in lists for code in self._codes[one]),
            frozenset(self._used.get(iri, ())),
            concepts,
            frozenset(other for one in (iri, *concepts) for other in same.get(one, ())),
        )

    def _read_lists(self, lists: Sequence[str]) -> None:
        """Read the codes of lists, in SDMX or DDI."""
        ahead(self._store, lists)
        items = {one: set(self._objects(one, SSI.containsNode)) for one in lists}
        for item, scheme in self._on_any(SKOS.inScheme, lists):
            items[scheme].add(item)
        ahead(self._store, sorted(set[str]().union(*items.values())))
        for one, codes in items.items():
            self._codes[one] = frozenset(text for item in codes for _, text in self._texts(item, (SKOS.notation,)))

    def _same(self, iris: Iterable[str]) -> dict[str, set[str]]:
        """Return what is stated to be the same as things, whichever of the two it is stated of."""
        wanted = sorted(iris)
        ahead(self._store, wanted)
        found = {iri: set(self._objects(iri, SKOS.exactMatch)) for iri in wanted}
        for other, iri in self._on_any(SKOS.exactMatch, wanted):
            found[iri].add(other)
        return found

    def _reached(self, iri: str) -> set[str]:
        """Return a thing and what stands for its meaning and its values."""
        found, below = {iri}, {iri}
        for _ in range(_STEPS):
            below = {
                other
                for one in below
                for other in self.on(one, "representation", "representedVariable", "conceptualVariable", "valueDomain")
            } - found
            found |= below
        return found

    def _texts(self, iri: str, predicates: Iterable[URIRef]) -> Iterator[tuple[str, str]]:
        """Yield the languages and texts of what is said of a thing."""
        import pyoxigraph as ox

        for predicate in predicates:
            for quad in self._store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, None):
                if isinstance(quad.object, ox.Literal):
                    yield quad.object.language or "", quad.object.value

    def _objects(self, iri: str, predicate: URIRef) -> Iterator[str]:
        import pyoxigraph as ox

        for quad in self._store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, None):
            if isinstance(quad.object, ox.NamedNode):
                yield quad.object.value

    def _on_any(self, predicate: URIRef, iris: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield what bears a predicate to one of many things, and the thing."""
        import pyoxigraph as ox

        for quad in statements_on(self._store, ox.NamedNode(predicate), map(ox.NamedNode, iris)):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                yield quad.subject.value, quad.object.value

    def _usages(self) -> dict[str, set[str]]:
        """Return the codes that data use, by the component that takes them."""
        import pyoxigraph as ox

        usages = [
            (quad.subject.value, quad.object.value)
            for quad in self._store.quads_for_pattern(None, ox.NamedNode(SSL.onVariable), None, None)
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
        ]
        ahead(self._store, (usage for usage, _ in usages))
        codes = {usage: sorted(set(self._objects(usage, SSL.code))) for usage, _ in usages}
        ahead(self._store, sorted({code for some in codes.values() for code in some}))
        found: dict[str, set[str]] = {}
        for usage, component in usages:
            texts = {text for code in codes[usage] for _, text in self._texts(code, (SKOS.notation,))}
            found.setdefault(component, set()).update(texts)
        return found


def _name(text: str) -> str:
    """Return a name without case and accents, its words with a blank between: the parts of an identifier are words."""
    return " ".join(folded_words(text.replace("_", " ")))


def _words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of texts that say something: of three letters and more."""
    return frozenset(word for text in texts for word in _name(text).split() if len(word) > 2) - _EMPTY


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of two sets is common to both: 1 where they are equal, 0 where they are apart."""
    return len(one & other) / len(one | other) if one and other else 0.0
