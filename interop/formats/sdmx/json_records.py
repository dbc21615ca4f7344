"""Makes record batches of one dataset of an SDMX-JSON message: its series, observations and groups."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import pyarrow as pa

from semstat.interop.formats.dataset import ComponentIds, Tally
from semstat.interop.formats.json_tokens import Places
from semstat.interop.formats.json_values import JsonObject, JsonValue
from semstat.interop.formats.sdmx.json_columns import Fault, key_columns, value_columns
from semstat.interop.formats.sdmx.json_layout import Layout, ListedComponent
from semstat.interop.formats.sdmx.json_report import JsonReport, pointer
from semstat.interop.formats.sdmx.ml_batches import Batches
from semstat.interop.formats.sdmx.ml_items import DataSetAttributes, GroupElement
from semstat.interop.formats.sdmx.ml_names import Names
from semstat.interop.formats.sdmx.ml_records import Records
from semstat.interop.formats.text_columns import constant

__all__ = ["JsonRecords"]

_AT_ONCE = 1 << 14
"""Observations without series that are turned to columns at once."""

_BYTES_AT_ONCE = 1 << 19
"""The length of the text of series that are turned to columns at once: some ten thousand observations."""

Members = Sequence[tuple[str, JsonValue]]


@dataclass(slots=True)
class JsonRecords:
    """The records of one dataset.

    Args:
        dataset: The object in the message.
        layout: The components as the message lists them.
        where: JSON pointer to the dataset.
        report: Receives findings.
        tally: Counts what is read.
        deletes: Whether all records are to be deleted.
        attached: The dimensions below the dataset that attributes are attached to, as the structure says.
    """

    dataset: JsonObject
    layout: Layout
    where: str
    report: JsonReport
    tally: Tally
    deletes: bool = False
    attached: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    line: int = field(init=False)
    levels: Mapping[str, str] = field(init=False)
    _batches: Batches = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the attributes of the dataset, so that :attr:`levels` knows of them."""
        self.line = self.report.text.member_place(self.dataset, "attributes")
        components = self._components()
        self._batches = Batches(
            components,
            self._dataset_attributes(),
            self.line,
            tally=self.tally,
            findings=self.report.findings,
            names=Names(components, self.report.findings),
            deletes=self.deletes,
            lifts=True,
        )
        self.levels = self._batches.levels

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the batches: series with their observations, observations without series, what only has attributes.

        Findings:
            DF030, DF031, IO117, IO118.
        """
        self._check_single_values()
        for group in self._groups():
            if group.type:
                self._batches.add_group(group)
            else:
                self._batches.set_attributes(DataSetAttributes(group.attributes, group.line, []))
        for records in chain(self._series_records(), self._flat_records()):
            self.report.findings.take_over(self.report.text.late)
            yield from self._batches.batches(records)
        yield from self._batches.rest()

    def _check_single_values(self) -> None:
        for item in self.layout.dataset_dimensions:
            if len(item.values) != 1:
                count = len(item.values)
                message = (
                    f"the message gives `{item.id}` for the whole dataset and lists {count} values for it, not one"
                )
                place = next(iter(item.places.values()), self.report.text.place_of(self.dataset))
                self.report.add("DF031", message, place, self.where, value=item.id, expected="one value")

    def _components(self) -> ComponentIds:
        """Return the components of the message; each pattern of dimensions that a key of a group fills is a group."""
        keys = (self._named_dimensions(key) for key, _ in self._members(self.dataset, "dimensionGroupAttributes"))
        dimensions = tuple(item.id for item in self.layout.dimensions)
        return ComponentIds(dimensions, groups={",".join(named): named for named in keys}, attached=self.attached)

    def _named_dimensions(self, key: str) -> tuple[str, ...]:
        parts = zip(self.layout.dimensions, key.split(":"), strict=False)
        return tuple(item.id for item, part in parts if part not in ("", "~"))

    def _members(self, holder: JsonObject, name: str) -> Members:
        found = self.report.member(holder, name, JsonObject, self.where)
        return found.pairs if found is not None else []

    # What is given once for many observations.

    def _dataset_attributes(self) -> list[str]:
        values = self.report.member(self.dataset, "attributes", list, self.where)
        path = pointer(self.where, "attributes")
        return self._attributes(values or [], self.layout.dataset_attributes, self.line, path)

    def _attributes(
        self, values: list[JsonValue], components: Sequence[ListedComponent], place: int, path: str
    ) -> list[str]:
        """Return attributes as names and values in turn."""
        columns, faults = value_columns([values], components)
        self._report(faults, lambda _: (place, path))
        return [
            text
            for name, column in columns.items()
            if (value := column[0].as_py()) is not None
            for text in (name, value)
        ]

    def _groups(self) -> Iterator[GroupElement]:
        members = self._members(self.dataset, "dimensionGroupAttributes")
        if not members:
            return
        holder = self.dataset.get("dimensionGroupAttributes")
        assert isinstance(holder, JsonObject)
        places = self.report.text.member_places([holder])
        path = pointer(self.where, "dimensionGroupAttributes")
        keys = key_columns([key for key, _ in members], self.layout.dimensions, partial=True)
        self._report(keys.faults, lambda row: (int(places[row]), pointer(path, members[row][0])))
        rows = iter(range(len(keys.good)))
        for place, (key, values) in enumerate(members):
            if not keys.good[place]:
                continue
            row = next(rows)
            named = self._named_dimensions(key)
            element = [text for name in named for text in (name, keys.columns[name][row].as_py())]
            if not isinstance(values, list):
                self.report.wrong_type(values, int(places[place]), pointer(path, key), "an array")
                continue
            where = pointer(path, key)
            element += self._attributes(values, self.layout.group_attributes, int(places[place]), where)
            yield GroupElement(",".join(named), element, int(places[place]))

    # Observations.

    def _flat_records(self) -> Iterator[Records]:
        holder = self.report.member(self.dataset, "observations", JsonObject, self.where)
        if holder is None:
            return
        dimensions = (*self.layout.series_dimensions, *self.layout.observation_dimensions)
        path = pointer(self.where, "observations")
        places = self.report.text.member_places([holder])
        if not len(places):
            return
        for start in range(0, len(holder.pairs), _AT_ONCE):
            pairs = holder.pairs[start : start + _AT_ONCE]
            some = places[start : start + _AT_ONCE]
            at = _Places(some, pairs, lambda _: path)
            columns, kept = self._observations(pairs, dimensions, at)
            columns |= self._of_dataset(len(kept))
            zero = np.zeros(1, np.int64)
            yield Records(columns, some[kept], {}, zero, np.array([len(kept)]), np.zeros(1, bool), 0)

    def _of_dataset(self, count: int) -> dict[str, pa.Array]:
        found = {}
        for item in self.layout.dataset_dimensions:
            if len(item.values) == 1 and item.values[0] is not None:
                found[item.id] = constant(item.values[0], count)
        return found

    def _observations(
        self, pairs: Members, dimensions: Sequence[ListedComponent], at: "_Places"
    ) -> tuple[dict[str, pa.Array], Places]:
        """Return the columns of observations whose keys can be read, and which of them these are."""
        keys = key_columns([key for key, _ in pairs], dimensions)
        self._report(keys.faults, at.of)
        values = [value for _, value in pairs]
        kept = np.flatnonzero(keys.good)
        if len(kept) < len(values):
            # What has no key is no observation; it is counted, and named by a finding.
            self.tally.observations += len(values) - len(kept)
            values = [values[row] for row in kept]
        components = (*self.layout.measures, *self.layout.observation_attributes)
        columns, faults = value_columns(values, components, annotations=self.layout.annotations)
        self._report(faults, lambda row: at.of(int(kept[row])))
        return keys.columns | columns, kept

    def _series_records(self) -> Iterator[Records]:
        holder = self.report.member(self.dataset, "series", JsonObject, self.where)
        if holder is None:
            return
        path = pointer(self.where, "series")
        places = self.report.text.member_places([holder])
        start = 0
        while start < len(holder.pairs):
            end = max(start + 1, int(np.searchsorted(places, places[start] + _BYTES_AT_ONCE)))
            yield self._records_of_series(holder.pairs[start:end], places[start:end], path)
            start = end

    def _records_of_series(self, pairs: Members, places: Places, path: str) -> Records:
        keys = key_columns([key for key, _ in pairs], self.layout.series_dimensions)
        self._report(keys.faults, lambda row: (int(places[row]), pointer(path, pairs[row][0])))
        for row in np.flatnonzero(~keys.good).tolist():
            self._count_lost(pairs[row][1])
        kept = np.flatnonzero(keys.good)
        pairs, places = [pairs[row] for row in kept.tolist()], places[kept]
        series = self._series(pairs, places, path)
        columns = self._of_dataset(len(pairs)) | keys.columns | self._series_attributes(series, pairs, path)
        held = [self._observations_of(item, key, path) for item, (key, _) in zip(series, pairs, strict=True)]
        counts: Places = np.array([len(item.pairs) for item in held], np.int64)
        observed = [pair for item in held for pair in item.pairs]
        members = self.report.text.member_places([item for item in held if item.pairs])
        owners: Places = np.repeat(np.arange(len(pairs)), counts)
        at = _Places(members, observed, lambda row: pointer(path, pairs[owners[row]][0], "observations"))
        cells, good = self._observations(observed, self.layout.observation_dimensions, at)
        left: Places = np.bincount(owners[good], minlength=len(pairs)).astype(np.int64)
        return Records(cells, members[good], columns, places, left, counts == 0, len(pairs))

    def _series_attributes(self, series: list[JsonObject], pairs: Members, path: str) -> dict[str, pa.Array]:
        text = self.report.text
        values = [found if isinstance(found := item.get("attributes"), list) else [] for item in series]
        columns, faults = value_columns(values, self.layout.series_attributes)
        self._report(
            faults,
            lambda row: (text.member_place(series[row], "attributes"), pointer(path, pairs[row][0], "attributes")),
        )
        return columns

    def _series(self, pairs: Members, places: Places, path: str) -> list[JsonObject]:
        found = []
        for (key, item), place in zip(pairs, places.tolist(), strict=True):
            if not isinstance(item, JsonObject):
                self.report.wrong_type(item, place, pointer(path, key), "an object")
            elif not isinstance(item.get("attributes"), list | None) or item.repeated():
                where = pointer(path, key)
                self.report.member(item, "attributes", list, where)
                self.report.member(item, "observations", JsonObject, where)
            found.append(item if isinstance(item, JsonObject) else JsonObject([], -1))
        return found

    def _observations_of(self, series: JsonObject, key: str, path: str) -> JsonObject:
        found = series.get("observations")
        if isinstance(found, JsonObject):
            return found
        if found is not None and not series.repeated():  # where names are repeated, it was reported with them
            self.report.member(series, "observations", JsonObject, pointer(path, key))
        return _NOTHING

    def _count_lost(self, series: JsonValue) -> None:
        held = series.get("observations") if isinstance(series, JsonObject) else None
        self.tally.observations += len(held.pairs) if isinstance(held, JsonObject) else 0
        self.tally.series += 1

    def _report(self, faults: Sequence[Fault], at: Callable[[int], tuple[int, str]]) -> None:
        """Report faults; ``at`` gives the place and pointer of a row: the name of the member whose value it is."""
        for fault in faults:
            place, path = at(fault.row)
            if fault.element is not None and self.report.findings.lists(fault.rule):
                place = self.report.text.element_place(place, fault.element)
                path = pointer(path, str(fault.element))
            self.report.add(fault.rule, fault.message, place, path, value=fault.value, expected=fault.expected)


_NOTHING = JsonObject([], -1)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where observations stand, and the JSON pointers to them: that of what it stands in, and its own key."""

    places: Places
    pairs: Members
    holder: Callable[[int], str]

    def of(self, row: int) -> tuple[int, str]:
        return int(self.places[row]), pointer(self.holder(row), self.pairs[row][0])
