"""Rules on structures that neither shapes nor queries state well: closures in linear time, and regular expressions."""

from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.term import Node

from semstat.ontology.access import text
from semstat.ontology.terms import SKOS, SS, SST
from semstat.validators.called import called
from semstat.validators.sets import Row
from semstat.validators.structural.patterns import Untranslatable, portable_pattern

__all__ = ["circular_extensions", "cyclic_parents", "unreadable_patterns"]

_SHOWN = 8


def cyclic_parents(graph: Graph) -> Iterator[Row]:
    """Yield a row for each cycle of parents, at its item that comes first in its scheme.

    Linear in the number of items: a property path would look at every pair of a long chain.

    Example:
        >>> list(cyclic_parents(Graph()))
        []
    """
    for cycle in _circles(graph, SKOS.broader):
        yield _cyclic(graph, cycle)


def circular_extensions(graph: Graph) -> Iterator[Row]:
    """Yield a row for each circle of code lists that extend one another, at the first by name (CL008).

    Example:
        >>> one, other = URIRef("urn:one"), URIRef("urn:other")
        >>> circle = Graph().add((one, SST.extendsCodelist, other)).add((other, SST.extendsCodelist, one))
        >>> [row.message for row in circular_extensions(circle)]
        ['code lists extend one another in a circle: `urn:one` extends `urn:other` extends `urn:one`']
    """
    for cycle in _circles(graph, SST.extendsCodelist):
        first = cycle.index(min(cycle, key=str))
        names = [called(graph, item) for item in (*cycle[first:], *cycle[:first])]
        shown = [f"`{name}`" for name in (names if len(names) <= _SHOWN else [*names[:_SHOWN], "…"])]
        chain = " extends ".join([*shown, f"`{names[0]}`"])
        said = (
            f"code lists extend one another in a circle: {chain}"
            if len(names) > 1
            else f"the code list extends itself: {chain}"
        )
        yield Row(str(cycle[first]), said, names[0])


def _circles(graph: Graph, link: URIRef) -> Iterator[list[Node]]:
    """Yield the circles of a link, in linear time."""
    parents: dict[Node, list[Node]] = {}
    for item, parent in graph.subject_objects(link):
        parents.setdefault(item, []).append(parent)
    waiting: dict[Node, int] = {item: len(above) for item, above in parents.items()}
    children: dict[Node, list[Node]] = {}
    for item, above in parents.items():
        for parent in above:
            children.setdefault(parent, []).append(item)
    ready = [item for item in children if item not in waiting]
    while ready:  # items whose parents all lead to a top
        for child in children.get(ready.pop(), ()):
            waiting[child] -= 1
            if not waiting[child]:
                ready.append(child)
    stuck = {item for item, number in waiting.items() if number}
    yield from _cycles(stuck, parents)


def _cycles(stuck: set[Node], parents: dict[Node, list[Node]]) -> Iterator[list[Node]]:
    """Yield each cycle once; what merely hangs below one is passed over."""
    seen: set[Node] = set()
    for start in sorted(stuck, key=str):
        way: dict[Node, int] = {}
        item = start
        while item not in seen:
            seen.add(item)
            way[item] = len(way)
            item = next(parent for parent in parents[item] if parent in stuck)
        if item in way:
            yield list(way)[way[item] :]


def _cyclic(graph: Graph, cycle: list[Node]) -> Row:
    places = {item: int(text(graph, item, SS.position, "0")) for item in cycle}
    first = cycle.index(min(cycle, key=lambda item: (places[item], str(item))))
    ids = [text(graph, item, SKOS.notation) for item in (*cycle[first:], *cycle[:first])]
    shown = [f"`{identifier}`" for identifier in (ids if len(ids) <= _SHOWN else [*ids[:_SHOWN], "…"])]
    chain = " below ".join([*shown, f"`{ids[0]}`"])
    return Row(str(cycle[first]), f"the parents go round in a circle: {chain}", ids[0])


def unreadable_patterns(graph: Graph) -> Iterator[Row]:
    """Yield a row for each pattern that is no regular expression.

    Patterns of XML Schema that only lack a portable form are right; the data's checks say that they could not be made.
    """
    for node, pattern in graph.subject_objects(SST.pattern):
        try:
            portable_pattern(str(pattern))
        except Untranslatable as problem:
            if "not a regular expression" in str(problem):
                message = f"the pattern `{pattern}` of `{called(graph, node)}` is {problem}"
                yield Row(str(node), message, str(pattern))
