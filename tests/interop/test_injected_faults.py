"""The injected-fault bench, small: every fault of every form on its exact line, none invented."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
FORMS = ("csv", "series", "flat", "generic", "parquet")
OBSERVATIONS, FAULTS = 20_000, 100


@pytest.fixture(scope="module")
def faults() -> ModuleType:
    spec = importlib.util.spec_from_file_location("semstat_benchmarks_faults", BENCHMARKS / "faults.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bench(faults, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    faults.generate.generate(folder, OBSERVATIONS, faults=FAULTS)
    return folder


@pytest.mark.parametrize("form", FORMS)
def test_all_found_on_their_lines_and_none_invented(faults, bench, form) -> None:
    comparison = faults.compare(bench, form)

    assert comparison.missed == ()
    assert comparison.invented == ()
    assert comparison.found == comparison.expected
    assert comparison.expected.total() - comparison.expected[faults.generate.AGAIN] == FAULTS
    assert comparison.clean.value == "pass"


def test_keys_may_be_sorted_in_parts(faults, bench, monkeypatch) -> None:
    monkeypatch.setattr("semstat.validators.columns.keys._KEYS_AT_ONCE", OBSERVATIONS // 7)
    comparison = faults.compare(bench, "csv")

    assert comparison.found == comparison.expected
    assert comparison.clean.value == "pass"


@pytest.mark.parametrize("form", ["csv", "flat"])
def test_the_truth_points_at_the_faults(bench, form) -> None:
    """The generator is judged without semstat: the lines it names hold what it says they hold."""
    lines = (bench / {"csv": "faulty-data.csv", "flat": "faulty-flat.xml"}[form]).read_text("utf-8").splitlines()
    clean = set((bench / {"csv": "clean-data.csv", "flat": "clean-flat.xml"}[form]).read_text("utf-8").splitlines())
    truth = json.loads((bench / f"truth-{form}.json").read_text("utf-8"))

    assert {number for number, line in enumerate(lines, start=1) if line not in clean} == {
        number for number, kind, _ in truth if kind not in {6, 7, 10}
    }
    for number, kind, first in truth:
        line = lines[number - 1]
        original = lines[(first or 1) - 1]
        marks = {
            0: "ZZ",
            1: "Q",
            3: "n/a",
            4: "-Q",
            6: original,
            8: "M",
            9: original.partition("PS")[0].rpartition("UNIT")[0][:-2]
            if form == "flat"
            else original.partition("PS")[0][:-1],
        }
        expected = marks.get(kind, "")
        assert expected in line, (number, kind)
        if form == "flat" and kind in {2, 5}:
            assert {2: "OBS_STATUS", 5: "UNIT_MEASURE"}[kind] not in line


def test_the_same_arguments_give_the_same_bytes(faults, bench, tmp_path) -> None:
    faults.generate.generate(tmp_path, OBSERVATIONS, faults=FAULTS, forms=("csv", "series", "flat", "generic"))

    for made in sorted(tmp_path.iterdir()):
        assert made.read_bytes() == (bench / made.name).read_bytes(), made.name
