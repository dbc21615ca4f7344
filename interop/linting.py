"""Structures judged by themselves: what the rules on structures find, with file and line, and what became of each rule."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from rdflib import URIRef

from semstat.interop.document import Document
from semstat.interop.options import Options
from semstat.interop.reports import listed, totals
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Location, Report

if TYPE_CHECKING:
    from semstat.validators.lint import Judged

__all__ = ["of_lint", "place_of"]


def of_lint(document: Document, sources: Collection[str], options: Options) -> Report:
    """Return what the rules on structures say of the artefacts that stand in some of the files.

    The other files read with them serve as context: what they use is used, what they define is at hand.

    Args:
        document: Everything that was read together.
        sources: The files that are judged, as their findings name them.
        options: ``languages`` that names are required in, ``max_findings`` that are listed.

    Findings:
        Those of :func:`semstat.validators.lint.lint`.
    """
    if not sources or not document.graph:
        return Report()
    from semstat.validators.lint import lint

    limit = options.max_findings or None
    judged = lint(document.graph, languages=options.languages)
    placed = [item for part in judged for item in _placed(part, document, sources)]
    found = sorted(placed, key=lambda item: (item.rule, item.location.source or "", item.location.line or 0))
    failed = Counter((item.rule, item.location.source) for item in found)
    return Report(
        tuple(listed(found, limit)),
        tuple(totals(found, limit)),
        tuple(outcome for part in judged for outcome in _outcomes(part, document, sources, failed)),
    )


def _placed(part: "Judged", document: Document, sources: Collection[str]) -> Iterator[Diagnostic]:
    for item in part.findings:
        place = place_of(item.location.focus or "", document)
        if place.source in sources:
            yield replace(item, location=replace(item.location, source=place.source, line=place.line))


def place_of(node: str, document: Document) -> Location:
    """Return where a node stands: parts without a place of their own stand where the whole does."""
    while node:
        place = document.positions.get(URIRef(node))
        if place is not None:
            return place
        within = "#" in node  # a part's steps are joined by hyphens: see semstat.ontology.iri.part_of
        node = node[: max(node.rfind("-") if within else 0, node.rfind("#"), node.rfind("/"), 0)]
    return Location()


def _outcomes(
    part: "Judged", document: Document, sources: Collection[str], failed: Counter[tuple[str, str | None]]
) -> Iterator[CheckOutcome]:
    examined = Counter(_sources(part.about, document))
    for name in sources:
        if not examined[name]:
            reason = part.reason or "nothing of the kind is there"
            yield CheckOutcome(part.rule, None, CheckStatus.NOT_APPLICABLE, name, reason=reason)
            continue
        number = failed[part.rule, name]
        yield CheckOutcome(part.rule, None, CheckStatus.CHECKED, name, examined[name], number, "graph")


def _sources(nodes: Iterable[str], document: Document) -> Iterator[str | None]:
    for node in nodes:
        yield place_of(node, document).source
