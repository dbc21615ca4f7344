"""Looking for things by the words in their names: labels, synonyms, definitions and codes, in every language."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from semstat.interop.catalogue.backends import Distant
from semstat.ontology.matching import Found, Text, ranked
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


def find(store: "Quads", text: str, *, language: str | None = None, limit: int = 20) -> tuple[Found, ...]:
    """Return the things whose names or descriptions hold words, best first, then in the order of the IRIs.

    Case and accents do not count. A word that occurs nowhere is taken for the nearest one that does.

    Args:
        store: The store of a catalogue.
        text: The words, all of which must occur.
        language: Only texts in this language (a BCP 47 tag; ``en`` takes ``en-GB`` in), and those without one.
        limit: The most things.
    """
    texts = sorted(_texts(store, text.split()), key=lambda item: item.iri)
    return ranked(texts, text, worth=_WORTH, language=language, limit=limit)


def _texts(store: "Quads", words: Sequence[str]) -> Iterator[Text]:
    """Yield the texts; of those that are far away only the ones with the words, unless there are none such."""
    import pyoxigraph as ox

    quads = iter(store.statements_with(_FIELDS, words)) if isinstance(store, Distant) else iter(())
    first = next(quads, None)
    found = chain([first], quads) if first else _all_texts(store)
    for quad in found:
        if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
            field, _ = _FIELDS[quad.predicate.value]
            yield Text(quad.subject.value, field, quad.object.value, quad.object.language or "")


def _all_texts(store: "Quads") -> "Iterator[ox.Quad]":
    import pyoxigraph as ox

    for predicate in _FIELDS:
        yield from store.quads_for_pattern(None, ox.NamedNode(predicate), None, None)
