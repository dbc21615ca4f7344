"""What reading metadata yields: the hub graph, where each thing stood, and what was found on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rdflib import Graph, URIRef

from semstat.validators.diagnostics import CheckOutcome, Diagnostic, Location

__all__ = ["Document", "merged"]


@dataclass(frozen=True, slots=True)
class Document:
    """A metadata file as read.

    ``graph`` holds the lifted artefacts; ``positions`` is the side table from IRI to place (the graph carries no
    positions); ``diagnostics`` are the findings of reading; ``format`` names the format (``sdmx-ml-2.1``). ``outcomes`` tell of
    rules that the reader itself applies how many things they looked at, or why they could not.
    """

    graph: Graph
    positions: Mapping[URIRef, Location]
    diagnostics: tuple[Diagnostic, ...]
    origin: str
    format: str
    outcomes: tuple[CheckOutcome, ...] = ()


def merged(documents: Sequence[Document]) -> Document:
    """Return one document of several, in their order; what holds nothing leaves no trace.

    Where two give a place to one thing, the first counts.

    Raises:
        ValueError: there is no document at all.
    """
    if not documents:
        raise ValueError("nothing to put together: name at least one document")
    telling = [item for item in documents if item.origin] or list(documents[:1])
    if len(telling) == 1:
        return telling[0]
    graph = telling[0].graph
    positions: dict[URIRef, Location] = {}
    for item in telling:
        for iri, place in item.positions.items():
            positions.setdefault(iri, place)
    for item in telling[1:]:
        for triple in item.graph:
            graph.add(triple)
    formats = tuple(dict.fromkeys(item.format for item in telling))
    return Document(
        graph,
        positions,
        tuple(found for item in telling for found in item.diagnostics),
        ", ".join(item.origin for item in telling),
        ", ".join(formats),
        tuple(outcome for item in telling for outcome in item.outcomes),
    )
