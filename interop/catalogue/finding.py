"""Looking for things by the words in their names: labels, synonyms, definitions and codes, in every language.

A thing fits by one text that holds the words, or by several together: its own, and the name of the list that it is in, so that
*annual frequency* finds the code *Annual* of the list *Frequency*.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from semstat.interop.catalogue.backends import Distant, ahead
from semstat.ontology.matching import Found, speaks
from semstat.ontology.terms import DCTERMS, RDF, RDFS, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD
from semstat.ontology.words import Wanted, folded_words, wanted_words

if TYPE_CHECKING:
    import pyoxigraph as ox

    from semstat.interop.catalogue.backends import Quads
    from semstat.interop.catalogue.text_table import TextTable

__all__ = ["FIELDS", "Found", "find"]

_FIELDS = {
    str(SKOS.prefLabel): ("label", 1.0),
    str(RDFS.label): ("label", 1.0),
    str(SS.identifier): ("identifier", 1.0),
    str(SSD.variableName): ("name", 1.0),
    str(SKOS.notation): ("code", 0.97),
    str(DCTERMS.title): ("title", 0.95),
    str(SKOS.altLabel): ("synonym", 0.9),
    str(SKOS.definition): ("definition", 0.55),
    str(SSI.definition): ("definition", 0.55),
    str(DCTERMS.description): ("description", 0.45),
}
"""Where words are looked for, and what a hit there is worth."""

FIELDS: Mapping[str, str] = {predicate: field for predicate, (field, _) in _FIELDS.items()}
"""By the IRI of a property, what the field is called that its texts are."""

_WORTH = dict(_FIELDS.values())
_ORDER = {field: place for place, field in enumerate(_WORTH)}
_SHORT_FIELDS = {"label", "identifier", "name", "code", "title", "synonym"}
_CONTEXT = 0.6
"""What a word is worth that is in the name of the list, and not in the thing's own."""

_TOGETHER = 0.65
"""What it is worth that all words fit, in several texts."""

_NOT_IN_ORDER = 0.85
_LEAST, _NOT_ALL = 0.5, 0.6
"""The least share of the words, by weight, that must fit; and what fitting is worth where some are missing."""

_MOST_RANKED = 1_000
"""Things whose kind and list are looked at: the best so far."""

_PRIORS = (
    (1.0, {"Codelist", "ConceptScheme", "DataStructure", "Dataflow", "Concept", "StatisticalClassification", "StudyUnit",
           "RepresentedVariable", "ConceptualVariable", "CodeList", "DataSet", "Dataset"}),
    (0.96, {"Code", "Category", "QuestionItem", "Agency", "DataConstraint"}),
    (0.9, {"InstanceVariable", "Dimension", "TimeDimension", "Component", "DataAttribute", "Measure", "CodeItem",
           "ClassificationLevel", "CategorySet"}),
    (0.8, {"Representation", "Link", "Annotation", "Edge", "CodeUsage", "SamplingProcedure", "Rule", "WeightingProcedure"}),
)  # fmt: skip
"""By kind, what a thing is worth: what is shared before what is part of one dataset or only serves to describe."""

_USUAL = 0.95


def find(
    store: "Quads", text: str, *, language: str | None = None, limit: int = 20, table: "TextTable | None" = None
) -> tuple[Found, ...]:
    """Return the things whose names or descriptions hold words, best first, then in the order of the IRIs.

    Case, accents and plurals do not count, nor do words such as *of* and *the*; parts of an identifier are words. Of several
    words most must fit; rare ones count more than common ones. A word that occurs nowhere is taken for the nearest one that does.

    Args:
        store: The store of a catalogue.
        text: The words.
        language: Only texts in this language (a BCP 47 tag; ``en`` takes ``en-GB`` in), and those without one.
        limit: The most things.
        table: The texts of the store, if they are at hand; what is found is the same without.
    """
    wanted = wanted_words(text)
    if not wanted:
        return ()
    texts = _Stored.of(store, text.split(), language) if table is None else table.speaking(language)
    spelt, fits = _spelt(wanted, texts)
    weights = _weights(spelt, [near for _, near in fits], texts.count)
    asked = folded_words(text)
    best = _best(fits, weights, asked)
    first = sorted(best.values(), key=lambda item: (-item[0].score, item[0].iri))[:_MOST_RANKED]
    ahead(store, [item.iri for item, _ in first])
    ranked = [_ranked(store, item, near, spelt, weights) for item, near in first]
    return tuple(sorted((item for item in ranked if item.score), key=lambda item: (-item.score, item.iri))[:limit])


_Near = Sequence[float]
_Fit = tuple[Found, _Near]


