"""What the header of an SDMX-ML message says of the message itself: its id, its sender, when it was prepared."""

from contextlib import suppress
from xml.parsers import expat

from semstat.interop.formats.sdmx.header import Header, Party
from semstat.interop.formats.sdmx.ml_header import Node, Tree
from semstat.interop.recognise import is_xml
from semstat.interop.sources import Source

__all__ = ["header_of"]


class _Found(Exception):
    """Ends the reading once the header is read."""


def header_of(source: Source) -> Header:
    """Return the header of a message; an empty one for what is no SDMX-ML, or ends before its header does.

    Source:
        SDMX 2.1 and 3.0 Section 3A, *Header*.
    """
    head = source.head()
    node = _header(head) if is_xml(head) else None
    if node is None:
        return Header()
    test, sender = _text(node, "Test"), next(iter(node.all("Sender")), None)
    return Header(
        _text(node, "ID"),
        _text(node, "Prepared"),
        Party(sender.attributes["id"]) if sender is not None and "id" in sender.attributes else None,
        None if test is None else test in ("true", "1"),
    )


def _text(node: Node, local: str) -> str | None:
    return next((text for child in node.all(local) if (text := child.text.strip())), None)


def _header(head: bytes) -> Node | None:
    tree = Tree()
    depth = 0
    found: list[Node] = []

    def start(name: str, attributes: list[str]) -> None:
        nonlocal depth
        if depth:
            tree.start(name, attributes, parser.CurrentLineNumber)
            depth += 1
        elif name.endswith(" Header") or name == "Header":
            tree.start(name, attributes, parser.CurrentLineNumber)
            parser.CharacterDataHandler = tree.text
            depth = 1

    def end(_name: str) -> None:
        nonlocal depth
        if depth:
            depth -= 1
            node = tree.end()
            if node is not None:
                found.append(node)
                raise _Found

    def doctype(*_: object) -> None:
        raise _Found

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.ordered_attributes = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    with suppress(_Found, expat.ExpatError):
        parser.Parse(head, False)
    return found[0] if found else None
