"""How every facet of SDMX is held: one table that the shapes, the rules on structures and the documentation read.

A row says what the facet's own value looks like, on values of which data types it is held, and what is said of the others.
What is wrong with facets by the structure's own fault (:func:`faults`) is announced where data are judged, as a check that
is not made, and found where the structure is.

Source:
    SDMX 2.1 and 3.0, SDMXStructureBase.xsd, ``TextFormatType``; SDMX 3.0, Section 2 (Information Model), *FacetType*.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from semstat.validators.structural.datatypes import TEXT_TYPES, TextType
from semstat.validators.structural.patterns import Untranslatable, portable_pattern
from semstat.validators.structural.periods import period_pattern
from semstat.validators.structural.spans import Inexact, Span, days_of

__all__ = ["FACETS", "Facet", "Fault", "faults", "is_sequence", "loose_bounds", "number_of", "whole_number_of"]

_WHOLE = r"^[+]?[0-9]+$"
_NUMBER = r"^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$"
_BOOLEAN = "^(?:true|false|1|0)$"
_ANY = frozenset(kind.family for kind in TEXT_TYPES.values())
_NUMBERS = frozenset({"number", "floating"})
_MOMENTS = frozenset({"period", "moment"})
_RANGES = frozenset({"InclusiveValueRange", "ExclusiveValueRange"})


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet.

    ``form`` is the anchored expression of its own values (``None``: a pattern, whose form no expression tells), ``said``
    that form in words. ``families`` are those of the data types on whose values it is held (see
    :attr:`semstat.validators.structural.datatypes.TextType.family`); of other types ``otherwise`` says why not. ``held``
    says what is demanded of a value.
    """

    name: str
    form: str | None
    said: str
    families: frozenset[str]
    held: str
    otherwise: str = ""
    rule: str = "DF006"


@dataclass(frozen=True, slots=True)
class Fault:
    """A facet that the structure states so that it cannot be held: which rule on structures that breaks, and why."""

    facet: str
    rule: str
    reason: str


def _numeric(name: str, held: str) -> Facet:
    return Facet(name, _NUMBER, "a number", _NUMBERS, held, "values of type {kind} are no numbers")


def _temporal(name: str, form: str | None, said: str, held: str) -> Facet:
    return Facet(name, form, said, _MOMENTS, held, "values of type {kind} are no periods with exact days")


_PERIOD = period_pattern("StandardTimePeriod", shifted_year=True)

FACETS: Mapping[str, Facet] = {
    item.name: item
    for item in (
        Facet("minLength", _WHOLE, "a whole number", _ANY, "the text has at least so many characters"),
        Facet("maxLength", _WHOLE, "a whole number", _ANY, "the text has at most so many characters"),
        _numeric("minValue", "the number is at least this; for ExclusiveValueRange it is more"),
        _numeric("maxValue", "the number is at most this; for ExclusiveValueRange it is less"),
        _numeric("startValue", "as minValue, and the sequence begins here"),
        _numeric("endValue", "as maxValue, and the sequence ends here"),
        Facet(
            "interval",
            _NUMBER,
            "a number",
            frozenset({"number"}),
            "the number lies on the sequence that begins at startValue",
            "values of type {kind} are not exact decimals",
        ),
        _temporal(
            "timeInterval",
            TEXT_TYPES["Duration"].pattern,
            "a duration",
            "the period begins on the sequence from startTime to endTime",
        ),
        _temporal("startTime", _PERIOD, "a period", "the period does not begin before this"),
        _temporal("endTime", _PERIOD, "a period", "the period does not end after this"),
        Facet(
            "decimals",
            _WHOLE,
            "a whole number",
            _NUMBERS,
            "so many digits follow the point at most",
            "values of type {kind} are no numbers",
        ),
        Facet("pattern", None, "a regular expression", _ANY, "the whole text matches"),
        Facet("isSequence", _BOOLEAN, "true or false", _ANY, "the other facets of sequences are held"),
        Facet("isMultiLingual", _BOOLEAN, "true or false", _ANY, "where false, a text stands in one language only"),
        Facet("minOccurs", _WHOLE, "a whole number", _ANY, "there are at least so many values, if any", rule="DF024"),
        Facet(
            "maxOccurs",
            r"^(?:[+]?[0-9]+|unbounded)$",
            "a whole number or `unbounded`",
            _ANY,
            "there are at most so many values",
            rule="DF024",
        ),
    )
}
"""Every facet by name."""

_PAIRS = (
    ("minLength", "maxLength"),
    ("minValue", "maxValue"),
    ("startValue", "endValue"),
    ("startTime", "endTime"),
    ("minOccurs", "maxOccurs"),
)


def number_of(text: str) -> Decimal | None:
    """Return the number that a facet gives; ``None`` for what is no finite number in digits.

    Example:
        >>> number_of("1e2"), number_of("NaN"), number_of("1_0")
        (Decimal('1E+2'), None, None)
    """
    return Decimal(text) if re.fullmatch(_NUMBER[1:-1], text) else None


