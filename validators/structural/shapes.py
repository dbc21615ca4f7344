"""Shapes from a structure: what its components demand of observations, as one SHACL shapes graph.

Every shape that bears a rule has an IRI, names its rule (``ss:checksRule``), states the fact (``sh:message``) and what was
expected (``sh:description``). A demand that cannot be stated (the code list is not at hand, say) becomes a deactivated
shape that says why, so that no executor can pass over it in silence.

Source:
    SDMX 3.0, Section 2 (Information Model), *Data Structure Definition* and *Representation*.
"""

from collections.abc import Sequence

from rdflib import Graph, Literal, URIRef

from semstat.ontology.terms import BASE, DCTERMS, OWL, PROV, QB, RDF, SH, SS, SSC, SST, XSD
from semstat.validators.diagnostics import Severity
from semstat.validators.structural.attachment import attachment_shapes, occurrence_shapes
from semstat.validators.structural.components import (
    CONSISTENT_KEY,
    CONSTANT_WITHIN,
    UNREPEATED_KEY,
    declare_constant_within,
    declare_distinct_keys,
    declare_period_frequency,
    marker,
    parameters,
)
from semstat.validators.structural.datatypes import text_type
from semstat.validators.structural.facets import representation_shapes
from semstat.validators.structural.key_texts import key_shape
from semstat.validators.structural.periods import FREQUENCY_FORMS, frequency_examples, frequency_pattern
from semstat.validators.structural.reporting_years import START_DAY, reporting_year_shapes
from semstat.validators.structural.series import series_shapes, status_shapes
from semstat.validators.structural.view import ComponentView, StructureView
from semstat.validators.structural.writer import ShapeWriter

__all__ = ["observation_shapes", "shapes_base"]

_SHOWN_CODES = 8


def observation_shapes(view: StructureView) -> Graph:
    """Return the shapes graph of a structure, constraints apart.

    The graph is valid SHACL for any engine: it declares the constraint components that it uses, and names the components'
    ids, so that it can be read without the structure.
    """
    writer = ShapeWriter(Graph(), shapes_base(view))
    _header(writer, view)
    shifted = view.of(START_DAY) is not None
    for component in view.components:
        writer.add(component.iri, SS.identifier, Literal(component.id))
        writer.add(component.iri, RDF.type, _role_class(component))
        _presence(writer, component)
        occurrence_shapes(writer, component)
        attachment_shapes(writer, view, component)
        _values(writer, component, shifted=shifted)
        if component.text_type == "KeyValues":
            key_shape(writer, view, component)
    _closed(writer, view)
    _distinct_keys(writer, view)
    _constancy(writer, view)
    _updates(writer, view)
    _frequency(writer, view, shifted=shifted)
    reporting_year_shapes(writer, view)
    series_shapes(writer, view)
    status_shapes(writer, view)
    return writer.graph


def shapes_base(view: StructureView) -> str:
    """Return the IRI of a structure's shapes graph, below which its shapes are minted."""
    return str(view.iri).replace(BASE + "sdmx/", BASE + "shapes/", 1)


def _header(writer: ShapeWriter, view: StructureView) -> None:
    graph = URIRef(writer.base)
    writer.add(graph, RDF.type, OWL.Ontology)
    writer.add(graph, DCTERMS.title, Literal(f"Shapes of {view.label}", "en"))
    writer.add(graph, PROV.wasDerivedFrom, view.iri)


def _role_class(component: ComponentView) -> URIRef:
    roles = {"measure": QB.MeasureProperty, "attribute": QB.AttributeProperty}
    return roles.get(component.role, QB.DimensionProperty)


def _presence(writer: ShapeWriter, component: ComponentView) -> None:
    if not component.mandatory:
        return
    if component.is_dimension:
        writer.on_observations("DF002", component, f"An observation needs a value for `{component.id}`.")
        return
    message = f"An observation needs a value for `{component.id}`, unless its action leaves alone what is not given."
    expected = f"a value for {component.id}"
    iri = writer.about("DF003", component, message, expected)
    writer.add(iri, SH.targetClass, QB.Observation)
    inner = URIRef(f"{iri}#given")
    writer.add(inner, RDF.type, SH.NodeShape)
    writer.add(inner, SH.property, URIRef(f"{inner}-value"))
    writer.add(URIRef(f"{inner}-value"), SH.path, component.iri)
    writer.add(URIRef(f"{inner}-value"), SH.minCount, Literal("1", datatype=XSD.integer))
    # A replacement replaces the observation, what is attached above it is merged (SDMX-CSV 2.1 field guide, ACTION).
    above = component.level not in {None, "observation"}
    passing = [SST.ObservationUpdate, *([SST.ObservationReplacement] if above else [])]
    writer.listed(iri, SH["or"], [*(writer.of_class(cls) for cls in passing), inner])


def _values(writer: ShapeWriter, component: ComponentView, *, shifted: bool) -> None:
    default = "ObservationalTimePeriod" if component.role == "time" else "String"
    if component.codelist is not None:
        _coded(writer, component)
        default = "String"
    kind = text_type(component.text_type or default, shifted_year=shifted)
    if kind is None:
        writer.unstated("DF005", component.id, f"the text type {component.text_type} is not known", component.iri)
        return
    representation_shapes(writer, component, kind, shifted=shifted)


