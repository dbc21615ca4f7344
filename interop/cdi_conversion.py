"""Converting into DDI-CDI: from itself without loss between its syntaxes and spellings, else from the hub graph."""

from collections import Counter
from dataclasses import replace
from typing import BinaryIO

from semstat.interop.conversion import CannotConvert, Conversion, Job, Shape
from semstat.interop.document import merged
from semstat.interop.formats.ddi.cdi import cdi_nodes, cdi_statements
from semstat.interop.formats.ddi.cdi_build import CdiBuilder
from semstat.interop.formats.ddi.cdi_from_files import add_study
from semstat.interop.formats.ddi.cdi_from_sdmx import add_sdmx
from semstat.interop.formats.ddi.cdi_nodes import CdiNodes, Flavour, nodes_of
from semstat.interop.formats.ddi.cdi_study_hub import StudyHub
from semstat.interop.formats.ddi.cdi_to_sdmx import sdmx_artefacts
from semstat.interop.formats.ddi.cdi_write_json import json_text
from semstat.interop.formats.ddi.cdi_write_xml import xml_text
from semstat.interop.formats.sdmx.model import Message
from semstat.interop.formats.sdmx.structure import lift_messages
from semstat.interop.reading import Reading, content, read_sources
from semstat.ontology.cdi_model import cdi_model
from semstat.ontology.terms import RDF
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

__all__ = ["with_structures", "write_cdi"]


def write_cdi(reading: Reading, job: Job, stream: BinaryIO) -> Conversion:
    """Write what was read as one document of DDI-CDI 1.0 in its official spelling.

    Raises:
        CannotConvert: data are to have a shape, and nothing describes data that could.

    Findings:
        ``DDI040``, where nothing can be written; ``IO202``, statements of DDI-CDI that no class has; those of the lowering of
        the hub graph: ``DDI069``, ``IO201`` to ``IO211``.
    """
    if job.shape is None and all(reading.formats.get(item.name) == "ddi-cdi" for item in job.items):
        nodes, losses = _transcribed(job)
    else:
        nodes, losses = _lowered(reading, job)
    if not nodes.nodes:
        said = (
            "nothing of what the input says has a place in DDI-CDI, which describes data: files, variables, structures"
        )
        refused = finding("DDI040", said, Location(job.items[0].name))
        return Conversion(job.target.name, losses, reading.document.diagnostics, refused=(refused,))
    text = xml_text(nodes) if job.target.name == "ddi-cdi-xml" else json_text(nodes)
    stream.write(text.encode("utf-8", "backslashreplace"))
    number = sum(1 for node in nodes.nodes.values() if cdi_model().is_class(node.cls))
    return Conversion(job.target.name, losses, reading.document.diagnostics, written={"nodes": number})


def _transcribed(job: Job) -> tuple[CdiNodes, tuple[Diagnostic, ...]]:
    """Return the nodes of documents of DDI-CDI, and what of them has no place in the model."""
    whole = CdiNodes({}, Flavour(0, 0))
    losses: list[Diagnostic] = []
    for item in job.items:
        statements = cdi_statements(content(item), origin=item.name)
        read = nodes_of(statements)
        for iri, node in read.nodes.items():
            whole.nodes.setdefault(iri, node)
        left = Counter(str(predicate) for node in read.nodes.values() for _, predicate, _ in node.unread)
        first = {str(predicate): node for node in read.nodes.values() for _, predicate, _ in reversed(node.unread)}
        for predicate, number in left.items():
            where = statements.location(str(first[predicate].iri), predicate)
            said = f"`{predicate}` is no property of DDI-CDI of the nodes that have it, and is not written"
            losses.append(replace(finding("IO202", said, where, value=predicate), count=number))
    return whole, tuple(losses)


def _lowered(reading: Reading, job: Job) -> tuple[CdiNodes, tuple[Diagnostic, ...]]:
    """Return the nodes that the hub graph amounts to: structures of SDMX, and what DDI says of files and variables."""
    from semstat.interop.formats.sdmx.account import Account
    from semstat.interop.formats.sdmx.lower_message import lower_graph

    document = reading.document
    builder = CdiBuilder()
    account = Account(job.target.name, document.positions)
    add_sdmx(builder, lower_graph(document.graph), account)
    hub = StudyHub(document.graph, dict(document.positions))
    add_study(builder, hub, layout=_layout(reading, job.shape))
    return builder.done(), (*account.losses, *hub.losses(job.target.title))


def _layout(reading: Reading, shape: Shape | None) -> Shape:
    """Return how data files are laid out.

    Raises:
        CannotConvert: a shape was asked for, and nothing describes a file with records; or one with keys, for dimensions.
    """
    graph = reading.document.graph
    records = set(graph.subjects(RDF.type, SSI.LogicalRecord))
    if shape is not None and not records:
        raise CannotConvert(f"shape {shape!r} is for data files that DDI describes, and the inputs describe none")
    if shape == "dimensional" and not any((one, SSD.caseIdentifier, None) in graph for one in records):
        raise CannotConvert("no record has a key whose variables could be dimensions", hint="choose another --shape")
    return shape or "wide"


def with_structures(reading: Reading, job: Job) -> Reading | None:
    """Return what was read with a graph of the structures of SDMX in documents of DDI-CDI; ``None`` where there are none."""
    messages = []
    for item in job.items:
        if reading.formats.get(item.name) == "ddi-cdi":
            artefacts = sdmx_artefacts(cdi_nodes(content(item), origin=item.name))
            messages.append(Message(item.name, "ddi-cdi", artefacts))
    if not any(message.artefacts for message in messages):
        return None
    rest = [item for item in job.items if reading.formats.get(item.name) != "ddi-cdi"]
    documents = [lift_messages(messages), *([read_sources(rest).document] if rest else [])]
    whole = merged(documents)
    found = (*reading.document.diagnostics, *documents[0].diagnostics)
    return replace(reading, document=replace(whole, diagnostics=found))
