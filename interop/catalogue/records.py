"""What a catalogue keeps of each source: where it came from, what it was, when it was read and by which version.

Source:
    PROV-O, ``prov:generatedAtTime``; DCMI Metadata Terms, ``dcterms:source``, ``format``, ``identifier``; VoID,
    ``void:triples``.
"""

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from semstat.ontology.terms import BASE, DCTERMS, PROV, RDF, XSD

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = [
    "SOURCES",
    "SourceRecord",
    "edge_graph",
    "graph_of",
    "name_in",
    "recorded",
    "source_name",
    "source_path",
    "stage_graph",
    "statements_of",
]

SOURCES = BASE + "catalogue/sources"
"""The graph that holds the records."""

_SOURCE = BASE + "catalogue/source/"
_EDGES = BASE + "catalogue/edges/"
_STAGES = BASE + "catalogue/loading/"
_VOID_TRIPLES = "http://rdfs.org/ns/void#triples"
_ERRORS = BASE + "catalogue/errors"
_WARNINGS = BASE + "catalogue/warnings"


@dataclass(frozen=True, slots=True, order=True)
class SourceRecord:
    """One source of a catalogue.

    ``name`` is its path as seen from the catalogue's folder; ``digest`` the SHA-256 of its bytes; ``loaded`` the time of
    reading (UTC, ISO 8601); ``reader`` the version of semstat that read it; ``triples`` the number of statements; ``errors``
    and ``warnings`` the number of findings.
    """

    name: str
    format: str
    digest: str
    loaded: str
    reader: str
    triples: int
    errors: int = 0
    warnings: int = 0

    @property
    def graph(self) -> str:
        """The IRI of the graph with its statements."""
        return graph_of(self.name)


def source_name(path: str, folder: Path) -> str:
    """Return the name of a source: its path as seen from the folder of the catalogue, with ``/`` between the parts.

    Example:
        >>> source_name("office/in/a.zip!b.xml", Path("office"))
        'in/a.zip!b.xml'
    """
    place, mark, member = path.partition("!")
    if place == "-":
        return path
    return PurePosixPath(os.path.relpath(place, folder).replace(os.sep, "/")).as_posix() + mark + member


def source_path(name: str, folder: Path) -> str:
    """Return the path of a source by its name.

    Example:
        >>> source_path("../in/a.zip!b.xml", Path("office"))
        'in/a.zip!b.xml'
    """
    place, mark, member = name.partition("!")
    return os.path.normpath(folder / place) + mark + member


def graph_of(name: str) -> str:
    """Return the IRI of the graph of a source.

    Example:
        >>> graph_of("structures/CL FREQ.xml")
        'https://w3id.org/semstat/catalogue/source/structures/CL%20FREQ.xml'
    """
    return _SOURCE + _encoded(name)


def name_in(iri: str) -> str | None:
    """Return the name of a source, or of a thing in it, from its IRI; ``None`` if it is no such IRI.

    Example:
        >>> name_in(graph_of("../a b.csv") + "#dataset-1")
        '../a b.csv#dataset-1'
    """
    if not iri.startswith(_SOURCE):
        return None
    place, mark, part = iri.removeprefix(_SOURCE).partition("#")
    return "/".join(".." if step == "~up" else unquote(step) for step in place.split("/")) + mark + part


def edge_graph(name: str) -> str:
    """Return the IRI of the graph with the dependencies that a source implies."""
    return _EDGES + _encoded(name)


def stage_graph(graph: str) -> str:
    """Return the IRI of the graph where statements gather before they are moved to their graph.

    Example:
        >>> stage_graph(edge_graph("a.xml"))
        'https://w3id.org/semstat/catalogue/loading/edges/a.xml'
    """
    return _STAGES + graph.removeprefix(BASE + "catalogue/")


def _encoded(name: str) -> str:
    """Return a name as part of an IRI; a step upwards would be taken for one within the IRI."""
    return "/".join("~up" if step == ".." else quote(step, safe="!.-_") for step in name.split("/"))


def statements_of(record: SourceRecord) -> "list[ox.Quad]":
    """Return a record as statements about its graph, in the graph of records."""
    import pyoxigraph as ox

    def typed(text: object, kind: str) -> ox.Literal:
        return ox.Literal(str(text), datatype=ox.NamedNode(str(XSD) + kind))

    said: list[tuple[object, ox.NamedNode | ox.Literal]] = [
        (RDF.type, ox.NamedNode(str(PROV.Entity))),
        (DCTERMS.source, ox.Literal(record.name)),
        (DCTERMS.format, ox.Literal(record.format)),
        (DCTERMS.identifier, ox.Literal(f"sha-256:{record.digest}")),
        (PROV.generatedAtTime, typed(record.loaded, "dateTime")),
        (PROV.wasAttributedTo, ox.NamedNode(f"{BASE}software/{quote(record.reader, safe='.+')}")),
        (_VOID_TRIPLES, typed(record.triples, "integer")),
        (_ERRORS, typed(record.errors, "integer")),
        (_WARNINGS, typed(record.warnings, "integer")),
    ]
    graph, home = ox.NamedNode(record.graph), ox.NamedNode(SOURCES)
    return [ox.Quad(graph, ox.NamedNode(str(predicate)), value, home) for predicate, value in said]


def recorded(store: "ox.Store") -> tuple[SourceRecord, ...]:
    """Return the records in a store, in the order of the sources' names."""
    import pyoxigraph as ox

    found: dict[str, dict[str, str]] = {}
    for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(SOURCES)):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            found.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    return tuple(sorted(_record(facts) for facts in found.values()))


def _record(facts: dict[str, str]) -> SourceRecord:
    return SourceRecord(
        facts[str(DCTERMS.source)],
        facts[str(DCTERMS.format)],
        facts[str(DCTERMS.identifier)].removeprefix("sha-256:"),
        facts[str(PROV.generatedAtTime)],
        facts[str(PROV.wasAttributedTo)].rpartition("/")[2],
        int(facts[_VOID_TRIPLES]),
        int(facts[_ERRORS]),
        int(facts[_WARNINGS]),
    )
