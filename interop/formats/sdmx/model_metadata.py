"""Reference metadata as read: metadata structures, metadataflows, provision agreements, metadata sets and reports.

Source:
    SDMX 3.0, Section 2 (Information Model), 7 *Metadata Structure Definition and Metadata Set*; SDMX 2.1, Section 2, 7.
"""

from dataclasses import dataclass, field

from semstat.interop.formats.sdmx.model_facts import (
    Annotation,
    Facts,
    LocalReference,
    Maintainable,
    Reference,
    Representation,
    Text,
)

__all__ = [
    "MetadataAttribute",
    "MetadataProvisionAgreement",
    "MetadataReport",
    "MetadataSet",
    "MetadataStructure",
    "MetadataTarget",
    "Metadataflow",
    "ReferenceValue",
    "ReportStructure",
    "ReportedAttribute",
    "ReportedMetadata",
    "StructuredText",
    "TargetObject",
]


@dataclass(frozen=True, slots=True)
class MetadataAttribute:
    """An attribute of reference metadata, with the attributes below it; occurrences as written."""

    facts: Facts
    concept: Reference | None = None
    representation: Representation | None = None
    min_occurs: str | None = None
    max_occurs: str | None = None
    is_presentational: bool | None = None
    attributes: tuple["MetadataAttribute", ...] = ()


@dataclass(frozen=True, slots=True)
class TargetObject:
    """One part of what metadata are attached to (2.0 and 2.1).

    ``cls`` is its class in a URN (``IdentifiableObjectTarget``, ``DataSetTarget``, …).
    """

    facts: Facts
    cls: str
    object_type: str | None = None
    representation: Representation | None = None


@dataclass(frozen=True, slots=True)
class MetadataTarget:
    """What metadata can be attached to (2.0 and 2.1); 2.0 partial targets name ``components`` of the full one."""

    facts: Facts
    objects: tuple[TargetObject, ...] = ()
    components: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportStructure:
    """The attributes of one kind of report, and the targets it may have (2.0 and 2.1)."""

    facts: Facts
    targets: tuple[LocalReference, ...] = ()
    attributes: tuple[MetadataAttribute, ...] = ()


@dataclass(frozen=True, slots=True)
class MetadataStructure:
    """A metadata structure: attributes only (3.x), or targets and report structures (2.0 and 2.1)."""

    head: Maintainable
    attributes: tuple[MetadataAttribute, ...] = ()
    targets: tuple[MetadataTarget, ...] = ()
    reports: tuple[ReportStructure, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadataflow:
    """A metadataflow, its structure, what its metadata may be about (3.x, wildcards are possible), its categories (2.0)."""

    head: Maintainable
    structure: Reference | None = None
    targets: tuple[Reference, ...] = ()
    categories: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class MetadataProvisionAgreement:
    """Who provides reference metadata for which metadataflow, and about what (3.x)."""

    head: Maintainable
    metadataflow: Reference | None = None
    provider: Reference | None = None
    targets: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class StructuredText:
    """A text with mark-up: the XML as it stands (canonical), and its language."""

    line: int | None = field(compare=False)
    markup: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class ReportedAttribute:
    """What is reported for a metadata attribute, with what is reported below it."""

    line: int | None = field(compare=False)
    id: str = ""
    value: str | None = None
    texts: tuple[Text, ...] = ()
    structured: tuple[StructuredText, ...] = ()
    attributes: tuple["ReportedAttribute", ...] = ()
    annotations: tuple[Annotation, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MetadataSet:
    """Reference metadata with an identity (3.x)."""

    head: Maintainable
    metadataflow: Reference | None = None
    provision_agreement: Reference | None = None
    targets: tuple[Reference, ...] = ()
    attributes: tuple[ReportedAttribute, ...] = ()
    action: str | None = None
    reporting_begin: str | None = None
    reporting_end: str | None = None
    publication_year: str | None = None
    publication_period: str | None = None


@dataclass(frozen=True, slots=True)
class ReferenceValue:
    """One part of what a report is about (2.1): an artefact, or a period; others are kept raw."""

    line: int | None = field(compare=False)
    id: str | None = None
    artefact: Reference | None = None
    period: str | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MetadataReport:
    """A report within a metadata set (2.1): which report structure it follows, what it is about, what it says."""

    line: int | None = field(compare=False)
    id: str | None = None
    target_id: str | None = None
    references: tuple[ReferenceValue, ...] = ()
    attributes: tuple[ReportedAttribute, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportedMetadata:
    """A metadata set of 2.1, which has no identity of its own (``head`` is ``None``), only a structure and a ``set_id``."""

    line: int | None = field(compare=False)
    structure: Reference | None = None
    set_id: str | None = None
    names: tuple[Text, ...] = ()
    provider: Reference | None = None
    reports: tuple[MetadataReport, ...] = ()
    action: str | None = None
    reporting_begin: str | None = None
    reporting_end: str | None = None
    publication_year: str | None = None
    publication_period: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    annotations: tuple[Annotation, ...] = ()
    unread: tuple[str, ...] = ()
    head: None = None
