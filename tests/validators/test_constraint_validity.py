"""Constraints that hold for a time, and such that remove prefixes: both executors let through the same observations."""

from collections.abc import Callable

import pyarrow as pa
import pytest
from executors import by_columns, by_graph
from rdflib import Graph, Literal, URIRef
from strategies import DSD, Component, hub_graph
from work_counted import growth

from semstat.ontology.iri import SdmxName
from semstat.ontology.terms import RDF, SKOS, SS, SST
from semstat.validators.structural import shapes_of, uncheckable_constraints

CONSTRAINT = SdmxName("registry", "ContentConstraint", "TEST", "CC", "1.0").iri
REGION = URIRef(f"{CONSTRAINT}#region-1")
AREA = URIRef(f"{REGION}-AREA")
LIST = SdmxName("codelist", "Codelist", "TEST", "CL_AREA", "1.0")
PERIODS = ("2018", "2019", "2020", "2021", "2019-Q4", "2019-07-01/P1Y", "soon", None)
ROWS = [(area, period) for area in ("FR", "IT") for period in PERIODS]


def constrained(*regions: tuple[bool, list[tuple[str, bool, list[str]]]]) -> Graph:
    time = Component("TIME_PERIOD", "time", None, None)
    return hub_graph([Component("AREA", "dimension", "CL_AREA"), time], list(regions))


def particular(graph: Graph, member: URIRef, value: str | None, **stated: str) -> Graph:
    """State the validity of a value, or without one of the time range."""
    place = URIRef(f"{member}-value-{value}")
    graph.add((member, SST.memberValue, place))
    if value is not None:
        graph.add((member, SST.value, Literal(value)))
        graph.add((place, SST.value, Literal(value)))
    return valid(graph, place, **stated)


def valid(graph: Graph, node: URIRef, **stated: str) -> Graph:
    for name, value in stated.items():
        graph.add((node, SS[name] if name.startswith("valid") else SST[name], Literal(value)))
    return graph


def refused(graph: Graph, rule: str = "DF011", rows: list[tuple[str, str | None]] | None = None) -> set[tuple]:
    """The rows that break a rule, by their values; both executors say the same."""
    assert list(uncheckable_constraints(graph)) == []
    rows = ROWS if rows is None else rows
    shapes = shapes_of(graph, DSD.iri)
    columns = {"AREA": [area for area, _ in rows], "TIME_PERIOD": [period for _, period in rows]}
    batch = pa.RecordBatch.from_pydict({**columns, "_line": list(range(2, len(rows) + 2))})
    found = {row for name, row, _ in by_columns([batch], shapes) if name == rule}
    assert found == {row for name, row, _ in by_graph([batch], shapes) if name == rule}
    return {rows[row] for row in found}


def of(area: str, *places: int) -> set[tuple]:
    return {(area, PERIODS[place]) for place in places}


@pytest.mark.parametrize("included", [True, False])
def test_a_value_may_be_given_for_the_periods_of_its_validity(included) -> None:
    graph = constrained((True, [("AREA", included, ["IT"] if included else [])]))
    particular(graph, AREA, "FR", validTo="2019")
    # A time range counts by its first day, as everywhere; what is no period is another rule's concern.
    assert refused(graph) == (of("FR", 2, 3) if included else of("FR", 0, 1, 4, 5))


def test_a_value_without_validity_may_be_given_always_and_others_never() -> None:
    graph = particular(constrained((True, [("AREA", True, [])])), AREA, "FR", validFrom="2019", validTo="2020")
    assert refused(graph) == of("FR", 0, 3) | of("IT", *range(len(PERIODS)))


def test_a_selection_demands_nothing_of_periods_out_of_its_validity() -> None:
    graph = valid(constrained((True, [("AREA", True, ["IT"])])), AREA, validFrom="2020")
    assert refused(graph) == of("FR", 2, 3)


def test_selections_of_one_component_follow_each_other() -> None:
    graph = constrained((True, [("AREA", True, ["FR"])]))
    valid(graph, AREA, validTo="2019")
    later = URIRef(f"{AREA}-2")
    for triple in (
        (REGION, SST.memberSelection, later),
        (later, SST.componentId, Literal("AREA")),
        (later, SST.value, Literal("IT")),
    ):
        graph.add(triple)
    valid(graph, later, validFrom="2020")
    assert refused(graph) == of("FR", 2, 3) | of("IT", 0, 1, 4, 5)


