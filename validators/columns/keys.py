"""Keys in staged columns: several dimensions as one integer, and the observations that share one."""

from collections.abc import Iterator, Sequence
from math import prod

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from semstat.validators.columns.stage import TABLE, Staged, quoted
from semstat.validators.columns.tuples import Tuples, kind_condition
from semstat.validators.observations import OBSERVATION_KINDS, PART_SEPARATOR

__all__ = ["Duplicates", "complete_records", "key_expression", "parts_of"]

_KEYS_AT_ONCE = 1 << 23
"""Keys that are sorted as one array: 64 megabytes of them."""


def key_expression(staged: Staged, components: Sequence[str]) -> str:
    """Return one integer expression for several dictionary columns, or the columns where they do not fit in 62 bits.

    The integer is as narrow as the numbers of terms allow: keys are what uniqueness costs.
    """
    sizes = [len(staged.dictionaries.get(item, ())) + 1 for item in components]
    product = prod(sizes)
    if product >= 1 << 62 or any(item not in staged.dictionaries for item in components):
        return f"({', '.join(quoted(item) for item in components)})"
    kind = "UINTEGER" if product < 1 << 32 else "BIGINT"
    factors = [prod(sizes[:place]) for place in range(len(sizes))]
    parts = (f"{quoted(item)}::{kind} * {factor}" for item, factor in zip(components, factors, strict=True))
    return f"({' + '.join(parts)})::{kind}" if components else "0"


def complete_records(staged: Staged, components: Sequence[str], *, observations_only: bool) -> str:
    """Return the SQL condition of the records that have a value for all the components.

    SPARQL joins only where every dimension has a value, SQL groups absent ones together: they have to be left out.
    """
    conditions = [f"{quoted(item)} IS NOT NULL" for item in components if item not in staged.complete]
    kinds = kind_condition(staged, OBSERVATION_KINDS) if observations_only else ""
    return " AND ".join([*conditions, *([kinds] if kinds else [])]) or "true"


class Duplicates:
    """The observations that share their key with an earlier one: found once, and told apart by whether they agree with it."""

    def __init__(self, staged: Staged, tuples: Tuples) -> None:
        self._staged, self._tuples = staged, tuples
        self._made: dict[tuple[str, ...], str | None] = {}

    def source(self, components: tuple[str, ...]) -> str | None:
        """Return a table (``row``, ``first``, ``differs``) of the observations that repeat a key; ``None`` if none does."""
        if components not in self._made:
            self._made[components] = self._make(components, f"duplicates_{len(self._made)}")
        return self._made[components]

    def _make(self, components: tuple[str, ...], name: str) -> str | None:
        staged = self._staged
        key, where = key_expression(staged, components), complete_records(staged, components, observations_only=True)
        if not _repeated(staged, key, where, packed="::" in key):
            return None
        first = f"min(rowid) OVER (PARTITION BY {key}) AS first"
        members = f"SELECT rowid AS row, {first} FROM {TABLE} SEMI JOIN repeated ON repeated.key = {key} WHERE {where}"
        staged.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT row, first, ({self._differs(components)}) AS differs "
            f"FROM ({members}) AS pair JOIN {TABLE} AS one ON one.rowid = row JOIN {TABLE} AS other ON other.rowid = first "
            f"WHERE row > first"
        )
        return name

    def _differs(self, key: tuple[str, ...]) -> str:
        others = [name for name in self._staged.columns if not name.startswith("_") and name not in key]
        parts = [f"{self._value('one', name)} IS DISTINCT FROM {self._value('other', name)}" for name in others]
        return " OR ".join(parts) or "false"

    def _value(self, table: str, name: str) -> str:
        """Return the value of a component in a form in which the same values, in whatever order, are equal."""
        column = f"{table}.{quoted(name)}"
        if name not in self._staged.multivalued:
            return column
        if name in self._staged.dictionaries:
            column = f"(SELECT term FROM {self._tuples.dictionary(name)} WHERE id = {column})"
        return f"list_sort(list_distinct(string_split({column}, chr({ord(PART_SEPARATOR)}))))"


def _repeated(staged: Staged, key: str, where: str, *, packed: bool) -> bool:
    """Fill the table ``repeated`` with the keys that occur more than once; return whether there are any.

    Packed keys are sorted as a plain array: a third of the time, and a quarter of the memory, of grouping them.
    """
    connection = staged.connection
    if not packed:
        grouped = f"SELECT {key} AS key FROM {TABLE} WHERE {where} GROUP BY 1 HAVING count(*) > 1"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE repeated AS {grouped}")
        return connection.execute("SELECT count(*) FROM repeated").fetchall() != [(0,)]
    found = np.concatenate([_twice(connection, key, f"{where}{part}") for part in parts_of(staged.rows, key)])
    if len(found):
        connection.register("found_keys", pa.table({"key": found}))
        connection.execute("CREATE OR REPLACE TEMP TABLE repeated AS SELECT key FROM found_keys")
        connection.unregister("found_keys")
    return bool(len(found))


def _twice(connection: duckdb.DuckDBPyConnection, key: str, where: str) -> npt.NDArray[np.int64]:
    keys = connection.execute(f"SELECT {key} AS key FROM {TABLE} WHERE {where}").fetchnumpy()["key"]
    keys.sort()
    return np.unique(keys[1:][keys[1:] == keys[:-1]])


def parts_of(rows: int, key: str) -> Iterator[str]:
    """Yield conditions that divide records by their keys, so that no array of keys outgrows the memory.

    Each begins with ``AND``; there is one, and it is empty, where all keys may be held at once.

    Example:
        >>> list(parts_of(1_000, "key"))
        ['']
        >>> len(list(parts_of(50_000_000, "key")))
        6
    """
    parts = -(-rows // _KEYS_AT_ONCE)
    yield from [f" AND hash({key}) % {parts} = {part}" for part in range(parts)] if parts > 1 else [""]
