"""DDI-CDI judged: whether there is anything of it at all, in which spelling, and what the shapes say of the statements."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.cdi_nodes import CdiNodes
from semstat.interop.formats.ddi.cdi_statements import Statements
from semstat.ontology.cdi_model import CDI
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic
from semstat.validators.graphs import RuleOutcome
from semstat.validators.rules import finding

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["judge_statements"]

FAMILY = "cdi"
_READER = ("DDI040", "DDI043", "DDI044", "DDI062", "DDI065", "DDI066", "DDI068")
"""The rules that the reader itself applies."""


def judge_statements(
    statements: Statements, nodes: CdiNodes
) -> tuple[tuple[Diagnostic, ...], tuple[CheckOutcome, ...]]:
    """Return what is wrong with a document of DDI-CDI, and what became of each rule.

    Without a single node of a class of DDI-CDI nothing can be judged: no rule then counts as kept.

    Findings:
        ``DDI040``, ``DDI068`` (spelling), and those of the shapes, ``DDI041`` to ``DDI067``.
    """
    found = [*statements.findings, *_present(statements, nodes), *_spelling(statements, nodes)]
    if not nodes.nodes:
        reason = "the document has no node of a class of DDI-CDI"
        unjudged = CheckOutcome("DDI048", None, CheckStatus.NOT_CHECKED, statements.origin, reason=reason)
        return tuple(found), (*_of_reader(statements, nodes, found), unjudged)
    outcomes = _by_shapes(statements)
    for outcome in outcomes:
        found += (_placed(item, statements) for item in outcome.findings)
    return tuple(found), (*_of_reader(statements, nodes, found), *_told(statements, outcomes))


def _present(statements: Statements, nodes: CdiNodes) -> Iterator[Diagnostic]:
    if not nodes.nodes and statements.complete:
        said = f"none of the {len(statements.triples)} statements makes a node of a class of DDI-CDI"
        yield finding("DDI040", said, statements.location(None), expected=f"classes in the namespace {CDI}")


def _spelling(statements: Statements, nodes: CdiNodes) -> Iterator[Diagnostic]:
    flavour = nodes.flavour
    if flavour.short:
        whole = flavour.short + flavour.official
        said = f"{flavour.short} of {whole} statements are spelt in a short form; the spelling is `{flavour.word}`"
        yield finding("DDI068", said, statements.location(None), value=flavour.word, expected="official")


def _of_reader(statements: Statements, nodes: CdiNodes, found: list[Diagnostic]) -> Iterator[CheckOutcome]:
    for rule in _READER:
        failed = sum(item.count for item in found if item.rule == rule)
        if not statements.triples and not failed:
            continue
        looked = len(nodes.nodes) if rule == "DDI040" else len(statements.triples)
        yield CheckOutcome(rule, None, CheckStatus.CHECKED, statements.origin, looked, failed, "reader")


def _by_shapes(statements: Statements) -> tuple[RuleOutcome, ...]:
    import pyoxigraph as ox

    from semstat.validators.sets import empty_store
    from semstat.validators.shape_families import judge_shapes

    store = empty_store()
    store.bulk_extend(
        ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), _term(value))
        for subject, predicate, value in statements.triples
    )
    return judge_shapes(store, FAMILY)


def _term(value: URIRef | Literal) -> "ox.NamedNode | ox.Literal":
    import pyoxigraph as ox

    if isinstance(value, URIRef):
        return ox.NamedNode(value)
    if value.language:
        return ox.Literal(str(value), language=value.language)
    return ox.Literal(str(value), datatype=ox.NamedNode(value.datatype) if value.datatype else None)


def _placed(item: Diagnostic, statements: Statements) -> Diagnostic:
    focus = item.location.focus or ""
    place = statements.location(focus, item.value)
    where = replace(item.location, source=place.source, line=place.line)
    return replace(item, message=item.message.replace(CDI, "cdi:"), location=where)


def _told(statements: Statements, outcomes: tuple[RuleOutcome, ...]) -> Iterator[CheckOutcome]:
    from semstat.interop.reports import checked

    found = [_placed(item, statements) for outcome in outcomes for item in outcome.findings]
    yield from checked(outcomes, [statements.origin], found)
