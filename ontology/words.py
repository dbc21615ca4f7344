"""Words as people type and mean them: without case, accents and plural endings, and misspelt ones put right."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

__all__ = ["LITTLE", "Wanted", "folded", "folded_words", "wanted_words"]

_WORDS = re.compile(r"\w+")
_PARTS = re.compile(r"[^\W_]+")
_NEARLY = 0.78
_MOST_KNOWN = 200_000
"""Beyond so many different words, misspelt ones are not looked for."""

_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff]")
"""Scripts that put no room between words: a word may be anywhere in a text."""

_FILLERS = """
    a an and at by for from in of on or the to with au aux d de des du en et l la le les ou par pour sur un une al con del el las
    los o para por un una y am auf aus das dem den der die ein eine fur im in mit nach oder und von zu
"""
LITTLE = frozenset(_FILLERS.split())
"""Words that say nothing of what is meant, folded."""

_SAME, _PART, _STEM, _BEGIN, _NEAR = 1.0, 0.95, 0.95, 0.85, 0.6
"""What a word is worth that is there as it is, as a part of an identifier, in another number, as a beginning, or nearly."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word that is looked for: as typed (folded), its stem, and what it was put right to, if it occurs nowhere."""

    word: str
    stem: str
    worth: float = 1.0

    def best(self, text: str) -> float:
        """Return how well the word fits a text: 1 where it is one of its words, 0 where nothing is like it.

        Example:
            >>> word, = wanted_words("textile")
            >>> word.best("Manufacture of textiles") > word.best("Textileiras") > word.best("Paper")
            True
        """
        whole = folded(text)
        if self.stem not in whole:
            return 0.0
        if _IDEOGRAPHS.search(self.stem):
            return self.worth * _BEGIN
        return self.worth * max((self._fit(other) for other in _WORDS.findall(whole)), default=0.0)

    def corrected(self, known: Mapping[str, int]) -> "Wanted":
        """Return the nearest of the words that there are, of equally near ones the most frequent; itself where none is near."""
        if len(known) > _MOST_KNOWN or len(self.word) < 3:
            return self
        near = [(SequenceMatcher(None, self.word, other).ratio(), count, other) for other, count in known.items()
                if abs(len(other) - len(self.word)) < 3 and other[0] == self.word[0]]  # fmt: skip
        ratio, _, other = max(near, default=(0.0, 0, ""))
        return replace(self, word=other, stem=_stem(other), worth=_NEAR) if ratio >= _NEARLY else self

    def _fit(self, other: str) -> float:
        if self.word == other:
            return _SAME
        if "_" in other:
            return max((min(self._fit(part), _PART) for part in _PARTS.findall(other)), default=0.0)
        if self.stem == _stem(other):
            return _STEM
        if other.startswith(self.word) and len(self.word) > 2:
            return _BEGIN * (0.5 + 0.5 * len(self.word) / len(other))
        return 0.0


def wanted_words(text: str) -> tuple[Wanted, ...]:
    """Return the words that somebody typed, once each; little ones such as *of* only where there are no others.

    Example:
        >>> [word.stem for word in wanted_words("Taux de chômage; the RATES")]
        ['taux', 'chomage', 'rate']
        >>> [word.stem for word in wanted_words("Index für Preise")]
        ['index', 'preise']
    """
    words = list(dict.fromkeys(folded_words(text)))
    telling = [word for word in words if word not in LITTLE] or words
    return tuple(Wanted(word, _stem(word)) for word in telling)


def folded(text: str) -> str:
    """Return a text without case and accents.

    Example:
        >>> folded("Évolution du CHÔMAGE")
        'evolution du chomage'
        >>> folded("№ 5")
        'no 5'
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text).casefold()  # in this order: taking apart may give capitals
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def folded_words(text: str) -> list[str]:
    """Return the words of a text, folded; an identifier with underscores is one."""
    return _WORDS.findall(folded(text))


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """Return a word without the ending of the plural, as far as that can be told without knowing the language."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3]
    if len(word) > 3 and word.endswith("y"):
        return word[:-1]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
