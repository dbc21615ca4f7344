"""What is read of DDI-Lifecycle is written again as fragments: valid where it was, and the same but for what is accounted for."""

from pathlib import Path

import pytest
from corpora import CORPORA, files_of, needs_corpora
from ddi_laws import unaccounted
from ddi_schemas import lifecycle_table
from interop.test_ddi_codebook_write import shape
from lxml import etree
from rdflib import Graph, Literal, URIRef

from semstat.interop import convert
from semstat.interop.formats.ddi.codebook_kept import pieces
from semstat.interop.formats.ddi.lifecycle import read_lifecycle
from semstat.interop.formats.ddi.lifecycle_lower import lower_lifecycle
from semstat.ontology.ddi_iri import document_iri
from semstat.ontology.terms import SS
from semstat.ontology.terms_study import SSD

ROOT = Path(__file__).parents[2]
SCHEMAS = (CORPORA or Path()) / "schemas"
FILES = files_of("DDI-L", under="ddi/lifecycle/")
SPACES = " ".join(
    f'xmlns:{prefix}="ddi:{module}:3_3"'
    for prefix, module in {
        "r": "reusable",
        "g": "group",
        "l": "logicalproduct",
        "c": "conceptualcomponent",
        "d": "datacollection",
    }.items()
)
PACKAGE = f"""<g:ResourcePackage {SPACES}><r:URN>urn:ddi:int.example:pack:1</r:URN>
<c:ConceptScheme><r:URN>urn:ddi:int.example:concepts:1</r:URN>
<c:Concept><r:URN>urn:ddi:int.example:income:2.1</r:URN><r:Label><r:Content xml:lang="en">Income</r:Content>
<r:Content xml:lang="fr">Revenu</r:Content></r:Label><r:Description><r:Content>All of it</r:Content></r:Description></c:Concept>
</c:ConceptScheme><l:CategoryScheme><r:URN>urn:ddi:int.example:cats:1</r:URN>
<l:Category isMissing="true"><r:URN>urn:ddi:int.example:refused:1</r:URN>
<r:Label><r:Content xml:lang="en">Refused</r:Content></r:Label></l:Category>
<l:Category><r:URN>urn:ddi:int.example:yes:1</r:URN></l:Category></l:CategoryScheme>
<l:CodeListScheme><r:URN>urn:ddi:int.example:lists:1</r:URN>
<l:CodeList><r:URN>urn:ddi:int.example:yn:1</r:URN><l:Code><r:URN>urn:ddi:int.example:c1:1</r:URN>
<r:CategoryReference><r:URN>urn:ddi:int.example:yes:1</r:URN><r:TypeOfObject>Category</r:TypeOfObject></r:CategoryReference>
<r:Value>01</r:Value><l:Code><r:URN>urn:ddi:int.example:c2:1</r:URN>
<r:CategoryReference><r:URN>urn:ddi:int.example:refused:1</r:URN><r:TypeOfObject>Category</r:TypeOfObject></r:CategoryReference>
<r:Value>NA</r:Value></l:Code></l:Code></l:CodeList></l:CodeListScheme>
<l:VariableScheme><r:URN>urn:ddi:int.example:vars:1</r:URN><l:Variable isWeight="true"><r:URN>urn:ddi:int.example:v1:1</r:URN>
<l:VariableName><r:String>yn</r:String></l:VariableName>
<r:ConceptReference isExternal="true"><r:URN>urn:ddi:int.example:elsewhere:1</r:URN><r:TypeOfObject>Concept</r:TypeOfObject>
</r:ConceptReference><l:VariableRepresentation><l:VariableRole>key</l:VariableRole><r:CodeRepresentation>
<r:CodeListReference><r:URN>urn:ddi:int.example:yn:1</r:URN><r:TypeOfObject>CodeList</r:TypeOfObject></r:CodeListReference>
</r:CodeRepresentation></l:VariableRepresentation></l:Variable></l:VariableScheme></g:ResourcePackage>""".encode()


