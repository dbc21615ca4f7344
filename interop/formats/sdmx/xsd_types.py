"""Simple types of a structure's schema: code lists as enumerations, text formats and their facets as restrictions."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from rdflib import URIRef

from semstat.ontology.iri import known_name
from semstat.validators.structural.datatypes import TEXT_TYPES
from semstat.validators.structural.facet_table import faults
from semstat.validators.structural.view import ComponentView

__all__ = ["simple_type", "type_name"]

_TYPES = {
    **dict.fromkeys(("BigInteger", "Count"), "xs:integer"),
    **dict.fromkeys(("Decimal", "InclusiveValueRange", "ExclusiveValueRange", "Incremental"), "xs:decimal"),
    **{"Integer": "xs:int", "Long": "xs:long", "Short": "xs:short", "Float": "xs:float", "Double": "xs:double"},
    **{"Boolean": "xs:boolean", "URI": "xs:anyURI", "DateTime": "xs:dateTime", "Time": "xs:time"},
    **{
        "GregorianYear": "xs:gYear",
        "GregorianYearMonth": "xs:gYearMonth",
        "GregorianDay": "xs:date",
        "Date": "xs:date",
    },
    **{"Month": "xs:gMonth", "MonthDay": "xs:gMonthDay", "Day": "xs:gDay", "Duration": "xs:duration"},
    **{
        name: f"com:{name}Type"
        for name in (
            *("Alpha", "AlphaNumeric", "Numeric", "TimeRange", "ReportingTimePeriod"),
            *("ObservationalTimePeriod", "StandardTimePeriod", "BasicTimePeriod", "GregorianTimePeriod"),
            *("ReportingYear", "ReportingSemester", "ReportingTrimester", "ReportingQuarter"),
            *("ReportingMonth", "ReportingWeek", "ReportingDay"),
        )
    },
}
"""The type of the schemas for each text type (SDMX 2.1 and 3.0 Section 3A, *Representation*); any other is text."""

_TEXT = "xs:string"
_BOUNDED = frozenset({"xs:integer", "xs:decimal", "xs:int", "xs:long", "xs:short", "xs:float", "xs:double"})
_LENGTHS = frozenset({_TEXT, "com:AlphaType", "com:AlphaNumericType", "com:NumericType", "xs:anyURI"})


def type_name(component: ComponentView) -> str:
    """Return the name under which a component's type is referred to in a schema of its structure."""
    if component.codes is not None and component.codelist is not None:
        return _list_name(component.codelist)
    base = _base(component)
    return f"{component.id}_TYPE" if list(_facets(component, base)) else base


def simple_type(component: ComponentView) -> tuple[str, str] | None:
    """Return the name and the definition of a component's type, ``None`` where a type of the standard's own will do."""
    name = type_name(component)
    if component.codes is not None and component.codelist is not None:
        facets = [f"<xs:enumeration value={quoteattr(code, _ESCAPES)}/>" for code in component.codes]
        base = _TEXT
    else:
        base = _base(component)
        facets = list(_facets(component, base))
        if not facets:
            return None
    inside = "".join(f"\n      {facet}" for facet in facets)
    return name, (
        f'  <xs:simpleType name="{name}">\n    <xs:restriction base="{base}">{inside}\n    </xs:restriction>\n'
        "  </xs:simpleType>\n"
    )


def _base(component: ComponentView) -> str:
    base = _TYPES.get(component.text_type or "", _TEXT)
    # The period and the start day have a type in the standard's own schemas, which any other could not restrict.
    if base == _TEXT and component.role == "time":
        return "com:ObservationalTimePeriodType"
    return "xs:gMonthDay" if base == _TEXT and component.id == "REPORTING_YEAR_START_DAY" else base


_ESCAPES = {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}


def _list_name(codelist: URIRef) -> str:
    name = known_name(codelist)
    return re.sub(r"[^\w.-]", "_", f"{name.agency}.{name.id}.{name.version or 'unversioned'}")


def _facets(component: ComponentView, base: str) -> Iterator[str]:
    """Yield the facets that XML Schema can state of a base type, in its words; a sequence's steps it cannot.

    What the structure states so that it cannot be held would make the schema one that no processor takes.
    """
    side = "Exclusive" if component.text_type == "ExclusiveValueRange" else "Inclusive"
    stated = (
        ("minLength", "minLength", base in _LENGTHS),
        ("maxLength", "maxLength", base in _LENGTHS),
        ("minValue", f"min{side}", base in _BOUNDED),
        ("maxValue", f"max{side}", base in _BOUNDED),
        ("decimals", "fractionDigits", base == "xs:decimal"),
        ("pattern", "pattern", True),
    )
    kind = TEXT_TYPES.get(component.text_type or "String", TEXT_TYPES["String"])
    wrong = {fault.facet for fault in faults(component.facets, kind)}
    for name, facet, fits in stated:
        if fits and name in component.facets and name not in wrong:
            yield f"<xs:{facet} value={quoteattr(component.facets[name], _ESCAPES)}/>"
