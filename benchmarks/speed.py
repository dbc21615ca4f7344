"""Measure semstat against its named peers on the same files, each in a fresh process, and print a Markdown table.

The unit of comparison is CPU time (user + system) of the whole process, interpreter start included on both sides; read
the ratios. Peers that are not installed are named as such. Run ``python benchmarks/speed.py``; ``--quick`` does all on
100 000 observations.
"""

import argparse
import importlib.metadata
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

HERE = Path(__file__).parent
BARS_HOLD_FROM = 1_000_000
"""Observations from which the bars are stated; below, the start of the interpreter decides."""

PACKAGES = ("duckdb", "pyarrow", "lxml", "rdflib", "pyshacl", "sdmx1", "pysdmx", "sdmxthon")

VALIDATE = """
import sys
from semstat.cli.main import main
sys.argv = ["semstat", "validate", "$data", "--structure", "$structure"]
main()
"""
DUCKDB_SCAN = """
import duckdb
duckdb.sql("SELECT count(COLUMNS(*)) FROM read_csv('$data', all_varchar=true, header=true)").fetchall()
"""
EXPAT = """
from xml.parsers import expat
parser = expat.ParserCreate()
with open("$data", "rb") as source:
    parser.ParseFile(source)
"""
EXPAT_COUNTING = """
from xml.parsers import expat
parser = expat.ParserCreate()
count = 0
def start(name, attributes):
    global count
    count += 1
parser.StartElementHandler = start
with open("$data", "rb") as source:
    parser.ParseFile(source)
"""
SDMX1 = """
import sdmx
structure = sdmx.read_sdmx("$structure").structure["DSD_BENCH"]
sdmx.read_sdmx("$data", structure=structure)
"""
PYSDMX = """
from pysdmx.io import read_sdmx
read_sdmx("$data", validate=False)
"""
SDMXTHON = """
from sdmxthon.api.api import get_datasets
get_datasets("$data", "$structure", validate=False)
"""
SHAPES = """
import sys
from semstat.cli.main import main
sys.argv = ["semstat", "shapes", "$structure", "-o", "$shapes"]
main()
"""
CUBE = """
import csv
from semstat.ontology.iri import SdmxName
from semstat.ontology.terms import BASE, QB, RDF, SS, XSD
dsd = SdmxName("datastructure", "DataStructure", "BENCH", "DSD_BENCH", "1.0")
classes = {"TIME_PERIOD": "TimeDimension", "OBS_VALUE": "PrimaryMeasure", "UNIT_MEASURE": "DataAttribute",
           "OBS_STATUS": "DataAttribute", "CONF_STATUS": "DataAttribute"}
dataset = "<urn:x-bench:dataset>"
with open("$data", newline="") as source, open("$cube", "w") as target:
    reader = csv.DictReader(source)
    names = reader.fieldnames[3:]
    iris = {name: dsd.of_item(classes.get(name, "Dimension"), name).iri for name in names}
    print(dataset, RDF.type.n3(), QB.DataSet.n3(), ".", file=target)
    for number, row in enumerate(reader, start=1):
        node = f"<urn:x-bench:observation:{number}>"
        print(node, RDF.type.n3(), QB.Observation.n3(), ".", file=target)
        print(node, QB.dataSet.n3(), dataset, ".", file=target)
        print(node, SS.position.n3(), f'"{number}"^^{XSD.integer.n3()}', ".", file=target)
        for name in names:
            kind = "^^" + XSD.double.n3() if name == "OBS_VALUE" else ""
            print(node, iris[name].n3(), f'"{row[name]}"{kind}', ".", file=target)
"""
PYSHACL = """
import pyshacl, rdflib
cube = rdflib.Graph().parse("$cube")
conforms, _, text = pyshacl.validate(cube, shacl_graph=rdflib.Graph().parse("$shapes"))
assert conforms, text[:2000]
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process cost: seconds on the clock, seconds of processor time, megabytes at the peak."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: what ran on what, its cost or why there is none, and the bar that it is held to."""

    what: str
    cost: Cost | None
    note: str = ""


