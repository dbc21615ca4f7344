"""Shapes of series: no gaps in time (DF020), each in one place (DF022), and a status that agrees with the value (DF021)."""

from rdflib import Literal, URIRef

from semstat.ontology.terms import QB, RDF, SH, SSC, SST, XSD
from semstat.validators.diagnostics import Severity
from semstat.validators.observations import NOT_A_NUMBER, NOT_AVAILABLE
from semstat.validators.structural.components import marker, parameters
from semstat.validators.structural.periods import counted_pattern
from semstat.validators.structural.reporting_years import START_DAY
from semstat.validators.structural.sequence import COUNTED
from semstat.validators.structural.series_components import (
    CONTINUOUS_REPORTING,
    CONTINUOUS_SERIES,
    SERIES_ONCE,
    SERIES_TOGETHER,
    declare_continuous_reporting,
    declare_continuous_series,
    declare_whole_series,
)
from semstat.validators.structural.view import ComponentView, StructureView
from semstat.validators.structural.writer import ShapeWriter

__all__ = ["MISSING_STATUSES", "series_shapes", "status_shapes"]

MISSING_STATUSES = ("H", "L", "M", "O", "Q")
"""Codes of the cross-domain list CL_OBS_STATUS that say that there is no value: holiday or weekend, not collected, cannot
exist, missing, suppressed."""

_STATUS, _STATUS_LIST = "OBS_STATUS", "CL_OBS_STATUS"


def series_shapes(writer: ShapeWriter, view: StructureView) -> None:
    """State that series have no gaps and stand in one place; nothing where there is no time dimension."""
    time = view.time
    series = [item.iri for item in view.dimensions if item.role != "time"]
    if time is None or not series:
        return
    _continuous(writer, view, time, series)
    declare_whole_series(writer.graph, len(series))
    for stem, severity, message in (
        (SERIES_ONCE, Severity.WARNING, "A series has one element in a message."),
        (SERIES_TOGETHER, Severity.INFO, "The records of a series stand together."),
    ):
        name, expected = f"series/{stem}", "the observations of a series in one place"
        iri = writer.shape("DF022", name, kind=SH.NodeShape, message=message, expected=expected, severity=severity)
        _on_series(writer, iri, stem, series)


def _continuous(writer: ShapeWriter, view: StructureView, time: ComponentView, series: list[URIRef]) -> None:
    frequency = view.frequency
    if frequency is None:
        return
    start = view.of(START_DAY)
    declare_continuous_series(writer.graph, len(series))
    if start is not None:
        declare_continuous_reporting(writer.graph, len(series))
    for code in COUNTED:
        if frequency.codes is not None and code not in frequency.codes:
            continue
        message = f"A series whose `{frequency.id}` is {code} has no gap between its first and its last period."
        expected = "an observation for every period between the first and the last"
        name, severity = f"{time.id}/{code}", Severity.INFO if code in _BY_WORK_AND_CLOCK else None
        iri = writer.shape("DF020", name, kind=SH.NodeShape, message=message, expected=expected, severity=severity)
        counted = start is not None and code in _FROM_START
        _on_series(writer, iri, CONTINUOUS_REPORTING if counted else CONTINUOUS_SERIES, series)
        if start is not None and counted:
            writer.add(iri, SSC.startDayAttribute, start.iri)
        writer.add(iri, SSC.periodDimension, time.iri)
        writer.add(iri, SSC.frequencyDimension, frequency.iri)
        writer.add(iri, SSC.frequency, Literal(code))
        writer.add(iri, SSC.countedPattern, Literal(counted_pattern(code, shifted_year=start is not None)))


_FROM_START = frozenset({"W", "D", "B"})
"""Frequencies with periods that are counted from the day on which the reporting year begins: weeks and days."""

_BY_WORK_AND_CLOCK = frozenset({"B", "H", "N"})
"""Frequencies whose series may lack a period for a reason that no structure states: a holiday, the change to summer time."""


def _on_series(writer: ShapeWriter, iri: URIRef, stem: str, series: list[URIRef]) -> None:
    writer.add(iri, SH.targetClass, QB.DataSet)
    writer.add(iri, marker(stem, len(series)), Literal("true", datatype=XSD.boolean))
    for parameter, dimension in parameters(series):
        writer.add(iri, parameter, dimension)


def status_shapes(writer: ShapeWriter, view: StructureView) -> None:
    """State that a value is there unless the status says that it is missing, and then is not (DF021).

    The statuses are those of the shape's lists, which may be changed; by default those of :data:`MISSING_STATUSES` that the
    structure's list has, provided that it is called as the cross-domain list is.
    """
    status, value = view.of(_STATUS), view.primary_measure
    if status is None or value is None or f"/{_STATUS_LIST}/" not in f"{status.codelist}/":
        return
    if status.codes is None:
        reason = f"the code list {status.list_name} is not at hand"
        writer.unstated("DF021", f"{value.id}/status", reason, value.iri)
        return
    missing = [code for code in MISSING_STATUSES if code in status.codes]
    if not missing:
        return
    listed = f"{status.id} {' or '.join(missing)}"
    message = f"`{value.id}` is absent where `{status.id}` says that it is missing."
    iri = writer.about("DF021", value, message, f"no value with {listed}", suffix="/present")
    writer.add(iri, SH.targetClass, QB.Observation)
    other = _with(writer, iri, "other", status)
    writer.add(other, SH["not"], _listing(writer, iri, "missing", missing))
    blank = _with(writer, iri, "blank", value)
    writer.listed(blank, SH["in"], _marks(value))
    writer.listed(iri, SH["or"], [_node(writer, iri, "other"), _node(writer, iri, "blank")])
    message = f"`{value.id}` has a value unless `{status.id}` says that it is missing."
    iri = writer.about("DF021", value, message, f"a value, or {listed}", suffix="/absent")
    writer.add(iri, SH.targetClass, QB.Observation)
    there = _with(writer, iri, "there", value, present=not value.mandatory)
    writer.add(there, SH["not"], _listing(writer, iri, "marks", _marks(value)))
    stated = _with(writer, iri, "stated", status, present=True)
    writer.listed(stated, SH["in"], (Literal(code) for code in missing))
    update = writer.of_class(SST.ObservationUpdate)
    writer.listed(iri, SH["or"], [update, _node(writer, iri, "there"), _node(writer, iri, "stated")])


def _marks(value: ComponentView) -> list[Literal]:
    floating = {"Double": XSD.double, "Float": XSD.float}.get(value.text_type or "")
    return [Literal(NOT_AVAILABLE), *([Literal(NOT_A_NUMBER, datatype=floating)] if floating else [])]


def _node(writer: ShapeWriter, shape: URIRef, name: str) -> URIRef:
    return URIRef(f"{shape}#{name}")


def _with(writer: ShapeWriter, shape: URIRef, name: str, component: ComponentView, *, present: bool = False) -> URIRef:
    """Add a node shape with one property shape on a component, and return the latter."""
    node, inner = _node(writer, shape, name), URIRef(f"{shape}#{name}-value")
    writer.add(node, RDF.type, SH.NodeShape)
    writer.add(node, SH.property, inner)
    writer.add(inner, SH.path, component.iri)
    if present:
        writer.add(inner, SH.minCount, Literal("1", datatype=XSD.integer))
    return inner


def _listing(writer: ShapeWriter, shape: URIRef, name: str, members: list[Literal] | list[str]) -> URIRef:
    node = _node(writer, shape, name)
    writer.add(node, RDF.type, SH.NodeShape)
    writer.listed(node, SH["in"], (item if isinstance(item, Literal) else Literal(item) for item in members))
    return node
