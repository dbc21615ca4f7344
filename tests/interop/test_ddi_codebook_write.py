"""What is read of a codebook is written again: the same graph, valid by the official schema, what is lost accounted for."""

from io import BytesIO
from pathlib import Path

import pytest
from corpora import CORPORA, files_of, needs_corpora
from ddi_schemas import codebook_table
from interop.test_ddi_codebook import SMALL
from lxml import etree
from rdflib import Graph, Literal, URIRef

from semstat.interop import CannotConvert, convert
from semstat.interop.conversion import target_format
from semstat.interop.formats.ddi.codebook import read_codebook
from semstat.interop.formats.ddi.codebook_kept import pieces
from semstat.interop.formats.ddi.codebook_lower import lower_codebook
from semstat.ontology.ddi_iri import document_iri
from semstat.ontology.terms import DCTERMS, RDF, SS
from semstat.ontology.terms_information import SSI

ROOT = Path(__file__).parents[2]
HOUSEHOLDS = ROOT / "examples" / "households" / "codebook.xml"
SCHEMAS = (CORPORA or Path()) / "schemas"
CODEBOOKS = [
    *files_of("DDI-C", under="ddi/codebook/"),
    *files_of("DDI-C", under="ddi/profiles/"),
    *files_of("DDI-C", under="ddi/microdata/"),
]
ADDRESSED = {"ddi/codebook/dataverse-export/dataset-finch-private.xml"}
"""Codebooks that state the address of a producer, which is no attribute of the schema of 2.6."""


def shape(node: etree._Element) -> tuple:
    """The content of a piece that was kept, whatever the prefixes and the version of its namespace."""
    inner = [shape(child) for child in node if isinstance(child.tag, str)]
    words = " ".join("".join(node.itertext()).split())
    return (etree.QName(node).localname, tuple(sorted(node.attrib.items())), words, tuple(inner))


def facts(graph: Graph, document: URIRef) -> set[tuple]:
    """The statements of a graph, independent of the bytes that it was read from and of the version of kept content."""
    found: set[tuple] = set()
    for subject, predicate, value in graph:
        owner = str(subject).replace(str(document), "")
        if predicate == SS.unreadContent:
            found |= {(owner, how, path, shape(piece)) for how, path, piece in pieces(str(value))}
        else:
            same = URIRef(str(value).replace(str(document), "")) if isinstance(value, URIRef) else value
            found.add((owner, str(predicate), same.n3()))
    return found


def there_and_back(data: bytes) -> tuple[set[tuple], set[tuple], bytes, tuple]:
    first = read_codebook(data, origin="first.xml")
    written, losses = lower_codebook(first.graph, first.positions)
    second = read_codebook(written, origin="second.xml")
    return facts(first.graph, document_iri(data)), facts(second.graph, document_iri(written)), written, losses


@pytest.fixture(scope="module")
def official() -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True, huge_tree=True)
    return etree.XMLSchema(etree.parse(str(SCHEMAS / "ddi-codebook-2.6" / "codebook.xsd"), parser))


@pytest.mark.parametrize("data", [SMALL.encode(), HOUSEHOLDS.read_bytes()], ids=["small", "households"])
def test_a_codebook_says_the_same_again_and_loses_nothing(data):
    before, after, written, losses = there_and_back(data)
    assert before == after
    assert losses == ()
    assert there_and_back(data)[2] == written, "the same graph gives the same bytes"
    assert there_and_back(written)[2] == written, "what was written is written as it was"


@pytest.mark.parametrize("other", [' ddiLifecycleUrn="urn:ddi:int.example:L1:2"', ""])
def test_a_thing_keeps_the_names_that_codebook_and_lifecycle_have_for_it(other):
    titles = "<stdyDscr><citation><titlStmt><titl>Survey</titl></titlStmt></citation></stdyDscr>"
    dates = 'elementVersion="3" elementVersionDate="2024-05-01"'
    named = f'<var ID="V1" name="a" ddiCodebookUrn="urn:ddi:int.example:C1:1"{other} {dates}/>'
    book = f'<codeBook xmlns="ddi:codebook:2_6">{titles}<dataDscr>{named}</dataDscr></codeBook>'
    before, after, written, losses = there_and_back(book.encode())
    assert (before, losses) == (after, ())
    assert b'ddiCodebookUrn="urn:ddi:int.example:C1:1"' in written


def test_kept_content_goes_back_to_its_place():
    _, _, written, _ = there_and_back(SMALL.encode())
    tree = etree.fromstring(written)
    space = {"d": "ddi:codebook:2_6"}
    assert tree.findtext(".//d:var[@ID='V2']/d:qstn/d:forward", namespaces=space) == "Q2"
    assert tree.find(".//d:var[@ID='V2']/d:concept", space).get("vocab") == "C"
    assert tree.find(".//d:fileDscr[@ID='F1']/d:fileTxt/d:fileStrc", space).get("type") == "hierarchical"


def test_what_has_no_place_is_left_out_and_counted():
    data = SMALL.replace("<forward>Q2</forward>", "<forward>Q2</forward><forword/><zzz>1</zzz><zzz>2</zzz>")
    before, after, written, losses = there_and_back(data.encode())
    assert [(item.rule, item.count) for item in losses] == [("IO202", 2)]
    assert "`zzz`" in losses[0].message
    assert b"zzz" not in written
    assert {item[1] for item in before - after} == {"in"}
    assert after <= before


