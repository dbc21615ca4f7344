"""Write the injected-fault bench: a structure, and its data clean and faulty in five forms, with the truth beside them.

Every form gets the same faults. In the XML series forms, a row whose series-level value is faulty becomes a ``<Series>`` of
its own. SDMX-JSON is written clean only. The same arguments always give the same bytes (Parquet: with the same pyarrow).

Run ``python benchmarks/generate.py FOLDER --observations 1000000``.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # this folder is no package, and may be run from anywhere
from bench_forms import Writer, csv_lines, flat_lines, generic_lines, json_lines, series_lines, write_parquet
from bench_rows import AGAIN, CLASSES, CONTRADICTED, REPEATED, Bench, plan
from bench_structure import structure_lines

__all__ = ["AGAIN", "CLASSES", "FORMS", "generate"]

FORMS = {"csv": "data.csv", "series": "series.xml", "flat": "flat.xml", "generic": "generic.xml",
         "parquet": "data.parquet"}  # fmt: skip
CLEAN = {"json": "data.json"}
"""Forms that are written without faults."""
LINES = {"csv": csv_lines, "series": series_lines, "flat": flat_lines, "generic": generic_lines, "json": json_lines}


def generate(
    folder: Path, observations: int, *, faults: int = 700, forms: Iterable[str] = FORMS, clean: bool = False
) -> None:
    """Write ``structure.xml``, and per form a clean file and, unless ``clean``, a faulty one and its truth, into ``folder``.

    Names: ``clean-data.csv``, ``faulty-data.csv``, ``truth-csv.json``; the truth is a list of
    ``[line, class, line of the first]``, the last for repeated rows only.
    """
    folder.mkdir(parents=True, exist_ok=True)
    bench = plan(observations, faults=0 if clean else faults)
    (folder / "structure.xml").write_text("\n".join(structure_lines(bench)) + "\n", encoding="utf-8")
    for form in forms:
        _clean(folder / f"clean-{(FORMS | CLEAN)[form]}", bench, form)
        if form not in CLEAN and not clean:
            truth = _faulty(folder / f"faulty-{FORMS[form]}", bench, form)
            (folder / f"truth-{form}.json").write_text(json.dumps(sorted(truth)), encoding="utf-8")


def _clean(path: Path, bench: Bench, form: str) -> None:
    rows = ((row, None) for row in bench.rows())
    if form == "parquet":
        write_parquet(path, rows)
    else:
        Writer(path).write(LINES[form](rows))


def _faulty(path: Path, bench: Bench, form: str) -> list[tuple[int, int, int | None]]:
    """Write the faulty file, and return where each fault stands."""
    if form == "parquet":
        truth = write_parquet(path, bench.spoilt())
    else:
        writer = Writer(path)
        writer.write(LINES[form](bench.spoilt()))
        truth = writer.truth
    if form not in {"series", "generic"}:
        # Rows outside series elements are one matter, found where the first of them stands.
        again = [line for line, kind, _ in truth if kind in {REPEATED, CONTRADICTED}]
        truth += [(min(again), AGAIN, None)] if again else []
    return truth


def main() -> None:
    """Write the bench."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, help="where to write (default: a new temporary folder)")
    parser.add_argument("--observations", type=int, default=1_000_000)
    parser.add_argument("--faults", type=int, default=700)
    parser.add_argument(
        "--form", action="append", choices=[*FORMS, *CLEAN], help="repeatable (default: all with faults)"
    )
    parser.add_argument("--clean", action="store_true", help="write the clean files only")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="semstat-bench-"))
    generate(folder, options.observations, faults=options.faults, forms=options.form or FORMS, clean=options.clean)
    print(folder)


if __name__ == "__main__":
    main()
