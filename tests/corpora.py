"""Where the real files are, when they are there: ``shared/corpora`` beside the checkout, or ``$SEMSTAT_CORPORA``."""

import csv
import json
import os
from functools import lru_cache
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpora"
_NAMED = os.environ.get("SEMSTAT_CORPORA")
CORPORA: Path | None = Path(_NAMED) if _NAMED else (_BESIDE if _BESIDE.is_dir() else None)
needs_corpora = pytest.mark.skipif(CORPORA is None, reason="the corpora are not beside this checkout")


@lru_cache(maxsize=1)
def counts() -> dict[str, tuple[str, dict[str, int], str]]:
    """Return, per file, its kind, its independent counts, and the verdict of the official XSD ("" where none)."""
    assert CORPORA is not None
    with (CORPORA / "COUNTS.csv").open(encoding="utf-8", newline="") as table:
        return {
            row["file"]: (row["kind"], json.loads(row["counts"] or "{}"), row["xsd_or_error"])
            for row in csv.DictReader(table)
        }


def files_of(kind: str, *, under: str = "sdmx/") -> list[str]:
    """Return the files of the corpora whose kind starts with ``kind``; an empty list when they are not there."""
    if CORPORA is None:
        return []
    return sorted(name for name, (found, _, _) in counts().items() if name.startswith(under) and found.startswith(kind))
