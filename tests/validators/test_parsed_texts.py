"""Texts of the types that refer, mark up or point to places: what is taken, what is not, and by both executors alike."""

import pyarrow as pa
import pytest
from executors import by_columns, by_graph
from hypothesis import given
from hypothesis import strategies as st
from strategies import DSD, Component, hub_graph

from semstat.validators.diagnostics import CheckStatus, Severity
from semstat.validators.markup import DEEPEST, LONGEST, markup_fault
from semstat.validators.observations import Observations
from semstat.validators.structural import shapes_of
from semstat.validators.validate import DataRules, validate_observations

URN = "urn:sdmx:org.sdmx.infomodel."
RIGHT = {
    "GeospatialInformation": (
        "EPSG:4326, 1: {(POINT (16.37 48.21)): Vienna}",
        "{(POINT(16.37 48.21))}",
        "EPSG:4326: {(POLYGON Z ((1 2 3, 4 5 6, 1 2 3), (1 1 1, 2 2 2, 1 1 1)))}: two rings",
        "EPSG:3035, 10: {(LINESTRING (0 0, 1e3 -.5), POINT (1 2)): river}, {(MULTIPOLYGON (((0 0, 1 0, 0 0))))}",
    ),
    "KeyValues": ("A.FR", "A.", ".FR.2024", "Q+A.IT", "FREQ=A", "FREQ=A,AREA=FR", "AREA=FR;TIME_PERIOD=2024-Q1"),
    "DataSetReference": (
        f"{URN}base.DataProvider=SDMX:DATA_PROVIDERS(1.0).A1/DS1",
        f"{URN}datastructure.Dataflow=X.Y:DF(1.0) DS-2",
    ),
    "AttachmentConstraintReference": (f"{URN}registry.AttachmentConstraint=X.Y:AC(1.0)",),
}
WRONG = {
    "GeospatialInformation": (
        "16.37 48.21",
        "POINT (16.37 48.21)",
        "{(POINT (16.37))}",
        "{(POINT (1 2)}",
        "EPSG:4326, 1: ",
    ),
    "KeyValues": ("A", "A.FR.2024.X", "Z.FR", "A.XX", "SEX=F", "AREA", "AREA=FR,", "FREQ=A|AREA=FR"),
    "DataSetReference": (
        "DS1",
        f"{URN}base.DataProvider=SDMX:DATA_PROVIDERS(1.0).A1",
        f"{URN}codelist.Codelist=X:CL(1.0)/DS",
    ),
    "AttachmentConstraintReference": (
        "AC",
        f"{URN}registry.ContentConstraint=X:AC(1.0)",
        f"{URN}registry.AttachmentConstraint=",
    ),
}


def components(kind: str) -> list[Component]:
    return [
        Component("FREQ", "dimension", "CL_FREQ"),
        Component("AREA", "dimension", "CL_AREA"),
        Component("TIME_PERIOD", "time", None, None),
        Component("NOTE", "attribute", None, kind, level="observation"),
    ]


def batch(notes: list[str]) -> pa.RecordBatch:
    number = len(notes)
    columns = {"FREQ": ["A"] * number, "AREA": ["FR"] * number, "NOTE": notes}
    years = [str(2000 + place) for place in range(number)]
    return pa.RecordBatch.from_pydict({**columns, "TIME_PERIOD": years, "_line": list(range(2, number + 2))})


@pytest.mark.parametrize("kind", RIGHT)
def test_both_executors_take_what_is_right_and_refuse_what_is_not(kind) -> None:
    shapes = shapes_of(hub_graph(components(kind)), DSD.iri)
    notes = [*RIGHT[kind], *WRONG[kind], "#N/A"]
    found = by_columns([batch(notes)], shapes)
    assert found == by_graph([batch(notes)], shapes)
    assert {notes[row] for rule, row, path in found if (rule, path) == ("DF005", "NOTE")} == set(WRONG[kind])


@pytest.mark.parametrize("kind", RIGHT)
def test_what_no_document_lays_down_is_a_warning(kind) -> None:
    rules = DataRules.of(shapes_of(hub_graph(components(kind)), DSD.iri), structure="TEST:DSD(1.0)")
    report = validate_observations(Observations(iter([batch(list(WRONG[kind]))])), rules)
    grade = Severity.ERROR if kind == "AttachmentConstraintReference" else Severity.WARNING
    assert {item.severity for item in report.diagnostics if item.rule == "DF005"} == {grade}


def test_markup_is_parsed_where_the_data_are_judged() -> None:
    rules = DataRules.of(shapes_of(hub_graph(components("XHTML")), DSD.iri), structure="TEST:DSD(1.0)")
    notes = ["<p>good</p>", "<p>bad", "R & D", "<p>bad", "#N/A", "<b><i></b></i>"]
    report = validate_observations(Observations(iter([batch(notes)])), rules)
    found = [(item.value, item.location.line) for item in report.diagnostics if item.rule == "DF005"]
    assert found == [("<p>bad", 3), ("<b><i></b></i>", 7)]
    checked = [item for item in report.checks if (item.rule, item.component) == ("DF005", "NOTE")]
    assert [(item.status, item.examined, item.failed) for item in checked] == [(CheckStatus.CHECKED, 6, 2)]
    assert not [item for item in report.checks if item.status is CheckStatus.NOT_CHECKED]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<p>", "not closed"),
        ("<p></b>", "mismatched tag"),
        ("<p>a & b</p>", "not well-formed"),
        ("<p>&unheard;</p>", "undefined entity"),
        ("<p a=1/>", "not well-formed"),
        ("<!DOCTYPE p [<!ENTITY e 'x'>]><p>&e;</p>", ""),
        ("</x><x>", ""),
        ("<?xml version='1.0'?><p/>", ""),
        ("<p>" * 500 + "</p>" * 500, f"deeper than {DEEPEST}"),
        ("<p>" + "a" * LONGEST + "</p>", "more than"),
        ("<p>\x00</p>", ""),
        ("<p>\ud800</p>", ""),
    ],
)
def test_what_is_not_well_formed(text, why) -> None:
    found = markup_fault(text)
    assert found
    assert why in found


@pytest.mark.parametrize(
    "text", ["", "a & b", "<br/>", "<p>&nbsp;&eacute;&amp;&#233;</p>", "<p>a</p><p>b</p>", "<!-- a --><p/>"]
)
def test_what_is_well_formed(text) -> None:
    assert markup_fault(text) is None


@given(st.text(alphabet="<>/&;ab \"'![]-?x", max_size=40))
def test_any_text_has_an_answer(text) -> None:
    assert markup_fault(text) is None or markup_fault(text)
