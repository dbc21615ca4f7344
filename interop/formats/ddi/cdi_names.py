"""The names that DDI-CDI goes by: its namespaces, the spellings that others use for them, and prefixes nobody declared."""

import re
from collections import Counter
from collections.abc import Iterator

from rdflib import URIRef

from semstat.interop.formats.ddi.cdi_context import UNRECOGNISED
from semstat.interop.formats.ddi.cdi_statements import Statements, Triple
from semstat.ontology.cdi_model import CDI, cdi_model
from semstat.ontology.terms import RDF
from semstat.validators.diagnostics import Diagnostic
from semstat.validators.rules import finding

__all__ = ["XML_NAMESPACE", "local_name", "misspelt", "settled"]

XML_NAMESPACE = str(CDI).replace("/RDF/", "/XMLSchema/")
"""The namespace of the XML encoding."""

_OTHER_SPELLINGS = tuple(str(CDI).replace("http://", start) for start in ("http://www.", "https://www.", "https://"))
_PREFIXED = re.compile(r"(?P<prefix>[A-Za-z][A-Za-z0-9.+-]*):(?P<local>[A-Za-z][A-Za-z0-9_-]*)")


def local_name(iri: str) -> str:
    """Return the name of a term of DDI-CDI, empty for an IRI of somebody else.

    Example:
        >>> local_name(CDI.Code), local_name(RDF.type)
        ('Code', '')
    """
    return iri.removeprefix(CDI) if iri.startswith(CDI) else ""


def settled(statements: Statements) -> None:
    """Put the namespace that the ontology uses in the place of its other spellings, and say so once.

    Findings:
        ``DDI065``, with the number of statements.
    """
    count: Counter[str] = Counter()
    for number, (subject, predicate, value) in enumerate(statements.triples):
        used = [one for one in _OTHER_SPELLINGS if predicate.startswith(one) or str(value).startswith(one)]
        if used:
            count[used[0]] += 1
            held = _settled(value) if isinstance(value, URIRef) else value
            statements.triples[number] = subject, _settled(predicate), held
    for spelling, number in sorted(count.items()):
        message = f"{number} statements use the namespace `{spelling}`; they are read as if it were `{CDI}`"
        statements.findings.append(finding("DDI065", message, statements.location(None), value=spelling))


def _settled(term: URIRef) -> URIRef:
    spelling = next((one for one in _OTHER_SPELLINGS if term.startswith(one)), None)
    return term if spelling is None else CDI[term.removeprefix(spelling)]


def misspelt(statements: Statements) -> Iterator[Diagnostic]:
    """Yield a finding for each word that no context knows, and each prefix that nobody declared.

    Both make a document pass every check in silence: its nodes are then of no class that a rule is about.

    Findings:
        ``DDI043`` (a word that the context does not know), ``DDI044`` (a prefix that is not declared).
    """
    said: set[str] = set()
    for triple in statements.triples:
        for term in _words(triple):
            if term not in said:
                said.add(term)
                yield from _misspelt(term, triple, statements)


def _words(triple: Triple) -> Iterator[str]:
    subject, predicate, value = triple
    yield predicate
    if predicate == RDF.type or str(value).startswith(UNRECOGNISED):
        yield str(value)
    if subject.startswith(UNRECOGNISED):
        yield subject


def _misspelt(term: str, triple: Triple, statements: Statements) -> Iterator[Diagnostic]:
    where = statements.location(triple[0], term)
    if term.startswith(UNRECOGNISED):
        word = term.removeprefix(UNRECOGNISED)
        message = f"the word `{word}` is not in the context of DDI-CDI where it stands"
        yield finding("DDI043", message, where, value=word)
        return
    match = _PREFIXED.fullmatch(term)
    if match is not None and _is_term(match["local"]):
        message = f"the prefix of `{term}` is not declared, so that it means nothing"
        yield finding("DDI044", message, where, value=term, expected=str(CDI[match["local"]]))


def _is_term(local: str) -> bool:
    model = cdi_model()
    return (
        local in model.classes
        or local in model.properties
        or any(local == item.term for item in model.properties.values())
    )
