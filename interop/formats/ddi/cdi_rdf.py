"""DDI-CDI in the syntaxes of RDF: Turtle, N-Triples, RDF/XML and JSON-LD become statements; no context is fetched."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rdflib import BNode, URIRef

from semstat.interop.counting import InputRefused
from semstat.interop.formats.ddi.cdi_context import KNOWN_CONTEXTS, context
from semstat.interop.formats.ddi.cdi_statements import Statements, literal, named
from semstat.interop.formats.json_parse import parse_json
from semstat.interop.formats.json_values import JsonObject, JsonText
from semstat.interop.rdf_safety import nested_too_deep
from semstat.interop.safety import read_xml
from semstat.ontology.ddi_iri import document_iri
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.rules import finding

if TYPE_CHECKING:
    from rdflib import Literal

__all__ = ["json_statements", "rdf_statements"]

_BASE = "urn:semstat:document"
_PLACE = re.compile(r"^Parser error (?:at|between) [^:]*: ")
_PREFIX = re.compile(r"^\s*@?prefix\s+(?P<prefix>[\w.-]*):\s*<(?P<iri>[^>]*)>", re.IGNORECASE | re.MULTILINE)
_SUBJECT = re.compile(r"^(?P<subject><[^>\s]*>|(?![@#])[\w.-]*:[\w.%:-]*)", re.MULTILINE)
_ABOUT = re.compile(r"\b(?:rdf:)?about\s*=\s*\"(?P<subject>[^\"]*)\"")


def rdf_statements(data: bytes, *, origin: str, syntax: str) -> Statements:
    """Return the statements of a document in ``turtle``, ``n-triples`` or ``rdf-xml``.

    Findings:
        ``IO101`` (not well-formed, with the line), ``IO107`` (nested too deep), ``IO102`` and others of the XML policy.

    Example:
        >>> rdf_statements(b"<urn:a> <urn:p> 'b' .", origin="a.ttl", syntax="turtle").triples[0][2].n3()
        '"b"'
    """
    statements = Statements(origin, document_iri(data), syntax)
    refused = _unsafe(data, origin, syntax)
    if refused is not None:
        return _refused(statements, refused)
    _add(statements, data, syntax)
    text = data.decode("utf-8", "replace")
    prefixes = {match["prefix"]: match["iri"] for match in _PREFIX.finditer(text)}
    pattern = _ABOUT if syntax == "rdf-xml" else _SUBJECT
    line, counted = 1, 0
    for match in pattern.finditer(text):
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        statements.lines.setdefault(_written_out(match["subject"], prefixes), line)
    return statements


def _unsafe(data: bytes, origin: str, syntax: str) -> Diagnostic | None:
    if syntax == "rdf-xml":
        read = read_xml(data, origin=origin)
        return read if isinstance(read, Diagnostic) else None
    return nested_too_deep(data, syntax, origin)


def _written_out(subject: str, prefixes: dict[str, str]) -> str:
    if subject.startswith("<"):
        return subject[1:-1]
    prefix, colon, local = subject.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes else subject


def _refused(statements: Statements, found: Diagnostic) -> Statements:
    statements.findings.append(found)
    statements.complete = False
    return statements


def _add(statements: Statements, data: bytes, syntax: str) -> None:
    """Add what a parser makes of a text; what comes before a fault is not used, since half a graph looks faulty."""
    import pyoxigraph as ox

    formats = {
        "turtle": ox.RdfFormat.TURTLE,
        "n-triples": ox.RdfFormat.N_TRIPLES,
        "rdf-xml": ox.RdfFormat.RDF_XML,
        "json-ld": ox.RdfFormat.JSON_LD,
    }
    try:
        quads = list(ox.parse(data, format=formats[syntax], base_iri=_BASE))
    except (SyntaxError, ValueError) as problem:
        line = problem.lineno if isinstance(problem, SyntaxError) and syntax != "json-ld" else None
        said = problem.msg if isinstance(problem, SyntaxError) else str(problem)
        message = f"the RDF cannot be read: {_PLACE.sub('', said)}"
        _refused(statements, finding("IO101", message, Location(statements.origin, line)))
        return
    triples = ((_node(one.subject), URIRef(one.predicate.value), _term(one.object)) for one in quads)
    statements.triples.extend(named(triples, statements.document))


def _node(node: object) -> URIRef | BNode:
    import pyoxigraph as ox

    if isinstance(node, ox.BlankNode):
        return BNode(node.value)
    return URIRef(getattr(node, "value", str(node)))


def _term(node: object) -> "URIRef | BNode | Literal":
    import pyoxigraph as ox

    if isinstance(node, ox.Literal):
        return literal(node.value, node.datatype.value, node.language)
    return _node(node)


def json_statements(data: bytes, *, origin: str) -> Statements:
    """Return the statements of a JSON-LD document; the context of DDI-CDI is put in where the document names it.

    Findings:
        ``DDI066`` for any other context that stands behind an address: it is not fetched, and nothing is read;
        ``IO118`` for repeated names, ``IO101`` and its like where the text is no JSON or no JSON-LD.

    Example:
        >>> json_statements(b'{"@context": "https://example.org/c"}', origin="a.jsonld").findings[0].rule
        'DDI066'
    """
    statements = Statements(origin, document_iri(data), "json-ld")
    try:
        text = parse_json(data, origin=origin)
    except InputRefused as refused:
        return _refused(statements, refused.diagnostic)
    statements.findings.extend(text.findings)
    for item in _objects(text.root):
        _look_at(item, text, statements)
    if not statements.complete:
        return statements
    encoding = json.detect_encoding(data)
    content = json.loads(data.decode(encoding).removeprefix("\ufeff"), parse_float=str)
    _add(statements, json.dumps(_completed(content, _words(text.root))).encode(), "json-ld")
    return statements


def _words(root: object) -> frozenset[str]:
    """Return the names of members and the values of ``@type``: the terms that a context can be asked for."""
    found: set[str] = set()
    for item in _objects(root):
        for name, value in item.pairs:
            found.add(name)
            if name == "@type":
                found.update(one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))
    return frozenset(found)


def _objects(value: object) -> Iterator[JsonObject]:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, JsonObject):
            yield item
            waiting.extend(held for _, held in reversed(item.pairs))
        elif isinstance(item, list):
            waiting.extend(reversed(item))


def _look_at(item: JsonObject, text: JsonText, statements: Statements) -> None:
    """Note where an object describes a node, which names it repeats, and the contexts that it names."""
    identifier = item.get("@id")
    if isinstance(identifier, str) and len(item.pairs) > 1:
        statements.lines.setdefault(identifier, text.line(item))
    for name in item.repeated():
        where = Location(statements.origin, text.line(item))
        message = f"the member `{name}` stands more than once; the last one is read"
        statements.findings.append(finding("IO118", message, where, value=name))
    named_ = item.get("@context")
    for address in named_ if isinstance(named_, list) else [named_]:
        if isinstance(address, str) and address not in KNOWN_CONTEXTS:
            where = Location(statements.origin, text.line(item))
            message = f"the context `{address}` is not at hand, and nothing is fetched"
            _refused(statements, finding("DDI066", message, where, value=address))


def _completed(content: object, words: frozenset[str]) -> object:
    """Return the content with the context itself in the place of its address, as far as the words need it.

    The parser works through the whole of a scoped context at each node.
    """
    if isinstance(content, list):
        return [_completed(item, words) for item in content]
    if not isinstance(content, dict):
        return content
    return {
        name: _with_context(value, words) if name == "@context" else _completed(value, words)
        for name, value in content.items()
    }


def _with_context(value: object, words: frozenset[str]) -> object:
    if isinstance(value, list):
        return [_with_context(item, words) for item in value]
    if not (isinstance(value, str) and value in KNOWN_CONTEXTS):
        return value
    return {
        term: meant if "@context" not in meant else meant | {"@context": _needed(meant["@context"], words)}
        for term, meant in context().items()
        if term in words or not isinstance(meant, dict)
    }


def _needed(terms: dict[str, Any], words: frozenset[str]) -> dict[str, Any]:
    return {term: meant for term, meant in terms.items() if term in words}
