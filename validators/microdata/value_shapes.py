"""Shapes of single values: types and decimals, width and padding, listed codes, missing values, ranges (V1 to V6).

Source:
    DDI Codebook 2.6, ``var``: ``varFormat``, ``location``, ``catgry``, ``valrng``, ``invalrng``.
"""

from collections.abc import Iterator
from decimal import Decimal

from rdflib import Literal, URIRef

from semstat.ontology.terms import SH, SSC, XSD
from semstat.validators.diagnostics import Severity
from semstat.validators.microdata.case_components import declare_used
from semstat.validators.microdata.conventions import (
    decimal,
    declared_missing,
    is_system_missing,
    lists_every_value,
    stretches,
)
from semstat.validators.microdata.described_files import DescribedVariable, StatedRange
from semstat.validators.microdata.patterns import NUMBER, any_of, code_pattern, exactly, width_pattern
from semstat.validators.microdata.record_writer import RecordWriter
from semstat.validators.producer_conventions import Conventions

__all__ = ["is_numeric", "value_shapes"]

_SHOWN = 8
_EXTENDED = r"^\s*[.][a-z]\s*$"
_UNPADDED = r"^[^\s]([\s\S]*[^\s])?$"
_SUSPECTS = r"^\s*(-?9|9*(97|98|99)|-[1-9]|-?9*(7|8|9){2})\s*$"


def value_shapes(made: RecordWriter, conventions: Conventions) -> None:
    """Add what the documentation demands of the values of each variable of a record."""
    declares = any(declared_missing(item) or any(stretches(item)) for item in made.record.variables)
    declare_used(made.graph)
    for variable in made.record.variables:
        _types(made, variable)
        _width(made, variable)
        if variable.codes:
            _listed(made, variable, conventions)
            _spelling(made, variable)
            _used(made, variable)
        if declares:
            _missing(made, variable)
        if variable.ranges:
            _ranges(made, variable)


def is_numeric(variable: DescribedVariable) -> bool:
    """Tell whether the values of a variable are said to be numbers."""
    return (variable.storage or "").casefold() in _NUMERIC or variable.representation == "numeric"


_NUMERIC = frozenset({"numeric", "integer", "float", "double", "decimal", "long", "int", "byte", "number", "real"})


def _types(made: RecordWriter, variable: DescribedVariable) -> None:
    if not is_numeric(variable):
        return
    message = f"The values of `{variable.name}` are numbers."
    iri = made.on_values("MD021", variable, message, "a number")
    spared = made.member(iri, "spared")
    judged = made.member(iri, "number")
    made.writer.listed(iri, SH["or"], [spared, judged])
    made.writer.add(spared, SH.pattern, Literal(_EXTENDED))
    made.writer.add(judged, SH.pattern, Literal(NUMBER))
    if variable.decimals is not None and variable.start is None:
        places = variable.decimals
        message = f"The values of `{variable.name}` are shown with {places} decimals."
        expected = f"at most {places} decimals, as they are displayed"
        iri = made.on_values("MD021", variable, message, expected, part="decimals", severity=Severity.INFO)
        made.writer.add(iri, SSC.concernedComponent, variable.iri)
        made.writer.add(iri, SH.pattern, Literal(rf"^[^.]*([.][0-9]{{0,{places}}}0*\s*)?$|[eE]|^\s*[.][a-z]\s*$"))


def _width(made: RecordWriter, variable: DescribedVariable) -> None:
    if variable.width is not None and variable.start is None:
        message = f"The values of `{variable.name}` fit a width of {variable.width}."
        expected = f"at most {variable.width} characters"
        iri = made.on_values("MD022", variable, message, expected, part="width")
        made.writer.add(iri, SSC.concernedComponent, variable.iri)
        if is_numeric(variable) or variable.decimals is not None:
            made.writer.add(iri, SH.pattern, Literal(width_pattern(variable.width, variable.decimals or 0)))
        else:
            made.writer.add(iri, SH.maxLength, Literal(str(variable.width), datatype=XSD.integer))
    if not variable.codes and not is_numeric(variable) and variable.representation == "text":
        message = f"The values of `{variable.name}` have no blanks around them."
        iri = made.on_values("MD022", variable, message, "text without blanks around it", part="padding")
        made.writer.add(iri, SH.pattern, Literal(_UNPADDED))


def _codes(variable: DescribedVariable) -> list[str]:
    return [code.value for code in variable.codes if not is_system_missing(code.value)]


def _listed(made: RecordWriter, variable: DescribedVariable, conventions: Conventions) -> None:
    codes = list(dict.fromkeys([*_codes(variable), *declared_missing(variable)]))
    shown = ", ".join(codes[:_SHOWN]) + (" …" if len(codes) > _SHOWN else "")
    exhaustive = lists_every_value(variable, conventions)
    how = "takes the listed codes" if exhaustive else "has values that are listed, though its list need not be complete"
    severity = Severity.ERROR if exhaustive else Severity.INFO
    expected = f"one of {shown}" if shown else "no value: the list has no code"
    iri = made.on_values("MD023", variable, f"`{variable.name}` {how}.", expected, severity=severity)
    spelt, set_apart = (made.member(iri, name) for name in ("spelt", "extended"))
    made.writer.add(spelt, SH.pattern, Literal(any_of(codes)))
    made.writer.add(set_apart, SH.pattern, Literal(_EXTENDED))
    ranges = list(_range_members(made, iri, list(stretches(variable)), "missing"))
    made.writer.listed(iri, SH["or"], [spelt, set_apart, *ranges])


