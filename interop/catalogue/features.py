"""What is known of a thing that can tell what it is about: its names, words, code lists, codes in use, concepts."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from rdflib import URIRef

from semstat.ontology.terms import DCTERMS, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD
from semstat.ontology.words import LITTLE, folded_words

if TYPE_CHECKING:
    import pyoxigraph as ox

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


@dataclass(slots=True)
class Reader:
    """Reads what is known of things out of a catalogue; what many share is looked up once.

    Args:
        store: The store of a catalogue.
        edges: Its dependencies.
    """

    store: "ox.Store"
    edges: pa.Table
    _codes: dict[str, frozenset[str]] = field(default_factory=dict)
    _on: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    _used: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in _EDGES:
            kind = pc.equal(self.edges["dependency"].cast(pa.string()), str(SSL[name]))
            rows = self.edges.filter(kind).select(["dependent", "on"])
            for row in rows.to_pylist():
                self._on.setdefault(name, {}).setdefault(row["dependent"], []).append(row["on"])
        self._used = self._usages()

    def on(self, iri: str, *names: str) -> frozenset[str]:
        """Return what a thing depends on by some dependencies."""
        return frozenset(other for name in names for other in self._on.get(name, {}).get(iri, ()))

    def features(self, iri: str) -> Features:
        """Return what is known of a thing."""
        near = self._reached(iri)
        lists = frozenset(other for one in near for other in self.on(one, "valueDomain") if self.codes(other))
        concepts = frozenset(other for one in near for other in self.on(one, "usesConcept"))
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
            lists,
            frozenset(code for one in lists for code in self.codes(one)),
            frozenset(self._used.get(iri, ())),
            concepts,
            frozenset(other for one in (iri, *concepts) for other in self._matches(one)),
        )

    def codes(self, scheme: str) -> frozenset[str]:
        """Return the codes of a list, in SDMX or DDI."""
        if scheme not in self._codes:
            items = {*self._subjects(SKOS.inScheme, scheme), *self._objects(scheme, SSI.containsNode)}
            self._codes[scheme] = frozenset(text for item in items for _, text in self._texts(item, (SKOS.notation,)))
        return self._codes[scheme]

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
            for quad in self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, None):
                if isinstance(quad.object, ox.Literal):
                    yield quad.object.language or "", quad.object.value

    def _objects(self, iri: str, predicate: URIRef) -> Iterator[str]:
        import pyoxigraph as ox

        for quad in self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, None):
            if isinstance(quad.object, ox.NamedNode):
                yield quad.object.value

    def _subjects(self, predicate: URIRef, iri: str) -> Iterator[str]:
        import pyoxigraph as ox

        for quad in self.store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(iri), None):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value

    def _matches(self, iri: str) -> Iterator[str]:
        yield from self._objects(iri, SKOS.exactMatch)
        yield from self._subjects(SKOS.exactMatch, iri)

    def _usages(self) -> dict[str, set[str]]:
        """Return the codes that data use, by the component that takes them."""
        import pyoxigraph as ox

        found: dict[str, set[str]] = {}
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(SSL.onVariable), None, None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                codes = self._objects(quad.subject.value, SSL.code)
                texts = {text for code in codes for _, text in self._texts(code, (SKOS.notation,))}
                found.setdefault(quad.object.value, set()).update(texts)
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
