"""Text types of SDMX: the XSD datatype of each, and its lexical form as an expression that any engine can check.

SHACL's ``sh:datatype`` already demands the lexical form, but engines are lax (rdflib takes ``1e5`` for a decimal); so a
shape states both, and the column executor reads the expression.

Source:
    SDMX 3.0, Section 2 (Information Model), *FacetValueType*; W3C XML Schema 1.1 Part 2 for the lexical forms.
"""

from dataclasses import dataclass
from decimal import Decimal

from rdflib import URIRef

from semstat.ontology.terms import XSD
from semstat.validators.structural.calendar import LEAP_YEAR
from semstat.validators.structural.periods import PERIOD_TYPES, period_examples, period_pattern

__all__ = ["TEXT_TYPES", "TextType", "text_type"]

_INTEGER = "[+-]?[0-9]+"
_DECIMAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_FLOAT = rf"(?:{_DECIMAL}(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN)"
# Years have four digits, or more that do not begin with zero; 10 000 years are whole cycles of the calendar, so that the last
# four digits tell leap years.
_MORE = "-?(?:[1-9][0-9]*)?"
_LONG = f"{_MORE}[0-9]{{4}}"
_OF_MONTH = "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
_DAY = f"(?:{_LONG}-{_OF_MONTH}|{_MORE}{LEAP_YEAR}-02-29)"
_CLOCK = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_ZONE = "(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_DURATION_TIME = (
    r"T(?:[0-9]+H(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?|[0-9]+M(?:[0-9]+(?:\.[0-9]+)?S)?|[0-9]+(?:\.[0-9]+)?S)"
)
_DURATION = (
    f"-?P(?:(?:[0-9]+Y(?:[0-9]+M)?(?:[0-9]+D)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)(?:{_DURATION_TIME})?|{_DURATION_TIME})"
)

_URN = (
    r"urn:sdmx:org\.sdmx\.infomodel\.[a-z]+\.[A-Za-z]+=[A-Za-z0-9@$._-]+:[A-Za-z0-9@$._-]+"
    r"(?:\([^()\s]+\)(?:\.[A-Za-z0-9@$._-]+)?)?"
)
_SDMX_URN = r"urn:sdmx:org\.sdmx\.infomodel\."
_OF_AGENCY = r"[A-Za-z0-9@$_-]+(?:\.[A-Za-z0-9@$_-]+)*:[A-Za-z0-9@$_-]+(?:\([0-9A-Za-z.*+-]+\))?"
_ATTACHMENT = rf"{_SDMX_URN}registry\.AttachmentConstraint={_OF_AGENCY}"
# A data provider, or the flow or agreement that data come under, and the id of one of its datasets.
_DATA_SET = (
    rf"{_SDMX_URN}(?:base\.DataProvider={_OF_AGENCY}\.[A-Za-z0-9@$_-]+"
    rf"|(?:datastructure\.(?:Dataflow|DataStructure)|registry\.ProvisionAgreement)={_OF_AGENCY})"
    r"[ ,;:/#|]+[A-Za-z0-9@$_.-]+"
)
_COORDINATE = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_POINT = f"{_COORDINATE}(?: +{_COORDINATE}){{1,3}}"


def _group(inner: str) -> str:
    return rf"\( *{inner}(?: *, *{inner})* *\)"


_POINTS = _group(_POINT)
_RINGS = _group(_POINTS)
_GEOMETRY = rf"[A-Z]+(?: +(?:Z|M|ZM))? *(?:{_POINTS}|{_RINGS}|{_group(_RINGS)})"
_FEATURES = rf"\{{ *{_group(_GEOMETRY)}(?: *:[^{{}}]*)? *\}}"
_GEOSPATIAL = rf"(?:[^,:{{}}]+(?::[^,:{{}}]+)?(?: *, *[^,:{{}}]+)?: *)?{_FEATURES}(?: *, *{_FEATURES})*(?: *:[^{{}}]*)?"


@dataclass(frozen=True, slots=True)
class TextType:
    """What a text type demands of a value.

    ``pattern`` is anchored, ``None`` where any text will do; ``minimum`` and ``maximum`` are the inclusive bounds of the
    type itself; ``examples`` are valid values for messages; ``is_period`` marks types whose values are time periods.
    ``is_parsed`` marks types whose form no expression tells. ``is_usual`` marks those whose form is one in use, since no document
    of the standard lays one down: what differs is a warning.
    """

    name: str
    datatype: URIRef
    pattern: str | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    examples: tuple[str, ...] = ()
    is_numeric: bool = False
    is_period: bool = False
    is_parsed: bool = False
    is_usual: bool = False

    @property
    def family(self) -> str:
        """What facets can hold of the type's values: ``number`` (exact), ``floating``, ``period``, ``moment`` or ``text``."""
        if self.is_numeric:
            return "floating" if self.datatype in {XSD.double, XSD.float} else "number"
        if self.is_period:
            return "period"
        return "moment" if self.datatype in {XSD.date, XSD.dateTime} else "text"


