"""Which rules are checked, how grave each is, and that leaving one out never hides the fault of another."""

from dataclasses import replace

import pyarrow as pa
import pytest
import small_dataset as small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import DSD, constraints, hub_graph, structures, tables

from semstat.interop import read
from semstat.interop.reports import UNREADABLE
from semstat.validators import validate_data
from semstat.validators.compile import compile_shapes
from semstat.validators.cube import cube
from semstat.validators.diagnostics import (
    CheckOutcome,
    CheckStatus,
    Diagnostic,
    Report,
    Severity,
    Total,
    Verdict,
)
from semstat.validators.engine import run_shapes
from semstat.validators.observations import Observations
from semstat.validators.plan import YIELDS_TO
from semstat.validators.profiles import ALWAYS, NEVER_KNOWN, profiles
from semstat.validators.residual import graph_findings
from semstat.validators.rules import catalogue
from semstat.validators.selection import (
    EVERYTHING,
    SelectionError,
    applied,
    rules_named,
    selection_of,
)
from semstat.validators.structural import shapes_of
from semstat.validators.validate import DataRules, validate_observations

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

pytestmark = pytest.mark.usefixtures("parsed_once")


def test_everything_is_checked_unless_something_is_said() -> None:
    assert selection_of() == EVERYTHING
    assert selection_of([profiles()["default"]]) == EVERYTHING
    assert all(EVERYTHING.has(rule) for rule in catalogue())


def test_what_says_that_nothing_could_be_judged_cannot_be_left_out() -> None:
    assert UNREADABLE <= ALWAYS <= set(catalogue())
    assert NEVER_KNOWN <= ALWAYS
    chosen = selection_of([profiles()["fmr-like"]], select=["DF004"], ignore=["DF", "IO"])
    assert {rule for rule in catalogue() if chosen.has(rule)} == ALWAYS
    for rule in ALWAYS:
        with pytest.raises(SelectionError, match=f"{rule} says what could not be judged"):
            selection_of(ignore=[rule])


@pytest.mark.parametrize(
    ("word", "rules"),
    [("DF004", ("DF004",)), ("df004", ("DF004",)), ("code-not-in-codelist", ("DF004",)), ("DSD00", 5), ("", None)],
)
def test_rules_are_named_by_id_beginning_and_name(word, rules) -> None:
    if rules is None:
        with pytest.raises(SelectionError, match="there is no rule ''"):
            rules_named(word)
    elif isinstance(rules, int):
        assert len(rules_named(word)) >= rules
    else:
        assert rules_named(word) == rules


def test_reasons_say_who_left_a_rule_out() -> None:
    chosen = selection_of([profiles()["fmr-like"]], select=["DF00"], ignore=["DF005"])
    assert chosen.deselected["DF016"] == "not in the profile fmr-like"
    assert chosen.deselected["DF011"] == "deselected by the user: select DF00"
    assert chosen.deselected["DF005"] == "deselected by the user: ignore DF005"
    assert "DF004" not in chosen.deselected


def test_several_profiles_check_what_any_checks_and_the_gravest_severity_counts() -> None:
    narrow, strict = profiles()["fmr-like"], profiles()["publication"]
    both = selection_of([narrow, strict])
    assert all(both.has(rule) for rule in narrow.rules | strict.rules)
    assert both.severity("DF016", INFO) is WARNING
    lenient = replace(narrow, severities={"DF004": INFO})
    assert selection_of([lenient]).severity("DF004", ERROR) is INFO
    mixed = selection_of([lenient, strict])
    assert [mixed.severity("DF004", stated) for stated in (ERROR, WARNING, INFO)] == [ERROR, WARNING, INFO]


def test_a_severity_for_one_rule_goes_before_one_for_many_and_before_profiles() -> None:
    chosen = selection_of([profiles()["publication"]], severities={"DF016": ERROR, "DF": INFO, "DSD001": WARNING})
    assert chosen.severity("DF016", INFO) is ERROR
    assert chosen.severity("DF004", ERROR) is INFO
    assert chosen.severity("DSD001", WARNING) is WARNING
    assert chosen.severity("DSD002", WARNING) is ERROR


