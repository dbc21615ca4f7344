"""From shapes to plan: reads a shapes graph, nothing else, and says which shapes it could not compile.

Source:
    W3C SHACL, 4 *Core Constraint Components* and 6 *SPARQL-based Constraint Components*.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rdflib import Graph, URIRef
from rdflib.collection import Collection

from semstat.ontology.access import flag, iris, text
from semstat.ontology.terms import BASE, QB, RDF, RDFS, SH, SS, SSC, SST
from semstat.validators.compile_datasets import dataset_check
from semstat.validators.compile_predicates import NOT_CONSTRAINTS, Uncompiled, exempted
from semstat.validators.diagnostics import Severity
from semstat.validators.observations import OBSERVATION_KINDS
from semstat.validators.plan import (
    YIELDS_TO,
    Check,
    ClosedCheck,
    Plan,
    RecordCheck,
    SumCheck,
    UniqueCheck,
    Unstated,
)
from semstat.validators.predicates import AnyOf, In, Not, Predicate, is_per_value, listed_values, strict
from semstat.validators.selection import EVERYTHING, Selection

__all__ = ["compile_shapes"]

_SEVERITIES = {SH.Violation: Severity.ERROR, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}
_KINDS: Mapping[URIRef, frozenset[str]] = {
    QB.Observation: OBSERVATION_KINDS,
    SST.AttributeSet: frozenset({"attributes"}),
    SST.ObservationUpdate: frozenset({"update"}),
    SST.ObservationReplacement: frozenset({"replacement"}),
}


def compile_shapes(shapes: Graph, selection: Selection = EVERYTHING) -> Plan:
    """Return the plan of a shapes graph: of its rules, those that a selection has, as grave as it says.

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
        if flag(shapes, shape, SH.deactivated):
            if (shape, SS.checksRule, None) in shapes:
                reason = text(shapes, shape, SH.message)
                unstated.append(Unstated(rule, _component(shapes, shape, ids), reason, shape))
            continue
        try:
            checks.extend(list(_checks(shapes, shape, rule, ids)))
        except Uncompiled:
            residual.append(shape)
    unique = next((check for check in checks if isinstance(check, UniqueCheck)), None)
    components = {name: URIRef(iri) for iri, name in ids.items()}
    graded = [replace(check, severity=selection.severity(check.rule, check.severity)) for check in checks]
    return Plan(
        tuple(check for check in _yielding(graded, selection) if _is_run(check, selection)),
        tuple(shape for shape in residual if selection.has(_rule(shapes, shape))),
        tuple(item for item in unstated if selection.has(item.rule)),
        components,
        unique.components if unique else (),
        tuple(_deselected([*checks, *unstated], shapes, residual, selection)),
    )


def _is_run(check: Check, selection: Selection) -> bool:
    """What is beside the components is found by one check, and is a custom column in some formats.

    Whoever has sums checked is told which could not be, though nobody may want the list of these.
    """
    other = {ClosedCheck: "DF016", SumCheck: "DF026"}.get(type(check))
    return selection.has(check.rule) or (other is not None and selection.has(other))


def _deselected(
    items: Iterable[Check | Unstated], shapes: Graph, residual: Iterable[URIRef], selection: Selection
) -> Iterator[Unstated]:
    for item in items:
        if not selection.has(item.rule):
            yield Unstated(item.rule, item.component, selection.deselected[item.rule], item.shape)
    for shape in residual:
        rule = _rule(shapes, shape)
        if not selection.has(rule):
            yield Unstated(rule, None, selection.deselected[rule], shape)


def _yielding(checks: list[Check], selection: Selection) -> Iterator[Check]:
    """Yield the checks, each made silent where a more basic check of the same component fails already.

    A check that does not yield, because the basic one is left out or less grave, says itself what it has to say: a range is
    then no longer content with what is no number (SHACL, 4.3: what cannot be compared with a bound breaks it).
    """
    for check in checks:
        if not isinstance(check, RecordCheck) or check.component is None:
            yield check
            continue
        basic = [
            other
            for other in checks
            if isinstance(other, RecordCheck)
            and other.rule in YIELDS_TO.get(check.rule, ())
            and other.component == check.component
        ]
        first = [other for other in basic if selection.yields(check.rule, check.severity, other.rule, other.severity)]
        predicate = check.predicate if len(first) == len(basic) else strict(check.predicate)
        if first:
            predicate = _after(first, check.component, predicate)
        yield replace(check, predicate=predicate)


