"""Where each component of a dataset stands in an SDMX-ML message: on the dataset, a group, the series or the observation."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from semstat.validators.observations import LANGUAGES
from semstat.validators.structural.view import ComponentView, StructureView

__all__ = ["ALL_DIMENSIONS", "Group", "NoSuchDimension", "Places", "places", "with_languages"]

ALL_DIMENSIONS = "AllDimensions"
"""What a header says in place of a dimension when observations stand in no series."""


class NoSuchDimension(ValueError):
    """The structure has no dimension of the name that is to stand at the observation."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the structure: its id, its dimensions, and the attributes attached to it."""

    id: str
    dimensions: tuple[str, ...]
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """The ids of components by the element that they stand on.

    ``key`` are the dimensions of the series (none in the flat layout), ``observation`` the components of observations,
    dimensions first. Groups without attributes are left out.
    """

    dataset: tuple[str, ...]
    groups: tuple[Group, ...]
    key: tuple[str, ...]
    series: tuple[str, ...]
    dimensions: tuple[str, ...]
    observation: tuple[str, ...]


def places(view: StructureView, at: str) -> Places:
    """Return where the components of a structure stand.

    An attribute of a group stands on the group of the same dimensions. One that is attached to dimensions stands on the
    series, unless the dimension at the observation is among them or there are no series.

    Args:
        view: The structure.
        at: The dimension at the observation, or :data:`ALL_DIMENSIONS`.

    Raises:
        NoSuchDimension: the structure has no such dimension.

    Source:
        SDMX 2.1 Section 3A, *Structure specific data*; SDMXDataStructureSpecificBase.xsd, documentation of the types.
    """
    dimensions = [item.id for item in view.dimensions]
    if at != ALL_DIMENSIONS and at not in dimensions:
        raise NoSuchDimension(
            f"{view.label} has no dimension {at!r}; it has {', '.join(dimensions)}, or {ALL_DIMENSIONS}"
        )
    key = () if at == ALL_DIMENSIONS else tuple(name for name in dimensions if name != at)
    own = tuple(dimensions) if at == ALL_DIMENSIONS else (at,)
    attributes = [item for item in view.components if item.role == "attribute"]
    at_group = {item.id: group for item in attributes if (group := _group_of(item, view)) is not None}
    on_series = [item.id for item in attributes if item.id not in at_group and _is_of_series(item, key)]
    dataset = [item.id for item in attributes if item.level == "dataset"]
    elsewhere = {*at_group, *on_series, *dataset}
    return Places(
        tuple(dataset),
        tuple(_groups(view, at_group)),
        key,
        tuple(on_series),
        own,
        (
            *own,
            *(item.id for item in view.components if item.role == "measure"),
            *(item.id for item in attributes if item.id not in elsewhere),
        ),
    )


def with_languages(where: Places, types: Collection[str], languages: Collection[str]) -> Places:
    """Return the places with the columns of languages beside the components that have some and are ``Comp`` elements."""

    def beside(names: tuple[str, ...]) -> tuple[str, ...]:
        return (*names, *(LANGUAGES + name for name in names if name in types and name in languages))

    groups = tuple(replace(group, attributes=beside(group.attributes)) for group in where.groups)
    return replace(
        where,
        dataset=beside(where.dataset),
        groups=groups,
        series=beside(where.series),
        observation=beside(where.observation),
    )


def _group_of(attribute: ComponentView, view: StructureView) -> str | None:
    """Return the group that an attribute stands on: the one it names, else the one with the dimensions of its level."""
    named = next((name for name in attribute.groups if name in view.groups), None)
    if named is not None or attribute.level != "group":
        return named
    wanted = set(attribute.attached)
    return next((name for name, members in view.groups.items() if set(members) == wanted), None)


def _is_of_series(attribute: ComponentView, key: Sequence[str]) -> bool:
    return bool(key) and attribute.level in {"group", "series"} and set(attribute.attached) <= set(key)


def _groups(view: StructureView, at_group: dict[str, str]) -> list[Group]:
    found = []
    for name, members in view.groups.items():
        own = tuple(attribute for attribute, group in at_group.items() if group == name)
        if own:
            found.append(Group(name, tuple(members), own))
    return found
