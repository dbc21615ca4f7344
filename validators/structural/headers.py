"""Shapes from what the header of a message says of its data: reporting period (DF029), embargo (DF032), sender (DF033).

A header is about one dataset, not about a structure, so that these shapes stand beside those of the structure for the one
dataset. What a header does not say gives rise to no shape.

Source:
    SDMX 2.1 and 3.0, SDMXMessage.xsd, *BaseHeaderType* (ReportingBegin, ReportingEnd, EmbargoDate, Sender);
    SDMXDataStructureSpecific.xsd, *SetAttributeGroup* (reportingBeginDate, reportingEndDate).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta

from rdflib import Graph, Literal, URIRef

from semstat.ontology.terms import QB, RDF, SH, XSD
from semstat.validators.structural.shapes import shapes_base
from semstat.validators.structural.spans import Inexact, Span, inside_pattern, span
from semstat.validators.structural.view import ComponentView, StructureView
from semstat.validators.structural.writer import ShapeWriter

__all__ = ["NOTHING_SAID", "HeaderFacts", "header_shapes"]

_DAY = timedelta(days=1)
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T.*|Z|[+-][0-9]{2}:[0-9]{2})?\Z", re.DOTALL)
_STATUS, _RESTRICTED = "CONF_STATUS", "N"
_AREA = "REF_AREA"
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """What a message says of a dataset beside the data, as written; ``None`` where it says nothing.

    ``begins`` and ``ends`` bound the period that is reported, ``embargo`` is the moment before which nothing may be
    published, ``prepared`` the one when the message was made, ``sender`` the id of who sends it. ``valid_from`` and
    ``valid_to`` bound the time for which the data hold, ``publication_year`` and ``publication_period`` say when they are
    published. ``lines`` tells where a fact stands that does not stand where the dataset begins.
    """

    begins: str | None = None
    ends: str | None = None
    embargo: str | None = None
    prepared: str | None = None
    sender: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    publication_year: str | None = None
    publication_period: str | None = None
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, stated: Mapping[str, str | None], lines: Mapping[str, int] | None = None) -> "HeaderFacts":
        """Return the facts of these names; an empty text states nothing.

        Example:
            >>> HeaderFacts.of({"begins": "2024", "ends": ""}).ends is None
            True
        """
        names = (item.name for item in fields(cls) if item.name != "lines")
        made = cls(*(stated.get(name) or None for name in names))  # type: ignore[arg-type]  # all but the lines
        return replace(made, lines=lines or {})


NOTHING_SAID = HeaderFacts()
"""What data without a header say."""


def header_shapes(view: StructureView, facts: HeaderFacts, areas: Mapping[str, Sequence[str]]) -> Graph:
    """Return the shapes that follow from a header.

    Args:
        view: The structure of the data.
        facts: What the header says.
        areas: The reference areas that each sender may report on; senders that are not in it may report on any.
    """
    writer = ShapeWriter(Graph(), shapes_base(view))
    if view.time is not None and (facts.begins or facts.ends):
        _reported(writer, view, view.time, facts)
    status = view.of(_STATUS)
    if status is not None and facts.embargo and not _is_over(facts):
        _restricted(writer, status, facts.embargo)
    area = view.of(_AREA)
    if area is not None and facts.sender in areas:
        _own(writer, area, facts.sender or "", areas[facts.sender or ""])
    return writer.graph


def _is_over(facts: HeaderFacts) -> bool:
    """An embargo that ended before the message was made restricts nothing; no clock is looked at."""
    return facts.prepared is not None and (facts.embargo or "")[:19] <= facts.prepared[:19]


def _reported(writer: ShapeWriter, view: StructureView, time: ComponentView, facts: HeaderFacts) -> None:
    """State that no period lies before or after what is reported; one that reaches over an end is no contradiction."""
    try:
        if view.of("REPORTING_YEAR_START_DAY") is not None:
            raise Inexact("the days of a reporting year are in the data, as REPORTING_YEAR_START_DAY")
        days = span(_day(facts.begins), _day(facts.ends))
    except Inexact as reason:
        writer.unstated("DF029", f"{time.id}/reported", f"the reporting period of the header is not checked: {reason}")
        return
    bounds = (("from", facts.begins), ("to", facts.ends))
    expected = (
        f"a period in what the header says is reported, {' '.join(f'{word} {day}' for word, day in bounds if day)}"
    )
    outside = []
    if days.first is not None:
        outside.append(("before", Span(None, days.first - _DAY)))
    if days.last is not None:
        outside.append(("after", Span(days.last + _DAY, None)))
    for name, other in outside:
        message = f"No `{time.id}` lies {name} the period that the header says is reported."
        iri = writer.about("DF029", time, message, expected, suffix=f"/{name}")
        writer.add(iri, SH.targetClass, QB.Observation)
        node = URIRef(f"{iri}#outside")
        writer.add(iri, SH["not"], node)
        writer.add(node, RDF.type, SH.NodeShape)
        writer.add(node, SH.property, URIRef(f"{node}-value"))
        writer.add(URIRef(f"{node}-value"), SH.path, time.iri)
        writer.add(URIRef(f"{node}-value"), SH.pattern, Literal(inside_pattern(other)))
        writer.add(URIRef(f"{node}-value"), SH.minCount, Literal("1", datatype=XSD.integer))


def _day(text: str | None) -> str | None:
    """Return a moment as its day, a period as it stands."""
    moment = _MOMENT.match(text) if text else None
    return moment[1] if moment else text or None


def _restricted(writer: ShapeWriter, status: ComponentView, embargo: str) -> None:
    if status.codes is not None and _RESTRICTED not in status.codes:
        reason = f"the code list of {_STATUS} has no code {_RESTRICTED}"
        writer.unstated("DF032", f"{status.id}/embargo", f"the embargo of the header is not checked: {reason}")
        return
    expected = f"{_RESTRICTED}, since the header states an embargo until {embargo}"
    message = f"`{status.id}` is {_RESTRICTED}, not for publication, while an embargo holds."
    iri = writer.shape("DF032", f"{status.id}/embargo", kind=SH.PropertyShape, message=message, expected=expected)
    writer.add(iri, SH.path, status.iri)
    writer.add(iri, SH.targetClass, QB.Observation)
    writer.add(iri, SH.minCount, Literal("1", datatype=XSD.integer))
    writer.listed(iri, SH["in"], [Literal(_RESTRICTED)])


def _own(writer: ShapeWriter, area: ComponentView, sender: str, codes: Sequence[str]) -> None:
    shown = ", ".join(codes[:_SHOWN]) + (" …" if len(codes) > _SHOWN else "")
    expected = f"an area of the sender {sender}: {shown}"
    message = f"The sender {sender} reports on the areas {shown}."
    iri = writer.shape("DF033", f"{area.id}/sender", kind=SH.PropertyShape, message=message, expected=expected)
    writer.add(iri, SH.path, area.iri)
    writer.add(iri, SH.targetClass, QB.Observation)
    writer.listed(iri, SH["in"], (Literal(code) for code in codes))
