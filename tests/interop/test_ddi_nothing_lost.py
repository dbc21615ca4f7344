"""Nothing that a codebook says is lost: every text and every attribute is in the graph, or named as not interpreted."""

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from rdflib import Literal

from semstat.interop.document import Document
from semstat.interop.formats.ddi.codebook import read_codebook
from semstat.ontology.ddi_iri import DdiName
from semstat.ontology.terms import SKOS, SS
from semstat.ontology.terms_study import SSD
from tests.corpora import CORPORA, files_of

MARK = re.compile(r"ZQ\d+Z")
PER_PATH = 3
"""How many elements of one path are marked: those after them are read by the same lines of the program."""

IDENTITY = {"ID", "version", "xml-lang", "lang", "schemaLocation", "noNamespaceSchemaLocation"}
"""What tells elements, languages and versions apart: other words there make another document of it."""

REFERENCES = re.findall(
    r"\S+",
    "files fileid wgt-var weight var varGrp nCube nCubeGrp keyvar recidvar qstn catgry recGrp sdatrefs methrefs pubrefs "
    "access varRef rectype",
)
"""What leads to elements, or tells kinds of record apart: another word leads nowhere, and is a finding with that word."""

CODEBOOKS = [name for name in files_of("DDI-C", under="ddi/") if not files_of("DDI-CDI", under=name)]


def marked(data: bytes) -> tuple[bytes, dict[str, str]]:
    """Return a codebook with a mark at the end of texts and attributes, and by mark the name of its element or attribute."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, remove_comments=True))
    seen: Counter[tuple[str, ...]] = Counter()
    names: dict[str, str] = {}

    def mark(path: tuple[str, ...]) -> str | None:
        seen[path] += 1
        if seen[path] > PER_PATH:
            return None
        text = f"ZQ{len(names)}Z"
        names[text] = path[-1]
        return text

    def path_of(element: etree._Element) -> tuple[str, ...]:
        return tuple(etree.QName(item).localname for item in reversed([element, *element.iterancestors()]))

    for element in root.iter("*"):
        path = path_of(element)
        if (element.text or "").strip() and (text := mark(path)):
            element.text = f"{(element.text or '').rstrip()} {text}"
        for name, value in element.attrib.items():
            local = etree.QName(name).localname
            if local not in IDENTITY and str(value).strip() and (text := mark((*path, f"@{local}"))):
                element.set(name, f"{value} {text}")
    return etree.tostring(root), names


def said(document: Document) -> tuple[set[str], set[str], set[str]]:
    """Return the marks that were interpreted, those kept without being interpreted, and those that findings name."""
    read: set[str] = set()
    kept: set[str] = set()
    for _, predicate, value in document.graph:
        if isinstance(value, Literal):
            (kept if predicate == SS.unreadContent else read).update(MARK.findall(str(value)))
    told = " ".join(f"{item.message} {item.value}" for item in document.diagnostics)
    return read, kept, set(MARK.findall(told))


@pytest.mark.parametrize("name", CODEBOOKS, ids=lambda name: Path(name).name)
def test_every_text_and_attribute_is_read_or_named_as_unread(name: str) -> None:
    assert CORPORA is not None
    data, names = marked((CORPORA / name).read_bytes())
    document = read_codebook(data, origin=name)
    read, kept, told = said(document)

    lost = {mark: what for mark, what in names.items() if mark not in read | kept | told}
    assert set(lost.values()) <= {f"@{name}" for name in REFERENCES}, Counter(lost.values())
    _whole_is_named(document, kept - read)
    print(f"{len(names)} texts and attributes, {len(read)} interpreted, {len(kept)} kept")
    assert len(read) > 5


def _whole_is_named(document: Document, kept: set[str]) -> None:
    """What is kept stands in an element, or beside an attribute, that a finding names."""
    named = {item.value for item in document.diagnostics if item.rule == "IO114"}
    for raw in document.graph.objects(None, SS.unreadContent):
        for element in etree.fromstring(f"<all>{raw}</all>"):
            part = etree.tostring(element, encoding="unicode")
            if set(MARK.findall(part)) & kept:
                names = {etree.QName(element).localname, *map(str, element.attrib)}
                assert names & named, part[:200]


def test_values_beside_those_that_the_standard_has_are_kept() -> None:
    text = (
        '<codeBook xmlns="ddi:codebook:2_6"><dataDscr><var ID="V" name="v" wgt="yes" dcml="two"><location width="wide"/>'
        '<valrng><range min="1" minExclusive="0" max="9" maxExclusive="10"/></valrng>'
        '<catgry missing="perhaps"><catValu>1</catValu></catgry></var></dataDscr></codeBook>'
    )

    document = read_codebook(text.encode(), origin="small.xml")

    raw = " ".join(str(value) for value in document.graph.objects(None, SS.unreadContent))
    for stated in (
        'wgt="yes"',
        'dcml="two"',
        'width="wide"',
        'minExclusive="0"',
        'maxExclusive="10"',
        'missing="perhaps"',
    ):
        assert stated in raw
    assert 'min="1"' not in raw
    named = {item.value for item in document.diagnostics if item.rule == "IO114"}
    assert named == {"wgt", "dcml", "width", "minExclusive", "maxExclusive", "missing"}


def test_urns_name_what_is_described() -> None:
    own, other = "urn:ddi:int.example:SEX-CODEBOOK:1", "urn:ddi:int.example:SEX:1"
    text = (
        f'<codeBook xmlns="ddi:codebook:2_6"><dataDscr><var ID="V" name="v" ddiCodebookUrn="{own}" ddiLifecycleUrn="{other}"'
        ' elementVersion="1.2" elementVersionDate="2024-05-01"/><var ID="W" name="w" ddiLifecycleUrn="sex"/></dataDscr>'
        f'<otherMat ddiLifecycleUrn="{other}"/></codeBook>'
    )

    document = read_codebook(text.encode(), origin="small.xml")

    graph = document.graph
    sex = DdiName("int.example", "SEX-CODEBOOK", "1").iri
    assert graph.value(sex, SSD.variableName) == Literal("v")
    assert set(graph.objects(sex, SKOS.exactMatch)) == {DdiName("int.example", "SEX", "1").iri}
    assert (graph.value(sex, SS.urn), graph.value(sex, SS.version)) == (Literal(own), Literal("1.2"))
    other_variable = graph.value(None, SSD.variableName, Literal("w"))
    assert graph.value(other_variable, SS.urn) == Literal("sex")
    assert not list(graph.objects(other_variable, SKOS.exactMatch))
    assert "otherMat" in {item.value for item in document.diagnostics if item.rule == "IO114"}
