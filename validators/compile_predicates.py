"""The predicate of a shape: what SHACL Core says of the values of one record, as data.

Source:
    W3C SHACL, 4 *Core Constraint Components*.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from semstat.ontology.access import number, text
from semstat.ontology.terms import RDF, SH, SS, SSC, XSD
from semstat.validators.predicates import AllOf, AnyOf, Count, In, Length, Matches, Not, Predicate, Range, Unless
from semstat.validators.structural.datatypes import TEXT_TYPES

__all__ = ["NOT_CONSTRAINTS", "Uncompiled", "exempted", "named", "predicate_of"]

NOT_CONSTRAINTS = frozenset(
    {
        RDF.type,
        SS.checksRule,
        SH.severity,
        SH.message,
        SH.description,
        SH.name,
        SH.order,
        SH.group,
        SH.path,
        SH.targetClass,
        SH.deactivated,
        SH.flags,
        SSC.concernedComponent,
    }
)
"""Properties of a shape that demand nothing of values."""

_BOUNDS = (SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.maxExclusive)
_ON_VALUES = frozenset(
    {SH["in"], SH.pattern, SH.datatype, SH.hasValue, SH.minLength, SH.maxLength, SH.minCount, SH.maxCount, *_BOUNDS}
)
_ON_EACH = _ON_VALUES - {SH.minCount, SH.maxCount, SH.hasValue}
_ON_NODES = frozenset({SH["not"], SH["and"], SH["or"], SH.node, SH.property})
_LEXICAL = {kind.datatype: kind.pattern for kind in TEXT_TYPES.values() if kind.pattern and kind.datatype != XSD.string}


class Uncompiled(ValueError):
    """The shape says something that a plan cannot hold; the text says what."""


def predicate_of(shapes: Graph, shape: Node, ids: Mapping[str, str]) -> Predicate:
    """Return what a shape demands of a record.

    Args:
        shapes: The shapes graph.
        shape: A node shape that speaks of a record, or a property shape whose path is a component.
        ids: The id of each component, by IRI.

    Raises:
        Uncompiled: the shape, or one inside it, has a constraint without a columnar form.
    """
    path = shapes.value(shape, SH.path)
    constraints = set(shapes.predicates(shape)) - NOT_CONSTRAINTS
    known = _ON_NODES if path is None else _ON_VALUES | {SH["not"], SH["or"]}
    if constraints - known or not constraints:
        raise Uncompiled(f"constraints without a columnar form: {sorted(map(str, constraints - known))}")
    parts = tuple(_of_node(shapes, shape, ids) if path is None else _of_values(shapes, shape, named(path, ids)))
    return parts[0] if len(parts) == 1 else AllOf(parts)


def exempted(shapes: Graph, shape: URIRef, ids: Mapping[str, str]) -> tuple[frozenset[URIRef], Predicate]:
    """Return the classes of records that a shape lets pass, and what it demands of the others.

    It lets a class pass by a disjunction with a member that demands the class and nothing else.

    Raises:
        Uncompiled: the shape, or one inside it, has a constraint without a columnar form.
    """
    head = shapes.value(shape, SH["or"])
    alone = set(shapes.predicates(shape)) - NOT_CONSTRAINTS == {SH["or"]}
    if head is None or not alone or (shape, SH.path, None) in shapes:
        return frozenset(), predicate_of(shapes, shape, ids)
    members = list(Collection(shapes, head))
    classes = {node: cls for node in members if (cls := _only_class(shapes, node)) is not None}
    parts = tuple(predicate_of(shapes, node, ids) for node in members if node not in classes)
    return frozenset(classes.values()), parts[0] if len(parts) == 1 else AnyOf(parts)


def _only_class(shapes: Graph, node: Node) -> URIRef | None:
    cls = shapes.value(node, SH["class"])
    return cls if set(shapes.predicates(node)) - NOT_CONSTRAINTS == {SH["class"]} and isinstance(cls, URIRef) else None


def named(node: Node | None, ids: Mapping[str, str]) -> str:
    """Return the id of a component.

    Raises:
        Uncompiled: the node is no component: a longer path, or a property that no id is known for.
    """
    if str(node) not in ids:
        raise Uncompiled(f"{node} is not a component with an id")
    return ids[str(node)]


def _of_node(shapes: Graph, shape: Node, ids: Mapping[str, str]) -> Iterator[Predicate]:
    for node in _sorted(shapes, shape, SH["not"]):
        yield Not(predicate_of(shapes, node, ids))
    for link in (SH.node, SH.property):
        for node in _sorted(shapes, shape, link):
            yield predicate_of(shapes, node, ids)
    for head in _sorted(shapes, shape, SH["and"]):
        yield AllOf(tuple(predicate_of(shapes, node, ids) for node in Collection(shapes, head)))
    for head in _sorted(shapes, shape, SH["or"]):
        yield AnyOf(tuple(predicate_of(shapes, node, ids) for node in Collection(shapes, head)))


def _of_values(shapes: Graph, shape: Node, component: str) -> Iterator[Predicate]:
    for head in _sorted(shapes, shape, SH["in"]):
        yield In(component, _members(shapes, head))
    for node in _sorted(shapes, shape, SH["not"]):
        yield _excluded(shapes, node, component)
    for head in _sorted(shapes, shape, SH["or"]):
        yield _spared(shapes, list(Collection(shapes, head)), component)
    for value in _sorted(shapes, shape, SH.hasValue):
        # SHACL wants the value to be among several; with one value that is the same as being it.
        yield AllOf((Count(component, minimum=1, maximum=1), In(component, frozenset({_literal(value)}))))
    yield from _lexical(shapes, shape, component)
    lengths, counts = ((number(shapes, shape, low), number(shapes, shape, high)) for low, high in _WHOLE)
    if lengths != (None, None):
        yield Length(component, *lengths)
    if counts != (None, None):
        yield Count(component, counts[0] or 0, counts[1])
    yield from _ranges(shapes, shape, component)


def _spared(shapes: Graph, members: list[Node], component: str) -> Predicate:
    """Return the predicate of ``sh:or`` on a property: each value is in a list, or it is as a shape demands."""
    lists = [node for node in members if set(shapes.predicates(node)) - NOT_CONSTRAINTS == {SH["in"]}]
    if len(members) != 2 or not lists or set(shapes.predicates(members[1])) - NOT_CONSTRAINTS - _ON_EACH:
        raise Uncompiled("a disjunction of more than a list of values and a demand on values")
    spared = _members(shapes, _sorted(shapes, lists[0], SH["in"])[0])
    parts = tuple(_of_values(shapes, next(node for node in members if node != lists[0]), component))
    return Unless(component, spared, parts[0] if len(parts) == 1 else AllOf(parts))


_WHOLE = ((SH.minLength, SH.maxLength), (SH.minCount, SH.maxCount))


def _excluded(shapes: Graph, node: Node, component: str) -> Predicate:
    """Return the predicate of ``sh:not`` on a property: no value may conform; only lists of values are compiled."""
    if set(shapes.predicates(node)) - NOT_CONSTRAINTS != {SH["in"]}:
        raise Uncompiled("a negated shape with more than a list of values")
    heads = _sorted(shapes, node, SH["in"])
    return In(component, _members(shapes, heads[0]), excluded=True)


def _ranges(shapes: Graph, shape: Node, component: str) -> Iterator[Predicate]:
    for low, high, excludes in (
        (SH.minInclusive, SH.maxInclusive, False),
        (SH.minExclusive, SH.maxExclusive, True),
    ):
        bounds = shapes.value(shape, low), shapes.value(shape, high)
        if bounds != (None, None):
            floating = any(isinstance(item, Literal) and item.datatype in {XSD.double, XSD.float} for item in bounds)
            minimum, maximum = (None if item is None else Decimal(str(item)) for item in bounds)
            yield Range(component, minimum, maximum, excludes_bounds=excludes, floating=floating)


def _lexical(shapes: Graph, shape: Node, component: str) -> Iterator[Predicate]:
    patterns = [str(pattern) for pattern in _sorted(shapes, shape, SH.pattern)]
    flags = text(shapes, shape, SH.flags)
    if set(flags) - set("ims"):
        raise Uncompiled(f"pattern flags {flags}")
    for pattern in patterns:
        yield Matches(component, pattern, flags)
    for datatype in shapes.objects(shape, SH.datatype):
        form = _LEXICAL.get(URIRef(str(datatype)))
        if datatype == XSD.string:
            yield Count(component)
        elif form is None:
            raise Uncompiled(f"datatype {datatype}")
        elif not patterns:
            # Our own shapes state the lexical form beside the datatype; only foreign ones need it added.
            yield Matches(component, form)


def _members(shapes: Graph, head: Node) -> frozenset[str]:
    return frozenset(_literal(item) for item in Collection(shapes, head))


def _literal(node: Node) -> str:
    if not isinstance(node, Literal):
        raise Uncompiled(f"{node} is not a literal")
    return str(node)


def _sorted(shapes: Graph, shape: Node, predicate: URIRef) -> list[Node]:
    return sorted(shapes.objects(shape, predicate), key=str)
