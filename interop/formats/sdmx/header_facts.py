"""What the header of a data message, and the dataset's own element, say of the data beside the data."""

from collections.abc import Mapping

from semstat.interop.formats.json_values import JsonObject
from semstat.interop.formats.sdmx.ml_header import Node
from semstat.interop.formats.sdmx.ml_records import Element
from semstat.validators.structural.headers import HeaderFacts

__all__ = ["dates_of", "json_facts", "ml_facts"]

_DATES = ("reportingBeginDate", "reportingEndDate")


def dates_of(attributes: Element, *, qualified: bool) -> Mapping[str, str]:
    """Return the reporting dates among the attributes of a dataset's element.

    Args:
        attributes: Names and values in turn.
        qualified: Attributes without a namespace are components, so that they do not count.
    """
    pairs = zip(attributes[::2], attributes[1::2], strict=True)
    own = ((name.rpartition(" ")[2], value) for name, value in pairs if " " in name or not qualified)
    return {name: value for name, value in own if name in _DATES}


def ml_facts(header: Node | None, dates: Mapping[str, str]) -> HeaderFacts:
    """Return the facts of an SDMX-ML message; the dates of the dataset go before those of the header."""
    if header is None:
        return HeaderFacts(dates.get(_DATES[0]), dates.get(_DATES[1]))

    def said(local: str) -> str | None:
        return next((node.text.strip() for node in header.all(local) if node.text.strip()), None)

    return HeaderFacts(
        dates.get(_DATES[0]) or said("ReportingBegin"),
        dates.get(_DATES[1]) or said("ReportingEnd"),
        said("EmbargoDate"),
        said("Prepared"),
        next((node.attributes["id"] for node in header.all("Sender") if "id" in node.attributes), None),
    )


def json_facts(root: object, dataset: JsonObject) -> HeaderFacts:
    """Return the facts of a dataset of an SDMX-JSON message; its header (``meta``) has no embargo."""
    header = next((found for name in ("meta", "header") if (found := _member(root, name)) is not None), None)
    return HeaderFacts(
        _text(dataset, "reportingBegin"),
        _text(dataset, "reportingEnd"),
        None,
        _text(header, "prepared"),
        _text(_member(header, "sender"), "id"),
    )


def _member(owner: object, name: str) -> object:
    return owner.get(name) if isinstance(owner, JsonObject) else None


def _text(owner: object, name: str) -> str | None:
    found = _member(owner, name)
    return found if isinstance(found, str) and found else None
