"""Keeps parts of an SDMX-ML message as XML: what the standard knows and this version does not interpret."""

from xml.sax.saxutils import escape, quoteattr

from semstat.interop.formats.sdmx.ml_records import Element

__all__ = ["Raw"]


class Raw:
    """Writes one element and all that it holds as XML that stands by itself, from a parser's events.

    Args:
        limit: How many characters are kept; what is longer is not kept at all.

    Example:
        >>> raw = Raw(limit=100)
        >>> raw.start("urn:x Note", ["id", "1"]); raw.text("a < b"); raw.end("urn:x Note")
        '<Note xmlns="urn:x" id="1">a &lt; b</Note>'
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._parts: list[str] = []
        self._size = 0
        self._namespaces: list[str] = [""]

    def start(self, name: str, attributes: Element) -> None:
        """An element begins."""
        namespace, _, local = name.rpartition(" ")
        own = f" xmlns={quoteattr(namespace)}" if namespace != self._namespaces[-1] else ""
        declared, stated = [], []
        for place in range(0, len(attributes), 2):
            where, _, key = attributes[place].rpartition(" ")
            if where == "http://www.w3.org/XML/1998/namespace":
                key = f"xml:{key}"
            elif where:
                declared.append(f" xmlns:a{place}={quoteattr(where)}")
                key = f"a{place}:{key}"
            stated.append(f" {key}={quoteattr(attributes[place + 1])}")
        self._namespaces.append(namespace)
        self._add(f"<{local}{own}{''.join(declared)}{''.join(stated)}>")

    def text(self, text: str) -> None:
        """Text between tags."""
        self._add(escape(text))

    def end(self, name: str) -> str | None:
        """An element ends; return the XML if it is the outermost, empty where it was too long, else ``None``."""
        self._namespaces.pop()
        self._add(f"</{name.rpartition(' ')[2]}>")
        if len(self._namespaces) > 1:
            return None
        return "".join(self._parts) if self._size <= self._limit else ""

    def _add(self, part: str) -> None:
        self._size += len(part)
        if self._size > self._limit:
            self._parts.clear()
            return
        self._parts.append(part)
