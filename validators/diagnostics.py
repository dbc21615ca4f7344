"""Findings as data: what was found, where, and what a run as a whole concluded.

Nothing here renders text for people; see :mod:`semstat.validators.render`. Readers emit the same ``Diagnostic``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

__all__ = [
    "CheckOutcome",
    "CheckStatus",
    "DatasetSummary",
    "Diagnostic",
    "Location",
    "Report",
    "Severity",
    "Total",
    "Verdict",
    "abridged",
]

_LONGEST = 2_000
"""Characters of a text that people read; names and values of files that have more are broken, and say no more in full."""
_QUOTED = re.compile(r"`([^`]{120})[^`]{80,}([^`]{40})`")


def abridged(text: str) -> str:
    """Return a text that people can read: of one that is too long, what stands in backticks loses its middle, then the end goes.

    Example:
        >>> abridged("`OBS_VALUE` = `5`"), len(abridged(f"`{'5' * 1_000_000}` is no number"))
        ('`OBS_VALUE` = `5`', 176)
    """
    if len(text) <= _LONGEST:
        return text
    shorter = _QUOTED.sub(r"`\1…\2`", text)
    return shorter if len(shorter) <= _LONGEST else f"{shorter[: _LONGEST - 1]}…"


class Severity(Enum):
    """How grave a finding is: ``sh:Violation``, ``sh:Warning``, ``sh:Info``."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for information, 1 for a warning, 2 for an error."""
        return ("info", "warning", "error").index(self.value)


class Verdict(Enum):
    """What a run concluded."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    INCOMPLETE = "incomplete"
    UNREADABLE = "unreadable"


class CheckStatus(Enum):
    """What became of one check. Only ``CHECKED`` says anything about the data."""

    CHECKED = "checked"
    NOT_APPLICABLE = "not applicable"
    NOT_CHECKED = "could not check"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Where a finding is; every part may be unknown.

    ``source`` is the file as the user named it (``member`` of an archive after ``!``). ``line`` and ``column`` count from
    1 and name the start of the tag (XML) or of the record (CSV). ``record`` counts the records of one dataset from 1, the
    header excluded. ``focus`` is the IRI of the thing judged, or the key of an observation; ``path`` the id of the
    component, or the IRI of the property.
    """

    source: str | None = None
    line: int | None = None
    column: int | None = None
    record: int | None = None
    focus: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    ``value`` is what was found, ``expected`` what the rule wants (short text), ``nearest`` the closest valid value, and
    ``series_key`` the dimension values but time, joined with dots in the order of the structure. ``related`` names other
    places that belong to the finding: the first of two duplicates, for instance. ``count`` is the number of observations
    that this one finding is about: a wrong code on a ``<Series>`` concerns all its observations. ``known`` marks a finding
    that a baseline lists: it is shown, and fails nothing.
    """

    rule: str
    severity: Severity
    message: str
    location: Location = Location()
    value: str | None = None
    expected: str | None = None
    nearest: str | None = None
    series_key: str | None = None
    related: tuple[Location, ...] = ()
    count: int = 1
    known: bool = False

    def __post_init__(self) -> None:
        """Keep the message to what can be read; the value stands in full in a field of its own."""
        if len(self.message) > _LONGEST:
            object.__setattr__(self, "message", abridged(self.message))


@dataclass(frozen=True, slots=True)
class Total:
    """How often a rule was broken for one component of one source, also where findings were not listed.

    ``findings`` counts places (one per line), ``observations`` the observations concerned, ``listed`` the findings that
    stand in the report in full. Known findings have totals of their own, marked ``known``.
    """

    source: str | None
    rule: str
    component: str | None
    severity: Severity
    findings: int
    observations: int
    listed: int
    known: bool = False


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What became of one rule for one component of one dataset.

    ``examined`` counts the observations (or values) looked at, ``failed`` the findings, ``executor`` is ``columns``,
    ``graph`` or ``reader``; ``reason`` says why something was not applicable or could not be checked. ``deselected`` marks
    what is not applicable only because the user, or a profile, wanted it so.
    """

    rule: str
    component: str | None
    status: CheckStatus
    source: str | None = None
    examined: int = 0
    failed: int = 0
    executor: str | None = None
    reason: str | None = None
    deselected: bool = False


@dataclass(frozen=True, slots=True)
class DatasetSummary:
    """What one dataset of one source holds.

    ``observations``, ``series`` and ``groups`` are counts as the message states them; ``structure`` is the short name of
    the structure that it was judged by, ``format`` the format's name (``sdmx-csv-2.0``). ``faults`` counts findings by
    component and period, for the picture in the HTML report: ``(component, period, findings)``.
    """

    source: str
    format: str
    structure: str | None
    observations: int
    series: int | None = None
    groups: int | None = None
    index: int = 1
    faults: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that a run found, checked and left unchecked, in a stable order.

    ``bool(report)`` raises, so that nobody takes *incomplete* for a pass; ask :attr:`verdict`. ``folder`` is the one that
    fingerprints take names of sources relative to; ``started`` the moment of the run, for formats that must state one.
    ``triples`` counts the statements of the RDF files that were judged as graphs.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    totals: tuple[Total, ...] = ()
    checks: tuple[CheckOutcome, ...] = ()
    datasets: tuple[DatasetSummary, ...] = ()
    sources: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = field(default=())
    fail_on: Severity = Severity.ERROR
    folder: str = ""
    started: str = ""
    triples: int = 0

    def __bool__(self) -> bool:
        raise TypeError("a report has no truth value: compare report.verdict with Verdict.PASS")

    @property
    def verdict(self) -> Verdict:
        """The worst of: a source unreadable, a check that could not be made, a finding at ``fail_on`` or above, pass.

        A source in which no check examined anything counts as incomplete: nothing unchecked looks like a pass.
        """
        if self.unreadable:
            return Verdict.UNREADABLE
        if self._incomplete():
            return Verdict.INCOMPLETE
        return Verdict.FAIL if self.failed else Verdict.PASS

    @property
    def failed(self) -> bool:
        """Whether any finding that no baseline knows reaches ``fail_on``."""
        graded = [total.severity for total in self.totals if not total.known]
        graded += [item.severity for item in self.diagnostics if not item.known]
        return any(severity.rank >= self.fail_on.rank for severity in graded)

    def _incomplete(self) -> bool:
        if any(check.status is CheckStatus.NOT_CHECKED for check in self.checks):
            return True
        return not self._judged() or bool(self.unjudged)

    @property
    def unjudged(self) -> tuple[str, ...]:
        """The sources in which no check examined anything, in their order."""
        judged = self._judged()
        return tuple(source for source in self.sources if source not in judged)

    def _judged(self) -> set[str | None]:
        return {check.source for check in self.checks if check.status is CheckStatus.CHECKED and check.examined}


def merge(reports: Iterable[Report], *, fail_on: Severity = Severity.ERROR) -> Report:
    """Return one report of several, each part in the order given."""
    parts = list(reports)
    return Report(
        diagnostics=tuple(item for part in parts for item in part.diagnostics),
        totals=tuple(item for part in parts for item in part.totals),
        checks=tuple(item for part in parts for item in part.checks),
        datasets=tuple(item for part in parts for item in part.datasets),
        sources=tuple(dict.fromkeys(item for part in parts for item in part.sources)),
        unreadable=tuple(dict.fromkeys(item for part in parts for item in part.unreadable)),
        fail_on=fail_on,
        triples=sum(part.triples for part in parts),
    )
