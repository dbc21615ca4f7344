"""From the shapes of one kind of record to its plan: reads the shapes graph and nothing else."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from semstat.ontology.access import flag, iris, number, text
from semstat.ontology.terms import BASE, PROV, SH, SS, SSC
from semstat.validators.compile_predicates import NOT_CONSTRAINTS, Uncompiled
from semstat.validators.diagnostics import Severity
from semstat.validators.microdata.plan import (
    CompleteCheck,
    CountCheck,
    MicrodataCheck,
    MicrodataPlan,
    ReferenceCheck,
    RowCheck,
    SetApart,
    StatisticCheck,
    UniqueCheck,
    UsedCodeCheck,
    ValueCheck,
)
from semstat.validators.microdata.row_terms import from_json
from semstat.validators.microdata.statistic_components import KINDS, stated
from semstat.validators.plan import Unstated
from semstat.validators.predicates import AllOf, AnyOf, In, Length, Matches, Not, Predicate, Range

__all__ = ["compile_record"]

_SEVERITIES = {SH.Violation: Severity.ERROR, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}
_KEY, _TARGET = (str(SSC.numbered(stem, 0))[:-1] for stem in ("keyDimension", "targetVariable"))
_OF_TARGETS = frozenset({SH.targetSubjectsOf, PROV.wasDerivedFrom})
_STATED: Mapping[URIRef, str] = {stated(kind): kind for kind in KINDS}


def compile_record(shapes: Graph, record: URIRef) -> MicrodataPlan:
    """Return what the shapes demand of the records of one kind.

    Raises:
        Uncompiled: a shape has no columnar form; those that :func:`record_shapes` writes all have one.
    """
    names = {item: text(shapes, item, SS.identifier) for item in iris(shapes, None, SS.identifier)}
    checks: list[MicrodataCheck] = []
    unstated: list[Unstated] = []
    for shape in iris(shapes, None, SS.checksRule):
        if flag(shapes, shape, SH.deactivated):
            about = iris(shapes, shape, SSC.concernedComponent)
            reason = text(shapes, shape, SH.message)
            unstated.append(Unstated(_rule(shapes, shape), names[about[0]] if about else None, reason, shape))
        elif shapes.value(shape, SH.path) is not None:
            checks.append(_of_values(shapes, shape))
        else:
            checks.append(_of_records(shapes, shape))
    sources = {
        shape: URIRef(str(node))
        for shape, node in shapes.subject_objects(PROV.wasDerivedFrom)
        if isinstance(shape, URIRef)
    }
    return MicrodataPlan(record, tuple(checks), tuple(unstated), names, sources)


def _rule(shapes: Graph, shape: URIRef) -> str:
    return str(shapes.value(shape, SS.checksRule)).removeprefix(BASE + "rule/")


def _severity(shapes: Graph, shape: URIRef) -> Severity:
    return _SEVERITIES[URIRef(text(shapes, shape, SH.severity, str(SH.Violation)))]


def _of_values(shapes: Graph, shape: URIRef) -> MicrodataCheck:
    rule, variable = _rule(shapes, shape), URIRef(text(shapes, shape, SH.path))
    severity, expected = _severity(shapes, shape), text(shapes, shape, SH.description)
    if (shape, SH.minCount, None) in shapes:
        return CompleteCheck(rule, variable, severity, shape, expected)
    predicate, together = value_predicate(shapes, shape, variable), (shape, SSC.concernedComponent, None) in shapes
    return ValueCheck(rule, variable, severity, predicate, shape, expected, together)


def value_predicate(shapes: Graph, shape: Node, variable: str) -> Predicate:
    """Return what a shape demands of each value of a variable.

    Raises:
        Uncompiled: it demands something that has no columnar form.
    """
    parts: list[Predicate] = []
    for constraint in sorted(set(shapes.predicates(shape)) - NOT_CONSTRAINTS - _OF_TARGETS, key=str):
        values = sorted(shapes.objects(shape, constraint), key=str)
        parts.extend(_constraint(shapes, constraint, value, variable) for value in values)
    if not parts:
        raise Uncompiled("a shape that demands nothing of values")
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _constraint(shapes: Graph, constraint: Node, value: Node, variable: str) -> Predicate:
    if constraint == SH["in"]:
        return In(variable, frozenset(str(item) for item in Collection(shapes, value)))
    if constraint == SH["or"]:
        return AnyOf(tuple(value_predicate(shapes, node, variable) for node in Collection(shapes, value)))
    if constraint == SH["not"]:
        return Not(value_predicate(shapes, value, variable))
    if constraint == SH.pattern:
        return Matches(variable, str(value))
    if constraint == SH.maxLength:
        return Length(variable, None, int(str(value)))
    if constraint not in _BOUNDS:
        raise Uncompiled(f"the constraint {constraint} has no columnar form")
    low, excludes = _BOUNDS[URIRef(str(constraint))]
    bound = Decimal(str(value))
    return Range(variable, bound if low else None, None if low else bound, excludes_bounds=excludes, numbers_only=True)


_BOUNDS = {
    SH.minInclusive: (True, False),
    SH.minExclusive: (True, True),
    SH.maxInclusive: (False, False),
    SH.maxExclusive: (False, True),
}


def _of_records(shapes: Graph, shape: URIRef) -> MicrodataCheck:
    rule, severity, expected = _rule(shapes, shape), _severity(shapes, shape), text(shapes, shape, SH.description)
    count = number(shapes, shape, SSC.caseCount)
    if count is not None:
        return CountCheck(rule, count, severity, shape, expected)
    kind = next((kind for item, kind in _STATED.items() if (shape, item, None) in shapes), None)
    if kind is not None:
        return _statistic(shapes, shape, kind)
    if (shape, SSC.codePattern, None) in shapes:
        pattern, code = text(shapes, shape, SSC.codePattern), text(shapes, shape, SH.name)
        variable = iris(shapes, shape, SSC.codeVariable)[0]
        return UsedCodeCheck(rule, variable, code, pattern, severity, shape, expected)
    key, target = (tuple(_numbered(shapes, shape, stem)) for stem in (_KEY, _TARGET))
    if (shape, SSC.rowCondition, None) in shapes:
        condition = from_json(text(shapes, shape, SSC.rowCondition))
        return RowCheck(rule, key[0], key, condition, severity, shape, expected)
    if target:
        record = iris(shapes, shape, SSC.referencedRecord)[0]
        return ReferenceCheck(rule, key, record, target, severity, shape, expected)
    if key:
        return UniqueCheck(rule, key, severity, shape, expected)
    raise Uncompiled(f"{shape} has a constraint on records that has no columnar form")


def _numbered(shapes: Graph, shape: URIRef, stem: str) -> Iterator[URIRef]:
    found = {int(str(name).removeprefix(stem)): value for name, value in shapes[shape] if str(name).startswith(stem)}
    for place in sorted(found):
        yield URIRef(str(found[place]))


def _statistic(shapes: Graph, shape: URIRef, kind: str) -> StatisticCheck:
    def said(predicate: URIRef) -> str:
        return text(shapes, shape, predicate)

    apart = SetApart(
        said(SSC.setApart), said(SSC.setApartFrom), said(SSC.setApartTo), flag(shapes, shape, SSC.absentCounts)
    )
    weight = next(iter(iris(shapes, shape, SSC.weightingVariable)), None)
    return StatisticCheck(
        _rule(shapes, shape),
        iris(shapes, shape, SSC.measuredVariable)[0],
        kind,
        said(stated(kind)),
        said(SSC.tolerance),
        apart,
        flag(shapes, shape, SSC.othersCount),
        said(SSC.codePattern),
        weight,
        _severity(shapes, shape),
        shape,
        said(SH.description),
    )
