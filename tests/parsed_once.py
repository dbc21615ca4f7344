"""Queries are parsed once, for tests that run the same ones thousands of times: parsing takes nine tenths of their time."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from rdflib.plugins.sparql import processor
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

__all__ = ["queries_parsed_once"]


@contextmanager
def queries_parsed_once() -> Iterator[None]:
    """Have rdflib keep what it made of each text of a query; queries here differ in nothing else."""
    parse, translate = processor.parseQuery, processor.translateQuery
    kept = cache(lambda text: translateQuery(parseQuery(text)))
    try:
        processor.parseQuery = lambda text: text
        processor.translateQuery = lambda text, _base=None, _names=None: kept(text)
        yield
    finally:
        processor.parseQuery, processor.translateQuery = parse, translate
