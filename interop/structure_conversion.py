"""Converting structures: inputs are read into one hub graph, and the graph is written in the target format."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, BinaryIO

from semstat.interop.conversion import Conversion, Job
from semstat.interop.reading import Reading, read_sources
from semstat.interop.registry import load
from semstat.interop.reports import UNREADABLE
from semstat.ontology.turtle import PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["WRITERS", "convert_structures", "write_turtle"]

WRITERS: Mapping[str, str] = {
    "turtle": "semstat.interop.structure_conversion:write_turtle",
}
"""Who writes a hub graph: by the target's name, ``"module:function"`` of ``(reading, job, stream) -> Conversion``."""


def convert_structures(job: Job, stream: BinaryIO) -> Conversion:
    """Read structure messages together, and write what they hold.

    Findings:
        Those of reading, and the losses of the writer; nothing is written when an input cannot be read.
    """
    reading = read_sources(job.items)
    found = reading.document.diagnostics
    refused = tuple(item for item in found if item.rule in {*UNREADABLE, "IO112"})
    if refused:
        return Conversion(job.target.name, findings=found, refused=refused)
    writer: Callable[[Reading, Job, BinaryIO], Conversion] = load(WRITERS[job.target.name])
    return writer(reading, job, stream)


def write_turtle(reading: Reading, job: Job, stream: BinaryIO) -> Conversion:
    """Write the hub graph itself, which loses nothing; the same graph gives the same bytes."""
    graph = reading.document.graph
    stream.write(_turtle(graph))
    return Conversion(
        job.target.name, findings=reading.document.diagnostics, written={"artefacts": _maintainables(graph)}
    )


def _turtle(graph: "Graph") -> bytes:
    from rdflib import Graph

    whole = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        whole.bind(prefix, namespace)
    for triple in graph:
        whole.add(triple)
    return whole.serialize(format="turtle", encoding="utf-8")


def _maintainables(graph: "Graph") -> int:
    from semstat.ontology.terms import SS

    return len(set(graph.subjects(SS.maintainer, None)))
