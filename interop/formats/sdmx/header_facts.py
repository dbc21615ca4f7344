"""What the header of a data message, and the dataset's own element, say of the data beside the data."""

from collections.abc import Mapping

from semstat.interop.formats.json_values import JsonObject
from semstat.interop.formats.sdmx.json_report import JsonReport
from semstat.interop.formats.sdmx.ml_header import Node
from semstat.interop.formats.sdmx.ml_records import Element
from semstat.validators.structural.header_dates import DATE_FACTS
from semstat.validators.structural.headers import HeaderFacts

__all__ = ["JSON_DATES", "ML_DATES", "dates_of", "json_facts", "ml_facts"]

ML_DATES = {name: element for name, element in DATE_FACTS.items() if name != "embargo"}
"""The attributes of a dataset of SDMX-ML that are dates, by the fact that each states."""

JSON_DATES = {name: attribute.removesuffix("Date") for name, attribute in ML_DATES.items()}
"""The members of a dataset of SDMX-JSON that are dates, by the fact that each states."""

_FACTS = {attribute: name for name, attribute in ML_DATES.items()}
_IN_HEADER = {"begins": "ReportingBegin", "ends": "ReportingEnd", "embargo": "EmbargoDate", "prepared": "Prepared"}


def dates_of(attributes: Element, *, qualified: bool) -> Mapping[str, str]:
    """Return the dates among the attributes of a dataset's element, by the fact that each states.

    Args:
        attributes: Names and values in turn.
        qualified: Attributes without a namespace are components, so that they do not count.
    """
    pairs = zip(attributes[::2], attributes[1::2], strict=True)
    own = ((name.rpartition(" ")[2], value) for name, value in pairs if " " in name or not qualified)
    return {_FACTS[name]: value.strip() for name, value in own if name in _FACTS and value.strip()}


def ml_facts(header: Node | None, dates: Mapping[str, str]) -> HeaderFacts:
    """Return the facts of an SDMX-ML message; the dates of the dataset go before those of the header."""
    if header is None:
        return HeaderFacts.of(dates)
    said: dict[str, str] = {}
    lines: dict[str, int] = {}
    for name, local in _IN_HEADER.items():
        node = next((node for node in header.all(local) if node.text.strip()), None)
        if node is not None and name not in dates:
            said[name], lines[name] = node.text.strip(), node.line
    sender = next((node.attributes["id"] for node in header.all("Sender") if "id" in node.attributes), None)
    return HeaderFacts.of({**said, **dates, "sender": sender}, lines)


def json_facts(root: object, dataset: JsonObject, report: JsonReport, where: str) -> HeaderFacts:
    """Return the facts of a dataset of an SDMX-JSON message; its header (``meta``) has no embargo.

    Findings:
        IO117 for a date that is no text.
    """
    header = next((found for name in ("meta", "header") if (found := _member(root, name)) is not None), None)
    dates = {fact: report.member(dataset, name, str, where) for fact, name in JSON_DATES.items()}
    lines = {
        fact: report.text.tokens.position(report.text.member_place(dataset, JSON_DATES[fact]))[0]
        for fact, text in dates.items()
        if text
    }
    sender = _text(_member(header, "sender"), "id")
    return HeaderFacts.of({**dates, "prepared": _text(header, "prepared"), "sender": sender}, lines)


def _member(owner: object, name: str) -> object:
    return owner.get(name) if isinstance(owner, JsonObject) else None


def _text(owner: object, name: str) -> str | None:
    found = _member(owner, name)
    return found if isinstance(found, str) and found else None
