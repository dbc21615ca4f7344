"""Hierarchies of codes, their associations, and categorisations, as read.

Source:
    SDMX 3.0, Section 2 (Information Model), 8 *Hierarchies*; SDMX 2.1, Section 2, 8 *Hierarchical Codelist*; SDMX 3.0,
    Section 2, 4.6 *Category Scheme*.
"""

from dataclasses import dataclass, field

from semstat.interop.formats.sdmx.model_facts import Facts, Maintainable, Reference, Representation

__all__ = [
    "Categorisation",
    "HierarchicalCode",
    "HierarchicalCodelist",
    "Hierarchy",
    "HierarchyAssociation",
    "IncludedCodelist",
    "Level",
    "NestedHierarchy",
]


@dataclass(frozen=True, slots=True)
class HierarchicalCode:
    """A code in its place within a hierarchy, with the codes below it.

    ``code`` is what it stands for; 2.1 may state ``code_id`` within the list of that ``codelist_alias`` instead. ``level``
    is the dotted id of a level of the same hierarchy.
    """

    facts: Facts
    code: Reference | None = None
    codelist_alias: str | None = None
    code_id: str | None = None
    level: str | None = None
    version: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    codes: tuple["HierarchicalCode", ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a hierarchy and the level below it; ``order`` only where the source numbers levels (2.0)."""

    facts: Facts
    coding_format: Representation | None = None
    level: "Level | None" = None
    order: str | None = None


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """A hierarchy of codes taken from code lists (3.x)."""

    head: Maintainable
    has_formal_levels: bool | None = None
    level: Level | None = None
    codes: tuple[HierarchicalCode, ...] = ()


@dataclass(frozen=True, slots=True)
class IncludedCodelist:
    """A code list that a hierarchical code list draws on, and the alias under which its codes are referred to."""

    line: int | None = field(compare=False)
    codelist: Reference | None = None
    alias: str | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NestedHierarchy:
    """A hierarchy within a hierarchical code list (2.0 and 2.1); 2.0 lists its levels flat, from the top."""

    facts: Facts
    has_formal_levels: bool | None = None
    levels: tuple[Level, ...] = ()
    codes: tuple[HierarchicalCode, ...] = ()


@dataclass(frozen=True, slots=True)
class HierarchicalCodelist:
    """Hierarchies that share their code lists (2.0 and 2.1)."""

    head: Maintainable
    included: tuple[IncludedCodelist, ...] = ()
    hierarchies: tuple[NestedHierarchy, ...] = ()


@dataclass(frozen=True, slots=True)
class HierarchyAssociation:
    """What a hierarchy is used for, and in which context (3.x)."""

    head: Maintainable
    linked_hierarchy: Reference | None = None
    linked_object: Reference | None = None
    context_object: Reference | None = None


@dataclass(frozen=True, slots=True)
class Categorisation:
    """The statement that an artefact (``source``) belongs to a category (``target``)."""

    head: Maintainable
    source: Reference | None = None
    target: Reference | None = None
