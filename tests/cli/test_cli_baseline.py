"""Known findings on the command line: written, compared, shown in every format, and never an excuse for what is new."""

import json
from pathlib import Path

import pytest
from command import CLEAN, FAULTY, FORMATS, STRUCTURE, process, semstat

ARGUMENTS = ("validate", FAULTY, "-s", STRUCTURE)


@pytest.fixture
def known(tmp_path):
    path = tmp_path / "known.json"
    outcome = semstat(*ARGUMENTS, "--write-baseline", path)
    assert (outcome.code, outcome.err) == (0, "")
    return path


def test_what_was_written_is_known_from_then_on(known) -> None:
    outcome = semstat(*ARGUMENTS, "--baseline", known)
    assert outcome.code == 0
    assert "known error DF004 code-not-in-codelist" in outcome.out
    assert "12 with known findings only" in outcome.out
    assert semstat(*ARGUMENTS).code == 1


def test_all_is_written_however_few_are_listed(known, tmp_path) -> None:
    few = tmp_path / "few.json"
    semstat(*ARGUMENTS, "--write-baseline", few, "--max-findings", "1")
    assert few.read_bytes() == known.read_bytes()


def test_lines_may_move(known, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = Path(FAULTY).read_text(encoding="utf-8").splitlines()
    (tmp_path / "data.csv").write_text("\n".join(rows) + "\n")
    assert semstat("validate", "data.csv", "-s", STRUCTURE, "--write-baseline", "mine.json").code == 0
    (tmp_path / "data.csv").write_text("\n".join([rows[0], *rows[100:], *rows[1:100]]) + "\n")
    moved = semstat("validate", tmp_path / "data.csv", "-s", STRUCTURE, "--baseline", "mine.json", "-f", "json")
    new = [item for item in json.loads(moved.out)["diagnostics"] if "known" not in item]
    # Of two duplicates, and of two values that differ, the one that comes second is at fault; which series is taken up
    # again depends on the order of the rows.
    assert {item["rule"] for item in new} <= {"DF010", "DF022", "IO121"}


def test_a_new_finding_fails_and_a_stale_entry_is_a_remark(known, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = Path(FAULTY).read_text(encoding="utf-8")
    (tmp_path / "data.csv").write_text(text)
    semstat("validate", "data.csv", "-s", STRUCTURE, "--write-baseline", "mine.json")
    (tmp_path / "data.csv").write_text(
        text.replace(",I,A,UK,POP,2018", ",I,A,GB,POP,2017").replace(",I,A,BR,", ",I,A,XX,", 1)
    )
    outcome = semstat("validate", "data.csv", "-s", STRUCTURE, "--baseline", "mine.json", "-f", "concise")
    assert outcome.code == 1
    assert (
        "info IO121 - the baseline lists a finding not found any more: `DF004` of `REF_AREA` with the value `UK`"
        in outcome.out
    )
    assert any(": error DF004 REF_AREA `REF_AREA` = `XX`" in line for line in outcome.out.splitlines())
    both = ("--baseline", "mine.json", "--write-baseline", "mine.json")
    assert semstat("validate", "data.csv", "-s", STRUCTURE, *both).code == 1, "judged by what was known before"
    assert semstat("validate", "data.csv", "-s", STRUCTURE, "--baseline", "mine.json").code == 0


def test_writing_anew_keeps_what_this_run_did_not_look_at(known, tmp_path) -> None:
    again = tmp_path / "again.json"
    semstat("validate", CLEAN, "-s", STRUCTURE, "--baseline", known, "--write-baseline", again)
    assert again.read_bytes() == known.read_bytes()
    semstat(*ARGUMENTS, "--ignore", "DF010", "--baseline", known, "--write-baseline", again)
    assert again.read_bytes() == known.read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_known_from_new(known, form) -> None:
    outcome = semstat(*ARGUMENTS, "--baseline", known, "-f", form)
    plain = semstat(*ARGUMENTS, "-f", form)
    assert outcome.code == 0
    assert outcome.out != plain.out
    if form == "sarif":
        assert {item["baselineState"] for item in json.loads(outcome.out)["runs"][0]["results"]} == {"unchanged"}
    if form == "junit":
        assert 'failures="0"' in outcome.out.splitlines()[1]
    if form == "github":
        assert outcome.out.count("\n") == 1, "no annotation for what is known"


def test_the_fingerprints_are_those_of_sarif(known) -> None:
    listed = {item["fingerprint"] for item in json.loads(known.read_text())["findings"]}
    results = json.loads(semstat(*ARGUMENTS, "-f", "sarif").out)["runs"][0]["results"]
    assert {item["partialFingerprints"]["semstat/v1"] for item in results} == listed


def test_unreadable_input_writes_nothing(tmp_path) -> None:
    path = tmp_path / "known.json"
    outcome = semstat("validate", FAULTY, "none.csv", "-s", STRUCTURE, "--write-baseline", path)
    assert outcome.code == 3
    assert outcome.err == f"warning: {path} is not written, since an input could not be read\n"
    assert not path.exists()


def test_incomplete_stays_incomplete(tmp_path) -> None:
    path = tmp_path / "known.json"
    assert semstat("validate", CLEAN, "--write-baseline", path).code == 4
    assert json.loads(path.read_text())["findings"] == []


def test_mistakes_are_one_sentence(tmp_path, known) -> None:
    absent = semstat(*ARGUMENTS, "--baseline", tmp_path / "none.json")
    assert (
        absent.err
        == f"error: {tmp_path}/none.json cannot be read: No such file or directory; --write-baseline makes one\n"
    )
    edited = tmp_path / "edited.json"
    edited.write_text(known.read_text().replace("UK", "XX"))
    assert semstat(*ARGUMENTS, "--baseline", edited).err == (
        f"error: {edited}: the fingerprint of finding 3 does not fit its other members\n"
    )
    edited.write_bytes(b"\xff\xfe")
    assert semstat(*ARGUMENTS, "--baseline", edited).err == f"error: {edited}: it is not UTF-8\n"
    nowhere = semstat(*ARGUMENTS, "--write-baseline", tmp_path / "no" / "known.json")
    assert "cannot be written: there is no folder" in nowhere.err
    assert {outcome.code for outcome in (absent, nowhere)} == {2}


def test_two_runs_write_the_same_bytes(tmp_path) -> None:
    for seed in ("1", "2"):
        process(*ARGUMENTS, "--write-baseline", tmp_path / f"{seed}.json", PYTHONHASHSEED=seed)
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()
