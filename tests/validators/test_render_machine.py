"""The formats that programs read: JSON, SARIF, JUnit, GitHub annotations, CSV, SHACL."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal
from sample_reports import BROKEN, CLEAN, FAILED, HOSTILE, HOSTILE_TEXTS, MIXED, SAMPLES

from semstat.ontology.terms import RDF, RULE, SH
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Location, Report, Severity
from semstat.validators.fingerprints import fingerprint
from semstat.validators.render import render
from semstat.validators.render.csv_report import COLUMNS, neutral
from semstat.validators.render.json_report import SCHEMA_VERSION, schema
from semstat.validators.render.sarif import MAX_RESULTS

ALL = [*SAMPLES.values(), HOSTILE]


def test_schema_is_valid_and_closed():
    jsonschema.Draft202012Validator.check_schema(schema())
    assert schema()["properties"]["schema_version"]["const"] == SCHEMA_VERSION
    assert all(part["additionalProperties"] is False for part in schema()["$defs"].values())


@pytest.mark.parametrize("report", ALL)
def test_json_follows_the_schema_and_keeps_everything(report):
    content = json.loads(render(report, "json"))
    jsonschema.validate(content, schema(), jsonschema.Draft202012Validator)
    assert content["verdict"] == report.verdict.value
    for name in ("diagnostics", "totals", "checks", "datasets", "sources", "unreadable"):
        assert len(content[name]) == len(getattr(report, name))


def test_json_keeps_hostile_values_as_they_are():
    content = json.loads(render(HOSTILE, "json"))
    assert tuple(item["value"] for item in content["diagnostics"]) == HOSTILE_TEXTS


@pytest.mark.parametrize("report", ALL)
def test_sarif_has_the_required_members(report):
    log = json.loads(render(report, "sarif"))
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0"
    assert run["tool"]["driver"]["name"] == "semstat"
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len(run["results"]) == len(report.diagnostics)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        assert len(result["partialFingerprints"]["semstat/v1"]) == 32
        for location in result["locations"]:
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert uri.isascii()
            assert not set(uri) & set(' <>"{}|\\^`\n')
    assert run["properties"]["verdict"] == report.verdict.value


def test_sarif_says_that_a_run_was_not_complete():
    runs = [json.loads(render(report, "sarif"))["runs"][0]["invocations"][0] for report in (CLEAN, MIXED, BROKEN)]
    assert [run["executionSuccessful"] for run in runs] == [True, False, False]
    assert "not at hand" in runs[1]["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_keeps_the_limit_and_the_first_of_every_rule():
    many = [Diagnostic("DF004", Severity.ERROR, "m", Location("a", n, path="SEX")) for n in range(1, MAX_RESULTS + 9)]
    rare = Diagnostic("DF005", Severity.ERROR, "m", Location("a", 1, path="OBS_VALUE"))
    run = json.loads(render(Report((*many, rare)), "sarif"))["runs"][0]
    assert len(run["results"]) == MAX_RESULTS
    assert run["results"][-1]["ruleId"] == "DF005"
    assert run["properties"]["resultsOmitted"] == 9


def test_fingerprint_ignores_lines_and_words_only():
    item = MIXED.diagnostics[0]
    moved = replace(item, location=replace(item.location, line=999, record=998), message="other words")
    assert fingerprint(moved) == fingerprint(item)
    assert fingerprint(replace(item, value="FR")) != fingerprint(item)


@pytest.mark.parametrize("report", ALL)
def test_junit_counts_what_it_holds(report):
    root = ElementTree.fromstring(render(report, "junit"))
    for element, cases in [(root, root.findall("./*/testcase")), *((s, s.findall("testcase")) for s in root)]:
        assert int(element.get("tests", "-1")) == len(cases)
        for name, child in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(element.get(name, "-1")) == sum(case.find(child) is not None for case in cases)


def test_junit_skips_with_reasons_and_still_fails_what_was_not_checked():
    root = ElementTree.fromstring(render(MIXED, "junit"))
    reasons = [skipped.get("message", "") for skipped in root.iter("skipped")]
    assert [reason.split(":")[0] for reason in reasons] == ["could not check", "not applicable"]
    assert root.get("errors") == "1"
    assert ElementTree.fromstring(render(CLEAN, "junit")).get("errors") == "0"
    assert ElementTree.fromstring(render(BROKEN, "junit")).get("errors") == "1"


def test_github_commands_cannot_be_forged():
    lines = render(HOSTILE, "github").splitlines()
    assert len(lines) == len(HOSTILE.diagnostics) + 1
    for line in lines:
        _, command, message = line.split("::", 2)
        assert command.split(" ")[0] in {"error", "warning", "notice"}
        assert "\r" not in message
        assert all("=" in part for part in command.split(" ", 1)[1].split(","))


def test_github_shows_the_first_of_every_rule_before_the_second_of_any():
    lines = render(FAILED, "github").splitlines()
    assert "DF004" in lines[1]
    assert "325 findings in all" in lines[1]
    assert "%60" not in lines[1]
    assert "`EL`" in next(line for line in reversed(lines) if "DF004" in line)


def test_csv_has_one_record_for_each_finding():
    rows = list(csv.reader(io.StringIO(render(HOSTILE, "csv"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(HOSTILE.diagnostics) + 1
    assert {len(row) for row in rows} == {len(COLUMNS)}
    values = [row[COLUMNS.index("value")] for row in rows[1:]]
    assert not [value for value in values if value.lstrip()[:1] in tuple("=+-@")]


@pytest.mark.parametrize("number", ["-5.2", "+3", "-0", "1e-5", "-1.5E+10", "-.5", "12."])
def test_numbers_stay_numbers(number):
    assert neutral(number) == number


@pytest.mark.parametrize("formula", ["=1+1", "+1+1", "-2+3", "@A1", " =1", "\t=1", "\r=1", "＝1", "'=1", "-", "+"])
def test_formulas_become_text(formula):
    assert neutral(formula) == "'" + formula


@pytest.mark.parametrize("report", ALL)
def test_shacl_report_is_well_formed(report):
    graph = Graph().parse(data=render(report, "shacl"), format="turtle")
    node = graph.value(predicate=RDF.type, object=SH.ValidationReport)
    results = list(graph.objects(node, SH.result))
    assert len(results) == len(report.diagnostics)
    assert all(not subject.startswith("_:") for subject in graph.subjects())
    for result in results:
        for required in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent, SH.sourceShape):
            assert len(list(graph.objects(result, required))) == 1
    assert graph.value(node, SH.conforms) == Literal(report is CLEAN)


def test_shacl_report_names_rule_value_and_severity():
    graph = Graph().parse(data=render(MIXED, "shacl"), format="turtle")
    result = graph.value(predicate=SH.value, object=Literal("UK"))
    assert graph.value(result, SH.sourceShape) == RULE["DF004"]
    assert graph.value(result, SH.resultSeverity) == SH.Violation
    assert graph.value(result, SH.focusNode) == Literal("A.UK.2018")
    assert graph.value(result, SH.resultMessage) == Literal("`UK` is not a code of CL_AREA(1.0)", lang="en")


@given(st.text())
def test_any_value_survives_every_format(text):
    item = Diagnostic("DF004", Severity.ERROR, text, Location(text, 1, focus=text, path=text), text, text, text, text)
    report = Report((item,))
    assert json.loads(render(report, "json"))["diagnostics"][0]["value"] == text
    ElementTree.fromstring(render(report, "junit"))
    Graph().parse(data=render(report, "shacl"), format="turtle")
    assert len(render(report, "github").splitlines()) == 2


def record(required, **members):
    return {"type": "object", "additionalProperties": False, "required": required, "properties": members}


TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT, "minItems": 1}
CODES = {"type": "array", "items": record(["product", "code"], product=TEXT, code=TEXT)}
EVENT = record(["time", "actor"], time=TEXT, actor=TEXT, agent=TEXT, trigger=TEXT)
DATA = record(["source", "target"], source=TEXTS, target=TEXTS, description=TEXT)
SEVERITY = {"enum": ["error", "warning", "information"]}
ESS_RULE = record(["language", "expression", "severity"], language=TEXT, expression=TEXT, severity=SEVERITY, change=TEXT,
                  description=TEXT, external=CODES)  # fmt: skip
AGGREGATE = record(["language", "expression"], language=TEXT, expression=TEXT, description=TEXT)
ALL_MEMBERS = ["id", "type", "event", "data", "value"]
ESS = {
    "type": "array",
    "items": {
        "oneOf": [
            record([*ALL_MEMBERS, "rule"], id=TEXT, type={"const": "validation"}, event=EVENT, rule=ESS_RULE, data=DATA,
                   value={"enum": ["0", "1", "NA"]}),
            record([*ALL_MEMBERS, "aggregate"], id=TEXT, type={"const": "aggregation"}, event=EVENT, aggregate=AGGREGATE,
                   data=DATA, value=TEXT),
        ]
    },
}  # fmt: skip
"""The structure of the report of the European Statistical System, written down from its description."""


@pytest.mark.parametrize("report", ALL)
def test_ess_has_the_structure_that_is_laid_down(report):
    records = json.loads(render(report, "ess"))
    jsonschema.validate(records, ESS, jsonschema.Draft202012Validator)
    assert len({item["id"] for item in records}) == len(records)
    values = [item["value"] for item in records if item["type"] == "validation"]
    assert values.count("0") == len(report.diagnostics)
    assert ("NA" in values) or report.verdict.value != "incomplete" or not report.sources


def test_ess_says_what_was_found_checked_and_not_checked():
    records = json.loads(render(replace(MIXED, started="2026-01-02T03:04:05Z"), "ess"))
    assert {item["event"]["time"] for item in records} == {"2026-01-02T03:04:05Z"}
    wrong = next(item for item in records if "`UK`" in item["data"]["description"])
    assert wrong["data"]["target"] == ["A.UK.2018/REF_AREA"]
    assert wrong["data"]["source"] == ["data/population.csv:41"]
    assert {"product": "STRUVAL", "code": "150/029"} in wrong["rule"]["external"]
    double = next(item for item in records if "the same key" in item["data"]["description"])
    assert double["data"]["source"] == ["data/population.csv:240", "data/population.csv:239"]
    counts = {item["aggregate"]["expression"]: item["value"] for item in records if item["type"] == "aggregation"}
    assert counts["count(DF004)"] == "325"
    assert counts["count(DF006)"] == "7"
    outcomes = {(item["rule"]["expression"][-5:], item["data"]["target"][0]): item for item in records
                if item["id"].startswith("check-")}  # fmt: skip
    assert outcomes["DF002", "REF_AREA"]["value"] == "1"
    assert outcomes["DF002", "REF_AREA"]["data"]["description"] == "336 examined"
    assert outcomes["DF004", "UNIT_MEASURE"]["value"] == "NA"
    assert outcomes["DF004", "UNIT_MEASURE"]["data"]["description"].startswith("could not check: the code list")
    assert outcomes["DF011", "*"]["data"]["description"].startswith("not applicable: no constraint")
    assert ("DF003", "OBS_STATUS") not in outcomes, "a check with findings has failed"


def test_json_lines_hold_what_the_json_report_holds():
    for report in ALL:
        lines = render(report, "jsonl").splitlines()
        records = [json.loads(line) for line in lines]
        whole = json.loads(render(report, "json"))
        assert lines[0].startswith('{"kind": "report"')
        for kind, name in [
            ("dataset", "datasets"),
            ("diagnostic", "diagnostics"),
            ("total", "totals"),
            ("check", "checks"),
        ]:
            assert [{"kind": kind, **item} for item in whole[name]] == [
                item for item in records if item["kind"] == kind
            ]
        head = {
            name: whole[name] for name in ("schema_version", "verdict", "fail_on", "summary", "sources", "unreadable")
        }
        assert records[0] == {"kind": "report", **head}


@pytest.mark.parametrize("report", ALL)
def test_gitlab_issues_have_what_gitlab_needs(report):
    issues = json.loads(render(report, "gitlab"))
    assert len({item["fingerprint"] for item in issues}) == len(issues)
    for item in issues:
        assert set(item) == {"description", "check_name", "severity", "location", "fingerprint"}
        assert item["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert item["description"]
        assert item["location"]["path"]
        assert item["location"]["lines"]["begin"] >= 1
    assert len(issues) >= len(report.diagnostics)


def test_gitlab_shows_what_could_not_be_checked_and_not_what_is_known():
    issues = json.loads(render(MIXED, "gitlab"))
    assert (
        issues[-1]["description"]
        == "could not be checked for UNIT_MEASURE: the code list SEMSTAT:CL_UNIT(1.0) is not at hand"
    )
    known = replace(FAILED, diagnostics=tuple(replace(item, known=True) for item in FAILED.diagnostics))
    assert render(known, "gitlab") == "[]\n"
    idle = json.loads(render(Report(sources=("a.csv",)), "gitlab"))
    assert [item["description"] for item in idle] == ["nothing was checked in this source, so it is no pass"]


def test_external_codes_travel_with_each_finding():
    content = json.loads(render(MIXED, "json"))
    (missing,) = [item for item in content["diagnostics"] if item["rule"] == "DF003"]
    assert {"product": "FMR", "code": "REG-201-051"} in missing["external"]
    assert "FMR <code>REG-201-051</code>" in render(MIXED, "html")
    rows = list(csv.DictReader(io.StringIO(render(MIXED, "csv"), newline="")))
    assert "FMR REG-201-051" in next(row["external"] for row in rows if row["rule"] == "DF003")


KNOWN = replace(
    FAILED,
    diagnostics=tuple(replace(item, known=item.rule == "DF004") for item in FAILED.diagnostics),
    totals=tuple(replace(item, known=item.rule == "DF004") for item in FAILED.totals),
)
LEFT_OUT = replace(
    CLEAN, checks=(*CLEAN.checks, CheckOutcome("DF009", None, CheckStatus.NOT_APPLICABLE, CLEAN.sources[0],
                                               reason="deselected by the user: ignore DF009", deselected=True)),
)  # fmt: skip


@pytest.mark.parametrize("report", [KNOWN, LEFT_OUT])
def test_known_and_deselected_follow_the_schemas_too(report):
    content = json.loads(render(report, "json"))
    jsonschema.validate(content, schema(), jsonschema.Draft202012Validator)
    jsonschema.validate(json.loads(render(report, "ess")), ESS, jsonschema.Draft202012Validator)


def test_known_and_deselected_show_in_text_and_page():
    assert "known error DF004" in render(KNOWN, "full")
    assert '<span class="chip error">known error</span>' in render(KNOWN, "html")
    assert json.loads(render(KNOWN, "json"))["summary"]["rules_known"] == ["DF004"]
    assert "Deselected, not checked: DF009" in render(LEFT_OUT, "full")
    assert "1 deselected" in render(LEFT_OUT, "concise")
    assert "1 rule was deselected" in render(LEFT_OUT, "html")
    assert "Every selected check was made" in render(LEFT_OUT, "html")
    assert json.loads(render(LEFT_OUT, "json"))["summary"]["rules_deselected"] == ["DF009"]
    assert 'message="not applicable: deselected by the user: ignore DF009"' in render(LEFT_OUT, "junit")


def test_sarif_says_which_rules_were_left_out_and_what_is_known():
    invocation = json.loads(render(LEFT_OUT, "sarif"))["runs"][0]["invocations"][0]
    assert invocation["ruleConfigurationOverrides"] == [
        {"descriptor": {"id": "DF009"}, "configuration": {"enabled": False}}
    ]
    states = {
        item["ruleId"]: item.get("baselineState") for item in json.loads(render(KNOWN, "sarif"))["runs"][0]["results"]
    }
    assert (states["DF004"], states["DF005"]) == ("unchanged", None)
