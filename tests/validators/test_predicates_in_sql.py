"""Predicates in SQL: the engine may name too many offenders, never too few."""

from decimal import Decimal

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from semstat.validators.columns.sql import may_fail, may_hold
from semstat.validators.observations import PART_SEPARATOR
from semstat.validators.predicates import AllOf, AnyOf, Count, In, Length, Matches, Not, Range

NAMES = ("A", "B")
TEXTS = (
    "",
    "1",
    "01",
    "1.0",
    "-0",
    "1e400",
    "NaN",
    "inf",
    "0.1",
    "0.10000000000000000001",
    "x",
    "xy",
    "é",
    "'",
    "a b",
    "1_0",
    " 1",
)

leaves = st.one_of(
    st.builds(In, st.sampled_from(NAMES), st.frozensets(st.sampled_from(TEXTS), max_size=3), st.booleans()),
    st.builds(
        Matches,
        st.sampled_from(NAMES),
        st.sampled_from(["^[0-9]+$", "x", "^.$", "^$", "^[A-Z]+$"]),
        st.sampled_from(["", "i"]),
    ),
    st.builds(Length, st.sampled_from(NAMES), st.none() | st.integers(0, 2), st.none() | st.integers(0, 3)),
    st.builds(
        Range,
        st.sampled_from(NAMES),
        st.none() | st.sampled_from([Decimal("0.1"), Decimal(1)]),
        st.none() | st.sampled_from([Decimal("0.1"), Decimal(1), Decimal(10)]),
        st.booleans(),
        st.booleans(),
    ),
    st.builds(Count, st.sampled_from(NAMES), st.integers(0, 2), st.none() | st.integers(0, 2)),
)
predicates = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=5,
)
cells = st.one_of(st.none(), st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3))


@settings(max_examples=400, deadline=None)
@given(predicate=predicates, a=cells, b=cells, multivalued=st.sets(st.sampled_from(NAMES)))
def test_no_offender_escapes(predicate, a, b, multivalued):
    given_cells = {"A": a, "B": b}
    record = {name: (cell if name in multivalued else cell[:1]) if cell else [] for name, cell in given_cells.items()}
    values = [PART_SEPARATOR.join(record[name]) if record[name] else None for name in NAMES]
    terms = {name: name for name in NAMES}
    conditions = ", ".join(f"{build(predicate, terms, frozenset(multivalued))}" for build in (may_fail, may_hold))
    fails, holds = duckdb.execute(
        f"SELECT {conditions} FROM (VALUES (?::VARCHAR, ?::VARCHAR)) AS r (A, B)", values
    ).fetchall()[0]
    if predicate.holds(record):
        assert holds
    else:
        assert fails
