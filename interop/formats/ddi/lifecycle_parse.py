"""Parsing DDI-Lifecycle: one thing after the other, by the tables of the kinds; no tree of the whole document is made."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from rdflib import URIRef

from semstat.interop.formats.ddi.lifecycle_builder import Builder
from semstat.interop.formats.ddi.lifecycle_kinds_all import kind_of
from semstat.interop.formats.ddi.lifecycle_model import Piece
from semstat.interop.formats.ddi.lifecycle_names import name_of
from semstat.interop.formats.ddi.lifecycle_reading import Reading
from semstat.interop.safety import XmlStream

__all__ = ["Placed", "parse"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece, and what it stands in: the holder's IRI, the property that leads from it, and the study around, if any."""

    piece: Piece
    holder: URIRef | None
    predicate: URIRef | None
    study: URIRef | None


def parse(stream: XmlStream, reading: Reading) -> Iterator[Placed]:
    """Yield the things that a document describes, those within a package or scheme before the package or scheme itself.

    Raises:
        lxml.etree.XMLSyntaxError: see :meth:`semstat.interop.safety.XmlStream.events`.
    """
    open_ones: list[tuple[etree._Element, Builder]] = []
    count = 0
    for event, element in stream.events():
        if event == "start":
            reading.lines[element] = stream.lines[count]
            count += 1
            if not open_ones or open_ones[-1][0] is element.getparent():
                _open(element, open_ones, reading)
        elif open_ones and element is open_ones[-1][0]:
            builder = open_ones.pop()[1]
            yield _placed(builder.finish(), open_ones[-1][1] if open_ones else None)
            _drop(element, reading)
        elif open_ones and element.getparent() is open_ones[-1][0]:
            holder = open_ones[-1][1]
            holder.take(element)
            for piece in holder.given_up():
                yield _placed(piece, holder)
            _drop(element, reading)
        elif element.getparent() is None:
            builder = Builder.of(reading, element, None)
            builder.take_all(element)
            yield _placed(builder.finish(), None)


def _open(element: etree._Element, open_ones: list[tuple[etree._Element, Builder]], reading: Reading) -> None:
    if not kind_of(name_of(element.tag).local).container or name_of(element.tag).version is None:
        return
    above = open_ones[-1][1] if open_ones else None
    if above is not None:
        above.settle()
    builder = Builder.of(reading, element, above)
    builder.streams = True
    open_ones.append((element, builder))


def _placed(piece: Piece, holder: Builder | None) -> Placed:
    while holder is not None and not holder.kind.types:  # Fragment and FragmentInstance only wrap
        holder = holder.above
    if holder is None:
        return Placed(piece, None, None, None)
    return Placed(piece, holder.settle(), holder.property_to(piece), holder.study)


def _drop(element: etree._Element, reading: Reading) -> None:
    """Forget an element that has been read, and those before it."""
    reading.lines.clear()
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
