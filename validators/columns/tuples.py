"""The raw terms that occur in staged columns, and the combinations in which they do: what predicates are decided on."""

import pyarrow as pa

from semstat.validators.columns.stage import TABLE, Staged, quoted
from semstat.validators.observations import KIND, OBSERVATION_KINDS, RECORD_KINDS

__all__ = ["OBSERVATION", "Tuples", "kind_condition"]

OBSERVATION = f"{KIND} <> {RECORD_KINDS.index('attributes')}"
"""SQL condition of the staged records that are observations."""


def kind_condition(staged: Staged, kinds: frozenset[str]) -> str:
    """Return the SQL condition of the records of some kinds; empty where all staged records are of these kinds."""
    if not any(count for kind, count in staged.kinds.items() if kind not in kinds):
        return ""
    listed = ", ".join(str(RECORD_KINDS.index(kind)) for kind in sorted(kinds))
    return OBSERVATION if kinds == OBSERVATION_KINDS else f"{KIND} IN ({listed})"


class Tuples:
    """The distinct combinations of raw terms that occur, one temporary table for each set of components, made once."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged
        self._made: dict[tuple[tuple[str, ...], str], str] = {}
        self._dictionaries: set[str] = set()

    def source(self, components: tuple[str, ...], kinds: frozenset[str]) -> str:
        """Return an SQL source with columns ``k1…`` (as staged) and ``t1…`` (raw terms) of the combinations that occur.

        A single component needs no table of its own: its dictionary, with *absent* beside it, or its text as it stands.
        """
        if len(components) == 1:
            return self._single(components[0])
        if any(item not in self._staged.dictionaries for item in components):
            return self._rows(components, kinds)
        key = (components, kind_condition(self._staged, kinds))
        if key not in self._made:
            name = f"tuples_{len(self._made)}"
            keys = ", ".join(f"{quoted(item)} AS k{place}" for place, item in enumerate(components, 1))
            where = f" WHERE {key[1]}" if key[1] else ""
            self._staged.connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT DISTINCT {keys} FROM {TABLE}{where}"
            )
            self._made[key] = name
        return self._with_terms(components, self._made[key])

    def _rows(self, components: tuple[str, ...], kinds: frozenset[str]) -> str:
        """Return the source with a row for each record: where a component hardly repeats, combinations do not either."""
        keys = ", ".join(f"{quoted(item)} AS k{place}" for place, item in enumerate(components, 1))
        condition = kind_condition(self._staged, kinds)
        where = f" WHERE {condition}" if condition else ""
        return self._with_terms(components, f"(SELECT {keys} FROM {TABLE}{where})")

    def _with_terms(self, components: tuple[str, ...], source: str) -> str:
        terms, joins = [], []
        for place, item in enumerate(components, 1):
            if item in self._staged.dictionaries:
                joins.append(f" LEFT JOIN {self.dictionary(item)} AS d{place} ON d{place}.id = k{place}")
                terms.append(f"d{place}.term AS t{place}")
            else:
                terms.append(f"k{place} AS t{place}")
        keys = ", ".join(f"k{place}" for place in range(1, len(components) + 1))
        return f"(SELECT {keys}, {', '.join(terms)} FROM {source}{''.join(joins)})"

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
