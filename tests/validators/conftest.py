"""Fixtures of the tests of the validators."""

from functools import lru_cache

import pytest
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.evaluate import evalQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.processor import SPARQLProcessor


@pytest.fixture(scope="module")
def parsed_once():
    """rdflib parses a query anew each time it is run, which takes nine tenths of the engine's time."""

    @lru_cache(maxsize=512)
    def prepared(text, base, names):
        return translateQuery(parseQuery(text), base, dict(names))

    def query(processor, text, bindings=None, names=None, base=None, *_):
        return evalQuery(processor.graph, prepared(text, base, tuple((names or {}).items())), bindings, base)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SPARQLProcessor, "query", query)
        yield
