"""Shapes of the last week and the last day of reporting years, which may begin on any day of the calendar (DF007).

A reporting year begins on the day that ``REPORTING_YEAR_START_DAY`` states, on 1 January where nothing states it. Its weeks
are those of ISO 8601 in relation to that day: the first one has the first Thursday on or after it. So it has a week 53 if 53
Thursdays lie in it, and a day 366 if 29 February does. Both follow from the start day and the year of the calendar in which it
lies, hence are regular expressions, which every executor reads.

A year that begins on 29 February every fourth year only is none that the standard describes: with that start day nothing is
judged, and it is said that it was not.

Source:
    SDMX 3.0, Section 6 (Technical Notes), 4.2.6 *Standard Time Period* (reporting weeks and days) and the attribute
    *REPORTING_YEAR_START_DAY*; ISO 8601 for weeks.
"""

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from rdflib import Literal, URIRef

from semstat.ontology.terms import QB, RDF, SH, XSD
from semstat.validators.structural.calendar import LEAP_YEAR, LONG_ISO_YEAR, years_pattern
from semstat.validators.structural.periods import PERIOD_TYPES
from semstat.validators.structural.view import ComponentView, StructureView
from semstat.validators.structural.writer import ShapeWriter

__all__ = ["START_DAY", "has_day_366", "has_week_53", "reporting_year_shapes"]

START_DAY = "REPORTING_YEAR_START_DAY"
"""The id of the attribute that states on which day the reporting year begins, as ``--MM-DD``."""

_Years = tuple[tuple[str, str], ...]
"""Expressions of start days with that of the years in which a reporting year that begins on one of them is long."""

_ZONE = "(?:Z|[+-][0-9]{2}:[0-9]{2})?"
_THURSDAY = 4


def has_day_366(year: int, month: int, day: int) -> bool:
    """Return whether the reporting year that begins on a day of a year has 366 days.

    Example:
        >>> [has_day_366(year, 7, 1) for year in (2023, 2024)]
        [True, False]
    """
    return isleap(year if (month, day) < (3, 1) else year + 1)


def has_week_53(year: int, month: int, day: int) -> bool:
    """Return whether the reporting year that begins on a day of a year has 53 weeks.

    Example:
        >>> [year for year in range(2015, 2027) if has_week_53(year, 7, 1)]
        [2015, 2021]
    """
    weekday = date(year, month, day).isoweekday()
    return weekday == _THURSDAY or (weekday == _THURSDAY - 1 and has_day_366(year, month, day))


def reporting_year_shapes(writer: ShapeWriter, view: StructureView) -> None:
    """State in which reporting years there is a week 53 and a day 366; nothing where no start day can be stated.

    The patterns of the periods themselves then admit both in any year.
    """
    start, time = view.of(START_DAY), view.time
    if start is None or time is None or time.codelist is not None:
        return
    forms = PERIOD_TYPES.get(time.text_type or "ObservationalTimePeriod", ())
    for form, name, last, counted, years in _LAST:
        if form in forms:
            message = (
                f"`{time.id}` is {name} only where the reporting year has one; `{start.id}` says when that begins."
            )
            iri = writer.about("DF007", time, message, counted, suffix=f"/{form}")
            writer.add(iri, SH.targetClass, QB.Observation)
            _state(writer, iri, (start, time), last, years)


def _state(
    writer: ShapeWriter, iri: URIRef, pair: tuple[ComponentView, ComponentView], last: str, years: Callable[[], _Years]
) -> None:
    """State that the last period of a year is one of the years that have it, for each group of start days."""
    start, time = pair
    another = URIRef(f"{iri}#another")
    writer.add(another, RDF.type, SH.NodeShape)
    writer.add(another, SH["not"], _matching(writer, f"{iri}#last", time, f"^[0-9]{{4}}-{last}{_ZONE}$"))
    groups = []
    for number, (days, long) in enumerate(years()):
        there = _matching(writer, f"{iri}#long-{number}", time, f"^{long}-{last}{_ZONE}$")
        group, other = URIRef(f"{iri}#group-{number}"), URIRef(f"{iri}#other-{number}")
        stated = _matching(writer, f"{iri}#start-{number}", start, days)
        writer.add(other, RDF.type, SH.NodeShape)
        writer.add(other, SH["not"], stated)
        writer.add(group, RDF.type, SH.NodeShape)
        writer.listed(group, SH["or"], [other, there])
        groups.append(group)
    every = URIRef(f"{iri}#every")
    writer.add(every, RDF.type, SH.NodeShape)
    writer.listed(every, SH["and"], groups)
    writer.listed(iri, SH["or"], [another, every])


def _matching(writer: ShapeWriter, node: str, component: ComponentView, pattern: str) -> URIRef:
    """Add the shape of the records in which a component has a form, and return its IRI; without one, in which it is absent."""
    shape, inner = URIRef(node), URIRef(f"{node}-value")
    writer.add(shape, RDF.type, SH.NodeShape)
    writer.add(shape, SH.property, inner)
    writer.add(inner, SH.path, component.iri)
    if pattern:
        writer.add(inner, SH.pattern, Literal(pattern))
    bound = SH.minCount if pattern else SH.maxCount
    writer.add(inner, bound, Literal("1" if pattern else "0", datatype=XSD.integer))
    return shape


@cache
def _long_in_weeks() -> _Years:
    return tuple(_grouped(has_week_53, LONG_ISO_YEAR))


@cache
def _long_in_days() -> _Years:
    return tuple(_grouped(has_day_366, LEAP_YEAR))


def _grouped(is_long: Callable[[int, int, int], bool], without: str) -> Iterator[tuple[str, str]]:
    """Yield each group of start days that have the same long years; first that of no start day, which is 1 January."""
    groups: dict[str, list[str]] = {}
    for month in range(1, 13):
        # In a common year, which has no 29 February.
        for day in range(1, monthrange(2023, month)[1] + 1):
            long = _pattern(is_long, month, day)
            groups.setdefault(long, []).append(f"{month:02d}-{day:02d}")
    yield "", without
    for long, days in groups.items():
        yield f"^--(?:{'|'.join(days)}){_ZONE}$", long


def _pattern(is_long: Callable[[int, int, int], bool], month: int, day: int) -> str:
    return years_pattern(lambda year: is_long(year, month, day))


_LAST = (
    ("reporting-week", "a week 53", "W53", "week of its reporting year, which has 52", _long_in_weeks),
    ("reporting-day", "a day 366", "D366", "day of its reporting year, which has 365", _long_in_days),
)
