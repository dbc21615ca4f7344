"""DDI Codebook is read whole: what independent counts say is there, in all languages, with what checks of data need."""

from collections import Counter
from io import BytesIO

import pytest
from corpora import CORPORA, counts, files_of, needs_corpora
from rdflib import Graph, Literal, URIRef

from semstat.interop import CannotConvert, convert
from semstat.interop.formats.ddi.codebook import read_codebook
from semstat.ontology.access import flag, iris, text
from semstat.ontology.terms import RDF, SKOS, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_lineage import SSL
from semstat.ontology.terms_study import SSD
from semstat.validators.microdata import described_files

POPSTAN = "ddi/microdata/popstan/ihsn-popstan-mics-2000.xml"
CLASSES = {
    "stdyDscr": SSD.StudyUnit,
    "fileDscr": SSD.DataFile,
    "var": SSI.InstanceVariable,
    "varGrp": SSD.VariableGroup,
    "catgry": SSI.CodeItem,
    "catStat": SSD.CategoryStatistic,
    "sumStat": SSD.SummaryStatistic,
    "qstn": SSD.QuestionItem,
}

SMALL = """<codeBook xmlns="ddi:codebook:2_6" version="2.6" xml-lang="en"><stdyDscr><citation><titlStmt>
<titl> Survey </titl><titl xml:lang="fr">Enquête</titl><IDNo>S1</IDNo></titlStmt></citation></stdyDscr>
<fileDscr ID="F1"><fileTxt><fileName> a.dat
</fileName><fileStrc type="hierarchical"><recGrp rectype="H" keyvar="V1" rtypeloc="1" rtypewidth="2"/>
<recGrp rectype="P" recGrp="F2" recidvar="V1"/></fileStrc><dimensns><caseQnty> 7 </caseQnty><logRecL>80</logRecL></dimensns>
</fileTxt></fileDscr><fileDscr ID="F2"><fileTxt><fileName>b.dat</fileName></fileTxt></fileDscr>
<dataDscr><var ID="V1" name="id" files="F1 F2" rectype="H"><location fileid="F1" StartPos="1" EndPos="4" width="4" RecSegNo="2"/>
<location fileid="F2" StartPos="9"/><labl>Id</labl><labl>Identifier</labl><labl xml:lang="fr">Ident</labl></var>
<var ID="V2" name="age" files="F1" rectype="P" representationType="numeric" dcml="1"><invalrng><item VALUE="99"/></invalrng>
<valrng><range min="0" maxExclusive="120"/></valrng>
<catgry missing="Y" missType="refused"><catValu> 98
</catValu><labl>Refused</labl></catgry><catgry><catValu>00</catValu><labl>None</labl><catStat>5</catStat></catgry>
<concept vocab="C">Age</concept>
<derivation var="V1"><drvdesc>From</drvdesc><drvcmd syntax="SPSS">COMPUTE age=1.</drvcmd></derivation>
<qstn><preQTxt>Now</preQTxt><qstnLit>How old?</qstnLit><forward>Q2</forward></qstn></var>
<var ID="V3" name="age" files="F2" representationType="numeric" dcml="1"><catgry><catValu>00</catValu><labl>None</labl></catgry>
<concept vocab="C">Age</concept></var></dataDscr></codeBook>"""


@pytest.fixture(scope="module")
def small():
    return read_codebook(SMALL.encode(), origin="small.xml")


def named(graph: Graph, identifier: str):
    (found,) = graph.subjects(SS.identifier, Literal(identifier))
    return found


def test_texts_are_trimmed_and_every_language_is_kept(small):
    study = named(small.graph, "S1")
    assert set(small.graph.objects(study, SKOS.prefLabel)) == {Literal("Survey", "en"), Literal("Enquête", "fr")}
    variable = named(small.graph, "V1")
    assert set(small.graph.objects(variable, SKOS.prefLabel)) == {Literal("Id", "en"), Literal("Ident", "fr")}
    assert list(small.graph.objects(variable, SKOS.altLabel)) == [Literal("Identifier", "en")]


def test_files_are_described_by_kind_of_record(small):
    first, second = described_files(small.graph)
    assert (first.name, first.cases, second.name) == ("a.dat", 7, "b.dat")
    households, persons = first.records
    assert (households.type, households.key, households.length) == ("H", ("id",), 80)
    assert (households.type_start, households.type_width) == (1, 2)
    place = households.variables[0]
    assert (place.start, place.end, place.width, place.segment) == (1, 4, 4, 2)
    assert [item.name for item in persons.variables] == ["age"]
    assert [item.start for item in second.records[0].variables] == [9, None]


def test_values_codes_and_missing_values_are_told_apart(small):
    age = described_files(small.graph)[0].records[1].variables[0]
    assert [(item.value, item.missing) for item in age.codes] == [("00", False), ("98", True)]
    assert [(item.low, item.high, item.low_included, item.high_included) for item in age.ranges] == [
        ("0", "120", True, False)
    ]
    assert [(item.low, item.high) for item in age.missing_ranges] == [("99", "99")]
    assert (age.representation, age.decimals, age.statistics[0].kind) == ("numeric", 1, "frequency")


def test_variables_that_agree_are_read_as_one_and_marked_as_inferred(small):
    graph = small.graph
    first, second = named(graph, "V2"), named(graph, "V3")
    (represented,) = iris(graph, first, SSI.takesMeaningFromRepresentedVariable)
    assert iris(graph, second, SSI.takesMeaningFromRepresentedVariable) == [represented]
    assert flag(graph, represented, SSD.isInferred)
    (conceptual,) = iris(graph, represented, SSI.takesMeaningFromConceptualVariable)
    (concept,) = iris(graph, conceptual, SSI.takesMeaningFromConcept)
    assert text(graph, concept, SKOS.prefLabel) == "Age"


