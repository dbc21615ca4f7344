"""Filters and derivations are read, and both executors find the same rows that break them."""

from collections import Counter

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from semstat.validators.engine import run_shapes
from semstat.validators.microdata import DescribedRecord, DescribedVariable, StatedCondition, StatedRange, StatedRule
from semstat.validators.microdata.compile import compile_record
from semstat.validators.microdata.execute import Judged, execute_record
from semstat.validators.microdata.expressions import Unreadable, parsed
from semstat.validators.microdata.plan import RowCheck
from semstat.validators.microdata.record_writer import RecordWriter
from semstat.validators.microdata.rows import row_graph
from semstat.validators.microdata.rule_shapes import rule_shapes
from semstat.validators.microdata.shapes import record_shapes
from tests.microdata_samples import NAMES, iri, row_lists, staged
from tests.parsed_once import queries_parsed_once

KINDS = {"id": "numeric", "kind": "code", "size": "numeric", "weight": "numeric"}


def record(about: str, filter_: StatedRule | None = None, derivation: StatedRule | None = None, **said: object):
    """A record of four variables, one of which has a filter or a derivation."""
    variables = []
    for place, name in enumerate(NAMES, 1):
        own = {"filter": filter_, "derivations": (derivation,) if derivation else (), **said} if name == about else {}
        variables.append(DescribedVariable(iri(name), name, place, representation=KINDS[name], **own))
    return DescribedRecord(iri("record"), tuple(variables))


def stated(*texts: str, language: str | None = "VTL", **said: object) -> StatedRule:
    return StatedRule(iri("rule"), tuple((StatedCondition(iri("c"), text, language, **said),) for text in texts))


def judged(described: DescribedRecord, rows) -> list[Judged]:
    plan = compile_record(record_shapes(described), described.iri)
    found = execute_record(plan, staged(rows), {}, limit=None)
    return [item for item in found if isinstance(item.check, RowCheck)]


def lines(described: DescribedRecord, rows) -> list[int]:
    (one,) = judged(described, rows)
    return sorted(line for fault in one.faults for line in fault.lines)


ROWS = [
    ("1", "1", "4", "1"),  # line 2
    ("2", "1", None, "1"),
    ("3", "2", "4", "1"),
    ("4", "2", None, "1"),
    ("5", None, "4", "1"),
    ("6", "01", "4", None),  # line 7
]


@pytest.mark.parametrize(
    ("condition", "broken"),
    [
        ("kind = 1", [3, 4]),
        ('kind = "1"', [3, 4]),
        ("kind = 1.0", [3, 4]),
        ("not (kind = 2)", [3, 4]),
        ("kind in {1, 3}", [3, 4]),
        ("kind not_in {2}", [3, 4]),
        ("kind <> 2", [3, 4]),
        ("kind < 2", [3, 4]),
        ("between(kind, 1, 1)", [3, 4]),
        ('nvl(kind, "") = "1"', [3, 4, 6]),
        ("isnull(kind)", [2, 4, 7]),
        ("kind = 1 and weight = 1", [3, 4]),
        ("kind = 1 or weight = 1", [3, 5]),
        ("kind = 1 xor id >= 3", [3, 5, 7]),
        ("id + 1 > 3 and mod(id, 2) = 1", [2, 7]),
        ("if kind = 1 then true else false", [3, 4]),
        ("true", [3, 5]),
        ("kind = null", []),
    ],
)
def test_a_value_is_there_if_and_only_if_the_filter_holds(condition, broken) -> None:
    assert lines(record("size", stated(condition)), ROWS) == broken


def test_a_declared_missing_value_is_none_that_a_filter_forbids() -> None:
    described = record("size", stated("kind = 1"), missing_ranges=(StatedRange("4", "4"),))
    assert lines(described, ROWS) == [3]


def test_any_way_to_a_question_will_do() -> None:
    assert lines(record("size", stated("kind = 1", "id = 3")), ROWS) == [3]


@pytest.mark.parametrize(
    ("formula", "broken"),
    [
        ("size := id * 2;", [3, 4, 5, 6]),
        ("id + id", [3, 4, 5, 6]),
        ("cast(kind, integer) * 2", [3, 4, 5]),
        ("if kind = 1 then 2 else 5", [3, 5]),
        ("weight / (id - 1)", [3, 4, 5]),
        ("nvl(weight, 4) + 1", [3, 4, 5, 6]),
        ("abs(-2)", [3, 4, 5, 6]),
        ("kind", [2, 3, 4, 5]),
        ("id + null", []),
    ],
)
def test_a_derivation_is_recomputed_where_it_can_be(formula, broken) -> None:
    rows = [
        ("1", "1", "2", "1"),
        ("2", "1", None, "1"),
        ("3", "2", "5", "1"),
        ("4", "2", None, "1"),
        ("5", None, "9", None),
    ]
    plain = [("0", "x", None, None)]  # leaves something to tell of
    assert [line for line in lines(record("size", derivation=stated(formula)), rows + plain) if line < 7] == broken


