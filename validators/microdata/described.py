"""From the hub graph to described files: the only module that knows how the graph says what a data file must be like."""

from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.term import Literal

from semstat.ontology.access import flag, iris, number, text
from semstat.ontology.terms import RDF, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD
from semstat.validators.microdata.described_files import (
    DescribedCode,
    DescribedFile,
    DescribedRecord,
    DescribedVariable,
    RecordLink,
    StatedRange,
    StatedStatistic,
)
from semstat.validators.microdata.described_rules import derivations_of, filters_of, universes_of

__all__ = ["concluded_meanings", "described_files", "record_links"]


def described_files(graph: Graph) -> tuple[DescribedFile, ...]:
    """Return every data file that a graph describes, in the order of their positions, then of their identifiers."""
    files = iris(graph, None, RDF.type, SSD.DataFile)
    return tuple(
        _file(graph, iri) for iri in sorted(files, key=lambda iri: (number(graph, iri, SS.position) or 0, iri))
    )


def concluded_meanings(graph: Graph) -> dict[URIRef, URIRef]:
    """Return the represented variables that were concluded from names and labels, with the conceptual ones behind them."""
    return {
        iri: next(iter(iris(graph, iri, SSI.takesMeaningFromConceptualVariable)), iri)
        for iri in iris(graph, None, RDF.type, SSI.RepresentedVariable)
        if flag(graph, iri, SSD.isInferred)
    }


def record_links(graph: Graph) -> tuple[RecordLink, ...]:
    """Return how records of one kind refer to those of another; both sides name the linking variables alike.

    A relation of which no linking variable is stated has none.
    """
    found = []
    for iri in iris(graph, None, RDF.type, SSI.RecordRelationship):
        source = next(iter(iris(graph, iri, SSI.hasSourceLogicalRecord)), None)
        target = next(iter(iris(graph, iri, SSI.hasTargetLogicalRecord)), None)
        names = tuple(_name(graph, item) for item in iris(graph, iri, SSD.linkVariable))
        if source is not None and target is not None:
            found.append(RecordLink(iri, source, target, names, names))
    return tuple(found)


def _file(graph: Graph, iri: URIRef) -> DescribedFile:
    figures: dict[URIRef, list[StatedStatistic]] = {}
    for figure in iris(graph, iri, SSD.statistic):
        for variable in iris(graph, figure, SSD.statisticOf):
            figures.setdefault(variable, []).append(_statistic(graph, figure))
    layouts = sorted(
        iris(graph, iri, SSD.physicalRecord), key=lambda item: (number(graph, item, SS.position) or 0, item)
    )
    return DescribedFile(
        iri,
        text(graph, iri, SS.identifier),
        text(graph, iri, SSD.fileName) or None,
        text(graph, iri, SSD.fileUri) or None,
        text(graph, iri, SSD.fileFormat) or None,
        number(graph, iri, SSD.caseCount),
        number(graph, iri, SSD.variableCount),
        text(graph, iri, SSD.fingerprint) or None,
        tuple(_record(graph, layout, figures) for layout in layouts),
    )


def _record(graph: Graph, layout: URIRef, figures: dict[URIRef, list[StatedStatistic]]) -> DescribedRecord:
    record = next(iter(iris(graph, layout, SSD.laysOut)), layout)
    places = iris(graph, layout, SSD.valueLocation)
    places.sort(key=lambda place: (number(graph, place, SS.position) or 0, place))
    key = sorted(
        iris(graph, record, SSD.caseIdentifier),
        key=lambda item: next(
            (at for at, place in enumerate(places) if item in graph.objects(place, SSD.locatedVariable)), 0
        ),
    )
    return DescribedRecord(
        record,
        tuple(_variable(graph, place, at, figures) for at, place in enumerate(places, 1)),
        tuple(_name(graph, item) for item in key),
        text(graph, record, SSD.recordType) or None,
        number(graph, layout, SSD.recordLength),
        number(graph, layout, SSD.recordTypeStart),
        number(graph, layout, SSD.recordTypeWidth),
    )


