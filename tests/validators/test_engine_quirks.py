"""What pySHACL does that SHACL does not say, and that the engine module undoes."""

import logging

import pytest
import rdflib
from rdflib import Graph, Literal, URIRef

from semstat.ontology.literals import exact_literals
from semstat.ontology.terms import QB, RDF, SH, SS, XSD
from semstat.validators.cube import DATASET
from semstat.validators.engine import EngineFailure, run_shapes
from semstat.validators.structural.components import UNREPEATED_KEY, declare_distinct_keys, marker, parameters

EX = "https://example.org/"
VALUE = URIRef(EX + "value")


def shape(**constraints: Literal) -> Graph:
    shapes = Graph()
    node = URIRef(EX + "shape")
    shapes.add((node, RDF.type, SH.PropertyShape))
    shapes.add((node, SH.targetClass, QB.Observation))
    shapes.add((node, SH.path, VALUE))
    for name, value in constraints.items():
        shapes.add((node, SH[name], value))
    return shapes


def observation(value: Literal) -> Graph:
    data = Graph()
    data.add((URIRef(EX + "o"), RDF.type, QB.Observation))
    data.add((URIRef(EX + "o"), VALUE, value))
    return data


def test_literals_are_normalised_as_before_afterwards():
    before = rdflib.NORMALIZE_LITERALS
    run_shapes(observation(Literal("x")), shape(minLength=Literal(1)))
    assert rdflib.NORMALIZE_LITERALS is before


def test_a_dollar_does_not_match_before_a_last_line_break():
    assert run_shapes(observation(Literal("true\n")), shape(pattern=Literal("^true$")))


def test_nan_as_a_decimal_is_ill_typed_and_no_crash():
    data = observation(Literal("NaN", datatype=XSD.decimal, normalize=False))
    results = run_shapes(data, shape(datatype=XSD.decimal, minInclusive=Literal(0)))
    assert results


def test_the_value_of_a_component_is_free_in_our_queries():
    shapes = Graph()
    declare_distinct_keys(shapes, 1)
    node = URIRef(EX + "key")
    shapes.add((node, RDF.type, SH.NodeShape))
    shapes.add((node, SH.targetClass, QB.DataSet))
    shapes.add((node, marker(UNREPEATED_KEY, 1), Literal("true", datatype=XSD.boolean)))
    for parameter, dimension in parameters([VALUE]):
        shapes.add((node, parameter, dimension))
    data = Graph()
    data.add((DATASET, RDF.type, QB.DataSet))
    for number, text in enumerate("aab", 1):
        record = URIRef(f"{EX}{number}")
        data.add((record, RDF.type, QB.Observation))
        data.add((record, QB.dataSet, DATASET))
        data.add((record, SS.position, Literal(str(number), datatype=XSD.integer)))
        data.add((record, VALUE, Literal(text)))
    assert [(item.focus, item.value) for item in run_shapes(data, shapes)] == [(str(DATASET), EX + "2")]


def test_ill_formed_shapes_are_a_failure_with_the_engines_words():
    with pytest.raises(EngineFailure, match=r"\w"):
        run_shapes(observation(Literal("x")), shape(minCount=Literal("many")))


def test_nothing_is_logged_or_printed(capsys, caplog):
    with exact_literals():
        data = observation(Literal("n/a", datatype=XSD.decimal))
    with caplog.at_level(logging.DEBUG):
        run_shapes(data, shape(datatype=XSD.decimal))
    assert capsys.readouterr() == ("", "")
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
