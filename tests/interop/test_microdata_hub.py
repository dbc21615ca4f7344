"""Data are held to what the hub graph says, whoever wrote it: a graph by hand, or DDI-Lifecycle with its flow of questions."""

from collections import Counter
from pathlib import Path

import duckdb
import pytest
from rdflib import Graph

from semstat.interop import read, validate
from semstat.interop.microdata_judging import Microdata
from semstat.interop.options import Options
from semstat.interop.sources import sources
from semstat.ontology.access import iris
from semstat.ontology.terms import RDF
from semstat.ontology.terms_information import SSI
from semstat.validators.diagnostics import CheckStatus, Diagnostic, Report
from semstat.validators.microdata.described_rules import filters_of
from semstat.validators.microdata.expressions import parsed
from tests.corpora import CORPORA, needs_corpora
from tests.small_study import small_study

AGENCY = "org.example"
MODULES = {
    "r": "reusable",
    "l": "logicalproduct",
    "d": "datacollection",
    "p": "physicaldataproduct",
    "pi": "physicalinstance",
}


def judge(data: Path, graph: Graph) -> Report:
    return Microdata(graph, {}, Options(), duckdb.connect()).judge(sources(data))


def errors(report: Report) -> list[tuple[str, str | None, int | None]]:
    return [
        (item.rule, item.location.path, item.location.line)
        for item in report.diagnostics
        if item.severity.value in {"error", "warning"} and item.rule != "MD027"  # the weight has no label
    ]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("1,1,100.5\n2,1,50\n3,2,7.25\n", []),
        (
            "1,1,100.5\n2,9,50\n3,4,7.25\n",
            [("MD023", "dwelling", 4), ("MD033", "dwelling", None), ("MD034", "dwelling", None)],
        ),
        ("1,1,100.5\n1,1,50\n3,2,-1\n", [("MD011", "hid", 2), ("MD041", "weight", 4)]),
    ],
)
def test_a_graph_by_hand_is_enough(rows, wrong, tmp_path) -> None:
    data = tmp_path / "households.csv"
    data.write_text("hid,dwelling,weight\n" + rows, encoding="utf-8")
    report = judge(data, small_study())
    assert sorted(errors(report)) == wrong
    reasons = {item.rule: item.reason for item in report.checks if item.status is CheckStatus.NOT_APPLICABLE}
    assert {"MD004", "MD012", "MD051", "MD052", "MD053"} <= set(reasons)


def identified(kind: str, name: str, content: str, prefix: str = "") -> str:
    """A fragment of DDI-Lifecycle."""
    urn = f"<r:Agency>{AGENCY}</r:Agency><r:ID>{name}</r:ID><r:Version>1</r:Version>"
    return f"<Fragment><{prefix}{kind}>{urn}{content}</{prefix}{kind}></Fragment>"


def reference(element: str, name: str, kind: str) -> str:
    return (
        f"<{element}><r:Agency>{AGENCY}</r:Agency><r:ID>{name}</r:ID><r:Version>1</r:Version>"
        f"<r:TypeOfObject>{kind}</r:TypeOfObject></{element}>"
    )


def command(text: str, *inner: str) -> str:
    return (
        f"<r:Command><r:ProgramLanguage>VTL</r:ProgramLanguage>{''.join(inner)}"
        f"<r:CommandContent>{text}</r:CommandContent></r:Command>"
    )