def _coded(writer: ShapeWriter, component: ComponentView) -> None:
    name = component.list_name
    if component.codes is None:
        writer.unstated("DF004", component.id, f"the code list {name} is not at hand", component.iri)
        return
    shown = ", ".join(component.codes[:_SHOWN_CODES]) + (" …" if len(component.codes) > _SHOWN_CODES else "")
    expected = f"a code of {name}: {shown}" if shown else f"a code of {name}, which is empty"
    severity = Severity.WARNING if component.is_partial else None
    iri = writer.on_value(
        "DF004", component, f"`{component.id}` takes the codes of {name}.", expected, severity=severity
    )
    writer.listed(iri, SH["in"], (Literal(code) for code in component.codes))


def _closed(writer: ShapeWriter, view: StructureView) -> None:
    message = f"A record has no components but those of {view.label}."
    iri = writer.shape("DF001", "record", kind=SH.NodeShape, message=message, expected=f"a component of {view.label}")
    writer.add(iri, SH.targetClass, QB.Observation)
    writer.add(iri, SH.targetClass, SST.AttributeSet)
    writer.add(iri, SH.closed, Literal("true", datatype=XSD.boolean))
    allowed = [
        RDF.type,
        QB.dataSet,
        SS.position,
        SST.seriesPosition,
        SST.follows,
        *(item.iri for item in view.components),
    ]
    writer.listed(iri, SH.ignoredProperties, allowed)


def _distinct_keys(writer: ShapeWriter, view: StructureView) -> None:
    dimensions = [item.iri for item in view.dimensions]
    if not dimensions:
        return
    declare_distinct_keys(writer.graph, len(dimensions))
    for rule, stem, message in (
        ("DF009", CONSISTENT_KEY, "No two observations with the same key differ in what they say."),
        ("DF018", UNREPEATED_KEY, "No observation is given twice."),
    ):
        expected = "a key that no other observation has"
        iri = writer.shape(rule, "dataset", kind=SH.NodeShape, message=message, expected=expected)
        writer.add(iri, SH.targetClass, QB.DataSet)
        writer.add(iri, marker(stem, len(dimensions)), Literal("true", datatype=XSD.boolean))
        for parameter, dimension in parameters(dimensions):
            writer.add(iri, parameter, dimension)


def _updates(writer: ShapeWriter, view: StructureView) -> None:
    stated = [item for item in view.components if not item.is_dimension]
    if not stated:
        return
    message = "An update of an observation gives a value for a measure or an attribute."
    expected = f"a value for one of {', '.join(item.id for item in stated[:_SHOWN_CODES])}"
    expected += " …" if len(stated) > _SHOWN_CODES else ""
    iri = writer.shape("DF019", "update", kind=SH.NodeShape, message=message, expected=expected)
    writer.add(iri, SH.targetClass, SST.ObservationUpdate)
    given = [URIRef(f"{iri}#{item.id}") for item in stated]
    for node, item in zip(given, stated, strict=True):
        writer.add(node, RDF.type, SH.NodeShape)
        writer.add(node, SH.property, URIRef(f"{node}-value"))
        writer.add(URIRef(f"{node}-value"), SH.path, item.iri)
        writer.add(URIRef(f"{node}-value"), SH.minCount, Literal("1", datatype=XSD.integer))
    writer.listed(iri, SH["or"], given)


def _constancy(writer: ShapeWriter, view: StructureView) -> None:
    for component in view.components:
        if component.role == "attribute" and component.level not in {None, "observation"}:
            related = [item for item in view.dimensions if item.id in component.attached]
            if len(related) < len(view.dimensions):
                _constant(writer, component, related)


def _constant(writer: ShapeWriter, component: ComponentView, within: Sequence[ComponentView]) -> None:
    declare_constant_within(writer.graph, len(within))
    scope = f"each combination of {', '.join(item.id for item in within)}" if within else "the dataset"
    iri = writer.shape(
        "DF010",
        component.id,
        kind=SH.NodeShape,
        message=f"`{component.id}` has one value in {scope}.",
        expected=f"one value in {scope}",
    )
    writer.add(iri, SH.targetClass, QB.DataSet)
    writer.add(iri, marker(CONSTANT_WITHIN, len(within)), Literal("true", datatype=XSD.boolean))
    writer.add(iri, SSC.constantAttribute, component.iri)
    for parameter, dimension in parameters([item.iri for item in within]):
        writer.add(iri, parameter, dimension)


def _frequency(writer: ShapeWriter, view: StructureView, *, shifted: bool) -> None:
    frequency, time = view.frequency, view.time
    if frequency is None or time is None:
        return
    declare_period_frequency(writer.graph)
    stated = [code for code in FREQUENCY_FORMS if frequency.codes is None or code in frequency.codes]
    for code in stated:
        expected = f"a period like {' or '.join(frequency_examples(code))} where {frequency.id} is {code}"
        message = f"Where `{frequency.id}` is {code}, `{time.id}` has the form of that frequency."
        iri = writer.shape("DF008", f"{time.id}/{code}", kind=SH.NodeShape, message=message, expected=expected)
        writer.add(iri, SH.targetClass, QB.DataSet)
        writer.add(iri, SSC.periodDimension, time.iri)
        writer.add(iri, SSC.frequencyDimension, frequency.iri)
        writer.add(iri, SSC.frequency, Literal(code))
        writer.add(iri, SSC.periodPattern, Literal(frequency_pattern(code, shifted_year=shifted)))
