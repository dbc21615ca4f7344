"""One dataset of a data file, as every data reader hands it on: what it refers to, its records, and a running tally."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from semstat.interop.formats.sdmx.header import NO_HEADER, Header
from semstat.validators.diagnostics import Diagnostic
from semstat.validators.observations import Observations
from semstat.validators.structural.headers import NOTHING_SAID, HeaderFacts

__all__ = ["UNIDENTIFIED", "ComponentIds", "Dataset", "FindStructure", "Kept", "SetFacts", "StructureRef", "Tally"]


@dataclass(frozen=True, slots=True)
class StructureRef:
    """The structure, dataflow or provision agreement that a dataset names.

    ``kind`` is ``"DataStructure"``, ``"Dataflow"``, ``"ProvisionAgreement"`` or ``None`` where the format does not say
    (SDMX-CSV 1.0 always names a dataflow). ``version`` is ``None`` where the message gives none; ``agency`` is empty
    there (SDMX-ML 2.0 names a key family by its id alone).
    """

    kind: str | None
    agency: str
    id: str
    version: str | None = None

    @property
    def short(self) -> str:
        """The form that people write: ``ECB:EXR(1.0)``."""
        return (
            (f"{self.agency}:" if self.agency else "")
            + self.id
            + (f"({self.version})" if self.version is not None else "")
        )


@dataclass(frozen=True, slots=True)
class ComponentIds:
    """The ids of a structure's components, by role: what a reader must know to place values.

    ``dimensions`` stand in the order of the structure and include the time dimension; ``groups`` maps a group's id to
    its dimensions; ``multivalued`` names components that may hold several values (SDMX 3.0); ``coded`` the components
    that have a code list or value list (``None`` if that is not known). ``cross_measures`` maps the name of a
    cross-sectional measure (SDMX 2.0) to the measure dimension and the code of it that the measure stands for.
    ``attached`` maps an attribute to the dimensions that it is attached to, once for each group that it may stand on.

    Time and the primary measure have other names in other versions: ``fixed_ids`` maps TIME_PERIOD and OBS_VALUE, which they
    are called since SDMX 2.1, to their ids in a structure of 2.0, ``concept_ids`` the ids of their concepts, which they are
    called in messages of 2.0, to their ids in later structures.
    """

    dimensions: tuple[str, ...]
    time_dimension: str | None = None
    measure_dimension: str | None = None
    attributes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    multivalued: frozenset[str] = frozenset()
    coded: frozenset[str] | None = None
    cross_measures: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    attached: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    fixed_ids: Mapping[str, str] = field(default_factory=dict)
    concept_ids: Mapping[str, str] = field(default_factory=dict)

    def meant(self, name: str) -> str:
        """Return the id of the component that a message of SDMX 2.1 or later means by a name.

        Example:
            >>> ComponentIds(("WHEN",), "WHEN", fixed_ids={"TIME_PERIOD": "WHEN"}).meant("TIME_PERIOD")
            'WHEN'
        """
        return self.fixed_ids.get(name, name)

    @property
    def all(self) -> tuple[str, ...]:
        """Every component id: dimensions, measures, attributes."""
        return (*self.dimensions, *self.measures, *self.attributes)


FindStructure = Callable[[StructureRef | None], ComponentIds | None]
"""Tells a reader the components of the structure that a dataset names; ``None`` when it is not at hand.

Called with ``None`` for a file that names no structure (plain CSV, Parquet).
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A part of a message that is kept as XML and not interpreted: reference metadata, annotations, the data provider.

    ``place`` names the element that it stands in, ``line`` the line on which it begins. ``xml`` stands by itself; it is
    empty where the part, or all that is kept of the dataset, is longer than what is held in memory.
    """

    name: str
    place: str
    line: int
    xml: str


@dataclass(slots=True)
class Tally:
    """What a reader counted and found in one dataset so far; complete once its batches are consumed.

    ``observations`` counts observations (records, for CSV), ``series`` and ``groups`` the elements of those names;
    ``kept`` holds what is not interpreted.
    """

    observations: int = 0
    series: int = 0
    groups: int = 0
    diagnostics: list[Diagnostic] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SetFacts:
    """What a message says of a dataset as a whole that no rule judges: it is there to be handed on.

    ``set_id`` is the dataset's id, ``provider`` the URN of who provides it (the id alone, where no more is said). ``others``
    holds what has no field here, as names and texts.
    """

    set_id: str | None = None
    provider: str | None = None
    others: tuple[tuple[str, str], ...] = ()


UNIDENTIFIED = SetFacts()
"""What is known of a dataset without a message around it."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset: its reference, its records as a stream, and the tally that fills while they are consumed.

    The stream must be consumed before the next dataset of the same file is asked for. ``line`` is where the dataset
    starts; ``action`` is the message's or dataset's action, as written; ``facts`` is what the header says of the data,
    ``identity`` what it says of the dataset beside, ``header`` what it says of the message.
    """

    reference: StructureRef | None
    format: str
    index: int
    observations: Observations
    tally: Tally
    line: int | None = None
    action: str | None = None
    facts: HeaderFacts = NOTHING_SAID
    identity: SetFacts = UNIDENTIFIED
    header: Header = NO_HEADER


DatasetStream = Iterator[Dataset]