def _after(first: Sequence[RecordCheck], component: str, predicate: Predicate) -> Predicate:
    """Return a predicate that holds where one of some others does not.

    Where every value of a list that comes first is as the predicate wants it, nothing is left to look at: formats of
    enumerations are so as a rule, and their lists may be long.
    """
    for values in (listed_values(other.predicate) for other in first):
        known = values is not None and is_per_value(predicate)
        if known and all(predicate.holds({component: [value]}) for value in values or ()):
            return In(component, frozenset(), excluded=True)
    return AnyOf((*(Not(other.predicate) for other in first), predicate))


def _targeted(shapes: Graph) -> list[URIRef]:
    """Return the shapes that stand by themselves, in a stable order: those with a target, or deactivated.

    A node shape that is a class as well targets its instances (SHACL, 2.1.3.3 *Implicit Class Targets*).
    """
    found = {node for node in iris(shapes, None, RDF.type, SH.NodeShape) if (node, RDF.type, RDFS.Class) in shapes}
    for predicate in (
        SH.targetClass,
        SH.targetNode,
        SH.targetSubjectsOf,
        SH.targetObjectsOf,
        SH.target,
        SH.deactivated,
    ):
        found.update(iris(shapes, None, predicate))
    return sorted(found)


def _rule(shapes: Graph, shape: URIRef) -> str:
    rule = shapes.value(shape, SS.checksRule)
    return str(rule).removeprefix(BASE + "rule/") if rule is not None else str(shape)


def _component(shapes: Graph, shape: URIRef, ids: Mapping[str, str]) -> str | None:
    """Return the component that findings are about: the path of a property shape, or what a node shape says."""
    return ids.get(str(shapes.value(shape, SH.path) or shapes.value(shape, SSC.concernedComponent)))


def _severity(shapes: Graph, shape: URIRef) -> Severity:
    return _SEVERITIES.get(URIRef(text(shapes, shape, SH.severity, str(SH.Violation))), Severity.ERROR)


def _expected(shapes: Graph, shape: URIRef) -> str:
    return text(shapes, shape, SH.description) or text(shapes, shape, SH.message)


def _checks(shapes: Graph, shape: URIRef, rule: str, ids: Mapping[str, str]) -> Iterator[Check]:
    targets = set(shapes.objects(shape, SH.targetClass))
    others = {item for item in shapes.predicates(shape) if str(item).startswith(str(SH.target))} - {SH.targetClass}
    if others or not targets:
        raise Uncompiled("a target that is not a class of records")
    if targets == {QB.DataSet}:
        yield dataset_check(
            shapes, shape, rule, ids, severity=_severity(shapes, shape), expected=_expected(shapes, shape)
        )
        return
    if any(item not in _KINDS for item in targets):
        raise Uncompiled("a class that is neither observations nor datasets")
    if flag(shapes, shape, SH.closed):
        yield _closed(shapes, shape, rule, ids)
        return
    kinds = frozenset(kind for item in targets for kind in _KINDS[URIRef(str(item))])
    for part in _parts(shapes, shape):
        own = _rule(shapes, part) if (part, SS.checksRule, None) in shapes else rule
        exempt, predicate = exempted(shapes, part, ids)
        left = kinds.difference(*(_KINDS[item] for item in exempt))
        severity, expected = _severity(shapes, part), _expected(shapes, part)
        yield RecordCheck(own, _component(shapes, part, ids), severity, predicate, part, expected, left)


def _parts(shapes: Graph, shape: URIRef) -> list[URIRef]:
    """Return the property shapes of a node shape that has nothing else, each a check by itself; else the shape."""
    if set(shapes.predicates(shape)) - NOT_CONSTRAINTS != {SH.property}:
        return [shape]
    return [part for part in iris(shapes, shape, SH.property) if not flag(shapes, part, SH.deactivated)]


def _closed(shapes: Graph, shape: URIRef, rule: str, ids: Mapping[str, str]) -> ClosedCheck:
    listed = shapes.value(shape, SH.ignoredProperties)
    if listed is None or set(shapes.predicates(shape)) - NOT_CONSTRAINTS - {SH.closed, SH.ignoredProperties}:
        raise Uncompiled("a closed shape with constraints of its own")
    allowed = frozenset(ids[str(item)] for item in Collection(shapes, listed) if str(item) in ids)
    return ClosedCheck(rule, None, _severity(shapes, shape), allowed, shape, _expected(shapes, shape))
