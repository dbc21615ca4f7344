"""Terms are found by each of their names, and described with what a reader needs."""

import pytest

from semstat.ontology.describe import describe, described_terms, found, nearest, prefixed, whole
from semstat.ontology.terms import SKOS, SS, SST


@pytest.mark.parametrize(
    "name", ["sst:Codelist", str(SST.Codelist), f"<{SST.Codelist}>", "liste de codes", "LISTA DE CÓDIGOS"]
)
def test_a_term_is_found_by_any_of_its_names(name) -> None:
    assert SST.Codelist in found(whole(), name)


@pytest.mark.parametrize("name", ["sst:Codelst", "codelst", "", ":", "a b c", "<>", "no:such"])
def test_what_there_is_not_is_not_found(name) -> None:
    assert found(whole(), name) == []


def test_the_nearest_names_are_offered() -> None:
    assert "sst:codelist" in nearest(whole(), "sst:Codelst")
    assert nearest(whole(), "qqqqqqqq") == []


def test_a_name_that_breaks_off_or_has_a_slip_leads_to_the_term() -> None:
    assert nearest(whole(), "ssi:Represntd")[0] == "ssi:RepresentedVariable"
    assert nearest(whole(), "https://w3id.org/semstat/information#RepresentdVariable")[0] == "ssi:RepresentedVariable"
    assert {name.partition(":")[2] for name in nearest(whole(), "nobody:Codelst")} == {
        "CodeList",
        "Codelist",
        "codelist",
    }


def test_labels_of_every_language_are_offered() -> None:
    assert nearest(whole(), "reprsented variable")[0] == "represented variable"
    assert nearest(whole(), "variable représenté")[0] == "variable représentée"
    assert nearest(whole(), "lista de codgos")[0] == "lista de códigos"
    assert nearest(whole(), "") == nearest(whole(), "ssi:") == []


def test_a_description_says_where_a_term_stands() -> None:
    text = describe(whole(), SST.Codelist)
    for wanted in ("item scheme (ss:ItemScheme)", "skos:ConceptScheme (proposal)", "lista de códigos [es]", "testing"):
        assert wanted in text


def test_every_term_can_be_described() -> None:
    terms = [term for term in described_terms(whole()) if str(term).startswith(str(SS))]
    assert len(terms) > 20
    for term in terms:
        assert prefixed(term) in describe(whole(), term)


def test_an_iri_below_a_prefix_stays_written_out() -> None:
    assert prefixed(SKOS.exactMatch) == "skos:exactMatch"
    assert prefixed(SS.Item + "/x") == str(SS.Item + "/x")