def test_lineage_leads_to_question_and_source(small):
    graph = small.graph
    variable = named(graph, "V2")
    (question,) = iris(graph, variable, SSL.capturedBy)
    assert (text(graph, question, SSI.questionText), text(graph, question, SSD.textBefore)) == ("How old?", "Now")
    assert iris(graph, variable, SSL.derivedFrom) == [named(graph, "V1")]
    (rule,) = iris(graph, variable, SSD.derivationRule)
    (command,) = iris(graph, rule, SSD.command)
    assert (text(graph, command, SSD.commandText), text(graph, command, SSD.commandLanguage)) == (
        "COMPUTE age=1.",
        "SPSS",
    )
    assert iris(graph, rule, SSL.businessFunction) == [URIRef("https://w3id.org/semstat/gsbpm/5.5")]
    assert "<forward" in text(graph, question, SS.unreadContent)
    assert [item.value for item in small.diagnostics if item.rule == "IO114"] == ["type", "forward"]


def test_what_is_read_has_its_line(small):
    assert small.positions[named(small.graph, "V3")].line == SMALL[: SMALL.index('<var ID="V3"')].count("\n") + 1


@needs_corpora
@pytest.mark.parametrize("name", [*files_of("DDI-C", under="ddi/")])
def test_every_codebook_of_the_corpora_is_read_whole(name):
    assert CORPORA is not None
    found = read_codebook((CORPORA / name).read_bytes(), origin=name)
    expected = {key: number for key, number in counts()[name][1].items() if key in CLASSES}
    held = {key: len(set(found.graph.subjects(RDF.type, CLASSES[key]))) for key in expected}
    assert held == expected
    assert all(item.location.line for item in found.diagnostics)


@needs_corpora
def test_the_reference_codebook_is_described_as_independent_counts_say():
    assert CORPORA is not None
    document = read_codebook((CORPORA / POPSTAN).read_bytes(), origin="popstan.xml")
    files = described_files(document.graph)
    variables = [item for file in files for item in file.variables]
    figures = Counter(item.code is not None for variable in variables for item in variable.statistics)
    assert len(files) == 4
    assert len(variables) == 297
    assert sum(len(item.codes) for item in variables) == 1135
    assert figures == {True: 1900, False: 1474}
    assert sum(len(item.ranges) for item in variables) == 292
    assert sum(item.is_weight for item in variables) == 9
    assert len(set(document.graph.subjects(RDF.type, SSD.QuestionItem))) == 134
    household = next(file for file in files if file.identifier == "F3")
    assert (household.cases, household.variable_count, household.records[0].key) == (500, 46, ("hid",))
    assert sum(item.weight == "hhweight" for item in household.variables) == 45


@needs_corpora
def test_broken_copies_are_findings_and_no_tracebacks():
    assert CORPORA is not None
    names = [name for name in files_of("DDI-C", under="ddi/") if (CORPORA / name).stat().st_size < 300_000]
    tried = 0
    for name in names:
        data = (CORPORA / name).read_bytes()
        for part in range(1, 8):
            cut = data[: len(data) * part // 8]
            assert read_codebook(cut, origin=name).diagnostics[0].rule in {"IO101", "IO105"}
            swapped = data.replace(b'ID="', b'ID="x').replace(b'var="', b'var="V1 V1 ')
            read_codebook(swapped.replace(b"0", b"zero" * part), origin=name)
            tried += 2
    print(f"{tried} copies of {len(names)} files")
    assert tried > 100


def test_a_codebook_becomes_turtle_and_no_message_of_sdmx(tmp_path):
    path = tmp_path / "small.xml"
    path.write_text(SMALL, encoding="utf-8")
    written = BytesIO()
    done = convert([path], written, to="turtle")
    assert not done.refused
    assert done.written["described things"] == 20
    assert len(Graph().parse(data=written.getvalue(), format="turtle")) == len(
        read_codebook(SMALL.encode(), origin="x").graph
    )
    with pytest.raises(CannotConvert, match="prepared"):
        convert([path], BytesIO(), to="sdmx-ml-2.1-structure")


def test_what_stands_within_what_is_read_is_kept_too():
    """Counts of one kind of record, and the key of a range, stand in elements whose attributes alone are read."""
    text_ = SMALL.replace('rtypewidth="2"/>', 'rtypewidth="2"><recDimnsn><caseQnty>3</caseQnty></recDimnsn></recGrp>')
    text_ = text_.replace('maxExclusive="120"/>', 'maxExclusive="120"/><key>years</key>')
    document = read_codebook(text_.encode(), origin="small.xml")
    kept = "".join(str(raw) for raw in document.graph.objects(None, SS.unreadContent))
    assert "<caseQnty" in kept
    assert "years" in kept
    assert {"recDimnsn", "key"} <= {item.value for item in document.diagnostics if item.rule == "IO114"}


def test_attributes_without_a_term_are_kept_and_named_once():
    text_ = SMALL.replace('name="age"', 'name="age" nature="ratio"')
    document = read_codebook(text_.encode(), origin="small.xml")
    named_ = [item.message for item in document.diagnostics if item.value == "nature"]
    assert named_ == ["the attribute `nature` is kept as it stands, and not interpreted (2 times)"]
    assert sum('nature="ratio"' in str(raw) for raw in document.graph.objects(None, SS.unreadContent)) == 2
