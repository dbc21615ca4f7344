"""Shapes of codes that are valid for a time: the period of an observation lies within it (DF025).

A code states its validity itself (``ss:validFrom``, ``ss:validTo``) or in an annotation of the type that the Fusion Metadata
Registry writes, whose title is ``from/to``. An end at midnight is an instant, so that the day before is the last.

Source:
    SDMX 3.0, Section 2 (Information Model), class *AnnotableArtefact*; the registry's item validity, type FR_VALIDITY_PERIOD.
"""

import re

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from semstat.ontology.access import text
from semstat.ontology.terms import QB, RDF, SH, SKOS, SS, XSD
from semstat.validators.structural.shapes import shapes_base
from semstat.validators.structural.spans import Inexact, Span, bounds_of, outside_pattern, span
from semstat.validators.structural.view import ComponentView, StructureView
from semstat.validators.structural.writer import ShapeWriter

__all__ = ["valid_days", "validities", "validity_shapes"]

_SHOWN = 8
_TYPE = "FR_VALIDITY_PERIOD"
_MIDNIGHT = re.compile(r"T00:00:00(?:\.0+)?Z?\Z")


def validity_shapes(graph: Graph, view: StructureView) -> Graph:
    """Return the shapes of the validity of codes: one for each component and validity that its codes have.

    Nothing where the structure has no time dimension; a validity that is not one of whole days becomes a deactivated shape.
    """
    writer = ShapeWriter(Graph(), shapes_base(view))
    time = view.time
    if time is None:
        return writer.graph
    found = validities(graph)
    for component in view.components if found else ():
        if component.codelist is None or component.codes is None:
            continue
        groups: dict[tuple[str, str], list[str]] = {}
        for code in graph.subjects(SKOS.inScheme, component.codelist):
            if code in found:
                notation = text(graph, code, SKOS.notation)
                written = {notation, component.bare.get(notation, notation)}
                groups.setdefault(found[code], []).extend(written)
        for number, (bounds, codes) in enumerate(sorted(groups.items()), 1):
            _group(writer, view, (component, time), sorted(codes), bounds, f"validity-{number}")
    return writer.graph


def _group(
    writer: ShapeWriter,
    view: StructureView,
    pair: tuple[ComponentView, ComponentView],
    codes: list[str],
    bounds: tuple[str, str],
    name: str,
) -> None:
    """State the validity that some codes of a component share, or why it is not stated."""
    try:
        if view.of("REPORTING_YEAR_START_DAY") is not None:
            raise Inexact("the days of a reporting year are in the data, as REPORTING_YEAR_START_DAY")
        days = valid_days(*bounds)
    except Inexact as reason:
        said = f"the validity {'/'.join(bounds)} of {codes[0]} is not checked: {reason}"
        writer.unstated("DF025", f"{pair[0].id}/{name}", said, pair[0].iri)
        return
    _state(writer, pair, codes, days, name)


def validities(graph: Graph) -> dict[Node, tuple[str, str]]:
    """Return what bounds the validity of things, an empty text where nothing does; what a thing itself states goes first.

    Example:
        >>> code = URIRef("https://example.org/code/CS")
        >>> stated = Graph().add((code, SS.validTo, Literal("1992")))
        >>> validities(stated)[code]
        ('', '1992')
    """
    found: dict[Node, tuple[str, str]] = {}
    for annotation in graph.subjects(SS.annotationType, Literal(_TYPE)):
        start, _, end = text(graph, annotation, SS.annotationTitle).partition("/")
        found |= dict.fromkeys(graph.subjects(SS.annotation, annotation), (start.strip(), end.strip()))
    for predicate in (SS.validFrom, SS.validTo):
        for node in graph.subjects(predicate):
            found[node] = (text(graph, node, SS.validFrom), text(graph, node, SS.validTo))
    return {node: bounds for node, bounds in found.items() if any(bounds)}


def valid_days(start: str, end: str) -> Span:
    """Return the days of a validity; an empty text is no bound.

    Raises:
        Inexact: a bound is not that of a whole day.
    """
    first, last = _MIDNIGHT.sub("", start), _MIDNIGHT.sub("", end)
    return span(first or None, last or None, before=last != end)


def _state(
    writer: ShapeWriter, pair: tuple[ComponentView, ComponentView], codes: list[str], days: Span, name: str
) -> None:
    component, time = pair
    expected = f"valid {bounds_of(days)}"
    shown = ", ".join(codes[:_SHOWN]) + (" …" if len(codes) > _SHOWN else "")
    message = f"The codes {shown} of `{component.id}` are {expected}, and `{time.id}` lies within that."
    iri = writer.about("DF025", component, message, expected, suffix=f"/{name}")
    writer.add(iri, SH.targetClass, QB.Observation)
    other = _with(writer, URIRef(f"{iri}#other"), component)
    listed = URIRef(f"{iri}#codes")
    writer.add(other, SH["not"], listed)
    writer.add(listed, RDF.type, SH.NodeShape)
    writer.listed(listed, SH["in"], (Literal(code) for code in codes))
    # What is no period is neither inside nor outside: that it should be one is another rule.
    outside = _with(writer, URIRef(f"{iri}#outside"), time)
    writer.add(outside, SH.pattern, Literal(outside_pattern(days)))
    writer.add(outside, SH.minCount, Literal("1", datatype=XSD.integer))
    within = URIRef(f"{iri}#within")
    writer.add(within, RDF.type, SH.NodeShape)
    writer.add(within, SH["not"], URIRef(f"{iri}#outside"))
    writer.listed(iri, SH["or"], [URIRef(f"{iri}#other"), within])


def _with(writer: ShapeWriter, node: URIRef, component: ComponentView) -> URIRef:
    inner = URIRef(f"{node}-value")
    writer.add(node, RDF.type, SH.NodeShape)
    writer.add(node, SH.property, inner)
    writer.add(inner, SH.path, component.iri)
    return inner
