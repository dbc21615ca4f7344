"""Microdata held to their documentation, against the engine's bare scan of the same CSV file: ratio and peak memory.

Run: python benchmarks/microdata.py [--rows 100000] [--variables 200] [--times 3] [--described] [--memory 1GB].

The bar is five times the scan, for a million rows of two hundred variables: ``--rows 1000000``, which takes a gigabyte of disk for
the file and as much again while it is validated. Each run is a process of its own, the engine's and semstat's by turns; of each
the least processor time counts, since what others do on a machine only adds to it. The documentation is a graph that lists codes
and states ranges; with ``--described`` it is a codebook of all figures, as ``semstat describe`` writes it, weighted ones too.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
from measuring import Cost, run
from pyarrow import csv

_PREFIXES = """@prefix : <https://example.org/bench/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ss: <https://w3id.org/semstat/core#> .
@prefix ssd: <https://w3id.org/semstat/study#> .
@prefix ssi: <https://w3id.org/semstat/information#> .
"""
_ROWS = 20_000

_SCAN = """
import duckdb
table = "read_csv('$data', all_varchar = true)"
names = duckdb.sql(f"SELECT * FROM {table} LIMIT 0").columns
duckdb.sql("SELECT " + ", ".join(f"count({name})" for name in names) + f" FROM {table}").fetchall()
"""
_VALIDATE = """
from semstat.interop import Options, validate
report = validate(["$data"], structure=["$study"], options=Options(memory=$memory))
errors = [total for total in report.totals if total.severity.value == "error"]
assert report.datasets[0].observations == $rows and not errors, errors
"""


def _variable(place: int) -> str:
    """Every third variable is a measurement with a range, the others are coded."""
    said = f':V{place} a ssi:InstanceVariable ; ss:identifier "V{place}" ; ssd:variableName "v{place}" ; '
    said += f'skos:prefLabel "Variable {place}"@en ; ssi:hasSubstantiveValueDomain :D{place} .\n'
    said += f":P{place} a ssd:ValueLocation ; ss:position {place} ; ssd:locatedVariable :V{place} .\n"
    said += f":L ssd:valueLocation :P{place} .\n"
    if place % 3 == 0:
        said += f':D{place} ssd:representationType "numeric" ; ssd:valueRange :G{place} .\n'
        return said + f':G{place} ssd:lowValue "0" ; ssd:highValue "1000" .\n'
    said += f':D{place} ssd:representationType "code" ; ssi:takesValuesFromCodeList :C{place} .\n'
    for code in range(1, 6):
        item = f":C{place}-{code}"
        said += f":C{place} ssi:containsNode {item} .\n{item} ss:position {code} ; "
        said += f'skos:notation "{code}" ; skos:prefLabel "Category {code}"@en .\n'
    return said


def _write(folder: Path, rows: int, variables: int) -> tuple[Path, Path]:
    """Write the file and its documentation, block by block: a million rows are more than memory should hold."""
    data, study = folder / "data.csv", folder / "study.ttl"
    head = (
        f':F a ssd:DataFile ; ss:identifier "F" ; ssd:caseCount {rows} ; ssd:physicalRecord :L .\n:L ssd:laysOut :R .\n'
    )
    study.write_text(_PREFIXES + head + "".join(_variable(place) for place in range(1, variables + 1)), "utf-8")
    names, chance = [f"v{place}" for place in range(1, variables + 1)], np.random.default_rng(7)
    with data.open("wb") as file:
        file.write((",".join(names) + "\n").encode())
        for start in range(0, rows, _ROWS):
            count = min(_ROWS, rows - start)
            columns = [
                np.round(chance.uniform(0, 1000, count), 3) if place % 3 == 0 else chance.integers(1, 6, count)
                for place in range(1, variables + 1)
            ]
            table = pa.Table.from_arrays([pa.array(column) for column in columns], names=names)
            csv.write_csv(table, file, csv.WriteOptions(include_header=False))
    return data, study


def _described(folder: Path, data: Path) -> Path:
    """Write the codebook that the file has by itself, in a process of its own."""
    target = folder / "codebook.xml"
    script = """
from pathlib import Path
from semstat.interop.describing import described_data
text, _ = described_data("$data", weight="v3")
Path("$target").write_text(text, "utf-8")
"""
    cost = run(script, data=data, target=target)
    if isinstance(cost, str):
        raise SystemExit(cost)
    print(f"described in {cost.cpu:.1f} CPU s, {cost.peak:.0f} MB\n")
    return target


def _least(costs: list[Cost | str]) -> Cost:
    """Return the run with the least processor time.

    Raises:
        SystemExit: one of them failed.
    """
    failed = [cost for cost in costs if isinstance(cost, str)]
    if failed:
        raise SystemExit(failed[0])
    return min((cost for cost in costs if isinstance(cost, Cost)), key=lambda cost: cost.cpu)


def main() -> None:
    """Print a line of a table: rows, variables, size, CPU seconds of both, their ratio, peak memory of both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--variables", type=int, default=200)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--described", action="store_true")
    parser.add_argument("--memory")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        data, study = _write(Path(place), asked.rows, asked.variables)
        study = _described(Path(place), data) if asked.described else study
        scans: list[Cost | str] = []
        validations: list[Cost | str] = []
        for _ in range(asked.times):
            scans.append(run(_SCAN, data=data))
            validations.append(run(_VALIDATE, data=data, study=study, rows=asked.rows, memory=repr(asked.memory)))
        scan, ours, size = _least(scans), _least(validations), data.stat().st_size / 1e6
    print("| rows | variables | MB | scan CPU s | validate CPU s | ratio | scan peak MB | validate peak MB |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")
    print(
        f"| {asked.rows} | {asked.variables} | {size:.0f} | {scan.cpu:.2f} | {ours.cpu:.2f} "
        f"| {ours.cpu / scan.cpu:.1f} | {scan.peak:.0f} | {ours.peak:.0f} |"
    )


if __name__ == "__main__":
    main()
