"""Measure semstat against its named peers on the same files, each in a fresh process, and print a Markdown table.

The unit of comparison is CPU time (user + system) of the whole process, interpreter start included on both sides; read
the ratios. Peers that are not installed are named as such. Run ``python benchmarks/speed.py``; ``--quick`` does all on
100 000 observations.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # this folder is no package, and may be run from anywhere
from measuring import Cost, Line, files, measure, run, table, version

CODES = 20_000
FORMS = ("csv", "series", "flat", "generic", "json", "parquet")
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
JSON = """
import json
with open("$data", "rb") as source:
    json.loads(source.read())
"""
DOM = """
from lxml import etree
etree.parse("$data")
"""
STRUCTURE = """
from semstat.interop import read
read("$data")
"""
SDMX1_STRUCTURE = """
import sdmx
sdmx.read_sdmx("$data")
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


def cube_table(folder: Path, observations: int, whole: int, ours: Cost | None) -> Iterator[str]:
    """Measure pySHACL on an RDF Data Cube of the observations, against our validation of the same in SDMX-CSV."""
    files(folder, observations, forms=("csv",), clean=True)
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
    stated = form == "series" and observations >= BARS_HOLD_FROM
    bars = {"peak MB": 250.0, bare: 4.0, "sdmx1, read": 1 / 30} if stated else {}
    yield from table(f"SDMX-ML 2.1 {form}, {observations:,} observations", [
        measure("semstat, validate", VALIDATE, times=times, **names),
        measure(bare, EXPAT, times=times, **names),
        measure("expat, counting start tags", EXPAT_COUNTING, times=times, **names),
        measure("pysdmx, read", PYSDMX, package="pysdmx", times=1, **names),
        measure("sdmxthon, read", SDMXTHON, package="sdmxthon", times=1, **names),
        measure("sdmx1, read", SDMX1, package="sdmx1", times=1, **names),
    ], bars=bars)  # fmt: skip


def json_table(folder: Path, observations: int, times: int) -> Iterator[str]:
    """Measure SDMX-JSON 2.0 in series."""
    names = {"structure": folder / "structure.xml", "data": folder / "clean-data.json"}
    yield from table(f"SDMX-JSON 2.0 series, {observations:,} observations", [
        measure("semstat, validate", VALIDATE, times=times, **names),
        measure("json.loads of the whole file", JSON, times=times, **names),
    ])  # fmt: skip


def structure_table(folder: Path, codes: int, times: int) -> Iterator[str]:
    """Measure the reading of a structure message with a long code list."""
    from bench_structure import NAMESPACES, scheme_lines

    path = folder / "codes.xml"
    body = "\n".join(scheme_lines("Codelist", "CL_LONG", "Code", (f"C{number:06d}" for number in range(codes))))
    path.write_text(
        f'<mes:Structure xmlns:mes="{NAMESPACES}message" xmlns:str="{NAMESPACES}structure" '
        f'xmlns:com="{NAMESPACES}common"><mes:Header><mes:ID>BENCH</mes:ID><mes:Test>true</mes:Test>'
        '<mes:Prepared>2026-01-01T00:00:00</mes:Prepared><mes:Sender id="BENCH"/></mes:Header>'
        f"<mes:Structures><str:Codelists>\n{body}\n</str:Codelists></mes:Structures></mes:Structure>",
        encoding="utf-8",
    )
    yield from table(f"SDMX-ML 2.1 structure, {codes:,} codes", [
        measure("semstat, read", STRUCTURE, times=times, data=path),
        measure("lxml, tree", DOM, times=times, data=path),
        measure("sdmx1, read", SDMX1_STRUCTURE, package="sdmx1", times=1, data=path),
        measure("pysdmx, read", PYSDMX, package="pysdmx", times=1, data=path),
    ])  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--observations", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3, help="runs of which the median counts (peers: one)")
    parser.add_argument("--cube", type=int, action="append", help="observations for pySHACL (default: 1 000)")
    parser.add_argument("--quick", action="store_true", help="100 000 observations, one run, pySHACL at 1 000")
    options = parser.parse_args()
    observations = 100_000 if options.quick else options.observations
    times = 1 if options.quick else options.times
    cubes = options.cube or ([1_000])
    versions = ", ".join(f"{name} {version(name) or 'not installed'}" for name in PACKAGES)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}; {versions}")
    with tempfile.TemporaryDirectory(prefix="semstat-speed-") as name:
        folder = Path(name)
        files(folder, observations, forms=FORMS, clean=True)
        names = {"structure": folder / "structure.xml", "data": folder / "clean-data.csv"}
        ours = measure("semstat, validate", VALIDATE, times=times, **names)
        parts = [csv_table(folder, observations, times, ours)]
        parts += [xml_table(folder, observations, times, form=form) for form in ("series", "flat", "generic")]
        parts += [json_table(folder, observations, times), structure_table(folder, CODES, times)]
        for part in parts:
            print("\n".join(part), flush=True)
        for size in cubes:
            print("\n".join(cube_table(folder / f"cube-{size}", size, observations, ours.cost)), flush=True)


if __name__ == "__main__":
    main()
