"""Whatever a structure or metadata message says in a text or attribute is in the graph: nothing is dropped in silence."""

import random
from urllib.parse import unquote

import pytest
from corpora import CORPORA, counts, files_of, needs_corpora
from lxml import etree
from rdflib import Graph, URIRef
from sdmx_artefact_messages import (
    HIERARCHY,
    KEY_FAMILY,
    MSD,
    OLD_CONCEPTS,
    OLD_LISTS,
    OLD_STEM,
    PROCESS,
    REPRESENTATION_MAP,
    STRUCTURE_MAP,
    STRUCTURE_SET,
    VTL,
)
from sdmx_corpus import FILES, mutants
from sdmx_messages import HEADER, message

from semstat.interop.document import Document
from semstat.interop.formats.sdmx.structure import read_structure
from semstat.ontology.iri import parse_urn

OTHERS = [name for name in files_of("SDMX-ML") if counts()[name][0].endswith((" GenericMetadata", " 2.0 Structure"))]
IMPLIED = {
    "urn": "compared with the identity, and reported where it differs (DSD002)",
    "id": "of lists of components: the standard fixes it",
    "assignmentStatus": "Mandatory and Conditional are mandatory and optional, as 3.x says",
    "attachmentLevel": "of 2.0, in lower case",
    "structureRef": "replaced by the structure that it stands for",
    "prefix": "in the ids of the codes that are taken over",
    "lang": "the language of a literal",
    "schemaLocation": "says nothing about the artefacts",
}
"""Attributes that need not be in the graph as they are, and why."""
LISTS_OF_COMPONENTS = ("DimensionList", "AttributeList", "MeasureList", "MetadataAttributeList")
TRUTHS = ("true", "false", "1", "0")


def words_of(graph: Graph) -> tuple[set[str], str]:
    """Return all literals and the parts of all IRIs; and the literals that hold XML."""
    words: set[str] = set()
    raw = []
    for triple in graph:
        for node in triple:
            text = str(node)
            if isinstance(node, URIRef):
                for part in text.replace("#", "/").split("/"):
                    words |= {unquote(part), *unquote(part).split(".")}
            else:
                words |= {text, text.strip()}
                raw += [text] if "<" in text else []
    return words, "\n".join(raw)


def lost(data: bytes, origin: str) -> list[tuple[str, str]]:
    """Return the element and the text of what the message says and the graph does not."""
    graph = read_structure(data, origin=origin).graph
    words, raw = words_of(graph)
    nodes = set(graph.all_nodes())

    def known(text: str) -> bool:
        name = parse_urn(text) if text.startswith("urn:") else None
        kept = f'"{text}"' in raw or f">{text}<" in raw
        return not text or text in words or kept or (name is not None and name.iri in nodes)

    missing = []
    for body in etree.fromstring(data):
        if not isinstance(body.tag, str) or etree.QName(body).localname in ("Header", "Footer"):
            continue
        for element in body.iter("*"):
            tag = etree.QName(element).localname
            for key, text in element.attrib.items():
                local = etree.QName(key).localname
                implied = local in IMPLIED and (local != "id" or tag in (*LISTS_OF_COMPONENTS, "Ref"))
                if not implied and text not in TRUTHS and not known(text.strip()):
                    missing.append((f"{tag}/@{local}", text))
            if len(element) == 0 and not known((element.text or "").strip()):
                missing.append((tag, element.text or ""))
    return missing


def old(body: str) -> bytes:
    names = f'xmlns="{OLD_STEM}message" xmlns:s="{OLD_STEM}structure" xmlns:c="{OLD_STEM}common"'
    return f"<Structure {names}><Header/>{body}</Structure>".encode()


OURS = {
    "representation map": message(REPRESENTATION_MAP, version="3_0"),
    "structure map": message(STRUCTURE_MAP, version="3_0"),
    "structure set": message(STRUCTURE_SET),
    "hierarchy": message(HIERARCHY, version="3_0"),
    "VTL": message(VTL, version="3_0", header=HEADER),
    "process": message(PROCESS, version="3_0"),
    "metadata structure": message(MSD, version="3_0"),
    "2.0": old(OLD_LISTS + OLD_CONCEPTS + KEY_FAMILY.replace('"Year"', '"String"')),
}


@pytest.mark.parametrize("name", OURS)
def test_nothing_is_lost_of_our_messages(name: str) -> None:
    assert lost(OURS[name], name) == []


def test_what_is_lost_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The measure itself: a message that says more than the graph that is compared with it."""
    whole = read_structure

    def poorer(data: bytes, *, origin: str) -> Document:
        return whole(data.replace(b'source="a"', b'source="z"').replace(b">Name<", b">Value<"), origin=origin)

    monkeypatch.setitem(lost.__globals__, "read_structure", poorer)
    assert lost(OURS["structure set"], "f") == [("ToValueType", "Name"), ("ValueMapping/@source", "a")]


@needs_corpora
def test_nothing_is_lost_of_real_messages() -> None:
    assert CORPORA is not None
    checked = 0
    for name in (*FILES, *OTHERS):
        data = (CORPORA / name).read_bytes()
        if len(data) < 600_000:
            assert lost(data, name) == [], name
            checked += 1
    print(f"{checked} files")
    assert checked > 150


def test_damaged_messages_of_every_class_never_raise() -> None:
    chance, read = random.Random(20261125), 0
    for name, data in OURS.items():
        for _ in range(3):
            for mutant in mutants(data, chance):
                document = read_structure(mutant, origin=name)
                assert len(document.graph) or document.diagnostics
                read += 1
    print(f"{read} damaged messages")
    assert read > 100
