"""DDI-Lifecycle: every file of the corpora is read, its references resolved, and what is found is what two counts agree on."""

from collections import Counter
from functools import cache

import pytest
from corpora import CORPORA, counts, files_of, needs_corpora
from lxml import etree
from rdflib import Graph, Literal, URIRef

from semstat.interop.document import Document
from semstat.interop.formats.ddi.lifecycle import read_lifecycle
from semstat.ontology.ddi_iri import DdiName, iri_to_ddi_urn
from semstat.ontology.terms import RDF, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD

FILES = files_of("DDI-L", under="ddi/lifecycle/")
INSEE = [name for name in FILES if "/insee-eno-3.3/" in name]
CLASSES = {
    "StudyUnit": SSD.StudyUnit,
    "QuestionItem": SSD.QuestionItem,
    "QuestionGrid": SSD.QuestionGrid,
    "QuestionConstruct": SSD.QuestionConstruct,
    "Sequence": SSD.Sequence,
    "Loop": SSD.Loop,
    "IfThenElse": SSD.Conditional,
    "ComputationItem": SSD.Computation,
    "Variable": SSI.InstanceVariable,
    "Category": SSI.Category,
    "CategoryScheme": SSI.CategorySet,
    "CodeList": SSI.CodeList,
    "Code": SSI.CodeItem,
    "Instruction": SSD.InterviewerInstruction,
    "PhysicalInstance": SSD.DataFile,
}
REUSABLE = "{ddi:reusable:3_3}"
HEAD = (
    '<g:ResourcePackage xmlns:g="ddi:group:3_3" xmlns:l="ddi:logicalproduct:3_3" xmlns:r="ddi:reusable:3_3" '
    'xmlns:d="ddi:datacollection:3_3" xmlns:p="ddi:physicaldataproduct:3_3"><r:URN>urn:ddi:int.example:pack:1</r:URN>'
)


def content(name: str) -> bytes:
    assert CORPORA is not None
    return (CORPORA / name).read_bytes()


@cache
def read(name: str) -> Document:
    return read_lifecycle(content(name), origin=name)


def rules(document: Document) -> Counter[str]:
    return Counter(item.rule for item in document.diagnostics)


def package(inner: str) -> Document:
    return read_lifecycle(f"{HEAD}{inner}</g:ResourcePackage>".encode(), origin="package.xml")


def iri(identifier: str) -> URIRef:
    return DdiName("int.example", identifier, "1").iri


@needs_corpora
def test_all_files_are_there() -> None:
    assert (len(FILES), len(INSEE)) == (72, 59)


@needs_corpora
@pytest.mark.parametrize("name", FILES)
def test_everything_counted_is_in_the_graph(name: str) -> None:
    document = read(name)
    assert document.format == "ddi-lifecycle-3.3"
    for element, number in counts()[name][1].items():
        if element in CLASSES:
            assert len(set(document.graph.subjects(RDF.type, CLASSES[element]))) == number, element
    assert all(item.location.line for item in document.diagnostics)
    assert all(iri_to_ddi_urn(str(node)) or "#" in str(node) for node in document.positions)


@needs_corpora
@pytest.mark.parametrize("name", FILES)
def test_references_are_those_of_an_independent_count(name: str) -> None:
    root = etree.fromstring(content(name))
    said = [element for element in root.iter("*") if element.find(f"{REUSABLE}TypeOfObject") is not None]
    checked = {item.rule: item.examined for item in read(name).outcomes}
    assert checked["DDI025"] == len(said)


@needs_corpora
def test_the_verdicts_on_the_questionnaires_of_insee() -> None:
    total: Counter[str] = Counter()
    where: dict[str, Counter[str]] = {}
    for name in INSEE:
        total["references"] += next(item.examined for item in read(name).outcomes if item.rule == "DDI025")
        for rule, number in rules(read(name)).items():
            total[rule] += number
            where.setdefault(rule, Counter())[name.rsplit("/", 1)[1].removesuffix(".xml")] += number
    assert total["references"] == 4628
    assert where["DDI026"] == {
        "ddi-suggester": 8,
        "ddi-suggester-options": 3,
        "ddi-suggester-arbitrary": 2,
        "ddi-suggester-options-table": 2,
    }
    assert where["DDI025"] == {"ddi-suggester-arbitrary": 1, "ddi-variables": 2}
    assert where["DDI030"] == dict.fromkeys(
        ("ddi-dimensions", "ddi-pairwise", "ddi-pairwise-in-loop", "ddi-pairwise-variables", "ddi-resizing"), 2
    )
    assert where["DDI022"] == {"ddi-loop-filter": 1, "ddi-ucq-variable-options": 1}
    assert "IO108" not in total


