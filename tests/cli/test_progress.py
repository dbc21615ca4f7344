"""Progress: nothing for short work, a bar on a terminal, lines elsewhere, silence where it is not wanted."""

from io import StringIO
from pathlib import Path

import pytest
from command import CLEAN, STRUCTURE, process

from semstat.cli.output import Settings
from semstat.cli.progress import Teller, progress
from semstat.interop import convert
from semstat.interop.watching import Step


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def told(stream: StringIO, seconds: list[float], step: Step) -> str:
    """What stands on the stream after the step is taken at each of some times."""
    times = iter([0.0, *seconds])
    teller = Teller(stream, clock=lambda: next(times))
    for _ in seconds:
        teller(step)
    return stream.getvalue()


HALF = Step("reading data.csv", 50 << 20, 100 << 20)


@pytest.fixture(autouse=True)
def terminal(monkeypatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")


def test_short_work_is_not_spoken_of() -> None:
    assert told(Terminal(), [0.1, 0.9], HALF) == ""
    assert told(StringIO(), [1.0, 29.0], HALF) == ""


def test_a_bar_that_is_redrawn_now_and_then_and_goes_away() -> None:
    stream = Terminal()
    shown = told(stream, [1.1, 1.12, 1.15, 1.3], HALF).split("\r\x1b[2K")
    assert shown[1:] == ["━" * 12 + "╌" * 12 + "  reading data.csv: 50 % of 100.0 MB"] * 2


def test_the_bar_goes_away() -> None:
    now = 0.0
    stream = Terminal()
    teller = Teller(stream, clock=lambda: now)
    teller.close()
    assert stream.getvalue() == ""
    now = 2.0
    teller(HALF)
    teller.close()
    assert stream.getvalue().endswith("\r\x1b[2K")


def test_lines_where_the_cursor_cannot_move(monkeypatch) -> None:
    expected = "reading data.csv: 50 % of 100.0 MB\n"
    assert told(StringIO(), [31.0, 40.0, 62.0], HALF) == expected * 2
    monkeypatch.setenv("TERM", "dumb")
    assert told(Terminal(), [31.0], HALF) == expected


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step("fetching https://example.org/x"), "fetching https://example.org/x\n"),
        (Step("reading -", 2048), "reading -: 2.0 kB\n"),
        (Step("reading a\x1b[2J", 1, 3), "reading a?[2J: 33 % of 3 bytes\n"),
    ],
)
def test_words(step, words) -> None:
    assert told(StringIO(), [31.0], step) == words


def test_a_narrow_terminal(monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    assert told(Terminal(), [2.0], HALF) == "\r\x1b[2Kreading data.csv: 5"


@pytest.mark.parametrize(("quiet", "ci"), [(True, ""), (False, "true")])
def test_silence(monkeypatch, quiet, ci) -> None:
    monkeypatch.setenv("CI", ci)
    with progress(Settings(quiet=quiet)) as tell:
        assert tell is None


def test_a_run_tells_how_far_it_came(monkeypatch) -> None:
    from semstat.interop import Options, validate

    steps: list[Step] = []
    validate([CLEAN], structure=[STRUCTURE], options=Options(progress=steps.append))
    (size,) = {step.total for step in steps}
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == size


def test_nothing_on_standard_error_of_a_short_run() -> None:
    assert process("validate", CLEAN, "-s", STRUCTURE).err == ""


@pytest.mark.parametrize("target", ["csv", "parquet", "sdmx-csv-2.0", "sdmx-csv-1.0", "rdf-cube-n-triples"])
def test_a_conversion_tells_how_far_it_has_read_and_written(target, tmp_path) -> None:
    steps: list[Step] = []
    convert([CLEAN], tmp_path / "out", to=target, structure=[STRUCTURE], progress=steps.append)
    size = Path(CLEAN).stat().st_size
    assert {step.done for step in steps if step.what == f"reading {CLEAN}"} >= {size}
    written = [step.done or 0 for step in steps if step.what.startswith("writing ")]
    assert written == sorted(written)
    assert written[-1] == (tmp_path / "out").stat().st_size
