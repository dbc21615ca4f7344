"""What a query may not be: long, deep, or a way out of the process.

Engines decide for themselves what a keyword is: some take ``SERVICEx`` or a long s for one, some decode escapes first. So
this is a reader of tokens that refuses more than the grammar would, before any engine sees the text.

Source:
    SPARQL 1.1 Query Language (W3C, 2013), 19.8 *Grammar*; measured: nested groups exhaust the stack of the engine at some
    thousands.
"""

import re

from semstat.ontology.errors import SemstatError

__all__ = ["QueryRefused", "graphs_named", "guarded", "names_graphs", "query_form", "without_escapes"]

_LONGEST = 65_536
_MOST_TOKENS = 5_000
_DEEPEST = 64
_LONGEST_RUN = 16
"""Operators in a row; a longer run is one level of recursion for each."""

_ESCAPED = re.compile(r"\\[uU][0-9A-Fa-f]{4}")
_ESCAPE, _PLAIN = re.compile(r"\\(.)"), r"\1"
_TOKENS = re.compile(
    r"""
      (?P<blank>\s+|\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$][\w·‿⁀]+)
    | (?P<name>(?:[^\W\d_][\w.\-·]{0,127})?:(?:[\w:%.\-·]|\\.)*|_:[\w.\-·]+|[^\W\d]\w*)
    | (?P<language>@[A-Za-z][\w-]*)
    | (?P<other>.)
    """,
    re.DOTALL | re.VERBOSE,
)
_OPENING, _CLOSING, _OPERATORS = frozenset("([{"), frozenset(")]}"), frozenset("!-+")
_OUTWARD = re.compile(r"(?:TRUE|FALSE|E\d+)?(?:SERVICE|LOAD)|[^:]*(?:SERVICE|LOAD)[^:]*$")
"""Engines end a boolean or an exponent where it ends, and read on: ``trueSERVICE`` is two words to them. A prefix may have
the word within; nothing else may."""
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


class QueryRefused(SemstatError):
    """A query is too long or too deep to be run, or asks somebody else."""


def guarded(query: str) -> str:
    """Return the query as it is.

    Raises:
        QueryRefused: it is longer than 64 kB, has more than 5 000 tokens, 64 levels or 16 operators in a row, asks another
            service, or hides characters behind escapes.

    Example:
        >>> guarded("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }")
        Traceback (most recent call last):
        ...
        semstat.interop.catalogue.guard.QueryRefused: the query says SERVICE, and nothing is fetched
    """
    if len(query) > _LONGEST:
        raise QueryRefused(f"the query is longer than {_LONGEST:,} characters")
    if _ESCAPED.search(query):
        raise QueryRefused("the query has a \\u escape", hint="write the character itself")
    count = depth = run = 0
    for match in _TOKENS.finditer(query):
        if match.lastgroup == "blank":
            continue
        text = match.group()
        count += 1
        run = run + 1 if text in _OPERATORS else 0
        depth += (text in _OPENING) - (text in _CLOSING)
        _refuse(match.lastgroup, text)
        if count > _MOST_TOKENS or depth > _DEEPEST or run > _LONGEST_RUN:
            raise QueryRefused(
                f"the query has more than {_MOST_TOKENS:,} tokens, {_DEEPEST} levels or {_LONGEST_RUN} operators in a row"
            )
    return query


def names_graphs(query: str) -> bool:
    """Tell whether a query says which graphs it is about.

    Example:
        >>> names_graphs("SELECT * FROM <urn:a> { ?s ?p 'FROM' }"), names_graphs("ASK { ?s ?p 'FROM' }")
        (True, False)
    """
    return any(match.lastgroup == "name" and match.group().upper() == "FROM" for match in _TOKENS.finditer(query))


def graphs_named(query: str) -> tuple[str, ...]:
    """Return the graphs that a query names with ``FROM``, by their IRIs.

    Raises:
        QueryRefused: one is not named by its IRI in full.

    Example:
        >>> graphs_named("SELECT * FROM <urn:a> FROM NAMED <urn:b> { ?s ?p ?o }")
        ('urn:a', 'urn:b')
    """
    found: list[str] = []
    is_next = False
    for match in _TOKENS.finditer(query):
        kind, text = match.lastgroup, match.group()
        if kind == "blank" or (is_next and text.upper() == "NAMED"):
            continue
        if is_next and kind != "iri":
            raise QueryRefused(f"the query says FROM {text[:20]}", hint="write the IRI of the graph in full")
        if is_next:
            found.append(text[1:-1])
        is_next = kind == "name" and text.upper() == "FROM"
    return tuple(found)


def query_form(query: str) -> str:
    r"""Return SELECT, ASK, CONSTRUCT or DESCRIBE, whichever a query is; empty where it is none.

    Example:
        >>> query_form("PREFIX ask: <urn:select> # CONSTRUCT\nASK { ?s ask:x 'SELECT' }")
        'ASK'
    """
    words = (match.group().upper() for match in _TOKENS.finditer(query) if match.lastgroup == "name")
    return next((word for word in words if word in _FORMS), "")


def without_escapes(query: str) -> str:
    r"""Return a query with IRIs in full where prefixed names hold escapes, which some engines do not read.

    Example:
        >>> without_escapes("PREFIX a: <urn:a:> ASK { a:b\\/c ?p ?o }")
        'PREFIX a: <urn:a:> ASK { <urn:a:b/c> ?p ?o }'
    """
    found = list(_TOKENS.finditer(query))
    said = [match for match in found if match.lastgroup != "blank"]
    prefixes = {
        name.group(): iri.group()[1:-1]
        for word, name, iri in zip(said, said[1:], said[2:], strict=False)
        if word.group().upper() == "PREFIX" and iri.lastgroup == "iri"
    }

    def written(match: re.Match[str]) -> str:
        text = match.group()
        prefix, mark, local = text.partition(":")
        if match.lastgroup != "name" or "\\" not in local or prefix + mark not in prefixes:
            return text
        return f"<{prefixes[prefix + mark]}{_ESCAPE.sub(_PLAIN, local)}>"

    return "".join(map(written, found))


def _refuse(kind: str | None, text: str) -> None:
    if text in {'"', "'"}:
        raise QueryRefused("the query has a string without an end")
    if kind == "name" and _OUTWARD.match(text.upper()):
        raise QueryRefused(f"the query says {text[:20]}, and nothing is fetched")
