"""The content of one SDMX-ML dataset: its attributes, groups, series with their observations, and what has no place."""

# ruff: noqa: S608 - every name in the SQL is quoted, every value a literal of ours

from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import BinaryIO

import pyarrow as pa

from semstat.interop.formats.outgoing import Losses, Outgoing
from semstat.interop.formats.sdmx.write_ml_places import Group, Places
from semstat.interop.formats.sdmx.write_ml_text import Elements
from semstat.interop.formats.text_output import glue, payload
from semstat.interop.formats.write_grouped import Grouped, all_given, any_given, order
from semstat.interop.formats.write_stage import names_of
from semstat.validators.columns.stage import quoted
from semstat.validators.observations import LANGUAGES

__all__ = ["Body"]

_CLOSE = "    </Series>\n"


class Body:
    """Writes the records of one dataset, action by action.

    Args:
        dataset: The dataset.
        where: Where its components stand.
        prefix: The namespace prefix of the structure's types, with its colon.
        types: Components that are ``Comp`` elements, and their types.
        losses: Receives IO224, IO225 and IO228.
        atts: Whether attributes may stand in ``Atts`` elements (SDMX 3.0), also with partial keys.
        folder: Where the engine spills to.
    """

    def __init__(
        self,
        dataset: Outgoing,
        where: Places,
        prefix: str,
        types: Mapping[str, str],
        losses: Losses,
        *,
        atts: bool,
        folder: str | None,
    ) -> None:
        self._dataset, self._where, self._prefix, self._losses, self._atts = dataset, where, prefix, losses, atts
        self._elements = Elements(dataset, prefix, types)
        grouped = [name for group in where.groups for name in group.attributes]
        self._names = list(dict.fromkeys([*where.key, *where.observation, *where.series, *grouped, *where.dataset]))
        self._dimensions = [*where.key, *where.dimensions]
        observed = f"(_kind = 0 OR ({all_given(self._dimensions)}))"
        self._rows = Grouped(dataset, self._names, losses, observed=observed, folder=folder)
        self.letters = self._rows.letters

    def __enter__(self) -> "Body":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._elements.report(self._losses)
        self._rows.__exit__(kind, error, trace)

    def write(self, sink: BinaryIO, start: str, letter: str | None, *, inside: str = "") -> None:
        """Write one dataset element with the records of one action.

        Args:
            sink: Where to write.
            start: The start of the element, without its attributes of components.
            letter: The action's letter, ``None`` for records that state none.
            inside: Lines that stand before all that is made of records.
        """
        self._rows.turn_to(letter)
        own = self._rows.constant(self._where.dataset)
        if self._atts:
            sink.write(f"  <{start}>\n{inside}".encode())
            if any(column.null_count == 0 for column in own.columns):
                sink.write(payload(glue("    ", self._elements.make("Atts", own, self._where.dataset), "\n")))
        else:
            sink.write(payload(glue("  ", self._elements.make(start, own, self._where.dataset, open_ended=True), "\n")))
            sink.write(inside.encode())
        for group in self._where.groups:
            self._group(sink, group)
        self._rest(sink)
        if self._where.key:
            self._series(sink)
        else:
            self._flat(sink)
        sink.write(b"  </mes:DataSet>\n")

    def _group(self, sink: BinaryIO, group: Group) -> None:
        self._rows.grouped("grouped", group.dimensions, group.attributes, all_given(group.dimensions), "groups")
        names = [*group.dimensions, *group.attributes]
        query = f"SELECT {names_of(names)} FROM grouped WHERE {any_given(group.attributes)} ORDER BY {order(group.dimensions)}"
        self._elements_of(sink, f'Group xsi:type="{self._prefix}{group.id}"', query, names)

    def _elements_of(self, sink: BinaryIO, tag: str, query: str, names: Sequence[str]) -> None:
        for batch in self._rows.batches(query):
            sink.write(payload(glue("    ", self._elements.make(tag, batch, names), "\n")))

    def _flat(self, sink: BinaryIO) -> None:
        names = self._where.observation
        query = f"SELECT {names_of(names)} FROM records WHERE {self._rows.condition} AND {self._rows.observed} ORDER BY _row"
        self._elements_of(sink, "Obs", query, names)

    def _series(self, sink: BinaryIO) -> None:
        key, own = self._where.key, [*self._where.key, *self._where.series]
        self._rows.grouped("series", key, self._where.series, f"{self._rows.observed} OR ({all_given(key)})", "series")
        empty = True
        for data in self._rows.series(
            key, self._where.observation, self._series_heads(own), self._observation, close=_CLOSE
        ):
            sink.write(data)
            empty = False
        if not empty:
            sink.write(_CLOSE.encode())
        self._elements_of(
            sink, "Series", f"SELECT {names_of(own)} FROM series WHERE NOT _full ORDER BY {order(key)}", own
        )

    def _observation(self, batch: pa.RecordBatch) -> pa.Array:
        return glue("      ", self._elements.make("Obs", batch, self._where.observation), "\n")

    def _series_heads(self, names: Sequence[str]) -> Iterator[pa.Array]:
        query = f"SELECT {names_of(names)} FROM series WHERE _full ORDER BY {order(self._where.key)}"
        for batch in self._rows.batches(query):
            yield glue("    ", self._elements.make("Series", batch, names, open_ended=True), "\n")

    def _rest(self, sink: BinaryIO) -> None:
        """Write attributes whose partial key is neither a group nor a series, or note that they have no place (IO224)."""
        misplaced = dict(self._misplaced())
        if self._atts:
            attributes = {
                name: f"CASE WHEN {bad} THEN {quoted(name)} END AS {quoted(name)}" for name, bad in misplaced.items()
            }
            condition = (
                " OR ".join(f"({quoted(name)} IS NOT NULL AND {bad})" for name, bad in misplaced.items()) or "false"
            )
            chosen = ", ".join([names_of(self._dimensions), *attributes.values()])
            query = f"SELECT {chosen} FROM records WHERE {self._rows.condition} AND _kind = 1 AND ({condition}) ORDER BY _row"
            self._elements_of(sink, "Atts", query, [*self._dimensions, *attributes])
        written = "_kind = 1" if self._atts else "false"
        for name, bad in misplaced.items():
            if not name.startswith(LANGUAGES):
                message = f"values of `{name}` with a partial key that has no place in the message, left out: {{}}"
                lost = f"{quoted(name)} IS NOT NULL AND {bad} AND _kind <> 2 AND NOT {written}"
                self._rows.lost(lost, message, name)
        key = all_given(self._where.key) if self._where.key else "false"
        self._rows.lost(
            f"_kind = 2 AND NOT {self._rows.observed} AND NOT ({key})",
            "deletions with a partial key that has no place in the message, left out: {}",
            None,
        )

    def _misplaced(self) -> Iterator[tuple[str, str]]:
        """Yield each component with the condition under which a record's value of it has no place."""
        for group in self._where.groups:
            for name in group.attributes:
                yield name, f"NOT ({all_given(group.dimensions)})"
        for name in self._where.series:
            yield name, f"NOT ({self._rows.observed} OR ({all_given(self._where.key)}))"
        for name in self._where.observation:
            if name not in self._where.dimensions:
                yield name, f"NOT {self._rows.observed}"