def facts(graph: Graph, document: URIRef) -> set[tuple]:
    """The statements of a graph, independent of bytes; but for what the instance says it is about, which fragments add."""
    about = set(graph.subjects(SSD.elementName, Literal("ddi:TopLevelReference")))
    found: set[tuple] = set()
    for subject, predicate, value in graph:
        owner = str(subject).replace(str(document), "")
        if subject in about:
            continue
        if predicate == SS.unreadContent:
            found |= {(owner, how, path, shape(piece)) for how, path, piece in pieces(str(value))}
        else:
            same = URIRef(str(value).replace(str(document), "")) if isinstance(value, URIRef) else value
            found.add((owner, str(predicate), same.n3()))
    return found


def there_and_back(data: bytes) -> tuple[set[tuple], set[tuple], bytes, tuple]:
    first = read_lifecycle(data, origin="first.xml")
    written, losses = lower_lifecycle(first.graph, first.positions)
    second = read_lifecycle(written, origin="second.xml")
    return facts(first.graph, document_iri(data)), facts(second.graph, document_iri(written)), written, losses


@pytest.fixture(scope="module")
def official() -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True, huge_tree=True)
    return etree.XMLSchema(etree.parse(str(SCHEMAS / "ddi-lifecycle-3.3" / "instance.xsd"), parser))


def test_a_package_says_the_same_again_and_loses_nothing():
    before, after, written, losses = there_and_back(PACKAGE)
    assert before == after
    assert losses == ()
    assert there_and_back(PACKAGE)[2] == written, "the same graph gives the same bytes"
    assert etree.fromstring(written).tag == "{ddi:instance:3_3}FragmentInstance"


def test_files_are_converted(tmp_path):
    (tmp_path / "package.xml").write_bytes(PACKAGE)
    done = convert([tmp_path / "package.xml"], tmp_path / "again.ddi-l.xml")
    assert (done.refused, done.losses, done.target) == ((), (), "ddi-lifecycle-3.3")
    assert done.written == {"variables": 1, "codes": 2}


def test_what_holds_an_artefact_it_cannot_hold_and_what_is_written_otherwise_is_named():
    body = """<r:Purpose><r:Content>Why</r:Content></r:Purpose>
<d:GenerationInstruction><r:URN>urn:ddi:int.example:g:1</r:URN>SOURCESOURCE</d:GenerationInstruction></g:ResourcePackage>"""
    source = """<d:SourceVariable>
<r:URN>urn:ddi:int.example:v1:1</r:URN><r:TypeOfObject>Variable</r:TypeOfObject></d:SourceVariable>"""
    data = PACKAGE.replace(b"</g:ResourcePackage>", body.replace("SOURCE", source).encode())
    before, after, _, losses = there_and_back(data)
    assert before != after
    assert {("DDI080", "SourceVariable"), ("DDI080", "holds")} <= {(item.rule, item.value) for item in losses}


@needs_corpora
def test_the_package_is_valid(official):
    assert official.validate(etree.fromstring(there_and_back(PACKAGE)[2])), official.error_log


@needs_corpora
def test_the_table_of_the_schema_is_that_of_the_official_one():
    assert (ROOT / "ontology/models/ddi-lifecycle-3.3.tsv").read_text("utf-8") == lifecycle_table(SCHEMAS)


@needs_corpora
def test_every_file_of_the_corpora_stays_valid_and_says_the_same_or_names_what_it_does_not(official):
    assert CORPORA is not None
    assert len(FILES) == 72
    same, valid = 0, 0
    for name in FILES:
        data = (CORPORA / name).read_bytes()
        first = read_lifecycle(data, origin="first.xml")
        written, losses = lower_lifecycle(first.graph, first.positions)
        second = read_lifecycle(written, origin="second.xml")
        before, after = facts(first.graph, document_iri(data)), facts(second.graph, document_iri(written))
        if official.validate(etree.fromstring(data)):
            valid += 1
            assert official.validate(etree.fromstring(written)), (name, official.error_log)
        same += before == after
        assert bool(before ^ after) == bool(losses), (name, "a difference is a loss, and a loss is a difference")
        missing = unaccounted(first.graph, document_iri(data), before - after, losses)
        assert not missing, (name, len(missing), missing[:3])
    print(f"{len(FILES)} files, {same} of them come back equal")
    assert (valid, same) == (57, 62)
