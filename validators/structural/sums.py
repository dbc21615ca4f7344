"""Shapes of sums: a figure is the sum of its parts (DF026), and the parts are there to be added up (DF027)."""

from collections.abc import Iterable, Sequence

from rdflib import Graph, Literal, URIRef

from semstat.ontology.terms import QB, SH, SSC, XSD
from semstat.validators.structural.additive import Sums, Undecided, Whole, requests, wholes
from semstat.validators.structural.components import marker, parameters
from semstat.validators.structural.datatypes import text_type
from semstat.validators.structural.shapes import shapes_base
from semstat.validators.structural.sum_components import COMPARABLE_PARTS, SUM_OF_PARTS, declare_sums
from semstat.validators.structural.view import ComponentView, StructureView
from semstat.validators.structural.writer import ShapeWriter

__all__ = ["sum_shapes"]

_SHOWN = 8


def sum_shapes(graph: Graph, view: StructureView, scope: Iterable[URIRef], asked: Sequence[Sums]) -> Graph:
    """Return the shapes of the sums that are asked for, by the caller or by annotations; nothing where none are.

    What is asked for and cannot be stated (the hierarchy is not at hand, say) becomes a deactivated shape with the reason.
    """
    writer = ShapeWriter(Graph(), shapes_base(view))
    wanted = {sums: str(sums.hierarchy) for sums in asked}
    for item in requests(graph, view, scope):
        if isinstance(item, Sums):
            wanted.setdefault(item, str(item.hierarchy))
        else:
            writer.unstated("DF026", f"{item[0]}/sums", item[1])
    for place, sums in enumerate(wanted, 1):
        try:
            _state(writer, graph, view, sums, f"{sums.dimension}/sums-{place}")
        except Undecided as reason:
            said = f"the sums along {sums.dimension} are not checked: {reason}"
            writer.unstated("DF026", f"{sums.dimension}/sums-{place}", said)
    return writer.graph


def _state(writer: ShapeWriter, graph: Graph, view: StructureView, sums: Sums, name: str) -> None:
    dimension = view.of(sums.dimension)
    if dimension is None or not dimension.is_dimension:
        raise Undecided(f"{view.label} has no dimension {sums.dimension}")
    found = wholes(graph, dimension, sums.hierarchy)
    measures = [item for item in view.components if item.role == "measure" and _is_summed(item)]
    if not measures:
        raise Undecided(f"{view.label} has no measure of decimal figures")
    declare_sums(writer.graph, len(view.dimensions) - 1)
    for measure in measures:
        for number, whole in enumerate(found, 1):
            _whole(writer, view, (dimension, measure), whole, sums, f"{name}/{measure.id}-{number}")


def _is_summed(measure: ComponentView) -> bool:
    kind = text_type(measure.text_type or "String", shifted_year=False)
    return (
        measure.codelist is None
        and kind is not None
        and kind.is_numeric
        and measure.facets.get("maxOccurs", "1") == "1"
    )


def _whole(
    writer: ShapeWriter,
    view: StructureView,
    pair: tuple[ComponentView, ComponentView],
    whole: Whole,
    sums: Sums,
    name: str,
) -> None:
    dimension, measure = pair
    others = [item.iri for item in view.dimensions if item.id != dimension.id]
    shown = ", ".join(whole.parts[:_SHOWN]) + (" …" if len(whole.parts) > _SHOWN else "")
    for rule, stem, message, expected in (
        (
            "DF026",
            SUM_OF_PARTS,
            f"`{measure.id}` where `{dimension.id}` is {whole.code} is the sum of those where it is {shown}.",
            f"the sum of {shown}",
        ),
        (
            "DF027",
            COMPARABLE_PARTS,
            f"Where `{dimension.id}` is {whole.code}, there are figures to add up for {shown}.",
            f"one figure for each of {shown}" if not sums.missing_is_zero else f"one figure for some of {shown}",
        ),
    ):
        iri = writer.about(rule, measure, message, expected, suffix=f"/{name}")
        writer.add(iri, SH.targetClass, QB.DataSet)
        writer.add(iri, marker(stem, len(others)), Literal("true", datatype=XSD.boolean))
        writer.add(iri, SSC.summedDimension, dimension.iri)
        writer.add(iri, SSC.summedMeasure, measure.iri)
        writer.add(iri, SSC.wholeCode, Literal(whole.code))
        writer.add(iri, SSC.partCodes, Literal(f" {' '.join(whole.parts)} "))
        writer.add(iri, SSC.requiredParts, Literal("1" if sums.missing_is_zero else str(len(whole.parts))))
        for parameter, other in parameters(others):
            writer.add(iri, parameter, other)
        if rule == "DF026":
            writer.add(iri, SSC.absoluteTolerance, Literal(f"{sums.absolute:f}"))
            writer.add(iri, SSC.relativeTolerance, Literal(f"{sums.relative:f}"))
