"""The parts of artefacts that are lifted by table: their IRIs, URNs and places, the same for triples and positions."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import URIRef

from semstat.interop.formats.sdmx.lift_terms import TERMS, Terms
from semstat.interop.formats.sdmx.model import Facts
from semstat.ontology.iri import SdmxName, part_of

__all__ = ["Part", "facts_of", "line_of", "parts_below"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part in its place: what holds it and how, its IRI, its number among its like (``None`` for the only one).

    ``name`` is its name where it has a URN.
    """

    above: URIRef
    predicate: URIRef
    iri: URIRef
    number: int | None
    value: object
    name: SdmxName | None


def facts_of(value: object) -> Facts | None:
    """Return what a part says of itself, ``None`` where it has no identity."""
    facts = getattr(value, "facts", None)
    return facts if isinstance(facts, Facts) else None


def line_of(value: object) -> int | None:
    """Return the line of a part."""
    facts = facts_of(value)
    line = facts.line if facts is not None else getattr(value, "line", None)
    return line if isinstance(line, int) else None


def parts_below(artefact: SdmxName, iri: URIRef, value: object, *, path: str = "") -> Iterator[Part]:
    """Yield the parts of a value and the parts of those, each before its own parts, in the order of the source.

    ``artefact`` is the maintainable that holds all; ``path`` the dotted ids of the parts around the value.
    """
    waiting = [_children(artefact, iri, value, path)]
    while waiting:  # not recursive: hierarchies may be deep
        found = next(waiting[-1], None)
        if found is None:
            waiting.pop()
            continue
        child, below = found
        yield child
        if TERMS[type(child.value)].parts:
            waiting.append(_children(artefact, child.iri, child.value, below))


def _children(artefact: SdmxName, iri: URIRef, value: object, path: str) -> Iterator[tuple[Part, str]]:
    for name, (predicate, step) in TERMS[type(value)].parts.items():
        held = getattr(value, name)
        if held is None:
            continue
        several = held if isinstance(held, tuple) else (held,)
        for number, part in enumerate(several, start=1):
            own, below = _named(artefact, part, path)
            steps = (step, number) if held is several else (step,)
            node = own.iri if own is not None else part_of(iri, *steps)
            yield Part(iri, predicate, node, number if held is several else None, part, own), below


def _named(artefact: SdmxName, part: object, path: str) -> tuple[SdmxName | None, str]:
    terms: Terms = TERMS[type(part)]
    facts = facts_of(part)
    if facts is None or not facts.id:
        return None, path
    below = f"{path}.{facts.id}" if path else facts.id
    if terms.cls is None:
        return None, below
    return artefact.of_item(terms.cls or getattr(part, "cls", ""), below), below
