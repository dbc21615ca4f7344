"""Documents of DDI judged by the rules on what they describe: the cascade of variables, and lineage."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from semstat.interop.document import Document
from semstat.interop.linting import place_of
from semstat.interop.options import Options
from semstat.interop.reports import listed, totals
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Report
from semstat.validators.graphs import RuleOutcome

__all__ = ["of_cascade"]

_FAMILIES = ("lineage", "study")


def of_cascade(document: Document, sources: Collection[str], options: Options) -> Report:
    """Return what the rules on variables and lineage say of documents of DDI, each finding at its place.

    Args:
        document: Everything that was read together.
        sources: The files that are judged.
        options: ``max_findings`` that are listed.

    Findings:
        Those of :func:`semstat.validators.shape_families.judge_shapes` for studies and lineage.
    """
    from semstat.validators.sets import store_of
    from semstat.validators.shape_families import judge_shapes

    if not document.graph:
        return Report()
    limit = options.max_findings or None
    store = store_of(document.graph, {str(term) for term in document.graph.predicates(unique=True)})
    outcomes = [outcome for family in _FAMILIES for outcome in judge_shapes(store, family)]
    found = [item for outcome in outcomes for item in _placed(outcome, document, sources)]
    found.sort(key=lambda item: (item.rule, item.location.source or "", item.location.line or 0))
    return Report(tuple(listed(found, limit)), tuple(totals(found, limit)), tuple(_checks(outcomes, sources, found)))


def _placed(outcome: RuleOutcome, document: Document, sources: Collection[str]) -> Iterator[Diagnostic]:
    for item in outcome.findings:
        place = place_of(item.location.focus or "", document)
        if place.source in sources:
            yield replace(item, location=replace(item.location, source=place.source, line=place.line))


def _checks(
    outcomes: Collection[RuleOutcome], sources: Collection[str], found: Collection[Diagnostic]
) -> Iterator[CheckOutcome]:
    failed = Counter((item.rule, item.location.source) for item in found)
    for outcome in outcomes:
        for name in sources:
            if not outcome.examined:
                reason = "nothing of the kind is there"
                yield CheckOutcome(outcome.rule, None, CheckStatus.NOT_APPLICABLE, name, reason=reason)
                continue
            number = failed[outcome.rule, name]
            yield CheckOutcome(outcome.rule, None, CheckStatus.CHECKED, name, outcome.examined, number, "graph")
