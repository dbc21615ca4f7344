"""Shapes of a component's own representation: its text type, and the facets that restrict its values.

Source:
    SDMX 3.0, Section 2 (Information Model), *Representation*, *FacetType* and *FacetValueType*.
"""

from decimal import Decimal

from rdflib import Literal

from semstat.ontology.terms import SH, XSD
from semstat.validators.structural.datatypes import TextType
from semstat.validators.structural.patterns import Untranslatable, portable_pattern
from semstat.validators.structural.sequences import is_listed_sequence
from semstat.validators.structural.view import ComponentView
from semstat.validators.structural.writer import ShapeWriter

__all__ = ["facet_shapes", "type_shapes"]


def type_shapes(writer: ShapeWriter, component: ComponentView, kind: TextType) -> None:
    """State that values have the lexical form of a text type, and lie in its range where it has one (DF005, DF007)."""
    if kind.pattern is None:
        return
    rule = "DF007" if kind.is_period else "DF005"
    such = f", such as {' or '.join(kind.examples[:6])}" if kind.examples else ""
    expected = f"{kind.name}{such}"
    iri = writer.on_value(rule, component, f"`{component.id}` takes values of type {kind.name}.", expected)
    if kind.datatype != XSD.string:
        writer.add(iri, SH.datatype, kind.datatype)
    writer.add(iri, SH.pattern, Literal(kind.pattern))
    if kind.minimum is not None:
        _bounds(writer, component, kind, (kind.minimum, kind.maximum), rule="DF005", suffix="/type-range")


def facet_shapes(writer: ShapeWriter, component: ComponentView, kind: TextType) -> None:
    """State the facets of a representation (DF006); a facet that is not checked becomes a deactivated shape."""
    facets = component.facets
    for name, predicate, words in (("minLength", SH.minLength, "at least"), ("maxLength", SH.maxLength, "at most")):
        if facets.get(name, "").isdigit():
            expected = f"{words} {facets[name]} characters"
            iri = writer.on_value("DF006", component, f"`{component.id}` has {expected}.", expected, suffix=f"/{name}")
            writer.add(iri, predicate, Literal(facets[name], datatype=XSD.integer))
    _facet_range(writer, component, kind)
    _facet_pattern(writer, component)
    if facets.get("decimals", "").isdigit() and kind.is_numeric:
        expected = f"at most {facets['decimals']} decimal place{'' if facets['decimals'] == '1' else 's'}"
        iri = writer.on_value("DF006", component, f"`{component.id}` has {expected}.", expected, suffix="/decimals")
        writer.add(iri, SH.pattern, Literal(rf"^[^.]*(?:\.[0-9]{{0,{facets['decimals']}}}(?:[eE].*)?)?$"))


def _facet_range(writer: ShapeWriter, component: ComponentView, kind: TextType) -> None:
    facets = component.facets
    bounded = 1 if is_listed_sequence(component, kind) else 2
    lows = [_number(facets[name]) for name in ("minValue", "startValue")[:bounded] if name in facets]
    highs = [_number(facets[name]) for name in ("maxValue", "endValue")[:bounded] if name in facets]
    if kind.is_numeric and (lows or highs):
        low = max((item for item in lows if item is not None), default=None)
        high = min((item for item in highs if item is not None), default=None)
        _bounds(writer, component, kind, (low, high), rule="DF006", suffix="/range")


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:
        return None


def _bounds(
    writer: ShapeWriter,
    component: ComponentView,
    kind: TextType,
    bounds: tuple[Decimal | None, Decimal | None],
    *,
    rule: str,
    suffix: str,
) -> None:
    """State a range, bounds included but for ExclusiveValueRange (SDMX 3.0, Section 2, *FacetValueType*)."""
    exclusive = kind.name == "ExclusiveValueRange"
    words = ("more than", "less than") if exclusive else ("at least", "at most")
    limits = [f"{word} {limit}" for word, limit in zip(words, bounds, strict=True) if limit is not None]
    if not limits:
        return
    expected = " and ".join(limits)
    iri = writer.on_value(rule, component, f"`{component.id}` is {expected}.", expected, suffix=suffix)
    predicates = (SH.minExclusive, SH.maxExclusive) if exclusive else (SH.minInclusive, SH.maxInclusive)
    # Bounds of the values' own type: engines compare doubles with doubles, decimals exactly.
    datatype = kind.datatype if kind.datatype in {XSD.double, XSD.float} else XSD.decimal
    for limit, predicate in zip(bounds, predicates, strict=True):
        if limit is not None:
            writer.add(iri, predicate, Literal(format(limit, "f"), datatype=datatype))


def _facet_pattern(writer: ShapeWriter, component: ComponentView) -> None:
    pattern = component.facets.get("pattern")
    if not pattern:
        return
    try:
        portable = portable_pattern(pattern)
    except Untranslatable as reason:
        writer.unstated(
            "DF006",
            f"{component.id}/pattern",
            f"the pattern of {component.id} has no portable form ({reason})",
            component.iri,
        )
        return
    iri = writer.on_value(
        "DF006",
        component,
        f"`{component.id}` matches {pattern}.",
        f"text that matches the pattern {pattern}",
        suffix="/pattern",
    )
    writer.add(iri, SH.pattern, Literal(portable))
