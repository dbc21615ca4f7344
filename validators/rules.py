"""The rule catalogue, read from ``rules.ttl``: the one source of names, reasons, cures, clauses and external codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rdflib import URIRef

from semstat.ontology.terms import DCTERMS, RDF, SH, SS
from semstat.validators.diagnostics import Diagnostic, Location, Severity

__all__ = ["Rule", "catalogue", "finding"]

_SEVERITIES = {SH.Violation: Severity.ERROR, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue.

    ``name`` reads well after *allow …*; ``statement`` is the one-sentence rule, ``why`` one paragraph on why it matters,
    ``fix`` what to do about a finding, ``source`` the clause of the standard, ``external`` codes of other validators as
    pairs (product, code), for example ``("FMR", "REG-201-051")``.
    """

    id: str
    iri: URIRef
    name: str
    severity: Severity
    statement: str
    why: str
    fix: str
    source: str
    external: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Rule]:
    """Return every rule by id, in the order of the ids.

    Example:
        >>> catalogue()["DF004"].name
        'code-not-in-codelist'
    """
    import pyoxigraph as ox  # every run needs the catalogue, and this parser takes a twentieth of the time of rdflib's

    said: dict[str, dict[str, list[str]]] = {}
    data = files("semstat.validators").joinpath("rules.ttl").read_bytes()
    for quad in ox.parse(data, format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode | ox.Triple):
            said.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object.value)
    rules = [_rule(URIRef(iri), item) for iri, item in said.items() if str(SS.Rule) in item.get(str(RDF.type), ())]
    return {rule.id: rule for rule in sorted(rules, key=lambda rule: rule.id)}


def finding(
    rule: str,
    message: str,
    location: Location = Location(),
    *,
    severity: Severity | None = None,
    value: str | None = None,
    expected: str | None = None,
    nearest: str | None = None,
) -> Diagnostic:
    """Return a diagnostic of a catalogued rule, with the rule's own severity unless another one is given.

    Raises:
        KeyError: no such rule.

    Example:
        >>> finding("IO105", "the file is empty", Location("a.csv")).severity
        <Severity.ERROR: 'error'>
    """
    grade = severity or catalogue()[rule].severity
    return Diagnostic(rule, grade, message, location, value=value, expected=expected, nearest=nearest)


def _rule(iri: URIRef, said: Mapping[str, Sequence[str]]) -> Rule:
    def text(predicate: URIRef) -> str:
        return said.get(str(predicate), [""])[0]

    external = sorted(tuple(code.split(" ", 1)) for code in said.get(str(SS.externalCode), ()))
    return Rule(
        id=text(DCTERMS.identifier),
        iri=iri,
        name=text(SH.name),
        severity=_SEVERITIES[URIRef(text(SH.severity))],
        statement=text(SH.message),
        why=text(SH.description),
        fix=text(SS.fix),
        source=text(DCTERMS.source),
        external=tuple((product, code) for product, code in external),
    )
