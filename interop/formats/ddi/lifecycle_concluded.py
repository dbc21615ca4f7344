"""What follows of files from the physical chain of DDI-Lifecycle: their records, variables, forms of storage and figures.

And of rules of derivation in any product of DDI: which sub-process they belong to.
"""

from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from semstat.ontology.access import flag, iris, text
from semstat.ontology.terms import BASE, RDF, SKOS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD

__all__ = ["follow_files", "follow_rules"]

Triple = tuple[URIRef, URIRef, Node]
_STATISTICS = Literal("pi:VariableStatistics")
_GENERAL = Literal("d:GeneralInstruction")
_DERIVING = URIRef(f"{BASE}gsbpm/5.5")
"""Derive new variables and units, in every version of GSBPM."""


def follow_files(graph: Graph) -> Iterator[Triple]:
    """Yield what follows: a layout lays out the record of its segment, a file has what its layouts place, figures are of it.

    The form of a file is that of the physical structure, the number of its variables that of its only record, how a variable
    is stored what its place says. A figure is of the variable of its statistics, weighted by their weight.
    """
    members: dict[URIRef, set[URIRef]] = {}
    for layout in iris(graph, None, RDF.type, SSD.PhysicalRecord):
        records = _records(graph, layout)
        variables = [item for place in iris(graph, layout, SSD.valueLocation) for item in _placed(graph, place)]
        for record in records:
            yield layout, SSD.laysOut, record
        for file in iris(graph, None, SSD.physicalRecord, layout):
            members.setdefault(file, set()).update(variables)
            yield from ((file, SSD.logicalRecord, record) for record in records)
            yield from ((file, SSI.hasInstanceVariable, variable) for variable in variables)
            yield from _of_structure(graph, file, layout, records)
        yield from _stored(graph, layout)
    yield from _continuous(graph)
    yield from _figures(graph, members)


def follow_rules(graph: Graph) -> Iterator[Triple]:
    """Yield the sub-process of the business process that rules belong to by which variables are derived.

    That is our proposal: DDI names no sub-process. An instruction of DDI-Lifecycle that is none on derivation has none.
    """
    for rule in sorted(set(graph.objects(None, SSD.derivationRule)), key=str):
        if isinstance(rule, URIRef) and (rule, SSD.elementName, _GENERAL) not in graph:
            yield rule, SSL.businessFunction, _DERIVING


def _segments(graph: Graph, layout: URIRef) -> list[URIRef]:
    """Return the record structures that a layout is of: it names one, its segment, or the structure of the whole file."""
    found = []
    for named in iris(graph, layout, SSD.laysOutSegment):
        found += [*iris(graph, None, SSD.recordSegment, named), *iris(graph, named, SSD.recordStructure), named]
    return found


def _records(graph: Graph, layout: URIRef) -> list[URIRef]:
    return sorted({record for item in _segments(graph, layout) for record in iris(graph, item, SSD.ofRecord)})


def _placed(graph: Graph, place: URIRef) -> list[URIRef]:
    return iris(graph, place, SSD.locatedVariable)


def _of_structure(graph: Graph, file: URIRef, layout: URIRef, records: list[URIRef]) -> Iterator[Triple]:
    for segment in _segments(graph, layout):
        for structure in iris(graph, None, SSD.recordStructure, segment):
            for form in graph.objects(structure, SSD.kind):
                yield file, SSD.fileFormat, form
    if len(iris(graph, file, SSD.physicalRecord)) == 1:
        for record in records:
            for count in graph.objects(record, SSD.variableCount):
                yield file, SSD.variableCount, count


def _stored(graph: Graph, layout: URIRef) -> Iterator[Triple]:
    for place in iris(graph, layout, SSD.valueLocation):
        for variable in _placed(graph, place):
            for term in (SSD.storageType, SSD.decimalPositions):
                for value in graph.objects(place, term):
                    yield variable, term, value


def _continuous(graph: Graph) -> Iterator[Triple]:
    for domain in graph.subjects(SSD.kind, Literal("Continuous")):
        for variable in iris(graph, None, SSI.hasSubstantiveValueDomain, domain):
            if (variable, RDF.type, SSI.InstanceVariable) in graph:
                yield variable, SSD.isContinuous, Literal("true", datatype=XSD.boolean)


def _figures(graph: Graph, members: dict[URIRef, set[URIRef]]) -> Iterator[Triple]:
    for holder in iris(graph, None, SSD.elementName, _STATISTICS):
        files = iris(graph, None, SSD.holds, holder)
        for variable in iris(graph, holder, SSD.statisticOf):
            owners = [item for item in files if (item, RDF.type, SSD.DataFile) in graph]
            owners = owners or sorted(file for file, variables in members.items() if variable in variables)
            codes = _codes(graph, variable)
            for figure, value in _held(graph, holder):
                yield figure, SSD.statisticOf, variable
                if flag(graph, figure, SSD.isWeighted):
                    yield from ((figure, SSD.weightVariable, item) for item in iris(graph, holder, SSD.weightVariable))
                yield from ((file, SSD.statistic, figure) for file in owners)
                if value is not None and value in codes:
                    yield figure, SSD.statisticCategory, codes[value]


def _held(graph: Graph, holder: URIRef) -> Iterator[tuple[URIRef, str | None]]:
    for item in iris(graph, holder, SSD.holds):
        if (item, RDF.type, SSD.SummaryStatistic) in graph:
            yield item, None
            continue
        value = text(graph, item, SKOS.notation)
        for figure in iris(graph, item, SSD.holds):
            yield figure, value


def _codes(graph: Graph, variable: URIRef) -> dict[str, URIRef]:
    """Return the codes of a variable by value, also those of its missing values and of the variable that it represents."""
    found: dict[str, URIRef] = {}
    behind = [variable, *iris(graph, variable, SSI.takesMeaningFromRepresentedVariable)]
    for one in behind:
        for term in (SSI.hasSubstantiveValueDomain, SSI.hasSentinelValueDomain):
            for domain in iris(graph, one, term):
                for codelist in iris(graph, domain, SSI.takesValuesFromCodeList):
                    pending = iris(graph, codelist, SSI.containsNode)
                    for code in pending:
                        found.setdefault(text(graph, code, SKOS.notation), code)
                        pending += [item for item in iris(graph, code, SSI.hasChildNode) if item not in pending]
    return found
