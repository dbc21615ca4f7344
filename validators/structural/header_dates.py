"""What the dates that a message states of a dataset must be like: their form (DF038), their order, and one another (DF039).

These dates are about the dataset as a whole, and stated once; so they are looked at as they stand, not by shapes on records.

Source:
    SDMX 2.1 and 3.0, SDMXDataStructureSpecific.xsd, *SetAttributeGroup*; SDMXMessage.xsd, *BaseHeaderType*; SDMX 2.0,
    SDMXCommon.xsd, *TimePeriodType*; SDMX-JSON 1.0 to 2.1, ``dataSet``.
"""

import re
from collections.abc import Iterator

from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding
from semstat.validators.structural.headers import HeaderFacts
from semstat.validators.structural.periods import period_pattern
from semstat.validators.structural.spans import is_after

__all__ = ["DATE_FACTS", "date_findings", "stated_rules"]

DATE_FACTS = {
    "begins": "reportingBeginDate",
    "ends": "reportingEndDate",
    "valid_from": "validFromDate",
    "valid_to": "validToDate",
    "publication_year": "publicationYear",
    "publication_period": "publicationPeriod",
    "embargo": "EmbargoDate",
}
"""The facts that are dates, and what SDMX-ML calls them."""

_WORDS = {
    "begins": "the begin of what is reported",
    "ends": "the end of what is reported",
    "valid_from": "the begin of validity",
    "valid_to": "the end of validity",
    "publication_year": "the year of publication",
    "publication_period": "the period of publication",
    "embargo": "the end of the embargo",
}
_PERIOD = re.compile(period_pattern("ObservationalTimePeriod", shifted_year=True))
_MOMENT = re.compile(period_pattern("BasicTimePeriod"))
_YEAR = re.compile(r"[0-9]{4}(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_FORMS = {
    "begins": (_PERIOD, "a period, such as 2024, 2024-03, 2024-Q1 or 2024-03-31"),
    "ends": (_PERIOD, "a period, such as 2024, 2024-03, 2024-Q1 or 2024-03-31"),
    "valid_from": (_MOMENT, "a moment, such as 2024-03-31T12:00:00Z"),
    "valid_to": (_MOMENT, "a moment, such as 2024-03-31T12:00:00Z"),
    "publication_year": (_YEAR, "a year of four digits"),
    "publication_period": (_PERIOD, "a period, such as 2024, 2024-03, 2024-Q1 or 2024-03-31"),
    "embargo": (_MOMENT, "a moment, such as 2024-03-31T12:00:00Z"),
}
_PAIRS = (("begins", "ends"), ("valid_from", "valid_to"))


def stated_rules(facts: HeaderFacts) -> tuple[str, ...]:
    """Return the rules that there is something to judge by.

    Example:
        >>> stated_rules(HeaderFacts(begins="2024")), stated_rules(HeaderFacts(begins="2024", ends="2023"))
        (('DF038',), ('DF038', 'DF039'))
    """
    both = [*_PAIRS, ("publication_year", "publication_period")]
    stated = {name for name in DATE_FACTS if getattr(facts, name) is not None}
    together = any(stated.issuperset(pair) for pair in both)
    return ("DF038", *(("DF039",) if together else ())) if stated else ()


def date_findings(facts: HeaderFacts, place: Location) -> Iterator[Diagnostic]:
    """Yield what is wrong with the dates that a message states of a dataset.

    Args:
        facts: What is stated, as written.
        place: The dataset's; a fact that stands elsewhere has its own line.

    Findings:
        DF038: a date is not of the form that the standard gives it. DF039: a begin lies after its end, or the period of
        publication outside the year of publication.

    Example:
        >>> found = date_findings(HeaderFacts(begins="2024", ends="2023"), Location("a.xml", 9))
        >>> [(item.rule, item.message) for item in found]
        [('DF039', 'the begin of what is reported is `2024`, which is after its end, `2023`')]
    """
    for name in DATE_FACTS:
        text = getattr(facts, name)
        form, expected = _FORMS[name]
        if text is not None and form.fullmatch(text) is None:
            message = f"{_WORDS[name]} is `{text}`, which is not {expected.partition(',')[0]}"
            yield finding("DF038", message, _at(facts, name, place), value=text, expected=expected)
    for first, last in _PAIRS:
        begin, end = getattr(facts, first), getattr(facts, last)
        if begin is not None and end is not None and is_after(begin, end):
            message = f"{_WORDS[first]} is `{begin}`, which is after its end, `{end}`"
            yield finding("DF039", message, _at(facts, first, place), value=begin, expected=f"not after {end}")
    yield from _publication(facts, place)


def _publication(facts: HeaderFacts, place: Location) -> Iterator[Diagnostic]:
    year, period = facts.publication_year, facts.publication_period
    if year is None or period is None or not _YEAR.fullmatch(year) or not _PERIOD.fullmatch(period):
        return
    if period[:4] != year[:4]:
        message = f"the period of publication is `{period}`, which is not in the year of publication, `{year}`"
        where = _at(facts, "publication_period", place)
        yield finding("DF039", message, where, value=period, expected=f"a period of {year[:4]}")


def _at(facts: HeaderFacts, name: str, place: Location) -> Location:
    line = facts.lines.get(name, place.line)
    return Location(place.source, line, path=DATE_FACTS[name])
