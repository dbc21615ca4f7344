"""One fault at a time in real datasets of four agencies: its rule is found on its line, and nothing else is."""

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import duckdb
import pytest
from corpora import CORPORA, needs_corpora

pytestmark = needs_corpora

BENCH = Path(__file__).parents[2] / "benchmarks" / "mutations.py"
ORIGINALS = {
    # OBS_VALUE is a BigInteger in the structure, and 360 of the 1 000 values have decimals.
    "data.xml": {"DF005": 360},
    # The same, and the table has no columns for three mandatory attributes.
    "data_v1.csv": {"DF005": 360, "DF003": 3},
}
UNJUDGED = {
    # The dataset replaces observations, which leaves the attributes of series alone.
    ("M.USD.EUR.SP00.A.xml", "mandatory attribute withdrawn"),
    # The structure has no OBS_STATUS, or its message holds no codes of the list: which codes say *missing* is not known.
    ("estat_data.xml", "value withdrawn"),
    ("IPI-2010-A21.xml", "value withdrawn"),
    ("data.xml", "value withdrawn"),
    ("data_v1.csv", "value withdrawn"),
}
RULES = {"DF001", "DF002", "DF003", "DF004", "DF005", "DF007", "DF008", "DF009", "DF010", "DF013", "DF014", "DF015",
         "DF016", "DF017", "DF018", "DF020", "DF021", "DF022", "DF028", "IO109"}  # fmt: skip


@pytest.fixture(scope="module")
def mutations() -> ModuleType:
    spec = importlib.util.spec_from_file_location("semstat_benchmarks_mutations", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def outcomes(mutations):
    return mutations.outcomes(CORPORA)


def test_every_fault_is_found_on_its_line_and_nothing_is_invented(outcomes) -> None:
    files = len({item.case for item in outcomes})
    rules = Counter(item.mutant.rule for item in outcomes if item.found)
    print(f"{files} files, {len(outcomes)} mutants, {sum(item.found for item in outcomes)} found, {len(rules)} rules")
    wrong = [(item.case.data, item.operator, item.mutant.rule, item.seen) for item in outcomes if not item.right]
    assert wrong == []
    assert set(rules) == RULES
    assert len(outcomes) > 160


def test_what_is_not_looked_at_is_said_and_known(outcomes) -> None:
    assert {(Path(item.case.data).name, item.operator) for item in outcomes if not item.found} == UNJUDGED


def test_the_originals_have_only_the_faults_that_are_really_theirs(mutations) -> None:
    with duckdb.connect(":memory:") as engine:
        for case in mutations.CASES:
            found = Counter(rule for rule, _, _ in mutations.bench(CORPORA, case, engine).original().elements())
            assert found == ORIGINALS.get(Path(case.data).name, {}), case.data
