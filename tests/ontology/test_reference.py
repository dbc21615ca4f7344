"""The reference pages and pictures of the ontology: whole, alike each time, and as they lie in docs."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from semstat.ontology import load
from semstat.ontology.access import iris
from semstat.ontology.reference import index_page, module_page, module_picture, pictured
from semstat.ontology.terms import OWL, RDF

DOCS = Path(__file__).parents[2] / "docs"
NOTE = "<!-- Written by docs/generate.py; change the source, not this page. -->"


@pytest.mark.parametrize("name", pictured())
def test_pages_are_as_generated_and_name_every_term(name) -> None:
    page = module_page(name, NOTE)
    assert page == (DOCS / "reference" / "ontology" / f"{name}.md").read_text(encoding="utf-8"), "run docs/generate.py"
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in iris(load(name), None, RDF.type, kind):
            assert f":{str(term).rpartition('#')[2]}\n" in page


@pytest.mark.parametrize("name", pictured())
def test_pictures_are_as_generated_and_show_every_class(name) -> None:
    drawn = module_picture(name)
    assert drawn == (DOCS / "images" / "ontology" / f"{name}.svg").read_text(encoding="utf-8"), "run docs/generate.py"
    boxes = [one for one in ElementTree.fromstring(drawn).iter() if one.get("class") == "own"]
    assert len(boxes) == len(iris(load(name), None, RDF.type, OWL.Class))


def test_the_index_is_as_generated() -> None:
    assert index_page(NOTE) == (DOCS / "reference" / "ontology" / "index.md").read_text(encoding="utf-8")
