"""Reading DDI-CDI 1.0, in XML, JSON-LD or another syntax of RDF, in its official and its short spelling, into the hub graph."""

from rdflib import Graph, URIRef

from semstat.interop.document import Document
from semstat.interop.formats.ddi.cdi_judge import judge_statements
from semstat.interop.formats.ddi.cdi_kept import keep
from semstat.interop.formats.ddi.cdi_lift import Lifting, lift_nodes
from semstat.interop.formats.ddi.cdi_lift_processes import lift_processes
from semstat.interop.formats.ddi.cdi_lift_structures import lift_files, lift_structures
from semstat.interop.formats.ddi.cdi_lift_values import lift_values
from semstat.interop.formats.ddi.cdi_lift_variables import lift_variables
from semstat.interop.formats.ddi.cdi_names import misspelt, settled
from semstat.interop.formats.ddi.cdi_nodes import CdiNodes, nodes_of
from semstat.interop.formats.ddi.cdi_rdf import json_statements, rdf_statements
from semstat.interop.formats.ddi.cdi_statements import Statements
from semstat.interop.formats.ddi.cdi_xml import xml_statements
from semstat.interop.recognise import is_json, is_rdf_text, is_xml, root_of
from semstat.ontology.terms import RDF
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Location

__all__ = ["cdi_nodes", "cdi_statements", "lift_document", "read_cdi"]

FORMAT = "ddi-cdi"


def read_cdi(data: bytes, *, origin: str) -> Document:
    """Read one document of DDI-CDI; bad data never raises.

    What is read: variables, concepts, categories, code lists, value domains, structures with components and keys, files
    and where values stand, processes, agents. What is not interpreted is kept as it stands and named. Both spellings
    of properties are read as one; which one a document uses is told.

    Findings:
        Those of reading the syntax, ``IO114`` (content kept without being interpreted), and those of
        :func:`semstat.interop.formats.ddi.cdi_judge.judge_statements`.

    Source:
        DDI-CDI 1.0 (2025).

    Example:
        >>> read_cdi(b"<DDICDIModels>", origin="a.xml").diagnostics[0].rule
        'IO101'
    """
    statements = cdi_statements(data, origin=origin)
    nodes = nodes_of(statements)
    if not statements.triples and statements.findings:
        return Document(Graph(), {}, tuple(statements.findings), origin, FORMAT)
    found, outcomes = judge_statements(statements, nodes)
    lifting = lift_document(nodes, statements)
    kept = tuple(keep(lifting))
    looked = CheckOutcome("IO114", None, CheckStatus.CHECKED, origin, len(statements.triples), len(kept), "reader")
    ordered = sorted((*found, *kept), key=lambda item: (item.location.line or 0, item.rule == "IO114"))
    return Document(lifting.graph, _places(lifting), tuple(ordered), origin, FORMAT, (looked, *outcomes))


def cdi_statements(data: bytes, *, origin: str) -> Statements:
    """Return the statements of a document, under the official namespace, with what reading them found.

    Example:
        >>> cdi_statements(b"<urn:a> <urn:p> 'b' .", origin="a.nt").syntax
        'turtle'
    """
    is_element = is_xml(data) and not is_rdf_text(data)
    if is_json(data):
        statements = json_statements(data, origin=origin)
    elif is_element and _is_rdf_xml(data):
        statements = rdf_statements(data, origin=origin, syntax="rdf-xml")
    elif is_element:
        statements = xml_statements(data, origin=origin)
    else:
        statements = rdf_statements(data, origin=origin, syntax="turtle")
    settled(statements)
    statements.findings.extend(misspelt(statements))
    return statements


def cdi_nodes(data: bytes, *, origin: str) -> CdiNodes:
    """Return the nodes of a document under the official names.

    Example:
        >>> len(cdi_nodes(b'{"@context": "ddi-cdi.jsonld", "@id": "urn:a", "@type": "Concept"}', origin="a.jsonld").nodes)
        1
    """
    return nodes_of(cdi_statements(data, origin=origin))


def lift_document(nodes: CdiNodes, statements: Statements) -> Lifting:
    """Return the lift of the nodes of a document into a graph of their own."""
    lifting = lift_nodes(nodes, statements, Graph())
    for step in (lift_values, lift_variables, lift_structures, lift_files, lift_processes):
        step(lifting)
    return lifting


def _is_rdf_xml(data: bytes) -> bool:
    from xml.parsers import expat

    try:
        return root_of(data).namespace == str(RDF)
    except expat.ExpatError:
        return False


def _places(lifting: Lifting) -> dict[URIRef, Location]:
    return {name: lifting.statements.location(str(iri)) for iri, name in lifting.names.items()}
