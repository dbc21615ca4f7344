"""Looking for things by the words in their names: labels, synonyms, definitions and codes, in every language."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from typing import TYPE_CHECKING

from semstat.interop.catalogue.backends import Distant
from semstat.ontology.terms import DCTERMS, RDFS, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

if TYPE_CHECKING:
    import pyoxigraph as ox

    from semstat.interop.catalogue.backends import Quads

__all__ = ["Found", "find"]

_FIELDS = {
    str(SKOS.prefLabel): ("label", 1.0),
    str(RDFS.label): ("label", 1.0),
    str(SS.identifier): ("identifier", 1.0),
    str(SSD.variableName): ("name", 1.0),
    str(SKOS.notation): ("code", 0.95),
    str(SKOS.altLabel): ("synonym", 0.9),
    str(DCTERMS.title): ("title", 0.9),
    str(SKOS.definition): ("definition", 0.6),
    str(SSI.definition): ("definition", 0.6),
    str(DCTERMS.description): ("description", 0.5),
}
"""Where words are looked for, and what a hit there is worth."""

_WORTH = dict(_FIELDS.values())
_WORDS = re.compile(r"\w+")
_NEARLY = 0.8
_NOT_EXACT, _PARTLY = 0.8, 0.6
_MOST_NEAR = 200_000
"""Beyond so many different words, misspelt ones are not looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that was found: its IRI, how well it fits (1 is best), and the text that fits, with its field and language."""

    iri: str
    score: float
    field: str
    text: str
    language: str


def find(store: "Quads", text: str, *, language: str | None = None, limit: int = 20) -> tuple[Found, ...]:
    """Return the things whose names or descriptions hold words, best first, then in the order of the IRIs.

    Case and accents do not count. A word that occurs nowhere is taken for the nearest one that does.

    Args:
        store: The store of a catalogue.
        text: The words, all of which must occur.
        language: Only texts in this language (a BCP 47 tag; ``en`` takes ``en-GB`` in), and those without one.
        limit: The most things.
    """
    wanted = _folded_words(text)
    if not wanted:
        return ()
    texts = [item for item in _texts(store, wanted) if _speaks(item.language, language)]
    words = {word for item in texts for word in _folded_words(item.text)} if len(texts) <= _MOST_NEAR else set()
    meant = [_nearest(word, words) for word in wanted]
    best: dict[str, Found] = {}
    for item in texts:
        score = _score(item.text, wanted, meant) * _WORTH[item.field]
        if score and (item.iri not in best or best[item.iri].score < score):
            best[item.iri] = Found(item.iri, round(score, 3), item.field, item.text, item.language)
    return tuple(sorted(best.values(), key=lambda item: (-item.score, item.iri))[:limit])


def _texts(store: "Quads", wanted: Sequence[str]) -> Iterator[Found]:
    """Yield the texts; of those that are far away only the ones with the words, unless there are none such."""
    import pyoxigraph as ox

    quads = iter(store.statements_with(_FIELDS, wanted)) if isinstance(store, Distant) else iter(())
    first = next(quads, None)
    found = chain([first], quads) if first else _all_texts(store)
    for quad in found:
        if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
            yield Found(
                quad.subject.value, 0.0, _FIELDS[quad.predicate.value][0], quad.object.value, quad.object.language or ""
            )


def _all_texts(store: "Quads") -> "Iterator[ox.Quad]":
    import pyoxigraph as ox

    for predicate in _FIELDS:
        yield from store.quads_for_pattern(None, ox.NamedNode(predicate), None, None)


def _speaks(tag: str, language: str | None) -> bool:
    return language is None or not tag or tag.lower().split("-")[0] == language.lower().split("-")[0]


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _folded_words(text: str) -> list[str]:
    return _WORDS.findall(_folded(text))


def _nearest(word: str, known: set[str]) -> str:
    """Return a word as it is where it occurs, or begins one that does; else the nearest that does."""
    if word in known or any(other.startswith(word) for other in known):
        return word
    near = [(SequenceMatcher(None, word, other).ratio(), other) for other in known if abs(len(other) - len(word)) < 3]
    ratio, other = max(near, default=(0.0, word))
    return other if ratio >= _NEARLY else word


def _score(text: str, wanted: Sequence[str], meant: Sequence[str]) -> float:
    """Return how well a text fits: exactly, word by word, or by the beginnings of its words; 0 where a word is not in it."""
    has = _folded_words(text)
    if has == list(wanted):
        return 1.0
    total = 0.0
    for word, near in zip(wanted, meant, strict=True):
        if near in has:
            total += 1.0 if near == word else _PARTLY
        elif any(other.startswith(near) for other in has):
            total += _PARTLY
        else:
            return 0.0
    return _NOT_EXACT * total / len(wanted) * (0.5 + 0.5 * len(wanted) / max(len(has), len(wanted)))
