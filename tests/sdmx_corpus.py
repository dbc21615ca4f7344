"""The SDMX-ML structure messages of the corpora, and their items as the hub graph holds them."""

from corpora import CORPORA, counts, files_of
from rdflib import Graph

from semstat.interop.document import Document
from semstat.interop.formats.sdmx.structure import read_structure
from semstat.ontology.terms import RDF, SKOS, SS, SST

VERSIONS = ("2.1", "3.0", "3.1")
FILES = [
    name
    for version in VERSIONS
    for name in files_of(f"SDMX-ML {version} Structure")
    if counts()[name][0].endswith(" Structure")
]
EXPLAINED = {
    # The counts are of elements; here the graph rightly holds more or fewer things, and says so.
    "sdmx/ml30/pysdmx/valuelist.xml": ({"codes": 5}, "the item `¥` stands twice: DSD003"),
    "sdmx/ml30/twg-samples/Codelist/valuelist.xml": ({"codes": 5}, "the item `¥` stands twice: DSD003"),
    "sdmx/ml30/twg-samples/Codelist/codelist - extended.xml": ({"codes": 11}, "the extension adds W, M, D and H"),
}


def load(name: str) -> Document:
    assert CORPORA is not None
    return read_structure((CORPORA / name).read_bytes(), origin=name)


def read_items(graph: Graph) -> dict[tuple[str, str, str], tuple[frozenset[tuple[str, str]], str | None]]:
    found = {}
    for cls in (SST.Code, SST.Concept):
        for item in graph.subjects(RDF.type, cls):
            scheme = graph.value(item, SKOS.inScheme)
            agency = graph.value(graph.value(item, SKOS.inScheme), SS.urn).split("=")[1].split(":")[0]
            parent = graph.value(item, SKOS.broader)
            names = frozenset((text.language, str(text)) for text in graph.objects(item, SKOS.prefLabel))
            key = (agency, str(graph.value(scheme, SS.identifier)), str(graph.value(item, SKOS.notation)))
            found[key] = (names, None if parent is None else str(parent).rsplit("/", 1)[1])
    return found