def _spelling(made: RecordWriter, variable: DescribedVariable) -> None:
    codes = [*_codes(variable), *declared_missing(variable)]
    if not codes:
        return
    message = f"The values of `{variable.name}` are spelt as the codes that they stand for."
    iri = made.on_values("MD022", variable, message, "the code as it is listed", part="spelling")
    exact, other, spelt = (made.member(iri, name) for name in ("exact", "other", "spelt"))
    made.writer.add(exact, SH.pattern, Literal(exactly(codes)))
    made.writer.add(other, SH["not"], spelt)
    made.writer.add(spelt, SH.pattern, Literal(any_of(codes)))
    made.writer.listed(iri, SH["or"], [exact, other])


def _used(made: RecordWriter, variable: DescribedVariable) -> None:
    figures = {item.code: item.value for item in variable.statistics if item.kind == "frequency" and not item.weighted}
    for place, code in enumerate(variable.codes, 1):
        if is_system_missing(code.value):
            continue
        said = figures.get(code.value)
        about = f"its frequency is said to be {said}" if said is not None else "no frequency is said of it"
        message = f"Code {code.value} of `{variable.name}` is used."
        iri = made.on_record(
            "MD024", variable, message, f"some record with {code.value}: {about}", part=f"used-{place}"
        )
        made.derived(iri, code.iri)
        made.writer.add(iri, SSC.codeVariable, variable.iri)
        made.writer.add(iri, SSC.codePattern, Literal(code_pattern(code.value)))
        made.writer.add(iri, SH.name, Literal(code.value))


def _missing(made: RecordWriter, variable: DescribedVariable) -> None:
    """Stata's own missing values have to be declared; numbers that look like missing values should be."""
    declared = list(declared_missing(variable))
    message = f"The missing values of `{variable.name}` are declared."
    iri = made.on_values("MD025", variable, message, "a missing value that is declared")
    known, other, extended = (made.member(iri, name) for name in ("declared", "other", "extended"))
    made.writer.add(known, SH.pattern, Literal(any_of(declared)))
    made.writer.add(other, SH["not"], extended)
    made.writer.add(extended, SH.pattern, Literal(_EXTENDED))
    made.writer.listed(iri, SH["or"], [known, other])
    if not variable.codes and not variable.ranges:
        return
    message = f"No value of `{variable.name}` looks like a missing value without being one."
    iri = made.on_values(
        "MD025",
        variable,
        message,
        "a declared missing value, or one that is listed or in range",
        part="suspects",
        severity=Severity.INFO,
    )
    known, other, suspect = (made.member(iri, name) for name in ("known", "other", "suspect"))
    made.writer.add(known, SH.pattern, Literal(any_of([*declared, *_codes(variable)])))
    made.writer.add(other, SH["not"], suspect)
    made.writer.add(suspect, SH.pattern, Literal(_SUSPECTS))
    inside = _range_members(made, iri, [*variable.ranges, *stretches(variable)], "range")
    made.writer.listed(iri, SH["or"], [known, other, *inside])


def _ranges(made: RecordWriter, variable: DescribedVariable) -> None:
    stated = [text for item in variable.ranges for text in (item.low, item.high) if text is not None]
    bad = [text for text in stated if decimal(text) is None]
    if bad or not stated:
        reason = f"the valid range of `{variable.name}` is not one of numbers" + (f": `{bad[0]}`" if bad else "")
        made.unstated("MD026", variable, "range", reason)
        return
    said = " or ".join(map(_worded, variable.ranges))
    iri = made.on_values("MD026", variable, f"`{variable.name}` lies within {said}.", said)
    other, number, missing = (made.member(iri, name) for name in ("other", "number", "missing"))
    made.writer.add(other, SH["not"], number)
    made.writer.add(number, SH.pattern, Literal(NUMBER))
    made.writer.add(missing, SH.pattern, Literal(any_of(declared_missing(variable))))
    inside = _range_members(made, iri, [*variable.ranges, *stretches(variable)], "range")
    made.writer.listed(iri, SH["or"], [*inside, missing, other])


def _worded(stretch: StatedRange) -> str:
    if stretch.low == stretch.high:
        return str(stretch.low)
    low = f"{'from' if stretch.low_included else 'above'} {stretch.low}" if stretch.low is not None else ""
    high = f"{'to' if stretch.high_included else 'below'} {stretch.high}" if stretch.high is not None else ""
    return f"{low} {high}".strip()


def _range_members(made: RecordWriter, shape: URIRef, ranges: list[StatedRange], stem: str) -> Iterator[URIRef]:
    for place, stretch in enumerate(ranges, 1):
        limits = [
            (SH.minInclusive if stretch.low_included else SH.minExclusive, _bound(stretch.low, below=True)),
            (SH.maxInclusive if stretch.high_included else SH.maxExclusive, _bound(stretch.high, below=False)),
        ]
        if all(bound is None for _, bound in limits):
            continue
        iri = made.member(shape, f"{stem}-{place}")
        for predicate, bound in limits:
            if bound is not None:
                made.writer.add(iri, predicate, Literal(f"{bound:f}", datatype=XSD.decimal))
        yield iri


_PRINTED = 15
"""Digits to which programs print a double that has seventeen: so many are rounded, and not meant."""


def _bound(figure: str | None, *, below: bool) -> Decimal | None:
    """Return a bound as a number; one that was rounded in print gives way by half a unit of its last digit."""
    bound = decimal(figure)
    if bound is None or len(bound.as_tuple().digits) < _PRINTED:
        return bound
    half = Decimal(5).scaleb(int(bound.as_tuple().exponent) - 1)
    return bound - half if below else bound + half
