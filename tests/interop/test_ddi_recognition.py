"""Documents of DDI are known for what they are, the near misses included, and read with other metadata into one graph."""

import pytest
from corpora import CORPORA, needs_corpora
from rdflib import Graph, Literal, URIRef

from semstat.interop import read, registry, validate
from semstat.interop.document import Document, merged
from semstat.interop.recognise_ddi import ddi_kind, plain_cdi
from semstat.interop.registry import Format, format_of, sniff
from semstat.interop.sources import InputRefused, sources
from semstat.ontology.terms import SKOS
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Location, Verdict

CDI = "http://ddialliance.org/Specification/DDI-CDI/1.0/"
WWW = CDI.replace("http://", "http://www.")


@pytest.mark.parametrize(
    ("namespace", "local", "format", "version", "expected"),
    [
        ("http://www.icpsr.umich.edu/DDI", "codeBook", "ddi-codebook", "", None),
        ("http://www.icpsr.umich.edu/DDI/", "codeBook", "ddi-codebook", "", "http://www.icpsr.umich.edu/DDI"),
        ("http://icpsr.umich.edu/DDI", "codeBook", "ddi-codebook", "", "http://www.icpsr.umich.edu/DDI"),
        ("ddi:codebook:2_5", "codeBook", "ddi-codebook", "2.5", None),
        ("ddi:codebook:2_6", "codeBook", "ddi-codebook", "2.6", None),
        ("ddi:codebook:2.6", "codeBook", "ddi-codebook", "2.6", "ddi:codebook:2_6"),
        ("DDI:Codebook:2_5", "codeBook", "ddi-codebook", "2.5", "ddi:codebook:2_5"),
        ("ddi:codebook:25", "codeBook", "ddi-codebook", "2.5", "ddi:codebook:2_5"),
        ("ddi:codebook:9_9", "codeBook", "ddi-codebook", "", "ddi:codebook:2_6"),
        ("", "codeBook", "ddi-codebook", "", "ddi:codebook:2_6"),
        ("ddi:instance:3_3", "FragmentInstance", "ddi-lifecycle", "3.3", None),
        ("ddi:group:3_2", "ResourcePackage", "ddi-lifecycle", "3.2", None),
        ("ddi:instance:3.3", "DDIInstance", "ddi-lifecycle", "3.3", "ddi:instance:3_3"),
        ("ddi:instance:3_1", "DDIInstance", "ddi-lifecycle-3.1", "3.1", None),
        ("ddi:instance:3_0", "DDIInstance", "ddi-lifecycle-3.1", "3.0", None),
        ("ddi:ddiprofile:3_2", "DDIProfile", "ddi-profile", "3.2", None),
        (CDI + "XMLSchema/", "DDICDIModels", "ddi-cdi", "1.0", None),
        (WWW + "XMLSchema/", "DDICDIModels", "ddi-cdi", "1.0", CDI + "XMLSchema/"),
        ("https://ddialliance.org/ddi", "ItemContainer", "ddi-4.0", "4.0", None),
    ],
)
def test_root_elements_tell(namespace, local, format, version, expected):
    kind = ddi_kind(namespace, local)
    assert kind is not None
    assert (kind.format, kind.version, kind.expected) == (format, version, expected)
    assert sniff(f'<x:{local} xmlns:x="{namespace}"/>'.encode() if namespace else f"<{local}/>".encode(), "f") == format


@pytest.mark.parametrize(("namespace", "local"), [("ddi:other:3_3", "Thing"), ("", "book"), ("urn:x", "metadata")])
def test_other_root_elements_say_nothing(namespace, local):
    assert ddi_kind(namespace, local) is None


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'{"@context": "https://docs.ddialliance.org/DDI-CDI/1.0/model/encoding/json-ld/ddi-cdi.jsonld"}', "ddi-cdi"),
        (b'{"@context": [], "DDICDIModels": []}', "ddi-cdi"),
        (f'[{{"@type": ["{CDI}RDF/Concept"]}}]'.encode(), "ddi-cdi"),
        (b'{"@context": {}, "@type": "ddi-cdi:Concept"}', "ddi-cdi"),
        (f'{{"@context": {{"x": "{CDI}RDF/"}}, "@id": "urn:x"}}'.encode(), "json-ld"),
        (f"@prefix cdi: <{CDI}RDF/> .\n<urn:x> a cdi:Concept .".encode(), "ddi-cdi"),
        (f"@prefix cdi: <{WWW}RDF/> .\n<urn:x> a cdi:Concept .".encode(), "ddi-cdi"),
        (f"<urn:x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{CDI}RDF/Concept> .".encode(), "ddi-cdi"),
        (f"@prefix cdi: <{CDI}RDF/> .\n<urn:x> <urn:exactMatch> cdi:Concept .".encode(), "turtle"),
        (
            f"@prefix cdi: <{CDI}RDF/> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
            f"<urn:o> a owl:Ontology .\n<urn:x> a cdi:Concept .".encode(),
            "turtle",
        ),
    ],
)
def test_words_of_cdi_tell(head, name):
    assert sniff(head, "file") == name


