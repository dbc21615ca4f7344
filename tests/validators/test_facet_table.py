"""Every facet on every data type: both executors find the same, and what is not held is announced."""

import pyarrow as pa
import pytest
from executors import by_columns, by_graph
from probes import PROBES
from strategies import CODES, DSD, Component, component_iri, hub_graph

from semstat.interop.formats.sdmx import parse_representations
from semstat.ontology.terms import SH, SS, SST
from semstat.validators.compile import compile_shapes
from semstat.validators.observations import LINE
from semstat.validators.structural import shapes_of
from semstat.validators.structural.datatypes import TEXT_TYPES
from semstat.validators.structural.facet_table import FACETS, faults

pytestmark = pytest.mark.usefixtures("parsed_once")

SEQUENCE = {
    "interval": {"isSequence": "true", "startValue": "1", "interval": "2"},
    "timeInterval": {"isSequence": "true", "startTime": "2020", "endTime": "2024", "timeInterval": "P1M"},
}
GOOD = {
    "minLength": "3",
    "maxLength": "+10",
    "minValue": "2",
    "maxValue": "1e1",
    "startValue": "1.5",
    "endValue": "42",
    "startTime": "2020-02",
    "endTime": "2024",
    "decimals": "0",
    "pattern": r"[A-Z0-9\-:]+",
    "isSequence": "false",
    "isMultiLingual": "true",
    "minOccurs": "1",
    "maxOccurs": "2",
}
FAMILIES = (
    "String",
    "URI",
    "Numeric",
    "Decimal",
    "Short",
    "Double",
    "GregorianTimePeriod",
    "DateTime",
    "MonthDay",
    "XHTML",
)
"""A few types of each family."""
BAD = {name: "nonsense(" for name in FACETS}


def facets_of(name):
    return SEQUENCE.get(name) or {name: GOOD[name]}


def components_of(kind, codelist=None):
    dimension = Component("N", "dimension", None, "String")
    return [dimension] + [
        Component(f"A_{name}", "attribute", codelist, kind, tuple(facets_of(name).items()), level="observation")
        for name in FACETS
    ]


def batches_of(components, probes):
    columns = {"N": [str(number) for number in range(len(probes))]}
    columns |= {item.id: list(probes) for item in components[1:]}
    arrays = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    return [pa.RecordBatch.from_pydict(arrays | {LINE: pa.array(range(2, len(probes) + 2), pa.int64())})]


@pytest.mark.parametrize("kind", TEXT_TYPES)
def test_both_executors_hold_every_facet_of_every_type_alike(kind):
    components = components_of(kind)
    shapes = shapes_of(hub_graph(components), DSD.iri)
    assert compile_shapes(shapes).residual == ()
    batches = batches_of(components, PROBES)
    found = by_columns(batches, shapes)
    assert found == by_graph(batches, shapes)
    wrong = {PROBES[row] for rule, row, path in found if rule in {"DF005", "DF007"} and path == "A_isSequence"}
    assert not wrong & {*TEXT_TYPES[kind].examples, "#N/A"}


@pytest.mark.parametrize("kind", FAMILIES)
def test_both_executors_hold_the_formats_of_enumerations_alike(kind, monkeypatch):
    codes = ("1", "2", "12", "A", "abc", "2024", "2024-Q2", "--02-29", "_Z", "true")
    monkeypatch.setitem(CODES, "CL_ANY", codes)
    components = components_of(kind, "CL_ANY")
    shapes = shapes_of(hub_graph(components), DSD.iri)
    batches = batches_of(components, [*codes, "none", "", "#N/A"])
    found = by_columns(batches, shapes)
    assert found == by_graph(batches, shapes)
    outside = {(row, path) for rule, row, path in found if rule == "DF004"}
    assert len(outside) == 2 * len(FACETS)
    assert not outside & {(row, path) for rule, row, path in found if rule != "DF004"}


@pytest.mark.parametrize("codelist", [None, "CL_SEX", "CL_NOWHERE"])
@pytest.mark.parametrize("kind", FAMILIES)
def test_a_facet_that_is_not_held_is_announced(kind, codelist):
    """A sound facet is held or announced; of one that is nonsense it is said that it is not checked."""
    for stated in (facets_of, lambda name: {name: BAD[name]}):
        components = [Component("N", "dimension", None, "String")]
        components += [
            Component(f"A_{name}", "attribute", codelist, kind, tuple(stated(name).items()), level="observation")
            for name in FACETS
        ]
        graph = hub_graph(components)
        if codelist == "CL_NOWHERE":
            graph.remove((None, SST.enumeration, None))
            for item in components[1:]:
                graph.add((graph.value(component_iri(item), SST.representation), SST.enumeration, DSD.iri))
        announced = {item.component for item in compile_shapes(shapes_of(graph, DSD.iri)).unstated}
        wrong = {
            f"A_{name}" for name in FACETS if any(item.facet == name for item in faults(stated(name), TEXT_TYPES[kind]))
        }
        assert wrong <= announced
        if stated is not facets_of:
            assert wrong == {f"A_{name}" for name in FACETS}


def test_the_table_has_every_facet_that_is_read():
    assert set(parse_representations.FACETS) | {"minOccurs", "maxOccurs"} == set(FACETS)


def test_every_facet_of_the_table_accepts_what_is_right_and_refuses_what_is_not():
    kind = TEXT_TYPES["Decimal"]
    for name, facet in FACETS.items():
        sound = facets_of(name)
        if kind.family in facet.families:
            assert list(faults(sound, kind)) == [], name
        (fault,) = faults({name: BAD[name]}, kind)
        assert (fault.facet, fault.rule) == (name, "DSD020")
        assert "nonsense(" in fault.reason


def test_coded_values_that_break_their_format_are_warned_of():
    components = [Component("N", "dimension", "CL_SEX", None, (("maxLength", "1"),)), Component("V", "measure")]
    shapes = shapes_of(hub_graph(components), DSD.iri)
    (shape,) = [item for item in shapes.subjects(SS.checksRule, None) if str(item).endswith("maxLength/DF006")]
    assert shapes.value(shape, SH.severity) == SH.Warning
    two = [pa.RecordBatch.from_pydict({"N": ["F", "_T", "zz"], LINE: [2, 3, 4]})]
    assert by_columns(two, shapes) == {("DF006", 1, "N"), ("DF004", 2, "N")}
