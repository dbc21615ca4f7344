"""A plan for microdata: what the shapes of one kind of record demand, as data that a column engine can run.

Checks name variables by IRI; the plan says what they are called.
"""

from dataclasses import dataclass

from rdflib import URIRef

from semstat.validators.diagnostics import Severity
from semstat.validators.microdata.row_terms import Term
from semstat.validators.plan import Unstated
from semstat.validators.predicates import Predicate

__all__ = [
    "WEIGHTED_KINDS",
    "CompleteCheck",
    "CountCheck",
    "MicrodataCheck",
    "MicrodataPlan",
    "ReferenceCheck",
    "RowCheck",
    "SetApart",
    "StatisticCheck",
    "UniqueCheck",
    "UsedCodeCheck",
    "ValueCheck",
]

WEIGHTED_KINDS = frozenset({"Weight", "WeightedShare", "WeightedMean", "WeightedDeviation"})
"""The kinds of statistics that need a weight."""


@dataclass(frozen=True, slots=True)
class ValueCheck:
    """Every value of a variable satisfies a predicate; with ``together``, the values that do not are one finding."""

    rule: str
    variable: URIRef
    severity: Severity
    predicate: Predicate
    shape: URIRef
    expected: str
    together: bool = False


@dataclass(frozen=True, slots=True)
class CompleteCheck:
    """Every record has a value for a variable."""

    rule: str
    variable: URIRef
    severity: Severity
    shape: URIRef
    expected: str


@dataclass(frozen=True, slots=True)
class UniqueCheck:
    """No record shares its values of some variables with an earlier one; records that lack one are left out."""

    rule: str
    variables: tuple[URIRef, ...]
    severity: Severity
    shape: URIRef
    expected: str


@dataclass(frozen=True, slots=True)
class ReferenceCheck:
    """Some record of another kind has the same values; records that lack one are left out."""

    rule: str
    variables: tuple[URIRef, ...]
    target: URIRef
    target_variables: tuple[URIRef, ...]
    severity: Severity
    shape: URIRef
    expected: str


@dataclass(frozen=True, slots=True)
class RowCheck:
    """No record breaks a condition on some of its cells, the first of which is that of ``variable``."""

    rule: str
    variable: URIRef
    variables: tuple[URIRef, ...]
    condition: Term
    severity: Severity
    shape: URIRef
    expected: str


@dataclass(frozen=True, slots=True)
class UsedCodeCheck:
    """Some record has a value that the expression matches."""

    rule: str
    variable: URIRef
    code: str
    pattern: str
    severity: Severity
    shape: URIRef
    expected: str


@dataclass(frozen=True, slots=True)
class CountCheck:
    """There are so many records."""

    rule: str
    count: int
    severity: Severity
    shape: URIRef
    expected: str


@dataclass(frozen=True, slots=True)
class SetApart:
    """Cells that are told from others: by an expression, by a stretch of numbers, by having no value (``absent``)."""

    pattern: str
    low: str
    high: str
    absent: bool


@dataclass(frozen=True, slots=True)
class StatisticCheck:
    """A statistic of a variable is the one that is stated, up to a tolerance.

    ``kind`` is the end of the parameter that states it (``Count``, ``WeightedMean``). Counts are of the cells
    ``apart``, or with ``others`` of all but them; percentages of those that ``pattern`` matches among those that are not set
    apart, or among more; other statistics of the numbers that are not set apart.
    """

    rule: str
    variable: URIRef
    kind: str
    stated: str
    tolerance: str
    apart: SetApart
    others: bool
    pattern: str
    weight: URIRef | None
    severity: Severity
    shape: URIRef
    expected: str


MicrodataCheck = (
    ValueCheck | CompleteCheck | UniqueCheck | ReferenceCheck | RowCheck | UsedCodeCheck | CountCheck | StatisticCheck
)


@dataclass(frozen=True, slots=True)
class MicrodataPlan:
    """All that the shapes of one kind of record demand.

    ``names`` says what its variables are called, ``about`` which node of the documentation a shape was made from.
    """

    record: URIRef
    checks: tuple[MicrodataCheck, ...]
    unstated: tuple[Unstated, ...]
    names: dict[URIRef, str]
    about: dict[URIRef, URIRef]
