"""The ontology in other forms says the same as its files."""

import json
from importlib.resources import files
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from rdflib import Graph

from semstat.ontology import load, modules
from semstat.ontology.describe import whole
from semstat.ontology.export import FORMS, exported, file_of
from semstat.ontology.terms import RDF, SST

JSON_LD = ox.RdfFormat.JSON_LD


@pytest.mark.parametrize(("form", "syntax"), [("turtle", "turtle"), ("rdfxml", "xml")])
def test_every_statement_is_there(form, syntax) -> None:
    assert set(Graph().parse(data=exported(form), format=syntax)) == set(whole())


@pytest.mark.parametrize("form", FORMS)
def test_the_text_is_the_same_each_time(form) -> None:
    assert exported(form) == exported(form)


def test_the_context_names_the_terms() -> None:
    document = json.loads(exported("jsonld-context"))
    document |= {"@id": "urn:x", "@type": "sst:DataStructure", "sst:component": "urn:y", "sst:codelist": "urn:z"}
    quads = {(quad.predicate.value, quad.object.value) for quad in ox.parse(json.dumps(document), format=JSON_LD)}
    assert quads == {
        (str(RDF.type), str(SST.DataStructure)),
        (str(SST.component), "urn:y"),
        (str(SST.codelist), "urn:z"),
    }


def test_the_catalogue_leads_to_files_that_are_there() -> None:
    text = files("semstat.ontology").joinpath("catalog-v001.xml").read_text(encoding="utf-8")
    assert text == exported("catalog"), "run docs/format_ontology.py"
    entries = ElementTree.fromstring(text)
    assert [entry.get("name") for entry in entries] == [f"https://w3id.org/semstat/{name}" for name in modules()]
    for entry in entries:
        assert files("semstat.ontology").joinpath(str(entry.get("uri"))).is_file()


def test_the_file_of_a_module_is_where_it_is_loaded_from() -> None:
    from semstat.ontology import turtle_of

    for name in modules():
        assert files("semstat.ontology").joinpath(file_of(name)).read_bytes() == turtle_of(name)


def test_one_module_may_be_asked_for() -> None:
    assert set(Graph().parse(data=exported("turtle", ["core"]))) == set(load("core"))
