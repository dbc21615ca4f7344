"""Constraints on data, metadata and attachment as read."""

from dataclasses import dataclass, field

from semstat.interop.formats.sdmx.model_facts import Annotation, Maintainable, Reference

__all__ = [
    "Constraint",
    "Key",
    "KeySet",
    "Member",
    "MemberValue",
    "Region",
    "ReleaseCalendar",
]


@dataclass(frozen=True, slots=True)
class MemberValue:
    """A value of which more is said than that it is listed: how it cascades, when it is valid, in which language it is.

    ``value`` is ``None`` where that is said of a time range.
    """

    value: str | None
    cascade: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """The values of one component within a region or key; ``start`` and ``end`` are the bounds of a time range.

    ``particulars`` repeats those of ``values``, and the time range, of which the source says more; ``cascades`` tells that
    one of the values cascades.
    The bounds belong to the range unless ``start_inclusive`` or ``end_inclusive`` is false.
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
    start_inclusive: bool | None = None
    end_inclusive: bool | None = None
    particulars: tuple[MemberValue, ...] = ()
    remove_prefix: bool | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    attribute: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A joint region of the cube, to be kept to or kept out of."""

    line: int | None = field(compare=False)
    included: bool
    members: tuple[Member, ...]
    unread: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """One full or partial key of a key set."""

    line: int | None = field(compare=False)
    members: tuple[Member, ...]
    unread: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class KeySet:
    """A list of keys, to be kept to or kept out of."""

    line: int | None = field(compare=False)
    included: bool
    keys: tuple[Key, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseCalendar:
    """How often, how late and how precisely on time data are released; durations as written."""

    line: int | None = field(compare=False)
    periodicity: str | None = None
    offset: str | None = None
    tolerance: str | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint on data, on metadata (with ``target_regions``), or on what attributes can be attached to.

    ``head`` is ``None`` for an availability constraint, which has no identity of its own; ``annotations`` and ``unread``
    are then here. Counts are those of an availability constraint, as written.
    """

    head: Maintainable | None
    role: str
    targets: tuple[Reference, ...] = ()
    regions: tuple[Region, ...] = ()
    key_sets: tuple[KeySet, ...] = ()
    line: int | None = field(default=None, compare=False)
    unread: tuple[str, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    target_regions: tuple[Region, ...] = ()
    release_calendar: ReleaseCalendar | None = None
    reference_start: str | None = None
    reference_end: str | None = None
    data_sources: tuple[str, ...] = ()
    series_count: str | None = None
    obs_count: str | None = None