@pytest.mark.parametrize("included", [True, False])
def test_a_time_range_may_be_given_for_the_periods_of_its_validity(included) -> None:
    graph = constrained((True, [("TIME_PERIOD", included, [])]))
    member = URIRef(f"{REGION}-TIME_PERIOD")
    particular(valid(graph, member, startTime="2019"), member, None, validTo="2020")
    inside = {(area, PERIODS[place]) for area in ("FR", "IT") for place in (1, 2, 4, 5)}
    unsure = {(area, PERIODS[place]) for area in ("FR", "IT") for place in (6, 7)}
    assert refused(graph) - unsure == (set(ROWS) - inside - unsure if included else inside)


def test_a_time_range_beyond_its_validity_leaves_nothing() -> None:
    graph = constrained((True, [("TIME_PERIOD", True, [])]))
    member = URIRef(f"{REGION}-TIME_PERIOD")
    particular(valid(graph, member, startTime="2019"), member, None, validTo="2018")
    assert {period for _, period in refused(graph)} >= set(PERIODS[:6])


def test_a_region_out_of_force_restricts_nothing() -> None:
    graph = valid(constrained((True, [("AREA", True, ["IT"])])), REGION, validFrom="2020")
    assert refused(graph) == of("FR", 2, 3)


def test_regions_of_which_one_is_in_force() -> None:
    graph = constrained((True, [("AREA", True, ["FR"])]), (True, [("AREA", True, ["IT"])]))
    valid(graph, REGION, validTo="2018")
    valid(graph, URIRef(f"{CONSTRAINT}#region-2"), validFrom="2020")
    # In 2019 no region is in force.
    assert refused(graph) == of("FR", 2, 3) | of("IT", 0)


def test_a_region_is_kept_out_of_while_it_is_in_force() -> None:
    graph = valid(constrained((False, [("AREA", True, ["FR"])])), REGION, validFrom="2019", validTo="2019")
    assert refused(graph) == of("FR", 1, 4, 5)


def test_an_excluded_region_with_a_value_for_a_time() -> None:
    graph = particular(constrained((False, [("AREA", True, ["IT"])])), AREA, "FR", validFrom="2020")
    assert refused(graph) == of("FR", 2, 3) | of("IT", *range(len(PERIODS)))


def keys(*stated: tuple[str, str | None], included: bool = True) -> Graph:
    graph = constrained()
    keyset = URIRef(f"{CONSTRAINT}#keyset-1")
    graph.add((CONSTRAINT, RDF.type, SST.DataConstraint))
    graph.add((CONSTRAINT, SST.constraintRole, Literal("Allowed")))
    graph.add((CONSTRAINT, SST.constrains, DSD.iri))
    graph.add((CONSTRAINT, SST.dataKeySet, keyset))
    graph.add((keyset, SST.isIncluded, Literal(str(included).lower())))
    for number, (area, until) in enumerate(stated, 1):
        key = URIRef(f"{keyset}-key-{number}")
        member = URIRef(f"{key}-AREA")
        graph.add((keyset, SST.dataKey, key))
        graph.add((key, SST.memberSelection, member))
        graph.add((member, SST.componentId, Literal("AREA")))
        graph.add((member, SST.value, Literal(area)))
        if until is not None:
            graph.add((key, SS.validTo, Literal(until)))
    return graph


def test_a_key_may_be_given_for_the_periods_of_its_validity() -> None:
    assert refused(keys(("FR", "2019"), ("IT", None)), "DF012") == of("FR", 2, 3)
    assert refused(keys(("FR", "2019")), "DF012") == of("FR", 2, 3) | of("IT", *range(len(PERIODS)))
    assert refused(keys(("FR", "2019"), included=False), "DF012") == of("FR", 0, 1, 4, 5)


def prefixed(*values: str, removes: str | None, included: bool = True) -> Graph:
    """A list of areas that takes FR and IT from another one as EU_FR and EU_IT, and has a code of its own, W."""
    graph = constrained((True, [("AREA", included, list(values))]))
    for code in list(graph.subjects(SKOS.inScheme, LIST.iri)):
        graph.remove((code, None, None))
    base = SdmxName("codelist", "Codelist", "TEST", "CL_BASE", "1.0")
    extension = URIRef(f"{LIST.iri}#extension-1")
    graph.add((LIST.iri, SST.codelistExtension, extension))
    graph.add((extension, SST.extendsCodelist, base.iri))
    graph.add((extension, SST.codePrefix, Literal("EU_")))
    for place, code in enumerate(("FR", "IT"), 1):
        origin, taken = base.of_item("Code", code).iri, LIST.of_item("Code", f"EU_{code}").iri
        for iri, scheme, notation in ((origin, base.iri, code), (taken, LIST.iri, f"EU_{code}")):
            graph.add((iri, SKOS.inScheme, scheme))
            graph.add((iri, SKOS.notation, Literal(notation)))
            graph.add((iri, SS.position, Literal(place)))
        graph.add((taken, SST.takenFrom, origin))
    own = LIST.of_item("Code", "W").iri
    graph.add((own, SKOS.inScheme, LIST.iri))
    graph.add((own, SKOS.notation, Literal("W")))
    if removes is not None:
        graph.add((AREA, SST.removePrefix, Literal(removes)))
    return graph


