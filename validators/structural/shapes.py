"""Shapes from a structure: what its components demand of observations, as one SHACL shapes graph.

Every shape that bears a rule has an IRI, names its rule (``ss:checksRule``), states the fact (``sh:message``) and what was
expected (``sh:description``). A demand that cannot be stated (the code list is not at hand, say) becomes a deactivated
shape that says why, so that no executor can pass over it in silence.

Source:
    SDMX 3.0, Section 2 (Information Model), *Data Structure Definition* and *Representation*.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rdflib import Graph, Literal, URIRef

from semstat.ontology.terms import BASE, DCTERMS, OWL, PROV, QB, RDF, RULE, SH, SS, SSC, SST, XSD
from semstat.validators.diagnostics import Severity
from semstat.validators.rules import catalogue
from semstat.validators.structural.components import (
    CONSTANT_WITHIN,
    UNIQUE_KEY,
    declare_constant_within,
    declare_period_frequency,
    declare_unique_key,
    marker,
    parameters,
)
from semstat.validators.structural.datatypes import TextType, text_type
from semstat.validators.structural.patterns import Untranslatable, portable_pattern
from semstat.validators.structural.periods import FREQUENCY_FORMS, frequency_examples, frequency_pattern
from semstat.validators.structural.view import ComponentView, StructureView

__all__ = ["ShapeWriter", "observation_shapes"]

_SEVERITIES = {Severity.ERROR: SH.Violation, Severity.WARNING: SH.Warning, Severity.INFO: SH.Info}
_SHOWN_CODES = 8


@dataclass(frozen=True, slots=True)
class ShapeWriter:
    """Mints shapes of one structure into one graph, with IRIs that say component and rule."""

    graph: Graph
    base: str

    def shape(self, rule: str, name: str, *, kind: URIRef, message: str, expected: str = "", severity: Severity | None = None) -> URIRef:
        """Add a shape that bears a rule and return its IRI, ``<base>/<name>/<rule>``."""
        iri = URIRef(f"{self.base}/{name}/{rule}")
        grade = severity or catalogue()[rule].severity
        self.add(iri, RDF.type, kind)
        self.add(iri, SS.checksRule, RULE[rule])
        self.add(iri, SH.severity, _SEVERITIES[grade])
        self.add(iri, SH.message, Literal(message, "en"))
        if expected:
            self.add(iri, SH.description, Literal(expected, "en"))
        return iri

    def on_value(self, rule: str, component: ComponentView, message: str, expected: str, *, suffix: str = "", severity: Severity | None = None) -> URIRef:
        """Add a property shape on a component of every record, attribute-only records included."""
        name = f"{component.id}{suffix}"
        iri = self.shape(rule, name, kind=SH.PropertyShape, message=message, expected=expected, severity=severity)
        self.add(iri, SH.path, component.iri)
        self.add(iri, SH.targetClass, QB.Observation)
        self.add(iri, SH.targetClass, SST.AttributeSet)
        return iri

    def unstated(self, rule: str, name: str, reason: str, path: URIRef | None = None) -> None:
        """Record a demand that could not be stated, as a deactivated shape with the reason."""
        iri = self.shape(rule, name, kind=SH.PropertyShape if path else SH.NodeShape, message=reason)
        self.add(iri, SH.deactivated, Literal("true", datatype=XSD.boolean))
        if path:
            self.add(iri, SH.path, path)

    def add(self, subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> None:
        """Add one triple."""
        self.graph.add((subject, predicate, value))

    def listed(self, subject: URIRef, predicate: URIRef, members: Iterable[URIRef | Literal]) -> None:
        """Add an RDF list, which SHACL demands; its nodes have IRIs, since nothing we mint is blank."""
        nodes = list(members)
        cells = [URIRef(f"{subject}#{predicate.rsplit('#', 1)[-1]}-{number}") for number in range(1, len(nodes) + 1)]
        self.add(subject, predicate, cells[0] if cells else RDF.nil)
        for place, (cell, member) in enumerate(zip(cells, nodes, strict=True), 1):
            self.add(cell, RDF.first, member)
            self.add(cell, RDF.rest, cells[place] if place < len(cells) else RDF.nil)


def observation_shapes(view: StructureView) -> Graph:
    """Return the shapes graph of a structure, constraints apart.

    The graph is valid SHACL for any engine: it declares the constraint components that it uses, and names the components'
    ids, so that it can be read without the structure.
    """
    writer = ShapeWriter(Graph(), shapes_base(view))
    _header(writer, view)
    shifted = view.of("REPORTING_YEAR_START_DAY") is not None
    for component in view.components:
        writer.add(component.iri, SS.identifier, Literal(component.id))
        writer.add(component.iri, RDF.type, _role_class(component))
        _presence(writer, component)
        _occurrence(writer, component)
        _values(writer, component, shifted=shifted)
    _closed(writer, view)
    _unique_key(writer, view)
    _constancy(writer, view)
    _frequency(writer, view, shifted=shifted)
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
    rule = "DF002" if component.is_dimension else "DF003"
    message = f"An observation needs a value for `{component.id}`."
    iri = writer.shape(rule, component.id, kind=SH.PropertyShape, message=message, expected=f"a value for {component.id}")
    writer.add(iri, SH.path, component.iri)
    writer.add(iri, SH.targetClass, QB.Observation)
    writer.add(iri, SH.minCount, Literal("1", datatype=XSD.integer))


def _occurrence(writer: ShapeWriter, component: ComponentView) -> None:
    most = component.facets.get("maxOccurs", "1")
    if not most.isdigit():
        return
    expected = "one value" if most == "1" else f"at most {most} values"
    iri = writer.on_value("DF006", component, f"`{component.id}` takes {expected}.", expected, suffix="/occurrence")
    writer.add(iri, SH.maxCount, Literal(most, datatype=XSD.integer))


def _values(writer: ShapeWriter, component: ComponentView, *, shifted: bool) -> None:
    if component.codelist is not None:
        _coded(writer, component)
        return
    kind = text_type(component.text_type or ("ObservationalTimePeriod" if component.role == "time" else "String"), shifted_year=shifted)
    if kind is None:
        writer.unstated("DF005", component.id, f"the text type {component.text_type} is not known", component.iri)
        return
    _typed(writer, component, kind)
    _facets(writer, component, kind)


def _coded(writer: ShapeWriter, component: ComponentView) -> None:
    name = _list_name(component)
    if component.codes is None:
        writer.unstated("DF004", component.id, f"the code list {name} is not at hand", component.iri)
        return
    shown = ", ".join(component.codes[:_SHOWN_CODES]) + (" …" if len(component.codes) > _SHOWN_CODES else "")
    expected = f"a code of {name}: {shown}" if shown else f"a code of {name}, which is empty"
    severity = Severity.WARNING if component.is_partial else None
    iri = writer.on_value("DF004", component, f"`{component.id}` takes the codes of {name}.", expected, severity=severity)
    writer.listed(iri, SH["in"], (Literal(code) for code in component.codes))


def _list_name(component: ComponentView) -> str:
    parts = str(component.codelist).split("/")
    return f"{parts[-3]}:{parts[-2]}({parts[-1]})" if len(parts) > 3 else str(component.codelist)


def _typed(writer: ShapeWriter, component: ComponentView, kind: TextType) -> None:
    if kind.pattern is None:
        return
    rule = "DF007" if kind.is_period else "DF005"
    such = f", such as {' or '.join(kind.examples[:6])}" if kind.examples else ""
    expected = f"{kind.name}{such}"
    iri = writer.on_value(rule, component, f"`{component.id}` takes values of type {kind.name}.", expected)
    if kind.datatype != XSD.string:
        writer.add(iri, SH.datatype, kind.datatype)
    writer.add(iri, SH.pattern, Literal(kind.pattern))
    if kind.minimum is not None:
        _bounds(writer, component, kind, kind.minimum, kind.maximum, suffix="/type-range")


def _facets(writer: ShapeWriter, component: ComponentView, kind: TextType) -> None:
    facets = component.facets
    for name, predicate, words in (("minLength", SH.minLength, "at least"), ("maxLength", SH.maxLength, "at most")):
        if facets.get(name, "").isdigit():
            expected = f"{words} {facets[name]} characters"
            iri = writer.on_value("DF006", component, f"`{component.id}` has {expected}.", expected, suffix=f"/{name}")
            writer.add(iri, predicate, Literal(facets[name], datatype=XSD.integer))
    _facet_range(writer, component, kind)
    _facet_pattern(writer, component)
    if facets.get("decimals", "").isdigit() and kind.is_numeric:
        expected = f"at most {facets['decimals']} decimal places"
        iri = writer.on_value("DF006", component, f"`{component.id}` has {expected}.", expected, suffix="/decimals")
        writer.add(iri, SH.pattern, Literal(rf"^[^.]*(?:\.[0-9]{{0,{facets['decimals']}}}(?:[eE].*)?)?$"))
    for name in ("interval", "timeInterval", "startTime", "endTime"):
        if name in facets:
            writer.unstated("DF006", f"{component.id}/{name}", f"the facet {name} of {component.id} is not checked yet", component.iri)


def _facet_range(writer: ShapeWriter, component: ComponentView, kind: TextType) -> None:
    facets = component.facets
    low = facets.get("minValue", facets.get("startValue"))
    high = facets.get("maxValue", facets.get("endValue"))
    if kind.is_numeric and (low is not None or high is not None):
        _bounds(writer, component, kind, _number(low), _number(high), suffix="/range")


def _number(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except ArithmeticError:
        return None


def _bounds(writer: ShapeWriter, component: ComponentView, kind: TextType, low: Decimal | None, high: Decimal | None, *, suffix: str) -> None:
    """State an inclusive range. ExclusiveValueRange excludes its bounds (SDMX 3.0, Section 2, *FacetValueType*)."""
    exclusive = kind.name == "ExclusiveValueRange"
    words = (("more than", "less than") if exclusive else ("at least", "at most"))
    limits = [f"{word} {limit}" for word, limit in zip(words, (low, high), strict=True) if limit is not None]
    if not limits:
        return
    expected = " and ".join(limits)
    iri = writer.on_value("DF006", component, f"`{component.id}` is {expected}.", expected, suffix=suffix)
    for limit, predicate in ((low, SH.minExclusive if exclusive else SH.minInclusive), (high, SH.maxExclusive if exclusive else SH.maxInclusive)):
        if limit is not None:
            writer.add(iri, predicate, Literal(format(limit, "f"), datatype=XSD.decimal))


def _facet_pattern(writer: ShapeWriter, component: ComponentView) -> None:
    pattern = component.facets.get("pattern")
    if not pattern:
        return
    try:
        portable = portable_pattern(pattern)
    except Untranslatable as reason:
        writer.unstated("DF006", f"{component.id}/pattern", f"the pattern of {component.id} has no portable form ({reason})", component.iri)
        return
    iri = writer.on_value("DF006", component, f"`{component.id}` matches {pattern}.", f"text like {pattern}", suffix="/pattern")
    writer.add(iri, SH.pattern, Literal(portable))


def _closed(writer: ShapeWriter, view: StructureView) -> None:
    message = f"A record has no components but those of {view.label}."
    iri = writer.shape("DF001", "record", kind=SH.NodeShape, message=message, expected=f"a component of {view.label}")
    writer.add(iri, SH.targetClass, QB.Observation)
    writer.add(iri, SH.targetClass, SST.AttributeSet)
    writer.add(iri, SH.closed, Literal("true", datatype=XSD.boolean))
    allowed = [RDF.type, QB.dataSet, SS.position, *(item.iri for item in view.components)]
    writer.listed(iri, SH.ignoredProperties, allowed)


def _unique_key(writer: ShapeWriter, view: StructureView) -> None:
    dimensions = [item.iri for item in view.dimensions]
    if not dimensions:
        return
    declare_unique_key(writer.graph, len(dimensions))
    iri = writer.shape("DF009", "dataset", kind=SH.NodeShape, message="No two observations have the same key.", expected="a key that no other observation has")
    writer.add(iri, SH.targetClass, QB.DataSet)
    writer.add(iri, marker(UNIQUE_KEY, len(dimensions)), Literal("true", datatype=XSD.boolean))
    for parameter, dimension in parameters(dimensions):
        writer.add(iri, parameter, dimension)


def _constancy(writer: ShapeWriter, view: StructureView) -> None:
    for component in view.components:
        if component.role == "attribute" and component.level not in {None, "observation"}:
            related = [item for item in view.dimensions if item.id in component.attached]
            if len(related) < len(view.dimensions):
                _constant(writer, component, related)


def _constant(writer: ShapeWriter, component: ComponentView, within: Sequence[ComponentView]) -> None:
    declare_constant_within(writer.graph, len(within))
    scope = f"each combination of {', '.join(item.id for item in within)}" if within else "the dataset"
    iri = writer.shape("DF010", component.id, kind=SH.NodeShape, message=f"`{component.id}` has one value in {scope}.", expected=f"one value in {scope}")
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
