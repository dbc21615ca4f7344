"""Sums of parts: what asks for them, tolerances, parts that are not there, and what cannot be decided."""

from decimal import Decimal

import pyarrow as pa
import pytest
from executors import by_columns, by_graph
from rdflib import Literal, URIRef
from strategies import DSD, Component, hub_graph

from semstat.ontology.iri import SdmxName
from semstat.ontology.terms import RDF, SH, SKOS, SS, SST, XSD
from semstat.validators.columns import sums
from semstat.validators.diagnostics import CheckStatus
from semstat.validators.observations import LINE, Observations
from semstat.validators.structural import Sums, shapes_of
from semstat.validators.structural.additive import ADDITIVE
from semstat.validators.validate import DataRules, validate_observations

COMPONENTS = [
    Component("SEX", "dimension", "CL_SEX"),
    Component("TIME_PERIOD", "time"),
    Component("OBS_VALUE", "measure", None, "Decimal"),
]
SEX = SdmxName("codelist", "Codelist", "TEST", "CL_SEX", "1.0")


def records(*rows: tuple[str, str | None], period: str = "2020") -> list[pa.RecordBatch]:
    columns = {
        "SEX": pa.array([sex for sex, _ in rows]),
        "TIME_PERIOD": pa.array([period] * len(rows)),
        "OBS_VALUE": pa.array([value for _, value in rows], pa.string()),
        LINE: pa.array(range(2, len(rows) + 2), pa.int64()),
    }
    return [pa.RecordBatch.from_pydict(columns)]


def found(batches: list[pa.RecordBatch], *sums: Sums) -> set[tuple[str, int]]:
    """The findings on sums, the same for both executors."""
    shapes = shapes_of(hub_graph(COMPONENTS), DSD.iri, sums=sums)
    columns, graph = by_columns(batches, shapes), by_graph(batches, shapes)
    assert columns == graph
    return {(rule, row) for rule, row, _ in columns if rule in {"DF026", "DF027"}}


@pytest.mark.parametrize(
    ("rows", "sums", "expected"),
    [
        ([("F", "1"), ("M", "2.0"), ("_T", "3")], Sums("SEX"), set()),
        ([("F", "0.1"), ("M", "0.2"), ("_T", "0.3")], Sums("SEX"), set()),
        ([("F", "1"), ("M", "2"), ("_T", "3.00000000000000000001")], Sums("SEX"), {("DF026", 2)}),
        ([("F", "1"), ("M", "2"), ("_T", "3.5")], Sums("SEX", absolute=Decimal("0.5")), set()),
        ([("F", "1"), ("M", "2"), ("_T", "3.51")], Sums("SEX", absolute=Decimal("0.5")), {("DF026", 2)}),
        ([("F", "100"), ("M", "99"), ("_T", "200")], Sums("SEX", relative=Decimal("0.005")), set()),
        ([("F", "100"), ("M", "98"), ("_T", "200")], Sums("SEX", relative=Decimal("0.005")), {("DF026", 2)}),
        ([("F", "1"), ("_T", "1")], Sums("SEX"), {("DF027", 1)}),
        ([("_T", "1")], Sums("SEX"), {("DF027", 0)}),
        ([("F", "1"), ("_T", "1")], Sums("SEX", missing_is_zero=True), set()),
        ([("F", "1"), ("_T", "2")], Sums("SEX", missing_is_zero=True), {("DF026", 1)}),
        ([("_T", "1")], Sums("SEX", missing_is_zero=True), {("DF027", 0)}),
        ([("F", "1"), ("M", "#N/A"), ("_T", "1")], Sums("SEX", missing_is_zero=True), {("DF027", 2)}),
        ([("F", "1"), ("M", None), ("_T", "1")], Sums("SEX", missing_is_zero=True), set()),
        ([("F", "1"), ("F", "2"), ("M", "1"), ("_T", "2")], Sums("SEX"), {("DF027", 3)}),
        ([("F", "1"), ("M", "1"), ("_T", None)], Sums("SEX"), set()),
        ([("F", "-1"), ("M", "1"), ("_T", "0"), ("_T", "5")], Sums("SEX"), {("DF026", 3)}),
    ],
)
def test_figures_are_compared_exactly_or_said_not_to_be(rows, sums, expected) -> None:
    assert found(records(*rows), sums) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("F", "INF"), ("M", "2"), ("_T", "3")], {("DF027", 2)}),
        ([("F", "-INF"), ("M", "2"), ("_T", "3")], {("DF027", 2)}),
        ([("F", "INF"), ("_T", "3")], {("DF027", 1)}),
        ([("F", "INF"), ("M", "NaN"), ("_T", "3")], {("DF027", 2)}),
        ([("F", "INF"), ("F", "INF"), ("M", "n/a"), ("_T", "3"), ("_T", "3")], {("DF027", 3), ("DF027", 4)}),
        ([("F", "1"), ("M", "2"), ("_T", "INF")], set()),
    ],
)
def test_infinity_is_no_decimal_figure_whatever_missing_parts_mean(rows, expected) -> None:
    assert found(records(*rows), Sums("SEX"), Sums("SEX", missing_is_zero=True)) == expected


