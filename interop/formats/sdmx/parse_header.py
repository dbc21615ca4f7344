"""The header of a structure message, read from its first bytes."""

from xml.parsers import expat  # nosec - a document type ends the parse

from semstat.interop.formats.sdmx.header import Header, Party
from semstat.interop.formats.sdmx.model import Text
from semstat.interop.recognise import is_xml
from semstat.interop.safety import MAX_XML_DEPTH

__all__ = ["header_of"]

_XML_LANGUAGE = "http://www.w3.org/XML/1998/namespace lang"
_BLOCK = 1 << 14


class _Done(Exception):
    """The header has ended, or there is none to come."""


class _Reader:
    """Collects the header while expat goes through the message; paths are local names joined by slashes."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.text: list[str] = []
        self.attributes: list[dict[str, str]] = []
        self.plain: dict[str, str] = {}
        self.parties: dict[str, list[str]] = {"Sender": [], "Receiver": []}
        self.texts: dict[str, list[Text]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if len(self.path) == 1 and local != "Header":
            raise _Done
        if len(self.path) > MAX_XML_DEPTH:
            raise _Done
        if self.path[1:] == ["Header"] and local in self.parties:
            self.parties[local].append(attributes.get("id", ""))
        self.path.append(local)
        self.attributes.append(attributes)
        self.text = []

    def end(self, _name: str) -> None:
        place, said = self.path[2:], "".join(self.text)
        language = self.attributes.pop().get(_XML_LANGUAGE, "en")
        self.path.pop()
        self.text = []
        if len(self.path) == 1:
            raise _Done
        if place in (["ID"], ["Test"], ["Prepared"]):
            self.plain[place[0]] = said.strip()
        elif place == ["Name"] or place == ["Source"]:
            self.texts.setdefault(place[0], []).append(Text(said, language))
        elif len(place) == 2 and place[0] in self.parties and place[1] == "Name":
            key = f"{place[0]} {len(self.parties[place[0]])}"
            self.texts.setdefault(key, []).append(Text(said, language))

    def text_of(self, text: str) -> None:
        self.text.append(text)

    def refuse(self, *_parts: object) -> None:
        raise _Done


def header_of(data: bytes) -> Header:
    """Return what the header of a message says; empty where there is none, or where it cannot be read.

    Reading stops at the end of the header; faults of the message are the reader's to report.

    Example:
        >>> header_of(b"<m><Header><ID>A</ID><Sender id='X'/></Header>").sender.id
        'X'
    """
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text_of
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        for place in range(0, len(data) if is_xml(data[:1024]) else 0, _BLOCK):
            parser.Parse(data[place : place + _BLOCK], False)
    except (_Done, expat.ExpatError):
        pass
    return _header(reader)


def _header(reader: _Reader) -> Header:
    senders, receivers = _parties(reader, "Sender"), _parties(reader, "Receiver")
    test = reader.plain.get("Test")
    return Header(
        id=reader.plain.get("ID") or None,
        prepared=reader.plain.get("Prepared") or None,
        sender=senders[0] if senders else None,
        test=None if test is None else test in ("true", "1"),
        receivers=receivers,
        names=tuple(reader.texts.get("Name", ())),
        sources=tuple(reader.texts.get("Source", ())),
    )


def _parties(reader: _Reader, kind: str) -> tuple[Party, ...]:
    ids = enumerate(reader.parties[kind], start=1)
    named = ((identifier, reader.texts.get(f"{kind} {place}", ())) for place, identifier in ids)
    return tuple(Party(identifier, tuple(texts)) for identifier, texts in named if identifier)
