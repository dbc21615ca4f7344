"""What reading metadata yields: the hub graph, where each thing stood, and what was found on the way."""

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import Graph, URIRef

from semstat.validators.diagnostics import CheckOutcome, Diagnostic, Location

__all__ = ["Document"]


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
