"""What libxml2 finds in a document by a schema: each fault once, with the line on which its element begins."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from semstat.interop.schema.sentences import Saying, of_libxml2

if TYPE_CHECKING:
    from lxml import etree

    from semstat.interop.safety import XmlTree

__all__ = ["MOST_FAULTS", "Fault", "bounded_faults", "faults"]

MOST_FAULTS = 100_000
"""After so many faults of one document, the rest of it is not looked at."""

_MOST_LINES = 2_000
"""Finding an element by its path takes the longer the more siblings it has: beyond this, lines are those of libxml2."""

_MOST_STEPS = 200_000_000
"""libxml2 makes a path for every fault by counting the siblings before it: some seconds of that, and not hours."""

_SLICE = 1 << 18


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: what is said of it, where it is (``None``: not told), and how often it is there."""

    saying: Saying
    line: int | None
    count: int = 1


def faults(schema: "etree.XMLSchema", tree: "XmlTree") -> Iterator[Fault]:
    """Yield the faults of a document by a schema; nothing where it is valid."""
    if schema.validate(tree.root):
        return
    prefixes = _prefixes(tree.root)
    seen: set[tuple[str | None, str]] = set()
    for number, entry in enumerate(cast("Iterable[etree._LogEntry]", schema.error_log)):
        path = cast(str | None, getattr(entry, "path", None))
        said = of_libxml2(entry.message, path or "")
        key = (path, _attribute(entry.message))
        if key in seen and not said.is_beyond:
            continue  # libxml2 says once more, of the type, what it said of the facet
        seen.add(key)
        line = _line(tree, path, prefixes) if number < _MOST_LINES else None
        yield Fault(said, line or entry.line)


def bounded_faults(schema: "etree.XMLSchema", tree: "XmlTree", text: bytes) -> tuple[list[Fault], bool]:
    """Return the faults of a document of any size, and whether it was looked at to its end.

    The text is streamed past the schema first. Where there are so many faults that finding their places would take minutes,
    each kind is told once, with its number and without a line.

    Args:
        schema: The schema.
        tree: The document.
        text: The same document, as UTF-8.
    """
    messages, is_whole = _streamed(schema, text)
    if not messages:
        return [], is_whole
    if is_whole and len(messages) * _widest(tree.root) <= _MOST_STEPS:
        return list(faults(schema, tree)), True
    return [Fault(of_libxml2(message), None, count) for message, count in Counter(messages).items()], is_whole


class _Nothing:
    """Builds nothing of what is parsed."""

    def start(self, tag: str | bytes, attrib: object) -> None:
        pass

    def end(self, tag: str | bytes) -> None:
        pass

    def data(self, data: str | bytes) -> None:
        pass

    def comment(self, text: str | bytes) -> None:
        pass

    def close(self) -> None:
        pass


def _streamed(schema: "etree.XMLSchema", text: bytes) -> tuple[list[str], bool]:
    """Return what libxml2 says of a text, up to the most faults, and whether that is all."""
    from lxml import etree

    parser = etree.XMLParser(
        schema=schema, target=_Nothing(), resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8"
    )
    for begin in range(0, len(text), _SLICE):
        parser.feed(text[begin : begin + _SLICE])
        if len(parser.feed_error_log) > MOST_FAULTS:
            return [entry.message for entry in parser.feed_error_log], False
    with suppress(etree.XMLSyntaxError):  # is said of whatever is not valid, and is in the log
        parser.close()
    return [entry.message for entry in parser.feed_error_log], True


def _widest(root: "etree._Element") -> int:
    return max(len(element) for element in root.iter("*")) or 1


def _prefixes(root: "etree._Element") -> dict[str, str]:
    """Return the namespaces by prefix, as paths to elements write them; of a prefix with two meanings the first."""
    found: dict[str, str] = {}
    for element in root.iter("*"):
        if len(element.nsmap) > len(found):
            found.update({name: uri for name, uri in element.nsmap.items() if name and name not in found})
    return found


def _attribute(message: str) -> str:
    found = re.search(r", attribute '([^']*)'", message)
    return found[1] if found else ""


def _line(tree: "XmlTree", path: str | None, prefixes: dict[str, str]) -> int | None:
    """Return the line on which an element begins, ``None`` where its path leads nowhere.

    libxml2 names the line on which the tag ends, and no line beyond 65 535.
    """
    from lxml import etree

    try:
        found = tree.root.getroottree().xpath((path or "").partition("/@")[0], namespaces=prefixes)
    except etree.XPathError:
        return None
    first = found[0] if isinstance(found, list) and found else None
    return tree.lines.get(first) if isinstance(first, etree._Element) else None
