"""A plan: checks as data, compiled from shapes, ready for any engine that knows columns.

A few kinds of check cover what SHACL demands of observations: a predicate on each record, a key that must not repeat, an
attribute that must not vary within a group, a series without gaps and in one place. What was not compiled stands beside
them, with the reason.
"""

from dataclasses import dataclass

from rdflib import URIRef

from semstat.validators.diagnostics import Severity
from semstat.validators.observations import OBSERVATION_KINDS
from semstat.validators.predicates import Predicate, components_of

__all__ = [
    "YIELDS_TO",
    "Check",
    "ClosedCheck",
    "ConstantCheck",
    "GapCheck",
    "Plan",
    "RecordCheck",
    "RowCheck",
    "SeriesCheck",
    "SumCheck",
    "UniqueCheck",
    "Unstated",
]


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """Each record of some kinds satisfies a predicate.

    ``component`` is the one that the finding is about, ``None`` where it is about several. ``shapes`` are the shapes that
    the check was compiled from, with what each expected: checks of the same rule and component are put together.
    """

    rule: str
    component: str | None
    severity: Severity
    predicate: Predicate
    shape: URIRef
    expected: str
    kinds: frozenset[str] = OBSERVATION_KINDS

    @property
    def components(self) -> tuple[str, ...]:
        """The components that the predicate looks at."""
        return components_of(self.predicate)


@dataclass(frozen=True, slots=True)
class UniqueCheck:
    """No observation shares the values of all the components with an earlier one; records that lack one are left out.

    ``contradicting``: only those count that differ from the earlier one in other components; else only those that agree.
    """

    rule: str
    component: None
    severity: Severity
    components: tuple[str, ...]
    shape: URIRef
    expected: str
    contradicting: bool


@dataclass(frozen=True, slots=True)
class ConstantCheck:
    """The component has one value for each combination of the values of ``within``; absent values do not count."""

    rule: str
    component: str
    severity: Severity
    within: tuple[str, ...]
    shape: URIRef
    expected: str

    @property
    def components(self) -> tuple[str, ...]:
        """The component and those that it is constant within."""
        return (self.component, *self.within)


@dataclass(frozen=True, slots=True)
class ClosedCheck:
    """No component has a value but these."""

    rule: str
    component: None
    severity: Severity
    allowed: frozenset[str]
    shape: URIRef
    expected: str

    @property
    def components(self) -> tuple[str, ...]:
        """Nothing: the check looks at what is not a component."""
        return ()


@dataclass(frozen=True, slots=True)
class GapCheck:
    """No period is missing within a series of the frequency; ``pattern`` is the form of periods that can be counted.

    ``start`` is the attribute that says on which day reporting years begin, where periods are counted from that.
    """

    rule: str
    component: str
    severity: Severity
    within: tuple[str, ...]
    frequency_dimension: str
    frequency: str
    pattern: str
    shape: URIRef
    expected: str
    start: str | None = None

    @property
    def components(self) -> tuple[str, ...]:
        """The time dimension and the dimensions of the series."""
        return (self.component, *self.within)


@dataclass(frozen=True, slots=True)
class SeriesCheck:
    """The observations of a series stand in one place.

    ``elements``: the places are the series elements of a message; else the observations outside such elements count, and
    one finding speaks for all.
    """

    rule: str
    component: None
    severity: Severity
    components: tuple[str, ...]
    shape: URIRef
    expected: str
    elements: bool


@dataclass(frozen=True, slots=True)
class SumCheck:
    """Where a dimension has the code of a whole, the component is the sum of what it is for the parts, other dimensions equal.

    ``compares``: figures count that differ from the sum by more than both tolerances allow; else those that cannot be
    compared, since fewer than ``required`` parts are there, one is there twice, or one is no decimal figure.
    """

    rule: str
    component: str
    severity: Severity
    within: tuple[str, ...]
    dimension: str
    whole: str
    parts: tuple[str, ...]
    required: int
    absolute: str
    relative: str
    shape: URIRef
    expected: str
    compares: bool

    @property
    def components(self) -> tuple[str, ...]:
        """The measure and the dimensions."""
        return (self.component, self.dimension, *self.within)


@dataclass(frozen=True, slots=True)
class Unstated:
    """A rule that could not be stated as a shape, or a shape that no executor can run: it is not checked, and why."""

    rule: str
    component: str | None
    reason: str
    shape: URIRef


YIELDS_TO = {
    "DF005": ("DF004",),
    "DF006": ("DF004", "DF005", "DF007"),
    "DF007": ("DF004",),
    "DF008": ("DF007",),
    "DF011": ("DF004", "DF007"),
    "DF012": ("DF004", "DF007"),
}
"""Rules that say nothing of a value at which a more basic rule is broken already, with those rules.

What is no number has no range, and what is no period no frequency: one fault, one finding. Executors compare within a
component; findings about several components at once yield to nothing. Nor does anything yield to a rule that is not
checked, or that was made less grave: see :meth:`semstat.validators.selection.Selection.yields`.
"""

RowCheck = RecordCheck | UniqueCheck | ConstantCheck | GapCheck | SeriesCheck | SumCheck
"""The checks that fail at rows."""

Check = RowCheck | ClosedCheck


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a shapes graph demands.

    ``checks`` were compiled; ``residual`` are the shapes that only a SHACL engine can run; ``unstated`` could not be said at
    all. ``components`` maps each component's id to its IRI, in the order of the shapes graph; ``dimensions`` lists the key.
    ``deselected`` are the rules that a selection took out of the plan, each with the reason.
    """

    checks: tuple[Check, ...]
    residual: tuple[URIRef, ...]
    unstated: tuple[Unstated, ...]
    components: dict[str, URIRef]
    dimensions: tuple[str, ...]
    deselected: tuple[Unstated, ...] = ()
