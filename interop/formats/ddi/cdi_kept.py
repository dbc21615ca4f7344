"""What of a DDI-CDI document nothing is made of: kept with what it belongs to, as statements, and named."""

import json
from collections.abc import Iterator

from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.cdi_lift import Lifting
from semstat.interop.formats.ddi.cdi_nodes import CdiNode, Value
from semstat.interop.formats.ddi.cdi_tables import CLASSES, LABELS, LINKS, PARTS, READ, TEXTS
from semstat.ontology.cdi_model import CDI, cdi_model
from semstat.ontology.terms import RDF, SS
from semstat.validators.diagnostics import Diagnostic
from semstat.validators.rules import finding

__all__ = ["keep"]


def keep(lifting: Lifting) -> Iterator[Diagnostic]:
    """Keep what was not interpreted beside what it belongs to, and yield one finding for each class and property.

    Findings:
        ``IO114``, with the number of times.
    """
    first: dict[str, tuple[CdiNode, int]] = {}
    for node in lifting.nodes.nodes.values():
        if node.iri not in lifting.names:
            continue
        lines: list[str] = []
        for word, statements in _left(lifting, node):
            before = first.get(word, (node, 0))
            first[word] = (before[0], before[1] + 1)
            lines += statements
        if lines:
            lifting.add(lifting.names[node.iri], SS.unreadContent, Literal("\n".join(lines)))
    for word, (node, number) in first.items():
        times = "once" if number == 1 else f"{number} times"
        said = f"`{word}` is kept as it stands, and not interpreted ({times})"
        yield finding("IO114", said, lifting.statements.location(str(node.iri)), value=word)


def _left(lifting: Lifting, node: CdiNode) -> Iterator[tuple[str, list[str]]]:
    """Yield what is left of a node: by the word that names it, the statements."""
    whole = {
        term: [line for value in values for line in _lines(lifting, node, term, value)]
        for term, values in node.values.items()
    }
    if not _is_known(node.cls):
        rest = [line for lines in whole.values() for line in lines]
        yield node.cls, [_line(node.iri, RDF.type, CDI[node.cls]), *rest]
    else:
        for term, values in node.values.items():
            if all(isinstance(value, Literal) and not str(value) for value in values):
                continue  # an empty text, which the schema may demand, says nothing
            if _is_read(node.cls, term):
                yield from _unread_parts(lifting, values)
            else:
                yield f"{node.cls}.{term}", whole[term]
    if node.unread:
        for subject, predicate, value in node.unread:
            yield str(predicate), [_line(subject, predicate, value)]


def _is_known(cls: str) -> bool:
    return any(base in CLASSES or base in READ for base in cdi_model().bases(cls))


def _is_read(cls: str, term: str) -> bool:
    if term in LABELS or term in TEXTS:
        return True
    bases = [*cdi_model().bases(cls)]
    return any(term in READ.get(base, ()) or any(link.term == term for link in LINKS.get(base, ())) for base in bases)


def _unread_parts(lifting: Lifting, values: list[Value]) -> Iterator[tuple[str, list[str]]]:
    """Yield what is left of structured values whose property is read."""
    for value in values:
        part = lifting.nodes.nodes.get(value) if isinstance(value, URIRef) else None
        if part is None or cdi_model().is_class(part.cls):
            continue
        known = frozenset[str]().union(*(PARTS.get(base, frozenset()) for base in cdi_model().bases(part.cls)))
        for term, held in part.values.items():
            if term in known:
                yield from _unread_parts(lifting, held)
            else:
                yield f"{part.cls}.{term}", [line for one in held for line in _lines(lifting, part, term, one)]
        for subject, predicate, one in part.unread:
            yield str(predicate), [_line(subject, predicate, one)]


def _lines(lifting: Lifting, node: CdiNode, term: str, value: Value) -> Iterator[str]:
    """Yield a statement, and all that stands within a structured value."""
    prop = cdi_model().content(node.cls)[term]
    yield _line(node.iri, CDI[prop.local], value)
    part = lifting.nodes.nodes.get(value) if isinstance(value, URIRef) else None
    if part is None or cdi_model().is_class(part.cls):
        return
    yield _line(part.iri, RDF.type, CDI[part.cls])
    for inner, held in part.values.items():
        for one in held:
            yield from _lines(lifting, part, inner, one)


def _line(subject: URIRef, predicate: URIRef, value: Value) -> str:
    said = "a" if predicate == RDF.type else _term(predicate)
    return f"{subject.n3()} {said} {_term(value)} ."


def _term(term: Value) -> str:
    """Return a term on one line; terms of DDI-CDI with its prefix, so that nobody takes the hub for a document of it."""
    if isinstance(term, Literal):
        kind = f"@{term.language}" if term.language else f"^^{term.datatype.n3()}" if term.datatype else ""
        return json.dumps(str(term), ensure_ascii=False) + kind
    return f"cdi:{term.removeprefix(CDI)}" if term.startswith(CDI) else term.n3()
