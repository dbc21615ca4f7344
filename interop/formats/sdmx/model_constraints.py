"""Constraints on data as read."""

from dataclasses import dataclass, field

from semstat.interop.formats.sdmx.model_facts import Maintainable, Reference

__all__ = [
    "Constraint",
    "Key",
    "KeySet",
    "Member",
    "Region",
]


@dataclass(frozen=True, slots=True)
class Member:
    """The values of one component within a region or key; ``start`` and ``end`` are the bounds of a time range.

    ``attribute`` says that the source names the component as an attribute or measure, not as a dimension.
    """

    id: str
    line: int | None = field(compare=False)
    included: bool = True
    values: tuple[str, ...] = ()
    cascades: bool = False
    start: str | None = None
    end: str | None = None
    unread: tuple[str, ...] = ()
    attribute: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A joint region of the cube, to be kept to or kept out of."""

    line: int | None = field(compare=False)
    included: bool
    members: tuple[Member, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """One full or partial key of a key set."""

    line: int | None = field(compare=False)
    members: tuple[Member, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeySet:
    """A list of keys, to be kept to or kept out of."""

    line: int | None = field(compare=False)
    included: bool
    keys: tuple[Key, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint on data. ``head`` is ``None`` for an availability constraint, which has no identity of its own."""

    head: Maintainable | None
    role: str
    targets: tuple[Reference, ...] = ()
    regions: tuple[Region, ...] = ()
    key_sets: tuple[KeySet, ...] = ()
    line: int | None = field(default=None, compare=False)
    unread: tuple[str, ...] = ()
