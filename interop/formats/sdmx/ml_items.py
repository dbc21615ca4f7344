"""What the parsers of SDMX-ML data say, in the order of the message."""

from dataclasses import dataclass

from semstat.interop.formats.sdmx.ml_header import Declaration
from semstat.interop.formats.sdmx.ml_records import Element, Records
from semstat.validators.diagnostics import Severity

__all__ = ["DataSetAttributes", "DataSetStart", "Finding", "GroupElement", "Item"]


@dataclass(frozen=True, slots=True)
class DataSetStart:
    """A dataset begins. ``declaration`` is the header's, ``None`` when ``structure_ref`` is not declared there."""

    structure_ref: str | None
    declaration: Declaration | None
    action: str | None
    attributes: Element
    line: int


@dataclass(frozen=True, slots=True)
class DataSetAttributes:
    """Attributes of the dataset that stand in an element of their own (SDMX 3.x ``Atts``)."""

    attributes: Element


@dataclass(frozen=True, slots=True)
class GroupElement:
    """A group: its type's local name, its attributes, its line; ``late`` if it stands after series or observations."""

    type: str | None
    attributes: Element
    line: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to report in the tally of the dataset at this place of the message."""

    rule: str
    message: str
    line: int | None = None
    column: int | None = None
    path: str | None = None
    value: str | None = None
    severity: Severity | None = None


Item = DataSetStart | DataSetAttributes | GroupElement | Records | Finding
