"""Words held against texts: which of many labels, codes and definitions somebody meant. Knows neither graphs nor stores."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from semstat.ontology.words import folded_words

__all__ = ["Found", "Text", "ranked", "speaks"]

_NEARLY = 0.8
_NOT_EXACT, _PARTLY = 0.8, 0.6
_WRITTEN_APART = 0.95
_MOST_NEAR = 200_000
"""Beyond so many different words, misspelt ones are not looked for."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that says something of a thing: its IRI, the field it stands in, the text, its language or nothing."""

    iri: str
    field: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that was found: its IRI, how well it fits (1 is best), and the text that fits, with its field and language."""

    iri: str
    score: float
    field: str
    text: str
    language: str


def ranked(
    texts: Iterable[Text], words: str, *, worth: Mapping[str, float], language: str | None = None, limit: int = 20
) -> tuple[Found, ...]:
    """Return the things whose texts hold words, best first; among equals, the one that comes first in ``texts``.

    Case and accents do not count, nor whether words are written as one. A word that occurs nowhere is taken for the
    nearest one that does.

    Args:
        texts: What is said of things, in the order in which equals are told.
        words: What is looked for; all words must occur in one text.
        worth: What a hit in a field is worth, from 0 to 1.
        language: Only texts in this language (a BCP 47 tag; ``en`` takes ``en-GB`` in), and those without one.
        limit: The most things.

    Example:
        >>> said = [Text("urn:a", "label", "Unité statistique", "fr"), Text("urn:b", "label", "statistical unit", "en")]
        >>> [item.iri for item in ranked(said, "unite statistiqe", worth={"label": 1.0})]
        ['urn:a']
    """
    wanted = folded_words(words)
    if not wanted:
        return ()
    folded = [(item, folded_words(item.text)) for item in texts if speaks(item.language, language)]
    known = {word for _, has in folded for word in has} if len(folded) <= _MOST_NEAR else set()
    meant = [_nearest(word, known) for word in wanted]
    best: dict[str, Found] = {}
    for item, has in folded:
        score = _score(has, wanted, meant) * worth[item.field]
        if score and (item.iri not in best or best[item.iri].score < score):
            best[item.iri] = Found(item.iri, round(score, 3), item.field, item.text, item.language)
    places = {iri: place for place, iri in enumerate(dict.fromkeys(item.iri for item, _ in folded))}
    return tuple(sorted(best.values(), key=lambda item: (-item.score, places[item.iri]))[:limit])


def speaks(tag: str, language: str | None) -> bool:
    """Tell whether a text with a language tag is in a language; without a tag it is in any."""
    return language is None or not tag or tag.lower().split("-")[0] == language.lower().split("-")[0]


def _nearest(word: str, known: set[str]) -> str:
    """Return a word as it is where it occurs, or begins one that does; else the nearest that does."""
    if word in known or any(other.startswith(word) for other in known):
        return word
    near = [(SequenceMatcher(None, word, other).ratio(), other) for other in known if abs(len(other) - len(word)) < 3]
    ratio, other = max(near, default=(0.0, word))
    return other if ratio >= _NEARLY else word


def _score(has: Sequence[str], wanted: Sequence[str], meant: Sequence[str]) -> float:
    """Return how well a text fits: exactly, word by word, or by the beginnings of its words; 0 where a word is not in it."""
    if has == list(wanted):
        return 1.0
    if "".join(has) == "".join(wanted):
        return _WRITTEN_APART
    total = 0.0
    for word, near in zip(wanted, meant, strict=True):
        if near in has:
            total += 1.0 if near == word else _PARTLY
        elif any(other.startswith(near) for other in has):
            total += _PARTLY
        else:
            return 0.0
    return _NOT_EXACT * total / len(wanted) * (0.5 + 0.5 * len(wanted) / max(len(has), len(wanted)))
