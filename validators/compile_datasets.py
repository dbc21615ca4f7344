"""The checks of shapes on whole datasets: constraint components of our own, recognised by their parameters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rdflib import Graph, URIRef

from semstat.ontology.terms import SSC
from semstat.validators.compile_predicates import NOT_CONSTRAINTS, Uncompiled, named
from semstat.validators.diagnostics import Severity
from semstat.validators.observations import OBSERVATION_KINDS
from semstat.validators.plan import Check, ConstantCheck, GapCheck, RecordCheck, SeriesCheck, SumCheck, UniqueCheck
from semstat.validators.predicates import AnyOf, Count, In, Matches, Not
from semstat.validators.structural.components import CONSISTENT_KEY, CONSTANT_WITHIN, UNREPEATED_KEY, marker
from semstat.validators.structural.series_components import (
    CONTINUOUS_REPORTING,
    CONTINUOUS_SERIES,
    SERIES_ONCE,
    SERIES_TOGETHER,
)
from semstat.validators.structural.sum_components import COMPARABLE_PARTS, SUM_OF_PARTS

__all__ = ["dataset_check"]

_KEY_PARAMETER = str(SSC.numbered("keyDimension", 0))[:-1]
_COUNTED = frozenset({SSC.periodDimension, SSC.frequencyDimension, SSC.frequency, SSC.countedPattern})
_CELL = frozenset({SSC.summedDimension, SSC.summedMeasure, SSC.wholeCode, SSC.partCodes, SSC.requiredParts})
_TOLERANCES = frozenset({SSC.absoluteTolerance, SSC.relativeTolerance})
_FREQUENCY = frozenset({SSC.periodDimension, SSC.frequencyDimension, SSC.frequency, SSC.periodPattern})


@dataclass(frozen=True, slots=True)
class _Shape:
    """A shape on datasets with the dimensions that it numbers."""

    shapes: Graph
    iri: URIRef
    ids: Mapping[str, str]
    rule: str
    severity: Severity
    expected: str
    dimensions: tuple[str, ...]

    def component(self, parameter: URIRef) -> str:
        return named(self.shapes.value(self.iri, parameter), self.ids)

    def text(self, parameter: URIRef) -> str:
        return str(self.shapes.value(self.iri, parameter))


def dataset_check(
    shapes: Graph, shape: URIRef, rule: str, ids: Mapping[str, str], *, severity: Severity, expected: str
) -> Check:
    """Return the check of a shape whose focus nodes are datasets.

    Raises:
        Uncompiled: the shape has another constraint than one component of ours.
    """
    names = {str(predicate): predicate for predicate in shapes.predicates(shape)}
    keys = sorted(
        (name for name in names if name.startswith(_KEY_PARAMETER)),
        key=lambda name: int(name.removeprefix(_KEY_PARAMETER)),
    )
    dimensions = tuple(named(shapes.value(shape, names[name]), ids) for name in keys)
    extra = frozenset(names.values()) - NOT_CONSTRAINTS - {names[name] for name in keys}
    given = _Shape(shapes, shape, ids, rule, severity, expected, dimensions)
    if extra == _FREQUENCY and not keys:
        return _frequency(given)
    for stem, (needs, build) in _BUILDERS.items():
        if extra == {marker(stem, len(keys)), *needs}:
            return build(given)
    raise Uncompiled("a constraint on datasets that has no columnar form")


def _frequency(given: _Shape) -> Check:
    period, frequency = given.component(SSC.periodDimension), given.component(SSC.frequencyDimension)
    stated = In(frequency, frozenset({given.text(SSC.frequency)}))
    fits = Matches(period, given.text(SSC.periodPattern))
    predicate = AnyOf((Count(frequency, maximum=0), Not(stated), fits))
    kinds = OBSERVATION_KINDS | {"attributes"}
    return RecordCheck(given.rule, period, given.severity, predicate, given.iri, given.expected, kinds)


def _unique(given: _Shape, *, contradicting: bool) -> Check:
    return UniqueCheck(
        given.rule, None, given.severity, given.dimensions, given.iri, given.expected, contradicting=contradicting
    )


def _constant(given: _Shape) -> Check:
    attribute = given.component(SSC.constantAttribute)
    return ConstantCheck(given.rule, attribute, given.severity, given.dimensions, given.iri, given.expected)


def _gap(given: _Shape, *, shifted: bool) -> Check:
    return GapCheck(
        given.rule,
        given.component(SSC.periodDimension),
        given.severity,
        given.dimensions,
        given.component(SSC.frequencyDimension),
        given.text(SSC.frequency),
        given.text(SSC.countedPattern),
        given.iri,
        given.expected,
        given.component(SSC.startDayAttribute) if shifted else None,
    )


def _series(given: _Shape, *, elements: bool) -> Check:
    return SeriesCheck(given.rule, None, given.severity, given.dimensions, given.iri, given.expected, elements=elements)


def _sum(given: _Shape, *, compares: bool) -> Check:
    return SumCheck(
        given.rule,
        given.component(SSC.summedMeasure),
        given.severity,
        given.dimensions,
        given.component(SSC.summedDimension),
        given.text(SSC.wholeCode),
        tuple(given.text(SSC.partCodes).split()),
        int(given.text(SSC.requiredParts)),
        given.text(SSC.absoluteTolerance) if compares else "0",
        given.text(SSC.relativeTolerance) if compares else "0",
        given.iri,
        given.expected,
        compares=compares,
    )


_BUILDERS: Mapping[str, tuple[frozenset[URIRef], Callable[[_Shape], Check]]] = {
    CONSISTENT_KEY: (frozenset(), lambda given: _unique(given, contradicting=True)),
    UNREPEATED_KEY: (frozenset(), lambda given: _unique(given, contradicting=False)),
    CONSTANT_WITHIN: (frozenset({SSC.constantAttribute}), _constant),
    CONTINUOUS_SERIES: (_COUNTED, lambda given: _gap(given, shifted=False)),
    CONTINUOUS_REPORTING: (_COUNTED | {SSC.startDayAttribute}, lambda given: _gap(given, shifted=True)),
    SERIES_ONCE: (frozenset(), lambda given: _series(given, elements=True)),
    SERIES_TOGETHER: (frozenset(), lambda given: _series(given, elements=False)),
    SUM_OF_PARTS: (_CELL | _TOLERANCES, lambda given: _sum(given, compares=True)),
    COMPARABLE_PARTS: (_CELL, lambda given: _sum(given, compares=False)),
}
"""For each component, by the stem of its name: its parameters beside the dimensions, and what makes the check."""
