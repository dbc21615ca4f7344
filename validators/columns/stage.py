"""Stages a stream of record batches as one table, each repetitive column as integers with a dictionary of raw terms.

Raw terms, not validated codes, get the integers: two rows that differ only in two *wrong* codes differ. So keys, groups and
membership are decided on integers, exactly, and a value is judged once however often it occurs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from semstat.validators.columns.encode import TABLE, Encoder, StagedTable, Unknown, Versions, quoted
from semstat.validators.observations import GROUP_LINE, LINE, SERIES_LINE, SOURCE, Observations
from semstat.validators.plan import Check, RecordCheck

__all__ = ["TABLE", "Staged", "Unknown", "quoted", "stage", "staged"]


@dataclass(frozen=True, slots=True)
class Staged:
    """The staged table and what is needed to read it.

    ``dictionaries`` holds the raw terms of each integer column, by id; a column that is not in it holds text.
    ``complete`` names coded components with a value in every record, ``multivalued`` those with several in some,
    ``absent`` those without a column,
    ``versions`` those whose texts say which language they are in. ``kinds`` counts the records of each kind; ``deleted``
    those of a delete action, which are not staged. ``parts`` are the datasets that are judged as one, by the number that
    records give; empty for one dataset.
    """

    connection: duckdb.DuckDBPyConnection
    rows: int
    observations: int
    deleted: int
    columns: tuple[str, ...]
    dictionaries: Mapping[str, list[str]]
    complete: frozenset[str]
    absent: frozenset[str]
    multivalued: frozenset[str]
    unknown: Mapping[str, Unknown]
    versions: Mapping[str, Versions]
    source: Observations
    kinds: Mapping[str, int]
    parts: Sequence[Observations] = ()

    @property
    def tells_parts(self) -> bool:
        """Whether records say which of several datasets they stand in."""
        return SOURCE in self.columns

    def part(self, number: int | None) -> Observations:
        """Return the dataset that a record stands in."""
        return self.source if number is None else self.parts[number]

    def is_spelt_elsewhere(self, check: Check) -> bool:
        """Tell whether a check is on values alone that records give by number: the fault is where they are spelt out."""
        alone = isinstance(check, RecordCheck) and check.components == (check.component,)
        return alone and check.component in self.source.spelt and check.component in self.dictionaries

    def line_columns(self, component: str | None) -> list[str]:
        """Return the columns that tell on which line a component's value stands, the first that is filled decides.

        A group says more precisely than a series where its attributes stand; the record's own line comes last and is left
        out here, since it tells nothing apart.
        """
        if component in self.absent and component in self.source.series_level:
            return [SERIES_LINE] if SERIES_LINE in self.columns else []
        wanted = (GROUP_LINE + (component or ""), self.source.levels.get(component or "", LINE))
        return [name for name in wanted if name in self.columns and name != LINE]

    def is_about_series(self, check: Check) -> bool:
        """Tell whether a check is on several components that all stand at the series: then the series is at fault, once."""
        several = isinstance(check, RecordCheck) and check.component is None and bool(check.components)
        return several and all(self.line_columns(name) == [SERIES_LINE] for name in check.components)


def stage(
    observations: Observations, components: Mapping[str, object], connection: duckdb.DuckDBPyConnection
) -> Staged:
    """Consume the stream into the table :data:`TABLE` of the connection.

    Args:
        observations: The stream; consumed once, in order.
        components: The ids that the plan knows; other columns are counted as unknown, not staged.
        connection: An engine of the caller's; where it spills to, and how much memory it takes, is the caller's matter.
    """
    encoder = Encoder(tuple(components), observations)
    table = StagedTable(connection, encoder.schema())
    for batch in encoder.batches():
        table.add(batch)
    table.flush()
    return staged(encoder, table, components, observations, connection)


def staged(
    encoder: Encoder,
    table: StagedTable,
    components: Mapping[str, object],
    observations: Observations,
    connection: duckdb.DuckDBPyConnection,
    *,
    parts: Sequence[Observations] = (),
) -> Staged:
    """Return what has been staged, once the table is written; the arguments are those of :func:`stage` and of the result."""
    return Staged(
        connection,
        rows=encoder.rows,
        observations=encoder.rows - encoder.kinds["attributes"],
        deleted=encoder.deleted,
        columns=tuple(table.types),
        dictionaries={name: list(ids) for name, ids in encoder.ids.items()},
        complete=frozenset(encoder.ids) - encoder.incomplete,
        absent=frozenset(components) - encoder.seen,
        multivalued=observations.multivalued | encoder.several,
        unknown=encoder.unknown,
        versions=encoder.versions,
        source=observations,
        kinds=encoder.kinds,
        parts=parts,
    )
