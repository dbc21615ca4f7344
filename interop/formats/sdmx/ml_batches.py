"""Makes record batches of the observations, series, groups and dataset attributes of one SDMX-ML dataset."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.dataset import ComponentIds, Tally
from semstat.interop.formats.findings import Findings
from semstat.interop.formats.sdmx.ml_events import XSI_TYPE
from semstat.interop.formats.sdmx.ml_groups import Groups
from semstat.interop.formats.sdmx.ml_items import GroupElement
from semstat.interop.formats.sdmx.ml_records import Element, Records, columns_of
from semstat.interop.formats.text_columns import constant, encoded, map_text
from semstat.validators.observations import GROUP_LINE, KIND, LINE, RECORD_KINDS, SERIES_LINE

__all__ = ["Batches"]

_ATTRIBUTES, _DELETE = RECORD_KINDS.index("attributes"), RECORD_KINDS.index("delete")
_DATASET = "_dataset"


class Batches:
    """Turns the items of one dataset into record batches.

    Args:
        components: Those of its structure, if that is at hand.
        attributes: Those of the dataset itself.
        line: Where the dataset begins.
        tally: Counts observations, series and groups.
        findings: Receives IO108, DF002 and DF015.
        measure_dimension: The dimension whose value an observation's ``xsi:type`` names (explicit measures of 2.1).
        deletes: Whether all records are to be deleted.
    """

    def __init__(
        self,
        components: ComponentIds | None,
        attributes: Element,
        line: int,
        *,
        tally: Tally,
        findings: Findings,
        measure_dimension: str | None,
        deletes: bool = False,
    ) -> None:
        self.levels: dict[str, str] = {}
        self._line, self._tally, self._findings = line, tally, findings
        self._measure_dimension, self._deletes = measure_dimension, deletes
        self._groups = Groups(components)
        self._attributes: dict[str, str] = {}
        self._lined: dict[str, None] = {}
        """Components whose values do not all stand on one level: each batch says on which line each value stands."""
        self._first_levels: dict[str, str] = {}
        self._yielded = False
        self.set_attributes(attributes)

    def set_attributes(self, attributes: Element) -> None:
        """Take attributes of the dataset."""
        self._attributes |= dict(zip(attributes[::2], attributes[1::2], strict=True))
        for name in attributes[::2]:
            self._level(name, _DATASET)

    def add_group(self, group: GroupElement) -> None:
        """Take a group."""
        self._tally.groups += 1
        for name in self._groups.attributes_of(group):
            self._level(name, GROUP_LINE)
        if not self._groups.add(group):
            named = f"the group type `{group.type}`" if group.type else "a group without a type"
            self._findings.add(
                "DF015", f"{named} is not one of the structure's groups", line=group.line, value=group.type
            )

        for name in self._groups.missing_in(group):
            message = f"the group `{group.type}` has no value for its dimension `{name}`"
            self._findings.add("DF002", message, line=group.line, path=name)

    def batches(self, records: Records) -> Iterator[pa.RecordBatch]:
        """Yield the batches that records give: their observations, then series without any."""
        self._tally.series += records.opened
        self._tally.observations += len(records.lines)
        series = self._plain(records.series, records.series_lines)
        observations = self._plain(records.observations, records.lines)
        if len(records.lines):
            batch = self._observations(records, series, observations)
            self._yielded = True
            yield batch
        if records.empty.any():
            chosen = pa.array(records.empty)
            lines = records.series_lines[records.empty]
            rows = {name: pc.filter(values, chosen) for name, values in series.items()}
            yield self._attribute_rows(rows, pa.array(lines))

    def rest(self) -> Iterator[pa.RecordBatch]:
        """Yield what is left: groups that matched nothing; the attributes of a dataset that holds nothing else."""
        left = self._groups.left()
        if left:
            columns = columns_of([row for row, _ in left])
            yield self._attribute_rows(columns, pa.array([line for _, line in left], pa.int64()))
        if not self._yielded and self._attributes:
            columns = {name: pa.array([value]) for name, value in self._attributes.items()}
            yield self._attribute_rows(columns, pa.array([self._line], pa.int64()))

    def _plain(self, columns: dict[str, pa.Array], lines: np.ndarray) -> dict[str, pa.Array]:
        """Return the columns of components; report qualified attributes, which are none."""
        plain = {}
        for name, values in columns.items():
            if name == XSI_TYPE:
                if self._measure_dimension is not None:
                    plain[self._measure_dimension] = map_text(values, lambda qname: qname.rpartition(":")[2])
            elif " " not in name:
                plain[name] = values
            elif not name.startswith("http://www.w3.org/2001/XMLSchema-instance "):
                first = int(lines[values.is_valid().to_numpy(zero_copy_only=False).argmax()])
                message = f"the standard knows no attribute `{name.rpartition(' ')[2]}` here; it is passed over"
                self._findings.add("IO108", message, line=first, path=name)
        return plain

    def _observations(
        self, records: Records, series: dict[str, pa.Array], observations: dict[str, pa.Array]
    ) -> pa.RecordBatch:
        count = len(records.lines)
        # Series without observations here take no part: a group that matches only those is a record of its own.
        used = records.counts > 0
        counts, begins = records.counts[used], records.series_lines[used]
        if not used.all():
            series = {name: pc.filter(values, pa.array(used)) for name, values in series.items()}
        place = pa.array(np.repeat(np.arange(len(counts), dtype=np.int32), counts))
        own_lines = pa.array(records.lines)
        series_lines = pa.array(begins, mask=begins == 0).take(place)
        layers = _Layers(count)
        for name, values in observations.items():
            layers.add(name, values, own_lines)
            self._level(name, LINE)
        for name, values in series.items():
            layers.add(name, _spread(values, place), series_lines)
            self._level(name, SERIES_LINE)
        self._add_groups(layers, series, place, len(counts), frozenset(series).difference(observations))
        for name, value in self._attributes.items():
            layers.add(name, constant(value, count), pa.array(np.full(count, self._line)))
        columns = dict(layers.columns) | {LINE: own_lines}
        if begins.any():
            columns[SERIES_LINE] = series_lines
        if self._deletes:
            columns[KIND] = _kinds(_DELETE, count)
        columns |= {GROUP_LINE + name: layers.lines_of(name) for name in self._lined if name in layers.lines}
        return pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))

    def _add_groups(
        self, layers: "_Layers", series: dict[str, pa.Array], place: pa.Array, count: int, only_series: frozenset[str]
    ) -> None:
        """Lay the attributes of groups under the rest: by series where that tells which group it is, else by record."""
        for name, (values, lines) in self._groups.fill(series, count).items():
            layers.add(name, _spread(values, place), lines.take(place))
        by_record = self._groups.fill(dict(layers.columns), len(place), within=only_series)
        for name, (values, lines) in by_record.items():
            layers.add(name, values, lines)

    def _attribute_rows(self, columns: dict[str, pa.Array], lines: pa.Array) -> pa.RecordBatch:
        # All values of such a row stand on the row's own line.
        rows = dict(columns) | {LINE: lines}
        rows[KIND] = _kinds(_DELETE if self._deletes else _ATTRIBUTES, len(lines))
        return pa.RecordBatch.from_arrays(list(rows.values()), names=list(rows))

    def _level(self, name: str, level: str) -> None:
        """Note on which line a component's values stand. Where that varies, batches say it value by value."""
        first = self._first_levels.setdefault(name, level)
        if level != LINE and not (self._yielded and first == LINE):
            self.levels.setdefault(name, GROUP_LINE + name if level == GROUP_LINE else level)
        if level == GROUP_LINE or level != first:
            self._lined[name] = None
            if not self._yielded:
                self.levels[name] = GROUP_LINE + name


class _Layers:
    """Columns laid over each other: a value of an earlier layer hides that of a later one."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.columns: dict[str, pa.Array] = {}
        self.lines: dict[str, list[tuple[pa.Array, pa.Array]]] = {}

    def add(self, name: str, values: pa.Array, lines: pa.Array) -> None:
        above = self.columns.get(name)
        if above is None:
            self.columns[name] = values
        elif above.null_count:
            self.columns[name] = pc.coalesce(above.cast(pa.string()), values.cast(pa.string()))
        self.lines.setdefault(name, []).append((values, lines))

    def lines_of(self, name: str) -> pa.Array:
        """Return the lines on which the values of a column stand."""
        shown = [
            pc.if_else(values.is_valid(), lines, pa.scalar(None, pa.int64())) for values, lines in self.lines[name]
        ]
        return pc.coalesce(*shown) if len(shown) > 1 else shown[0]


def _kinds(kind: int, count: int) -> pa.Array:
    return pa.array(np.full(count, kind, np.int8))


def _spread(values: pa.Array, place: pa.Array) -> pa.Array:
    """Return a column of series as one of their observations."""
    codes = encoded(values)
    return pa.DictionaryArray.from_arrays(codes.indices.take(place), codes.dictionary)
