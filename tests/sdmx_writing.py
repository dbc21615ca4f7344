"""Writes hub graphs as structure messages for tests, and judges messages by the official schemas."""

from functools import cache

from lxml import etree
from rdflib import Graph
from xsd_judge import schema_folder

from semstat.interop.formats.sdmx.account import Account
from semstat.interop.formats.sdmx.dialects import DIALECTS
from semstat.interop.formats.sdmx.header import Header, Party
from semstat.interop.formats.sdmx.lower_message import lower_graph
from semstat.interop.formats.sdmx.serialise import serialise
from semstat.ontology.terms import SS
from semstat.validators.diagnostics import Diagnostic

HEADER = Header(id="TEST", prepared="2024-01-31T00:00:00", sender=Party("ME"))


def written(graph: Graph, version: str, *, source: str = "") -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The message of a version that a graph makes, and the losses."""
    dialect, account = DIALECTS[version], Account(version)
    artefacts = lower_graph(graph, resolved=dialect.legacy)
    return "".join(serialise(artefacts, dialect, HEADER, account, source=source)).encode(), account.losses


@cache
def schema(version: str) -> etree.XMLSchema:
    """The official schema of a version."""
    return etree.XMLSchema(etree.parse(schema_folder(version) / "SDMXMessage.xsd"))


def schema_errors(data: bytes, version: str) -> list[str]:
    judge = schema(version)
    judge.validate(etree.fromstring(data))
    return [f"{error.line}: {error.message}" for error in judge.error_log]


def triples(graph: Graph) -> set:
    """The triples of a graph; that something is not final is what 3.x says by saying nothing."""
    return {item for item in graph if not (item[1] == SS.isFinal and str(item[2]) == "false")}
