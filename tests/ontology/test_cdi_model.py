"""The table of the model of DDI-CDI says what the official schema says, and the context made from it what theirs does."""

import json
from importlib.resources import files

from cdi_facts import facts
from corpora import CORPORA, needs_corpora
from rdflib import Graph

from semstat.interop.formats.ddi.cdi_context import context
from semstat.ontology.cdi_facts import cdi_facts
from semstat.ontology.cdi_model import cdi_model
from semstat.ontology.terms import OWL, RDF


@needs_corpora
def test_the_table_holds_the_facts_of_the_official_schema_and_ontology() -> None:
    assert CORPORA is not None
    shipped = files("semstat.ontology").joinpath("models/ddi-cdi-1.0.tsv").read_text("utf-8").splitlines()
    derived = [*facts(CORPORA / "schemas/ddi-cdi-1.0/ddi-cdi.xsd", CORPORA / "vocab/ddi-cdi")]

    assert [line for line in shipped if not line.startswith("#")] == derived
    assert (len(cdi_model().classes), len(cdi_model().properties)) == (223, 861)


@needs_corpora
def test_the_context_made_from_the_table_is_the_official_one() -> None:
    assert CORPORA is not None
    official = json.loads((CORPORA / "schemas/ddi-cdi-1.0/ddi-cdi.jsonld").read_text("utf-8"))["@context"]
    for meant in official.values():
        if isinstance(meant, dict) and "@context" in meant:
            terms = {term: held for part in meant["@context"] for term, held in part.items()}
            meant["@context"] = {term: held for term, held in terms.items() if term != " comment "}

    assert context() == official


def test_the_facts_are_the_whole_model() -> None:
    graph = Graph().parse(data=cdi_facts(), format="nt")

    assert len({*graph.subjects(RDF.type, RDF.Property)}) == 861
    links = [item for item in cdi_model().properties.values() if item.is_link]
    assert len({*graph.subjects(RDF.type, OWL.ObjectProperty)}) == len(links) == 240