def test_a_report_keeps_its_verdict_honest() -> None:
    found = Diagnostic("DF004", ERROR, "m")
    report = Report(
        (found, replace(found, rule="DF016", severity=INFO)),
        (Total("a", "DF004", None, ERROR, 3, 3, 1), Total("a", "DF016", None, INFO, 1, 1, 1)),
        (CheckOutcome("DF004", None, CheckStatus.CHECKED, "a", 3, 3, "columns"),),
        sources=("a",),
    )
    without = applied(report, selection_of(ignore=["DF004"]))
    assert [item.rule for item in (*without.diagnostics, *without.totals)] == ["DF016", "DF016"]
    assert without.verdict is Verdict.INCOMPLETE, "nothing is left that was checked"
    (check,) = without.checks
    assert (check.status, check.deselected) == (CheckStatus.NOT_APPLICABLE, True)
    assert check.reason == "deselected by the user: ignore DF004"
    graded = applied(report, selection_of(severities={"DF004": INFO, "DF016": ERROR}))
    assert [item.severity for item in (*graded.diagnostics, *graded.totals)] == [INFO, ERROR, INFO, ERROR]
    assert applied(report, EVERYTHING) == report


def by_columns(batches, shapes, selection):
    """What the column executor finds, as (rule, row, component)."""
    rules = DataRules.of(shapes, structure="TEST:DSD(1.0)", selection=selection)
    report = validate_observations(Observations(iter(batches)), rules, limit=None)
    return {(item.rule, item.location.record - 1, item.location.path) for item in report.diagnostics}


def by_graph(batches, shapes, selection):
    """What the graph executor finds of the selected rules alone, a more basic fault silencing the others."""
    plan = compile_shapes(shapes)
    data = cube(batches, plan.components, shapes, multivalued=frozenset(plan.components))
    results = [item for item in run_shapes(data, shapes) if selection.has(item.rule)]
    return {item for item in graph_findings(results, plan) if item[0] != "DF001"}


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_leaving_a_basic_rule_out_brings_forward_what_yielded_to_it(data) -> None:
    components = data.draw(structures())
    shapes = shapes_of(hub_graph(components, data.draw(constraints(components))), DSD.iri)
    batches = data.draw(tables(components))
    basic = sorted({rule for rules in YIELDS_TO.values() for rule in rules})
    selection = selection_of(ignore=data.draw(st.sets(st.sampled_from(basic), min_size=1)))
    concerned = {*basic, *YIELDS_TO}  # other rules are compared in test_executors_agree
    found = {item for item in by_columns(batches, shapes, selection) if item[0] in concerned}
    graph = {item for item in by_graph(batches, shapes, selection) if item[0] in concerned}
    before = by_columns(batches, shapes, EVERYTHING)
    ill_typed = {(row, path) for rule, row, path in before if rule in basic}
    assert {(row, path) for _, row, path in graph - found} <= ill_typed
    # The graph executor compares what is no integer with a bound all the same, in arithmetic of its own.
    assert {(row, path) for _, row, path in found - graph} <= ill_typed
    yielding = {(row, path) for rule, row, path in before if rule in YIELDS_TO and selection.has(rule)}
    assert yielding <= {(row, path) for rule, row, path in found if rule in YIELDS_TO}


@pytest.fixture
def judge(tmp_path):
    """Return the findings on a file by rule and severity: a period that is none, in an annual series."""
    (tmp_path / "structure.xml").write_bytes(small.structure())
    graph = read(tmp_path / "structure.xml").graph
    table = pa.table({"FREQ": ["A"], "AREA": ["KE"], "TIME_PERIOD": ["20/21"], "OBS_VALUE": ["1"], "STATUS": ["A"]})

    def found(**words):
        report = validate_data(table, graph, selection=selection_of(**words))
        return {(item.rule, item.severity.value) for item in report.diagnostics}

    return found


def test_a_rule_yields_only_to_one_that_is_checked_and_no_less_grave(judge) -> None:
    assert judge() == {("DF007", "error")}
    assert judge(ignore=["DF007"]) == {("DF008", "error")}
    assert judge(severities={"DF007": INFO}) == {("DF007", "info"), ("DF008", "error")}
    assert judge(severities={"DF008": INFO}) == {("DF007", "error")}
    assert judge(severities={"DF007": INFO, "DF008": INFO}) == {("DF007", "info")}
    assert judge(ignore=["DF007", "DF008"]) == set()
