"""Documents of DDI-CDI as structures that data are judged by: their dimensional structures say what those of SDMX do."""

from collections.abc import Sequence

from rdflib import Graph

from semstat.interop.reading import Reading, content
from semstat.interop.sources import Source
from semstat.validators.diagnostics import Diagnostic

__all__ = ["with_cdi_structures"]


def with_cdi_structures(reading: Reading, sources: Sequence[Source | Diagnostic]) -> Graph:
    """Return the graph of what was read, with the data structures that documents of DDI-CDI among the sources amount to.

    A dimensional structure is a data structure, a data set of it a dataflow; code lists and concepts come along. Files that
    DDI-CDI describes as wide data are judged as microdata, and need nothing of this. The graph that was read stays as it is.

    Source:
        DDI-CDI 1.0, DimensionalDataStructure; the names are those of :func:`sdmx_artefacts`.
    """
    documents = [item for item in sources if isinstance(item, Source) and reading.formats.get(item.name) == "ddi-cdi"]
    if not documents:
        return reading.document.graph
    from semstat.interop.formats.ddi.cdi import cdi_nodes
    from semstat.interop.formats.ddi.cdi_to_sdmx import sdmx_artefacts
    from semstat.interop.formats.sdmx.model import Message
    from semstat.interop.formats.sdmx.structure import lift_messages

    messages = []
    for item in documents:
        nodes = cdi_nodes(content(item), origin=item.name)
        if nodes.of("DimensionalDataStructure"):
            messages.append(Message(item.name, "ddi-cdi", sdmx_artefacts(nodes)))
    if not messages:
        return reading.document.graph
    whole = Graph(store="SimpleMemory")
    made = lift_messages(messages).graph
    described = set(made.subjects())
    for triple in made:
        whole.add(triple)
    for triple in reading.document.graph:
        if triple[0] not in described:
            whole.add(triple)
    return whole
