"""Rule on the time for which structures say that something holds: bounds that are dates, in their order (DSD029)."""

import re
from collections.abc import Iterator

from rdflib import Graph
from rdflib.term import Node

from semstat.ontology.access import iris, text
from semstat.ontology.terms import RDF, SST
from semstat.validators.called import called
from semstat.validators.sets import Row
from semstat.validators.structural.periods import period_pattern
from semstat.validators.structural.spans import is_after
from semstat.validators.structural.validity import validities

__all__ = ["impossible_validities", "limited_in_time"]

_PERIOD = re.compile(period_pattern("StandardTimePeriod"))
_SHOWN = 40
_WORDS = {
    SST.memberValue: "the time range",
    SST.memberSelection: "a component",
    SST.dataKey: "a key",
    SST.dataKeySet: "a key set",
    SST.cubeRegion: "a region",
}
"""The parts of constraints from the inmost outwards, by what leads to them; a value or component is called by its name."""


def impossible_validities(graph: Graph) -> Iterator[Row]:
    """Yield a row for each span of time with a bound that is no date, or with an end before its begin.

    These are the validity of artefacts, items and parts of constraints, the time ranges that constraints select, and the
    periods that they are about. Facets have rules of their own, and the bounds of time ranges are held to a form as they are.

    Example:
        >>> from rdflib import Literal, URIRef
        >>> from semstat.ontology.terms import SS
        >>> code = URIRef("urn:code")
        >>> stated = Graph().add((code, SS.validFrom, Literal("2020"))).add((code, SS.validTo, Literal("2019-12-31")))
        >>> [row.message for row in impossible_validities(stated)]
        ['the validity of `urn:code` begins with `2020`, after its end `2019-12-31`']
    """
    for node, what, begin, end in sorted(_spans(graph), key=lambda item: (str(item[0]), item[1])):
        if is_after(begin, end):
            yield Row(
                str(node), f"the {what} of {_named(graph, node)} begins with `{begin}`, after its end `{end}`", begin
            )
    for node, bounds in sorted(validities(graph).items(), key=lambda item: str(item[0])):
        for which, bound in zip(("begin", "end"), bounds, strict=True):
            if bound and not _PERIOD.match(bound):
                said = f"the validity of {_named(graph, node)} has the {which} `{bound[:_SHOWN]}`"
                yield Row(str(node), f"{said}, which is neither a date nor a period", bound)


def limited_in_time(graph: Graph) -> Iterator[Node]:
    """Yield the artefacts and parts of artefacts of which a begin or an end is stated.

    Example:
        >>> list(limited_in_time(Graph()))
        []
    """
    return (node for node, _, begin, end in _spans(graph) if begin or end)


def _spans(graph: Graph) -> Iterator[tuple[Node, str, str, str]]:
    """Yield what has a span of time, what that is, and its bounds."""
    for node, bounds in validities(graph).items():
        yield node, "validity", *bounds
    for node in iris(graph, None, RDF.type, SST.MemberSelection):
        yield node, "time range", text(graph, node, SST.startTime), text(graph, node, SST.endTime)
    for node in iris(graph, None, SST.referenceStart):
        yield node, "reference period", text(graph, node, SST.referenceStart), text(graph, node, SST.referenceEnd)


def _named(graph: Graph, node: Node) -> str:
    """Return what people call an artefact, or a part of a constraint: what it is, and of which artefact."""
    parts: list[str] = []
    for link, word in _WORDS.items():
        holder = min(graph.subjects(link, node), key=str, default=None)
        if holder is not None:
            said = text(graph, node, SST.componentId) or text(graph, node, SST.value)
            parts.append(f"`{said}`" if said else word)
            node = holder
    return " of ".join([*parts, f"`{called(graph, node)}`"])
