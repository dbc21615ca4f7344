"""DDI-CDI is read whatever its syntax and spelling, counted as others count it, and judged by the model."""

import json
from collections import Counter
from pathlib import Path

import pytest
from corpora import CORPORA, counts, files_of, needs_corpora
from rdflib import RDF, Graph, Literal
from rdflib.namespace import SKOS

from semstat.interop import convert, read, validate
from semstat.interop.formats.ddi.cdi import cdi_nodes, cdi_statements, read_cdi
from semstat.interop.registry import sniff
from semstat.ontology import turtle_of
from semstat.ontology.cdi_model import CDI, cdi_model
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD
from semstat.validators.diagnostics import CheckStatus, Verdict

RULES = Path(__file__).parents[1] / "rules"
CUBE = RULES / "DDI053-structure-without-components" / "ok.ttl"
UNDER = "ddi/cdi/"


def corpus(name: str) -> Path:
    assert CORPORA is not None
    return CORPORA / "ddi" / "cdi" / name


def rules_of(file: Path) -> Counter[str]:
    report = validate([file])
    return Counter(item.rule for item in report.diagnostics if item.rule != "IO114")


@needs_corpora
def test_elements_of_every_xml_file_are_counted_as_others_count_them() -> None:
    assert CORPORA is not None
    files = files_of("DDI-CDI XML", under=UNDER)
    for name in files:
        expected = counts()[name][1]
        nodes = cdi_nodes((CORPORA / name).read_bytes(), origin=name).nodes
        found = Counter(node.cls for node in nodes.values())
        assert {cls: found[cls] for cls in expected} == expected
    assert len(files) == 3


@needs_corpora
def test_triples_of_every_rdf_file_are_counted_as_others_count_them() -> None:
    assert CORPORA is not None
    files = [name for name in files_of("RDF turtle", under=UNDER) if ".skos." not in name]
    for name in files:
        statements = cdi_statements((CORPORA / name).read_bytes(), origin=name)
        assert len(set(statements.triples)) == counts()[name][1]["triples"]
    assert len(files) == 2


@needs_corpora
@pytest.mark.parametrize("name", ["SPSS_Example.xml", "Stata_Example.xml"])
def test_known_faults_of_the_official_examples_are_found_at_their_lines(name: str) -> None:
    report = validate([corpus(f"ddi-cdi-official-examples/{name}")])

    errors = {(item.rule, item.location.line) for item in report.diagnostics if item.rule in {"DDI042", "DDI050"}}
    assert errors == {("DDI042", 65), ("DDI050", 20), ("DDI050", 39)}
    assert report.failed


@needs_corpora
def test_the_official_process_example_keeps_to_the_rules() -> None:
    file = corpus("ddi-cdi-official-examples/Process_Example_CDI.xml")

    assert not [rule for rule in rules_of(file) if rule.startswith("DDI")]
    graph = read(file).graph
    classes = {
        cls: len(set(graph.subjects(RDF.type, cls))) for cls in (SSI.BusinessProcess, SSI.ProcessStep, SSD.Parameter)
    }
    assert classes == {SSI.BusinessProcess: 14, SSI.ProcessStep: 58, SSD.Parameter: 79}
    assert len(set(graph.subjects(RDF.type, SSD.Command))) == 58


@needs_corpora
def test_short_forms_are_read_and_never_called_valid() -> None:
    names = ["simple_yndk.cdif.ttl", "simple_yndk.cdif.native.ttl", "simple_yndk.cdif.jsonld"]
    for name in names:
        report = validate([corpus(f"dataartifex/{name}")])
        assert report.failed
        assert {"DDI041", "DDI068"} <= {item.rule for item in report.diagnostics}
        graph = read(corpus(f"dataartifex/{name}")).graph
        categories = [str(graph.value(item, SKOS.prefLabel)) for item in graph.subjects(RDF.type, SSI.Category)]
        assert sorted(categories) == ["Don't know", "No", "Yes"]
        assert len(set(graph.subjects(SSI.takesMeaningFromCategory))) == 3
        assert {str(value) for value in graph.objects(None, SSD.variableName)} == {"yesnodk"}
    assert len(names) == 3


@needs_corpora
def test_the_two_syntaxes_of_one_description_make_one_kind_of_graph() -> None:
    def shape(name: str) -> Counter[str]:
        return Counter(
            node.cls for node in cdi_nodes(corpus(f"dataartifex/{name}").read_bytes(), origin=name).nodes.values()
        )

    assert shape("simple_yndk.cdif.ttl") == shape("simple_yndk.cdif.jsonld")


@needs_corpora
def test_codes_of_the_spss_example_are_those_of_its_data_file() -> None:
    graph = read(corpus("ddi-cdi-official-examples/SPSS_Example.xml")).graph

    variables = set(graph.subjects(RDF.type, SSI.InstanceVariable))
    assert len(variables) == 10
    missing = set(graph.subjects(SSD.isMissing, Literal(True)))
    assert len(missing) == 28  # nine lists of sentinel codes: 8 × 3 and 4
    assert len(set(graph.subjects(RDF.type, SSI.CodeItem))) == 85
    (file,) = graph.subjects(RDF.type, SSD.DataFile)
    assert str(graph.value(file, SSD.fileName)) == "SPSS_Example.sav"
    assert len(set(graph.objects(file, SSI.hasInstanceVariable))) == 10
    (record,) = graph.objects(file, SSD.physicalRecord)
    assert len(set(graph.objects(record, SSD.valueLocation))) == 10


