"""Reading metadata files: structures, documentation and shapes, several at once, into one document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import BNode, Graph
from rdflib.term import Node

from semstat.interop.counting import InputRefused, Limits
from semstat.interop.ddi_levels import with_first_level
from semstat.interop.document import Document, merged
from semstat.interop.rdf_naming import canonical
from semstat.interop.recognise_cube import holds_schemes, holds_shapes, is_cube
from semstat.interop.registry import format_of, load
from semstat.interop.sources import Source, sources
from semstat.ontology.literals import exact_literals
from semstat.ontology.terms import RDF, SH, SS, UNNAMED
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding
from semstat.validators.structural import uncheckable_constraints

if TYPE_CHECKING:
    from rdflib.plugins.parsers.notation3 import BadSyntax

__all__ = ["RDF_FORMATS", "Reading", "content", "holds_structures", "read", "read_sources"]

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target)

_MOST_BYTES = 1 << 30
"""Structure messages are held in memory; beyond a gibibyte somebody has named the wrong file."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the hub graph with the findings, user's shapes if any, and the names of the sources.

    ``formats`` tells by the name of a source which format it was recognised as.
    """

    document: Document
    shapes: Graph | None
    names: tuple[str, ...]
    formats: Mapping[str, str] = field(default_factory=dict)

    def is_ddi(self, name: str) -> bool:
        """Tell whether a source is a document of DDI."""
        return self.formats.get(name, "").startswith("ddi-")

    def is_shapes(self, name: str) -> bool:
        """Tell whether a source holds shapes, which judge data and are not judged themselves."""
        return self.formats.get(name) == "turtle"

    @property
    def artefacts(self) -> int:
        """The number of artefacts in the hub graph."""
        return len(set(self.document.graph.subjects(SS.urn, None)))


def read(*paths: str | PathLike[str]) -> Document:
    """Return the hub graph of metadata files, read together so that references reach across files.

    Args:
        paths: Files, folders or archives with structure messages (SDMX-ML or SDMX-JSON) or documents of DDI.

    Findings:
        In the document's ``diagnostics``; bad data never raises.

    Example:
        >>> read("no-such-file.xml").diagnostics[0].rule
        'IO104'
    """
    items: list[Source | Diagnostic] = []
    for path in paths:
        try:
            items.extend(sources(Path(path), limits=Limits()))
        except InputRefused as refused:
            items.append(refused.diagnostic)
    return read_sources(items).document


def read_sources(items: Sequence[Source | Diagnostic]) -> Reading:
    """Return what metadata files and Turtle shapes among the inputs hold; findings take the place of what failed.

    SDMX messages are read together, so that references reach across files; each other file by the opener of its format.
    """
    from semstat.interop.formats.sdmx.structure import read_structures

    taken = _Taken()
    for item in items:
        try:
            taken.add(item)
        except InputRefused as refused:
            taken.found.append(refused.diagnostic)
    document = merged([read_structures(taken.messages), *taken.documents])
    found = taken.found
    for constraint, reason in uncheckable_constraints(document.graph):
        found.append(finding("DSD005", reason, document.positions.get(constraint, Location())))
    names = tuple(
        dict.fromkeys(
            [*(str(item.location.source) for item in found), *(item.name for item in items if isinstance(item, Source))]
        )
    )
    document = replace(document, diagnostics=(*found, *document.diagnostics))
    return Reading(document, None if taken.shapes is None else _named(taken.shapes), names, taken.formats)


@dataclass(slots=True)
class _Taken:
    """What inputs come to, one after the other: SDMX messages as they are, other metadata as documents, shapes as a graph."""

    found: list[Diagnostic] = field(default_factory=list)
    messages: list[tuple[bytes, str]] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    formats: dict[str, str] = field(default_factory=dict)
    shapes: Graph | None = None

    def add(self, item: Source | Diagnostic) -> None:
        """Take one input.

        Raises:
            InputRefused: it cannot be read.
        """
        if isinstance(item, Diagnostic):
            self.found.append(item)
            return
        entry = format_of(item)
        data = content(item)
        self.formats[item.name] = entry.name
        if entry.name in RDF_FORMATS and _has_structures(data):
            self.documents.append(_cube(data, entry.name, item.name))
        elif entry.name == "turtle":
            self.shapes = (self.shapes if self.shapes is not None else Graph()) + _turtle(data, item.name, self.found)
        elif entry.name.startswith("sdmx-ml") or (entry.name.startswith("sdmx") and entry.kind == "structure"):
            # What other message of SDMX-ML it is, its parser says, with the line.
            self.messages.append((data, item.name))
        elif entry.kind != "structure" or not entry.opener:
            message = f"the input is {entry.title}, not a structure that this version reads"
            self.found.append(finding("IO112", message, Location(item.name)))
        else:
            with exact_literals():
                document = load(entry.opener)(data, origin=item.name)
            self.documents.append(with_first_level(document, data) if entry.name.startswith("ddi-") else document)


RDF_FORMATS = ("turtle", "rdf-xml", "json-ld")
"""Formats of RDF, which may hold the structures of data cubes, or concept schemes."""


def _cube(data: bytes, syntax: str, origin: str) -> Document:
    """Return the structures of the data cubes, or the schemes, in an RDF document, once it is safe to read."""
    from semstat.interop.formats.cube_structures import read_cube
    from semstat.interop.rdf_safety import nested_too_deep
    from semstat.interop.safety import read_xml

    refused = read_xml(data, origin=origin) if syntax == "rdf-xml" else nested_too_deep(data, syntax, origin)
    if isinstance(refused, Diagnostic):
        return Document(Graph(), {}, (refused,), origin, "rdf-cube")
    return read_cube(data, syntax, origin=origin)


def _has_structures(data: bytes) -> bool:
    return (is_cube(data) or holds_schemes(data)) and not holds_shapes(data)


def holds_structures(source: Source, name: str) -> bool:
    """Return whether an input of some format is RDF with the structures of data cubes, or with concept schemes.

    Raises:
        InputRefused: it is larger than any such file should be.
    """
    return name in RDF_FORMATS and _has_structures(content(source))


def content(source: Source) -> bytes:
    """Return all of a metadata file.

    Raises:
        InputRefused: IO107, it is larger than any such file should be.
    """
    with source.open() as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise InputRefused(
            finding("IO107", f"a structure message of more than {_MOST_BYTES} bytes is not read", Location(source.name))
        )
    return data


def _not_turtle(data: bytes, origin: str) -> Diagnostic | None:
    """Return what a strict parser says of a text that is not safe or not well-formed.

    rdflib reads on where a text breaks off, and takes what is no IRI for one.
    """
    from semstat.interop.rdf_safety import nested_too_deep
    from semstat.validators.sets import NotRdf, add_rdf, empty_store

    refused = nested_too_deep(data, "turtle", origin)
    if refused is not None:
        return refused
    try:
        add_rdf(empty_store(), data, "turtle")
    except NotRdf as problem:
        return finding("IO101", f"the Turtle is not well-formed: {problem}", Location(origin, problem.line))
    return None


def _turtle(data: bytes, origin: str, found: list[Diagnostic]) -> Graph:
    """Return the shapes of a Turtle file; a syntax error is a finding with the line that the parser names."""
    from rdflib.plugins.parsers.notation3 import BadSyntax

    refused = _not_turtle(data, origin)
    if refused is not None:
        found.append(refused)
        return Graph()
    graph = Graph()
    try:
        with exact_literals():
            graph.parse(data=data, format="turtle")
    except BadSyntax as problem:
        line = getattr(problem, "lines", None)
        place = Location(origin, line + 1 if isinstance(line, int) else None)
        found.append(finding("IO101", f"the Turtle is not well-formed: {_reason(problem)}", place))
        return Graph()
    except (ValueError, RecursionError) as problem:
        found.append(finding("IO101", f"the Turtle is not well-formed: {problem}", Location(origin)))
        return Graph()
    described = (None, RDF.type, SSD.DataFile) in graph
    if not described and not any((None, target, None) in graph for target in _TARGETS):
        found.append(
            finding("IO110", "no shape in the file has a target, so none of them is checked", Location(origin))
        )
    return graph


def _reason(problem: "BadSyntax") -> str:
    """Return why the parser stopped; its own message adds the place once more, and the bytes around it."""
    return str(getattr(problem, "_why", problem.message))


def _named(graph: Graph) -> Graph:
    """Return the graph with IRIs for its blank nodes, the same ones at each reading, so that findings can name shapes.

    Paths keep theirs: an IRI for a path is a predicate, and another path than the one that is meant.
    """
    called = canonical(graph)
    paths: set[Node] = set()
    ahead = [*called.objects(None, SH.path)]
    while ahead:
        node = ahead.pop()
        if isinstance(node, BNode) and node not in paths:
            paths.add(node)
            ahead.extend(called.objects(node))

    def name(node: Node) -> Node:
        return UNNAMED[str(node)] if isinstance(node, BNode) and node not in paths else node

    named = Graph()
    for subject, predicate, value in called:
        named.add((name(subject), predicate, name(value)))
    return named
