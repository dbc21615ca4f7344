"""What the header of an SDMX-ML message says of the message itself: its id, its parties, what the data are from."""

from collections.abc import Iterator

from semstat.interop.formats.sdmx.header import Header, Party
from semstat.interop.formats.sdmx.ml_header import Node
from semstat.interop.formats.sdmx.model import Text
from semstat.interop.formats.sdmx.model_contents import Channel, Contact
from semstat.ontology.iri import SdmxName, parse_urn

__all__ = ["message_header", "provider_urn"]

_XML_LANGUAGE = "http://www.w3.org/XML/1998/namespace lang"
_CHANNELS = ("Telephone", "Fax", "X400", "URI", "Email")
_FIELDS = frozenset(
    {"ID", "Test", "Prepared", "Sender", "Receiver", "Name", "Source", "Extracted", "DataProvider", "DataSetID"}
    # What is read elsewhere: the structures, what happens to the datasets, and the dates of these.
    | {"Structure", "KeyFamilyRef", "KeyFamilyAgency", "DataSetAction", "ReportingBegin", "ReportingEnd", "EmbargoDate"}
)
"""The elements of a header that have a place of their own; others are kept by their names."""


def message_header(header: Node | None) -> Header:
    """Return what the element ``Header`` of a message says of the message; an empty header for none.

    Source:
        SDMX 2.1 and 3.0, SDMXMessage.xsd, *BaseHeaderType*; SDMX 2.0, SDMXMessage.xsd, *HeaderType*.

    Example:
        >>> message_header(Node("Header", {}, 1, [Node("ID", {}, 2, text=" A1 "), Node("Truncated", {}, 3, text="true")]))
        Header(id='A1', ..., others=(('Truncated', 'true'),))
    """
    if header is None:
        return Header()
    senders, receivers = (tuple(_parties(header, kind)) for kind in ("Sender", "Receiver"))
    test = _text(header, "Test")
    return Header(
        id=_text(header, "ID"),
        prepared=_text(header, "Prepared"),
        sender=senders[0] if senders else None,
        test=None if test is None else test in ("true", "1"),
        receivers=receivers,
        names=_texts(header, "Name"),
        sources=_texts(header, "Source"),
        extracted=_text(header, "Extracted"),
        provider=next((urn for node in header.all("DataProvider") if (urn := provider_urn(node))), None),
        set_ids=tuple(text for node in header.all("DataSetID") if (text := node.text.strip())),
        others=(*(("Sender", party.id) for party in senders[1:]), *_others(header)),
    )


def provider_urn(node: Node) -> str | None:
    """Return the URN of the data provider that an element names, by URN or by its parts; ``None`` if by neither.

    Source:
        SDMX 2.1, SDMXCommonReferences.xsd, *DataProviderReferenceType*: an absent version means 1.0; SDMX 3.0, the same.
    """
    for text in (node.text, *(child.text for child in node.all("URN"))):
        if parse_urn(text.strip()) is not None:
            return text.strip()
    for ref in node.all("Ref"):
        said = ref.attributes
        agency, scheme, identifier = (said.get(name) for name in ("agencyID", "maintainableParentID", "id"))
        if agency and identifier:
            version = said.get("maintainableParentVersion", "1.0")
            return SdmxName("base", "DataProvider", agency, scheme or "DATA_PROVIDERS", version, identifier).urn
    return None


def _text(owner: Node, local: str) -> str | None:
    return next((text for node in owner.all(local) if (text := node.text.strip())), None)


def _texts(owner: Node, local: str) -> tuple[Text, ...]:
    # TextType of SDMXCommon.xsd: a text whose language is not stated is English.
    return tuple(Text(node.text, node.attributes.get(_XML_LANGUAGE, "en")) for node in owner.all(local))


def _parties(header: Node, kind: str) -> Iterator[Party]:
    for node in header.all(kind):
        identifier = node.attributes.get("id", "")
        if identifier:
            contacts = tuple(_contact(child) for child in node.all("Contact"))
            yield Party(identifier, _texts(node, "Name"), contacts, _text(node, "Timezone"))


def _contact(node: Node) -> Contact:
    channels = (Channel(child.line, child.local, child.text) for child in node.children if child.local in _CHANNELS)
    return Contact(
        node.line,
        id=node.attributes.get("id"),
        names=_texts(node, "Name"),
        departments=_texts(node, "Department"),
        roles=_texts(node, "Role"),
        channels=tuple(channels),
    )


def _others(header: Node) -> Iterator[tuple[str, str]]:
    for node in header.children:
        nobody = node.local in ("Sender", "Receiver") and not node.attributes.get("id")
        unnamed = node.local == "DataProvider" and provider_urn(node) is None
        if nobody or unnamed or node.local not in _FIELDS:
            yield node.local, " ".join(_all_text(node))


def _all_text(node: Node) -> Iterator[str]:
    if node.text.strip():
        yield node.text.strip()
    for child in node.children:
        yield from _all_text(child)
