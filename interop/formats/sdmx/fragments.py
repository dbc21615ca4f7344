"""Content that was kept raw, taken apart again: one literal holds a piece of XML or JSON on each line."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from semstat.interop.formats.sdmx.vocabulary import NAMESPACE_STEMS

__all__ = ["Piece", "fragment", "pieces"]

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Piece:
    """An element that was kept raw.

    ``space`` is the last part of an SDMX namespace (``structure``, ``common``), empty for an element without namespace, the
    whole namespace for a foreign one; ``version`` is the version of SDMX-ML, empty where there is none. ``mixed`` says
    that text stands between the children, or that something foreign is in it: such a piece can only be written as it is.
    """

    local: str
    space: str
    version: str
    attributes: tuple[tuple[str, str], ...] = ()
    text: str = ""
    children: tuple["Piece", ...] = ()
    mixed: bool = False

    def attribute(self, name: str) -> str | None:
        """An attribute's value, ``None`` where there is none."""
        return dict(self.attributes).get(name)


def pieces(text: str) -> Iterator[str]:
    r"""Yield the pieces of a literal of raw content.

    Example:
        >>> list(pieces("<a></a>\n<b>1\n2</b>"))
        ['<a></a>', '<b>1\n2</b>']
        >>> list(pieces('{"a": 1}\n{"b": 2}'))
        ['{"a": 1}', '{"b": 2}']
    """
    if not text.lstrip().startswith("<"):
        yield from text.split("\n")
        return
    pending = ""
    for line in text.split("\n"):
        pending = f"{pending}\n{line}" if pending else line
        if pending.endswith(">") and _parsed(pending) is not None:
            yield pending
            pending = ""
    if pending:
        yield pending


def fragment(text: str) -> Piece | None:
    """Return a piece of raw XML as a tree, ``None`` when it is no XML."""
    element = _parsed(text)
    return None if element is None else _piece(element)


@lru_cache(maxsize=256)
def _parsed(text: str) -> etree._Element | None:
    if not text.startswith("<"):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        return None


def _piece(element: etree._Element) -> Piece:
    name = etree.QName(element)
    space, version = _space(name.namespace or "")
    children = tuple(_piece(child) for child in element if isinstance(child.tag, str))
    texts = [element.text or "", *(child.tail or "" for child in element)]
    mixed = any(child.mixed for child in children) or (bool(children) and any(text.strip() for text in texts))
    attributes = tuple(("xml:lang" if key == _LANGUAGE else str(key), str(value)) for key, value in element.items())
    foreign = ":" in space or any("{" in key for key, _ in attributes)
    return Piece(name.localname, space, version, attributes, "".join(texts), children, mixed or foreign)


def _space(namespace: str) -> tuple[str, str]:
    for stem, version in NAMESPACE_STEMS.items():
        if namespace.startswith(stem):
            return namespace.removeprefix(stem), version
    return (namespace, "") if not namespace or ":" in namespace else (f"urn:{namespace}", "")