@pytest.mark.parametrize("relative", [Decimal(0), Decimal("0.5")])
@pytest.mark.parametrize("rows", [("1", "2", "9" * 400), ("9" * 400, "2", "2"), ("9" * 400, "1", "-" + "9" * 400)])
def test_figures_beyond_the_range_of_doubles_are_compared_as_well(rows, relative) -> None:
    batches = records(*zip(("F", "M", "_T"), rows, strict=True))
    assert found(batches, Sums("SEX", relative=relative)) == {("DF026", 2)}


def test_nothing_is_added_up_unless_it_is_asked_for() -> None:
    assert found(records(("F", "1"), ("M", "2"), ("_T", "9"))) == set()


def test_other_dimensions_keep_figures_apart() -> None:
    batches = [*records(("F", "1"), ("_T", "3")), *records(("M", "2"), period="2021")]
    assert found(batches, Sums("SEX")) == {("DF027", 1)}


def test_what_could_not_be_compared_counts_as_not_checked() -> None:
    shapes = shapes_of(hub_graph(COMPONENTS), DSD.iri, sums=[Sums("SEX")])
    rules = DataRules.of(shapes, structure="TEST:DSD(1.0)", time="TIME_PERIOD")
    report = validate_observations(Observations(iter(records(("F", "1"), ("_T", "1")))), rules)
    outcomes = {(item.rule, item.status) for item in report.checks if item.rule in {"DF026", "DF027"}}
    assert ("DF026", CheckStatus.NOT_CHECKED) in outcomes
    assert report.verdict.value == "incomplete"


def annotated(node: URIRef, title: str = ""):
    graph = hub_graph(COMPONENTS)
    annotation = URIRef(f"{node}#annotation-1")
    graph.add((node, SS.annotation, annotation))
    graph.add((annotation, SS.annotationType, Literal(ADDITIVE)))
    if title:
        graph.add((annotation, SS.annotationTitle, Literal(title)))
    return graph


def add_hierarchy(graph, *parts: str, scheme: SdmxName = SEX) -> URIRef:
    hierarchy = SdmxName("codelist", "Hierarchy", "TEST", "H", "1.0.0").iri
    graph.add((hierarchy, RDF.type, SST.Hierarchy))
    top = URIRef(f"{hierarchy}.T")
    graph.add((hierarchy, SST.hierarchicalCode, top))
    graph.add((top, SST.code, scheme.of_item("Code", "_T").iri))
    for place, part in enumerate(parts, 1):
        node = URIRef(f"{top}.{part}")
        graph.add((top, SST.hierarchicalCode, node))
        graph.add((node, SS.position, Literal(str(place), datatype=XSD.integer)))
        graph.add((node, SST.code, scheme.of_item("Code", part).iri))
    return hierarchy


def sum_rules(graph, *sums: Sums) -> DataRules:
    return DataRules.of(shapes_of(graph, DSD.iri, sums=sums), structure="TEST:DSD(1.0)", time="TIME_PERIOD")


def faults(rules: DataRules, *rows: tuple[str, str]) -> list[str]:
    report = validate_observations(Observations(iter(records(*rows))), rules)
    return [item.rule for item in report.diagnostics]


def test_an_annotation_of_the_code_list_asks_for_sums_with_its_tolerance() -> None:
    rules = sum_rules(annotated(SEX.iri, "absolute=0.5"))
    assert faults(rules, ("F", "1"), ("M", "2"), ("_T", "3.5")) == []
    assert faults(rules, ("F", "1"), ("M", "2"), ("_T", "3.6")) == ["DF026"]


def test_a_hierarchy_association_speaks_for_its_context() -> None:
    association = SdmxName("codelist", "HierarchyAssociation", "TEST", "HA", "1.0.0").iri
    for context, expected in ((DSD.iri, ["DF026"]), (URIRef("https://example.org/other"), [])):
        graph = annotated(association)
        graph.add((association, SST.linkedHierarchy, add_hierarchy(graph, "F", "M")))
        graph.add((association, SST.contextObject, context))
        assert faults(sum_rules(graph), ("F", "1"), ("M", "2"), ("_T", "4")) == expected


def test_a_hierarchy_is_named_by_its_id_and_decides_the_parts() -> None:
    graph = hub_graph(COMPONENTS)
    add_hierarchy(graph, "F")
    rules = sum_rules(graph, Sums("SEX", "H"))
    assert faults(rules, ("F", "1"), ("M", "2"), ("_T", "1")) == []
    assert faults(rules, ("F", "1"), ("M", "2"), ("_T", "3")) == ["DF026"]


