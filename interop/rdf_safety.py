"""What RDF may do to the process that parses it: nesting has a limit, counted before a parser sees the text."""

import re

from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

__all__ = ["nested_too_deep"]

_DEPTH = 64
"""Parsers recurse into JSON objects and quoted triples, and exhaust their stack at some thousands; what has no name of its own,
in brackets, is named by its place, at a length that grows with the depth."""

_JSON_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)
_TURTLE_TOKEN = re.compile(
    rb'"""(?:[^"\\]|\\.|"(?!""))*+"""|"(?:[^"\\\n]|\\.)*+"'
    rb"|'''(?:[^'\\]|\\.|'(?!''))*+'''|'(?:[^'\\\n]|\\.)*+'"
    rb"|#[^\n]*|\\.|<<|>>|<[^<>\s]*>|[\[(]|[\])]",
    re.DOTALL,
)
_JSON_PAIRS = {b"[": 1, b"{": 1, b"]": -1, b"}": -1}
_TURTLE_PAIRS = {b"<<": 1, b"[": 1, b"(": 1, b">>": -1, b"]": -1, b")": -1}


def nested_too_deep(data: bytes, syntax: str, origin: str) -> Diagnostic | None:
    """Return the finding on JSON-LD, Turtle or N-Triples that is nested too deep, ``None`` where it is not.

    Findings:
        ``IO107``, with the line.

    Example:
        >>> nested_too_deep(b"[" * 65, "json-ld", "a.jsonld").rule
        'IO107'
    """
    token, pairs = (_JSON_TOKEN, _JSON_PAIRS) if syntax == "json-ld" else (_TURTLE_TOKEN, _TURTLE_PAIRS)
    depth = 0
    for match in token.finditer(data):
        depth += pairs.get(match[0], 0)
        if depth > _DEPTH:
            line = data.count(b"\n", 0, match.start()) + 1
            return finding("IO107", f"the RDF is nested more than {_DEPTH} deep", Location(origin, line))
    return None
