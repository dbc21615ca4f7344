"""Texts whose form no expression tells (DF005): that of XHTML, where elements close and nest, and references that must resolve.

The shape of such a component is deactivated and says which data type it is about; each distinct text is judged here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rdflib import Graph

from semstat.ontology.access import text
from semstat.ontology.terms import SST
from semstat.validators.columns.execute import Breach, Hit
from semstat.validators.columns.stage import TABLE, Staged, quoted
from semstat.validators.diagnostics import CheckOutcome, CheckStatus
from semstat.validators.markup import markup_fault
from semstat.validators.observations import NOT_AVAILABLE, PART_SEPARATOR
from semstat.validators.plan import RecordCheck, Unstated
from semstat.validators.predicates import AllOf
from semstat.validators.rules import catalogue

__all__ = ["Parsed", "parsed"]

_JUDGES: dict[str, Callable[[str], str | None]] = {"XHTML": markup_fault}


@dataclass(frozen=True, slots=True)
class Parsed:
    """What became of the components whose texts are parsed: faults, outcomes, and what else could not be stated."""

    breaches: tuple[Breach, ...]
    outcomes: tuple[CheckOutcome, ...]
    unstated: tuple[Unstated, ...]


def parsed(staged: Staged, shapes: Graph, unstated: Sequence[Unstated], *, limit: int | None = 10) -> Parsed:
    """Check the components whose texts have to be parsed.

    Args:
        staged: The records.
        shapes: Where it stands which type the texts of a component are of.
        unstated: What could not be stated as shapes; the rest of it is handed back.
        limit: How many texts at fault are listed for each component; ``None`` for all.
    """
    kinds = {item.shape: text(shapes, item.shape, SST.textType) for item in unstated}
    own = [item for item in unstated if kinds[item.shape] in _JUDGES]
    breaches: list[Breach] = []
    outcomes: list[CheckOutcome] = []
    for item in own:
        found, looked_at = _faults(staged, item.component or "", _JUDGES[kinds[item.shape]])
        outcomes.append(_outcome(staged, item, len(found), looked_at))
        breaches.extend(_breach(item, kinds[item.shape], found, limit))
    return Parsed(tuple(breaches), tuple(outcomes), tuple(item for item in unstated if item not in own))


def _breach(item: Unstated, kind: str, found: Sequence[Hit], limit: int | None) -> Iterator[Breach]:
    if found:
        severity = catalogue()[item.rule].severity
        check = RecordCheck(item.rule, item.component, severity, AllOf(()), item.shape, f"{kind}, well-formed")
        total = sum(hit.count for hit in found)
        yield Breach(check, item.component, len(found), total, tuple(found[:limit]))


def _outcome(staged: Staged, item: Unstated, failed: int, looked_at: int) -> CheckOutcome:
    source = staged.source.source or "table"
    if not looked_at:
        reason = f"{item.component} has no value"
        return CheckOutcome(item.rule, item.component, CheckStatus.NOT_APPLICABLE, source, reason=reason)
    return CheckOutcome(item.rule, item.component, CheckStatus.CHECKED, source, looked_at, failed, "columns")


def _faults(staged: Staged, component: str, judge: Callable[[str], str | None]) -> tuple[list[Hit], int]:
    """Return the texts at fault, each where it stands first, in the order of the records, and how many were looked at."""
    if component in staged.absent or component not in staged.columns:
        return [], 0
    name, terms = quoted(component), staged.dictionaries.get(component)
    query = f"SELECT {name}, min(rowid), count(*) FROM {TABLE} WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY 2"
    found, looked_at = [], 0
    for value, row, count in staged.connection.execute(query).fetchall():
        written = str(value) if terms is None else terms[value]
        looked_at += count
        parts = [part for part in written.split(PART_SEPARATOR) if part != NOT_AVAILABLE]
        if any(judge(part) for part in parts):
            found.append(Hit(row, written, count=count))
    return found, looked_at
