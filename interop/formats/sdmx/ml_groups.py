"""Groups of SDMX-ML data: partial keys whose attributes belong to every matching series or observation."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.dataset import ComponentIds
from semstat.interop.formats.sdmx.ml_items import GroupElement
from semstat.interop.formats.sdmx.ml_records import Owner
from semstat.interop.formats.text_columns import encoded

__all__ = ["Groups"]


@dataclass(slots=True)
class _Group:
    attributes: dict[str, str]
    key: dict[str, str]
    line: int
    lines: dict[str, int]
    after: int
    late: bool
    matched: bool = False

    def line_of(self, name: str) -> int | None:
        """Return the line on which an attribute stands; ``None`` if the group has no such attribute."""
        return self.lines.get(name, self.line) if name in self.attributes else None


@dataclass(slots=True)
class _Kind:
    """The groups that have the same dimensions, by their key."""

    dimensions: tuple[str, ...]
    groups: dict[tuple[str, ...], _Group] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)


class Groups:
    """The groups of one dataset.

    Args:
        components: Those of the dataset's structure; without them no group can be told from its attributes.
    """

    def __init__(self, components: ComponentIds | None) -> None:
        self._components = components
        self._kinds: dict[tuple[str, ...], _Kind] = {}
        self._loose: list[_Group] = []

    def knows(self, element: GroupElement) -> bool:
        """Tell whether the structure knows a group's type."""
        return self._components is None or element.type in self._components.groups

    def add(self, element: GroupElement) -> None:
        """Add a group."""
        values = dict(zip(element.attributes[::2], element.attributes[1::2], strict=True))
        dimensions = self._dimensions_of(element)
        key = {name: values[name] for name in dimensions if name in values}
        attributes = {name: value for name, value in values.items() if name not in key}
        lines = dict(zip(element.attributes[::2], element.lines, strict=True)) if element.lines else {}
        group = _Group(attributes, key, element.line, lines, element.after, element.late)
        if element.late or not dimensions or len(key) < len(dimensions):
            self._loose.append(group)
        else:
            kind = self._kinds.setdefault(dimensions, _Kind(dimensions))
            first = kind.groups.setdefault(tuple(key[name] for name in dimensions), group)
            kind.names |= dict.fromkeys(group.attributes)
            if first.attributes != group.attributes:
                # The same key twice: both statements are kept, so that a contradiction can be found.
                self._loose.append(group)

    def missing_in(self, element: GroupElement) -> list[str]:
        """Return the dimensions of a group's type that the group has no value for."""
        return [name for name in self._dimensions_of(element) if name not in element.attributes[::2]]

    def attributes_of(self, element: GroupElement) -> list[str]:
        """Return the names of the attributes that a group gives to others; none if it gives none."""
        dimensions = self._dimensions_of(element)
        return (
            [name for name in element.attributes[::2] if name not in dimensions]
            if dimensions and not element.late
            else []
        )

    def _dimensions_of(self, element: GroupElement) -> tuple[str, ...]:
        """Return the dimensions of a group's type; for an unknown type, those that the element has."""
        if self._components is None:
            return ()
        known = self._components.groups.get(element.type or "")
        return known or tuple(name for name in self._components.dimensions if name in element.attributes[::2])

    def fill(
        self,
        columns: Mapping[str, pa.Array],
        begins: npt.NDArray[np.int64],
        *,
        within: frozenset[str] | None = None,
    ) -> dict[str, tuple[pa.Array, pa.Array]]:
        """Return, per attribute, the values that groups give to these rows, and the lines of those groups.

        Args:
            columns: The rows' dimensions.
            begins: How many observations of the dataset stand before each row; a group applies to what follows it.
            within: Leave out groups all of whose dimensions are among these.
        """
        filled: dict[str, tuple[pa.Array, pa.Array]] = {}
        for dimensions, kind in self._kinds.items():
            if not kind.groups or any(name not in columns for name in dimensions):
                continue
            if within is not None and within.issuperset(dimensions):
                continue
            groups, places = self._match(kind, [columns[name] for name in dimensions], begins)
            if not groups:
                continue
            indices = pa.array(places, mask=places < 0)
            for name in kind.names:
                values = pa.array([group.attributes.get(name) for group in groups], pa.string()).take(indices)
                lines = pa.array([group.line_of(name) for group in groups], pa.int64()).take(indices)
                if name in filled:
                    values, lines = (pc.coalesce(*pair) for pair in zip(filled[name], (values, lines), strict=True))
                filled[name] = values, lines
        return filled

    @staticmethod
    def _match(
        kind: _Kind, columns: list[pa.Array], begins: npt.NDArray[np.int64]
    ) -> tuple[list[_Group], npt.NDArray[np.int64]]:
        """Return the groups that match any row, and for each row its group's place among them, or -1."""
        code = np.zeros(len(begins), np.int64)
        values: list[list[str]] = []
        for column in columns:
            codes = encoded(column)
            values.append([*codes.dictionary.to_pylist(), ""])
            absent = len(values[-1]) - 1
            code = code * (absent + 1) + codes.indices.fill_null(absent).to_numpy(zero_copy_only=False)
        unique, inverse = np.unique(code, return_inverse=True)
        groups: list[_Group] = []
        places = np.full(len(unique), -1, np.int64)
        for i, combined in enumerate(unique.tolist()):
            key = []
            for choices in reversed(values):
                combined, place = divmod(combined, len(choices))
                key.append(None if place == len(choices) - 1 else choices[place])
            group = kind.groups.get(tuple(reversed(key)))  # type: ignore[arg-type]  # None is in no key
            if group is not None:
                places[i] = len(groups)
                groups.append(group)
        rows = places[inverse]
        after = np.array([group.after for group in groups], np.int64)
        if after.any():
            rows = np.where((rows >= 0) & (begins < after[np.maximum(rows, 0)]), -1, rows)
        for place in np.unique(rows[rows >= 0]).tolist():
            groups[place].matched = True
        return groups, rows

    def outrun(self) -> list[int]:
        """Return the lines of groups that apply to no observation after them, and stand after some."""
        rest = [group for kind in self._kinds.values() for group in kind.groups.values() if not group.matched]
        return [group.line for group in (*rest, *self._loose) if group.after and not group.late]

    def given(self) -> list[tuple[tuple[str, ...], str, str, int]]:
        """Return what groups give to observations: the dimensions of the group, and attribute, value and line of each."""
        return [
            (kind.dimensions, name, value, group.lines.get(name, group.line))
            for kind in self._kinds.values()
            for group in kind.groups.values()
            if group.matched
            for name, value in group.attributes.items()
        ]

    def left(self) -> list[Owner]:
        """Return the groups that matched nothing, or contradict an earlier one, as rows with their lines."""
        rest = [group for kind in self._kinds.values() for group in kind.groups.values() if not group.matched]
        return [_row(group) for group in sorted([*rest, *self._loose], key=lambda group: group.line)]


def _row(group: _Group) -> Owner:
    values = group.key | group.attributes
    lines = [group.lines.get(name, group.line) for name in values] if group.lines else []
    return [text for pair in values.items() for text in pair], group.line, lines
