"""Converting structures: inputs are read into one hub graph, and the graph is written in the target format."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from semstat.interop.conversion import CannotConvert, Conversion, Job
from semstat.interop.formats.sdmx.header import Header, Party
from semstat.interop.reading import RDF_FORMATS, Reading, content, read_sources
from semstat.interop.recognise import is_json
from semstat.interop.registry import load
from semstat.interop.reports import UNREADABLE
from semstat.ontology.turtle import PREFIXES
from semstat.validators.diagnostics import Diagnostic
from semstat.validators.rules import finding

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    from semstat.interop.formats.sdmx.account import Account

__all__ = [
    "WRITERS",
    "convert_structures",
    "message_header",
    "source_version",
    "write_cube",
    "write_json",
    "write_ml",
    "write_turtle",
]

Writer = Callable[[Reading, Job, BinaryIO], Conversion]

WRITERS: Mapping[str, str] = {
    "turtle": "semstat.interop.structure_conversion:write_turtle",
    "sdmx-ml-2.1-structure": "semstat.interop.structure_conversion:write_ml",
    "sdmx-ml-3.0-structure": "semstat.interop.structure_conversion:write_ml",
    "sdmx-ml-3.1-structure": "semstat.interop.structure_conversion:write_ml",
    "sdmx-ml-2.1-registry-interface": "semstat.interop.structure_conversion:write_ml",
    "sdmx-ml-3.0-registry-interface": "semstat.interop.structure_conversion:write_ml",
    "sdmx-ml-3.1-registry-interface": "semstat.interop.structure_conversion:write_ml",
    "sdmx-json-2.0-structure": "semstat.interop.structure_conversion:write_json",
    "sdmx-json-2.1-structure": "semstat.interop.structure_conversion:write_json",
    "rdf-cube-structure-turtle": "semstat.interop.structure_conversion:write_cube",
    "rdf-cube-structure-n-triples": "semstat.interop.structure_conversion:write_cube",
    "ddi-cdi-json-ld": "semstat.interop.cdi_conversion:write_cdi",
    "ddi-cdi-xml": "semstat.interop.cdi_conversion:write_cdi",
    "ddi-codebook-2.6": "semstat.interop.ddi_conversion:write_codebook",
    "ddi-lifecycle-3.3": "semstat.interop.ddi_conversion:write_lifecycle",
}
"""Who writes a hub graph: by the target's name, ``"module:function"`` of ``(reading, job, stream) -> Conversion``."""

_ID, _SENDER = "STRUCTURES", "UNKNOWN"
_HEAD_BYTES = 1 << 16


def convert_structures(job: Job, stream: BinaryIO) -> Conversion:
    """Read structure messages together, and write what they hold.

    Raises:
        CannotConvert: the inputs are documents of DDI, and the target has no place for what they hold.

    Findings:
        Those of reading, and the losses of the writer; nothing is written when an input cannot be read.
    """
    reading = read_sources(job.items)
    found = reading.document.diagnostics
    refused = tuple(item for item in found if item.rule in {*UNREADABLE, "IO112"})
    if refused:
        return Conversion(job.target.name, findings=found, refused=refused)
    if job.target.name.startswith(("sdmx", "rdf-cube")) and any(reading.is_ddi(item.name) for item in job.items):
        return _of_ddi(reading, job, stream)
    done = _writer(job)(reading, job, stream)
    return replace(done, losses=(*_left_behind(reading), *done.losses))


def _of_ddi(reading: Reading, job: Job, stream: BinaryIO) -> Conversion:
    """Write the structures that documents of DDI-CDI amount to, or else the code lists and concepts of any product of DDI.

    Raises:
        CannotConvert: there is nothing of the kind in them.
    """
    from semstat.interop.cdi_conversion import with_structures
    from semstat.interop.ddi_conversion import as_structures

    others = {reading.formats.get(item.name, "") for item in job.items if reading.is_ddi(item.name)} - {"ddi-cdi"}
    found = with_structures(reading, job) if not others else None
    if found is not None:
        return _writer(job)(found, job, stream)
    lists, losses = as_structures(reading, agency=job.agency)
    done = _writer(job)(lists, job, stream)
    return replace(done, losses=(*losses, *done.losses))


def _writer(job: Job) -> Writer:
    """Return who writes the target of a job."""
    writer: Writer = load(WRITERS[job.target.name])
    return writer


def write_turtle(reading: Reading, job: Job, stream: BinaryIO) -> Conversion:
    """Write the hub graph itself, which loses nothing; the same graph gives the same bytes."""
    graph = reading.document.graph
    stream.write(_turtle(graph))
    return _done(job, reading, (), _artefacts(graph))


def write_ml(reading: Reading, job: Job, stream: BinaryIO) -> Conversion:
    """Write a structure message of SDMX-ML, or the registry message that asks to register what is registered.

    Raises:
        CannotConvert: nobody says when the message was prepared.

    Findings:
        IO201 to IO212, what the version cannot say.
    """
    from semstat.interop.formats.sdmx.account import Account
    from semstat.interop.formats.sdmx.dialects import DIALECTS
    from semstat.interop.formats.sdmx.lower_message import lower_graph
    from semstat.interop.formats.sdmx.serialise import serialise
    from semstat.interop.formats.sdmx.serialise_registry import serialise_registrations

    document = reading.document
    dialect = DIALECTS[job.target.name.split("-")[2]]
    account = Account(job.target.name, document.positions)
    if dialect.legacy:
        _resolved(document.graph, account)
    artefacts = lower_graph(document.graph, resolved=dialect.legacy)
    source = source_version(document.format)
    write = serialise_registrations if job.target.name.endswith("registry-interface") else serialise
    for line in write(artefacts, dialect, message_header(job), account, source=source):
        stream.write(line.encode("utf-8"))
    return _done(job, reading, account.losses, account.written)


