"""Measure how time and memory grow with the number of observations, for CSV and Parquet, each run in a fresh process.

What should grow in proportion is the time; what should not is the memory, which ``--memory`` limits. Run
``python benchmarks/scale.py``; 50 000 000 observations take 4 GB of disk and some minutes to write.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # this folder is no package, and may be run from anywhere
from measuring import Cost, files, run

VALIDATE = """
import sys
from semstat.cli.main import main
sys.argv = ["semstat", "validate", "$data", "--structure", "$structure", "--memory", "$memory"]
main()
"""
SCAN = """
import duckdb
duckdb.sql("SELECT count(COLUMNS(*)) FROM $source").fetchall()
"""
SOURCES = {"csv": "read_csv('{}', all_varchar=true, header=true)", "parquet": "read_parquet('{}')"}


def line(form: str, folder: Path, observations: int, memory: str) -> str:
    """Return the line of the table on one size of one form."""
    data = folder / f"clean-data.{form}"
    ours = run(VALIDATE, data=data, structure=folder / "structure.xml", memory=memory)
    scan = run(SCAN, source=SOURCES[form].format(data))
    if not isinstance(ours, Cost) or not isinstance(scan, Cost):
        return f"| {form} | {observations:,} | {ours if isinstance(ours, str) else scan} |"
    millions = observations / 1_000_000
    return (
        f"| {form} | {observations:,} | {data.stat().st_size / 1e6:,.0f} | {ours.wall:.1f} | {ours.cpu:.1f} "
        f"| {ours.cpu / millions:.2f} | {ours.peak:,.0f} | {scan.cpu:.1f} | {ours.cpu / scan.cpu:.2f} |"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, action="append", help="observations (default: 1, 5, 20 and 50 million)")
    parser.add_argument("--memory", default="1GB", help="most memory for the engine")
    options = parser.parse_args()
    print(
        f"| form | observations | MB | wall s | CPU s | CPU s per million | peak MB (--memory {options.memory}) ",
        end="",
    )
    print("| scan, CPU s | ratio |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|", flush=True)
    for observations in options.size or [1_000_000, 5_000_000, 20_000_000, 50_000_000]:
        for form in SOURCES:
            with tempfile.TemporaryDirectory(prefix="semstat-scale-") as name:
                files(Path(name), observations, forms=(form,), clean=True)
                print(line(form, Path(name), observations, options.memory), flush=True)


if __name__ == "__main__":
    main()
