"""Applies a structure map to columns: distinct values are mapped once, records follow by their numbers.

Observation values are carried, never calculated; a record whose key has no counterpart is left out. Whatever was left
out, left empty or decided among several rows is in the account.

Source:
    SDMX 3.0, Section 6 (Technical Notes), 13 *Structure mapping*.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from semstat.mappings.date_rules import DatePattern, Moment, epoch, period
from semstat.mappings.structure_maps import ComponentRule, DateRule, FixedRule, Rule, StructureMapping

__all__ = ["Account", "Entry", "apply_to_columns"]

Kind = Literal["unmapped", "without counterpart", "ambiguous", "not a date", "no frequency"]
Places = npt.NDArray[np.int64]


@dataclass(slots=True)
class Entry:
    """One thing that a map could not do, or did by choice: how many records, the first of them (from 0), and its line."""

    kind: Kind
    rule: str
    sources: tuple[str, ...]
    values: tuple[str | None, ...]
    targets: tuple[str, ...]
    count: int = 0
    first: int = 0
    line: int | None = None


@dataclass(slots=True)
class Account:
    """What came of applying a map: records read, written and left out, and the entries by kind, rule and values.

    ``unused`` are the components of the source with values that no rule looks at.
    """

    read: int = 0
    written: int = 0
    unused: dict[str, int] = field(default_factory=dict)
    _entries: dict[tuple[Kind, str, tuple[str | None, ...]], Entry] = field(default_factory=dict)

    @property
    def left_out(self) -> int:
        """Records without a counterpart."""
        return self.read - self.written

    @property
    def entries(self) -> list[Entry]:
        """The entries, in the order in which they came up."""
        return list(self._entries.values())

    def note(self, rule: Rule, entry: Entry) -> None:
        """Count the records of an entry, under what stands for the same kind, rule and values already."""
        known = self._entries.get((entry.kind, rule.name, entry.values))
        if known is None:
            self._entries[entry.kind, rule.name, entry.values] = entry
        else:
            known.count += entry.count


def apply_to_columns(
    mapping: StructureMapping,
    batches: Iterable[pa.RecordBatch],
    *,
    key: frozenset[str],
    carried: frozenset[str],
    account: Account,
    line: str | None = None,
    separator: str = "\x1f",
) -> Iterator[pa.RecordBatch]:
    """Yield the records that a map makes of others.

    Args:
        mapping: The map.
        batches: Records whose columns are text (or dictionaries of text), one for each component of the source.
        key: The dimensions of the target; a record without a value for one that the map fills is left out.
        carried: Columns that are no components and go along unchanged (lines, kinds of records).
        account: Receives what could not be mapped, and the counts.
        line: The carried column that says on which line a record stands.
        separator: Between the parts of a component with several values.

    Raises:
        BadDatePattern: a date rule of the map has no meaning; check maps before applying them.
    """
    for batch in batches:
        _note_unused(mapping, batch, carried, account)
        columns, kept = _Batch(mapping, batch, account, separator, line).mapped(key)
        carry = {name: batch.column(name) for name in batch.schema.names if name in carried}
        result = pa.RecordBatch.from_arrays([*columns.values(), *carry.values()], names=[*columns, *carry])
        if not kept.all():
            result = result.filter(pa.array(kept))
        account.read += batch.num_rows
        account.written += result.num_rows
        yield result


def _note_unused(mapping: StructureMapping, batch: pa.RecordBatch, carried: frozenset[str], account: Account) -> None:
    for name in batch.schema.names:
        if name not in carried and name not in mapping.sources:
            column = batch.column(name)
            filled = len(column) - column.null_count
            if filled:
                account.unused[name] = account.unused.get(name, 0) + filled


class _Batch:
    """One batch on its way through a map."""

    def __init__(
        self, mapping: StructureMapping, batch: pa.RecordBatch, account: Account, separator: str, line: str | None
    ) -> None:
        self._mapping, self._batch, self._account, self._separator = mapping, batch, account, separator
        self._lines = batch.column(line) if line is not None and line in batch.schema.names else None
        self._columns: dict[str, pa.Array] = {}

    def mapped(self, key: frozenset[str]) -> tuple[dict[str, pa.Array], npt.NDArray[np.bool_]]:
        """Return the target's columns, and which records have a value for all dimensions that the map fills."""
        rules = self._mapping.rules
        for rule in (*(rule for rule in rules if not isinstance(rule, DateRule)), *_dates(rules)):
            for name, column in self._of(rule).items():
                before = self._columns.get(name)
                self._columns[name] = column if before is None else _first_filled(before, column)
        kept = np.ones(self._batch.num_rows, bool)
        for name in key & self._columns.keys():
            kept &= self._columns[name].is_valid().to_numpy(zero_copy_only=False)
        order = [name for name in self._mapping.targets if name in self._columns]
        return {name: self._columns[name] for name in order}, kept

    def _of(self, rule: Rule) -> dict[str, pa.Array]:
        if isinstance(rule, FixedRule):
            value = self._separator.join(rule.values) if rule.values else None
            zeros = np.zeros(self._batch.num_rows, np.int64)
            return {name: _column([value], zeros) for name in rule.targets}
        if isinstance(rule, ComponentRule):
            return self._component(rule)
        return self._date(rule)

    def _component(self, rule: ComponentRule) -> dict[str, pa.Array]:
        if rule.rules is None:
            return dict(zip(rule.targets, (self._source(name) for name in rule.sources), strict=False))
        combinations, places = _distinct([self._source(name) for name in rule.sources])
        found = [self._matched(rule, values, number, places) for number, values in enumerate(combinations)]
        return {
            name: _column([targets[place] if place < len(targets) else None for targets in found], places)
            for place, name in enumerate(rule.targets)
        }

    def _matched(
        self, rule: ComponentRule, values: tuple[str | None, ...], number: int, places: Places
    ) -> Sequence[str | None]:
        """Return what a combination becomes; several values in one cell are mapped one by one."""
        assert rule.rules is not None
        given = [value for value in values if value is not None]
        if not given:
            return ()
        parts = [given] if len(given) == len(values) else []
        if len(values) == 1:
            parts = [[part] for part in given[0].split(self._separator)]
        results: list[Sequence[str]] = []
        for part in parts:
            match = rule.rules.match(part)
            if match is None or not match.targets:
                self._note("unmapped" if match is None else "without counterpart", rule, tuple(part), number, places)
                continue
            if match.others:
                self._note("ambiguous", rule, tuple(part), number, places, match.targets)
            results.append(match.targets)
        if not parts:
            self._note("unmapped", rule, values, number, places)
        return [self._separator.join(column) for column in zip(*results, strict=True)]

    def _date(self, rule: DateRule) -> dict[str, pa.Array]:
        reads = _Reads(rule)
        columns = {}
        for source, target in zip(rule.sources, rule.targets, strict=False):
            dates, frequencies = self._source(source), self._frequencies(rule)
            combinations, places = _distinct([dates, frequencies])
            values = [
                self._period(rule, reads, value, frequency, number, places)
                for number, (value, frequency) in enumerate(combinations)
            ]
            columns[target] = _column(values, places)
        return columns

    def _period(
        self,
        rule: DateRule,
        reads: "_Reads",
        value: str | None,
        frequency: str | None,
        number: int,
        places: Places,
    ) -> str | None:
        if value is None:
            return None
        if rule.frequencies and frequency not in rule.frequencies:
            return None  # another rule is for it, or none: then the record lacks its period, and is counted there
        moment = reads[value]
        if moment is None:
            self._note("not a date", rule, (value,), number, places)
            return None
        found = period(moment.at(rule.resolve), frequency or "", written=rule.formats.get(frequency or ""))
        if found is None:
            self._note("no frequency", rule, (value, frequency), number, places)
        return found

    def _frequencies(self, rule: DateRule) -> pa.Array:
        if rule.frequency is not None or rule.frequency_dimension is None:
            return _column([rule.frequency], np.zeros(self._batch.num_rows, np.int64))
        known = self._columns.get(rule.frequency_dimension)
        return known if known is not None else self._source(rule.frequency_dimension)

    def _source(self, name: str) -> pa.Array:
        if name in self._batch.schema.names:
            return self._batch.column(name)
        assumed = self._mapping.assumed.get(name)
        value = self._separator.join(assumed) if assumed else None
        return _column([value], np.zeros(self._batch.num_rows, np.int64))

    def _note(
        self,
        kind: Kind,
        rule: Rule,
        values: tuple[str | None, ...],
        number: int,
        places: Places,
        targets: tuple[str, ...] = (),
    ) -> None:
        rows = np.flatnonzero(places == number)
        first, lines = int(rows[0]), self._lines
        line = lines[first].as_py() if lines is not None else None
        entry = Entry(kind, rule.name, rule.sources, values, targets, len(rows), self._account.read + first, line)
        self._account.note(rule, entry)


