"""What semstat leaves behind in a process: nothing. Each test names the quirk, of ours or of a library, it guards."""

import os
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
import rdflib
from command import CLEAN, STRUCTURE

from semstat.ontology.terms import RDF, RULE, SH, SS, XSD
from semstat.validators.engine import run_shapes

RULES = Path(__file__).parent / "rules"
ENVIRONMENT = {**os.environ, "PYTHONSAFEPATH": "1"}
HEAVY = {"duckdb", "lxml", "numpy", "pandas", "pyarrow", "pyshacl", "rapidfuzz", "rdflib", "sdmx"}


def fresh(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own."""
    return subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, timeout=120)


def test_importing_says_nothing_and_configures_nothing() -> None:
    code = """
import importlib, logging, os, pkgutil, signal, sys, warnings
before = (list(logging.root.handlers), logging.root.level, list(warnings.filters), signal.getsignal(signal.SIGINT),
          dict(os.environ), sys.excepthook, os.getcwd())
import semstat, rdflib
normalising = rdflib.NORMALIZE_LITERALS
names = []
for room in ("ontology", "mappings", "validators", "interop", "cli"):
    package = importlib.import_module("semstat." + room)
    names += [module.name for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
assert len(names) > 20, names
for name in names:
    if not name.endswith("__main__"):
        importlib.import_module(name)
after = (list(logging.root.handlers), logging.root.level, list(warnings.filters), signal.getsignal(signal.SIGINT),
         dict(os.environ), sys.excepthook, os.getcwd())
for old, new in zip(before, after):
    assert old == new or old is before[2], (old, new)
assert rdflib.NORMALIZE_LITERALS is normalising
"""
    done = fresh(code)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_importing_the_library_does_not_load_engines() -> None:
    done = fresh("import sys, semstat.interop, semstat.validators; print(*sys.modules)")
    assert done.returncode == 0, done.stderr
    assert not {"duckdb", "pyshacl", "sdmx", "pandas"} & set(done.stdout.split())


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_the_help_is_quick_because_it_loads_little(option) -> None:
    done = fresh(f"""
import sys
from semstat.cli.main import main
sys.argv = ["semstat", "{option}"]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
finally:
    print(*(name for name in sys.modules if "." not in name), file=sys.stderr)
""")
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert not HEAVY & set(done.stderr.split())


@pytest.mark.parametrize("fixture", ["DDI001-namespace-not-of-ddi/ok.xml", "SK001-concept-without-label/ok.ttl"])
def test_metadata_are_judged_without_the_engine_for_data(fixture) -> None:
    done = fresh(f"""
import sys
from semstat.cli.main import run
assert run(["--isolated", "validate", "{RULES / fixture}"]) in {{0, 4}}
print(*sys.modules, file=sys.stderr)
""")
    assert done.returncode == 0, done.stderr
    assert not {"duckdb", "numpy", "pyarrow"} & set(done.stderr.split())


def test_pyarrow_imports_pandas_wherever_it_is_installed_but_not_for_the_command_line() -> None:
    validate = f"""
import sys
import pyarrow
from semstat.cli.main import main
sys.argv = ["semstat", "validate", "{CLEAN}", "-s", "{STRUCTURE}"]
try:
    main()
finally:
    print("pandas" in sys.modules, file=sys.stderr)
"""
    assert fresh(validate).stderr.split() == ["False"]
    assert fresh("import pandas\n" + validate).stderr.split() == ["True"]
    assert fresh("import sys, pyarrow; pyarrow.array([1]); print('pandas' in sys.modules)").stdout.split() == ["True"]


@pytest.mark.parametrize("setting", [True, False])
def test_pyshacl_normalises_literals_for_the_whole_process_but_not_past_our_fence(setting, monkeypatch) -> None:
    """Unfenced, ``pyshacl.validate`` always leaves ``rdflib.NORMALIZE_LITERALS`` True (rdflib #2475)."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", setting)
    shapes, data = rdflib.Graph(), rdflib.Graph()
    shape = rdflib.URIRef("urn:x-shape")
    shapes.add((shape, RDF.type, SH.PropertyShape))
    shapes.add((shape, SS.checksRule, RULE["DF003"]))
    shapes.add((shape, SH.targetNode, rdflib.URIRef("urn:x-thing")))
    shapes.add((shape, SH.path, rdflib.URIRef("urn:x-property")))
    shapes.add((shape, SH.minCount, rdflib.Literal("1", datatype=XSD.integer)))

    printed = StringIO()
    with redirect_stdout(printed):
        results = run_shapes(data, shapes)

    assert [result.rule for result in results] == ["DF003"]
    assert rdflib.NORMALIZE_LITERALS is setting
    assert printed.getvalue() == ""