@needs_corpora
def test_the_languages_of_programs_are_kept_as_written() -> None:
    languages: Counter[str] = Counter()
    for name in INSEE:
        languages.update(str(value) for value in read(name).graph.objects(None, SSD.commandLanguage))
    assert languages == {"vtl": 171, "VTL": 1}


@needs_corpora
@pytest.mark.parametrize("name", FILES[::9])
def test_damaged_copies_give_located_findings(name: str) -> None:
    data = content(name)
    cases = {
        "truncated": (data[: len(data) * 2 // 3], {"IO101"}),
        "empty": (b"", {"IO105"}),
        "garbled": (data.replace(b"</", b"<", 1), {"IO101"}),
        "another version": (data.replace(b":3_3", b":3_1"), {"IO112"}),
        "another encoding": (data.replace(b"utf-8", b"x-unknown").replace(b"UTF-8", b"x-unknown"), {"IO106"}),
    }
    for what, (bad, expected) in cases.items():
        document = read_lifecycle(bad, origin=name)
        assert {item.rule for item in document.diagnostics} == expected, what
        assert not len(document.graph)


@needs_corpora
def test_the_two_versions_are_read_alike() -> None:
    name = INSEE[0]
    old = read_lifecycle(content(name).replace(b":3_3", b":3_2"), origin=name)
    assert old.format == "ddi-lifecycle-3.2"
    assert len(old.graph) == len(read(name).graph)


def test_depth_is_limited_and_long_documents_are_read() -> None:
    deep = read_lifecycle(b"<a>" * 300 + b"</a>" * 300, origin="deep.xml")
    assert [item.rule for item in deep.diagnostics] == ["IO107"]
    variables = "".join(
        f"<l:Variable>\n<r:URN>urn:ddi:int.example:v{number}:1</r:URN></l:Variable>" for number in range(5000)
    )
    document = package(f"<l:VariableScheme><r:URN>urn:ddi:int.example:vs:1</r:URN>{variables}</l:VariableScheme>")
    assert len(set(document.graph.subjects(RDF.type, SSI.InstanceVariable))) == 5000
    assert document.positions[iri("v4999")].line == 5000


def test_a_derived_variable_comes_from_the_variables_that_its_rule_uses() -> None:
    def refer(element: str, to: str, kind: str) -> str:
        return (
            f"<{element}><r:URN>urn:ddi:int.example:{to}:1</r:URN><r:TypeOfObject>{kind}</r:TypeOfObject></{element}>"
        )

    graph = package(
        "<d:QuestionScheme><r:URN>urn:ddi:int.example:qs:1</r:URN><d:QuestionItem><r:URN>urn:ddi:int.example:q:1</r:URN>"
        '<d:QuestionText><d:LiteralText><d:Text xml:lang="fr">Quel âge ?</d:Text></d:LiteralText></d:QuestionText>'
        "</d:QuestionItem></d:QuestionScheme>"
        "<l:VariableScheme><r:URN>urn:ddi:int.example:vs:1</r:URN>"
        "<l:Variable><r:URN>urn:ddi:int.example:age:1</r:URN>"
        f"{refer('r:QuestionReference', 'q', 'QuestionItem')}</l:Variable>"
        "<l:Variable><r:URN>urn:ddi:int.example:group:1</r:URN><l:VariableRepresentation>"
        f"{refer('r:ProcessingInstructionReference', 'rule', 'GenerationInstruction')}"
        "</l:VariableRepresentation></l:Variable></l:VariableScheme>"
        "<d:ProcessingInstructionScheme><r:URN>urn:ddi:int.example:ps:1</r:URN><d:GenerationInstruction>"
        "<r:URN>urn:ddi:int.example:rule:1</r:URN>"
        f"{refer('d:InputQuestionReference', 'q', 'QuestionItem')}"
        "<r:CommandCode><r:Command><r:ProgramLanguage>VTL</r:ProgramLanguage>"
        "<r:CommandContent>age / 5</r:CommandContent></r:Command></r:CommandCode>"
        "</d:GenerationInstruction></d:ProcessingInstructionScheme>"
    ).graph
    assert (iri("age"), SSL.capturedBy, iri("q")) in graph
    assert (iri("group"), SSL.derivedFrom, iri("age")) in graph
    assert (iri("q"), SSI.questionText, Literal("Quel âge ?", lang="fr")) in graph
    command = graph.value(iri("rule"), SSD.command)
    assert (command, SSD.commandText, Literal("age / 5")) in graph
    assert (iri("rule"), SSL.businessFunction, URIRef("https://w3id.org/semstat/gsbpm/5.5")) in graph


def test_an_instruction_that_derives_nothing_belongs_to_no_sub_process() -> None:
    reference = "<r:URN>urn:ddi:int.example:rule:1</r:URN><r:TypeOfObject>GeneralInstruction</r:TypeOfObject>"
    graph = package(
        "<l:VariableScheme><r:URN>urn:ddi:int.example:vs:1</r:URN><l:Variable><r:URN>urn:ddi:int.example:v:1</r:URN>"
        f"<l:VariableRepresentation><r:ProcessingInstructionReference>{reference}</r:ProcessingInstructionReference>"
        "</l:VariableRepresentation></l:Variable></l:VariableScheme>"
        "<d:ProcessingInstructionScheme><r:URN>urn:ddi:int.example:ps:1</r:URN><d:GeneralInstruction>"
        "<r:URN>urn:ddi:int.example:rule:1</r:URN></d:GeneralInstruction></d:ProcessingInstructionScheme>"
    ).graph
    assert (iri("v"), SSD.derivationRule, iri("rule")) in graph
    assert (None, SSL.businessFunction, None) not in graph


def test_codes_have_the_labels_of_their_categories_and_stand_in_order() -> None:
    graph: Graph = package(
        "<l:CategoryScheme><r:URN>urn:ddi:int.example:cs:1</r:URN>"
        '<l:Category isMissing="true"><r:URN>urn:ddi:int.example:k1:1</r:URN><r:Label>'
        '<r:Content xml:lang="en">None</r:Content><r:Content xml:lang="fr">Aucun</r:Content></r:Label></l:Category>'
        "</l:CategoryScheme><l:CodeListScheme><r:URN>urn:ddi:int.example:ls:1</r:URN><l:CodeList>"
        "<r:URN>urn:ddi:int.example:cl:1</r:URN><l:Code><r:URN>urn:ddi:int.example:c1:1</r:URN><r:CategoryReference>"
        "<r:URN>urn:ddi:int.example:k1:1</r:URN><r:TypeOfObject>Category</r:TypeOfObject></r:CategoryReference>"
        "<r:Value> 01 </r:Value></l:Code></l:CodeList></l:CodeListScheme>"
    ).graph
    assert (iri("cl"), SSI.containsNode, iri("c1")) in graph
    assert (iri("c1"), SKOS.notation, Literal("01")) in graph
    assert {str(label) for label in graph.objects(iri("c1"), SKOS.prefLabel)} == {"None", "Aucun"}
    assert str(graph.value(iri("c1"), SSD.isMissing)) == "true"
    assert graph.value(iri("c1"), SS.position) == Literal(1)


def test_what_no_table_names_is_kept_and_said() -> None:
    document = package(
        "<l:VariableScheme><r:URN>urn:ddi:int.example:vs:1</r:URN><l:Variable><r:URN>urn:ddi:int.example:v:1</r:URN>"
        "<l:VariableRole>x</l:VariableRole><l:Invention>y</l:Invention></l:Variable></l:VariableScheme>"
    )
    assert rules(document) == {"IO108": 1, "IO114": 1}
    kept = str(document.graph.value(iri("v"), SS.unreadContent))
    assert "VariableRole" in kept
    assert "Invention" in kept
