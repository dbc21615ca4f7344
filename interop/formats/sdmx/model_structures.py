"""Data structures, dataflows and provision agreements as read."""

from dataclasses import dataclass, field

from semstat.interop.formats.sdmx.model_facts import (
    Annotation,
    Facts,
    LocalReference,
    Maintainable,
    Reference,
    Representation,
)

__all__ = [
    "Attachment",
    "Component",
    "ComponentList",
    "DataStructure",
    "Dataflow",
    "Group",
    "MetadataAttributeUsage",
    "ProvisionAgreement",
]


@dataclass(frozen=True, slots=True)
class Attachment:
    """What an attribute is attached to; ``level`` is dataset, group, series or observation.

    ``optional`` are the ids of those ``components`` that a value may do without (3.0.1).
    """

    level: str | None
    components: tuple[LocalReference, ...] = ()
    groups: tuple[LocalReference, ...] = ()
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Component:
    """A dimension, attribute or measure; ``cls`` is its class in a URN.

    ``stated_position`` is the place that the source states (2.1) where it is not the place that the component has.
    Only in 2.0: ``flags`` are the role flags that are true (``isFrequencyDimension``), ``cross_sectional`` tells for levels
    (``DataSet``, ``Group``, ``Section``, ``Observation``) whether the component is attached there, ``measure_code`` is the
    measure dimension and the code in it that a measure across sections stands for.
    """

    cls: str
    facts: Facts
    concept: Reference | None = None
    roles: tuple[Reference, ...] = ()
    representation: Representation | None = None
    usage: str | None = None
    attachment: Attachment | None = None
    measures: tuple[LocalReference, ...] = ()
    stated_position: str | None = None
    flags: tuple[str, ...] = ()
    cross_sectional: tuple[tuple[str, bool], ...] = ()
    measure_code: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class MetadataAttributeUsage:
    """An attribute of the metadata structure that is reported with the data (3.x), and what it is attached to."""

    line: int | None = field(compare=False)
    attribute: str
    attachment: Attachment
    annotations: tuple[Annotation, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComponentList:
    """What a list of components says of itself; ``cls`` is its class in a URN, for example ``DimensionDescriptor``."""

    cls: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Group:
    """A set of dimensions that attributes can be attached to."""

    facts: Facts
    dimensions: tuple[LocalReference, ...]
    constraint: Reference | None = None


@dataclass(frozen=True, slots=True)
class DataStructure:
    """A data structure definition; the time dimension is the last of ``dimensions``.

    ``metadata`` is the metadata structure whose attributes it uses (3.x); ``lists`` are the lists of components that say
    something of themselves.
    """

    head: Maintainable
    dimensions: tuple[Component, ...] = ()
    attributes: tuple[Component, ...] = ()
    measures: tuple[Component, ...] = ()
    groups: tuple[Group, ...] = ()
    metadata: Reference | None = None
    metadata_usages: tuple[MetadataAttributeUsage, ...] = ()
    is_evolving: bool | None = None
    lists: tuple[ComponentList, ...] = ()


@dataclass(frozen=True, slots=True)
class Dataflow:
    """A dataflow and the structure of its data; with a constraint (3.1), only those of its dimensions; its categories (2.0)."""

    head: Maintainable
    structure: Reference | None = None
    dimension_constraint: tuple[str, ...] = ()
    categories: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class ProvisionAgreement:
    """Who provides data for which dataflow."""

    head: Maintainable
    dataflow: Reference | None = None
    provider: Reference | None = None
