"""Words held against texts: what fits exactly comes first, slips are forgiven, and nothing is made up."""

import random

import pytest

from semstat.ontology.matching import Text, ranked

WORTH = {"label": 1.0, "code": 0.95, "definition": 0.5}
SAID = (
    Text("urn:unit", "label", "statistical unit", "en"),
    Text("urn:unit", "label", "unité statistique", "fr"),
    Text("urn:unit", "definition", "object of a statistical survey", "en"),
    Text("urn:type", "label", "unit type", "en"),
    Text("urn:list", "label", "code list", "en"),
    Text("urn:list", "code", "CL"),
    Text("urn:both", "label", "unit", "en"),
    Text("urn:twin", "label", "unit", "en"),
)


def found(words: str, **options: object) -> list[str]:
    return [item.iri for item in ranked(SAID, words, worth=WORTH, **options)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("unit", "urn:both"),
        ("UNITÉ STATISTIQUE", "urn:unit"),
        ("unite statistiqe", "urn:unit"),
        ("type unit", "urn:type"),
        ("codelist", "urn:list"),
        ("cl", "urn:list"),
        ("survy", "urn:unit"),
        ("statist", "urn:unit"),
    ],
)
def test_what_is_meant_comes_first(words, first) -> None:
    assert found(words)[0] == first


def test_equals_keep_the_order_of_the_texts() -> None:
    assert found("unit")[:2] == ["urn:both", "urn:twin"]
    turned = [item.iri for item in ranked(reversed(SAID), "unit", worth=WORTH)]
    assert turned[:2] == ["urn:twin", "urn:both"]


@pytest.mark.parametrize("words", ["", "  ", "?!", "qqqqqq", "unit qqqqqq", "statistique unit type"])
def test_nothing_is_found_where_a_word_is_missing(words) -> None:
    assert found(words) == []


def test_a_language_leaves_other_languages_out_and_texts_without_one_in() -> None:
    assert found("unité", language="en")[:2] == ["urn:both", "urn:twin"]  # for the want of the word, `unit` is nearest
    assert found("statistique", language="en") == []
    assert found("cl", language="fr") == ["urn:list"]


def test_no_score_is_above_one_and_an_exact_text_has_the_worth_of_its_field() -> None:
    rand = random.Random(5)
    words = [word for item in SAID for word in item.text.split()]
    for _ in range(200):
        asked = " ".join(rand.sample(words, rand.randint(1, 3)))
        assert all(0 < item.score <= WORTH[item.field] for item in ranked(SAID, asked, worth=WORTH))
    for item in SAID:
        (best, *_) = ranked([item], item.text.upper(), worth=WORTH)
        assert best.score == WORTH[item.field]


def test_no_more_than_the_limit_and_each_thing_once() -> None:
    assert len(found("unit", limit=2)) == 2
    assert sorted(set(found("unit"))) == sorted(found("unit"))