class _Texts(Protocol):
    """Where words are looked for."""

    @property
    def count(self) -> int:
        """How many texts there are."""

    def holding(self, parts: Sequence[str]) -> Iterable[Found]:
        """Return the texts that hold any of some parts of words, folded, and perhaps others."""

    def vocabulary(self) -> Mapping[str, int]:
        """Return the words that there are, and how often."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """The texts as they are in the store."""

    texts: Sequence[Found]

    @classmethod
    def of(cls, store: "Quads", words: Sequence[str], language: str | None) -> "_Stored":
        return cls([item for item in _texts(store, words) if speaks(item.language, language)])

    @property
    def count(self) -> int:
        return len(self.texts)

    def holding(self, parts: Sequence[str]) -> Iterable[Found]:
        return self.texts

    def vocabulary(self) -> Mapping[str, int]:
        return Counter(word for item in self.texts for word in folded_words(item.text))


def _best(fits: Iterable[_Fit], weights: _Near, asked: Sequence[str]) -> dict[str, tuple[Found, list[float]]]:
    """Return, for every thing, its best text, and how well each word fits in any of its texts."""
    best: dict[str, tuple[Found, list[float]]] = {}
    for item, near in fits:
        worth = _WORTH[item.field]
        scored = replace(item, score=worth * _score(item, near, weights, asked))
        known = best.get(item.iri)
        if known is None:
            best[item.iri] = (scored, [worth * one for one in near])
            continue
        every = [max(one, worth * other) for one, other in zip(known[1], near, strict=True)]
        best[item.iri] = (min(known[0], scored, key=_place), every)
    return best


def _place(item: Found) -> tuple[float, int, str, str]:
    """Return what decides which of the texts of a thing is shown: how well it fits, its field, then the text itself."""
    return -item.score, _ORDER[item.field], item.text, item.language


def _score(item: Found, near: _Near, weights: _Near, asked: Sequence[str]) -> float:
    """Return how well a text fits by itself: by the share of the words that it holds, and by how little else it holds."""
    has = folded_words(item.text)
    if has == asked:
        return 1.0
    share = _share(near, weights)
    if share < _LEAST:
        return 0.0
    hit = sum(one > 0 for one in near)
    tight = hit / max(len(has), hit)
    missing = 1.0 if all(near) else _NOT_ALL
    order = 1.0 if len(asked) == 1 or _follow(has, asked) else _NOT_IN_ORDER
    return 0.95 * share * missing * order * (0.6 + 0.4 * tight if item.field in _SHORT_FIELDS else 0.8 + 0.2 * tight)


def _follow(has: Sequence[str], asked: Sequence[str]) -> bool:
    """Tell whether the words stand in a text one after the other, as they were typed."""
    return any(list(has[place : place + len(asked)]) == list(asked) for place in range(len(has) - len(asked) + 1))


def _share(near: _Near, weights: _Near) -> float:
    return sum(one * weight for one, weight in zip(near, weights, strict=True)) / sum(weights)


def _ranked(store: "Quads", item: Found, near: Sequence[float], wanted: Sequence[Wanted], weights: _Near) -> Found:
    """Return a thing with the score that its other texts, its list and its kind give it."""
    together = list(near)
    if not all(together):
        around = [name for home in _homes(store, item.iri) for name in _names(store, home)]
        together = [one or max((_CONTEXT * word.best(name) for name in around), default=0.0)
                    for one, word in zip(near, wanted, strict=True)]  # fmt: skip
    share = _share(together, weights)
    of_all = _TOGETHER * share if len(together) > 1 and all(together) else 0.0
    return replace(item, score=round(max(item.score, of_all) * _prior(store, item.iri), 3))


def _homes(store: "Quads", iri: str) -> list[str]:
    import pyoxigraph as ox

    quads = store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(str(SKOS.inScheme)), None, None)
    return sorted({quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)})


def _names(store: "Quads", iri: str) -> Iterator[str]:
    import pyoxigraph as ox

    for predicate, (field, _) in _FIELDS.items():
        if field in _SHORT_FIELDS:
            for quad in store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, None):
                if isinstance(quad.object, ox.Literal):
                    yield quad.object.value


def _prior(store: "Quads", iri: str) -> float:
    import pyoxigraph as ox

    types = store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(str(RDF.type)), None, None)
    names = {quad.object.value.rpartition("#")[2].rpartition("/")[2] for quad in types
             if isinstance(quad.object, ox.NamedNode)}  # fmt: skip
    return next((worth for worth, kinds in _PRIORS if names & kinds), _USUAL)


def _texts(store: "Quads", words: Sequence[str]) -> Iterator[Found]:
    """Yield the texts; of those that are far away only the ones with the words, unless there are none such."""
    import pyoxigraph as ox

    quads = iter(store.statements_with(_FIELDS, words)) if isinstance(store, Distant) else iter(())
    first = next(quads, None)
    for quad in chain([first], quads) if first else _all_texts(store):
        if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
            field, _ = _FIELDS[quad.predicate.value]
            yield Found(quad.subject.value, 0.0, field, quad.object.value, quad.object.language or "")


def _all_texts(store: "Quads") -> "Iterator[ox.Quad]":
    import pyoxigraph as ox

    for predicate in _FIELDS:
        yield from store.quads_for_pattern(None, ox.NamedNode(predicate), None, None)


def _spelt(wanted: Sequence[Wanted], texts: _Texts) -> tuple[Sequence[Wanted], list[_Fit]]:
    """Return the words with, for those that occur nowhere, the nearest one that does, and the texts that they fit."""
    fits = _fitting(wanted, texts)
    unknown = [word for place, word in enumerate(wanted) if not any(near[place] for _, near in fits)]
    if not unknown:
        return wanted, fits
    known = texts.vocabulary()
    spelt = [word.corrected(known) if word in unknown else word for word in wanted]
    return spelt, _fitting(spelt, texts)


def _fitting(wanted: Sequence[Wanted], texts: _Texts) -> list[_Fit]:
    held = texts.holding([word.stem for word in wanted])
    return [(item, near) for item in held if any(near := [word.best(item.text) for word in wanted])]


def _weights(wanted: Sequence[Wanted], near: Sequence[_Near], number: int) -> list[float]:
    """Return what each word weighs: the rarer, the more; one that is nowhere says little of what is meant."""
    counts = [sum(1 for one in near if one[place]) for place in range(len(wanted))]
    weights = [math.log(2 + number / (1 + count)) for count in counts]
    least = min((weight for weight, count in zip(weights, counts, strict=True) if count), default=1.0)
    return [weight if count else least / 2 for weight, count in zip(weights, counts, strict=True)]
