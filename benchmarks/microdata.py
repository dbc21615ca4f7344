"""Microdata held to their documentation, against the engine's bare scan of the same CSV file: ratio and peak memory.

Run: python -P benchmarks/microdata.py [--rows 20000] [--variables 40]. The bar is five times the scan, for a million rows of
two hundred variables.
"""

import argparse
import random
import resource
import tempfile
from pathlib import Path

import duckdb

from semstat.interop import validate

_PREFIXES = """@prefix : <https://example.org/bench/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ss: <https://w3id.org/semstat/core#> .
@prefix ssd: <https://w3id.org/semstat/study#> .
@prefix ssi: <https://w3id.org/semstat/information#> .
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
    data, study = folder / "data.csv", folder / "study.ttl"
    head = (
        f':F a ssd:DataFile ; ss:identifier "F" ; ssd:caseCount {rows} ; ssd:physicalRecord :L .\n:L ssd:laysOut :R .\n'
    )
    study.write_text(_PREFIXES + head + "".join(_variable(place) for place in range(1, variables + 1)), "utf-8")
    chance = random.Random(7)
    with data.open("w", encoding="utf-8") as file:
        file.write(",".join(f"v{place}" for place in range(1, variables + 1)) + "\n")
        for _ in range(rows):
            cells = (
                f"{chance.uniform(0, 1000):.3f}" if place % 3 == 0 else str(chance.randint(1, 5))
                for place in range(1, variables + 1)
            )
            file.write(",".join(cells) + "\n")
    return data, study


def _spent() -> float:
    """Return the CPU seconds of this process, user and system: others that use the machine do not count."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _scan(data: Path) -> float:
    """Return the CPU seconds that the engine needs to read every cell of the file as text."""
    begun = _spent()
    columns = duckdb.sql(f"SELECT * FROM read_csv('{data}', all_varchar = true) LIMIT 0").columns
    counted = ", ".join(f"count({name})" for name in columns)
    duckdb.sql(f"SELECT {counted} FROM read_csv('{data}', all_varchar = true)").fetchall()
    return _spent() - begun


def main() -> None:
    """Print one line of a table: rows, variables, CPU seconds of both, their ratio, peak memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--variables", type=int, default=40)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        data, study = _write(Path(place), asked.rows, asked.variables)
        scan = _scan(data)
        begun = _spent()
        report = validate([data], structure=[study])
        taken = _spent() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("| rows | variables | scan CPU s | validate CPU s | ratio | peak MB | errors |")
    print("|--:|--:|--:|--:|--:|--:|--:|")
    errors = sum(total.findings for total in report.totals if total.severity.value == "error")
    line = (
        f"| {asked.rows} | {asked.variables} | {scan:.2f} | {taken:.2f} | {taken / scan:.1f} | {peak:.0f} | {errors} |"
    )
    print(line)


if __name__ == "__main__":
    main()