def _whole(name: str, datatype: URIRef, low: int | None = None, high: int | None = None) -> TextType:
    bounds = (None if low is None else Decimal(low), None if high is None else Decimal(high))
    return TextType(name, datatype, f"^{_INTEGER}$", *bounds, examples=("42",), is_numeric=True)


def _real(name: str, datatype: URIRef, pattern: str = _DECIMAL) -> TextType:
    return TextType(name, datatype, f"^{pattern}$", examples=("12.5",), is_numeric=True)


def _text(name: str, datatype: URIRef = XSD.string, pattern: str | None = None, *examples: str) -> TextType:
    return TextType(name, datatype, None if pattern is None else f"^{pattern}$", examples=examples)


TEXT_TYPES: dict[str, TextType] = {
    item.name: item
    for item in (
        _text("String"),
        _text("Alpha", XSD.string, "[A-Za-z]+", "abc"),
        _text("AlphaNumeric", XSD.string, "[A-Za-z0-9]+", "abc1"),
        _text("Numeric", XSD.string, "[0-9]+", "007"),
        _whole("BigInteger", XSD.integer),
        _whole("Integer", XSD.int, -(2**31), 2**31 - 1),
        _whole("Long", XSD.long, -(2**63), 2**63 - 1),
        _whole("Short", XSD.short, -(2**15), 2**15 - 1),
        _whole("Count", XSD.integer, 0),
        _real("Decimal", XSD.decimal),
        _real("Float", XSD.float, _FLOAT),
        _real("Double", XSD.double, _FLOAT),
        _real("InclusiveValueRange", XSD.decimal),
        _real("ExclusiveValueRange", XSD.decimal),
        _real("Incremental", XSD.decimal),
        _text("Boolean", XSD.boolean, "(?:true|false|1|0)", "true", "false"),
        _text("URI", XSD.anyURI, r"[^\s<>\"{}|\\^`]*", "https://example.org/"),
        _text("DateTime", XSD.dateTime, f"{_DAY}T{_CLOCK}{_ZONE}", "2024-03-31T12:00:00"),
        _text("Date", XSD.date, f"{_DAY}{_ZONE}", "2024-03-31"),
        _text("Month", XSD.gMonth, f"--(?:0[1-9]|1[0-2]){_ZONE}", "--03"),
        _text("MonthDay", XSD.gMonthDay, f"--(?:{_OF_MONTH}|02-29){_ZONE}", "--03-31"),
        _text("Day", XSD.gDay, f"---(?:0[1-9]|[12][0-9]|3[01]){_ZONE}", "---31"),
        _text("Time", XSD.time, f"{_CLOCK}{_ZONE}", "12:00:00"),
        _text("Duration", XSD.duration, _DURATION, "P1Y"),
        _text(
            "IdentifiableReference", XSD.string, _URN, "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=SDMX:CL_FREQ(2.0)"
        ),
        TextType("XHTML", XSD.string, examples=("<p>Provisional</p>",), is_parsed=True),
        TextType(
            "GeospatialInformation",
            XSD.string,
            f"^{_GEOSPATIAL}$",
            examples=("EPSG:4326, 1: {(POINT (16.37 48.21)): Vienna}",),
            is_usual=True,
        ),
        TextType("KeyValues", XSD.string, is_usual=True),
        TextType(
            "DataSetReference",
            XSD.string,
            f"^{_DATA_SET}$",
            examples=("urn:sdmx:org.sdmx.infomodel.base.DataProvider=SDMX:DATA_PROVIDERS(1.0).A1/DS1",),
            is_usual=True,
        ),
        _text(
            "AttachmentConstraintReference",
            XSD.string,
            _ATTACHMENT,
            "urn:sdmx:org.sdmx.infomodel.registry.AttachmentConstraint=SDMX:AC(1.0)",
        ),
        *(
            TextType(name, XSD.string, period_pattern(name), examples=period_examples(name), is_period=True)
            for name in PERIOD_TYPES
        ),
    )
}
"""Every text type of SDMX 2.1 and 3.x by name."""


def text_type(name: str | None, *, shifted_year: bool = False) -> TextType | None:
    """Return a text type by name; ``None`` for a name that the standard does not know or no name at all.

    Example:
        >>> text_type("Short").maximum
        Decimal('32767')
    """
    found = TEXT_TYPES.get(name or "")
    if found is None or not (found.is_period and shifted_year):
        return found
    pattern = period_pattern(found.name, shifted_year=True)
    return TextType(found.name, found.datatype, pattern, examples=found.examples, is_period=True)
