"""Reading DDI-Lifecycle 3.2 and 3.3, whole instances and fragments, into the hub graph."""

from lxml import etree
from rdflib import Graph, URIRef

from semstat.interop.collector import collector_paused
from semstat.interop.document import Document
from semstat.interop.formats.ddi.lifecycle_lift import lift
from semstat.interop.formats.ddi.lifecycle_lineage import follow
from semstat.interop.formats.ddi.lifecycle_model import Piece
from semstat.interop.formats.ddi.lifecycle_names import version_of
from semstat.interop.formats.ddi.lifecycle_parse import parse
from semstat.interop.formats.ddi.lifecycle_reading import Reading
from semstat.interop.formats.ddi.lifecycle_references import outcomes, resolve
from semstat.interop.safety import XmlStream, refused_by_libxml2, stream_xml
from semstat.ontology.ddi_iri import document_iri
from semstat.ontology.indexed import IndexedGraph
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

__all__ = ["read_lifecycle"]


@collector_paused()
def read_lifecycle(data: bytes, *, origin: str) -> Document:
    """Read one document of DDI-Lifecycle: ``DDIInstance``, ``FragmentInstance``, or any element that may stand alone.

    Everything identified becomes a node under its DDI URN; every reference is resolved within the document. What no table
    names is kept as it stands (``ss:unreadContent``) and reported. Bad data never raises.

    Findings:
        ``IO101`` to ``IO107`` (not readable), ``IO112`` (not DDI-Lifecycle 3.2 or 3.3), ``IO108`` and ``IO114`` (kept, not
        interpreted), ``DDI020`` to ``DDI030`` (identities and references), ordered by line.

    Source:
        DDI-Lifecycle 3.2 and 3.3, XML Schema; 3.3, Technical Guide, *Identification* and *References*.

    Example:
        >>> data = b'<c:UnitType xmlns:c="ddi:conceptualcomponent:3_3" xmlns:r="ddi:reusable:3_3">'
        >>> data += b"<r:URN>urn:ddi:int.example:households:1</r:URN></c:UnitType>"
        >>> len(read_lifecycle(data, origin="units.xml").graph)
        5
    """
    stream = stream_xml(data, origin=origin)
    if isinstance(stream, Diagnostic):
        return Document(Graph(), {}, (stream,), origin, "ddi-lifecycle")
    try:
        root = next(element.tag for _, element in stream.events())
    except etree.XMLSyntaxError as error:
        return Document(Graph(), {}, (refused_by_libxml2(error, origin),), origin, "ddi-lifecycle")
    version = version_of(root)
    if version is None:
        message = f"the root element `{root}` is not of DDI-Lifecycle 3.2 or 3.3"
        found = finding("IO112", message, Location(origin, stream.lines[0]), value=root)
        return Document(Graph(), {}, (found,), origin, "ddi-lifecycle")
    return _read(stream, Reading(origin, document_iri(data)), f"ddi-lifecycle-{version}")


def _read(stream: XmlStream, reading: Reading, name: str) -> Document:
    graph: Graph = IndexedGraph()
    positions: dict[URIRef, Location] = {}
    try:
        for placed in parse(stream, reading):
            for triple in lift(placed, reading):
                graph.add(triple)
            _place(placed.piece, positions, reading.origin)
    except etree.XMLSyntaxError as error:
        reading.diagnostics.append(refused_by_libxml2(error, reading.origin))
    for triple in resolve(reading):
        graph.add(triple)
    for triple in list(follow(graph)):
        graph.add(triple)
    checked = tuple(outcomes(reading))
    found = sorted([*reading.diagnostics, *reading.uninterpreted()], key=lambda item: item.location.line or 0)
    return Document(graph, positions, tuple(found), reading.origin, name, checked)


def _place(piece: Piece, positions: dict[URIRef, Location], origin: str) -> None:
    if piece.kind.types:
        positions.setdefault(piece.iri, Location(origin, piece.line))
    for value in (*(field.value for field in piece.fields), *piece.loose):
        if isinstance(value, Piece):
            _place(value, positions, origin)
