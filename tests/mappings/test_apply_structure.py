"""A structure map on columns: what it makes of records, and what it accounts for. The oracle maps record by record."""

from collections import Counter

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from semstat.mappings.apply_structure import Account, apply_to_columns
from semstat.mappings.structure_maps import ComponentRule, DateRule, FixedRule, StructureMapping
from semstat.mappings.value_rules import SourceTerm, ValueRow, ValueRules

SEX = ValueRules("SEX", 1, 1, (ValueRow((SourceTerm("1"),), ("M",)), ValueRow((SourceTerm("2"),), ("F",)),
                               ValueRow((SourceTerm("9"),), ())))  # fmt: skip
CURRENCY = ValueRules("CURRENCY", 2, 1, (
    ValueRow((SourceTerm("DE"), SourceTerm("LC")), ("EUR",)),
    ValueRow((SourceTerm("(.*)", is_pattern=True), SourceTerm("([A-Z])[A-Z]{2}", is_pattern=True)), (r"\1\2",)),
))  # fmt: skip
SERIES = ValueRules(
    "SERIES", 1, 2, (ValueRow((SourceTerm("XM_34"),), ("XM", "34")), ValueRow((SourceTerm("XM_34"),), ("XM", "35")))
)
MAPPING = StructureMapping(
    "MAP",
    "source",
    "target",
    (
        ComponentRule(("SEX",), ("GENDER",), SEX),
        ComponentRule(("COUNTRY", "CUR"), ("CURRENCY",), CURRENCY),
        ComponentRule(("CODE",), ("INDICATOR", "DETAIL"), SERIES),
        ComponentRule(("VALUE",), ("OBS_VALUE",)),
        FixedRule(("OBS_STATUS",), ("A",)),
        FixedRule(("FREQ",), ("M",)),
        DateRule(("DATE",), ("TIME_PERIOD",), pattern="dd/MM/yyyy", frequency_dimension="FREQ"),
    ),
)
KEY = frozenset({"GENDER", "TIME_PERIOD", "FREQ"})


def applied(mapping: StructureMapping, *batches: dict[str, list[str | None]], key=KEY, carried=frozenset({"_line"})):
    account = Account()
    records = [
        pa.RecordBatch.from_pydict({name: _typed(name, column) for name, column in batch.items()}) for batch in batches
    ]
    result = apply_to_columns(mapping, records, key=key, carried=carried, account=account)
    rows = [row for batch in result for row in batch.to_pylist()]
    return rows, account


def _typed(name: str, column: list[str | None]) -> pa.Array:
    return pa.array(column, pa.int64() if name == "_line" else pa.string())


def entries(account: Account) -> list[tuple[str, str, tuple[str | None, ...], int, int]]:
    return [(item.kind, item.rule, item.values, item.count, item.first) for item in account.entries]


def test_every_kind_of_rule() -> None:
    rows, account = applied(MAPPING, {
        "SEX": ["1", "2"], "COUNTRY": ["DE", "FR"], "CUR": ["LC", "FRF"], "CODE": ["XM_34", None],
        "VALUE": ["1.50", "NA"], "DATE": ["03/08/2021", "31/12/1999"], "_line": [2, 3],
    })  # fmt: skip
    assert rows == [
        {"GENDER": "M", "CURRENCY": "EUR", "INDICATOR": "XM", "DETAIL": "34", "OBS_VALUE": "1.50", "OBS_STATUS": "A",
         "FREQ": "M", "TIME_PERIOD": "2021-08", "_line": 2},
        {"GENDER": "F", "CURRENCY": "FRF", "INDICATOR": None, "DETAIL": None, "OBS_VALUE": "NA", "OBS_STATUS": "A",
         "FREQ": "M", "TIME_PERIOD": "1999-12", "_line": 3},
    ]  # fmt: skip
    assert entries(account) == [("ambiguous", "SERIES", ("XM_34",), 1, 0)]
    assert (account.read, account.written, account.left_out) == (2, 2, 0)


def test_a_record_whose_key_has_no_counterpart_is_left_out_and_counted() -> None:
    plain = StructureMapping(
        "M", None, None, (ComponentRule(("SEX",), ("GENDER",), SEX), ComponentRule(("V",), ("V",)))
    )
    rows, account = applied(plain, {"SEX": ["1", "3", "9", None], "V": ["a", "b", "c", "d"]}, {"SEX": ["3"], "V": ["e"]},
                            key=frozenset({"GENDER"}))  # fmt: skip
    assert rows == [{"GENDER": "M", "V": "a"}]
    assert entries(account) == [
        ("unmapped", "SEX", ("3",), 2, 1),
        ("without counterpart", "SEX", ("9",), 1, 2),
    ]
    assert (account.read, account.written, account.left_out) == (5, 1, 4)


def test_an_attribute_without_a_counterpart_is_left_empty() -> None:
    plain = StructureMapping("M", None, None, (ComponentRule(("SEX",), ("GENDER",), SEX),))
    rows, account = applied(plain, {"SEX": ["1", "3"]}, key=frozenset())
    assert rows == [{"GENDER": "M"}, {"GENDER": None}]
    assert account.left_out == 0
    assert [item.kind for item in account.entries] == ["unmapped"]


