"""Writes shapes: IRIs that say component and rule, severity from the catalogue, a statement and what was expected."""

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef

from semstat.ontology.terms import QB, RDF, RULE, SH, SS, SSC, SST, XSD
from semstat.validators.diagnostics import Severity
from semstat.validators.observations import NOT_A_NUMBER, NOT_AVAILABLE
from semstat.validators.rules import catalogue
from semstat.validators.structural.view import ComponentView

__all__ = ["ShapeWriter"]

_FLOATING = {"Double": XSD.double, "Float": XSD.float}
_SEVERITIES = {Severity.ERROR: SH.Violation, Severity.WARNING: SH.Warning, Severity.INFO: SH.Info}


@dataclass(frozen=True, slots=True)
class ShapeWriter:
    """Mints shapes of one structure into one graph, with IRIs that say component and rule."""

    graph: Graph
    base: str

    def shape(
        self, rule: str, name: str, *, kind: URIRef, message: str, expected: str = "", severity: Severity | None = None
    ) -> URIRef:
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

    def about(
        self,
        rule: str,
        component: ComponentView,
        message: str,
        expected: str,
        *,
        suffix: str = "",
        severity: Severity | None = None,
    ) -> URIRef:
        """Add a node shape whose findings are about a component, though it is no mere demand on that component's values."""
        name = f"{component.id}{suffix}"
        iri = self.shape(rule, name, kind=SH.NodeShape, message=message, expected=expected, severity=severity)
        self.add(iri, SSC.concernedComponent, component.iri)
        return iri

    def of_class(self, cls: URIRef) -> URIRef:
        """Add the shape of all records of a class, for disjunctions that let these pass, and return its IRI."""
        iri = URIRef(f"{self.base}/record#{cls.rsplit('#', 1)[-1]}")
        self.add(iri, RDF.type, SH.NodeShape)
        self.add(iri, SH["class"], cls)
        return iri

    def on_observations(self, rule: str, component: ComponentView, message: str) -> None:
        """Add a property shape that demands a value of a component of every observation."""
        expected = f"a value for {component.id}"
        iri = self.shape(rule, component.id, kind=SH.PropertyShape, message=message, expected=expected)
        self.add(iri, SH.path, component.iri)
        self.add(iri, SH.targetClass, QB.Observation)
        self.add(iri, SH.minCount, Literal("1", datatype=XSD.integer))

    def on_value(
        self,
        rule: str,
        component: ComponentView,
        message: str,
        expected: str,
        *,
        suffix: str = "",
        severity: Severity | None = None,
    ) -> URIRef:
        """Add a property shape on a component of every record, attribute-only records included.

        Returns:
            The shape that takes the demand on each value: of attributes and measures the values that are missing on purpose
            are spared, so that the demand is one of two.
        """
        name = f"{component.id}{suffix}"
        iri = self.shape(rule, name, kind=SH.PropertyShape, message=message, expected=expected, severity=severity)
        self.add(iri, SH.path, component.iri)
        self.add(iri, SH.targetClass, QB.Observation)
        self.add(iri, SH.targetClass, SST.AttributeSet)
        if component.is_dimension:
            return iri
        demand = URIRef(f"{iri}#demand")
        self.add(demand, RDF.type, SH.NodeShape)
        self.listed(iri, SH["or"], [self._missing(component), demand])
        return demand

    def on_form(
        self,
        rule: str,
        component: ComponentView,
        message: str,
        expected: str,
        *,
        suffix: str = "",
        severity: Severity | None = None,
    ) -> URIRef:
        """Add a property shape on how values are written; see :meth:`on_value`.

        Where the values are codes of a list at hand, that is a warning: list and form were chosen by one maintainer, and
        whoever gives a code of the list does as the structure says.
        """
        severity = Severity.WARNING if component.codes is not None else severity
        return self.on_value(rule, component, message, expected, suffix=suffix, severity=severity)

    def unheld(self, rule: str, component: ComponentView, facet: str, reason: str) -> None:
        """Record a facet that is not held, as a deactivated shape with the reason."""
        said = f"the facet {facet} of {component.id} is not checked: {reason}"
        self.unstated(rule, f"{component.id}/{facet}", said, component.iri)

    def _missing(self, component: ComponentView) -> URIRef:
        """Add the shape of the values that say that a value is missing on purpose, and return its IRI."""
        datatype = _FLOATING.get(component.text_type or "") if component.codelist is None else None
        iri = URIRef(f"{self.base}/missing#{component.text_type if datatype else 'any'}")
        marks = [Literal(NOT_AVAILABLE), *([Literal(NOT_A_NUMBER, datatype=datatype)] if datatype else [])]
        self.add(iri, RDF.type, SH.NodeShape)
        self.listed(iri, SH["in"], marks)
        return iri

    def unstated(self, rule: str, name: str, reason: str, path: URIRef | None = None) -> URIRef:
        """Record a demand that could not be stated, as a deactivated shape with the reason, and return its IRI."""
        iri = self.shape(rule, name, kind=SH.PropertyShape if path else SH.NodeShape, message=reason)
        self.add(iri, SH.deactivated, Literal("true", datatype=XSD.boolean))
        if path:
            self.add(iri, SH.path, path)
        return iri

    def add(self, subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> None:
        """Add one triple."""
        self.graph.add((subject, predicate, value))

    def listed(self, subject: URIRef, predicate: URIRef, members: Iterable[URIRef | Literal]) -> None:
        """Add an RDF list, which SHACL demands; its nodes have IRIs, since nothing we mint is blank."""
        nodes = list(members)
        joint = "-" if "#" in subject else "#"
        cells = [
            URIRef(f"{subject}{joint}{predicate.rsplit('#', 1)[-1]}-{number}") for number in range(1, len(nodes) + 1)
        ]
        self.add(subject, predicate, cells[0] if cells else RDF.nil)
        for place, (cell, member) in enumerate(zip(cells, nodes, strict=True), 1):
            self.add(cell, RDF.first, member)
            self.add(cell, RDF.rest, cells[place] if place < len(cells) else RDF.nil)
