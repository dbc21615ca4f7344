"""Shapes of a component's own representation: its data type, and the facets that restrict its values.

What is held of which type stands in :mod:`semstat.validators.structural.facet_table`; here it is put into SHACL. A facet that is
not held becomes a deactivated shape that says why. Of codes the same is held as of other values, as a warning: a code of the
list that breaks the format of the enumeration is a matter of the structure, which contradicts itself.

Source:
    SDMX 3.0, Section 2 (Information Model), *Representation*, *FacetType* and *FacetValueType*; SDMX 2.1 and 3.0,
    SDMXStructureBase.xsd, ``CodedTextFormatType``.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from rdflib import Literal

from semstat.ontology.terms import SH, SST, XSD
from semstat.validators.diagnostics import Severity
from semstat.validators.predicates import Range
from semstat.validators.structural.datatypes import TextType
from semstat.validators.structural.facet_table import FACETS, faults, number_of, whole_number_of
from semstat.validators.structural.patterns import Untranslatable, portable_pattern
from semstat.validators.structural.sequences import is_listed_sequence, sequence_shapes
from semstat.validators.structural.view import ComponentView
from semstat.validators.structural.writer import ShapeWriter

__all__ = ["representation_shapes"]

_NARROW = frozenset({XSD.string, XSD.date, XSD.dateTime, XSD.time})
"""Datatypes that shapes do not state beside the form: engines refuse valid values, such as 24:00:00 or the year 12024."""


def representation_shapes(writer: ShapeWriter, component: ComponentView, kind: TextType, *, shifted: bool) -> None:
    """State the data type and the facets of a component's representation; ``shifted``: reporting years begin on any day."""
    _type(writer, component, kind)
    wrong = {fault.facet: fault.reason for fault in faults(component.facets, kind)}
    for name, reason in wrong.items():
        writer.unheld(FACETS[name].rule, component, name, reason)
    kept = {name: value for name, value in component.facets.items() if name not in wrong}
    sound = replace(component, facets=kept)
    _lengths(writer, sound)
    _facet_range(writer, sound, kind)
    _facet_pattern(writer, sound)
    _decimals(writer, sound)
    _language(writer, sound)
    sequence_shapes(writer, sound, kind, shifted=shifted)


def _type(writer: ShapeWriter, component: ComponentView, kind: TextType) -> None:
    """State that values have the lexical form of a data type, and lie in its range where it has one (DF005, DF007)."""
    if kind.is_parsed:
        said = f"whether {component.id} is well-formed {kind.name} is told by parsing it, not by a shape"
        parsed = writer.unstated("DF005", component.id, said, component.iri)
        writer.add(parsed, SST.textType, Literal(kind.name))
    if kind.pattern is None:
        return
    rule = "DF007" if kind.is_period else "DF005"
    such = f", such as {' or '.join(kind.examples[:6])}" if kind.examples else ""
    message = f"`{component.id}` takes values of type {kind.name}."
    usual = Severity.WARNING if kind.is_usual else None
    iri = writer.on_form(rule, component, message, f"{kind.name}{such}", severity=usual)
    # Codes are plain strings, whatever their form.
    if kind.datatype not in _NARROW and component.codelist is None:
        writer.add(iri, SH.datatype, kind.datatype)
    writer.add(iri, SH.pattern, Literal(kind.pattern))
    if kind.minimum is not None:
        _bounds(writer, component, kind, (kind.minimum, kind.maximum), rule="DF005", suffix="/type-range")


def _lengths(writer: ShapeWriter, component: ComponentView) -> None:
    for name, predicate, words in (("minLength", SH.minLength, "at least"), ("maxLength", SH.maxLength, "at most")):
        number = whole_number_of(component.facets.get(name))
        if number is not None:
            expected = f"{words} {number} character{'' if number == 1 else 's'}"
            message = f"`{component.id}` has {expected}."
            iri = writer.on_form("DF006", component, message, expected, suffix=f"/{name}")
            writer.add(iri, predicate, Literal(str(number), datatype=XSD.integer))


def _language(writer: ShapeWriter, component: ComponentView) -> None:
    """Say that a text stands in one language; no constraint can, so that another module looks at it."""
    if component.facets.get("isMultiLingual") in {"false", "0"}:
        said = f"in how many languages a text of {component.id} stands is not looked at"
        iri = writer.unstated("DF006", f"{component.id}/isMultiLingual", said, component.iri)
        writer.add(iri, SST.isMultiLingual, Literal("false"))


def _decimals(writer: ShapeWriter, component: ComponentView) -> None:
    number = whole_number_of(component.facets.get("decimals"))
    if number is not None:
        expected = f"at most {number} decimal place{'' if number == 1 else 's'}"
        iri = writer.on_form("DF006", component, f"`{component.id}` has {expected}.", expected, suffix="/decimals")
        writer.add(iri, SH.pattern, Literal(rf"^[^.]*(?:\.[0-9]{{0,{number}}}(?:[eE].*)?)?$"))


def _facet_range(writer: ShapeWriter, component: ComponentView, kind: TextType) -> None:
    facets = component.facets
    bounded = 1 if is_listed_sequence(component, kind) else 2
    lows = [number_of(facets[name]) for name in ("minValue", "startValue")[:bounded] if name in facets]
    highs = [number_of(facets[name]) for name in ("maxValue", "endValue")[:bounded] if name in facets]
    if lows or highs:
        low = max((item for item in lows if item is not None), default=None)
        high = min((item for item in highs if item is not None), default=None)
        _bounds(writer, component, kind, (low, high), rule="DF006", suffix="/range")


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
    expected = " and ".join(limits)
    if component.codelist is not None and component.codes is None:
        said = f"the range of {component.id} is not checked: its values are codes, and their list is not at hand"
        writer.unstated(rule, f"{component.id}{suffix}", said, component.iri)
        return
    iri = writer.on_form(rule, component, f"`{component.id}` is {expected}.", expected, suffix=suffix)
    if component.codes is not None:
        writer.listed(iri, SH["in"], map(Literal, _within(component.codes, bounds, exclusive=exclusive)))
        return
    predicates = (SH.minExclusive, SH.maxExclusive) if exclusive else (SH.minInclusive, SH.maxInclusive)
    # Bounds of the values' own type: engines compare doubles with doubles, decimals exactly.
    datatype = kind.datatype if kind.datatype in {XSD.double, XSD.float} else XSD.decimal
    for limit, predicate in zip(bounds, predicates, strict=True):
        if limit is not None:
            writer.add(iri, predicate, Literal(format(limit, "f"), datatype=datatype))


def _within(codes: Sequence[str], bounds: tuple[Decimal | None, Decimal | None], *, exclusive: bool) -> list[str]:
    """Return the codes that keep to bounds: SHACL compares numbers, and codes are plain strings."""
    low, high = bounds
    judge = Range("", low, high, excludes_bounds=exclusive)
    return [code for code in codes if judge.holds({"": [code]})]


def _facet_pattern(writer: ShapeWriter, component: ComponentView) -> None:
    pattern = component.facets.get("pattern")
    if not pattern:
        return
    try:
        portable = portable_pattern(pattern)
    except Untranslatable as reason:
        said = f"the pattern of {component.id} has no portable form ({reason})"
        writer.unstated("DF006", f"{component.id}/pattern", said, component.iri)
        return
    expected = f"text that matches the pattern {pattern}"
    iri = writer.on_form("DF006", component, f"`{component.id}` matches {pattern}.", expected, suffix="/pattern")
    writer.add(iri, SH.pattern, Literal(portable))
