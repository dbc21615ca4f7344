"""The exit-code contract: 0, 1, 2, 3, 4, 70, 130 and 141, each by a run that earns it."""

import io
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
import small_dataset as small
from command import CLEAN, CLEAN_XML, FAULTY, STRUCTURE, command, environment, process, semstat


def test_pass_is_0() -> None:
    assert semstat("validate", CLEAN, "-s", STRUCTURE).code == 0
    assert process("validate", CLEAN_XML, "-s", STRUCTURE).code == 0


def test_fail_is_1() -> None:
    assert semstat("validate", FAULTY, "-s", STRUCTURE).code == 1
    assert process("validate", FAULTY, "-s", STRUCTURE).code == 1


def test_files_judged_as_one_fail_together(tmp_path: Path) -> None:
    header, *records = Path(CLEAN).read_text().splitlines()
    for name, record in (("a.csv", records[0]), ("b.csv", records[0].replace(",E,", ",A,"))):
        (tmp_path / name).write_text(f"{header}\n{record}\n")
    files = tmp_path / "a.csv", tmp_path / "b.csv"
    assert semstat("validate", *files, "-s", STRUCTURE).code == 0
    together = semstat("validate", *files, "-s", STRUCTURE, "--as-one", "-f", "concise")
    assert together.code == 1
    assert f"{tmp_path / 'b.csv'}:2: error DF009" in together.out
    assert process("validate", *files, "-s", STRUCTURE, "--as-one").code == 1


def test_usage_is_2() -> None:
    assert semstat("validate", CLEAN, "--nope").code == 2


def test_unreadable_is_3() -> None:
    outcome = semstat("validate", "no-such-file.csv", "-s", STRUCTURE)
    assert outcome.code == 3
    assert "IO104" in outcome.out
    assert process("validate", "no-such-file.csv").code == 3
    assert semstat("shapes", "no-such-file.xml").code == 3
    assert semstat("validate", CLEAN, "-s", "no-such-file.xml").code == 3
    assert semstat("validate", CLEAN, "-s", "no-such-file.xml", "--explain-plan").code == 3


def test_incomplete_is_4() -> None:
    outcome = semstat("validate", CLEAN)
    assert outcome.code == 4
    assert "DF013" in outcome.out


def test_the_worst_of_several_inputs_wins() -> None:
    assert semstat("validate", CLEAN, FAULTY, "-s", STRUCTURE).code == 1
    assert semstat("validate", FAULTY, "no-such-file.csv", "-s", STRUCTURE).code == 3


def test_too_little_memory_is_incomplete() -> None:
    outcome = semstat("validate", CLEAN, "-s", STRUCTURE, "--memory", "1KB")
    assert outcome.code == 4
    assert "allow more with --memory" in outcome.out
    assert outcome.err == ""


@pytest.fixture
def bug(monkeypatch):
    """An error of ours: anything that no reader foresaw."""

    def broken(*_: object, **__: object) -> None:
        raise bug_error

    bug_error: BaseException = ZeroDivisionError("the bug")
    monkeypatch.setattr("semstat.interop.validate", broken, raising=False)

    def set_error(error: BaseException) -> None:
        nonlocal bug_error
        bug_error = error

    return set_error


@pytest.mark.parametrize("error", [ZeroDivisionError("the bug"), EOFError("the bug"), KeyError("the bug")])
def test_a_bug_is_70_with_a_crash_report(bug, error, monkeypatch, tmp_path) -> None:
    bug(error)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    outcome = semstat("validate", CLEAN, "-s", STRUCTURE)
    assert (outcome.code, outcome.out) == (70, "")
    assert "Traceback" not in outcome.err
    assert "the bug" in outcome.err
    (path,) = tmp_path.iterdir()
    assert str(path) in outcome.err
    assert "Traceback" in path.read_text(encoding="utf-8")
    assert "validate" in path.read_text(encoding="utf-8")


def test_a_bug_shows_its_traceback_when_asked(bug, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    outcome = semstat("--traceback", "validate", CLEAN, "-s", STRUCTURE)
    assert outcome.code == 70
    assert "Traceback" in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_a_bug_without_room_for_a_crash_report(bug, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    outcome = semstat("validate", CLEAN, "-s", STRUCTURE)
    assert outcome.code == 70
    assert "could not be written" in outcome.err
    assert "Traceback" not in outcome.err


def test_an_interrupt_in_this_process_is_130(bug) -> None:
    bug(KeyboardInterrupt())
    assert semstat("validate", CLEAN, "-s", STRUCTURE).code == 130


def test_sigint_is_130(tmp_path) -> None:
    started = tmp_path / "started"
    os.mkfifo(tmp_path / "data.csv")
    process = subprocess.Popen(
        command("validate", tmp_path / "data.csv", "-s", STRUCTURE, "--report", f"json={started}"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    )  # fmt: skip
    with (tmp_path / "data.csv").open("wb") as pipe:  # opens once the command reads it, and keeps it waiting
        pipe.write(small.CSV)
        pipe.flush()
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert out == b""
    assert not started.exists()


@pytest.mark.parametrize(
    "arguments", [("rules",), ("shapes", STRUCTURE), ("validate", FAULTY, "-s", STRUCTURE), ("--help",)]
)
def test_a_reader_that_leaves_is_141(arguments) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(command(*arguments), stdout=write, stderr=subprocess.PIPE, env=environment(), timeout=60)
    os.close(write)
    assert done.returncode == 141
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_standard_output_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command("rules"), stdout=full, stderr=subprocess.PIPE, env=environment(), timeout=60)
    assert done.returncode == 2
    assert b"cannot be written: No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(("least", "code"), [("error", 0), ("warning", 1), ("info", 1)])
def test_fail_on(tmp_path, least, code) -> None:
    (tmp_path / "structure.xml").write_bytes(
        small.structure().replace(b'id="CL_FREQ" version="1.0">', b'id="CL_FREQ" version="1.0" x="1">')
    )
    (tmp_path / "data.csv").write_bytes(small.CSV)
    outcome = semstat("validate", tmp_path / "data.csv", "-s", tmp_path / "structure.xml", "--fail-on", least)
    assert "warning IO108" in outcome.out
    assert outcome.code == code


@pytest.mark.parametrize(("row", "code"), [("A,KE,2020,1,A,", 0), ("X,KE,2020,1,A,", 1)])
def test_allow_incomplete_lets_what_was_checked_decide_and_says_so(tmp_path, row, code) -> None:
    (tmp_path / "structure.xml").write_bytes(small.structure(lists=small.FREQ + small.STATUS))
    (tmp_path / "data.csv").write_text(f"{small.HEADER}\n{row}\n")
    arguments = ("validate", tmp_path / "data.csv", "-s", tmp_path / "structure.xml")
    assert semstat(*arguments).code == 4
    allowed = semstat(*arguments, "--allow-incomplete")
    assert allowed.code == code
    assert "some checks could not be made" in allowed.err
    assert allowed.out == semstat(*arguments).out


def test_allow_incomplete_does_not_excuse_what_could_not_be_read() -> None:
    assert semstat("validate", "no-such-file.csv", "--allow-incomplete").code == 3


def test_main_leaves_with_the_code(monkeypatch) -> None:
    from semstat.cli.main import main

    monkeypatch.setattr(sys, "argv", ["semstat", "explain", "nothing"])
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
