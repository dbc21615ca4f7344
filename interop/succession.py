"""What became of the codes that went: split, merged or called otherwise, as correspondence tables or their labels tell.

Source:
    GSIM 2.0, *Correspondence Table*; XKOS (2019), ``xkos:ConceptAssociation``; SDMX 3.0, Section 2, *RepresentationMap*.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.ontology.terms import BASE, RDF, SKOS, SSSOM, XKOS
from semstat.ontology.terms_mapping import SSM

__all__ = ["Succession", "successions"]

_CHANGE = URIRef(BASE + "classification#ItemChange")
_CHANGED = URIRef(BASE + "classification#itemBefore"), URIRef(BASE + "classification#itemAfter")
_TABLES = (
    (XKOS.ConceptAssociation, XKOS.sourceConcept, XKOS.targetConcept),
    (_CHANGE, *_CHANGED),
    (None, SSSOM.subject_id, SSSOM.object_id),
)


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of one code: ``split`` (into several), ``merged`` (with others into one) or ``recoded`` (one for one)."""

    kind: str
    before: URIRef
    after: tuple[URIRef, ...]


def successions(
    graphs: Iterable[Graph], before: Graph, after: Graph, gone: Mapping[URIRef, str], come: Mapping[URIRef, str]
) -> tuple[Succession, ...]:
    """Return what became of codes, in the order of their IRIs.

    Args:
        graphs: Where tables of correspondence may be; those from the later to the earlier version are read backwards.
        before: The earlier version.
        after: The later version.
        gone: The codes that are only in the earlier one, each with the name of its list.
        come: The codes that are only in the later one.
    """
    old, new = (frozenset(graph.subjects(SKOS.inScheme, None, unique=True)) for graph in (before, after))
    into: dict[URIRef, set[URIRef]] = {}
    for one, other in {pair for graph in graphs for pair in _pairs(graph)}:
        for first, second in ((one, other), (other, one)):
            if first in old and second in new and not (first in new and second in old and first != one):
                into.setdefault(first, set()).add(second)
                break
    found = [
        _stated(code, successors, into)
        for code, successors in into.items()
        if code in gone or (len(successors) > 1 and not successors <= old)
    ]
    told = {item.before for item in found}
    same = _alike(before, {code: name for code, name in gone.items() if code not in told}, after, come)
    return tuple(sorted([*found, *same], key=lambda item: item.before))


def _stated(code: URIRef, successors: set[URIRef], into: Mapping[URIRef, set[URIRef]]) -> Succession:
    if len(successors) > 1:
        return Succession("split", code, tuple(sorted(successors)))
    (heir,) = successors
    is_shared = sum(heir in others for others in into.values()) > 1
    return Succession("merged" if is_shared else "recoded", code, (heir,))


def _pairs(graph: Graph) -> Iterator[tuple[URIRef, URIRef]]:
    """Yield the pairs of codes that a row of a table puts side by side."""
    for cls, left, right in _TABLES:
        rows = graph.subjects(left, None, unique=True) if cls is None else graph.subjects(RDF.type, cls, unique=True)
        for row in rows:
            yield from _crossed(graph.objects(row, left), graph.objects(row, right))
    for row in {*graph.subjects(SSM.sourceValue, None, unique=True)}:
        ends = [[item for value in graph.objects(row, end) for item in graph.objects(value, SSM.mapsItem)]
                for end in (SSM.sourceValue, SSM.targetValue)]  # fmt: skip
        yield from _crossed(*ends)


def _crossed(lefts: Iterable[Node], rights: Iterable[Node]) -> Iterator[tuple[URIRef, URIRef]]:
    others = [item for item in rights if isinstance(item, URIRef)]
    for one in lefts:
        if isinstance(one, URIRef):
            yield from ((one, other) for other in others)


def _alike(before: Graph, gone: Mapping[URIRef, str], after: Graph, come: Mapping[URIRef, str]) -> Iterator[Succession]:
    """Yield the codes that went and came with the very same labels, within one list and once on each side."""
    lost, won = _by_labels(before, gone), _by_labels(after, come)
    for labels in lost.keys() & won.keys():
        if len(lost[labels]) == len(won[labels]) == 1:
            yield Succession("recoded", lost[labels][0], (won[labels][0],))


def _by_labels(graph: Graph, codes: Mapping[URIRef, str]) -> dict[tuple[str, frozenset[Node]], list[URIRef]]:
    found: dict[tuple[str, frozenset[Node]], list[URIRef]] = {}
    for code, scheme in codes.items():
        labels = frozenset(text for text in graph.objects(code, SKOS.prefLabel) if isinstance(text, Literal))
        if labels and scheme:
            found.setdefault((scheme, labels), []).append(code)
    return found
