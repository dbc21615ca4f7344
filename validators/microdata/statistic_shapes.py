"""Shapes of the figures that documentation states: counts, summary statistics, frequencies, weighted or not (S1 to S4).

Source:
    DDI Codebook 2.6, ``sumStat`` and ``catStat`` with ``@wgtd`` and ``@wgt-var``.
"""

from collections.abc import Mapping

from rdflib import Literal, URIRef

from semstat.ontology.terms import SSC
from semstat.validators.microdata.conventions import decimal, is_system_missing, set_apart
from semstat.validators.microdata.described_files import DescribedVariable, StatedStatistic
from semstat.validators.microdata.patterns import NOTHING, code_pattern, decimal_places
from semstat.validators.microdata.plan import SetApart
from semstat.validators.microdata.record_writer import RecordWriter, boolean
from semstat.validators.microdata.statistic_components import declare_statistic, stated
from semstat.validators.producer_conventions import Conventions

__all__ = ["add_statistic", "statistic_shapes", "tolerance"]

_FIGURES = {
    "minimum": "Minimum",
    "maximum": "Maximum",
    "mean": "Mean",
    "median": "Median",
    "mode": "Mode",
    "standard deviation": "Deviation",
}
_COUNTS = {"valid", "invalid", "frequency"}
_WEIGHED = {"Mean", "Deviation"}


def statistic_shapes(made: RecordWriter, conventions: Conventions) -> None:
    """Add a shape for each figure that is stated of a variable of a record."""
    weights = {item.name: item for item in reversed(made.record.variables)}
    for variable in made.record.variables:
        for place, figure in enumerate(variable.statistics, 1):
            try:
                _figure(made, variable, figure, conventions, weights, f"statistic-{place}")
            except _Unstatable as reason:
                made.unstated(_rule(figure), variable, f"statistic-{place}", str(reason))


class _Unstatable(ValueError):
    """A figure that no shape can state; the text says why."""


def _rule(figure: StatedStatistic) -> str:
    if figure.weighted:
        return "MD034"
    return {"valid": "MD031", "invalid": "MD031", "frequency": "MD033", "percent": "MD033"}.get(figure.kind, "MD032")


def _figure(
    made: RecordWriter,
    variable: DescribedVariable,
    figure: StatedStatistic,
    conventions: Conventions,
    weights: Mapping[str, DescribedVariable],
    part: str,
) -> None:
    what = described(figure)
    if decimal(figure.value) is None:
        raise _Unstatable(f"the {what} of `{variable.name}` is stated as `{figure.value}`, which is no number")
    kind = _kind(variable, figure, what)
    weight = _weight(variable, figure, weights, what)
    apart, others = _apart(variable, figure, conventions)
    message = f"The {what} of `{variable.name}` is {figure.value}."
    iri = made.on_record(_rule(figure), variable, message, f"a {what} of {figure.value}", part=part)
    made.derived(iri, figure.iri)
    if kind.endswith("Share"):
        made.writer.add(iri, SSC.codePattern, Literal(code_pattern(figure.code or "")))
    add_statistic(made, iri, variable, kind, figure.value, apart, others=others, weight=weight)


def described(figure: StatedStatistic) -> str:
    """Return what a figure is, in words."""
    named = {"valid": "number of valid cases", "invalid": "number of invalid cases"}.get(figure.kind, figure.kind)
    code = f" of {figure.code}" if figure.code is not None else ""
    return f"{'weighted ' if figure.weighted else ''}{named}{code}"


def _kind(variable: DescribedVariable, figure: StatedStatistic, what: str) -> str:
    weighted = "Weighted" if figure.weighted else ""
    if figure.kind in _COUNTS:
        return "Weight" if figure.weighted else "Count"
    if figure.kind == "percent":
        return f"{weighted}Share"
    kind = _FIGURES.get(figure.kind)
    if kind is None:
        raise _Unstatable(f"the statistic `{figure.kind}` of `{variable.name}` is not one with an agreed meaning")
    if figure.weighted and kind in {"Median", "Mode"}:
        raise _Unstatable(f"the {what} of `{variable.name}` can be computed in several ways, and nothing says in which")
    return weighted + kind if kind in _WEIGHED else kind


def _weight(
    variable: DescribedVariable, figure: StatedStatistic, weights: Mapping[str, DescribedVariable], what: str
) -> DescribedVariable | None:
    if not figure.weighted:
        return None
    name = figure.weight or variable.weight
    if name is None:
        raise _Unstatable(f"the {what} of `{variable.name}` is stated, and no variable is named as its weight")
    if name not in weights:
        raise _Unstatable(f"the weight `{name}` of `{variable.name}` is no variable of the same record")
    return weights[name]


def _apart(variable: DescribedVariable, figure: StatedStatistic, conventions: Conventions) -> tuple[SetApart, bool]:
    if figure.kind == "frequency":
        code = figure.code
        if code is None:
            raise _Unstatable(f"a frequency of `{variable.name}` is stated, and not of which code")
        missing = is_system_missing(code)
        return SetApart(NOTHING if missing else code_pattern(code), "1", "0", absent=missing), False
    # A percentage may be one of the valid cases, however these are counted.
    declared = conventions.declared_is_invalid or figure.kind == "percent"
    apart = set_apart(variable, declared=declared)
    if apart is None:
        raise _Unstatable(f"`{variable.name}` has several ranges of missing values, which cannot be told apart at once")
    return apart, figure.kind == "valid"


def tolerance(kind: str, figure: str) -> str:
    """Return how far a computed figure may lie from the one stated: half a unit of its last decimal, of which three count at least.

    Counts of records are exact. Percentages are customarily rounded, so that the decimals they have count.

    Example:
        >>> tolerance("Mean", "3.25"), tolerance("Mean", "3.2541"), tolerance("Count", "12"), tolerance("Share", "64.8")
        ('0.00050000325', '0.0000500032541', '0', '0.0500000648')
    """
    if kind == "Count":
        return "0"
    size = decimal(figure)
    places = len(figure.strip().partition(".")[2]) if kind.endswith("Share") else max(decimal_places(figure), 3)
    half = decimal(f"0.5e-{places}")
    if size is None or half is None:
        raise ValueError(f"{figure!r} is no number")
    return f"{(half + abs(size) * _RELATIVE).normalize():f}"


_RELATIVE = decimal("1e-9") or 0


def add_statistic(
    made: RecordWriter,
    shape: URIRef,
    variable: DescribedVariable,
    kind: str,
    figure: str,
    apart: SetApart,
    *,
    others: bool,
    weight: DescribedVariable | None,
) -> None:
    """Put the component of a kind of statistics on a shape, with its parameters, and declare it."""
    declare_statistic(made.graph, kind)
    made.writer.add(shape, stated(kind), Literal(figure.strip()))
    made.writer.add(shape, SSC.measuredVariable, variable.iri)
    made.writer.add(shape, SSC.tolerance, Literal(tolerance(kind, figure)))
    made.writer.add(shape, SSC.setApart, Literal(apart.pattern))
    made.writer.add(shape, SSC.setApartFrom, Literal(apart.low))
    made.writer.add(shape, SSC.setApartTo, Literal(apart.high))
    if kind in {"Count", "Weight"}:
        made.writer.add(shape, SSC.absentCounts, boolean(value=apart.absent))
        made.writer.add(shape, SSC.othersCount, boolean(value=others))
    if weight is not None and (kind.startswith("Weight")):
        made.writer.add(shape, SSC.weightingVariable, weight.iri)
