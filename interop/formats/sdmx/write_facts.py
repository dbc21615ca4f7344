"""What a message says of itself and of a dataset as a whole, as SDMX-ML and SDMX-JSON write it, and what is lost of it.

Source:
    SDMX 2.1 and 3.0, SDMXDataStructureSpecific.xsd, *SetAttributeGroup*; SDMX-JSON 2.0 and 2.1, ``dataSet``.
"""

import re
from collections.abc import Iterator, Sequence

from semstat.interop.formats.outgoing import Losses, Outgoing
from semstat.interop.formats.sdmx.header import Header, Party
from semstat.interop.formats.sdmx.header_facts import JSON_DATES, ML_DATES
from semstat.interop.formats.sdmx.serialise_facts import party_element
from semstat.interop.formats.sdmx.serialise_facts import text as text_element
from semstat.interop.formats.sdmx.xml_text import lines
from semstat.validators.structural.header_dates import DATE_FACTS
from semstat.validators.structural.headers import HeaderFacts
from semstat.validators.structural.periods import period_pattern

__all__ = ["embargo_of", "json_dates", "lost_facts", "ml_dates", "parties", "sources"]

_BASIC = re.compile(period_pattern("BasicTimePeriod"))
_PERIOD = re.compile(period_pattern("ObservationalTimePeriod", shifted_year=True))
_YEAR = re.compile(r"[0-9]{4}(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T.*")
_ZONED = re.compile(r".*(?:Z|[+-][0-9]{2}:[0-9]{2})")
_ENDS = {"valid_from": "T00:00:00", "valid_to": "T23:59:59", "embargo": "T00:00:00"}
"""The moment of a day that a date means where a moment is wanted: bounds are inclusive."""
_FORMS = {"begins": _BASIC, "ends": _BASIC, "publication_year": _YEAR, "publication_period": _PERIOD}


def ml_dates(facts: HeaderFacts) -> dict[str, str]:
    """Return the attributes of a dataset of SDMX-ML that state its dates.

    Example:
        >>> ml_dates(HeaderFacts(begins="2024", valid_from="2024-03-31", publication_year="soon"))
        {'reportingBeginDate': '2024', 'validFromDate': '2024-03-31T00:00:00'}
    """
    found = ((attribute, _fitting(fact, facts)) for fact, attribute in ML_DATES.items())
    return {attribute: text for attribute, text in found if text is not None}


def json_dates(facts: HeaderFacts) -> dict[str, str]:
    """Return the members of a dataset of SDMX-JSON that state its dates; a moment without a zone is taken for UTC.

    Example:
        >>> json_dates(HeaderFacts(ends="2024-Q1", valid_to="2024-03-31T12:00:00"))
        {'reportingEnd': '2024-Q1', 'validTo': '2024-03-31T12:00:00Z'}
    """
    made = {}
    for fact, member in JSON_DATES.items():
        text = getattr(facts, fact) if fact not in _ENDS else _fitting(fact, facts)
        if text is not None:
            made[member] = text + "Z" if fact in _ENDS and not _ZONED.fullmatch(text) else text
    return made


def embargo_of(datasets: Sequence[Outgoing]) -> list[str]:
    """Return the embargo to state in the header: the one that all datasets are under, else none."""
    stated = {_fitting("embargo", dataset.facts) for dataset in datasets}
    return [text for text in stated if text is not None] if len(stated) == 1 else []


def parties(header: Header, nobody: str) -> Iterator[str]:
    """Yield the lines of a header of SDMX-ML that say who sends the message, to whom, and what it is called."""
    yield from lines(party_element("mes:Sender", header.sender or Party(nobody)), 2)
    for party in header.receivers:
        yield from lines(party_element("mes:Receiver", party), 2)
    for name in header.names:
        yield from lines(text_element("com:Name", name), 2)


def sources(header: Header) -> Iterator[str]:
    """Yield the lines of a header of SDMX-ML that say what the data are from."""
    for said in header.sources:
        yield from lines(text_element("mes:Source", said), 2)


def lost_facts(dataset: Outgoing, datasets: Sequence[Outgoing], losses: Losses, target: str) -> None:
    """Note the dates of a dataset that a target has no place for, or that are not of its form (IO235)."""
    written = _written(dataset.facts, target, embargo_of(datasets))
    for fact, name in DATE_FACTS.items():
        text = getattr(dataset.facts, fact)
        if text is not None and name not in written:
            message = f"{target} has no place for the `{name}` of the dataset, `{text}`, which is left out"
            losses.add("IO235", 1, message, source=dataset.source, path=name)


def _written(facts: HeaderFacts, target: str, embargo: Sequence[str]) -> set[str]:
    if target.startswith("sdmx-ml"):
        return {*ml_dates(facts), *(["EmbargoDate"] if embargo else [])}
    if target.startswith("sdmx-json"):
        members = json_dates(facts)
        return {ML_DATES[fact] for fact, member in JSON_DATES.items() if member in members}
    return set()


def _fitting(fact: str, facts: HeaderFacts) -> str | None:
    """Return a date in the form that its place asks for; ``None`` where it is of another."""
    text: str | None = getattr(facts, fact)
    if text is None:
        return None
    if fact in _ENDS:
        text = text + _ENDS[fact] if _DAY.fullmatch(text) else text
        return text if _MOMENT.fullmatch(text) and _BASIC.fullmatch(text) else None
    return text if _FORMS[fact].fullmatch(text) else None
