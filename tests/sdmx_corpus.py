"""The SDMX-ML structure messages of the corpora, and their items as the hub graph holds them."""

import copy
import random
from collections.abc import Iterator

from corpora import CORPORA, counts, files_of
from lxml import etree
from peers import COMPARED
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
COUNTED = {name: {"codes": item["codes"]} for name, item in COMPARED["counted"].items()}
"""Files of which the graph rightly holds more or fewer things than there are elements, and how many."""


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


def mutants(data: bytes, chance: random.Random) -> Iterator[bytes]:
    """Yield damaged copies of a message: elements moved, copied, renamed or removed, attributes and bytes changed."""
    for _ in range(4):
        root = etree.fromstring(data)
        every = list(root.iter("*"))
        for element in chance.sample(every, min(4, len(every))):
            above = element.getparent()
            action = chance.randrange(5)
            if action == 0 and above is not None:
                above.remove(element)
            elif action == 1 and element.attrib:
                element.set(chance.choice(list(element.attrib)), chance.choice(["", "1+2", "*", "é<", "x y", "0+"]))
            elif action == 2 and above is not None:
                above.append(copy.deepcopy(element))
            elif action == 3:
                element.tag = chance.choice(every).tag
            else:
                element.text = chance.choice(["", "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A:B(1+.0)", "x"])
        yield etree.tostring(root)
    damaged = bytearray(data)
    for _ in range(3):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    yield bytes(damaged)
