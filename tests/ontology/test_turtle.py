"""Canonical Turtle: the same text for the same triples, and the same triples again."""

import random

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from semstat.ontology import load
from semstat.ontology.describe import whole
from semstat.ontology.terms import RDF, RDFS, SKOS, SS
from semstat.ontology.turtle import canonical


def test_order_of_insertion_does_not_matter() -> None:
    triples = list(load("structure"))
    random.Random(7).shuffle(triples)
    again = Graph()
    for triple in triples:
        again.add(triple)
    assert canonical(again) == canonical(load("structure"))


def test_reading_again_gives_the_same_triples_and_text() -> None:
    graph = whole()
    again = Graph().parse(data=canonical(graph), format="turtle")
    assert isomorphic(graph, again)
    assert canonical(again) == canonical(graph)


def test_a_new_triple_changes_only_its_own_block() -> None:
    graph = load("core")
    before = canonical(graph).split("\n\n")
    graph.add((SS.Agency, SKOS.historyNote, Literal("changed", "en")))
    after = canonical(graph).split("\n\n")
    assert len([one for one, other in zip(before, after, strict=True) if one != other]) == 1


def test_a_text_with_blank_lines_and_quotes_stays() -> None:
    graph = Graph()
    graph.add((SS.Agency, RDFS.comment, Literal('PREFIX x\n\nsays "so"\n\n.', "en")))
    assert isomorphic(Graph().parse(data=canonical(graph), format="turtle"), graph)


def test_blank_nodes_are_refused() -> None:
    graph = Graph()
    graph.add((BNode(), RDF.type, SS.Agency))
    with pytest.raises(ValueError, match="blank node"):
        canonical(graph)


def test_properties_without_a_known_prefix_are_refused() -> None:
    graph = Graph()
    graph.add((SS.Agency, URIRef("https://example.org/p"), SS.Agency))
    with pytest.raises(ValueError, match=r"https://example\.org/p has no prefix"):
        canonical(graph)
