"""Lexical forms survive parsing while ``exact_literals`` is on, and the caller's setting survives it."""

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal
from rdflib.namespace import XSD

from semstat.ontology.literals import exact_literals

TURTLE = '<urn:a> <urn:b> "{form}"^^<{datatype}> .'


@settings(deadline=None)
@given(st.from_regex(r"[+\-]?0*[0-9]{1,6}", fullmatch=True))
def test_integers_keep_their_zeros_and_signs(form: str) -> None:
    with exact_literals():
        graph = Graph().parse(data=TURTLE.format(form=form, datatype=XSD.integer), format="turtle")
    assert [str(value) for value in graph.objects()] == [form]


@pytest.mark.parametrize(
    ("form", "datatype"), [("01", XSD.integer), ("1.50", XSD.decimal), ("1", XSD.boolean), ("24:00:00", XSD.time)]
)
def test_forms_that_rdflib_would_rewrite_are_kept(form: str, datatype: rdflib.URIRef) -> None:
    with exact_literals():
        assert str(Literal(form, datatype=datatype)) == form


@pytest.mark.parametrize("before", [True, False])
def test_the_setting_of_the_caller_is_restored_even_after_an_error(before: bool) -> None:
    kept = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = before
    try:
        with pytest.raises(ZeroDivisionError), exact_literals():
            int(rdflib.NORMALIZE_LITERALS) // 0
        assert rdflib.NORMALIZE_LITERALS is before
    finally:
        rdflib.NORMALIZE_LITERALS = kept
