"""Reading structure and metadata messages (SDMX-ML 2.0 to 3.1, SDMX-JSON 1.0 to 2.1) into one hub graph."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from semstat.interop.collector import collector_paused
from semstat.interop.document import Document
from semstat.interop.recognise import is_json
from semstat.validators.diagnostics import Diagnostic, Location

if TYPE_CHECKING:
    from rdflib import URIRef

    from semstat.interop.formats.sdmx.index import Index
    from semstat.interop.formats.sdmx.lift import Triples
    from semstat.interop.formats.sdmx.model import Artefact, Message

__all__ = ["lift_messages", "read_structure", "read_structures"]


def read_structure(data: bytes, *, origin: str) -> Document:
    """Read one structure message; see :func:`read_structures`.

    Example:
        >>> read_structure(b"", origin="empty.xml").diagnostics[0].rule
        'IO105'
    """
    return read_structures([(data, origin)])


def read_structures(sources: Sequence[tuple[bytes, str]]) -> Document:
    """Read structure messages together, so that references and codelist extensions reach across files.

    Every artefact of every readable message is in the graph, in all its languages and with its annotations; what is not
    understood is kept as it stands, XML or JSON (``ss:unreadContent``). Bad data never raises: it is in ``diagnostics``,
    ordered by file and line. The graph is held in rdflib's simple memory store, which has no named graphs.

    Args:
        sources: Pairs of content and the name of the file as the user gave it, in the order that decides which of two
            artefacts with one name is used.

    Findings:
        Those of :func:`semstat.interop.formats.sdmx.parse.parse_message`, and ``DSD001`` (once per missing artefact),
        ``DSD003`` (an artefact twice), ``DSD004``.

    Source:
        SDMX 2.1, 3.0 and 3.1, Section 3A (SDMX-ML), structure message; Section 2 (Information Model).
    """
    with collector_paused():
        return lift_messages([_message(data, origin) for data, origin in sources])


def lift_messages(messages: "Sequence[Message]") -> Document:
    """Return the hub graph of messages that are parsed, or made of what another standard says.

    Findings:
        As for :func:`read_structures`.

    Example:
        >>> from semstat.interop.formats.sdmx.model import Message
        >>> len(lift_messages([Message("a.xml", "sdmx-ml-3.0")]).graph)
        0
    """
    from rdflib import Graph

    graph = Graph(store="SimpleMemory")
    if not messages:
        return Document(graph, {}, (), "", _stem_of(set()))
    from semstat.interop.formats.sdmx.index import index_of

    with collector_paused():
        index = index_of(messages)
        add = graph.store.add
        for artefact, origin in _to_lift(index):
            for triple in _triples(artefact, index, origin):
                add(triple, graph)
    found = [item for message in messages for item in message.diagnostics]
    found += index.diagnostics
    found += index.dangling()
    formats = {message.format for message in messages}
    return Document(
        graph,
        dict(_positions(index)),
        _ordered(found, messages),
        ", ".join(message.origin for message in messages),
        formats.pop() if len(formats) == 1 else _stem_of(formats),
    )


def _stem_of(formats: "set[str]") -> str:
    """Return what formats have in common: ``sdmx-ml`` where only versions differ, else ``sdmx``."""
    return "sdmx" if any(name.startswith("sdmx-json") for name in formats) else "sdmx-ml"


def _message(data: bytes, origin: str) -> "Message":
    # The one of the two that is not needed is not loaded: small files take as long as the start.
    if is_json(data):
        from semstat.interop.formats.sdmx.json_structure import parse_json_message

        return parse_json_message(data, origin=origin)
    from semstat.interop.formats.sdmx.parse import parse_message

    return parse_message(data, origin=origin)


def _to_lift(index: "Index") -> "Iterator[tuple[Artefact, str]]":
    for placed in index.kept.values():
        yield placed.artefact, placed.origin
    yield from index.anonymous


def _triples(artefact: "Artefact", index: "Index", origin: str) -> "Triples":
    from semstat.interop.formats.sdmx import lift, lift_constraints, lift_items, lift_structures, lift_tables, model
    from semstat.ontology.terms import SS

    match artefact:
        case model.ItemScheme():
            return lift_items.lift_item_scheme(artefact, index, origin)
        case model.DataStructure():
            return lift_structures.lift_data_structure(artefact, index, origin)
        case model.Dataflow():
            return lift_structures.lift_dataflow(artefact, index, origin)
        case model.ProvisionAgreement():
            return lift_structures.lift_provision_agreement(artefact, index, origin)
        case model.Constraint():
            return lift_constraints.lift_constraint(artefact, index, origin)
        case model.OtherArtefact():
            return lift.lift_head(artefact.head, (SS.MaintainableArtefact,))
        case model.ReportedMetadata() | model.Registration():
            return lift_tables.lift_reported(artefact, index, origin)
        case _:
            return lift_tables.lift_table(artefact.head, artefact, index, origin)


def _positions(index: "Index") -> "Iterator[tuple[URIRef, Location]]":
    from semstat.interop.formats.sdmx.positions import positions

    for artefact, origin in _to_lift(index):
        yield from positions(artefact, index, origin)


def _ordered(found: Iterable[Diagnostic], messages: "Sequence[Message]") -> tuple[Diagnostic, ...]:
    rank: dict[str | None, int] = {}
    for message in messages:
        rank.setdefault(message.origin, len(rank))
    last = len(rank)
    return tuple(sorted(found, key=lambda item: (rank.get(item.location.source, last), item.location.line or 0)))
