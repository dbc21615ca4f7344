"""The verdict on data, kept in a catalogue: a report with its findings by rule, and how many there were of each severity.

A verdict is a file in the folder ``verdicts`` of the catalogue, or, where that is behind an endpoint, of the one that paths of
sources begin in, so that it can be built again and put under version control: the
same verdict gives the same text. Its day is the one that the data state, or that the caller names; there is no clock behind it.

Source:
    SHACL, 3.6 Validation Report; W3C Data Quality Vocabulary (2016), *QualityMeasurement*.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import Graph, Literal, URIRef

from semstat.interop.catalogue.records import graph_of, source_name, source_path
from semstat.interop.registry import known_formats
from semstat.interop.writing import write_text
from semstat.ontology.iri import part_of
from semstat.ontology.terms import BASE, DCTERMS, PROV, RDF, RDFS, RULE, SH, XSD
from semstat.ontology.terms_governance import SSG
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD
from semstat.ontology.turtle import canonical
from semstat.validators.diagnostics import Report, Severity, Total, Verdict
from semstat.validators.rules import catalogue as rules

if TYPE_CHECKING:
    from semstat.interop.catalogue.backends import Backend, State
    from semstat.interop.options import MicrodataOptions

__all__ = ["RecordedVerdict", "record_verdict", "structure_paths"]

_FOLDER = "verdicts"
_SEVERITIES = {Severity.ERROR: SH.Violation, Severity.WARNING: SH.Warning, Severity.INFO: SH.Info}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MEASURE = BASE + "quality/findings/"


@dataclass(frozen=True, slots=True)
class RecordedVerdict:
    """What became of the verdict on one source: the file that holds it, ``None`` where the catalogue knows no dataset of it."""

    source: str
    file: str | None


def structure_paths(catalogue: "Backend") -> tuple[str, ...]:
    """Return the files of a catalogue that data can be judged by: structures of SDMX, documentation in DDI."""
    kinds = {entry.name: entry.kind for entry in known_formats() if entry.name.startswith(("sdmx-", "ddi-"))}
    names = [item.name for item in catalogue.sources() if kinds.get(item.format) == "structure"]
    return tuple(source_path(name, catalogue.folder) for name in names)


def record_verdict(
    catalogue: "Backend", report: Report, *, day: str | None = None, microdata: "MicrodataOptions | None" = None
) -> tuple[RecordedVerdict, ...]:
    """Load the data that a report is about into a catalogue, and with them the verdict.

    Args:
        catalogue: Where to keep it.
        report: The verdict on data that lie in files.
        day: The day of the verdict, as ``2026-01-31``; by default the one on which the data say that they were prepared.
        microdata: How microdata were read for the verdict.

    Raises:
        CatalogueBusy: somebody else is writing.
        EndpointFailed: the endpoint does not answer, or does not take changes.
    """
    paths = sorted({item.source for item in report.datasets if item.source != "-"})
    if not paths:
        return ()
    catalogue.load(paths, microdata=microdata)
    written: list[str] = []
    found = []
    with catalogue.snapshot() as snapshot:
        for path in paths:
            name = source_name(path, catalogue.folder)
            datasets = _datasets(snapshot, name)
            if not datasets:
                found.append(RecordedVerdict(path, None))
                continue
            file = catalogue.folder / _FOLDER / (graph_of(name).partition("/source/")[2] + ".ttl")
            file.parent.mkdir(parents=True, exist_ok=True)
            stated = day or _prepared(snapshot, datasets)
            write_text(file, canonical(_statements(report, path, graph_of(name), _columns(snapshot, datasets), stated)))
            written.append(str(file))
            found.append(RecordedVerdict(path, str(file)))
    if written:
        catalogue.load(written)
    return tuple(found)


def _statements(report: Report, path: str, graph: str, datasets: "Columns", day: str | None) -> Graph:
    """Return a verdict as statements: the report, its results by rule and component, the counts by severity."""
    found = Graph()
    iri = URIRef(f"{BASE}{_FOLDER}/{graph.partition('/source/')[2]}")
    totals = sorted(
        (item for item in report.totals if item.source == path and not item.known),
        key=lambda item: (item.rule, item.component or "", item.severity.rank),
    )
    fails = any(item.severity.rank >= report.fail_on.rank for item in totals)
    conforms = not fails and report.verdict in {Verdict.PASS, Verdict.FAIL}
    found.add((iri, RDF.type, SH.ValidationReport))
    found.add((iri, SH.conforms, Literal(conforms)))
    if report.verdict in {Verdict.INCOMPLETE, Verdict.UNREADABLE}:
        found.add((iri, DCTERMS.description, Literal(f"the verdict is {report.verdict.value}", lang="en")))
    date = Literal(day, datatype=XSD.date) if day else None
    if date is not None:
        found.add((iri, DCTERMS.date, date))
    for dataset in datasets:
        found.add((iri, PROV.used, dataset))
    for number, total in enumerate(totals, start=1):
        result = part_of(iri, "result", number)
        found.add((iri, SH.result, result))
        for predicate, value in _result(report, path, total, datasets):
            found.add((result, predicate, value))
    for severity in _SEVERITIES:
        number = sum(total.findings for total in totals if total.severity is severity)
        _measured(found, iri, severity.value, number, datasets, date)
    return found


def _result(report: Report, path: str, total: Total, datasets: "Columns") -> Iterator[tuple[URIRef, URIRef | Literal]]:
    """Yield what is said of the findings by one rule on one component."""
    first = next(
        (
            item.message
            for item in report.diagnostics
            if (item.rule, item.location.source, item.severity) == (total.rule, path, total.severity)
            and (total.component is None or item.location.path in {None, total.component})
        ),
        rules()[total.rule].statement,
    )
    dataset, columns = next(iter(datasets.items()))
    focus = columns.get(total.component, part_of(dataset, total.component)) if total.component else dataset
    more = f" ({total.findings} findings)" if total.findings > 1 else ""
    yield RDF.type, SH.ValidationResult
    yield SH.sourceShape, RULE[total.rule]
    yield SH.resultSeverity, _SEVERITIES[total.severity]
    yield SH.focusNode, focus
    yield SH.resultMessage, Literal(f"{total.rule} {rules()[total.rule].name}: {first}{more}", lang="en")


def _measured(found: Graph, iri: URIRef, name: str, number: int, datasets: "Columns", date: Literal | None) -> None:
    """Add how many findings there are of a severity, as a measurement of quality."""
    measurement, measure = part_of(iri, f"{name}s"), URIRef(f"{_MEASURE}{name}s")
    found.add((measurement, RDF.type, SSG.QualityMeasurement))
    found.add((measurement, SSG.ofMeasure, measure))
    found.add((measurement, SSG.measuredValue, Literal(number)))
    for dataset in datasets:
        found.add((measurement, SSG.computedOn, dataset))
    if date is not None:
        found.add((measurement, SSG.measuredOn, date))
    found.add((measure, RDF.type, SSG.QualityMeasure))
    found.add((measure, RDFS.label, Literal(f"number of findings of the severity {name}", lang="en")))


def _datasets(snapshot: "State", name: str) -> tuple[URIRef, ...]:
    import pyoxigraph as ox

    pattern = ox.NamedNode(str(RDF.type)), ox.NamedNode(str(SSI.DataSet)), ox.NamedNode(graph_of(name))
    quads = snapshot.store.quads_for_pattern(None, *pattern)
    return tuple(sorted(URIRef(quad.subject.value) for quad in quads if isinstance(quad.subject, ox.NamedNode)))


Columns = Mapping[URIRef, Mapping[str, URIRef]]
"""By dataset, its columns by their names."""


def _columns(snapshot: "State", datasets: Iterable[URIRef]) -> Columns:
    import pyoxigraph as ox

    has, called = ox.NamedNode(SSL.instanceVariable), ox.NamedNode(SSD.variableName)
    found: dict[URIRef, dict[str, URIRef]] = {}
    for dataset in datasets:
        columns = [quad.object for quad in snapshot.store.quads_for_pattern(ox.NamedNode(dataset), has, None, None)]
        found[dataset] = {
            quad.object.value: URIRef(column.value)
            for column in sorted((item for item in columns if isinstance(item, ox.NamedNode)), key=str, reverse=True)
            for quad in snapshot.store.quads_for_pattern(column, called, None, None)
            if isinstance(quad.object, ox.Literal)
        }
    return found


def _prepared(snapshot: "State", datasets: tuple[URIRef, ...]) -> str | None:
    """Return the day on which data say that they were prepared."""
    import pyoxigraph as ox

    created = ox.NamedNode(str(DCTERMS.created))
    stated = [
        quad.object.value
        for one in datasets
        for quad in snapshot.store.quads_for_pattern(ox.NamedNode(one), created, None, None)
        if isinstance(quad.object, ox.Literal)
    ]
    return min((found[0] for text in stated if (found := _DAY.match(text))), default=None)
