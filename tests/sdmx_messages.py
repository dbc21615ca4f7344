"""Small SDMX-ML structure messages for tests, and what is asked of the documents read from them."""

# ruff: noqa: E501 - messages are easier to read in one piece

from rdflib import URIRef

from semstat.interop.document import Document
from semstat.interop.formats.sdmx.structure import read_structure
from semstat.ontology.iri import urn_to_iri
from semstat.ontology.terms import SKOS, SS
from semstat.validators.diagnostics import Severity

STEM = "http://www.sdmx.org/resources/sdmxml/schemas/v"
HEADER = "<m:Header><m:ID>X</m:ID><m:Test>false</m:Test></m:Header>"
URN = "urn:sdmx:org.sdmx.infomodel."


def message(body: str, *, version: str = "2_1", header: str = HEADER, after: str = "") -> bytes:
    names = f'xmlns:m="{STEM}{version}/message" xmlns:s="{STEM}{version}/structure" xmlns:c="{STEM}{version}/common"'
    return f"<m:Structure {names}>{header}<m:Structures>\n{body}</m:Structures>{after}</m:Structure>".encode()


def read(body: str, **options: str) -> Document:
    return read_structure(message(body, **options), origin="f.xml")


def rules(document: Document, *, least: Severity = Severity.WARNING) -> list[str]:
    return [item.rule for item in document.diagnostics if item.severity.rank >= least.rank]


def iri(name: str) -> URIRef:
    return urn_to_iri(URN + name)


def values(document: Document, subject: URIRef, predicate: URIRef) -> set[str]:
    return {str(value) for value in document.graph.objects(subject, predicate)}


def codes(document: Document, name: str) -> list[str]:
    """The codes of a list in order."""
    graph = document.graph
    found = [(int(str(graph.value(code, SS.position))), str(graph.value(code, SKOS.notation)))
             for code in graph.subjects(SKOS.inScheme, iri(name))]  # fmt: skip
    return [notation for _, notation in sorted(found)]


CODELIST = """<s:Codelists><s:Codelist agencyID="A" id="CL" version="1.0"><c:Name>n</c:Name>
{}</s:Codelist></s:Codelists>"""


def codelist(items: str, **options: str) -> Document:
    return read(CODELIST.format(items), **options)


DSD = """<s:DataStructures><s:DataStructure agencyID="A" id="D" version="1.0"><c:Name>n</c:Name><s:DataStructureComponents>
{}</s:DataStructureComponents></s:DataStructure></s:DataStructures>"""
CONCEPT = '<s:ConceptIdentity><Ref agencyID="A" maintainableParentID="CS" id="{}"/></s:ConceptIdentity>'
CONCEPTS = """<s:Concepts><s:ConceptScheme agencyID="A" id="CS" version="1.0"><s:Concept id="FREQ"/><s:Concept id="SEX">
<s:CoreRepresentation><s:Enumeration><Ref agencyID="A" id="CL" class="Codelist" package="codelist"/></s:Enumeration></s:CoreRepresentation>
</s:Concept><s:Concept id="TIME_PERIOD"/><s:Concept id="OBS_VALUE"/><s:Concept id="NOTE"/></s:ConceptScheme></s:Concepts>"""


def component(identifier: str) -> URIRef:
    return iri(f"datastructure.{identifier.replace('=', '=A:D(1.0).')}")
