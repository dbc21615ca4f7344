"""Rule on release calendars: their durations, and whether these go together (DSD027)."""

from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.term import Node

from semstat.ontology.access import iris, one
from semstat.ontology.terms import SST
from semstat.validators.called import called
from semstat.validators.sets import Row
from semstat.validators.structural.durations import Duration, duration, is_not_shorter

__all__ = ["impossible_calendars"]

_PARTS = {"periodicity": SST.periodicity, "offset": SST.offset, "tolerance": SST.tolerance}
_YEAR = Duration(12)
_SHOWN = 40


def impossible_calendars(graph: Graph) -> Iterator[Row]:
    """Yield a row for each part of a release calendar that is missing, no duration, or too long for the others.

    The periodicity is the time between two releases, the offset that from 1 January to the first release of a year, the
    tolerance that after which a release is late. So offset and tolerance are shorter than the periodicity, and the offset is
    shorter than a year.

    Source:
        SDMX 2.1 to 3.0, SDMXStructureConstraint.xsd, ``ReleaseCalendarType``.

    Example:
        >>> list(impossible_calendars(Graph()))
        []
    """
    for constraint in iris(graph, None, SST.releaseCalendar):
        for node in iris(graph, constraint, SST.releaseCalendar):
            name = f"the release calendar of `{called(graph, constraint)}`"
            yield from _calendar(graph, node, name)


def _calendar(graph: Graph, node: URIRef, name: str) -> Iterator[Row]:
    known: dict[str, tuple[str, Duration]] = {}
    for part, predicate in _PARTS.items():
        value = one(graph, node, predicate)
        found = duration(str(value).strip()) if value is not None else None
        if value is None:
            yield Row(str(node), f"{name} states no {part}", None)
        elif found is None:
            yield Row(
                str(node),
                f"{name} has the {part} `{_short(str(value))}`, which is not a duration, such as P7D",
                str(value),
            )
        else:
            known[part] = str(value), found
    yield from _together(node, name, known)


def _together(node: Node, name: str, known: dict[str, tuple[str, Duration]]) -> Iterator[Row]:
    written, cycle = known.get("periodicity", ("", Duration()))
    if written and cycle.is_nothing:
        yield Row(
            str(node), f"{name} has the periodicity `{written}`, so that no time passes between releases", written
        )
        return
    for part in ("offset", "tolerance"):
        said, long = known.get(part, ("", Duration()))
        if written and said and is_not_shorter(long, cycle):
            why = "the first release of a year" if part == "offset" else "a late release"
            message = f"{name} has the {part} `{said}`, not shorter than its periodicity `{written}`"
            yield Row(str(node), f"{message}: before {why} the next one is due", said)
        elif part == "offset" and said and is_not_shorter(long, _YEAR):
            message = f"{name} has the offset `{said}`, so that the first release of a year is not in that year"
            yield Row(str(node), message, said)


def _short(written: str) -> str:
    return written if len(written) <= _SHOWN else f"{written[:_SHOWN]} …"
