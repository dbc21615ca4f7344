"""Reports on what readers and refusals say: findings listed and counted, and which rules were looked at."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from semstat.interop.reading import Reading
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Report, Total
from semstat.validators.graphs import RuleOutcome

__all__ = ["UNREADABLE", "checked", "counted", "listed", "of_reading", "of_refusal", "totals"]

UNREADABLE = frozenset({"IO101", "IO102", "IO103", "IO104", "IO105", "IO106", "IO107"})
"""Rules that say that an input could not be read."""

_STRUCTURE_RULES = ("IO108", "DSD001", "DSD002", "DSD003", "DSD004", "DSD005")


def counted(found: Iterable[Diagnostic], rule: str) -> int:
    """Return how many observations (or artefacts) the findings of a rule are about."""
    return sum(item.count for item in found if item.rule == rule)


def listed(found: Sequence[Diagnostic], limit: int | None) -> Iterator[Diagnostic]:
    """Yield the findings that a report lists: at most ``limit`` for each rule and component."""
    seen: dict[tuple[str, str | None], int] = {}
    for item in found:
        key = (item.rule, item.location.path)
        seen[key] = seen.get(key, 0) + 1
        if limit is None or seen[key] <= limit:
            yield item


def totals(found: Sequence[Diagnostic], limit: int | None) -> Iterator[Total]:
    """Yield the totals of findings, however many of them are listed."""
    groups: dict[tuple[str, str, str, str], list[Diagnostic]] = {}
    for item in found:
        where = item.location
        groups.setdefault((where.source or "", item.rule, where.path or "", item.severity.value), []).append(item)
    for key in sorted(groups):
        items = groups[key]
        number = sum(item.count for item in items)
        shown = len(items) if limit is None else min(len(items), limit)
        first = items[0]
        yield Total(first.location.source, first.rule, first.location.path, first.severity, len(items), number, shown)


def checked(
    outcomes: Iterable[RuleOutcome], sources: Sequence[str], found: Iterable[Diagnostic]
) -> Iterator[CheckOutcome]:
    """Yield what became of rules on a graph: for each source, and what could not be judged once for all of them together."""
    failed = Counter[tuple[str, str | None]]()
    for item in found:
        failed[item.rule, item.location.source] += item.count
    outcomes = tuple(outcomes)
    for name in sources:
        for outcome in outcomes:
            if not outcome.examined:
                reason = "nothing of the kind is there"
                yield CheckOutcome(outcome.rule, None, CheckStatus.NOT_APPLICABLE, name, reason=reason)
                continue
            number = failed[outcome.rule, name]
            yield CheckOutcome(outcome.rule, None, CheckStatus.CHECKED, name, outcome.examined, number, "graph")
            if name == sources[0]:
                for reason in outcome.unjudged:
                    yield CheckOutcome(outcome.rule, None, CheckStatus.NOT_CHECKED, name, reason=reason)


def of_refusal(item: Diagnostic) -> Report:
    """Return the report on an input that could not be read, or that this version does not read."""
    name = item.location.source or "input"
    if item.rule in UNREADABLE:
        return Report(diagnostics=(item,), totals=tuple(totals([item], None)), sources=(name,), unreadable=(name,))
    outcome = CheckOutcome(item.rule, None, CheckStatus.NOT_CHECKED, name, reason=item.message)
    return Report(diagnostics=(item,), totals=tuple(totals([item], None)), checks=(outcome,), sources=(name,))


def of_reading(reading: Reading, *, judged: Collection[str] = ()) -> Report:
    """Return the findings of reading structures; ``judged`` names the sources that the user wants a verdict on.

    Structures and shapes that only serve to judge data fail the run where they could not be read, and leave it incomplete
    where nothing is made of their format; their other faults are listed, and count like any finding.
    """
    found = reading.document.diagnostics
    unreadable = tuple(dict.fromkeys(str(item.location.source) for item in found if item.rule in UNREADABLE))
    wanted = tuple(name for name in reading.names if name in judged)
    return Report(
        found,
        tuple(totals(found, None)),
        (
            *(outcome for name in wanted if name not in unreadable for outcome in _outcomes(reading, name)),
            *(_unread(item) for item in found if item.rule == "IO112" and item.location.source not in wanted),
        ),
        sources=wanted,
        unreadable=unreadable,
    )


def _unread(item: Diagnostic) -> CheckOutcome:
    return CheckOutcome(item.rule, None, CheckStatus.NOT_CHECKED, item.location.source, reason=item.message)


def _outcomes(reading: Reading, name: str) -> Iterator[CheckOutcome]:
    """Yield what became of the rules on structures; nothing where there was nothing to look at, which is no pass.

    Of what is no SDMX, the reader itself says what it looked at.
    """
    if reading.is_shapes(name):
        reason = "the file holds shapes, which judge data, and no data are given with them"
        yield CheckOutcome("IO112", None, CheckStatus.NOT_CHECKED, name, reason=reason)
        return
    yield from (outcome for outcome in reading.document.outcomes if outcome.source == name)
    found = [item for item in reading.document.diagnostics if item.location.source == name]
    for item in found:
        if item.rule == "IO112":
            yield _unread(item)
    if not reading.is_ddi(name) and not any(item.rule in {"IO110", "IO112"} for item in found):
        # An artefact that another file gives as well has its place there; the message itself was looked at all the same.
        artefacts = sum(1 for place in reading.document.positions.values() if place.source == name) or 1
        for rule in _STRUCTURE_RULES:
            yield CheckOutcome(rule, None, CheckStatus.CHECKED, name, artefacts, counted(found, rule), "reader")
