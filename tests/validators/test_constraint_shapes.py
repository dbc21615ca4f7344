"""Constraints as shapes: how values cascade, and what is left to DSD005 instead of being checked wrongly."""

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from strategies import DSD, Component, hub_graph

from semstat.ontology.iri import SdmxName
from semstat.ontology.terms import SH, SKOS, SS, SST
from semstat.validators.structural import shapes_of, uncheckable_constraints

AREAS = SdmxName("codelist", "Codelist", "TEST", "CL_AREA", "1.0")
MEMBER = URIRef(f"{SdmxName('registry', 'ContentConstraint', 'TEST', 'CC', '1.0').iri}#region-1-AREA")


def constrained(**stated: str) -> Graph:
    """A structure whose AREA is constrained to FR, the parent of IT, which is that of 01."""
    graph = hub_graph([Component("AREA", "dimension", "CL_AREA")], [(True, [("AREA", True, ["FR"])])])
    for child, parent in (("IT", "FR"), ("01", "IT")):
        graph.add((AREAS.of_item("Code", child).iri, SKOS.broader, AREAS.of_item("Code", parent).iri))
    for name, value in stated.items():
        place = MEMBER if name == "removePrefix" else URIRef(MEMBER + "-value-1")
        graph.add((MEMBER, SST.memberValue, URIRef(MEMBER + "-value-1")))
        graph.add((URIRef(MEMBER + "-value-1"), SST.value, Literal("FR")))
        graph.add((place, SS[name] if name.startswith("valid") else SST[name], Literal(value)))
    return graph


@pytest.mark.parametrize(
    ("cascade", "allowed"),
    [({}, {"FR"}), ({"cascadeValues": "true"}, {"FR", "IT", "01"}), ({"cascadeValues": "excluderoot"}, {"IT", "01"})],
)
def test_values_cascade_as_the_constraint_says(cascade, allowed) -> None:
    shapes = shapes_of(constrained(**cascade), DSD.iri)
    heads = [shapes.value(shape, SH["in"]) for shape in shapes.subjects(SH["in"]) if "constraint" in str(shape)]
    assert [{str(item) for item in Collection(shapes, head)} for head in heads] == [allowed]


def test_only_the_values_cascade_that_say_so() -> None:
    graph = constrained(cascadeValues="excluderoot")
    graph.add((MEMBER, SST.value, Literal("IT")))
    shapes = shapes_of(graph, DSD.iri)
    (head,) = [shapes.value(shape, SH["in"]) for shape in shapes.subjects(SH["in"]) if "constraint" in str(shape)]
    assert {str(item) for item in Collection(shapes, head)} == {"IT", "01"}


@pytest.mark.parametrize("stated", [{"removePrefix": "true"}, {"validFrom": "2020"}, {"validTo": "2020-12-31"}])
def test_what_is_not_checked_is_said_and_not_checked_wrongly(stated) -> None:
    graph = constrained(**stated)
    assert [(str(iri), "not checked yet" in reason) for iri, reason in uncheckable_constraints(graph)] == [
        (str(MEMBER).partition("#")[0], True)
    ]
    shapes = shapes_of(graph, DSD.iri)
    assert [str(shape).rpartition("/")[2] for shape in shapes.subjects(SH.deactivated)] == ["DF011"]
