"""Data structures, dataflows and provision agreements as read."""

from dataclasses import dataclass

from semstat.interop.formats.sdmx.model_facts import Facts, LocalReference, Maintainable, Reference, Representation

__all__ = [
    "Attachment",
    "Component",
    "DataStructure",
    "Dataflow",
    "Group",
    "ProvisionAgreement",
]


@dataclass(frozen=True, slots=True)
class Attachment:
    """What an attribute is attached to; ``level`` is dataset, group, series or observation."""

    level: str | None
    components: tuple[LocalReference, ...] = ()
    groups: tuple[LocalReference, ...] = ()


@dataclass(frozen=True, slots=True)
class Component:
    """A dimension, attribute or measure; ``cls`` is its class in a URN."""

    cls: str
    facts: Facts
    concept: Reference | None = None
    roles: tuple[Reference, ...] = ()
    representation: Representation | None = None
    usage: str | None = None
    attachment: Attachment | None = None
    measures: tuple[LocalReference, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A set of dimensions that attributes can be attached to."""

    facts: Facts
    dimensions: tuple[LocalReference, ...]


@dataclass(frozen=True, slots=True)
class DataStructure:
    """A data structure definition; the time dimension is the last of ``dimensions``."""

    head: Maintainable
    dimensions: tuple[Component, ...] = ()
    attributes: tuple[Component, ...] = ()
    measures: tuple[Component, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Dataflow:
    """A dataflow and the structure of its data."""

    head: Maintainable
    structure: Reference | None = None


@dataclass(frozen=True, slots=True)
class ProvisionAgreement:
    """Who provides data for which dataflow."""

    head: Maintainable
    dataflow: Reference | None = None
    provider: Reference | None = None