def test_the_form_without_www_is_the_one_of_the_specification():
    assert plain_cdi(WWW + "RDF/Code") == CDI + "RDF/Code"
    assert plain_cdi("https://ddialliance.org/Specification/DDI-CDI/1.0/RDF/Code") == CDI + "RDF/Code"
    assert plain_cdi("http://www.example.org/") == "http://www.example.org/"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<metadata xmlns="http://dublincore.org/documents/dcmi-terms/"/>', "Dublin Core record"),
        ('<dc xmlns="http://www.openarchives.org/OAI/2.0/oai_dc/"/>', "Dublin Core record"),
        ("<!DOCTYPE html>\n<html><body>502</body></html>", "HTML page"),
        ('<html xmlns="http://www.w3.org/1999/xhtml"/>', "HTML page"),
    ],
)
def test_what_is_saved_as_ddi_and_is_none_is_named(text, said, tmp_path):
    path = tmp_path / "study.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused, match=said):
        format_of(sources(path)[0])


@pytest.mark.parametrize(
    "root", ['DDIInstance xmlns="ddi:instance:3_1"', 'ItemContainer xmlns="https://ddialliance.org/ddi"']
)
def test_versions_that_are_not_supported_are_named(root, tmp_path):
    path = tmp_path / "study.xml"
    path.write_text(f"<{root}/>", encoding="utf-8")
    report = validate([path])
    assert [item.rule for item in report.diagnostics] == ["IO112"]
    assert "DDI Lifecycle 3.0 or 3.1" in report.diagnostics[0].message or "DDI 4.0" in report.diagnostics[0].message
    assert report.verdict is Verdict.INCOMPLETE


@needs_corpora
def test_every_ddi_file_of_the_corpora_is_known_for_what_it_is():
    assert CORPORA is not None
    expected = {"codebook": "ddi-codebook", "lifecycle": "ddi-lifecycle", "cdi": "ddi-cdi"}
    seen = 0
    for path in sorted((CORPORA / "ddi").rglob("*.xml")):
        with path.open("rb") as file:
            found = sniff(file.read(1 << 20), path.name)
        folder = path.relative_to(CORPORA / "ddi").parts[0]
        if path.name == "dataset-finchDC.xml":
            assert found is None
        elif folder == "profiles":
            assert found == ("ddi-codebook" if "Example" in path.name else "ddi-profile")
        else:
            assert found == expected.get(folder, "ddi-codebook"), path
        seen += 1
    for path in sorted((CORPORA / "ddi" / "cdi" / "dataartifex").glob("*cdif*")):
        if path.suffix in {".ttl", ".jsonld"} and "skos" not in path.name:
            assert sniff(path.read_bytes(), path.name) == "ddi-cdi", path
            seen += 1
    print(f"{seen} files")
    assert seen > 95


def document(origin: str, iri: str, label: str) -> Document:
    graph = Graph()
    graph.add((URIRef(iri), SKOS.prefLabel, Literal(label, "en")))
    outcome = CheckOutcome("IO108", None, CheckStatus.CHECKED, origin, 1, 0, "reader")
    return Document(graph, {URIRef(iri): Location(origin, 1)}, (), origin, "ddi-codebook", (outcome,))


def open_small(data: bytes, *, origin: str) -> Document:
    return document(origin, f"urn:x:{data.decode()[-7:-3]}", origin)


@pytest.fixture
def opened(monkeypatch):
    entries = [
        Format("ddi-codebook", "DDI Codebook", True, False, "structure", f"{__name__}:open_small"),
        *(entry for entry in registry.FORMATS if entry.name != "ddi-codebook"),
    ]
    monkeypatch.setattr(registry, "FORMATS", tuple(entries))
    monkeypatch.setattr("semstat.interop.reading.load", lambda _: open_small)


def test_documents_with_an_opener_are_read_into_one_graph(opened, tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.xml").write_text(f'<codeBook xmlns="ddi:codebook:2_5" ID="id_{name}"/>', encoding="utf-8")
    found = read(tmp_path / "a.xml", tmp_path / "b.xml")
    assert len(found.graph) == len(found.positions) == 2
    assert [item.rule for item in found.outcomes] == ["DDI001", "DDI002", "IO108"] * 2
    assert found.format == "ddi-codebook"


def test_what_the_reader_looked_at_reaches_the_report(opened, tmp_path):
    path = tmp_path / "a.xml"
    path.write_text('<codeBook xmlns="ddi:codebook:2_5" ID="id_a"/>', encoding="utf-8")
    report = validate([path])
    told = [check for check in report.checks if check.status is CheckStatus.CHECKED]
    assert [(check.rule, check.examined, check.source) for check in told if check.executor == "reader"] == [
        ("DDI001", 1, str(path)),
        ("IO108", 1, str(path)),
    ]
    assert not [check for check in report.checks if check.rule.startswith(("DSD", "CL0"))]


def test_documents_that_are_put_together_keep_the_first_place():
    both = merged([document("a", "urn:x", "x"), document("b", "urn:x", "y")])
    assert both.positions[URIRef("urn:x")].source == "a"
    assert len(both.graph) == 2
    with pytest.raises(ValueError, match="at least one"):
        merged([])
