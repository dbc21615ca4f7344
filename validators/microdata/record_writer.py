"""Writes the shapes of one kind of record: names them after variables, and puts them on its records or their values."""

from dataclasses import dataclass
from urllib.parse import quote

from rdflib import Graph, Literal, URIRef

from semstat.ontology.indexed import IndexedGraph
from semstat.ontology.terms import PROV, RDF, SH, SS, SSC, XSD
from semstat.validators.diagnostics import Severity
from semstat.validators.microdata.described_files import DescribedRecord, DescribedVariable
from semstat.validators.structural.writer import ShapeWriter

__all__ = ["RecordWriter", "boolean"]


def boolean(*, value: bool) -> Literal:
    """Return a truth value as XSD writes it."""
    return Literal("true" if value else "false", datatype=XSD.boolean)


@dataclass(frozen=True, slots=True)
class RecordWriter:
    """Mints the shapes of one kind of record into one graph."""

    writer: ShapeWriter
    record: DescribedRecord

    @classmethod
    def of(cls, record: DescribedRecord) -> "RecordWriter":
        """Return a writer with an empty graph that knows what the variables are called."""
        made = cls(
            ShapeWriter(IndexedGraph(), f"{record.iri}/shapes" if "#" not in record.iri else f"{record.iri}-shapes"),
            record,
        )
        for variable in record.variables:
            made.writer.add(variable.iri, SS.identifier, Literal(variable.name))
        return made

    @property
    def graph(self) -> Graph:
        """The shapes."""
        return self.writer.graph

    def on_values(
        self,
        rule: str,
        variable: DescribedVariable,
        message: str,
        expected: str,
        *,
        part: str = "values",
        severity: Severity | None = None,
    ) -> URIRef:
        """Add a shape of each value of a variable and return its IRI, for the demand."""
        iri = self._shape(rule, variable, part, SH.PropertyShape, message, expected, severity)
        self.writer.add(iri, SH.path, variable.iri)
        self.writer.add(iri, SH.targetSubjectsOf, variable.iri)
        return iri

    def complete(self, rule: str, variable: DescribedVariable, message: str, severity: Severity | None = None) -> None:
        """Demand a value of a variable in every record."""
        iri = self._shape(rule, variable, "present", SH.PropertyShape, message, "a value in every record", severity)
        self.writer.add(iri, SH.path, variable.iri)
        self.writer.add(iri, SH.targetClass, self.record.iri)
        self.writer.add(iri, SH.minCount, Literal("1", datatype=XSD.integer))

    def on_record(
        self,
        rule: str,
        variable: DescribedVariable | None,
        message: str,
        expected: str,
        *,
        part: str,
        severity: Severity | None = None,
    ) -> URIRef:
        """Add a shape of all the records together and return its IRI, for the parameters of a component."""
        iri = self._shape(rule, variable, part, SH.NodeShape, message, expected, severity)
        self.writer.add(iri, SH.targetNode, self.record.iri)
        return iri

    def unstated(self, rule: str, variable: DescribedVariable | None, part: str, reason: str) -> None:
        """Record what cannot be checked, and why, as a deactivated shape."""
        iri = self._shape(rule, variable, part, SH.NodeShape, reason, "", None)
        self.writer.add(iri, SH.deactivated, boolean(value=True))

    def derived(self, shape: URIRef, node: URIRef) -> None:
        """Say which node of the documentation a shape was made from, where it is not the variable itself."""
        self.graph.remove((shape, PROV.wasDerivedFrom, None))
        self.writer.add(shape, PROV.wasDerivedFrom, node)

    def member(self, shape: URIRef, name: str) -> URIRef:
        """Return the IRI of a part of a shape, typed as a shape of its own."""
        iri = URIRef(f"{shape}.{name}")
        self.writer.add(iri, RDF.type, SH.NodeShape)
        return iri

    def _shape(
        self,
        rule: str,
        variable: DescribedVariable | None,
        part: str,
        kind: URIRef,
        message: str,
        expected: str,
        severity: Severity | None,
    ) -> URIRef:
        about = f"{quote(variable.name, safe='')}-{variable.position}/" if variable is not None else ""
        iri = self.writer.shape(
            rule, f"{about}{part}", kind=kind, message=message, expected=expected, severity=severity
        )
        self.writer.add(iri, PROV.wasDerivedFrom, self.record.iri if variable is None else variable.iri)
        if variable is not None and kind == SH.NodeShape:
            self.writer.add(iri, SSC.concernedComponent, variable.iri)
        return iri