def write_json(reading: Reading, job: Job, stream: BinaryIO) -> Conversion:
    """Write a structure message of SDMX-JSON.

    Raises:
        CannotConvert: nobody says when the message was prepared.

    Findings:
        IO201 to IO212, what the version cannot say.
    """
    from semstat.interop.formats.sdmx.account import Account
    from semstat.interop.formats.sdmx.json_write import serialise_json
    from semstat.interop.formats.sdmx.lower_message import lower_graph

    document = reading.document
    account = Account(job.target.name, document.positions)
    version, source = job.target.name.split("-")[2], source_version(document.format)
    text = serialise_json(lower_graph(document.graph), version, message_header(job), account, source=source)
    stream.write(text.encode("utf-8", "backslashreplace"))
    return _done(job, reading, account.losses, account.written)


def write_cube(reading: Reading, job: Job, stream: BinaryIO) -> Conversion:
    """Write structures as those of RDF Data Cubes, with their code lists and concepts in SKOS, in Turtle or N-Triples.

    Findings:
        IO201 to IO212, what QB and SKOS have no words for.
    """
    from semstat.interop.formats.cube_losses import lose_of_cubes
    from semstat.interop.formats.sdmx.account import Account
    from semstat.interop.formats.sdmx.lower_message import lower_graph
    from semstat.interop.formats.write_cube_structure import structure_triples, term

    document = reading.document
    account = Account(job.target.name, document.positions)
    _resolved(document.graph, account)
    lose_of_cubes(lower_graph(document.graph), account)
    triples = dict.fromkeys(structure_triples(document.graph))
    if job.target.name.endswith("turtle"):
        stream.write(_turtle(triples))
    else:
        for subject, predicate, value in triples:
            stream.write(f"{term(subject)} {term(predicate)} {term(value)} .\n".encode())
    return _done(job, reading, account.losses, account.written)


def source_version(format: str) -> str:
    """Return the version of SDMX that a format is of, empty where there is none.

    Example:
        >>> source_version("sdmx-json-2.0"), source_version("sdmx-ml-2.1"), source_version("turtle")
        ('3.0', '2.1', '')
    """
    number = format.rpartition("-")[2]
    if format.startswith("sdmx-json"):
        return {"1.0": "2.1", "2.0": "3.0", "2.1": "3.1"}.get(number, "")
    return number if format.startswith("sdmx-ml-") else ""


def _resolved(graph: "Graph", account: "Account") -> None:
    """Enter that references to the latest fitting version are written as the version that they mean now."""
    from rdflib import URIRef

    from semstat.ontology.iri import name_of
    from semstat.ontology.terms import SST

    for subject, written in sorted(graph.subject_objects(SST.referenceAsWritten)):
        owner = name_of(URIRef(str(subject).partition("#")[0]))
        message = f"the reference `{written}` is written as the version that it means now"
        account.of(owner).lose("IO203", message, value=str(written))


def message_header(job: Job) -> Header:
    """Return the header of the message: what the user says, completed by what the first inputs say.

    Raises:
        CannotConvert: nobody says when the message was prepared.
    """
    from semstat.interop.formats.sdmx.json_meta import header_of_json
    from semstat.interop.formats.sdmx.parse_header import header_of

    header = job.header
    for item in job.items:
        head = item.head(_HEAD_BYTES)
        header = header.completed_by(header_of_json(content(item)) if is_json(head) else header_of(head))
    if header.prepared is None:
        raise CannotConvert("no input says when the message was prepared", hint="say it with --prepared")
    return header.completed_by(Header(id=_ID, sender=Party(_SENDER), test=False))


def _artefacts(graph: "Graph") -> int:
    """Return how many artefacts a graph holds, metadata sets and registrations without a name of their own included."""
    from semstat.ontology.terms import RDF, SS, SST
    from semstat.ontology.terms_metadata import SSR

    unnamed = (set(graph.subjects(RDF.type, cls)) for cls in (SSR.MetadataSet, SST.Registration))
    return len(set(graph.subjects(SS.maintainer, None)).union(*unnamed))


def _done(job: Job, reading: Reading, losses: tuple[Diagnostic, ...], artefacts: int) -> Conversion:
    written = {"artefacts": artefacts}
    if any(reading.is_ddi(item.name) for item in job.items):  # what DDI describes seldom has a maintainer
        written = {"described things": len(reading.document.positions)}
    return Conversion(job.target.name, losses, reading.document.diagnostics, written=written)


def _left_behind(reading: Reading) -> Iterator[Diagnostic]:
    """Yield what was not read of RDF as losses: unlike content of XML and JSON, it is not kept."""
    for item in reading.document.diagnostics:
        if item.rule == "IO114" and reading.formats.get(item.location.source or "") in RDF_FORMATS:
            yield finding("IO202", item.message, item.location, value=item.value)


def _turtle(triples: Iterable[tuple["Node", "Node", "Node"]]) -> bytes:
    from rdflib import Graph

    whole = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        whole.bind(prefix, namespace)
    for triple in triples:
        whole.add(triple)
    return whole.serialize(format="turtle", encoding="utf-8")