def test_each_of_several_values_in_a_cell_is_mapped() -> None:
    plain = StructureMapping("M", None, None, (ComponentRule(("SEX",), ("GENDER",), SEX),))
    rows, account = applied(plain, {"SEX": ["1\x1f2", "2\x1f7"]}, key=frozenset())
    assert rows == [{"GENDER": "M\x1fF"}, {"GENDER": "F"}]
    assert entries(account) == [("unmapped", "SEX", ("7",), 1, 1)]


def test_what_no_rule_looks_at_is_named() -> None:
    plain = StructureMapping("M", None, None, (ComponentRule(("A",), ("A",)),))
    rows, account = applied(plain, {"A": ["x", "y"], "NOTE": ["n", None], "EMPTY": [None, None], "_line": [1, 2]})
    assert rows == [{"A": "x", "_line": 1}, {"A": "y", "_line": 2}]
    assert account.unused == {"NOTE": 1}


@pytest.mark.parametrize(
    ("rule", "value", "expected"),
    [
        (DateRule(("D",), ("T",), pattern="yyyy", frequency="A"), "2021", "2021"),
        (DateRule(("D",), ("T",), pattern="yyyy", frequency="M", resolve="endOfPeriod"), "2021", "2021-12"),
        (DateRule(("D",), ("T",), base="1970-01-01", unit="day", frequency="Q"), "18262", "2020-Q1"),
        (DateRule(("D",), ("T",), pattern="yyyy-MM", frequency="Q", formats={"Q": "yyyy'Q'n"}), "2021-05", "2021Q2"),
    ],
)
def test_dates(rule, value, expected) -> None:
    rows, account = applied(StructureMapping("M", None, None, (rule,)), {"D": [value, "n/a"]}, key=frozenset({"T"}))
    assert rows == [{"T": expected}]
    assert [(item.kind, item.values) for item in account.entries] == [("not a date", ("n/a",))]


def test_date_rules_share_a_target_by_frequency() -> None:
    rules = (
        DateRule(("Y",), ("T",), pattern="yyyy", frequency_dimension="FREQ", frequencies=frozenset("A")),
        DateRule(("D",), ("T",), pattern="yyyyMM", frequency_dimension="FREQ", frequencies=frozenset("M")),
        ComponentRule(("F",), ("FREQ",)),
    )
    mapping = StructureMapping("M", None, None, rules)
    rows, account = applied(mapping, {"F": ["A", "M", "X"], "Y": ["2021", None, None], "D": [None, "202108", None]},
                            key=frozenset({"T"}))  # fmt: skip
    assert [row["T"] for row in rows] == ["2021", "2021-08"]
    assert account.left_out == 1
    assert list(mapping.doubled()) == []
    assert list(
        StructureMapping("M", None, None, (FixedRule(("A",), ("1",)), FixedRule(("A",), ("2",)))).doubled()
    ) == ["A"]


def test_values_that_the_map_states_for_the_source() -> None:
    rules = (ComponentRule(("COUNTRY", "CUR"), ("CURRENCY",), CURRENCY),)
    rows, _ = applied(StructureMapping("M", None, None, rules, {"COUNTRY": ("DE",)}), {"CUR": ["LC"]}, key=frozenset())
    assert rows == [{"CURRENCY": "EUR"}]


VALUES = st.sampled_from(["A", "B", "AB", "1", "NA", None])


@given(
    st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=30),
    st.lists(
        st.tuples(
            st.sampled_from(["A", "B", "A.*", ".B", "NA"]), st.booleans(), st.sampled_from(["A", "1", "."]), st.booleans(),
            st.lists(st.sampled_from(["x", r"<\1>", "y"]), min_size=0, max_size=1),
        ),
        max_size=6,
    ),
    st.integers(1, 5),
)  # fmt: skip
def test_columns_and_records_are_mapped_alike(records, described, size) -> None:
    rows = tuple(
        ValueRow((SourceTerm(one, is_pattern=loose), SourceTerm(two, is_pattern=free)), tuple(targets))
        for one, loose, two, free, targets in described
    )
    rules = ValueRules("R", 2, 1, rows)
    mapping = StructureMapping(
        "M", None, None, (ComponentRule(("P", "Q"), ("T",), rules), ComponentRule(("P",), ("P",)))
    )
    batches = [records[start : start + size] for start in range(0, len(records), size)]
    found, account = applied(
        mapping, *({"P": [p for p, _ in part], "Q": [q for _, q in part]} for part in batches), key=frozenset({"T"})
    )

    expected, kinds = [], Counter()
    for one, two in records:
        match = rules.match([one, two]) if one is not None and two is not None else None
        if one is None and two is None:
            continue
        if match is None or not match.targets:
            kinds["unmapped" if match is None else "without counterpart"] += 1
            continue
        kinds["ambiguous"] += bool(match.others)
        expected.append({"T": match.targets[0], "P": one})
    assert found == expected
    counted = Counter()
    for item in account.entries:
        counted[item.kind] += item.count
    assert counted == +kinds
    assert account.read == len(records)
    assert account.written == len(expected)