def lifecycle() -> str:
    """Work is asked of who is fifteen or more; the age in months follows from the age."""
    variable = "l:Variable"
    parameter = (
        f"<r:InParameter><r:Agency>{AGENCY}</r:Agency><r:ID>if-IP</r:ID><r:Version>1</r:Version></r:InParameter>"
    )
    binding = (
        "<r:Binding>"
        + reference("r:SourceParameterReference", "age-OUT", "OutParameter")
        + reference("r:TargetParameterReference", "if-IP", "InParameter")
        + "</r:Binding>"
    )
    out = f"<r:OutParameter><r:Agency>{AGENCY}</r:Agency><r:ID>age-OUT</r:ID><r:Version>1</r:Version></r:OutParameter>"
    items = "".join(
        "<p:DataItem>"
        + reference("r:VariableReference", name, "Variable")
        + f"<p:PhysicalLocation><p:ArrayPosition>{place}</p:ArrayPosition></p:PhysicalLocation></p:DataItem>"
        for place, name in enumerate(("age", "work", "months"), 1)
    )
    fragments = [
        *(
            identified(variable, name, f"<l:VariableName><r:String>{name}</r:String></l:VariableName>{more}")
            for name, more in (
                (
                    "age",
                    reference("r:SourceParameterReference", "age-OUT", "OutParameter")
                    + reference("r:QuestionReference", "q-age", "QuestionItem"),
                ),
                ("work", reference("r:QuestionReference", "q-work", "QuestionItem")),
                (
                    "months",
                    "<l:VariableRepresentation><r:ProcessingInstructionReference>"
                    f"<r:Agency>{AGENCY}</r:Agency><r:ID>gi</r:ID><r:Version>1</r:Version>"
                    "<r:TypeOfObject>GenerationInstruction</r:TypeOfObject></r:ProcessingInstructionReference></l:VariableRepresentation>",
                ),
            )
        ),
        identified("d:GenerationInstruction", "gi", f"<r:CommandCode>{command('age * 12')}</r:CommandCode>"),
        identified("d:QuestionItem", "q-age", out),
        identified("d:QuestionItem", "q-work", ""),
        *(
            identified("d:QuestionConstruct", f"c-{name}", reference("r:QuestionReference", f"q-{name}", "QuestionItem"))
            for name in ("age", "work")
        ),
        identified(
            "d:Sequence",
            "main",
            reference("d:ControlConstructReference", "c-age", "QuestionConstruct")
            + reference("d:ControlConstructReference", "if", "IfThenElse"),
        ),
        identified(
            "d:IfThenElse",
            "if",
            f"<d:IfCondition>{command('if-IP >= 15', parameter, binding)}</d:IfCondition>"
            + reference("d:ThenConstructReference", "then", "Sequence"),
        ),
        identified("d:Sequence", "then", reference("d:ControlConstructReference", "c-work", "QuestionConstruct")),
        identified("p:RecordLayout", "layout", items),
        identified("pi:PhysicalInstance", "people", reference("r:RecordLayoutReference", "layout", "RecordLayout")
                   + "<pi:GrossFileStructure><pi:CaseQuantity>4</pi:CaseQuantity></pi:GrossFileStructure>"),
    ]  # fmt: skip
    names = " ".join(f'xmlns:{prefix}="ddi:{module}:3_3"' for prefix, module in MODULES.items())
    return f'<FragmentInstance xmlns="ddi:instance:3_3" {names}>{"".join(fragments)}</FragmentInstance>'


def line(item: Diagnostic) -> int:
    return item.location.line or 0


def test_lifecycle_says_who_is_asked_and_how_a_variable_is_derived(tmp_path) -> None:
    data, described = tmp_path / "people.csv", tmp_path / "study.xml"
    data.write_text("age,work,months\n40,1,480\n10,,120\n", encoding="utf-8")
    described.write_text(lifecycle(), encoding="utf-8")
    document = read(described)
    good = judge(data, document.graph)
    assert {item.rule for item in good.checks if item.status is CheckStatus.CHECKED} >= {"MD051", "MD052"}
    data.write_text("age,work,months\n40,1,480\n10,2,120\n15,,180\n16,1,190\n", encoding="utf-8")
    report = validate([data], structure=[described])
    found = [item for item in report.diagnostics if item.rule in {"MD051", "MD052"}]
    assert [(item.rule, item.location.path, item.location.line, item.value) for item in sorted(found, key=line)] == [
        ("MD051", "work", 3, "work=2, age=10"),
        ("MD051", "work", 4, "work=, age=15"),
        ("MD052", "months", 5, "months=190, age=16"),
    ]
    assert {item.expected for item in found} == {"there if and only if age >= 15", "age * 12"}


@needs_corpora
def test_filters_of_real_questionnaires_are_read(record_property) -> None:
    files = sorted(((CORPORA or Path()) / "ddi/lifecycle/insee-eno-3.3").glob("ddi-filter*.xml"))
    found: Counter[str] = Counter()
    for file in files:
        graph = read(file).graph
        for variable in iris(graph, None, RDF.type, SSI.InstanceVariable):
            rule = filters_of(graph, variable)
            for condition in (item for way in (rule.ways if rule else ()) for item in way):
                found["loop" if condition.repeated else "read"] += 1
                if not condition.repeated:
                    assert parsed(condition.text, dict(condition.names)), file.name
    record_property("files", len(files))
    assert len(files) == 5
    assert found == {"read": 51}
