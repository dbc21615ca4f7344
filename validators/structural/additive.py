"""Which codes are the sum of which others: read from hierarchies and parent links that are said to be additive.

The standard knows hierarchies, and not whether figures add up along them. Who maintains one says so in an annotation of the
type :data:`ADDITIVE`, on the code list, the hierarchy, the hierarchical code list or the hierarchy association; who
judges data says so by :class:`Sums`. The annotation's title may state tolerances and what a missing part means:
``absolute=0.5 relative=0.001 missing=zero``.

Source:
    SDMX 3.0, Section 2 (Information Model), classes *Hierarchy*, *HierarchyAssociation*, *Code* and *Annotation*;
    ``docs/decisions/0015-sums-are-asked-for.md``.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.ontology.access import iris, number, one, text
from semstat.ontology.iri import name_of
from semstat.ontology.terms import RDF, SKOS, SS, SST
from semstat.validators.structural.view import ComponentView, StructureView

__all__ = ["ADDITIVE", "Sums", "Undecided", "Whole", "requests", "wholes"]

ADDITIVE = "ADDITIVE"
"""The type of the annotation that says that figures add up."""

_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class Undecided(ValueError):
    """What adds up cannot be told; the text says why."""


@dataclass(frozen=True, slots=True)
class Sums:
    """A demand that figures add up along a dimension.

    ``hierarchy`` names the hierarchy (its id, ``AGENCY:ID(VERSION)`` or its IRI), ``None`` stands for the parent links of the
    dimension's code list. A figure may differ from the sum by ``absolute``, or by ``relative`` times itself.
    ``missing_is_zero``: parts without an observation count nothing, as long as there is one; else a figure is compared only
    where all its parts are there.
    """

    dimension: str
    hierarchy: str | None = None
    absolute: Decimal = Decimal(0)
    relative: Decimal = Decimal(0)
    missing_is_zero: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """A code with the codes that it is the sum of, in order."""

    code: str
    parts: tuple[str, ...]


def requests(graph: Graph, view: StructureView, scope: Iterable[URIRef]) -> Iterator[Sums | tuple[str, str]]:
    """Yield the sums that annotations demand of a structure, or a dimension and why its annotation cannot be followed.

    A hierarchy association speaks for its hierarchy where its context is the structure or in its scope, or where it has none.
    """
    places = {view.iri, *scope}
    for node in sorted(_annotated(graph)):
        for target in sorted(_said_of(graph, node, places)):
            for item in view.dimensions:
                if item.codelist is None or item.codelist not in _lists(graph, target):
                    continue
                hierarchy = None if target == item.codelist else str(target)
                try:
                    yield _worded(Sums(item.id, hierarchy), _title(graph, node))
                except Undecided as reason:
                    yield item.id, str(reason)


def _annotated(graph: Graph) -> set[URIRef]:
    annotations = graph.subjects(SS.annotationType, Literal(ADDITIVE))
    return {node for item in annotations for node in iris(graph, None, SS.annotation, item)}


def _title(graph: Graph, node: URIRef) -> str:
    found = iris(graph, None, SS.annotationType, Literal(ADDITIVE))
    return next(text(graph, item, SS.annotationTitle) for item in found if (node, SS.annotation, item) in graph)


def _said_of(graph: Graph, node: URIRef, places: set[URIRef]) -> set[URIRef]:
    """Return the code list or the hierarchies that an annotated artefact speaks for."""
    if (node, RDF.type, SST.HierarchicalCodelist) in graph:
        return set(iris(graph, node, SST.hierarchy))
    linked = set(iris(graph, node, SST.linkedHierarchy))
    if linked:
        context = set(iris(graph, node, SST.contextObject))
        return linked if not context or context & places else set()
    return {node}


def _lists(graph: Graph, target: URIRef) -> set[Node]:
    """Return the code lists whose codes a hierarchy arranges and those that take codes of it over, or the list itself."""
    codes = {code for node in _nodes(graph, target) if (code := one(graph, node, SST.code)) is not None}
    codes |= {taken for code in codes for taken in graph.subjects(SST.takenFrom, code)}
    return {target} | {scheme for code in codes for scheme in graph.objects(code, SKOS.inScheme)}


def _worded(sums: Sums, title: str) -> Sums:
    """Return sums with what the title of an annotation states.

    Raises:
        Undecided: the title says something else.

    Example:
        >>> _worded(Sums("AREA"), "absolute=0.5 missing=zero").absolute
        Decimal('0.5')
    """
    said = dict(word.partition("=")[::2] for word in title.split())
    for name, value in said.items():
        fits = value == "zero" if name == "missing" else name in {"absolute", "relative"} and _DECIMAL.fullmatch(value)
        if not fits:
            raise Undecided(f"the annotation {ADDITIVE} says {name}={value}, which is not understood")
    absolute, relative = (Decimal(said.get(name, "0")) for name in ("absolute", "relative"))
    return Sums(sums.dimension, sums.hierarchy, absolute, relative, missing_is_zero="missing" in said)


def wholes(graph: Graph, component: ComponentView, hierarchy: str | None) -> Sequence[Whole]:
    """Return the codes of a component that are the sum of others, by a hierarchy or by the parent links of the list.

    Raises:
        Undecided: list or hierarchy is not at hand, has no levels, or says that a part belongs to its whole only for a time;
            the list loses prefixes that tell its codes apart.
    """
    if component.codelist is None or component.codes is None:
        raise Undecided(f"the code list of {component.id} is not at hand")
    written = _written(graph, component.codelist, component.bare)
    found = (
        _by_parents(graph, written)
        if hierarchy is None
        else _by_hierarchy(graph, component.codelist, written, _named(graph, hierarchy))
    )
    if not found:
        raise Undecided(f"{hierarchy or f'the code list of {component.id}'} has no code with others below it")
    return found


def _written(graph: Graph, codelist: URIRef, bare: Mapping[str, str]) -> dict[Node, str]:
    """Return the codes of a list with what stands for each of them in data, which is without a prefix that is removed.

    Raises:
        Undecided: codes that only their prefixes tell apart lose these.
    """
    notations = {code: text(graph, code, SKOS.notation) for code in graph.subjects(SKOS.inScheme, codelist)}
    written = {code: bare.get(notation, notation) for code, notation in notations.items()}
    alike = sorted(found for found, times in Counter(written.values()).items() if times > 1) if bare else []
    if alike:
        raise Undecided(f"without the prefixes that a constraint removes, several codes are written {alike[0]}")
    return written


def _by_parents(graph: Graph, written: Mapping[Node, str]) -> list[Whole]:
    children: dict[Node, list[tuple[int, str]]] = {}
    for code, shown in written.items():
        parent = one(graph, code, SKOS.broader)
        if parent is not None:
            children.setdefault(parent, []).append((number(graph, code, SS.position) or 0, shown))
    return _sorted(
        Whole(written.get(parent) or text(graph, parent, SKOS.notation), tuple(code for _, code in sorted(below)))
        for parent, below in children.items()
    )


def _sorted(found: Iterable[Whole]) -> list[Whole]:
    return sorted(found, key=lambda item: (item.code, item.parts))


def _by_hierarchy(graph: Graph, codelist: URIRef, written: Mapping[Node, str], hierarchy: URIRef) -> list[Whole]:
    """Return the wholes of a hierarchy, which may arrange the codes of a list that this one takes them over from."""
    taken: dict[Node, set[str]] = {}
    for code, shown in written.items():
        for origin in graph.objects(code, SST.takenFrom):
            taken.setdefault(origin, set()).add(shown)
    notations = {origin: min(once) for origin, once in taken.items() if len(once) == 1} | {**written}
    found = []
    for node in _nodes(graph, hierarchy):
        below = sorted(iris(graph, node, SST.hierarchicalCode), key=lambda item: number(graph, item, SS.position) or 0)
        if not below:
            continue
        codes = [notations.get(one(graph, item, SST.code) or item) for item in (node, *below)]
        known = [code for code in codes if code is not None]
        if len(known) < len(codes):
            raise Undecided(f"{hierarchy} arranges codes that are not of the code list {codelist}")
        if any((item, bound, None) in graph for item in below for bound in (SS.validFrom, SS.validTo)):
            raise Undecided(f"parts of {known[0]} belong to it for a time only, by {hierarchy}")
        found.append(Whole(known[0], tuple(dict.fromkeys(known[1:]))))
    return _sorted(found)


def _nodes(graph: Graph, hierarchy: URIRef) -> Iterator[URIRef]:
    """Yield the hierarchical codes of a hierarchy, each once, whatever the depth."""
    seen: set[URIRef] = set()
    waiting = iris(graph, hierarchy, SST.hierarchicalCode)
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting.extend(iris(graph, node, SST.hierarchicalCode))


def _named(graph: Graph, name: str) -> URIRef:
    """Return the hierarchy that a name means."""
    at_hand = iris(graph, None, RDF.type, SST.Hierarchy)
    fits = [iri for iri in at_hand if name in {str(iri), *_names(iri)}]
    if len(fits) != 1:
        raise Undecided(f"{len(fits)} hierarchies at hand are called {name}")
    return fits[0]


def _names(iri: URIRef) -> set[str]:
    found = name_of(iri)
    return {found.short, found.id, iri.rsplit("/", 1)[-1].rsplit(".", 1)[-1]} if found else set()
