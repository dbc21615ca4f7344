"""Columns of a file against the variables that its documentation describes: names, letter case, order, number (F3).

Source:
    DDI Codebook 2.6, ``var/@name`` and ``dimensns/varQnty``.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rdflib import URIRef

from semstat.validators.diagnostics import Diagnostic, Location, Severity
from semstat.validators.microdata.data_table import DataColumn
from semstat.validators.microdata.described_files import DescribedRecord, DescribedVariable
from semstat.validators.nearest import nearest_code
from semstat.validators.rules import finding

__all__ = ["Matched", "match_variables"]

Matched = tuple[Mapping[URIRef, int], list[Diagnostic]]
"""The number of the column that each variable has, and what differs."""


def match_variables(
    record: DescribedRecord,
    columns: Sequence[DataColumn],
    where: Location,
    places: Mapping[URIRef, Location],
    stated: int | None = None,
) -> Matched:
    """Return which column each variable of a record has, by name, and by name in another case where none is equal.

    A name is equal too if it is once what no XML attribute holds is replaced. Variables and columns that are called nothing
    go together in their order.

    Args:
        record: What the documentation describes.
        columns: What the file has.
        where: The place of the names in the file.
        places: Where the documentation describes each variable.
        stated: How many variables the documentation says that there are.
    """
    found: list[Diagnostic] = []
    taken: dict[URIRef, int] = {}
    free = dict(enumerate(column.name for column in columns))
    for alike in (str, _writable, _folded):
        for variable in record.variables:
            place = _place(variable, free, alike)
            if variable.iri not in taken and place is not None:
                taken[variable.iri] = place
                name = free.pop(place)
                if alike is _folded and variable.is_named:
                    found.append(_case(variable, name, where, places))
    lacking = [item for item in record.variables if item.iri not in taken]
    names = sorted(free.values())
    found += [_lacking(variable, names, where, places) for variable in lacking]
    found += [_extra(free[place], lacking, where) for place in sorted(free)]
    if stated is not None and stated != len(columns):
        message = f"the file has {len(columns)} variables, and {stated} are stated"
        found.append(finding("MD003", message, where, value=str(len(columns)), expected=str(stated)))
    return taken, [*found, *_order(record, taken, columns, where, places)]


_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _writable(name: str) -> str:
    return _UNWRITABLE.sub("\ufffd", name).strip()


def _folded(name: str) -> str:
    return _writable(name).casefold()


def _place(variable: DescribedVariable, free: Mapping[int, str], alike: Callable[[str], str]) -> int | None:
    """Return the first free column that a variable may be; one without a name is first looked for among such columns."""
    if not variable.is_named and alike is str:
        return next((place for place, name in free.items() if not name.strip()), None)
    return next((place for place, name in free.items() if alike(name) == alike(variable.name)), None)


def _case(variable: DescribedVariable, name: str, where: Location, places: Mapping[URIRef, Location]) -> Diagnostic:
    message = f"the variable is called `{name}` in the file, and `{variable.name}` in its documentation"
    item = finding(
        "MD003",
        message,
        replace(where, path=variable.name),
        severity=Severity.WARNING,
        value=name,
        expected=variable.name,
    )
    return _related(item, variable, places)


def _lacking(
    variable: DescribedVariable, names: Sequence[str], where: Location, places: Mapping[URIRef, Location]
) -> Diagnostic:
    message = f"the file has no variable `{variable.name}`, which its documentation describes"
    nearest = nearest_code(variable.name, names)
    item = finding("MD003", message, replace(where, path=variable.name), expected=variable.name, nearest=nearest)
    return _related(item, variable, places)


def _extra(name: str, lacking: Sequence[DescribedVariable], where: Location) -> Diagnostic:
    message = f"the variable `{name}` of the file is not described"
    nearest = nearest_code(name, [variable.name for variable in lacking])
    return finding("MD003", message, replace(where, path=name), value=name, nearest=nearest)


def _related(item: Diagnostic, variable: DescribedVariable, places: Mapping[URIRef, Location]) -> Diagnostic:
    place = places.get(variable.iri)
    return item if place is None else replace(item, related=(place,))


def _order(
    record: DescribedRecord,
    taken: Mapping[URIRef, int],
    columns: Sequence[DataColumn],
    where: Location,
    places: Mapping[URIRef, Location],
) -> list[Diagnostic]:
    """Return one finding for the first variable that stands in another place than those before it allow."""
    there = [item for item in record.variables if item.iri in taken]
    ordered = sorted(there, key=lambda item: taken[item.iri])
    for described, found in zip(there, ordered, strict=True):
        if described is not found:
            message = f"`{found.name}` stands in the file where the documentation has `{described.name}`"
            item = finding(
                "MD003",
                message,
                replace(where, path=found.name),
                severity=Severity.WARNING,
                value=columns[taken[found.iri]].name,
                expected=described.name,
            )
            return [_related(item, described, places)]
    return []