def whole_number_of(text: str | None) -> int | None:
    """Return the number of characters or digits that a facet gives; ``None`` for what is no whole number.

    Example:
        >>> whole_number_of("+5"), whole_number_of("x"), whole_number_of("²"), whole_number_of(None)
        (5, None, None, None)
    """
    return int(text) if text is not None and re.fullmatch(_WHOLE[1:-1], text) else None


def is_sequence(facets: Mapping[str, str], kind: TextType) -> bool:
    """Return whether values are said to be a sequence: by the facet, or by the type Incremental."""
    return facets.get("isSequence") in {"true", "1"} or kind.name == "Incremental"


def faults(facets: Mapping[str, str], kind: TextType) -> Iterator[Fault]:
    """Yield the facets that cannot be held, by the fault of the structure that states them; one fault for each facet.

    Args:
        facets: The facets of a representation as written, by name.
        kind: The data type of its values.

    Example:
        >>> [item.reason for item in faults({"maxLength": "x", "decimals": "1"}, TEXT_TYPES["String"])]
        ['`x` is not a whole number', 'values of type String are no numbers']
    """
    found: dict[str, Fault] = {}
    for check in (_unreadable, _foreign, _contradicting):
        for fault in check({name: value for name, value in facets.items() if name not in found}, kind):
            found.setdefault(fault.facet, fault)
    for fault in _incomplete(facets, kind):
        found.setdefault(fault.facet, fault)
    yield from (found[name] for name in FACETS if name in found)


def loose_bounds(facets: Mapping[str, str], kind: TextType) -> list[str]:
    """Return the bounds of a sequence that stand without one: they are held, as bounds, though the schemas want the sequence.

    Of the types InclusiveValueRange and ExclusiveValueRange they are the bounds by definition.

    Example:
        >>> [loose_bounds({"endValue": "9"}, TEXT_TYPES[name]) for name in ("Integer", "InclusiveValueRange", "String")]
        [['endValue'], [], []]
    """
    if is_sequence(facets, kind) or kind.name in _RANGES or kind.family not in _NUMBERS:
        return []
    return [name for name in ("startValue", "endValue") if name in facets]


def _unreadable(facets: Mapping[str, str], kind: TextType) -> Iterator[Fault]:
    for name, value in facets.items():
        facet = FACETS[name]
        if facet.form is not None and not re.fullmatch(facet.form[1:-1], value):
            yield Fault(name, "DSD020", f"`{value}` is not {facet.said}")
    try:
        portable_pattern(facets.get("pattern", ""))
    except Untranslatable as reason:
        # What only lacks a portable form is right: that it is not checked is no fault of the structure.
        if "not a regular expression" in str(reason):
            yield Fault("pattern", "DSD020", f"`{facets['pattern']}` is {reason}")


def _foreign(facets: Mapping[str, str], kind: TextType) -> Iterator[Fault]:
    for name in facets:
        if kind.family not in FACETS[name].families:
            yield Fault(name, "DSD025", FACETS[name].otherwise.format(kind=kind.name))


def _contradicting(facets: Mapping[str, str], kind: TextType) -> Iterator[Fault]:
    for low, high in _PAIRS:
        if low in facets and high in facets and _is_above(low, facets[low], facets[high]):
            reason = f"{low} `{facets[low]}` is above {high} `{facets[high]}`, so that no value is right"
            yield from (Fault(name, "DSD019", reason) for name in (low, high))


def _is_above(name: str, low: str, high: str) -> bool:
    if name != "startTime":
        least, most = number_of(low), number_of(high)
        return least is not None and most is not None and least > most
    first, last = _days(low).first, _days(high).last
    return first is not None and last is not None and first > last


def _days(period: str) -> Span:
    """Return the days of a period, those of a moment being its own; none where they are not known exactly."""
    try:
        return days_of(period[:10] if period[10:11] == "T" else period)
    except Inexact:
        return Span()


def _incomplete(facets: Mapping[str, str], kind: TextType) -> Iterator[Fault]:
    sequence = is_sequence(facets, kind)
    if sequence and not {"interval", "timeInterval"} & facets.keys():
        yield Fault("isSequence", "DSD025", "no interval says which values lie on the sequence")
    for step, start in (("interval", "startValue"), ("timeInterval", "startTime")):
        if step not in facets:
            continue
        if not sequence:
            yield Fault(step, "DSD025", "isSequence does not say that the values are a sequence")
        elif start not in facets:
            yield Fault(step, "DSD025", f"no {start} says where the sequence begins")
    distance = number_of(facets.get("interval", ""))
    if distance is not None and distance <= 0:
        yield Fault("interval", "DSD025", f"an interval of {facets['interval']} makes no sequence")
