"""Files that are small by nature are read up to a limit: one that goes on is refused, and what lies beyond is not read."""

import gzip
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rdflib import Graph

from semstat.interop import Options, validate
from semstat.interop import asking as asking_module
from semstat.interop import baselines as baselines_module
from semstat.interop.asking import suite_of
from semstat.interop.baselines import BaselineError, validate_with_baseline
from semstat.interop.counting import Limits
from semstat.interop.formats import tabular
from semstat.interop.schema.check import of_schema
from semstat.interop.sources import Source
from semstat.interop.structures import Structures
from semstat.validators.diagnostics import CheckStatus, Verdict

RULES = Path(__file__).parents[1] / "rules"
MESSAGE = RULES / "DF029-period-outside-reported" / "ok.xml"


def test_a_question_that_goes_on(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(asking_module, "_MOST_BYTES", 64)
    file = tmp_path / "long.rq"
    file.write_text("# " + "x" * 63, encoding="utf-8")
    with pytest.raises(ValueError, match="larger than 64 bytes"):
        suite_of(str(file))


def test_a_baseline_that_goes_on(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(baselines_module, "_MOST_BYTES", 64)
    file = tmp_path / "baseline.json"
    file.write_bytes(b"{" * 65)
    with pytest.raises(BaselineError, match="larger than 64 bytes"):
        validate_with_baseline([MESSAGE], options=Options(), baseline=file)


def test_a_packed_table_that_goes_on(tmp_path, monkeypatch) -> None:
    written = io.BytesIO()
    pq.write_table(pa.table({"FREQ": ["A"]}), written)
    file = tmp_path / "data.parquet.gz"
    file.write_bytes(gzip.compress(written.getvalue()))
    assert validate([file]).verdict is not Verdict.UNREADABLE
    monkeypatch.setattr(tabular, "_MOST_BYTES", 64)
    report = validate([file])
    assert (report.verdict, [item.rule for item in report.diagnostics]) == (Verdict.UNREADABLE, ["IO107"])


def test_a_message_that_no_schema_can_look_at_whole() -> None:
    asked: list[int] = []

    class Watched(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            asked.append(-1 if size is None else size)
            return super().read(size)

    source = Source("data.xml", lambda: Watched(MESSAGE.read_bytes()))
    options = Options(limits=Limits(archive_bytes=64))
    structures = Structures(Graph())
    report = of_schema(source, options, structures)
    assert [item.rule for item in report.diagnostics] == ["IO120"]
    assert {item.status for item in report.checks} == {CheckStatus.NOT_CHECKED}
    assert -1 not in asked
