"""Files in the shape of DDI-Lifecycle: records in data relationships, physical structures, layouts, and statistics by variable."""

import re
from collections import Counter
from urllib.parse import quote

from rdflib import Graph, Literal, URIRef

from semstat.interop.formats.ddi.ledger import Ledger
from semstat.ontology.access import iris, number, text
from semstat.ontology.ddi_iri import iri_to_ddi_urn, parse_ddi_urn
from semstat.ontology.iri import part_of
from semstat.ontology.terms import RDF, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["shape_files"]

_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


def shape_files(ledger: Ledger) -> None:
    """Give each file the physical chain and the statistics that DDI-Lifecycle has for it.

    Findings:
        ``DDI080`` for figures that are no decimal numbers, which the schema asks for.
    """
    graph = ledger.graph
    for file in iris(graph, None, RDF.type, SSD.DataFile):
        if not list(graph.objects(file, SSD.fileUri)):
            for name in list(graph.objects(file, SSD.fileName)):
                graph.add((file, SSD.fileUri, Literal(quote(str(name)))))
        _chain(ledger, file)
        _statistics(ledger, file)


def _beside(iri: URIRef, word: str) -> URIRef:
    """Return the name of something that belongs to a named thing."""
    head, _, version = str(iri).rpartition("/")
    return URIRef(f"{head}-{word}/{version}")


def _artefact(graph: Graph, iri: URIRef, element: str) -> None:
    graph.add((iri, RDF.type, SS.IdentifiableArtefact))
    graph.add((iri, SSD.elementName, Literal(element)))
    _named(graph, iri)


def _named(graph: Graph, iri: URIRef) -> None:
    name = parse_ddi_urn(iri_to_ddi_urn(str(iri)) or "") if "#" not in iri else None
    if name is not None:
        for term, value in ((SS.urn, name.urn), (SS.identifier, name.id), (SS.version, name.version)):
            graph.add((iri, term, Literal(value)))


def _chain(ledger: Ledger, file: URIRef) -> None:
    graph = ledger.graph
    relation = _beside(file, "relationship")
    _artefact(graph, relation, "l:DataRelationship")
    layouts = sorted(iris(graph, file, SSD.physicalRecord), key=lambda item: number(graph, item, SS.position) or 0)
    counts = list(graph.objects(file, SSD.variableCount)) if len(layouts) == 1 else []
    for place, layout in enumerate(layouts, 1):
        structure, gross = _beside(file, f"structure-{place}"), _beside(file, f"records-{place}")
        segment = _beside(file, f"segment-{place}")
        _artefact(graph, structure, "p:PhysicalStructure")
        for form in graph.objects(file, SSD.fileFormat):
            graph.add((structure, SSD.kind, form))
        graph.add((gross, RDF.type, SSD.RecordStructure))
        _named(graph, gross)
        _artefact(graph, segment, "p:PhysicalRecordSegment")
        graph.add((structure, SSD.recordStructure, gross))
        graph.add((gross, SSD.recordSegment, segment))
        graph.add((layout, SSD.laysOutSegment, structure))
        for record in iris(graph, layout, SSD.laysOut):
            graph.add((gross, SSD.ofRecord, record))
            graph.add((relation, SSD.holds, record))
            for count in counts:
                graph.add((record, SSD.variableCount, count))
                ledger.taken.add((file, SSD.variableCount))
            _members(ledger, layout, record)
            for link in iris(graph, None, SSI.hasSourceLogicalRecord, record):
                graph.add((relation, SSD.holds, link))


def _members(ledger: Ledger, layout: URIRef, record: URIRef) -> None:
    """State which variables a record has, and at their places how they are stored and with how many decimals."""
    graph = ledger.graph
    for place in iris(graph, layout, SSD.valueLocation):
        for variable in iris(graph, place, SSD.locatedVariable):
            graph.add((record, SSI.hasInstanceVariable, variable))
            for term in (SSD.storageType, SSD.decimalPositions):
                ledger.taken.add((variable, term))
                for value in graph.objects(variable, term):
                    graph.add((place, term, value))


def _statistics(ledger: Ledger, file: URIRef) -> None:
    graph = ledger.graph
    left: Counter[str] = Counter()
    places: Counter[URIRef] = Counter()
    for figure in sorted(iris(graph, file, SSD.statistic), key=ledger.place):
        value = text(graph, figure, SSD.statisticValue)
        if _DECIMAL.fullmatch(value) is None:
            left[value] += 1
            _forgotten(graph, file, figure)
            continue
        for variable in iris(graph, figure, SSD.statisticOf):
            _into(graph, file, variable, figure, places)
    for value, count in left.items():
        ledger.lose(
            "DDI080",
            f"the `statisticValue` `{value}` is no decimal number, and not written",
            file,
            value=value,
            count=count,
        )


def _forgotten(graph: Graph, file: URIRef, figure: URIRef) -> None:
    graph.remove((file, SSD.statistic, figure))
    for term in list(graph.predicates(figure)):
        graph.remove((figure, term, None))


def _into(graph: Graph, file: URIRef, variable: URIRef, figure: URIRef, places: Counter[URIRef]) -> None:
    """Put a figure into the statistics of its variable, those of one category together."""
    holder = _beside(variable, "statistics")
    if (holder, RDF.type, None) not in graph:
        _artefact(graph, holder, "pi:VariableStatistics")
        graph.add((holder, SSD.statisticOf, variable))
        graph.add((file, SSD.holds, holder))
        places[file] += 1
        graph.add((holder, SS.position, Literal(places[file])))
    for weight in graph.objects(figure, SSD.weightVariable):
        graph.add((holder, SSD.weightVariable, weight))
    code = next(iter(iris(graph, figure, SSD.statisticCategory)), None)
    if code is None:
        _placed(graph, holder, figure, places)
        return
    category = part_of(holder, "category", number(graph, code, SS.position) or 0)
    if (category, RDF.type, None) not in graph:
        _artefact(graph, category, "pi:VariableCategory")
        graph.add((category, SKOS.notation, Literal(text(graph, code, SKOS.notation))))
        graph.add((category, SS.position, Literal(number(graph, code, SS.position) or 0)))
        graph.add((holder, SSD.holds, category))
    _placed(graph, category, figure, places)


def _placed(graph: Graph, holder: URIRef, figure: URIRef, places: Counter[URIRef]) -> None:
    graph.add((holder, SSD.holds, figure))
    places[holder] += 1
    graph.add((figure, SS.position, Literal(places[holder])))
