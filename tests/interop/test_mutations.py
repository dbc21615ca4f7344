"""One fault at a time in real datasets of four agencies: each data rule is found on its line, and nothing else is."""

import importlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import duckdb
import pytest
from corpora import CORPORA, needs_corpora

from semstat.validators.rules import catalogue

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
ORIGINALS = {
    # OBS_VALUE is a BigInteger in the structure, and 360 of the 1 000 values have decimals.
    "data.xml": {"DF005": 360},
    # The same, and the table has no columns for three mandatory attributes.
    "data_v1.csv": {"DF005": 360, "DF003": 3},
    # The same figures, the other 640 as "nan", which no integer is; and its 42 groups name the type SiblingType, where the
    # structure defines Sibling; they give AVAILABILITY, which the structure attaches to dimensions that they leave open.
    "str_ser_group.xml": {"DF005": 1000, "DF015": 42, "DF023": 42},
    # The message gives none of the six mandatory attributes of series, and a weekend lies between its two days.
    "ts.json": {"DF003": 12, "DF020": 2},
}
UNJUDGED = {
    # The dataset replaces observations, which leaves the attributes of series alone.
    ("M.USD.EUR.SP00.A.xml", "mandatory attribute withdrawn"),
    # The structure has no OBS_STATUS, or its message holds no codes of the list: which codes say *missing* is not known.
    ("estat_data.xml", "value withdrawn"),
    ("IPI-2010-A21.xml", "value withdrawn"),
    ("data.xml", "value withdrawn"),
    ("str_ser_group.xml", "value withdrawn"),
    ("data_v1.csv", "value withdrawn"),
}
BRIEF = {"ECB_EXR.xml", "ECB_EXR_data.xml", "M.USD.EUR.SP00.A.xml", "ecb_exr_ng_ts.xml", "str_ser_group.xml"}
"""Files beside which others of their structure are judged in full here; the bench itself judges all in full."""


@pytest.fixture(scope="module")
def mutating() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        yield importlib.import_module("mutating.judging")


@pytest.fixture(scope="module")
def operators(mutating) -> ModuleType:
    return importlib.import_module("mutating.operators")


@pytest.fixture(scope="module")
def outcomes(mutating):
    brief = [case for case in mutating.CASES if Path(case.data).name in BRIEF]
    return mutating.outcomes(CORPORA, without_premises=brief)


@needs_corpora
def test_every_fault_is_found_on_its_line_and_nothing_is_invented(outcomes, operators) -> None:
    files = len({item.case for item in outcomes})
    rules = Counter(item.mutant.rule for item in outcomes if item.found)
    print(f"{files} files, {len(outcomes)} mutants, {sum(item.found for item in outcomes)} found, {len(rules)} rules")
    wrong = [(item.case.data, item.operator, item.mutant.rule, item.seen) for item in outcomes if not item.right]
    assert wrong == []
    assert set(rules) == {name for name in catalogue() if name.startswith("DF")} - set(operators.NOT_PLANTED) | {
        "IO109"
    }
    assert len(outcomes) > 250


@needs_corpora
def test_what_is_not_looked_at_is_said_and_known(outcomes) -> None:
    assert {(Path(item.case.data).name, item.operator) for item in outcomes if not item.found} == UNJUDGED


@needs_corpora
def test_the_originals_have_only_the_faults_that_are_really_theirs(mutating) -> None:
    with duckdb.connect(":memory:") as engine:
        for case in mutating.CASES:
            found = Counter(rule for rule, _, _ in mutating.bench(CORPORA, case, engine).original().elements())
            assert found == ORIGINALS.get(Path(case.data).name, {}), case.data
