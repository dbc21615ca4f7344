"""The rule catalogue, read from ``rules.ttl``: the one source of names, reasons, cures, clauses and external codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rdflib import Graph, URIRef

from semstat.ontology.access import text
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
    graph = Graph().parse(data=files("semstat.validators").joinpath("rules.ttl").read_bytes(), format="turtle")
    rules = [_rule(graph, iri) for iri in graph.subjects(RDF.type, SS.Rule) if isinstance(iri, URIRef)]
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


def _rule(graph: Graph, iri: URIRef) -> Rule:
    external = sorted(tuple(str(code).split(" ", 1)) for code in graph.objects(iri, SS.externalCode))
    return Rule(
        id=text(graph, iri, DCTERMS.identifier),
        iri=iri,
        name=text(graph, iri, SH.name),
        severity=_SEVERITIES[URIRef(text(graph, iri, SH.severity))],
        statement=text(graph, iri, SH.message),
        why=text(graph, iri, SH.description),
        fix=text(graph, iri, SS.fix),
        source=text(graph, iri, DCTERMS.source),
        external=tuple((product, code) for product, code in external),
    )
