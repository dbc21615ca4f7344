"""Representations fitted to a dialect."""

from dataclasses import replace

from semstat.interop.formats.sdmx.fit import fit_reference
from semstat.interop.formats.sdmx.model import Representation
from semstat.interop.formats.sdmx.target import Writing

__all__ = ["fit_representation"]

_OCCURRENCES = ("minOccurs", "maxOccurs")
_TIME_FACETS = frozenset({"startTime", "endTime"})
_CODED = frozenset({"decimals", "isMultiLingual"})
_CODED_TYPES = frozenset(
    {"Decimal", "Float", "Double", "DateTime", "Time", "TimeRange", "XHTML", "GeospatialInformation", "KeyValues"}
)


def fit_representation(
    representation: Representation, writing: Writing, part: str, *, place: str = "", single: bool = False
) -> Representation:
    """Return a representation as the target says it.

    Args:
        representation: What the values of a concept or component are.
        writing: The target and the account.
        part: The id of the concept or component.
        place: The class of the component whose local representation it is, empty for the core representation of a concept:
            the schema does not admit the same everywhere.
        single: Whether the component can have one value only.

    Findings:
        ``IO205`` for each facet, text type or enumeration that the target does not have.
    """
    dialect = writing.dialect
    text_type = representation.text_type
    if text_type in dialect.missing_text_types:
        message = f"the text type `{text_type}` does not exist in SDMX-ML {dialect.version}; String is written"
        writing.entry.lose("IO205", message, part=part, value=text_type)
        text_type = "String"
    if representation.enumeration is not None and text_type in _CODED_TYPES:
        writing.entry.lose("IO205", f"codes cannot have the text type `{text_type}`", part=part, value=text_type)
        text_type = None
    facets = []
    for key, value in representation.facets:
        if _admits(key, representation, place, legacy=dialect.legacy, single=single):
            facets.append((key, value))
        elif (key, value) not in (("minOccurs", "1"), ("maxOccurs", "1")):
            message = f"`{key}` = `{value}` cannot be said of it in SDMX-ML {dialect.version}"
            writing.entry.lose("IO205", message, part=part, value=f"{key}={value}")
    sentinels, enumeration = representation.sentinels, representation.enumeration
    if sentinels and (dialect.legacy or enumeration is not None):
        values = " ".join(sentinel.value for sentinel in sentinels)
        message = f"the sentinel values `{values}` cannot be said of it in SDMX-ML {dialect.version}"
        writing.entry.lose("IO205", message, part=part, value=values)
        sentinels = ()
    return replace(
        representation,
        enumeration=enumeration and fit_reference(enumeration, writing, part=part),
        text_type=text_type,
        facets=tuple(facets),
        sentinels=sentinels,
    )


def _admits(key: str, representation: Representation, place: str, *, legacy: bool, single: bool) -> bool:
    if key in _OCCURRENCES:
        return not legacy and not single
    if place == "TimeDimension":
        return key in _TIME_FACETS
    if representation.enumeration is not None and key in _CODED:
        return False
    return not (key == "isMultiLingual" and (single or (legacy and place)))
