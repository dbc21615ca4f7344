"""Documents of DDI judged by the rules on what they describe: the cascade of variables, and lineage."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from semstat.interop.document import Document
from semstat.interop.linting import place_of
from semstat.interop.options import Options
from semstat.interop.reports import checked, listed, totals
from semstat.validators.diagnostics import Diagnostic, Report
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

    names = sorted(sources)
    if not document.graph or not names:
        return Report()
    limit = options.max_findings or None
    store = store_of(document.graph, {str(term) for term in document.graph.predicates(unique=True)})
    outcomes = [outcome for family in _FAMILIES for outcome in judge_shapes(store, family)]
    found = [item for outcome in outcomes for item in _placed(outcome, document, names)]
    found.sort(key=lambda item: (item.rule, item.location.source or "", item.location.line or 0))
    return Report(tuple(listed(found, limit)), tuple(totals(found, limit)), tuple(checked(outcomes, names, found)))


def _placed(outcome: RuleOutcome, document: Document, sources: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield the findings that are about the sources; what has no place, such as a thing concluded, is told of the first."""
    for item in outcome.findings:
        place = place_of(item.location.focus or "", document)
        source = place.source or sources[0]
        if source in sources:
            yield replace(item, location=replace(item.location, source=source, line=place.line))
