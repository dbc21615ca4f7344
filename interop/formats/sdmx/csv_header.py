"""The header of an SDMX-CSV file: its version, separators, label layout, and what each column is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from semstat.interop.formats.dataset import ComponentIds
from semstat.interop.formats.sdmx.csv_languages import tags_of

__all__ = ["Column", "Layout", "read_layout", "roles", "separator_of"]

_FIRST = re.compile(r'\s*(?P<mark>"?)(?P<word>DATAFLOW|STRUCTURE)(?:\[(?P<inner>.?)\])?(?P=mark)(?P<separator>.?)')
_NAMED = re.compile(r"(?P<id>[^\s:\[\]]+(?:\[[^\]]*\])?(?:\.[^\s:\[\]]+(?:\[[^\]]*\])?)*): ")
_BRACKETS = re.compile(r"\[(?P<languages>[^\]]*)\]")
_FIXED: dict[str, "Role"] = {
    "DATAFLOW": "structure_id",
    "STRUCTURE": "structure",
    "STRUCTURE_ID": "structure_id",
    "STRUCTURE_NAME": "ignored",
    "ACTION": "action",
    "SERIES_KEY": "ignored",
    "OBS_KEY": "ignored",
}

Role = Literal["structure", "structure_id", "action", "component", "ignored", "left_out"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its component's id (or the header's word) and role.

    What is ``ignored`` repeats what others say, as the standard has it; what is ``left_out`` has no name of its own.

    ``labelled`` columns hold ``ID: Name``; ``many`` ones several values, those with ``languages`` a text per language,
    ``nested`` ones lists of lists.
    """

    id: str
    role: Role
    labelled: bool = False
    many: bool = False
    languages: tuple[str, ...] = ()
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is laid out.

    ``separator`` stands between cells, ``inner`` between the parts of one cell; ``inner_stated`` is false when the
    header has multi-valued columns and does not say how their values are separated (``;`` is then assumed).
    """

    version: Literal["1.0", "2.0"]
    separator: str
    inner: str
    inner_stated: bool
    columns: tuple[Column, ...]

    def first(self, role: Role) -> int | None:
        """Return the place of the first column with a role."""
        return next((i for i, column in enumerate(self.columns) if column.role == role), None)


def separator_of(first_line: str) -> str:
    """Return the separator: the character after ``DATAFLOW``, ``STRUCTURE`` or ``STRUCTURE[x]``.

    Source:
        SDMX-CSV 1.0 and 2.0 field guides, *Column separator*.

    Example:
        >>> separator_of("STRUCTURE[|];STRUCTURE_ID;ACTION")
        ';'
    """
    match = _FIRST.match(first_line)
    return (match["separator"] if match else "") or ","


def read_layout(cells: Sequence[str], separator: str) -> Layout:
    """Return the layout that a header states, components not yet told from name columns (see :func:`roles`).

    Example:
        >>> layout = read_layout(["STRUCTURE[;]", "STRUCTURE_ID", "DIM: Dimension", "ATTR[en;fr]"], ",")
        >>> [(column.id, column.labelled, column.many) for column in layout.columns[2:]]
        [('DIM', True, False), ('ATTR', False, True)]
    """
    first = _FIRST.match(cells[0] if cells else "")
    inner = first["inner"] if first else None
    columns = tuple(_column(cell.strip(), place) for place, cell in enumerate(cells))
    version: Literal["1.0", "2.0"] = "1.0" if first and first["word"] == "DATAFLOW" else "2.0"
    stated = inner is not None or not any(column.many for column in columns)
    return Layout(version, separator, inner or ";", stated, columns)


def _column(cell: str, place: int) -> Column:
    name = "STRUCTURE" if place == 0 and cell.startswith("STRUCTURE[") else cell
    if name in _FIXED:
        return Column(name, _FIXED[name])
    named = _NAMED.match(cell)
    stem = named["id"] if named else cell
    brackets = _BRACKETS.findall(stem)
    return Column(
        _BRACKETS.sub("", stem),
        "component",
        labelled=named is not None,
        many=bool(brackets),
        languages=next((tags for bracket in reversed(brackets) if (tags := tags_of(bracket))), ()),
        nested=len(brackets) > 1,
    )


def roles(layout: Layout, components: ComponentIds | None) -> tuple[Column, ...]:
    """Return the columns with the name columns of ``labels=name`` told from components and repeated ids set aside.

    A file has name columns when it has STRUCTURE_NAME; each component is then followed by the column of its names.
    """
    known = frozenset(components.all) if components else frozenset()
    has_names = any(column.id == "STRUCTURE_NAME" for column in layout.columns)
    result: list[Column] = []
    seen: set[str] = set()
    after_component = False
    for column in layout.columns:
        if components is not None and column.role == "component":
            column = replace(column, id=components.meant(column.id))
        repeated = column.id in seen or not column.id
        role = column.role
        if role == "component" and has_names and after_component and (repeated or column.id not in known):
            role = "ignored"
        elif repeated:
            role = "left_out"
        else:
            seen.add(column.id)
        result.append(column if role == column.role else Column(column.id, role))
        after_component = role == "component" and (not known or column.id in known)
    return tuple(result)
