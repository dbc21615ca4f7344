"""Every format from the command line: listed everywhere, the same bytes for the same input, complete when it is incomplete."""

import json
from pathlib import Path

import click
import pytest
from command import CLEAN, FAULTY, FORMATS, STRUCTURE, process, semstat

from semstat.cli.main import cli
from semstat.validators.render import RENDERERS


def test_the_formats_are_those_of_the_library() -> None:
    command = cli.get_command(click.Context(cli), "validate")
    (option,) = [item for item in command.params if item.name == "output"]
    assert tuple(option.type.choices) == FORMATS == tuple(RENDERERS)


@pytest.mark.parametrize("form", FORMATS)
def test_two_runs_write_the_same_bytes(form) -> None:
    words = ("validate", FAULTY, "-s", STRUCTURE, "-f", form)
    one, other = (process(*words, PYTHONHASHSEED=seed, SOURCE_DATE_EPOCH="1767225600") for seed in ("1", "2"))
    assert one == other
    assert (one.code, one.err) == (1, "")


def test_only_the_report_that_must_state_a_time_states_one() -> None:
    for form in FORMATS:
        text = process("validate", FAULTY, "-s", STRUCTURE, "-f", form, SOURCE_DATE_EPOCH="1767225600").out
        assert ("2026-01-01T00:00:00Z" in text) == (form == "ess"), form


@pytest.mark.parametrize("epoch", ["", "soon", "99999999999999999999"])
def test_an_epoch_that_is_none_is_passed_over(epoch) -> None:
    outcome = process("validate", CLEAN, "-s", STRUCTURE, "-f", "ess", SOURCE_DATE_EPOCH=epoch)
    assert outcome.code == 0
    assert len({item["event"]["time"] for item in json.loads(outcome.out)}) == 1


def test_fingerprints_do_not_depend_on_how_a_file_is_named(tmp_path, monkeypatch) -> None:
    (tmp_path / "data.csv").write_bytes(Path(FAULTY).read_bytes())
    monkeypatch.chdir(tmp_path)
    listed = [
        {item["fingerprint"] for item in json.loads(semstat("validate", name, "-s", STRUCTURE, "-f", "gitlab").out)}
        for name in ("data.csv", "./data.csv", tmp_path / "data.csv")
    ]
    assert listed[0] == listed[1] == listed[2]
    assert len(listed[0]) == 14


def test_nothing_checked_shows_in_the_formats_for_programs() -> None:
    words = ("validate", CLEAN, "-s", STRUCTURE, "--select", "DF012")
    assert "no pass" in semstat(*words, "-f", "gitlab").out
    values = [item["value"] for item in json.loads(semstat(*words, "-f", "ess").out)]
    assert set(values) == {"NA"}
    assert json.loads(semstat(*words, "-f", "jsonl").out.splitlines()[0])["verdict"] == "incomplete"
