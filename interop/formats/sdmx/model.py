"""SDMX structural metadata as read, before it is lifted: frozen values that know their line, nothing resolved.

Two values are equal when they say the same, wherever they stand.
"""

from dataclasses import dataclass

from semstat.interop.formats.sdmx.model_constraints import Constraint, Key, KeySet, Member, Region
from semstat.interop.formats.sdmx.model_facts import (
    Annotation,
    Facts,
    Link,
    LocalReference,
    Maintainable,
    Reference,
    Representation,
    SentinelValue,
    Text,
)
from semstat.interop.formats.sdmx.model_hierarchies import (
    Categorisation,
    HierarchicalCodelist,
    Hierarchy,
    HierarchyAssociation,
)
from semstat.interop.formats.sdmx.model_items import Extension, Item, ItemScheme, Selection
from semstat.interop.formats.sdmx.model_maps import ItemSchemeMap, RepresentationMap, StructureMap, StructureSet
from semstat.interop.formats.sdmx.model_metadata import (
    Metadataflow,
    MetadataProvisionAgreement,
    MetadataSet,
    MetadataStructure,
    ReportedMetadata,
)
from semstat.interop.formats.sdmx.model_processes import Process
from semstat.interop.formats.sdmx.model_registry import Registration
from semstat.interop.formats.sdmx.model_structures import (
    Attachment,
    Component,
    Dataflow,
    DataStructure,
    Group,
    ProvisionAgreement,
)
from semstat.validators.diagnostics import Diagnostic

__all__ = [
    "Annotation",
    "Artefact",
    "Attachment",
    "Component",
    "Constraint",
    "DataStructure",
    "Dataflow",
    "Extension",
    "Facts",
    "Group",
    "Item",
    "ItemScheme",
    "Key",
    "KeySet",
    "Link",
    "LocalReference",
    "Maintainable",
    "Member",
    "Message",
    "OtherArtefact",
    "ProvisionAgreement",
    "Reference",
    "Region",
    "Registration",
    "ReportedMetadata",
    "Representation",
    "Selection",
    "SentinelValue",
    "TabledArtefact",
    "Text",
]


@dataclass(frozen=True, slots=True)
class OtherArtefact:
    """A maintainable artefact of which only the identity is interpreted."""

    head: Maintainable


TabledArtefact = (
    StructureMap
    | RepresentationMap
    | ItemSchemeMap
    | StructureSet
    | Hierarchy
    | HierarchicalCodelist
    | HierarchyAssociation
    | Categorisation
    | Process
    | MetadataStructure
    | Metadataflow
    | MetadataProvisionAgreement
    | MetadataSet
)
"""The classes that are read by the tables of ``forms_*.py`` and lifted by those of ``lift_terms.py``."""

Artefact = (
    ItemScheme
    | DataStructure
    | Dataflow
    | ProvisionAgreement
    | Constraint
    | OtherArtefact
    | TabledArtefact
    | ReportedMetadata
    | Registration
)


@dataclass(frozen=True, slots=True)
class Message:
    """A structure message: its artefacts in document order and what was found on the way."""

    origin: str
    format: str
    artefacts: tuple[Artefact, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
