"""What only SDMX-ML 2.0 says of a component: role flags, attachment across sections, the code that a measure stands for.

Source:
    SDMX 2.0, SDMXStructure.xsd, ``DimensionType``, ``AttributeType`` and ``CrossSectionalMeasureType``.
"""

from lxml import etree

from semstat.interop.formats.sdmx.source import Source
from semstat.interop.formats.sdmx.vocabulary import OLD

__all__ = ["OLD_ATTRIBUTES", "read_old"]

_FLAGS = (
    "isFrequencyDimension",
    "isEntityDimension",
    "isCountDimension",
    "isNonObservationTimeDimension",
    "isIdentityDimension",
    "isMeasureDimension",
    "isTimeFormat",
    "isEntityAttribute",
    "isNonObservationalTimeAttribute",
    "isCountAttribute",
    "isFrequencyAttribute",
    "isIdentityAttribute",
)
_LEVELS = ("DataSet", "Group", "Section", "Observation")
_CROSS = "crossSectionalAttach"
OLD_ATTRIBUTES = frozenset(
    OLD + name for name in (*_FLAGS, *(_CROSS + level for level in _LEVELS), "measureDimension", "code")
)
"""The attributes of components that only 2.0 has."""


def read_old(
    source: Source, element: etree._Element, unread: list[str]
) -> tuple[tuple[str, ...], tuple[tuple[str, bool], ...], tuple[str, str] | None]:
    """Return the role flags that are true, the levels across sections, and measure dimension and code of a measure."""
    if source.version != "2.0":
        return (), (), None
    flags = tuple(name for name in _FLAGS if source.flag(element, OLD + name, unread))
    stated = ((level, source.flag(element, OLD + _CROSS + level, unread)) for level in _LEVELS)
    levels = tuple((level, value) for level, value in stated if value is not None)
    dimension, code = element.get(OLD + "measureDimension"), element.get(OLD + "code")
    return flags, levels, (dimension, code) if dimension is not None and code is not None else None
