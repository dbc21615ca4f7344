"""What reading metadata yields: the hub graph, where each thing stood, and what was found on the way."""

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import Graph, URIRef

from semstat.validators.diagnostics import Diagnostic, Location

__all__ = ["Document"]


@dataclass(frozen=True, slots=True)
class Document:
    """A metadata file as read.

    ``graph`` holds the lifted artefacts; ``positions`` is the side table from IRI to place (the graph carries no
    positions); ``diagnostics`` are the findings of reading; ``format`` names the format (``sdmx-ml-2.1``).
    """

    graph: Graph
    positions: Mapping[URIRef, Location]
    diagnostics: tuple[Diagnostic, ...]
    origin: str
    format: str
