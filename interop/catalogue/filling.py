"""Queries with places to fill: the variables that a query writes with ``$`` stand for what is bound to them.

SPARQL takes ``$code`` and ``?code`` for the same variable, so that a query with such places is a query as it stands: unfilled, it
is asked for everything. Filled, the engine begins where the thing is.

Source:
    SPARQL 1.1 Query Language (W3C, 2013), 4.1.3 *Syntax for Query Variables*.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from semstat.ontology.errors import SemstatError
from semstat.ontology.questions import Question, questions, suites

__all__ = ["NoSuchPlace", "filled", "packaged", "places", "term_of"]

_TOKENS = re.compile(
    r"""
      (?P<skipped>\#[^\r\n]*|<[^<>"{}|^`\\\x00-\x20]*>
        |\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    | \$(?P<place>\w+)
    """,
    re.DOTALL | re.VERBOSE,
)
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T[0-9:.]+Z?)?)?)?")


class NoSuchPlace(SemstatError):
    """A query has no place of the name that something is bound to."""


def places(query: str) -> tuple[str, ...]:
    """Return the names of the places of a query, in the order in which they first stand.

    Example:
        >>> places("SELECT * { ?x ?p $code . FILTER (?x != '$no') } # $neither")
        ('code',)
    """
    return tuple(dict.fromkeys(match["place"] for match in _TOKENS.finditer(query) if match["place"]))


def filled(query: str, terms: Mapping[str, str]) -> str:
    """Return a query with terms, as SPARQL writes them, in its places; texts, addresses and comments stay as they are.

    Raises:
        NoSuchPlace: the query has no such place.

    Example:
        >>> filled("ASK { $code ?p '$code' }", {"code": "<urn:a>"})
        "ASK { <urn:a> ?p '$code' }"
    """
    known = places(query)
    for name in terms:
        if name not in known:
            listed = f"; it has {', '.join(known)}" if known else ""
            raise NoSuchPlace(f"the query has no place ${name}{listed}")

    def term(match: re.Match[str]) -> str:
        return terms.get(match["place"] or "", match.group())

    return _TOKENS.sub(term, query)


def term_of(given: str, thing: Callable[[str], str]) -> str:
    """Return what somebody typed as a term of SPARQL: a number, a date, a text in quotes, or else a thing by its name.

    Args:
        given: What was typed.
        thing: Gives the IRI of a thing by its name.

    Example:
        >>> [term_of(text, lambda name: f"urn:{name}") for text in ("CL_AREA", "3", "2026-01-31", '"some words"')]
        ['<urn:CL_AREA>', '3', '"2026-01-31"', '"some words"']
    """
    if _DATE.fullmatch(given) and not given.isdigit():
        return f'"{given}"'
    if _NUMBER.fullmatch(given):
        return given
    if len(given) > 1 and given[0] == given[-1] == '"':
        return '"' + given[1:-1].translate(_ESCAPES) + '"'
    return f"<{thing(given)}>"


@lru_cache(maxsize=1)
def packaged() -> tuple[Question, ...]:
    """Return the queries that come with semstat: those on lineage first, then the competency questions.

    Example:
        >>> packaged()[0].id
        'L1'
    """
    others = [name for name in suites() if name != "lineage"]
    return tuple(question for suite in ("lineage", *others) for question in questions(suite))
