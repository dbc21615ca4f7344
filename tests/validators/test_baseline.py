"""Baselines: what is known does not count, what is new does, what is gone is said; as text they are sorted and stable."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semstat.validators.baseline import (
    Baseline,
    BaselineError,
    baseline_of,
    compared,
    read_baseline,
    written_baseline,
)
from semstat.validators.diagnostics import (
    CheckOutcome,
    CheckStatus,
    Diagnostic,
    Location,
    Report,
    Severity,
    Total,
    Verdict,
)
from semstat.validators.fingerprints import fingerprint, relative_name, traits
from semstat.validators.selection import selection_of


def wrong(value: str, line: int, key: str = "A.KE.2020", *, count: int = 1, source: str = "a.csv") -> Diagnostic:
    place = Location(source, line, record=line - 1, focus=key, path="AREA")
    return Diagnostic("DF004", Severity.ERROR, "m", place, value=value, series_key=key[:4], count=count)


def report(*found: Diagnostic, uncounted: int = 0) -> Report:
    total = Total("a.csv", "DF004", "AREA", Severity.ERROR, len(found) + uncounted, len(found) + uncounted, len(found))
    check = CheckOutcome("DF004", "AREA", CheckStatus.CHECKED, "a.csv", 9, len(found), "columns")
    return Report(found, (total,) if found else (), (check,), sources=("a.csv",))


def test_known_findings_do_not_fail_and_new_ones_do() -> None:
    baseline = baseline_of(report(wrong("X", 2), wrong("Y", 3)))
    after, kept = compared(report(wrong("X", 9), wrong("Y", 3)), baseline, limit=None)
    assert [item.known for item in after.diagnostics] == [True, True]
    assert (after.verdict, kept) == (Verdict.PASS, {})
    after, _ = compared(report(wrong("X", 2), wrong("Z", 3)), baseline, limit=None)
    assert [item.known for item in after.diagnostics[:2]] == [True, False]
    assert after.verdict is Verdict.FAIL
    assert [(item.known, item.findings, item.listed) for item in after.totals if item.rule == "DF004"] == [
        (False, 1, 1),
        (True, 1, 1),
    ]


def test_of_several_alike_as_many_are_known_as_were() -> None:
    baseline = baseline_of(report(wrong("X", 2), wrong("X", 3)))
    assert list(baseline.entries.values()) == [2]
    after, _ = compared(report(*(wrong("X", line) for line in (2, 3, 4))), baseline, limit=None)
    assert [item.known for item in after.diagnostics] == [True, True, False]
    after, _ = compared(report(wrong("X", 2)), baseline, limit=None)
    assert [item.rule for item in after.diagnostics] == ["DF004", "IO121"]
    assert "lists 1 of 2 findings not found any more" in after.diagnostics[1].message


def test_what_was_counted_and_not_listed_is_new() -> None:
    baseline = baseline_of(report(wrong("X", 2)))
    after, _ = compared(report(wrong("X", 2), uncounted=5), baseline, limit=None)
    assert after.verdict is Verdict.FAIL
    assert [(item.known, item.findings, item.listed) for item in after.totals] == [(False, 5, 0), (True, 1, 1)]


def test_the_listing_is_cut_for_new_and_known_ones_each() -> None:
    many = [wrong(f"X{number}", number) for number in range(2, 12)]
    after, _ = compared(report(*many), baseline_of(report(*many[:5])), limit=2)
    assert [item.value for item in after.diagnostics] == ["X2", "X3", "X7", "X8"]
    assert [(item.known, item.findings, item.listed) for item in after.totals] == [(False, 5, 2), (True, 5, 2)]


def test_a_place_with_many_observations_keeps_its_counts() -> None:
    one, two = wrong("X", 2, count=30), wrong("Y", 4, count=10)
    full = replace(report(one, two), totals=(Total("a.csv", "DF004", "AREA", Severity.ERROR, 2, 40, 2),))
    after, _ = compared(full, baseline_of(report(one)), limit=None)
    assert [(item.known, item.findings, item.observations) for item in after.totals] == [(False, 1, 10), (True, 1, 30)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sources": ("b.csv",)}, {}),
        ({"sources": ("a.csv",), "unreadable": ("a.csv",)}, {}),
        ({"checks": (CheckOutcome("DF004", "AREA", CheckStatus.NOT_CHECKED, "a.csv", reason="r"),)}, {}),
        ({}, {"selection": selection_of(ignore=["DF004"])}),
    ],
)
def test_what_a_run_did_not_look_at_is_neither_stale_nor_lost(change, words) -> None:
    baseline = baseline_of(report(wrong("X", 2)))
    after, kept = compared(replace(report(), **change), baseline, limit=None, **words)
    assert after.diagnostics == ()
    assert kept == dict(baseline.entries)
    assert baseline_of(report(wrong("Y", 2)), kept=kept).entries.keys() == {
        traits(wrong("X", 2)),
        traits(wrong("Y", 2)),
    }


@pytest.mark.parametrize("named", ["a.csv", ".", "./a.csv"])
def test_a_file_that_was_named_is_looked_at_without_findings_of_its_own(named) -> None:
    baseline = baseline_of(report(wrong("X", 2)))
    nothing = Report(checks=(CheckOutcome("DF004", None, CheckStatus.CHECKED, "b.csv", 1),), sources=("b.csv",))
    after, kept = compared(nothing, baseline, limit=None, looked_at=[named])
    assert [item.rule for item in after.diagnostics] == ["IO121"]
    assert kept == {}


def test_what_says_that_nothing_could_be_judged_is_never_known() -> None:
    broken = Diagnostic("IO101", Severity.ERROR, "m", Location("a.csv", 1))
    assert not baseline_of(Report((broken,))).entries
    forged = Baseline({traits(broken): 1})
    after, _ = compared(Report((broken,), sources=("a.csv",), unreadable=("a.csv",)), forged, limit=None)
    assert not after.diagnostics[0].known
    assert after.verdict is Verdict.UNREADABLE


def test_a_remark_stands_on_its_line_and_obeys_the_selection() -> None:
    text = written_baseline(baseline_of(report(wrong("X", 2), wrong("Y", 3))))
    baseline = read_baseline(text, name="known.json")
    after, _ = compared(report(wrong("X", 2)), baseline, limit=None)
    (remark,) = [item for item in after.diagnostics if item.rule == "IO121"]
    assert remark.location == Location("known.json", 5)
    assert '"Y"' in text.splitlines()[4]
    assert after.verdict is Verdict.PASS
    graded, _ = compared(report(), baseline, limit=1, selection=selection_of(severities={"IO121": Severity.ERROR}))
    assert graded.verdict is Verdict.FAIL
    assert [(item.rule, item.findings, item.listed) for item in graded.totals] == [("IO121", 2, 1)]
    assert compared(report(), baseline, limit=None, selection=selection_of(ignore=["IO121"]))[0].diagnostics == ()


def test_a_fingerprint_forgets_lines_words_folders_and_the_first_observation_of_a_series() -> None:
    item = wrong("X", 2)
    assert fingerprint(replace(item, message="n", severity=Severity.INFO, location=replace(item.location, line=7))) == (
        fingerprint(item)
    )
    series = wrong("X", 2, "A.KE.2020", count=3)
    assert fingerprint(series) == fingerprint(wrong("X", 2, "A.KE.2019", count=4))
    assert fingerprint(item) != fingerprint(wrong("X", 2, "A.KE.2019"))
    away = replace(item, location=replace(item.location, source="/home/x/a.csv"))
    assert fingerprint(away, folder="/home/x") == fingerprint(item, folder="/elsewhere")
    assert relative_name("C:\\data\\a.csv", "C:\\data") == "a.csv"
    assert relative_name("/data2/a.csv", "/data") == "/data2/a.csv"


findings = st.builds(
    wrong, st.text(max_size=3), st.integers(1, 9), st.text(min_size=4, max_size=6), source=st.text(max_size=4)
)


@given(st.lists(findings, max_size=8))
def test_a_baseline_survives_writing_and_order_does_not_matter(found) -> None:
    baseline = baseline_of(Report(tuple(found)))
    text = written_baseline(baseline)
    text.encode("utf-8")
    assert read_baseline(text).entries == baseline.entries
    assert written_baseline(baseline_of(Report(tuple(reversed(found))))) == text
    assert len(text.split("\n")) == 5 + max(0, len(baseline.entries)) + (1 if baseline.entries else 0)


@given(st.lists(findings, max_size=8), st.lists(findings, max_size=8))
def test_nothing_is_lost_between_known_new_and_gone(before, after) -> None:
    baseline = baseline_of(Report(tuple(before)))
    result, kept = compared(Report(tuple(after)), baseline, limit=None)
    mine = [item for item in result.diagnostics if item.rule != "IO121"]
    assert [replace(item, known=False) for item in mine] == after
    known = sum(item.known for item in mine)
    gone = len(before) - known - sum(kept.values())
    assert gone >= 0
    assert (gone > 0) == any(item.rule == "IO121" for item in result.diagnostics)
    assert sum(item.findings for item in result.totals if item.rule != "IO121") == len(after)


MARK = traits(Diagnostic("DF004", Severity.INFO, "m")).fingerprint
LINE = f'{{"rule": "DF004", "count": 1, "fingerprint": "{MARK}"}}'
BROKEN = {
    "": "it is not JSON",
    "[" * 100_000: "it is not JSON",
    "[]": "it has no list of findings",
    '{"baseline_version": 1}': "it has no list of findings",
    '{"baseline_version": 2, "findings": []}': "its baseline_version is 2, and 1 is read",
    '{"findings": []}': "its baseline_version is None, and 1 is read",
    '{"baseline_version": 1, "findings": [1]}': "finding 1 is not as semstat writes it",
    f'{{"baseline_version": 1, "findings": [{LINE}, {LINE.replace("DF004", "DF005")}]}}': "of finding 2 does not fit",
    f'{{"baseline_version": 1, "findings": [{LINE.replace("1,", "0,")}]}}': "finding 1 is not as semstat writes it",
    f'{{"baseline_version": 1, "findings": [{LINE.replace("1,", "true,")}]}}': "finding 1 is not as semstat writes it",
    f'{{"baseline_version": 1, "findings": [{LINE.replace("count", "counts")}]}}': "finding 1 is not as semstat writes",
}


@pytest.mark.parametrize(("text", "message"), BROKEN.items(), ids=range(len(BROKEN)))
def test_what_is_no_baseline_is_said(text, message) -> None:
    with pytest.raises(BaselineError) as problem:
        read_baseline(text)
    assert message in str(problem.value)


def test_entries_that_say_the_same_are_added() -> None:
    text = f'{{"baseline_version": 1, "findings": [{LINE}, {LINE}]}}'
    assert list(read_baseline(text).entries.values()) == [2]
    assert json.loads(written_baseline(read_baseline(text)))["findings"][0]["count"] == 2