@pytest.mark.parametrize("name", ["study.ddi-c.xml", "STUDY.DDI-C.XML"])
def test_the_suffix_means_the_format(name):
    assert target_format(None, Path(name), "structure").name == "ddi-codebook-2.6"
    assert target_format("ddi-codebook", None, "structure").name == "ddi-codebook-2.6"


def test_files_are_converted_and_counted(tmp_path):
    done = convert([HOUSEHOLDS], tmp_path / "again.ddi-c.xml")
    assert (done.refused, done.losses, done.target) == ((), (), "ddi-codebook-2.6")
    assert (done.written["files"], done.written["variables"]) == (1, 4)
    assert etree.parse(tmp_path / "again.ddi-c.xml").getroot().get("version") == "2.6"


def test_what_describes_no_study_is_not_written_as_a_codebook():
    with pytest.raises(CannotConvert, match="describe no study"):
        convert([ROOT / "examples" / "population" / "structure.xml"], BytesIO(), to="ddi-codebook")


CODES_ALONE = """<l:CodeListScheme xmlns:l="ddi:logicalproduct:3_3" xmlns:r="ddi:reusable:3_3">
<r:URN>urn:ddi:int.example:s:1</r:URN>
<l:CodeList><r:URN>urn:ddi:int.example:c:1</r:URN><l:Code><r:URN>urn:ddi:int.example:k:1</r:URN><r:Value>1</r:Value></l:Code>
</l:CodeList></l:CodeListScheme>"""


def test_codes_that_no_variable_has_are_not_counted_as_a_codebook(tmp_path):
    (tmp_path / "codes.xml").write_text(CODES_ALONE, "utf-8")
    with pytest.raises(CannotConvert, match="describe no study"):
        convert([tmp_path / "codes.xml"], BytesIO(), to="ddi-codebook")
    assert convert([tmp_path / "codes.xml"], BytesIO(), to="ddi-lifecycle").written == {"codes": 1}


def test_a_group_of_studies_alone_is_written_as_ddi_lifecycle(tmp_path):
    group = (
        '<g:Group xmlns:g="ddi:group:3_3" xmlns:r="ddi:reusable:3_3"><r:URN>urn:ddi:int.example:g:1</r:URN></g:Group>'
    )
    (tmp_path / "group.xml").write_text(group, "utf-8")
    assert convert([tmp_path / "group.xml"], BytesIO(), to="ddi-lifecycle").written == {"fragments": 1}


def test_characters_that_xml_cannot_hold_are_replaced():
    graph = Graph()
    graph.add((URIRef("urn:v"), RDF.type, SSI.InstanceVariable))
    graph.add((URIRef("urn:v"), SS.identifier, Literal("a\x00b")))
    assert b'name="a\xef\xbf\xbdb"' in lower_codebook(graph, {})[0]


@pytest.mark.parametrize("target", ["ddi-codebook", "ddi-lifecycle"])
@pytest.mark.parametrize("data", [b"", b"<codeBook", SMALL.encode()[:900], SMALL.encode().replace(b"Survey", b"\xff")])
def test_what_cannot_be_read_is_not_written(tmp_path, data, target):
    (tmp_path / "broken.xml").write_bytes(data)
    done = convert([tmp_path / "broken.xml"], tmp_path / "out.xml", to=target)
    assert [item.rule for item in done.refused] in (["IO101"], ["IO105"], ["IO106"])
    assert not (tmp_path / "out.xml").exists()


@pytest.mark.parametrize("target", ["ddi-codebook", "ddi-lifecycle"])
def test_identifiers_that_are_none_and_identifiers_twice_do_no_harm(tmp_path, target):
    variables = '<var/><var ID="a b"/><var ID="V1"/><var ID="V1" name="é"/>'
    book = f'<codeBook xmlns="ddi:codebook:2_5"><dataDscr>{variables}</dataDscr></codeBook>'
    (tmp_path / "odd.xml").write_text(book, "utf-8")
    done = convert([tmp_path / "odd.xml"], tmp_path / "out.xml", to=target)
    assert (done.refused, done.written) == ((), {"variables": 4})
    again = convert([tmp_path / "out.xml"], BytesIO(), to=target)
    assert again.written["variables"] == 4
    assert "DDI003" not in {item.rule for item in again.findings}


@needs_corpora
def test_the_table_of_the_schema_is_that_of_the_official_one():
    assert (ROOT / "ontology/models/ddi-codebook-2.6.tsv").read_text("utf-8") == codebook_table(SCHEMAS)


@needs_corpora
@pytest.mark.parametrize("name", CODEBOOKS)
def test_every_codebook_of_the_corpora_says_the_same_in_2_6(name, official):
    assert CORPORA is not None
    assert len(CODEBOOKS) == 14
    before, after, written, losses = there_and_back((CORPORA / name).read_bytes())
    assert official.validate(etree.fromstring(written)), official.error_log
    differing = {item for item in before ^ after if item[1] != str(DCTERMS.identifier) or not _is_address(item)}
    assert {item[1] for item in differing} <= {"in", "of"}, "only what was never interpreted may be lost"
    unwritten = [item.value for item in losses if item.rule not in {"IO202", "IO212"}]
    assert unwritten == ["identifier"] * (name in ADDRESSED), "no more than the address of a producer"
    assert bool(before ^ after) == bool(losses), "a difference is a loss, and a loss is a difference"


def _is_address(fact: tuple) -> bool:
    """The address of a contributor, which 2.6 knows of distributors and contacts, and not of producers and authors."""
    return "-contribution-" in fact[0]
