"""The raw terms that occur in staged columns, and the combinations in which they do: what predicates are decided on."""

import pyarrow as pa

from semstat.validators.columns.stage import TABLE, Staged, quoted
from semstat.validators.observations import KIND

__all__ = ["OBSERVATION", "Tuples"]

OBSERVATION = f"{KIND} = 0"
"""SQL condition of the records that are observations."""


class Tuples:
    """The distinct combinations of raw terms that occur, one temporary table for each set of components, made once."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged
        self._made: dict[tuple[tuple[str, ...], bool], str] = {}
        self._dictionaries: set[str] = set()

    def source(self, components: tuple[str, ...], *, observations_only: bool) -> str:
        """Return an SQL source with columns ``k1…`` (as staged) and ``t1…`` (raw terms) of the combinations that occur.

        A single component needs no table of its own: its dictionary, with *absent* beside it, or its text as it stands.
        """
        if len(components) == 1:
            return self._single(components[0])
        key = (components, observations_only and self._staged.has_kinds)
        if key not in self._made:
            name = f"tuples_{len(self._made)}"
            keys = ", ".join(f"{quoted(item)} AS k{place}" for place, item in enumerate(components, 1))
            where = f" WHERE {OBSERVATION}" if key[1] else ""
            self._staged.connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT DISTINCT {keys} FROM {TABLE}{where}"
            )
            self._made[key] = name
        terms, joins = [], []
        for place, item in enumerate(components, 1):
            if item in self._staged.dictionaries:
                joins.append(f" LEFT JOIN {self.dictionary(item)} AS d{place} ON d{place}.id = k{place}")
                terms.append(f"d{place}.term AS t{place}")
            else:
                terms.append(f"k{place} AS t{place}")
        keys = ", ".join(f"k{place}" for place in range(1, len(components) + 1))
        return f"(SELECT {keys}, {', '.join(terms)} FROM {self._made[key]}{''.join(joins)})"

    def _single(self, component: str) -> str:
        if component not in self._staged.dictionaries:
            return f"(SELECT {quoted(component)} AS k1, {quoted(component)} AS t1 FROM {TABLE})"
        absent = "" if component in self._staged.complete else " UNION ALL SELECT NULL, NULL"
        return f"(SELECT id AS k1, term AS t1 FROM {self.dictionary(component)}{absent})"

    def dictionary(self, component: str) -> str:
        """Return the table of a component's raw terms (``id``, ``term``), made once."""
        name = quoted("terms_" + component)
        if component not in self._dictionaries:
            values = self._staged.dictionaries[component]
            table = pa.table({"id": pa.array(range(len(values)), pa.uint32()), "term": pa.array(values, pa.string())})
            connection = self._staged.connection
            connection.register("incoming_terms", table)
            connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM incoming_terms")
            connection.unregister("incoming_terms")
            self._dictionaries.add(component)
        return name
