"""Code lists and concepts go from DDI to SDMX and back: codes as written, labels in all languages, what is not one is told."""

from io import BytesIO
from pathlib import Path

from corpora import CORPORA, files_of, needs_corpora
from interop.test_ddi_lifecycle_write import PACKAGE
from lxml import etree
from rdflib import Graph, Literal

from semstat.interop import Header, convert, read
from semstat.ontology.terms import RDF, SKOS, SST
from semstat.ontology.terms_information import SSI

ROOT = Path(__file__).parents[2]
HOUSEHOLDS = ROOT / "examples" / "households" / "codebook.xml"
STRUCTURE = ROOT / "examples" / "population" / "structure.xml"
PREPARED = Header(prepared="2024-01-31")
LIFECYCLES = files_of("DDI-L", under="ddi/lifecycle/insee")


def codes(graph: Graph) -> list[tuple[str, tuple[Literal, ...]]]:
    """The codes of all lists with their labels."""
    found = {*graph.subjects(RDF.type, SST.Code), *graph.subjects(RDF.type, SSI.CodeItem)}
    return sorted(
        (str(graph.value(code, SKOS.notation)), tuple(sorted(graph.objects(code, SKOS.prefLabel)))) for code in found
    )


def converted(source: Path, target: Path, to: str | None = None) -> Graph:
    done = convert([source], target, to=to, header=PREPARED)
    assert not done.refused
    return read(target).graph


def test_a_package_of_lifecycle_gives_codelists_and_concepts(tmp_path):
    (tmp_path / "package.xml").write_bytes(PACKAGE)
    graph = converted(tmp_path / "package.xml", tmp_path / "lists.xml", "sdmx-ml-3.0-structure")
    assert [code for code, _ in codes(graph)] == ["01", "NA"]
    (concept,) = graph.subjects(RDF.type, SST.Concept)
    assert set(graph.objects(concept, SKOS.prefLabel)) == {Literal("Income", "en"), Literal("Revenu", "fr")}
    (below,) = graph.subject_objects(SKOS.broader)
    assert [str(graph.value(item, SKOS.notation)) for item in below] == ["NA", "01"]


def test_a_codebook_gives_its_lists_and_says_that_the_rest_has_no_place():
    target = BytesIO()
    done = convert([HOUSEHOLDS], target, to="sdmx-json-2.0-structure", header=PREPARED)
    assert done.written == {"artefacts": 2}
    told = {(item.rule, item.value, item.count) for item in done.losses if item.rule.startswith("DDI")}
    assert ("DDI080", "InstanceVariable", 4) in told
    assert ("DDI080", "StudyUnit", 1) in told


def test_codes_that_are_none_in_sdmx_are_told(tmp_path):
    text = HOUSEHOLDS.read_text("utf-8").replace("<catValu>2</catValu>", "<catValu>2 b</catValu>")
    (tmp_path / "book.xml").write_text(text, "utf-8")
    done = convert([tmp_path / "book.xml"], BytesIO(), to="sdmx-ml-2.1-structure", header=PREPARED)
    assert [item.value for item in done.losses if "cannot be the id" in item.message] == ["2 b"]


def test_codelists_of_sdmx_come_back_from_lifecycle_as_they_were(tmp_path):
    before = read(STRUCTURE).graph
    lifecycle = converted(STRUCTURE, tmp_path / "lists.ddi-l.xml")
    again = converted(tmp_path / "lists.ddi-l.xml", tmp_path / "lists.xml", "sdmx-ml-2.1-structure")
    assert codes(before) == codes(lifecycle) == codes(again)
    lists = set(before.subjects(RDF.type, SST.Codelist))
    assert lists <= set(again.subjects(RDF.type, SST.Codelist)), "agency, id and version stay"
    assert len(set(before.subjects(SKOS.broader, None))) > 0


def test_what_is_no_list_is_told_when_structures_are_written_in_lifecycle():
    done = convert([STRUCTURE], BytesIO(), to="ddi-lifecycle")
    assert any("DataStructure=" in item.message for item in done.losses)
    assert {item.rule for item in done.losses} == {"DDI080"}


@needs_corpora
def test_lists_of_real_questionnaires_are_valid_structures():
    assert CORPORA is not None
    assert len(LIFECYCLES) == 59
    schema = CORPORA / "schemas" / "sdmx-ml-3.0" / "SDMXMessage.xsd"
    official = etree.XMLSchema(etree.parse(str(schema), etree.XMLParser(no_network=True)))
    lists = 0
    for name in LIFECYCLES[::6]:
        target = BytesIO()
        done = convert([CORPORA / name], target, to="sdmx-ml-3.0-structure", header=PREPARED)
        assert official.validate(etree.fromstring(target.getvalue())), (name, official.error_log)
        lists += done.written["artefacts"]
    assert lists > 10


@needs_corpora
def test_lists_of_sdmx_are_valid_fragments():
    assert CORPORA is not None
    schema = CORPORA / "schemas" / "ddi-lifecycle-3.3" / "instance.xsd"
    official = etree.XMLSchema(etree.parse(str(schema), etree.XMLParser(no_network=True, huge_tree=True)))
    target = BytesIO()
    convert([STRUCTURE], target, to="ddi-lifecycle")
    assert official.validate(etree.fromstring(target.getvalue())), official.error_log
