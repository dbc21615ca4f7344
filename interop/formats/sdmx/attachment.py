"""Tells attributes that a message gives for more than they are attached to: for a series, a group or the whole dataset."""

from collections.abc import Collection, Iterable, Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.dataset import ComponentIds
from semstat.interop.formats.findings import Findings

__all__ = ["Attachment"]

_Columns = Mapping[str, pa.Array]


class Attachment:
    """Reports attributes of one dataset that stand above their level (DF023).

    An element may only state an attribute that is attached to dimensions which it, or what it stands in, has values for.
    A place below that is no fault: formats without groups have no other. Attributes that records of their own carry
    are not looked at here, for those are judged with their key.

    Args:
        components: Those of the dataset's structure; without them nothing is known, and nothing reported.
        findings: Receives DF023.

    Source:
        SDMX 3.0, Section 2 (Information Model), class *AttributeRelationship*; SDMX 2.1, Section 3A, *Structure specific
        data*: an element has XML attributes for the attributes of its own level and those above.
    """

    def __init__(self, components: ComponentIds | None, findings: Findings) -> None:
        self._attached = components.attached if components else {}
        self._dimensions = components.dimensions if components else ()
        self._findings = findings
        self._last_line = 0

    def of_dataset(self, given: Mapping[str, tuple[str, int]]) -> None:
        """Look at the attributes of the dataset: their values and lines.

        Findings:
            DF023.
        """
        for name, (value, line) in given.items():
            self._report(name, self._lacking(name, ()), "the whole dataset", value, line)

    def of_groups(self, groups: Iterable[tuple[tuple[str, ...], str, str, int]]) -> None:
        """Look at attributes of groups: the group's dimensions, and the attribute's name, value and line.

        Findings:
            DF023.
        """
        for dimensions, name, value, line in groups:
            kind = f"a group of {', '.join(dimensions)}"
            self._report(name, self._lacking(name, dimensions), kind, value, line)

    def of_series(
        self, columns: _Columns, lines: _Columns, begins: npt.NDArray[np.int64], below: Collection[str], *, carried: int
    ) -> None:
        """Look at the attributes of series.

        Args:
            columns: Values by component, a row for each series.
            lines: Lines of values that do not stand on the line of their series.
            begins: The lines of the series; 0 for what stands in none.
            below: What the observations of the series state by themselves.
            carried: How many series at the start go on from before; one that had observations there was looked at.

        Findings:
            DF023.
        """
        stated = [name for name in self._dimensions if name in columns or name not in below]
        for name, values in columns.items():
            lacking = self._lacking(name, stated)
            if lacking:
                own = pc.coalesce(lines[name], pa.array(begins)) if name in lines else pa.array(begins)
                for row in self._rows(values, begins, carried):
                    self._report(name, lacking, "a series", values[row].as_py(), own[row].as_py())
        self._last_line = int(begins.max(initial=self._last_line))

    def _rows(self, values: pa.Array, begins: npt.NDArray[np.int64], carried: int) -> Iterator[int]:
        for row in np.flatnonzero(values.is_valid().to_numpy(zero_copy_only=False)).tolist():
            if begins[row] and (row >= carried or begins[row] > self._last_line):
                yield row

    def _lacking(self, name: str, stated: Collection[str]) -> list[str]:
        """Return the dimensions that an attribute is attached to beside those stated, by what lacks fewest."""
        lacking = [[item for item in needed if item not in stated] for needed in self._attached.get(name, ())]
        return min(lacking, key=len, default=[])

    def _report(self, name: str, lacking: list[str], kind: str, value: str, line: int) -> None:
        if not lacking:
            return
        missing = ", ".join(lacking)
        message = f"`{name}` = `{value}` is given for {kind}, without {missing}, to which it is attached"
        self._findings.add(
            "DF023", message, line=line, path=name, value=value, expected=f"values for {missing} beside {name}"
        )
