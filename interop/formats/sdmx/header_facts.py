"""What the header of a data message, and the dataset's own element, say of the data beside the data."""

from collections.abc import Mapping

from semstat.interop.formats.dataset import SetFacts
from semstat.interop.formats.json_values import JsonObject
from semstat.interop.formats.sdmx.header import Header
from semstat.interop.formats.sdmx.json_report import JsonReport
from semstat.interop.formats.sdmx.ml_header import Node
from semstat.interop.formats.sdmx.ml_records import Element
from semstat.ontology.iri import SdmxName, parse_urn
from semstat.validators.structural.header_dates import DATE_FACTS
from semstat.validators.structural.headers import HeaderFacts

__all__ = ["JSON_DATES", "ML_DATES", "json_facts", "json_identity", "ml_facts", "ml_identity", "said_of_set"]

ML_DATES = {name: element for name, element in DATE_FACTS.items() if name != "embargo"}
"""The attributes of a dataset of SDMX-ML that are dates, by the fact that each states."""

JSON_DATES = {name: attribute.removesuffix("Date") for name, attribute in ML_DATES.items()}
"""The members of a dataset of SDMX-JSON that are dates, by the fact that each states."""

_FACTS = {attribute: name for name, attribute in ML_DATES.items()} | {"setID": "set_id", "datasetID": "set_id"}
_PROVIDER = ("dataProviderSchemeAgencyId", "dataProviderSchemeId", "dataProviderID")
_BESIDE = (*_PROVIDER, "keyFamilyURI", "dataflowAgencyID", "dataflowID")
"""What a dataset of SDMX-ML 2.0 says beside; the key family is found without it."""
_IN_HEADER = {"begins": "ReportingBegin", "ends": "ReportingEnd", "embargo": "EmbargoDate", "prepared": "Prepared"}


def said_of_set(attributes: Element, *, qualified: bool) -> Mapping[str, str]:
    """Return what the attributes of a dataset's element say of it: dates and its id by the fact, the rest by the attribute.

    Args:
        attributes: Names and values in turn.
        qualified: Attributes without a namespace are components, so that they do not count.
    """
    pairs = zip(attributes[::2], attributes[1::2], strict=True)
    own = ((name.rpartition(" ")[2], value.strip()) for name, value in pairs if " " in name or not qualified)
    return {_FACTS.get(name, name): value for name, value in own if value and (name in _FACTS or name in _BESIDE)}


def ml_identity(header: Header, node: Node | None, said: Mapping[str, str], index: int) -> SetFacts:
    """Return what an SDMX-ML message says of its dataset number ``index``; the dataset's own words go before the header's.

    The ids that a header lists are those of the datasets in turn. A date of the header that the dataset contradicts is kept
    among the others.
    """
    listed = header.set_ids[index - 1] if index <= len(header.set_ids) else None
    agency, scheme, identifier = (said.get(name) for name in _PROVIDER)
    provider = identifier
    if agency and scheme and identifier:
        provider = SdmxName("base", "DataProvider", agency, scheme, "1.0", identifier).urn
    others = [(name, said[name]) for name in _BESIDE[3:] if name in said]
    for fact, local in _IN_HEADER.items() if node is not None else ():
        stated = next((text for one in node.all(local) if (text := one.text.strip())), None) if node else None
        others += [(local, stated)] if stated and said.get(fact, stated) != stated else []
    return SetFacts(said.get("set_id") or listed, provider or header.provider, tuple(others))


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


_OF_SET = frozenset(
    {"structure", "action", "links", "annotations", "attributes", "dimensionGroupAttributes", "series", "observations"}
    | set(JSON_DATES.values())
)


def json_identity(dataset: JsonObject) -> SetFacts:
    """Return what a dataset of an SDMX-JSON message says of itself beside: a link to its provider, further links.

    Source:
        SDMX-JSON 1.0 to 2.1, ``dataSet``; ``links``, whose ``rel`` may be any type of artefact.
    """
    links = dataset.get("links")
    provider, others = None, []
    for link in links if isinstance(links, list) else ():
        said = _text(link, "urn") or _text(link, "href") or _text(link, "uri") or ""
        name = parse_urn(said)
        if name is not None and name.cls == "DataProvider" and provider is None:
            provider = said
        elif name is None or name.item is not None or name.cls not in _STRUCTURAL:
            others += [("links", said)] if said and _text(link, "rel") not in _OF_STRUCTURE else []
    further = [(name, str(value)) for name, value in dataset.pairs if name not in _OF_SET and isinstance(value, str)]
    return SetFacts(None, provider, (*others, *further))


_STRUCTURAL = frozenset({"DataStructure", "Dataflow", "ProvisionAgreement"})
_OF_STRUCTURE = frozenset({"datastructure", "structure", "dataflow", "provisionagreement", "provision"})


def _member(owner: object, name: str) -> object:
    return owner.get(name) if isinstance(owner, JsonObject) else None


def _text(owner: object, name: str) -> str | None:
    found = _member(owner, name)
    return found if isinstance(found, str) and found else None