def run(script: str, **names: object) -> Cost | str:
    """Run a script in a fresh interpreter; return its cost, or the last line of what it complained of.

    The parent must stay small: Linux counts the parent's peak memory towards a child that it starts.
    """
    code = Template(script).substitute({name: str(value) for name, value in names.items()})
    with tempfile.TemporaryFile() as complaints:
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-P", "-W", "ignore", "-c", code], stdout=subprocess.DEVNULL,
                                   stderr=complaints)  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            complaints.seek(0)
            lines = complaints.read().decode("utf-8", "replace").strip().splitlines() or ["killed"]
            return lines[-1][:160]
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def best(script: str, *, times: int, **names: object) -> Cost | str:
    """Return the run with the median processor time."""
    costs = []
    for _ in range(times):
        cost = run(script, **names)
        if isinstance(cost, str):
            return cost
        costs.append(cost)
    return sorted(costs, key=lambda cost: cost.cpu)[len(costs) // 2]


def version(package: str) -> str | None:
    """Return the installed version of a distribution, or ``None``."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def measure(what: str, script: str, *, package: str | None = None, times: int = 3, **names: object) -> Line:
    """Measure one peer, or say why it could not be."""
    if package is not None and version(package) is None:
        return Line(what, None, f"{package} is not installed")
    print(f"… {what}", file=sys.stderr, flush=True)
    cost = best(script, times=times, **names)
    return Line(what, None, cost) if isinstance(cost, str) else Line(what, cost)


def files(folder: Path, observations: int, *, forms: tuple[str, ...] = ("csv", "series", "flat", "parquet")) -> None:
    """Write the clean bench in a process of its own."""
    command = [sys.executable, "-P", str(HERE / "generate.py"), str(folder), f"--observations={observations}"]
    subprocess.run([*command, f"--faults={min(700, observations // 200)}", *(f"--form={form}" for form in forms)],
                   check=True, stdout=subprocess.DEVNULL)  # fmt: skip


def table(title: str, lines: list[Line], *, bars: dict[str, float] | None = None) -> Iterator[str]:
    """Yield a Markdown table whose first line is ours; the ratios are of processor times.

    ``bars`` gives, per peer, what the ratio ours : its must not exceed, and under ``peak MB`` what our memory must not.
    """
    ours = lines[0].cost
    yield f"\n### {title}\n"
    yield "| what | wall s | CPU s | peak MB | ours : it | it : ours | bar |"
    yield "|---|--:|--:|--:|--:|--:|---|"
    for line in lines:
        if line.cost is None:
            yield f"| {line.what} | – | – | – | – | – | {line.note} |"
            continue
        cost = line.cost
        cells = f"| {line.what} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.peak:.0f} |"
        if ours is None or line is lines[0]:
            most = (bars or {}).get("peak MB")
            met = "" if most is None else f"≤ {most:g} MB {'met' if cost.peak <= most else '**missed**'}"
            yield f"{cells} | | {met} |"
            continue
        ratio = ours.cpu / cost.cpu
        yield f"{cells} {ratio:.2f} | {1 / ratio:.1f} | {verdict(ratio, (bars or {}).get(line.what))} |"


def verdict(ratio: float, bar: float | None) -> str:
    """Say whether a bar is met: a bar from 1 up limits ours : theirs, one below 1 is the same, stated the other way."""
    if bar is None:
        return ""
    met = "met" if ratio <= bar else "**missed**"
    return f"≤ {bar:g}× {met}" if bar >= 1 else f"≥ {1 / bar:g}× cheaper {met}"


def cube_table(folder: Path, observations: int, whole: int, ours: Cost | None) -> Iterator[str]:
    """Measure pySHACL on an RDF Data Cube of the observations, against our validation of the same in SDMX-CSV."""
    files(folder, observations, forms=("csv",))
    names = {"structure": folder / "structure.xml", "data": folder / "clean-data.csv"}
    made = {"shapes": folder / "shapes.ttl", "cube": folder / "cube.nt"}
    for script in (SHAPES, CUBE):
        outcome = run(script, **names, **made)
        if isinstance(outcome, str):
            raise SystemExit(f"the cube could not be made: {outcome}")
    lines = [
        measure("semstat, validate (CSV)", VALIDATE, **names),
        measure("pySHACL, the same shapes (N-Triples)", PYSHACL, package="pyshacl", times=1, **made),
    ]
    yield from table(f"RDF Data Cube, {observations:,} observations", lines)
    peer = lines[1].cost
    if peer is not None and ours is not None:
        expected = peer.cpu * whole / observations
        yield f"\nAt this rate pySHACL takes {expected:,.0f} CPU s for {whole:,} observations, semstat {ours.cpu:.2f}"
        yield f"(CSV): {expected / ours.cpu:,.0f}×. The bar is 1 000×; the input formats differ."


def csv_table(folder: Path, observations: int, times: int, ours: Line) -> Iterator[str]:
    """Measure SDMX-CSV and Parquet."""
    names = {"structure": folder / "structure.xml", "data": folder / "clean-data.csv"}
    scan = "DuckDB, scan of all columns"
    yield from table(f"SDMX-CSV 2.0, {observations:,} observations", [
        ours,
        measure(scan, DUCKDB_SCAN, times=times, **names),
        measure("pysdmx, read", PYSDMX, package="pysdmx", times=1, **names),
    ], bars={scan: 3.0} if observations >= BARS_HOLD_FROM else {})  # fmt: skip
    names["data"] = folder / "clean-data.parquet"
    yield from table(f"Parquet, {observations:,} observations", [
        measure("semstat, validate", VALIDATE, times=times, **names),
        measure(scan, DUCKDB_SCAN.replace("read_csv('$data', all_varchar=true, header=true)",
                                          "read_parquet('$data')"), times=times, **names),
    ])  # fmt: skip


def xml_table(folder: Path, observations: int, times: int, *, form: str) -> Iterator[str]:
    """Measure SDMX-ML 2.1."""
    names = {"structure": folder / "structure.xml", "data": folder / f"clean-{form}.xml"}
    bare = "expat, bare tokenising"
    stated = form != "flat" and observations >= BARS_HOLD_FROM
    bars = {"peak MB": 250.0, bare: 4.0, "sdmx1, read": 1 / 30} if stated else {}
    yield from table(f"SDMX-ML 2.1 {form}, {observations:,} observations", [
        measure("semstat, validate", VALIDATE, times=times, **names),
        measure(bare, EXPAT, times=times, **names),
        measure("expat, counting start tags", EXPAT_COUNTING, times=times, **names),
        measure("pysdmx, read", PYSDMX, package="pysdmx", times=1, **names),
        measure("sdmxthon, read", SDMXTHON, package="sdmxthon", times=1, **names),
        measure("sdmx1, read", SDMX1, package="sdmx1", times=1, **names),
    ], bars=bars)  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--observations", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3, help="runs of which the median counts (peers: one)")
    parser.add_argument("--cube", type=int, action="append", help="observations for pySHACL (default: 1 000, 10 000)")
    parser.add_argument("--quick", action="store_true", help="100 000 observations, one run, pySHACL at 1 000")
    options = parser.parse_args()
    observations = 100_000 if options.quick else options.observations
    times = 1 if options.quick else options.times
    cubes = options.cube or ([1_000] if options.quick else [1_000, 10_000])
    versions = ", ".join(f"{name} {version(name) or 'not installed'}" for name in PACKAGES)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}; {versions}")
    with tempfile.TemporaryDirectory(prefix="semstat-speed-") as name:
        folder = Path(name)
        files(folder, observations)
        names = {"structure": folder / "structure.xml", "data": folder / "clean-data.csv"}
        ours = measure("semstat, validate", VALIDATE, times=times, **names)
        parts = [csv_table(folder, observations, times, ours)]
        parts += [xml_table(folder, observations, times, form=form) for form in ("series", "flat", "generic")]
        for part in parts:
            print("\n".join(part), flush=True)
        for size in cubes:
            print("\n".join(cube_table(folder / f"cube-{size}", size, observations, ours.cost)), flush=True)


if __name__ == "__main__":
    main()
