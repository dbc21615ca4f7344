"""The header of a message read from its first bytes, and the provider in a part that was kept."""

from xml.parsers import expat  # nosec - a document type ends the parse

from semstat.interop.encodings import readable
from semstat.interop.formats.sdmx.header import Header
from semstat.interop.formats.sdmx.ml_header import Node, Tree
from semstat.interop.formats.sdmx.ml_message_header import message_header, provider_urn
from semstat.interop.recognise import is_xml
from semstat.interop.safety import MAX_XML_DEPTH

__all__ = ["header_of", "provider_in"]

_BLOCK = 1 << 14


class _Done(Exception):
    """The header has ended, or there is none to come."""


class _Reader:
    """Collects the header while expat goes through the message."""

    def __init__(self) -> None:
        self.depth = 0
        self.tree = Tree()
        self.header: Node | None = None

    def start(self, name: str, attributes: list[str]) -> None:
        self.depth += 1
        if self.depth > MAX_XML_DEPTH or (self.depth == 2 and name.rpartition(" ")[2] != "Header"):
            raise _Done
        if self.depth > 1:
            self.tree.start(name, attributes, 0)

    def end(self, _name: str) -> None:
        if self.depth == 2:
            self.header = self.tree.end()
            raise _Done
        if self.depth > 1:
            self.tree.end()
        self.depth -= 1

    def text_of(self, text: str) -> None:
        if self.depth > 1:
            self.tree.text(text)

    def refuse(self, *_parts: object) -> None:
        raise _Done


def header_of(data: bytes) -> Header:
    """Return what the header of a message says; empty where there is none, or where it cannot be read.

    Reading stops at the end of the header; faults of the message are the reader's to report.

    Example:
        >>> header_of(b"<m><Header><ID>A</ID><Sender id='X'/></Header>").sender.id
        'X'
    """
    return message_header(_read(data))


def provider_in(xml: str) -> str | None:
    """Return the URN of the data provider that an element names, which stands by itself; ``None`` if it names none.

    Example:
        >>> provider_in('<DataProvider><Ref agencyID="A" maintainableParentID="DATA_PROVIDERS" id="P"/></DataProvider>')
        'urn:sdmx:org.sdmx.infomodel.base.DataProvider=A:DATA_PROVIDERS(1.0).P'
    """
    node = _read(f"<Header><Header>{xml}</Header></Header>".encode())
    return next((urn for child in (node.children if node else ()) if (urn := provider_urn(child))), None)


def _read(data: bytes) -> Node | None:
    reader = _Reader()
    try:
        text, encoding = readable(data)
    except expat.ExpatError:
        return None
    parser = expat.ParserCreate(encoding, namespace_separator=" ")
    parser.ordered_attributes = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text_of
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        for place in range(0, len(text) if is_xml(text[:1024]) else 0, _BLOCK):
            parser.Parse(text[place : place + _BLOCK], False)
    except (_Done, expat.ExpatError):
        pass
    return reader.header
