"""Bad input: each kind gives its own finding, on its line, the right exit code, soon, and never a traceback."""

import gzip
import io
import json
import os
import struct
import sys
import threading
import time
import zipfile
import zlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import small_dataset as small
from command import semstat

MOST_SECONDS = 5.0


class Desk:
    """A folder with a good structure, and the command run on what a test puts beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.structure = self.put("structure.xml", small.structure())

    def put(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def validate(self, *data: object, structure: object = None, stdin: bytes = b"", options: tuple[str, ...] = ()):
        """Validate; the exit code and the findings as (rule, line). Whatever the input is, the run is quick and quiet."""
        start = time.perf_counter()
        outcome = semstat("validate", *data, "-s", structure or self.structure, "-f", "json", *options, stdin=stdin)
        assert time.perf_counter() - start < MOST_SECONDS
        assert outcome.err == ""
        assert "Traceback" not in outcome.out
        report = json.loads(outcome.out)
        full = semstat("validate", *data, "-s", structure or self.structure, *options, stdin=stdin)
        assert (full.code, full.err) == (outcome.code, "")
        return outcome.code, report

    def judge(self, content: bytes, name: str = "data.csv", **options):
        return self.validate(self.put(name, content), **options)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def found(report) -> list[tuple[str, int | None]]:
    """The findings of error and warning severity as (rule, line)."""
    return [
        (item["rule"], item["location"].get("line"))
        for item in report["diagnostics"]
        if item["severity"] in {"error", "warning"}
    ]
