"""What a data writer is given: datasets with their structures, what the header says, and an account of what is lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from rdflib import Graph

from semstat.interop.formats.dataset import UNIDENTIFIED, SetFacts
from semstat.interop.formats.sdmx.header import NO_HEADER, Header
from semstat.interop.formats.spool import Spool
from semstat.ontology.iri import SdmxName
from semstat.validators.diagnostics import Diagnostic, Location, Severity
from semstat.validators.structural.headers import NOTHING_SAID, HeaderFacts
from semstat.validators.structural.view import ComponentView, StructureView

__all__ = ["DataWriter", "Losses", "Outgoing", "Settings", "Unprepared", "at_observation", "prepared"]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One dataset to write.

    ``structure`` is the name of the data structure, ``named`` the name that the message cites: that of the dataflow or
    provision agreement through which the data were named, else of the structure. ``dataflow`` is the flow, if one is known.
    ``view`` holds the components. ``multivalued`` names components whose cells hold several parts, ``multilingual`` those
    whose texts come in languages. ``action`` is the action of the whole dataset, as its message writes it. ``graph`` is the
    hub graph with the structure, its concepts and code lists. ``facts`` and ``identity`` are what the message says of the
    dataset as a whole, ``header`` what it says of itself. ``kept`` are the findings about what is not interpreted.
    """

    structure: SdmxName
    named: SdmxName
    dataflow: SdmxName | None
    view: StructureView
    records: Spool
    source: str
    multivalued: frozenset[str] = frozenset()
    multilingual: frozenset[str] = frozenset()
    action: str | None = None
    graph: Graph = field(default_factory=Graph)
    facts: HeaderFacts = NOTHING_SAID
    identity: SetFacts = UNIDENTIFIED
    header: Header = NO_HEADER
    kept: tuple[Diagnostic, ...] = ()

    def of(self, *roles: str) -> tuple[ComponentView, ...]:
        """Return the components with one of these roles, in order."""
        return tuple(item for item in self.view.components if item.role in roles)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The columns that the structure does not know, in order of first appearance."""
        known = {item.id for item in self.view.components}
        return tuple(name for name in self.records.filled if name not in known)


@dataclass(frozen=True, slots=True)
class Settings:
    """How to write. ``dimension_at_observation``: a dimension's id, ``AllDimensions``, or ``None`` for the usual one."""

    header: Header = field(default_factory=Header)
    dimension_at_observation: str | None = None
    folder: str | None = None


@dataclass(slots=True)
class Losses:
    """The account of what a target cannot say: one finding for each rule and component, with the number of cases.

    Example:
        >>> losses = Losses()
        >>> losses.add("IO221", 3, "three cells lose all values but the first", source="a.csv", path="TITLE")
        >>> [(item.rule, item.count) for item in losses.found]
        [('IO221', 3)]
    """

    found: list[Diagnostic] = field(default_factory=list)
    left_out: int = 0
    """How many whole records are not written."""

    def add(
        self,
        rule: str,
        count: int,
        message: str,
        *,
        source: str,
        path: str | None = None,
        records: bool = False,
        severity: Severity | None = None,
    ) -> None:
        """Add an entry; one of no case is none. With ``records``, the cases are whole records that are left out."""
        self.left_out += count if records else 0
        from dataclasses import replace

        from semstat.validators.rules import finding

        if count:
            self.found.append(
                replace(finding(rule, message, Location(source, path=path), severity=severity), count=count)
            )


DataWriter = Callable[[Sequence[Outgoing], BinaryIO, Settings, Losses], None]
"""Writes datasets to a stream, in order, and notes what the format cannot say."""


def at_observation(dataset: Outgoing, settings: Settings) -> str:
    """Return the dimension at the observation: as the settings say, else time, else ``AllDimensions``."""
    if settings.dimension_at_observation is not None:
        return settings.dimension_at_observation
    return dataset.view.time.id if dataset.view.time else "AllDimensions"


class Unprepared(ValueError):
    """A message must say when it was prepared, and nobody has said so."""


def prepared(header: Header) -> str:
    """Return when a message was prepared.

    Raises:
        Unprepared: the header does not say.

    Example:
        >>> prepared(Header(prepared="2024-01-31"))
        '2024-01-31'
    """
    if header.prepared is None:
        raise Unprepared("the message must say when it was prepared")
    return header.prepared
