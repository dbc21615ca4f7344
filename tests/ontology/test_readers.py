"""Three parsers, written independently, read every module alike."""

import importlib.util
from io import BytesIO

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef

from semstat.ontology import modules, turtle_of
from semstat.ontology.literals import exact_literals
from semstat.ontology.reasoning import read_back
from semstat.ontology.terms import OWL

needs_owlready2 = pytest.mark.skipif(importlib.util.find_spec("owlready2") is None, reason="owlready2 is not installed")


def canonical(data: bytes, syntax: ox.RdfFormat) -> list[str]:
    """Return the statements in their canonical order; there are no blank nodes to name."""
    dataset = ox.Dataset(ox.parse(data, format=syntax))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def by_rdflib(name: str) -> Graph:
    with exact_literals():
        return Graph().parse(data=turtle_of(name), format="turtle")


@pytest.mark.parametrize("name", modules())
def test_rdflib_and_oxigraph_give_the_same_canonical_graph(name: str) -> None:
    theirs = canonical(turtle_of(name), ox.RdfFormat.TURTLE)
    ours = by_rdflib(name)
    assert len(ours) == len(theirs)
    assert canonical(ours.serialize(format="nt", encoding="utf-8"), ox.RdfFormat.N_TRIPLES) == theirs


@needs_owlready2
@pytest.mark.parametrize("name", modules())
def test_owlready2_reads_every_name_and_text_too(name: str) -> None:
    """It keeps imports as links of its own, and tells texts by their form alone."""
    wanted = {
        (str(subject), str(predicate), str(value))
        for subject, predicate, value in by_rdflib(name)
        if predicate != OWL.imports
    }
    read = read_back(by_rdflib(name))
    assert {triple for triple in wanted - read if not is_number(triple[2])} == set()
    assert {triple[:2] for triple in wanted} <= {triple[:2] for triple in read}


def is_number(text: str) -> bool:
    """Tell what owlready2 may write in another form, such as 9e-01."""
    try:
        float(text)
    except ValueError:
        return text in {"true", "false"}
    return True


def test_the_graph_is_not_changed_by_reading_it_as_rdf_xml() -> None:
    text = by_rdflib("core").serialize(format="xml").encode()
    again = Graph().parse(BytesIO(text), format="xml")
    assert set(again) == set(by_rdflib("core"))
    assert all(isinstance(one, URIRef | Literal) for triple in again for one in triple)
