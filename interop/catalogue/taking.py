"""What a catalogue takes from a source: statements, the dependencies they imply, and what was found while reading."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rdflib import BNode, Graph, Literal, URIRef

from semstat.interop.catalogue.identity import identified
from semstat.interop.catalogue.names import short_name
from semstat.interop.counting import InputRefused
from semstat.interop.graphs import RdfFile, unsafe
from semstat.interop.harvesting import harvested
from semstat.interop.reading import content, read_sources
from semstat.interop.registry import Format, format_of
from semstat.interop.reports import UNREADABLE
from semstat.interop.sources import Source
from semstat.ontology.dependencies import Triple, edges_of, implied_in
from semstat.ontology.terms import RDFS, UNNAMED
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding
from semstat.validators.sets import NotRdf, triples_in

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Taken", "digest_of", "edges_among", "is_data", "plain_statements", "take"]

_SYNTAXES = {"turtle", "rdf-xml", "json-ld"}
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Taken:
    """A source as it goes into a catalogue.

    ``statements`` are its triples as the store holds them; ``edges`` the dependencies among them; ``format`` is ``None`` where
    nothing could be read, and ``findings`` say why.
    """

    format: str | None
    statements: "tuple[ox.Triple, ...]" = ()
    edges: tuple[Triple, ...] = ()
    findings: tuple[Diagnostic, ...] = field(default_factory=tuple)


def digest_of(source: Source) -> str:
    """Return the SHA-256 of a source's bytes, in hexadecimal.

    Raises:
        InputRefused: it cannot be read.
    """
    found = hashlib.sha256()
    with source.open() as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def is_data(source: Source) -> bool:
    """Tell whether a source holds data, of which a catalogue takes what structures they have and what codes they use."""
    try:
        return format_of(source).kind == "data"
    except InputRefused:
        return False


def take(source: Source) -> Taken:
    """Read a source of any format that holds metadata.

    Findings:
        Those of the format's reader; ``IO112`` where the format holds no metadata that a catalogue could keep.
    """
    try:
        entry = format_of(source)
        if entry.name in _SYNTAXES:
            return _rdf(source, entry.name)
        if entry.kind == "structure" and entry.opener:
            return _metadata(source, entry)
    except InputRefused as refused:
        return Taken(None, findings=(refused.diagnostic,))
    said = f"the input is {entry.title}, of which a catalogue takes nothing"
    return Taken(None, findings=(finding("IO112", said, Location(source.name)),))


def _metadata(source: Source, entry: Format) -> Taken:
    document = read_sources([source]).document
    statements = _with_identities(_statements(document.graph))
    if not statements or any(item.rule in UNREADABLE for item in document.diagnostics):
        return Taken(None, findings=document.diagnostics)
    unclear = [
        finding(
            "IO114",
            f"the VTL of `{short_name(iri)}` is kept and not followed: {said}",
            Location(source.name, focus=iri),
        )
        for iri, said in harvested(statements).unclear
    ]
    return Taken(entry.name, statements, tuple(edges_among(statements)), (*document.diagnostics, *unclear))


def _with_identities(statements: "Iterable[ox.Triple]") -> "tuple[ox.Triple, ...]":
    found = tuple(statements)
    return found + tuple(identified(found))


def _rdf(source: Source, syntax: str) -> Taken:
    name = source.name.removesuffix(".gz")
    file = RdfFile(source, "n-triples" if syntax == "turtle" and name.endswith(".nt") else syntax, content(source))
    refused = unsafe(file)
    if refused is not None:
        return Taken(None, findings=(refused,))
    try:
        statements = _with_identities(_named(triples_in(file.data, file.syntax), source.name))
    except NotRdf as problem:
        where = Location(source.name, problem.line)
        return Taken(None, findings=(finding("IO101", f"the RDF cannot be read: {problem}", where),))
    if not statements:
        return Taken(None, findings=(finding("IO110", "the file holds no triples", Location(source.name)),))
    return Taken(syntax, statements, tuple(edges_among(statements)))


def _named(statements: "Iterable[ox.Triple]", name: str) -> "Iterator[ox.Triple]":
    """Yield statements with IRIs for blank nodes, the same at each reading: by their order in the text.

    Names of blank nodes hold within one document; a catalogue puts many together.
    """
    import pyoxigraph as ox

    scope = hashlib.sha256(name.encode()).hexdigest()[:16]
    known: dict[str, ox.NamedNode] = {}

    def iri(node: ox.BlankNode) -> ox.NamedNode:
        return known.setdefault(node.value, ox.NamedNode(f"{UNNAMED}{scope}-{len(known) + 1}"))

    for subject, predicate, value in statements:
        holder = iri(subject) if isinstance(subject, ox.BlankNode) else subject
        yield ox.Triple(holder, predicate, iri(value) if isinstance(value, ox.BlankNode) else value)


def edges_among(statements: "Sequence[ox.Triple]") -> Iterator[Triple]:
    """Yield the dependencies that statements imply, each by itself or several together.

    Properties of their own that they set below known ones count.
    """
    above = str(RDFS.subPropertyOf)
    implied = implied_in(plain_statements(item for item in statements if item.predicate.value == above))
    yield from edges_of(plain_statements(statements), implied)
    yield from sorted(harvested(statements).edges)


def plain_statements(statements: "Iterable[ox.Triple]") -> Iterator[Triple]:
    """Yield the statements between named things, as text."""
    import pyoxigraph as ox

    named = ox.NamedNode
    for subject, predicate, value in statements:
        if isinstance(value, named) and isinstance(subject, named):
            yield subject.value, predicate.value, value.value


def _statements(graph: Graph) -> "Iterator[ox.Triple]":
    """Yield the triples of a graph as the store takes them; terms that occur often are made once."""
    import pyoxigraph as ox

    iris: dict[str, ox.NamedNode] = {}

    def iri(text: str) -> ox.NamedNode:
        known = iris.get(text)
        if known is None:
            known = iris[text] = ox.NamedNode(text)
        return known

    for subject, predicate, value in graph:
        made: ox.NamedNode | ox.BlankNode | ox.Literal
        if isinstance(value, URIRef):
            made = iri(value)
        elif isinstance(value, Literal):
            kind = None if value.language or value.datatype is None else iri(value.datatype)
            made = ox.Literal(str(value), language=value.language, datatype=kind)
        else:
            made = ox.BlankNode(str(value))
        holder = ox.BlankNode(str(subject)) if isinstance(subject, BNode) else iri(str(subject))
        yield ox.Triple(holder, iri(str(predicate)), made)
