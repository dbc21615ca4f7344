"""What a message says of itself and of a dataset as a whole, as SDMX-ML and SDMX-JSON write it, and what is lost of it.

Source:
    SDMX 2.1 and 3.0, SDMXDataStructureSpecific.xsd, *SetAttributeGroup*; SDMX-JSON 2.0 and 2.1, ``dataSet``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from semstat.interop.formats.dataset import SetFacts
from semstat.interop.formats.outgoing import Losses, Outgoing
from semstat.interop.formats.sdmx.fit_header import json_moment
from semstat.interop.formats.sdmx.header import Header, Party
from semstat.interop.formats.sdmx.header_facts import JSON_DATES, ML_DATES
from semstat.interop.formats.sdmx.serialise_facts import party_element
from semstat.interop.formats.sdmx.serialise_facts import text as text_element
from semstat.interop.formats.sdmx.xml_text import Element, lines
from semstat.ontology.identifiers import is_identifier
from semstat.ontology.iri import parse_urn
from semstat.validators.rules import finding
from semstat.validators.structural.header_dates import DATE_FACTS
from semstat.validators.structural.headers import HeaderFacts
from semstat.validators.structural.periods import period_pattern

__all__ = [
    "header_dates",
    "json_dates",
    "lost_facts",
    "ml_dates",
    "ml_identity_of",
    "parties",
    "provider_of",
    "sources",
]

_BASIC = re.compile(period_pattern("BasicTimePeriod"))
_PERIOD = re.compile(period_pattern("ObservationalTimePeriod", shifted_year=True))
_YEAR = re.compile(r"[0-9]{4}(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T.*")
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
            made[member] = json_moment(text, days=False) if fact in _ENDS else text
    return made


def header_dates(datasets: Sequence[Outgoing]) -> dict[str, str]:
    """Return the dates to state in the header of SDMX-ML: those of all datasets that these cannot state themselves.

    That is an embargo, and the bounds of what is reported where they are weeks or quarters.
    """
    found: dict[str, str] = {}
    for fact, local in (("begins", "ReportingBegin"), ("ends", "ReportingEnd"), ("embargo", "EmbargoDate")):
        stated = {getattr(dataset.facts, fact) for dataset in datasets}
        text = stated.pop() if len(stated) == 1 else None
        if text is None or (fact != "embargo" and _fitting(fact, datasets[0].facts) is not None):
            continue
        fits = _fitting(fact, datasets[0].facts) if fact == "embargo" else text if _PERIOD.fullmatch(text) else None
        found |= {local: fits} if fits is not None else {}
    return found


def ml_identity_of(identity: SetFacts) -> SetFacts:
    """Return what a dataset of SDMX-ML can say of itself: an id that is one, a provider that has a URN."""
    name = parse_urn(identity.provider or "")
    provider = identity.provider if name is not None and name.cls == "DataProvider" and name.item else None
    return SetFacts(identity.set_id if is_identifier(identity.set_id or "") else None, provider)


def provider_of(identity: SetFacts, *, old: bool) -> str:
    """Return the element of a dataset of SDMX-ML that names its provider, with its line end; ``old``: as 2.1 does."""
    name = parse_urn(ml_identity_of(identity).provider or "")
    if name is None:
        return ""
    parts = (("agencyID", name.agency), ("maintainableParentID", name.id))
    version = (("maintainableParentVersion", name.version),) if name.version is not None else ()
    ref = Element("Ref", (*parts, *version, ("id", name.item or ""), ("class", "DataProvider"), ("package", "base")))
    made = Element("DataProvider", children=(ref,)) if old else Element("DataProvider", text=name.urn)
    return "".join(lines(made, 2))


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
    """Note what a message says of a dataset and a target cannot: dates, an id, a provider (IO235), what is kept (IO202)."""
    written = _written(dataset, datasets, target)
    dates = ((name, getattr(dataset.facts, fact)) for fact, name in DATE_FACTS.items())
    whose = (("setID", dataset.identity.set_id), ("DataProvider", dataset.identity.provider))
    for name, text in (*dates, *whose, *dataset.identity.others):
        if text is None or written.get(name) == text:
            continue
        said = f"the `{name}` of the dataset, `{text}`, "
        message = f"{target} has no place for {said}which is left out"
        if name in written:
            message = f"{said}is written as `{written[name]}`, as {target} asks for"
        losses.add("IO235", 1, message, source=dataset.source, path=name)
    for item in dataset.kept:
        message = f"{item.message}; nothing of it is written"
        losses.found.append(replace(finding("IO202", message, item.location, value=item.value), count=item.count))


def _written(dataset: Outgoing, datasets: Sequence[Outgoing], target: str) -> Mapping[str, str]:
    """Return what is written of the facts of a dataset, by the names of SDMX-ML."""
    facts, identity = dataset.facts, ml_identity_of(dataset.identity)
    provider = {"DataProvider": identity.provider} if identity.provider else {}
    if target.startswith("sdmx-ml"):
        header = {_IN_SET.get(name, name): text for name, text in header_dates(datasets).items()}
        return header | ml_dates(facts) | provider | ({"setID": identity.set_id} if identity.set_id else {})
    if target.startswith("sdmx-json"):
        members = json_dates(facts)
        return {ML_DATES[fact]: members[member] for fact, member in JSON_DATES.items() if member in members} | provider
    return {}


_IN_SET = {"ReportingBegin": "reportingBeginDate", "ReportingEnd": "reportingEndDate"}


def _fitting(fact: str, facts: HeaderFacts) -> str | None:
    """Return a date in the form that its place asks for; ``None`` where it is of another."""
    text: str | None = getattr(facts, fact)
    if text is None:
        return None
    if fact in _ENDS:
        text = text + _ENDS[fact] if _DAY.fullmatch(text) else text
        return text if _MOMENT.fullmatch(text) and _BASIC.fullmatch(text) else None
    return text if _FORMS[fact].fullmatch(text) else None
