"""Shapes of the facets that order values: sequences of numbers, sequences of periods, and bounds in time (DF006).

What the facets do not say in full, or what has no exact expression, becomes a deactivated shape with the reason.

Source:
    SDMX 3.0, Section 2 (Information Model), facets *isSequence*, *interval*, *timeInterval*, *startTime* and *endTime*.
"""

from collections.abc import Mapping
from decimal import Decimal

from rdflib import Literal

from semstat.ontology.terms import SH
from semstat.validators.structural.datatypes import TextType
from semstat.validators.structural.facet_table import is_sequence, number_of
from semstat.validators.structural.periods import PERIOD_TYPES
from semstat.validators.structural.progressions import (
    Endless,
    is_listed,
    number_sequence_pattern,
    period_sequence_pattern,
)
from semstat.validators.structural.spans import Inexact, Span, inside_pattern, span
from semstat.validators.structural.view import ComponentView
from semstat.validators.structural.writer import ShapeWriter

__all__ = ["is_listed_sequence", "sequence_shapes"]


class _Unsaid(ValueError):
    """The facets do not say enough; the text says what is missing."""


def sequence_shapes(writer: ShapeWriter, component: ComponentView, kind: TextType, *, shifted: bool) -> None:
    """State the facets that order values; ``shifted``: the reporting year may begin on any day."""
    facets = component.facets
    for name in (name for name in ("interval", "timeInterval") if name in facets):
        try:
            pattern, expected = (
                _numbers(component, kind) if name == "interval" else _periods(component, kind, shifted=shifted)
            )
        except (_Unsaid, Endless, Inexact) as reason:
            writer.unheld("DF006", component, name, str(reason))
            continue
        _state(writer, component, name, pattern, expected)
    bounds = [name for name in ("startTime", "endTime") if name in facets]
    if bounds:
        try:
            pattern = _inside(_span(component, kind, shifted=shifted), kind)
        except (_Unsaid, Inexact) as reason:
            for name in bounds:
                writer.unheld("DF006", component, name, str(reason))
            return
        words = {"startTime": "not before", "endTime": "not after"}
        expected = " and ".join(f"{words[name]} {facets[name]}" for name in bounds)
        _state(writer, component, "timeRange", pattern, f"a period {expected}")


def _state(writer: ShapeWriter, component: ComponentView, name: str, pattern: str, expected: str) -> None:
    iri = writer.on_form("DF006", component, f"`{component.id}` is {expected}.", expected, suffix=f"/{name}")
    writer.add(iri, SH.pattern, Literal(pattern))


def _numbers(component: ComponentView, kind: TextType) -> tuple[str, str]:
    facets = component.facets
    if not is_sequence(component.facets, kind):
        raise _Unsaid("isSequence does not say that the values are a sequence")
    if kind.family != "number":
        raise _Unsaid(f"values of type {kind.name} are not exact decimals")
    start, interval = _decimal(facets, "startValue"), _decimal(facets, "interval")
    if start is None or interval is None:
        raise _Unsaid("no startValue says where the sequence begins")
    end = _decimal(facets, "endValue")
    until = "" if end is None else f" to {end}"
    return number_sequence_pattern(start, interval, end), f"on the sequence from {start}{until} in steps of {interval}"


def is_listed_sequence(component: ComponentView, kind: TextType) -> bool:
    """Return whether the values are those of a list from startValue to endValue, so that these need no shape of their own."""
    try:
        _numbers(component, kind)
        bounds = [_decimal(component.facets, name) for name in ("startValue", "interval", "endValue")]
    except (_Unsaid, Endless):
        return False
    start, interval, end = bounds
    return start is not None and interval is not None and end is not None and is_listed(start, interval, end)


def _decimal(facets: Mapping[str, str], name: str) -> Decimal | None:
    return number_of(facets.get(name, ""))


def _periods(component: ComponentView, kind: TextType, *, shifted: bool) -> tuple[str, str]:
    if not is_sequence(component.facets, kind):
        raise _Unsaid("isSequence does not say that the values are a sequence")
    days, facets = _span(component, kind, shifted=shifted), component.facets
    if days.first is None or days.last is None:
        raise _Unsaid("without startTime and endTime the sequence cannot be listed")
    expected = f"one that begins on the sequence from {facets['startTime']} in steps of {facets['timeInterval']}"
    return period_sequence_pattern(days.first, facets["timeInterval"], days.last), expected


def _inside(days: Span, kind: TextType) -> str:
    """Return the expression of what lies within bounds; dates may have years of more than four digits, or before the first."""
    pattern = inside_pattern(days)
    if kind.family != "moment":
        return pattern
    further = ["[1-9][0-9]{4,}-.+"] if days.last is None else ["-.+"] if days.first is None else []
    return f"^(?:{'|'.join([pattern[1:-1], *further])})$"


def _span(component: ComponentView, kind: TextType, *, shifted: bool) -> Span:
    if kind.family not in {"period", "moment"}:
        raise _Unsaid(f"values of type {kind.name} are no periods with exact days")
    reporting = any(form.startswith("reporting-") for form in PERIOD_TYPES.get(kind.name, ()))
    if shifted and reporting:
        raise _Unsaid("the days of a reporting year are in the data, as REPORTING_YEAR_START_DAY")
    return span(component.facets.get("startTime"), component.facets.get("endTime"))
