"""From shapes to plan: reads a shapes graph, nothing else, and says which shapes it could not compile.

Source:
    W3C SHACL, 4 *Core Constraint Components* and 6 *SPARQL-based Constraint Components*.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from semstat.ontology.terms import BASE, QB, RDF, SH, SS, SSC, SST, XSD
from semstat.validators.diagnostics import Severity
from semstat.validators.plan import YIELDS_TO, Check, ClosedCheck, ConstantCheck, Plan, RecordCheck, UniqueCheck, Unstated
from semstat.validators.predicates import AllOf, AnyOf, Count, In, Length, Matches, Not, Predicate, Range
from semstat.validators.structural.components import CONSTANT_WITHIN, UNIQUE_KEY
from semstat.validators.structural.datatypes import TEXT_TYPES

__all__ = ["compile_shapes"]

_SEVERITIES = {SH.Violation: Severity.ERROR, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}
_NOT_CONSTRAINTS = frozenset(
    {RDF.type, SS.checksRule, SH.severity, SH.message, SH.description, SH.name, SH.path, SH.targetClass, SH.deactivated, SH.flags}
)
_LEXICAL = {kind.datatype: kind.pattern for kind in TEXT_TYPES.values() if kind.pattern and kind.datatype != XSD.string}
_KEY_PARAMETER = str(SSC.numbered("keyDimension", 0))[:-1]


class _Uncompiled(ValueError):
    """The shape says something that a plan cannot hold; the text says what."""


def compile_shapes(shapes: Graph) -> Plan:
    """Return the plan of a shapes graph.

    Shapes that bear no rule of the catalogue count as well: their IRI stands in for the rule. Shapes that target anything
    but observations, attribute-only records or datasets, and shapes with constraints that have no columnar form, are left
    to the graph executor as ``residual``.
    """
    ids = {str(iri): str(name) for iri, name in shapes.subject_objects(SS.identifier)}
    checks: list[Check] = []
    residual: list[URIRef] = []
    unstated: list[Unstated] = []
    for shape in _targeted(shapes):
        rule = _rule(shapes, shape)
        if _is_true(shapes.value(shape, SH.deactivated)):
            unstated.append(Unstated(rule, _component(shapes, shape, ids), str(shapes.value(shape, SH.message, default="")), shape))
            continue
        try:
            checks.extend(_checks(shapes, shape, rule, ids))
        except _Uncompiled:
            residual.append(shape)
    unique = next((check for check in checks if isinstance(check, UniqueCheck)), None)
    components = {name: URIRef(iri) for iri, name in ids.items()}
    return Plan(tuple(_yielding(checks)), tuple(residual), tuple(unstated), components, unique.components if unique else ())


def _yielding(checks: list[Check]) -> Iterator[Check]:
    """Yield the checks, each made silent where a more basic check of the same component fails already."""
    for check in checks:
        basic = YIELDS_TO.get(check.rule, ())
        failing = tuple(
            Not(other.predicate)
            for other in checks
            if isinstance(other, RecordCheck) and other.rule in basic and other.component == check.component
        )
        if isinstance(check, RecordCheck) and check.component is not None and failing:
            yield replace(check, predicate=AnyOf((*failing, check.predicate)))
        else:
            yield check


def _targeted(shapes: Graph) -> list[URIRef]:
    """Return the shapes that stand by themselves, in a stable order: those with a target, or deactivated."""
    found: set[URIRef] = set()
    for predicate in (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target, SH.deactivated):
        found.update(node for node in shapes.subjects(predicate, None) if isinstance(node, URIRef))
    return sorted(found)


def _rule(shapes: Graph, shape: URIRef) -> str:
    rule = shapes.value(shape, SS.checksRule)
    return str(rule).removeprefix(BASE + "rule/") if rule is not None else str(shape)


def _is_true(node: Node | None) -> bool:
    return node is not None and str(node) in {"true", "1"}


def _component(shapes: Graph, shape: URIRef, ids: Mapping[str, str]) -> str | None:
    return ids.get(str(shapes.value(shape, SH.path)))


def _checks(shapes: Graph, shape: URIRef, rule: str, ids: Mapping[str, str]) -> Iterator[Check]:
    severity = _SEVERITIES.get(URIRef(str(shapes.value(shape, SH.severity, default=SH.Violation))), Severity.ERROR)
    expected = str(shapes.value(shape, SH.description, default=""))
    targets = set(shapes.objects(shape, SH.targetClass))
    others = {predicate for predicate in shapes.predicates(shape) if str(predicate).startswith(str(SH.target)) and predicate != SH.targetClass}
    if others or not targets:
        raise _Uncompiled("a target that is not a class of records")
    if targets == {QB.DataSet}:
        yield _dataset_check(shapes, shape, rule, severity, expected, ids)
    elif targets <= {QB.Observation, SST.AttributeSet} and QB.Observation in targets:
        if _is_true(shapes.value(shape, SH.closed)):
            yield _closed(shapes, shape, rule, severity, expected, ids)
            return
        predicate = _predicate(shapes, shape, ids)
        yield RecordCheck(rule, _component(shapes, shape, ids), severity, predicate, shape, expected, targets == {QB.Observation})
    else:
        raise _Uncompiled("a class that is neither observations nor datasets")


def _closed(shapes: Graph, shape: URIRef, rule: str, severity: Severity, expected: str, ids: Mapping[str, str]) -> ClosedCheck:
    listed = shapes.value(shape, SH.ignoredProperties)
    if listed is None or set(shapes.predicates(shape)) - _NOT_CONSTRAINTS - {SH.closed, SH.ignoredProperties}:
        raise _Uncompiled("a closed shape with constraints of its own")
    allowed = frozenset(ids[str(item)] for item in Collection(shapes, listed) if str(item) in ids)
    return ClosedCheck(rule, None, severity, allowed, shape, expected)


def _dataset_check(shapes: Graph, shape: URIRef, rule: str, severity: Severity, expected: str, ids: Mapping[str, str]) -> Check:
    names = {str(predicate): predicate for predicate in shapes.predicates(shape)}
    keys = sorted((name for name in names if name.startswith(_KEY_PARAMETER)), key=lambda name: int(name.removeprefix(_KEY_PARAMETER)))
    dimensions = tuple(_named(shapes.value(shape, names[name]), ids) for name in keys)
    used = {names[name] for name in keys}
    unique, constant = (SSC.numbered(stem[0].lower() + stem[1:], len(keys)) for stem in (UNIQUE_KEY, CONSTANT_WITHIN))
    extra = set(names.values()) - _NOT_CONSTRAINTS - used
    if extra == {unique}:
        return UniqueCheck(rule, None, severity, dimensions, shape, expected)
    if extra == {constant, SSC.constantAttribute}:
        attribute = _named(shapes.value(shape, SSC.constantAttribute), ids)
        return ConstantCheck(rule, attribute, severity, dimensions, shape, expected)
    if extra == {SSC.periodDimension, SSC.frequencyDimension, SSC.frequency, SSC.periodPattern}:
        period = _named(shapes.value(shape, SSC.periodDimension), ids)
        frequency = _named(shapes.value(shape, SSC.frequencyDimension), ids)
        stated = In(frequency, frozenset({str(shapes.value(shape, SSC.frequency))}))
        fits = Matches(period, str(shapes.value(shape, SSC.periodPattern)))
        predicate = AnyOf((Count(frequency, maximum=0), Not(stated), fits))
        return RecordCheck(rule, period, severity, predicate, shape, expected, observations_only=False)
    raise _Uncompiled("a constraint on datasets that has no columnar form")


def _named(node: Node | None, ids: Mapping[str, str]) -> str:
    if str(node) not in ids:
        raise _Uncompiled(f"{node} is not a component with an id")
    return ids[str(node)]


def _predicate(shapes: Graph, shape: Node, ids: Mapping[str, str]) -> Predicate:
    parts = list(_logical(shapes, shape, ids))
    path = shapes.value(shape, SH.path)
    if path is not None:
        parts.extend(_value_parts(shapes, shape, _named(path, ids)))
    constraints = set(shapes.predicates(shape)) - _NOT_CONSTRAINTS
    unknown = constraints - _KNOWN
    if unknown or not parts or (path is None and constraints & _ON_VALUES):
        raise _Uncompiled(f"constraints without a columnar form: {sorted(unknown)}")
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


_ON_VALUES = {
    SH["in"],
    SH.pattern,
    SH.datatype,
    SH.hasValue,
    SH.minLength,
    SH.maxLength,
    SH.minCount,
    SH.maxCount,
    SH.minInclusive,
    SH.maxInclusive,
    SH.minExclusive,
    SH.maxExclusive,
}
_KNOWN = _ON_VALUES | {SH["not"], SH["and"], SH["or"], SH.node, SH.property}


def _logical(shapes: Graph, shape: Node, ids: Mapping[str, str]) -> Iterator[Predicate]:
    path = shapes.value(shape, SH.path)

    def inner(node: Node) -> Predicate:
        # Below a property shape, a node shape speaks of that property's values.
        return _predicate(shapes, node, ids) if path is None else _of_values(shapes, node, _named(path, ids))

    for node in sorted(shapes.objects(shape, SH["not"])):
        yield Not(inner(node))
    for link in (SH.node, SH.property):
        for node in sorted(shapes.objects(shape, link)):
            yield inner(node)
    for link, joint in ((SH["and"], AllOf), (SH["or"], AnyOf)):
        for head in sorted(shapes.objects(shape, link)):
            yield joint(tuple(inner(node) for node in Collection(shapes, head)))


def _of_values(shapes: Graph, node: Node, component: str) -> Predicate:
    """Return the predicate of a node shape applied to the values of a component.

    ``sh:not`` over values means *no value conforms*; for a single-valued component that equals *the value does not conform*.
    """
    if set(shapes.predicates(node)) - _NOT_CONSTRAINTS - {SH["in"]}:
        raise _Uncompiled("a nested shape with more than a list of values")
    parts = [AllOf((Count(component, minimum=1), part)) for part in _value_parts(shapes, node, component)]
    return parts[0]


def _value_parts(shapes: Graph, shape: Node, component: str) -> Iterator[Predicate]:
    def number(predicate: URIRef) -> int | None:
        value = shapes.value(shape, predicate)
        return None if value is None else int(str(value))

    def bound(predicate: URIRef) -> Decimal | None:
        value = shapes.value(shape, predicate)
        return None if value is None else Decimal(str(value))

    for head in sorted(shapes.objects(shape, SH["in"])):
        yield In(component, frozenset(_text(item) for item in Collection(shapes, head)))
    for value in sorted(shapes.objects(shape, SH.hasValue)):
        yield AllOf((Count(component, minimum=1), In(component, frozenset({_text(value)}))))
    yield from _lexical(shapes, shape, component)
    if (shape, SH.minLength, None) in shapes or (shape, SH.maxLength, None) in shapes:
        yield Length(component, number(SH.minLength), number(SH.maxLength))
    if (shape, SH.minCount, None) in shapes or (shape, SH.maxCount, None) in shapes:
        yield Count(component, number(SH.minCount) or 0, number(SH.maxCount))
    for low, high, excludes in ((SH.minInclusive, SH.maxInclusive, False), (SH.minExclusive, SH.maxExclusive, True)):
        limits = bound(low), bound(high)
        if limits != (None, None):
            yield Range(component, *limits, excludes_bounds=excludes)


def _lexical(shapes: Graph, shape: Node, component: str) -> Iterator[Predicate]:
    patterns = [str(pattern) for pattern in sorted(shapes.objects(shape, SH.pattern))]
    flags = str(shapes.value(shape, SH.flags, default=""))
    if set(flags) - set("ims"):
        raise _Uncompiled(f"pattern flags {flags}")
    for pattern in patterns:
        yield Matches(component, pattern, flags)
    for datatype in shapes.objects(shape, SH.datatype):
        if datatype == XSD.string:
            yield Count(component)
        elif datatype not in _LEXICAL:
            raise _Uncompiled(f"datatype {datatype}")
        elif not patterns:
            # Our own shapes state the lexical form beside the datatype; only foreign ones need it added.
            yield Matches(component, str(_LEXICAL[URIRef(str(datatype))]))


def _text(node: Node) -> str:
    if not isinstance(node, Literal):
        raise _Uncompiled(f"{node} is not a literal")
    return str(node)