GIVEN = [(area, "2020") for area in ("FR", "IT", "EU_FR", "EU_IT", "W", "XX")]


@pytest.mark.parametrize(
    ("values", "removes", "included", "out", "unknown"),
    [
        (("EU_FR", "W"), "true", True, {"IT", "EU_FR", "EU_IT", "XX"}, {"XX"}),
        (("FR", "W"), "true", True, {"IT", "EU_FR", "EU_IT", "XX"}, {"XX"}),
        (("EU_%",), "true", True, {"EU_FR", "EU_IT", "W", "XX"}, {"XX"}),
        (("EU_FR",), "true", False, {"FR"}, {"XX"}),
        (("EU_FR", "W"), "false", True, {"FR", "IT", "EU_IT", "XX"}, {"FR", "IT", "XX"}),
        (("EU_FR", "W"), None, True, {"FR", "IT", "EU_IT", "XX"}, {"FR", "IT", "XX"}),
    ],
)
def test_codes_stand_without_the_prefix_that_a_constraint_removes(values, removes, included, out, unknown) -> None:
    graph = prefixed(*values, removes=removes, included=included)
    assert refused(graph, rows=GIVEN) == {(area, "2020") for area in out - unknown}
    assert refused(graph, "DF004", GIVEN) == {(area, "2020") for area in unknown}


def test_a_prefix_is_not_removed_where_the_list_is_not_at_hand() -> None:
    graph = constrained((True, [("AREA", True, ["FR"])]))
    graph.remove((LIST.iri, RDF.type, None))
    graph.add((AREA, SST.removePrefix, Literal("true")))
    assert ["not at hand" in reason for _, reason in uncheckable_constraints(graph)] == [True]


def test_values_that_cascade_do_so_together() -> None:
    """One of them lies below another; the root of the second is left out, unless it lies below the first."""
    for roots, expected in (
        ({"EU": "true", "FR": "true"}, {"EU", "FR", "IDF"}),
        ({"EU": "excluderoot", "FR": "true"}, {"FR", "IDF"}),
        ({"EU": "excluderoot", "FR": "excluderoot"}, {"FR", "IDF"}),
        ({"FR": "excluderoot"}, {"IDF"}),
    ):
        graph = constrained((True, [("AREA", True, [])]))
        for code, parent in (("EU", None), ("FR", "EU"), ("IDF", "FR"), ("W", None)):
            iri = LIST.of_item("Code", code).iri
            graph.add((iri, SKOS.inScheme, LIST.iri))
            graph.set((iri, SKOS.notation, Literal(code)))
            graph.remove((iri, SKOS.broader, None))
            if parent is not None:
                graph.add((iri, SKOS.broader, LIST.of_item("Code", parent).iri))
        for value, cascade in roots.items():
            particular(graph, AREA, value, cascadeValues=cascade)
        rows = [(code, "2020") for code in ("EU", "FR", "IDF", "W")]
        assert {"EU", "FR", "IDF", "W"} - {area for area, _ in refused(graph, rows=rows)} == expected


def test_many_cascades_take_time_in_proportion() -> None:
    def work(size: int) -> Callable[[], object]:
        graph = constrained((True, [("AREA", True, [])]))
        for place in range(size):
            iri = LIST.of_item("Code", f"C{place}").iri
            graph.add((iri, SKOS.inScheme, LIST.iri))
            graph.add((iri, SKOS.notation, Literal(f"C{place}")))
            if place:
                graph.add((iri, SKOS.broader, LIST.of_item("Code", f"C{place - 1}").iri))
            particular(graph, AREA, f"C{place}", cascadeValues="true")
        return lambda: list(uncheckable_constraints(graph))

    assert growth(work, 50) < 2.5
