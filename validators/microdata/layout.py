"""The layout of records without separators: positions within the record, apart from each other, lines of one length (F4).

Source:
    DDI Codebook 2.6, ``location/@StartPos``, ``@EndPos``, ``@width`` and ``dimensns/logRecL``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rdflib import URIRef

from semstat.validators.diagnostics import Diagnostic, Location, Severity
from semstat.validators.microdata.described_files import DescribedRecord, DescribedVariable
from semstat.validators.rules import finding

__all__ = ["layout_findings"]

_Stretch = tuple[int, int, DescribedVariable]


def layout_findings(
    record: DescribedRecord, lengths: tuple[int, int, int] | None, where: Location, places: Mapping[URIRef, Location]
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the layout of a record, and with lines that it does not fit.

    Args:
        record: The layout.
        lengths: The shortest and the longest line of the file, and how many there are.
        where: The file.
        places: Where the documentation says where variables stand.
    """
    stretches = sorted(_stretches(record), key=lambda item: item[:2])
    for item in _of_layout(record, stretches, where):
        place = places.get(next((v.iri for _, _, v in stretches if v.name == item.location.path), record.iri))
        yield item if place is None else replace(item, related=(place,))
    end = max((last for _, last, _ in stretches), default=0)
    if lengths is None:
        return
    if lengths[1] > (record.length or end):
        message = f"a record has {lengths[1]} characters, and the layout ends at {record.length or end}"
        yield finding("MD004", message, where, value=str(lengths[1]), expected=str(record.length or end))
    if lengths[0] < end:
        message = f"a record has {lengths[0]} characters, too few for the last variable, which ends at {end}"
        yield finding("MD004", message, where, value=str(lengths[0]), expected=str(end))


def _stretches(record: DescribedRecord) -> Iterator[_Stretch]:
    for variable in record.variables:
        if variable.start is not None:
            end = variable.end if variable.end is not None else variable.start + (variable.width or 1) - 1
            yield variable.start, end, variable


def _of_layout(record: DescribedRecord, stretches: list[_Stretch], where: Location) -> Iterator[Diagnostic]:
    reached, last = 0, ""
    for start, end, variable in stretches:
        place = replace(where, path=variable.name)
        if record.length is not None and end > record.length:
            message = f"`{variable.name}` ends at {end}, beyond the record's length of {record.length}"
            yield finding("MD004", message, place, value=str(end), expected=f"{record.length} at most")
        if variable.width is not None and variable.end is not None and end - start + 1 != variable.width:
            message = f"`{variable.name}` goes from {start} to {end}, and its width is said to be {variable.width}"
            yield finding("MD004", message, place, value=str(end - start + 1), expected=str(variable.width))
        if start <= reached:
            message = f"`{variable.name}` begins at {start}, where `{last}` has not ended"
            yield finding("MD004", message, place, value=str(start), expected=f"{reached + 1} or later")
        elif start > reached + 1:
            message = f"the characters {reached + 1} to {start - 1} before `{variable.name}` belong to no variable"
            yield finding("MD004", message, place, severity=Severity.INFO, value=str(start), expected=str(reached + 1))
        if end > reached:
            reached, last = end, variable.name
