"""Looking for things by the words in their names: labels, synonyms, definitions and codes, in every language."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from semstat.ontology.matching import Found, Text, ranked
from semstat.ontology.terms import DCTERMS, RDFS, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

if TYPE_CHECKING:
    import pyoxigraph as ox

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


def find(store: "ox.Store", text: str, *, language: str | None = None, limit: int = 20) -> tuple[Found, ...]:
    """Return the things whose names or descriptions hold words, best first, then in the order of the IRIs.

    Case and accents do not count. A word that occurs nowhere is taken for the nearest one that does.

    Args:
        store: The store of a catalogue.
        text: The words, all of which must occur.
        language: Only texts in this language (a BCP 47 tag; ``en`` takes ``en-GB`` in), and those without one.
        limit: The most things.
    """
    texts = sorted(_texts(store), key=lambda item: item.iri)
    return ranked(texts, text, worth=_WORTH, language=language, limit=limit)


def _texts(store: "ox.Store") -> Iterator[Text]:
    import pyoxigraph as ox

    for predicate, (field, _) in _FIELDS.items():
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
            if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
                yield Text(quad.subject.value, field, quad.object.value, quad.object.language or "")
