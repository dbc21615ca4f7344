"""Makes record batches of the observations, series, groups and dataset attributes of one SDMX-ML dataset."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.dataset import ComponentIds, Tally
from semstat.interop.formats.findings import Findings
from semstat.interop.formats.sdmx.attachment import Attachment
from semstat.interop.formats.sdmx.ml_groups import Groups
from semstat.interop.formats.sdmx.ml_items import DataSetAttributes, GroupElement
from semstat.interop.formats.sdmx.ml_layers import Layers
from semstat.interop.formats.sdmx.ml_names import Columns, Names
from semstat.interop.formats.sdmx.ml_records import Element, Records, columns_of, lines_of
from semstat.interop.formats.text_columns import constant, encoded
from semstat.validators.observations import GROUP_LINE, KIND, LANGUAGES, LINE, RECORD_KINDS, SERIES_LINE

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
        findings: Receives DF002, DF015, DF023 and DF028.
        names: Names columns after components.
        deletes: Whether all records are to be deleted.
        lifts: Whether the format lets the whole dataset have what is attached to a part of it (SDMX-JSON).
    """

    def __init__(
        self,
        components: ComponentIds | None,
        attributes: Element,
        line: int,
        *,
        tally: Tally,
        findings: Findings,
        names: Names,
        deletes: bool = False,
        lifts: bool = False,
    ) -> None:
        self.levels: dict[str, str] = {}
        self._line, self._tally, self._findings = line, tally, findings
        self._names, self._deletes, self._lifts = names, deletes, lifts
        self._dimensions = frozenset(components.dimensions if components else ())
        self._groups = Groups(components)
        self._attachment = Attachment(None if deletes else components, findings)
        self._attributes: dict[str, tuple[str, int]] = {}
        self._lined: dict[str, None] = {}
        """Components whose values do not all stand on one level: each batch says on which line each value stands."""
        self._first_levels: dict[str, str] = {}
        self._yielded = False
        self.set_attributes(DataSetAttributes(attributes, line, []))

    def set_attributes(self, given: DataSetAttributes) -> None:
        """Take attributes of the dataset, or of the part of it whose dimensions stand among them."""
        given = DataSetAttributes(*self._names.clean((given.attributes, given.line, given.lines)), given.after)
        if given.after or not self._dimensions.isdisjoint(given.attributes[::2]):
            element = GroupElement(None, given.attributes, given.line, lines=given.lines, after=given.after)
            self._note_group(element)
            self._groups.add(element)
            return
        lines = given.lines or [given.line] * (len(given.attributes) // 2)
        for name, value, line in zip(given.attributes[::2], given.attributes[1::2], lines, strict=True):
            if name in self._attributes:
                self._names.repeated(name, line, self._attributes[name][0], value)
                continue
            self._attributes[name] = value, line
            self._level(name, _DATASET)
            if line != self._line and not name.startswith(LANGUAGES):
                self._lined[name] = None

    def add_group(self, group: GroupElement) -> None:
        """Take a group."""
        self._tally.groups += 1
        values, _, lines = self._names.clean((group.attributes, group.line, group.lines))
        group = replace(group, attributes=values, lines=lines)
        self._note_group(group)
        if group.typed and not self._groups.knows(group):
            named = f"the group type `{group.type}`" if group.type else "a group without a type"
            self._findings.add(
                "DF015", f"{named} is not one of the structure's groups", line=group.line, value=group.type
            )
        if group.spread:
            return
        self._groups.add(group)
        for name in self._groups.missing_in(group):
            message = f"the group `{group.type}` has no value for its dimension `{name}`"
            self._findings.add("DF002", message, line=group.line, path=name)

    def _note_group(self, group: GroupElement) -> None:
        for name in self._groups.attributes_of(group):
            self._level(name, GROUP_LINE)

    def batches(self, records: Records) -> Iterator[pa.RecordBatch]:
        """Yield the batches that records give: their observations, then series without any."""
        first = self._names.observed = self._tally.observations
        self._tally.series += records.opened
        self._tally.observations += len(records.lines)
        for repeat in records.repeats:
            self._names.repeated(repeat.name, repeat.line, repeat.first, repeat.second)
        carried = int(np.count_nonzero(records.series_lines)) - records.opened
        series = self._names.named(records.series, records.series_value_lines, records.series_lines, carried=carried)
        observations = self._names.named(records.observations, records.value_lines, records.lines)
        if len(records.lines):
            begins = np.where(records.counts > 0, records.series_lines, 0)
            self._attachment.of_series(*series, begins, observations[0], carried=carried)
            batch = self._observations(records, series, observations, first)
            self._yielded = True
            yield batch
        if records.empty.any():
            chosen = pa.array(records.empty)
            rows, lines = ({name: pc.filter(item, chosen) for name, item in part.items()} for part in series)
            yield self._attribute_rows(rows, lines, pa.array(records.series_lines[records.empty]))

    def rest(self) -> Iterator[pa.RecordBatch]:
        """Yield what is left: groups that matched nothing; the attributes of a dataset that holds nothing else."""
        self._names.finish()
        self._report_outrun()
        self._attachment.of_dataset(self._attributes if self._yielded and not self._lifts else {})
        self._attachment.of_groups(self._groups.given())
        left = self._groups.left()
        if left:
            rows, lines = [row for row, _, _ in left], np.array([line for _, line, _ in left], np.int64)
            own = lines_of(rows, lines, [items for _, _, items in left])
            yield self._attribute_rows(columns_of(rows), own, pa.array(lines))
        if not self._yielded and self._attributes:
            columns = {name: pa.array([value]) for name, (value, _) in self._attributes.items()}
            own = {name: pa.array([line], pa.int64()) for name, (_, line) in self._attributes.items()}
            yield self._attribute_rows(columns, own, pa.array([self._line], pa.int64()))

    def _report_outrun(self) -> None:
        """Report groups and attributes that stand after observations which they may belong to (legal in 2.0 and 3.x)."""
        lines = self._groups.outrun()
        if lines:
            message = (
                "a group or set of attributes stands after observations that it may belong to: it is judged by itself"
            )
            self._findings.add("IO114", message, line=min(lines), count=len(lines))

    def _observations(
        self, records: Records, series: tuple[Columns, Columns], observations: tuple[Columns, Columns], first: int
    ) -> pa.RecordBatch:
        count = len(records.lines)
        # Series without observations here take no part: a group that matches only those is a record of its own.
        used = records.counts > 0
        counts, begins = records.counts[used], records.series_lines[used]
        if not used.all():
            series = tuple({name: pc.filter(item, pa.array(used)) for name, item in part.items()} for part in series)  # type: ignore[assignment]  # two of them
        place = pa.array(np.repeat(np.arange(len(counts), dtype=np.int32), counts))
        own_lines = pa.array(records.lines)
        series_lines = pa.array(begins, mask=begins == 0)
        layers = Layers(count)
        for name, values in observations[0].items():
            self._level(name, LINE)
            layers.add(name, values, self._lines(name, observations[1], own_lines))
        for name, values in series[0].items():
            self._level(name, SERIES_LINE)
            lines = self._lines(name, series[1], series_lines).take(place)
            layers.add(name, _spread(values, place), lines, over=self._names.hidden)
        starts = first + np.cumsum(counts) - counts
        self._add_groups(layers, series[0], place, (starts, first), frozenset(series[0]).difference(observations[0]))
        for name, (value, line) in self._attributes.items():
            layers.add(name, constant(value, count), pa.array(np.full(count, line)))
        columns = dict(layers.columns) | {LINE: own_lines}
        if begins.any():
            columns[SERIES_LINE] = series_lines.take(place)
        if self._deletes:
            columns[KIND] = _kinds(_DELETE, count)
        columns |= {GROUP_LINE + name: layers.lines_of(name) for name in self._lined if name in layers.lines}
        return pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))

    def _lines(self, name: str, own: Columns, elements: pa.Array) -> pa.Array:
        """Return the lines of a column: its own where they differ from those of the elements."""
        if name not in own or name.startswith(LANGUAGES):
            return elements
        self._lined[name] = None
        return pc.coalesce(own[name], elements)

    def _add_groups(
        self,
        layers: Layers,
        series: Columns,
        place: pa.Array,
        starts: tuple[np.ndarray, int],
        only_series: frozenset[str],
    ) -> None:
        """Lay the attributes of groups under the rest: by series where that tells which group it is, else by record."""
        for name, (values, lines) in self._groups.fill(series, starts[0]).items():
            layers.add(name, _spread(values, place), lines.take(place), over=self._names.hidden)
        ordinals = starts[1] + np.arange(len(place), dtype=np.int64)
        by_record = self._groups.fill(dict(layers.columns), ordinals, within=only_series)
        for name, (values, lines) in by_record.items():
            layers.add(name, values, lines, over=self._names.hidden)

    def _attribute_rows(self, columns: Columns, own: Columns, lines: pa.Array) -> pa.RecordBatch:
        rows = dict(columns) | {LINE: lines}
        rows[KIND] = _kinds(_DELETE if self._deletes else _ATTRIBUTES, len(lines))
        rows |= {
            GROUP_LINE + name: pc.coalesce(where, lines)
            for name, where in own.items()
            if not name.startswith(LANGUAGES)
        }
        return pa.RecordBatch.from_arrays(list(rows.values()), names=list(rows))

    def _level(self, name: str, level: str) -> None:
        """Note on which line a component's values stand. Where that varies, batches say it value by value."""
        if name.startswith(LANGUAGES):
            return
        first = self._first_levels.setdefault(name, level)
        if level != LINE and not (self._yielded and first == LINE):
            self.levels.setdefault(name, GROUP_LINE + name if level == GROUP_LINE else level)
        if level == GROUP_LINE or level != first:
            self._lined[name] = None
            if not self._yielded:
                self.levels[name] = GROUP_LINE + name


def _kinds(kind: int, count: int) -> pa.Array:
    return pa.array(np.full(count, kind, np.int8))


def _spread(values: pa.Array, place: pa.Array) -> pa.Array:
    """Return a column of series as one of their observations."""
    codes = encoded(values)
    return pa.DictionaryArray.from_arrays(codes.indices.take(place), codes.dictionary)
