"""What the executors read: a stream of Arrow record batches and a word on where each value stands."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "ACTION",
    "ACTION_KINDS",
    "GROUP_LINE",
    "KIND",
    "LANGUAGES",
    "LANGUAGE_MARK",
    "LINE",
    "NOT_AVAILABLE",
    "NOT_A_NUMBER",
    "OBSERVATION_KINDS",
    "PART_SEPARATOR",
    "PER_RECORD",
    "RECORD_KINDS",
    "SERIES_LINE",
    "SOURCE",
    "VERSION_SEPARATOR",
    "Observations",
]

LINE = "_line"
"""Column (int64): the line of the observation: start of its tag, or of its CSV record; counted from 1; null if unknown."""

SERIES_LINE = "_series_line"
"""Column (int64): the line of the ``<Series>`` that the observation stands in."""

GROUP_LINE = "_group_line:"
"""Prefix of columns (int64): ``_group_line:UNIT_MULT`` is the line of the ``<Group>`` that gave UNIT_MULT its value."""

SOURCE = "_source"
"""Column (small integer): which of several datasets that are judged as one the record stands in, counted from 0."""

KIND = "_kind"
"""Column (int8): what the record is, an index into :data:`RECORD_KINDS`; absent column: all records are observations."""

RECORD_KINDS = ("observation", "attributes", "delete", "update", "replacement")
"""``attributes``: a partial key that only carries attributes (a group or series without observations, an SDMX-CSV row
whose key is partial). ``delete``: a record of a *delete* action; its values are marks, not values. ``update``: an observation
of a *merge* (or *append*) action, which leaves alone what it does not state. ``replacement``: an observation of a *replace*
action, which leaves alone what is attached above it."""

OBSERVATION_KINDS = frozenset({"observation", "update", "replacement"})
"""The kinds of records that are observations, whatever is done with them."""

ACTION_KINDS = {"Append": "update", "Merge": "update", "Replace": "replacement"}
"""What the action of a dataset makes of its observations; with any other action, or none, they are judged in full."""

PER_RECORD = "per record"
"""In place of a dataset's action: each record states its own."""

ACTION = "_action"
"""Column (string): the letter of the record's SDMX-CSV action (I, A, M, R, D), as far as one is stated; for converters."""

PART_SEPARATOR = "\x1f"
"""Joins the parts of a multi-valued component (SDMX 3.0) in one cell; XML cannot contain it."""

LANGUAGES = "_languages:"
"""Prefix of columns (string): ``_languages:TITLE`` holds the texts of TITLE with their languages, where those are stated: the
parts of the cell in the same order, each with all its versions, of which the cell itself holds the first."""

VERSION_SEPARATOR = "\x1e"
"""Joins the versions of one part in several languages, in a column of :data:`LANGUAGES`."""

LANGUAGE_MARK = "\x1d"
"""Stands between the language of a version and its text, in a column of :data:`LANGUAGES`."""


NOT_AVAILABLE = "#N/A"
"""The value, of any type, of what is missing on purpose (SDMX-CSV 2.1 field guide)."""

NOT_A_NUMBER = "NaN"
"""The same for floats and doubles."""


@dataclass(frozen=True, slots=True)
class Observations:
    """A dataset on its way to an executor.

    ``batches`` yields record batches whose columns are component ids of type string or dictionary of string (null =
    absent, empty string = present and empty), plus the reserved columns above. Batches may differ in their columns; a
    component that a batch lacks is absent from all its records; columns that the structure does not know are reported as
    unknown components. ``levels`` maps a component to the reserved column that says on which line its value stands, where
    that is not ``_line``; a component of the dataset itself maps to ``"_dataset"`` and stands on ``dataset_line``.
    ``multivalued`` names the components whose cells hold several parts joined by ``PART_SEPARATOR``. ``allows_custom_columns``: the
    format lets a file carry columns beside the components (SDMX-CSV), so that an unknown one is information, not a fault.
    ``is_table``: the records come from a table, whose columns stand in a header (on ``header_line``, where it has lines), so
    that a column that is missing is one fault, not one for each record. ``series_level`` names the components that belong to
    a series: in a message where one of them is nowhere given, it is the series that lack it. ``action`` is that of the dataset
    as written, ``PER_RECORD`` where records state theirs by their kind, ``None`` where nothing says it.
    ``position`` turns what stands in the columns of lines into line and column, for formats whose lines tell too little (JSON
    may be one long line): there the columns hold offsets. ``spelt`` says, by component and value, where values stand that the
    records give by number; a fault of the value itself is a fault of that place.
    """

    batches: "Iterator[pa.RecordBatch]"
    source: str | None = None
    levels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    dataset_line: int | None = None
    multivalued: frozenset[str] = frozenset()
    allows_custom_columns: bool = False
    is_table: bool = False
    header_line: int | None = None
    series_level: frozenset[str] = frozenset()
    action: str | None = None
    position: Callable[[int], tuple[int, int]] | None = None
    spelt: Mapping[str, Mapping[str, int]] = field(default_factory=lambda: MappingProxyType({}))
