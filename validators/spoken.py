"""Texts that stand in several languages though their component takes one (DF006): what no shape says, since cells hold one.

Readers keep the versions of a text beside the cell (:data:`semstat.validators.observations.LANGUAGES`); a cube has the cell only.
So the shape of such a component is deactivated, and this is where it is checked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rdflib import Graph, Literal

from semstat.ontology.terms import SST
from semstat.validators.columns.execute import Breach, Hit
from semstat.validators.columns.stage import Staged
from semstat.validators.diagnostics import CheckOutcome, CheckStatus
from semstat.validators.plan import RecordCheck, Unstated
from semstat.validators.predicates import AllOf
from semstat.validators.rules import catalogue

__all__ = ["Spoken", "spoken"]

_ONE = "text in one language"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What became of the components that take one language: faults, outcomes, and what else could not be stated."""

    breaches: tuple[Breach, ...]
    outcomes: tuple[CheckOutcome, ...]
    unstated: tuple[Unstated, ...]


def spoken(staged: Staged, shapes: Graph, unstated: Sequence[Unstated]) -> Spoken:
    """Check the components that take one language; one fault for each, at the first text that has several.

    Args:
        staged: The records.
        shapes: Where it stands that a component takes one language.
        unstated: What could not be stated as shapes; the rest of it is handed back.
    """
    alone = [item for item in unstated if (item.shape, SST.isMultiLingual, Literal("false")) in shapes]
    rest = tuple(item for item in unstated if item not in alone)
    return Spoken(tuple(_breaches(staged, alone)), tuple(_outcomes(staged, alone)), rest)


def _breaches(staged: Staged, alone: Sequence[Unstated]) -> Iterator[Breach]:
    for item in alone:
        note = staged.versions.get(item.component or "")
        if note is not None and note.count:
            severity = catalogue()[item.rule].severity
            check = RecordCheck(item.rule, item.component, severity, AllOf(()), item.shape, _ONE)
            yield Breach(check, item.component, 1, note.count, (Hit(note.row, note.value, count=note.count),))


def _outcomes(staged: Staged, alone: Sequence[Unstated]) -> Iterator[CheckOutcome]:
    source = staged.source.source or "table"
    for item in alone:
        note = staged.versions.get(item.component or "")
        if note is None:
            reason = f"no text of {item.component} says which language it is in"
            yield CheckOutcome(item.rule, item.component, CheckStatus.NOT_APPLICABLE, source, reason=reason)
        else:
            failed = int(note.count > 0)
            yield CheckOutcome(item.rule, item.component, CheckStatus.CHECKED, source, note.stated, failed, "columns")
