"""A look-up of one term says what the graph of everything says, and does not make that graph."""

import random
import subprocess
import sys

import pytest
from rdflib import Graph

from semstat.ontology.describe import describe, described_terms, found, nearest, prefixed, whole
from semstat.ontology.lookup import _graph, _statements, around, find, names
from semstat.ontology.terms import SST

NAMES = (
    "sst:Codelist", str(SST.Codelist), f"<{SST.Codelist}>", "liste de codes", "LISTA DE CÓDIGOS", "code list", "5.3",
    "status", "Population", "sst:Codelst", "codelst", "", ":", "a b c", "<>", "no:such",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_same_terms_are_found(name) -> None:
    assert find(name) == found(whole(), name)


def test_a_sample_of_terms_is_described_alike() -> None:
    terms = random.Random(11).sample(described_terms(whole()), 60)
    for term in terms:
        assert describe(around([term]), term) == describe(whole(), term)


def test_every_term_is_found_by_its_name_in_the_small_graph() -> None:
    assert described_terms(names()) == described_terms(whole())
    for slip in ("sst:Codelst", "ssi:Represntd", "variable représenté", "qqqqqqqq"):
        assert nearest(names(), slip) == nearest(whole(), slip)
    assert prefixed(SST.Codelist) in nearest(names(), "sst:Codelits")


def test_what_is_read_is_the_whole_ontology() -> None:
    assert set(_graph(_statements())) == set(whole())


def test_a_term_is_shown_without_reading_the_ontology_as_a_graph() -> None:
    code = (
        "import rdflib; rdflib.Graph.parse = None\n"
        "from semstat.cli.main import run\n"
        "raise SystemExit(run(['ontology', 'show', 'sst:Codelist']))"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "codelist (sst:Codelist)" in done.stdout


def test_the_graph_around_a_term_is_small() -> None:
    assert isinstance(around([SST.Codelist]), Graph)
    assert len(around([SST.Codelist])) < 500