def _variable(graph: Graph, place: URIRef, at: int, figures: dict[URIRef, list[StatedStatistic]]) -> DescribedVariable:
    iri = next(iter(iris(graph, place, SSD.locatedVariable)), place)
    domains = iris(graph, iri, SSI.hasSubstantiveValueDomain)
    sentinels = iris(graph, iri, SSI.hasSentinelValueDomain)
    weight = next(iter(iris(graph, iri, SSD.weightVariable)), None)
    return DescribedVariable(
        iri,
        _name(graph, iri),
        number(graph, place, SS.position) or at,
        _labels(graph, iri),
        next(
            (
                text(graph, item, SSD.representationType)
                for item in domains
                if text(graph, item, SSD.representationType)
            ),
            None,
        ),
        text(graph, iri, SSD.storageType) or None,
        next(
            (found for item in (*domains, iri) if (found := number(graph, item, SSD.decimalPositions)) is not None),
            None,
        ),
        number(graph, place, SSD.startPosition),
        number(graph, place, SSD.endPosition),
        number(graph, place, SSD.width),
        number(graph, place, SSD.segment),
        tuple(_codes(graph, [*domains, *sentinels])),
        tuple(_ranges(graph, [*domains, iri])),
        tuple(_ranges(graph, sentinels)),
        tuple(sorted(figures.get(iri, ()), key=lambda item: item.iri)),
        flag(graph, iri, SSD.isWeight),
        _name(graph, weight) if weight is not None else None,
        universes_of(graph, iri),
        filters_of(graph, iri),
        derivations_of(graph, iri),
        next(iter(iris(graph, iri, SSI.takesMeaningFromRepresentedVariable)), None),
        bool(text(graph, iri, SSD.variableName)),
    )


def _name(graph: Graph, variable: URIRef) -> str:
    return text(graph, variable, SSD.variableName) or text(graph, variable, SS.identifier)


def _labels(graph: Graph, node: URIRef) -> tuple[tuple[str, str | None], ...]:
    found = [item for item in graph.objects(node, SKOS.prefLabel) if isinstance(item, Literal)]
    found += [item for item in graph.objects(node, SKOS.altLabel) if isinstance(item, Literal)]
    return tuple(
        (str(item), item.language) for item in sorted(found, key=lambda item: (item.language or "", str(item)))
    )


def _codes(graph: Graph, domains: list[URIRef]) -> Iterator[DescribedCode]:
    for domain in domains:
        for codelist in iris(graph, domain, SSI.takesValuesFromCodeList):
            items = iris(graph, codelist, SSI.containsNode)
            for code in sorted(items, key=lambda item: (number(graph, item, SS.position) or 0, item)):
                missing = flag(graph, code, SSD.isMissing)
                yield DescribedCode(code, text(graph, code, SKOS.notation), _labels(graph, code), missing)


def _ranges(graph: Graph, holders: list[URIRef]) -> Iterator[StatedRange]:
    for holder in holders:
        ranges = iris(graph, holder, SSD.valueRange)
        for item in sorted(ranges, key=lambda item: (number(graph, item, SS.position) or 0, item)):
            yield StatedRange(
                text(graph, item, SSD.lowValue) or None,
                text(graph, item, SSD.highValue) or None,
                flag(graph, item, SSD.lowIsIncluded, default=True),
                flag(graph, item, SSD.highIsIncluded, default=True),
            )


def _statistic(graph: Graph, figure: URIRef) -> StatedStatistic:
    code = next(iter(iris(graph, figure, SSD.statisticCategory)), None)
    weight = next(iter(iris(graph, figure, SSD.weightVariable)), None)
    return StatedStatistic(
        figure,
        text(graph, figure, SSD.statisticType),
        text(graph, figure, SSD.statisticValue),
        text(graph, code, SKOS.notation) if code is not None else None,
        flag(graph, figure, SSD.isWeighted),
        _name(graph, weight) if weight is not None else None,
    )