def test_every_term_that_is_written_is_one_of_the_modules() -> None:
    known = Graph()
    for module in ("core", "information", "study", "structure", "lineage"):
        known.parse(data=turtle_of(module), format="turtle")
    graph = read(CUBE).graph
    terms = {term for _, predicate, value in graph for term in (predicate, value) if "w3id.org/semstat/" in str(term)}
    own = {term for term in terms if "#" in str(term) and "ddi-document" not in str(term)}
    assert own
    assert all((term, None, None) in known for term in own)


@pytest.mark.parametrize(
    "word", ["http://www.ddialliance.org", "https://ddialliance.org", "https://www.ddialliance.org"]
)
def test_other_spellings_of_the_namespace_are_read_and_told_once(word: str) -> None:
    text = CUBE.read_text("utf-8").replace("http://ddialliance.org", word)

    document = read_cdi(text.encode(), origin="cube.ttl")

    assert [item.rule for item in document.diagnostics] == ["DDI065"]
    assert set(document.graph.subjects(RDF.type, SSI.DimensionalDataStructure))


def test_undeclared_prefixes_are_never_a_pass() -> None:
    text = json.dumps({"@context": {"x": "https://example.org/"}, "@id": "x:a", "@type": "ddi-cdi:Concept"})

    document = read_cdi(text.encode(), origin="a.jsonld")

    assert {item.rule for item in document.diagnostics} == {"DDI040", "DDI044"}
    assert [item.rule for item in document.outcomes if item.status is CheckStatus.NOT_CHECKED] == ["DDI048"]


def test_a_context_behind_an_address_is_not_fetched() -> None:
    text = json.dumps({"@context": ["https://example.org/own.jsonld"], "@id": "urn:a", "@type": "cdi:Concept"})

    assert [item.rule for item in read_cdi(text.encode(), origin="a.jsonld").diagnostics] == ["DDI066"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"<DDICDIModels>",
        b"<DDICDIModels xmlns='http://ddialliance.org/Specification/DDI-CDI/1.0/XMLSchema/'/>",
        b"@prefix cdi: <http://ddialliance.org/Specification/DDI-CDI/1.0/RDF/> . cdi:a a",
        b'{"@context": 5}',
        b"\xff\xfe<\x00",
        b'{"a": ' * 5000 + b"1" + b"}" * 5000,
        b"<a>" * 5000,
        b'{"@context": "ddi-cdi.jsonld", "@context": "ddi-cdi.jsonld", "@id": "urn:a", "@type": "Concept", "@type": "Code"}',
    ],
)
def test_broken_input_is_a_finding(data: bytes) -> None:
    document = read_cdi(data, origin="broken")

    assert document.diagnostics


@needs_corpora
def test_every_file_cut_anywhere_is_a_finding_and_no_accident() -> None:
    files = [corpus("ddi-cdi-official-examples/SPSS_Example.xml"), corpus("dataartifex/simple_yndk.cdif.jsonld")]
    for file in files:
        data = file.read_bytes()
        for part in range(1, 8):
            assert read_cdi(data[: len(data) * part // 8], origin=file.name).diagnostics
    assert len(files) == 2


def test_the_minimal_cube_has_its_roles_and_places() -> None:
    graph = read(CUBE).graph

    (structure,) = graph.subjects(RDF.type, SSI.DimensionalDataStructure)
    assert len(set(graph.objects(structure, SSI.hasIdentifierComponent))) == 1
    assert len(set(graph.objects(structure, SSI.hasMeasureComponent))) == 1


def test_model_and_shapes_know_the_same_namespace() -> None:
    assert all(str(CDI[name]).startswith(str(CDI)) for name in cdi_model().classes)


@pytest.mark.parametrize("syntax", ["turtle", "nt", "xml", "json-ld"])
def test_every_syntax_of_rdf_is_recognised_and_judged_alike(syntax: str, tmp_path: Path) -> None:
    graph = Graph().parse(CUBE, format="turtle")
    file = tmp_path / "cube.rdf"
    graph.serialize(file, format=syntax, encoding="utf-8")

    assert validate([file]).verdict is Verdict.PASS
    assert len(set(read(file).graph.subjects(RDF.type, SSI.CodeItem))) == 2


@needs_corpora
def test_what_is_written_as_turtle_is_the_hub_and_no_document_of_ddi_cdi(tmp_path: Path) -> None:
    source, file = corpus("ddi-cdi-official-examples/Process_Example_CDI.xml"), tmp_path / "hub.ttl"

    done = convert([source], file)

    assert done.written == {"described things": 158}
    assert sniff(file.read_bytes(), "hub.ttl") == "turtle"
    assert len(Graph().parse(file)) == len(read(source).graph)
