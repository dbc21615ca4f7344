"""How values find their row in a representation map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semstat.mappings.value_rules import Match, SourceTerm, ValueRow, ValueRules


def rules(*rows: ValueRow, targets: int = 1) -> ValueRules:
    return ValueRules("M", len(rows[0].sources) if rows else 1, targets, rows)


def row(*sources: str | SourceTerm, to: tuple[str, ...] = (), **validity: str) -> ValueRow:
    terms = tuple(item if isinstance(item, SourceTerm) else SourceTerm(item) for item in sources)
    return ValueRow(terms, to, **validity)


def pattern(text: str) -> SourceTerm:
    return SourceTerm(text, is_pattern=True)


def test_an_exact_value_goes_before_a_pattern_and_that_before_a_part() -> None:
    known = rules(
        row(SourceTerm("A", start=1, end=1), to=("part",)),
        row(pattern("A.*"), to=("pattern",)),
        row("AB", to=("exact",)),
    )
    assert known.match(["AB"]) == Match(("exact",))
    assert known.match(["AC"]) == Match(("pattern",))
    only_part = rules(row(SourceTerm("A", start=1, end=1), to=("part",)))
    assert only_part.match(["AC"]) == Match(("part",))
    assert only_part.match(["CA"]) is None


@pytest.mark.parametrize(
    ("text", "value", "fits"),
    [
        ("A", "A", True),
        ("A", "AB", False),
        ("^[A-G]", "Banana", True),
        ("[A-G]$", "xyzA", True),
        ("A|B", "B", True),
        ("A|B", "AB", False),
        ("^A$", "A\n", True),
    ],
)
def test_a_pattern_fits_the_whole_value_unless_it_is_anchored_by_itself(text, value, fits) -> None:
    assert (pattern(text).match(value) is not None) is fits


def test_groups_go_into_targets() -> None:
    known = rules(row(pattern("([0-9]{4})-?([A-Z])?.*"), to=(r"\1", r"\2x\9")), targets=2)
    assert known.match(["2020-Q1"]) == Match(("2020", "Qx"))
    assert known.match(["2020"]) == Match(("2020", "x"))


def test_groups_of_several_sources_are_numbered_through() -> None:
    known = rules(row(pattern("(.)."), pattern(".(.)"), to=(r"\2\1",)))
    assert known.match(["ab", "cd"]) == Match(("da",))


def test_parts_count_from_one_and_include_both_ends() -> None:
    assert SourceTerm("DEF", start=5, end=7).match("ABC_DEF_XYZ")
    assert SourceTerm("XYZ", start=9).match("ABC_DEF_XYZ")
    assert SourceTerm("ABC", end=3).match("ABC_DEF_XYZ")
    assert not SourceTerm("ABC", start=2, end=4).match("ABC_DEF_XYZ")


def test_several_rows_that_disagree_are_counted_and_the_first_is_used() -> None:
    known = rules(row("A", to=("1",)), row("A", to=("2",)), row("A", to=("1",)))
    assert known.match(["A"]) == Match(("1",), 1)
    assert [[item.targets for item in rows] for rows in known.repeated()] == [[("1",), ("2",), ("1",)]]
    loose = rules(row(pattern("A.*"), to=("1",)), row(pattern(".*B"), to=("2",)))
    assert loose.match(["AB"]) == Match(("1",), 1)
    assert loose.match(["AC"]) == Match(("1",))


def test_no_counterpart_is_not_no_row() -> None:
    known = rules(row("A"))
    assert known.match(["A"]) == Match(())
    assert known.match(["B"]) is None


def test_rows_are_valid_for_a_time() -> None:
    known = rules(row("A", to=("old",), valid_to="2019-12-31"), row("A", to=("new",), valid_from="2020-01-01"))
    assert known.match(["A"], day="2019-12-31") == Match(("old",))
    assert known.match(["A"], day="2020-01-01") == Match(("new",))
    assert list(known.repeated()) == []


def test_bad_patterns_and_uncovered_codes() -> None:
    known = rules(row(pattern("[A")), row(pattern("B|C"), to=("x",)), row("D", to=("y",)))
    assert list(known.bad_patterns()) == ["[A"]
    assert rules(row(pattern("B|C"), to=("x",)), row("D", to=("y",))).uncovered(["A", "B", "C", "D", "NA"]) == [
        "A",
        "NA",
    ]
    with pytest.raises(ValueError, match="combinations of 2 values"):
        rules(row("A", "B")).uncovered(["A"])


@given(st.dictionaries(st.text("AB1", min_size=1, max_size=3), st.text("XY", min_size=1, max_size=2)))
def test_exact_rows_are_a_dictionary(table) -> None:
    known = rules(*(row(source, to=(target,)) for source, target in table.items()))
    for source, target in table.items():
        assert known.match([source]) == Match((target,))
    assert known.match(["none of these"]) is None