def _dates(rules: Iterable[Rule]) -> Iterator[DateRule]:
    """Yield the date rules: they come last, since they may need the frequency that another rule maps."""
    yield from (rule for rule in rules if isinstance(rule, DateRule))


class _Reads(dict[str, Moment | None]):
    """What values mean by a date rule, each found out once."""

    def __init__(self, rule: DateRule) -> None:
        super().__init__()
        self._rule = rule
        self._pattern = DatePattern(rule.pattern, rule.locale) if rule.pattern is not None else None

    def __missing__(self, value: str) -> Moment | None:
        base, unit = self._rule.base or "", self._rule.unit or ""
        found = self._pattern.read(value) if self._pattern is not None else epoch(value, base, unit)
        self[value] = found
        return found


def _distinct(columns: Sequence[pa.Array]) -> tuple[list[tuple[str | None, ...]], Places]:
    """Return the combinations of values that occur, and for each record the number of its combination."""
    combinations: list[tuple[str | None, ...]] = [()]
    places = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        coded = column if isinstance(column, pa.DictionaryArray) else column.dictionary_encode()
        values: list[str | None] = [*coded.dictionary.to_pylist(), None]
        indices = coded.indices.fill_null(len(values) - 1).to_numpy(zero_copy_only=False).astype(np.int64)
        found, places = np.unique(places * len(values) + indices, return_inverse=True)
        combinations = [(*combinations[code // len(values)], values[code % len(values)]) for code in found.tolist()]
    return combinations, places


def _column(values: Sequence[str | None], places: Places) -> pa.Array:
    """Return the column whose records hold these values at these places."""
    table: dict[str, int] = {}
    numbers = [None if value is None else table.setdefault(value, len(table)) for value in values]
    indices = pa.array(numbers, pa.int32()).take(pa.array(places))
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(table), pa.string()))


def _first_filled(one: pa.Array, other: pa.Array) -> pa.Array:
    import pyarrow.compute as pc

    return pc.coalesce(one.cast(pa.string()), other.cast(pa.string()))