@pytest.mark.parametrize(("decimals", "broken"), [(None, [2, 3, 4]), (1, [3, 4]), (0, [4])])
def test_stated_decimals_say_how_exactly(decimals, broken) -> None:
    rows = [("1", "1", "0.33", "3"), ("1", "1", "0.4", "3"), ("1", "1", "1", "3")]
    assert lines(record("size", derivation=stated("id / weight"), decimals=decimals), rows) == broken


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (stated("kind = 1", language="SPSS"), "`kind = 1` is stated in SPSS, and VTL is read"),
        (stated("kind = 1", language=None), "`kind = 1` is stated in a language that is not named, and VTL is read"),
        (stated("rank(kind)"), "`rank` is no function that is read"),
        (stated("knd = 1"), "`knd` is no variable that it is said to use"),
        (stated("other = 1", names=(("other", iri("elsewhere")),)), "`other` is a variable of another file or record"),
        (
            stated("kind = 1", repeated=True),
            "the question stands in a loop, and is put of other units than the record's",
        ),
        (stated("kind + 1"), "what `+` yields stands where a condition is expected"),
        (stated("kind = (1"), "`)` is missing"),
        (stated(""), "it is empty"),
    ],
)
def test_what_cannot_be_evaluated_is_said(rule, reason) -> None:
    plan = compile_record(record_shapes(record("size", rule)), iri("record"))
    assert [(item.rule, item.component, item.reason) for item in plan.unstated] == [
        ("MD051", "size", f"the filter of `size` cannot be evaluated: {reason}")
    ]


def test_words_cannot_be_evaluated() -> None:
    described = record("size", universe=("Households that rent",), derivation=StatedRule(iri("rule")))
    plan = compile_record(record_shapes(described), iri("record"))
    assert sorted((item.rule, item.reason) for item in plan.unstated) == [
        ("MD051", "the universe of `size` is stated in words, which nothing evaluates"),
        ("MD052", "the derivation of `size` cannot be computed: it is stated in words"),
    ]


def test_where_nothing_can_be_told_nothing_passes() -> None:
    (one,) = judged(record("size", stated("kind = 1")), [("1", None, "4", "1")])
    assert one.reason == "no record has the values that it takes to tell"


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(Unreadable, match="nested too deeply"):
        parsed("(" * 5000 + "1", {})


def expressions() -> st.SearchStrategy[str]:
    """Conditions of the subset, of the four variables."""
    names = st.sampled_from(NAMES)
    constants = st.sampled_from(["1", "2", "0.5", '"1"', '"x"', "null", "true"])
    leaves = names | constants
    compared = st.builds("{} {} {}".format, leaves, st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), leaves)
    plain = compared | st.builds("isnull({})".format, names) | st.builds('nvl({}, "2") = "1"'.format, names)
    counted = st.builds(
        "{} {} {} < {}".format, names, st.sampled_from(["+", "-", "*", "/"]), names, st.sampled_from(["1", "0"])
    )
    chosen = st.builds("{} in {{1, {}}}".format, names, st.sampled_from(['"x"', "2"]))
    return st.recursive(
        plain | counted | chosen,
        lambda inner: (
            st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or", "xor"]), inner)
            | st.builds("not ({})".format, inner)
            | st.builds("(if {} then {} else {})".format, inner, inner, inner)
        ),
        max_leaves=4,
    )


FORMULAS = st.sampled_from(
    ["id + weight", "id * 2", "id / weight", "if kind = 1 then 1 else 2", '"x"', "kind", "nvl(id, 3)"]
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(expressions(), FORMULAS, st.sampled_from([None, 0, 1]), row_lists(most=5))
def test_both_executors_find_the_same(condition, formula, decimals, rows) -> None:
    with queries_parsed_once():
        columns, graph = found_by_both(condition, formula, decimals, rows)
    assert columns == graph


def found_by_both(condition, formula, decimals, rows) -> tuple[dict[str, int], dict[str, int]]:
    made = RecordWriter.of(record("size", stated(condition), stated(formula), decimals=decimals))
    rule_shapes(made)
    plan = compile_record(made.graph, made.record.iri)
    found = execute_record(plan, staged(rows, engine=duckdb.connect()), {}, limit=None)
    columns = {str(one.check.shape): one.rows for one in found if one.findings}
    cells = [{iri(name): cell for name, cell in zip(NAMES, row, strict=True)} for row in rows]
    results = run_shapes(row_graph([(made.record.iri, cells)]), made.graph)
    return columns, dict(Counter(result.shape for result in results))
