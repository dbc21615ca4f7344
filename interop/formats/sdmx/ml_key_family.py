"""Which key family a dataset of SDMX-ML 2.0 belongs to, said in the dataset, its namespace, or the header."""

import re

from semstat.interop.formats.dataset import StructureRef
from semstat.interop.formats.sdmx.header_facts import said_of_set
from semstat.interop.formats.sdmx.ml_events import Events
from semstat.interop.formats.sdmx.ml_header import Declaration, Node
from semstat.interop.formats.sdmx.ml_items import DataSetStart, unknown_action
from semstat.interop.formats.sdmx.ml_records import Element, attribute

__all__ = ["SET_ATTRIBUTES", "begin_dataset", "components_of", "key_family", "start_dataset"]

SET_ATTRIBUTES = (
    "keyFamilyURI",
    "datasetID",
    "dataProviderSchemeAgencyId",
    "dataProviderSchemeId",
    "dataProviderID",
    "dataflowAgencyID",
    "dataflowID",
    "action",
    "reportingBeginDate",
    "reportingEndDate",
    "validFromDate",
    "validToDate",
    "publicationYear",
    "publicationPeriod",
)
"""Attributes of a dataset that say something of the set, and are no components: ``DataSetType`` of the 2.0 schemas."""

_NAMESPACE = re.compile(
    r"urn:sdmx:org\.sdmx\.infomodel\.\w+\.(?:KeyFamily|DataStructure)=(?P<agency>[^:\s]+):(?P<id>[^:()\s]+)"
    r"(?:\((?P<bracketed>[^)]*)\)|:(?P<version>\d[^:\s]*))?(?::[a-z]+)?\s",
    re.IGNORECASE,
)


def begin_dataset(events: Events, name: str, attributes: Element) -> None:
    """A dataset begins that names its key family in its namespace, its attributes or the header, or not at all."""
    events.begin_dataset()
    start_dataset(events, attributes, _reference(name, attributes, events.header), own=components_of(attributes))


def start_dataset(
    events: Events, attributes: Element, reference: StructureRef | None, *, own: Element, line: int | None = None
) -> None:
    """Hand on that a dataset has begun, now that it is known what it refers to.

    Args:
        events: Where the item goes.
        attributes: Those of the dataset.
        reference: What it refers to.
        own: Components among its attributes.
        line: Where it began, if not at the element at hand.
    """
    stated = (attribute(attributes, "action") or "").strip() or None
    place = events.line if line is None else line
    declaration = Declaration("", reference, None, explicit_measures=False) if reference else None
    said = said_of_set(attributes, qualified=False)
    action = stated or events.action
    events.items.append(DataSetStart(None, declaration, action, own, place, declares=False, said=said))
    events.items += unknown_action(stated, place)


def components_of(attributes: Element) -> Element:
    """Return the attributes of a dataset that are components."""
    pairs = zip(attributes[::2], attributes[1::2], strict=True)
    return [text for name, value in pairs if name not in SET_ATTRIBUTES and " " not in name for text in (name, value)]


def key_family(events: Events, identifier: str) -> StructureRef | None:
    """Return the reference to a key family that is named by its id, here or in the header; ``None`` if by neither.

    Its agency is the header's, or not known.
    """
    identifier = identifier or _said(events.header, "KeyFamilyRef")
    return StructureRef("DataStructure", _said(events.header, "KeyFamilyAgency"), identifier) if identifier else None


def _reference(name: str, attributes: Element, header: Node | None) -> StructureRef | None:
    namespace = _NAMESPACE.match(name)
    if namespace:
        version = namespace["bracketed"] or namespace["version"]
        return StructureRef("DataStructure", namespace["agency"], namespace["id"], version)
    identifier = _said(header, "KeyFamilyRef")
    if identifier:
        return StructureRef("DataStructure", _said(header, "KeyFamilyAgency"), identifier, None)
    flow = attribute(attributes, "dataflowID")
    if flow:
        return StructureRef("Dataflow", attribute(attributes, "dataflowAgencyID") or "", flow, None)
    return None


def _said(header: Node | None, local: str) -> str:
    return next((node.text.strip() for node in header.all(local)), "") if header else ""