def test_what_cannot_be_decided_is_said() -> None:
    graph = hub_graph(COMPONENTS)
    bounded = hub_graph(COMPONENTS)
    hierarchy = add_hierarchy(bounded, "F", "M")
    bounded.add((URIRef(f"{hierarchy}.T.F"), SS.validFrom, Literal("2020")))
    orphaned = hub_graph(COMPONENTS)
    orphaned.remove((None, SKOS.broader, None))
    for rules, reason in (
        (sum_rules(graph, Sums("AREA")), "no dimension AREA"),
        (sum_rules(graph, Sums("SEX", "NONE")), "0 hierarchies at hand are called NONE"),
        (sum_rules(bounded, Sums("SEX", "H")), "for a time only"),
        (sum_rules(orphaned, Sums("SEX")), "no code with others below it"),
        (sum_rules(annotated(SEX.iri, "tolerance=1")), "tolerance=1, which is not understood"),
    ):
        assert [item.rule for item in rules.plan.unstated] == ["DF026"]
        assert reason in rules.plan.unstated[0].reason
        assert not any((shape, SH.targetClass, None) in rules.shapes for shape in (rules.plan.unstated[0].shape,))


BASE = SdmxName("codelist", "Codelist", "TEST", "CL_BASE", "1.0")


def extended(*, parents: bool, own: str = "W", prefix: str = "P_"):
    """A list of the sexes that takes its codes from another with a prefix, which a constraint removes, and has one of its own."""
    graph = hub_graph(COMPONENTS, [(True, [("SEX", True, [f"{prefix}%", own])])])
    for code in list(graph.subjects(SKOS.inScheme, SEX.iri)):
        graph.remove((code, None, None))
    extension = URIRef(f"{SEX.iri}#extension-1")
    graph.add((SEX.iri, SST.codelistExtension, extension))
    graph.add((extension, SST.extendsCodelist, BASE.iri))
    graph.add((extension, SST.codePrefix, Literal(prefix)))
    for member in graph.subjects(SST.componentId, Literal("SEX")):
        graph.add((member, SST.removePrefix, Literal("true")))
    codes = [(BASE, code) for code in ("_T", "F", "M")] + [(SEX, f"{prefix}{code}") for code in ("_T", "F", "M")]
    for place, (scheme, code) in enumerate([*codes, (SEX, own)]):
        iri = scheme.of_item("Code", code).iri
        for predicate, value in (
            (SKOS.inScheme, scheme.iri),
            (SKOS.notation, Literal(code)),
            (SS.position, Literal(place)),
        ):
            graph.add((iri, predicate, value))
        if code.startswith(prefix):
            graph.add((iri, SST.takenFrom, BASE.of_item("Code", code.removeprefix(prefix)).iri))
            if parents and code != f"{prefix}_T":
                graph.add((iri, SKOS.broader, scheme.of_item("Code", f"{prefix}_T").iri))
    return graph


@pytest.mark.parametrize("by", ["parents", "hierarchy"])
def test_codes_add_up_without_the_prefix_that_a_constraint_removes(by) -> None:
    graph = extended(parents=by == "parents")
    if by == "hierarchy":  # of the list that the codes are taken from
        add_hierarchy(graph, "F", "M", scheme=BASE)
    shapes = shapes_of(graph, DSD.iri, sums=[Sums("SEX", "H" if by == "hierarchy" else None)])
    batches = records(("F", "1"), ("M", "2"), ("_T", "4"), ("W", "9"))
    assert by_columns(batches, shapes) == by_graph(batches, shapes)
    assert {(rule, row) for rule, row, _ in by_columns(batches, shapes)} == {("DF026", 2)}


def test_codes_that_only_a_removed_prefix_tells_apart_are_not_added_up() -> None:
    rules = sum_rules(extended(parents=True, own="F"), Sums("SEX"))
    (unstated,) = rules.plan.unstated
    assert unstated.rule == "DF026"
    assert "several codes are written F" in unstated.reason


def test_sums_of_a_measure_along_a_dimension_are_added_up_by_one_query(monkeypatch) -> None:
    """Codes with codes below them are many, and rows are: each whole on its own would take the product of both."""
    calls: list[tuple[str, ...]] = []
    add_up = sums.Sums._add_up

    def counted(self: sums.Sums, components: tuple[str, ...]) -> frozenset[int]:
        calls.append(components)
        return add_up(self, components)

    monkeypatch.setattr(sums.Sums, "_add_up", counted)
    batches = records(("F", "1"), ("M", "2"), ("_T", "4"))
    asked = [Sums("SEX", absolute=Decimal(place)) for place in range(3)]
    assert found(batches, *asked) == {("DF026", 2)}
    assert calls == [("OBS_VALUE", "SEX", "TIME_PERIOD")]
